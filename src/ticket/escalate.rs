//! Who must hear of what happens on a ticket: its escalations are told of every fact, and never change what is owed.

use alloc::vec::Vec;

use super::decide::few_enough;
use super::envelope::{Event, Refusal};
use super::refusal;
use super::state::Ticket;
use crate::commitment::{self, Actor, Happened, Origin, Owner, Run, Source};
use crate::escalation::{self, Asking, Brief, Denied, Ladder, Occasion, Order, Scene, Settled, Subject, Turned};
use crate::policy::{Fact, Past, Standing};
use crate::rulebook::Edition;
use crate::{EditionNumber, EscalationId, TeamId, Timestamp};

impl Run<'_, Ticket> {
    /// What an order about escalations, or about a customer's request, comes to.
    pub(super) fn escalated(
        &self,
        order: &Order,
        by: &Actor,
        at: Timestamp,
        happened: Option<Happened>,
        in_force: EditionNumber,
    ) -> Result<Vec<Event>, Refusal> {
        let ticket = self.stream.id;
        let matter = self.stream.matter.as_ref().ok_or(refusal::Refusal::NotOpened { ticket })?;
        let (board, ledger) = (&self.stream.escalations, &self.stream.ledger);
        let settled = match order {
            Order::AskForDecision { about, message } => {
                few_enough("agents", about.len())?;
                let team = matter.standing.owner.as_ref().map(|owner| owner.team.clone());
                let owner = team.or_else(|| TeamId::new("desk").ok()).map(|team| Owner { team, agent: None });
                let owner = owner.ok_or(refusal::Refusal::NotOpened { ticket })?;
                let asking = Asking {
                    stream: ticket.0,
                    requester: &matter.standing.requester,
                    owner,
                    about,
                    message: message.as_ref(),
                    by,
                };
                let supervisor = self.rules.edition(in_force).map(Edition::supervisor).unwrap_or_default();
                escalation::ask(board, ledger, &supervisor, &asking, &self.context(in_force, at, happened))
            }
            Order::Grant { .. } | Order::Decline { .. } | Order::WithdrawRequest { .. } => {
                let edition = board.undecided(ledger).map_or(in_force, |(_, owed)| owed.edition);
                let supervisor = self.rules.edition(edition).map(Edition::supervisor).unwrap_or_default();
                let context = self.context(edition, at, happened);
                escalation::decided(board, ledger, &supervisor, order, by, &context)?
            }
            Order::Escalate { .. }
            | Order::ReportReached { .. }
            | Order::ReportNobodyThere { .. }
            | Order::Acknowledge { .. }
            | Order::Progress { .. }
            | Order::Snooze { .. }
            | Order::HandOver { .. }
            | Order::DeEscalate { .. } => {
                let known = order.escalation().and_then(|id| board.get(id));
                // What is asked for may join one that there is, which goes on by its own edition.
                let joined = match order {
                    Order::Escalate { ladder, commitment, .. } => {
                        let subject = commitment.map_or(Subject::Ticket, Subject::Commitment);
                        board.of_the_matter(subject, ledger).into_iter().find(|there| there.ladder.name == *ladder)
                    }
                    _ => None,
                };
                let known = known.or(joined);
                let edition = known.map_or(in_force, |escalation| escalation.edition);
                let ladder = |name: &_| self.rules.edition(in_force)?.ladder(name);
                let facts = self.with_scene(edition, at, |scene| escalation::decide(scene, order, by, ladder))?;
                return Ok(facts.into_iter().map(Event::Escalation).collect());
            }
        };
        let Settled { event, facts } = settled;
        // His right outlives the ticket, and so do the decision and what is offered instead.
        if let Some(into) = self.stream.merged_into().filter(|_| facts.iter().any(commitment::Event::makes_one)) {
            return Err(refusal::Refusal::Merged { into }.into());
        }
        Ok([Event::Escalation(event)].into_iter().chain(facts.into_iter().map(Event::Commitment)).collect())
    }

    /// Records what the first timer of the escalations causes; says whether that was anything.
    pub(super) fn elapse_in_escalations(&mut self, at: Timestamp, source: &Source) -> bool {
        let board = &self.stream.escalations;
        let Some(escalation) = board.next_timer().and_then(|timer| board.get(timer.of)) else { return false };
        let edition = escalation.edition;
        let facts = self.with_scene(edition, at, |scene| escalation::decide_for_time(scene, escalation));
        let any = !facts.is_empty();
        self.keep(facts, edition, at, source);
        any
    }

    /// What a stored fact about a commitment is to escalations.
    pub(super) fn hear_of_commitment(&mut self, stored: usize, at: Timestamp, source: &Source) {
        let Some(recorded) = self.events.get(stored) else { return };
        let (Event::Commitment(event), edition) = (&recorded.event, recorded.edition) else { return };
        let climbed = self.climbed(event, edition);
        let board = &self.stream.escalations;
        if climbed.is_empty() && board.live().next().is_none() {
            return;
        }
        let event = event.clone();
        let subject = Subject::Commitment(event.commitment());
        let mut live = self.of_the_matter(subject);
        if event.closes() {
            // It may be a part that was given on, or stand in for one, of which another hears.
            let others = board.live().filter(|one| one.hears_of_parts()).map(|one| one.id);
            live.extend(others.filter(|id| !live.contains(id)).collect::<Vec<_>>());
        }
        for id in live {
            self.tell_one(id, at, source, Occasion::Commitment(&event));
        }
        for ladder in climbed {
            self.begin(&ladder, subject, edition, at, source, Occasion::Commitment(&event));
        }
        self.hear_of_its_end(&event, stored, at, source);
    }

    /// What has followed from a fact about a commitment was told before that; where it is owed no more by that, whoever hears of it now hears
    /// of that, too.
    fn hear_of_its_end(&mut self, event: &commitment::Event, stored: usize, at: Timestamp, source: &Source) {
        let of_it = event.commitment();
        let followed = self.events.iter().skip(stored.saturating_add(1));
        let mut ends = followed.filter_map(|recorded| match &recorded.event {
            Event::Commitment(end) if end.closes() && end.commitment() == of_it => Some(end.clone()),
            Event::Commitment(_) | Event::Ticket(_) | Event::Escalation(_) => None,
        });
        let Some(end) = ends.next_back() else { return };
        for id in self.of_the_matter(Subject::Commitment(of_it)) {
            self.tell_one(id, at, source, Occasion::Commitment(&end));
        }
    }

    fn of_the_matter(&self, subject: Subject) -> Vec<EscalationId> {
        let live = self.stream.escalations.of_the_matter(subject, &self.stream.ledger);
        live.into_iter().map(|one| one.id).collect()
    }

    /// What a fact of the ticket is to escalations.
    pub(super) fn hear_of_fact(&mut self, fact: &Fact, before: Option<&Standing>, at: Timestamp, source: &Source) {
        let (ladders, in_force) = self.watching(at);
        if ladders.is_empty() && self.stream.escalations.live().next().is_none() {
            return;
        }
        let Some(matter) = &mut self.stream.matter else { return };
        let after = matter.standing.clone();
        // Lent out meanwhile, for nothing that follows here looks at it; a long past is not copied for every fact.
        let past = core::mem::take(&mut matter.past);
        let turned = Turned { fact, before, after: &after, past: &past };
        // What a ticket's facts cause is about the ticket; they are progress for whatever somebody has.
        let about: Vec<_> = self.stream.escalations.about(Subject::Ticket).map(|escalation| escalation.id).collect();
        for id in about {
            self.tell_one(id, at, source, Occasion::Ticket(&turned));
        }
        let live: Vec<EscalationId> = self.stream.escalations.live().map(|escalation| escalation.id).collect();
        for id in live {
            self.note_progress(id, fact, &after, at, source);
        }
        if let Some(edition) = in_force {
            for ladder in &ladders {
                self.begin(ladder, Subject::Ticket, edition, at, source, Occasion::Ticket(&turned));
            }
        }
        if let Some(matter) = &mut self.stream.matter {
            matter.past = past;
        }
    }

    /// What is to escalations that the past was another than it was known to be.
    pub(super) fn hear_of_correction(&mut self, before: &[Past], at: Timestamp, source: &Source) {
        let (ladders, in_force) = self.watching(at);
        if ladders.is_empty() && self.stream.escalations.live().next().is_none() {
            return;
        }
        let now = self.stream.past().to_vec();
        let occasion = Occasion::PutRight { before, now: &now };
        let about: Vec<_> = self.stream.escalations.about(Subject::Ticket).map(|escalation| escalation.id).collect();
        for id in about {
            self.tell_one(id, at, source, occasion);
        }
        if let Some(edition) = in_force {
            for ladder in &ladders {
                self.begin(ladder, Subject::Ticket, edition, at, source, occasion);
            }
        }
    }

    /// What there has been a cause for all along is to a ladder of the rules in force, if nobody has heard of it by that.
    pub(super) fn hear_of_rules(&mut self, at: Timestamp, source: &Source) {
        let (ladders, in_force) = self.watching(at);
        let Some(edition) = in_force.filter(|_| !ladders.is_empty()) else { return };
        let past = self.stream.past().to_vec();
        for ladder in &ladders {
            self.begin(ladder, Subject::Ticket, edition, at, source, Occasion::NewRules(&past));
        }
    }

    /// The ladders in force that watch tickets.
    fn watching(&self, at: Timestamp) -> (Vec<Ladder>, Option<EditionNumber>) {
        let in_force = self.rules.in_force(at);
        let ladders = in_force.and_then(|edition| self.rules.edition(edition)).map_or(&[][..], Edition::ladders);
        (ladders.iter().filter(|ladder| ladder.watches_tickets()).cloned().collect(), in_force)
    }

    /// The ladders of the edition that what has happened to a commitment may start.
    fn climbed(&self, event: &commitment::Event, edition: EditionNumber) -> Vec<Ladder> {
        let Some(edition) = self.rules.edition(edition).filter(|edition| !edition.ladders().is_empty()) else {
            return Vec::new();
        };
        if !event.may_start_an_escalation() {
            return Vec::new();
        }
        let Some(commitment) = self.stream.ledger.get(event.commitment()) else { return Vec::new() };
        let names = edition.climbed_by(commitment);
        // A decision that the customer asks for climbs whatever names that; anything else only what it is told to climb.
        let asked = matches!(commitment.origin, Origin::Request { .. });
        let climbs = |ladder: &&Ladder| names.contains(&ladder.name) || asked && ladder.watches_requests();
        edition.ladders().iter().filter(climbs).cloned().collect()
    }

    fn tell_one(&mut self, id: EscalationId, at: Timestamp, source: &Source, occasion: Occasion<'_>) {
        let Some(escalation) = self.stream.escalations.get(id) else { return };
        let edition = escalation.edition;
        let tell = |scene: &Scene<'_>| escalation::decide_for_causes(scene, escalation, occasion);
        let facts = self.with_scene(edition, at, tell);
        self.keep(facts, edition, at, source);
    }

    /// Whoever has it has it longer, where a fact is what its ladder takes for progress.
    fn note_progress(&mut self, id: EscalationId, fact: &Fact, after: &Standing, at: Timestamp, source: &Source) {
        let Some(escalation) = self.stream.escalations.get(id) else { return };
        let edition = escalation.edition;
        if !escalation.ladder.takes_for_progress(fact, after) || !escalation.is_work_on_it(fact) {
            return;
        }
        let facts = self.with_scene(edition, at, |scene| escalation::progress(scene, escalation));
        self.keep(facts.into_iter().collect(), edition, at, source);
    }

    /// An escalation begins on a ladder, unless there is one of that subject on it, or of an earlier round of the same series.
    fn begin(
        &mut self,
        ladder: &Ladder,
        subject: Subject,
        edition: EditionNumber,
        at: Timestamp,
        source: &Source,
        occasion: Occasion<'_>,
    ) {
        let there = self.stream.escalations.of_the_matter(subject, &self.stream.ledger);
        if there.iter().any(|there| there.ladder.name == ladder.name) {
            return;
        }
        let facts = self.with_scene(edition, at, |scene| escalation::start(scene, ladder, subject, occasion));
        self.keep(facts, edition, at, source);
    }

    fn keep(&mut self, facts: Vec<escalation::Event>, edition: EditionNumber, at: Timestamp, source: &Source) {
        for fact in facts {
            self.store(Event::Escalation(fact), Some(edition), at, source);
        }
    }

    fn with_scene<T>(&self, edition: EditionNumber, at: Timestamp, ask: impl FnOnce(&Scene<'_>) -> T) -> T {
        let brief = |subject| self.brief(subject);
        ask(&Scene {
            context: self.context(edition, at, None),
            board: &self.stream.escalations,
            ledger: &self.stream.ledger,
            stream: self.stream.id.0,
            brief: &brief,
        })
    }

    /// What whoever hears of it needs to act.
    fn brief(&self, subject: Subject) -> Brief {
        let standing = self.stream.standing();
        let ticket = Brief {
            owner: standing.and_then(|standing| standing.owner.clone()),
            beneficiary: standing.map(|standing| standing.requester.clone()),
            priority: standing.and_then(|standing| standing.priority.clone()),
            channel: standing.and_then(|standing| standing.channel),
            language: standing.and_then(|standing| standing.language.clone()),
            ..Brief::default()
        };
        let Subject::Commitment(id) = subject else { return ticket };
        let Some(owed) = self.stream.ledger.get(id) else { return ticket };
        Brief {
            owner: Some(owed.owner.clone()),
            beneficiary: Some(owed.beneficiary.clone()),
            deliverable: Some(owed.deliverable.clone()),
            due: Some(owed.due),
            ..ticket
        }
    }
}

impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Escalation(why) => why.into(),
            Denied::Commitment(why) => why.into(),
        }
    }
}
