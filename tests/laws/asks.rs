//! Random orders about one commitment: mostly what it can be asked as it stands.

use owed::commitment::{
    self, Attempt, Chase, Chasing, Commitment, DueRule, Outcome, Party, Phase, PhaseName, Promise, Short, Tried,
    Verdict, VoidCause,
};
use owed::{CommitmentId, Name, Order, Ticket, Timestamp};

use super::dice::Dice;
use super::orders::*;
use super::rulebooks::{HOUR, REASONS};

/// An order about one commitment.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ask {
    Fulfil,
    Pause,
    Resume,
    Release,
    Withdraw,
    HandOver,
    Confirm,
    Dismiss,
    Meet,
    Attempt,
    Announce,
    Amend,
    Propose,
    Accept,
    Decline,
    Chase,
    Hear,
    Absent,
    Return,
    DeclareImpossible,
    Waive,
    WriteOff,
    Exclude,
    Delegate,
    Retract,
    RecordInError,
    Reinstate,
    Redact,
}

/// Every one, the harmless first.
const ASKS: [Ask; 28] = [
    Ask::Redact,
    Ask::HandOver,
    Ask::Announce,
    Ask::Attempt,
    Ask::Fulfil,
    Ask::Pause,
    Ask::Resume,
    Ask::Release,
    Ask::Withdraw,
    Ask::Confirm,
    Ask::Dismiss,
    Ask::Meet,
    Ask::Amend,
    Ask::Propose,
    Ask::Accept,
    Ask::Decline,
    Ask::Chase,
    Ask::Hear,
    Ask::Absent,
    Ask::Return,
    Ask::DeclareImpossible,
    Ask::Waive,
    Ask::WriteOff,
    Ask::Exclude,
    Ask::Delegate,
    Ask::Retract,
    Ask::RecordInError,
    Ask::Reinstate,
];

