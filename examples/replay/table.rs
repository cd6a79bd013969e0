//! What was owed and what became of it, as a table for people.

use std::io::Write;
use std::path::Path;

use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};
use owed::calendar::{Amount, Term};
use owed::report::{Row, Tally, TallyKey};
use owed::{EditionNumber, Rulebook};

use super::cli::Run;
use super::commands::Commands;
use super::complaints::Complaints;
use super::desk::{Said, Verdicts};
use super::failure::Failure;
use super::source;
use super::words::{Wall, amount, many, number, priority};

/// Prints the table of a log of commands.
pub(crate) fn run(
    rulebook: &Path,
    commands: &Path,
    run: Run,
    out: &mut dyn Write,
    complaints: &mut Complaints<'_>,
) -> Result<(), Failure> {
    let rules = source::rulebook(rulebook)?;
    let commands = Commands::read(commands, complaints)?;
    let mut heard = Heard::default();
    let verdicts = commands.replay(&rules, run, complaints, &mut |said| {
        heard.hear(&said);
        Ok(())
    })?;
    writeln!(out, "{}\n", heard.summary(&verdicts, Wall::of(&verdicts)))?;
    print(&verdicts.tally(), &rules, out)?;
    Ok(writeln!(out, "{LEGEND}")?)
}

/// Counts what a desk says.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    events: u64,
    effects: u64,
    refused: u64,
}

impl Heard {
    pub(crate) fn hear(&mut self, said: &Said<'_>) {
        match said {
            Said::Event(event) => {
                self.events += 1;
                self.effects += u64::try_from(owed::effects(event).len()).unwrap_or(0);
            }
            Said::Refused(..) => self.refused += 1,
        }
    }

    /// What there was of everything, in a sentence.
    pub(crate) fn summary(&self, verdicts: &Verdicts<'_>, wall: Wall) -> String {
        let tickets = verdicts.tickets().iter().filter(|ticket| ticket.version() > 0).count();
        let (tickets, events) = (many(tickets, "ticket"), many(self.events, "event"));
        let (effects, refused) = (many(self.effects, "notice"), many(self.refused, "command"));
        let until = format!("{} on {}", wall.time(verdicts.until()), wall.date(verdicts.until()));
        format!("{tickets} and {events} up to {until}; {effects} for the host to send, {refused} refused")
    }
}

/// Prints made = fulfilled + breached + void + pending, the target and the time used, by metric and priority.
pub(crate) fn print(tally: &Tally, rules: &Rulebook, out: &mut dyn Write) -> Result<(), Failure> {
    let mut table = plain(&HEADER);
    let mut metric = None;
    for (key, row) in tally.rows() {
        let (name, of) = match key {
            TallyKey::Metric(metric, of) => (metric.as_str(), priority(of.as_ref())),
            TallyKey::Spoken => ("promised in words", String::new()),
            TallyKey::Incident => ("by an incident", String::new()),
            TallyKey::Asked => ("asked for", String::new()),
            TallyKey::Amends => ("owed for a breach", String::new()),
            TallyKey::Delegated => ("given on", String::new()),
        };
        // A metric is named once, above its priorities.
        let shown = if metric == Some(name) { "" } else { name };
        metric = Some(name);
        let times = [target(rules, key).map(term)]
            .into_iter()
            .chain(used(row).map(|used| used.map(time)))
            .map(|text| text.unwrap_or_else(|| "-".into()));
        table.add_row([shown.replace('_', " "), of].into_iter().chain(figures(row)).chain(times));
    }
    let total = tally.total();
    table.add_row(["in all".into(), String::new()].into_iter().chain(figures(&total)));
    right_from(&mut table, 2);
    writeln!(out, "{table}")?;
    Ok(())
}

const HEADER: [&str; 12] = [
    "",
    "priority",
    "made",
    "fulfilled",
    "breached",
    "void",
    "pending",
    "overdue",
    "target\nh:min",
    "time used\nmedian",
    "\n90 %",
    "\n99 %",
];

fn figures(row: &Row) -> [String; 6] {
    [row.made, row.fulfilled, row.breached, row.void, row.pending, row.overdue].map(number)
}

fn used(row: &Row) -> [Option<Amount>; 3] {
    [50, 90, 99].map(|percent| row.percentile(percent))
}

/// How much time the rulebook gives, if it gives one time only in all its editions and agreements.
fn target(rules: &Rulebook, key: &TallyKey) -> Option<Term> {
    let TallyKey::Metric(metric, priority) = key else { return None };
    let editions = (1..=rules.len()).filter_map(|number| rules.edition(EditionNumber(number)));
    let agreements = editions.flat_map(|edition| &edition.policy().agreements);
    let rows = agreements.filter_map(|agreement| agreement.targets.get(metric));
    let mut budgets = rows.filter_map(|rule| rule.budget.of(priority.as_ref()));
    budgets.next().filter(|first| budgets.all(|other| other == *first))
}

/// A budget, with a star where time runs by day and night.
fn term(term: Term) -> String {
    match term {
        Term::Working(working) => time(working.into()),
        Term::Elapsed(elapsed) => time(elapsed.into()),
        Term::Business(_) | Term::Civil(_) => term.to_string(),
    }
}

/// An amount, with a star where it is not working time.
fn time(time: Amount) -> String {
    match time {
        Amount::Working(_) => amount(time),
        Amount::Elapsed(_) => format!("{} *", amount(time)),
    }
}

/// How the table is to be read.
pub(crate) const LEGEND: &str = "\
made = fulfilled + breached + void + pending; overdue are those of the breached that are still owed.
Times are working time without pauses, or with a * time by day and night; used is over all that are closed, by nearest rank.";

const RULE: LineStyle = LineStyle::none().fill('─').junction('─');
const STYLE: TableStyle = TableStyle::new().top_border(RULE).header_separator(RULE).bottom_border(RULE);

/// A table with these headings.
pub(crate) fn plain(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE).set_header(header.iter().copied());
    table
}

/// Figures stand to the right.
pub(crate) fn right_from(table: &mut Table, first: usize) {
    table.column_iter_mut().skip(first).for_each(|column| {
        column.set_cell_alignment(CellAlignment::Right);
    });
}
