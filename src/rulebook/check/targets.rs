//! Targets whose clock never starts, never runs, warns too early, or stands by a bound that is none.

use alloc::format;
use alloc::vec::Vec;

use super::after::can_follow;
use super::agreements::never_applies;
use super::mentions::Mentions;
use super::worlds::Worlds;
use super::{Advice, Given, give};
use crate::Name;
use crate::calendar::{CivilTime, Term};
use crate::commitment::Warning;
use crate::policy::{Agreement, Metric, Pattern, Policy, Standing, TargetRule};

/// One target of an agreement.
pub(super) struct Owed<'a> {
    pub(super) policy: &'a Policy,
    pub(super) agreement: &'a Agreement,
    pub(super) name: &'a Name,
    pub(super) metric: &'a Metric,
    pub(super) rule: &'a TargetRule,
}

impl Owed<'_> {
    pub(super) fn check(&self, place: &str, given: &mut Given) {
        if !never_applies(self.agreement) {
            self.start(place, given);
        }
        self.pauses(place, given);
        for (index, warning) in self.rule.warn.iter().enumerate() {
            let mut budgets = self.rule.budget.all();
            if budgets.all(|budget| is_longer(*warning, budget)) {
                give(given, format!("{place}.warn[{index}]"), Advice::WarnsBeforeTheStart { warning: *warning });
            }
        }
    }

    fn pauses(&self, place: &str, given: &mut Given) {
        let limits = self.rule.pausable.and_then(|limit| Some((limit.once?, limit.total)));
        if let Some((once, total)) = limits.filter(|(once, total)| once >= total) {
            give(given, format!("{place}.pausable.once"), Advice::OnceBoundsNothing { once, total });
        }
    }

    fn start(&self, place: &str, given: &mut Given) {
        if !self.metric.start.iter().any(|start| self.can_start(start)) {
            give(given, place, Advice::NothingStarts { metric: self.name.clone() });
        } else if let Some(after) = self.never_over() {
            give(given, place, Advice::NothingEnds { metric: self.name.clone(), after });
        } else if let Some(reason) = self.born_paused() {
            give(given, place, Advice::BornPaused { reason });
        }
    }

    fn applies(&self, standing: &Standing) -> bool {
        self.agreement.target(self.name, standing).is_some()
    }

    /// Whether a start can come on a ticket that the agreement applies to, then or later. What it asks may change in between, but
    /// not who began it and whose it is.
    fn can_start(&self, start: &Pattern) -> bool {
        let worlds = Worlds::of(&Mentions::default().agreement(self.agreement).pattern(start));
        let mut begun = Vec::new();
        let tried = worlds.any(|standing| {
            if can_follow(start, standing) && !begun.iter().any(|other| are_one(other, standing)) {
                begun.push(standing.clone());
            }
            false
        });
        let applies =
            |standing: &Standing| self.applies(standing) && begun.iter().any(|other| are_one(other, standing));
        tried.is_none() || worlds.any(applies) != Some(false)
    }

    /// The metric that this one waits for in vain.
    fn never_over(&self) -> Option<Name> {
        let mut seen: Vec<&Name> = Vec::new();
        let mut next = self.metric.after.as_ref();
        while let Some(name) = next.filter(|name| !seen.contains(name)) {
            let metric = self.policy.metrics.get(name)?;
            let can_come = |patterns: &[Pattern]| patterns.iter().any(can_come);
            if !can_come(&metric.start) || !(can_come(&metric.stop) || can_come(&metric.cancel)) {
                return Some(name.clone());
            }
            seen.push(name);
            next = metric.after.as_ref();
        }
        None
    }

    /// The reason for which the clock stands still wherever one of its starts comes.
    fn born_paused(&self) -> Option<Name> {
        let rules = self.rule.pauses(self.metric);
        self.metric.start.iter().find_map(|start| {
            let mentions = Mentions::default().agreement(self.agreement).pattern(start);
            let mentions = rules.iter().fold(mentions, |mentions, rule| mentions.condition(&rule.when));
            let starts = |standing: &Standing| self.applies(standing) && can_follow(start, standing);
            let any = |is_such: &dyn Fn(&Standing) -> bool| {
                Worlds::of(&mentions).any(|standing| starts(standing) && is_such(standing))
            };
            let runs = |standing: &Standing| !rules.iter().any(|rule| rule.when.holds(standing));
            if rules.is_empty() || any(&|_| true) != Some(true) || any(&runs) != Some(false) {
                return None;
            }
            let always = rules.iter().find(|rule| any(&|standing| !rule.when.holds(standing)) == Some(false));
            always.or(rules.first()).map(|rule| rule.reason.clone())
        })
    }
}

/// Whether two standings can be of one ticket: what never changes is the same.
fn are_one(a: &Standing, b: &Standing) -> bool {
    a.author == b.author && a.requester == b.requester && a.organisation == b.organisation
}

/// Whether a fact that a pattern waits for can come at all.
fn can_come(pattern: &Pattern) -> bool {
    let worlds = Worlds::of(&Mentions::default().pattern(pattern));
    worlds.any(|standing| can_follow(pattern, standing)) != Some(false)
}

/// Whether a warning goes off before a clock starts that has so much time. Of units that do not compare it is not known.
fn is_longer(warning: Warning, budget: Term) -> bool {
    const DAY: u64 = 86_400_000_000;
    const HOUR: u64 = 3_600_000_000;
    let Warning::Before(before) = warning else { return false };
    match (before, budget) {
        (Term::Working(before), Term::Working(time)) => before > time,
        // Working time never runs faster than time does.
        (Term::Working(before), Term::Elapsed(time)) => before.as_micros() > time.as_micros(),
        (Term::Elapsed(before), Term::Elapsed(time)) => before > time,
        (Term::Business(before), Term::Business(time)) => before.days > time.days,
        (Term::Working(_) | Term::Elapsed(_), Term::Civil(time)) => {
            let before = match before {
                Term::Working(before) => before.as_micros(),
                Term::Elapsed(before) => before.as_micros(),
                Term::Business(_) | Term::Civil(_) => 0,
            };
            // The clocks may be put back meanwhile.
            before > u64::from(days(time)).saturating_mul(DAY).saturating_add(HOUR)
        }
        (Term::Civil(before), Term::Civil(time)) => fewest_days(before) > days(time),
        (Term::Working(_) | Term::Elapsed(_) | Term::Business(_) | Term::Civil(_), _) => false,
    }
}

/// The most days that there are in it.
const fn days(time: CivilTime) -> u32 {
    match time {
        CivilTime::Days(days) => days,
        CivilTime::Weeks(weeks) => weeks.saturating_mul(7),
        CivilTime::Months(months) => months.saturating_mul(31),
    }
}

/// The fewest.
const fn fewest_days(time: CivilTime) -> u32 {
    match time {
        CivilTime::Days(_) | CivilTime::Weeks(_) => days(time),
        CivilTime::Months(months) => months.saturating_mul(28),
    }
}
