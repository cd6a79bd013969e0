//! The laws about instants: a breach, a warning and a deadline stand where the terms put them, whoever finds them when.

use owed::calendar::{Amount, Term};
use owed::commitment::{
    BreachCause, Clock, Drafted, Event as Fact, Order as About, Phase, Promised, Renewal, Retargeted, RuleReason,
    Running, VoidCause, Warning, WarningAt,
};
use owed::ticket::Order as Turn;
use owed::{Cause, Event, Order, Recorded, Timestamp, has_passed};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::book::{Book, Entry};
use super::running::{Pace, carried};
use super::story::{Story, for_every_story};

/// A missed one stands at its deadline, one born late at the change, one withdrawn at that instant.
#[test]
fn a_breach_is_at_its_deadline() {
    for_every_story(|story| {
        Book::read(&story.played().log, |book, entry, recorded, fact| {
            let Fact::Breached { commitment, due, cause, owner: _, beneficiary, notice } = fact else { return Ok(()) };
            let Some(entry) = entry else { return Err(TestCaseError::fail("never made")) };
            prop_assert_eq!(beneficiary, &entry.beneficiary);
            match cause {
                BreachCause::Deadline => {
                    prop_assert_eq!((recorded.at, *due), (entry.due, entry.due));
                    prop_assert_eq!(recorded.cause, Cause::Time);
                }
                BreachCause::BornLate => {
                    // Nobody looks, and time alone sets the deadline of what was found in a message.
                    let looked = matches!(entry.set.event, Event::Commitment(Fact::Confirmed { .. }));
                    prop_assert!(looked || matches!(entry.set.cause, Cause::Command(_)));
                    prop_assert_eq!((recorded.at, recorded.cause), (entry.set.at, entry.set.cause));
                    prop_assert_eq!(*due, entry.due);
                    prop_assert!(*due < recorded.at);
                }
                // It was broken by that word before it was struck out, in error, or done by what turned out to be none.
                BreachCause::Withdrawn | BreachCause::Impossible | BreachCause::Unanswered
                    if comes_back(entry, recorded, *cause) =>
                {
                    let renews = entry.renews.map(|renews| book.entries[&renews.of].breach.clone());
                    let Some(Some(Event::Commitment(Fact::Breached { cause: before, due: then, .. }))) =
                        renews.map(|breach| breach.map(|breach| breach.event))
                    else {
                        return Err(TestCaseError::fail("it was not broken"));
                    };
                    prop_assert_eq!((before, then), (*cause, *due));
                }
                BreachCause::Unanswered => {
                    let wanted = |order: &Order| match order {
                        // Whoever puts a record right may show what had been asked before it was solved.
                        Order::Ticket(Turn::Reclassify { .. } | Turn::Bounce { .. }) => {
                            let earlier = story.turns.iter().filter(|turn| turn.command.at <= recorded.at);
                            earlier.map(|turn| &turn.command.order).any(ends_it)
                        }
                        Order::Ticket(_) => ends_it(order),
                        Order::Commitment(_) | Order::Escalation(_) => false,
                    };
                    let commands = story.turns.iter().map(|turn| &turn.command);
                    let mut orders = commands.filter(|command| Cause::Command(command.id) == recorded.cause);
                    prop_assert!(orders.any(|command| command.at == recorded.at && wanted(&command.order)));
                    prop_assert!(entry.paused.is_some() || *due == entry.due);
                }
                BreachCause::Withdrawn | BreachCause::Impossible => {
                    let wanted = |order: &Order| match order {
                        Order::Commitment(About::Withdraw { commitment: id, .. }) => {
                            id == commitment && *cause == BreachCause::Withdrawn
                        }
                        Order::Commitment(About::DeclareImpossible { commitment: id, .. }) => {
                            id == commitment && *cause == BreachCause::Impossible
                        }
                        Order::Commitment(_) | Order::Ticket(_) | Order::Escalation(_) => false,
                    };
                    let commands = story.turns.iter().map(|turn| &turn.command);
                    let mut orders = commands.filter(|command| Cause::Command(command.id) == recorded.cause);
                    prop_assert!(orders.any(|command| command.at == recorded.at && wanted(&command.order)));
                    prop_assert!(notice.is_some());
                    prop_assert!(entry.paused.is_some() || *due == entry.due);
                }
            }
            Ok(())
        })?;
        Ok(())
    });
}

fn ends_it(order: &Order) -> bool {
    matches!(order, Order::Ticket(Turn::Solve {} | Turn::Close {}))
}

