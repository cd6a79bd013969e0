//! The agreement on paper.

use std::io::Write;

use owed::commitment::BreachCause;
use owed::{EditionNumber, Timestamp};

use super::agreement::{Agreement, Compared};
use super::log::Log;
use super::resolved::{self, Resolved};
use crate::replay::desk::Verdicts;
use crate::replay::failure::Failure;
use crate::replay::table::{plain, print, right_from};
use crate::replay::words::{Wall, number, priority};

/// What the log is.
pub(super) fn opening(log: &Log, out: &mut dyn Write) -> Result<(), Failure> {
    let first = log.incidents.iter().map(|incident| incident.opened).min();
    let last = log.incidents.iter().map(|incident| incident.opened).max();
    let day = |at: Option<Timestamp>| at.map_or_else(|| "never".into(), |at| Wall::UTC.date(at));
    let (incidents, rows) = (number(log.incidents.len() as u64), number(log.rows.len() as u64));
    writeln!(out, "{incidents} incidents in {rows} rows, opened {} to {}.", day(first), day(last))?;
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
    print(&tally, out)?;
    let total = tally.total();
    if total.pending + total.overdue > 0 {
        writeln!(
            out,
            "Still owed at {}: {} = {} pending + {} overdue.",
            verdicts.until(),
            number(total.pending + total.overdue),
            number(total.pending),
            number(total.overdue)
        )?;
    }
    let counts = agreement.total();
    writeln!(
        out,
        "\nThe verdict equals made_sla in {} of {}.\n",
        number(counts.alike()),
        number(counts.all())
    )?;
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
    "both: met",
    "both: missed",
    "met, they say missed",
    "missed, they say met",
    "no verdict",
];

fn row(name: &str, counts: &super::agreement::Counts) -> Vec<String> {
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
    let mut table = plain(&["incident", "priority", "opened", "due", "closed", "our verdict", "they say"]);
    for compared in differing {
        let commitment = compared.commitment;
        table.add_row([
            compared.incident.number.clone(),
            priority(compared.priority()),
            Wall::UTC.date_and_time(commitment.since),
            Wall::UTC.date_and_time(commitment.due),
            closed(compared),
            commitment.verdict().to_string(),
            they_say(compared),
        ]);
    }
    writeln!(out, "{table}")?;
    Ok(())
}

/// Incidents in which only what could not be known makes the difference: each with its breach and its change of priority.
pub(super) fn further(further: &[Compared<'_>], verdicts: &Verdicts<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    let header = ["incident", "opened", "priority", "breached, and why", "closed", "they say"];
    let mut table = plain(&header);
    for compared in further {
        table.add_row([
            compared.incident.number.clone(),
            Wall::UTC.date_and_time(compared.commitment.since),
            changes(compared),
            breach(compared, verdicts),
            closed(compared),
            they_say(compared),
        ]);
    }
    writeln!(out, "{table}")?;
    Ok(())
}

fn changes(compared: &Compared<'_>) -> String {
    let mut said = String::new();
    for (at, held) in compared.priorities() {
        if said.is_empty() {
            said = priority(held);
        } else {
            said = format!("{said}, then {} at {}", priority(held), Wall::UTC.date_and_time(at));
        }
    }
    said
}

fn breach(compared: &Compared<'_>, verdicts: &Verdicts<'_>) -> String {
    let Some(breach) = compared.breach() else { return "never".into() };
    let budget = compared.commitment.clock.budget;
    let at = Wall::UTC.date_and_time(breach.at);
    let _ = verdicts;
    match breach.cause {
        BreachCause::Deadline => format!("{at}, {budget} gone"),
        BreachCause::BornLate => {
            format!("{at}, born late: {budget} gone since {}", Wall::UTC.date_and_time(breach.due))
        }
        BreachCause::Withdrawn => format!("{at}, withdrawn"),
    }
}

fn closed(compared: &Compared<'_>) -> String {
    compared.commitment.done_at().map_or_else(|| "not yet".into(), |at| Wall::UTC.date_and_time(at))
}

fn they_say(compared: &Compared<'_>) -> String {
    if compared.made_sla { "met".into() } else { "missed".into() }
}

/// What Resolved in place of Closed would have made of it.
pub(super) fn resolved(resolved: Resolved, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(
        out,
        "\nResolved in place of Closed ({}): of the {} that they call missed,\n{} had been Resolved for the last time, and {} for the first, in that time.",
        resolved::title(),
        number(resolved.missed),
        number(resolved.last_in_time),
        number(resolved.first_in_time)
    )?;
    Ok(())
}

/// Which incidents run against time.
pub(super) fn quirks(log: &Log, out: &mut dyn Write) -> Result<(), Failure> {
    let early = log.incidents.iter().filter(|incident| incident.before_opening > 0);
    let early: Vec<_> = early.map(|incident| &*incident.number).collect();
    let backwards = log.incidents.iter().filter(|incident| incident.backwards > 0);
    let backwards: Vec<_> = backwards.map(|incident| &*incident.number).collect();
    if !early.is_empty() {
        writeln!(out, "\nEvents before their opening: {} ({}).", early.len(), early.join(", "))?;
    }
    if !backwards.is_empty() {
        writeln!(out, "Run backwards: {} ({}).", backwards.len(), backwards.join(", "))?;
    }
    if !(early.is_empty() && backwards.is_empty()) {
        writeln!(out, "They were taken in at the preceding instant, with their own time as when they happened.")?;
    }
    let _ = EditionNumber(1);
    Ok(())
}
