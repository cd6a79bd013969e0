//! What a ticket has of its own in the loop of streams: its rulebook, its rooms, and what it lets its ledger decide.

use alloc::vec::Vec;

use super::decide::decide;
use super::envelope::{Command, Event, Order, Recorded, Refusal, Refused};
use super::refusal;
use super::state::{Matter, Next, Ticket};
use crate::commitment::{
    self, CommandRefusal, Context, Deliverable, Happened, Journal, Ledger, Reach, Run, Source, Stream, stream,
};
use crate::escalation;
use crate::policy::{Author, Status, Visibility, wants_pause};
use crate::rulebook::{Edition, Rulebook};
use crate::{CommitmentId, EditionNumber, MessageRef, TicketId, Timestamp};

impl Ticket {
    /// Carries out a command: records what time has caused by its instant, then decides, then lets time catch up once more.
    ///
    /// The events are to be stored, in their order and all or none. The ticket is then as replaying them would leave it.
    /// A command that changes nothing, or that was recorded at this very instant before, yields no event.
    ///
    /// # Errors
    /// [`Refused`] says why, and holds what time had caused by then. That has happened whether or not the command is taken: a
    /// host stores it, or drops it together with the ticket.
    ///
    /// # What time has caused comes first, whether or not the command is taken
    ///
    /// ```
    /// # use owed::ticket::{Author, Order, Status};
    /// # use owed::{AgentId, CommandId, ContactId, Rulebook, Ticket, TicketId, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "4 hours" } }] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (TicketId(id), CommandId(first), CommandId(second));
    /// # let (ryan, ada) = (ContactId::new("c-17")?, AgentId::new("ada")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut ticket = Ticket::new(id);
    /// # let open = ticket.command(first, at, ryan.clone(), Order::open(ryan.clone()));
    /// # let opened = ticket.handle(&rules, &open)?;
    /// // A reply was owed to Ryan by 13:00.
    /// let reopen = ticket.command(second, due.plus_micros(1), ada, Order::Reopen {});
    /// let refused = ticket.handle(&rules, &reopen).unwrap_err(); // it is not solved
    /// assert_eq!(refused.meanwhile[0].at, due); // the breach: to be stored
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn handle(&mut self, rules: &Rulebook, command: &Command) -> Result<Vec<Recorded>, Refused> {
        stream::handle(self, rules, command)
    }

    /// Records what time has caused by `now`. The events are to be stored like those of a command.
    ///
    /// Calling it often, seldom, late or twice changes nothing but the events' `noticed`. With a rulebook that lacks an edition which something here was
    /// recorded under ([`missing_edition`](Self::missing_edition)) it records nothing, and stays due for a host that has the whole: its clocks would be counted
    /// by other hours, and nobody would hear of a breach. [`handle`](Self::handle) refuses such a rulebook.
    ///
    /// # At the deadline nothing is broken yet
    ///
    /// ```
    /// # use owed::ticket::{Author, Order, Status};
    /// # use owed::{AgentId, CommandId, ContactId, Rulebook, Ticket, TicketId, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "4 hours" } }] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (TicketId(id), CommandId(first), CommandId(second));
    /// # let (ryan, ada) = (ContactId::new("c-17")?, AgentId::new("ada")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut ticket = Ticket::new(id);
    /// # let open = ticket.command(first, at, ryan.clone(), Order::open(ryan.clone()));
    /// # let opened = ticket.handle(&rules, &open)?;
    /// // A reply is owed to Ryan by 13:00.
    /// assert_eq!(ticket.wake(&rules, due), []);
    /// let events = ticket.wake(&rules, due.plus_micros(86_400_000_000)); // a day late
    /// assert_eq!((events.len(), events[0].at), (1, due)); // it is broken at its deadline all the same
    /// assert_eq!(ticket.wake(&rules, due.plus_micros(86_400_000_000)), []);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn wake(&mut self, rules: &Rulebook, now: Timestamp) -> Vec<Recorded> {
        stream::wake(self, rules, now)
    }
}

impl Stream for Ticket {
    type Id = TicketId;
    type Order = Order;
    type Event = Event;
    type Refusal = Refusal;
    type Rules<'a> = &'a Rulebook;

    fn id(&self) -> TicketId {
        self.id
    }

    fn journal(&self) -> &Journal {
        &self.journal
    }

    fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    fn take(&mut self, recorded: &Recorded) {
        self.apply(recorded);
    }

    fn another(&self, given: TicketId) -> CommandRefusal {
        CommandRefusal::OtherStream { ticket: self.id, given }
    }

    fn missing(&self, rules: &Rulebook) -> Option<CommandRefusal> {
        rules.lacks(self.journal.edition)
    }

    fn in_force(rules: &Rulebook, at: Timestamp) -> Option<EditionNumber> {
        rules.in_force(at)
    }

