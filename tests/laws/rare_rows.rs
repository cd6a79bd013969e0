//! What the laws are held against happens at all: every kind of event, cause, outcome and refusal, and every row of the
//! rules that chance seldom comes by, is reached by the stories, and more than once.

use std::collections::BTreeMap;

use owed::commitment::{BreachCause, Event as Fact, Origin, Phase, Promised, Renews};
use owed::{Cause, Event, Recorded, Rulebook, Timestamp};
use serde_json::Value;

use super::book::{Book, Entry};
use super::desk::Desk;
use super::row_names::{cause_name, event_name, fallback_name, outcome_name, refusal_name, renewal_name, row_name};
use super::story::{Story, some_stories};

const STORIES: usize = 16_000;
const TIMES: usize = 3;

/// Every row, by the name that it is counted under. Whatever is counted and is not here fails the test as well.
const ROWS: &str = "
    opened message_added status_changed priority_changed assigned solved closed reopened
    called tagged field_set channel_changed language_changed handed_to_vendor taken_back line_held line_picked_up
    human_asked_for no_reply_needed marked message_reclassified message_bounced message_redacted effect_failed effect_done replanned

    promised warned breached fulfilled delivered_late corrected paused pause_joined pause_left resumed retargeted
    voided overtaken superseded handed_over
    suggested promised_on_condition confirmed condition_met attempted announced amended proposed chased heard ended
    excluded delegated put_at_risk redacted declined

    row:1 row:1:policy row:1:reopened row:1:on_condition row:2 row:2:with_a_condition
    row:3:confirmed row:3:to_its_condition row:3:born_late row:3:dismissed row:4 row:4:to_its_condition row:4:born_late
    row:5 row:5:earlier row:6 row:7 row:8:candidate row:8:conditional row:8:active row:8:paused
    row:9:active row:9:paused row:9:overdue row:9:too_early:active row:9:too_early:paused row:9:too_early:overdue
    row:9a row:9a:a_goal row:10 row:11 row:11:born_late row:11:owes row:11:owes_deeper row:12 row:13 row:13:left
    row:14 row:14:by_time row:15:conditional row:15:active row:15:paused row:15a:active row:15a:paused
    row:16:conditional row:16:active row:16:paused row:17:conditional row:17:active row:17:paused row:17:successor
    row:17:takes_back row:17:declined row:17:on_condition row:18:overdue row:18:closed row:27:in_time row:27:goes_on
    row:17a row:18:conditional row:18:active row:18:paused
    row:18a:asked row:18a:reminded row:18a:warned row:18a:heard row:18a:silent:active row:18a:silent:paused
    row:18a:missed:active row:18a:missed:paused row:18a:returned row:18b:active row:18b:paused row:18b:unanswered:active row:18b:unanswered:paused row:18b:overdue
    row:19:active row:19:paused row:19a:active row:19a:paused row:19a:ended row:19b row:20 row:20a row:21 row:22 row:23
    row:23a:overdue row:23a:closed row:24:candidate row:24:conditional row:24:active row:24:paused row:24:overdue
    row:25:conditional row:25:active row:25:overdue row:25:too_late:conditional row:25:too_late:active
    row:25:too_late:overdue row:25:child row:25:at_risk:conditional row:25:at_risk:active row:25:at_risk:paused row:26
    row:27:overdue row:27:closed row:27:claimed:overdue row:27:claimed:closed row:27:repair row:27:owed_for_it
    row:27a row:27a:late row:27a:void row:27a:on_condition row:28:candidate row:28:conditional row:28:active
    row:28:paused row:28:overdue row:28:closed row:28:reinstated row:28:on_condition

    renewed:accepted renewed:told renewed:retracted renewed:returned renewed:reinstated renewed:reopened renewed:in_time

    breach:deadline breach:born_late breach:withdrawn breach:impossible breach:unanswered
    void:released void:not_needed void:left void:corrected void:dismissed void:lapsed void:withdrawn
    void:renegotiated void:customer_absent void:retracted void:in_error void:in_time overtaken:not_needed overtaken:unanswered
    ended:impossible ended:waived ended:written_off
    outcome:fulfilled outcome:corrected outcome:delivered_late outcome:overtaken outcome:superseded outcome:ended
    outcome:void
    fallback:out_of_reach

    command:other_stream command:outside_time command:out_of_order command:happened_later command:derived_id
    command:edition_missing command:no_edition
    ticket:not_opened ticket:already_opened ticket:ended ticket:order_of_its_own ticket:not_ended ticket:still_owed
    ticket:unknown_commitment ticket:no_score ticket:feedback_asked ticket:stage_missing ticket:unknown_effect
    ticket:unknown_message ticket:they_spoke ticket:with_vendor ticket:not_with_vendor ticket:no_answer
    commitment:unknown commitment:already_made commitment:derived_id commitment:due_not_after
    commitment:unknown_calendar commitment:no_calendar commitment:out_of_reach commitment:not_broken
    commitment:already_repaired commitment:done_before_owed commitment:not_pausable commitment:allowance_spent
    commitment:not_told commitment:pause_ends_before commitment:not_paused_for commitment:not_the_beneficiary
    commitment:wrong_phase commitment:already_closed commitment:owed_to_another commitment:not_the_same commitment:still_holds
    commitment:too_many_warnings commitment:warning_twice commitment:review_over commitment:limit_not_after
    commitment:opens_after_due commitment:worse commitment:no_proposal commitment:step_missing commitment:no_breach
    commitment:owed_outside commitment:already_renewed commitment:correction_over commitment:not_outright commitment:run_out commitment:not_by_another
    commitment:stands_longer commitment:declined commitment:too_soon commitment:owed_no_more commitment:worse_slot

    born_paused born_late_while_it_should_stand born_late_by_a_change_of_priority born_late_at_once
    paused_and_retargeted_past_its_end resumed_by_time resumed_by_the_last_of_several_reasons
    corrected_while_overdue corrected_when_closed fulfilled_at_the_deadline breached_and_delivered_by_one_command
    withdrawn_while_paused kept_over_an_edition moved_over_an_edition due_at_the_end_of_time warned_of_the_past
    two_timers_of_one_instant a_repair_of_a_repair a_claim_corrects_nothing begun_in_hindsight";

