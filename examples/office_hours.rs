//! # Nobody answers after hours
//!
//! A writer in Tehran asks five minutes before a shop closes for the holidays, calls and reaches nobody, does not understand the answer, and
//! is silent himself for once. Nothing of it vanishes. The story is an article's; its instants are made up, and so are the dates of the
//! holidays. Every figure comes from an event or a query.
//!
//! `cargo run --example office_hours`

#[path = "story/mod.rs"]
mod story;

use chrono_tz::Tz;
use owed::commitment::{Chase, Deliverable, Order as Debt, Owner, Promise};
use owed::policy::{Author, Mark, Visibility};
use owed::ticket::Order;
use owed::{AgentId, ContactId, MessageRef, Name, TeamId};

use story::{Desk, Failure, id};

/// A shop in Tehran: Saturday to Wednesday, half of Thursday. A call that nobody took owes a call back.
const RULES: &str = r#"{
  "calendars": { "shop": { "time_zone": "Asia/Tehran", "weekly": { "sat-wed": ["09:00-17:00"], "thu": ["09:00-13:00"] },
                           "holidays": ["2026-03-21", "2026-03-22", "2026-03-23", "2026-03-24", "2026-03-26"] } },
  "calendar": "shop", "time_to_answer": "48 hours",
  "metrics": { "call_back": { "deliverable": "callback", "start": [{ "fact": "call", "author": ["customer"], "reached": false }],
                              "stop": [{ "fact": "call", "reached": true }] } },
  "agreements": [{ "name": "shop", "targets": { "first_response": "30 working minutes", "next_response": "2 working hours",
                                                "call_back": "1 working hour" } }] }"#;

fn main() -> Result<(), Failure> {
    story("2026-03-19T12:55:00+03:30").map(|said| println!("{}", said.join("\n")))
}

/// What happens if he writes then.
pub fn story(question: &str) -> Result<Vec<String>, Failure> {
    let mut desk = Desk::new(RULES, Tz::Asia__Tehran)?;
    let (sara, omid) = (AgentId::new("sara")?, ContactId::new("omid")?);
    let owner = Owner::from(TeamId::new("shop")?).through(sara.clone());
    let message = |author, text: &str| -> Result<Order, Failure> {
        Ok(Order::Message {
            author,
            visibility: Visibility::Public,
            class: None,
            message: Some(MessageRef::new(text)?),
        })
    };

    // Five minutes before the holidays. What is left of the half hour is left when the shop opens again.
    desk.take(question, omid.clone(), Order::open(omid.clone()))?;
    desk.owed("what is owed over the holidays");

    // He calls, and nobody answers. That is a fact, too.
    desk.take(
        "2026-03-25T16:30:00+03:30",
        omid.clone(),
        Order::Call { author: Author::Customer, reached: false, how: None },
    )?;
    desk.take("2026-03-28T09:10:00+03:30", sara.clone(), message(Author::Agent, "answer 1")?)?;
    desk.take(
        "2026-03-28T09:20:00+03:30",
        sara.clone(),
        Order::Call { author: Author::Agent, reached: true, how: None },
    )?;

    // What was answered was not clear, and that counts against the answer.
    desk.take("2026-03-28T10:00:00+03:30", omid.clone(), message(Author::Customer, "question 2")?)?;
    let unclear = Mark::Unclear { answer: MessageRef::new("answer 1")?, asked_in: None };
    desk.take("2026-03-28T10:05:00+03:30", sara.clone(), Order::Mark { mark: unclear })?;
    desk.take("2026-03-28T10:30:00+03:30", sara.clone(), message(Author::Agent, "answer 2")?)?;

    // She promises him his money, and needs his account for it. Now it is he who is silent.
    let refund = Promise::new(id(1), Deliverable::Other(Name::new("refund")?))
        .to(omid.clone())
        .within("10 business days".parse()?);
    desk.take("2026-03-28T10:31:00+03:30", sara.clone(), refund.owned_by(owner))?;
    let told = |text: &str| MessageRef::new(text);
    let until = "2026-04-07T12:00:00+03:30".parse()?;
    for (at, step, text) in [
        ("2026-03-28T10:32:00+03:30", Chase::Asked, "mail 1"),
        ("2026-03-31T09:00:00+03:30", Chase::Reminded, "mail 2"),
        ("2026-04-03T09:00:00+03:30", Chase::Reminded, "mail 3"),
        ("2026-04-05T09:00:00+03:30", Chase::Warned { until }, "mail 4"),
    ] {
        desk.take(at, sara.clone(), Debt::Chase { commitment: id(1), step, message: told(text)? })?;
    }
    desk.may_not("2026-04-07T11:00:00+03:30", sara.clone(), Debt::FindAbsent { commitment: id(1) })?;
    desk.take("2026-04-07T12:01:00+03:30", sara.clone(), Debt::FindAbsent { commitment: id(1) })?;
    desk.take("2026-04-07T12:02:00+03:30", sara.clone(), Order::Close {})?;

    // He is back, and it is owed again: what was left when he was found absent.
    desk.take("2026-04-11T10:00:00+03:30", omid.clone(), Order::Reopen {})?;
    desk.take("2026-04-11T10:00:00+03:30", sara.clone(), Debt::TakeUpAgain { commitment: id(1), successor: id(2) })?;
    desk.owed("what is owed when he is back");
    desk.take("2026-04-11T15:00:00+03:30", sara.clone(), Debt::Fulfil { commitment: id(2), evidence: None })?;
    desk.ledger("2026-04-11T15:00:00+03:30")?;
    Ok(desk.said)
}
