//! What a fact about one commitment orders about another: what stands in for it, is owed for it, or hangs on it.
//!
//! The two may have been made under different editions, so each order is carried out by the hours of the commitment that it is about.

use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::due;
use super::series::{self, Ended};
use super::terms::{due_of, told};
use super::{Context, begin::voided};
use crate::calendar::{ElapsedTime, Term};
use crate::commitment::cause::{BreachCause, Ending, VoidCause};
use crate::commitment::clock_order::NEVER_BEGAN;
use crate::commitment::deliverable::Deliverable;
use crate::commitment::due_rule::DueRule;
use crate::commitment::event::Event;
use crate::commitment::ledger::Ledger;
use crate::commitment::made::Promised;
use crate::commitment::origin::{Origin, Renewal, Renews};
use crate::commitment::phase::{Outcome, Phase, Verdict};
use crate::commitment::state::Commitment;
use crate::commitment::terms::{BreachOwes, Terms};
use crate::{CommitmentId, Timestamp, has_passed};

/// What a fact about one commitment orders about another. One that does not apply yields nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FollowUp {
    /// This broken one is owed no longer: the other stands in for it.
    Supersede(CommitmentId, CommitmentId),
    /// This one is not needed any more: the original turned out not to be broken.
    FallAway(CommitmentId, CommitmentId),
    /// The worse terms that the customer had been told take the place of this broken one.
    FallBack(CommitmentId),
    /// Something is owed for the breach of this one.
    MakeAmends(CommitmentId, BreachOwes, Since),
    /// The other terms that the customer had been told of the second stand of this one, which goes on with it.
    Propose(CommitmentId, CommitmentId),
    /// The breach of this one is counted apart, as that of the second was, which it goes on with.
    Exclude(CommitmentId, CommitmentId),
    /// Something that this one had given on is broken.
    PutAtRisk(CommitmentId, CommitmentId),
    /// This round of a series has ended, and the next is owed.
    NextRound(CommitmentId, Ended),
    /// The series of this round has come to its horizon.
    Decide(CommitmentId, Timestamp),
}

/// Since when something is owed for a breach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Since {
    /// Since this instant.
    At(Timestamp),
    /// It goes on with this one, which was owed for the same breach and has just made way.
    Before(CommitmentId),
}

impl FollowUp {
    /// The commitment that it is about.
    #[must_use]
    pub(crate) const fn commitment(&self) -> CommitmentId {
        match self {
            Self::Supersede(commitment, _)
            | Self::FallAway(commitment, _)
            | Self::FallBack(commitment)
            | Self::MakeAmends(commitment, ..)
            | Self::Propose(commitment, _)
            | Self::Exclude(commitment, _)
            | Self::PutAtRisk(commitment, _)
            | Self::NextRound(commitment, _)
            | Self::Decide(commitment, _) => *commitment,
        }
    }
}

/// What finding it impossible owes: an explanation, by its terms or else within a day.
fn explanation(terms: &Terms) -> BreachOwes {
    let by_terms = terms.breach_owes.as_ref().filter(|owes| owes.deliverable == Deliverable::Explanation);
    by_terms.cloned().unwrap_or_else(|| {
        let within = Term::Elapsed(ElapsedTime::from_micros(86_400_000_000));
        BreachOwes { deliverable: Deliverable::Explanation, within, depth: 1 }
    })
}

