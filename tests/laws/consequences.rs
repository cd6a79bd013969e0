//! The laws about what comes of a commitment for others: what goes on with it, what its breach owes, and the whole that it is a part of.

use std::collections::BTreeMap;

use owed::commitment::{Clock, Ending, Event as Fact, Origin, PhaseName, Renewal, Renews, Terms, Verdict, VoidCause};
use owed::{CommitmentId, Event, Recorded, Timestamp};
use proptest::prelude::*;

use super::book::{Book, Entry};
use super::running::carried;
use super::story::for_every_story;

/// What goes on with another is linked to it, of the same kind, and made by the fact that calls for it; nothing goes on twice,
/// and of all that go on with one another one at most is pending.
#[test]
fn a_successor_goes_on_with_one() {
    for_every_story(|story| {
        let log = story.played().log;
        let book = Book::read(&log, |book, _, recorded, fact| {
            let (renews, origin, beneficiary, binding) = match fact {
                Fact::Promised(made) => (made.renews, &made.origin, &made.beneficiary, made.binding),
                Fact::Suggested(made) | Fact::PromisedOnCondition(made) => {
                    (made.renews, &made.origin, &made.beneficiary, made.binding)
                }
                _ => return Ok(()),
            };
            let Some(renews) = renews else { return Ok(()) };
            let Some(old) = book.entries.get(&renews.of) else {
                return Err(TestCaseError::fail("goes on with nothing"));
            };
            // A breach that was corrected, and what was told voided with it: then the correction was the error.
            let by = old.renewed_by.map(|by| &book.entries[&by]).filter(|by| by.closed.is_none());
            // What is taken back may have been reopened meanwhile: that is another cycle, and goes on for itself.
            let reopened = |by: &Entry| by.renews.is_some_and(|renews| renews.why == Renewal::Reopened);
            let goes_on = by.is_some_and(|by| renews.why != Renewal::Retracted || !reopened(by));
            prop_assert!(!goes_on, "{recorded:?} of {old:?}");
            match (origin, &old.origin) {
                // It is another cycle, of the same metric.
                (Origin::Policy(new), Origin::Policy(old)) if renews.why == Renewal::Reopened => {
                    prop_assert_eq!((&new.metric, new.kind), (&old.metric, old.kind));
                }
                _ => prop_assert_eq!((origin, beneficiary), (&old.origin, &old.beneficiary)),
            }
            prop_assert!(recorded.edition == old.edition || renews.why == Renewal::Reopened);
            let id = fact.commitment();
            let names_it = |cause: &VoidCause| match cause {
                VoidCause::Renegotiated { successor, .. } => renews.why == Renewal::Accepted && *successor == id,
                VoidCause::Retracted { successor, .. } => renews.why == Renewal::Retracted && *successor == id,
                VoidCause::CustomerAbsent => renews.why == Renewal::Returned,
                VoidCause::InTime { successor, .. } => renews.why == Renewal::InTime && *successor == id,
                VoidCause::InError { .. } => renews.why == Renewal::Reinstated,
                _ => false,
            };
            match renews.why {
                Renewal::Accepted | Renewal::Told => prop_assert_eq!(binding, owed::commitment::Binding::Promised),
                // It is another cycle, perhaps under another agreement.
                Renewal::Reopened => {}
                Renewal::Retracted | Renewal::Returned | Renewal::Reinstated | Renewal::InTime => {
                    prop_assert_eq!(binding, old.binding)
                }
            }
            match renews.why {
                Renewal::Accepted | Renewal::Retracted | Renewal::InTime => {
                    prop_assert!(old.is_void(names_it), "{recorded:?} of {old:?}");
                    // What was owed for a breach that was none falls away in between.
                    let closed = old.closed.as_ref().map(|closed| closed.cause);
                    prop_assert_eq!(closed, Some(recorded.cause));
                }
                Renewal::Reopened => {
                    prop_assert!(old.closed.is_some());
                }
                Renewal::Returned | Renewal::Reinstated => {
                    prop_assert!(old.is_void(names_it), "{recorded:?} of {old:?}")
                }
                Renewal::Told => {
                    let breach = old.breach.as_ref().map(|breach| (breach.at, breach.cause));
                    prop_assert_eq!(breach, Some((recorded.at, recorded.cause)));
                    prop_assert_eq!(old.phase(), PhaseName::Overdue);
                    let told = old.proposal.as_ref().map(|told| told.due_at).filter(|told| *told > recorded.at);
                    let Fact::Promised(made) = fact else { return Err(TestCaseError::fail("told, and no promise")) };
                    // Told while it waited for the customer's part, it counts from that.
                    let from_his_part = old.proposal.as_ref().is_some_and(|told| told.limit.is_some());
                    let told =
                        if from_his_part { told.filter(|told| made.due <= *told).map(|_| made.due) } else { told };
                    prop_assert_eq!((told, made.repairs), (Some(made.due), Some(renews.of)));
                }
            }
            if let (Fact::Promised(made), Renewal::Returned) = (fact, renews.why) {
                let Some(Event::Commitment(Fact::Voided { used, .. })) =
                    old.closed.as_ref().map(|closed| &closed.event)
                else {
                    return Err(TestCaseError::fail("it was not closed"));
                };
                let left = old.clock.budget.as_micros().saturating_sub(used.as_micros());
                prop_assert_eq!(made.clock.budget, old.clock.budget.with_micros(left), "what was left of it");
                prop_assert_eq!(carried(&made.clock), 0);
            }
            if let (Fact::Promised(made), Renewal::Retracted | Renewal::Reinstated) = (fact, renews.why) {
                // A series that has stopped or come to its horizon has so for what comes back of it.
                let terms = Terms { series: made.terms.series.clone(), ..old.terms.clone() };
                prop_assert_eq!(&made.terms, &terms);
                // It has stood still meanwhile when its rules wanted it to.
                let pauses = &made.clock.pauses;
                let stood = pauses.strip_prefix(&old.clock.pauses[..]).ok_or(TestCaseError::fail("a pause is lost"))?;
                prop_assert!(stood.is_empty() || renews.why == Renewal::Retracted);
                prop_assert_eq!(&made.clock, &Clock { pauses: pauses.clone(), ..old.clock.clone() });
                // There was no deadline while it stood.
                prop_assert!(made.due == old.due || !made.clock.pauses.is_empty(), "{recorded:?} of {old:?}");
            }
            Ok(())
        })?;
        let mut pending: BTreeMap<CommitmentId, u32> = BTreeMap::new();
        for (id, entry) in book.entries.iter().filter(|(_, entry)| entry.verdict == Verdict::Pending) {
            let mut first = *id;
            while let Some(before) = book.entries[&first].renews {
                first = before.of;
            }
            *pending.entry(first).or_default() += 1;
            prop_assert_eq!(pending[&first], 1, "{:?}", entry);
        }
        Ok(())
    });
}

