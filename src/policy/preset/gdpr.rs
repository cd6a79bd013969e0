//! The General Data Protection Regulation, (EU) 2016/679, and what the UK has made of it.

use super::duty::{Done, Duty, Only, Stop};
use super::{Part, Preset};
use crate::calendar::{CivilTime, ElapsedTime, Term};
use crate::commitment::Binding;

const fn hours(count: u64) -> ElapsedTime {
    ElapsedTime::from_micros(count * 3_600_000_000)
}

/// A notification that is late is accompanied by the reasons for the delay; the day for them is ours.
const AUTHORITY: Duty = Duty {
    reasons: Some(hours(24)),
    ..Duty::new(
        "gdpr_authority_notice",
        "GDPR art. 33(1)",
        "notice",
        Term::Elapsed(hours(72)),
        &[Done::Field("authority_notified")],
    )
};

/// "Without undue delay": no figure stands there.
const PERSONS: Duty = Duty::new(
    "gdpr_persons_notice",
    "GDPR art. 34(1)",
    "notice",
    Term::Elapsed(hours(72)),
    &[Done::Field("persons_notified")],
);

/// Within the month it is answered, or the extension is told with its reasons.
const REPLY: Duty = Duty::new(
    "gdpr_request_reply",
    "GDPR art. 12(3)",
    "answer to the request",
    Term::Civil(CivilTime::Months(1)),
    &[Done::Field("request_answered"), Done::Field("extension_told")],
);

/// "Extended by two further months where necessary": the end that holds for all.
const EXTENDED: Duty = Duty::new(
    "gdpr_request_extended",
    "GDPR art. 12(3), extended",
    "answer to the request",
    Term::Civil(CivilTime::Months(3)),
    &[Done::Field("request_answered")],
);

/// Data (Use and Access) Act 2025: while the person is asked what he means. The bound is ours: no law has one.
const CLARIFICATION: Stop = Stop { field: "clarification_awaited", reason: "clarification", total: hours(366 * 24) };

const fn uk(duty: Duty, source: &'static str) -> Duty {
    Duty { source, stop: Some(CLARIFICATION), ..duty }
}

const fn all(duties: &'static [Duty]) -> Part {
    Part { suffix: "", only: Only::All, binding: Binding::Promised, duties }
}

pub(super) const ALL: &[Preset] = &[
    Preset {
        name: "gdpr_33",
        source: "GDPR art. 33: notification of a personal data breach to the supervisory authority",
        tag: "personal_data_breach",
        parts: &[Part { only: Only::Lacking("no_risk"), ..all(&[AUTHORITY]) }],
    },
    Preset {
        name: "gdpr_34",
        source: "GDPR art. 34: communication of a personal data breach to the data subject",
        tag: "personal_data_breach",
        parts: &[Part { only: Only::Having("high_risk"), ..all(&[PERSONS]) }],
    },
    Preset {
        name: "gdpr_12_3",
        source: "GDPR art. 12(3): information on action taken on a request",
        tag: "data_subject_request",
        parts: &[all(&[REPLY, EXTENDED])],
    },
    Preset {
        name: "uk_gdpr_12_3",
        source: "UK GDPR art. 12(3) and 12A: information on action taken on a request",
        tag: "data_subject_request",
        parts: &[all(&[uk(REPLY, "UK GDPR art. 12(3), 12A"), uk(EXTENDED, "UK GDPR art. 12(3), 12A, extended")])],
    },
];
