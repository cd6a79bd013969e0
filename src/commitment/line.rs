//! A commitment in one line, as a person reads it.

use core::fmt;

use super::cause::{BreachCause, Ending, VoidCause};
use super::origin::Origin;
use super::phase::{Outcome, Phase};
use super::state::Commitment;

/// What is owed to whom and by when, who answers for it, and where it stands: `callback to c-17 by 2026-03-07T14:00:00Z (ada)`.
impl fmt::Display for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.deliverable, self.beneficiary)?;
        match &self.phase {
            Phase::Active { .. } | Phase::Overdue | Phase::Closed { .. } => write!(f, " by {}", self.due)?,
            // What stands still or waits has no deadline, and is not to look as if it had.
            Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Paused { .. } => {}
        }
        match &self.owner.agent {
            Some(agent) => write!(f, " ({agent})")?,
            None => write!(f, " ({})", self.owner.team)?,
        }
        match &self.phase {
            Phase::Candidate { review_by, .. } => write!(f, ", to be looked at until {review_by}")?,
            Phase::Conditional { limit, .. } => {
                let what =
                    self.terms.condition.as_ref().map_or("the customer's part", |condition| condition.what.as_str());
                write!(f, ", once there is {what}, until {limit}")?;
            }
            Phase::Active { .. } => {}
            Phase::Paused { reasons, resume_by, .. } => {
                f.write_str(", stands still")?;
                for (reason, before) in reasons.iter().zip([" for "].into_iter().chain(core::iter::repeat(" and "))) {
                    write!(f, "{before}{reason}")?;
                }
                write!(f, " until {resume_by}")?;
            }
            Phase::Overdue => match self.breach.map(|breach| breach.cause) {
                Some(BreachCause::Withdrawn) => f.write_str(", broken: withdrawn")?,
                Some(BreachCause::Impossible) => f.write_str(", broken: impossible")?,
                Some(BreachCause::Unanswered) => f.write_str(", broken: the matter ended without it")?,
                Some(BreachCause::Deadline | BreachCause::BornLate) | None => f.write_str(", overdue")?,
            },
            Phase::Closed { outcome, .. } => write!(f, ", {outcome}")?,
        }
        if let Origin::Spoken { beyond: Some(role), .. } = &self.origin {
            write!(f, ", more than a role may promise ({role})")?;
        }
        if self.notes.as_ref().is_some_and(|notes| notes.at_risk) && self.is_open() {
            f.write_str(", at risk")?;
        }
        Ok(())
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fulfilled { done } => write!(f, "done {done}"),
            Self::Corrected { done } => write!(f, "done {done}, in time after all"),
            Self::DeliveredLate { done, .. } => write!(f, "done late {done}"),
            Self::Overtaken(rule) => write!(f, "broken, then ended: {rule}"),
            Self::Superseded { by } => write!(f, "broken, {by} stands in for it"),
            Self::Ended(Ending::Impossible { .. }) => f.write_str("broken: impossible"),
            Self::Ended(Ending::Waived { .. }) => f.write_str("broken, and not insisted on"),
            Self::Ended(Ending::WrittenOff { authority, .. }) => write!(f, "broken, and written off by {authority}"),
            Self::Void(cause) => write!(f, "void: {cause}"),
        }
    }
}

impl fmt::Display for VoidCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Released { .. } => f.write_str("released"),
            Self::Rule(rule) => write!(f, "{rule}"),
            Self::Corrected { original } => write!(f, "{original} was not broken"),
            Self::Dismissed { reason } => write!(f, "no promise ({reason})"),
            Self::Lapsed => f.write_str("the customer's part was not done"),
            Self::Withdrawn { .. } => f.write_str("withdrawn before the customer's part was done"),
            Self::Renegotiated { successor, .. } => write!(f, "{successor} was agreed on instead"),
            Self::CustomerAbsent => f.write_str("the customer was absent"),
            Self::Retracted { reason, successor } => write!(f, "taken back ({reason}), {successor} is owed"),
            Self::InTime { successor, .. } => write!(f, "the customer had come in time, {successor} is owed"),
            Self::SeriesStopped { .. } => f.write_str("what it was to go on until has come"),
            Self::InError { reason, .. } => write!(f, "recorded in error ({reason})"),
        }
    }
}
