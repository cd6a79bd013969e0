//! What a host does, for the examples that tell a story: it hands commands in, wakes the ticket when it is time, and says what comes of it.

use chrono_tz::Tz;
use owed::commitment::{Actor, BreachCause, Event as Fact, Happened, Stamp};
use owed::escalation::Event as Climb;
use owed::policy::Visibility;
use owed::report::statements;
use owed::ticket::Event as Turn;
use owed::{Command, CommandId, CommitmentId, Event, Recorded, Refusal, Rulebook, Ticket, TicketId, Timestamp};
use uuid::Uuid;

pub type Failure = Box<dyn std::error::Error>;

/// A ticket, its rules, and what has been said of it in the customer's own time.
pub struct Desk {
    pub ticket: Ticket,
    rules: Rulebook,
    zone: Tz,
    commands: u128,
    pub said: Vec<String>,
}

impl Desk {
    pub fn new(rules: &str, zone: Tz) -> Result<Self, Failure> {
        let (ticket, rules) = (Ticket::new(TicketId(uuid(0))), serde_json::from_str(rules)?);
        Ok(Self { ticket, rules, zone, commands: 0, said: Vec::new() })
    }

    /// What somebody does, and what comes of it. Time that has passed till then is told first.
    pub fn take(&mut self, at: &str, by: impl Into<Actor>, order: impl Into<owed::Order>) -> Result<(), Failure> {
        let events = self.hand_in(at, None, by.into(), order.into())??;
        self.tell(&events);
        Ok(())
    }

    /// The same of what had happened before it was taken in: a mail was sent, a call had been made.
    #[allow(dead_code, reason = "not every story has a mail")]
    pub fn fetch(
        &mut self,
        at: &str,
        happened: &str,
        by: impl Into<Actor>,
        order: impl Into<owed::Order>,
    ) -> Result<(), Failure> {
        let happened = Happened { at: happened.parse()?, stamp: Stamp::Transport };
        let events = self.hand_in(at, Some(happened), by.into(), order.into())??;
        self.tell(&events);
        Ok(())
    }

    /// What somebody tries, and may not. Why not is said.
    #[allow(dead_code, reason = "not every story has something that may not be")]
    pub fn may_not(
        &mut self,
        at: &str,
        by: impl Into<Actor>,
        order: impl Into<owed::Order>,
    ) -> Result<Refusal, Failure> {
        match self.hand_in(at, None, by.into(), order.into())? {
            Ok(_) => Err("it was taken".into()),
            Err(refused) => {
                self.tell(&refused.meanwhile);
                self.said.push(format!("{}  refused: {}", self.wall(at.parse()?), refused.why));
                Ok(refused.why)
            }
        }
    }

    /// The host wakes the ticket each time it has asked for it, until an instant.
    #[allow(dead_code, reason = "not every story sleeps")]
    pub fn sleep_until(&mut self, until: &str) -> Result<(), Failure> {
        let until: Timestamp = until.parse()?;
        while let Some(wake) = self.ticket.next_wake().filter(|wake| wake.at <= until) {
            let events = self.ticket.wake(&self.rules, wake.at);
            self.tell(&events);
        }
        Ok(())
    }

    /// What is owed now, and when the host is to wake the ticket.
    pub fn owed(&mut self, heading: &str) {
        self.said.push(format!("— {heading}"));
        for debt in self.ticket.ledger().owed() {
            let late = if debt.breach.is_some() { ", and is late" } else { "" };
            let due = debt.breach.map_or(debt.due, |breach| breach.due);
            let line = format!("  owed: {} by {} ({}){late}", debt.deliverable, self.wall(due), debt.owner);
            self.said.push(line);
        }
        let wake = self.ticket.next_wake().map(|wake| self.wall(wake.at));
        self.said.push(format!("  wake me: {}", wake.as_deref().unwrap_or("never, nothing is waited for")));
    }

    /// What the ledger says in the end: of each commitment what it was, and what became of it.
    pub fn ledger(&mut self, now: &str) -> Result<(), Failure> {
        self.said.push("— in the end".into());
        for one in statements(&self.ticket, &self.rules, now.parse()?) {
            let due = one.breach.map(|breach| breach.due).or(one.due).map(|due| format!(", due {}", self.wall(due)));
            let due = due.unwrap_or_default();
            let binding = format!("{:?}", one.binding).to_lowercase();
            let line = format!("  {} ({binding}){due}: {}", one.deliverable, one.verdict);
            self.said.push(format!("{line}; {} of {} used", one.used, one.budget));
        }
        self.said.push(format!("  {}", self.ticket.ledger().count()));
        Ok(())
    }

    fn hand_in(
        &mut self,
        at: &str,
        happened: Option<Happened>,
        by: Actor,
        order: owed::Order,
    ) -> Result<Result<Vec<Recorded>, owed::Refused>, Failure> {
        self.commands += 1;
        let command = Command::new(self.ticket.id(), CommandId(uuid(self.commands)), at.parse()?, by, order);
        Ok(self.ticket.handle(&self.rules, &Command { happened, ..command }))
    }

