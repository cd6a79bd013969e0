//! A host with one incident: it hands in orders, wakes when it is to, stores what comes back, and says that in short lines.

use owed::commitment::{Actor, Event as Fact, Happened, Order as Debt, Stamp};
use owed::incident::envelope::{Command, Event, Order, Recorded, Refusal};
use owed::incident::{self, Affected, Declare, Incident, Mending, Order as Ask, Owes, Target, Telling, Updates, Whom};
use owed::{
    AgentId, CommandId, CommitmentId, ContactId, IncidentId, MessageRef, Name, Rulebook, SeriesId, TicketId, Timestamp,
};
use uuid::Uuid;

pub(crate) const ONE: IncidentId = IncidentId(uuid(1));
pub(crate) const TWO: IncidentId = IncidentId(uuid(2));

pub(crate) const fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(0x8000_8000_0000_0000_0000 | n)
}

pub(crate) struct Host {
    pub(crate) incident: Incident,
    pub(crate) rules: Rulebook,
    pub(crate) stored: Vec<Recorded>,
    commands: u128,
}

/// `"02 09:00"`, of March 2026, in UTC.
pub(crate) fn t(short: &str) -> Timestamp {
    let (day, time) = short.split_once(' ').expect("a day and a time");
    let time = if time.len() == 5 { format!("{time}:00") } else { time.to_owned() };
    format!("2026-03-{day}T{time}Z").parse().expect("an instant")
}

pub(crate) fn short(at: Timestamp) -> String {
    let at = at.to_string();
    let (day, time) = (&at[8..10], &at[11..at.len() - 1]);
    format!("{day} {}", time.strip_suffix(":00").unwrap_or(time))
}

pub(crate) fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

pub(crate) fn who(text: &str) -> ContactId {
    ContactId::new(text).unwrap()
}

pub(crate) fn m(text: &str) -> MessageRef {
    MessageRef::new(text).unwrap()
}

pub(crate) fn ada() -> AgentId {
    AgentId::new("ada").unwrap()
}

pub(crate) const fn ticket(n: u128) -> TicketId {
    TicketId(uuid(100 + n))
}

pub(crate) fn these(customers: &[&str]) -> Whom {
    Whom::These(customers.iter().map(|customer| who(customer)).collect())
}

pub(crate) fn affected(customers: &[&str]) -> Vec<Affected> {
    customers.iter().map(|customer| Affected::new(who(customer))).collect()
}

pub(crate) fn tell(what: Telling, customers: &[&str]) -> Ask {
    Ask::Tell { what, whom: these(customers), message: m("mail") }
}

fn within(text: &str) -> Target {
    Target::within(text.parse().unwrap())
}

pub(crate) fn updates(series: u128) -> Updates {
    serde_json::from_value(serde_json::json!({
        "series": uuid(series), "every": "4 hours", "mode": "rolling", "horizon": { "within": "24 hours" }, "decide_within": "1 hour"
    }))
    .unwrap()
}

/// A notice within three days whatever the hours, an answer within four, the fix within two days, updates every four hours for a day.
pub(crate) fn owes() -> Owes {
    Owes {
        notice: within("72 hours"),
        answer: within("4 hours"),
        mending: Mending::Fix(owed::commitment::DueRule::Within("48 hours".parse().unwrap())),
        updates: Some(updates(50)),
        news: within("24 hours"),
        feedback: within("48 hours"),
        repair: within("8 hours"),
        review: Some(within("1 week")),
    }
}

pub(crate) fn declare(customers: &[&str]) -> Declare {
    let team = owed::commitment::Owner::from(owed::TeamId::new("security").unwrap());
    Declare {
        severity: name("high"),
        owner: team.clone(),
        lead: team.through(AgentId::new("lena").unwrap()),
        owes: owes(),
        clocks: incident::Clocks::On,
        affected: affected(customers),
    }
}

impl Host {
    pub(crate) fn with(rules: &str) -> Self {
        let rules = serde_json::from_str(rules).expect("a rulebook");
        Self { incident: Incident::new(ONE), rules, stored: Vec::new(), commands: 1000 }
    }

