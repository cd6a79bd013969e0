//! # A calculator of working time
//!
//! With a calendar and a question, it answers it:
//!
//! ```text
//! worktime --calendar tehran.json add 2026-03-19T10:55:00Z "4 working hours"
//! worktime --calendar tehran.json explain 2026-03-19T10:55:00Z 2026-03-25T10:55:00Z
//! worktime --calendar tehran.json
//! ```
//!
//! Without arguments it answers questions in JSON, one a line, from standard input; see `protocol`.
#![allow(clippy::print_stdout, reason = "a program for the command line answers there")]

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use owed::Timestamp;
use owed::calendar::{Calendar, Lead, Term};

mod protocol;

/// Counts working time by a calendar; without arguments, answers a question in JSON on each line of standard input.
#[derive(Parser)]
struct Arguments {
    /// The file that holds the calendar, in JSON. Alone, it is printed for a person.
    #[arg(long)]
    calendar: Option<PathBuf>,
    #[command(subcommand)]
    question: Option<Question>,
}

#[derive(Subcommand)]
enum Question {
    /// When is a term over that begins now? "4 working hours", "5 business days, close", "1 month"
    Add { from: Timestamp, term: Term },
    /// When does a term begin that ends then?
    Sub { until: Timestamp, term: Term },
    /// How much working time is it from one instant to another?
    Between { from: Timestamp, until: Timestamp },
    /// When is a warning due on the way? "50 %", "30 working minutes before"
    Warn { from: Timestamp, due: Timestamp, lead: Lead },
    /// Why is it that much? Each date with the layer that opened or closed it
    Explain { from: Timestamp, until: Timestamp },
    /// Is it open?
    IsOpen { at: Timestamp },
    /// When does it open and close next, and when did it last?
    Around { at: Timestamp },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match (&arguments.calendar, &arguments.question) {
        (None, None) => lines(),
        (None, Some(_)) => Err("name the file of a calendar: --calendar tehran.json".into()),
        (Some(path), question) => read(path).and_then(|calendar| answer(&calendar, question.as_ref())),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

type Done = Result<(), Box<dyn std::error::Error>>;

fn read(path: &PathBuf) -> Result<Calendar, Box<dyn std::error::Error>> {
    let file = path.display();
    let text = std::fs::read_to_string(path).map_err(|problem| format!("{file}: {problem}"))?;
    let problem = |problem: serde_json::Error| {
        // Everything that is wrong is told at once, one to a line.
        let lines: Vec<_> = problem.to_string().lines().map(|line| format!("{file}: {line}")).collect();
        lines.join("\n").into()
    };
    serde_json::from_str(&text).map_err(problem)
}

fn answer(calendar: &Calendar, question: Option<&Question>) -> Done {
    let or_never = |turn: Option<Timestamp>| turn.map_or_else(|| "never".into(), |turn| shown(calendar, turn));
    match question {
        None => println!("{calendar}"),
        Some(Question::Explain { from, until }) => {
            calendar.explain(*from, *until).for_each(|stretch| println!("{stretch}"));
            println!("in all {}", calendar.working_between(*from, *until));
        }
        Some(Question::Add { from, term }) => println!("{}", shown(calendar, calendar.add(*from, *term)?)),
        Some(Question::Sub { until, term }) => println!("{}", shown(calendar, calendar.sub(*until, *term)?)),
        Some(Question::Between { from, until }) if until < from => {
            println!("-{}", calendar.working_between(*until, *from));
        }
        Some(Question::Between { from, until }) => println!("{}", calendar.working_between(*from, *until)),
        Some(Question::Warn { from, due, lead }) => {
            println!("{}", shown(calendar, calendar.lead_before(*from, *due, *lead)?));
        }
        Some(Question::IsOpen { at }) => println!("{}", if calendar.is_open(*at) { "open" } else { "closed" }),
        Some(Question::Around { at }) => {
            println!("previous opening {}", or_never(calendar.previous_opening(*at)));
            println!("previous closing {}", or_never(calendar.previous_closing(*at)));
            println!("next opening     {}", or_never(calendar.next_opening(*at)));
            println!("next closing     {}", or_never(calendar.next_closing(*at)));
        }
    }
    Ok(())
}

/// The instant; and for a person at a terminal, what the wall shows then.
fn shown(calendar: &Calendar, at: Timestamp) -> String {
    if !io::stdout().is_terminal() {
        return at.to_string();
    }
    let wall = at.to_utc().with_timezone(&calendar.time_zone());
    format!("{at}  {}", wall.format("%A %-d %B %Y, %H:%M:%S %Z"))
}

/// The line protocol. A line that cannot be read is answered as well, and the next one is taken.
fn lines() -> Done {
    let mut calculator = protocol::Calculator::default();
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    if input.is_terminal() {
        eprintln!("Questions in JSON, one a line; --help tells of the rest.");
    }
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        if !line.trim_ascii().is_empty() {
            writeln!(output, "{}", calculator.answer(line.trim_ascii()))?;
            output.flush()?;
        }
        line.clear();
    }
    Ok(())
}
