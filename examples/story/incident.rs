//! What a host does that has an incident, for the example that tells one: it hands orders in, wakes the incident when it is time, hands what it
//! orders to the linked ticket, and says what comes of it.

use chrono_tz::Tz;
use owed::commitment::{Actor, Commitment, Event as Fact, VoidCause};
use owed::escalation::Event as Climb;
use owed::incident::envelope::{Command, Event, Order, Recorded, Refused};
use owed::incident::{Event as Turn, Incident, Notice};
use owed::policy::Value;
use owed::ticket::Event as TicketTurn;
use owed::{CommandId, ContactId, IncidentId, Rulebook, Task, Ticket, TicketId, Timestamp, effects};
use uuid::Uuid;

pub type Failure = Box<dyn std::error::Error>;

/// An incident, a ticket that may be about it, their rules, and what has been said of both.
pub struct Desk {
    pub incident: Incident,
    pub ticket: Ticket,
    rules: Rulebook,
    zone: Tz,
    commands: u128,
    pub said: Vec<String>,
}

impl Desk {
    pub fn new(rules: &str, zone: Tz) -> Result<Self, Failure> {
        let (incident, ticket) = (Incident::new(IncidentId(uuid(1))), Ticket::new(TicketId(uuid(2))));
        Ok(Self { incident, ticket, rules: serde_json::from_str(rules)?, zone, commands: 100, said: Vec::new() })
    }

    /// Another incident begins; what was said stays said.
    pub fn next_incident(&mut self) {
        self.incident = Incident::new(IncidentId(uuid(3)));
    }

    /// What somebody does, and what comes of it. Time that has passed till then is told first.
    pub fn take(&mut self, at: &str, by: impl Into<Actor>, order: impl Into<Order>) -> Result<(), Failure> {
        let events = self.hand_in(at, by.into(), order.into())??;
        self.tell(&events)
    }

    /// What somebody tries, and may not. Why not is said.
    pub fn may_not(&mut self, at: &str, by: impl Into<Actor>, order: impl Into<Order>) -> Result<(), Failure> {
        let Err(refused) = self.hand_in(at, by.into(), order.into())? else { return Err("it was taken".into()) };
        self.tell(&refused.meanwhile)?;
        let why = refused.why.to_string();
        let why = why.split(": ").next().unwrap_or_default();
        self.said.push(format!("{}  refused: {why}", self.wall(at.parse()?)));
        Ok(())
    }

    /// The host wakes the incident each time it has asked for it.
    pub fn sleep_until(&mut self, until: &str) -> Result<(), Failure> {
        let until: Timestamp = until.parse()?;
        let mut events = Vec::new();
        while let Some(wake) = self.incident.next_wake().filter(|wake| wake.at <= until) {
            events.extend(self.incident.wake(&self.rules, wake.at));
        }
        self.tell(&events)
    }

    /// The order of somebody about the ticket, and what comes of it.
    pub fn on_the_ticket(&mut self, at: &str, by: Actor, order: impl Into<owed::Order>) -> Result<(), Failure> {
        let id = self.next_id();
        let command = owed::Command::new(self.ticket.id(), id, at.parse()?, by, order);
        for recorded in self.ticket.handle(&self.rules, &command)? {
            let said = match &recorded.event {
                owed::Event::Escalation(Climb::Notified(notice)) => {
                    format!("the {} is told ({})", notice.role, notice.ladder)
                }
                owed::Event::Ticket(TicketTurn::FieldSet { field, to: Some(Value::Number(number)), .. }) => {
                    format!("on the ticket: {field} is {number}")
                }
                owed::Event::Ticket(TicketTurn::Opened { requester, .. }) => format!("{requester} opens a ticket"),
                owed::Event::Ticket(TicketTurn::MessageAdded { author, .. }) => {
                    format!("on the ticket: {author} writes")
                }
                _ => continue,
            };
            self.said.push(format!("{}  {said}", self.wall(recorded.at)));
        }
        Ok(())
    }

    /// Who has been told, who not, and who too late.
    pub fn report(&mut self, at: &str) -> Result<(), Failure> {
        let at = at.parse()?;
        self.said.push(format!("— {}: {}", self.wall(at), self.incident.report(at)));
        let notices: Vec<_> = self.incident.notices(at).map(|(who, notice)| (who.clone(), notice)).collect();
        for (who, notice) in notices {
            self.said.push(format!("  {who}: {}", self.say_notice(notice)));
        }
        Ok(())
    }

    /// What is owed still, and what became of all that ever was.
    pub fn ledger(&mut self, heading: &str) {
        self.said.push(format!("— {heading}"));
        let owed: Vec<_> = self.incident.ledger().owed().into_iter().cloned().collect();
        for debt in owed {
            let late = if debt.breach.is_some() { ", and is late" } else { "" };
            let line = format!("  owed: {} by {} ({}){late}", what(&debt), self.wall(debt.due), debt.owner);
            self.said.push(line);
        }
        self.said.push(format!("  {}", self.incident.ledger().count()));
        let wake = self.incident.next_wake().map(|wake| self.wall(wake.at));
        self.said.push(format!("  wake me: {}", wake.as_deref().unwrap_or("never, nothing is waited for")));
    }

    fn hand_in(&mut self, at: &str, by: Actor, order: Order) -> Result<Result<Vec<Recorded>, Refused>, Failure> {
        let command = Command::new(self.incident.id(), self.next_id(), at.parse()?, by, order);
        Ok(self.incident.handle(&self.rules, &command))
    }

    fn next_id(&mut self) -> CommandId {
        self.commands += 1;
        CommandId(uuid(self.commands))
    }

