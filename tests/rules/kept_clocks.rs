//! How a clock goes on that was thought to be over: in whose place, standing still since when, and by which agreement.

use super::put_right::{bounce, message, was};
use super::record::{NO_VIP, VIP, correctable, fulfilled, goal, open};
use crate::desk::*;

/// The round that began with what was no update is struck out, and the one before goes on: neither stands in the other's place.
#[test]
fn a_round_that_follows_another_does_not_stand_in_its_place() {
    let mut desk = correctable(
        r#""agreements": [{ "name": "sla", "when": { "priority": ["1"] }, "targets": { "periodic_update": "4 hours" } }]"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 10:00", &message("third_party", "public", "m-1"));
    desk.at("02 10:20", &priority("1"));
    desk.at("02 11:20", &was("m-1", "agent", "public"));
    let said = desk.at("02 11:50", &was("m-1", "automation", "public"));
    assert_eq!((fulfilled(&desk), open(&desk)), (0, 1), "{said:?}");
    assert!(said.last().unwrap().ends_with("due 02 13:00"), "{said:?}");
}

/// What waited until then waits no more: a clock that begins with what ends the wait runs at once.
#[test]
fn a_clock_that_begins_as_the_wait_ends_runs_at_once() {
    let mut desk = Desk::with(
        r#"{ "metrics": { "looked_after": { "deliverable": "update", "start": [{ "fact": "status", "to": ["solved"] }],
                "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }],
                "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } },
            "agreements": [{ "name": "sla", "targets": { "looked_after": "3 hours" } }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 11:00", WAIT);
    assert_eq!(desk.at("02 13:00", SOLVE)[1..], ["02 13:00: looked_after 1 due 02 16:00"]);
}

/// It was asked while the ticket waited for the customer, and told of only later: the clock stands since it was asked, as long as it may.
#[test]
fn a_question_that_is_fetched_while_the_ticket_waits_has_waited_since_it_was_asked() {
    let asked = |pausable: &str| {
        let mut desk = Desk::new(&format!(
            r#"[{{ "name": "sla", "targets": {{ "next_response": {{ "budget": "4 hours", "pausable": {pausable},
                "pause": [{{ "reason": "customer", "when": {{ "status": ["pending"] }} }}] }} }} }}]"#
        ));
        desk.at("02 09:00", OPEN);
        desk.at("02 10:40", ANSWER);
        desk.at("02 11:00", WAIT);
        desk.fetched("02 18:50", "02 16:50", &message("customer", "public", "m-1"))
    };
    assert!(asked(r#"{ "total": "5 hours" }"#)[2].ends_with("paused (customer), 4 hours left, until 02 21:50"));
    let said = asked(r#"{ "total": "1 hour", "once": "20 minutes" }"#);
    assert_eq!(said[1..], ["02 18:50: next_response 1 due 02 21:10"], "it has stood for twenty minutes");
}

const NO_VIPS: &str = r#""when": { "not": { "tags": ["vip"] } }"#;

/// What it was answered by came back. The ticket had left the agreement meanwhile and was back when it was answered again: it has been owed all along, and is
/// done.
#[test]
fn what_was_answered_once_the_ticket_was_back_is_done() {
    let mut desk = correctable(&format!(
        r#""agreements": [{{ "name": "sla", {NO_VIPS}, "targets": {{ "next_response": "4 hours" }} }}]"#
    ));
    desk.at("02 08:00", OPEN);
    desk.at("02 08:30", ANSWER);
    desk.at("02 09:00", &message("customer", "public", "m-1"));
    desk.at("02 09:30", &message("agent", "public", "m-2"));
    desk.at("02 10:00", VIP);
    desk.at("02 10:30", NO_VIP);
    desk.at("02 11:00", ANSWER);
    let said = desk.at("02 12:00", &bounce("m-2"));
    assert!(said.last().unwrap().ends_with("next_response 1 fulfilled 02 11:00"), "{said:?}");
}

/// What is promised goes on though the ticket has left the agreement, and gets the earlier deadline of a ticket that is more urgent since.
#[test]
fn what_is_promised_is_not_left_and_gets_its_earlier_deadline() {
    let mut desk = correctable(&format!(
        r#""agreements": [{{ "name": "sla", "binding": "promised", {NO_VIPS},
            "targets": {{ "next_response": {{ "budget": {{ "1": "2 hours", "otherwise": "8 hours" }} }} }} }}]"#
    ));
    desk.at("02 08:00", OPEN);
    desk.at("02 08:30", ANSWER);
    desk.at("02 09:00", &message("customer", "public", "m-1"));
    desk.at("02 09:30", &message("agent", "public", "m-2"));
    desk.at("02 09:40", VIP);
    desk.at("02 09:50", NO_VIP);
    desk.at("02 10:00", &priority("1"));
    let said = desk.at("02 10:30", &bounce("m-2"));
    assert!(said.last().unwrap().ends_with("due 02 11:00"), "{said:?}");
}

