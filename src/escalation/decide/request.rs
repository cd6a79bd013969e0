//! The customer's request for a decision: a right of his, which makes a commitment and ends with an answer.

use alloc::vec::Vec;

use crate::CommitmentId;
use crate::commitment::{
    self, Actor, By, Commitment, Context, Deliverable, DueRule, Duty, Ledger, Origin, Owner, Party, decide_for_duty,
    decide_order, speaks_for_the_customer,
};
use crate::escalation::board::{DecisionRequest, Escalations};
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
    pub(crate) about: Option<&'a AgentId>,
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
    let (about, message) = (asking.about.cloned(), asking.message.cloned());
    if let Some((request, _)) = open(board, ledger) {
        let event = Event::DecisionAskedAgain { commitment: request.commitment, about, message };
        return Settled { event, facts: Vec::new() };
    }
    let number = board.request().map_or(0, |request| request.number).saturating_add(1);
    let commitment = CommitmentId::of_request(asking.stream, number);
    let duty = Duty {
        commitment,
        deliverable: Deliverable::Decision,
        beneficiary: asking.requester.clone(),
        owner: supervisor.owner.clone().unwrap_or_else(|| asking.owner.clone()),
        origin: Origin::Request { by: asking.by.clone(), message: message.clone() },
        by: By {
            due: DueRule::Within(supervisor.within),
            calendar: supervisor.calendar.clone(),
            warn: supervisor.warn.clone(),
            breach_owes: None,
        },
    };
    let owed = decide_for_duty(duty, context);
    Settled { event: Event::DecisionAsked { commitment, about, message }, facts: Vec::from([owed]) }
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
    let (request, owed) = open(board, ledger).ok_or(Refusal::NothingAsked {})?;
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
            if let Some(agent) = offer.owner.agent.as_ref().filter(|agent| request.about.contains(agent)) {
                return Err(Refusal::ComplainedOf { agent: agent.clone() }.into());
            }
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
            // The customer does, or somebody at the desk who has it from him: no machine says for him that he wants it no more.
            if !matches!(by, Actor::Customer(_)) {
                may_decide(request, by)?;
            }
            speaks_for_the_customer(owed, by)?;
            (Decision::Withdrawn { evidence: evidence.clone() }, evidence, Vec::new())
        }
        _ => return Err(Refusal::NothingAsked {}.into()),
    };
    let commitment = request.commitment;
    let fulfil = commitment::Order::Fulfil { commitment, evidence: Some(shown.clone()) };
    let mut facts = offered;
    facts.extend(decide_order(ledger, &fulfil, by, context)?);
    Ok(Settled { event: Event::Decided { commitment, decision }, facts })
}

/// The request that is owed a decision, if there is one.
fn open<'a>(board: &'a Escalations, ledger: &'a Ledger) -> Option<(&'a DecisionRequest, &'a Commitment)> {
    let request = board.request()?;
    let owed = ledger.get(request.commitment).filter(|owed| owed.is_open())?;
    Some((request, owed))
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
    let Some((request, _)) = open(board, ledger) else { return Ok(()) };
    let stands_in = match order {
        commitment::Order::Promise(promise) | commitment::Order::Suggest { promise, .. } => {
            promise.repairs == Some(request.commitment)
        }
        _ => false,
    };
    if stands_in {
        return Err(Refusal::ToBeDecided { commitment: request.commitment });
    }
    if order.commitment() != Some(request.commitment) {
        return Ok(());
    }
    if matches!(order, commitment::Order::Fulfil { .. } | commitment::Order::Attempt { .. }) {
        return Err(Refusal::ToBeDecided { commitment: request.commitment });
    }
    is_not_complained_of(request, by)
}
