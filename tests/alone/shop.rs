//! A shop to try an account in. After every call it is checked that replaying gives the same account, that a stored snapshot
//! does, and that the next wake is exact.

use owed::calendar::{Calendar, ElapsedTime};
use owed::commitment::{
    Account, AccountRefusal, Command, Corrections, Deliverable, Event, Happened, Hours, Order, Owner, Promise,
    Recorded, Refused, Stamp, TimeToAnswer, VoidCause,
};
use owed::{AccountId, AgentId, Cause, CommandId, CommitmentId, ContactId, MessageRef, TeamId, Timestamp};
use uuid::Uuid;

/// An instant in March 2026, UTC: `"02 17:00"`, `"02 17:00:00.000001"`.
#[track_caller]
pub fn t(text: &str) -> Timestamp {
    let (day, time) = text.split_once(' ').expect("a day and a time");
    let seconds = if time.len() == 5 { ":00" } else { "" };
    format!("2026-03-{day}T{time}{seconds}Z").parse().expect("an instant")
}

pub fn short(at: Timestamp) -> String {
    let text = at.to_string();
    let text = text.trim_start_matches("2026-03-").trim_end_matches('Z').replace('T', " ");
    text.strip_suffix(":00").map_or(text.clone(), str::to_owned)
}

pub fn id(name: char) -> CommitmentId {
    CommitmentId(Uuid::from_u128(0x8000_8000_0000_0000_0000 | u128::from(name as u32)))
}

pub fn account_id(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(0xa_8000_8000_0000_0000_0000 | n))
}

pub fn ryan() -> ContactId {
    ContactId::new("ryan").expect("a reference")
}

pub fn agent(name: &str) -> AgentId {
    AgentId::new(name).expect("a reference")
}

pub fn desk() -> Owner {
    Owner::from(TeamId::new("hosting").expect("a reference")).through(agent("ada"))
}

pub fn message(name: &str) -> MessageRef {
    MessageRef::new(name).expect("a reference")
}

/// A callback to Ryan by an instant.
pub fn callback(name: char, due: &str) -> Promise {
    Promise::new(id(name), Deliverable::Callback).to(ryan()).by(t(due)).owned_by(desk())
}

pub fn fulfil(name: char) -> Order {
    Order::Fulfil { commitment: id(name), evidence: None }
}

pub struct Shop {
    pub office: Calendar,
    pub corrections: Option<Corrections>,
    pub account: Account,
    pub events: Vec<Recorded>,
    commands: u128,
}

impl Shop {
    /// A shop that works Monday to Friday, nine to five, UTC.
    pub fn new() -> Self {
        let office = r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#;
        let office = serde_json::from_str(office).expect("a calendar");
        Self { office, corrections: None, account: Account::new(account_id(1)), events: Vec::new(), commands: 0 }
    }

    /// The same, where a person may put records right for two days.
    pub fn that_corrects(four_eyes: bool) -> Self {
        let window = ElapsedTime::from_hours(48).expect("short enough");
        Self { corrections: Some(Corrections { window, four_eyes }), ..Self::new() }
    }

