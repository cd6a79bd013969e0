//! Every pair of a phase and an order that nothing else has happened before: taken, or refused with its own reason and the values that
//! decided it.
//!
//! Phases and orders are enumerated from the enums: whoever adds one has to say here what it does.

use owed::commitment::{Chasing, Order, PhaseName, Refusal as Why};
use owed::{Order as Any, Refusal};

use PhaseName::{Active, Candidate, Closed, Conditional, Overdue, Paused};

use crate::desk::*;
use crate::orders::*;

pub fn because(refusal: Refusal) -> Why {
    match refusal {
        Refusal::Commitment(why) => why,
        other => panic!("refused by another room: {other}"),
    }
}

/// A promise a that is in a phase since ten o'clock, without anything under way.
fn in_phase(phase: PhaseName) -> Desk {
    let mut desk = Desk::new("[]");
    desk.at("02 09:00", OPEN);
    let mut give = |at: &str, order: &str| drop(desk.at(at, order));
    match phase {
        Candidate => give("02 10:00", &suggest("2026-03-03T10:00:00Z", PAUSABLE)),
        Conditional => give("02 10:00", &three_hours(&format!("{CONDITION}{PAUSABLE}"))),
        Active => give("02 10:00", &three_hours(PAUSABLE)),
        Paused => {
            give("02 09:00", &three_hours(PAUSABLE));
            give("02 10:00", &pause());
        }
        Overdue => {
            give("02 09:00", &three_hours(PAUSABLE));
            give("02 10:00", &about("withdraw", 'a', TOLD));
        }
        Closed => {
            give("02 09:00", &three_hours(PAUSABLE));
            give("02 10:00", &about("release", 'a', SHOWN));
        }
    }
    let known = desk.ticket.ledger().get(promise_id('a')).expect("made");
    assert_eq!(known.phase.name(), phase);
    desk
}

/// Every phase, each after the one before it.
fn phase_after(phase: PhaseName) -> Option<PhaseName> {
    match phase {
        Candidate => Some(Conditional),
        Conditional => Some(Active),
        Active => Some(Paused),
        Paused => Some(Overdue),
        Overdue => Some(Closed),
        Closed => None,
    }
}

