//! The agreement on paper.

use std::io::Write;

use owed::Timestamp;
use owed::commitment::BreachCause;

use super::agreement::{Agreement, Compared, Counts};
use super::log::{Incident, Log};
use super::resolved::{self, Resolved};
use crate::replay::desk::Verdicts;
use crate::replay::failure::Failure;
use crate::replay::table::{LEGEND, plain, print, right_from};
use crate::replay::words::{Wall, many, number, priority};

const WALL: Wall = Wall::UTC;

/// What the log is.
pub(super) fn opening(log: &Log, out: &mut dyn Write) -> Result<(), Failure> {
    let opened = || log.incidents.iter().map(|incident| incident.opened);
    let day = |at: Option<Timestamp>| at.map_or_else(|| "never".into(), |at| WALL.date(at));
    let (incidents, rows) = (number(log.incidents.len()), number(log.rows.len()));
    writeln!(out, "{incidents} incidents in {rows} rows, opened {} to {}.", day(opened().min()), day(opened().max()))?;
    Ok(())
}

/// One pass over the log: what was owed, what became of it, and how far the desk's own verdicts agree.
pub(super) fn pass(
    title: &str,
    verdicts: &Verdicts<'_>,
    agreement: &Agreement<'_>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    writeln!(out, "\n{title}\n")?;
    let tally = verdicts.tally();
    print(&tally, verdicts.rules(), out)?;
    writeln!(out, "{LEGEND}")?;
    let total = tally.total();
    if total.pending + total.overdue > 0 {
        let owed = number(total.pending + total.overdue);
        let (pending, overdue) = (number(total.pending), number(total.overdue));
        writeln!(out, "\nStill owed at {}: {owed} = {pending} pending + {overdue} overdue.", verdicts.until())?;
    }
    let counts = agreement.total();
    writeln!(out, "\nThe verdict equals made_sla in {} of {}.\n", number(counts.alike()), number(counts.all()))?;
    let mut table = plain(&AGREEMENT);
    for (of, counts) in &agreement.by_priority {
        table.add_row(row(&priority(*of), counts));
    }
    table.add_row(row("in all", &counts));
    right_from(&mut table, 1);
    writeln!(out, "{table}")?;
    Ok(())
}

const AGREEMENT: [&str; 8] = [
    "priority",
    "incidents",
    "alike",
    "both say\nmet",
    "both say\nmissed",
    "we: met\nthey: missed",
    "we: missed\nthey: met",
    "no verdict\nyet",
];

fn row(name: &str, counts: &Counts) -> Vec<String> {
    let figures = [
        counts.all(),
        counts.alike(),
        counts.both_met,
        counts.both_missed,
        counts.only_we_say_met,
        counts.only_they_say_met,
        counts.undecided,
    ];
    [name.into()].into_iter().chain(figures.map(number)).collect()
}

/// Incidents in which the two differ, one to a line.
pub(super) fn differing(differing: &[Compared<'_>], out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "\nThe {} others:\n", differing.len())?;
    let mut table = plain(&["incident", "priority", "opened", "due", "closed", "our verdict", "made_sla"]);
    for compared in differing {
        let commitment = compared.commitment;
        table.add_row([
            compared.incident.number.clone(),
            priority(compared.priority()),
            WALL.date_and_time(commitment.since),
            WALL.date_and_time(commitment.due),
            closed(compared),
            commitment.verdict().to_string(),
            compared.made_sla.to_string(),
        ]);
    }
    writeln!(out, "{table}")?;
    Ok(())
}

/// Incidents that differ only as it happened: each with its breach and its changes of priority.
pub(super) fn further(further: &[Compared<'_>], out: &mut dyn Write) -> Result<(), Failure> {
    let mut table = plain(&["incident", "priority", "our verdict", "closed", "made_sla"]);
    for compared in further {
        table.add_row([
            compared.incident.number.clone(),
            priorities(compared),
            breach(compared),
            closed(compared),
            compared.made_sla.to_string(),
        ]);
    }
    writeln!(out, "{table}")?;
    Ok(())
}

/// Which priority it had from when on, one to a line.
fn priorities(compared: &Compared<'_>) -> String {
    let held = compared.priorities().into_iter();
    let lines: Vec<_> = held.map(|(at, held)| format!("{} from {}", priority(held), WALL.date_and_time(at))).collect();
    lines.join("\n")
}

fn breach(compared: &Compared<'_>) -> String {
    let Some(breach) = compared.breach() else { return compared.commitment.verdict().to_string() };
    let (at, budget) = (WALL.date_and_time(breach.at), compared.commitment.clock.budget);
    match breach.cause {
        BreachCause::Deadline => format!("breached {at}:\n{budget} from the opening"),
        BreachCause::BornLate => {
            format!("breached {at}, born late:\n{budget} had been over since {}", WALL.date_and_time(breach.due))
        }
        BreachCause::Withdrawn => format!("breached {at}, withdrawn"),
        BreachCause::Unanswered => format!("breached {at}, unanswered"),
        BreachCause::Impossible => format!("breached {at}, impossible"),
    }
}

fn closed(compared: &Compared<'_>) -> String {
    compared.commitment.done_at().map_or_else(|| "not yet".into(), |at| WALL.date_and_time(at))
}

/// What Resolved in place of Closed would have made of it.
pub(super) fn resolved(resolved: Resolved, out: &mut dyn Write) -> Result<(), Failure> {
    let Resolved { missed, first_in_time, last_in_time } = resolved;
    let (missed, last, first) = (number(missed), number(last_in_time), number(first_in_time));
    writeln!(out, "\nHad Resolved counted in place of Closed ({}):", resolved::title())?;
    writeln!(out, "of the {missed} that made_sla calls missed, {last} had their last Resolved within that time,")?;
    writeln!(out, "and {first} their first.")?;
    Ok(())
}

/// What is odd about the log. Each was told with its line on standard error.
pub(super) fn quirks(log: &Log, out: &mut dyn Write) -> Result<(), Failure> {
    let which = |odd: fn(&Incident) -> bool| -> Vec<&str> {
        let odd = log.incidents.iter().filter(|incident| odd(incident));
        odd.map(|incident| &*incident.number).collect()
    };
    let early = which(|incident| incident.before_opening > 0);
    let backwards = which(|incident| incident.backwards > 0);
    if !early.is_empty() {
        writeln!(out, "\nEvents before their opening: {}, {}.", many(early.len(), "incident"), early.join(" "))?;
    }
    if !backwards.is_empty() {
        writeln!(out, "Run backwards: {}, {}.", many(backwards.len(), "incident"), backwards.join(" "))?;
    }
    if !(early.is_empty() && backwards.is_empty()) {
        writeln!(out, "These were taken in at the preceding instant, with their own time as when they happened.")?;
    }
    if log.skipped > 0 {
        writeln!(out, "Skipped: {}.", many(log.skipped, "row"))?;
    }
    Ok(())
}
