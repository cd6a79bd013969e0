//! The example `worktime` as a user runs it: facts from the suites of other business-hours libraries, read from the file that
//! `OWED_VECTORS` names; its line protocol; its commands.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};

/// The example, which `cargo test` builds beside the tests, and `cargo test --test worktime` does not.
fn example() -> &'static Path {
    static EXAMPLE: OnceLock<PathBuf> = OnceLock::new();
    EXAMPLE.get_or_init(|| {
        let test = std::env::current_exe().unwrap();
        let profile = test.parent().and_then(Path::parent).unwrap();
        let example = profile.join("examples").join(format!("worktime{}", std::env::consts::EXE_SUFFIX));
        if !example.exists() {
            let release: &[&str] = if profile.ends_with("release") { &["--release"] } else { &[] };
            let build = Command::new(env!("CARGO"))
                .args(["build", "--package", "owed", "--example", "worktime"])
                .args(release)
                .status();
            assert!(build.unwrap().success() && example.exists(), "{} is not built", example.display());
        }
        example
    })
}

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(example());
    let piped = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    // One that does not read closes it, which is no failure.
    let _ = writer.join().unwrap();
    output
}

/// What it answers to some lines.
fn answers(lines: &[u8]) -> Vec<String> {
    let output = run(&[], lines);
    assert_eq!(output.status.code(), Some(0), "an error never stops the rest");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(String::from).collect()
}

