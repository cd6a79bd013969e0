//! Which rows of the chart are reached, from which phase, and how often.

use std::collections::BTreeMap;

use owed::commitment::{
    Binding, BreachCause, Chase, Ending, Event as Fact, Origin, PhaseName, Renewal, Short, VoidCause,
};
use owed::escalation::Event as Tell;
use owed::ticket::Event as Turned;
use owed::{Cause, Event, Recorded};

use super::laws::Turn;

#[derive(Debug, Default)]
pub struct Rows {
    pub reached: BTreeMap<(&'static str, &'static str), u64>,
}

impl Rows {
    pub fn and(&mut self, other: &Self) {
        for (row, times) in &other.reached {
            *self.reached.entry(*row).or_default() += times;
        }
    }

    pub fn count(&mut self, turn: &Turn<'_>) {
        let from = turn.before.map_or("", |before| phase(before.phase.name()));
        *self.reached.entry((row(turn), from)).or_default() += 1;
    }

    /// What there is no row for.
    pub fn count_refused(&mut self, code: &'static str) {
        *self.reached.entry((code, "refused")).or_default() += 1;
    }

    /// Of two tickets that are merged: what is carried from one to the other.
    pub fn count_merged(&mut self, recorded: &Recorded) {
        let row = match &recorded.event {
            Event::Commitment(Fact::CarriedOut { .. }) => "carried out",
            Event::Commitment(Fact::CarriedIn { .. }) => "carried in",
            Event::Ticket(Turned::MergedInto { .. }) => "merged",
            Event::Commitment(_) | Event::Ticket(_) | Event::Escalation(_) => return,
        };
        *self.reached.entry((row, "")).or_default() += 1;
    }

    pub fn count_other(&mut self, recorded: &Recorded) {
        let row = match &recorded.event {
            Event::Ticket(turned) => match turned {
                Turned::Closed { rule: Some(_), .. } => "closed by rule",
                Turned::Closed { rule: None, .. } => "closed",
                Turned::Reopened { .. } => "reopened",
                Turned::Solved { .. } => "solved",
                Turned::ChaseDue { .. } => "silence: a step is due",
                Turned::Chased { .. } => "silence: told",
                Turned::ClosingPutOff { .. } => "silence: put off",
                Turned::SilenceEnded { .. } => "silence: ended",
                _ => return,
            },
            Event::Escalation(told) => match told {
                Tell::Notified(_) => "ladder: notified",
                Tell::Exhausted(_) => "ladder: exhausted",
                Tell::Reminded(_) => "ladder: reminded",
                Tell::Acknowledged { .. } => "ladder: acknowledged",
                Tell::Snoozed { .. } => "ladder: snoozed",
                Tell::Progressed { .. } => "ladder: progress",
                Tell::DeEscalated { .. } => "ladder: lowered",
                Tell::CauseJoined { .. } => "ladder: another cause",
                Tell::Closed { .. } => "ladder: closed",
                _ => return,
            },
            Event::Commitment(_) => return,
        };
        *self.reached.entry((row, "")).or_default() += 1;
    }
}

pub const fn phase(name: PhaseName) -> &'static str {
    match name {
        PhaseName::Candidate => "candidate",
        PhaseName::Conditional => "conditional",
        PhaseName::Active => "active",
        PhaseName::Paused => "paused",
        PhaseName::Overdue => "overdue",
        PhaseName::Closed => "closed",
    }
}

