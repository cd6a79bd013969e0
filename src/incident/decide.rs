//! The rules of an incident: what follows from an order. Nothing here changes anything.
//!
//! What is owed is made, kept and broken by the rules of commitments; these say only when it comes to be owed, and what keeps it.

mod answer;
mod commitment;
mod customers;
mod declare;
mod end;
mod tell;
mod tickets;

use alloc::vec::Vec;

use super::affected::Part;
use super::envelope::{Command, Event, Order, Refusal};
use super::event;
use super::order;
use super::phase::Phase;
use super::refusal;
use super::role::Role;
use super::state::{Incident, Standing};
use super::terms::Target;
use crate::commitment::{
    By, CommandRefusal, Commitment, Context, Duty, Ledger, OfIncident, Order as Debt, Origin, Owner, Party, Run,
    decide_for_duty,
};
use crate::{ContactId, EditionNumber, MessageRef};

/// What follows from an order.
pub(super) fn decide(run: &Run<'_, Incident>, command: &Command) -> Result<Vec<Event>, Refusal> {
    let at = command.at;
    let in_force = run.rules.in_force(at).ok_or(CommandRefusal::NoEdition { at })?;
    let deciding = Deciding { run, command, in_force };
    match (&command.order, &run.stream.standing) {
        (Order::Incident(order::Order::Declare(declare)), None) => deciding.declare(declare),
        (Order::Incident(order::Order::Declare(_)), Some(standing)) => {
            let incident = run.stream.id;
            Err(refusal::Refusal::AlreadyDeclared { incident, declared: standing.declared }.into())
        }
        (_, None) => Err(refusal::Refusal::NotDeclared { incident: run.stream.id }.into()),
        (Order::Incident(order), Some(standing)) => deciding.about(order, standing),
        (Order::Commitment(order), Some(standing)) => deciding.commitment(order, standing),
    }
}

/// An order that is being looked at.
struct Deciding<'a, 'r> {
    run: &'a Run<'r, Incident>,
    command: &'a Command,
    in_force: EditionNumber,
}

impl Deciding<'_, '_> {
    fn about(&self, order: &order::Order, standing: &Standing) -> Result<Vec<Event>, Refusal> {
        match (standing.phase, order) {
            // Whatever is to be said of one that was merged is to be said of the other.
            (Phase::Merged(_), _)
            | (Phase::Ongoing, order::Order::Reopen { .. } | order::Order::Close {})
            | (Phase::Resolved, order::Order::Resolve { .. })
            | (
                Phase::Closed,
                order::Order::Affect { .. }
                | order::Order::Ask { .. }
                | order::Order::Update { .. }
                | order::Order::Link { .. }
                | order::Order::Review { .. }
                | order::Order::Resolve { .. },
            ) => Err(wrong(standing.phase)),
            (Phase::Closed | Phase::Resolved | Phase::Ongoing, order::Order::Declare(_))
            | (Phase::Closed, order::Order::Close {}) => Ok(Vec::new()),
            (_, order::Order::SetSeverity { severity }) => {
                let (from, to) = (standing.severity.clone(), severity.clone());
                Ok(if from == to { Vec::new() } else { one(event::Event::SeverityChanged { from, to }) })
            }
            (Phase::Ongoing | Phase::Resolved, order::Order::Affect { customers }) => {
                Ok(self.affect(customers, standing))
            }
            (_, order::Order::TakeOff { customer, why }) => self.take_off(customer, why, standing),
            (_, order::Order::Reach { customer, channel, language }) => {
                self.reach(customer, *channel, language.as_ref(), standing)
            }
            (_, order::Order::Tell { what, whom, message }) => self.tell(*what, whom, message, standing),
            (phase, order::Order::Bounce { what, customer, message }) => {
                self.bounce(*what, customer, message, phase, standing)
            }
            (Phase::Ongoing | Phase::Resolved, order::Order::Ask { customer, message }) => {
                self.ask(customer, message, standing)
            }
            (_, order::Order::Answer { customer, message }) => self.answer(customer, message, standing),
            (Phase::Ongoing | Phase::Resolved, order::Order::Update { message, answers }) => {
                self.update(message, *answers, standing)
            }
            (Phase::Ongoing | Phase::Resolved, order::Order::Link { ticket, customer }) => {
                self.link(*ticket, customer, standing)
            }
            (_, order::Order::Unlink { ticket }) => unlink(*ticket, standing),
            (_, order::Order::Apologise { message }) => Ok(one(event::Event::Apologised { message: message.clone() })),
            (Phase::Ongoing, order::Order::Review { message, next }) => self.look(message, next.as_ref()),
            (Phase::Resolved, order::Order::Review { message, .. }) => self.look_back(message),
            (Phase::Ongoing, order::Order::Resolve { message }) => self.resolve(message, standing),
            (phase, order::Order::Hear { customer, safe, message }) => {
                self.hear(customer, *safe, message, phase, standing)
            }
            (_, order::Order::Repair { customer, message }) => self.repair(customer, message, standing),
            (phase @ (Phase::Resolved | Phase::Closed), order::Order::Reopen { message, mending, updates }) => {
                self.reopen(message, mending, updates.as_ref(), phase, standing)
            }
            (Phase::Resolved, order::Order::Close {}) => self.close(),
        }
    }