/// What can be asked of a commitment as it stands, with weights; what is under way is gone on with.
fn fitting(one: &Commitment) -> Vec<(usize, Ask)> {
    let notes = one.notes.as_deref();
    let accept = match notes {
        Some(notes) if notes.proposal.is_some() => 20,
        Some(notes) if notes.declined.is_some() => 8,
        Some(_) | None => 1,
    };
    let (chase, absent) = match notes.and_then(|notes| notes.chase) {
        Some(Chasing { until: Some(_), .. }) => (1, 90),
        Some(_) => (120, 1),
        None => (4, 0),
    };
    let tries = match (one.terms.opens_at, notes.map_or(&[][..], |notes| &notes.attempts)) {
        (None, _) => (2, 0),
        (Some(_), [_, .., Tried { short: Short::MessageLeft, .. }]) => (6, 40),
        (Some(_), _) => (30, 1),
    };
    let stand_still = if one.terms.pausable.is_some() && is_under_way(one) { 30 } else { 10 };
    let fulfil = if one.terms.opens_at.is_some() { 12 } else { 4 };
    match &one.phase {
        Phase::Candidate { .. } => vec![
            (8, Ask::Confirm),
            (4, Ask::Dismiss),
            (4, Ask::Fulfil),
            (1, Ask::Announce),
            (1, Ask::HandOver),
            (1, Ask::RecordInError),
        ],
        Phase::Conditional { .. } => vec![
            (10, Ask::Meet),
            (2, Ask::Fulfil),
            (3, Ask::Withdraw),
            (2, Ask::Release),
            (3, Ask::Amend),
            (3, Ask::Propose),
            (accept, Ask::Accept),
            (6, Ask::Delegate),
            (2, Ask::RecordInError),
            (2, Ask::HandOver),
        ],
        Phase::Active { .. } => vec![
            (8, Ask::Fulfil),
            (stand_still, Ask::Pause),
            (2, Ask::Release),
            (3, Ask::Withdraw),
            (1, Ask::HandOver),
            (tries.0, Ask::Attempt),
            (2, Ask::Announce),
            (5, Ask::Amend),
            (5, Ask::Propose),
            (accept, Ask::Accept),
            (accept / 4, Ask::Decline),
            (chase, Ask::Chase),
            (absent + tries.1, Ask::Absent),
            (1, Ask::Hear),
            (2, Ask::DeclareImpossible),
            (4, Ask::Delegate),
            (1, Ask::RecordInError),
        ],
        Phase::Paused { .. } => vec![
            (fulfil, Ask::Fulfil),
            (5, Ask::Pause),
            (10, Ask::Resume),
            (2, Ask::Release),
            (3, Ask::Withdraw),
            (tries.0, Ask::Attempt),
            (1, Ask::Announce),
            (4, Ask::Amend),
            (3, Ask::Propose),
            (accept, Ask::Accept),
            (chase, Ask::Chase),
            (absent + tries.1, Ask::Absent),
            (2, Ask::DeclareImpossible),
            (2, Ask::RecordInError),
        ],
        Phase::Overdue => vec![
            (10, Ask::Fulfil),
            (2, Ask::Attempt),
            (3, Ask::DeclareImpossible),
            (3, Ask::Waive),
            (2, Ask::Release),
            (accept, Ask::Accept),
            (2, Ask::WriteOff),
            (2, Ask::Exclude),
            (5, Ask::Delegate),
            (2, Ask::HandOver),
            (2, Ask::RecordInError),
            (1, Ask::Announce),
        ],
        Phase::Closed { outcome, .. } => match outcome {
            Outcome::Fulfilled { .. } | Outcome::Corrected { .. } => vec![(8, Ask::Retract), (4, Ask::RecordInError)],
            Outcome::DeliveredLate { .. } | Outcome::Overtaken(_) | Outcome::Superseded { .. } | Outcome::Ended(_) => {
                let accept = accept / 2;
                vec![
                    (16, Ask::Fulfil),
                    (2, Ask::Exclude),
                    (3, Ask::RecordInError),
                    (3, Ask::Release),
                    (accept, Ask::Accept),
                ]
            }
            Outcome::Void(VoidCause::CustomerAbsent) => {
                vec![(10, Ask::Return), (6, Ask::Hear), (1, Ask::RecordInError)]
            }
            Outcome::Void(VoidCause::InError { .. }) => vec![(10, Ask::Reinstate)],
            Outcome::Void(VoidCause::Lapsed) => vec![(6, Ask::Meet), (3, Ask::RecordInError), (2, Ask::Redact)],
            Outcome::Void(
                VoidCause::Released { .. }
                | VoidCause::Rule(_)
                | VoidCause::Corrected { .. }
                | VoidCause::Dismissed { .. }
                | VoidCause::Withdrawn { .. }
                | VoidCause::Renegotiated { .. }
                | VoidCause::Retracted { .. }
                | VoidCause::InTime { .. }
                | VoidCause::SeriesStopped { .. },
            ) => vec![(3, Ask::RecordInError), (2, Ask::Redact)],
        },
    }
}

/// An order about a commitment, mostly one that it can be given.
pub(super) fn about_one(dice: &mut Dice<'_>, ticket: &Ticket, at: Timestamp) -> Order {
    let Some(id) = subject(dice, ticket) else {
        return Order::Commitment(commitment::Order::Promise(Box::new(promise(dice, ticket, at))));
    };
    about_this(dice, ticket, at, id)
}

pub(super) fn about_this(dice: &mut Dice<'_>, ticket: &Ticket, at: Timestamp, id: CommitmentId) -> Order {
    let one = ticket.ledger().get(id);
    let ask = match one {
        Some(one) if !dice.chance(15) => dice.weighted(&fitting(one)),
        Some(_) | None => dice.one_of(&ASKS),
    };
    Order::Commitment(about(dice, ticket, at, (id, one), ask))
}

