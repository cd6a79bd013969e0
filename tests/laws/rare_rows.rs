//! What the laws are held against happens at all: every kind of event, cause, outcome and refusal, and every row of the
//! rules that chance seldom comes by, is reached by the stories, and more than once.

use std::collections::BTreeMap;

use owed::commitment::{BreachCause, Event as Fact, Fallback, Origin, Outcome, Phase, RuleReason, VoidCause};
use owed::ticket::Event as Turn;
use owed::{Cause, Event, Recorded, Refusal, Rulebook, Timestamp};
use serde_json::Value;

use super::book::{Book, Entry};
use super::desk::Desk;
use super::story::{Story, some_stories};

const STORIES: usize = 500;
const TIMES: usize = 3;

/// Every row, by the name that it is counted under. Whatever is counted and is not here fails the test as well.
const ROWS: &str = "
    opened message_added status_changed priority_changed assigned solved closed reopened

    promised warned breached fulfilled delivered_late corrected paused pause_joined pause_left resumed retargeted
    voided overtaken superseded handed_over

    breach:deadline breach:born_late breach:withdrawn
    void:released void:not_needed void:left void:corrected overtaken:not_needed
    outcome:fulfilled outcome:corrected outcome:delivered_late outcome:overtaken outcome:superseded outcome:void
    fallback:out_of_reach

    command:other_stream command:outside_time command:out_of_order command:happened_later command:derived_id
    command:edition_missing command:no_edition
    ticket:not_opened ticket:already_opened ticket:ended ticket:order_of_its_own ticket:not_ended ticket:still_owed
    commitment:unknown commitment:already_made commitment:derived_id commitment:due_not_after
    commitment:unknown_calendar commitment:no_calendar commitment:out_of_reach commitment:not_broken
    commitment:already_repaired commitment:done_before_owed commitment:not_pausable commitment:allowance_spent
    commitment:not_told commitment:pause_ends_before commitment:not_paused_for commitment:not_the_beneficiary
    commitment:wrong_phase commitment:already_closed commitment:owed_to_another commitment:still_holds commitment:too_many_warnings

    born_paused born_late_while_it_should_stand born_late_by_a_change_of_priority born_late_at_once
    paused_and_retargeted_past_its_end resumed_by_time resumed_by_the_last_of_several_reasons
    corrected_while_overdue corrected_when_closed fulfilled_at_the_deadline breached_and_delivered_by_one_command
    withdrawn_while_paused kept_over_an_edition moved_over_an_edition due_at_the_end_of_time warned_of_the_past
    two_timers_of_one_instant a_repair_of_a_repair a_claim_corrects_nothing begun_in_hindsight";

#[test]
fn rare_rows_are_reached() {
    let mut rows: BTreeMap<String, usize> = ROWS.split_whitespace().map(|row| (row.into(), 0)).collect();
    let known = rows.len();
    for story in some_stories(STORIES) {
        let mut count = |row: &str| *rows.entry(row.into()).or_default() += 1;
        let log = refusals(&story, &mut count);
        events(&log, &mut count);
    }
    let told: Vec<String> = rows.iter().map(|(row, times)| format!("{times:6} {row}")).collect();
    println!("{STORIES} stories\n{}", told.join("\n"));
    let rare: Vec<_> = rows.iter().filter(|(_, times)| **times < TIMES).collect();
    assert!(rare.is_empty(), "too seldom: {rare:?}");
    assert_eq!(rows.len(), known, "counted, and not listed");
}

/// Plays a story and counts what is refused; at its end, also by a rulebook that has lost an edition.
fn refusals(story: &Story, count: &mut impl FnMut(&str)) -> Vec<Recorded> {
    let mut log = Vec::new();
    let kept = story.play(|desk, call| {
        if let Some(why) = &call.refusal {
            count(&code(why));
        }
        log.clone_from(&desk.log);
        Ok(())
    });
    kept.expect("no law to break");
    let mut book: Value = serde_json::from_str(&story.text).expect("its own text");
    let editions = book["editions"].as_array_mut().expect("a list");
    if editions.len() > 1 {
        editions.truncate(1);
        let poor: Rulebook = serde_json::from_value(book).expect("a rulebook");
        let mut desk = Desk::new(&story.rules);
        for turn in &story.turns {
            desk.handle(&turn.command);
            let mut lost = Desk { rules: &poor, ..desk.clone() };
            if let Some(why) = lost.handle(&turn.command).refusal {
                count(&code(&why));
            }
            let first = lost.log.len();
            lost.wake(Timestamp::MAX);
            lost.log[first..].iter().for_each(|recorded| fallback(recorded, count));
        }
    }
    log
}