/// Whether it is said at once of what has been reinstated, or is owed again.
fn comes_back(entry: &Entry, recorded: &Recorded, cause: BreachCause) -> bool {
    let by_word = matches!(cause, BreachCause::Withdrawn | BreachCause::Impossible);
    let again = |why| why == Renewal::Reinstated || by_word && why == Renewal::Retracted;
    entry.renews.is_some_and(|renews| again(renews.why))
        && (recorded.cause, recorded.at) == (entry.set.cause, entry.set.at)
}

/// Whether it is found in hindsight, in the command that shows that it had been asked for, and was done by then or not needed any more. Since when
/// it was not needed, the record does not say.
fn was_done_in_time(entry: &Entry, recorded: &Recorded, fact: &Fact) -> bool {
    let over = match fact {
        Fact::Fulfilled { done, .. } => *done <= entry.due,
        Fact::Voided { cause, .. } => matches!(cause, VoidCause::Rule(rule) if rule.why == RuleReason::NotNeeded),
        _ => false,
    };
    over && (recorded.cause, recorded.at) == (entry.set.cause, entry.set.at)
}

/// After every call, nothing that is pending should have had its verdict by then; and what counts as done in time was.
#[test]
fn no_deadline_passes_unseen() {
    for_every_story(|story| {
        story.play(|desk, call| {
            for owed in desk.ticket.ledger().open().filter(|_| call.tells_the_time()) {
                match &owed.phase {
                    Phase::Candidate { review_by: limit, .. } | Phase::Conditional { limit, .. } => {
                        prop_assert!(!has_passed(*limit, call.now), "{owed:?} at {}", call.now);
                    }
                    Phase::Active { .. } => prop_assert!(!has_passed(owed.due, call.now), "{owed:?} at {}", call.now),
                    Phase::Paused { resume_by, .. } => prop_assert!(!has_passed(*resume_by, call.now), "{owed:?}"),
                    Phase::Overdue | Phase::Closed { .. } => {}
                }
            }
            Ok(())
        })?;
        Book::read(&story.played().log, |_, entry, recorded, fact| {
            let late = |entry: &&Entry| entry.waits.is_none() && entry.due < entry.set.at;
            // What had been fulfilled and was struck out comes back so, with the instants that it had; and what goes on since its
            // fulfilment was none may have been done, or not needed any more, in time after that.
            let comes_back = entry.is_some_and(|entry| {
                let settled = match fact {
                    Fact::Fulfilled { .. } => true,
                    // Its target may have become another since, and somebody else may have it; and it is owed with what had been told of it.
                    Fact::Retargeted(_) | Fact::HandedOver { .. } | Fact::Proposed { .. } => {
                        entry.renews.is_some_and(|renews| renews.why == Renewal::Retracted)
                    }
                    Fact::Voided { cause, .. } => matches!(cause, VoidCause::Rule(_)),
                    _ => false,
                };
                let again =
                    entry.renews.is_some_and(|renews| matches!(renews.why, Renewal::Reinstated | Renewal::Retracted));
                again && settled && (recorded.cause, recorded.at) == (entry.set.cause, entry.set.at)
            });
            let entry = entry.filter(|_| !comes_back);
            if let Some(entry) = entry.filter(late).filter(|entry| entry.breach.is_none() && entry.closed.is_none()) {
                // Whoever was given the ticket has its hours, by which it is late, and answers for it.
                let next = matches!(fact, Fact::Breached { .. } | Fact::HandedOver { .. });
                let at_once = recorded.cause == entry.set.cause && (next || was_done_in_time(entry, recorded, fact));
                prop_assert!(at_once, "{recorded:?} though born late by {:?}", entry.set);
            }
            if let (Fact::Fulfilled { done, .. }, Some(entry)) = (fact, entry) {
                let runs = entry.paused.is_none() && entry.waits.is_none();
                prop_assert!(!runs || recorded.at <= entry.due || was_done_in_time(entry, recorded, fact));
                prop_assert!(
                    entry.terms.opens_at.is_none_or(|opens_at| opens_at <= *done),
                    "{recorded:?} is too early"
                );
                prop_assert!((entry.since..=recorded.at).contains(done));
            }
            if let (Fact::DeliveredLate { done, due, late_us, .. }, Some(entry)) = (fact, entry) {
                prop_assert_eq!((*due, *late_us), (entry.due, done.micros_since(entry.due)));
                prop_assert!(*done <= recorded.at);
            }
            Ok(())
        })?;
        Ok(())
    });
}

