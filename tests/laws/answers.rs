//! Law 12: what is no answer answers nothing, on one ticket and over merges and splits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use owed::commitment::{Deliverable, Event as Fact, Happened, Origin, Stamp};
use owed::policy::{Author, Class, Visibility};
use owed::ticket::Event as Turned;
use owed::{CommitmentId, Event, MessageRef, Recorded, Rulebook, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::{Value, json};

use super::story::{Drawn, Story, for_everything_drawn};
use super::two_tickets::for_every_host;

/// When somebody of the desk wrote to the customer, as far as a log tells; and which replies are owed by agreement.
#[derive(Default)]
struct Reader {
    /// What counts besides, by the rulebook's own word: targets of which it says that something else is an answer, too.
    apart: BTreeSet<(String, String)>,
    answers: BTreeSet<Timestamp>,
    sent: BTreeMap<MessageRef, Vec<Timestamp>>,
    replies: BTreeSet<CommitmentId>,
}

const fn is_an_answer(author: Author, visibility: Visibility, class: Option<Class>) -> bool {
    matches!((author, visibility, class), (Author::Agent, Visibility::Public, None))
}

impl Reader {
    fn of(rules: &Rulebook) -> Self {
        let rules = serde_json::to_value(rules).unwrap();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let mut apart = BTreeSet::new();
        for agreement in list(&rules["editions"]).iter().flat_map(|edition| list(&edition["agreements"])) {
            for (metric, target) in agreement["targets"].as_object().into_iter().flatten() {
                if !list(&target["also"]).is_empty() {
                    apart.insert((agreement["name"].as_str().unwrap().to_owned(), metric.clone()));
                }
            }
        }
        Self { apart, ..Self::default() }
    }

    fn owes(&mut self, id: CommitmentId, deliverable: &Deliverable, origin: &Origin) {
        let Origin::Policy(cycle) = origin else { return };
        let target = (cycle.agreement.to_string(), cycle.metric.to_string());
        if *deliverable == Deliverable::Reply && !self.apart.contains(&target) {
            self.replies.insert(id);
        }
    }

    /// Takes in an event, and says when a reply that is owed was given, if it says that.
    fn read(&mut self, recorded: &Recorded) -> Option<(CommitmentId, Timestamp)> {
        // What a person says of an earlier instant may be believed, or not.
        let claimed = |happened: &Happened| happened.stamp == Stamp::Claim;
        let taken_in = recorded.happened.as_ref().is_none_or(claimed).then_some(recorded.at);
        let when: Vec<Timestamp> = taken_in.into_iter().chain(recorded.happened.map(|happened| happened.at)).collect();
        match &recorded.event {
            Event::Ticket(Turned::MessageAdded { author, visibility, class, message, .. }) => {
                let sent = message.as_ref().map(|message| self.sent.entry(message.clone()).or_default());
                sent.into_iter().for_each(|sent| sent.extend(&when));
                if is_an_answer(*author, *visibility, *class) {
                    self.answers.extend(&when);
                }
            }
            Event::Ticket(Turned::MessageReclassified { message, author, visibility, class }) => {
                let sent = self.sent.get(message).into_iter().flatten();
                if is_an_answer(*author, *visibility, *class) {
                    // Where a person's word does not mend a breach, it counts from when he said so here, wherever he files messages.
                    self.answers.extend(sent.chain(&when).chain([&recorded.at]));
                }
            }
            Event::Commitment(Fact::Promised(made)) => self.owes(made.commitment, &made.deliverable, &made.origin),
            Event::Commitment(Fact::CarriedIn { commitment, .. }) => {
                self.owes(commitment.id, &commitment.deliverable, &commitment.origin);
            }
            // Somebody says in so many words that it was done.
            Event::Commitment(_) if recorded.by.is_some() => {}
            Event::Commitment(
                Fact::Fulfilled { commitment, done, .. }
                | Fact::DeliveredLate { commitment, done, .. }
                | Fact::Corrected { commitment, done, .. },
            ) => return self.replies.contains(commitment).then_some((*commitment, *done)),
            _ => {}
        }
        None
    }
}

/// The same rules, by which replies are owed besides, for so long that most are given.
fn owing_replies(text: &str) -> Arc<Rulebook> {
    let mut rules: Value = serde_json::from_str(text).unwrap();
    for edition in rules["editions"].as_array_mut().unwrap() {
        let targets = json!({ "first_response": "50 hours", "next_response": "50 hours" });
        edition["agreements"].as_array_mut().unwrap().push(json!({ "name": "replies", "targets": targets }));
    }
    Arc::new(serde_json::from_value(rules).unwrap())
}

/// A reply that an agreement asks for is given by a person's public message at that instant, and by nothing else: no acknowledgement, no
/// automatic answer, no note, no thanks, no mark, no change of status.
#[test]
fn acknowledgements_never_answer() {
    let given = std::cell::Cell::new(0_u32);
    for_everything_drawn(|drawn| {
        let story = Story::of(Drawn { rules: owing_replies(&drawn.text), ..drawn.clone() });
        let mut reader = Reader::of(&story.rules);
        for recorded in &story.played().log {
            let Some((commitment, done)) = reader.read(recorded) else { continue };
            given.set(given.get() + 1);
            prop_assert!(reader.answers.contains(&done), "{commitment} is answered at {done} by {recorded:?}");
        }
        Ok(())
    });
    assert!(given.get() >= 30, "{} replies were given", given.get());
}

/// The same where matters are one: what was written in one ticket answers in the other as of when it was written.
#[test]
fn acknowledgements_never_answer_over_merges_and_splits() {
    for_every_host(|host, about| {
        for ticket in about {
            let mut readers = Reader::of(host.rules);
            for log in &host.logs {
                log.iter().for_each(|recorded| _ = readers.read(recorded));
            }
            for recorded in &host.logs[*ticket] {
                let Some((commitment, done)) = readers.read(recorded) else { continue };
                prop_assert!(readers.answers.contains(&done), "{commitment} is answered at {done} by {recorded:?}");
            }
        }
        TestCaseResult::Ok(())
    });
}
