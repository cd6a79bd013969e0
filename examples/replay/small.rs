//! A small desk of our own: two weeks at a web host in Dublin, and one of its tickets told line by line.
//!
//! The ticket is Ryan's, of whom an article tells: he asks his web host to restore his data, is promised it three times, by
//! three times, and leaves. The article gives no dates; those are ours.

use std::collections::BTreeMap;
use std::io::Write;

use owed::commitment::{Origin, Verdict};
use owed::{Ticket, TicketId};

use super::cli::Run;
use super::commands::Commands;
use super::complaints::Complaints;
use super::desk::Verdicts;
use super::failure::Failure;
use super::source;
use super::table::{Heard, LEGEND, print};
use super::tale::{Line, Tale};
use super::words::Wall;

/// Prints the table of the two weeks, and tells the ticket on which most promises were broken.
pub(crate) fn run(run: Run, out: &mut dyn Write, complaints: &mut Complaints<'_>) -> Result<(), Failure> {
    let rules = source::rulebook(&source::own("small-desk.json"))?;
    let commands = Commands::read(&source::own("small-desk.jsonl"), complaints)?;
    let mut heard = Heard::default();
    let mut histories: BTreeMap<TicketId, Vec<Line>> = BTreeMap::new();
    let verdicts = commands.replay(&rules, run, complaints, &mut |said| {
        heard.hear(&said);
        let line = Line::from(said);
        histories.entry(line.stream()).or_default().push(line);
        Ok(())
    })?;
    let wall = Wall::of(&verdicts);
    writeln!(out, "A small desk of our own: {}\n", heard.summary(&verdicts, wall))?;
    print(&verdicts.tally(), &rules, out)?;
    writeln!(out, "{LEGEND}")?;
    let Some(ticket) = most_broken(&verdicts) else { return Ok(()) };
    let history = histories.remove(&ticket.id()).unwrap_or_default();
    writeln!(out, "\nThe ticket on which most promises were broken, line by line (the clock is that of {wall}):\n")?;
    Tale::new(&verdicts, ticket, wall).tell(&history, out)
}

/// The ticket on which most promises that somebody spoke were broken; the first of them.
fn most_broken<'a>(verdicts: &'a Verdicts<'_>) -> Option<&'a Ticket> {
    let broken = |ticket: &Ticket| {
        let spoken = ticket.ledger().all().filter(|owed| matches!(owed.origin, Origin::Spoken { .. }));
        spoken.filter(|owed| owed.verdict() == Verdict::Breached).count()
    };
    let most = verdicts.tickets().iter().map(broken).max().filter(|most| *most > 0)?;
    verdicts.tickets().iter().find(|ticket| broken(ticket) == most)
}
