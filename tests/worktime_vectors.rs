//! Facts from the suites of other business-hours libraries, one a line, read from the file that `OWED_VECTORS` names.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use owed::Timestamp;
use owed::calendar::{Calendar, WorkingTime};
use serde_json::{Value, json};

#[test]
fn the_facts_of_others_hold() {
    let Ok(path) = std::env::var("OWED_VECTORS") else {
        println!("SKIPPED: OWED_VECTORS names no file of facts");
        return;
    };
    let (mut held, mut beyond) = (0, 0);
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let fact: Value = serde_json::from_str(line).unwrap();
        match answer(&fact["query"]) {
            Some(answer) => {
                assert_eq!(answer, fact["result"], "{line}");
                held += 1;
            }
            None => beyond += 1,
        }
    }
    println!("{held} facts hold, {beyond} ask what cannot be asked yet");
    assert!(held > 0);
}

/// What the calendar answers, or `None` if it knows neither such hours nor such a question.
fn answer(query: &Value) -> Option<Value> {
    let calendar: Calendar = match serde_json::from_value(query["calendar"].clone()) {
        Ok(calendar) => calendar,
        Err(problem) if problem.to_string().contains("unknown key") => return None,
        Err(problem) => panic!("{problem}"),
    };
    let at = |key: &str| -> Timestamp { query[key].as_str().unwrap().parse().unwrap() };
    let move_by = |seconds: i64| {
        let amount = WorkingTime::from_micros(seconds.unsigned_abs() * 1_000_000);
        let moved = if seconds < 0 {
            calendar.sub_working(at("from"), amount)
        } else {
            calendar.add_working(at("from"), amount)
        };
        json!(moved.ok())
    };
    let seconds_between =
        |from, until| i64::try_from(calendar.working_between(from, until).as_micros() / 1_000_000).unwrap();
    Some(match query["op"].as_str().unwrap() {
        "add" => move_by(query["seconds"].as_i64().unwrap()),
        "sub" => move_by(-query["seconds"].as_i64().unwrap()),
        "between" if at("until") < at("from") => json!(-seconds_between(at("until"), at("from"))),
        "between" => json!(seconds_between(at("from"), at("until"))),
        "is_open" => json!(calendar.is_open(at("from"))),
        "periods_after" => {
            let count = usize::try_from(query["count"].as_u64().unwrap()).unwrap();
            let spans = calendar.open_spans(at("from"), Timestamp::MAX).take(count);
            spans.map(|span| json!([span.from, span.until])).collect()
        }
        _ => return None,
    })
}
