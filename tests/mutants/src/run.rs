//! The tests against each mutant: the quick ones first, and no further than to the first that fails.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

/// A test binary, and what it is told.
#[derive(Clone, Debug)]
pub struct Tests {
    pub name: String,
    pub binary: PathBuf,
    pub arguments: Vec<String>,
    pub limit: Duration,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// This test fails.
    Caught(String),
    /// The tests of this name do not end.
    Endless(String),
    Survives,
}

impl Tests {
    fn run(&self, mutant: usize, root: &std::path::Path) -> Result<Outcome> {
        let mut child = Command::new("sh")
            .arg("-c")
            .arg(r#"ulimit -v 4000000; exec timeout -s KILL "$0" "$@""#)
            .arg(format!("{}", self.limit.as_secs_f64()))
            .arg(&self.binary)
            .args(&self.arguments)
            .arg("--test-threads=1")
            .current_dir(root)
            .env("CARGO_MANIFEST_DIR", root)
            .env("OWED_MUTANT", mutant.to_string())
            .env_remove("PROPTEST_CASES")
            .env("PROPTEST_MAX_SHRINK_ITERS", "0")
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut failed = None;
        for line in BufReader::new(child.stdout.take().expect("it is piped")).lines() {
            let Ok(line) = line else { continue };
            if let Some(test) = line.strip_prefix("test ").and_then(|line| line.strip_suffix(" ... FAILED")) {
                failed = Some(test.to_owned());
                child.kill()?;
                break;
            }
        }
        let status = child.wait()?;
        Ok(match failed {
            Some(test) => Outcome::Caught(format!("{} {test}", self.name)),
            None if status.success() => Outcome::Survives,
            None if status.code() == Some(137) => Outcome::Endless(self.name.clone()),
            None => Outcome::Caught(format!("{}: {status}", self.name)),
        })
    }
}

/// The tests pass without a mutant; how long they take then says when one does not end.
pub fn time(tests: &mut [Tests], root: &std::path::Path) -> Result<()> {
    for one in tests {
        let began = Instant::now();
        let outcome = one.run(0, root)?;
        ensure!(outcome == Outcome::Survives, "without a mutant: {outcome:?}");
        let took = began.elapsed();
        eprintln!("{}: {:.1} s", one.name, took.as_secs_f64());
        one.limit = took * 8 + Duration::from_secs(5);
    }
    Ok(())
}

/// What becomes of each mutant, told as it comes.
pub fn all(
    tests: &[Tests],
    mutants: &[usize],
    workers: usize,
    root: &std::path::Path,
    tell: impl Fn(usize, &Outcome) + Sync,
) -> Result<()> {
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(None);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(mutant) = mutants.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = tests
                        .iter()
                        .map(|one| one.run(*mutant, root))
                        .find(|outcome| !matches!(outcome, Ok(Outcome::Survives)));
                    match outcome.unwrap_or(Ok(Outcome::Survives)) {
                        Ok(outcome) => tell(*mutant, &outcome),
                        Err(why) => *failed.lock().expect("nobody panics") = Some(why),
                    }
                }
            });
        }
    });
    failed.into_inner().expect("nobody panics").map_or(Ok(()), Err)
}
