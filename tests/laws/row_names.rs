//! The names of the rows that are counted. Whoever adds an event, a cause or an outcome has to name it here.

use owed::commitment::{
    Binding, BreachCause, Chase, Ending, Event as Fact, Fallback, Origin, Outcome, Renewal, RuleReason, Short, Stamp,
    VoidCause,
};
use owed::ticket::Event as Turn;
use owed::{Cause, Event, Recorded, Refusal};

use super::book::Entry;

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
            BreachCause::Unanswered => "breach:unanswered",
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
            VoidCause::InTime { .. } => "void:in_time",
            VoidCause::SeriesStopped { .. } => "void:series_stopped",
            VoidCause::Rule(rule) => match rule.why {
                RuleReason::NotNeeded => "void:not_needed",
                RuleReason::Unanswered => "void:unanswered",
                RuleReason::Left => "void:left",
                RuleReason::Merged => "void:merged",
            },
        }),
        Fact::Overtaken { rule, .. } => Some(match rule.why {
            RuleReason::NotNeeded => "overtaken:not_needed",
            RuleReason::Unanswered => "overtaken:unanswered",
            RuleReason::Left => "overtaken:left",
            RuleReason::Merged => "overtaken:merged",
        }),
        Fact::Ended { ending, .. } => Some(match ending {
            Ending::Impossible { .. } => "ended:impossible",
            Ending::Waived { .. } => "ended:waived",
            Ending::WrittenOff { .. } => "ended:written_off",
        }),
        _ => None,
    }
}

/// What stood in for a calendar.
pub(crate) fn fallback_name(recorded: &Recorded) -> Option<&'static str> {
    let fallback = match &recorded.event {
        Event::Commitment(Fact::Promised(made)) => made.fallback,
        Event::Commitment(Fact::Retargeted(moved)) => moved.fallback,
        Event::Commitment(Fact::Resumed { fallback, .. }) => *fallback,
        Event::Commitment(Fact::ConditionMet { running, .. }) => running.fallback,
        Event::Commitment(Fact::Amended(new)) => new.running.fallback,
        Event::Commitment(_) | Event::Ticket(_) | Event::Escalation(_) => None,
    };
    match fallback {
        None => None,
        // A rulebook has the calendars that it names, and a host that lacks an edition records nothing: an account alone can lack one (`alone/contract.rs`).
        Some(Fallback::NoCalendar) => panic!("a ticket without a calendar: {recorded:?}"),
        Some(Fallback::OutOfReach) => Some("fallback:out_of_reach"),
    }
}

/// Why it goes on with another.
pub(crate) const fn renewal_name(why: Renewal) -> &'static str {
    match why {
        Renewal::Accepted => "renewed:accepted",
        Renewal::Told => "renewed:told",
        Renewal::Retracted => "renewed:retracted",
        Renewal::Returned => "renewed:returned",
        Renewal::Reinstated => "renewed:reinstated",
        Renewal::Reopened => "renewed:reopened",
        Renewal::InTime => "renewed:in_time",
    }
}

