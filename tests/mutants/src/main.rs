//! Mutation testing in an hour: the mutants that cargo-mutants lists, woven into one build, each chosen by the environment.
//!
//! `cargo run --release -- SCRATCH ROOM...`, or `tests/mutants/run.sh ROOM...`.

mod build;
mod list;
mod reach;
mod run;
mod weave;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::sync::Mutex;

use anyhow::{Context, Result, ensure};
use reach::Binary;
use run::{Looking, Outcome};

/// What looks at a mutant: the binary, and what it leaves out.
const TESTS: [(&str, &[&str]); 13] = [
    ("rules", &[]),
    ("chart_table", &[]),
    ("alone", &[]),
    ("rulebook", &[]),
    ("calendar_facts", &[]),
    ("escalation", &["--skip", "small"]),
    ("incidents", &["--skip", "laws"]),
    ("forms", &[]),
    ("series_laws", &[]),
    ("reference", &[]),
    ("naive", &[]),
    ("calendar", &[]),
    ("laws", &["--skip", "rare_rows"]),
];

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let scratch = arguments.next().context("a scratch folder")?;
    let rooms: Vec<String> = arguments.collect();
    ensure!(!rooms.is_empty(), "which rooms?");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let scratch = Path::new(&scratch).join("tree");

    let mutants = list::of_rooms(&root, &rooms)?;
    let tree = build::Tree::copy(&root, &scratch)?;
    let built = tree.build(&mutants)?;
    let apart: Vec<usize> = (1..=mutants.len())
        .filter(|number| !built.woven.contains_key(number) && !built.unviable.contains(number))
        .collect();
    println!(
        "{} mutants: {} unviable, {} woven, {} cannot be woven",
        mutants.len(),
        built.unviable.len(),
        built.woven.len(),
        apart.len()
    );
    let name = |number: usize| &mutants[number - 1].name;
    for number in apart {
        println!("APART {}", name(number));
    }

    let binaries = compile(&tree)?;
    let workers = std::thread::available_parallelism()?.get();
    let tests = reach::of_all(&binaries, workers, &tree.root, &tree.root)?;
    println!("{} tests look at them", tests.len());
    let counts: Mutex<BTreeMap<&str, usize>> = Mutex::default();
    let before = list::caught_before()?;
    let woven: Vec<_> = built.woven.into_iter().filter(|(number, _)| !before.contains(name(*number))).collect();
    run::all(&Looking::new(&binaries, &tests, &tree.root), &woven, workers, |number, outcome| {
        let (word, by) = match outcome {
            Outcome::Caught(by) => ("caught", by.clone()),
            Outcome::Endless(by) => ("endless", by.clone()),
            Outcome::Survives(reaching) => ("SURVIVES", format!("{reaching} tests reach it")),
        };
        *counts.lock().expect("nobody panics").entry(word).or_default() += 1;
        println!("{word} {} | {by}", name(number));
        let _ = std::io::stdout().flush();
    })?;
    println!("{:?}", counts.into_inner().expect("nobody panics"));
    Ok(())
}

/// The test binaries: all, or those that `OWED_MUTANTS_BY` names.
fn compile(tree: &build::Tree) -> Result<Vec<Binary>> {
    let chosen = std::env::var("OWED_MUTANTS_BY").unwrap_or_default();
    let chosen: Vec<&str> = chosen.split_whitespace().collect();
    let unknown = chosen.iter().find(|name| TESTS.iter().all(|(known, _)| known != *name));
    ensure!(unknown.is_none(), "OWED_MUTANTS_BY: no binary of tests is called {unknown:?}");
    let looks = |name: &str| chosen.is_empty() || chosen.contains(&name);
    let mut arguments = vec!["test", "--no-run", "--message-format=json"];
    for (name, _) in TESTS.iter().filter(|(name, _)| looks(name)) {
        arguments.extend(["--test", name]);
    }
    let compiled = tree.cargo(&arguments).stderr(Stdio::inherit()).output()?;
    ensure!(compiled.status.success(), "the tests do not compile");
    let mut binaries = BTreeMap::new();
    for line in String::from_utf8(compiled.stdout)?.lines() {
        let said: serde_json::Value = serde_json::from_str(line)?;
        if let (Some(name), Some(binary)) = (said["target"]["name"].as_str(), said["executable"].as_str()) {
            binaries.insert(name.to_owned(), binary.to_owned());
        }
    }
    let found = TESTS.iter().filter(|(name, _)| looks(name)).map(|(name, arguments)| {
        let path = binaries.get(*name).with_context(|| format!("no binary of {name}"))?.into();
        Ok(Binary { name, path, arguments })
    });
    found.collect()
}
