//! What it prints, line by line.

use std::io::Write;

use owed::{Refusal, Ticket};
use serde_json::json;

use super::host::{Folder, OTHER, TICKET, start, two_tickets};

#[test]
fn every_line_is_an_event_or_a_refusal_and_at_the_end_stand_the_commitments() {
    let ran = Folder::new("forms").replay(&two_tickets(), &[]);
    assert_eq!((ran.status, &*ran.err), (0, ""));
    let kinds: Vec<&str> = ran
        .lines()
        .iter()
        .map(|line| match (line.get("event"), line.get("refused"), line.get("commitment")) {
            (Some(_), None, None) => "event",
            (None, Some(_), None) => "refused",
            (None, None, Some(_)) => "commitment",
            _ => panic!("{line}"),
        })
        .collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "refused").count(), 1);
    assert!(kinds.iter().skip_while(|kind| **kind != "commitment").all(|kind| *kind == "commitment"), "{kinds:?}");

    let owed = ran.commitments();
    let streams: Vec<String> = owed.iter().map(|owed| owed.stream.to_string()).collect();
    assert_eq!(streams, [TICKET, TICKET, OTHER, OTHER, OTHER], "tickets in the order of their first commands");
    let mut verdicts: Vec<String> = owed.iter().map(|owed| format!("{} {}", owed.verdict, owed.phase)).collect();
    verdicts[..2].sort();
    verdicts[2..].sort();
    let kept = "fulfilled closed";
    assert_eq!(verdicts, [kept, kept, "breached overdue", "breached overdue", "pending active"]);
}

#[test]
fn the_printed_events_make_the_same_tickets_again() {
    let ran = Folder::new("stored").replay(&two_tickets(), &[]);
    for (stream, events) in ran.by_ticket() {
        let ticket = Ticket::replay(stream, &events);
        assert_eq!(ticket.version(), events.len() as u64);
        let made: Vec<_> = ran.commitments().into_iter().filter(|owed| owed.stream == stream).collect();
        assert_eq!(ticket.ledger().all().count(), made.len());
        for owed in made {
            assert_eq!(ticket.ledger().get(owed.id).map(|known| known.verdict()), Some(owed.verdict));
        }
    }
}

#[test]
fn a_file_and_standard_input_are_read_alike() {
    let folder = Folder::new("stdin");
    folder.write("log.jsonl", &two_tickets().join("\n"));
    let file = folder.run(&["--rulebook", "rules.json", "--commands", "log.jsonl", "--json"], "");
    assert_eq!(file.out, folder.replay(&two_tickets(), &[]).out);
    assert_eq!(file.status, 0);
}

#[test]
fn a_refusal_stands_behind_what_time_had_caused_by_then() {
    let ran = Folder::new("refusal").replay(&two_tickets(), &["--wake", "never"]);
    let lines = ran.lines();
    let at = lines.iter().position(|line| line.get("refused").is_some()).expect("a refusal");
    let before = &lines[at - 1];
    assert_eq!(before["event"]["type"], "breached");
    assert_eq!((&before["at"], &before["noticed"]), (&json!("2026-03-02T18:00:00Z"), &json!("2026-03-03T09:00:00Z")));
    let refused = &lines[at]["refused"];
    assert_eq!((&refused["stream"], &refused["at"]), (&json!(OTHER), &json!("2026-03-03T09:00:00Z")));
    let why: Refusal = serde_json::from_value(refused["why"].clone()).expect("a refusal");
    assert_eq!(refused["said"], why.to_string());
    assert_eq!((&refused["why"]["room"], &refused["why"]["code"]), (&json!("ticket"), &json!("still_owed")));
    assert_eq!(ran.status, 0, "a desk that may not do something has no broken log");
}

#[test]
fn without_json_it_is_a_table() {
    let folder = Folder::new("table");
    folder.write("log.jsonl", &two_tickets().join("\n"));
    let ran = folder.run(&["--rulebook", "rules.json", "--commands", "log.jsonl"], "");
    assert_eq!((ran.status, &*ran.err), (0, ""));
    // made, fulfilled, breached, void, pending, overdue
    let figures = |name: &str, skip: usize| -> Vec<String> {
        let line = ran.out.lines().find(|line| line.trim_start().starts_with(name)).expect("a row");
        line.split_whitespace().skip(skip).take(6).map(String::from).collect()
    };
    assert_eq!(figures("first resolution", 3), ["2", "1", "0", "0", "1", "0"]);
    assert_eq!(figures("first response", 3), ["2", "1", "1", "0", "0", "1"]);
    assert_eq!(figures("promised in words", 3), ["1", "0", "1", "0", "0", "1"]);
    assert_eq!(figures("in all", 2), ["5", "2", "2", "0", "1", "2"]);
}

#[test]
fn nobody_has_to_read_to_the_end() {
    let folder = Folder::new("head");
    let mut child = start(&folder.0, &["--rulebook", "rules.json", "--commands", "-", "--json"]);
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(two_tickets().join("\n").as_bytes()).expect("written");
    drop(stdin);
    let output = child.wait_with_output().expect("the example ends");
    assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]));
}
