//! ISO 10002:2018, guidelines for complaints handling in organizations. It has steps and no figures: those are ours.

use super::duty::{Done, Duty, Only};
use super::{Part, Preset};
use crate::calendar::{BusinessDays, DayEnd, Term};
use crate::commitment::Binding;

const fn close_of(days: u32) -> Term {
    Term::Business(BusinessDays::new(days).ending(DayEnd::Close))
}

const fn step(
    metric: &'static str,
    source: &'static str,
    owes: &'static str,
    days: u32,
    done: &'static [Done],
) -> Duty {
    Duty::new(metric, source, owes, close_of(days), done)
}

pub(super) const ISO_10002: Preset = Preset {
    name: "iso_10002",
    source: "ISO 10002:2018, 7: operation of the complaints-handling process",
    tag: "complaint",
    parts: &[
        Part {
            suffix: "",
            only: Only::All,
            binding: Binding::Promised,
            duties: &[
                step("iso_acknowledgement", "ISO 10002:2018, 7.4", "acknowledgement", 1, &[Done::Message]),
                step("iso_decision", "ISO 10002:2018, 7.7 and 7.8", "decision", 20, &[Done::Field("decision_told")]),
            ],
        },
        // What only the desk itself sees of it.
        Part {
            suffix: "_steps",
            only: Only::All,
            binding: Binding::Goal,
            duties: &[
                step("iso_assessment", "ISO 10002:2018, 7.5", "assessment", 2, &[Done::Field("assessed")]),
                step("iso_investigation", "ISO 10002:2018, 7.6", "investigation", 10, &[Done::Field("investigated")]),
                step(
                    "iso_closing",
                    "ISO 10002:2018, 7.9",
                    "closing, or the next level",
                    30,
                    &[Done::Closed, Done::Field("next_level_offered")],
                ),
            ],
        },
    ],
};
