//! What can be asked on the command line.

use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveTime};
use clap::{ArgGroup, Parser, ValueEnum};
use owed::Timestamp;

/// Feeds a log through `owed`, and tells what was owed and what became of it.
///
/// Without a log: a small desk of our own, and one of its tickets told line by line.
///
/// Exit status: 0 clean; 1 something in the log was wrong, and was told on standard error; 2 unusable.
#[derive(Debug, Parser)]
#[command(name = "replay", version)]
#[command(group(ArgGroup::new("log").args(["commands", "uci"])))]
pub(crate) struct Args {
    /// The rulebook; with --uci, in place of the one that comes with it.
    #[arg(long, value_name = "R.json", requires = "log")]
    rulebook: Option<PathBuf>,
    /// Commands, one JSON object a line; "-" is standard input.
    #[arg(long, value_name = "C.jsonl", requires = "rulebook")]
    commands: Option<PathBuf>,
    /// Print events, refusals and commitments, one JSON object a line, in place of a table.
    #[arg(long, requires = "commands")]
    json: bool,
    /// The UCI incident log: a comma-separated file, gzipped or not.
    #[arg(long, value_name = "FILE[.gz]")]
    uci: Option<PathBuf>,
    /// When the desk looks what time has done: at each instant that the agenda names, at midnight, or only at the end.
    #[arg(long, value_enum, default_value_t = Wake::Each)]
    wake: Wake,
    /// Where the replay ends: 00:00 UTC of a date, inclusive. Otherwise with the last command.
    #[arg(long, value_name = "DATE", value_parser = midnight)]
    until: Option<Timestamp>,
}

/// When a desk looks what time has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Wake {
    /// At each instant that the agenda names.
    Each,
    /// Every day at 00:00 UTC, if something is due by then.
    Daily,
    /// Only at the end.
    Never,
}

/// How a log is run, whatever it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// When the desk looks what time has done.
    pub(crate) wake: Wake,
    /// Where it ends, if not with the last command.
    pub(crate) until: Option<Timestamp>,
}

/// Which log is run.
#[derive(Debug)]
pub(crate) enum Log<'a> {
    /// The small desk that comes with the example.
    Small,
    /// Commands in the crate's own form.
    Commands { rulebook: &'a Path, commands: &'a Path, json: bool },
    /// The UCI incident log.
    Uci { rulebook: Option<&'a Path>, log: &'a Path },
}

impl Args {
    pub(crate) const fn run(&self) -> Run {
        Run { wake: self.wake, until: self.until }
    }

    pub(crate) fn log(&self) -> Log<'_> {
        match (&self.uci, &self.commands, &self.rulebook) {
            (Some(log), _, rulebook) => Log::Uci { rulebook: rulebook.as_deref(), log },
            (None, Some(commands), Some(rulebook)) => Log::Commands { rulebook, commands, json: self.json },
            // The parser sees to it that commands come with a rulebook.
            (None, _, _) => Log::Small,
        }
    }
}

fn midnight(text: &str) -> Result<Timestamp, String> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == "2016-05-01".len());
    let date = date.ok_or_else(|| format!("{text:?} is no date; write it as 2016-05-01"))?;
    Ok(date.and_time(NaiveTime::MIN).and_utc().into())
}