/// The code under which a refusal is stored.
fn code(why: &Refusal) -> String {
    let stored = serde_json::to_value(why).expect("it is stored so");
    let tag = |key: &str| stored[key].as_str().expect("a tag").to_owned();
    format!("{}:{}", tag("room"), tag("code"))
}

fn events(log: &[Recorded], count: &mut impl FnMut(&str)) {
    for recorded in log {
        fallback(recorded, count);
        match &recorded.event {
            Event::Ticket(turn) => count(turn_name(turn)),
            Event::Commitment(fact) => count(fact_name(fact)),
        }
    }
    let times: Vec<_> = log.windows(2).filter(|pair| pair.iter().all(|one| one.cause == Cause::Time)).collect();
    times.iter().filter(|pair| pair[0].at == pair[1].at).for_each(|_| count("two_timers_of_one_instant"));
    let mut before: Option<Recorded> = None;
    let read = Book::read(log, |book, entry, recorded, fact| {
        causes(fact, count);
        if let Fact::Promised(made) = fact
            && made.clock.since < recorded.at
            && matches!(made.origin, Origin::Policy(_))
        {
            count("begun_in_hindsight");
        }
        if let Some(entry) = entry {
            beside(entry, before.as_ref(), recorded, fact, count);
        }
        let Some(last) = log.iter().rev().find(|one| one.version < recorded.version) else { return Ok(()) };
        if let (Fact::Promised(new), Some(repaired)) = (fact, repaired(book, fact))
            && repaired.promised.repairs.is_some()
            && new.repairs.is_some()
        {
            count("a_repair_of_a_repair");
        }
        before = Some(recorded.clone());
        let moved = matches!(fact, Fact::Retargeted(_) | Fact::Resumed { .. });
        if let (Event::Ticket(_), true) = (&last.event, last.edition > recorded.edition) {
            count(if moved { "moved_over_an_edition" } else { "kept_over_an_edition" });
        }
        Ok(())
    });
    let book = read.expect("no law to break");
    let ticket = owed::Ticket::replay(super::steps::TICKET, log);
    for owed in ticket.ledger().all() {
        if let Phase::Closed { outcome, .. } = &owed.phase {
            count(outcome_name(outcome));
        }
    }
    let ends = book.entries.values().filter(|entry| entry.promised.due >= Timestamp::MAX.minus_micros(1));
    ends.for_each(|_| count("due_at_the_end_of_time"));
}

fn repaired<'b>(book: &'b Book, fact: &Fact) -> Option<&'b Entry> {
    let Fact::Promised(promised) = fact else { return None };
    book.entries.get(&promised.repairs?)
}

/// Rows that show in what comes after what.
fn beside(entry: &Entry, last: Option<&Recorded>, recorded: &Recorded, fact: &Fact, count: &mut impl FnMut(&str)) {
    let id = fact.commitment();
    let last = last.filter(|last| last.version + 1 == recorded.version).and_then(|last| match &last.event {
        Event::Commitment(before) if before.commitment() == id => Some(before),
        Event::Commitment(_) | Event::Ticket(_) => None,
    });
    let late = matches!(fact, Fact::Breached { cause: BreachCause::BornLate, .. });
    match (last, fact) {
        (Some(Fact::Promised(_)), Fact::Paused { .. }) => count("born_paused"),
        (Some(Fact::Promised(born)), _) if late && !born.clock.pauses.is_empty() => {
            count("born_late_while_it_should_stand");
        }
        (Some(Fact::Retargeted(_)), _) if late && entry.paused.is_some() => count("paused_and_retargeted_past_its_end"),
        (Some(Fact::Breached { .. }), Fact::DeliveredLate { .. }) => count("breached_and_delivered_by_one_command"),
        _ if late && matches!(entry.set.event, Event::Commitment(Fact::Retargeted(_))) => {
            count("born_late_by_a_change_of_priority");
        }
        _ if late => count("born_late_at_once"),
        _ => {}
    }
    match fact {
        Fact::Retargeted(new) if new.warnings.iter().any(|warning| warning.at < recorded.at) => {
            count("warned_of_the_past")
        }
        Fact::DeliveredLate { done, .. } if recorded.happened.is_some_and(|happened| happened.at < *done) => {
            count("a_claim_corrects_nothing");
        }
        Fact::Resumed { reason: None, .. } => count("resumed_by_time"),
        Fact::Resumed { .. } if entry.clock.pauses.len() > 1 => count("resumed_by_the_last_of_several_reasons"),
        Fact::Corrected { .. } if entry.closed.is_some() => count("corrected_when_closed"),
        Fact::Corrected { .. } => count("corrected_while_overdue"),
        Fact::Fulfilled { .. } if recorded.at == entry.due => count("fulfilled_at_the_deadline"),
        Fact::Breached { cause: BreachCause::Withdrawn, .. } if entry.paused.is_some() => {
            count("withdrawn_while_paused")
        }
        _ => {}
    }
}

