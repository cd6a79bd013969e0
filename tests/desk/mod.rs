//! A desk to try rules on: one ticket, a rulebook, and what is said of each event in one line.

use owed::commitment::{Happened, Stamp, envelope};
use owed::ticket::{Both, Merge, RefusedBoth, Split};
use owed::{
    AgentId, Command, CommandId, CommitmentId, Order, Recorded, Refusal, Refused, Rulebook, Ticket, TicketId,
    Timestamp, Wake,
};
use uuid::Uuid;

#[allow(unused_imports, reason = "whoever has rules only gives no orders")]
pub use words::*;

mod say;
mod words;

/// An instant in March 2026, UTC: `"02 17:00"`, `"02 17:00:00.000001"`, or a whole RFC 3339 text.
#[track_caller]
pub fn t(text: &str) -> Timestamp {
    let short = |text: &str| match text.split_once(' ') {
        Some((day, time)) if time.len() == 5 => format!("2026-03-{day}T{time}:00Z"),
        Some((day, time)) => format!("2026-03-{day}T{time}Z"),
        None => text.to_owned(),
    };
    short(text).parse().expect("an instant")
}

/// The other way round, for what is said.
fn short(at: Timestamp) -> String {
    let text = at.to_string();
    let Some(rest) = text.strip_prefix("2026-03-") else { return text };
    let rest = rest.trim_end_matches('Z').replace('T', " ");
    rest.strip_suffix(":00").map_or(rest.clone(), str::to_owned)
}

/// The id of what is promised in so many words, from a letter.
pub fn promise_id(name: char) -> CommitmentId {
    CommitmentId(Uuid::from_u128(0x8000_8000_0000_0000_0000 | u128::from(name as u32)))
}

pub fn ticket_id() -> TicketId {
    TicketId(Uuid::from_u128(0x7_8000_8000_0000_0000_0001))
}

/// The ticket that is aside at first.
pub fn other_id() -> TicketId {
    TicketId(Uuid::from_u128(0x7_8000_8000_0000_0000_0002))
}

/// One ticket at a desk.
pub struct Desk {
    pub rules: Rulebook,
    pub ticket: Ticket,
    pub events: Vec<Recorded>,
    /// The other ticket that there may be, with its events.
    pub aside: (Ticket, Vec<Recorded>),
    commands: u128,
}

