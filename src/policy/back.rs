//! What goes on where the ticket comes back to an agreement that it had left, or comes to another.

use alloc::vec::Vec;

use super::Policy;
use super::agreement::OnReturn;
use super::candidate::Candidate;
use super::fact::Past;
use super::moment::{Anew, Moment};
use super::pattern::PauseRule;
use super::running::Clockwork;
use super::standing::Standing;
use super::standstill::{Standstill, standing};
use super::trace::Running;
use crate::commitment::{Commitment, Continues, Origin, Phase};
use crate::{EditionNumber, Name, Timestamp};

impl Candidate<'_> {
    /// The cycle that the ticket had left goes on since it is back, or begins again.
    pub(super) fn back<'b>(
        &self,
        left: &Commitment,
        running: &Running,
        moment: &Moment<'_>,
        pinned: impl Fn(EditionNumber) -> Option<&'b Policy>,
    ) -> Option<Running> {
        let (rules, past, now) = (self.rule.pauses(self.metric), moment.past, moment.at);
        let allowance = self.agreement.allowance(self.rule, self.metric);
        let clock = pinned(left.edition).and_then(|policy| Clockwork::of(left, policy));
        let left_at = clock.as_ref().and_then(|clock| clock.left_at(past)).or(left.closed_at())?;
        let back = self.back_at(left_at, moment);
        if self.begins_again(left, running.latest()) {
            let (pauses, resume_by) = standing(back, rules, allowance, past, now);
            return Some(Running { pauses, resume_by, ..Running::since(back) });
        }
        if !self.goes_on(left, running) {
            return None;
        }
        let host_s = clock.map_or_else(Vec::new, |clock| clock.host_s_reasons(back));
        // A pause that had come to its limit before the ticket left does not begin again; one that lasted begins anew, as the time away
        // counts nothing.
        let then = past.iter().position(|past| past.at > back).and_then(|later| past.get(..later)).unwrap_or(past);
        let (held, _) = standing(running.begun(), rules, allowance, then, back);
        let over = |rule: &PauseRule| {
            let last = held.iter().rev().find(|held| held.reason == rule.reason).and_then(|held| held.until);
            last.is_some_and(|until| until <= left_at)
        };
        let stands = Standstill::of(left.clock.pauses.clone(), allowance).lasting(&host_s, back, None);
        let (pauses, resume_by) = stands.since(back, rules, over, past, now);
        let continues = Some(Continues::Left(left.id, back));
        Some(Running { pauses, resume_by, continues, ..Running::since(running.latest()) })
    }

    /// Since when the ticket is back: by this fact, or, as it is told only now, by the one since which the target applies.
    fn back_at(&self, left_at: Timestamp, moment: &Moment<'_>) -> Timestamp {
        let Anew::Record(_) = moment.anew else { return moment.at };
        let (mut ticket, mut had, mut back) = (None, false, None);
        for Past { at, fact, .. } in moment.past {
            let Some(after) = Standing::follow(&mut ticket, fact) else { continue };
            let applying = self.policy.applying(self.name, self.agreement.kind, after, moment.at);
            let has = applying.is_some_and(|(agreement, _)| agreement.name == self.agreement.name);
            if has && !had {
                back = Some(*at);
            }
            had = has;
        }
        back.filter(|back| *back >= left_at).unwrap_or(moment.at)
    }

    /// Whether the cycle that runs is the one that the ticket had left, and is taken up where it was: also where the matter was solved
    /// and reopened meanwhile, if its cycles are one account.
    fn goes_on(&self, left: &Commitment, running: &Running) -> bool {
        let of_it = left.since == running.latest() || running.earlier.iter().any(|(since, _)| *since == left.since);
        of_it && self.agreement.on_return == OnReturn::Resume
    }

    /// Whether the cycle that runs is one that the ticket had left, and nothing of that counts: neither what had run nor the time away.
    fn begins_again(&self, left: &Commitment, since: Timestamp) -> bool {
        let comes_back = matches!(&left.origin, Origin::Policy(cycle) if cycle.agreement == self.agreement.name);
        let anew = comes_back && self.agreement.on_return == OnReturn::NewCycle;
        anew && left.closed_at().is_some_and(|closed| since <= closed)
    }
}

impl Clockwork<'_> {
    /// For what a host had paused it, where that lasted when the ticket left it by the fact that has brought it to the next agreement: it lasts on.
    fn host_s_reasons(&self, back: Timestamp) -> Vec<Name> {
        let Phase::Closed { stood_for, .. } = &self.commitment.phase else { return Vec::new() };
        let by_rule = |reason: &Name| self.pauses().iter().any(|rule| rule.reason == *reason);
        // What was left in hindsight has stood until then, and is closed only later.
        let stood = |reason: &Name| self.closed_at().is_none() || stood_for.contains(reason);
        let pauses = self.commitment.clock.pauses.iter().filter(|pause| pause.until == Some(back));
        let lasted = pauses.filter(|pause| stood(&pause.reason) && !by_rule(&pause.reason));
        lasted.map(|pause| pause.reason.clone()).collect()
    }
}