/// What a fact, recorded at an instant, orders.
pub(crate) fn follow_ups(ledger: &Ledger, fact: &Event, at: Timestamp) -> Vec<FollowUp> {
    let known = |id: &CommitmentId| ledger.get(*id);
    match fact {
        Event::Promised(promised) => {
            // What is broken already by its deadline has no other terms any more.
            let renews = promised.renews.filter(|_| !has_passed(promised.due, at));
            made(promised.commitment, promised.repairs, renews)
        }
        Event::Suggested(drafted) | Event::PromisedOnCondition(drafted) => {
            made(drafted.commitment, drafted.repairs, drafted.renews)
        }
        Event::Breached { commitment, cause, .. } => {
            known(commitment).map_or_else(Vec::new, |broken| after_breach(ledger, broken, *cause, at))
        }
        Event::Ended { commitment, ending: Ending::Impossible { .. }, .. } => known(commitment)
            .and_then(|broken| {
                let since = owed_since(ledger, broken, &Deliverable::Explanation, at)?;
                Some(FollowUp::MakeAmends(*commitment, explanation(&broken.terms), since))
            })
            .into_iter()
            .chain(round_after(ledger, *commitment, Ended::Waived))
            .collect(),
        Event::HorizonReached { commitment } => Vec::from([FollowUp::Decide(*commitment, at)]),
        Event::Fulfilled { commitment, done, .. } => {
            let needless = known(commitment).map_or_else(Vec::new, |kept| was_none(ledger, kept));
            needless.into_iter().chain(round_after(ledger, *commitment, Ended::Delivered(*done))).collect()
        }
        Event::Corrected { commitment, done, .. } => known(commitment).map_or_else(Vec::new, |original| {
            let needless = fall_away(ledger, original, true);
            needless.into_iter().chain(goes_on(ledger, original, Ended::Delivered(*done))).collect()
        }),
        Event::Voided { commitment, cause, corrects, .. } => {
            let (struck_out, let_go) = match cause {
                VoidCause::InError { .. } => (true, true),
                VoidCause::Released { .. } | VoidCause::CustomerAbsent => (false, true),
                VoidCause::Rule(_)
                | VoidCause::Corrected { .. }
                | VoidCause::Dismissed { .. }
                | VoidCause::Lapsed
                | VoidCause::Withdrawn { .. }
                | VoidCause::Renegotiated { .. }
                | VoidCause::Retracted { .. }
                | VoidCause::SeriesStopped { .. }
                | VoidCause::InTime { .. } => (false, false),
            };
            let Some(original) = known(commitment) else { return Vec::new() };
            // A no that was in time takes back what stood in for the breach, and not the breach: what that owes is owed still.
            let broken_still = matches!(cause, VoidCause::InTime { .. });
            let takes_back = struck_out || corrects.is_some();
            let needless = if takes_back {
                fall_away(ledger, original, !broken_still)
            } else if let VoidCause::Retracted { .. } = cause {
                is_owed_anew(ledger, original)
            } else {
                was_none(ledger, original)
            };
            let next = if let_go { goes_on(ledger, original, Ended::Waived) } else { None };
            needless.into_iter().chain(next).collect()
        }
        Event::Warned { .. }
        | Event::DeliveredLate { .. }
        | Event::Paused { .. }
        | Event::PauseJoined { .. }
        | Event::PauseLeft { .. }
        | Event::Resumed { .. }
        | Event::Retargeted(_)
        | Event::Overtaken { .. }
        | Event::Superseded { .. }
        | Event::HandedOver { .. }
        | Event::Confirmed { .. }
        | Event::ConditionMet { .. }
        | Event::Attempted { .. }
        | Event::Announced { .. }
        | Event::Amended(_)
        | Event::Proposed { .. }
        | Event::Declined { .. }
        | Event::Chased { .. }
        | Event::Heard { .. }
        | Event::Ended { .. }
        | Event::Excluded { .. }
        | Event::Delegated { .. }
        | Event::PutAtRisk { .. }
        | Event::Redacted { .. }
        | Event::CarriedOut { .. }
        | Event::CarriedIn { .. } => Vec::new(),
    }
}

/// What stands in for a broken one is owed in its place. What is owed again because its fulfilment was none is so with the other terms that had
/// been told of it.
fn made(id: CommitmentId, repairs: Option<CommitmentId>, renews: Option<Renews>) -> Vec<FollowUp> {
    let retracted = renews.filter(|renews| renews.why == Renewal::Retracted);
    let told = retracted.map(|renews| FollowUp::Propose(id, renews.of));
    repairs.map(|broken| FollowUp::Supersede(broken, id)).into_iter().chain(told).collect()
}

fn after_breach(ledger: &Ledger, broken: &Commitment, cause: BreachCause, at: Timestamp) -> Vec<FollowUp> {
    let owes = broken.terms.breach_owes.as_ref().map_or_else(Vec::new, |owes| owed_for(ledger, broken, owes, at));
    let missed = match cause {
        BreachCause::Deadline | BreachCause::BornLate => true,
        BreachCause::Withdrawn | BreachCause::Impossible | BreachCause::Unanswered => false,
    };
    let proposal = broken.notes.as_ref().and_then(|notes| notes.proposal.as_ref());
    let fall_back = proposal.filter(|told| missed && told.due_at > at).map(|_| FollowUp::FallBack(broken.id));
    let parent = part_of(ledger, broken).map(|whole| FollowUp::PutAtRisk(whole, broken.id));
    // What cannot be done is closed at once, and the next round follows from that. What was told in place of a round is that round still.
    let goes_on = broken.terms.series.is_some() && cause != BreachCause::Impossible && fall_back.is_none();
    let next = goes_on.then_some(FollowUp::NextRound(broken.id, Ended::Missed));
    // A deadline that was missed is another breach than the desk's word.
    let same = |before: &&Commitment| before.breach.is_some_and(|breach| breach.cause.is_missed() == cause.is_missed());
    let apart = same_before(ledger, broken).filter(same).map(|before| FollowUp::Exclude(broken.id, before.id));
    // What it is a part of hears of the breach before what stands in for it: it is owed no more by that, and so is at risk by it no more.
    apart.into_iter().chain(owes).chain(parent).chain(fall_back).chain(next).collect()
}

