//! What comes in after a verdict, and happened before it.
//!
//! A mail is fetched after it was sent. By then time may have given a verdict that would have been another: what was done was not yet
//! known to be done, the customer had let the desk off, accepted other terms, done his part, or spoken. Such a fact takes the verdict
//! back, whatever it is, by one rule: it happened no later than the verdict's instant, and somebody vouches for that, the channel always
//! and a person as far as the rulebook lets him. Both stay on record, and what was owed because of the verdict falls away.

use super::{Context, closed, wrong_phase};
use crate::Timestamp;
use crate::commitment::cause::{BreachCause, VoidCause};
use crate::commitment::happened::Stamp;
use crate::commitment::origin::{Origin, Renewal};
use crate::commitment::party::{Actor, Owner};
use crate::commitment::phase::{Outcome, Phase, Verdict};
use crate::commitment::refusal::Refusal;
use crate::commitment::state::Commitment;

/// A verdict that an earlier fact takes back.
struct Given {
    /// Since when it stands.
    at: Timestamp,
    /// The last instant of a fact that comes before it.
    last: Timestamp,
}

/// The verdict that would not have been given, had a fact of before it been known: a breach, a lapse, an absence.
fn given(commitment: &Commitment) -> Option<Given> {
    match (&commitment.phase, commitment.verdict(), commitment.breach) {
        // Its clock is that of what waits: it counts from the limit.
        (Phase::Closed { at, outcome: Outcome::Void(VoidCause::Lapsed), .. }, ..) => {
            Some(Given { at: *at, last: commitment.clock.since })
        }
        (Phase::Closed { at, outcome: Outcome::Void(VoidCause::CustomerAbsent), .. }, ..) => {
            Some(Given { at: *at, last: *at })
        }
        (_, Verdict::Breached, Some(breach)) => {
            // What came in too late to be recorded in time had its deadline all the same; what a change made late had none before that.
            let moved = matches!(commitment.origin, Origin::Policy(_)) && commitment.made < breach.at;
            // What is owed again and is found to have begun anew since had that deadline, though it had another at first.
            let again = commitment.made == breach.at
                && commitment.renews.is_some_and(|renews| renews.why == Renewal::Retracted);
            let late_from_the_first =
                breach.cause == BreachCause::BornLate && (again || commitment.first_due == Some(breach.due)) && !moved;
            Some(Given { at: breach.at, last: if late_from_the_first { breach.due } else { breach.at } })
        }
        (_, Verdict::Pending | Verdict::Fulfilled | Verdict::Breached | Verdict::Void, _) => None,
    }
}

/// Who vouches that a fact came before the verdict on record, and no sooner than an instant. Nothing if it did not; refused to whoever
/// may not say so.
///
/// `by` is who says so; nobody in particular where an agreement's metric finds it.
pub(super) fn earlier(
    commitment: &Commitment,
    since: Timestamp,
    by: Option<&Actor>,
    context: &Context<'_>,
) -> Result<Option<Stamp>, Refusal> {
    let happened = context.happened.zip(given(commitment));
    let Some((happened, given)) = happened.filter(|(happened, given)| (since..=given.last).contains(&happened.at))
    else {
        return Ok(None);
    };
    match happened.stamp {
        Stamp::Transport => Ok(Some(Stamp::Transport)),
        Stamp::Claim => may_put_right(commitment, given.at, by, context).map(|()| Some(Stamp::Claim)),
    }
}

/// Who vouches that an act of the customer's came before the verdict on record; nobody needs to as long as there is none. Refused where
/// it came later.
pub(super) fn in_time(commitment: &Commitment, by: &Actor, context: &Context<'_>) -> Result<Option<Stamp>, Refusal> {
    let vouched = earlier(commitment, commitment.since, Some(by), context)?;
    match commitment.phase {
        Phase::Conditional { .. } | Phase::Active { .. } | Phase::Paused { .. } => Ok(None),
        Phase::Candidate { .. } => Err(wrong_phase(commitment)),
        Phase::Overdue => vouched.map(Some).ok_or(wrong_phase(commitment)),
        Phase::Closed { at, .. } => vouched.map(Some).ok_or(closed(commitment.id, at)),
    }
}

/// Refused outside of the window, and to the one who answered for it where it takes another.
pub(super) fn may_put_right(
    commitment: &Commitment,
    since: Timestamp,
    by: Option<&Actor>,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let id = commitment.id;
    let corrections = context.corrections.filter(|corrections| corrections.reach(since, context.at));
    let Some(corrections) = corrections else {
        let until = context.corrections.map(|corrections| corrections.last(since));
        return Err(Refusal::CorrectionOver { commitment: id, closed: since, until });
    };
    if corrections.four_eyes && !by.is_some_and(|by| is_another(by, performer(commitment))) {
        return Err(Refusal::NotByAnother { commitment: id });
    }
    Ok(())
}

/// Who answered for it when it was broken.
fn performer(commitment: &Commitment) -> &Owner {
    let before = commitment.notes.as_ref().and_then(|notes| notes.broken_under.as_ref());
    before.unwrap_or(&commitment.owner)
}

/// Whether somebody is another than the one who answers for it, and so can vouch for him.
fn is_another(by: &Actor, owner: &Owner) -> bool {
    match (by, &owner.agent) {
        (Actor::Agent(agent), Some(owner)) => agent != owner,
        (Actor::Customer(_), _) => true,
        (Actor::Agent(_), None) | (Actor::Vendor(_) | Actor::Automation(_) | Actor::Ai(_) | Actor::System(_), _) => {
            false
        }
    }
}
