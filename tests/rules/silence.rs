//! The customer is silent: asked, reminded twice, warned, then closed; his return takes it up again (DESIGN §6 and §8, STORIES 3).

use owed::policy::Status;
use owed::{Refusal, Task, effects};

use crate::desk::*;

const RULES: &str = r#"{ "calendar": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }, "agreement": { "first_response": "4 hours" },
    "customer_silent": { "remind": ["1 day", "2 days"], "warn": "4 days", "close": "6 days" } }"#;

const THANKS: &str = r#"{"room": "ticket", "type": "message", "author": "customer", "class": "thanks"}"#;
const AUTOMATIC: &str = r#"{"room": "ticket", "type": "message", "author": "automation"}"#;
const BEGINS: &str =
    "silence begins (customer_silent): remind 03 09:30, remind 04 09:30, warn 06 09:30, close 08 09:30";

fn told(message: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "chase", "message": "{message}"}}"#)
}

/// A question that is answered by one, and waits for the customer.
fn waiting(rules: &str) -> Desk {
    let mut desk = Desk::with(rules);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:20", ANSWER);
    assert!(desk.ticket.silences().is_empty(), "nobody waits for him yet");
    let waits = desk.at("02 09:30", WAIT);
    assert_eq!(waits.last().map(String::as_str), Some(&*format!("02 09:30: {BEGINS}")));
    desk
}

/// He is reminded twice and warned, each a little late.
fn tell_all(desk: &mut Desk, hour: u8) {
    for (day, minute, said) in [(3, 45, "r-1"), (4, 46, "r-2"), (6, 47, "w-1")] {
        desk.at(&format!("{day:02} {hour:02}:{minute}"), &told(said));
    }
}

/// "Asked, reminded twice, warned, then closed as customer absent."
#[test]
fn the_customers_silence_closes_after_two_reminders_and_a_warning() {
    let mut desk = waiting(RULES);
    assert_eq!(desk.next().as_deref(), Some("03 09:30:00.000001 Silence"));
    assert_eq!(desk.wake("03 09:31"), ["03 09:30 by time: remind due (customer_silent), closes 08 09:30"]);
    assert_eq!(desk.next(), None, "nothing more comes of it until he was told");
    let later = "remind told (customer_silent): remind 04 09:31, warn 06 09:31, close 08 09:31";
    assert_eq!(desk.at("03 09:31", &told("r-1")), [format!("03 09:31: {later}")]);
    desk.wake("04 10:00");
    desk.at("04 09:31:00.000001", &told("r-2"));
    assert_eq!(
        desk.wake("06 10:00"),
        ["06 09:31:00.000001 by time: warn due (customer_silent), closes 08 09:31:00.000001"]
    );
    desk.at("06 10:31", &told("w-1"));
    assert_eq!(
        desk.wake("08 10:31"),
        [""; 0],
        "an hour late told, an hour later closed: at that instant he is in time"
    );
    assert_eq!(desk.wake("08 10:31:00.000001"), ["08 10:31 by time: closed (customer_silent)"]);
    assert_eq!(desk.ticket.status(), Some(Status::Closed));
    assert_eq!(desk.ticket.closed_by().map(|rule| rule.as_str()), Some("customer_silent"));
}

/// A host that slept for a month has told him nothing, so nothing is closed.
#[test]
fn a_host_that_sleeps_closes_nothing() {
    let mut desk = waiting(RULES);
    assert_eq!(desk.wake("2026-05-01T09:00:00Z"), ["03 09:30 by time: remind due (customer_silent), closes 08 09:30"]);
    assert_eq!(desk.wake("2026-06-01T09:00:00Z"), [""; 0]);
}

#[test]
fn his_word_ends_it_and_his_return_takes_it_up_again() {
    let mut desk = waiting(RULES);
    assert_eq!(
        desk.at("02 10:00", ASK),
        ["02 10:00: public message of customer", "02 10:00: silence over (customer_silent)"]
    );
    assert_eq!(desk.at("02 11:00", ANSWER)[1..], [format!("02 11:00: {}", BEGINS.replace("09:30", "11:00"))]);
    tell_all(&mut desk, 11);
    desk.wake("09 00:00");
    assert_eq!(desk.ticket.status(), Some(Status::Closed));
    assert_eq!(desk.at("10 09:00", THANKS), ["10 09:00: public message of customer"], "thanks are no word");
    assert_eq!(desk.ticket.status(), Some(Status::Closed));
    assert_eq!(desk.at("11 09:00", ASK), ["11 09:00: reopened", "11 09:00: public message of customer"]);
    assert_eq!((desk.ticket.status(), desk.ticket.closed_by()), (Some(Status::Open), None));
}

