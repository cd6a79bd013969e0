//! A small ladder, and a host that says who is there: what `small.rs` explores.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use owed::commitment::Actor;
use owed::escalation::{Escalation, Event as Tell, Order as About, Stage, StageName, Why};
use owed::{AgentId, Command, CommandId, EscalationId, Event, Name, Order, Recorded, Rulebook, Ticket, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use super::small_rows::Taken;
use crate::desk::{OPEN, SOLVE, t, ticket_id};

const WAITS: [u64; 3] = [10, 20, 30];
pub const HOLD: u64 = 60;
pub const MINUTE: u64 = 60_000_000;

static SOLVED: LazyLock<Order> = LazyLock::new(|| serde_json::from_str(SOLVE).unwrap());

/// How a ticket is made to stand otherwise, and back.
static TURNS: LazyLock<[Order; 4]> = LazyLock::new(|| {
    let turns = [
        r#""set_status", "status": "on_hold""#,
        r#""set_status", "status": "open""#,
        r#""set_priority", "priority": "1""#,
        r#""set_priority", "priority": "3""#,
    ];
    turns.map(|turn| serde_json::from_str(&format!(r#"{{"room": "ticket", "type": {turn}}}"#)).unwrap())
});

#[derive(Clone, Copy, Debug)]
pub struct Shape {
    rungs: usize,
    repeats: u64,
    lapses: u64,
    next: bool,
    /// Whether a rung keeps its time though nobody has its role.
    keeps: bool,
    /// A bit for each rung that has somebody.
    staffed: u8,
    /// Whether it is about the ticket, and has a cause that must last and one that begins on the last rung; else it is about a breach.
    several: bool,
}

impl Shape {
    fn all(rungs: usize, most: u64, several: bool) -> impl Iterator<Item = Self> {
        (1..=rungs).flat_map(move |rungs| {
            let numbers = (0..=most).flat_map(move |repeats| (0..=most).map(move |lapses| (repeats, lapses)));
            let kinds = [(false, false), (true, false), (false, true), (true, true)];
            let choices = numbers.flat_map(move |numbers| kinds.map(|kind| (numbers, kind)));
            choices.flat_map(move |((repeats, lapses), (next, keeps))| {
                (0..1_u8 << rungs).map(move |staffed| Self { rungs, repeats, lapses, next, keeps, staffed, several })
            })
        })
    }

    pub fn of_one_cause() -> impl Iterator<Item = Self> {
        Self::all(3, 2, false)
    }

    /// Those of two rungs that repeat or lapse, which take three times as long as all the others, only if they are asked for.
    pub fn of_several_causes(all: bool) -> impl Iterator<Item = Self> {
        Self::all(2, 1, true).filter(move |shape| all || shape.rungs < 2 || shape.repeats == 0 && shape.lapses == 0)
    }

    pub fn rules(self) -> Rulebook {
        let rung = |rung: usize| {
            let if_nobody = if self.keeps { "wait" } else { "skip" };
            json!({ "notify": format!("r{}", rung + 1), "wait": format!("{} minutes", WAITS[rung]), "if_nobody": if_nobody })
        };
        let rungs: Vec<Value> = (0..self.rungs).map(rung).collect();
        let causes = if self.several {
            json!([{ "while": { "status": ["on_hold"] }, "after": "30 minutes" }, { "while": { "priority": ["1"] }, "rung": self.rungs }])
        } else {
            json!(["breached"])
        };
        let ladder = json!({
            "name": "breach", "causes": causes, "rungs": rungs, "repeats": self.repeats, "lapses": self.lapses,
            "hold": format!("{HOLD} minutes"), "hold_at_most": "90 minutes", "snooze_at_most": "2 hours",
            "after_hold": if self.next { "next" } else { "first" }
        });
        let agreement = json!({ "name": "sla", "targets": { "first_resolution": "1 hour" } });
        serde_json::from_value(json!({ "agreements": [agreement], "ladders": [ladder], "ladder": "breach" })).unwrap()
    }

    fn bound(self) -> u64 {
        self.rungs as u64 * (self.repeats + 1) * (self.lapses + 1)
    }

    fn is_staffed(self, rung: u16) -> bool {
        self.staffed >> (rung - 1) & 1 == 1
    }
}

/// A host: how the ticket stands, and what of all that it has stored is asked for again.
#[derive(Clone)]
pub struct Host<'a> {
    pub rules: &'a Rulebook,
    shape: Shape,
    pub ticket: Ticket,
    stored: u128,
    pub now: Timestamp,
    /// How many notices each escalation has given.
    told: BTreeMap<EscalationId, u64>,
    /// The rung that heard of it last.
    last_told: Option<u16>,
    /// The rows of the chart that have brought it here from the host before.
    pub taken: Taken,
}

impl<'a> Host<'a> {
    /// The deadline has passed, a microsecond ago.
    pub fn at_the_breach(rules: &'a Rulebook, shape: Shape) -> Self {
        let ticket = Ticket::new(ticket_id());
        let now = Timestamp::MIN;
        let (told, taken) = (BTreeMap::new(), Taken::default());
        let mut host = Self { rules, shape, ticket, stored: 0, now, told, last_told: None, taken };
        host = host.ordered(t("02 09:00"), serde_json::from_str(OPEN).unwrap()).expect("it is opened");
        let before = host.ticket.clone();
        let events = host.ticket.wake(rules, t("02 10:00:00.000001"));
        host.keep(before, events);
        host
    }

    /// The host that has given an order, if that is taken.
    pub fn ordered(&self, at: Timestamp, order: Order) -> Option<Self> {
        let id = CommandId(Uuid::from_u128(0x9_8000_8000_0000_0000_0000 | (self.stored + 1)));
        let command = Command::new(ticket_id(), id, at, Actor::Agent(AgentId::new("ada").unwrap()), order);
        let mut ticket = self.ticket.clone();
        let taken = ticket.handle(self.rules, &command);
        let is_taken = taken.is_ok();
        let events = taken.unwrap_or_else(|refused| refused.meanwhile);
        if !is_taken && events.is_empty() {
            assert!(ticket == self.ticket, "a refusal changes nothing");
            return None;
        }
        let mut host = Self { ticket, told: self.told.clone(), taken: Taken::default(), ..*self };
        host.keep(self.ticket.clone(), events);
        is_taken.then_some(host)
    }

    pub fn wake(&mut self) {
        let wake = self.ticket.next_wake().expect("an escalation never goes quiet");
        let mut early = self.ticket.clone();
        assert_eq!(early.wake(self.rules, wake.at.minus_micros(1)), [], "a microsecond early");
        assert_eq!(early, self.ticket);
        let before = early;
        let events = self.ticket.wake(self.rules, wake.at);
        assert_eq!(events.first().map(|event| event.at.plus_micros(1)), Some(wake.at), "something at the wake");
        let next = self.ticket.next_wake();
        assert!(next.is_some_and(|next| next.at > wake.at), "and the next is later: {next:?}");
        self.keep(before, events);
    }

    /// Stores events; where nobody has the role, the host says so at once. What it stores is applied to the ticket as it was before, so that
    /// at every state this is what all events make of it.
    fn keep(&mut self, before: Ticket, events: Vec<Recorded>) {
        let mut replica = before;
        self.store(&mut replica, &events);
        while let Some((escalation, notice)) = self.to_nobody() {
            let at = self.now.plus_micros(1);
            let id = CommandId(Uuid::from_u128(0xa_8000_8000_0000_0000_0000 | (self.stored + 1)));
            let order = Order::Escalation(About::ReportNobodyThere { escalation, notice });
            let command = Command::new(ticket_id(), id, at, Actor::System(Name::new("pager").unwrap()), order);
            // Where time has told somebody else meanwhile, the report comes too late, and another is due.
            let events = self.ticket.handle(self.rules, &command).unwrap_or_else(|refused| refused.meanwhile);
            assert!(!events.is_empty(), "it is on record");
            self.store(&mut replica, &events);
        }
        assert_eq!(replica, self.ticket, "replay equals live");
        let most = self.told.values().max().copied().unwrap_or_default();
        assert!(most <= self.shape.bound(), "{:?}: {most} notices, at most {}", self.shape, self.shape.bound());
        self.reminds_somebody();
    }

    fn store(&mut self, replica: &mut Ticket, events: &[Recorded]) {
        let mut last = None;
        for recorded in events {
            let escalation = match &recorded.event {
                Event::Escalation(tell) => tell.escalation(),
                Event::Commitment(_) | Event::Ticket(_) => None,
            };
            let before = escalation.and_then(|id| replica.escalations().get(id));
            self.taken.count(before, last.replace(recorded), recorded);
            replica.apply(recorded);
            let role = match &recorded.event {
                Event::Escalation(Tell::Notified(notice)) => {
                    *self.told.entry(notice.escalation).or_default() += 1;
                    &notice.role
                }
                Event::Escalation(Tell::Exhausted(left) | Tell::Reminded(left)) => &left.role,
                _ => continue,
            };
            self.last_told = role.as_str().strip_prefix('r').and_then(|rung| rung.parse().ok());
        }
        self.stored += events.len() as u128;
        self.now = events.last().map_or(self.now, |last| last.at);
    }

    /// The one that is live, if there is one.
    fn live(&self) -> Option<&Escalation> {
        self.ticket.escalations().live().next()
    }

    /// The rung that the last notice of a live one was for.
    fn last_told(&self) -> u16 {
        self.last_told.expect("somebody was told")
    }

    fn to_nobody(&self) -> Option<(EscalationId, u32)> {
        let one = self.live()?;
        let told = matches!(one.stage.name(), StageName::Notified | StageName::Exhausted);
        let unsaid = told && one.empty != Some(one.notices);
        (unsaid && !self.shape.is_staffed(self.last_told())).then_some((one.id, one.notices))
    }

    /// Never silent: where anybody has a role, he hears of what nobody takes up.
    fn reminds_somebody(&self) {
        let exhausted = self.live().is_some_and(|one| one.stage.name() == StageName::Exhausted);
        if exhausted && self.shape.staffed > 0 {
            assert!(self.shape.is_staffed(self.last_told()), "{:?}: rung {} is reminded", self.shape, self.last_told());
        }
    }

    /// Where the escalation is, whatever the hour.
    pub fn state(&self) -> String {
        let standing = self.ticket.standing().map(|standing| (standing.status, standing.priority.clone()));
        let Some(one) = self.live() else {
            let closed = self.ticket.escalations().all().count().min(1);
            return format!("{standing:?} {closed}");
        };
        let now = self.now;
        let minutes = |from: Timestamp, to: Timestamp| to.micros_since(from).saturating_add(MINUTE / 2) / MINUTE;
        // What is left of the cap decides how often progress still helps, and what is left of the stage what comes first.
        let (left, of_stage) = match &one.stage {
            Stage::Acknowledged { since, until, .. } => (minutes(now, since.plus_micros(90 * MINUTE)), *until),
            Stage::Exhausted { reminders, next, .. } => (u64::from(*reminders).min(2), *next),
            Stage::Armed { until } | Stage::Snoozed { until, .. } => (0, *until),
            Stage::Notified { next, .. } => (0, *next),
            Stage::Closed { .. } => unreachable!("it is live"),
        };
        let causes: Vec<_> =
            one.causes.iter().map(|cause| (cause.trigger, cause.until.map(|until| minutes(now, until)))).collect();
        let of_stage = minutes(now, of_stage).min(180);
        let said = one.empty == Some(one.notices);
        format!(
            "{standing:?} {} {:?} {} {:?} {said} {:?} {causes:?} {left} {of_stage}",
            one.stage.name(),
            one.place,
            one.nobody,
            one.vacant,
            one.begins_at_most
        )
    }

    pub fn moves(&self) -> Vec<Order> {
        let mut moves: Vec<Order> = if self.shape.several { self.turns() } else { Vec::new() };
        let Some(one) = self.live() else { return moves };
        let (escalation, reason) = (one.id, Name::new("for a reason").unwrap());
        let until = self.now.plus_micros(60 * MINUTE);
        let lower = (1..=self.shape.rungs as u16).map(|rung| About::DeEscalate {
            escalation,
            to: Some(rung),
            justification: reason.clone(),
        });
        let others = [
            About::Acknowledge { escalation },
            About::Progress { escalation },
            About::Snooze { escalation, until, reason: reason.clone() },
            About::HandOver { escalation, tier: 2 },
            About::DeEscalate { escalation, to: None, justification: reason.clone() },
        ];
        moves.extend(others.into_iter().chain(lower).map(Order::Escalation));
        moves.push(SOLVED.clone());
        moves
    }

    /// What brings causes, and takes them away.
    fn turns(&self) -> Vec<Order> {
        let asked = |one: &Escalation| one.causes.iter().any(|cause| matches!(cause.why, Why::Asked { .. }));
        let (ladder, reason) = (Name::new("breach").unwrap(), Name::new("for a reason").unwrap());
        // Whoever asks twice joins twice; once is enough to see that.
        let ask = (!self.live().is_some_and(asked)).then_some(About::Escalate { ladder, commitment: None, reason });
        TURNS.iter().cloned().chain(ask.map(Order::Escalation)).collect()
    }
}
