//! Every ladder of up to three rungs, two repeats and two lapses, under every staffing: the real code, explored whole.
//!
//! At each state the host may let time pass, and people may do whatever there is to do. States are told apart by where the escalation is
//! and not by the hour, since nothing in a ladder of elapsed time asks what hour it is; so they are finite, and all of them are visited.

use std::collections::BTreeSet;

use owed::commitment::Actor;
use owed::escalation::{Event as Tell, Order as About, StageName};
use owed::{AgentId, Command, CommandId, Event, Name, Order, Recorded, Rulebook, Ticket, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::desk::{t, ticket_id};

const WAITS: [u64; 3] = [10, 20, 30];
const HOLD: u64 = 60;

#[derive(Clone, Copy, Debug)]
struct Shape {
    rungs: usize,
    repeats: u64,
    lapses: u64,
    next: bool,
    /// A bit for each rung that has somebody.
    staffed: u8,
}

impl Shape {
    fn all() -> impl Iterator<Item = Self> {
        (1..=3_usize).flat_map(|rungs| {
            let staffings = 0..1_u8 << rungs;
            let choices = (0..=2)
                .flat_map(|repeats| (0..=2).flat_map(move |lapses| [false, true].map(|next| (repeats, lapses, next))));
            choices.flat_map(move |(repeats, lapses, next)| {
                staffings.clone().map(move |staffed| Self { rungs, repeats, lapses, next, staffed })
            })
        })
    }

    fn rules(self) -> Rulebook {
        let rungs: Vec<Value> = (0..self.rungs)
            .map(|rung| json!({ "notify": format!("r{}", rung + 1), "wait": format!("{} minutes", WAITS[rung]) }))
            .collect();
        let ladder = json!({
            "name": "breach", "causes": ["breached"], "rungs": rungs, "repeats": self.repeats, "lapses": self.lapses,
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

/// A host: what it has stored, and how the ticket stands.
#[derive(Clone)]
struct Host<'a> {
    rules: &'a Rulebook,
    shape: Shape,
    ticket: Ticket,
    log: Vec<Recorded>,
}

impl<'a> Host<'a> {
    /// The deadline has passed, a microsecond ago.
    fn at_the_breach(rules: &'a Rulebook, shape: Shape) -> Self {
        let mut host = Self { rules, shape, ticket: Ticket::new(ticket_id()), log: Vec::new() };
        let open: Order = serde_json::from_str(crate::desk::OPEN).unwrap();
        host.order(t("02 09:00"), open);
        host.wake();
        host
    }

    fn order(&mut self, at: Timestamp, order: Order) -> bool {
        let id = CommandId(Uuid::from_u128(0x9_8000_8000_0000_0000_0000 | (self.log.len() as u128 + 1)));
        let command = Command::new(ticket_id(), id, at, Actor::Agent(AgentId::new("ada").unwrap()), order);
        let taken = self.ticket.handle(self.rules, &command);
        let is_taken = taken.is_ok();
        self.keep(taken.unwrap_or_else(|refused| refused.meanwhile));
        is_taken
    }

    fn wake(&mut self) {
        let wake = self.ticket.next_wake().expect("an escalation never goes quiet");
        let mut early = self.ticket.clone();
        assert_eq!(early.wake(self.rules, wake.at.minus_micros(1)), [], "a microsecond early");
        assert_eq!(early, self.ticket);
        let events = self.ticket.wake(self.rules, wake.at);
        assert_eq!(events.first().map(|event| event.at.plus_micros(1)), Some(wake.at), "something at the wake");
        assert!(self.ticket.next_wake().is_some_and(|next| next.at > wake.at), "and the next is later");
        self.keep(events);
    }

    /// Stores events; where nobody has the role, the host says so at once.
    fn keep(&mut self, events: Vec<Recorded>) {
        self.log.extend(events);
        while let Some((escalation, notice)) = self.to_nobody() {
            let at = self.log.last().unwrap().at.plus_micros(1);
            let id = CommandId(Uuid::from_u128(0xa_8000_8000_0000_0000_0000 | (self.log.len() as u128 + 1)));
            let order = Order::Escalation(About::NobodyThere { escalation, notice });
            let command = Command::new(ticket_id(), id, at, Actor::System(Name::new("pager").unwrap()), order);
            self.log.extend(self.ticket.handle(self.rules, &command).expect("taken"));
        }
        let told =
            self.log.iter().filter(|one| matches!(&one.event, Event::Escalation(Tell::Notified(_)))).count() as u64;
        assert!(told <= self.shape.bound(), "{:?}: {told} notices, at most {}", self.shape, self.shape.bound());
    }

    fn to_nobody(&self) -> Option<(owed::EscalationId, u32)> {
        let one = self.ticket.escalations().live().next()?;
        let notified = one.stage.name() == StageName::Notified;
        (notified && !self.shape.is_staffed(one.place.rung)).then_some((one.id, one.notices))
    }

    /// Where the escalation is, whatever the hour.
    fn state(&self) -> String {
        let all: Vec<_> = self.ticket.escalations().all().collect();
        let one = all.first().expect("one escalation");
        assert_eq!(all.len(), 1);
        let reminders = match one.stage {
            owed::escalation::Stage::Exhausted { reminders, .. } => reminders.min(2),
            // What is left of the cap decides how often progress still helps.
            owed::escalation::Stage::Acknowledged { since, until, .. } => {
                (until.micros_since(since) / 60_000_000) as u32
            }
            _ => 0,
        };
        format!("{} {:?} {} {} {reminders}", one.stage.name(), one.place, one.nobody, one.causes.len())
    }

    fn moves(&self) -> Vec<Order> {
        let Some(one) = self.ticket.escalations().live().next() else { return Vec::new() };
        let (escalation, reason) = (one.id, Name::new("for a reason").unwrap());
        let until = self.log.last().unwrap().at.plus_micros(60 * 60_000_000);
        let lower = (1..one.place.rung).map(|rung| About::DeEscalate {
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
        let solve = serde_json::from_str(crate::desk::SOLVE).unwrap();
        others.into_iter().chain(lower).map(Order::Escalation).chain([solve]).collect()
    }
}

/// What is owed, but for the places of events in the stream.
fn debt(ticket: &Ticket) -> Vec<String> {
    ticket
        .ledger()
        .all()
        .map(|owed| format!("{} {} {:?} {:?} {}", owed.id, owed.due, owed.breach, owed.verdict(), owed.owner))
        .collect()
}

fn unnoticed(events: &[Recorded]) -> Vec<Recorded> {
    events.iter().map(|recorded| Recorded { noticed: Timestamp::MIN, ..recorded.clone() }).collect()
}

/// Laws 13, 3 and 4 in every state, and every row of the chart in some.
#[test]
fn every_small_ladder_is_bounded_never_quiet_and_exact() {
    let (mut ladders, mut states, mut steps) = (0_u64, 0_u64, 0_u64);
    let mut stages = BTreeSet::new();
    for shape in Shape::all() {
        ladders += 1;
        let rules = shape.rules();
        let first = Host::at_the_breach(&rules, shape);
        let owed = debt(&first.ticket);
        let mut seen = BTreeSet::from([first.state()]);
        let mut waiting = vec![first];
        while let Some(host) = waiting.pop() {
            states += 1;
            let live = host.ticket.escalations().live().count();
            stages.extend(host.ticket.escalations().all().map(|one| one.stage.name()));
            if live == 0 {
                assert_eq!(host.ticket.next_wake(), None, "what is closed waits for nothing");
                continue;
            }
            // The law of wakes: a month in one jump, or from wake to wake. Nobody answers for those who are not there in either.
            let end = host.log.last().unwrap().at.plus_micros(30 * 24 * 60 * 60_000_000);
            let (mut jump, mut walk) = (host.ticket.clone(), host.ticket.clone());
            let jumped = jump.wake(&rules, end);
            let mut walked = Vec::new();
            while let Some(wake) = walk.next_wake().filter(|wake| wake.at <= end) {
                walked.extend(walk.wake(&rules, wake.at));
            }
            assert_eq!(unnoticed(&jumped), unnoticed(&walked));
            assert_eq!(jump, walk);
            assert!(
                jump.escalations().unhandled().count() == 1,
                "by then everybody has been told, and it still reminds"
            );
            let mut next = Vec::new();
            let mut later = host.clone();
            later.wake();
            next.push(later);
            for order in host.moves() {
                let mut moved = host.clone();
                let about = matches!(order, Order::Escalation(_));
                if moved.order(host.log.last().unwrap().at.plus_micros(1), order) {
                    assert!(!about || debt(&moved.ticket) == owed, "an escalation changes no debt");
                    next.push(moved);
                }
            }
            for host in next {
                steps += 1;
                assert_eq!(Ticket::replay(ticket_id(), &host.log), host.ticket);
                if seen.insert(host.state()) {
                    waiting.push(host);
                }
            }
        }
    }
    println!("{ladders} ladders, {states} states, {steps} steps");
    assert_eq!(stages.len(), 5, "{stages:?}: all but the armed one, which has no cause here that must last");
    assert!(ladders == 252 && states > 5_000, "{ladders} ladders, {states} states");
}