/// What is owed for a breach, with the other terms that the customer had been told of it when it was owed before.
fn owed_for(ledger: &Ledger, broken: &Commitment, owes: &BreachOwes, at: Timestamp) -> Vec<FollowUp> {
    let Some(since) = owed_since(ledger, broken, &owes.deliverable, at) else { return Vec::new() };
    let told = match since {
        Since::Before(before) => Some(FollowUp::Propose(amends_id(broken.id, &owes.deliverable), before)),
        Since::At(_) => None,
    };
    [FollowUp::MakeAmends(broken.id, owes.clone(), since)].into_iter().chain(told).collect()
}

/// What it is a part of, also where it stands in for the part, or goes on with it: what goes on with that, if it was closed.
fn part_of(ledger: &Ledger, part: &Commitment) -> Option<CommitmentId> {
    let before = |one: &&Commitment| ledger.get(one.repairs.or(one.renews.map(|renews| renews.of))?);
    let mut chain = core::iter::successors(Some(part), before).take(ledger.len());
    let whole = chain.find_map(|one| match one.origin {
        Origin::Delegated { by } => Some(by),
        Origin::Policy(_)
        | Origin::Spoken { .. }
        | Origin::Amends { .. }
        | Origin::Horizon { .. }
        | Origin::Request { .. }
        | Origin::Incident(_) => None,
    })?;
    ledger.get(whole).map(|whole| latest(ledger, whole).id)
}

fn round_after(ledger: &Ledger, round: CommitmentId, ended: Ended) -> Vec<FollowUp> {
    let of_series = ledger.get(round).is_some_and(|round| round.terms.series.is_some());
    of_series.then_some(FollowUp::NextRound(round, ended)).into_iter().collect()
}

/// The next round of a series that has not stopped. If another is owed already, nothing comes of it.
fn goes_on(ledger: &Ledger, round: &Commitment, ended: Ended) -> Option<FollowUp> {
    series::goes_on(ledger, round).then_some(FollowUp::NextRound(round.id, ended))
}

/// What goes on with one that was delivered late may be broken itself, and owes for that: what is owed for it already makes way for that,
/// unless something has become of it.
fn is_owed_anew(ledger: &Ledger, original: &Commitment) -> Vec<FollowUp> {
    let owed_for_it = amends(ledger, original).filter_map(|id| ledger.get(id));
    let pending = owed_for_it.filter(|owed| owed.is_open() && owed.verdict() == Verdict::Pending);
    pending.map(|owed| FollowUp::FallAway(owed.id, original.id)).collect()
}

/// What goes on with a breach and ends before it is broken itself shows that there was none: nothing is owed for that any more, also where that
/// is broken.
fn was_none(ledger: &Ledger, ended: &Commitment) -> Vec<FollowUp> {
    let goes_on = ended.renews.is_some_and(|renews| renews.why == Renewal::Retracted);
    if goes_on && ended.breach.is_none() { fall_away(ledger, ended, true) } else { Vec::new() }
}

/// Since when something is owed for a breach. The same breach owes it once: not again where something has become of it before its fulfilment turned
/// out to be none, and else as it was owed before.
fn owed_since(ledger: &Ledger, broken: &Commitment, what: &Deliverable, at: Timestamp) -> Option<Since> {
    let original = same_before(ledger, broken).or_else(|| struck_out(ledger, broken));
    let known =
        |original| amends(ledger, original).filter_map(|id| ledger.get(id)).find(|owed| owed.deliverable == *what);
    let owed = original.and_then(known);
    let Some(owed) = owed.map(|owed| latest(ledger, owed)) else { return Some(Since::At(at)) };
    // What had fallen away with a breach that was none is so also where somebody has struck it out since.
    let struck_out = owed.notes.as_ref().and_then(|notes| notes.struck_out.as_ref());
    if let Some(Outcome::Void(VoidCause::Corrected { .. })) = struck_out {
        return Some(Since::At(at));
    }
    match &owed.phase {
        Phase::Closed { at: fell, outcome: Outcome::Void(VoidCause::Corrected { .. }), .. }
            if *fell == at && broken.renews.is_some_and(|renews| renews.why == Renewal::Retracted) =>
        {
            Some(Since::Before(owed.id))
        }
        // It fell away long ago, with a breach that was none, or that was struck out.
        Phase::Closed { outcome: Outcome::Void(VoidCause::Corrected { .. }), .. } => Some(Since::At(at)),
        Phase::Candidate { .. }
        | Phase::Conditional { .. }
        | Phase::Active { .. }
        | Phase::Paused { .. }
        | Phase::Overdue
        | Phase::Closed { .. } => None,
    }
}

