//! Two tickets that turn out to be one matter (DESIGN §3.12, SEMANTICS B "merged").

use owed::commitment::{Refusal as Owed, envelope};
use owed::policy::Status;
use owed::ticket::{Both, Merge, Refusal as Why};
use owed::{AgentId, CommandId, CommandRefusal, Refusal, TicketId};
use uuid::Uuid;

use crate::desk::*;

pub(super) const REPLIES: &str =
    r#"[{ "name": "sla", "targets": { "first_response": "4 hours", "next_response": "8 hours" } }]"#;

pub(super) fn said(message: &str, author: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "message", "author": "{author}", "message": "{message}"}}"#)
}

/// Two open tickets: the one in hand was opened later.
fn two(agreements: &str) -> Desk {
    let mut desk = Desk::new(agreements);
    desk.swap();
    desk.at("02 09:00", OPEN);
    desk.swap();
    desk.at("02 10:00", OPEN);
    desk
}

#[test]
fn the_sources_clocks_end_as_merged() {
    let mut desk = two(REPLIES);
    let [from, to] = desk.merge("02 11:00");
    assert_eq!(
        from,
        [
            "02 11:00: first_response 1 void: first_response of sla: goes on as part of another matter",
            "02 11:00: merged into the other"
        ]
    );
    assert_eq!(to, ["02 11:00: the other merged into it", "02 11:00: public message of customer"]);
    assert_eq!(desk.ticket.status(), Some(Status::Closed));
    assert_eq!(desk.ticket.merged_into(), Some(desk.aside.0.id()));
    assert_eq!(desk.next(), None, "nothing is owed here");
}

#[test]
fn what_is_broken_by_then_is_overtaken_and_stays_broken() {
    let mut desk = two(REPLIES);
    let [from, _] = desk.merge("02 15:00");
    assert_eq!(
        from,
        [
            "02 14:00 by time: first_response 1 breached, due 02 14:00",
            "02 15:00: first_response 1 overtaken: first_response of sla: goes on as part of another matter",
            "02 15:00: merged into the other"
        ]
    );
    assert_eq!(desk.ticket.ledger().count().breached, 1);
}

/// "The target takes the oldest unanswered message."
#[test]
fn the_target_takes_the_oldest_unanswered_message() {
    let mut desk = Desk::new(REPLIES);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 10:00", &said("older", "customer"));
    desk.swap();
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.at("02 11:00", &said("newer", "customer"));
    desk.swap();
    let [_, to] = desk.merge("02 12:00");
    assert_eq!(
        to,
        [
            "02 12:00: the other merged into it",
            "02 12:00: public message of customer",
            "02 12:00: next_response 1 void: in error (its start was something else)",
            "02 12:00: next_response 2 due 02 18:00"
        ]
    );
    desk.swap();
    assert_eq!(desk.at("02 13:00", ANSWER)[1..], ["02 13:00: next_response 2 fulfilled 02 13:00"]);
}

#[test]
fn what_was_answered_there_is_not_waiting_here() {
    let mut desk = two(REPLIES);
    desk.at("02 10:30", ANSWER);
    let [_, to] = desk.merge("02 11:00");
    assert_eq!(to, ["02 11:00: the other merged into it"]);
}

#[test]
fn a_message_that_waits_begins_what_had_not_begun() {
    let mut desk = Desk::new(REPLIES);
    desk.at("02 10:00", OPEN);
    desk.swap();
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", ANSWER);
    desk.swap();
    let [_, to] = desk.merge("02 12:00");
    let begun = "02 12:00: next_response 1 due 02 18:00";
    assert_eq!(to, ["02 12:00: the other merged into it", "02 12:00: public message of customer", begun]);
}

/// An option of the agreement: "the earliest opening".
#[test]
fn by_option_the_earliest_opening_counts() {
    let by_option =
        r#"[{ "name": "sla", "on_merge": "earliest_opening", "targets": { "first_response": "4 hours" } }]"#;
    let older_into_newer = |agreements| {
        let mut desk = two(agreements);
        desk.swap();
        desk.merge("02 11:00")[1].clone()
    };
    assert_eq!(
        older_into_newer(by_option),
        [
            "02 11:00: the other merged into it",
            "02 11:00: first_response 1 retargeted, 2 hours left, due 02 13:00",
            "02 11:00: public message of customer"
        ]
    );
    assert!(!older_into_newer(REPLIES).iter().any(|line| line.contains("retargeted")), "not without it");
    let mut desk = two(by_option);
    let [_, to] = desk.merge("02 11:00");
    assert!(!to.iter().any(|line| line.contains("retargeted")), "it was opened later: {to:?}");
}