impl Desk {
    /// A desk that works Monday to Friday, nine to five, UTC, by these agreements.
    #[track_caller]
    pub fn new(agreements: &str) -> Self {
        let rules = format!(
            r#"{{ "calendars": {{ "office": {{ "time_zone": "UTC", "weekly": {{ "mon-fri": ["09:00-17:00"] }} }} }},
                 "calendar": "office", "agreements": {agreements} }}"#
        );
        Self::with(&rules)
    }

    /// A desk by a whole rulebook.
    #[track_caller]
    pub fn with(rules: &str) -> Self {
        let rules = serde_json::from_str(rules).expect("a rulebook");
        let aside = (Ticket::new(other_id()), Vec::new());
        Self { rules, ticket: Ticket::new(ticket_id()), events: Vec::new(), aside, commands: 0 }
    }

    /// A command with an id of its own. The order is in JSON, `@x` standing for the id of promise x, `@round 1` for that of whatever
    /// is called so by now.
    #[track_caller]
    pub fn command(&mut self, at: &str, order: &str) -> Command {
        self.commands += 1;
        let id = CommandId(Uuid::from_u128(0x9_8000_8000_0000_0000_0000 | self.commands));
        let mut order = order.to_owned();
        for name in 'a'..='z' {
            order = order.replace(&format!("\"@{name}\""), &format!("\"{}\"", promise_id(name)));
        }
        if order.contains("\"@") {
            for known in self.ticket.ledger().all() {
                order = order.replace(&format!("\"@{}\"", self.name(known.id)), &format!("\"{}\"", known.id));
            }
        }
        // "^breach" is the last escalation on the ladder of that name.
        for escalation in self.ticket.escalations().all() {
            let last = self.escalation(escalation.ladder.name.as_str());
            order = order.replace(&format!("\"^{}\"", escalation.ladder.name), &format!("\"{last}\""));
        }
        let order: Order = serde_json::from_str(&order).expect("an order");
        let by = serde_json::from_str(r#"{"agent": "ada"}"#).expect("an agent");
        Command { stream: self.ticket.id(), id, at: t(at), happened: None, by, order }
    }

    /// Carries out a command and keeps its events, also those that come with a refusal.
    pub fn handle(&mut self, command: &Command) -> Result<Vec<Recorded>, Refused> {
        let result = self.ticket.handle(&self.rules, command);
        let events = match &result {
            Ok(events) => events,
            Err(refused) => &refused.meanwhile,
        };
        self.events.extend_from_slice(events);
        assert_eq!(Ticket::replay(self.ticket.id(), &self.events), self.ticket, "replaying gives the same ticket");
        result
    }

    /// Orders something and says what came of it.
    #[track_caller]
    pub fn at(&mut self, at: &str, order: &str) -> Vec<String> {
        let command = self.command(at, order);
        match self.handle(&command) {
            Ok(events) => self.say_all(&events),
            Err(refused) => panic!("refused: {refused}"),
        }
    }

    /// Orders something that happened earlier, as the channel vouches.
    #[track_caller]
    pub fn fetched(&mut self, at: &str, happened: &str, order: &str) -> Vec<String> {
        self.told(at, happened, Stamp::Transport, order)
    }

    /// Orders something that a person claims to have happened earlier.
    #[track_caller]
    pub fn claimed(&mut self, at: &str, happened: &str, order: &str) -> Vec<String> {
        self.told(at, happened, Stamp::Claim, order)
    }

    #[track_caller]
    fn told(&mut self, at: &str, happened: &str, stamp: Stamp, order: &str) -> Vec<String> {
        let mut command = self.command(at, order);
        command.happened = Some(Happened { at: t(happened), stamp });
        let events = self.handle(&command).expect("taken");
        self.say_all(&events)
    }

    /// Orders something that is refused, and says why.
    #[track_caller]
    pub fn refused(&mut self, at: &str, order: &str) -> Refusal {
        let command = self.command(at, order);
        self.handle(&command).expect_err("refused").why
    }

    /// Goes on with the other ticket.
    pub fn swap(&mut self) {
        std::mem::swap(&mut self.ticket, &mut self.aside.0);
        std::mem::swap(&mut self.events, &mut self.aside.1);
    }

    /// Merges the ticket into the other one, and says what came of it on each.
    #[track_caller]
    pub fn merge(&mut self, at: &str) -> [Vec<String>; 2] {
        let order = Merge { into: self.aside.0.id() };
        let both = self.both(at, order, |desk, command| desk.ticket.merge(&mut desk.aside.0, &desk.rules, command));
        self.say_both(&both.expect("taken"))
    }

    /// Tries to, and says why not.
    #[track_caller]
    pub fn merge_refused(&mut self, at: &str) -> Refusal {
        let order = Merge { into: self.aside.0.id() };
        let both = self.both(at, order, |desk, command| desk.ticket.merge(&mut desk.aside.0, &desk.rules, command));
        both.expect_err("refused").why
    }

    /// Splits a part off the ticket, which becomes the other one. The order is in JSON, but for `into`.
    #[track_caller]
    pub fn split(&mut self, at: &str, order: &str) -> [Vec<String>; 2] {
        self.try_split(at, order).map(|both| self.say_both(&both)).expect("taken")
    }

    #[track_caller]
    pub fn split_refused(&mut self, at: &str, order: &str) -> Refusal {
        self.try_split(at, order).expect_err("refused").why
    }

    #[track_caller]
    fn try_split(&mut self, at: &str, order: &str) -> Result<Both, RefusedBoth> {
        let mut order = order.replacen('{', &format!("{{\"into\": \"{}\", ", self.aside.0.id()), 1);
        for name in 'a'..='z' {
            order = order.replace(&format!("\"@{name}\""), &format!("\"{}\"", promise_id(name)));
        }
        let order: Split = serde_json::from_str(&order).expect("an order");
        self.both(at, order, |desk, command| desk.ticket.split(&mut desk.aside.0, &desk.rules, command))
    }

    fn both<O>(
        &mut self,
        at: &str,
        order: O,
        handle: impl FnOnce(&mut Self, &envelope::Command<TicketId, O>) -> Result<Both, RefusedBoth>,
    ) -> Result<Both, RefusedBoth> {
        self.commands += 1;
        let id = CommandId(Uuid::from_u128(0x9_8000_8000_0000_0000_0000 | self.commands));
        let by = AgentId::new("ada").expect("an agent");
        let command = envelope::Command::new(self.ticket.id(), id, t(at), by, order);
        let result = handle(self, &command);
        let both = match &result {
            Ok(both) => both,
            Err(refused) => &refused.meanwhile,
        };
        self.events.extend_from_slice(&both.from);
        self.aside.1.extend_from_slice(&both.to);
        assert_eq!(Ticket::replay(self.ticket.id(), &self.events), self.ticket, "replaying gives the same ticket");
        assert_eq!(Ticket::replay(self.aside.0.id(), &self.aside.1), self.aside.0, "replaying gives the same ticket");
        result
    }

    fn say_both(&mut self, both: &Both) -> [Vec<String>; 2] {
        let from = self.say_all(&both.from);
        self.swap();
        let to = self.say_all(&both.to);
        self.swap();
        [from, to]
    }

    /// Lets time pass and says what came of it.
    pub fn wake(&mut self, now: &str) -> Vec<String> {
        let events = self.ticket.wake(&self.rules, t(now));
        self.events.extend_from_slice(&events);
        assert_eq!(Ticket::replay(self.ticket.id(), &self.events), self.ticket, "replaying gives the same ticket");
        self.say_all(&events)
    }

    /// The instant of the next wake, and why.
    pub fn next(&self) -> Option<String> {
        self.ticket.next_wake().map(|Wake { at, reason }| format!("{} {reason:?}", short(at)))
    }
}
