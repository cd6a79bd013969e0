//! The customer's request for a decision: a right of his, which makes a commitment and ends with an answer.

use alloc::vec::Vec;

use crate::CommitmentId;
use crate::commitment::{
    self, Actor, By, Context, Deliverable, DueRule, Duty, Ledger, Origin, Owner, Party, decide_for_duty, decide_order,
    speaks_for_the_customer,
};
use crate::escalation::board::{DecisionRequest, Escalations};
use crate::escalation::complained;
use crate::escalation::event::{Decision, Event};
use crate::escalation::order::Order;
use crate::escalation::refusal::Refusal;
use crate::escalation::supervisor::Supervisor;
use crate::{AgentId, MessageRef};

/// A request as it comes in, and who it concerns.
pub(crate) struct Asking<'a> {
    pub(crate) stream: uuid::Uuid,
    pub(crate) requester: &'a Party,
    /// Who answers for it if the rules name nobody.
    pub(crate) owner: Owner,
    pub(crate) about: &'a [AgentId],
    pub(crate) message: Option<&'a MessageRef>,
    pub(crate) by: &'a Actor,
}

/// What was decided about a request, and what becomes of commitments by that, in this order.
pub(crate) struct Settled {
    pub(crate) event: Event,
    pub(crate) facts: Vec<commitment::Event>,
}

/// Which room refuses.
pub(crate) enum Denied {
    Escalation(Refusal),
    Commitment(commitment::Refusal),
}

impl From<Refusal> for Denied {
    fn from(why: Refusal) -> Self {
        Self::Escalation(why)
    }
}

impl From<commitment::Refusal> for Denied {
    fn from(why: commitment::Refusal) -> Self {
        Self::Commitment(why)
    }
}

/// The customer asks. Nobody is asked whether he may: a decision is owed from now on, or is owed already.
pub(crate) fn ask(
    board: &Escalations,
    ledger: &Ledger,
    supervisor: &Supervisor,
    asking: &Asking<'_>,
    context: &Context<'_>,
) -> Settled {
    let (mut about, message) = (Vec::new(), asking.message.cloned());
    complained::add(&mut about, asking.about);
    if let Some((_, owed)) = board.undecided(ledger) {
        let commitment = owed.id;
        // Whom he complains of answers for it no longer.
        let is_his = owed.owner.agent.as_ref().is_some_and(|agent| about.contains(agent));
        let event = Event::DecisionRequestedAgain { commitment, about, message };
        let to_his_team =
            commitment::Order::HandOver { commitment, owner: Owner { agent: None, ..owed.owner.clone() } };
        let handed = is_his.then(|| decide_order(ledger, &to_his_team, asking.by, context).unwrap_or_default());
        return Settled { event, facts: handed.unwrap_or_default() };
    }
    let number = board.request().map_or(0, |request| request.number).saturating_add(1);
    let commitment = CommitmentId::of_request(asking.stream, number);
    let before = board.request().map_or(&[][..], |request| &request.about);
    let is_complained_of = |agent: &AgentId| about.contains(agent) || before.contains(agent);
    let owner = supervisor.owner.clone().unwrap_or_else(|| asking.owner.clone());
    let duty = Duty {
        commitment,
        deliverable: Deliverable::Decision,
        beneficiary: asking.requester.clone(),
        owner: Owner { agent: owner.agent.filter(|agent| !is_complained_of(agent)), ..owner },
        origin: Origin::Request { by: asking.by.clone(), message: message.clone() },
        by: By {
            due: DueRule::Within(supervisor.within),
            calendar: supervisor.calendar.clone(),
            warn: supervisor.warn.clone(),
            breach_owes: None,
        },
    };
    let owed = decide_for_duty(duty, context);
    Settled { event: Event::DecisionRequested { commitment, about, message }, facts: Vec::from([owed]) }
}