/// The row of the chart that a fact belongs to, with the phase that it came from where the row has several.
pub(crate) fn row_name(entry: Option<&Entry>, recorded: &Recorded, fact: &Fact) -> Option<String> {
    let from = |row: &str| entry.map(|entry| format!("row:{row}:{}", entry.phase()));
    let row = |row: &str| Some(format!("row:{row}"));
    let late = |entry: &Entry| entry.due < recorded.at;
    match fact {
        Fact::Promised(made) => match (&made.origin, made.renews.map(|renews| renews.why)) {
            (_, Some(why)) => row(match why {
                Renewal::Accepted => "17:successor",
                Renewal::Told => "17a",
                Renewal::Retracted if made.due < recorded.at => "27a:late",
                Renewal::Retracted => "27a",
                Renewal::Returned => "18a:returned",
                Renewal::Reinstated => "28:reinstated",
                Renewal::Reopened => "1:reopened",
                Renewal::InTime => "27:goes_on",
            }),
            (Origin::Policy(_), None) => row("1:policy"),
            (Origin::Spoken { .. }, None) => row("1"),
            (Origin::Amends { depth, .. }, None) => row(if *depth == 1 { "11:owes" } else { "11:owes_deeper" }),
            (Origin::Delegated { .. }, None) => row("25:child"),
            (Origin::Horizon { .. }, None) => row("series:decision"),
            (Origin::Request { .. } | Origin::Incident(_), None) => None,
        },
        Fact::Suggested(drafted) => row(if drafted.limit.is_some() { "2:with_a_condition" } else { "2" }),
        Fact::PromisedOnCondition(drafted) => row(match drafted.renews.map(|renews| renews.why) {
            Some(Renewal::Retracted) => "27a:on_condition",
            Some(Renewal::Reinstated) => "28:on_condition",
            Some(Renewal::Accepted | Renewal::Told | Renewal::Returned | Renewal::Reopened | Renewal::InTime) => {
                "17:on_condition"
            }
            None => "1:on_condition",
        }),
        Fact::Confirmed { running, .. } => {
            let late = entry.is_some_and(late) && running.is_some();
            row(match (recorded.cause == Cause::Time, running.is_some(), late) {
                (true, _, true) => "4:born_late",
                (true, true, false) => "4",
                (true, false, false) => "4:to_its_condition",
                (false, _, true) => "3:born_late",
                (false, true, false) => "3:confirmed",
                (false, false, false) => "3:to_its_condition",
            })
        }
        Fact::ConditionMet { met, .. } => row(if *met < recorded.at { "5:earlier" } else { "5" }),
        Fact::Fulfilled { .. } => from("8"),
        Fact::Attempted { short: Short::TooEarly, .. } => from("9:too_early"),
        Fact::Attempted { .. } => from("9"),
        Fact::Announced { .. } => match entry.map(|entry| entry.binding) {
            Some(Binding::Goal) => row("9a:a_goal"),
            Some(Binding::Promised) | None => row("9a"),
        },
        Fact::Warned { .. } => row("10"),
        Fact::Breached { cause, .. } => match cause {
            BreachCause::Deadline => row("11"),
            BreachCause::BornLate => row("11:born_late"),
            BreachCause::Withdrawn => from("19"),
            BreachCause::Impossible => from("19a"),
            BreachCause::Unanswered => from("18b:unanswered"),
        },
        Fact::Paused { .. } => row("12"),
        Fact::PauseJoined { .. } => row("13"),
        Fact::PauseLeft { .. } => row("13:left"),
        Fact::Resumed { reason, .. } => row(if reason.is_some() { "14" } else { "14:by_time" }),
        Fact::Amended(_) => from("15"),
        Fact::Retargeted(_) => from("15a"),
        Fact::Proposed { .. } => from("16"),
        Fact::Declined { .. } => row("17:declined"),
        Fact::Chased { step, .. } => row(match step {
            Chase::Asked => "18a:asked",
            Chase::Reminded => "18a:reminded",
            Chase::Warned { .. } => "18a:warned",
        }),
        Fact::Heard { .. } => row("18a:heard"),
        Fact::DeliveredLate { .. } => row("20"),
        Fact::Overtaken { .. } => row("20a"),
        Fact::Superseded { .. } => row("21"),
        Fact::Ended { ending, .. } => row(match ending {
            Ending::Impossible { .. } => {
                match entry.and_then(|entry| entry.breach.as_ref()).map(|breach| &breach.event) {
                    Some(Event::Commitment(Fact::Breached { cause: BreachCause::Impossible, .. })) => "19a:ended",
                    Some(_) | None => "19b",
                }
            }
            Ending::Waived { .. } => "22",
            Ending::WrittenOff { .. } => "23",
        }),
        Fact::Excluded { .. } => from("23a"),
        Fact::HandedOver { .. } => from("24"),
        Fact::Delegated { too_late, .. } => from(if *too_late { "25:too_late" } else { "25" }),
        Fact::PutAtRisk { .. } => from("25:at_risk"),
        Fact::HorizonReached { .. } => row("series:horizon"),
        Fact::Redacted { .. } => row("26"),
        Fact::CarriedOut { .. } => row("carried_out"),
        Fact::CarriedIn { .. } => row("carried_in"),
        Fact::Corrected { stamp: Stamp::Transport, .. } => from("27"),
        Fact::Corrected { stamp: Stamp::Claim, .. } => from("27:claimed"),
        Fact::Voided { cause, corrects, .. } => match cause {
            VoidCause::Dismissed { .. } => row("3:dismissed"),
            VoidCause::Lapsed => row("6"),
            VoidCause::Withdrawn { .. } => row("7"),
            VoidCause::Renegotiated { .. } if corrects.is_some() => row("17:takes_back"),
            VoidCause::Renegotiated { .. } => from("17"),
            VoidCause::Released { .. } => from("18"),
            VoidCause::CustomerAbsent => match entry.map(|entry| entry.chased.len() > 3) {
                Some(true) => from("18a:silent"),
                Some(false) | None => from("18a:missed"),
            },
            VoidCause::Rule(_) => from("18b"),
            VoidCause::Corrected { .. } => match entry.map(|entry| &entry.origin) {
                Some(Origin::Amends { .. }) => row("27:owed_for_it"),
                Some(
                    Origin::Policy(_)
                    | Origin::Spoken { .. }
                    | Origin::Delegated { .. }
                    | Origin::Horizon { .. }
                    | Origin::Request { .. }
                    | Origin::Incident(_),
                )
                | None => row("27:repair"),
            },
            VoidCause::Retracted { .. } => row("27a:void"),
            VoidCause::InTime { .. } => row("27:in_time"),
            VoidCause::SeriesStopped { .. } => row("series:stopped"),
            VoidCause::InError { .. } => from("28"),
        },
    }
}

