//! Facts from the suites of other business-hours libraries, one a line, read from the file that `OWED_VECTORS` names, and
//! answered by the calculator of `examples/worktime.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

#[path = "../examples/protocol/mod.rs"]
mod protocol;

use serde_json::{Value, json};

#[test]
fn the_facts_of_others_hold() {
    let Ok(path) = std::env::var("OWED_VECTORS") else {
        println!("SKIPPED: OWED_VECTORS names no file of facts");
        return;
    };
    let mut calculator = protocol::Calculator::default();
    let mut held = 0;
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let fact: Value = serde_json::from_str(line).unwrap();
        let answer: Value = serde_json::from_str(&calculator.answer(fact["query"].to_string().as_bytes())).unwrap();
        assert_eq!(answer, json!({ "id": fact["query"]["id"], "result": fact["result"] }), "{line}");
        held += 1;
    }
    println!("{held} facts hold");
    assert!(held > 0);
}

const DESK: &str = r#"{"time_zone":"UTC","weekly":{"mon-fri":["09:00-17:00"]}}"#;

#[track_caller]
fn assert_answer(question: &str, expected: &str) {
    let line = question.replace("DESK", DESK);
    assert_eq!(protocol::Calculator::default().answer(line.as_bytes()), expected);
}

#[test]
fn an_answer_names_its_question_and_an_error_is_one() {
    assert_answer(
        r#"{"id":"a","calendar":DESK,"op":"add","from":"2026-03-06T16:00:00+00:00","seconds":7200}"#,
        r#"{"id":"a","result":"2026-03-09T10:00:00Z"}"#,
    );
    assert_answer(
        r#"{"id":[1],"calendar":DESK,"op":"sub","from":"2026-03-06T16:00:00.5Z","seconds":-3600}"#,
        r#"{"id":[1],"result":"2026-03-09T09:00:00.500000Z"}"#,
    );
    assert_answer(
        r#"{"id":2,"calendar":DESK,"op":"between","from":"2026-03-09T12:00:00Z","until":"2026-03-06T12:00:00Z"}"#,
        r#"{"id":2,"result":-28800}"#,
    );
    assert_answer(
        r#"{"id":3,"calendar":DESK,"op":"periods_before","from":"2026-03-09T12:00:00Z","count":2}"#,
        r#"{"id":3,"result":[["2026-03-09T09:00:00Z","2026-03-09T12:00:00Z"],["2026-03-06T09:00:00Z","2026-03-06T17:00:00Z"]]}"#,
    );
    let never = r#"{"id":4,"calendar":"24x7","op":"next_closing","from":"2026-03-09T12:00:00Z"}"#;
    assert_answer(never, r#"{"id":4,"result":null}"#);
    let most = r#"{"id":5,"calendar":DESK,"op":"add","from":"2026-03-09T12:00:00Z","seconds":9223372036854775807}"#;
    assert_answer(most, r#"{"id":5,"result":null}"#);
    assert_answer(
        r#"{"id":6,"calendar":DESK,"op":"fly","from":"2026-03-09T12:00:00Z"}"#,
        r#"{"id":6,"error":"\"fly\" is no op"}"#,
    );
    let closed = r#"{"id":7,"calendar":{"time_zone":"UTC","weekly":{}},"op":"is_open","from":"2026-03-09T12:00:00Z"}"#;
    assert_answer(closed, r#"{"id":7,"error":"this calendar never opens; give it weekly hours, or a shift"}"#);
    assert_answer("7", r#"{"id":null,"error":"a question is a map with id, calendar, op and from"}"#);
    assert_answer("{", r#"{"id":null,"error":"this line is no JSON: EOF while parsing an object at line 1 column 1"}"#);
}
