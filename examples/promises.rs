//! # A bicycle, promised twice
//!
//! A repair shop without tickets. Mia promises a repair, the deadline passes while nobody looks, she promises again and keeps
//! that. Then the shop asks what it has kept, and what the customer may see. Every figure comes from an event or a query.
//!
//! `cargo run --example promises`

use owed::calendar::Calendar;
use owed::commitment::{Account, Deliverable, Event, Order, Owner, Party, Promise, Recorded};
use owed::{AccountId, AgentId, CommandId, CommitmentId, ContactId, TeamId};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let hours = r#"{ "time_zone": "Europe/Istanbul", "weekly": { "mon-sat": ["09:00-18:00"] } }"#;
    let shop: Calendar = serde_json::from_str(hours)?;
    let id = |n: u128| uuid::Uuid::from_u128(0x8000_8000_0000_0000_0000 | n);
    let (first, second) = (CommitmentId(id(1)), CommitmentId(id(2)));
    let (customer, mia) = (ContactId::new("c-17")?, AgentId::new("mia")?);
    let workshop = Owner::from(TeamId::new("workshop")?).through(mia.clone());
    let mut account = Account::new(AccountId(id(0)));

    // Monday, 11:00 in Istanbul. "Twelve hours of work, then you can ride it."
    let fix = |id| Promise::new(id, Deliverable::Fix).to(customer.clone());
    let bicycle = fix(first).within("12 working hours".parse()?).owned_by(workshop.clone());
    let command = account.command(CommandId(id(3)), "2026-03-02T08:00:00Z".parse()?, mia.clone(), bicycle);
    say(&account.handle(&shop, &command)?);
    let wake = account.next_wake().ok_or("something is owed")?;
    println!("wake me at {} ({:?})", wake.at, wake.reason);

    // The shop's computer was off. It looks on Wednesday morning, and the breach stands where it belongs.
    say(&account.wake(&shop, "2026-03-04T06:30:00Z".parse()?));
    account.ledger().owed().iter().for_each(|debt| println!("owed: {debt}"));

    // "I am sorry. Today at five, for sure." And it is done an hour before.
    let again = fix(second).by("2026-03-04T14:00:00Z".parse()?).owned_by(workshop).repairing(first);
    let command = account.command(CommandId(id(4)), "2026-03-04T06:35:00Z".parse()?, mia.clone(), again);
    say(&account.handle(&shop, &command)?);
    let done = Order::Fulfil { commitment: second, evidence: None };
    let command = account.command(CommandId(id(5)), "2026-03-04T13:00:00Z".parse()?, mia, done);
    say(&account.handle(&shop, &command)?);

    println!("in all: {}", account.ledger().count());
    account.ledger().told_to(&Party::from(customer)).iter().for_each(|told| println!("the customer sees: {told}"));
    Ok(())
}

fn say(events: &[Recorded]) {
    for Recorded { at, noticed, event, .. } in events {
        match event {
            Event::Promised(made) => println!("{at}  promised: {}, due {}", made.deliverable, made.due),
            Event::Breached { due, .. } => println!("{at}  broken: it was due {due}; found out at {noticed}"),
            Event::Superseded { .. } => println!("{at}  owed no longer: the new one stands in for it"),
            Event::Fulfilled { used, .. } => println!("{at}  done, after {used}"),
            other => println!("{at}  {other:?}"),
        }
    }
}
