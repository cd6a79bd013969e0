//! The line protocol of the calculator: a question a line, an answer a line, in order, and no error stops the rest.
//!
//! ```text
//! {"id":1,"calendar":{"time_zone":"UTC","weekly":{"mon-fri":["09:00-17:00"]}},"op":"add","from":"2026-03-06T16:00:00Z","seconds":7200}
//! {"id":1,"result":"2026-03-09T10:00:00Z"}
//! ```

use owed::Timestamp;
use owed::calendar::{Calendar, OpenSpans, WorkingTime};
use serde_json::{Map, Value, json};

/// The most spans in one answer: it is a line, and somebody holds it in memory.
const MAX_COUNT: usize = 100_000;

/// Answers questions, and remembers the calendar of the last one: the next is often about the same.
#[derive(Default)]
pub struct Calculator {
    latest: Option<(Value, Calendar)>,
}

impl Calculator {
    /// The answer to one line.
    pub fn answer(&mut self, line: &[u8]) -> String {
        let query: Result<Value, _> = serde_json::from_slice(line);
        let (id, result) = match query {
            Err(problem) => (Value::Null, Err(format!("this line is no JSON: {problem}"))),
            Ok(Value::Object(query)) => (query.get("id").cloned().unwrap_or_default(), self.result(&query)),
            Ok(_) => (Value::Null, Err("a question is a map with id, calendar, op and from".into())),
        };
        match result {
            Ok(result) => format!("{{\"id\":{id},\"result\":{result}}}"),
            Err(problem) => format!("{{\"id\":{id},\"error\":{}}}", Value::String(problem)),
        }
    }

    fn result(&mut self, query: &Map<String, Value>) -> Result<Value, String> {
        let calendar = self.calendar(query.get("calendar").ok_or("the key \"calendar\" is missing")?)?;
        let op = text(query, "op")?;
        let from = instant(query, "from")?;
        let spans = |spans: &mut dyn Iterator<Item = owed::calendar::Span>| -> Result<Value, String> {
            let count = query.get("count").and_then(Value::as_u64).ok_or("\"count\" is no whole number from 0")?;
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            let spans: Vec<_> = spans.take(count.min(MAX_COUNT + 1)).collect();
            if spans.len() > MAX_COUNT {
                return Err(format!("there are more than {MAX_COUNT} of them; ask for fewer"));
            }
            Ok(spans.into_iter().map(|span| json!([span.from, span.until])).collect())
        };
        let all = |from, until| -> OpenSpans<'_> { calendar.open_spans(from, until) };
        Ok(match op {
            "add" => json!(moved(calendar, from, seconds(query)?)),
            "sub" => json!(moved(calendar, from, seconds(query)?.negated())),
            "between" => micros(calendar.signed_working_between(from, instant(query, "until")?)),
            "is_open" => json!(calendar.is_open(from)),
            "open_at_or_after" => json!(calendar.open_at_or_after(from)),
            "open_end_at_or_before" => json!(calendar.open_end_at_or_before(from)),
            "next_opening" => json!(calendar.next_opening(from)),
            "next_closing" => json!(calendar.next_closing(from)),
            "prev_opening" => json!(calendar.previous_opening(from)),
            "prev_closing" => json!(calendar.previous_closing(from)),
            "periods_after" => spans(&mut all(from, Timestamp::MAX))?,
            "periods_before" => spans(&mut all(Timestamp::MIN, from).rev())?,
            _ => return Err(format!("{op:?} is no op")),
        })
    }

    fn calendar(&mut self, json: &Value) -> Result<&Calendar, String> {
        if self.latest.as_ref().is_none_or(|(latest, _)| latest != json) {
            let calendar = serde_json::from_value(json.clone()).map_err(|problem| problem.to_string())?;
            self.latest = Some((json.clone(), calendar));
        }
        self.latest.as_ref().map(|(_, calendar)| calendar).ok_or_else(|| "no calendar".into())
    }
}

/// Seconds of working time, with a sign, to the microsecond.
struct Seconds {
    negative: bool,
    amount: WorkingTime,
}

impl Seconds {
    fn negated(self) -> Self {
        Self { negative: !self.negative, ..self }
    }
}

fn seconds(query: &Map<String, Value>) -> Result<Seconds, String> {
    let number = query.get("seconds").ok_or("the key \"seconds\" is missing")?;
    let wrong = || format!("{number} is no number of seconds");
    if let Some(seconds) = number.as_i64() {
        // More than can be held is more than there is.
        let micros = seconds.unsigned_abs().saturating_mul(1_000_000);
        return Ok(Seconds { negative: seconds < 0, amount: WorkingTime::from_micros(micros) });
    }
    let seconds = number.as_f64().ok_or_else(wrong)?;
    let micros = (seconds.abs() * 1e6).round();
    Ok(Seconds { negative: seconds < 0.0, amount: WorkingTime::from_micros(micros as u64) })
}

fn moved(calendar: &Calendar, from: Timestamp, by: Seconds) -> Option<Timestamp> {
    let moved = if by.negative { calendar.sub_working(from, by.amount) } else { calendar.add_working(from, by.amount) };
    moved.ok()
}

/// Seconds, whole if they are.
fn micros(micros: i64) -> Value {
    if micros % 1_000_000 == 0 { json!(micros / 1_000_000) } else { json!(micros as f64 / 1e6) }
}

fn text<'a>(query: &'a Map<String, Value>, key: &str) -> Result<&'a str, String> {
    let value = query.get(key).ok_or_else(|| format!("the key {key:?} is missing"))?;
    value.as_str().ok_or_else(|| format!("{key:?} is no text"))
}

fn instant(query: &Map<String, Value>, key: &str) -> Result<Timestamp, String> {
    text(query, key)?.parse().map_err(|problem: owed::TimestampError| problem.to_string())
}
