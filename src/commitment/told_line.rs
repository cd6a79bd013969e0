//! What a customer may see in one line, in UTC: for logs and terminals. A host that speaks his language reads the fields.

use core::fmt;

use super::cause::BreachCause;
use super::told::{Speaker, Standing, Told};

/// `restore, promised 2026-03-07T10:00:00Z by ada for 2026-03-09T10:00:00Z; late since then; …`.
impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, promised {}", self.what, self.said_at)?;
        if let Some(speaker) = &self.said_by {
            write!(f, " by {speaker}")?;
        }
        if let Some(due) = self.due {
            write!(f, " for {due}")?;
        }
        if let Some(not_before) = self.not_before {
            write!(f, ", not before {not_before}")?;
        }
        match self.broken.map(|breach| (breach.cause, breach.at)) {
            Some((BreachCause::Deadline | BreachCause::BornLate, _)) => f.write_str("; late since then")?,
            Some((BreachCause::Withdrawn, at)) => write!(f, "; withdrawn {at}")?,
            Some((BreachCause::Unanswered, at)) => write!(f, "; not given by {at}, when the matter ended")?,
            Some((BreachCause::Impossible, at)) => write!(f, "; found impossible {at}")?,
            None => {}
        }
        match &self.now {
            // What is owed goes without saying, and what stands in for it is said below.
            Standing::Owed | Standing::Replaced => {}
            Standing::Waits { what, until } => write!(f, "; once there is {what}, until {until}")?,
            Standing::StandsStill { until } => write!(f, "; stands still until {until}")?,
            Standing::Done { at } => write!(f, "; done {at}")?,
            Standing::Released => f.write_str("; not insisted on")?,
            Standing::GivenUp => f.write_str("; given up")?,
            Standing::Lapsed => f.write_str("; ended, the customer's part was not done")?,
            Standing::NotNeeded => f.write_str("; not needed any more")?,
        }
        if let Some(proposed) = self.proposed {
            write!(f, "; proposed instead: {proposed}")?;
            if let Some(not_before) = self.proposed_not_before {
                write!(f, ", not before {not_before}")?;
            }
        }
        match self.in_its_place.map(|next| next.due) {
            Some(Some(due)) => write!(f, "; in its place: for {due}"),
            Some(None) => f.write_str("; another stands in for it"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Speaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Agent(agent) => fmt::Display::fmt(agent, f),
            Self::Ai => f.pad("a language model"),
            Self::Vendor => f.pad("a helper from outside"),
            Self::Program => f.pad("a program"),
            Self::Customer => f.pad("the desk, as the customer says"),
        }
    }
}
