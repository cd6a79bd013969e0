//! The crate's own forms, one JSON object a line: for whoever checks us.

use std::io::Write;
use std::path::Path;

use owed::report::Statement;
use owed::{CommandId, Refusal, TicketId, Timestamp};
use serde::Serialize;

use super::cli::Run;
use super::commands::Commands;
use super::complaints::Complaints;
use super::desk::Said;
use super::failure::Failure;
use super::source;

/// `{"refused": …}`
#[derive(Serialize)]
struct RefusedLine<'a> {
    refused: Refused<'a>,
}

#[derive(Serialize)]
struct Refused<'a> {
    stream: TicketId,
    id: CommandId,
    at: Timestamp,
    why: &'a Refusal,
    said: String,
}

/// `{"commitment": …}`
#[derive(Serialize)]
struct CommitmentLine {
    commitment: Statement,
}

/// Prints every event as it is recorded, refusals in between, and every commitment at the end.
pub(crate) fn run(
    rulebook: &Path,
    commands: &Path,
    run: Run,
    out: &mut dyn Write,
    complaints: &mut Complaints<'_>,
) -> Result<(), Failure> {
    let rules = source::rulebook(rulebook)?;
    let commands = Commands::read(commands, complaints)?;
    let verdicts = commands.replay(&rules, run, complaints, &mut |said| match said {
        Said::Event(event) => line(out, event),
        Said::Refused(command, why) => {
            let (stream, id, at, said) = (command.stream, command.id, command.at, why.to_string());
            line(out, &RefusedLine { refused: Refused { stream, id, at, why, said } })
        }
    })?;
    for ticket in verdicts.tickets() {
        for commitment in verdicts.statements(ticket) {
            line(out, &CommitmentLine { commitment })?;
        }
    }
    Ok(())
}

fn line(out: &mut dyn Write, value: &impl Serialize) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, value)?;
    Ok(out.write_all(b"\n")?)
}