/// What is owed still of all that has followed from a breach: what stands in for it or goes on with that, and what is owed for
/// breaking any of them; of the breach itself only where that was none.
fn fall_away(ledger: &Ledger, original: &Commitment, was_none: bool) -> Vec<FollowUp> {
    let owed_for_it = amends(ledger, original).filter(|_| was_none);
    let mut to_see: Vec<CommitmentId> = stands_in(ledger, original).into_iter().chain(owed_for_it).collect();
    let mut seen: Vec<&Commitment> = Vec::new();
    while let Some(id) = to_see.pop() {
        let Some(known) = ledger.get(id).filter(|known| seen.iter().all(|other| other.id != known.id)) else {
            continue;
        };
        to_see.extend(stands_in(ledger, known).into_iter().chain(renewed(ledger, known)).chain(amends(ledger, known)));
        seen.push(known);
    }
    seen.retain(|known| known.is_open());
    seen.sort_unstable_by_key(|known| known.version);
    seen.into_iter().map(|needless| FollowUp::FallAway(needless.id, original.id)).collect()
}

/// What goes on with it. Where the ticket was reopened, that is owed for itself.
fn renewed(ledger: &Ledger, known: &Commitment) -> Option<CommitmentId> {
    let by = known.notes.as_ref().and_then(|notes| ledger.get(notes.renewed_by?))?;
    by.renews.is_none_or(|renews| renews.why != Renewal::Reopened).then_some(by.id)
}

/// The last that goes on with it, itself where nothing does.
fn latest<'a>(ledger: &'a Ledger, known: &'a Commitment) -> &'a Commitment {
    let next = |one: &&Commitment| ledger.get(renewed(ledger, one)?);
    core::iter::successors(Some(known), next).take(ledger.len()).last().unwrap_or(known)
}

/// What stands in for it. The next round of a series is owed for itself; what was told in place of a round is that round still.
fn stands_in(ledger: &Ledger, broken: &Commitment) -> Option<CommitmentId> {
    let number = |owed: &Commitment| series::of(owed).map(|series| series.round);
    broken.repaired_by.filter(|by| ledger.get(*by).is_some_and(|by| number(by) == number(broken)))
}

/// What has been owed for the breach of a commitment, the latest first, also where another goes on with that: because what stood in for it was
/// declined in time, or its fulfilment was none.
pub(crate) fn amends<'a>(ledger: &'a Ledger, of: &'a Commitment) -> impl Iterator<Item = CommitmentId> + use<'a> {
    let chain = core::iter::successors(Some(of), |one| same_before(ledger, one)).take(ledger.len());
    let owed = chain.flat_map(|of| {
        let by_terms = of.terms.breach_owes.as_ref().map(|owes| &owes.deliverable);
        let by_terms = by_terms.filter(|owed| **owed != Deliverable::Explanation);
        [&Deliverable::Explanation].into_iter().chain(by_terms).map(|owed| amends_id(of.id, owed))
    });
    owed.filter(|id| ledger.get(*id).is_some())
}

/// What it goes on with by its own instants, so that the breach of the one is that of the other.
fn same_before<'a>(ledger: &'a Ledger, one: &Commitment) -> Option<&'a Commitment> {
    one.renews.filter(|renews| renews.why.is_by_its_own_instants()).and_then(|renews| ledger.get(renews.of))
}

/// The cycle of the same beginning that was struck out because its start was something else, which it was not.
fn struck_out<'a>(ledger: &'a Ledger, cycle: &Commitment) -> Option<&'a Commitment> {
    let Origin::Policy(of) = &cycle.origin else { return None };
    let alike = |other: &&Commitment| match &other.origin {
        Origin::Policy(other) => (&other.agreement, &other.metric) == (&of.agreement, &of.metric),
        _ => false,
    };
    let never_began = |other: &&Commitment| match &other.phase {
        Phase::Closed { outcome: Outcome::Void(VoidCause::InError { reason, .. }), .. } => {
            reason.as_str() == NEVER_BEGAN
        }
        _ => false,
    };
    let began = ledger.all().filter(|other| other.since == cycle.since && other.id != cycle.id);
    began.filter(alike).filter(never_began).max_by_key(|other| other.version)
}

