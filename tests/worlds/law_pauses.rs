//! Law 8: pauses are bounded, and resuming gives back exactly what was left.

use owed::Timestamp;
use owed::commitment::{Clock, Commitment, Event as Fact, Pause, Phase};

use super::laws::{Broken, Turn, holds};

/// How long an account has stood still between two instants, stretches that overlap counted once; what lasts, until then.
fn stood(clock: &Clock, from: Timestamp, until: Timestamp) -> u64 {
    let lasts = |pause: &Pause| (pause.from, pause.until.unwrap_or(until).min(until));
    let mut stretches: Vec<_> = clock.pauses.iter().map(lasts).collect();
    stretches.sort_unstable();
    let (mut sum, mut counted) = (0, from);
    for (from, until) in stretches {
        sum += until.micros_since(from.max(counted));
        counted = counted.max(until);
    }
    sum
}

/// What is left of a clock that stands is what has not run, whatever else has happened since it stood still.
pub fn left_is_what_has_not_run(known: &Commitment) -> Result<(), Broken> {
    let Phase::Paused { left, resume_by, .. } = &known.phase else { return Ok(()) };
    let clock = &known.clock;
    let ran = resume_by.micros_since(clock.since) - stood(clock, clock.since, *resume_by);
    let used = ran + clock.carried.map_or(0, |carried| carried.as_micros());
    let is_so = left.as_micros() == clock.budget.as_micros().saturating_sub(used);
    holds(is_so, "resuming gives back what was left", || format!("{used} µs have run: {known:?}"))
}

pub fn pause_is_bounded(turn: &Turn<'_>) -> Result<(), Broken> {
    let Some(before) = turn.before else { return Ok(()) };
    let at = turn.recorded.at;
    let is_so = match turn.fact {
        Fact::Paused { left, resume_by, .. } => {
            let Phase::Active { .. } = before.phase else {
                return Err(format!("it does not run: {:?}", turn.recorded));
            };
            let most = before.terms.pausable.map(|allowance| {
                let all = allowance.total.as_micros().saturating_sub(stood(&before.clock, Timestamp::MIN, at));
                allowance.once.map_or(all, |once| all.min(once.as_micros()))
            });
            let bounded = most.is_some_and(|most| resume_by.micros_since(at) <= most) && *resume_by > at;
            bounded && left.as_micros() == before.due.micros_since(at) && at <= before.due
        }
        Fact::Resumed { reason, left, due, .. } => {
            let Phase::Paused { reasons, left: kept, resume_by, .. } = &before.phase else {
                return Err(format!("it does not stand: {:?}", turn.recorded));
            };
            // The last reason is gone, or the time is up and all are.
            let ended = match reason {
                Some(reason) => reasons.len() == 1 && reasons.contains(reason) && at <= *resume_by,
                None => at == *resume_by && at < turn.step.now,
            };
            ended && left == kept && *due == at.plus_micros(left.as_micros())
        }
        Fact::PauseJoined { reason, .. } => {
            matches!(&before.phase, Phase::Paused { reasons, .. } if !reasons.contains(reason))
        }
        Fact::PauseLeft { reason, .. } => {
            matches!(&before.phase, Phase::Paused { reasons, .. } if reasons.len() > 1 && reasons.contains(reason))
        }
        _ => true,
    };
    holds(is_so, "pauses are bounded, and resuming gives back what was left", || {
        format!("{:?}\nof {before:?}", turn.recorded)
    })
}

/// A state stands still no longer in all than its terms allow, also if it stands until it must go on.
pub fn allowance_is_kept(known: &Commitment) -> Result<(), Broken> {
    let by = match &known.phase {
        Phase::Paused { resume_by, reasons, .. } => {
            holds(!reasons.is_empty(), "a pause has a reason", || format!("{known:?}"))?;
            *resume_by
        }
        Phase::Active { .. } | Phase::Overdue => Timestamp::MAX,
        Phase::Candidate { .. } | Phase::Conditional { .. } | Phase::Closed { .. } => return Ok(()),
    };
    let all = stood(&known.clock, Timestamp::MIN, by);
    let allowed = known.terms.pausable.map_or(0, |allowance| allowance.total.as_micros());
    holds(all <= allowed, "pauses are bounded", || format!("{all} µs of {allowed}: {known:?}"))
}