pub(crate) const fn event_name(event: &Event) -> &'static str {
    match event {
        Event::Ticket(turn) => turn_name(turn),
        Event::Commitment(fact) => fact_name(fact),
        Event::Escalation(_) => "escalation",
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
        Fact::Declined { .. } => "declined",
        Fact::Chased { .. } => "chased",
        Fact::Heard { .. } => "heard",
        Fact::Ended { .. } => "ended",
        Fact::Excluded { .. } => "excluded",
        Fact::Delegated { .. } => "delegated",
        Fact::PutAtRisk { .. } => "put_at_risk",
        Fact::Redacted { .. } => "redacted",
        Fact::CarriedOut { .. } => "carried_out",
        Fact::CarriedIn { .. } => "carried_in",
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
        Turn::Called { .. } => "called",
        Turn::Tagged { .. } => "tagged",
        Turn::FieldSet { .. } => "field_set",
        Turn::ChannelChanged { .. } => "channel_changed",
        Turn::LanguageChanged { .. } => "language_changed",
        Turn::HandedToVendor { .. } => "handed_to_vendor",
        Turn::TakenBack { .. } => "taken_back",
        Turn::LineHeld {} => "line_held",
        Turn::LinePickedUp {} => "line_picked_up",
        Turn::HumanAskedFor {} => "human_asked_for",
        Turn::NoReplyNeeded {} => "no_reply_needed",
        Turn::Marked { .. } => "marked",
        Turn::MessageReclassified { .. } => "message_reclassified",
        Turn::MessageBounced { .. } => "message_bounced",
        Turn::MessageMoved { .. } => "message_moved",
        Turn::Redacted { .. } => "message_redacted",
        Turn::EffectFailed { .. } => "effect_failed",
        Turn::EffectDone { .. } => "effect_done",
        Turn::SilenceBegan(_) => "silence_began",
        Turn::SilenceEnded { .. } => "silence_ended",
        Turn::ChaseDue { .. } => "chase_due",
        Turn::Chased { .. } => "customer_chased",
        Turn::ClosingPutOff { .. } => "closing_put_off",
        Turn::Closed { rule: Some(_), .. } => "closed_by_rule",
        Turn::KindChanged { .. } => "kind_changed",
        Turn::StatusNamed { .. } => "status_named",
        Turn::MergedInto { .. } => "merged_into",
        Turn::MergedFrom { .. } => "merged_from",
        Turn::SplitFrom { .. } => "split_from",
        Turn::Replanned { .. } => "replanned",
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