/// A breach owes what its terms say, once, by a deadline, and to the same; as often as they say, and nothing else is owed so.
#[test]
fn a_breach_owes_what_its_terms_say() {
    for_every_story(|story| {
        let log = story.played().log;
        let book = Book::read(&log, |book, _, recorded, fact| {
            let Fact::Promised(made) = fact else { return Ok(()) };
            // What was owed for a breach, and is owed anew, was made before.
            let (Origin::Amends { of, depth }, None) = (&made.origin, made.renews) else { return Ok(()) };
            let Some(broken) = book.entries.get(of) else { return Err(TestCaseError::fail("for no breach")) };
            prop_assert_eq!(broken.verdict, Verdict::Breached);
            let fresh = [broken.breach.as_ref(), broken.closed.as_ref()].into_iter().flatten();
            prop_assert!(fresh.map(|fresh| (fresh.at, fresh.cause)).any(|now| now == (recorded.at, recorded.cause)));
            prop_assert_eq!(&made.beneficiary, &broken.beneficiary);
            prop_assert_eq!(*depth, depth_of(broken) + 1);
            match &broken.terms.breach_owes {
                Some(owes) if made.deliverable == owes.deliverable => prop_assert!(*depth <= owes.depth),
                // What cannot be done owes an explanation, whatever else it owes.
                Some(_) => prop_assert!(is_impossible(broken), "{recorded:?} for {broken:?}"),
                None => prop_assert!(is_impossible(broken), "{recorded:?} for {broken:?}"),
            }
            // The same breach goes by the deadline that it had, which may be this instant.
            let same = broken.renews.is_some_and(|renews| renews.why == Renewal::Retracted);
            prop_assert!(
                made.due > recorded.at || same && made.due == recorded.at || made.due == Timestamp::MAX.minus_micros(1)
            );
            Ok(())
        })?;
        for (id, entry) in book.entries.iter().filter(|(_, entry)| entry.breach.is_some()) {
            let mut owed: Vec<_> = book.entries.values().filter(|other| owed_for(other, *id)).map(owed_thing).collect();
            let of_terms = entry.terms.breach_owes.as_ref().filter(|owes| depth_of(entry) < owes.depth);
            let of_terms = of_terms.map(|owes| owes.deliverable.to_string());
            let explains = Some("explanation".into()).filter(|_| is_impossible(entry) && depth_of(entry) == 0);
            let expected = of_terms.into_iter().chain(explains);
            let mut expected: Vec<String> = expected.filter(|owed| !is_owed_already(&book, entry, owed)).collect();
            owed.sort_unstable();
            expected.sort_unstable();
            expected.dedup();
            prop_assert_eq!(owed, expected, "{:?}", entry);
        }
        Ok(())
    });
}

