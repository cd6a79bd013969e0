//! # Give me until three
//!
//! An angry caller. The agent does not know, asks for time, and comes back within it; admits what was the desk's own fault; warns him when
//! he goes too far, and owes him all the same. A share of such conversations is reviewed. The story is an article's; its instants are made
//! up. Every figure comes from an event or a query.
//!
//! `cargo run --example callback`

#[path = "story/mod.rs"]
mod story;

use chrono_tz::Tz;
use owed::commitment::{Attempt, Deliverable, Order as Debt, Owner, Promise};
use owed::policy::{Author, Mark, Remedy, Stage};
use owed::ticket::Order;
use owed::{AgentId, ContactId, Name, TeamId};

use story::{Desk, Failure, id};

/// A complaint is acknowledged at once and decided by a date (ISO 10002), and the conversation is looked at within a week.
const RULES: &str = r#"{
  "calendars": { "desk": { "time_zone": "Asia/Kolkata", "weekly": { "mon-sat": ["10:00-19:00"] } } }, "calendar": "desk",
  "metrics": {
    "acknowledged": { "deliverable": { "other": "acknowledgement" }, "start": [{ "fact": "tagged", "tags": ["complaint"] }],
                      "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }] },
    "decided": { "deliverable": "decision", "start": [{ "fact": "tagged", "tags": ["complaint"] }],
                 "stop": [{ "fact": "marked", "what": ["remedy_given", "explained"] }] },
    "reviewed": { "deliverable": "review", "start": [{ "fact": "status", "to": ["closed"] }],
                  "stop": [{ "fact": "marked", "what": ["reviewed"] }] } },
  "agreements": [{ "name": "complaints", "when": { "tags": ["complaint"] },
                   "targets": { "acknowledged": "1 working hour", "decided": "5 business days", "reviewed": "168 hours" } }] }"#;

fn main() -> Result<(), Failure> {
    story("2026-03-02T14:40:00+05:30").map(|said| println!("{}", said.join("\n")))
}

/// What happens if she calls him back then.
pub fn story(call_back: &str) -> Result<Vec<String>, Failure> {
    let mut desk = Desk::new(RULES, Tz::Asia__Kolkata)?;
    let (asha, raj) = (AgentId::new("asha")?, ContactId::new("raj")?);
    let owner = || -> Result<Owner, Failure> { Ok(Owner::from(TeamId::new("desk")?).through(asha.clone())) };
    let mark = |mark| Order::Mark { mark };
    let call = |author, reached| Order::Call { author, reached, how: None };

    desk.take("2026-03-02T11:00:00+05:30", asha.clone(), Order::open(raj.clone()))?;
    desk.take("2026-03-02T11:00:00+05:30", asha.clone(), call(Author::Customer, true))?;
    // "I do not know. Give me until three."
    let promise = Promise::new(id(1), Deliverable::Callback).to(raj.clone()).by("2026-03-02T15:00:00+05:30".parse()?);
    desk.take("2026-03-02T11:10:00+05:30", asha.clone(), promise.owned_by(owner()?))?;
    let complaint = Order::Tag { add: [Name::new("complaint")?].into(), remove: [].into() };
    desk.take("2026-03-02T11:12:00+05:30", asha.clone(), complaint)?;
    desk.take("2026-03-02T11:15:00+05:30", asha.clone(), Order::message(Author::Agent))?;
    desk.owed("what he was told, and what the desk wants of itself");

    // An attempt is on record, and keeps nothing.
    let attempt = Debt::Attempt { commitment: id(1), outcome: Attempt::NotReached, evidence: None };
    desk.take("2026-03-02T14:30:00+05:30", asha.clone(), attempt)?;
    desk.take(call_back, asha.clone(), call(Author::Agent, true))?;
    desk.take(call_back, asha.clone(), Debt::Fulfil { commitment: id(1), evidence: None })?;

    // He shouts. That is one thing, and what is owed to him is another.
    let warned = Mark::Conduct { stage: Stage::Warned, by: asha.clone(), reason: Name::new("insults")? };
    desk.take("2026-03-02T15:10:00+05:30", asha.clone(), mark(warned))?;
    let about = Some(id(1));
    desk.take("2026-03-02T15:15:00+05:30", asha.clone(), mark(Mark::FaultAcknowledged { about, message: None }))?;
    desk.take("2026-03-02T15:15:00+05:30", asha.clone(), mark(Mark::Apologised { about, message: None }))?;
    desk.take(
        "2026-03-02T15:20:00+05:30",
        asha.clone(),
        mark(Mark::RemedyAsked { remedy: Remedy::Refund, message: None }),
    )?;
    desk.owed("after the apology");
    let given = Mark::RemedyGiven { remedy: Remedy::Credit, about, message: None };
    desk.take("2026-03-03T11:00:00+05:30", asha.clone(), mark(given))?;
    desk.take("2026-03-03T11:05:00+05:30", asha.clone(), Order::Solve {})?;
    desk.take("2026-03-03T11:06:00+05:30", asha.clone(), mark(Mark::FeedbackAsked { message: None }))?;
    desk.may_not("2026-03-03T11:07:00+05:30", asha.clone(), mark(Mark::FeedbackAsked { message: None }))?;
    let feedback = Mark::FeedbackGiven { score: 70, safe: None, message: None };
    desk.take("2026-03-04T12:00:00+05:30", raj.clone(), mark(feedback))?;
    desk.take("2026-03-04T12:05:00+05:30", asha.clone(), Order::Close {})?;
    let reviewed = Mark::Reviewed { reviewer: AgentId::new("meera")?, score: 90 };
    desk.take("2026-03-06T16:00:00+05:30", AgentId::new("meera")?, mark(reviewed))?;
    desk.ledger("2026-03-06T16:00:00+05:30")?;
    Ok(desk.said)
}