    fn hours(&self) -> Hours<'_> {
        // The shop sees to it by itself that a customer has time to answer.
        let hours = Hours::from(&self.office).giving(TimeToAnswer(ElapsedTime::ZERO));
        self.corrections.map_or(hours, |corrections| hours.correcting(corrections))
    }

    pub fn command(&mut self, at: &str, order: impl Into<Order>) -> Command {
        self.commands += 1;
        let id = CommandId(Uuid::from_u128(0xb_8000_8000_0000_0000_0000 | self.commands));
        self.account.command(id, t(at), agent("ada"), order)
    }

    #[track_caller]
    pub fn handle(&mut self, command: &Command) -> Result<Vec<Recorded>, Refused> {
        let mut account = self.account.clone();
        let result = account.handle(self.hours(), command);
        self.account = account;
        self.keep(result.as_ref().unwrap_or_else(|refused| &refused.meanwhile).clone());
        result
    }

    /// Orders something and says what came of it.
    #[track_caller]
    pub fn at(&mut self, at: &str, order: impl Into<Order>) -> Vec<String> {
        let command = self.command(at, order);
        say_all(&self.handle(&command).unwrap_or_else(|refused| panic!("refused: {refused}")))
    }

    /// Orders something that is refused, and gives the reason.
    #[track_caller]
    pub fn refused(&mut self, at: &str, order: impl Into<Order>) -> AccountRefusal {
        let command = self.command(at, order);
        self.handle(&command).expect_err("refused").why
    }

    /// Says what came of something that happened earlier, as `by` says with this stamp.
    #[track_caller]
    pub fn told(&mut self, at: &str, happened: &str, stamp: Stamp, by: &str, order: impl Into<Order>) -> Vec<String> {
        let mut command = self.command(at, order).that_happened(Happened { at: t(happened), stamp });
        command.by = agent(by).into();
        say_all(&self.handle(&command).expect("taken"))
    }

    /// The same, refused.
    #[track_caller]
    pub fn not_told(
        &mut self,
        at: &str,
        happened: &str,
        stamp: Stamp,
        by: &str,
        order: impl Into<Order>,
    ) -> &'static str {
        let mut command = self.command(at, order).that_happened(Happened { at: t(happened), stamp });
        command.by = agent(by).into();
        self.handle(&command).expect_err("refused").why.code()
    }

    #[track_caller]
    pub fn wake(&mut self, now: &str) -> Vec<String> {
        self.wake_at(t(now))
    }

    #[track_caller]
    pub fn wake_at(&mut self, now: Timestamp) -> Vec<String> {
        let mut account = self.account.clone();
        let events = account.wake(self.hours(), now);
        self.account = account;
        self.keep(events.clone());
        say_all(&events)
    }

    #[track_caller]
    fn keep(&mut self, events: Vec<Recorded>) {
        self.events.extend(events);
        let stored: Vec<String> =
            self.events.iter().map(|event| serde_json::to_string(event).expect("written")).collect();
        let loaded: Vec<Recorded> = stored.iter().map(|line| serde_json::from_str(line).expect("read")).collect();
        assert_eq!(Account::replay(self.account.id(), &loaded), self.account, "replaying gives the same account");
        let snapshot = serde_json::to_string(&self.account).expect("written");
        let snapshot: Account = serde_json::from_str(&snapshot).expect("read");
        assert_eq!(
            (&snapshot, snapshot.next_wake()),
            (&self.account, self.account.next_wake()),
            "a snapshot is the account"
        );
        let Some(wake) = self.account.next_wake() else { return };
        let mut early = self.account.clone();
        assert_eq!(
            early.wake(self.hours(), wake.at.minus_micros(1)),
            [],
            "a microsecond before its wake nothing is said"
        );
        let mut woken = self.account.clone();
        assert!(!woken.wake(self.hours(), wake.at).is_empty(), "at its wake something is said");
        assert!(woken.next_wake().is_none_or(|next| next.at > wake.at), "and the next is later");
    }
}

pub fn say_all(events: &[Recorded]) -> Vec<String> {
    events.iter().map(say).collect()
}

fn say(recorded: &Recorded) -> String {
    let by_time = if recorded.cause == Cause::Time { " by time" } else { "" };
    let name = name(recorded.event.commitment());
    let said = match &recorded.event {
        Event::Promised(made) => format!("{} due {}", made.deliverable, short(made.due)),
        Event::Breached { due, .. } => format!("breached, due {}", short(*due)),
        Event::Superseded { by, .. } => format!("superseded by {}", self::name(*by)),
        Event::Fulfilled { done, .. } => format!("fulfilled {}", short(*done)),
        Event::Corrected { done, .. } => format!("corrected {}", short(*done)),
        Event::DeliveredLate { done, .. } => format!("late {}", short(*done)),
        Event::Ended { ending, .. } => format!("ended: {ending:?}"),
        Event::PromisedOnCondition(made) => format!("on condition until {}", made.limit.map_or("never".into(), short)),
        Event::ConditionMet { met, .. } => format!("condition met {}", short(*met)),
        Event::Proposed { proposal, .. } => format!("proposed {}", short(proposal.due_at)),
        Event::Chased { .. } => "chased".into(),
        Event::Heard { .. } => "heard".into(),
        Event::Voided { cause, corrects, .. } => {
            let cause = match cause {
                VoidCause::Released { .. } => "released",
                VoidCause::Renegotiated { .. } => "renegotiated",
                VoidCause::SeriesStopped { .. } => "its series has stopped",
                VoidCause::Corrected { .. } => "not needed",
                VoidCause::Lapsed => "lapsed",
                VoidCause::CustomerAbsent => "customer absent",
                VoidCause::InTime { .. } => "in time after all",
                other => &format!("{other:?}"),
            };
            format!("void: {cause}{}", if corrects.is_some() { ", and the record was wrong" } else { "" })
        }
        other => format!("{other:?}"),
    };
    format!("{}{by_time}: {name} {said}", short(recorded.at))
}

fn name(of: CommitmentId) -> String {
    ('a'..='z').find(|name| id(*name) == of).map_or("a derived one".into(), |name| name.to_string())
}