/// A promise does not end by a rule of the desk's: it is owed on the other ticket as it was here, by its own deadline.
#[test]
fn a_promise_is_carried_over_as_it_stands() {
    let mut desk = two("[]");
    desk.at("02 10:00", &promise_with('a', r#"{"within": "3 hours"}"#, r#", "warn": ["1 hour before"]"#));
    let [from, to] = desk.merge("02 11:00");
    assert_eq!(from, ["02 11:00: promise a carried out", "02 11:00: merged into the other"]);
    let news = ["02 11:00: promise a carried in", "02 11:00: the other merged into it"];
    assert_eq!(to[..2], news);
    assert_eq!(desk.next(), None);
    let (left, took) = (desk.ticket.ledger().count(), desk.aside.0.ledger().count());
    assert_eq!((left.made, left.carried_out, left.pending), (1, 1, 0));
    assert_eq!((took.made, took.carried_in, took.pending), (0, 1, 1));
    assert!(left.add_up() && took.add_up());
    assert_eq!(took.to_string(), "0 made, 1 carried in: 1 pending, 0 fulfilled, 0 breached, 0 void");
    desk.swap();
    assert_eq!(
        desk.wake("02 14:00"),
        [
            "02 12:00 by time: promise a warned 1 hour before, due 02 13:00",
            "02 13:00 by time: promise a breached, due 02 13:00"
        ]
    );
    assert_eq!(desk.at("02 15:00", &about("fulfil", 'a', ""))[0], "02 15:00: promise a late 02 15:00, by 7200 s");
}

#[test]
fn an_order_about_what_was_carried_out_is_refused_with_where_it_is() {
    let mut desk = two("[]");
    desk.at("02 10:00", &promise('a', r#"{"within": "3 hours"}"#));
    desk.merge("02 11:00");
    let to = desk.aside.0.id().into();
    let carried_out = Owed::CarriedOut { commitment: promise_id('a'), to };
    assert_eq!(desk.refused("02 12:00", &about("fulfil", 'a', "")), Refusal::Commitment(carried_out));
    desk.at("02 12:00", REOPEN);
    let again = desk.refused("02 12:00", &promise('a', r#"{"within": "3 hours"}"#));
    assert_eq!(again, Refusal::Commitment(Owed::AlreadyMade { commitment: promise_id('a') }));
}

/// What hangs together is carried together, so that it can be put right where it is.
#[test]
fn a_chain_goes_along_with_what_is_owed_of_it() {
    let mut desk = two("[]");
    desk.at("02 10:00", &promise('a', r#"{"at": "2026-03-02T11:00:00Z"}"#));
    desk.at("02 12:00", &promise_with('b', r#"{"at": "2026-03-02T15:00:00Z"}"#, r#", "repairs": "@a""#));
    desk.at("02 12:00", &promise('c', r#"{"at": "2026-03-02T12:30:00Z"}"#));
    desk.at("02 12:15", &about("fulfil", 'c', ""));
    let [from, _] = desk.merge("02 13:00");
    let out = ["promise a carried out", "promise b carried out", "merged into the other"];
    assert_eq!(from, out.map(|what| format!("02 13:00: {what}")), "not what is over and hangs on nothing");
    desk.swap();
    // The mail had left in time after all: what stood in for it is owed no more.
    assert_eq!(
        desk.fetched("02 14:00", "02 10:59", &about("fulfil", 'a', "")),
        ["02 14:00: promise a corrected 02 10:59", "02 14:00: promise b void: promise a corrected"]
    );
}

#[test]
fn a_series_goes_along_whole() {
    let mut desk = two("[]");
    let series = r#"{"room": "commitment", "type": "start_series", "series": "00000000-0000-8000-8000-00000000f00d",
        "deliverable": "update", "beneficiary": "c-1", "owner": {"team": "desk"}, "every": "1 hour", "mode": "rolling",
        "stop": "fixed", "horizon": {"within": "1 day"}, "lead": {"team": "leads"}, "decide_within": "4 hours"}"#;
    desk.at("02 10:00", series);
    desk.at("02 10:30", r#"{"room": "commitment", "type": "fulfil", "commitment": "@round 1"}"#);
    let [from, _] = desk.merge("02 11:00");
    assert_eq!(from[..2], ["02 11:00: round 1 carried out", "02 11:00: round 2 carried out"]);
    desk.swap();
    let missed = desk.wake("02 11:45");
    assert_eq!(missed[0], "02 11:30 by time: round 2 breached, due 02 11:30");
    assert_eq!(missed[1], "02 11:30 by time: round 3 due 02 12:30");
}

/// A reply that a contract promises is owed to the customer on whichever ticket: the first answer keeps it.
#[test]
fn what_an_agreement_promises_is_carried_and_kept_by_the_answer_there() {
    let mut desk = two(r#"[{ "name": "sla", "binding": "promised", "targets": { "first_response": "4 hours" } }]"#);
    let [from, to] = desk.merge("02 11:00");
    assert_eq!(from, ["02 11:00: first_response 1 carried out", "02 11:00: merged into the other"]);
    assert_eq!(to[0], "02 11:00: first_response 1 carried in");
    desk.swap();
    let answered = desk.at("02 13:30", ANSWER);
    assert_eq!(
        answered,
        [
            "02 13:00 by time: first_response 1 breached, due 02 13:00",
            "02 13:30: public message of agent",
            "02 13:30: first_response 1 fulfilled 02 13:30",
            "02 13:30: first_response 1 late 02 13:30, by 1800 s"
        ],
        "each by its own deadline, and by one answer"
    );
    assert_eq!(
        desk.ticket.ledger().count().to_string(),
        "1 made, 1 carried in: 0 pending, 1 fulfilled, 1 breached, 0 void"
    );
}

/// Its clock stands by how the ticket stands on which it is owed.
#[test]
fn a_carried_clock_sees_its_ticket_stand_otherwise() {
    let agreement = r#"[{ "name": "sla", "binding": "promised",
        "targets": { "requester_wait": { "budget": { "high": "4 hours", "low": "8 hours" }, "pausable": {"total": "24 hours"} } } }]"#;
    let mut desk = Desk::new(agreement);
    desk.swap();
    desk.at("02 09:00", &open_at("high"));
    desk.swap();
    desk.at("02 10:00", &open_at("low"));
    desk.at("02 10:30", WAIT);
    let [from, to] = desk.merge("02 11:00");
    assert_eq!(from, ["02 11:00: requester_wait 1 carried out", "02 11:00: merged into the other"]);
    assert_eq!(
        to[..4],
        [
            "02 11:00: requester_wait 1 carried in",
            "02 11:00: requester_wait 1 retargeted, 210 minutes left, due 02 14:30",
            "02 11:00: requester_wait 1 resumed (waiting on the customer), due 02 14:30",
            "02 11:00: the other merged into it"
        ],
        "the other is more urgent, and nobody waits for the customer there"
    );
    desk.swap();
    let solved = desk.at("02 12:00", SOLVE);
    assert_eq!(solved.iter().filter(|line| line.contains("fulfilled")).count(), 2, "{solved:?}");
}

const LADDERS: &str = r#"{
    "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } } }, "calendar": "office",
    "supervisor": { "within": "8 hours", "owner": { "team": "leads" } }, "ladder": "breach",
    "ladders": [{ "name": "breach", "causes": [{ "on": "breached" }],
        "rungs": [{ "notify": "lead", "wait": "1 hour" }, { "notify": "head", "wait": "2 hours" }] },
        { "name": "asked", "causes": [{ "on": "customer_request" }], "rungs": [{ "notify": "lead", "wait": "4 hours" }] },
        { "name": "nobody", "causes": [{ "while": { "not": { "agent": ["ada"] } }, "after": "2 hours" }],
          "rungs": [{ "notify": "lead", "wait": "1 hour" }] }],
    "agreements": [] }"#;

fn two_with_ladders() -> Desk {
    let mut desk = Desk::with(LADDERS);
    desk.swap();
    desk.at("02 09:00", OPEN);
    desk.swap();
    desk.at("02 09:00", OPEN);
    desk
}

/// "An escalation left behind when its commitment was merged away: an orphan. Both must be carried."
#[test]
fn an_escalation_goes_along_with_what_it_is_about() {
    let mut desk = two_with_ladders();
    desk.at("02 09:00", &promise('a', r#"{"at": "2026-03-02T10:00:00Z"}"#));
    desk.at("02 10:30", ASK);
    let [from, to] = desk.merge("02 10:45");
    assert_eq!(from[..2], ["02 10:45: promise a carried out", "02 10:45: breach of promise a carried out"]);
    assert_eq!(to[..2], ["02 10:45: promise a carried in", "02 10:45: breach of promise a carried in"]);
    assert_eq!(desk.ticket.escalations().live().count(), 0);
    desk.swap();
    let told = desk.wake("02 11:00:00.000001");
    assert_eq!(told.len(), 2, "that nobody has the ticket is told once: {told:?}");
    assert!(told[1].starts_with("02 11:00 by time: breach of promise a tells head #2"), "{told:?}");
    let kept = desk.at("02 11:30", &about("fulfil", 'a', ""));
    assert_eq!(kept[1], "02 11:30: breach of promise a moot");
}

/// What was about the matter is about the other from now on, and is moot if that stands otherwise.
#[test]
fn an_escalation_about_the_matter_is_about_the_other_from_then_on() {
    let mut desk = two_with_ladders();
    desk.swap();
    desk.at("02 10:30", r#"{"room": "ticket", "type": "assign", "to": {"team": "desk", "agent": "ada"}}"#);
    desk.swap();
    let [from, to] = desk.merge("02 10:45");
    assert_eq!(from, ["02 10:45: nobody carried out", "02 10:45: merged into the other"]);
    assert_eq!(to[..3], ["02 10:45: nobody carried in", "02 10:45: the other merged into it", "02 10:45: nobody moot"]);
}

#[test]
fn the_decision_that_a_customer_waits_for_takes_along_whom_he_complains_of() {
    let mut desk = two_with_ladders();
    let ask = r#"{"room": "escalation", "type": "ask_for_decision", "about": "ada"}"#;
    desk.at("02 10:00", ask);
    let [_, to] = desk.merge("02 10:45");
    assert!(to.contains(&r#"02 10:45: request carried in, about ["ada"]"#.into()), "{to:?}");
    desk.swap();
    let grant = r#"{"room": "escalation", "type": "grant", "told": "m-1"}"#;
    assert_eq!(desk.refused("02 11:00", grant).code(), "complained_of");
    assert_eq!(desk.at("02 11:00", ask)[0], r#"02 11:00: decision asked again, about ["ada"]"#, "the same is owed");
}

#[test]
fn two_decisions_cannot_wait_on_one_ticket() {
    let mut desk = two_with_ladders();
    let ask = r#"{"room": "escalation", "type": "ask_for_decision"}"#;
    desk.at("02 10:00", ask);
    desk.swap();
    desk.at("02 10:00", ask);
    assert_eq!(desk.merge_refused("02 10:45").code(), "two_requests");
}

#[test]
fn only_what_goes_on_can_be_merged() {
    let mut desk = two("[]");
    desk.at("02 10:30", CLOSE);
    assert_eq!(desk.merge_refused("02 11:00"), Refusal::Ticket(Why::Ended { status: Status::Closed }));
    desk.at("02 11:00", REOPEN);
    desk.swap();
    desk.at("02 11:00", SOLVE);
    desk.swap();
    assert_eq!(desk.merge_refused("02 11:30"), Refusal::Ticket(Why::Ended { status: Status::Solved }), "into that");
    desk.swap();
    desk.merge("02 11:30");
    let into = desk.aside.0.id();
    assert_eq!(desk.refused("02 12:00", ASK), Refusal::Ticket(Why::Merged { into }));
    assert_eq!(desk.merge_refused("02 12:00"), Refusal::Ticket(Why::Merged { into }));
    let promised = desk.refused("02 12:00", &promise('a', r#"{"within": "1 hour"}"#));
    assert_eq!(promised, Refusal::Ticket(Why::Merged { into }));
    assert_eq!(desk.at("02 12:00", REOPEN), ["02 12:00: reopened"], "it was another matter after all");
    assert_eq!(desk.at("02 12:00", ASK), ["02 12:00: public message of customer"]);
}

#[test]
fn a_ticket_is_not_merged_with_what_is_not_there() {
    let mut desk = Desk::new("[]");
    desk.at("02 10:00", OPEN);
    assert_eq!(desk.merge_refused("02 11:00"), Refusal::Ticket(Why::NotOpened { ticket: other_id() }));
    let mut same = desk.ticket.clone();
    let merge = Merge { into: desk.ticket.id() };
    let command = envelope::Command::new(desk.ticket.id(), command_id(7), t("02 11:00"), ada(), merge);
    let refused = desk.ticket.merge(&mut same, &desk.rules, &command).expect_err("refused").why;
    assert_eq!(refused, Refusal::Ticket(Why::SameTicket { ticket: desk.ticket.id() }));
}

/// A host gives an id once. Where it did not, nothing takes the place of anything.
#[test]
fn an_id_that_both_have_is_refused() {
    let mut desk = two("[]");
    desk.at("02 10:00", &promise('a', r#"{"within": "3 hours"}"#));
    desk.swap();
    desk.at("02 10:00", &promise('a', r#"{"within": "3 hours"}"#));
    let there = Owed::AlreadyMade { commitment: promise_id('a') };
    assert_eq!(desk.merge_refused("02 11:00"), Refusal::Commitment(there));
}

#[test]
fn an_escalation_that_comes_home_is_the_same() {
    let mut desk = two_with_ladders();
    desk.at("02 09:00", &promise('a', r#"{"at": "2026-03-02T10:00:00Z"}"#));
    desk.at("02 10:10", &said("other", "customer"));
    desk.aside = (owed::Ticket::new(TicketId(Uuid::from_u128(0x7_8000_8000_0000_0000_0003))), vec![]);
    desk.split("02 10:20", r#"{"messages": ["other"], "commitments": ["@a"]}"#);
    desk.swap();
    desk.merge("02 10:30");
    desk.swap();
    assert_eq!(desk.ticket.escalations().all().filter(|one| one.ladder.name.as_str() == "breach").count(), 1);
    desk.at(
        "02 10:35",
        r#"{"room": "escalation", "type": "de_escalate", "escalation": "^breach", "justification": "known"}"#,
    );
    let stored = serde_json::to_string(&desk.ticket).expect("stored");
    let mut loaded: owed::Ticket = serde_json::from_str(&stored).expect("loaded");
    let ask = desk.command(
        "02 10:40",
        r#"{"room": "escalation", "type": "escalate", "ladder": "breach", "commitment": "@a", "reason": "stuck"}"#,
    );
    assert_eq!(loaded.handle(&desk.rules, &ask), desk.ticket.handle(&desk.rules, &ask), "the next has the same number");
}

/// Time first, on both; a refusal carries what time has caused on both.
#[test]
fn time_comes_first_on_both() {
    let mut desk = two("[]");
    desk.at("02 10:00", &promise('a', r#"{"at": "2026-03-02T11:00:00Z"}"#));
    desk.swap();
    desk.at("02 10:00", &promise('b', r#"{"at": "2026-03-02T11:30:00Z"}"#));
    desk.at("02 10:00", SOLVE);
    desk.swap();
    let (before, aside) = (desk.events.len(), desk.aside.1.len());
    desk.merge_refused("02 12:00");
    assert_eq!((desk.events.len() - before, desk.aside.1.len() - aside), (1, 1), "a breach on each");
}

#[test]
fn the_same_command_again_does_nothing_and_a_lost_half_is_told() {
    let mut desk = two("[]");
    let (rules, mut from, mut to) = (desk.rules.clone(), desk.ticket.clone(), desk.aside.0.clone());
    let command = envelope::Command::new(from.id(), command_id(7), t("02 11:00"), ada(), Merge { into: to.id() });
    let (from_before, to_before) = (from.clone(), to.clone());
    let both = from.merge(&mut to, &rules, &command).expect("taken");
    assert!(!both.from.is_empty() && !both.to.is_empty());
    assert_eq!(from.merge(&mut to, &rules, &command), Ok(Both::default()));
    let refused = from.merge(&mut to_before.clone(), &rules, &command).expect_err("half").why;
    assert_eq!(refused, Refusal::Ticket(Why::HalfStored { command: command.id, missing: to.id() }));
    let refused = from_before.clone().merge(&mut to, &rules, &command).expect_err("half").why;
    assert_eq!(refused, Refusal::Ticket(Why::HalfStored { command: command.id, missing: from_before.id() }));
    desk.at("02 12:00", ASK);
    let early = desk.merge_refused("02 11:00");
    let out_of_order = CommandRefusal::OutOfOrder { at: t("02 11:00"), recorded: t("02 12:00") };
    assert_eq!(early, Refusal::Command(out_of_order));
}

fn command_id(number: u128) -> CommandId {
    CommandId(Uuid::from_u128(0x6_8000_8000_0000_0000_0000 | number))
}

fn ada() -> AgentId {
    AgentId::new("ada").expect("an agent")
}
