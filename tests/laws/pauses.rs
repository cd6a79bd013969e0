//! The laws about standing still: it is bounded beforehand, and nothing of the budget is lost or won by it.

use owed::calendar::Amount;
use owed::commitment::{Binding, Event as Fact, OnPriorityChange, Order as About, Origin, Renewal, VoidCause};
use owed::policy::FactKind;
use owed::ticket::Event as Turned;
use owed::{Cause, CommitmentId, Event, Order, Recorded, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::book::{Book, Entry, Waits};
use super::running::{Pace, carried, stood};
use super::story::{Story, for_every_story};

/// All pauses of a commitment together, and each of them, are no longer than its terms allow; at its `resume_by` a clock goes
/// on, whatever the reasons.
#[test]
fn pauses_are_bounded() {
    for_every_story(|story| {
        let book = Book::read(&story.played().log, |_, entry, recorded, fact| {
            let Some(entry) = entry else { return Ok(()) };
            let id = fact.commitment();
            match fact {
                Fact::Paused { resume_by, told, .. } => {
                    let Some(allowance) = entry.terms.pausable else {
                        return Err(TestCaseError::fail("its terms allow no pause"));
                    };
                    prop_assert!(entry.paused.is_none() && entry.breach.is_none() && entry.closed.is_none());
                    let left = allowance.total.as_micros().checked_sub(stood(&entry.clock, recorded.at));
                    let once = allowance.once.map(|once| once.as_micros());
                    // Ids clash: any order of this id may be the one that was taken.
                    let mut asked: Vec<Option<Timestamp>> = orders(story, recorded)
                        .filter_map(|order| match order {
                            Order::Commitment(About::Pause { commitment, until, .. }) if *commitment == id => {
                                Some(*until)
                            }
                            Order::Commitment(_) | Order::Ticket(_) | Order::Escalation(_) => None,
                        })
                        .collect();
                    let pauses = |order: &&Order| matches!(order, Order::Commitment(About::Pause { .. }));
                    if asked.is_empty() || orders(story, recorded).any(|order| !pauses(&order)) {
                        asked.push(None);
                    }
                    let all = recorded.at.plus_micros(left.unwrap_or(0));
                    let limits = |begun: Timestamp| {
                        let one = once.map(|once| begun.plus_micros(once));
                        let limit = [Timestamp::MAX.minus_micros(1), all].into_iter().chain(one).min();
                        asked.iter().any(|asked| asked.iter().copied().chain(limit).min() == Some(*resume_by))
                    };
                    // One that was on when the commitment was made has been on since one of its reasons came up.
                    let born_so = entry.set.at == recorded.at;
                    let mut begun = entry.clock.pauses.iter().map(|pause| pause.from).filter(|_| born_so);
                    // What a host had owed again ran though the reason was there: that has lasted longer than its clock has stood.
                    let ran_on = born_so && entry.renews.is_some_and(|renews| renews.why == Renewal::Retracted);
                    let fits = limits(recorded.at) || begun.any(limits) || ran_on && *resume_by <= all;
                    prop_assert!(fits && left.is_some_and(|left| left > 0 || born_so), "{recorded:?} of {entry:?}");
                    // A pause that is written in its agreement counts as told.
                    let by_rule = matches!(entry.origin, Origin::Policy(_)) && !asked_for(story, recorded, id);
                    let promised = entry.binding == Binding::Promised;
                    prop_assert!(told.is_some() || by_rule || !promised, "a promise pauses untold");
                }
                Fact::PauseJoined { reason, .. } => {
                    let standing = entry.paused.as_ref().map(|paused| paused.reasons.contains(reason));
                    prop_assert_eq!(standing, Some(false));
                }
                Fact::PauseLeft { reason, .. } => {
                    let several =
                        entry.paused.as_ref().map(|paused| (paused.reasons.contains(reason), paused.reasons.len() > 1));
                    prop_assert_eq!(several, Some((true, true)));
                }
                Fact::Resumed { reason, .. } => {
                    let Some(paused) = &entry.paused else { return Err(TestCaseError::fail("it did not stand")) };
                    let last = reason.as_ref().map(|reason| std::slice::from_ref(reason) == paused.reasons.as_slice());
                    prop_assert!(last.unwrap_or(true), "resumed for {reason:?} of {:?}", paused.reasons);
                    let by_time = recorded.cause == Cause::Time;
                    prop_assert_eq!(reason.is_none(), by_time);
                    let in_time =
                        if by_time { recorded.at == paused.resume_by } else { recorded.at <= paused.resume_by };
                    prop_assert!(in_time, "{recorded:?} of {paused:?}");
                }
                _ => {}
            }
            Ok(())
        })?;
        for entry in book.entries.values() {
            let last = entry.closed.as_ref().map_or(Timestamp::MAX, |closed| closed.at);
            let allowed = entry.terms.pausable.map_or(0, |allowance| allowance.total.as_micros());
            // What had been paused under an agreement that the ticket has left is past.
            let before = match &entry.made.event {
                Event::Commitment(Fact::Promised(born)) => stood(&born.clock, last),
                Event::Commitment(_) | Event::Ticket(_) | Event::Escalation(_) => 0,
            };
            // What it had stood for by the rules of an earlier edition is past, too, once those in force apply.
            let by_earlier = match &entry.made.event {
                Event::Commitment(Fact::Promised(born)) => born.terms.pausable,
                Event::Commitment(_) | Event::Ticket(_) | Event::Escalation(_) => None,
            };
            let by_earlier = by_earlier.map_or(0, |allowance| allowance.total.as_micros());
            prop_assert!(stood(&entry.clock, last) <= allowed.max(before).max(by_earlier), "{entry:?}");
        }
        Ok(())
    });
}

/// Whether a host has asked for it, and by no other order of the same id, of which one was taken.
fn asked_for(story: &Story, recorded: &Recorded, id: CommitmentId) -> bool {
    orders(story, recorded).next().is_some()
        && orders(story, recorded).all(|order| match order {
            Order::Commitment(About::Pause { commitment, .. }) => *commitment == id,
            Order::Commitment(_) | Order::Ticket(_) | Order::Escalation(_) => false,
        })
}

/// What is left when a clock stops is its budget without what has run; and so much it has when it goes on.
#[test]
fn resuming_gives_back_what_was_left() {
    for_every_story(|story| {
        Book::read(&story.played().log, |_, entry, recorded, fact| {
            let Some(entry) = entry else { return Ok(()) };
            match fact {
                Fact::Paused { left, .. } => {
                    let pace = Pace { rules: &story.rules, edition: entry.edition, terms: &entry.terms };
                    let ran = pace.ran(&entry.clock, recorded.at);
                    let expected = ran.map(|ran| entry.clock.budget.as_micros().saturating_sub(ran));
                    prop_assert!(expected.is_none_or(|expected| expected == left.as_micros()), "{entry:?}: {left}");
                    prop_assert!(left.is_like(entry.clock.budget));
                }
                Fact::Resumed { left, .. } => {
                    prop_assert_eq!(Some(left), entry.paused.as_ref().map(|paused| &paused.left));
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(())
    });
}

/// What is said to have run of a budget when it was done, or when it ended otherwise, is what has run by then. Where a record is put right, a rule
/// had ended it by a fact of the ticket's since it is owed.
#[test]
fn what_has_run_is_on_record() {
    for_every_story(|story| {
        let log = story.played().log;
        Book::read(&log, |book, entry, recorded, fact| {
            let Some(entry) = entry else { return Ok(()) };
            let (used, until) = match fact {
                Fact::Fulfilled { done, used, .. }
                | Fact::Corrected { done, used, .. }
                | Fact::DeliveredLate { done, used, .. } => (used, *done),
                // What takes a verdict back ended it when it happened; of a message to the ticket that is said there.
                Fact::Voided { used, corrects: Some(_), .. } => match recorded.happened {
                    Some(happened) => (used, happened.at),
                    None => return Ok(()),
                },
                Fact::Voided { used, corrects: None, .. }
                | Fact::Overtaken { used, .. }
                | Fact::Superseded { used, .. }
                | Fact::Ended { used, .. } => (used, recorded.at),
                _ => return Ok(()),
            };
            // What comes back as it was has used what it had.
            let reinstated = entry.renews.filter(|renews| renews.why == Renewal::Reinstated);
            let lapses = matches!(fact, Fact::Voided { cause: VoidCause::Lapsed, .. });
            if let Some(renews) =
                reinstated.filter(|_| !lapses && (recorded.cause, recorded.at) == (entry.made.cause, entry.made.at))
            {
                let closings = book.entries[&renews.of].closings.iter().filter_map(|closing| match &closing.event {
                    Event::Commitment(fact) => ran_when_closed(fact),
                    Event::Ticket(_) | Event::Escalation(_) => None,
                });
                prop_assert!(closings.into_iter().any(|before| before == *used), "{recorded:?}");
                return Ok(());
            }
            // What is closed runs no more: whoever strikes it out later finds what had run then.
            let puts_right = matches!(fact, Fact::Corrected { .. } | Fact::Voided { corrects: Some(_), .. });
            if let Some(closed) = entry.closed.as_ref().filter(|_| !puts_right) {
                let Event::Commitment(closing) = &closed.event else { return Err(TestCaseError::fail("its own")) };
                prop_assert_eq!(ran_when_closed(closing), Some(*used), "{:?} after {:?}", recorded, closed);
                return Ok(());
            }
            // The clock of what waits for the customer's part has not begun.
            if let Some(Waits::Condition(_)) = entry.waits {
                prop_assert_eq!(used.as_micros(), 0, "{:?} of {:?}", recorded, entry);
                return Ok(());
            }
            // Hours over a budget of a microsecond are, as a share of hours, more than can be counted.
            if used.as_micros() == u64::MAX {
                prop_assert_eq!(carried(&entry.clock), u64::MAX);
                return Ok(());
            }
            let pace = Pace { rules: &story.rules, edition: entry.edition, terms: &entry.terms };
            let is_so = |until: Timestamp| pace.ran(&entry.clock, until).is_none_or(|ran| ran == used.as_micros());
            let by_rule = matches!(fact, Fact::Voided { cause: VoidCause::Rule(_), .. } | Fact::Overtaken { .. });
            let ended = if by_rule && in_hindsight(&log, recorded) {
                facts_before(&log, recorded).any(|at| at >= entry.since && is_so(at))
            } else {
                is_so(until)
            };
            prop_assert!(ended, "{recorded:?} of {entry:?}, not {:?}", pace.ran(&entry.clock, until));
            Ok(())
        })?;
        Ok(())
    });
}

/// Whether it follows from a record's being put right.
fn in_hindsight(log: &[Recorded], recorded: &Recorded) -> bool {
    let of_it = |other: &&Recorded| (other.cause, other.at) == (recorded.cause, recorded.at);
    let puts_right = |turned: &Turned| {
        matches!(
            turned,
            Turned::MessageReclassified { .. } | Turned::MessageBounced { .. } | Turned::MessageMoved { .. }
        )
    };
    log.iter().filter(of_it).any(|other| matches!(&other.event, Event::Ticket(turned) if puts_right(turned)))
}

/// When the ticket's facts were taken in that stand before it, but for what it follows from.
fn facts_before(log: &[Recorded], recorded: &Recorded) -> impl Iterator<Item = Timestamp> {
    let before = log.iter().filter(|other| other.version < recorded.version && other.cause != recorded.cause);
    before.filter(|other| matches!(other.event, Event::Ticket(_))).map(|other| other.at)
}

fn ran_when_closed(closing: &Fact) -> Option<Amount> {
    match closing {
        Fact::Fulfilled { used, .. }
        | Fact::Corrected { used, .. }
        | Fact::DeliveredLate { used, .. }
        | Fact::Voided { used, .. }
        | Fact::Overtaken { used, .. }
        | Fact::Superseded { used, .. }
        | Fact::Ended { used, .. } => Some(*used),
        _ => None,
    }
}

/// A change of priority does with the time that has run what the agreement says, and past pauses survive it.
#[test]
fn a_change_keeps_what_it_says() {
    for_every_story(|story| {
        let log = story.played().log;
        Book::read(&log, |_, entry, recorded, fact| {
            let (Fact::Retargeted(new), Some(entry)) = (fact, entry) else { return Ok(()) };
            prop_assert!(entry.breach.is_none() && entry.closed.is_none(), "what is broken does not move");
            prop_assert_eq!(&new.clock.pauses, &entry.clock.pauses);
            // How long a goal may stand still is what the rules in force say, once they are to apply to it.
            let goes_with = |is: fn(&Turned) -> bool| {
                let of_it = |other: &&Recorded| (other.cause, other.at) == (recorded.cause, recorded.at);
                log.iter().filter(of_it).any(|other| matches!(&other.event, Event::Ticket(turned) if is(turned)))
            };
            let replanned = goes_with(|turned| matches!(turned, Turned::Replanned { .. }));
            let other_rules = replanned && entry.binding == Binding::Goal;
            prop_assert!(other_rules || new.terms.pausable == entry.terms.pausable, "{recorded:?}");
            let moved = goes_with(|turned| matches!(turned, Turned::PriorityChanged { .. }));
            let Some(mode) = mode(story, entry).filter(|_| moved) else { return Ok(()) };
            let start = (new.clock.since, carried(&new.clock));
            let same = new.terms.calendar == entry.terms.calendar && new.clock.budget.is_like(entry.clock.budget);
            match mode {
                OnPriorityChange::Restart => prop_assert_eq!(start, (recorded.at, 0)),
                // What cycles before it had used of one account stays used.
                OnPriorityChange::Recount if entry.renews.is_some_and(|renews| renews.why == Renewal::Reopened) => {
                    prop_assert_eq!(start.0, new.since);
                }
                OnPriorityChange::Recount => prop_assert_eq!(start, (new.since, 0)),
                OnPriorityChange::Keep if same => prop_assert_eq!(start, (entry.clock.since, carried(&entry.clock))),
                OnPriorityChange::Keep => {
                    prop_assert_eq!(new.clock.since, recorded.at);
                    share(story, entry, recorded, carried(&new.clock), new.clock.budget.as_micros())?;
                }
            }
            Ok(())
        })?;
        Ok(())
    });
}

/// Where the unit or the calendar changes, what has run is carried over as a share of the old budget.
fn share(story: &Story, entry: &Entry, recorded: &Recorded, carried: u64, budget: u64) -> TestCaseResult {
    let pace = Pace { rules: &story.rules, edition: entry.edition, terms: &entry.terms };
    let Some(ran) = pace.ran(&entry.clock, recorded.at) else { return Ok(()) };
    let share = u128::from(ran) * u128::from(budget) / u128::from(entry.clock.budget.as_micros());
    prop_assert_eq!(u128::from(carried), share.min(u128::from(u64::MAX)));
    Ok(())
}

/// What the agreement says of a change of priority, unless that resets the clock as well.
fn mode(story: &Story, entry: &Entry) -> Option<OnPriorityChange> {
    let Origin::Policy(cycle) = &entry.origin else { return None };
    let policy = story.rules.edition(entry.edition)?.policy();
    let resets = &policy.metrics.get(&cycle.metric)?.reset;
    let reset = resets.iter().any(|pattern| matches!(pattern.kind, FactKind::Priority {}));
    let mode = policy.agreement(&cycle.agreement)?.on_priority_change;
    (!reset).then_some(mode)
}

/// What may have brought an event. Ids clash: of two commands with one, the first may have been refused.
fn orders<'a>(story: &'a Story, recorded: &Recorded) -> impl Iterator<Item = &'a Order> + use<'a> {
    let (at, cause) = (recorded.at, recorded.cause);
    let commands = story.turns.iter().map(|turn| &turn.command);
    commands
        .filter(move |command| Cause::Command(command.id) == cause && command.at == at)
        .map(|command| &command.order)
}