/// It goes off at its own instant, once, while its deadline is still to come; not at all if it had passed when it was set.
#[test]
fn a_warning_is_at_its_instant() {
    for_every_story(|story| {
        Book::read(&story.played().log, |_, entry, recorded, fact| {
            warnings_stand_right(story, entry, recorded, fact)?;
            let Fact::Warned { warning, due, .. } = fact else { return Ok(()) };
            let Some(entry) = entry else { return Err(TestCaseError::fail("never made")) };
            let waiting = entry.warnings.iter().find(|waiting| waiting.warning == *warning);
            prop_assert_eq!(waiting.map(|waiting| waiting.at), Some(recorded.at), "{:?}", recorded);
            prop_assert_eq!(*due, entry.due);
            prop_assert_eq!(recorded.cause, Cause::Time);
            prop_assert!(entry.paused.is_none() && entry.closed.is_none() && entry.breach.is_none());
            Ok(())
        })?;
        Ok(())
    });
}

/// A share of the budget, counted from its beginning; an amount of time before the deadline, counted backwards.
fn warnings_stand_right(story: &Story, entry: Option<&Entry>, recorded: &Recorded, fact: &Fact) -> TestCaseResult {
    let (clock, due, warnings, terms) = match (fact, entry) {
        (Fact::Promised(new), _) if new.fallback.is_none() => (&new.clock, new.due, &new.warnings, &new.terms),
        (Fact::Retargeted(new), _) if new.fallback.is_none() => (&new.clock, new.due, &new.warnings, &new.terms),
        (Fact::Resumed { due, warnings, fallback: None, .. }, Some(entry)) => {
            (&entry.clock, *due, warnings, &entry.terms)
        }
        (Fact::Confirmed { running: Some(new), .. } | Fact::ConditionMet { running: new, .. }, Some(entry))
            if new.fallback.is_none() =>
        {
            (&new.clock, new.due, &new.warnings, &entry.terms)
        }
        // Where it does not run, nothing warns.
        (Fact::Amended(new), Some(Entry { waits: None, paused: None, .. })) if new.running.fallback.is_none() => {
            (&new.running.clock, new.running.due, &new.running.warnings, &new.terms)
        }
        _ => return Ok(()),
    };
    let mut clock = clock.clone();
    clock.pauses.iter_mut().for_each(|pause| pause.until = pause.until.or(Some(recorded.at)));
    let pace = Pace { rules: &story.rules, edition: recorded.edition, terms };
    prop_assert_eq!(warnings.iter().map(|set| set.warning).collect::<Vec<_>>(), terms.warn.clone());
    for WarningAt { at, warning, .. } in warnings.iter().filter(|set| set.fallback.is_none()) {
        match *warning {
            Warning::Percent(percent) => {
                let share = u128::from(clock.budget.as_micros()) * u128::from(percent.get()) / 100;
                let budget = clock.budget.with_micros(u64::try_from(share).expect("less than the whole"));
                // A share that has just run when a pause begins is warned of when the pause ends.
                if is_out_of_sight(*at) {
                    continue;
                }
                if clock.pauses.iter().any(|pause| pause.until == Some(*at)) {
                    let ran = pace.ran(&clock, *at);
                    prop_assert!(
                        ran.is_none_or(|ran| u128::from(ran) == share || clock.since >= *at),
                        "{warning} at {at}"
                    );
                } else {
                    ends_at(pace, &Clock { budget, ..clock.clone() }, *at)?;
                }
            }
            Warning::Before(Term::Working(time)) => stands_before(pace, time.into(), *at, due)?,
            Warning::Before(Term::Elapsed(time)) => stands_before(pace, time.into(), *at, due)?,
            // No story warns by dates: those are for `series_laws.rs`.
            Warning::Before(Term::Business(_) | Term::Civil(_)) => prop_assert!(*at <= due),
        }
    }
    Ok(())
}

/// The latest instant from which so much time is left until the deadline.
fn stands_before(pace: Pace<'_>, amount: Amount, at: Timestamp, due: Timestamp) -> TestCaseResult {
    let before = |at| pace.between(amount, at, due);
    let wanted = amount.as_micros();
    if at > Timestamp::MIN {
        prop_assert!(before(at).is_none_or(|between| between == wanted), "{amount} before {due} at {at}");
        prop_assert!(before(at.plus_micros(1)).is_none_or(|between| between < wanted));
    }
    Ok(())
}

