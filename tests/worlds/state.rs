//! A host with one ticket, at an instant: it gives commands, wakes the ticket, or lets time pass.

use std::sync::Arc;

use owed::commitment::{Ending, Event as Fact, VoidCause};
use owed::{Command, CommandId, ContactId, Event, Recorded, Ticket, Timestamp};

use super::key::key;
use super::laws::{self, Broken, Step};
use super::laws_of_time::{late_is_the_same, says_something};
use super::moves::{HOUR, TICKET, host_id};
use super::rows::Rows;
use super::world::World;

#[derive(Clone)]
pub struct State {
    pub ticket: Ticket,
    pub now: Timestamp,
    /// The ticket of a host that has slept through the wake of this instant, and what it does not know yet.
    asleep: Option<Box<(Ticket, Vec<Recorded>)>>,
    /// When the customer did something about what is owed last. A rule of silence looks at it, and no query tells it.
    acted: Option<Timestamp>,
    pub path: Path,
}

/// How it has come to a state, the last step first: to be told when a law is broken.
#[derive(Clone, Default)]
pub struct Path(Option<Arc<(String, Path)>>);

impl Path {
    fn and(&self, step: String) -> Self {
        Self(Some(Arc::new((step, self.clone()))))
    }

    pub fn steps(&self) -> Vec<&str> {
        let mut steps = Vec::new();
        let mut next = self.0.as_deref();
        while let Some((step, before)) = next {
            steps.push(step.as_str());
            next = before.0.as_deref();
        }
        steps.reverse();
        steps
    }
}

/// What a command has come to.
pub enum Came {
    To(Box<State>),
    Refused(&'static str),
}

impl State {
    /// The customer's matter begins.
    pub fn first(world: &World, rows: &mut Rows) -> Result<Self, Broken> {
        let (ticket, now) = (Ticket::new(TICKET), "2026-03-02T09:00:00Z".parse().unwrap());
        let new = Self { ticket, now, asleep: None, acted: None, path: Path::default() };
        let (id, by) = (CommandId(host_id(0).0), ContactId::new("c-1").unwrap());
        let command = Command::new(TICKET, id, now, by, world.open.clone());
        let mut state = taken(new.give(world, &command, "open", rows)?);
        for before in &world.before {
            let commands = before.commands(&state.ticket, now, world.promises);
            state = taken(state.give(world, &commands[0], before.name, rows)?);
        }
        Ok(state)
    }

    /// What was merged into another ticket goes on as that.
    pub fn goes_on_as(&self, ticket: Ticket) -> Self {
        let path = self.path.and(format!("{} merge", self.now));
        Self { ticket, now: self.now, asleep: None, acted: self.acted, path }
    }

    pub fn key(&self, world: &World) -> u64 {
        key(world, &self.ticket, self.now, self.acted)
    }

    /// Gives a command now, and looks at every law of a step.
    pub fn give(&self, world: &World, command: &Command, name: &str, rows: &mut Rows) -> Result<Came, Broken> {
        let mut after = self.ticket.clone();
        let answer = after.handle(&world.rules, command);
        if let Some(asleep) = &self.asleep {
            late_is_the_same(world, asleep, command, &answer, &after)?;
        }
        match answer {
            Err(refused) => {
                // Time has been heard already: so there is nothing to be said, and nothing is another.
                laws::holds(refused.meanwhile.is_empty() && after == self.ticket, "a refusal changes nothing", || {
                    format!("{command:?}: {refused:?}")
                })?;
                rows.count_refused(refused.why.code());
                Ok(Came::Refused(refused.why.code()))
            }
            Ok(events) => {
                // The same command again is no news: the ticket is held against its replay after that.
                let again = after.handle(&world.rules, command);
                let taken_twice = !events.is_empty() && !again.as_ref().is_ok_and(Vec::is_empty);
                laws::holds(!taken_twice, "duplicates are harmless", || format!("{command:?}: {again:?}"))?;
                let step = Step {
                    before: &self.ticket,
                    after: &after,
                    now: self.now,
                    command: Some(command),
                    corrections: world.corrections,
                };
                laws::of_step(&step, &events, rows)?;
                let acted = self.acted_by(&events);
                let path = self.path.and(format!("{} {name}", self.now));
                Ok(Came::To(Box::new(Self { ticket: after, now: self.now, asleep: None, acted, path })))
            }
        }
    }

    /// Wakes the ticket when it asked for that.
    pub fn wake(&self, world: &World, rows: &mut Rows) -> Result<Option<Self>, Broken> {
        let Some(wake) = self.ticket.next_wake() else { return Ok(None) };
        let mut after = self.ticket.clone();
        let events = after.wake(&world.rules, wake.at);
        says_something(&self.ticket, &events, &after)?;
        let step =
            Step { before: &self.ticket, after: &after, now: wake.at, command: None, corrections: world.corrections };
        laws::of_step(&step, &events, rows)?;
        let acted = self.acted_by(&events);
        let asleep = Some(Box::new((self.ticket.clone(), events)));
        let path = self.path.and(format!("{} wake ({:?})", wake.at, wake.reason));
        Ok(Some(Self { ticket: after, now: wake.at, asleep, acted, path }))
    }

    /// Lets time pass in which nothing goes off: to the last moment before the next wake, and half an hour.
    pub fn later(&self) -> Vec<Self> {
        let last = self.ticket.next_wake().map(|wake| wake.at.minus_micros(1));
        let pause = self.now.plus_micros(HOUR / 2);
        let instants =
            [last.filter(|last| *last > self.now), Some(pause).filter(|pause| last.is_none_or(|last| *pause < last))];
        let at =
            |now: Timestamp| Self { now, asleep: None, path: self.path.and(format!("{now} later")), ..self.clone() };
        instants.into_iter().flatten().map(at).collect()
    }

    /// What the customer does about what is owed is his word, as a rule of silence sees it.
    fn acted_by(&self, events: &[Recorded]) -> Option<Timestamp> {
        let his = |recorded: &&Recorded| match &recorded.event {
            Event::Commitment(fact) => match fact {
                Fact::ConditionMet { .. } | Fact::Declined { .. } | Fact::Heard { .. } => true,
                Fact::Ended { ending, .. } => matches!(ending, Ending::Waived { .. }),
                Fact::Voided { cause, .. } => {
                    matches!(
                        cause,
                        VoidCause::Released { .. } | VoidCause::Renegotiated { .. } | VoidCause::InTime { .. }
                    )
                }
                _ => false,
            },
            Event::Ticket(_) | Event::Escalation(_) => false,
        };
        events.iter().rev().find(his).map(|recorded| recorded.at).or(self.acted)
    }
}

fn taken(came: Came) -> State {
    match came {
        Came::To(state) => *state,
        Came::Refused(code) => panic!("what comes before is refused: {code}"),
    }
}