fn amends_id(of: CommitmentId, deliverable: &Deliverable) -> CommitmentId {
    of.derived(&deliverable.to_string())
}

/// What follows from such an order.
pub(crate) fn decide_for_follow_up(ledger: &Ledger, order: &FollowUp, context: &Context<'_>) -> Option<Event> {
    let commitment = ledger.get(order.commitment())?;
    match order {
        FollowUp::Supersede(id, by) if commitment.is_open() => {
            Some(Event::Superseded { commitment: *id, by: *by, used: context.used(commitment, context.at) })
        }
        FollowUp::FallAway(_, original) if commitment.is_open() => {
            Some(voided(commitment, VoidCause::Corrected { original: *original }, context))
        }
        FollowUp::FallBack(id) if commitment.is_open() => {
            let successor = id.derived("repair");
            let proposal = commitment.notes.as_ref().and_then(|notes| notes.proposal.as_ref())?;
            let new = ledger.get(successor).is_none();
            let told = new.then(|| told(commitment, successor, proposal, Renewal::Told, context));
            // Terms that counted from his part may have run out together with those that were owed.
            told.filter(|told| due_of(told).is_some_and(|due| due > context.at))
        }
        FollowUp::MakeAmends(_, owes, since) => make_amends(ledger, commitment, owes, *since, context),
        FollowUp::Propose(id, before) => {
            let told = ledger.get(*before).and_then(|before| before.notes.as_ref()?.proposal.as_ref());
            // Terms that have run out have come to nothing.
            let told = told.filter(|told| commitment.is_open() && told.due_at > context.at);
            told.map(|told| Event::Proposed { commitment: *id, proposal: told.clone() })
        }
        FollowUp::Exclude(id, before) => {
            let exclusion = ledger.get(*before)?.notes.as_ref()?.exclusion.clone()?;
            Some(Event::Excluded { commitment: *id, exclusion })
        }
        FollowUp::PutAtRisk(id, child) if commitment.verdict() == Verdict::Pending => {
            let (owner, due) = (commitment.owner.clone(), commitment.due);
            Some(Event::PutAtRisk { commitment: *id, owner, child: *child, due })
        }
        FollowUp::NextRound(_, ended) => series::next(ledger, commitment, *ended, context),
        FollowUp::Decide(_, since) => series::decision(ledger, commitment, *since, context),
        FollowUp::Supersede(..) | FollowUp::FallAway(..) | FollowUp::FallBack(_) | FollowUp::PutAtRisk(..) => None,
    }
}

/// What a breach owes: once for each, and for what is itself owed for a breach only as deep as the terms say.
fn make_amends(
    ledger: &Ledger,
    broken: &Commitment,
    owes: &BreachOwes,
    since: Since,
    context: &Context<'_>,
) -> Option<Event> {
    let depth = match broken.origin {
        Origin::Amends { depth, .. } => depth.checked_add(1)?,
        Origin::Policy(_)
        | Origin::Spoken { .. }
        | Origin::Delegated { .. }
        | Origin::Horizon { .. }
        | Origin::Request { .. }
        | Origin::Incident(_) => 1,
    };
    let id = amends_id(broken.id, &owes.deliverable);
    if depth > owes.depth || ledger.get(id).is_some() {
        return None;
    }
    let by_terms = || Terms {
        calendar: broken.terms.calendar.clone(),
        breach_owes: (depth < owes.depth).then(|| owes.clone()),
        ..Terms::by(DueRule::Within(owes.within))
    };
    let anew = |at| {
        let terms = by_terms();
        let resolved = due::of(&terms, at, context);
        (terms, resolved)
    };
    let ((terms, resolved), owner) = match since {
        Since::At(at) => (anew(at), &broken.owner),
        Since::Before(before) => {
            let before = ledger.get(before)?;
            ((before.terms.clone(), due::as_it_was(before, context)), &before.owner)
        }
    };
    // What had stood still, or had been put off, is owed from now on.
    let passed = has_passed(resolved.due.at, context.at);
    let (terms, resolved) = if passed { anew(context.at) } else { (terms, resolved) };
    let running = due::running(&terms, resolved, context);
    let (what, whom) = ((id, owes.deliverable.clone()), (broken.beneficiary.clone(), owner.clone()));
    let origin = Origin::Amends { of: broken.id, depth };
    Some(Event::Promised(Box::new(Promised::anew(what, whom, origin, terms, running))))
}
