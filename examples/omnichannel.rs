//! # The five tips
//!
//! One conversation over a chat, a public post and the telephone. A machine answers at once and has answered nothing; it announces a deadline,
//! and that is a promise; the customer asks for a human being; a helper from outside carries a part of it, and the desk stays answerable. The
//! story is an article's; its instants are made up. Every figure comes from an event or a query.
//!
//! `cargo run --example omnichannel`

#[path = "story/mod.rs"]
mod story;

use chrono_tz::Tz;
use owed::commitment::{Actor, Deliverable, Order as Debt, Owner, Party, Promise};
use owed::policy::{Author, Mark, Remedy};
use owed::ticket::{About, Channel, Order};
use owed::{AgentId, ContactId, Name, TeamId};

use story::{Desk, Failure, id};

/// Seconds in a chat, minutes in public, hours by mail. A language model's answer counts in a chat.
const RULES: &str = r#"{
  "agreements": [
    { "name": "chat", "when": { "channel": ["chat"] }, "targets": { "first_response": { "budget": "40 seconds",
        "also": [{ "fact": "message", "author": ["ai"], "visibility": ["public"] }] }, "next_response": "2 minutes" } },
    { "name": "public", "when": { "channel": ["social"] }, "targets": { "first_response": "30 minutes", "next_response": "30 minutes" } },
    { "name": "mail", "targets": { "first_response": "4 hours", "next_response": "8 hours" } } ],
  "ladders": [{ "name": "unhappy", "causes": [{ "on": { "fact": "marked", "what": ["feedback_given"], "score_at_most": 40 } }],
                "rungs": [{ "notify": "lead", "wait": "4 hours" }] }] }"#;

fn main() -> Result<(), Failure> {
    story("2026-03-02T10:00:35+03:00").map(|said| println!("{}", said.join("\n")))
}

/// What happens if the language model answers then.
pub fn story(answer: &str) -> Result<Vec<String>, Failure> {
    let mut desk = Desk::new(RULES, Tz::Europe__Istanbul)?;
    let (ece, can) = (ContactId::new("ece")?, AgentId::new("can")?);
    let bot = |name: &str| -> Result<Actor, Failure> { Ok(Actor::Automation(Name::new(name)?)) };
    let model = Actor::Ai(Name::new("helper")?);
    let owner = Owner::from(TeamId::new("desk")?).through(can.clone());

    // A chat. The machine says "we have your message", which is no answer.
    let about = About { channel: Some(Channel::Chat), ..About::default() };
    let Order::Open { requester, author, priority, message, .. } = Order::open(ece.clone()) else {
        return Err("an opening".into());
    };
    let open = Order::Open { requester, author, priority, message, about: Box::new(about) };
    desk.take("2026-03-02T10:00:00+03:00", ece.clone(), open)?;
    desk.take("2026-03-02T10:00:01+03:00", bot("greeter")?, Order::message(Author::Automation))?;
    desk.owed("what is owed after the automatic reply");
    // A language model's answer counts here, until the customer asks for somebody.
    desk.take(answer, model.clone(), Order::message(Author::Ai))?;
    desk.take("2026-03-02T10:01:00+03:00", ece.clone(), Order::message(Author::Customer))?;
    desk.take("2026-03-02T10:01:00+03:00", ece.clone(), Order::AskForHuman {})?;
    desk.take("2026-03-02T10:01:10+03:00", model, Order::message(Author::Ai))?;

    // The machine announces a deadline: whoever said it, the desk is bound.
    let promise =
        Promise::new(id(1), Deliverable::Reply).to(ece.clone()).within("1 hour".parse()?).owned_by(owner.clone());
    desk.take("2026-03-02T10:02:00+03:00", bot("greeter")?, promise)?;

    // The chat ends unanswered, and she posts it for everybody to read.
    desk.take("2026-03-02T10:10:00+03:00", ece.clone(), Order::SetChannel { channel: Some(Channel::Social) })?;
    desk.take("2026-03-02T10:20:00+03:00", can.clone(), Order::message(Author::Agent))?;
    desk.take("2026-03-02T10:20:00+03:00", can.clone(), Debt::Fulfil { commitment: id(1), evidence: None })?;

    // An exchange, carried by a courier from outside.
    let exchange = Promise::new(id(2), Deliverable::Replacement).to(ece.clone());
    desk.take(
        "2026-03-02T10:21:00+03:00",
        can.clone(),
        exchange.by("2026-03-04T18:00:00+03:00".parse()?).owned_by(owner.clone()),
    )?;
    desk.take(
        "2026-03-02T10:21:00+03:00",
        can.clone(),
        Order::Mark { mark: Mark::RemedyAsked { remedy: Remedy::Refund, message: None } },
    )?;
    let part = Promise::new(id(3), Deliverable::Other(Name::new("delivery")?)).to(Party::Team(TeamId::new("desk")?));
    let part = part.by("2026-03-04T15:00:00+03:00".parse()?).owned_by(owner);
    let given_on = Debt::Delegate { commitment: id(2), promise: Box::new(part) };
    desk.take("2026-03-02T10:22:00+03:00", can.clone(), given_on)?;
    desk.sleep_until("2026-03-04T15:00:00.000001+03:00")?;
    desk.owed("what is owed when the courier is late");
    desk.take("2026-03-04T17:00:00+03:00", can.clone(), Debt::Fulfil { commitment: id(3), evidence: None })?;
    desk.take("2026-03-04T17:00:00+03:00", can.clone(), Debt::Fulfil { commitment: id(2), evidence: None })?;
    let given = Mark::RemedyGiven { remedy: Remedy::Exchange, about: Some(id(2)), message: None };
    desk.take("2026-03-04T17:00:00+03:00", can.clone(), Order::Mark { mark: given })?;

    // She is asked, once, and what she says is heard.
    desk.take("2026-03-04T17:05:00+03:00", can.clone(), Order::Solve {})?;
    desk.take("2026-03-04T17:06:00+03:00", can.clone(), Order::Mark { mark: Mark::FeedbackAsked { message: None } })?;
    let feedback = Mark::FeedbackGiven { score: 30, safe: None, message: None };
    desk.take("2026-03-05T09:00:00+03:00", ece.clone(), Order::Mark { mark: feedback })?;
    desk.ledger("2026-03-05T09:00:00+03:00")?;
    Ok(desk.said)
}
