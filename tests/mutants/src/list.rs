//! The mutants, as cargo-mutants lists them.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// A place in a file; lines and columns count from one, columns in characters.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Span {
    pub start: Place,
    pub end: Place,
}

/// One change to the source.
#[derive(Clone, Debug, Deserialize)]
pub struct Mutant {
    pub file: String,
    pub name: String,
    pub replacement: String,
    pub span: Span,
}

impl Mutant {
    fn is_of(&self, room: &str) -> bool {
        let rest = self.file.strip_prefix("src/").and_then(|file| file.strip_prefix(room));
        rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    }
}

/// What a run before this one has caught, by its lines.
pub fn caught_before() -> Result<BTreeSet<String>> {
    let Some(told) = std::env::var_os("OWED_MUTANTS_TOLD") else { return Ok(BTreeSet::new()) };
    let told = std::fs::read_to_string(&told).with_context(|| format!("reading {}", told.display()))?;
    let caught = told.lines().filter_map(|line| {
        let line = line.strip_prefix("caught ").or_else(|| line.strip_prefix("endless "))?;
        Some(line.rsplit_once(" | ")?.0.to_owned())
    });
    Ok(caught.collect())
}

/// Every mutant of these rooms, or those of a shard such as `0/8`, room by room as they are given; the first has the number 1.
pub fn of_rooms(root: &Path, rooms: &[String]) -> Result<Vec<Mutant>> {
    let mut list = Command::new("cargo");
    list.current_dir(root).args(["mutants", "--list", "--json"]);
    for room in rooms {
        list.args(["--file", &format!("src/{room}/**"), "--file", &format!("src/{room}.rs")]);
    }
    if let Ok(shard) = std::env::var("OWED_MUTANTS_SHARD") {
        list.args(["--sharding", "round-robin", "--shard", &shard]);
    }
    let listed = list.output().context("cargo mutants --list")?;
    ensure!(
        listed.status.success(),
        "{}\nIs it there? `cargo install --locked cargo-mutants`",
        String::from_utf8_lossy(&listed.stderr)
    );
    let mut mutants: Vec<Mutant> = serde_json::from_slice(&listed.stdout)?;
    ensure!(!mutants.is_empty(), "no mutants in {rooms:?}");
    mutants.sort_by_key(|mutant| rooms.iter().position(|room| mutant.is_of(room)));
    Ok(mutants)
}
