//! The loop: time first, then the command, then what follows from both.

use alloc::vec::Vec;

use super::decide::decide;
use super::envelope::{Cause, Command, CommandRefusal, Event, Order, Recorded, Refusal, Refused};
use super::state::Ticket;
use crate::commitment::{self, Actor, Context, FollowUp, Happened, decide_for_follow_up, decide_for_time, follow_ups};
use crate::policy::{Status, wants_pause};
use crate::rulebook::{Edition, Rulebook};
use crate::{EditionNumber, Timestamp, has_passed};

impl Ticket {
    /// Carries out a command: records what time has caused by its instant, then decides, then lets time catch up once more.
    ///
    /// The events are to be stored, in their order and all or none. The ticket is then as replaying them would leave it.
    /// A command that changes nothing, or that was recorded at this very instant before, yields no event.
    ///
    /// # Errors
    /// [`Refused`] says why, and holds what time had caused by then. That has happened whether or not the command is taken: a
    /// host stores it, or drops it together with the ticket.
    pub fn handle(&mut self, rules: &Rulebook, command: &Command) -> Result<Vec<Recorded>, Refused> {
        let refused = |why, meanwhile| Err(Refused { why, meanwhile });
        if let Err(why) = self.admit(rules, command) {
            return refused(Refusal::Command(why), Vec::new());
        }
        let at = command.at;
        if self.recorded.last == Some(at) && self.recorded.commands.contains(&command.id) {
            return Ok(Vec::new());
        }
        let mut run = Run { ticket: self, rules, noticed: at, events: Vec::new() };
        run.catch_up(at, Cause::Time);
        let decided = run.check_order(at).and_then(|()| run.decide(command));
        match decided {
            Err(why) => refused(why, run.events),
            Ok(decided) => {
                let cause = Cause::Command(command.id);
                let source = Source { cause, happened: command.happened, by: Some(command.by.clone()) };
                for event in decided {
                    run.record(event, at, &source);
                }
                run.catch_up(at, cause);
                Ok(run.events)
            }
        }
    }

    /// Records what time has caused by `now`. The events are to be stored like those of a command.
    ///
    /// Calling it often, seldom, late or twice changes nothing but the events' `noticed`. With a rulebook that lacks an edition
    /// which a commitment was made under, a clock in working time that goes on by itself does so in elapsed time, and its event
    /// says so: nothing is kept waiting. [`handle`](Self::handle) refuses such a rulebook.
    pub fn wake(&mut self, rules: &Rulebook, now: Timestamp) -> Vec<Recorded> {
        let mut run = Run { ticket: self, rules, noticed: now, events: Vec::new() };
        run.catch_up(now, Cause::Time);
        run.events
    }

    /// Whether a command can be believed at all.
    fn admit(&self, rules: &Rulebook, command: &Command) -> Result<(), CommandRefusal> {
        let derived = [(self.id.is_derived(), self.id.0), (command.id.is_derived(), command.id.0)];
        if command.stream != self.id {
            return Err(CommandRefusal::OtherStream { ticket: self.id, given: command.stream });
        }
        if let Some((_, id)) = derived.into_iter().find(|(derived, _)| *derived) {
            return Err(CommandRefusal::DerivedId { id });
        }
        if command.at.is_an_end_of_time() {
            return Err(CommandRefusal::OutsideTime);
        }
        if let Some(happened) = command.happened.filter(|happened| happened.at > command.at) {
            return Err(CommandRefusal::HappenedLater { happened: happened.at, at: command.at });
        }
        match self.missing_edition(rules) {
            Some(needed) => Err(CommandRefusal::EditionMissing { needed, there: rules.len() }),
            None => Ok(()),
        }
    }

    fn missing_edition(&self, rules: &Rulebook) -> Option<EditionNumber> {
        self.recorded.edition.filter(|needed| rules.edition(*needed).is_none())
    }
}

/// Where an event comes from.
pub(super) struct Source {
    cause: Cause,
    pub(super) happened: Option<Happened>,
    by: Option<Actor>,
}

impl Source {
    /// The source of what follows from such an event: the same cause, and nobody's word.
    pub(super) const fn following(&self) -> Self {
        Self { cause: self.cause, happened: None, by: None }
    }
}

/// One call of the host's, while it lasts.
pub(super) struct Run<'a> {
    pub(super) ticket: &'a mut Ticket,
    pub(super) rules: &'a Rulebook,
    noticed: Timestamp,
    events: Vec<Recorded>,
}