/// The row of the chart that a fact is, by its number there.
fn row(turn: &Turn<'_>) -> &'static str {
    let by_time = turn.recorded.cause == Cause::Time;
    match turn.fact {
        Fact::Promised(made) => match (made.renews.map(|renews| renews.why), &made.origin) {
            (Some(Renewal::Accepted), _) => "17 successor",
            (Some(Renewal::Told), _) => "17a",
            (Some(Renewal::Retracted), _) => "27a successor",
            (Some(Renewal::Returned), _) => "18a back",
            (Some(Renewal::Reinstated), _) => "28 undone",
            (Some(Renewal::Reopened), _) => "reopened: goes on",
            (Some(Renewal::InTime), _) => "27 goes on",
            (None, Origin::Policy(_)) => "1 by an agreement",
            (None, Origin::Amends { .. }) => "11 owes",
            (None, Origin::Delegated { .. }) => "25 part",
            (None, Origin::Horizon { .. }) => "series: decision",
            (None, Origin::Spoken { .. } | Origin::Request { .. } | Origin::Incident(_)) => match &made.terms.series {
                Some(series) if series.round > 1 => "series: next round",
                Some(_) => "series: start",
                None if made.repairs.is_some() => "21 repair",
                None => "1",
            },
        },
        Fact::PromisedOnCondition(_) => "1 on a condition",
        Fact::Suggested(_) => "2",
        Fact::Confirmed { .. } if by_time => "4",
        Fact::Confirmed { .. } => "3 confirmed",
        Fact::ConditionMet { .. } => "5",
        Fact::Fulfilled { .. } => "8",
        Fact::Attempted { short: Short::TooEarly, .. } => "9 too early",
        Fact::Attempted { .. } => "9",
        Fact::Announced { .. } if turn.before.is_some_and(|before| before.binding == Binding::Goal) => "9a a goal",
        Fact::Announced { .. } => "9a",
        Fact::Warned { .. } => "10",
        Fact::Breached { cause, .. } => match cause {
            BreachCause::Deadline => "11",
            BreachCause::BornLate if turn.before.is_some_and(|before| before.phase.name() == PhaseName::Paused) => {
                "12b"
            }
            BreachCause::BornLate => "born late",
            BreachCause::Withdrawn => "19",
            BreachCause::Impossible => "19a",
            BreachCause::Unanswered => "18b unanswered",
        },
        Fact::Paused { .. } if turn.before.is_some_and(|before| before.version + 1 == turn.recorded.version) => "12a",
        Fact::Paused { .. } => "12",
        Fact::PauseJoined { .. } => "13",
        Fact::PauseLeft { .. } => "13 left",
        Fact::Resumed { .. } if by_time => "14 by time",
        Fact::Resumed { .. } => "14",
        Fact::Amended(_) => "15",
        Fact::Retargeted(_) => "15a",
        Fact::Proposed { .. } => "16",
        Fact::Declined { .. } => "17 declined",
        Fact::Chased { step, .. } => match step {
            Chase::Asked => "18a asked",
            Chase::Reminded => "18a reminded",
            Chase::Warned { .. } => "18a warned",
        },
        Fact::Heard { .. } => "18a heard",
        Fact::DeliveredLate { .. } => "20",
        Fact::Overtaken { .. } => "20a",
        Fact::Superseded { .. } => "21",
        Fact::Ended { ending, .. } => match ending {
            Ending::Impossible { .. } => "19b",
            Ending::Waived { .. } => "22",
            Ending::WrittenOff { .. } => "23",
        },
        Fact::Excluded { .. } => "23a",
        Fact::HandedOver { .. } => "24",
        Fact::Delegated { .. } => "25",
        Fact::PutAtRisk { .. } => "25 at risk",
        Fact::HorizonReached { .. } => "series: horizon",
        Fact::Redacted { .. } => "26",
        Fact::Corrected { .. } => "27",
        Fact::CarriedOut { .. } | Fact::CarriedIn { .. } => "carried",
        Fact::Voided { cause, corrects, .. } => match cause {
            VoidCause::Dismissed { .. } => "3 dismissed",
            VoidCause::Lapsed => "6",
            VoidCause::Withdrawn { .. } => "7",
            VoidCause::Renegotiated { .. } if corrects.is_some() => "17 told late",
            VoidCause::Renegotiated { .. } => "17",
            VoidCause::Released { .. } if corrects.is_some() => "18 told late",
            VoidCause::Released { .. } => "18",
            VoidCause::CustomerAbsent => "18a",
            VoidCause::Rule(_) => "18b",
            VoidCause::Corrected { .. } => "27 repair",
            VoidCause::Retracted { .. } => "27a",
            VoidCause::InTime { .. } => "27 in time",
            VoidCause::SeriesStopped { .. } => "series: stop",
            VoidCause::InError { .. } => "28",
        },
    }
}