/// New rules bring the ticket back while it waits for the customer: what goes on by them waits, too.
#[test]
fn what_new_rules_bring_back_stands_still_as_the_ticket_does() {
    let target = r#""targets": { "next_response": { "budget": "4 hours", "pausable": { "total": "5 hours" },
        "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } }"#;
    let mut desk = Desk::with(&format!(
        r#"{{ "editions": [{{ "agreements": [{{ "name": "sla", {NO_VIPS}, {target} }}] }},
            {{ "from": "2026-03-02T11:00:00Z", "agreements": [{{ "name": "sla", {target} }}] }}] }}"#
    ));
    desk.at("02 08:00", OPEN);
    desk.at("02 08:30", ANSWER);
    desk.at("02 09:00", ASK);
    desk.at("02 09:30", VIP);
    desk.at("02 10:00", WAIT);
    let said = desk.at("02 12:00", r#"{"room": "ticket", "type": "replan"}"#);
    assert!(
        said.last().unwrap().ends_with("next_response 2 paused (customer), 210 minutes left, until 02 17:00"),
        "{said:?}"
    );
}

/// Two answers came back, so that the later question was none of its own. What the ticket leaves then is the earlier one, and the time away counts nothing
/// of it.
#[test]
fn what_is_left_and_taken_up_is_the_one_that_ran() {
    let mut desk = correctable(&format!(
        r#""agreements": [{{ "name": "sla", {NO_VIPS}, "targets": {{ "next_response": "4 hours" }} }}]"#
    ));
    desk.at("02 08:00", OPEN);
    desk.at("02 08:10", ANSWER);
    desk.at("02 09:00", &message("customer", "public", "m-1"));
    desk.at("02 09:30", &message("agent", "public", "m-2"));
    desk.at("02 10:00", &message("customer", "public", "m-3"));
    desk.at("02 10:30", &message("agent", "public", "m-4"));
    desk.at("02 11:00", &bounce("m-4"));
    desk.at("02 11:30", &bounce("m-2"));
    desk.at("02 12:00", VIP);
    let said = desk.at("02 12:30", NO_VIP);
    assert!(said.last().unwrap().ends_with("due 02 13:30"), "{said:?}");
}

/// What came in before a cycle began, or after it had ended, has ended nothing, whatever its instant is: what a host says was done stays so.
#[test]
fn what_a_host_says_was_done_stays_so_whatever_comes_back() {
    let fulfil = |desk: &mut Desk| {
        let owed = desk.ticket.ledger().open().next().unwrap().id;
        desk.fetched(
            "02 12:00",
            "02 10:00",
            &format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{owed}", "evidence": "e-1"}}"#),
        );
    };
    // A mail of that very instant that was fetched later.
    let mut desk = goal("next_response", r#""2 hours""#);
    desk.at("02 08:00", OPEN);
    desk.at("02 08:30", ANSWER);
    desk.at("02 09:00", &message("customer", "public", "m-1"));
    fulfil(&mut desk);
    desk.at("02 12:30", ANSWER);
    desk.fetched("02 13:00", "02 10:00", &message("agent", "public", "m-2"));
    assert_eq!(desk.at("02 14:00", &bounce("m-2")), ["02 14:00: m-2 bounced"]);
    // An answer of that very instant that the question came after.
    let mut desk = goal("next_response", r#""20 hours""#);
    desk.at("02 08:00", OPEN);
    desk.at("02 10:00", ANSWER);
    desk.at("02 10:00", &message("customer", "public", "m-1"));
    fulfil(&mut desk);
    desk.at("02 12:30", &message("agent", "public", "m-2"));
    assert_eq!(desk.at("02 13:00", &bounce("m-2")), ["02 13:00: m-2 bounced"]);
}

/// A commitment stays with its edition, and what is closed never moves: also not where later rules would have had it answered by what made it needless, and
/// what had begun it was something else that begins it as well.
#[test]
fn what_later_rules_say_of_it_takes_back_no_end() {
    let rules = |from: &str, also: &str| {
        format!(
            r#"{{ {from} "metrics": {{ "chased": {{ "deliverable": "update",
                    "start": [{{ "fact": "message", "author": ["customer", "agent"], "visibility": ["public"] }}],
                    "stop": [{{ "fact": "message", "author": ["agent"], "visibility": ["public"] }}],
                    "cancel": [{{ "fact": "message", "author": ["automation"] }}] }} }},
                "agreements": [{{ "name": "sla", "targets": {{ "chased": {{ "budget": "4 hours" {also} }} }} }}] }}"#
        )
    };
    let (first, second) = (
        rules("", ""),
        rules(r#""from": "2026-03-02T11:00:00Z","#, r#", "also": [{ "fact": "message", "author": ["automation"] }]"#),
    );
    let mut desk = Desk::with(&format!(r#"{{ "editions": [{first}, {second}] }}"#));
    desk.at("02 08:00", OPEN);
    desk.at("02 09:00", &message("customer", "public", "m-1"));
    desk.at("02 10:00", &message("automation", "public", "m-2"));
    desk.at("02 12:00", &message("customer", "public", "m-3"));
    assert_eq!(desk.at("02 12:30", &was("m-1", "agent", "public")), ["02 12:30: m-1 was public of agent"]);
}
