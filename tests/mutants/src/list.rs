//! The mutants, as cargo-mutants lists them.

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

/// Every mutant of these rooms, in the order of the list; the first has the number 1.
pub fn of_rooms(root: &Path, rooms: &[String]) -> Result<Vec<Mutant>> {
    let mut list = Command::new("cargo");
    list.current_dir(root).args(["mutants", "--list", "--json"]);
    for room in rooms {
        list.args(["--file", &format!("src/{room}/**"), "--file", &format!("src/{room}.rs")]);
    }
    let listed = list.output().context("cargo mutants --list")?;
    ensure!(
        listed.status.success(),
        "{}\nIs it there? `cargo install --locked cargo-mutants`",
        String::from_utf8_lossy(&listed.stderr)
    );
    let mutants: Vec<Mutant> = serde_json::from_slice(&listed.stdout)?;
    ensure!(!mutants.is_empty(), "no mutants in {rooms:?}");
    Ok(mutants)
}
