//! Every order at every stage: taken, or refused with a reason of its own that names the values.

use owed::escalation::{Order as About, StageName};
use owed::{Name, Order, Refusal};

use crate::desk::{Desk, OPEN, t};

const STAGES: [StageName; 6] = [
    StageName::Armed,
    StageName::Notified,
    StageName::Acknowledged,
    StageName::Snoozed,
    StageName::Exhausted,
    StageName::Closed,
];

/// A desk whose one escalation stands there, at 02 12:00.
fn at(stage: StageName) -> Desk {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladders": [{ "name": "breach", "causes": [{ "while": { "priority": ["1"] }, "after": "30 minutes", "rung": 2 }],
             "rungs": [{ "notify": "owner", "wait": "2 hours" }, { "notify": "lead", "wait": "2 hours" }], "hold": "4 hours" }] }"#,
    );
    desk.at("02 09:00", OPEN);
    let begin = if stage == StageName::Armed { "02 11:45" } else { "02 10:30" };
    let begin = if stage == StageName::Exhausted { "02 09:00" } else { begin };
    desk.at(begin, r#"{"room": "ticket", "type": "set_priority", "priority": "1"}"#);
    desk.wake("02 12:00");
    let order = |order: &str, more: &str| {
        format!(r#"{{"room": "escalation", "type": "{order}", "escalation": "^breach"{more}}}"#)
    };
    match stage {
        StageName::Armed | StageName::Notified | StageName::Exhausted => {}
        StageName::Acknowledged => drop(desk.at("02 12:00", &order("acknowledge", ""))),
        StageName::Snoozed => {
            drop(desk.at("02 12:00", &order("snooze", r#", "until": "2026-03-02T13:00:00Z", "reason": "lunch""#)));
        }
        StageName::Closed => drop(desk.at("02 12:00", &order("de_escalate", r#", "justification": "settled""#))),
    }
    let one = desk.ticket.escalations().all().next().expect("one");
    assert_eq!(one.stage.name(), stage);
    desk
}

/// What may be asked of an escalation that there is, as the enum lists it.
fn orders(desk: &Desk) -> Vec<About> {
    let one = desk.ticket.escalations().all().next().expect("one");
    let (escalation, notice, reason) = (one.id, one.notices, Name::new("for a reason").unwrap());
    let all = vec![
        About::ReportReached { escalation, notice, who: owed::AgentId::new("cem").unwrap() },
        About::ReportNobodyThere { escalation, notice },
        About::Acknowledge { escalation },
        About::Progress { escalation },
        About::Snooze { escalation, until: t("02 14:00"), reason: reason.clone() },
        About::HandOver { escalation, tier: 2 },
        About::DeEscalate { escalation, to: Some(1), justification: reason.clone() },
        About::DeEscalate { escalation, to: None, justification: reason },
    ];
    // A new order has to be added above: this does not compile without it.
    for order in &all {
        match order {
            About::ReportReached { .. }
            | About::ReportNobodyThere { .. }
            | About::Acknowledge { .. }
            | About::Progress { .. }
            | About::Snooze { .. }
            | About::HandOver { .. }
            | About::DeEscalate { .. } => {}
            // About no escalation that there is.
            About::Escalate { .. }
            | About::AskForDecision { .. }
            | About::Grant { .. }
            | About::Decline { .. }
            | About::WithdrawRequest { .. } => unreachable!(),
        }
    }
    all
}

/// Where an order is taken, by the chart; where it is not, why.
fn expected(stage: StageName, order: &About) -> Result<StageName, &'static str> {
    use StageName::{Acknowledged, Armed, Closed, Exhausted, Notified, Snoozed};
    if stage == Closed {
        return Err("already_closed");
    }
    match (order, stage) {
        (About::Acknowledge { .. }, Notified | Exhausted) => Ok(Acknowledged),
        (About::Snooze { .. }, Notified | Acknowledged) => Ok(Snoozed),
        (About::Progress { .. }, Acknowledged) => Ok(Acknowledged),
        (About::Acknowledge { .. } | About::Snooze { .. } | About::Progress { .. }, _) => Err("not_there"),
        // The last rung has nobody, and none is above it.
        (About::ReportNobodyThere { .. }, Notified) => Ok(Exhausted),
        // Whoever was reminded is not there either.
        (About::ReportNobodyThere { .. }, Exhausted) => Ok(Exhausted),
        (About::ReportNobodyThere { .. }, _) => Err("not_there"),
        (About::ReportReached { .. }, Armed) => Err("not_there"),
        (About::ReportReached { .. } | About::HandOver { .. }, stage) => Ok(stage),
        // Nobody has heard of it: it will only begin lower.
        (About::DeEscalate { to: Some(_), .. }, Armed) => Ok(Armed),
        (About::DeEscalate { to: Some(_), .. }, _) => Ok(Notified),
        (About::DeEscalate { to: None, .. }, _) => Ok(Closed),
        _ => unreachable!("{order:?}"),
    }
}

#[test]
fn every_order_at_every_stage() {
    let mut lines = 0;
    for stage in STAGES {
        for (index, order) in orders(&at(stage)).into_iter().enumerate() {
            lines += 1;
            let mut desk = at(stage);
            let about = expected(stage, &order);
            let mut command = desk.command("02 12:01", OPEN);
            let id = desk.ticket.escalations().all().next().unwrap().id;
            command.order = Order::Escalation(orders(&desk).remove(index));
            let before = desk.ticket.clone();
            match (desk.handle(&command), about) {
                (Ok(_), Ok(then)) => {
                    let now = desk.ticket.escalations().get(id).unwrap().stage.name();
                    assert_eq!(now, then, "{order:?} at {stage}");
                }
                (Err(refused), Err(code)) => {
                    assert_eq!(refused.why.code(), code, "{order:?} at {stage}");
                    assert!(matches!(refused.why, Refusal::Escalation(_)));
                    assert!(
                        refused.why.to_string().contains(&id.to_string()),
                        "it names the escalation: {}",
                        refused.why
                    );
                    assert_eq!(desk.ticket, before, "a refusal changes nothing");
                }
                (got, about) => panic!("{order:?} at {stage}: {got:?}, not {about:?}"),
            }
        }
    }
    assert_eq!(lines, 6 * 8);
}
