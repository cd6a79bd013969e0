//! The laws of working time.

use owed::Timestamp;
use owed::calendar::{Calendar, Span, WorkingTime};
use proptest::prelude::*;

use super::cases::{Case, DAY, amount, case, config, instant, working};
use crate::oracle::{MINUTE, Oracle, SECOND, Walk};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn agrees_with_the_minute_by_minute_oracle(case in case(), wanted in 0..4_000_i64) {
        let Case { json, calendar, steps } = case;
        let walk = Walk::new(&Oracle::new(&json), steps);
        let (from, until) = (instant(steps.from), instant(steps.until));
        for at in steps.all() {
            prop_assert_eq!(calendar.is_open(instant(at)), walk.is_open(at), "open at {}", instant(at));
            let last = instant(at + steps.step - 1);
            prop_assert_eq!(calendar.is_open(last), walk.is_open(at), "open at {}", last);
        }
        let spans: Vec<_> = calendar.open_spans(from, until).collect();
        let expected = walk.spans();
        let expected: Vec<_> = expected.into_iter().map(|(from, until)| Span { from: instant(from), until: instant(until) }).collect();
        prop_assert_eq!(&spans, &expected);
        let mut backwards: Vec<_> = calendar.open_spans(from, until).rev().collect();
        backwards.reverse();
        prop_assert_eq!(&backwards, &expected);
        prop_assert_eq!(calendar.working_between(from, until), working(walk.working()));
        prop_assert_eq!(calendar.signed_working_between(until, from), -walk.working());
        prop_assert_eq!(calendar.working_between(until, from), WorkingTime::ZERO);
        if let Some(expected) = walk.add(wanted) {
            prop_assert_eq!(calendar.add_working(from, working(wanted * steps.step)), Ok(instant(expected)));
        }
        if let Some(expected) = walk.sub(wanted) {
            prop_assert_eq!(calendar.sub_working(until, working(wanted * steps.step)), Ok(instant(expected)));
        }
    }

    #[test]
    fn openings_and_closings_are_those_of_the_oracle(case in case(), shift in 0..MINUTE) {
        let Case { json, calendar, steps } = case;
        let oracle = Oracle::new(&json);
        let open = |at: i64| oracle.is_open(at.div_euclid(SECOND) * SECOND);
        let turns: Vec<(i64, bool)> = steps.all().filter(|at| open(*at) != open(at - 1)).map(|at| (at, open(at))).collect();
        for at in [steps.from, steps.from.midpoint(steps.until), steps.until - 1, steps.from + shift] {
            // Only what lies inside the steps is known; the rest would take another walk.
            for opens in [true, false] {
                let next = turns.iter().find(|(turn, open)| *turn > at && *open == opens).map(|(turn, _)| instant(*turn));
                let found = if opens { calendar.next_opening(instant(at)) } else { calendar.next_closing(instant(at)) };
                prop_assert_eq!(found.filter(|found| *found < instant(steps.until)), next, "next, opens {}, of {}", opens, instant(at));
                let last = turns.iter().rfind(|(turn, open)| *turn < at && *open == opens).map(|(turn, _)| instant(*turn));
                let found = if opens { calendar.previous_opening(instant(at)) } else { calendar.previous_closing(instant(at)) };
                prop_assert_eq!(found.filter(|found| *found >= instant(steps.from)), last, "last, opens {}, of {}", opens, instant(at));
            }
            let first = calendar.open_at_or_after(instant(at));
            prop_assert!(first.is_none_or(|first| first >= instant(at) && calendar.is_open(first)));
            prop_assert_eq!(first == Some(instant(at)), open(at));
            let end = calendar.open_end_at_or_before(instant(at));
            prop_assert!(end.is_none_or(|end| end <= instant(at) && calendar.is_open(end.minus_micros(1))));
            prop_assert_eq!(end == Some(instant(at)), open(at - 1));
        }
    }

    #[test]
    fn add_then_measure_gives_back(case in case(), shift in -MINUTE..MINUTE, amount in amount()) {
        let Case { calendar, steps, .. } = case;
        let from = instant(steps.from + shift);
        if let Ok(due) = calendar.add_working(from, amount) {
            prop_assert_eq!(calendar.working_between(from, due), amount);
            if amount > WorkingTime::ZERO {
                let before = working(amount.as_micros() as i64 - 1);
                prop_assert_eq!(calendar.working_between(from, due.minus_micros(1)), before, "{} is not the first", due);
            }
        }
        if let Ok(start) = calendar.sub_working(from, amount) {
            prop_assert_eq!(calendar.working_between(start, from), amount);
            if amount > WorkingTime::ZERO {
                let before = working(amount.as_micros() as i64 - 1);
                prop_assert_eq!(calendar.working_between(start.plus_micros(1), from), before, "{} is not the last", start);
            }
        }
    }

    #[test]
    fn measuring_is_additive(case in case(), mut offsets in prop::array::uniform3(-400 * DAY..400 * DAY)) {
        let Case { calendar, steps, .. } = case;
        offsets.sort_unstable();
        let [a, b, c] = offsets.map(|offset| instant(steps.from + offset));
        let sum = calendar.working_between(a, b).as_micros() + calendar.working_between(b, c).as_micros();
        prop_assert_eq!(calendar.working_between(a, c).as_micros(), sum);
        let spans: u64 = calendar.open_spans(a, c).map(|span| span.length().as_micros()).sum();
        prop_assert_eq!(spans, sum);
    }

    #[test]
    fn deadlines_are_monotone_in_budget(case in case(), one in amount(), two in amount()) {
        let Case { calendar, steps, .. } = case;
        let (less, more) = (one.min(two), one.max(two));
        let due = |amount| calendar.add_working(instant(steps.from), amount);
        if let (Ok(sooner), Ok(later)) = (due(less), due(more)) {
            prop_assert!(sooner <= later);
            prop_assert!(less == more || sooner < later);
        }
        let start = |amount| calendar.sub_working(instant(steps.from), amount);
        if let (Ok(later), Ok(sooner)) = (start(less), start(more)) {
            prop_assert!(sooner <= later);
        }
    }

    #[test]
    fn open_spans_are_maximal_and_in_order(case in case(), length in 0..60 * DAY) {
        let Case { calendar, steps, .. } = case;
        let (from, until) = (instant(steps.from), instant(steps.from + length));
        let mut last: Option<Span> = None;
        for span in calendar.open_spans(from, until) {
            prop_assert!(from <= span.from && span.from < span.until && span.until <= until);
            prop_assert!(calendar.is_open(span.from) && calendar.is_open(span.until.minus_micros(1)));
            prop_assert!(span.from == from || !calendar.is_open(span.from.minus_micros(1)));
            prop_assert!(span.until == until || !calendar.is_open(span.until));
            prop_assert!(last.is_none_or(|last| last.until < span.from));
            last = Some(span);
        }
    }

    #[test]
    fn union_and_intersection_are_sets(one in case(), two in case(), length in 0..2_000 * DAY) {
        let (from, until) = (instant(one.steps.from), instant(one.steps.from + length));
        let between = |calendar: Result<Calendar, _>| calendar.map_or(0, |calendar| calendar.signed_working_between(from, until));
        let (a, b) = (one.calendar, two.calendar);
        let (union, both, only) = (a.union(&b), a.intersection(&b), a.minus(&b));
        let (union, both, only) = (between(union), between(both), between(only));
        let (a, b) = (between(Ok(a)), between(Ok(b)));
        prop_assert_eq!(union + both, a + b);
        prop_assert_eq!(only + both, a);
    }

    #[test]
    fn nothing_panics_or_loops_at_the_ends_of_time(
        case in case(), from in any::<i64>(), until in any::<i64>(), amount in any::<u64>(), days in any::<u32>(),
    ) {
        let calendar = case.calendar;
        for at in [instant(from), Timestamp::MIN, Timestamp::MAX] {
            let elapsed = instant(until).micros_since(at);
            prop_assert!(calendar.working_between(at, instant(until)).as_micros() <= elapsed);
            prop_assert!(at == Timestamp::MAX || calendar.is_open(at) == (calendar.working_between(at, at.plus_micros(1)).as_micros() == 1));
            for amount in [amount, amount % 400_000_000_000_000_000, 1, u64::MAX].map(WorkingTime::from_micros) {
                if let Ok(due) = calendar.add_working(at, amount) {
                    prop_assert_eq!(calendar.working_between(at, due), amount);
                }
                if let Ok(start) = calendar.sub_working(at, amount) {
                    prop_assert_eq!(calendar.working_between(start, at), amount);
                }
            }
            prop_assert!(calendar.open_spans(at, instant(until)).take(50).count() <= 50);
            prop_assert!(calendar.open_spans(instant(until), at).rev().take(50).count() <= 50);
            prop_assert!(calendar.next_opening(at).is_none_or(|next| next > at && calendar.is_open(next)));
            prop_assert!(calendar.next_closing(at).is_none_or(|next| next > at && !calendar.is_open(next)));
            prop_assert!(calendar.previous_opening(at).is_none_or(|last| last < at && calendar.is_open(last)));
            prop_assert!(calendar.previous_closing(at).is_none_or(|last| last < at && !calendar.is_open(last)));
            for days in [0, 1, days % 10_000, days] {
                for term in ["business days", "business days, close", "business days, 17:00", "days", "weeks", "months", "hours"] {
                    let term = format!("{days} {term}").parse().unwrap();
                    prop_assert!(calendar.add(at, term).is_err() || calendar.add(at, term).is_ok_and(|due| due >= at), "{} {}", at, term);
                    prop_assert!(calendar.sub(at, term).is_err() || calendar.sub(at, term).is_ok_and(|start| start <= at), "{} {}", at, term);
                }
            }
        }
    }

    #[test]
    fn what_is_written_is_read_again(case in case()) {
        let text = serde_json::to_string(&case.calendar).unwrap();
        let again: Calendar = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), text);
        prop_assert_eq!(again, case.calendar);
    }
}
