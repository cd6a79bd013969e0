//! What teams and suppliers owe the desk, beside what the desk owes its customers by it.

use super::mentions::Mentions;
use super::targets::Owed;
use super::worlds::Worlds;
use super::{Advice, Given, give};
use crate::calendar::{CivilTime, Term};
use crate::commitment::AgreementKind;
use crate::policy::Standing;
use crate::{Name, Timestamp};

/// What each built-in metric of a team or a supplier is a part of. Every metric is also a part of itself.
const PART_OF: [(&str, &[&str]); 4] = [
    ("ownership", &["first_resolution", "full_resolution", "requester_wait", "agent_work"]),
    ("vendor", &["first_resolution", "full_resolution", "requester_wait", "agent_work"]),
    ("time_to_own", &["first_response", "first_resolution", "full_resolution"]),
    ("assignee_response", &["first_response", "next_response", "first_resolution", "full_resolution"]),
];

/// Whether a metric is a part of another.
fn supports(metric: &Name, other: &Name) -> bool {
    let listed = PART_OF.iter().find(|(name, _)| *name == metric.as_str());
    metric == other || listed.is_some_and(|(_, others)| others.contains(&other.as_str()))
}

pub(super) fn check(target: &Owed<'_>, place: &str, given: &mut Given) {
    let Owed { policy, agreement, name, .. } = *target;
    if agreement.kind == AgreementKind::Sla {
        return;
    }
    for sla in policy.agreements.iter().filter(|other| other.kind == AgreementKind::Sla) {
        for metric in sla.targets.keys().filter(|metric| supports(name, metric)) {
            let worlds = Worlds::of(&Mentions::default().agreement(agreement).agreement(sla));
            let mut advice = None;
            let at = agreement.from.max(sla.from).unwrap_or(Timestamp::MIN);
            let longer = |standing: &Standing| {
                let counts = |metric, kind, of: &Name| {
                    policy.applying(metric, kind, standing, at).filter(|(counts, _)| counts.name == *of)
                };
                let own = counts(name, agreement.kind, &agreement.name);
                let Some(((_, budget), (_, other))) = own.zip(counts(metric, AgreementKind::Sla, &sla.name)) else {
                    return false;
                };
                let priority = standing.priority.clone();
                let (agreement, metric) = (sla.name.clone(), metric.clone());
                advice = is_longer(budget, other).then_some(Advice::LongerThanWhatItSupports {
                    budget,
                    agreement,
                    metric,
                    other,
                    priority,
                });
                advice.is_some()
            };
            worlds.any(longer);
            if let Some(advice) = advice {
                give(given, place, advice);
            }
        }
    }
}

/// Whether one amount is more than another, as far as the two can be compared by themselves.
fn is_longer(a: Term, b: Term) -> bool {
    let days = |time| match time {
        CivilTime::Days(days) => Some(u64::from(days)),
        CivilTime::Weeks(weeks) => Some(u64::from(weeks) * 7),
        CivilTime::Months(_) => None,
    };
    match (a, b) {
        (Term::Working(a), Term::Working(b)) => a > b,
        (Term::Elapsed(a), Term::Elapsed(b)) => a > b,
        // Working time never runs faster than time does.
        (Term::Working(a), Term::Elapsed(b)) => a.as_micros() > b.as_micros(),
        (Term::Business(a), Term::Business(b)) => a.days > b.days,
        (Term::Civil(CivilTime::Months(a)), Term::Civil(CivilTime::Months(b))) => a > b,
        (Term::Civil(a), Term::Civil(b)) => days(a).zip(days(b)).is_some_and(|(a, b)| a > b),
        _ => false,
    }
}