    /// Nothing is declared yet; a person may put a record right within a week.
    pub(crate) fn new() -> Self {
        Self::with(
            r#"{ "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } } }, "calendar": "office",
                 "corrections": { "window": "168 hours" }, "agreements": [] }"#,
        )
    }

    /// Declared on Monday the second, at nine.
    pub(crate) fn declared(customers: &[&str]) -> Self {
        let mut host = Self::new();
        host.at("02 09:00", declare(customers));
        host
    }

    pub(crate) fn at(&mut self, at: &str, order: impl Into<Order>) -> Vec<String> {
        self.by(at, ada(), order).expect("it is taken")
    }

    pub(crate) fn may_not(&mut self, at: &str, order: impl Into<Order>) -> Refusal {
        self.by(at, ada(), order).expect_err("it is refused")
    }

    pub(crate) fn by(
        &mut self,
        at: &str,
        by: impl Into<Actor>,
        order: impl Into<Order>,
    ) -> Result<Vec<String>, Refusal> {
        self.commands += 1;
        let command = Command::new(self.incident.id(), CommandId(uuid(self.commands)), t(at), by, order);
        self.hand_in(&command)
    }

    /// The same of what had happened before, by the channel's stamp.
    pub(crate) fn fetched(&mut self, at: &str, happened: &str, order: impl Into<Order>) -> Vec<String> {
        self.commands += 1;
        let command = Command::new(self.incident.id(), CommandId(uuid(self.commands)), t(at), ada(), order);
        self.hand_in(&command.that_happened(Happened { at: t(happened), stamp: Stamp::Transport })).expect("taken")
    }

    pub(crate) fn hand_in(&mut self, command: &Command) -> Result<Vec<String>, Refusal> {
        let (events, why) = match self.incident.handle(&self.rules, command) {
            Ok(events) => (events, None),
            Err(refused) => (refused.meanwhile, Some(refused.why)),
        };
        self.store(&events);
        why.map_or_else(|| Ok(events.iter().map(|event| self.say(event)).collect()), Err)
    }

    /// The host wakes the incident each time it has asked for it.
    pub(crate) fn until(&mut self, until: &str) -> Vec<String> {
        let mut said = Vec::new();
        while let Some(wake) = self.incident.next_wake().filter(|wake| wake.at <= t(until)) {
            let events = self.incident.wake(&self.rules, wake.at);
            assert!(!events.is_empty(), "{wake:?} is exact");
            self.store(&events);
            said.extend(events.iter().map(|event| self.say(event)));
        }
        said
    }

    fn store(&mut self, events: &[Recorded]) {
        self.stored.extend_from_slice(events);
        assert_eq!(Incident::replay(self.incident.id(), &self.stored), self.incident, "replay equals live");
        assert!(self.incident.ledger().count().add_up());
    }

    /// What is owed now, the most urgent first.
    pub(crate) fn owed(&self) -> Vec<String> {
        let owed = self.incident.ledger().owed().into_iter();
        owed.map(|owed| {
            let late = if owed.breach.is_some() { ", late" } else { "" };
            format!("{} to {} by {}{late}", owed.deliverable, owed.beneficiary, short(owed.due))
        })
        .collect()
    }

    pub(crate) fn open(&self, what: &str, to: &str) -> CommitmentId {
        let mut open = self.incident.ledger().open();
        open.find(|owed| owed.deliverable.to_string() == what && owed.beneficiary.to_string() == to)
            .unwrap_or_else(|| panic!("no {what} is owed to {to}: {:?}", self.owed()))
            .id
    }

    fn say(&self, recorded: &Recorded) -> String {
        let at = short(recorded.at);
        let said = match &recorded.event {
            Event::Incident(event) => say(event),
            Event::Commitment(fact) => {
                let of = self.incident.ledger().get(fact.commitment()).expect("it is on record");
                let (what, to) = (&of.deliverable, &of.beneficiary);
                match fact {
                    Fact::Promised(made) => format!("{what} to {to} due {}", short(made.due)),
                    Fact::Breached { due, .. } => format!("BROKEN: {what} to {to}, due {}", short(*due)),
                    Fact::Fulfilled { .. } => format!("kept: {what} to {to}"),
                    Fact::DeliveredLate { .. } => format!("late: {what} to {to}"),
                    Fact::Corrected { .. } => format!("kept after all: {what} to {to}"),
                    Fact::Voided { cause, .. } => {
                        let cause = cause.to_string();
                        format!(
                            "void: {what} to {to}, {}",
                            cause.split("), ").next().unwrap().trim_end_matches(')').replace(" (", ": ")
                        )
                    }
                    Fact::Superseded { .. } => format!("superseded: {what} to {to}"),
                    Fact::Ended { .. } => format!("owed no more: {what} to {to}"),
                    Fact::HorizonReached { .. } => "horizon".to_owned(),
                    other => format!("{other:?}"),
                }
            }
        };
        format!("{at}: {said}")
    }
}

fn say(event: &incident::Event) -> String {
    match event {
        incident::Event::Declared(declared) => format!("declared, {}", declared.severity),
        incident::Event::Affected { customers } => {
            let customers: Vec<_> = customers.iter().map(|affected| affected.customer.as_str()).collect();
            format!("affected: {}", customers.join(" "))
        }
        incident::Event::Linked { ticket, customer, .. } => format!("linked: {}, of {customer}", nth(*ticket)),
        incident::Event::Unlinked { ticket } => format!("unlinked: {}", nth(*ticket)),
        incident::Event::Held { ticket, clocks } => format!("held: {} {clocks:?}", nth(*ticket)),
        incident::Event::Freed { ticket, clocks } => format!("freed: {} {clocks:?}", nth(*ticket)),
        incident::Event::Credited { ticket, author, .. } => format!("credited: {} by {author}", nth(*ticket)),
        incident::Event::Heard { customer, safe, .. } => {
            format!("{customer} is {}", if *safe { "safe" } else { "not safe" })
        }
        other => {
            let form = serde_json::to_value(other).expect("JSON");
            form["type"].as_str().expect("a type").to_owned()
        }
    }
}

fn nth(ticket: TicketId) -> String {
    format!("#{}", ticket.0.as_u128() - self::ticket(0).0.as_u128())
}

/// The desk orders something about what is owed.
pub(crate) fn fulfil(commitment: CommitmentId) -> Debt {
    Debt::Fulfil { commitment, evidence: None }
}

pub(crate) const fn series(n: u128) -> SeriesId {
    SeriesId(uuid(n))
}
