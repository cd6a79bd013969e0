//! What is wrong is told with its place, and the rest is processed; what is unusable ends it.

use serde_json::json;

use super::host::{Folder, TICKET, answer, command, open, two_tickets};

#[test]
fn what_is_no_command_is_told_with_its_place_and_the_rest_is_processed() {
    let folder = Folder::new("bad");
    let mut lines = two_tickets();
    let clean = folder.replay(&lines, &[]);
    lines.insert(1, "no JSON at all".into());
    lines.insert(2, command(TICKET, "2026-03-02T09:30:00Z", json!({ "room": "ticket", "type": "delete" })));
    lines.insert(3, answer(TICKET, "2026-02-30T09:30:00Z"));
    lines.insert(4, String::new());
    lines.insert(5, answer(TICKET, "2026-03-02T09:30:00Z").replace("\"by\"", "\"colour\":\"red\",\"by\""));
    folder.write("log.jsonl", &lines.join("\n"));
    let ran = folder.run(&["--rulebook", "rules.json", "--commands", "log.jsonl", "--json"], "");
    let told: Vec<&str> = ran.err.lines().collect();
    let expected = [(2, "expected"), (3, "delete"), (4, "2026-02-30T09:30:00Z"), (6, "colour")];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, (line, reason)) in told.iter().zip(expected) {
        assert!(told.starts_with(&format!("log.jsonl:{line}: ")) && told.contains(reason), "{told}");
    }
    assert_eq!(ran.status, 1);
    assert_eq!(ran.out, clean.out);
}

#[test]
fn an_event_before_its_ticket_is_told_and_refused() {
    let lines = [answer(TICKET, "2026-03-02T09:00:00Z"), open(TICKET, "2026-03-02T09:20:00Z")];
    let ran = Folder::new("before").replay(&lines, &[]);
    assert!(ran.err.starts_with("standard input:1: ") && ran.err.contains("has not been opened"), "{}", ran.err);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.refused()[0]["why"]["code"], "not_opened");
    assert_eq!(ran.commitments().len(), 2, "the ticket is opened all the same");
}

#[test]
fn a_command_that_comes_too_late_for_its_ticket_is_told_and_refused() {
    let lines = [
        open(TICKET, "2026-03-02T09:20:00Z"),
        answer(TICKET, "2026-03-02T11:00:00Z"),
        answer(TICKET, "2026-03-02T10:00:00Z"),
    ];
    let ran = Folder::new("order").replay(&lines, &[]);
    let refused = &ran.refused()[0]["why"];
    assert_eq!(refused["code"], "out_of_order");
    assert_eq!(
        (&refused["at"], &refused["recorded"]),
        (&json!("2026-03-02T10:00:00Z"), &json!("2026-03-02T11:00:00Z"))
    );
    assert!(ran.err.starts_with("standard input:3: "), "{}", ran.err);
    assert_eq!(ran.status, 1);
}

#[test]
fn a_command_that_comes_twice_does_nothing_twice() {
    let once = two_tickets();
    let twice: Vec<String> = once.iter().flat_map(|line| [line.clone(), line.clone()]).collect();
    let folder = Folder::new("twice");
    let (once, twice) = (folder.replay(&once, &[]), folder.replay(&twice, &[]));
    assert_eq!(once.by_ticket(), twice.by_ticket());
    assert_eq!(twice.status, 0);
}

#[test]
fn an_empty_log_is_clean() {
    let ran = Folder::new("empty").replay(&[], &[]);
    assert_eq!((ran.status, &*ran.out, &*ran.err), (0, "", ""));
}

#[test]
fn what_is_unusable_is_told_and_ends_with_2() {
    let folder = Folder::new("unusable");
    folder.write("log.jsonl", &two_tickets().join("\n"));
    folder.write(
        "broken.json",
        r#"{ "agreements": [{ "name": "sla", "targets": { "first_respnse": "4 hours", "next_response": "0 hours" } }] }"#,
    );
    for (args, said) in [
        (&["--rulebook", "none.json", "--commands", "log.jsonl", "--json"][..], "none.json: "),
        (&["--rulebook", "rules.json", "--commands", "none.jsonl", "--json"], "none.jsonl: "),
        (&["--rulebook", "log.jsonl", "--commands", "log.jsonl"], "log.jsonl: "),
        (&["--rulebook", "broken.json", "--commands", "log.jsonl"], "first_respnse: there is no metric"),
        (&["--rulebook", "broken.json", "--commands", "log.jsonl"], "next_response: no time at all is given"),
        (&["--uci", "none.csv"], "none.csv: "),
        (&["--uci", "log.jsonl"], "is missing"),
        (&["--rulebook", "rules.json"], "--commands"),
        (&["--commands", "log.jsonl"], "--rulebook"),
        (&["--json"], "--commands"),
        (&["--uci", "x.csv", "--commands", "log.jsonl", "--rulebook", "rules.json"], "cannot be used with"),
        (&["--wake", "sometimes"], "never"),
        (&["--until", "2026-02-30"], "is no date"),
        (&["--until", "2026-3-1"], "is no date"),
        (&["--faster"], "--faster"),
    ] {
        let ran = folder.run(args, "");
        assert_eq!(ran.status, 2, "{args:?}: {}", ran.err);
        assert!(ran.err.contains(said), "{args:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{args:?}");
    }
}
