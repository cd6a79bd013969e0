//! The line protocol of the calculator: a question a line, an answer a line, in order, and no error stops the rest.
//!
//! ```text
//! {"id":1,"calendar":{"time_zone":"UTC","weekly":{"mon-fri":["09:00-17:00"]}},"op":"add","from":"2026-03-06T16:00:00Z","seconds":7200}
//! {"id":1,"result":"2026-03-09T10:00:00Z"}
//! ```

mod question;

use owed::Timestamp;
use owed::calendar::{Calendar, OpenSpans, WorkingTime};
use serde_json::{Value, json};

use question::Question;

/// The most spans in one answer: it is a line, and somebody holds it in memory.
const MAX_COUNT: usize = 100_000;

/// Answers questions, and remembers the calendar of the last one: the next is often about the same.
#[derive(Default)]
pub struct Calculator {
    latest: Option<(String, Calendar)>,
}

impl Calculator {
    /// The answer to one line.
    pub fn answer(&mut self, line: &[u8]) -> String {
        let (id, result) = match Question::read(line) {
            Err(problem) => ("null".into(), Err(problem)),
            Ok(question) => (question.id(), self.result(&question)),
        };
        match result {
            Ok(result) => format!("{{\"id\":{id},\"result\":{result}}}"),
            Err(problem) => format!("{{\"id\":{id},\"error\":{}}}", Value::String(problem)),
        }
    }

    fn result(&mut self, query: &Question<'_>) -> Result<Value, String> {
        query.has_each_key_once()?;
        let calendar = self.calendar(query.written("calendar")?)?;
        let op = query.text("op")?;
        let from = query.instant("from")?;
        let spans = |spans: &mut dyn Iterator<Item = owed::calendar::Span>| -> Result<Value, String> {
            let count = query.value("count").ok().and_then(|count| count.as_u64());
            let count = count.ok_or("\"count\" is no whole number from 0")?;
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            let spans: Vec<_> = spans.take(count.min(MAX_COUNT + 1)).collect();
            if spans.len() > MAX_COUNT {
                return Err(format!("there are more than {MAX_COUNT} of them; ask for fewer"));
            }
            Ok(spans.into_iter().map(|span| json!([span.from, span.until])).collect())
        };
        let all = |from, until| -> OpenSpans<'_> { calendar.open_spans(from, until) };
        Ok(match op.as_str() {
            "add" => json!(moved(calendar, from, seconds(query)?)),
            "sub" => json!(moved(calendar, from, seconds(query)?.negated())),
            "between" => micros(calendar.signed_working_between(from, query.instant("until")?)),
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

    /// The calendar that is written there. It is read from the text, in which a key that is written twice is seen.
    fn calendar(&mut self, written: &str) -> Result<&Calendar, String> {
        if self.latest.as_ref().is_none_or(|(latest, _)| latest != written) {
            let calendar = serde_json::from_str(written).map_err(|problem| problem.to_string())?;
            self.latest = Some((written.into(), calendar));
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

fn seconds(query: &Question<'_>) -> Result<Seconds, String> {
    let number = query.value("seconds")?;
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
