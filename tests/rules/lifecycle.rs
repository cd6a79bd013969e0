//! Own names over the categories, transitions as data, kinds of matters, and reviews by a sample (DESIGN §8, STORIES 4).

use owed::commitment::Verdict;
use owed::policy::{Sample, Status};
use owed::ticket::Refusal as Why;
use owed::{Refusal, Ticket, TicketId};
use uuid::Uuid;

use crate::desk::*;

const LAB: &str = r#"{ "calendar": "24x7",
    "statuses": { "waiting for parts": "on_hold", "with the lab": "on_hold", "in review": "open" },
    "transitions": { "waiting for parts": ["open", "with the lab"], "with the lab": ["in review"], "closed": [] },
    "agreements": [{ "name": "sla", "targets": { "full_resolution": { "budget": "8 hours",
        "pause": [{ "reason": "parts", "when": { "status_name": ["waiting for parts"] } }] } } }] }"#;

fn named(name: &str) -> String {
    format!(r#"{{"room": "ticket", "type": "set_named_status", "name": "{name}"}}"#)
}

fn lab() -> Desk {
    let mut desk = Desk::with(LAB);
    desk.at("02 09:00", OPEN);
    desk
}

#[test]
fn a_name_of_ones_own_stands_over_a_category() {
    let mut desk = lab();
    assert_eq!(
        desk.at("02 10:00", &named("waiting for parts")),
        [
            "02 10:00: on hold",
            "02 10:00: called waiting for parts",
            "02 10:00: full_resolution 1 paused (parts), 7 hours left, until 2027-03-03T10:00:00Z"
        ],
        "a clock can stand by it"
    );
    assert_eq!(desk.ticket.status(), Some(Status::OnHold));
    let called = |desk: &Desk| {
        desk.ticket.standing().and_then(|standing| standing.status_name.clone()).map(|name| name.to_string())
    };
    assert_eq!(called(&desk).as_deref(), Some("waiting for parts"));
    let moved = desk.at("02 11:00", &named("with the lab"));
    assert_eq!(moved[0], "02 11:00: called with the lab", "the category is the same, and has not changed");
    assert!(moved[1].contains("resumed (parts)"), "{moved:?}");
    assert_eq!(desk.at("02 11:00", &named("with the lab")), [""; 0]);
    desk.at("02 12:00", &named("in review"));
    desk.at("02 13:00", WAIT);
    assert_eq!(called(&desk), None, "another category has its own name");
}

#[test]
fn only_what_the_rulebook_lets_follow_follows() {
    let mut desk = lab();
    desk.at("02 10:00", &named("waiting for parts"));
    let refused = desk.refused("02 11:00", WAIT);
    let allowed = ["open", "with the lab"].map(|word| word.parse().expect("a name")).to_vec();
    let (from, to) = ("waiting for parts".into(), "pending".into());
    assert_eq!(refused, Refusal::Ticket(Why::NotAllowed { from, to, allowed }));
    assert_eq!(refused.to_string(), "pending does not follow waiting for parts: there may follow open, with the lab");
    assert_eq!(desk.refused("02 11:00", CLOSE).code(), "not_allowed");
    desk.at("02 11:00", &named("in review")); // a category in the list admits the names over it
    assert_eq!(desk.ticket.status(), Some(Status::Open));
}

/// "And by whom."
#[test]
fn only_whom_the_rulebook_lets_brings_a_ticket_there() {
    let rules = r#"{ "agreements": [], "statuses": { "with the lab": "on_hold" },
        "set_by": { "with the lab": ["agent"], "closed": ["agent", "system"], "on_hold": ["automation"] } }"#;
    let mut desk = Desk::with(rules);
    desk.at("02 09:00", OPEN);
    let by = |desk: &mut Desk, at: &str, order: &str, by: &str| {
        let mut command = desk.command(at, order);
        command.by = serde_json::from_str(by).expect("an actor");
        desk.handle(&command).map(|events| events.len()).map_err(|refused| refused.why.to_string())
    };
    let (ai, customer) = (r#"{"ai": "assistant"}"#, r#"{"customer": "c-1"}"#);
    let no = |to: &str, who: &str, may: &str| Err(format!("no {who} makes a ticket {to}: {may} may"));
    assert_eq!(by(&mut desk, "02 10:00", &named("with the lab"), ai), no("with the lab", "AI", "agent"));
    assert_eq!(by(&mut desk, "02 10:00", &named("with the lab"), r#"{"agent": "ada"}"#), Ok(2));
    assert_eq!(by(&mut desk, "02 10:00", &named("with the lab"), ai), Ok(0), "it stands so already");
    assert_eq!(by(&mut desk, "02 11:00", WAIT, ai), Ok(1), "nothing is said of that");
    assert_eq!(by(&mut desk, "02 12:00", CLOSE, customer), no("closed", "customer", "agent, system"));
    assert_eq!(by(&mut desk, "02 12:00", SOLVE, customer), Ok(1), "solving is never refused");
    assert_eq!(by(&mut desk, "02 12:00", CLOSE, r#"{"system": "nightly"}"#), Ok(1));
    let error = |rules: &str| serde_json::from_str::<owed::Rulebook>(rules).expect_err("wrong").to_string();
    assert_eq!(
        error(r#"{ "agreements": [], "set_by": { "solved": ["agent"], "lost": ["ai"], "closed": [], "open": ["robot"] } }"#)
            .lines()
            .map(|line| line.split(": ").next().unwrap_or_default())
            .collect::<Vec<_>>(),
        ["set_by.solved", "set_by.closed", "set_by.open[0]", "set_by.open", "set_by.lost"]
    );
}

#[test]
fn solving_is_never_refused_by_a_rulebook() {
    let mut desk = lab();
    desk.at("02 10:00", &named("waiting for parts"));
    assert_eq!(desk.at("02 11:00", SOLVE)[0], "02 11:00: solved");
}

#[test]
fn what_follows_nothing_is_not_reopened() {
    let mut desk = lab();
    desk.at("02 10:00", SOLVE);
    desk.at("02 10:00", CLOSE);
    assert_eq!(desk.refused("02 11:00", REOPEN).to_string(), "open does not follow closed: it can only be solved");
}

/// The customer's return asks nobody: what a rule has closed is taken up again whatever the transitions say.
#[test]
fn the_customers_return_asks_nobody() {
    let rules = r#"{ "calendar": "24x7", "agreements": [], "transitions": { "closed": [] },
        "silence": [{ "name": "solved", "while": { "status": ["solved"] }, "close": "1 hour" }] }"#;
    let mut desk = Desk::with(rules);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", ANSWER);
    desk.at("02 09:20", SOLVE);
    desk.wake("02 11:00");
    assert_eq!(desk.ticket.status(), Some(Status::Closed));
    assert_eq!(desk.at("02 12:00", ASK)[0], "02 12:00: reopened");
}

#[test]
fn a_name_that_nobody_has_defined_is_refused() {
    let mut desk = lab();
    assert_eq!(
        desk.refused("02 10:00", &named("lost")).to_string(),
        "there is no status lost; the rulebook defines it under \"statuses\""
    );
    desk.at("02 10:00", SOLVE);
    assert_eq!(desk.refused("02 11:00", &named("in review")).code(), "ended");
}

/// A complaint is a kind of its own: by ISO 10002 acknowledged, assessed, looked into, decided and told, closed.
#[test]
fn a_question_that_becomes_a_complaint_gets_its_steps() {
    let rules =
        r#"{ "calendar": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }, "presets": ["iso_10002"] }"#;
    let mut desk = Desk::with(rules);
    desk.at("02 09:00", r#"{"room": "ticket", "type": "open", "requester": "c-1", "about": {"kind": "question"}}"#);
    assert_eq!(desk.ticket.ledger().open().count(), 0);
    let became = desk.at("02 10:00", r#"{"room": "ticket", "type": "set_kind", "kind": "complaint"}"#);
    assert_eq!(became[0], "02 10:00: kind complaint");
    let owed: Vec<String> = desk.ticket.ledger().owed().iter().map(|owed| owed.deliverable.to_string()).collect();
    assert_eq!(owed, ["acknowledgement", "assessment", "investigation", "decision", "closing, or the next level"]);
    let apology = r#"{"room": "ticket", "type": "mark", "mark": {"what": "apologised"}}"#;
    assert_eq!(desk.at("02 11:00", apology).len(), 1, "an apology is none of them");
}

const REVIEWS: &str = r#"{ "calendar": "24x7",
    "metrics": { "review": { "deliverable": "review", "start": [{ "fact": "status", "to": ["solved"] }],
                             "stop": [{ "fact": "marked", "what": ["reviewed"] }] } },
    "agreements": [{ "name": "quality", "kind": "ola", "owner": { "team": "quality" },
        "when": { "sample": { "per_thousand": 100, "salt": "reviews" } }, "targets": { "review": "72 hours" } }] }"#;

/// "A share of conversations is due a quality review: chosen deterministically (by a hash of the ticket's id), owed by a reviewer by a date,
/// and on the same ledger."
#[test]
fn a_share_of_tickets_is_due_a_review() {
    let sample = Sample { per_thousand: 100, salt: "reviews".parse().expect("a name") };
    let ids = (0..200_u128).map(|number| TicketId(Uuid::from_u128(0x8000_8000_0000_0000_0000 | number)));
    let (chosen, others): (Vec<TicketId>, Vec<TicketId>) = ids.partition(|id| sample.has(*id));
    assert!((10..40).contains(&chosen.len()), "about one in ten: {}", chosen.len());
    for (ids, due) in [(chosen, true), (others, false)] {
        for id in ids.into_iter().take(12) {
            let mut desk = Desk::with(REVIEWS);
            desk.ticket = Ticket::new(id);
            desk.at("02 09:00", OPEN);
            desk.at("02 10:00", SOLVE);
            assert_eq!(desk.ticket.ledger().open().count() == 1, due, "{id}");
            if due {
                let mark = r#"{"room": "ticket", "type": "mark", "mark": {"what": "reviewed", "reviewer": "lea", "score": 80}}"#;
                desk.at("04 10:00", mark);
                assert!(desk.ticket.ledger().all().all(|owed| owed.verdict() == Verdict::Fulfilled));
            }
        }
    }
}
