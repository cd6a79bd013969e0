//! Which test reaches which functions, and how long it takes: told by the tests themselves, each run once alone, without a mutant.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// Whatever takes longer alone does not look at mutants: a set of tests that ends in seconds is asked thousands of times. Whoever has hours says how many
/// seconds by `OWED_MUTANTS_LONGEST`; what takes long is asked last.
fn longest() -> Duration {
    let given = std::env::var("OWED_MUTANTS_LONGEST").ok().and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(given.unwrap_or(3))
}

/// A test binary, and what is left out of it.
#[derive(Clone, Debug)]
pub struct Binary {
    pub name: &'static str,
    pub path: PathBuf,
    pub arguments: &'static [&'static str],
}

#[derive(Clone, Debug)]
pub struct Test {
    /// Its binary, by the place in the list.
    pub binary: usize,
    pub name: String,
    pub took: Duration,
    /// Functions, each by the first of its mutants.
    pub reached: BTreeSet<usize>,
}

/// One process: these tests of a binary, as this mutant, or as none.
pub fn command(binary: &Binary, tests: &[&str], mutant: usize, limit: Duration, root: &Path) -> Command {
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(r#"ulimit -v 4000000; exec timeout -s KILL "$0" "$@""#)
        .arg(format!("{}", limit.as_secs_f64()));
    command.arg(&binary.path).args(["--test-threads=1", "--exact"]).args(tests).current_dir(root);
    command.env("CARGO_MANIFEST_DIR", root).env("OWED_MUTANT", mutant.to_string());
    match std::env::var("OWED_MUTANTS_CASES") {
        // The same stories for every mutant: what fails now and then must not be taken for what notices.
        Ok(cases) => command.env("PROPTEST_CASES", cases).env("PROPTEST_RNG_SEED", "2026"),
        Err(_) => command.env_remove("PROPTEST_CASES"),
    };
    command.env("PROPTEST_MAX_SHRINK_ITERS", "0").env("RUST_BACKTRACE", "0");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// The tests that look at mutants. What fails without one, or takes too long, is named and left out.
pub fn of_all(binaries: &[Binary], workers: usize, root: &Path, scratch: &Path) -> Result<Vec<Test>> {
    let mut names = Vec::new();
    for (index, binary) in binaries.iter().enumerate() {
        let mut list = Command::new(&binary.path);
        list.current_dir(root).args(["--list", "--format", "terse"]).args(binary.arguments);
        let listed = list.output()?;
        ensure!(listed.status.success(), "{} does not list its tests", binary.name);
        let listed = String::from_utf8(listed.stdout)?;
        names.extend(listed.lines().filter_map(|line| Some((index, line.strip_suffix(": test")?.to_owned()))));
    }
    let (next, tests) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers)
            .map(|worker| {
                let (names, next, tests) = (&names, &next, &tests);
                scope.spawn(move || -> Result<()> {
                    let told = scratch.join(format!("reached-{worker}"));
                    while let Some((index, name)) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
                        match alone(&binaries[*index], *index, name, root, &told)? {
                            Some(test) => tests.lock().expect("nobody panics").push(test),
                            None => println!(
                                "LEFT OUT {} {name}: it fails without a mutant, or takes long",
                                binaries[*index].name
                            ),
                        }
                    }
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("nobody panics"))
    })?;
    Ok(tests.into_inner().expect("nobody panics"))
}

fn alone(binary: &Binary, index: usize, name: &str, root: &Path, told: &Path) -> Result<Option<Test>> {
    std::fs::write(told, "")?;
    let began = Instant::now();
    let run = command(binary, &[name], 0, longest() * 3, root).env("OWED_REACHED", told).output()?;
    let took = began.elapsed();
    if !run.status.success() || took > longest() {
        return Ok(None);
    }
    let reached = std::fs::read_to_string(told).context("what was reached")?;
    let reached = reached.lines().map(str::parse).collect::<Result<_, _>>()?;
    Ok(Some(Test { binary: index, name: name.to_owned(), took, reached }))
}
