//! The names of the rows that are counted. Whoever adds an event, a cause or an outcome has to name it here.

use owed::commitment::{BreachCause, Event as Fact, Fallback, Outcome, RuleReason, VoidCause};
use owed::ticket::Event as Turn;
use owed::{Event, Recorded, Refusal};

/// The room and the code under which a refusal is stored.
pub(crate) fn refusal_name(why: &Refusal) -> String {
    let stored = serde_json::to_value(why).expect("it is stored so");
    let tag = |key: &str| stored[key].as_str().expect("a tag").to_owned();
    format!("{}:{}", tag("room"), tag("code"))
}

/// Why it was broken, void or overtaken.
pub(crate) const fn cause_name(fact: &Fact) -> Option<&'static str> {
    match fact {
        Fact::Breached { cause, .. } => Some(match cause {
            BreachCause::Deadline => "breach:deadline",
            BreachCause::BornLate => "breach:born_late",
            BreachCause::Withdrawn => "breach:withdrawn",
            BreachCause::Impossible => "breach:impossible",
        }),
        Fact::Voided { cause, .. } => Some(match cause {
            VoidCause::Released { .. } => "void:released",
            VoidCause::Corrected { .. } => "void:corrected",
            VoidCause::Dismissed { .. } => "void:dismissed",
            VoidCause::Lapsed => "void:lapsed",
            VoidCause::Withdrawn { .. } => "void:withdrawn",
            VoidCause::Renegotiated { .. } => "void:renegotiated",
            VoidCause::CustomerAbsent => "void:customer_absent",
            VoidCause::Retracted { .. } => "void:retracted",
            VoidCause::InError { .. } => "void:in_error",
            VoidCause::SeriesStopped { .. } => "void:series_stopped",
            VoidCause::Rule(rule) => match rule.why {
                RuleReason::NotNeeded => "void:not_needed",
                RuleReason::Left => "void:left",
            },
        }),
        Fact::Overtaken { rule, .. } => Some(match rule.why {
            RuleReason::NotNeeded => "overtaken:not_needed",
            RuleReason::Left => "overtaken:left",
        }),
        _ => None,
    }
}

/// What stood in for a calendar.
pub(crate) const fn fallback_name(recorded: &Recorded) -> Option<&'static str> {
    let fallback = match &recorded.event {
        Event::Commitment(Fact::Promised(made)) => made.fallback,
        Event::Commitment(Fact::Retargeted(moved)) => moved.fallback,
        Event::Commitment(Fact::Resumed { fallback, .. }) => *fallback,
        Event::Commitment(_) | Event::Ticket(_) => None,
    };
    match fallback {
        None => None,
        Some(Fallback::NoCalendar) => Some("fallback:no_calendar"),
        Some(Fallback::OutOfReach) => Some("fallback:out_of_reach"),
    }
}

pub(crate) const fn event_name(event: &Event) -> &'static str {
    match event {
        Event::Ticket(turn) => turn_name(turn),
        Event::Commitment(fact) => fact_name(fact),
    }
}

const fn fact_name(fact: &Fact) -> &'static str {
    match fact {
        Fact::Promised(_) => "promised",
        Fact::Warned { .. } => "warned",
        Fact::Breached { .. } => "breached",
        Fact::Fulfilled { .. } => "fulfilled",
        Fact::DeliveredLate { .. } => "delivered_late",
        Fact::Corrected { .. } => "corrected",
        Fact::Paused { .. } => "paused",
        Fact::PauseJoined { .. } => "pause_joined",
        Fact::PauseLeft { .. } => "pause_left",
        Fact::Resumed { .. } => "resumed",
        Fact::Retargeted(_) => "retargeted",
        Fact::Voided { .. } => "voided",
        Fact::Overtaken { .. } => "overtaken",
        Fact::Superseded { .. } => "superseded",
        Fact::HandedOver { .. } => "handed_over",
        Fact::Suggested(_) => "suggested",
        Fact::PromisedOnCondition(_) => "promised_on_condition",
        Fact::Confirmed { .. } => "confirmed",
        Fact::ConditionMet { .. } => "condition_met",
        Fact::Attempted { .. } => "attempted",
        Fact::Announced { .. } => "announced",
        Fact::Amended(_) => "amended",
        Fact::Proposed { .. } => "proposed",
        Fact::Chased { .. } => "chased",
        Fact::Heard { .. } => "heard",
        Fact::Ended { .. } => "ended",
        Fact::Excluded { .. } => "excluded",
        Fact::Delegated { .. } => "delegated",
        Fact::PutAtRisk { .. } => "put_at_risk",
        Fact::Redacted { .. } => "redacted",
        Fact::HorizonReached { .. } => "horizon_reached",
    }
}

const fn turn_name(turn: &Turn) -> &'static str {
    match turn {
        Turn::Opened { .. } => "opened",
        Turn::MessageAdded { .. } => "message_added",
        Turn::StatusChanged { .. } => "status_changed",
        Turn::PriorityChanged { .. } => "priority_changed",
        Turn::Assigned { .. } => "assigned",
        Turn::Solved { .. } => "solved",
        Turn::Closed { .. } => "closed",
        Turn::Reopened { .. } => "reopened",
    }
}

pub(crate) const fn outcome_name(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Fulfilled { .. } => "outcome:fulfilled",
        Outcome::Corrected { .. } => "outcome:corrected",
        Outcome::DeliveredLate { .. } => "outcome:delivered_late",
        Outcome::Overtaken(_) => "outcome:overtaken",
        Outcome::Superseded { .. } => "outcome:superseded",
        Outcome::Ended(_) => "outcome:ended",
        Outcome::Void(_) => "outcome:void",
    }
}