#[test]
fn the_facts_of_others_hold() {
    let Ok(path) = std::env::var("OWED_VECTORS") else {
        println!("SKIPPED: OWED_VECTORS names no file of facts");
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let facts: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let queries: Vec<String> = facts.iter().map(|fact| fact["query"].to_string()).collect();
    let answers = answers(queries.join("\n").as_bytes());
    assert_eq!(answers.len(), facts.len());
    for (fact, answer) in facts.iter().zip(&answers) {
        let answer: Value = serde_json::from_str(answer).unwrap();
        assert_eq!(answer, json!({ "id": fact["query"]["id"], "result": fact["result"] }), "{fact}");
    }
    println!("{} facts hold", facts.len());
    assert!(!facts.is_empty());
}

const DESK: &str = r#"{"time_zone":"UTC","weekly":{"mon-fri":["09:00-17:00"]}}"#;

#[track_caller]
fn assert_answers(pairs: &[(&str, &str)]) {
    let lines: Vec<String> = pairs.iter().map(|(question, _)| question.replace("DESK", DESK)).collect();
    let answers = answers(lines.join("\n").as_bytes());
    assert_eq!(answers, pairs.iter().map(|(_, answer)| *answer).collect::<Vec<_>>());
}

#[test]
fn every_op_has_an_answer() {
    assert_answers(&[
        (
            r#"{"id":"a","calendar":DESK,"op":"add","from":"2026-03-06T16:00:00+00:00","seconds":7200}"#,
            r#"{"id":"a","result":"2026-03-09T10:00:00Z"}"#,
        ),
        (
            r#"{"id":[1],"calendar":DESK,"op":"sub","from":"2026-03-06T16:00:00.5Z","seconds":-3600}"#,
            r#"{"id":[1],"result":"2026-03-09T09:00:00.500000Z"}"#,
        ),
        (
            r#"{"id":2,"calendar":DESK,"op":"between","from":"2026-03-09T12:00:00Z","until":"2026-03-06T12:00:00Z"}"#,
            r#"{"id":2,"result":-28800}"#,
        ),
        (
            r#"{"id":2.5,"calendar":DESK,"op":"between","from":"2026-03-09T12:00:00Z","until":"2026-03-09T12:00:00.25Z"}"#,
            r#"{"id":2.5,"result":0.25}"#,
        ),
        (
            r#"{"id":3,"calendar":DESK,"op":"add","from":"2026-03-06T16:59:59.5Z","seconds":0.5}"#,
            r#"{"id":3,"result":"2026-03-06T17:00:00Z"}"#,
        ),
        (
            r#"{"id":4,"calendar":DESK,"op":"sub","from":"2026-03-09T09:00:00Z","seconds":28800}"#,
            r#"{"id":4,"result":"2026-03-06T09:00:00Z"}"#,
        ),
        (r#"{"id":5,"calendar":DESK,"op":"is_open","from":"2026-03-06T17:00:00Z"}"#, r#"{"id":5,"result":false}"#),
        (
            r#"{"id":6,"calendar":DESK,"op":"open_at_or_after","from":"2026-03-06T17:00:00Z"}"#,
            r#"{"id":6,"result":"2026-03-09T09:00:00Z"}"#,
        ),
        (
            r#"{"id":7,"calendar":DESK,"op":"open_end_at_or_before","from":"2026-03-08T17:00:00Z"}"#,
            r#"{"id":7,"result":"2026-03-06T17:00:00Z"}"#,
        ),
        (
            r#"{"id":8,"calendar":DESK,"op":"next_opening","from":"2026-03-06T09:00:00Z"}"#,
            r#"{"id":8,"result":"2026-03-09T09:00:00Z"}"#,
        ),
        (
            r#"{"id":9,"calendar":DESK,"op":"next_closing","from":"2026-03-06T17:00:00Z"}"#,
            r#"{"id":9,"result":"2026-03-09T17:00:00Z"}"#,
        ),
        (
            r#"{"id":10,"calendar":DESK,"op":"prev_opening","from":"2026-03-06T09:00:00Z"}"#,
            r#"{"id":10,"result":"2026-03-05T09:00:00Z"}"#,
        ),
        (
            r#"{"id":11,"calendar":DESK,"op":"prev_closing","from":"2026-03-06T17:00:00Z"}"#,
            r#"{"id":11,"result":"2026-03-05T17:00:00Z"}"#,
        ),
        (
            r#"{"id":12,"calendar":DESK,"op":"periods_before","from":"2026-03-09T12:00:00Z","count":2}"#,
            r#"{"id":12,"result":[["2026-03-09T09:00:00Z","2026-03-09T12:00:00Z"],["2026-03-06T09:00:00Z","2026-03-06T17:00:00Z"]]}"#,
        ),
        (
            r#"{"id":13,"calendar":DESK,"op":"periods_after","from":"2026-03-06T12:00:00Z","count":2}"#,
            r#"{"id":13,"result":[["2026-03-06T12:00:00Z","2026-03-06T17:00:00Z"],["2026-03-09T09:00:00Z","2026-03-09T17:00:00Z"]]}"#,
        ),
        (
            r#"{"id":14,"calendar":DESK,"op":"periods_after","from":"2026-03-06T12:00:00Z","count":0}"#,
            r#"{"id":14,"result":[]}"#,
        ),
        (
            r#"{"id":15,"calendar":"24x7","op":"periods_after","from":"2026-03-06T12:00:00Z","count":1000000000}"#,
            r#"{"id":15,"result":[["2026-03-06T12:00:00Z","9999-12-31T23:59:59.999999Z"]]}"#,
        ),
    ]);
}

#[test]
fn what_the_readme_shows_is_answered_so() {
    let readme = include_str!("../README.md");
    let shown = readme.split("```jsonl\n").nth(1).and_then(|block| block.split("```").next()).unwrap();
    let lines: Vec<&str> = shown.lines().collect();
    assert_answers(&lines.chunks(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>());
}

#[test]
fn what_there_is_not_is_null() {
    assert_answers(&[
        (
            r#"{"id":1,"calendar":"24x7","op":"next_closing","from":"2026-03-09T12:00:00Z"}"#,
            r#"{"id":1,"result":null}"#,
        ),
        (
            r#"{"id":2,"calendar":"24x7","op":"prev_opening","from":"2026-03-09T12:00:00Z"}"#,
            r#"{"id":2,"result":null}"#,
        ),
        (
            r#"{"id":3,"calendar":DESK,"op":"add","from":"2026-03-09T12:00:00Z","seconds":9223372036854775807}"#,
            r#"{"id":3,"result":null}"#,
        ),
        (
            r#"{"id":4,"calendar":DESK,"op":"add","from":"2026-03-09T12:00:00Z","seconds":-99999999999999999999999}"#,
            r#"{"id":4,"result":null}"#,
        ),
        (
            r#"{"id":5,"calendar":DESK,"op":"sub","from":"0001-01-01T00:00:00Z","seconds":1}"#,
            r#"{"id":5,"result":null}"#,
        ),
        (
            r#"{"id":6,"calendar":DESK,"op":"next_opening","from":"9999-12-31T23:59:59.999999Z"}"#,
            r#"{"id":6,"result":null}"#,
        ),
        (
            r#"{"id":7,"calendar":DESK,"op":"open_end_at_or_before","from":"0001-01-01T00:00:00Z"}"#,
            r#"{"id":7,"result":null}"#,
        ),
        (
            r#"{"id":8,"calendar":DESK,"op":"between","from":"0001-01-01T00:00:00Z","until":"9999-12-31T23:59:59.999999Z"}"#,
            r#"{"id":8,"result":75128112000}"#,
        ),
    ]);
}

#[test]
fn an_error_is_an_answer_and_the_next_line_is_taken() {
    let never = r#"{"id":3,"calendar":{"time_zone":"UTC","weekly":{}},"op":"is_open","from":"2026-03-09T12:00:00Z"}"#;
    assert_answers(&[
        ("{", r#"{"id":null,"error":"this line is no JSON: EOF while parsing an object at line 1 column 1"}"#),
        ("7", r#"{"id":null,"error":"a question is a map with id, calendar, op and from"}"#),
        (
            r#"{"id":1,"calendar":DESK,"op":"fly","from":"2026-03-09T12:00:00Z"}"#,
            r#"{"id":1,"error":"\"fly\" is no op"}"#,
        ),
        (
            r#"{"id":2,"calendar":DESK,"from":"2026-03-09T12:00:00Z"}"#,
            r#"{"id":2,"error":"the key \"op\" is missing"}"#,
        ),
        (never, r#"{"id":3,"error":"this calendar never opens; give it weekly hours, or a shift"}"#),
        (
            r#"{"id":4,"op":"is_open","from":"2026-03-09T12:00:00Z"}"#,
            r#"{"id":4,"error":"the key \"calendar\" is missing"}"#,
        ),
        (
            r#"{"id":5,"calendar":DESK,"op":"is_open","from":"2026-02-30T12:00:00Z"}"#,
            r#"{"id":5,"error":"\"2026-02-30T12:00:00Z\" is no instant; write it as 2026-03-02T17:00:00Z"}"#,
        ),
        (
            r#"{"id":6,"calendar":DESK,"op":"add","from":"2026-03-09T12:00:00Z","seconds":"60"}"#,
            r#"{"id":6,"error":"\"60\" is no number of seconds"}"#,
        ),
        (
            r#"{"id":7,"calendar":DESK,"op":"add","from":"2026-03-09T12:00:00Z"}"#,
            r#"{"id":7,"error":"the key \"seconds\" is missing"}"#,
        ),
        (
            r#"{"id":8,"calendar":DESK,"op":"periods_after","from":"2026-03-09T12:00:00Z","count":-1}"#,
            r#"{"id":8,"error":"\"count\" is no whole number from 0"}"#,
        ),
        (
            r#"{"id":9,"calendar":DESK,"op":"periods_after","from":"1926-03-09T12:00:00Z","count":100001}"#,
            r#"{"id":9,"error":"there are more than 100000 of them; ask for fewer"}"#,
        ),
        (
            r#"{"id":10,"calendar":{"time_zone":"Mars","weekly":{"mon":["9-17"]}},"op":"is_open","from":"2026-03-09T12:00:00Z"}"#,
            r#"{"id":10,"error":"time_zone: \"Mars\" is no time zone; write an IANA name such as \"Europe/Istanbul\"\nweekly.mon[0]: \"9\" is no time of day; write 00:00 to 24:00"}"#,
        ),
        (r#"{"calendar":DESK,"op":"is_open","from":"2026-03-09T12:00:00Z"}"#, r#"{"id":null,"result":true}"#),
    ]);
    let not_text = answers(b"\xff\n\n  \r\n{\"id\":1}\r\n");
    assert_eq!(not_text.len(), 2, "a line without anything is no question");
    assert!(not_text[0].starts_with(r#"{"id":null,"error":"this line is no JSON"#), "{}", not_text[0]);
    assert_eq!(not_text[1], r#"{"id":1,"error":"the key \"calendar\" is missing"}"#);
}

#[test]
fn an_id_comes_back_as_it_was_given() {
    let asked = |id: &str| format!(r#"{{"id":{id},"calendar":DESK,"op":"is_open","from":"2026-03-06T17:00:00Z"}}"#);
    let ids = [
        "18446744073709551616",
        "-9223372036854775809",
        "123456789012345678901234567890",
        "0.1000000000000000055511151231257827",
        "1.0",
        "1e400",
        r#"{"b":[18446744073709551616],"a":"\u00e9"}"#,
        r#""a \"quoted\" one""#,
        "null",
    ];
    let pairs = ids.map(|id| (asked(id), format!(r#"{{"id":{id},"result":false}}"#)));
    assert_answers(&pairs.each_ref().map(|(question, answer)| (question.as_str(), answer.as_str())));
    let with_a_return = answers(b"{\"id\":[1,\r2],\"op\":7}");
    assert_eq!(with_a_return, [r#"{"id":[1,2],"error":"the key \"calendar\" is missing"}"#], "one line");
}

#[test]
fn a_key_that_is_written_twice_is_an_error_as_it_is_in_a_file() {
    let twice = r#"{"time_zone":"UTC","weekly":{"mon-fri":["09:00-17:00"]},"weekly":{"mon":["09:00-10:00"]}}"#;
    let question = format!(r#"{{"id":1,"calendar":{twice},"op":"is_open","from":"2026-03-06T12:00:00Z"}}"#);
    let refused = r#"{"id":1,"error":"the key \"weekly\" is written twice"}"#;
    assert_eq!(answers(question.as_bytes()), [refused]);
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("twice-{}.json", std::process::id()));
    std::fs::write(&file, twice).unwrap();
    let output = run(&["--calendar", file.to_str().unwrap(), "is-open", "2026-03-06T12:00:00Z"], b"");
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        format!("{}: the key \"weekly\" is written twice\n", file.display())
    );
    assert_answers(&[(
        r#"{"id":2,"calendar":DESK,"op":"is_open","op":"next_opening","from":"2026-03-06T17:00:00Z"}"#,
        r#"{"id":2,"error":"the key \"op\" is written twice"}"#,
    )]);
}

/// What it says on the command line about the office in Tehran that the documentation shows.
fn said(arguments: &[&str]) -> (Option<i32>, String, String) {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("tehran-{}.json", std::process::id()));
    let office = json!({
        "time_zone": "Asia/Tehran",
        "weekly": { "sat-wed": ["08:00-12:00", "13:00-16:30"], "thu": ["08:00-12:00"] },
        "holidays": ["2026-03-21", { "date": "2026-03-22", "name": "Nowruz" }],
        "shifts": { "2026-03-19": ["08:00-11:00"] }
    });
    // Each test writes the same, but never half of it.
    let new = file.with_extension(format!("{:?}", std::thread::current().id()));
    std::fs::write(&new, office.to_string()).unwrap();
    std::fs::rename(&new, &file).unwrap();
    let output = run(&[&["--calendar", file.to_str().unwrap()], arguments].concat(), b"");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_question_on_the_command_line_is_answered() {
    let answer = |arguments: &[&str]| {
        let (status, answer, errors) = said(arguments);
        assert_eq!((status, errors.as_str()), (Some(0), ""), "{arguments:?}");
        answer
    };
    assert_eq!(answer(&["add", "2026-03-19T10:55:00Z", "4 working hours"]), "2026-03-23T08:30:00Z\n");
    assert_eq!(answer(&["sub", "2026-03-23T08:30:00Z", "5 working hours"]), "2026-03-19T06:30:00Z\n");
    assert_eq!(answer(&["between", "2026-03-23T08:30:00Z", "2026-03-19T10:55:00Z"]), "-4 working hours\n");
    assert_eq!(answer(&["is-open", "2026-03-19T07:00:00Z"]), "open\n");
    let explained = "\
Thursday 19 March 2026, 10:30-11:00: open, the shift, 30 min
Thursday 19 March 2026, 11:00-24:00: closed, outside the hours of the shift
Friday 20 March 2026: closed, outside the hours
Saturday 21 March 2026: closed, holiday
Sunday 22 March 2026: closed, holiday Nowruz
Monday 23 March 2026, 00:00-08:00: closed, outside the hours
Monday 23 March 2026, 08:00-12:00: open, 4 h
in all 270 working minutes
";
    assert_eq!(answer(&["explain", "2026-03-19T07:00:00Z", "2026-03-23T08:30:00Z"]), explained);
    let week = "\
Asia/Tehran
thu      08:00-12:00
fri      closed
sat-wed  08:00-12:00, 13:00-16:30
closed on 2026-03-21
closed on 2026-03-22 (Nowruz)
on 2026-03-19 08:00-11:00
";
    assert_eq!(answer(&[]), week);
}

#[test]
fn what_cannot_be_answered_is_told_with_the_way_out() {
    let (status, answer, errors) = said(&["add", "2026-03-19T10:55:00Z", "4 hours of work"]);
    assert_eq!((status, answer.as_str()), (Some(2), ""));
    assert!(errors.contains("is no amount of time; write \"4 working hours\""), "{errors}");
    let (status, _, errors) = said(&["add", "2026-03-19T10:55:00Z", "90000000 working hours"]);
    assert_eq!(status, Some(1));
    assert!(errors.contains("to the end of the year 9999"), "{errors}");
    let output = run(&["add", "2026-03-19T10:55:00Z", "4 working hours"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--calendar"));
}