/// "One whose last word is the customer's must not be closed by any automatic rule."
#[test]
fn where_the_customer_has_the_last_word_nobody_is_silent() {
    let mut desk = Desk::with(RULES);
    desk.at("02 09:00", OPEN);
    assert_eq!(desk.at("02 09:30", WAIT), ["02 09:30: pending"], "he has asked, and nobody has answered");
    assert_eq!(desk.at("02 09:40", AUTOMATIC), ["02 09:40: public message of automation"], "a machine is not the desk");
    assert_eq!(desk.wake("2026-05-01T09:00:00Z"), ["02 13:00 by time: first_response 1 breached, due 02 13:00"]);
}

/// What the desk had said before he wrote answers him not, also where an older mail of his has come in since.
#[test]
fn an_older_mail_of_his_does_not_make_the_newer_one_answered() {
    let mut desk = Desk::with(RULES);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:30", WAIT);
    desk.at("02 12:00", ASK);
    desk.fetched("02 12:10", "02 10:00", ASK);
    let said = desk.fetched("02 12:20", "02 11:00", ANSWER);
    assert!(desk.ticket.silences().is_empty(), "nobody has answered what he wrote at twelve: {said:?}");
    desk.at("02 12:30", ANSWER);
    assert_eq!(desk.ticket.silences().len(), 1);
}

/// "A mere thanks, an out-of-office notice or spam, so classified by the host, is no last word."
#[test]
fn thanks_are_no_last_word() {
    let mut desk = waiting(RULES);
    assert_eq!(desk.at("02 10:00", THANKS), ["02 10:00: public message of customer"]);
    assert_eq!(desk.ticket.silences().len(), 1);
}

#[test]
fn what_was_filed_wrongly_is_put_right() {
    let mut desk = waiting(RULES);
    desk.at(
        "02 10:00",
        r#"{"room": "ticket", "type": "message", "author": "customer", "class": "thanks", "message": "m-1"}"#,
    );
    let file = r#"{"room": "ticket", "type": "reclassify", "message": "m-1", "author": "customer"}"#;
    assert_eq!(desk.at("02 10:10", file).last().map(String::as_str), Some("02 10:10: silence over (customer_silent)"));
}

#[test]
fn it_begins_again_with_every_word_of_the_desk_and_ends_when_nobody_waits_for_him() {
    let mut desk = waiting(RULES);
    let again = desk.at("02 12:00", ANSWER);
    assert_eq!(again.last().map(String::as_str), Some(&*format!("02 12:00: {}", BEGINS.replace("09:30", "12:00"))));
    assert_eq!(desk.ticket.silences().len(), 1);
    assert_eq!(desk.at("02 13:00", GO_ON), ["02 13:00: open", "02 13:00: silence over (customer_silent)"]);
    assert_eq!(desk.next(), None);
}

