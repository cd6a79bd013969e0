//! What is kept to the letter of what is written of escalations: how much is too much, and what is stored and loaded.

use owed::escalation::{Ladder, Order as Asks, Supervisor};
use owed::{Name, Recorded, Rulebook, Ticket};
use serde_json::Value;

use super::kept_again::*;
use crate::desk::*;

#[test]
fn two_words_are_a_reason_and_six_signs_of_a_script_without_spaces() {
    let rule = Supervisor::default();
    let is_none = |reason: &str| rule.is_no_reason(&Name::new(reason).expect("a name"));
    assert!(is_none("refunded"));
    assert!(!is_none("refunded already"));
    assert!(is_none("已经退款了"));
    assert!(!is_none("已经全部退款"));
}

#[test]
fn within_how_much_time_an_offer_is_due_is_written_as_it_was_read() {
    let written = |supervisor: &str| {
        let rules = format!(r#"{{ "agreements": [], "supervisor": {{ "within": "20 minutes"{supervisor} }} }}"#);
        let rules: Rulebook = serde_json::from_str(&rules).expect("a rulebook");
        let written = serde_json::to_string(&rules).expect("written");
        assert_eq!(serde_json::from_str::<Rulebook>(&written).expect("a rulebook"), rules);
        written.contains("offer_within")
    };
    assert!(written(r#", "offer_within": "48 hours""#));
    assert!(!written(r#", "offer_within": "720 hours""#), "that is thirty days, as where nothing is written");
}

#[test]
fn a_ladder_has_at_most_thirty_two_rungs() {
    let with = |rungs: usize| {
        let rungs = vec![r#"{ "notify": "lead", "wait": "1 hour" }"#; rungs].join(", ");
        let rules = format!(
            r#"{{ "agreements": [], "ladders": [{{ "name": "high", "causes": ["breached"], "rungs": [{rungs}] }}] }}"#
        );
        serde_json::from_str::<Rulebook>(&rules).map(|_| ()).map_err(|wrong| wrong.to_string())
    };
    let too_many = "ladders[0].rungs: a ladder has at most 32 rungs";
    assert_eq!([31, 32].map(with), [Ok(()), Ok(())]);
    assert_eq!([33, 34].map(with), [Err(too_many.into()), Err(too_many.into())]);
}

#[test]
fn whoever_complains_of_a_number_is_told_what_may_stand_there() {
    let wrong = serde_json::from_str::<Asks>(r#"{ "type": "ask_for_decision", "about": 5 }"#).expect_err("no agent");
    assert!(wrong.to_string().contains("expected an agent, or a list of agents"), "{wrong}");
}

/// A number that no release can know is damage, and nothing that a later release has written.
#[test]
fn a_score_that_is_none_is_told_as_such_in_a_stored_ladder() {
    let ladder = ladder("watch", r#"{ "on": { "fact": "marked", "what": ["feedback"], "score_at_most": 300 } }"#);
    let wrong = serde_json::from_str::<Ladder>(&ladder).expect_err("no score").to_string();
    assert!(wrong.contains("300 is no score"), "{wrong}");
}

#[test]
fn a_ticket_of_which_nobody_had_to_hear_stores_nothing_of_that() {
    let mut desk = watched(URGENT);
    let stores = |desk: &Desk| {
        let stored = serde_json::to_value(&desk.ticket).expect("stored");
        stored.as_object().expect("a map").contains_key("escalations")
    };
    desk.at("02 09:00", OPEN);
    assert!(!stores(&desk));
    desk.at("02 09:10", &priority("1"));
    assert!(stores(&desk));
}

/// How many rungs in a row had nobody is known after loading, too.
#[test]
fn what_was_told_to_nobody_is_stored() {
    let mut desk = watched(URGENT);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", &priority("1"));
    desk.at("02 09:11", &order("nobody_there", r#", "escalation": "^watch", "notice": 1"#));
    assert_eq!(desk.ticket.escalations().live().next().expect("it is live").nobody, 1);
    let stored = serde_json::to_string(&desk.ticket).expect("stored");
    assert_eq!(serde_json::from_str::<Ticket>(&stored).expect("loaded"), desk.ticket);
}

/// The same events, each changed as it is stored.
fn replayed(desk: &Desk, change: impl Fn(&mut Value)) -> Ticket {
    let stored = desk.events.iter().map(|recorded| {
        let mut event = serde_json::to_value(recorded).expect("stored");
        change(&mut event["event"]);
        serde_json::from_value(event).expect("an event")
    });
    Ticket::replay(desk.ticket.id(), &stored.collect::<Vec<Recorded>>())
}

#[test]
fn a_cause_that_there_is_not_goes_without_a_trace() {
    let mut desk = watched(&format!(r#"{URGENT}, {{ "while": {{ "tags": ["vip"] }} }}"#));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", &priority("1"));
    desk.at("02 09:20", VIP);
    desk.at("02 09:30", &priority("2"));
    let causes = |ticket: &Ticket| ticket.escalations().live().map(|one| one.causes.len()).sum::<usize>();
    assert_eq!(causes(&desk.ticket), 1);
    let another = replayed(&desk, |event| {
        if event["type"] == "cause_gone" {
            event["cause"] = Value::from(2);
        }
    });
    assert_eq!(causes(&another), 2);
}

/// Before reminders had a number, none was given: the last one is still that of the notice before.
#[test]
fn what_was_exhausted_without_a_number_leaves_the_last_one() {
    let mut desk = watched(URGENT);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", &priority("1"));
    desk.wake("02 12:20");
    let last = |ticket: &Ticket| ticket.escalations().unhandled().next().expect("it is exhausted").notices;
    assert_eq!(last(&desk.ticket), 4);
    let earlier = replayed(&desk, |event| {
        if event["type"] == "exhausted" {
            event.as_object_mut().expect("a map").remove("notice").expect("a number");
        }
    });
    assert_eq!(last(&earlier), 3);
}
