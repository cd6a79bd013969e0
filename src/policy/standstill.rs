//! When a clock would have stood still by the facts: whenever it would have, for as long as it would have been let.

use alloc::vec::Vec;

use super::fact::Past;
use super::pattern::PauseRule;
use super::standing::Standing;
use crate::commitment::{Allowance, Pause, resume_by};
use crate::{Name, Timestamp, has_passed};

/// When a clock that runs since an instant would have stood still until now.
pub(super) fn standing(
    since: Timestamp,
    rules: &[PauseRule],
    allowance: Option<Allowance>,
    past: &[Past],
    now: Timestamp,
) -> (Vec<Pause>, Option<Timestamp>) {
    Standstill::of(Vec::new(), allowance).since(since, rules, |_| false, past, now)
}

/// The pauses that a clock would have had: a union of reasons, bounded by an allowance.
pub(super) struct Standstill {
    pauses: Vec<Pause>,
    resume_by: Option<Timestamp>,
    allowance: Option<Allowance>,
}

impl Standstill {
    /// After these pauses, which are over.
    pub(super) const fn of(pauses: Vec<Pause>, allowance: Option<Allowance>) -> Self {
        Self { pauses, resume_by: None, allowance }
    }

    /// It stands for these reasons from an instant on, at the latest until another if there is one.
    pub(super) fn lasting(mut self, reasons: &[Name], from: Timestamp, until: Option<Timestamp>) -> Self {
        self.resume_by = until.filter(|_| !reasons.is_empty());
        for reason in reasons {
            self.begin(reason, from);
        }
        self
    }

    /// Goes on from an instant until now. What holds then begins then, unless it is known what has become of it.
    pub(super) fn since(
        mut self,
        since: Timestamp,
        rules: &[PauseRule],
        is_known: impl Fn(&PauseRule) -> bool,
        past: &[Past],
        now: Timestamp,
    ) -> (Vec<Pause>, Option<Timestamp>) {
        let mut held: Vec<&PauseRule> = Vec::new();
        let (mut ticket, mut begun) = (None, false);
        let holding = |ticket: &Option<Standing>| -> Vec<&PauseRule> {
            rules.iter().filter(|rule| ticket.as_ref().is_some_and(|ticket| rule.when.holds(ticket))).collect()
        };
        for Past { at, fact, .. } in past {
            let before = if begun { Vec::new() } else { holding(&ticket) };
            let Some(after) = Standing::follow(&mut ticket, fact) else { continue };
            if *at < since {
                continue;
            }
            if !begun {
                // A clock whose start was told of later has stood from its start if the ticket stood so then.
                let stood = before.iter().filter(|rule| *at > since && !is_known(rule));
                stood.for_each(|rule| self.begin(&rule.reason, since));
                held = before.into_iter().filter(|rule| *at > since || is_known(rule)).collect();
            }
            begun = true;
            self.let_pass(*at);
            let holds: Vec<&PauseRule> = rules.iter().filter(|rule| rule.when.holds(after)).collect();
            holds.iter().filter(|rule| !held.contains(rule)).for_each(|rule| self.begin(&rule.reason, *at));
            held.iter().filter(|rule| !holds.contains(rule)).for_each(|rule| self.end(rule, *at));
            held = holds;
        }
        if !begun {
            holding(&ticket).iter().filter(|rule| !is_known(rule)).for_each(|rule| self.begin(&rule.reason, since));
        }
        self.let_pass(now);
        (self.pauses, self.resume_by)
    }

    /// Stands for a reason from an instant on, unless it does already.
    fn begin(&mut self, reason: &Name, at: Timestamp) {
        if self.pauses.iter().any(|pause| pause.until.is_none() && pause.reason == *reason) {
            return;
        }
        self.resume_by = self.resume_by.or_else(|| resume_by(&self.pauses, self.allowance, at, None));
        if self.resume_by.is_some() {
            self.pauses.push(Pause { reason: reason.clone(), from: at, until: None });
        }
    }

    fn let_pass(&mut self, now: Timestamp) {
        if let Some(up) = self.resume_by.filter(|up| has_passed(*up, now)) {
            self.pauses.iter_mut().filter(|pause| pause.until.is_none()).for_each(|pause| pause.until = Some(up));
            self.resume_by = None;
        }
    }

    fn end(&mut self, rule: &PauseRule, at: Timestamp) {
        let lasting = self.pauses.iter_mut().filter(|pause| pause.until.is_none());
        lasting.filter(|pause| pause.reason == rule.reason).for_each(|pause| pause.until = Some(at));
        if self.pauses.iter().all(|pause| pause.until.is_some()) {
            self.resume_by = None;
        }
    }
}
