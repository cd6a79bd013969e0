//! The tests against each mutant: those that reach its function, the quick ones first, and no further than to the first that fails.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Result;

use crate::reach::{Binary, Test, command};

/// Tests of one binary that together take no longer than this run in one process.
const TOGETHER: Duration = Duration::from_millis(400);

/// After so many runs that did not end it is given up.
const ENDLESS: usize = 3;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// This test fails.
    Caught(String),
    /// The tests do not end, this one among them.
    Endless(String),
    /// So many tests reach it, and none notices.
    Survives(usize),
}

pub struct Looking<'a> {
    pub binaries: &'a [Binary],
    pub tests: &'a [Test],
    pub root: &'a Path,
    /// Which test noticed the last mutant of a function: it is asked first about the next.
    noticed: Mutex<BTreeMap<usize, usize>>,
}

impl<'a> Looking<'a> {
    pub fn new(binaries: &'a [Binary], tests: &'a [Test], root: &'a Path) -> Self {
        Self { binaries, tests, root, noticed: Mutex::default() }
    }

    fn look(&self, mutant: usize, function: usize) -> Result<Outcome> {
        let mut reaching: Vec<usize> =
            (0..self.tests.len()).filter(|at| self.tests[*at].reached.contains(&function)).collect();
        reaching.sort_by_key(|at| (self.tests[*at].took, *at));
        let first = self.noticed.lock().expect("nobody panics").get(&function).copied();
        let mut endless = Vec::new();
        for group in first.map(|at| vec![at]).into_iter().chain(self.grouped(&reaching)) {
            match self.run(mutant, &group)? {
                (Outcome::Survives(_), _) => {}
                // A machine that has much to do is slow: only what fails has noticed, unless nothing ends.
                (Outcome::Endless(by), _) if endless.len() < ENDLESS => endless.push(by),
                (outcome, at) => {
                    self.noticed.lock().expect("nobody panics").insert(function, at);
                    return Ok(outcome);
                }
            }
        }
        Ok(endless.into_iter().next().map_or(Outcome::Survives(reaching.len()), Outcome::Endless))
    }

    /// Tests that run in one process each: those of one binary, in the order given, up to some time in all.
    fn grouped(&self, reaching: &[usize]) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut open: BTreeMap<usize, (usize, Duration)> = BTreeMap::new();
        for at in reaching {
            let test = &self.tests[*at];
            match open.get_mut(&test.binary) {
                Some((group, took)) if *took + test.took < TOGETHER => {
                    groups[*group].push(*at);
                    *took += test.took;
                }
                _ => {
                    open.insert(test.binary, (groups.len(), test.took));
                    groups.push(vec![*at]);
                }
            }
        }
        groups
    }

    fn run(&self, mutant: usize, group: &[usize]) -> Result<(Outcome, usize)> {
        let binary = &self.binaries[self.tests[group[0]].binary];
        let names: Vec<&str> = group.iter().map(|at| self.tests[*at].name.as_str()).collect();
        let limit = group.iter().map(|at| self.tests[*at].took).sum::<Duration>() * 8 + Duration::from_secs(4);
        let mut child = command(binary, &names, mutant, limit, self.root).spawn()?;
        let mut failed = None;
        for line in BufReader::new(child.stdout.take().expect("it is piped")).lines() {
            let Ok(line) = line else { continue };
            if let Some(test) = line.strip_prefix("test ").and_then(|line| line.strip_suffix(" ... FAILED")) {
                failed = group.iter().find(|at| self.tests[**at].name == test).copied();
                child.kill()?;
                break;
            }
        }
        let status = child.wait()?;
        Ok(match failed {
            Some(at) => (Outcome::Caught(format!("{} {}", binary.name, self.tests[at].name)), at),
            None if status.success() => (Outcome::Survives(0), group[0]),
            // `timeout` ends by the signal that it has sent.
            None if status.code() == Some(137) || status.signal() == Some(9) => {
                (Outcome::Endless(format!("{} {}", binary.name, names[0])), group[0])
            }
            None => (Outcome::Caught(format!("{}: {status}", binary.name)), group[0]),
        })
    }
}

/// What becomes of each mutant, told as it comes. Each is given with its function.
pub fn all(
    looking: &Looking,
    mutants: &[(usize, usize)],
    workers: usize,
    tell: impl Fn(usize, &Outcome) + Sync,
) -> Result<()> {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers)
            .map(|_| {
                scope.spawn(|| -> Result<()> {
                    while let Some((mutant, function)) = mutants.get(next.fetch_add(1, Ordering::Relaxed)) {
                        tell(*mutant, &looking.look(*mutant, *function)?);
                    }
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("nobody panics"))
    })
}
