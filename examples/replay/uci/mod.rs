//! The UCI incident log: 24,918 incidents of a real service desk, with the verdicts that the desk recorded itself.
//!
//! ```text
//! columns ─▶ reading ─▶ Log ─orders─▶ pass ─▶ Verdicts ─▶ agreement, resolved ─▶ paper
//!    └───────── sealed: made_sla ─────────────────────────────▲
//! ```
//!
//! The log is the "Incident management process enriched event log" of C. A. L. do Amaral, M. Fantinato and S. M. Peres. It
//! does not come with this package.

pub(crate) mod agreement;
mod columns;
mod dates;
pub(crate) mod log;
mod names;
pub(crate) mod orders;
mod paper;
mod pass;
mod reading;
pub(crate) mod resolved;
mod sealed;

use std::fs::File;
use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use self::agreement::{Agreement, compare};
use self::log::Log;
use self::orders::View;
use self::resolved::Resolved;
use super::cli::Run;
use super::complaints::Complaints;
use super::failure::Failure;
use super::source::{self, Source};

/// Replays the log twice, with a progress bar on standard error, and prints how far the verdicts agree.
pub(crate) fn run(
    rulebook: Option<&Path>,
    path: &Path,
    run: Run,
    out: &mut dyn Write,
    complaints: &mut Complaints<'_>,
) -> Result<(), Failure> {
    let rules = source::rulebook(rulebook.unwrap_or(&source::own("uci-rulebook.json")))?;
    let bar = ProgressBar::no_length().with_style(style());
    let mut complaints = Complaints::new(|line| bar.suspend(|| complaints.pass_on(line)));
    let log = read(path, &bar, &mut complaints)?;
    let mut pass = |view, what| {
        bar.reset();
        bar.set_length(log.steps.len() as u64);
        bar.set_message(what);
        let mut done: u64 = 0;
        let tick = || {
            done += 1;
            if done.is_multiple_of(4096) {
                bar.set_position(done);
            }
        };
        log.replay(view, &rules, run, &mut complaints, tick, &mut |_| Ok(()))
    };
    // The process ends with this. Taking fifty thousand tickets apart first would be a good part of all its work.
    let hindsight = ManuallyDrop::new(pass(View::InHindsight, "in hindsight")?);
    let happened = ManuallyDrop::new(pass(View::AsItHappened, "as it happened")?);
    bar.finish_and_clear();

    paper::opening(&log, out)?;
    let compared = compare(&log, &hindsight, &mut complaints);
    let agreement = Agreement::of(&compared);
    paper::pass(IN_HINDSIGHT, &hindsight, &agreement, out)?;
    paper::differing(&agreement.differing, out)?;
    let known = agreement.numbers();
    if run.until.is_none() {
        let resolved = Resolved::count(&compared, &hindsight).map_err(|error| Failure::Unusable(error.to_string()))?;
        paper::resolved(resolved, out)?;
    }
    let compared = compare(&log, &happened, &mut complaints);
    let agreement = Agreement::of(&compared);
    paper::pass(AS_IT_HAPPENED, &happened, &agreement, out)?;
    let (same, further): (Vec<_>, Vec<_>) =
        agreement.differing.iter().partition(|compared| known.contains(&&*compared.incident.number));
    writeln!(out, "\nOf the others {} differ in hindsight too. The {} further ones:\n", same.len(), further.len())?;
    paper::further(&further, out)?;
    paper::quirks(&log, out)
}

const IN_HINDSIGHT: &str = "IN HINDSIGHT: opened with the priority that it had when it was first Closed";
const AS_IT_HAPPENED: &str =
    "AS IT HAPPENED: opened with the priority of the first row, changes of priority as they came";

fn read(path: &Path, bar: &ProgressBar, complaints: &mut Complaints<'_>) -> Result<Log, Failure> {
    let file = File::open(path).map_err(|error| Failure::of(path, error))?;
    bar.set_length(file.metadata().map_or(0, |file| file.len()));
    bar.set_message("reading");
    let Source { name, reader } = Source::of(path, bar.wrap_read(file))?;
    Log::read(&name, reader, complaints).map_err(|error| Failure::of(path, error))
}

fn style() -> ProgressStyle {
    // The template is ours, so it is right; the plain bar stands in for a case that does not exist.
    ProgressStyle::with_template("{msg:>16} {wide_bar} {percent:>3} %").unwrap_or_else(|_| ProgressStyle::default_bar())
}
