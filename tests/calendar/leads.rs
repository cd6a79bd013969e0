//! Warnings: a point on the way to a deadline, counted backwards over closings, against a walk through time.

use owed::calendar::{Calendar, Lead, Percent, Term, WorkingTime};
use proptest::prelude::*;

use super::cases::{Case, DAY, amount, case, config, instant, working};
use crate::oracle::{MINUTE, Oracle, Steps, Walk};

/// SEMANTICS B7: hours from eight to six, opened at five, four hours, so due at eleven on the next day.
#[test]
fn warnings_count_back_in_working_time_across_closings() {
    let desk = r#"{ "time_zone": "UTC", "weekly": { "mon-fri": ["08:00-18:00"] } }"#;
    let desk: Calendar = serde_json::from_str(desk).unwrap();
    let (opened, due) = ("2026-03-05T17:00:00Z".parse().unwrap(), "2026-03-06T11:00:00Z".parse().unwrap());
    let warned = |lead: &str| desk.lead_before(opened, due, lead.parse().unwrap()).unwrap().to_string();
    assert_eq!(warned("2 working hours before"), "2026-03-06T09:00:00Z");
    assert_eq!(warned("3 working hours before"), "2026-03-06T08:00:00Z", "an opening stays where it is");
    assert_eq!(warned("4 working hours before"), "2026-03-05T17:00:00Z", "never midnight");
    assert_eq!(warned("25 %"), "2026-03-05T18:00:00Z", "a closing, not the next opening");
    assert_eq!(warned("50 %"), "2026-03-06T09:00:00Z");
    assert_eq!(warned("1 business day before"), "2026-03-05T11:00:00Z", "before it was opened");
    assert_eq!(warned("0 working hours before"), due.to_string());
}

proptest! {
    #![proptest_config(config())]

    /// What is left from the warning on is what was asked for, and not so much from any later instant; and it is found where a walk
    /// from minute to minute finds it.
    #[test]
    fn lead_then_measure_gives_back(case in case(), shift in 0..MINUTE, lead in amount(), wanted in 0..4_000_i64) {
        let Case { json, calendar, steps } = case;
        let (from, due) = (instant(steps.from), instant(steps.until - shift));
        if let Ok(at) = calendar.lead_before(from, due, Lead::Before(lead.into())) {
            prop_assert_eq!(calendar.working_between(at, due), lead);
            if lead > WorkingTime::ZERO {
                prop_assert!(calendar.working_between(at.plus_micros(1), due) < lead, "{} is not the last", at);
            }
        }
        let walk = Walk::new(&Oracle::new(&json), steps);
        if let Some(expected) = walk.sub(wanted) {
            let lead = Lead::Before(working(wanted * steps.step).into());
            prop_assert_eq!(calendar.lead_before(from, instant(steps.until), lead), Ok(instant(expected)));
        }
    }

    /// A warning goes off while somebody is there to hear it, or as an opening or closing has it: never inside closed time.
    #[test]
    fn a_warning_is_never_inside_closed_time(case in case(), lead in 1..4_000_i64, percent in 1..100_u8) {
        let Case { json, calendar, steps } = case;
        let oracle = Oracle::new(&json);
        let (from, due) = (instant(steps.from), instant(steps.until));
        if let Ok(at) = calendar.lead_before(from, due, Lead::Before(working(lead * steps.step).into())) {
            let second = at.as_micros().div_euclid(1_000_000) * 1_000_000;
            prop_assert!(oracle.is_open(second), "{} is closed", at);
        }
        let all = calendar.working_between(from, due);
        let at = calendar.lead_before(from, due, Lead::Percent(Percent::new(percent).unwrap())).unwrap();
        prop_assert!(from <= at && at <= due);
        if all > WorkingTime::from_micros(100) {
            prop_assert!(oracle.is_open((at.as_micros() - 1).div_euclid(1_000_000) * 1_000_000), "{} is closed", at);
        }
    }

    /// A share of the way is where a walk has seen so much of it open.
    #[test]
    fn a_share_is_where_a_walk_has_seen_it(case in case(), percent in 1..100_u8) {
        let Case { json, calendar, steps } = case;
        let walk = Walk::new(&Oracle::new(&json), steps);
        let (from, due) = (instant(steps.from), instant(steps.until));
        let share = i128::from(walk.working()) * i128::from(percent) / 100;
        let at = calendar.lead_before(from, due, Lead::Percent(Percent::new(percent).unwrap())).unwrap();
        prop_assert_eq!(calendar.working_between(from, at), working(share as i64));
        // It lies inside a step: the walk to its beginning has not seen more, and that to its end has not seen less.
        let whole = (at.as_micros() - steps.from) / steps.step * steps.step;
        let seen = |length| i128::from(Walk::new(&Oracle::new(&json), Steps { until: steps.from + length, ..steps }).working());
        prop_assert!(seen(whole) <= share && share <= seen(whole + steps.step), "{} % at {}", percent, at);
    }

    /// Dates count back as they do by themselves; the day of the deadline is over when it is.
    #[test]
    fn dates_count_back_too(case in case(), days in 1..20_u32, shift in 0..DAY) {
        let Case { calendar, steps, .. } = case;
        let due = instant(steps.until - shift);
        for unit in ["business days", "business days, close", "days", "weeks", "months"] {
            let term = format!("{days} {unit}");
            let lead: Lead = format!("{term} before").parse().unwrap();
            prop_assert_eq!(lead.to_string().strip_suffix(" before").map(str::parse::<Term>), Some(term.parse()));
            let at = calendar.lead_before(instant(steps.from), due, lead);
            prop_assert_eq!(&at, &calendar.sub(due, term.parse().unwrap()));
            prop_assert!(at.is_err() || at.is_ok_and(|at| at < due), "{} before {}", term, due);
        }
    }
}
