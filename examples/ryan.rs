//! # Ryan's backup
//!
//! A customer asks his web host to restore his data. He is promised it three times, by three people who had no way of knowing that there
//! are no backups; he waits on the line; a supervisor is refused. The story is an article's; its instants are made up. Every figure comes
//! from an event or a query.
//!
//! `cargo run --example ryan`

#[path = "story/mod.rs"]
mod story;

use chrono_tz::Tz;
use owed::commitment::{Deliverable, Order as Debt, Owner, Promise};
use owed::escalation::Order as Climb;
use owed::policy::{Author, Mark};
use owed::ticket::Order;
use owed::{AgentId, ContactId, MessageRef, Name, TeamId};

use story::{Desk, Failure, id};

/// Nobody waits on the line for more than a quarter of an hour, and who asks for a supervisor has an answer within half an hour.
const RULES: &str = r#"{
  "agreements": [{ "name": "hotline", "targets": { "hold_time": { "budget": "15 minutes", "ladder": "waiting" } } }],
  "ladders": [{ "name": "waiting", "causes": ["breached"], "rungs": [{ "notify": "floor lead", "wait": "1 hour" }] }],
  "supervisor": { "within": "30 minutes", "owner": { "team": "supervisors" } } }"#;

fn main() -> Result<(), Failure> {
    story("2026-03-07T10:00:00+01:00").map(|said| println!("{}", said.join("\n")))
}

/// What happens if the first promise is made then.
pub fn story(first_promise: &str) -> Result<Vec<String>, Failure> {
    let mut desk = Desk::new(RULES, Tz::Europe__Zurich)?;
    let agent = |name: &str| AgentId::new(name);
    let (ryan, message) = (ContactId::new("ryan")?, |text: &str| MessageRef::new(text));
    let owned =
        |name: &str| -> Result<Owner, Failure> { Ok(Owner::from(TeamId::new("hotline")?).through(agent(name)?)) };
    let restore = |n| Promise::new(id(n), Deliverable::Restore).to(ryan.clone());
    let call = || Order::Call { author: Author::Customer, reached: true, how: None };

    desk.take("2026-03-05T10:00:00+01:00", agent("ann")?, Order::open(ryan.clone()))?;

    // "24 to 48 hours, at most."
    desk.take(first_promise, agent("ann")?, call())?;
    desk.take(first_promise, agent("ann")?, restore(1).within("48 hours".parse()?).owned_by(owned("ann")?))?;
    desk.owed("what Ryan was told");

    // A date and an hour.
    desk.take("2026-03-09T11:00:00+01:00", agent("bob")?, call())?;
    let promise = restore(2).by("2026-03-10T15:00:00+01:00".parse()?).owned_by(owned("bob")?).repairing(id(1));
    desk.take("2026-03-09T11:00:00+01:00", agent("bob")?, promise)?;

    // "Within six hours."
    desk.take("2026-03-10T16:00:00+01:00", agent("cem")?, call())?;
    let promise = restore(3).within("6 hours".parse()?).owned_by(owned("cem")?).repairing(id(2));
    desk.take("2026-03-10T16:00:00+01:00", agent("cem")?, promise)?;

    // He calls, waits, and hears that there is no backup at all.
    desk.take("2026-03-11T06:35:00+01:00", agent("dora")?, Order::HoldLine {})?;
    desk.take("2026-03-11T07:00:00+01:00", agent("dora")?, Order::PickUpLine {})?;
    desk.take("2026-03-11T07:00:00+01:00", agent("dora")?, call())?;
    let impossible = Debt::DeclareImpossible { commitment: id(3), notice: message("call 5")? };
    desk.take("2026-03-11T07:00:00+01:00", agent("dora")?, impossible)?;

    // He asks for a supervisor, and is told that they are too busy.
    let ask = Climb::AskForDecision { about: vec![agent("dora")?], message: Some(message("call 5")?) };
    desk.take("2026-03-11T07:15:00+01:00", agent("dora")?, ask)?;
    let offer = Promise::new(id(4), Deliverable::Callback).to(ryan.clone()).by("2026-03-12T09:00:00+01:00".parse()?);
    let offer = Box::new(offer.owned_by(owned("eve")?));
    let busy = Climb::Decline { reason: Name::new("too busy")?, offer, told: message("call 5")? };
    desk.may_not("2026-03-11T07:16:00+01:00", agent("eve")?, busy)?;

    // Passed on to billing, he waits again; and nobody decides.
    desk.take(
        "2026-03-11T07:20:00+01:00",
        agent("dora")?,
        Order::Mark { mark: Mark::Transferred { to: Some(TeamId::new("billing")?) } },
    )?;
    desk.take("2026-03-11T07:20:00+01:00", agent("dora")?, Order::HoldLine {})?;
    desk.take("2026-03-11T07:40:00+01:00", agent("fay")?, Order::PickUpLine {})?;
    desk.sleep_until("2026-03-11T07:50:00+01:00")?;
    desk.owed("what is owed when he cancels");
    desk.may_not("2026-03-11T07:50:00+01:00", agent("fay")?, Order::Close {})?;

    // He leaves, and insists on nothing any more. What was broken stays so.
    let open: Vec<_> = desk.ticket.ledger().open().map(|owed| (owed.id, owed.breach.is_some())).collect();
    for (commitment, broken) in open {
        let evidence = message("his letter")?;
        let order = if broken { Debt::Waive { commitment, evidence } } else { Debt::Release { commitment, evidence } };
        desk.take("2026-03-11T08:00:00+01:00", ryan.clone(), order)?;
    }
    desk.take("2026-03-11T08:00:00+01:00", agent("fay")?, Order::Close {})?;
    desk.ledger("2026-03-11T08:00:00+01:00")?;
    Ok(desk.said)
}
