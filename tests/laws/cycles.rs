//! The laws about cycles of a metric: each stretch is owed once, whatever becomes of it.

use std::collections::BTreeMap;

use owed::commitment::{Event as Fact, Origin, RuleReason, VoidCause};
use owed::{CommitmentId, Event, Name, Recorded, Timestamp};
use proptest::prelude::*;

use super::book::{Book, Entry};
use super::story::for_every_story;

/// What has been decided is not owed again: a cycle that begins in hindsight goes on with a stretch that the ticket had left.
#[test]
fn a_stretch_is_owed_once() {
    for_every_story(|story| {
        let mut stretches: BTreeMap<(Name, Timestamp), CommitmentId> = BTreeMap::new();
        Book::read(&story.played().log, |book, _, recorded, fact| {
            let Fact::Promised(promised) = fact else { return Ok(()) };
            let Origin::Policy(cycle) = &promised.origin else { return Ok(()) };
            let since = promised.clock.since;
            let earlier = stretches.insert((cycle.metric.clone(), since), promised.commitment);
            let told = story.turns.iter().filter(|turn| turn.command.at == recorded.at);
            let fresh = told.map(|turn| turn.command.happened.map_or(recorded.at, |happened| happened.at));
            if let Some(earlier) = earlier.filter(|_| !fresh.collect::<Vec<_>>().contains(&since)) {
                prop_assert!(was_left(&book.entries[&earlier]), "{recorded:?} after {:?}", book.entries[&earlier]);
            }
            Ok(())
        })?;
        Ok(())
    });
}

fn was_left(entry: &Entry) -> bool {
    let left = |closed: &Recorded| match &closed.event {
        Event::Commitment(Fact::Voided { cause: VoidCause::Rule(rule), .. }) => rule.why == RuleReason::Left,
        Event::Commitment(_) | Event::Ticket(_) => false,
    };
    entry.closed.as_ref().is_some_and(left)
}