    fn tell(&mut self, events: &[Recorded]) {
        for Recorded { at, event, .. } in events {
            if let Some(said) = self.say(event) {
                self.said.push(format!("{}  {said}", self.wall(*at)));
            }
        }
    }

    fn say(&self, event: &Event) -> Option<String> {
        Some(match event {
            Event::Ticket(turn) => say_turn(turn)?,
            Event::Commitment(fact) => self.say_fact(fact)?,
            Event::Escalation(climb) => match climb {
                Climb::Notified(notice) => format!("the {} is told ({})", notice.role, notice.ladder),
                Climb::DecisionRequested { .. } => "a decision by a supervisor is asked for".into(),
                Climb::Decided { .. } => "a supervisor has decided".into(),
                _ => return None,
            },
        })
    }

    fn say_fact(&self, fact: &Fact) -> Option<String> {
        let what = self.ticket.ledger().get(fact.commitment())?;
        Some(match fact {
            Fact::Promised(made) => {
                let binding = format!("{:?}", made.binding).to_lowercase();
                let instead = if made.repairs.is_some() { ", for the one that is broken" } else { "" };
                format!("{binding}: {}{instead}, due {}", made.deliverable, self.wall(made.due))
            }
            Fact::Breached { cause: BreachCause::Impossible, .. } => {
                format!("BROKEN, since it cannot be: {}", what.deliverable)
            }
            Fact::Breached { due, .. } => format!("BROKEN: {}, due {}", what.deliverable, self.wall(*due)),
            Fact::Fulfilled { done, used, .. } => {
                format!("kept: {}, {}, after {used}", what.deliverable, self.wall(*done))
            }
            Fact::DeliveredLate { .. } => format!("done, and late: {}", what.deliverable),
            Fact::Superseded { .. } => format!("on record: the broken {}; another stands for it", what.deliverable),
            Fact::Ended { ending, .. } => format!("owed no more: {}, {}", what.deliverable, ended(ending)),
            Fact::Voided { cause, .. } => format!("not owed: {}, {cause}", what.deliverable),
            Fact::Overtaken { .. } => format!("not needed any more: {}", what.deliverable),
            Fact::Chased { step, .. } => match step {
                owed::commitment::Chase::Asked => "the customer is asked for his part".into(),
                owed::commitment::Chase::Reminded => "he is reminded".into(),
                owed::commitment::Chase::Warned { until } => format!("he is warned: until {}", self.wall(*until)),
            },
            Fact::Delegated { .. } => format!("given on: {}; the desk stays answerable", what.deliverable),
            Fact::PutAtRisk { .. } => format!("{} is at risk: a part of it is broken", what.deliverable),
            Fact::Attempted { .. } => format!("tried, and nobody was reached: {} is owed still", what.deliverable),
            _ => return None,
        })
    }

    /// An instant on the customer's wall.
    pub fn wall(&self, at: Timestamp) -> String {
        let at = at.to_utc().with_timezone(&self.zone);
        let seconds = if at.format("%S").to_string() == "00" { "" } else { ":%S" };
        at.format(&format!("%a %d %b %H:%M{seconds}")).to_string()
    }
}

fn ended(ending: &owed::commitment::Ending) -> &'static str {
    use owed::commitment::Ending;
    match ending {
        Ending::Waived { .. } => "the customer does not insist on it",
        Ending::WrittenOff { .. } => "it was written off",
        Ending::Impossible { .. } => "it cannot be done",
    }
}

fn say_turn(turn: &Turn) -> Option<String> {
    Some(match turn {
        Turn::Opened { requester, .. } => format!("{requester} comes with a matter"),
        Turn::MessageAdded { author, visibility: Visibility::Public, .. } => format!("{author} writes"),
        Turn::MessageAdded { author, .. } => format!("{author} makes a note"),
        Turn::ChannelChanged { to: Some(to), .. } => format!("it goes on over {to}"),
        Turn::HumanAskedFor {} => "the customer asks for a human being".into(),
        Turn::StatusChanged { to, .. } => format!("it is {to}"),
        Turn::Called { author, reached: true, .. } => format!("{author} calls, and they speak"),
        Turn::Called { author, reached: false, .. } => format!("{author} calls, and nobody answers"),
        Turn::LineHeld {} => "the customer is put on hold".into(),
        Turn::LinePickedUp {} => "somebody takes him off hold".into(),
        Turn::Marked { mark } => mark.to_string(),
        Turn::Solved { .. } => "solved".into(),
        Turn::Closed { .. } => "closed".into(),
        Turn::Reopened { .. } => "reopened".into(),
        _ => return None,
    })
}

/// An id of the story's own.
pub fn id(n: u128) -> CommitmentId {
    CommitmentId(uuid(1000 + n))
}

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(0x8000_8000_0000_0000_0000 | n)
}
