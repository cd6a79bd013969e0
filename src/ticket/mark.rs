//! When a conversation may be marked so.

use super::event::Event;
use super::refusal::Refusal;
use super::state::Matter;
use crate::commitment::Ledger;
use crate::policy::{Fact, MOST_SCORE, Mark, Past, Stage, Status};

/// What follows when a conversation is marked.
pub(super) fn mark(matter: &Matter, ledger: &Ledger, mark: &Mark) -> Result<Option<Event>, Refusal> {
    if let Some(about) = mark.about().filter(|about| ledger.get(*about).is_none()) {
        return Err(Refusal::UnknownCommitment { commitment: about });
    }
    if let Some(score) = mark.score().filter(|score| *score > MOST_SCORE) {
        return Err(Refusal::NoScore { score, most: MOST_SCORE });
    }
    match mark {
        Mark::Unclear { answer, .. } if matter.message(answer).is_none() => {
            return Err(Refusal::UnknownMessage { message: answer.clone() });
        }
        Mark::FeedbackAsked { .. } => {
            if let Some(asked) = asked_since_solved(&matter.past) {
                return Err(Refusal::FeedbackAsked { asked });
            }
        }
        Mark::Conduct { stage, .. } => {
            let so_far = matter.past.iter().filter_map(|past| stage_of(&past.fact)).max();
            match (so_far, stage) {
                (None, Stage::Warned)
                | (Some(Stage::Warned), Stage::Limited)
                | (Some(Stage::Limited), Stage::Ended) => {}
                (so_far, _) if so_far >= Some(*stage) => return Ok(None),
                (so_far, _) => {
                    let missing = if so_far.is_none() { Stage::Warned } else { Stage::Limited };
                    return Err(Refusal::StageMissing { stage: *stage, missing });
                }
            }
        }
        Mark::Transferred { .. }
        | Mark::FollowsUp { .. }
        | Mark::Unclear { .. }
        | Mark::SolutionOffered { .. }
        | Mark::SolutionFailed { .. }
        | Mark::FaultAcknowledged { .. }
        | Mark::Apologised { .. }
        | Mark::Explained { .. }
        | Mark::RemedyAsked { .. }
        | Mark::RemedyGiven { .. }
        | Mark::FeedbackGiven { .. }
        | Mark::Reviewed { .. } => {}
    }
    Ok(Some(Event::Marked { mark: mark.clone() }))
}

/// When the customer was asked what he thinks of the solution that stands, or of what there is without one.
fn asked_since_solved(past: &[Past]) -> Option<crate::Timestamp> {
    let since = past.iter().rev().take_while(|past| !matches!(past.fact, Fact::Status { to: Status::Solved, .. }));
    let mut asked = since.filter(|past| matches!(past.fact, Fact::Marked(Mark::FeedbackAsked { .. })));
    asked.next().map(|past| past.at)
}

const fn stage_of(fact: &Fact) -> Option<Stage> {
    match fact {
        Fact::Marked(Mark::Conduct { stage, .. }) => Some(*stage),
        _ => None,
    }
}