fn about(
    dice: &mut Dice<'_>,
    ticket: &Ticket,
    at: Timestamp,
    (commitment, one): (CommitmentId, Option<&Commitment>),
    ask: Ask,
) -> commitment::Order {
    let evidence = "m-2".parse().unwrap();
    let word = |dice: &mut Dice<'_>| -> Name { dice.one_of(&["spam", "storm", "irony"]).parse().unwrap() };
    match ask {
        Ask::Fulfil => commitment::Order::Fulfil { commitment, evidence: Some(evidence) },
        Ask::Pause => {
            let (reason, until) = (dice.one_of(&REASONS).parse().unwrap(), until(dice, at));
            let told = (!dice.chance(15)).then_some(evidence);
            commitment::Order::Pause { commitment, reason, until, told }
        }
        Ask::Resume => {
            let of_pool: Name = dice.one_of(&REASONS).parse().unwrap();
            let reason = match one.map(|one| &one.phase) {
                Some(Phase::Paused { reasons, .. }) if !dice.chance(40) => reasons.first().cloned(),
                _ => None,
            };
            commitment::Order::Resume { commitment, reason: reason.unwrap_or(of_pool) }
        }
        Ask::Release => commitment::Order::Release { commitment, evidence },
        Ask::Withdraw => commitment::Order::Withdraw { commitment, notice: evidence },
        Ask::HandOver => commitment::Order::HandOver { commitment, owner: owner(dice) },
        Ask::Confirm => commitment::Order::Confirm { commitment },
        Ask::Dismiss => commitment::Order::Dismiss { commitment, reason: word(dice) },
        Ask::Meet => commitment::Order::MeetCondition { commitment, evidence },
        Ask::Attempt => {
            let outcome = dice.one_of(&[Attempt::NotReached, Attempt::MessageLeft]);
            commitment::Order::Attempt { commitment, outcome, evidence: Some(evidence) }
        }
        Ask::Announce => commitment::Order::Announce { commitment, message: evidence },
        Ask::Amend => {
            let (due, opens_at) = (better(dice, one, at), slot(dice, one, at));
            commitment::Order::Amend { commitment, due, opens_at }
        }
        Ask::Propose => commitment::Order::Propose {
            commitment,
            due: worse(dice, one, at),
            opens_at: slot(dice, one, at),
            told: evidence,
            outright: dice.chance(30),
        },
        Ask::Accept => commitment::Order::Accept { commitment, successor: new_id(dice, ticket), evidence },
        Ask::Decline => commitment::Order::Decline { commitment, evidence },
        Ask::Chase => commitment::Order::Chase { commitment, step: step(dice, one, at), message: evidence },
        Ask::Hear => commitment::Order::Hear { commitment },
        Ask::Absent => commitment::Order::FindAbsent { commitment },
        Ask::Return => commitment::Order::TakeUpAgain { commitment, successor: new_id(dice, ticket) },
        Ask::DeclareImpossible => commitment::Order::DeclareImpossible { commitment, notice: evidence },
        Ask::Waive => commitment::Order::Waive { commitment, evidence },
        Ask::WriteOff => {
            let authority = Party::Agent("lea".parse().unwrap());
            commitment::Order::WriteOff { commitment, authority, reason: word(dice) }
        }
        Ask::Exclude => {
            let approver = Party::Agent("lea".parse().unwrap());
            commitment::Order::Exclude { commitment, reason: word(dice), approver }
        }
        Ask::Delegate => {
            let beneficiary = match dice.below(8) {
                0..6 => Party::Team("desk".parse().unwrap()),
                6 => Party::Agent("ada".parse().unwrap()),
                _ => Party::Customer("c-1".parse().unwrap()),
            };
            let child = Promise { beneficiary, repairs: None, ..promise(dice, ticket, at) };
            commitment::Order::Delegate { commitment, promise: Box::new(child) }
        }
        Ask::Retract => commitment::Order::Retract { commitment, reason: word(dice), successor: new_id(dice, ticket) },
        Ask::RecordInError => commitment::Order::RecordInError { commitment, reason: word(dice), evidence },
        Ask::Reinstate => commitment::Order::Reinstate { commitment, successor: new_id(dice, ticket) },
        Ask::Redact => {
            let reference = dice.one_of(&["m-3", "m-1"]).parse().unwrap();
            commitment::Order::Redact { commitment, reference }
        }
    }
}

/// A deadline that is nearer, mostly; sometimes the same to the microsecond, or one later.
fn better(dice: &mut Dice<'_>, one: Option<&Commitment>, at: Timestamp) -> DueRule {
    let present = one.map_or(at, |one| one.due).max(at);
    match dice.below(8) {
        0..3 => DueRule::At(at.plus_micros(present.micros_since(at) / 2)),
        3 => DueRule::At(present),
        4 => DueRule::At(present.plus_micros(1)),
        _ => due(dice, at),
    }
}

