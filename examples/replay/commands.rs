//! Commands in the crate's own form, one JSON object a line, and the order in which a desk takes them in.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;

use owed::ticket;
use owed::{Command, Refusal, Rulebook, TicketId, Timestamp};

use super::cli::Run;
use super::complaints::Complaints;
use super::desk::{Desk, Said, Say, Verdicts};
use super::failure::Failure;
use super::source::Source;

/// A log of commands in the order of their instants.
pub(crate) struct Commands {
    file: String,
    lines: Vec<Line>,
}

/// A command with its place in the file.
struct Line {
    number: u64,
    /// When it is taken in by the desk's clock: the latest instant that its ticket's commands have come to.
    now: Timestamp,
    command: Command,
}

impl Commands {
    /// Reads a file, or standard input for "-", line by line. What is no command is told and left out.
    pub(crate) fn read(path: &Path, complaints: &mut Complaints<'_>) -> Result<Self, Failure> {
        let Source { name: file, mut reader } = Source::open(path)?;
        let mut lines = Vec::new();
        let mut bytes = Vec::new();
        for number in 1.. {
            bytes.clear();
            match reader.read_until(b'\n', &mut bytes) {
                Ok(0) => break,
                Ok(_) if bytes.trim_ascii().is_empty() => {}
                Ok(_) => match serde_json::from_slice::<Command>(&bytes) {
                    Ok(command) => lines.push(Line { number, now: command.at, command }),
                    Err(error) => complaints.tell(&file, number, reason(&error)),
                },
                Err(error) => {
                    complaints.tell(&file, number, format_args!("cannot be read from here on: {error}"));
                    break;
                }
            }
        }
        put_in_order(&mut lines);
        Ok(Self { file, lines })
    }

    /// Feeds them to a desk, and lets time pass until the end.
    pub(crate) fn replay<'r>(
        &self,
        rules: &'r Rulebook,
        run: Run,
        complaints: &mut Complaints<'_>,
        say: &mut Say<'_>,
    ) -> Result<Verdicts<'r>, Failure> {
        let mut desk = Desk::new(rules, run.wake);
        let last = self.lines.iter().rev().find(|line| !line.command.at.is_an_end_of_time()).map(|line| line.now);
        let until = run.until.or(last).unwrap_or(Timestamp::MIN);
        for Line { number, now, command } in self.lines.iter().take_while(|line| line.now <= until) {
            let seat = desk.seat(command.stream);
            desk.take(seat, command, *now, &mut |said| {
                if let Said::Refused(_, why) = &said
                    && is_about_the_log(why)
                {
                    complaints.tell(&self.file, *number, why);
                }
                say(said)
            })?;
        }
        desk.finish(until, say)
    }
}

/// By their instants, those of one ticket and those of one instant as they stand in the file.
///
/// A ticket's commands are never put in another order than they came in: one that is too late for it, the crate refuses.
fn put_in_order(lines: &mut [Line]) {
    let mut clocks: BTreeMap<TicketId, Timestamp> = BTreeMap::new();
    for line in &mut *lines {
        let clock = clocks.entry(line.command.stream).or_insert(Timestamp::MIN);
        // An instant outside time moves no clock.
        if !line.now.is_an_end_of_time() {
            *clock = line.now.max(*clock);
        }
        line.now = *clock;
    }
    lines.sort_by_key(|line| line.now);
}

/// Whether a refusal says that the log cannot be right, rather than that the desk may not do this.
fn is_about_the_log(why: &Refusal) -> bool {
    matches!(why, Refusal::Command(_) | Refusal::Ticket(ticket::Refusal::NotOpened { .. }))
}

/// What serde says, without a line of its own: that is the file's.
fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let reason = said.strip_suffix(&place).unwrap_or(&said);
    if error.column() == 0 { reason.into() } else { format!("column {}: {reason}", error.column()) }
}
