//! What follows from a fact of a ticket: its agreements hear of it and give orders.

use alloc::vec::Vec;

use super::envelope::Event;
use super::event;
use super::state::{Matter, Ticket};
use crate::commitment::{self, ClockOrder, Happened, Run, Source, decide_for_agreement, follow_ups};
use crate::policy::{Author, Fact, Moment, Policy, Status, View, Visibility, about_running, to_begin};
use crate::{CommitmentId, EditionNumber, Priority, Timestamp};

impl Run<'_, Ticket> {
    /// Stores a fact of the ticket. Then the clocks that run hear of it, and then those begin that it starts.
    pub(super) fn react(&mut self, event: event::Event, at: Timestamp, source: &Source) {
        let happened = source.happened;
        let told = Told { fact: event.fact(), evidence: event.message().cloned(), at, happened };
        let (status, priority) = self.standing();
        self.store(Event::Ticket(event), None, at, source);
        let before = View { status, priority: priority.as_ref() };
        self.hear(&told, source);
        let Some(matter) = &self.stream.matter else { return };
        let moment = self.moment(&told, matter, before.clone(), matter.view());
        let orders = about_running(&moment, &self.stream.runs, &self.stream.ledger, |edition| self.policy(edition));
        self.carry_out(orders, source, &told);
        let Some(matter) = &self.stream.matter else { return };
        let moment = self.moment(&told, matter, before, matter.view());
        let in_force = self.rules.in_force(at).and_then(|edition| self.policy(edition));
        let pinned = |edition| self.policy(edition);
        let begin = |policy| to_begin(&moment, &self.stream.runs, &self.stream.ledger, policy, pinned);
        let orders = in_force.map_or_else(Vec::new, begin);
        self.carry_out(orders, source, &told);
    }

    /// A customer who speaks is not absent: what he had been asked before counts no more. On a closed ticket nothing new is owed.
    fn hear(&mut self, told: &Told, source: &Source) {
        let Fact::Message(Author::Customer, Visibility::Public) = told.fact else { return };
        let closed = self.standing().0 == Status::Closed;
        let ledger = &self.stream.ledger;
        let may_hear = ledger.open().chain(ledger.absent().filter(|_| !closed)).map(|known| known.id);
        for id in may_hear.collect::<Vec<_>>() {
            let Some(known) = self.stream.ledger.get(id) else { continue };
            let context = self.context(known.edition, told.at, told.happened);
            let heard = commitment::heard(&self.stream.ledger, known, source.by.as_ref(), &context);
            for fact in heard.unwrap_or_default() {
                self.follow(fact, told.at, &source.following());
            }
        }
    }

    /// The commitments that a fact would settle if it were recorded now.
    pub(super) fn settled_by(
        &self,
        event: &event::Event,
        at: Timestamp,
        happened: Option<Happened>,
    ) -> Vec<CommitmentId> {
        let Some(matter) = &self.stream.matter else { return Vec::new() };
        let told = Told { fact: event.fact(), evidence: None, at, happened };
        let mut after = matter.view();
        if let Fact::Status(_, to) = &told.fact {
            after.status = *to;
        }
        let moment = self.moment(&told, matter, matter.view(), after);
        let ledger = &self.stream.ledger;
        let orders = about_running(&moment, &self.stream.runs, ledger, |edition| self.policy(edition));
        let facts = |order: &ClockOrder| {
            let pinned = ledger.get(order.commitment()).map(|known| self.context(known.edition, at, happened));
            pinned.map_or_else(Vec::new, |context| decide_for_agreement(ledger, order, &context))
        };
        let with_repair = |fact: commitment::Event| {
            let orders = follow_ups(ledger, &fact, at);
            let followed: Vec<_> = orders.iter().filter_map(|order| self.followed(order, at)).collect();
            [fact].into_iter().chain(followed)
        };
        let facts = orders.iter().flat_map(facts).flat_map(with_repair);
        facts.filter(commitment::Event::closes).map(|closing| closing.commitment()).collect()
    }

    pub(super) fn standing(&self) -> (Status, Option<Priority>) {
        let matter = self.stream.matter.as_ref();
        matter.map_or((Status::New, None), |matter| (matter.status, matter.priority.clone()))
    }

    fn moment<'a>(&'a self, told: &'a Told, matter: &'a Matter, before: View<'a>, after: View<'a>) -> Moment<'a> {
        Moment {
            ticket: self.stream.id,
            at: told.at,
            happened: told.happened,
            fact: &told.fact,
            evidence: told.evidence.as_ref(),
            before,
            after,
            past: &matter.past,
            owner: matter.owner.as_ref(),
            beneficiary: &matter.requester,
        }
    }

    fn policy(&self, edition: EditionNumber) -> Option<&Policy> {
        self.rules.edition(edition).map(|edition| &edition.policy)
    }

    /// Agreements' orders, each decided on what the one before it has left.
    fn carry_out(&mut self, orders: Vec<ClockOrder>, source: &Source, told: &Told) {
        let following = source.following();
        for order in orders {
            let pinned = self.stream.ledger.get(order.commitment()).map(|known| known.edition);
            let Some(edition) = pinned.or_else(|| self.rules.in_force(told.at)) else { continue };
            let context = self.context(edition, told.at, told.happened);
            for fact in decide_for_agreement(&self.stream.ledger, &order, &context) {
                self.follow(fact, told.at, &following);
            }
        }
    }
}

/// A fact on its way round the rooms.
struct Told {
    fact: Fact,
    evidence: Option<crate::MessageRef>,
    at: Timestamp,
    happened: Option<Happened>,
}
