//! # A desk of three people
//!
//! An e-mail comes on Friday, twenty minutes before the desk closes. Ada answers on Monday and promises a solution by Tuesday noon; Ben
//! takes over and keeps it, and the customer says thanks. Every figure comes from an event or a query.
//!
//! `cargo run --example small_desk`

use owed::calendar::Tz;
use owed::commitment::{Deliverable, Event as Fact, Order as About, Owner, Promise};
use owed::policy::Author;
use owed::report::{explain, statements};
use owed::ticket::{Event as Turn, Order};
use owed::{
    AgentId, Command, CommandId, CommitmentId, ContactId, Event, Recorded, Rulebook, TeamId, Ticket, TicketId,
    Timestamp,
};
use uuid::Uuid;

const RULES: &str = r#"{
  "calendar": { "time_zone": "Europe/Istanbul", "weekly": { "mon-fri": ["09:00-12:30", "13:30-18:00"] }, "holidays": ["2026-03-20"] },
  "agreement": { "first_response": "4 working hours", "next_response": "8 working hours", "resolution": "5 business days" },
  "remind": { "owner": "1 working hour before", "desk": "at breach" } }"#;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    story("2026-03-06T17:40:00+03:00").map(|said| println!("{}", said.join("\n")))
}

/// What happens if the e-mail comes then.
pub fn story(mail: &str) -> Result<Vec<String>, Failure> {
    let ticket = Ticket::new(TicketId(uuid(0)));
    let mut desk = Desk { ticket, rules: serde_json::from_str(RULES)?, said: Vec::new() };
    let (mia, ada, ben) = (ContactId::new("mia")?, AgentId::new("ada")?, AgentId::new("ben")?);
    let (team, fix) = (TeamId::new("desk")?, CommitmentId(uuid(99)));

    desk.take(1, mail, &ada, Order::open(mia.clone()))?;
    desk.said.extend(explain(&desk.ticket, &desk.rules, mail.parse()?).map(|explained| explained.to_string()));

    desk.take(2, "2026-03-09T10:05:00+03:00", &ada, Order::message(Author::Agent))?;
    let promise = Promise::new(fix, Deliverable::Fix).to(mia).by("2026-03-10T12:00:00+03:00".parse()?);
    let promise = promise.owned_by(Owner::from(team.clone()).through(ada.clone()));
    desk.take(3, "2026-03-09T10:06:00+03:00", &ada, promise)?;
    let owner = Owner::from(team).through(ben.clone());
    desk.take(4, "2026-03-09T17:30:00+03:00", &ada, Order::Assign { to: Some(owner.clone()) })?;
    desk.take(5, "2026-03-09T17:30:00+03:00", &ada, About::HandOver { commitment: fix, owner })?;
    desk.said.extend(desk.ticket.ledger().owed().iter().map(|debt| format!("owed: {debt}")));

    desk.take(6, "2026-03-10T11:50:00+03:00", &ben, About::Fulfil { commitment: fix, evidence: None })?;
    desk.take(7, "2026-03-10T11:50:00+03:00", &ben, Order::Solve {})?;
    desk.take(8, "2026-03-10T12:10:00+03:00", &ben, Order::thanks())?;
    let wake = desk.ticket.next_wake().map(|wake| wall(wake.at));
    desk.said.push(format!("wake me: {}", wake.as_deref().unwrap_or("never, nothing is owed")));
    for one in statements(&desk.ticket, &desk.rules, "2026-03-10T12:10:00+03:00".parse()?) {
        let line =
            format!("{:?} {}: {}, {} of {} used", one.binding, one.deliverable, one.verdict, one.used, one.budget);
        desk.said.push(line.to_lowercase());
    }
    Ok(desk.said)
}

struct Desk {
    ticket: Ticket,
    rules: Rulebook,
    said: Vec<String>,
}

impl Desk {
    /// What a host does: it hands a command in, and stores what comes of it. This one says it.
    fn take(&mut self, id: u128, at: &str, by: &AgentId, order: impl Into<owed::Order>) -> Result<(), Failure> {
        let command = Command::new(self.ticket.id(), CommandId(uuid(id)), at.parse()?, by.clone(), order);
        let events = self.ticket.handle(&self.rules, &command)?;
        self.said.extend(events.iter().filter_map(say));
        Ok(())
    }
}

fn say(Recorded { at, event, .. }: &Recorded) -> Option<String> {
    let said = match event {
        Event::Ticket(Turn::Opened { requester, .. }) => format!("{requester} writes"),
        Event::Ticket(Turn::MessageAdded { author, .. }) => format!("{author} writes"),
        Event::Commitment(Fact::Promised(made)) => {
            format!("{:?} of a {}, due {}", made.binding, made.deliverable, wall(made.due))
        }
        Event::Commitment(Fact::HandedOver { owner, .. }) => format!("{owner} answers for it now"),
        Event::Commitment(Fact::Fulfilled { used, .. }) => format!("kept, after {used}"),
        Event::Commitment(Fact::Breached { .. }) => "BROKEN".into(),
        _ => return None,
    };
    Some(format!("{}  {said}", wall(*at)))
}

fn wall(at: Timestamp) -> String {
    at.to_utc().with_timezone(&Tz::Europe__Istanbul).format("%a %d %b %H:%M").to_string()
}

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(0x8000_8000_0000_0000_0000 | n)
}
