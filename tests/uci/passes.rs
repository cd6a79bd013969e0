//! The log goes over a desk, and what the desk says is kept, or held against what another has said.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use owed::{Recorded, Rulebook, Ticket, TicketId, Timestamp};

use crate::replay::cli::{Run, Wake};
use crate::replay::complaints::Complaints;
use crate::replay::desk::{Said, Verdicts};
use crate::replay::failure::Failure;
use crate::replay::uci::agreement::{Agreement, compare};
use crate::replay::uci::log::Log;
use crate::replay::uci::orders::View;

pub const VIEWS: [View; 2] = [View::InHindsight, View::AsItHappened];

/// The rulebook that comes with the example, with other words in it.
pub fn rules(replace: &[(&str, &str)]) -> Rulebook {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/data/uci-rulebook.json");
    let mut text = fs::read_to_string(path).expect("the rulebook");
    for (from, to) in replace {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    serde_json::from_str(&text).expect("a rulebook")
}

/// Reads a log, with all that is told of it.
pub fn read(bytes: impl Read) -> (Log, Vec<String>) {
    let mut told = Vec::new();
    let log = Log::read("log.csv", bytes, &mut Complaints::new(|line| told.push(line.to_owned())));
    (log.unwrap_or_else(|why| panic!("{why}")), told)
}

/// A pass in which nothing may be refused.
pub fn pass<'r>(
    log: &Log,
    view: View,
    rules: &'r Rulebook,
    wake: Wake,
    until: Option<Timestamp>,
    mut hear: impl FnMut(&Recorded),
) -> Verdicts<'r> {
    let mut complaints = Complaints::new(|line| panic!("{line}"));
    let done = log.replay(view, rules, Run { wake, until }, &mut complaints, || {}, &mut |said| {
        match said {
            Said::Event(event) => hear(event),
            Said::Refused(_, why) => panic!("{why}"),
        }
        Ok::<(), Failure>(())
    });
    done.unwrap_or_else(|failure| panic!("{failure}"))
}

/// What a host would have stored, ticket by ticket.
#[derive(Default)]
pub struct Stored(pub BTreeMap<TicketId, Vec<Recorded>>);

impl Stored {
    pub fn of<'r>(
        log: &Log,
        view: View,
        rules: &'r Rulebook,
        wake: Wake,
        until: Option<Timestamp>,
    ) -> (Self, Verdicts<'r>) {
        let mut stored = Self::default();
        let verdicts = pass(log, view, rules, wake, until, |event| {
            stored.0.entry(event.stream).or_default().push(event.clone());
        });
        (stored, verdicts)
    }

    pub fn count(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    /// The same pass with another mode of waking gives the same events but for `noticed`, and so the same tickets.
    pub fn assert_same(
        &self,
        expected: &Verdicts<'_>,
        log: &Log,
        view: View,
        rules: &Rulebook,
        wake: Wake,
        until: Option<Timestamp>,
    ) {
        let mut heard = 0;
        let mut later = 0;
        let verdicts = pass(log, view, rules, wake, until, |event| {
            let place = usize::try_from(event.version - 1).expect("a small number");
            let expected = self.0.get(&event.stream).and_then(|events| events.get(place)).expect("an event more");
            later += u64::from(event.noticed != expected.noticed);
            let same = Recorded { noticed: expected.noticed, ..event.clone() };
            assert_eq!(same, *expected, "{wake:?}");
            heard += 1;
        });
        assert_eq!(heard, self.count(), "{wake:?} has events less");
        assert!(later > 0, "{wake:?} has noticed something at another instant");
        assert_eq!(verdicts.tickets(), expected.tickets());
    }

    /// The stored events, written and read again, make the same tickets.
    pub fn assert_replay(&self, verdicts: &Verdicts<'_>) {
        let mut replayed = 0;
        for ticket in verdicts.tickets() {
            let none = Vec::new();
            let events = self.0.get(&ticket.id()).unwrap_or(&none);
            let lines = events.iter().map(|event| serde_json::to_string(event).expect("an event is written"));
            let read: Vec<Recorded> = lines.map(|line| serde_json::from_str(&line).expect("and read")).collect();
            assert_eq!(read, *events);
            assert_eq!(Ticket::replay(ticket.id(), &read), *ticket);
            replayed += 1;
        }
        assert_eq!(replayed, verdicts.tickets().len());
    }
}

/// In how many the verdicts agree, out of how many, and the numbers of the others.
pub fn agreement<'a>(log: &'a Log, verdicts: &'a Verdicts<'_>) -> (u64, u64, Vec<&'a str>) {
    let compared = compare(log, verdicts, &mut Complaints::new(|line| panic!("{line}")));
    let agreement = Agreement::of(&compared);
    (agreement.total().alike(), agreement.total().all(), agreement.numbers())
}
