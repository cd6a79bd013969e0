//! What follows from a fact of a ticket: its agreements hear of it and give orders.

use alloc::vec::Vec;

use super::decide::{Settled, is_a_customers};
use super::envelope::Event;
use super::event;
use super::fact::PutRight;
use super::state::{Matter, Ticket};
use crate::commitment::{
    self, Actor, Binding, ClockOrder, Happened, Origin, Run, Source, decide_for_agreement, follow_ups,
};
use crate::policy::{Anew, Fact, Moment, Policy, Standing, Status, Word, about_running, last_word, to_begin};
use crate::{CommitmentId, EditionNumber, MessageRef, Timestamp};

impl Run<'_, Ticket> {
    /// Stores an event of the ticket. What follows depends on whether it tells of something new, or puts a record or a plan right.
    pub(super) fn react(&mut self, event: event::Event, at: Timestamp, source: &Source) {
        self.take(event, at, source, None);
    }

    /// The same; where the customer comes back by it, with the word of his that says so.
    fn take(&mut self, event: event::Event, at: Timestamp, source: &Source, returned: Option<&Source>) {
        let before = self.stream.matter.as_ref().map(|matter| matter.standing.clone());
        let owner = before.as_ref().and_then(|standing| standing.owner.as_ref());
        let Some(fact) = event.fact(source.by.as_ref(), owner) else {
            return match event {
                event::Event::Replanned { .. } => {
                    self.replan(at, source);
                    self.hear_of_rules(at, &source.following());
                    self.hear_of_silence(None, at, &source.following());
                }
                event::Event::Redacted { message } => self.redact(&message, at, source),
                event::Event::SplitFrom { .. }
                | event::Event::EffectDone { .. }
                | event::Event::SilenceBegan(_)
                | event::Event::SilenceEnded { .. }
                | event::Event::ChaseDue { .. }
                | event::Event::Chased { .. }
                | event::Event::ClosingPutOff { .. } => self.store(Event::Ticket(event), None, at, source),
                _ => {
                    if self.is_a_return(&event) {
                        self.come_back(at, source);
                    }
                    let unread = match &event {
                        event::Event::MessageBounced { message } => self.stream.told_with(message),
                        _ => Vec::new(),
                    };
                    self.put_right(event, at, source);
                    self.count_silence(|rule| unread.contains(rule), at, &source.following());
                }
            };
        };
        let closed_by_rule = self.stream.closed_by().is_some();
        if closed_by_rule && fact.is_return() {
            // He is back, and takes up what was given up for his silence.
            self.come_back(at, source);
            return self.react(event, at, source);
        }
        let opened_before = before.is_some();
        let goes_on_elsewhere = matches!(event, event::Event::MergedInto { .. });
        let happened = event.counts_as_of(source.happened);
        let told = Told { fact, evidence: event.message().cloned(), at, happened };
        let let_go = self.stream.matter.as_ref().map(|matter| matter.absent.clone()).unwrap_or_default();
        self.store(Event::Ticket(event), None, at, source);
        if let Some(word) = returned {
            self.take_up_again(&let_go, at, word);
        }
        self.hear(&told, source);
        let Some(matter) = &self.stream.matter else { return };
        let before = before.unwrap_or_else(|| unopened(&matter.standing));
        let after = matter.standing.clone();
        let moment = self.moment(&told, matter, &before, &after);
        let orders = about_running(&moment, &self.stream.runs, &self.stream.ledger, |edition| self.policy(edition));
        self.carry_out(orders, source, at, told.happened);
        let begins = self.stream.matter.as_ref().filter(|_| !goes_on_elsewhere);
        let orders = begins.map(|matter| self.beginning(&self.moment(&told, matter, &before, &after)));
        self.carry_out(orders.unwrap_or_default(), source, at, told.happened);
        let stood = opened_before.then_some(&before);
        self.hear_of_fact(&told.fact, stood, at, &source.following());
        self.hear_of_silence(Some(&told.fact), at, &source.following());
        self.close_what_was_put_off(at, &source.following());
    }

    /// The customer is back, and takes up what was given up for his silence.
    pub(super) fn come_back(&mut self, at: Timestamp, source: &Source) {
        let reopened = event::Event::Reopened { from: Status::Closed, returned: true };
        self.take(reopened, at, &source.following(), Some(source));
    }

    /// Whether a record that is put right says that the customer had the last word, on a ticket that a rule has closed for want of it: he had
    /// said something, or what the desk had said has reached nobody.
    fn is_a_return(&self, event: &event::Event) -> bool {
        let Some(matter) = self.stream.matter.as_ref().filter(|matter| matter.closed_by.is_some()) else {
            return false;
        };
        if let event::Event::MessageBounced { message } = event
            && matter.told.contains(message)
        {
            return true;
        }
        let Some(PutRight { index, is, .. }) = matter.put_right(event) else { return false };
        let mut past = matter.past.clone();
        if let Some(past) = past.get_mut(index) {
            past.fact = is;
        }
        last_word(&past).is_some_and(|(word, _)| word == Word::Customer)
    }

    /// A reference goes from the conversation, and from all that is on record of what was owed.
    fn redact(&mut self, message: &MessageRef, at: Timestamp, source: &Source) {
        let named = self.stream.ledger.all().filter(|known| known.names(message)).map(|known| known.id);
        let named: Vec<CommitmentId> = named.collect();
        self.store(Event::Ticket(event::Event::Redacted { message: message.clone() }), None, at, source);
        for commitment in named {
            let redacted = commitment::Event::Redacted { commitment, reference: message.clone() };
            self.follow(redacted, at, &source.following());
        }
    }

    /// What is to begin, by the edition in force.
    pub(super) fn beginning(&self, moment: &Moment<'_>) -> Vec<ClockOrder> {
        let in_force = self.rules.in_force(moment.at).and_then(|edition| self.policy(edition));
        let pinned = |edition| self.policy(edition);
        let begin = |policy| to_begin(moment, &self.stream.runs, &self.stream.ledger, policy, pinned);
        in_force.map_or_else(Vec::new, begin)
    }

    /// What a clock waits for was done, and that is told only now: what has been asked since then is owed.
    pub(super) fn wait_since(&mut self, done: Option<CommitmentId>, at: Timestamp, source: &Source) {
        let done = done.and_then(|id| self.stream.ledger.get(id));
        let done = done.filter(|known| known.said_done_at() < Some(at));
        let Some(Origin::Policy(cycle)) = done.map(|known| &known.origin) else { return };
        let matter = self.stream.matter.as_ref().filter(|matter| matter.merged_into.is_none());
        let moment = matter.map(|matter| self.anew(matter, at, Anew::Word(&cycle.metric)));
        let orders = moment.map_or_else(Vec::new, |moment| self.beginning(&moment));
        self.carry_out(orders, &source.following(), at, None);
    }

    /// A customer who is heard is not absent: what he had been asked before counts no more. On a closed ticket nothing new is owed.
    fn hear(&mut self, told: &Told, source: &Source) {
        // An out-of-office or spam tells nothing of him: a machine has spoken, or somebody else.
        if !told.fact.is_heard_of_him() {
            return;
        }
        let closed = self.stream.status() == Some(Status::Closed);
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

    /// What a fact would make of what is owed, if it were recorded now.
    pub(super) fn settled_by(
        &self,
        event: &event::Event,
        by: Option<&Actor>,
        at: Timestamp,
        happened: Option<Happened>,
    ) -> Settled {
        let Some(matter) = &self.stream.matter else { return Settled::default() };
        let Some(fact) = event.fact(by, matter.standing.owner.as_ref()) else { return Settled::default() };
        let told = Told { fact, evidence: None, at, happened };
        let mut after = matter.standing.clone();
        after.take(&told.fact);
        let moment = self.moment(&told, matter, &matter.standing, &after);
        let ledger = &self.stream.ledger;
        let orders = about_running(&moment, &self.stream.runs, ledger, |edition| self.policy(edition));
        let mut settled = Settled::default();
        for order in &orders {
            let Some(known) = ledger.get(order.commitment()) else { continue };
            let facts = decide_for_agreement(ledger, order, &self.context(known.edition, at, happened));
            for fact in facts {
                let followed: Vec<_> =
                    follow_ups(ledger, &fact, at).iter().filter_map(|order| self.followed(order, at)).collect();
                if followed.iter().any(promises_a_customer) {
                    settled.amends.push(known.id);
                }
                let ends = [fact].into_iter().chain(followed).filter(commitment::Event::closes);
                settled.ended.extend(ends.map(|ending| ending.commitment()));
            }
        }
        settled
    }

    fn moment<'a>(
        &'a self,
        told: &'a Told,
        matter: &'a Matter,
        before: &'a Standing,
        after: &'a Standing,
    ) -> Moment<'a> {
        Moment {
            ticket: self.stream.id,
            at: told.at,
            happened: told.happened,
            fact: Some(&told.fact),
            anew: Anew::No,
            evidence: told.evidence.as_ref(),
            before,
            after,
            past: &matter.past,
        }
    }

    /// A moment at which the ticket stands as it did, and what runs is to be found from its past.
    pub(super) const fn anew<'a>(&'a self, matter: &'a Matter, at: Timestamp, anew: Anew<'a>) -> Moment<'a> {
        Moment {
            ticket: self.stream.id,
            at,
            happened: None,
            fact: None,
            anew,
            evidence: None,
            before: &matter.standing,
            after: &matter.standing,
            past: matter.past.as_slice(),
        }
    }

    pub(super) fn policy(&self, edition: EditionNumber) -> Option<&Policy> {
        self.rules.edition(edition).map(|edition| &edition.policy)
    }

    /// Agreements' orders, each decided on what the one before it has left.
    pub(super) fn carry_out(
        &mut self,
        orders: Vec<ClockOrder>,
        source: &Source,
        at: Timestamp,
        happened: Option<Happened>,
    ) {
        let following = source.following();
        for order in orders {
            let pinned = self.stream.ledger.get(order.commitment()).map(|known| known.edition);
            let Some(edition) = pinned.or_else(|| self.rules.in_force(at)) else { continue };
            let context = self.context(edition, at, happened);
            for fact in decide_for_agreement(&self.stream.ledger, &order, &context) {
                match order {
                    // It goes by the rules in force, whatever it goes on with.
                    ClockOrder::Start(_) => self.follow_under(edition, fact, at, &following),
                    _ => self.follow(fact, at, &following),
                }
            }
        }
    }
}

/// How a ticket that has just been opened stood before: it did not, so nothing held of it that holds now.
fn unopened(opened: &Standing) -> Standing {
    Standing::new(opened.requester.clone(), opened.author)
}

/// A fact on its way round the rooms.
struct Told {
    fact: Fact,
    evidence: Option<MessageRef>,
    at: Timestamp,
    happened: Option<Happened>,
}

/// Whether something is promised to a customer by it.
fn promises_a_customer(fact: &commitment::Event) -> bool {
    let commitment::Event::Promised(made) = fact else { return false };
    made.binding == Binding::Promised && is_a_customers(&made.beneficiary)
}
