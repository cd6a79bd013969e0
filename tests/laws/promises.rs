//! The laws about what the customer was told: only he lets the desk off, it never gets worse, and nothing closes over it.

use std::collections::BTreeSet;

use owed::commitment::{
    Actor, Binding, Chase, Commitment, Ending, Event as Fact, Ledger, Order as About, Origin, Party, PhaseName,
    Renewal, Rule, RuleReason, Short, Terms, Verdict, VoidCause,
};
use owed::rulebook::Edition;
use owed::ticket::{Event as Turn, Order as Ask, Owing, Refusal as Closing};
use owed::{Cause, Command, CommitmentId, Event, Order, Recorded, Refusal, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::book::{Book, Entry, Standstill, Waits};
use super::running::Pace;
use super::story::{Story, for_every_story};

/// Void needs the customer's consent, or his recorded absence, a recorded error, or a corrected breach that it repairs or is owed
/// for; before it is promised for good, a condition that did not come, or the desk's word. A goal, its rule by name. And what is
/// broken is let go by the customer, by a named authority, or because it cannot be done.
#[test]
fn only_the_customer_releases_a_promise() {
    for_every_story(|story| {
        Book::read(&story.played().log, |book, entry, recorded, fact| {
            let Some(entry) = entry else { return Ok(()) };
            match fact {
                Fact::Voided { cause, .. } => voided(story, book, entry, recorded, cause),
                Fact::Overtaken { rule, .. } => by_rule(entry, rule),
                Fact::Ended { ending, .. } => {
                    // It was let go before it was struck out, in error.
                    let comes_back = entry.renews.filter(|renews| renews.why == Renewal::Reinstated);
                    if let Some(renews) =
                        comes_back.filter(|_| (recorded.cause, recorded.at) == (entry.set.cause, entry.set.at))
                    {
                        let let_go = book.entries[&renews.of].closings.iter().any(|closing| match &closing.event {
                            Event::Commitment(Fact::Ended { ending: before, .. }) => before == ending,
                            Event::Commitment(_) | Event::Ticket(_) | Event::Escalation(_) => false,
                        });
                        prop_assert!(let_go, "{recorded:?}");
                        return Ok(());
                    }
                    prop_assert!(ordered(story, entry, recorded, |order| ends(order, fact.commitment(), ending)));
                    Ok(())
                }
                _ => Ok(()),
            }
        })?;
        Ok(())
    });
}

fn by_rule(entry: &Entry, rule: &Rule) -> TestCaseResult {
    prop_assert_eq!(entry.binding, Binding::Goal);
    let Origin::Policy(cycle) = &entry.origin else { return Err(TestCaseError::fail("no rule made it")) };
    prop_assert_eq!((&rule.agreement, &rule.metric), (&cycle.agreement, &cycle.metric));
    let ends = match rule.why {
        RuleReason::NotNeeded | RuleReason::Left | RuleReason::Merged => true,
        // That is a breach, and makes nothing void.
        RuleReason::Unanswered => entry.breach.is_some(),
    };
    prop_assert!(ends);
    Ok(())
}

/// Whether a command of this instant brought it that gave such an order; where `Some` says so, by one who speaks for the customer.
fn ordered(story: &Story, entry: &Entry, recorded: &Recorded, wanted: impl Fn(&About) -> Option<Word>) -> bool {
    let commands = story.turns.iter().map(|turn| &turn.command);
    let mut commands =
        commands.filter(|command| Cause::Command(command.id) == recorded.cause && command.at == recorded.at);
    commands.any(|command| {
        let Order::Commitment(order) = &command.order else { return false };
        match wanted(order) {
            None => false,
            Some(Word::Desks) => true,
            Some(Word::Customers) => speaks_for(&command.by, &entry.beneficiary),
        }
    })
}

/// Whose word it takes.
enum Word {
    Desks,
    Customers,
}

/// Nobody but the customer speaks as a customer for what is owed to him; whoever else passes it on has evidence for it.
fn speaks_for(by: &Actor, beneficiary: &Party) -> bool {
    match (by, beneficiary) {
        (Actor::Customer(speaker), Party::Customer(owed)) => speaker == owed,
        (_, Party::Affected(_)) => false,
        (Actor::Customer(_), Party::Organisation(_)) => true,
        (Actor::Customer(_), Party::Team(_) | Party::Agent(_) | Party::Vendor(_) | Party::Authority(_)) => false,
        (Actor::Agent(_) | Actor::Vendor(_) | Actor::Automation(_) | Actor::Ai(_) | Actor::System(_), _) => true,
    }
}

fn ends(order: &About, id: CommitmentId, ending: &Ending) -> Option<Word> {
    let (word, same) = match (order, ending) {
        (About::Waive { commitment, evidence }, Ending::Waived { evidence: shown }) => {
            (Word::Customers, *commitment == id && evidence == shown)
        }
        (About::WriteOff { commitment, authority, reason }, Ending::WrittenOff { authority: who, reason: why }) => {
            (Word::Desks, *commitment == id && authority == who && reason == why)
        }
        (About::DeclareImpossible { commitment, notice }, Ending::Impossible { notice: told }) => {
            (Word::Desks, *commitment == id && notice == told)
        }
        (_, Ending::Waived { .. } | Ending::WrittenOff { .. } | Ending::Impossible { .. }) => return None,
    };
    same.then_some(word)
}

/// The order that alone brings such an end.
fn asks_for(order: &About, id: CommitmentId, cause: &VoidCause) -> Option<Word> {
    let (word, same) = match (order, cause) {
        (About::Release { commitment, evidence }, VoidCause::Released { evidence: shown }) => {
            (Word::Customers, *commitment == id && evidence == shown)
        }
        (About::Dismiss { commitment, reason }, VoidCause::Dismissed { reason: why }) => {
            (Word::Desks, *commitment == id && reason == why)
        }
        (About::Withdraw { commitment, notice }, VoidCause::Withdrawn { notice: told }) => {
            (Word::Desks, *commitment == id && notice == told)
        }
        (
            About::Accept { commitment, successor, evidence },
            VoidCause::Renegotiated { successor: now, evidence: shown },
        ) => (Word::Customers, *commitment == id && successor == now && evidence == shown),
        (About::FindAbsent { commitment }, VoidCause::CustomerAbsent) => (Word::Desks, *commitment == id),
        (About::Retract { commitment, reason, successor }, VoidCause::Retracted { reason: why, successor: now }) => {
            (Word::Desks, *commitment == id && reason == why && successor == now)
        }
        (
            About::RecordInError { commitment, reason, evidence },
            VoidCause::InError { reason: why, evidence: shown },
        ) => (Word::Desks, *commitment == id && reason == why && evidence == shown),
        // It names the series, of which this was a round or the decision.
        (About::StopSeries { evidence, .. }, VoidCause::SeriesStopped { evidence: shown }) => {
            (Word::Desks, evidence == shown)
        }
        (About::MeetCondition { commitment, evidence }, VoidCause::InTime { evidence: Some(shown), .. }) => {
            (Word::Desks, *commitment == id && evidence == shown)
        }
        (About::Decline { commitment, evidence }, VoidCause::InTime { evidence: Some(shown), .. }) => {
            (Word::Customers, *commitment == id && evidence == shown)
        }
        (About::Hear { commitment }, VoidCause::InTime { evidence: None, .. }) => (Word::Desks, *commitment == id),
        (
            _,
            VoidCause::Released { .. }
            | VoidCause::InTime { .. }
            | VoidCause::SeriesStopped { .. }
            | VoidCause::Rule(_)
            | VoidCause::Corrected { .. }
            | VoidCause::Dismissed { .. }
            | VoidCause::Lapsed
            | VoidCause::Withdrawn { .. }
            | VoidCause::Renegotiated { .. }
            | VoidCause::CustomerAbsent
            | VoidCause::Retracted { .. }
            | VoidCause::InError { .. },
        ) => return None,
    };
    same.then_some(word)
}

/// A message was something else, or came back: what it had done to an agreement's clock is put right. Or an older one has come, which the
/// clock counts from.
fn is_put_right_by(command: &Command, recorded: &Recorded, cause: &VoidCause) -> bool {
    if let Order::Ticket(Ask::Message { message: Some(message), .. }) = &command.order {
        let here = Cause::Command(command.id) == recorded.cause && command.at == recorded.at;
        let older = command.happened.is_some_and(|happened| happened.at < command.at);
        return here && older && matches!(cause, VoidCause::InError { evidence, .. } if evidence == message);
    }
    let (Order::Ticket(Ask::Reclassify { message, .. } | Ask::Bounce { message }), true) =
        (&command.order, Cause::Command(command.id) == recorded.cause && command.at == recorded.at)
    else {
        return false;
    };
    match cause {
        VoidCause::Retracted { reason, .. } => reason.as_str() == message.as_str(),
        VoidCause::InError { evidence, .. } => evidence == message,
        _ => false,
    }
}

fn voided(story: &Story, book: &Book, entry: &Entry, recorded: &Recorded, cause: &VoidCause) -> TestCaseResult {
    let Event::Commitment(fact) = &recorded.event else { unreachable!("about a commitment") };
    let put_right = || story.turns.iter().any(|turn| is_put_right_by(&turn.command, recorded, cause));
    let by_order = || ordered(story, entry, recorded, |order| asks_for(order, fact.commitment(), cause)) || put_right();
    match cause {
        VoidCause::Rule(rule) => by_rule(entry, rule)?,
        VoidCause::Released { .. }
        | VoidCause::Dismissed { .. }
        | VoidCause::Retracted { .. }
        | VoidCause::SeriesStopped { .. } => {
            prop_assert!(by_order(), "{recorded:?}");
        }
        VoidCause::Withdrawn { .. } => {
            prop_assert!(by_order() && matches!(entry.waits, Some(Waits::Condition(_))), "{recorded:?} of {entry:?}");
        }
        VoidCause::Lapsed => {
            let Some(Waits::Condition(limit)) = entry.waits else { return Err(TestCaseError::fail("no condition")) };
            prop_assert_eq!(recorded.at, limit.max(entry.set.at));
            prop_assert!(recorded.cause == Cause::Time || recorded.cause == entry.set.cause);
        }
        VoidCause::Renegotiated { .. } => {
            let told = entry.proposal.as_ref().map(|told| told.due_at);
            let accepted = recorded.happened.filter(|_| entry.closed.is_some() || entry.breach.is_some());
            let accepted = accepted.map_or(recorded.at, |happened| happened.at);
            prop_assert!(by_order() && told.is_some_and(|told| told > accepted), "{recorded:?} of {entry:?}");
        }
        VoidCause::InTime { evidence, .. } => {
            // Also by a message to the ticket, which names no commitment.
            prop_assert!(evidence.is_none() || by_order(), "{recorded:?}");
        }
        VoidCause::CustomerAbsent => {
            prop_assert!(by_order(), "{recorded:?}");
            prop_assert!(was_silent(entry, recorded.at) || missed_his_slot(entry), "{recorded:?} of {entry:?}");
        }
        VoidCause::InError { .. } => {
            prop_assert!(by_order(), "{recorded:?}");
            // A verdict is struck out only inside the window, and so is what is promised.
            let promised = entry.binding == Binding::Promised && !matches!(entry.waits, Some(Waits::Review(..)));
            let open = promised.then_some(&entry.made);
            let by_hand = entry.closed.as_ref().or(entry.breach.as_ref()).or(open).filter(|_| !put_right());
            if let Some(closed) = by_hand {
                let corrections = story.rules.edition(entry.edition).and_then(Edition::corrections);
                let until = corrections.map(|corrections| closed.at.plus_micros(corrections.window.as_micros()));
                prop_assert!(until.is_some_and(|until| recorded.at <= until), "{recorded:?} after {until:?}");
            }
        }
        VoidCause::Corrected { original } => {
            let behind = |entry: &Entry| match entry.origin {
                Origin::Amends { of, .. } => entry.repairs.or(Some(of)),
                Origin::Policy(_)
                | Origin::Spoken { .. }
                | Origin::Delegated { .. }
                | Origin::Horizon { .. }
                | Origin::Request { .. }
                | Origin::Incident(_) => entry.repairs,
            };
            // The breach that was none may be on record of what goes on with the one that it was owed for.
            let goes_on = |id: &CommitmentId| book.entries[id].renews.map(|renews| renews.of);
            let same: Vec<CommitmentId> = std::iter::successors(Some(*original), goes_on).collect();
            let mut chain = std::iter::successors(behind(entry), |id| behind(&book.entries[id]));
            prop_assert!(chain.any(|repaired| same.contains(&repaired)), "{recorded:?}");
            let correction = book.entries[original].closed.as_ref();
            let puts_right = |closed: &&Recorded| match &closed.event {
                // What goes on with a broken one that is taken back owes for its breach itself.
                Event::Commitment(Fact::Voided { cause: VoidCause::Retracted { .. }, .. }) => {
                    book.entries[original].breach.is_some()
                }
                Event::Commitment(Fact::Voided { cause, corrects, .. }) => {
                    matches!(cause, VoidCause::InError { .. }) || corrects.is_some()
                }
                Event::Commitment(fact) => matches!(fact, Fact::Corrected { .. }),
                Event::Ticket(_) | Event::Escalation(_) => false,
            };
            let at = correction.filter(puts_right).map(|closed| (closed.at, closed.cause));
            prop_assert_eq!(at, Some((recorded.at, recorded.cause)));
        }
    }
    Ok(())
}

/// Asked, then reminded twice, then warned, and silent until past the limit.
fn was_silent(entry: &Entry, now: Timestamp) -> bool {
    let reminded = entry.chased.iter().filter(|step| **step == Chase::Reminded).count();
    let until = entry.chased.iter().rev().find_map(|step| match step {
        Chase::Warned { until } => Some(*until),
        Chase::Asked | Chase::Reminded => None,
    });
    entry.chased.first() == Some(&Chase::Asked) && reminded >= 2 && until.is_some_and(|until| until < now)
}

/// Two attempts in the agreed slot, and a message left.
fn missed_his_slot(entry: &Entry) -> bool {
    let Some(opens_at) = entry.terms.opens_at else { return false };
    let in_slot: Vec<_> = entry.tried.iter().filter(|(at, _)| (opens_at..=entry.due).contains(at)).collect();
    in_slot.len() >= 2 && in_slot.iter().any(|(_, short)| *short == Short::MessageLeft)
}

/// The desk cannot get out of what it broke by putting in its place what it may drop: whatever stands in for a breach, or for what
/// stands in for it, is owed until it is done, or the customer or an authority lets it go.
#[test]
fn a_repair_cannot_be_dropped() {
    for_every_story(|story| {
        let book = Book::of(&story.played().log);
        for entry in book.entries.values() {
            let superseded = entry
                .closed
                .as_ref()
                .is_some_and(|closed| matches!(closed.event, Event::Commitment(Fact::Superseded { .. })));
            let Some(repair) = entry.repaired_by.filter(|_| superseded) else { continue };
            let dropped = book.entries[&repair].is_void(|cause| match cause {
                VoidCause::Dismissed { .. } | VoidCause::Lapsed | VoidCause::Withdrawn { .. } => true,
                VoidCause::Released { .. }
                | VoidCause::Rule(_)
                | VoidCause::Corrected { .. }
                | VoidCause::Renegotiated { .. }
                | VoidCause::CustomerAbsent
                | VoidCause::Retracted { .. }
                | VoidCause::SeriesStopped { .. }
                | VoidCause::InTime { .. }
                | VoidCause::InError { .. } => false,
            });
            prop_assert!(!dropped, "{entry:?} is owed by nobody: {:?}", book.entries[&repair]);
        }
        Ok(())
    });
}

/// What the desk's own rules change brings a promise nearer, or does not change it.
#[test]
fn a_promise_never_gets_worse() {
    for_every_story(|story| {
        Book::read(&story.played().log, |_, entry, recorded, fact| {
            let Some(entry) = entry else { return Ok(()) };
            let (due, of_a_rule) = match fact {
                Fact::Retargeted(new) => (new.due, true),
                Fact::Amended(new) => (new.running.due, false),
                _ => return Ok(()),
            };
            if let Fact::Amended(new) = fact {
                let (rule, slot) = (entry.terms.due.clone(), entry.terms.opens_at);
                prop_assert_eq!(&Terms { due: rule, opens_at: slot, ..new.terms.clone() }, &entry.terms);
                prop_assert!(new.terms.opens_at <= slot, "early would count no more: {recorded:?}");
                prop_assert_eq!(&new.running.clock.pauses, &entry.clock.pauses);
                let opens_at = new.terms.opens_at;
                prop_assert!(opens_at.is_none_or(|opens_at| opens_at <= due), "it cannot be kept: {recorded:?}");
                prop_assert!(due > recorded.at, "{recorded:?}");
            }
            let nearer = match &entry.paused {
                _ if of_a_rule && entry.binding == Binding::Goal => true,
                None => due <= entry.due,
                Some(Standstill { left, .. }) => {
                    // Had it gone on now, no less than what was left would have run by then.
                    let pace = Pace { rules: &story.rules, edition: entry.edition, terms: &entry.terms };
                    let ran = |until| pace.between(*left, recorded.at, until);
                    let before = due.minus_micros(1);
                    due <= recorded.at || ran(before).is_none_or(|ran| ran < left.as_micros())
                }
            };
            prop_assert!(nearer, "{recorded:?} of {entry:?}");
            Ok(())
        })?;
        Ok(())
    });
}

/// What goes on with it by its own instants, because its end or its being struck out was the error.
fn as_it_goes_on<'a>(ledger: &'a Ledger, commitment: &'a Commitment) -> &'a Commitment {
    let next = |one: &&'a Commitment| {
        let by = one.notes.as_ref().and_then(|notes| ledger.get(notes.renewed_by?))?;
        by.renews.filter(|renews| matches!(renews.why, Renewal::Retracted | Renewal::Reinstated)).map(|_| by)
    };
    std::iter::successors(Some(commitment), next).last().unwrap_or(commitment)
}

