//! The UK's Financial Conduct Authority on complaints: its Handbook, DISP 1.

use super::duty::{Done, Duty, Only, Starts};
use super::{Part, Preset};
use crate::calendar::{BusinessDays, CivilTime, DayEnd, Term};
use crate::commitment::Binding;

/// The day on which it was received is not counted, and the last one goes on to its close.
const fn close_of(days: u32) -> Term {
    Term::Business(BusinessDays::new(days).ending(DayEnd::Close))
}

const OVER: &[&str] = &["final_response", "summary_resolution"];
const ANSWERED: &[Done] =
    &[Done::Field("final_response"), Done::Field("holding_reply"), Done::Field("summary_resolution")];
const FINAL: &[Done] = &[Done::Field("final_response"), Done::Field("summary_resolution")];

/// "Prompt": what firms take it for.
const ACKNOWLEDGEMENT: Duty = Duty::new(
    "disp_acknowledgement",
    "FCA DISP 1.6.1R(1)",
    "acknowledgement",
    close_of(5),
    &[Done::Message, Done::Field("final_response"), Done::Field("summary_resolution")],
);

/// "Kept informed": no figure stands there.
const UPDATE: Duty = Duty {
    starts: Starts::News(OVER),
    ..Duty::new(
        "disp_update",
        "FCA DISP 1.6.1R(2)",
        "update",
        Term::Civil(CivilTime::Weeks(4)),
        &[Done::AgentsMessage, Done::Field("final_response"), Done::Field("summary_resolution")],
    )
};

const FINAL_RESPONSE: Duty =
    Duty::new("disp_final_response", "FCA DISP 1.6.2R", "decision", Term::Civil(CivilTime::Weeks(8)), ANSWERED);

const PAYMENT_REPLY: Duty = Duty::new("disp_payment_reply", "FCA DISP 1.6.2AR(1)", "decision", close_of(15), ANSWERED);

const PAYMENT_FINAL_RESPONSE: Duty =
    Duty::new("disp_payment_final_response", "FCA DISP 1.6.2AR(2)", "decision", close_of(35), FINAL);

const EARLY_RESOLUTION: Duty = Duty::new(
    "disp_early_resolution",
    "FCA DISP 1.5.1R",
    "fix",
    close_of(3),
    &[Done::Solved, Done::Field("summary_resolution")],
);

pub(super) const ALL: &[Preset] = &[
    Preset {
        name: "uk_fca_disp_1_6",
        source: "FCA Handbook, DISP 1.6: complaints time limit rules",
        tag: "complaint",
        parts: &[
            Part { suffix: "", only: Only::All, binding: Binding::Promised, duties: &[ACKNOWLEDGEMENT, UPDATE] },
            Part {
                suffix: "_final",
                only: Only::Lacking("payment_services"),
                binding: Binding::Promised,
                duties: &[FINAL_RESPONSE],
            },
            Part {
                suffix: "_payments",
                only: Only::Having("payment_services"),
                binding: Binding::Promised,
                duties: &[PAYMENT_REPLY, PAYMENT_FINAL_RESPONSE],
            },
        ],
    },
    Preset {
        name: "uk_fca_disp_1_5",
        source: "FCA Handbook, DISP 1.5: complaints resolved by close of the third business day",
        tag: "complaint",
        // Missing it breaks no rule; the time limits of DISP 1.6 then count.
        parts: &[Part { suffix: "", only: Only::All, binding: Binding::Goal, duties: &[EARLY_RESOLUTION] }],
    },
];