/// Law 10: no automatic rule closes a ticket while a promise is owed; as soon as none is, it does.
#[test]
fn a_promise_puts_the_closing_off() {
    let mut desk = waiting(RULES);
    desk.at("02 09:40", &promise('a', r#"{"at": "2026-03-09T09:00:00Z"}"#));
    tell_all(&mut desk, 9);
    assert_eq!(desk.wake("08 12:00"), ["08 09:47 by time: closing put off, 1 owed"]);
    let kept = desk.at("08 13:00", &about("fulfil", 'a', ""));
    assert_eq!(kept, ["08 13:00: promise a fulfilled 08 13:00", "08 13:00: closed (customer_silent)"]);
}

#[test]
fn what_was_put_off_is_off_when_he_speaks() {
    let mut desk = waiting(RULES);
    desk.at("02 09:40", &promise('a', r#"{"at": "2026-03-09T09:00:00Z"}"#));
    tell_all(&mut desk, 9);
    desk.wake("08 12:00");
    assert_eq!(desk.at("08 12:30", ASK)[1], "08 12:30: silence over (customer_silent)");
    desk.at("08 13:00", &about("fulfil", 'a', ""));
    assert_eq!(desk.ticket.status(), Some(Status::Pending));
}

#[test]
fn nobody_is_told_what_no_rule_asks_for() {
    let mut desk = waiting(RULES);
    let refused = desk.refused("02 10:00", &told("r-1"));
    assert_eq!(refused, Refusal::Ticket(owed::ticket::Refusal::NobodyToChase {}));
}

/// The effects carry what the host needs: whom, over which channel, in which language, and when it closes.
#[test]
fn the_host_hears_whom_to_tell_and_how() {
    let mut desk = Desk::with(RULES);
    desk.at(
        "02 09:00",
        r#"{"room": "ticket", "type": "open", "requester": "c-1", "about": {"channel": "email", "language": "tr"}}"#,
    );
    desk.at("02 09:20", ANSWER);
    desk.at("02 09:30", WAIT);
    desk.wake("03 10:00");
    for (due, said) in [("03 10:00", "r-1"), ("04 10:30", "r-2"), ("06 10:30:00.000001", "w-1")] {
        desk.at(due, &told(said));
    }
    desk.wake("09 10:00");
    let tasks: Vec<Task> = desk.events.iter().flat_map(effects).map(|effect| effect.task).collect();
    let mut told = Vec::new();
    for task in &tasks {
        match task {
            Task::ChaseCustomer { to, step, closes, late_us, .. } => {
                told.push(format!(
                    "{step:?} {} {:?} until {}, late {late_us}",
                    to.customer,
                    to.language,
                    closes.expect("it closes")
                ));
            }
            Task::TellOfClosing { to, rule } => told.push(format!("closed {} {rule}", to.customer)),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(
        told,
        [
            r#"Remind c-1 Some("tr") until 2026-03-08T09:30:00Z, late 1800000000"#,
            r#"Remind c-1 Some("tr") until 2026-03-08T10:00:00Z, late 1800000000"#,
            r#"Warn c-1 Some("tr") until 2026-03-08T10:30:00Z, late 1"#,
            "closed c-1 customer_silent"
        ]
    );
}

/// A rule of one's own: what is solved is closed after a while, unless the customer has the last word.
#[test]
fn what_is_solved_can_be_closed_by_a_rule_of_ones_own() {
    let rules = r#"{ "calendar": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }, "agreements": [],
        "silence": [{ "name": "solved", "while": { "status": ["solved"] }, "close": "3 business days" }] }"#;
    let mut desk = Desk::with(rules);
    desk.at("06 09:00", OPEN);
    desk.at("06 10:00", SOLVE);
    assert_eq!(desk.next(), None, "he has not been answered");
    desk.at("06 10:10", ANSWER);
    assert_eq!(desk.wake("2026-03-11T10:11:00Z"), ["11 10:10 by time: closed (solved)"]);
}

#[test]
fn a_new_rule_counts_from_when_it_is_heard_of() {
    let rules = r#"{ "editions": [{ "agreement": { "first_response": "4 hours" } },
        { "from": "2026-03-03T00:00:00Z", "calendar": "24x7", "agreement": { "first_response": "4 hours" },
          "customer_silent": { "remind": ["1 day", "2 days"], "warn": "4 days", "close": "6 days" } }] }"#;
    let mut desk = Desk::with(rules);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:20", ANSWER);
    desk.at("02 09:30", WAIT);
    assert!(desk.ticket.silences().is_empty());
    let planned = desk.at("05 09:00", r#"{"room": "ticket", "type": "replan"}"#);
    assert!(planned.last().is_some_and(|line| line.starts_with("05 09:00: silence begins")), "{planned:?}");
}

/// What begins anew has not ended besides.
#[test]
fn a_further_word_to_him_begins_his_silence_again_in_one() {
    let mut desk = waiting(RULES);
    assert_eq!(
        desk.at("02 10:30", ANSWER),
        [
            "02 10:30: public message of agent",
            "02 10:30: silence begins (customer_silent): remind 03 10:30, remind 04 10:30, warn 06 10:30, close 08 10:30"
        ]
    );
}

/// Two editions have a rule of one name: what begins by the later one where the earlier one's no longer counts has not ended besides.
#[test]
fn a_rule_of_the_same_name_takes_a_silence_over_in_one() {
    let edition = |from: &str, status: &str, remind: &str| {
        format!(
            r#"{{ {from} "calendar": "24x7", "agreements": [],
                "silence": [{{ "name": "quiet", "while": {{ "status": ["{status}"] }}, "remind": ["{remind}"] }}] }}"#
        )
    };
    let (early, late) =
        (edition("", "pending", "6 days"), edition(r#""from": "2026-03-03T00:00:00Z","#, "on_hold", "4 days"));
    let mut desk = Desk::with(&format!(r#"{{ "editions": [{early}, {late}] }}"#));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:20", ANSWER);
    assert_eq!(
        desk.at("02 09:30", WAIT).last().map(String::as_str),
        Some("02 09:30: silence begins (quiet): remind 08 09:30")
    );
    let hold = desk.at("03 10:00", r#"{"room": "ticket", "type": "set_status", "status": "on_hold"}"#);
    assert_eq!(hold[1..], ["03 10:00: silence begins (quiet): remind 07 10:00"]);
    assert_eq!(desk.wake("08 10:00"), ["07 10:00 by time: remind due (quiet)"]);
}
