//! # A log, replayed
//!
//! A host in small: it feeds a log of commands through the crate in order of time, wakes its tickets in between as the agenda
//! says, and tells what was owed and what became of it.
//!
//! ```text
//! cargo run --release --example replay
//!     a small desk of our own, and one of its tickets told line by line
//! cargo run --release --example replay -- --rulebook R.json --commands C.jsonl --json
//!     the crate's own forms: commands in, events, refusals and statements out, one JSON object a line
//! cargo run --release --example replay -- --uci incident_event_log.csv.gz
//!     a year of a real service desk, and how our verdicts agree with the ones that it recorded itself
//! ```
//!
//! What is owed, until when, and what became of it, the crate says. All that is here is what a host has: files, a clock made
//! of the log's own instants, an agenda, and paper to print on.

#[path = "replay/mod.rs"]
mod replay;

fn main() -> std::process::ExitCode {
    replay::main()
}
