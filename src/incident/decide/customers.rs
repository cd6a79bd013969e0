//! Customers are affected, or are not; and are spoken with so, or in another way.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::{Deciding, one, part, unlink};
use crate::commitment::{Channel, Commitment, Order as Debt, Phase as Stage, amends};
use crate::incident::affected::{Affected, Part};
use crate::incident::envelope::{Event, Refusal};
use crate::incident::event::{self, Owing};
use crate::incident::order::WhyOff;
use crate::incident::phase::Phase;
use crate::incident::role::Role;
use crate::incident::state::Standing;
use crate::{ContactId, Name};

impl Deciding<'_, '_> {
    /// Whoever is new among them is owed his notice from now on; if it is over by now, the news of that, too.
    pub(super) fn affect(&self, customers: &[Affected], standing: &Standing) -> Vec<Event> {
        let mut named = BTreeSet::new();
        let known = |customer| standing.parts.get(customer).is_some_and(|part| !part.taken_off);
        let new = customers.iter().filter(|affected| !known(&affected.customer) && named.insert(&affected.customer));
        let new: Vec<Affected> = new.cloned().collect();
        if new.is_empty() {
            return Vec::new();
        }
        let mut events = one(event::Event::Affected { customers: new.clone() });
        for affected in &new {
            let language = affected.language.as_ref().map(|language| shared(language, standing));
            let (customer, part) = (&affected.customer, Part::of(affected, language));
            events.extend(self.owe(Role::Notice, customer, &part, &standing.owes.notice, standing));
            if standing.phase == Phase::Resolved {
                events.extend(self.owe_news(customer, &part, standing));
            }
        }
        events
    }

    /// That it is over, and the question whether he is safe.
    pub(super) fn owe_news(&self, customer: &ContactId, part: &Part, standing: &Standing) -> Vec<Event> {
        let news = self.owe(Role::News, customer, part, &standing.owes.news, standing);
        let feedback = self.owe(Role::Feedback, customer, part, &standing.owes.feedback, standing);
        news.into_iter().chain(feedback).collect()
    }

    /// He is none of those affected. What he is owed was an error (row 28 of the chart), or he lets the desk off (rows 18 and 22).
    pub(super) fn take_off(
        &self,
        customer: &ContactId,
        why: &WhyOff,
        standing: &Standing,
    ) -> Result<Vec<Event>, Refusal> {
        part(standing, customer)?;
        let mut events = one(event::Event::TakenOff { customer: customer.clone(), why: why.clone() });
        let error = matches!(why, WhyOff::NotAffected { .. });
        let mut to_see: Vec<_> =
            Role::OF_ONE.into_iter().flat_map(|role| self.run.stream.owed_as(role, Some(customer))).collect();
        to_see.reverse();
        while let Some(owed) = to_see.pop() {
            if owed.is_open() {
                events.extend(self.debt(&off(owed, why))?);
            }
            // What is owed for a breach falls away by itself where that is struck out.
            if !(error && owed.is_open()) {
                to_see.extend(amends(self.ledger(), owed).filter_map(|id| self.ledger().get(id)));
            }
        }
        // His tickets are about something else, then; who only does not want to hear of it, his may be.
        for (ticket, _) in standing.tickets.iter().filter(|(_, of)| error && *of == customer) {
            events.extend(unlink(*ticket, standing)?);
        }
        Ok(events)
    }

    /// He is spoken with in another way. What he is still to be told, he is to be told so.
    pub(super) fn reach(
        &self,
        customer: &ContactId,
        channel: Option<Channel>,
        language: Option<&Name>,
        standing: &Standing,
    ) -> Result<Vec<Event>, Refusal> {
        let part = part(standing, customer)?;
        if (part.channel, part.language.as_ref()) == (channel, language) {
            return Ok(Vec::new());
        }
        let told = [Role::Notice, Role::News, Role::Feedback];
        let owed = told
            .into_iter()
            .flat_map(|what| self.run.stream.owed_as(what, Some(customer)).map(move |owed| (what, owed)));
        let open = owed.filter(|(_, owed)| owed.is_open());
        let untold = open.map(|(what, owed)| Owing { what, commitment: owed.id, due: owed.due }).collect();
        let (customer, language) = (customer.clone(), language.cloned());
        Ok(one(event::Event::WayChanged { customer, channel, language, untold }))
    }
}

fn off(owed: &Commitment, why: &WhyOff) -> Debt {
    let commitment = owed.id;
    match why {
        WhyOff::NotAffected { reason, evidence } => {
            Debt::RecordInError { commitment, reason: reason.clone(), evidence: evidence.clone() }
        }
        WhyOff::Released { evidence } => match owed.phase {
            Stage::Overdue => Debt::Waive { commitment, evidence: evidence.clone() },
            Stage::Candidate { .. }
            | Stage::Conditional { .. }
            | Stage::Active { .. }
            | Stage::Paused { .. }
            | Stage::Closed { .. } => Debt::Release { commitment, evidence: evidence.clone() },
        },
    }
}

/// The same language as others have it.
fn shared(language: &Name, standing: &Standing) -> Name {
    standing.languages.get(language).unwrap_or(language).clone()
}