/// What stands in for a breach that was none is not owed: it falls away with the correction.
#[test]
fn nothing_repairs_what_was_kept() {
    for_every_story(|story| {
        story.play(|desk, _| {
            let ledger = desk.ticket.ledger();
            for repair in ledger.open().filter(|repair| repair.verdict() == Verdict::Pending) {
                let owed_for = match repair.origin {
                    Origin::Amends { of, .. } => ledger.get(of).map(|broken| as_it_goes_on(ledger, broken)),
                    _ => None,
                };
                prop_assert!(owed_for.is_none_or(|broken| broken.verdict() == Verdict::Breached), "{repair:?}");
                let original = repair.repairs.and_then(|original| ledger.get(original));
                prop_assert!(original.is_none_or(|broken| broken.verdict() == Verdict::Breached), "{repair:?}");
                // What may yet be dropped has not taken its place.
                let runs = matches!(repair.phase.name(), PhaseName::Active | PhaseName::Paused);
                prop_assert!(!runs || original.is_none_or(|broken| !broken.is_open()), "both are owed: {repair:?}");
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
///
/// Must 2.7.
#[test]
fn no_ticket_closes_on_a_promise() {
    for_every_story(|story| {
        story.play(|desk, call| {
            let heard = desk.heard(call);
            // What an agreement asks for from the closing on, and what is owed for that; not what time had made before, nor what is owed for what
            // the closing broke.
            let by_it = heard.iter().filter(|recorded| matches!(recorded.cause, Cause::Command(_)));
            let made_now = by_it.filter_map(|recorded| match &recorded.event {
                Event::Commitment(Fact::Promised(made)) if matches!(made.origin, Origin::Policy(_)) => {
                    Some(made.commitment)
                }
                Event::Commitment(_) | Event::Ticket(_) | Event::Escalation(_) => None,
            });
            let made_now: BTreeSet<_> = made_now.collect();
            let of_it = |origin: &Origin| matches!(origin, Origin::Amends { of, .. } if made_now.contains(of));
            let promises = desk.ticket.ledger().open().filter(|owed| {
                let customer = matches!(owed.beneficiary, Party::Customer(_) | Party::Organisation(_));
                customer && owed.binding == Binding::Promised && !made_now.contains(&owed.id) && !of_it(&owed.origin)
            });
            let promises: BTreeSet<_> = promises.map(|owed| owed.id).collect();
            if heard.iter().any(|recorded| matches!(recorded.event, Event::Ticket(Turn::Closed { .. }))) {
                prop_assert_eq!(promises, BTreeSet::new());
            } else if let Some(Refusal::Ticket(Closing::StillOwed { owed })) = &call.refusal {
                let named: BTreeSet<_> = owed.iter().map(|Owing { commitment, .. }| *commitment).collect();
                // Besides promises it names goals that closing would break and make amends for.
                let amends = desk.ticket.ledger().open().filter(|owed| owed.terms.breach_owes.is_some());
                let kept_open = promises.iter().copied().chain(amends.map(|owed| owed.id)).collect();
                prop_assert!(!named.is_empty() && named.is_subset(&kept_open), "{named:?} of {kept_open:?}");
            }
            Ok(())
        })
    });
}
