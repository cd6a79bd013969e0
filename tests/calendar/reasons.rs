//! What is explained, against the layers as they are written.

use owed::calendar::Because;
use proptest::prelude::*;

use super::cases::{Case, case, config, instant};
use crate::oracle::{MINUTE, Oracle, Reason};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_explained_is_what_is_counted(case in case()) {
        let Case { calendar, steps, .. } = case;
        let (from, until) = (instant(steps.from), instant(steps.until));
        let (mut here, mut open) = (from, 0);
        for stretch in calendar.explain(from, until) {
            prop_assert_eq!(stretch.from, here, "{}", stretch);
            prop_assert!(stretch.until > here, "{}", stretch);
            let length = stretch.until.micros_since(stretch.from);
            let counted = calendar.working_between(stretch.from, stretch.until).as_micros();
            prop_assert_eq!(counted, if stretch.open { length } else { 0 }, "{}", stretch);
            here = stretch.until;
            open += counted;
        }
        prop_assert_eq!(here, until);
        prop_assert_eq!(open, calendar.working_between(from, until).as_micros());
    }

    #[test]
    fn the_layer_that_decides_is_named(case in case()) {
        let Case { json, calendar, steps } = case;
        let oracle = Oracle::new(&json);
        if let (MINUTE, true) = (steps.step, oracle.has_rules()) {
            for stretch in calendar.explain(instant(steps.from), instant(steps.until)) {
                for at in (stretch.from.as_micros()..stretch.until.as_micros()).step_by(MINUTE as usize) {
                    let expected = match oracle.reason(at) {
                        Reason::Hours => Because::Hours,
                        Reason::Season(name) => Because::Season(Some(name.parse().unwrap())),
                        Reason::Shift => Because::Shift,
                        Reason::Holiday(name) => Because::Holiday(name.map(|name| name.parse().unwrap())),
                        Reason::Break => Because::Break,
                    };
                    prop_assert_eq!(&stretch.because, &expected, "{} in {}", instant(at), stretch);
                    prop_assert_eq!(stretch.date, crate::oracle::wall(oracle.zone(), at).date());
                }
            }
        }
    }
}
