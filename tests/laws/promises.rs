//! The laws about what the customer was told: only he lets the desk off, it never gets worse, and nothing closes over it.

use std::collections::BTreeSet;

use owed::commitment::{Actor, Binding, Event as Fact, Order as About, Origin, Party, RuleReason, Verdict, VoidCause};
use owed::ticket::{Event as Turn, Owing, Refusal as Closing};
use owed::{Cause, Command, Event, Order, Refusal};
use proptest::prelude::*;

use super::book::{Book, Standstill};
use super::running::Pace;
use super::story::for_every_story;

/// Void needs the customer's consent, or a corrected breach that it repairs; a goal, its rule by name. And what is broken
/// ends by a rule only if it is a goal.
#[test]
fn only_the_customer_releases_a_promise() {
    for_every_story(|story| {
        Book::read(&story.played().log, |book, entry, recorded, fact| {
            let (rule, cause) = match fact {
                Fact::Voided { cause: VoidCause::Rule(rule), .. } | Fact::Overtaken { rule, .. } => (Some(rule), None),
                Fact::Voided { cause, .. } => (None, Some(cause)),
                _ => return Ok(()),
            };
            let Some(entry) = entry else { return Err(TestCaseError::fail("never made")) };
            if let Some(rule) = rule {
                prop_assert_eq!(entry.promised.binding, Binding::Goal);
                let Origin::Policy(cycle) = &entry.origin else { return Err(TestCaseError::fail("no rule made it")) };
                prop_assert_eq!((&rule.agreement, &rule.metric), (&cycle.agreement, &cycle.metric));
                prop_assert!(matches!(rule.why, RuleReason::NotNeeded | RuleReason::Left));
            }
            match cause {
                None | Some(VoidCause::Rule(_)) => {}
                Some(
                    VoidCause::Dismissed { .. }
                    | VoidCause::Lapsed
                    | VoidCause::Withdrawn { .. }
                    | VoidCause::Renegotiated { .. }
                    | VoidCause::CustomerAbsent
                    | VoidCause::Retracted { .. }
                    | VoidCause::InError { .. }
                    | VoidCause::SeriesStopped { .. },
                ) => prop_assert!(false, "not ordered yet"),
                Some(VoidCause::Released { evidence }) => {
                    let commands = story.turns.iter().map(|turn| &turn.command);
                    let mut commands = commands.filter(|command| Cause::Command(command.id) == recorded.cause);
                    let released = |command: &Command| {
                        let Order::Commitment(About::Release { commitment, evidence: shown }) = &command.order else {
                            return false;
                        };
                        let by_him = match (&command.by, &entry.promised.beneficiary) {
                            (Actor::Customer(speaker), Party::Customer(owed)) => speaker == owed,
                            _ => true,
                        };
                        *commitment == fact.commitment() && shown == evidence && by_him
                    };
                    prop_assert!(commands.any(released), "{recorded:?}");
                }
                Some(VoidCause::Corrected { original }) => {
                    let next = |id: &owed::CommitmentId| book.entries[id].promised.repairs;
                    let mut chain = std::iter::successors(entry.promised.repairs, next);
                    prop_assert!(chain.any(|repaired| repaired == *original), "{recorded:?}");
                    let correction = book.entries[original].closed.as_ref();
                    let at =
                        correction.filter(|closed| matches!(closed.event, Event::Commitment(Fact::Corrected { .. })));
                    prop_assert_eq!(at.map(|closed| (closed.at, closed.cause)), Some((recorded.at, recorded.cause)));
                }
            }
            Ok(())
        })?;
        Ok(())
    });
}

/// What the desk's own rules change brings a promise nearer, or does not change it.
#[test]
fn a_promise_never_gets_worse() {
    for_every_story(|story| {
        Book::read(&story.played().log, |_, entry, recorded, fact| {
            let (Fact::Retargeted(new), Some(entry)) = (fact, entry) else { return Ok(()) };
            let nearer = match &entry.paused {
                _ if entry.promised.binding == Binding::Goal => true,
                None => new.due <= entry.due,
                Some(Standstill { left, .. }) => {
                    // Had it gone on now, no less than what was left would have run by then.
                    let pace = Pace { rules: &story.rules, edition: entry.edition, terms: &entry.terms };
                    let ran = |until| pace.between(*left, recorded.at, until);
                    let before = new.due.minus_micros(1);
                    new.due <= recorded.at || ran(before).is_none_or(|ran| ran < left.as_micros())
                }
            };
            prop_assert!(nearer, "{new:?} of {entry:?}");
            Ok(())
        })?;
        Ok(())
    });
}

/// What stands in for a breach that was none is not owed: it falls away with the correction.
#[test]
fn nothing_repairs_what_was_kept() {
    for_every_story(|story| {
        story.play(|desk, _| {
            let ledger = desk.ticket.ledger();
            for repair in ledger.open().filter(|repair| repair.verdict() == Verdict::Pending) {
                let original = repair.repairs.and_then(|original| ledger.get(original));
                prop_assert!(original.is_none_or(|broken| broken.verdict() == Verdict::Breached), "{repair:?}");
                prop_assert!(original.is_none_or(|broken| !broken.is_open()), "both are owed: {repair:?}");
                prop_assert!(
                    original.is_none_or(|broken| broken.repaired_by == Some(repair.id)),
                    "one of two: {repair:?}"
                );
            }
            Ok(())
        })
    });
}

/// Closing is refused while a promise to a customer is still owed, naming each, judged after what the closing itself settles;
/// and it is refused for nothing else.
#[test]
fn no_ticket_closes_on_a_promise() {
    for_every_story(|story| {
        story.play(|desk, call| {
            let heard = desk.heard(call);
            let made_now = heard.iter().filter_map(|recorded| match &recorded.event {
                Event::Commitment(Fact::Promised(promised)) => Some(promised.commitment),
                Event::Commitment(_) | Event::Ticket(_) => None,
            });
            let made_now: BTreeSet<_> = made_now.collect();
            let promises = desk.ticket.ledger().open().filter(|owed| {
                let customer = matches!(owed.beneficiary, Party::Customer(_) | Party::Organisation(_));
                customer && owed.binding == Binding::Promised && !made_now.contains(&owed.id)
            });
            let promises: BTreeSet<_> = promises.map(|owed| owed.id).collect();
            if heard.iter().any(|recorded| matches!(recorded.event, Event::Ticket(Turn::Closed { .. }))) {
                prop_assert_eq!(promises, BTreeSet::new());
            } else if let Some(Refusal::Ticket(Closing::StillOwed { owed })) = &call.refusal {
                let named: BTreeSet<_> = owed.iter().map(|Owing { commitment, .. }| *commitment).collect();
                prop_assert!(!named.is_empty() && named.is_subset(&promises), "{named:?} of {promises:?}");
            }
            Ok(())
        })
    });
}
