//! Customers are affected, or are not; and are spoken with so, or in another way.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::{Deciding, one, part, unlink};
use crate::commitment::{Channel, Commitment, Order as Debt, Phase as Stage, amends};
use crate::incident::affected::{Affected, Part};
use crate::incident::envelope::{Event, Refusal};
use crate::incident::event::{self, Untold};
use crate::incident::order::WhyOff;
use crate::incident::phase::Phase;
use crate::incident::role::Role;
use crate::incident::state::Standing;
use crate::{ContactId, Name};

impl Deciding<'_, '_> {
    /// Whoever is new among them is owed his notice from now on; if it is over by now, the news of that, too.
    pub(super) fn affect(&self, customers: &[Affected], standing: &Standing) -> Vec<Event> {
        let mut named = BTreeSet::new();
        let (mut events, mut new) = (Vec::new(), Vec::new());
        for affected in customers.iter().filter(|affected| named.insert(&affected.customer)) {
            match standing.parts.get(&affected.customer).filter(|part| !part.taken_off) {
                Some(part) => events.extend(self.learn(affected, part, standing)),
                None => new.push(affected.clone()),
            }
        }
        if new.is_empty() {
            return events;
        }
        events.extend(one(event::Event::Affected { customers: new.clone() }));
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

    /// More is known of who is affected already: on whose ticket it was linked, nothing was known but that.
    fn learn(&self, affected: &Affected, part: &Part, standing: &Standing) -> Vec<Event> {
        let Affected { customer, channel, language, contact, recurrence } = affected;
        let way_is_known = part.channel.is_some() || part.language.is_some();
        let mut events =
            if way_is_known { Vec::new() } else { self.in_another_way(customer, part, *channel, language.as_ref()) };
        let contact = contact.clone().filter(|contact| part.contact.as_ref() != Some(contact));
        let recurrence = recurrence.filter(|recurrence| part.recurrence.as_deref() != Some(recurrence));
        if contact.is_some() || recurrence.is_some() {
            let his = standing.tickets.iter().filter(|(_, of)| recurrence.is_some() && *of == customer);
            let tickets = his.map(|(ticket, _)| *ticket).collect();
            events.extend(one(event::Event::Learned { customer: customer.clone(), contact, recurrence, tickets }));
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
        Ok(self.in_another_way(customer, part(standing, customer)?, channel, language))
    }

    fn in_another_way(
        &self,
        customer: &ContactId,
        part: &Part,
        channel: Option<Channel>,
        language: Option<&Name>,
    ) -> Vec<Event> {
        if (part.channel, part.language.as_ref()) == (channel, language) {
            return Vec::new();
        }
        let told = [Role::Notice, Role::News, Role::Feedback];
        let owed = told
            .into_iter()
            .flat_map(|what| self.run.stream.owed_as(what, Some(customer)).map(move |owed| (what, owed)));
        let open = owed.filter(|(_, owed)| owed.is_open());
        let untold = open.map(|(what, owed)| Untold { what, commitment: owed.id, due: owed.due }).collect();
        let (customer, language) = (customer.clone(), language.cloned());
        one(event::Event::WayChanged { customer, channel, language, untold })
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