#[test]
fn rare_rows_are_reached() {
    let mut rows: BTreeMap<String, usize> = ROWS.split_whitespace().map(|row| (row.into(), 0)).collect();
    let mut count = |row: &str| *rows.entry(row.into()).or_default() += 1;
    for story in some_stories(STORIES) {
        refusals(&story, &mut count);
        lost_editions(&story, &mut count);
        events(&story.played(), &mut count);
    }
    let told: Vec<String> = rows.iter().map(|(row, times)| format!("{times:6} {row}")).collect();
    println!("{STORIES} stories\n{}", told.join("\n"));
    let rare: Vec<_> = rows.iter().filter(|(_, times)| **times < TIMES).collect();
    assert!(rare.is_empty(), "too seldom: {rare:?}");
    let unlisted: Vec<_> = rows.keys().filter(|row| !ROWS.split_whitespace().any(|known| known == *row)).collect();
    assert_eq!(unlisted, [""; 0], "counted, and not listed");
}

fn refusals(story: &Story, count: &mut impl FnMut(&str)) {
    let mut desk = Desk::new(&story.rules);
    for turn in &story.turns {
        let refusal = desk.handle(&turn.command).refusal;
        refusal.iter().for_each(|why| count(&refusal_name(why)));
    }
}

/// What becomes of a story when all editions but the first are missing from the rulebook.
fn lost_editions(story: &Story, count: &mut impl FnMut(&str)) {
    let mut book: Value = serde_json::from_str(&story.text).expect("its own text");
    book["editions"].as_array_mut().expect("a list").truncate(1);
    let poor: Rulebook = serde_json::from_value(book).expect("a rulebook");
    let mut desk = Desk::new(&story.rules);
    for turn in story.turns.iter().filter(|_| story.rules.len() > 1) {
        let mut lost = Desk { rules: &poor, ..desk.clone() };
        let refusal = lost.handle(&turn.command).refusal;
        refusal.iter().for_each(|why| count(&refusal_name(why)));
        let call = lost.wake(Timestamp::MAX);
        let lacks = lost.ticket.missing_edition(&poor).is_some();
        assert!(!lacks || lost.heard(&call).is_empty(), "it is left to a host that has the whole rulebook");
        desk.handle(&turn.command);
    }
}