fn causes(fact: &Fact, count: &mut impl FnMut(&str)) {
    let why = |reason: RuleReason| match reason {
        RuleReason::NotNeeded => "not_needed",
        RuleReason::Left => "left",
    };
    match fact {
        Fact::Breached { cause, .. } => count(match cause {
            BreachCause::Deadline => "breach:deadline",
            BreachCause::BornLate => "breach:born_late",
            BreachCause::Withdrawn => "breach:withdrawn",
        }),
        Fact::Voided { cause, .. } => match cause {
            VoidCause::Released { .. } => count("void:released"),
            VoidCause::Rule(rule) => count(&format!("void:{}", why(rule.why))),
            VoidCause::Corrected { .. } => count("void:corrected"),
        },
        Fact::Overtaken { rule, .. } => count(&format!("overtaken:{}", why(rule.why))),
        _ => {}
    }
}

fn fallback(recorded: &Recorded, count: &mut impl FnMut(&str)) {
    let fallback = match &recorded.event {
        Event::Commitment(Fact::Promised(made)) => made.fallback,
        Event::Commitment(Fact::Retargeted(moved)) => moved.fallback,
        Event::Commitment(Fact::Resumed { fallback, .. }) => *fallback,
        Event::Commitment(_) | Event::Ticket(_) => None,
    };
    match fallback {
        None => {}
        Some(Fallback::NoCalendar) => count("fallback:no_calendar"),
        Some(Fallback::OutOfReach) => count("fallback:out_of_reach"),
    }
}

const fn fact_name(fact: &Fact) -> &'static str {
    match fact {
        Fact::Promised(_) => "promised",
        Fact::Warned { .. } => "warned",
        Fact::Breached { .. } => "breached",
        Fact::Fulfilled { .. } => "fulfilled",
        Fact::DeliveredLate { .. } => "delivered_late",
        Fact::Corrected { .. } => "corrected",
        Fact::Paused { .. } => "paused",
        Fact::PauseJoined { .. } => "pause_joined",
        Fact::PauseLeft { .. } => "pause_left",
        Fact::Resumed { .. } => "resumed",
        Fact::Retargeted(_) => "retargeted",
        Fact::Voided { .. } => "voided",
        Fact::Overtaken { .. } => "overtaken",
        Fact::Superseded { .. } => "superseded",
        Fact::HandedOver { .. } => "handed_over",
    }
}

const fn turn_name(turn: &Turn) -> &'static str {
    match turn {
        Turn::Opened { .. } => "opened",
        Turn::MessageAdded { .. } => "message_added",
        Turn::StatusChanged { .. } => "status_changed",
        Turn::PriorityChanged { .. } => "priority_changed",
        Turn::Assigned { .. } => "assigned",
        Turn::Solved { .. } => "solved",
        Turn::Closed { .. } => "closed",
        Turn::Reopened { .. } => "reopened",
    }
}

const fn outcome_name(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Fulfilled { .. } => "outcome:fulfilled",
        Outcome::Corrected { .. } => "outcome:corrected",
        Outcome::DeliveredLate { .. } => "outcome:delivered_late",
        Outcome::Overtaken(_) => "outcome:overtaken",
        Outcome::Superseded { .. } => "outcome:superseded",
        Outcome::Void(_) => "outcome:void",
    }
}