/// A deadline that is later, mostly.
fn worse(dice: &mut Dice<'_>, one: Option<&Commitment>, at: Timestamp) -> DueRule {
    let present = one.map_or(at, |one| one.due).max(at);
    match dice.below(8) {
        0..4 => DueRule::At(present.plus_micros(dice.one_of(&[5 * HOUR, 1, 0]))),
        4 => DueRule::Within("30 hours".parse().unwrap()),
        _ => due(dice, at),
    }
}

/// Another opening: as it was, sooner, later, at the deadline or after it; seldom one where early counted.
pub(super) fn slot(dice: &mut Dice<'_>, one: Option<&Commitment>, at: Timestamp) -> Option<Timestamp> {
    let (opens_at, due) = (one?.terms.opens_at, one?.due);
    let opens_at = if dice.chance(8) { Some(opens_at.unwrap_or(at)) } else { opens_at }?;
    match dice.below(8) {
        0..3 => None,
        3 => Some(opens_at.minus_micros(HOUR / 2)),
        4 => Some(opens_at.minus_micros(1)),
        5 => Some(opens_at.plus_micros(HOUR / 2)),
        6 => Some(due),
        _ => Some(due.plus_micros(1)),
    }
}

/// The step that comes next, mostly.
fn step(dice: &mut Dice<'_>, one: Option<&Commitment>, at: Timestamp) -> Chase {
    let so_far = one.and_then(|one| one.notes.as_deref()).and_then(|notes| notes.chase);
    let until = at.plus_micros(dice.weighted(&[(6, 1), (3, HOUR / 4), (1, 0)]));
    match so_far {
        _ if dice.chance(10) => dice.one_of(&[Chase::Asked, Chase::Reminded, Chase::Warned { until }]),
        None => Chase::Asked,
        Some(Chasing { reminded: 0..2, .. }) => Chase::Reminded,
        Some(_) => Chase::Warned { until },
    }
}

/// Which commitment an order is about; seldom one that does not exist, and none if there is none.
fn subject(dice: &mut Dice<'_>, ticket: &Ticket) -> Option<CommitmentId> {
    let broken = |one: &Commitment| one.verdict() == Verdict::Breached;
    let in_phase = |phase| of(ticket, |one| one.phase.name() == phase);
    let choices = [
        (6, of(ticket, |one| one.verdict() == Verdict::Pending)),
        (4, in_phase(PhaseName::Paused)),
        (2, of(ticket, broken)),
        (2, of(ticket, |one| broken(one) && one.repaired_by.is_some())),
        (3, in_phase(PhaseName::Candidate)),
        (5, in_phase(PhaseName::Conditional)),
        (4, in_phase(PhaseName::Overdue)),
        (5, of(ticket, |one| one.verdict() == Verdict::Pending && is_under_way(one))),
        (8, of(ticket, is_to_be_taken_up)),
        (2, of(ticket, |one| one.verdict() == Verdict::Fulfilled)),
        (1, of(ticket, |_| true)),
    ];
    let choices: Vec<_> = choices.iter().filter(|(_, some)| !some.is_empty()).map(|(n, some)| (*n, some)).collect();
    if choices.is_empty() {
        return None;
    }
    let one_of_them = dice.weighted(&choices);
    Some(if dice.chance(3) { promise_id(99) } else { dice.one_of(one_of_them) })
}

/// Whether something waits for the customer's word, or for his silence.
pub(super) fn is_under_way(one: &Commitment) -> bool {
    let tried = |attempts: &[Tried]| one.terms.opens_at.is_some() && !attempts.is_empty();
    one.notes
        .as_deref()
        .is_some_and(|notes| notes.proposal.is_some() || notes.chase.is_some() || tried(&notes.attempts))
}

/// Whether it was closed so that it may be owed again.
fn is_to_be_taken_up(one: &Commitment) -> bool {
    let Phase::Closed { outcome: Outcome::Void(cause), .. } = &one.phase else { return false };
    matches!(cause, VoidCause::CustomerAbsent | VoidCause::InError { .. })
}

fn until(dice: &mut Dice<'_>, at: Timestamp) -> Option<Timestamp> {
    let until = dice.weighted(&[(6, None), (3, Some(3 * HOUR)), (1, Some(1)), (1, Some(0))]);
    until.map(|micros| at.plus_micros(micros))
}
