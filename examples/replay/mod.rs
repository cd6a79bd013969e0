//! The host around the crate, a thought to a file.
//!
//! ```text
//! cli ─▶ source ─▶ commands ─┐                        ┌─▶ machine   JSON, a line each
//!          │                 ├─▶ desk ─▶ Verdicts ────┼─▶ table     a table of what became of it
//!          └────▶ uci::log ──┘  (the crate is called  ├─▶ tale      one ticket, told
//!                                here and only here)  └─▶ uci::agreement, uci::resolved
//! ```

pub(crate) mod cli;
pub(crate) mod commands;
pub(crate) mod complaints;
pub(crate) mod desk;
pub(crate) mod failure;
pub(crate) mod machine;
mod phrase;
pub(crate) mod small;
pub(crate) mod source;
pub(crate) mod table;
pub(crate) mod tale;
pub(crate) mod uci;
pub(crate) mod words;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::Parser;

use cli::{Args, Log};
use complaints::Complaints;
use failure::Failure;

/// Runs what the command line asks for. 0: clean; 1: something in the log was wrong, and was told; 2: unusable.
pub(crate) fn main() -> ExitCode {
    let args = Args::parse();
    let mut complaints = Complaints::new(|line| eprintln!("{line}"));
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let done = run(&args, &mut out, &mut complaints).and_then(|()| Ok(out.flush()?));
    match done {
        Ok(()) | Err(Failure::NobodyListens) if complaints.is_empty() => ExitCode::SUCCESS,
        Ok(()) | Err(Failure::NobodyListens) => ExitCode::from(1),
        Err(failure) => {
            eprintln!("replay: {failure}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args, out: &mut dyn Write, complaints: &mut Complaints<'_>) -> Result<(), Failure> {
    let run = args.run();
    match args.log() {
        Log::Small => small::run(run, out, complaints),
        Log::Commands { rulebook, commands, json: true } => machine::run(rulebook, commands, run, out, complaints),
        Log::Commands { rulebook, commands, json: false } => table::run(rulebook, commands, run, out, complaints),
        Log::Uci { rulebook, log } => uci::run(rulebook, log, run, out, complaints),
    }
}
