//! What was owed and what became of it, as a table for people.

use std::io::Write;
use std::path::Path;

use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};
use owed::calendar::Amount;
use owed::report::{Row, Tally, TallyKey};

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
    print(&verdicts.tally(), out)?;
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
        let until = wall.moment(verdicts.until());
        format!("{tickets} and {events} up to {until}; {effects} for the host to send, {refused} refused")
    }
}

/// Prints made = fulfilled + breached + void + pending and the time used, by metric and priority.
pub(crate) fn print(tally: &Tally, out: &mut dyn Write) -> Result<(), Failure> {
    let mut table = plain(&HEADER);
    let mut metric = None;
    for (key, row) in tally.rows() {
        let (name, of) = match key {
            TallyKey::Metric(metric, of) => (metric.as_str(), priority(of.as_ref())),
            TallyKey::Spoken => ("promised in words", String::new()),
        };
        // A metric is named once, above its priorities.
        let shown = if metric == Some(name) { "" } else { name };
        metric = Some(name);
        table.add_row([shown.replace('_', " "), of].into_iter().chain(figures(row)).chain(used(row)));
    }
    let total = tally.total();
    let nothing = [String::new(), String::new(), String::new()];
    table.add_row(["in all".into(), String::new()].into_iter().chain(figures(&total)).chain(nothing));
    right_from(&mut table, 2);
    writeln!(out, "{table}")?;
    Ok(())
}

const HEADER: [&str; 11] = [
    "",
    "priority",
    "made",
    "fulfilled",
    "breached",
    "void",
    "pending",
    "overdue",
    "time used, h:min\nmedian",
    "\n90 %",
    "\n99 %",
];

fn figures(row: &Row) -> [String; 6] {
    [row.made, row.fulfilled, row.breached, row.void, row.pending, row.overdue].map(number)
}

/// The time used, with the kind of it where that is not working time.
fn used(row: &Row) -> [String; 3] {
    [50, 90, 99].map(|percent| match row.percentile(percent) {
        Some(used @ Amount::Working(_)) => amount(used),
        Some(used @ Amount::Elapsed(_)) => format!("{} *", amount(used)),
        None => "-".into(),
    })
}

/// How the table is to be read.
pub(crate) const LEGEND: &str = "\
made = fulfilled + breached + void + pending; overdue are those of the breached that are still owed.
Time used is working time without pauses, over all that are closed, by nearest rank; * is time by day and night.";

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