/// The deadline is the smallest instant at which what has run equals the budget. Counted the slow way.
#[test]
fn a_deadline_is_where_the_budget_ends() {
    for_every_story(|story| {
        Book::read(&story.played().log, |_, entry, recorded, fact| match (fact, entry) {
            (Fact::Promised(promised), _) => {
                let Promised { terms, clock, due, fallback, .. } = &**promised;
                let pace = Pace { rules: &story.rules, edition: recorded.edition, terms };
                if fallback.is_some() { Ok(()) } else { ends_at(pace, clock, *due) }
            }
            (Fact::Retargeted(new), Some(entry)) => {
                let Retargeted { terms, clock, due, left, fallback, .. } = &**new;
                let pace = Pace { rules: &story.rules, edition: recorded.edition, terms };
                let Some(ran) = pace.ran(clock, recorded.at) else { return Ok(()) };
                prop_assert_eq!(left.as_micros(), clock.budget.as_micros().saturating_sub(ran));
                match (fallback, &entry.paused) {
                    (Some(_), _) => Ok(()),
                    (None, Some(_)) if *due >= recorded.at => goes_on_to(pace, *left, recorded.at, *due),
                    (None, _) => ends_at(pace, clock, *due),
                }
            }
            (Fact::Resumed { left, due, fallback: None, .. }, Some(entry)) => {
                goes_on_to(pace(story, entry), *left, recorded.at, *due)
            }
            (Fact::Suggested(drafted) | Fact::PromisedOnCondition(drafted), _) => {
                let Drafted { terms, clock, due, fallback, limit, .. } = &**drafted;
                // As if the customer's part came last.
                prop_assert!(limit.is_none_or(|limit| clock.since == limit), "{recorded:?}");
                let pace = Pace { rules: &story.rules, edition: recorded.edition, terms };
                if fallback.is_some() { Ok(()) } else { ends_at(pace, clock, *due) }
            }
            (Fact::Confirmed { running: Some(running), .. }, Some(entry)) => {
                prop_assert_eq!((&running.clock, running.due), (&entry.clock, entry.due), "it counts from its making");
                Ok(())
            }
            (Fact::ConditionMet { met, running, .. }, Some(entry)) => {
                prop_assert_eq!((running.clock.since, carried(&running.clock)), (*met, 0));
                prop_assert!(running.clock.pauses.is_empty());
                if running.fallback.is_some() {
                    Ok(())
                } else {
                    ends_at(pace(story, entry), &running.clock, running.due)
                }
            }
            (Fact::Amended(new), Some(entry)) => {
                let Running { clock, due, fallback, .. } = &new.running;
                let pace = Pace { terms: &new.terms, ..pace(story, entry) };
                match (fallback, &entry.paused) {
                    (Some(_), _) => Ok(()),
                    (None, Some(_)) => goes_on_to(pace, new.left, recorded.at, *due),
                    (None, None) => ends_at(pace, clock, *due),
                }
            }
            _ => Ok(()),
        })?;
        Ok(())
    });
}

fn pace<'a>(story: &'a Story, entry: &'a Entry) -> Pace<'a> {
    Pace { rules: &story.rules, edition: entry.edition, terms: &entry.terms }
}

fn ends_at(pace: Pace<'_>, clock: &Clock, due: Timestamp) -> TestCaseResult {
    let budget = clock.budget.as_micros();
    if is_out_of_sight(due) {
        return Ok(());
    }
    if due <= clock.since {
        prop_assert!(carried(clock) >= budget, "{clock:?} ends at {due}");
        return Ok(());
    }
    // Nothing was left from the first: it ends where it goes on.
    if carried(clock) >= budget {
        return Ok(());
    }
    let Some(ran) = pace.ran(clock, due) else { return Ok(()) };
    prop_assert_eq!(ran, budget, "{:?} ends at {}", clock, due);
    prop_assert!(pace.ran(clock, due.minus_micros(1)).is_none_or(|before| before < budget), "{clock:?} ends at {due}");
    Ok(())
}

fn goes_on_to(pace: Pace<'_>, left: Amount, from: Timestamp, due: Timestamp) -> TestCaseResult {
    let between = |until| pace.between(left, from, until);
    let left = left.as_micros();
    if is_out_of_sight(due) {
        return Ok(());
    }
    prop_assert!(between(due).is_none_or(|ran| ran == left), "{left} left at {from}, due {due}");
    let before = due.minus_micros(1);
    prop_assert!(due == from || between(before).is_none_or(|ran| ran < left), "{left} left at {from}, due {due}");
    Ok(())
}

/// At the end of time a budget is cut short.
fn is_out_of_sight(due: Timestamp) -> bool {
    due >= Timestamp::MAX.minus_micros(1)
}