/// Every order about promise a, each after the one before it.
fn order_after(order: &Order) -> Option<String> {
    Some(match order {
        Order::Promise(_) => suggest("2026-03-03T10:00:00Z", ""),
        Order::Suggest { .. } => about("fulfil", 'a', ""),
        Order::Fulfil { .. } => about("pause", 'a', r#", "reason": "visit", "told": "m-1""#),
        Order::Pause { .. } => about("resume", 'a', r#", "reason": "logs""#),
        Order::Resume { .. } => about("release", 'a', SHOWN),
        Order::Release { .. } => about("withdraw", 'a', TOLD),
        Order::Withdraw { .. } => about("hand_over", 'a', r#", "owner": {"team": "night"}"#),
        Order::HandOver { .. } => about("confirm", 'a', ""),
        Order::Confirm { .. } => about("dismiss", 'a', r#", "reason": "irony""#),
        Order::Dismiss { .. } => about("meet_condition", 'a', SHOWN),
        Order::MeetCondition { .. } => attempt("not_reached"),
        Order::Attempt { .. } => about("announce", 'a', r#", "message": "m-1""#),
        Order::Announce { .. } => about("amend", 'a', r#", "due": {"within": "2 hours"}"#),
        Order::Amend { .. } => propose("20:00"),
        Order::Propose { .. } => accept(),
        Order::Accept { .. } => about("decline", 'a', SHOWN),
        Order::Decline { .. } => chase(r#""asked""#),
        Order::Chase { .. } => about("hear", 'a', ""),
        Order::Hear { .. } => about("find_absent", 'a', ""),
        Order::FindAbsent { .. } => about("take_up_again", 'a', BACK),
        Order::TakeUpAgain { .. } => about("declare_impossible", 'a', TOLD),
        Order::DeclareImpossible { .. } => about("waive", 'a', SHOWN),
        Order::Waive { .. } => write_off(),
        Order::WriteOff { .. } => exclude(),
        Order::Exclude { .. } => delegate("1 hour"),
        Order::Delegate { .. } => about("retract", 'a', NEXT),
        Order::Retract { .. } => in_error(),
        Order::RecordInError { .. } => about("reinstate", 'a', BACK),
        Order::Reinstate { .. } => about("redact", 'a', r#", "reference": "m-1""#),
        Order::Redact { .. } => {
            let from = r#""from": {"team": "desk"}, "to": {"team": "night"}"#;
            format!(r#"{{"room": "commitment", "type": "hand_over_all", {from}}}"#)
        }
        Order::HandOverAll { .. } => SERIES.into(),
        Order::StartSeries(_) => STOP.into(),
        Order::StopSeries { .. } => return None,
    })
}

/// What the chart says to an order in a phase.
#[derive(Debug, PartialEq)]
enum Answer {
    /// It has a row, and is taken.
    Taken,
    /// It has a row, and something is missing that comes before it.
    NotYet(Why),
    /// It has none.
    Refused(Why),
}

/// The chart: in which phases it has a row for an order about a commitment that nothing else has happened to.
fn answer(phase: PhaseName, order: &Order) -> Answer {
    let commitment = promise_id('a');
    let no_row = match phase {
        Candidate | Conditional | Active | Paused | Overdue => Answer::Refused(Why::WrongPhase { commitment, phase }),
        Closed => Answer::Refused(Why::AlreadyClosed { commitment, closed: t("02 10:00") }),
    };
    let only_in = |phases: &[PhaseName]| if phases.contains(&phase) { Answer::Taken } else { no_row };
    match order {
        // Rows 1 and 2: an id is given once, whatever became of it.
        Order::Promise(_) | Order::Suggest { .. } => Answer::Refused(Why::AlreadyMade { commitment }),
        Order::Confirm { .. } | Order::Dismiss { .. } => only_in(&[Candidate]),
        Order::MeetCondition { .. } => only_in(&[Conditional]),
        // Rows 8 and 20; row 27 needs proof, which there is none of here.
        Order::Fulfil { .. } => only_in(&[Candidate, Conditional, Active, Paused, Overdue]),
        Order::Attempt { .. } => only_in(&[Active, Paused, Overdue]),
        Order::Announce { .. } | Order::HandOver { .. } | Order::Hear { .. } => {
            only_in(&[Candidate, Conditional, Active, Paused, Overdue])
        }
        Order::Pause { .. } => only_in(&[Active, Paused]),
        Order::Resume { .. } => only_in(&[Paused]),
        Order::Amend { .. } | Order::Propose { .. } => only_in(&[Conditional, Active, Paused]),
        Order::Accept { .. } | Order::Decline { .. } => match only_in(&[Conditional, Active, Paused]) {
            Answer::Taken => Answer::NotYet(Why::NoProposal { commitment }),
            refused => refused,
        },
        Order::Release { .. } | Order::Withdraw { .. } => only_in(&[Conditional, Active, Paused]),
        Order::Chase { .. } => only_in(&[Active, Paused]),
        Order::FindAbsent { .. } => match only_in(&[Active, Paused]) {
            Answer::Taken => Answer::NotYet(Why::StepMissing { commitment, so_far: Chasing::default() }),
            refused => refused,
        },
        // Only what was closed for that may come back.
        Order::TakeUpAgain { .. } | Order::Retract { .. } | Order::Reinstate { .. } => only_in(&[]),
        Order::DeclareImpossible { .. } => only_in(&[Active, Paused, Overdue]),
        Order::Waive { .. } | Order::WriteOff { .. } => only_in(&[Overdue]),
        Order::Exclude { .. } => match phase {
            Overdue => Answer::Taken,
            Candidate | Conditional | Active | Paused | Closed => Answer::Refused(Why::NoBreach { commitment }),
        },
        Order::Delegate { .. } => only_in(&[Conditional, Active, Overdue]),
        // Row 28: inside a window that this rulebook does not have. What is found in a message is nobody's promise yet.
        Order::RecordInError { .. } => match phase {
            Candidate => Answer::Taken,
            Conditional | Active | Paused => {
                let made = if phase == Paused { "02 09:00" } else { "02 10:00" };
                Answer::Refused(Why::CorrectionOver { commitment, closed: t(made), until: None })
            }
            Overdue | Closed => Answer::Refused(Why::CorrectionOver { commitment, closed: t("02 10:00"), until: None }),
        },
        Order::Redact { .. } | Order::HandOverAll { .. } | Order::StartSeries(_) => Answer::Taken,
        // None of the kind has begun.
        Order::StopSeries { series, .. } => Answer::Refused(Why::UnknownSeries { series: *series }),
    }
}

#[test]
fn every_pair_of_phase_and_order() {
    let (mut taken, mut refused) = (0, 0);
    for phase in std::iter::successors(Some(Candidate), |phase| phase_after(*phase)) {
        let mut next = Some(three_hours(""));
        while let Some(order) = next {
            let mut desk = in_phase(phase);
            let command = desk.command("02 10:30", &order);
            let Any::Commitment(order) = &command.order else { panic!("an order of this room") };
            let before = desk.ticket.clone();
            let given = match desk.handle(&command) {
                Ok(_) => Answer::Taken,
                Err(why) => {
                    assert_eq!(desk.ticket, before, "what is refused changes nothing");
                    assert_eq!(why.meanwhile, [], "nothing was to happen by then");
                    Answer::Refused(because(why.why))
                }
            };
            let expected = answer(phase, order);
            if let Answer::Refused(why) | Answer::NotYet(why) = &expected {
                refused += 1;
                // The values are told to a person, too.
                let id = match order {
                    Order::StopSeries { series, .. } => series.to_string(),
                    _ => promise_id('a').to_string(),
                };
                assert!(why.to_string().contains(&id), "{why}");
            } else {
                taken += 1;
            }
            match (given, expected) {
                (Answer::Refused(why), Answer::NotYet(expected)) => assert_eq!(why, expected, "{phase}: {order:?}"),
                (given, expected) => assert_eq!(given, expected, "{phase}: {order:?}"),
            }
            next = order_after(order);
        }
    }
    println!("{taken} pairs are taken, {refused} refused");
    assert_eq!(taken + refused, 6 * 33);
}
