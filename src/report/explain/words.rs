//! An explanation in words, for whoever reads it.

use core::fmt;

use super::super::statement::PausedTime;
use super::{CycleExplained, Explanation, MetricExplained, Now};

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, metric) in self.metrics.iter().enumerate() {
            write!(f, "{}{metric}", if index == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl fmt::Display for MetricExplained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.metric)?;
        for one in &self.agreements {
            write!(f, "\n  {} ", one.agreement)?;
            match (&one.budget, &one.why_not) {
                (Some(budget), _) => write!(f, "counts: {budget}")?,
                (None, Some(why_not)) => write!(f, "{why_not}")?,
                (None, None) => f.write_str("does not count")?,
            }
        }
        if self.cycles.is_empty() {
            f.write_str("\n  nothing has begun")?;
        }
        self.cycles.iter().try_for_each(|cycle| write!(f, "\n  {cycle}"))
    }
}

impl fmt::Display for CycleExplained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cycle {} of {}, since {}", self.cycle.cycle, self.cycle.agreement, self.since)?;
        if let Some(began) = &self.began {
            write!(f, " ({})", began.fact)?;
        }
        if let Some(calendar) = &self.calendar {
            write!(f, ", by {calendar}")?;
        }
        for PausedTime { reason, spared, .. } in &self.paused {
            write!(f, ", stood still for {reason}")?;
            spared.map_or(Ok(()), |spared| write!(f, " ({spared})"))?;
        }
        match &self.now {
            Now::Runs { due, left } => write!(f, ": runs until {due}, {left} left"),
            Now::Stands { since, reasons, left, .. } => {
                write!(f, ": stands since {since}")?;
                for (reason, before) in reasons.iter().zip([" for "].into_iter().chain(core::iter::repeat(" and "))) {
                    write!(f, "{before}{reason}")?;
                }
                write!(f, ", {left} left")
            }
            Now::Overdue { due } => write!(f, ": broken, was due {due}, owed still"),
            Now::Ended { at, by, outcome } => {
                write!(f, ": ended {at}, {outcome}")?;
                by.as_ref().map_or(Ok(()), |by| write!(f, " ({})", by.fact))
            }
        }
    }
}
