//! A deed as the crate is told of it.

use owed::{Command, CommandId, Order};
use serde_json::{Value, json};
use uuid::Uuid;

use super::TICKET;
use super::book::{Book, amount};
use super::facts::{Deed, Due, Promise, Who};
use super::week::{At, Unit, stamp};

pub(crate) fn command(book: &Book, number: usize, at: At, deed: &Deed) -> Command {
    let order: Order = serde_json::from_value(order(book, deed)).unwrap_or_else(|error| panic!("{error}: {deed:?}"));
    let by = if let Deed::Acknowledge(_, who) = deed { who } else { "ada" };
    let by = serde_json::from_value(json!({ "agent": by })).expect("an agent");
    let id = CommandId(Uuid::from_u128(0xC_8000_8000_0000_0000_0000 | number as u128));
    Command { stream: TICKET, id, at: stamp(at), happened: None, by, order }
}

fn order(book: &Book, deed: &Deed) -> Value {
    let of_ticket = |mut order: Value| {
        order["room"] = "ticket".into();
        order
    };
    let of_one = |mut order: Value| {
        order["room"] = "commitment".into();
        order
    };
    let of_ladder = |mut order: Value| {
        order["room"] = "escalation".into();
        order
    };
    match deed {
        Deed::Open { by_customer, priority } => of_ticket(json!({
            "type": "open", "requester": "c-1", "author": if *by_customer { "customer" } else { "agent" },
            "priority": (priority + 1).to_string(),
        })),
        Deed::Says(who) => of_ticket(says(*who)),
        Deed::Status(status) => of_ticket(json!({ "type": "set_status", "status": status })),
        Deed::Priority(priority) => {
            of_ticket(json!({ "type": "set_priority", "priority": (priority + 1).to_string() }))
        }
        Deed::Solve => of_ticket(json!({ "type": "solve" })),
        Deed::Reopen => of_ticket(json!({ "type": "reopen" })),
        Deed::Close => of_ticket(json!({ "type": "close" })),
        Deed::NoReplyNeeded => of_ticket(json!({ "type": "need_no_reply" })),
        Deed::Promise(made) => of_one(promise(made)),
        Deed::Fulfil(id) => of_one(json!({ "type": "fulfil", "commitment": id })),
        Deed::Release(id) => of_one(json!({ "type": "release", "commitment": id, "evidence": "m-1" })),
        Deed::Withdraw(id) => of_one(json!({ "type": "withdraw", "commitment": id, "notice": "m-1" })),
        Deed::Waive(id) => of_one(json!({ "type": "waive", "commitment": id, "evidence": "m-1" })),
        Deed::WriteOff(id) => {
            let authority = json!({ "agent": "lea" });
            of_one(json!({ "type": "write_off", "commitment": id, "authority": authority, "reason": "gone" }))
        }
        Deed::Pause(id, reason, until) => {
            let mut order = json!({ "type": "pause", "commitment": id, "reason": reason, "told": "m-1" });
            if let Some(until) = until {
                order["until"] = json!(stamp(*until));
            }
            of_one(order)
        }
        Deed::Resume(id, reason) => of_one(json!({ "type": "resume", "commitment": id, "reason": reason })),
        Deed::Announce(id) => of_one(json!({ "type": "announce", "commitment": id, "message": "m-1" })),
        Deed::Escalate(ladder, about) => {
            let name = book.ladders[*ladder].name;
            let mut order = json!({ "type": "escalate", "ladder": name, "reason": "look at it" });
            if let Some(about) = about {
                order["commitment"] = json!(about);
            }
            of_ladder(order)
        }
        Deed::Acknowledge(id, _) => of_ladder(json!({ "type": "acknowledge", "escalation": id })),
        Deed::Progress(id) => of_ladder(json!({ "type": "progress", "escalation": id })),
        Deed::Snooze(id, until) => {
            of_ladder(json!({ "type": "snooze", "escalation": id, "until": stamp(*until), "reason": "later" }))
        }
        Deed::Nobody(id, notice) => of_ladder(json!({ "type": "nobody_there", "escalation": id, "notice": notice })),
        Deed::Reached(id, notice) => {
            of_ladder(json!({ "type": "reached", "escalation": id, "notice": notice, "who": "cem" }))
        }
        Deed::Lower(id, to) => {
            let mut order = json!({ "type": "de_escalate", "escalation": id, "justification": "not so bad" });
            if let Some(to) = to {
                order["to"] = json!(to);
            }
            of_ladder(order)
        }
    }
}

fn says(who: Who) -> Value {
    match who {
        Who::Customer => json!({ "type": "message", "author": "customer" }),
        Who::Thanks => json!({ "type": "message", "author": "customer", "class": "thanks" }),
        Who::Agent => json!({ "type": "message", "author": "agent" }),
        Who::Note => json!({ "type": "message", "author": "agent", "visibility": "internal" }),
        Who::Machine => json!({ "type": "message", "author": "automation" }),
    }
}

fn promise(made: &Promise) -> Value {
    let due = match made.due {
        Due::At(at) => json!({ "at": stamp(at) }),
        Due::Within(unit, much) => json!({ "within": amount((unit, much)) }),
    };
    let to = if made.to_customer { json!("c-1") } else { json!({ "team": "second" }) };
    let mut order = json!({
        "type": "promise", "commitment": made.id, "deliverable": "callback", "beneficiary": to,
        "owner": { "team": "desk" }, "due": due,
    });
    let warn: Vec<_> = made.warn.iter().map(|warn| super::warning(*warn)).collect();
    if !warn.is_empty() {
        order["warn"] = json!(warn);
    }
    if let Some((total, once)) = made.allowance {
        order["pausable"] = json!({ "total": amount((Unit::Elapsed, total)) });
        if let Some(once) = once {
            order["pausable"]["once"] = amount((Unit::Elapsed, once)).into();
        }
    }
    if let Some(owes) = made.owes {
        let within = amount((Unit::Elapsed, owes));
        order["breach_owes"] = json!({ "deliverable": "explanation", "within": within, "depth": 1 });
    }
    if let Some(repairs) = made.repairs {
        order["repairs"] = json!(repairs);
    }
    order
}
