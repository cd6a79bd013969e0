//! Something has happened that affects customers.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Deciding;
use crate::Name;
use crate::commitment::{Deliverable, Order as Debt, Owner, Party, StartSeries, may_be_owed};
use crate::incident::envelope::{Event, Refusal};
use crate::incident::event::{self, Declared};
use crate::incident::order::Declare;
use crate::incident::refusal;
use crate::incident::role::Role;
use crate::incident::state::Standing;
use crate::incident::terms::{Mending, Owes, Updates};

/// What ends the updates.
const STOP: &str = "resolved";

impl Deciding<'_, '_> {
    /// It is declared, and owes from now on.
    pub(super) fn declare(&self, order: &Declare) -> Result<Vec<Event>, Refusal> {
        if order.lead.agent.is_none() {
            return Err(refusal::Refusal::NoLead {}.into());
        }
        self.may_owe(&order.owes)?;
        let declared = Declared {
            severity: order.severity.clone(),
            owner: order.owner.clone(),
            lead: order.lead.clone(),
            owes: order.owes.clone(),
            clocks: order.clocks.clone(),
        };
        // As it will stand, so that those who are named with it are affected as those are who are added later.
        let standing = Standing::declared(&declared, self.command.at);
        let mut events = super::one(event::Event::Declared(Box::new(declared)));
        events.push(self.mend(&order.owes.mending, &order.owner));
        if let Some(updates) = &order.owes.updates {
            events.extend(self.start(updates, &order.owner, &order.lead)?);
        }
        events.extend(self.affect(&order.affected, &standing));
        Ok(events)
    }

    /// The fix is owed, or a look at where it stands.
    pub(super) fn mend(&self, mending: &Mending, owner: &Owner) -> Event {
        let role = match mending {
            Mending::Fix(_) => Role::Fix,
            Mending::Review(_) => Role::Progress,
        };
        self.owe_all(role, mending.by(), owner)
    }

    /// News is owed every so often.
    pub(super) fn start(&self, updates: &Updates, owner: &Owner, lead: &Owner) -> Result<Vec<Event>, Refusal> {
        let Ok(stop) = Name::new(STOP) else { return Ok(Vec::new()) };
        self.debt(&Debt::StartSeries(Box::new(StartSeries {
            series: updates.series,
            deliverable: Deliverable::Update,
            beneficiary: Party::Affected(self.run.stream.id),
            owner: owner.clone(),
            every: updates.every,
            mode: updates.mode,
            stop,
            horizon: updates.horizon.clone(),
            lead: lead.clone(),
            decide_within: updates.decide_within,
            calendar: updates.calendar.clone(),
            warn: Vec::new(),
            message: None,
            role: None,
        })))
    }

    /// Refused where it would owe what cannot be counted: later, when it comes to be owed, nothing can be refused any more.
    fn may_owe(&self, owes: &Owes) -> Result<(), Refusal> {
        let Owes { notice, answer, mending, updates: _, news, feedback, repair, review } = owes;
        let by_role = [
            (Role::Notice, Some(notice)),
            (Role::Answer, Some(answer)),
            (Role::News, Some(news)),
            (Role::Feedback, Some(feedback)),
            (Role::Repair, Some(repair)),
            (Role::Review, review.as_ref()),
        ];
        for (role, target) in by_role.into_iter().filter_map(|(role, target)| Some((role, target?))) {
            may_be_owed(self.run.stream.next_as(role, None), target.by(), &self.context())?;
        }
        self.may_mend(mending)
    }

    pub(super) fn may_mend(&self, mending: &Mending) -> Result<(), Refusal> {
        Ok(may_be_owed(self.run.stream.next_as(Role::Fix, None), mending.by(), &self.context())?)
    }
}