impl Run<'_> {
    /// Records every fact of time up to `now`, each at its own instant.
    fn catch_up(&mut self, now: Timestamp, cause: Cause) {
        while let Some(timer) = self.ticket.ledger.next_timer().copied().filter(|timer| has_passed(timer.nominal, now))
        {
            let at = self.ticket.recorded.last.map_or(timer.nominal, |last| last.max(timer.nominal));
            let Some(commitment) = self.ticket.ledger.get(timer.commitment) else { return };
            let facts = decide_for_time(commitment, &timer, &self.context(commitment.edition, at, None));
            if facts.is_empty() {
                return;
            }
            for fact in facts {
                self.follow(fact, at, &Source { cause, happened: None, by: None });
            }
        }
    }

    /// Commands go in the order of their instants, and none comes before what time has done at its instant.
    fn check_order(&self, at: Timestamp) -> Result<(), Refusal> {
        let recorded = &self.ticket.recorded;
        let later = recorded.last.filter(|last| *last > at);
        match later.or(recorded.by_time.filter(|by_time| *by_time >= at)) {
            Some(recorded) => Err(Refusal::Command(CommandRefusal::OutOfOrder { at, recorded })),
            None => Ok(()),
        }
    }

    fn decide(&self, command: &Command) -> Result<Vec<Event>, Refusal> {
        let at = command.at;
        let in_force = self.rules.in_force(at).ok_or(Refusal::Command(CommandRefusal::NoEdition { at }))?;
        match &command.order {
            Order::Ticket(order) => {
                let settles = |fact: &super::event::Event| self.settled_by(fact, at, command.happened);
                let decided = decide(self.ticket, order, settles).map_err(Refusal::Ticket)?;
                Ok(decided.map(Event::Ticket).into_iter().collect())
            }
            Order::Commitment(order) => {
                self.may_decide(order)?;
                let known = order.commitment().and_then(|id| self.ticket.ledger.get(id));
                let pinned = known.map(|commitment| commitment.edition);
                let context = self.context(pinned.unwrap_or(in_force), at, command.happened);
                let decided = commitment::decide(&self.ticket.ledger, order, &command.by, &context);
                Ok(decided.map_err(Refusal::Commitment)?.into_iter().map(Event::Commitment).collect())
            }
        }
    }

    /// Whether the ticket lets its ledger decide: it has been opened; nothing new is owed on a closed one; and its agreements' own
    /// pauses are not a host's to end.
    fn may_decide(&self, order: &commitment::Order) -> Result<(), Refusal> {
        let ticket = self.ticket.id;
        let matter = self.ticket.matter.as_ref();
        let matter = matter.ok_or(Refusal::Ticket(super::refusal::Refusal::NotOpened { ticket }))?;
        if order.makes_one() && matter.status == Status::Closed {
            return Err(Refusal::Ticket(super::refusal::Refusal::Ended { status: Status::Closed }));
        }
        let commitment::Order::Resume { commitment, reason } = order else { return Ok(()) };
        let Some(known) = self.ticket.ledger.get(*commitment) else { return Ok(()) };
        let policy = self.rules.edition(known.edition).map(Edition::policy);
        let stands = matches!(&known.phase, commitment::Phase::Paused { reasons, .. } if reasons.contains(reason));
        if stands && policy.is_some_and(|policy| wants_pause(known, reason, &matter.view(), policy)) {
            let reason = reason.clone();
            return Err(Refusal::Commitment(commitment::Refusal::StillHolds { commitment: *commitment, reason }));
        }
        Ok(())
    }

    /// Stores a fact, and what follows from it.
    fn record(&mut self, event: Event, at: Timestamp, source: &Source) {
        match event {
            Event::Commitment(fact) => self.follow(fact, at, source),
            Event::Ticket(fact) => self.react(fact, at, source),
        }
    }

    /// Stores a fact about a commitment, and then what follows from it for others.
    pub(super) fn follow(&mut self, fact: commitment::Event, at: Timestamp, source: &Source) {
        let orders = follow_ups(&self.ticket.ledger, &fact, at);
        self.store(Event::Commitment(fact), at, source);
        for order in orders {
            if let Some(fact) = self.followed(&order, at) {
                self.follow(fact, at, &source.following());
            }
        }
    }

    /// What an order about another commitment comes to, by the hours of that.
    pub(super) fn followed(&self, order: &FollowUp, at: Timestamp) -> Option<commitment::Event> {
        let edition = self.ticket.ledger.get(order.commitment())?.edition;
        decide_for_follow_up(&self.ticket.ledger, order, &self.context(edition, at, None))
    }

    /// Puts an event into its envelope and applies it.
    pub(super) fn store(&mut self, event: Event, at: Timestamp, source: &Source) {
        let edition = match &event {
            Event::Ticket(_) => None,
            Event::Commitment(fact) => {
                let from = fact.springs_from().unwrap_or(fact.commitment());
                self.ticket.ledger.get(from).map(|known| known.edition)
            }
        };
        let recorded = Recorded {
            stream: self.ticket.id,
            version: self.ticket.version.saturating_add(1),
            at,
            noticed: self.noticed,
            happened: source.happened,
            by: source.by.clone(),
            cause: source.cause,
            edition: edition.or_else(|| self.rules.in_force(at)).unwrap_or(EditionNumber(0)),
            event,
        };
        self.ticket.apply(&recorded);
        self.events.push(recorded);
    }

    /// What a commitment's rules may look at besides itself: above all the calendars of its edition.
    pub(super) fn context(&self, edition: EditionNumber, at: Timestamp, happened: Option<Happened>) -> Context<'_> {
        let edition = self.rules.edition(edition);
        let calendars = edition.map(Edition::calendars);
        Context { at, happened, calendars, corrections: edition.and_then(Edition::corrections) }
    }
}
