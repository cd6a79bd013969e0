//! Customers ask and are answered, one by one or all at once.

use alloc::vec::Vec;

use super::{Deciding, one, part};
use crate::commitment::{Actor, Commitment};
use crate::incident::envelope::{Event, Refusal};
use crate::incident::event;
use crate::incident::phase::Phase;
use crate::incident::refusal;
use crate::incident::role::Role;
use crate::incident::state::Standing;
use crate::policy::Author;
use crate::{ContactId, MessageRef};

impl Deciding<'_, '_> {
    /// An answer is owed from the oldest question that nobody has answered.
    pub(super) fn ask(
        &self,
        customer: &ContactId,
        message: &MessageRef,
        standing: &Standing,
    ) -> Result<Vec<Event>, Refusal> {
        let part = part(standing, customer)?;
        let mut events = one(event::Event::Asked { customer: customer.clone(), message: message.clone() });
        events.extend(self.owe(Role::Answer, customer, part, &standing.owes.answer, standing));
        Ok(events)
    }

    /// He is answered.
    pub(super) fn answer(
        &self,
        customer: &ContactId,
        message: &MessageRef,
        standing: &Standing,
    ) -> Result<Vec<Event>, Refusal> {
        part(standing, customer)?;
        self.author()?;
        let asked = self.run.stream.owed_as(Role::Answer, Some(customer)).filter(|owed| owed.is_open());
        let asked: Vec<&Commitment> = asked.collect();
        self.kept(asked, message)
    }

    /// News for everybody keeps the round that is owed, and answers what was asked only where the host says so.
    pub(super) fn update(
        &self,
        message: &MessageRef,
        answers: bool,
        standing: &Standing,
    ) -> Result<Vec<Event>, Refusal> {
        let mut events = one(event::Event::Updated { message: message.clone(), answers });
        let of_series =
            |owed: &&Commitment| owed.terms.series.as_ref().is_some_and(|series| standing.series.contains(&series.id));
        let mut rounds: Vec<_> = self.ledger().open().filter(of_series).collect();
        rounds.sort_unstable_by_key(|owed| owed.version);
        events.extend(self.kept(rounds, message)?);
        if answers {
            let author = self.author()?;
            events.extend(self.kept(self.open_everywhere(Role::Answer), message)?);
            let credited = standing.tickets.keys().map(|ticket| event::Event::Credited {
                ticket: *ticket,
                author,
                message: message.clone(),
            });
            events.extend(credited.map(Event::Incident));
        }
        Ok(events)
    }

    /// He says whether he is safe. If he is not, his own part is open again, and he is owed an answer besides.
    pub(super) fn hear(
        &self,
        customer: &ContactId,
        safe: bool,
        message: &MessageRef,
        phase: Phase,
        standing: &Standing,
    ) -> Result<Vec<Event>, Refusal> {
        let part = part(standing, customer)?;
        let heard = event::Event::Heard { customer: customer.clone(), safe, message: message.clone() };
        if safe {
            return Ok(one(heard));
        }
        let again = if phase == Phase::Closed { one(event::Event::TakenUp {}) } else { Vec::new() };
        // As long as it lasts, the fix is owed to him as to all of them.
        let over = phase != Phase::Ongoing;
        let owe = |role, target| self.owe(role, customer, part, target, standing);
        let repair = if over { owe(Role::Repair, &standing.owes.repair) } else { None };
        let answer = owe(Role::Answer, &standing.owes.answer);
        Ok(again.into_iter().chain(one(heard)).chain(repair).chain(answer).collect())
    }

    /// He is safe now, and is owed the news of that and the question again.
    pub(super) fn repair(
        &self,
        customer: &ContactId,
        message: &MessageRef,
        standing: &Standing,
    ) -> Result<Vec<Event>, Refusal> {
        let part = part(standing, customer)?;
        super::end::shows_a_fix(message, standing)?;
        let owed: Vec<&Commitment> =
            self.run.stream.owed_as(Role::Repair, Some(customer)).filter(|owed| owed.is_open()).collect();
        if owed.is_empty() {
            return Err(refusal::Refusal::NothingToRepair { customer: customer.clone() }.into());
        }
        let mut events = one(event::Event::Repaired { customer: customer.clone(), message: message.clone() });
        events.extend(self.kept(owed, message)?);
        events.extend(self.owe_news(customer, part, standing));
        Ok(events)
    }

    /// Who answers: a human being, or a program that only passes on what one has written.
    fn author(&self) -> Result<Author, refusal::Refusal> {
        match &self.command.by {
            Actor::Agent(_) | Actor::System(_) => Ok(Author::Agent),
            by @ (Actor::Customer(_) | Actor::Vendor(_) | Actor::Automation(_) | Actor::Ai(_)) => {
                Err(refusal::Refusal::NoAnswer { by: by.clone() })
            }
        }
    }
}