fn depth_of(entry: &Entry) -> u8 {
    match entry.origin {
        Origin::Amends { depth, .. } => depth,
        Origin::Policy(_)
        | Origin::Spoken { .. }
        | Origin::Delegated { .. }
        | Origin::Horizon { .. }
        | Origin::Request { .. }
        | Origin::Incident(_) => 0,
    }
}

fn owed_for(entry: &Entry, broken: CommitmentId) -> bool {
    matches!(entry.origin, Origin::Amends { of, .. } if of == broken) && entry.renews.is_none()
}

/// Whether something has become of what was owed for the same breach, before what had fulfilled it turned out to be none, or that it was struck out.
fn is_owed_already(book: &Book, entry: &Entry, what: &str) -> bool {
    let is_same = |renews: &Renews| matches!(renews.why, Renewal::Retracted | Renewal::Reinstated);
    let same = |entry: &Entry| entry.renews.filter(is_same).map(|renews| renews.of);
    let first = same(entry).or_else(|| never_began(book, entry));
    let mut before = std::iter::successors(first, |id| same(&book.entries[id]));
    let fell_away = |closed: &Recorded| {
        matches!(&closed.event, Event::Commitment(Fact::Voided { cause: VoidCause::Corrected { .. }, .. }))
    };
    let it = |other: &&Entry, id| owed_for(other, id) && owed_thing(other) == what;
    let owed = before.find_map(|id| book.entries.values().find(|other| it(other, id)));
    // It may be owed anew since.
    let next = |owed: &&Entry| owed.renewed_by.map(|by| &book.entries[&by]);
    let last = owed.and_then(|owed| std::iter::successors(Some(owed), next).last());
    last.is_some_and(|owed| !owed.closings.iter().any(fell_away))
}

/// The cycle of the same beginning that was struck out because its start was something else.
fn never_began(book: &Book, entry: &Entry) -> Option<CommitmentId> {
    let cycle = |entry: &Entry| match &entry.origin {
        Origin::Policy(cycle) => Some((cycle.agreement.clone(), cycle.metric.clone(), entry.since)),
        _ => None,
    };
    let struck_out = |other: &Entry| {
        other.closings.iter().any(|closing| {
            matches!(&closing.event, Event::Commitment(Fact::Voided { cause: VoidCause::InError { .. }, .. }))
        })
    };
    let of = cycle(entry)?;
    let mut others = book.entries.iter().filter(|(_, other)| other.made.version < entry.made.version);
    others.find(|(_, other)| cycle(other).as_ref() == Some(&of) && struck_out(other)).map(|(id, _)| *id)
}

fn owed_thing(entry: &Entry) -> String {
    let Event::Commitment(Fact::Promised(made)) = &entry.made.event else { return "no promise".into() };
    made.deliverable.to_string()
}

fn is_impossible(entry: &Entry) -> bool {
    let ended = |closing: &Recorded| {
        matches!(&closing.event, Event::Commitment(Fact::Ended { ending: Ending::Impossible { .. }, .. }))
    };
    entry.closings.iter().any(ended)
}

/// What goes on with a commitment before a version of its stream, itself where nothing does. That a ticket was reopened is another matter.
fn as_it_goes_on(book: &Book, of: CommitmentId, version: u64) -> CommitmentId {
    let next = |id: &CommitmentId| {
        let by = book.entries[id].renewed_by?;
        let goes_on = &book.entries[&by];
        let same = goes_on.renews.is_some_and(|renews| renews.why != Renewal::Reopened);
        (same && goes_on.made.version < version).then_some(by)
    };
    std::iter::successors(Some(of), next).last().unwrap_or(of)
}

/// What stands broken puts at risk what hangs on it, or goes on with that, at that very instant; nothing else does.
#[test]
fn a_broken_part_puts_the_whole_at_risk() {
    for_every_story(|story| {
        let log = story.played().log;
        let book = Book::read(&log, |book, entry, recorded, fact| {
            let (Fact::PutAtRisk { child, due, .. }, Some(entry)) = (fact, entry) else { return Ok(()) };
            let part = &book.entries[child];
            let whole = |by| as_it_goes_on(book, by, recorded.version);
            let hangs = matches!(part.origin, Origin::Delegated { by } if whole(by) == fact.commitment());
            prop_assert!(hangs, "{recorded:?} for {part:?}");
            let breach = part.breach.as_ref().map(|breach| (breach.at, breach.cause));
            prop_assert_eq!((breach, *due), (Some((recorded.at, recorded.cause)), entry.due));
            Ok(())
        })?;
        for part in book.entries.values() {
            let (Origin::Delegated { by }, Some(breach)) = (&part.origin, &part.breach) else { continue };
            let whole = &book.entries[&as_it_goes_on(&book, *by, breach.version)];
            let decided = [whole.breach.as_ref(), whole.closings.first()].into_iter().flatten();
            let first = decided.map(|decided| decided.version).min();
            prop_assert!(whole.at_risk || first.is_some_and(|first| first < breach.version), "{whole:?}");
        }
        Ok(())
    });
}