    fn context(
        rules: Self::Rules<'_>,
        edition: EditionNumber,
        at: Timestamp,
        happened: Option<Happened>,
    ) -> Context<'_> {
        rules.context(edition, at, happened)
    }

    fn reach(&self) -> Reach<'_> {
        self.matter.as_ref().map(|matter| matter.standing.reach()).unwrap_or_default()
    }

    fn decide(run: &Run<'_, Self>, command: &Command) -> Result<Vec<Event>, Refusal> {
        let at = command.at;
        let in_force = run.rules.in_force(at).ok_or(CommandRefusal::NoEdition { at })?;
        match &command.order {
            Order::Ticket(order) => {
                let settles =
                    |fact: &super::event::Event| run.settled_by(fact, Some(&command.by), at, command.happened);
                let lifecycle = run.policy(in_force).map(|policy| &policy.lifecycle);
                let decided = decide(run.stream, order, &command.by, at, lifecycle, settles)?;
                // Whoever may do it, what changes nothing is refused to nobody.
                if let Some(lifecycle) = lifecycle.filter(|_| !decided.is_empty()) {
                    super::status::may_set(order, &command.by, lifecycle)?;
                }
                Ok(decided.into_iter().map(Event::Ticket).collect())
            }
            Order::Commitment(order) => {
                run.may_decide(order)?;
                escalation::to_be_decided(&run.stream.escalations, &run.stream.ledger, order, &command.by)?;
                let facts = run.ordered(command, order, in_force)?;
                run.may_make(&facts)?;
                Ok(facts.into_iter().map(Event::Commitment).collect())
            }
            Order::Escalation(order) => run.escalated(order, &command.by, at, command.happened, in_force),
        }
    }

    fn record(run: &mut Run<'_, Self>, event: Event, at: Timestamp, source: &Source) {
        match event {
            Event::Commitment(fact) => {
                let done = fact.is_done().then_some(fact.commitment());
                run.follow(fact, at, source);
                run.wait_since(done, at, source);
            }
            Event::Ticket(fact) => run.react(fact, at, source),
            Event::Escalation(fact) => {
                let his = fact.is_the_customers();
                if his && run.stream.closed_by().is_some() {
                    run.come_back(at, source);
                }
                run.store(Event::Escalation(fact), None, at, source);
                if his {
                    run.hear_of_silence(None, at, &source.following());
                }
            }
        }
    }

    fn next_due(&self) -> Option<Timestamp> {
        let owed = self.ledger.next_timer().map(|timer| timer.nominal);
        let told = self.escalations.next_timer().map(|timer| timer.nominal);
        let silent = self.next_silence().map(|(_, timer)| timer.nominal);
        owed.into_iter().chain(told).chain(silent).min()
    }

    fn elapse(run: &mut Run<'_, Self>, at: Timestamp, source: &Source) -> bool {
        match run.stream.next_room() {
            Some(Next::Ledger) => run.elapse_in_ledger(at, source),
            Some(Next::Escalations) => run.elapse_in_escalations(at, source),
            Some(Next::Silence) => run.elapse_in_silence(at, source),
            None => false,
        }
    }

    fn heard(run: &mut Run<'_, Self>, stored: usize, at: Timestamp, source: &Source) {
        run.hear_of_commitment(stored, at, source);
        let his = |recorded: &Recorded| matches!(&recorded.event, Event::Commitment(fact) if fact.is_the_customers());
        if run.events.get(stored).is_some_and(his) {
            run.hear_of_silence(None, at, source);
        }
        run.close_what_was_put_off(at, source);
    }
}

impl Run<'_, Ticket> {
    /// Nothing new is owed on a closed ticket.
    pub(super) fn may_make(&self, facts: &[commitment::Event]) -> Result<(), Refusal> {
        if self.stream.status() == Some(Status::Closed) && facts.iter().any(commitment::Event::makes_one) {
            if let Some(into) = self.stream.merged_into() {
                return Err(refusal::Refusal::Merged { into }.into());
            }
            return Err(refusal::Refusal::Ended { status: Status::Closed }.into());
        }
        Ok(())
    }

    /// Whether the ticket lets its ledger decide: it has been opened, what shows that a reply was given is one, and its agreements' own pauses
    /// are not a host's to end.
    fn may_decide(&self, order: &commitment::Order) -> Result<(), Refusal> {
        let ticket = self.stream.id;
        let matter = self.stream.matter.as_ref().ok_or(refusal::Refusal::NotOpened { ticket })?;
        if let commitment::Order::Fulfil { commitment, evidence: Some(message) } = order {
            return self.answers(*commitment, message, matter);
        }
        let commitment::Order::Resume { commitment, reason } = order else { return Ok(()) };
        let Some(known) = self.stream.ledger.get(*commitment) else { return Ok(()) };
        let policy = self.rules.edition(known.edition).map(Edition::policy);
        let stands = matches!(&known.phase, commitment::Phase::Paused { reasons, .. } if reasons.contains(reason));
        if stands && policy.is_some_and(|policy| wants_pause(known, reason, &matter.standing, policy)) {
            let reason = reason.clone();
            return Err(commitment::Refusal::StillHolds { commitment: *commitment, reason }.into());
        }
        Ok(())
    }

    /// Whether a message, as far as it is known, can have given a reply that is owed.
    fn answers(&self, commitment: CommitmentId, message: &MessageRef, matter: &Matter) -> Result<(), Refusal> {
        let owed = self.stream.ledger.get(commitment);
        let reply = owed.is_some_and(|owed| owed.is_open() && owed.deliverable == Deliverable::Reply);
        let Some((_, said)) = matter.message(message).filter(|_| reply) else { return Ok(()) };
        let author = said.author;
        let can_be = match author {
            Author::Automation | Author::System | Author::ThirdParty => false,
            Author::Ai => !matter.standing.human_asked_for,
            Author::Customer | Author::Agent => true,
        };
        if can_be && said.visibility == Visibility::Public && said.counts() {
            return Ok(());
        }
        Err(refusal::Refusal::NoAnswer { commitment, message: message.clone(), author }.into())
    }
}