    fn ledger(&self) -> &Ledger {
        &self.run.stream.ledger
    }

    /// What the rules of something new may look at.
    fn context(&self) -> Context<'_> {
        self.run.context(self.in_force, self.command.at, self.command.happened)
    }

    /// What an order about what is owed comes to.
    fn debt(&self, order: &Debt) -> Result<Vec<Event>, Refusal> {
        let facts = self.run.ordered(self.command, order, self.in_force)?;
        Ok(facts.into_iter().map(Event::Commitment).collect())
    }

    /// Each of these is kept.
    fn kept<'c>(
        &self,
        owed: impl IntoIterator<Item = &'c Commitment>,
        evidence: &MessageRef,
    ) -> Result<Vec<Event>, Refusal> {
        let mut facts = Vec::new();
        for owed in owed {
            let evidence = Some(evidence.clone());
            facts.extend(self.debt(&Debt::Fulfil { commitment: owed.id, evidence })?);
        }
        Ok(facts)
    }

    /// Something comes to be owed to one customer, unless the same is owed to him already.
    fn owe(
        &self,
        role: Role,
        customer: &ContactId,
        part: &Part,
        target: &Target,
        standing: &Standing,
    ) -> Option<Event> {
        let incident = &*self.run.stream;
        if incident.open_as(role, Some(customer)).is_some() {
            return None;
        }
        let duty = Duty {
            commitment: incident.next_as(role, Some(customer)),
            deliverable: role.deliverable(),
            beneficiary: Party::Customer(customer.clone()),
            owner: Owner {
                team: standing.owner.team.clone(),
                agent: part.contact.clone().or_else(|| standing.owner.agent.clone()),
            },
            origin: Origin::Incident(OfIncident {
                incident: incident.id,
                channel: part.channel,
                language: part.language.clone(),
            }),
            by: target.by(),
        };
        Some(Event::Commitment(decide_for_duty(duty, &self.context())))
    }

    /// Something comes to be owed to all of them.
    fn owe_all(&self, role: Role, by: By, owner: &Owner) -> Event {
        let incident = &*self.run.stream;
        let duty = Duty {
            commitment: incident.next_as(role, None),
            deliverable: role.deliverable(),
            beneficiary: Party::Affected(incident.id),
            owner: owner.clone(),
            origin: Origin::Incident(OfIncident { incident: incident.id, channel: None, language: None }),
            by,
        };
        Event::Commitment(decide_for_duty(duty, &self.context()))
    }

    /// What the incident owes by itself and is open, as it was made, in a role; for one customer or for all of them.
    fn open_everywhere(&self, role: Role) -> Vec<&Commitment> {
        let incident = &*self.run.stream;
        let mut open: Vec<_> = if Role::OF_ONE.contains(&role) {
            let deliverable = role.deliverable();
            let to_one = |owed: &&Commitment| {
                matches!(owed.beneficiary, Party::Customer(_))
                    && owed.deliverable == deliverable
                    && owed.terms.series.is_none()
            };
            self.ledger().open().filter(to_one).filter(|owed| incident.is_its_own(owed)).collect()
        } else {
            // A look at where it stands and a look back at how it went are both reviews.
            incident.owed_as(role, None).filter(|owed| owed.is_open()).collect()
        };
        open.sort_unstable_by_key(|owed| owed.version);
        open
    }
}

/// How it stands for a customer who is affected.
fn part<'a>(standing: &'a Standing, customer: &ContactId) -> Result<&'a Part, refusal::Refusal> {
    let part = standing.parts.get(customer).filter(|part| !part.taken_off);
    part.ok_or_else(|| refusal::Refusal::NotAffected { customer: customer.clone() })
}

fn one(event: event::Event) -> Vec<Event> {
    Vec::from([Event::Incident(event)])
}

fn wrong(phase: Phase) -> Refusal {
    refusal::Refusal::WrongPhase { phase }.into()
}

use tickets::unlink;
