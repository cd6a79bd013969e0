//! # A bicycle, promised twice
//!
//! A repair shop without tickets. Mia promises a repair, the deadline passes while nobody looks, she promises again and keeps
//! that. Then the shop asks what it has kept, and what the customer may see. Every figure comes from an event or a query.
//!
//! `cargo run --example promises`

use owed::calendar::Calendar;
use owed::commitment::{Account, Deliverable, Event, Order, Owner, Party, Promise, Recorded};
use owed::{AccountId, AgentId, CommandId, CommitmentId, ContactId, TeamId};
use uuid::Uuid;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let shop: Calendar =
        serde_json::from_str(r#"{ "time_zone": "Europe/Istanbul", "weekly": { "mon-sat": ["09:00-18:00"] } }"#)?;
    let [account, first, second, one, two, three] =
        [0, 1, 2, 3, 4, 5].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    let (first, second) = (CommitmentId(first), CommitmentId(second));
    let (customer, mia) = (ContactId::new("c-17")?, AgentId::new("mia")?);
    let workshop = Owner::from(TeamId::new("workshop")?).through(mia.clone());
    let mut account = Account::new(AccountId(account));

    // Monday, 11:00 in Istanbul. "Twelve hours of work, then you can ride it."
    let bicycle = Promise::new(first, Deliverable::Fix).to(customer.clone());
    let bicycle = bicycle.within("12 working hours".parse()?).owned_by(workshop.clone());
    say(&account
        .handle(&shop, &account.command(CommandId(one), "2026-03-02T08:00:00Z".parse()?, mia.clone(), bicycle))?);
    let wake = account.next_wake().ok_or("something is owed")?;
    println!("wake me at {} ({:?})", wake.at, wake.reason);

    // The shop's computer was off. It looks on Wednesday morning, and the breach stands where it belongs.
    say(&account.wake(&shop, "2026-03-04T06:30:00Z".parse()?));
    for debt in account.ledger().owed() {
        println!("owed: {debt}");
    }

    // "I am sorry. Today at five, for sure." And it is done an hour before.
    let again = Promise::new(second, Deliverable::Fix).to(customer.clone()).by("2026-03-04T14:00:00Z".parse()?);
    let again = again.owned_by(workshop).repairing(first);
    say(&account
        .handle(&shop, &account.command(CommandId(two), "2026-03-04T06:35:00Z".parse()?, mia.clone(), again))?);
    let done = Order::Fulfil { commitment: second, evidence: None };
    say(&account.handle(&shop, &account.command(CommandId(three), "2026-03-04T13:00:00Z".parse()?, mia, done))?);

    println!("in all: {}", account.ledger().count());
    for told in account.ledger().told_to(&Party::from(customer)) {
        println!("the customer sees: {told}");
    }
    Ok(())
}

fn say(events: &[Recorded]) {
    for Recorded { at, noticed, event, .. } in events {
        match event {
            Event::Promised(made) => println!("{at}  promised: {}, due {}", made.deliverable, made.due),
            Event::Breached { due, .. } => println!("{at}  broken: it was due {due}; found out at {noticed}"),
            Event::Superseded { .. } => {
                println!("{at}  the broken one is owed no longer: the new one stands in for it")
            }
            Event::Fulfilled { used, .. } => println!("{at}  done, after {used}"),
            other => println!("{at}  {other:?}"),
        }
    }
}