fn events(desk: &Desk<'_>, count: &mut impl FnMut(&str)) {
    for recorded in &desk.log {
        count(event_name(&recorded.event));
        fallback_name(recorded).into_iter().for_each(&mut *count);
    }
    for pair in desk.log.windows(2) {
        let [one, next] = pair else { continue };
        if one.cause == Cause::Time && next.cause == Cause::Time && one.at == next.at {
            count("two_timers_of_one_instant");
        }
        if matches!(one.event, Event::Ticket(_)) && one.edition > next.edition {
            let moved = matches!(next.event, Event::Commitment(Fact::Retargeted(_) | Fact::Resumed { .. }));
            count(if moved { "moved_over_an_edition" } else { "kept_over_an_edition" });
        }
    }
    let mut last: Option<Recorded> = None;
    let read = Book::read(&desk.log, |book, entry, recorded, fact| {
        cause_name(fact).into_iter().for_each(&mut *count);
        row_name(entry, recorded, fact).iter().for_each(|row| count(row));
        renews(fact).into_iter().for_each(|renews| count(renewal_name(renews.why)));
        match (fact, entry) {
            (Fact::Promised(promised), _) => made(book, recorded, promised, count),
            (_, Some(entry)) => {
                next_to(entry, last.as_ref(), recorded, fact, count);
                by_itself(entry, recorded, fact, count);
            }
            (_, None) => {}
        }
        last = Some(recorded.clone());
        Ok(())
    });
    read.expect("no law to break");
    for owed in desk.ticket.ledger().all() {
        if let Phase::Closed { outcome, .. } = &owed.phase {
            count(outcome_name(outcome));
        }
    }
}

fn renews(fact: &Fact) -> Option<Renews> {
    match fact {
        Fact::Promised(made) => made.renews,
        Fact::Suggested(made) | Fact::PromisedOnCondition(made) => made.renews,
        _ => None,
    }
}

fn made(book: &Book, recorded: &Recorded, promised: &Promised, count: &mut impl FnMut(&str)) {
    if promised.due >= Timestamp::MAX.minus_micros(1) {
        count("due_at_the_end_of_time");
    }
    if promised.clock.since < recorded.at && matches!(promised.origin, Origin::Policy(_)) {
        count("begun_in_hindsight");
    }
    let repaired = promised.repairs.and_then(|broken| book.entries.get(&broken));
    if repaired.is_some_and(|broken| broken.repairs.is_some()) {
        count("a_repair_of_a_repair");
    }
}

/// Rows that show in what an event comes right after.
fn next_to(entry: &Entry, last: Option<&Recorded>, recorded: &Recorded, fact: &Fact, count: &mut impl FnMut(&str)) {
    let before = last.filter(|last| last.version + 1 == recorded.version).and_then(|last| match &last.event {
        Event::Commitment(before) if before.commitment() == fact.commitment() => Some(before),
        Event::Commitment(_) | Event::Ticket(_) | Event::Escalation(_) => None,
    });
    let late = matches!(fact, Fact::Breached { cause: BreachCause::BornLate, .. });
    let set_by_change = matches!(entry.set.event, Event::Commitment(Fact::Retargeted(_)));
    match (before, fact) {
        (Some(Fact::Promised(_)), Fact::Paused { .. }) => count("born_paused"),
        (Some(Fact::Promised(born)), _) if late && !born.clock.pauses.is_empty() => {
            count("born_late_while_it_should_stand");
        }
        (Some(Fact::Retargeted(_)), _) if late && entry.paused.is_some() => count("paused_and_retargeted_past_its_end"),
        (Some(Fact::Breached { .. }), Fact::DeliveredLate { .. }) => count("breached_and_delivered_by_one_command"),
        _ if late && set_by_change => count("born_late_by_a_change_of_priority"),
        _ if late => count("born_late_at_once"),
        _ => {}
    }
}

/// Rows that show in an event and what was known before it.
fn by_itself(entry: &Entry, recorded: &Recorded, fact: &Fact, count: &mut impl FnMut(&str)) {
    match fact {
        Fact::Retargeted(new) if new.warnings.iter().any(|warning| warning.at < recorded.at) => {
            count("warned_of_the_past");
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
