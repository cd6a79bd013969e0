//! Documents that people write: read leniently, judged strictly.
//!
//! A derive stops at the first thing that does not fit, and names no place. Whoever writes a calendar or a rulebook by
//! hand wants to hear everything that is wrong, and where. So a document is first read into a [`Node`] as it stands,
//! whatever it says; then it is walked with an [`Entry`] in hand, which knows its own place, and everything that does
//! not fit goes to the [`Findings`].
//!
//! What machines write is read by derives, and sometimes from a [`Node`] too: where it matters in what it does not fit ([`Misfit`]), and where
//! a word that nobody knows is an error in one place and none in another ([`strict`]).
//!
//! ```text
//! text ─serde─▶ Node ─Entry::root─▶ Entry ─map, list, text, parse─▶ values
//!                                     └──────what does not fit────▶ Findings ─finish─▶ Ok(value) | Err(Problems)
//! ```

mod entry;
mod findings;
mod node;
mod problem;
mod typed;

pub(crate) use entry::{Entry, Fields};
pub(crate) use findings::Findings;
pub(crate) use node::Node;
pub use problem::{FormFlaw, Problem, Problems};
pub(crate) use typed::{Misfit, known_words, strict, tolerant};

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    use super::*;
    use crate::calendar::{self, Amount, AmountError, Calendar};

    #[derive(Debug, thiserror::Error)]
    enum Flaw {
        #[error(transparent)]
        Form(#[from] FormFlaw),
        #[error(transparent)]
        Calendar(#[from] calendar::Flaw),
        #[error(transparent)]
        Amount(#[from] AmountError),
    }

    struct Desk {
        calendars: Vec<(String, Calendar)>,
        reply: Amount,
        rounds: i64,
    }

    /// What a reader of something larger looks like: a line for each part, and `?` only when all have been read.
    fn desk(entry: &Entry<'_>, found: &mut Findings<Flaw>) -> Option<Desk> {
        let fields = entry.fields(&["calendars", "reply", "rounds"], found)?;
        let calendars = fields.required("calendars", found).map(|entry| entry.pairs(found)).unwrap_or_default();
        let calendar = |(name, entry): (&str, Entry<'_>)| Some((name.into(), found.absorb(Calendar::read(&entry))?));
        let calendars = calendars.into_iter().filter_map(calendar).collect();
        let reply = fields.required("reply", found).and_then(|entry| entry.parse(found, str::parse));
        let rounds = fields.optional("rounds").and_then(|entry| entry.int(found)).unwrap_or(1);
        Some(Desk { calendars, reply: reply?, rounds })
    }

    fn read(json: &str) -> Result<Desk, Problems<Flaw>> {
        let node: Node = serde_json::from_str(json)
            .map_err(|_| Problems::one(json.into(), Flaw::Form(FormFlaw::MissingKey { key: "json" })))?;
        let mut found = Findings::new();
        let desk = desk(&Entry::root(&node), &mut found);
        found.finish(desk)
    }

    #[test]
    fn what_is_nested_keeps_its_whole_place() {
        let json = r#"{ "calendars": { "office": { "time_zone": "UTC", "weekly": { "thu": ["25:00-26:00"] } },
            "my.lab": { "time_zone": "UTC", "weekly": {} }, "": 7 }, "reply": "4 hrs", "rounds": true }"#;
        let expected = r#"calendars.office.weekly.thu[0]: "25:00" is no time of day; write 00:00 to 24:00
calendars."my.lab": this calendar never opens; give it weekly hours, or a shift
calendars."": expected a map (its keys: time_zone, weekly, seasons, holidays, shifts, weekly_breaks, breaks, holiday_scope, shifts_beat_holidays, revisions), found a whole number
reply: "4 hrs": "hrs" is no unit; write hours, minutes or seconds, or working hours and so on
rounds: expected a whole number, found true or false"#;
        assert_eq!(read(json).err().map(|problems| problems.to_string()).as_deref(), Some(expected));
    }

    #[test]
    fn what_is_right_is_read() {
        let json = r#"{ "reply": "4 hours", "calendars": { "office": { "time_zone": "UTC", "weekly": { "thu": ["09:00-17:00"] } } } }"#;
        let desk = read(json).map(|desk| (desk.calendars.len(), desk.reply.to_string(), desk.rounds));
        assert_eq!(desk.ok(), Some((1, "4 hours".into(), 1)));
    }
}
