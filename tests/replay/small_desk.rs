//! The small desk: what is printed of it comes from its data.

use std::fs;
use std::path::PathBuf;

use owed::Timestamp;
use serde_json::{Value, json};

use super::host::{Folder, package, run_in};

/// A copy of the data, in a folder where the example finds it.
fn copied(folder: &Folder) -> PathBuf {
    let data = folder.0.join("examples/data");
    fs::create_dir_all(&data).expect("a folder");
    for name in ["small-desk.json", "small-desk.jsonl"] {
        fs::copy(package().join("examples/data").join(name), data.join(name)).expect("copied");
    }
    data.join("small-desk.jsonl")
}

/// The same command so many minutes later.
fn later(line: &str, minutes: u64) -> String {
    let mut command: Value = serde_json::from_str(line).expect("a command");
    let at: Timestamp = command["at"].as_str().expect("text").parse().expect("an instant");
    command["at"] = json!(at.plus_micros(minutes * 60_000_000));
    command.to_string()
}

#[test]
fn it_tells_of_ryan() {
    let here = run_in(package(), &[], "");
    assert_eq!((here.status, &*here.err), (0, ""));
    let folder = Folder::new("small");
    copied(&folder);
    assert_eq!(folder.run(&[], "").out, here.out);
    assert_eq!(here.out.matches("BROKEN: promise").count(), 3, "three promises, each broken");
    assert_eq!(here.out.matches(", to repair promise").count(), 2, "each next one repairs the one before");
    assert!(here.out.contains("wants to close it: refused, still owed is promise 3"));
}

#[test]
fn moving_a_promise_moves_its_breach() {
    let folder = Folder::new("ryan");
    let log = copied(&folder);
    let original = fs::read_to_string(&log).expect("the log");
    let said = original.lines().find(|line| line.contains(r#""within":"6 hours""#)).expect("the third promise");
    fs::write(&log, original.replace(said, &later(said, 1))).expect("written");
    let (before, after) = (run_in(package(), &[], "").out, folder.run(&[], "").out);
    assert!(before.contains("    14:44  BROKEN: promise 3"), "{before}");
    assert!(after.contains("    14:45  BROKEN: promise 3"), "{after}");
}

#[test]
fn moving_the_end_of_a_ticket_moves_the_table() {
    let folder = Folder::new("moved");
    let log = copied(&folder);
    let before = folder.run(&[], "").out;
    let original = fs::read_to_string(&log).expect("the log");
    let lines: Vec<&str> = original.lines().collect();
    let ends = [r#""type":"solve""#, r#""type":"fulfil""#];
    let some = (0..lines.len()).filter(|index| ends.iter().any(|end| lines[*index].contains(end))).step_by(3);
    let (mut moved, mut unmoved) = (0, 0);
    for index in some {
        let line = later(lines[index], 300);
        let others = lines.iter().enumerate().map(|(at, same)| if at == index { &*line } else { *same });
        fs::write(&log, others.collect::<Vec<_>>().join("\n")).expect("written");
        let after = folder.run(&[], "").out;
        if after == before { unmoved += 1 } else { moved += 1 }
    }
    // Five hours on one ticket need not break anything, nor touch a percentile; mostly they do.
    assert!(moved > unmoved, "{moved} moved what is printed, {unmoved} did not");
}