    /// What has happened, and what there is to do. Of updates that are missed one after the other, how many is said, and not each.
    fn tell(&mut self, events: &[Recorded]) -> Result<(), Failure> {
        let missed = |recorded: &&Recorded| {
            let of_series = self.owed(&recorded.event).is_some_and(|owed| owed.terms.series.is_some());
            of_series && matches!(recorded.event, Event::Commitment(Fact::Breached { .. }))
        };
        let rounds: Vec<_> = events.iter().filter(missed).map(|recorded| recorded.at).collect();
        if let (Some(first), Some(last)) = (rounds.first(), rounds.last()) {
            let (number, first, last) = (rounds.len(), self.wall(*first), self.wall(*last));
            self.said.push(format!(
                "{first} to {last}  BROKEN: {number} updates to everybody affected, one after the other"
            ));
        }
        for recorded in events {
            let goes_on = self.owed(&recorded.event).is_some_and(|owed| owed.terms.series.is_some());
            if let Some(said) = self.say(&recorded.event).filter(|_| !goes_on || rounds.is_empty()) {
                self.said.push(format!("{}  {said}", self.wall(recorded.at)));
            }
            for effect in effects(recorded) {
                self.carry_out(recorded, effect.task)?;
            }
        }
        Ok(())
    }

    fn carry_out(&mut self, recorded: &Recorded, task: Task) -> Result<(), Failure> {
        match task {
            Task::Tell { customer, what, channel, language, again, .. } => {
                let channel = channel.map(|channel| format!(" by {channel}")).unwrap_or_default();
                let language = language.map(|language| format!(" in {language}")).unwrap_or_default();
                let again = if again { ", and not the way it was sent before" } else { "" };
                self.said.push(format!("    to be sent to {customer}{channel}{language}: {what}{again}"));
            }
            Task::OrderTicket { order, .. } => {
                let by = recorded.by.clone().ok_or("somebody ordered it")?;
                self.on_the_ticket(&recorded.at.to_string(), by, owed::ticket::Order::clone(&order))?;
            }
            _ => {}
        }
        Ok(())
    }

    fn owed(&self, event: &Event) -> Option<&Commitment> {
        match event {
            Event::Incident(_) => None,
            Event::Commitment(fact) => self.incident.ledger().get(fact.commitment()),
        }
    }

    fn say(&self, event: &Event) -> Option<String> {
        let fact = match event {
            Event::Incident(turn) => return say_turn(turn),
            Event::Commitment(fact) => fact,
        };
        let what = what(self.owed(event)?);
        Some(match fact {
            Fact::Promised(made) => format!("owed: {what}, due {}", self.wall(made.due)),
            Fact::Breached { due, .. } => format!("BROKEN: {what}, due {}", self.wall(*due)),
            Fact::Fulfilled { .. } => format!("kept: {what}"),
            Fact::DeliveredLate { .. } => format!("done, and late: {what}"),
            Fact::Corrected { .. } => format!("kept after all: {what}"),
            Fact::Voided { cause: VoidCause::Retracted { .. }, .. } => format!("taken back: {what}"),
            Fact::Voided { cause, .. } => format!("not owed: {what}, {cause}"),
            Fact::HorizonReached { .. } => "the updates have come to their horizon".into(),
            _ => return None,
        })
    }

    fn say_notice(&self, notice: Notice) -> String {
        match notice {
            Notice::Told { at } => format!("told {}", self.wall(at)),
            Notice::ToldLate { at, due } => format!("told {}, too late (due {})", self.wall(at), self.wall(due)),
            Notice::NotYet { due } => format!("not told yet, due {}", self.wall(due)),
            Notice::Overdue { due } => format!("NOT TOLD, due {}", self.wall(due)),
            Notice::NotOwed => "owed no notice".into(),
        }
    }

    /// An instant on the company's wall.
    pub fn wall(&self, at: Timestamp) -> String {
        let at = at.to_utc().with_timezone(&self.zone);
        let seconds = if at.format("%S").to_string() == "00" { "" } else { ":%S" };
        at.format(&format!("%a %d %b %H:%M{seconds}")).to_string()
    }
}

fn what(owed: &Commitment) -> String {
    format!("{} to {}", owed.deliverable, owed.beneficiary)
}

fn say_turn(turn: &Turn) -> Option<String> {
    Some(match turn {
        Turn::Declared(declared) => format!("declared, severity {}, led by {}", declared.severity, declared.lead),
        Turn::Affected { customers } => {
            let names: Vec<_> = customers.iter().map(|affected| affected.customer.to_string()).collect();
            format!("affected: {}", names.join(", "))
        }
        Turn::Asked { customer, .. } => format!("{customer} asks"),
        Turn::Updated { answers: true, .. } => "news for everybody, which answers what they asked".into(),
        Turn::Updated { .. } => "news for everybody".into(),
        Turn::Apologised { .. } => "the company apologises".into(),
        Turn::Linked { customer, .. } => format!("the ticket of {customer} is about it"),
        Turn::Learned { customer, .. } => format!("more is known of {customer}"),
        Turn::WayChanged { customer, .. } => format!("{customer} is spoken with in another way"),
        Turn::Resolved { .. } => "it is over".into(),
        Turn::Heard { customer, safe: true, .. } => format!("{customer}: \"I am safe\""),
        Turn::Heard { customer, .. } => format!("{customer}: \"I am not safe\""),
        Turn::Repaired { customer, .. } => format!("what was wrong with the account of {customer} is mended"),
        Turn::Reviewed { .. } => "they look back at how it went".into(),
        Turn::Closed {} => "closed".into(),
        _ => return None,
    })
}

/// Whom, by the host's reference.
pub fn who(name: &str) -> Result<ContactId, Failure> {
    Ok(ContactId::new(name)?)
}

pub fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(0x8000_8000_0000_0000_0000 | n)
}