/// The request is answered: granted, declined with a reason and an offer, or withdrawn by the customer.
///
/// # Errors
/// The refusal of whichever room stands against it.
pub(crate) fn decided(
    board: &Escalations,
    ledger: &Ledger,
    supervisor: &Supervisor,
    order: &Order,
    by: &Actor,
    context: &Context<'_>,
) -> Result<Settled, Denied> {
    let (request, owed) = board.undecided(ledger).ok_or(Refusal::NothingAsked {})?;
    let (decision, shown, offered) = match order {
        Order::Grant { told } => {
            may_decide(request, by)?;
            (Decision::Granted { told: told.clone() }, told, Vec::new())
        }
        Order::Decline { reason, offer, told } => {
            may_decide(request, by)?;
            if supervisor.is_no_reason(reason) {
                return Err(Refusal::NoReason { reason: reason.clone() }.into());
            }
            if offer.beneficiary != owed.beneficiary {
                return Err(Refusal::OfferedToAnother {}.into());
            }
            if offer.condition.is_some() || offer.repairs == Some(owed.id) {
                return Err(Refusal::NotOutright { commitment: offer.commitment }.into());
            }
            answers_for_it(request, &offer.owner)?;
            let offered = decide_order(ledger, &commitment::Order::Promise(offer.clone()), by, context)?;
            let latest = context.at.plus_micros(supervisor.offer_within.as_micros());
            let due = offered.iter().find_map(|event| match event {
                commitment::Event::Promised(promised) => Some(promised.due),
                _ => None,
            });
            if let Some(due) = due.filter(|due| *due > latest) {
                return Err(Refusal::OfferedTooLate { due, latest }.into());
            }
            let decision = Decision::Declined { reason: reason.clone(), offer: offer.commitment, told: told.clone() };
            (decision, told, offered)
        }
        Order::WithdrawRequest { evidence } => {
            passes_on(request, by)?;
            speaks_for_the_customer(owed, by)?;
            (Decision::Withdrawn { evidence: evidence.clone() }, evidence, Vec::new())
        }
        _ => return Err(Refusal::NothingAsked {}.into()),
    };
    let commitment = owed.id;
    let fulfil = commitment::Order::Fulfil { commitment, evidence: Some(shown.clone()) };
    let mut facts = offered;
    facts.extend(decide_order(ledger, &fulfil, by, context)?);
    Ok(Settled { event: Event::Decided { commitment, decision }, facts })
}

/// One who works at the desk decides, and not the one complained of.
fn may_decide(request: &DecisionRequest, by: &Actor) -> Result<(), Refusal> {
    is_not_complained_of(request, by)?;
    match by {
        Actor::Agent(_) => Ok(()),
        Actor::Customer(_) | Actor::Vendor(_) | Actor::Automation(_) | Actor::Ai(_) | Actor::System(_) => {
            Err(Refusal::NotADecider { by: by.clone() })
        }
    }
}

/// The customer says that he wants it no more, or somebody at the desk who has it from him: no machine says so for him.
fn passes_on(request: &DecisionRequest, by: &Actor) -> Result<(), Refusal> {
    match by {
        Actor::Customer(_) => Ok(()),
        Actor::Agent(_) | Actor::Vendor(_) | Actor::Automation(_) | Actor::Ai(_) | Actor::System(_) => {
            may_decide(request, by)
        }
    }
}

/// Nor does he answer for it whom the customer complains of.
fn answers_for_it(request: &DecisionRequest, owner: &Owner) -> Result<(), Refusal> {
    let complained_of = owner.agent.as_ref().filter(|agent| request.about.contains(agent));
    complained_of.map_or(Ok(()), |agent| Err(Refusal::ComplainedOf { agent: agent.clone() }))
}

pub(super) fn is_not_complained_of(request: &DecisionRequest, by: &Actor) -> Result<(), Refusal> {
    match by {
        Actor::Agent(agent) if request.about.contains(agent) => Err(Refusal::ComplainedOf { agent: agent.clone() }),
        Actor::Agent(_)
        | Actor::Customer(_)
        | Actor::Vendor(_)
        | Actor::Automation(_)
        | Actor::Ai(_)
        | Actor::System(_) => Ok(()),
    }
}

/// Why an order about a commitment that is a decision asked for is refused: only a decision ends it as done, and the one complained of
/// has no say in it at all.
pub(crate) fn to_be_decided(
    board: &Escalations,
    ledger: &Ledger,
    order: &commitment::Order,
    by: &Actor,
) -> Result<(), Refusal> {
    let Some((request, owed)) = board.undecided(ledger) else { return Ok(()) };
    let commitment = owed.id;
    match order {
        commitment::Order::Promise(promise) | commitment::Order::Suggest { promise, .. }
            if promise.repairs == Some(commitment) =>
        {
            Err(Refusal::ToBeDecided { commitment })
        }
        commitment::Order::HandOverAll { from, to } if owed.owner.is_of(from) => {
            is_not_complained_of(request, by)?;
            answers_for_it(request, to)
        }
        _ if order.commitment() != Some(commitment) => Ok(()),
        // Nothing in it is the customer's part, so he cannot fail it.
        commitment::Order::Fulfil { .. } | commitment::Order::Attempt { .. } | commitment::Order::FindAbsent { .. } => {
            Err(Refusal::ToBeDecided { commitment })
        }
        commitment::Order::HandOver { owner, .. } => {
            is_not_complained_of(request, by)?;
            answers_for_it(request, owner)
        }
        // That he does without it is a word of his, as that he withdraws it.
        commitment::Order::Release { .. } | commitment::Order::Waive { .. } => passes_on(request, by),
        _ => is_not_complained_of(request, by),
    }
}
