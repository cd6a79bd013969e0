//! Random tales: what is ordered next, found by looking at the reference and never at the crate.

mod making;

use owed::commitment::{Actor, Attempt, Chase, DueRule, Happened, Order, Party, PhaseName, Stamp, Verdict};
use owed::{Command, CommandId, CommitmentId, TicketId, Timestamp};
use uuid::Uuid;

use crate::dice::Dice;
use crate::model::{Debt, End, State, Told, World, derived};
use making::{about_many, customer, due, make, new_id, owner, promise};

pub(crate) const TICKET: TicketId = TicketId(Uuid::from_u128(0x71));
const HALF: i64 = 1_800_000_000;
const A_DAY: i64 = 48 * HALF;

fn later(at: Timestamp, micros: i64) -> Timestamp {
    Timestamp::from_micros(at.as_micros() + micros)
}

/// What happens next: the host wakes, or a command comes.
pub(crate) fn next(dice: &mut Dice<'_>, world: &World, now: Timestamp, number: usize) -> Told {
    let at = instant(dice, world, now);
    if dice.chance(12) {
        return Told::Woken(at);
    }
    let subject = subject(dice, world);
    let order = match subject {
        Some(id) if !dice.chance(25) => about(dice, world, at, id),
        Some(_) if dice.chance(25) => about_many(dice),
        Some(_) | None => make(dice, world, at),
    };
    let happened = happened(dice, world, &order, at);
    let by = actor(dice);
    let id = CommandId(Uuid::from_u128(0xC0_0000 + number as u128));
    Told::Command(Command { stream: TICKET, id, at, happened, by, order: owed::Order::Commitment(order) })
}

/// Now, soon, or about when something goes off or can be put right no more.
fn instant(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Timestamp {
    let closed = world.debts.values().filter_map(Debt::closed);
    let breaches = world.debts.values().filter_map(|debt| debt.breach.map(|breach| breach.at));
    let windows = closed.chain(breaches).map(|at| later(at, A_DAY));
    let slots = world.debts.values().filter_map(|debt| debt.opens_at);
    let silent = world.debts.values().filter_map(|debt| match debt.chased.last() {
        Some(Chase::Warned { until }) => Some(*until),
        _ => None,
    });
    let told = world.debts.values().filter_map(|debt| debt.told.as_ref().map(|told| told.due));
    let timers = world.debts.values().flat_map(Debt::timers);
    let mut points: Vec<_> =
        timers.chain(windows).chain(slots).chain(told).chain(silent).filter(|at| *at >= now).collect();
    points.sort_unstable();
    points.truncate(3);
    match dice.below(10) {
        0..3 => now,
        3..5 => later(now, HALF * (1 + dice.below(4) as i64)),
        5 => later(now, HALF * dice.below(60) as i64 + dice.below(3) as i64),
        _ if points.is_empty() => later(now, HALF),
        _ => later(dice.one_of(&points), dice.below(3) as i64 - 1).max(now),
    }
}

fn actor(dice: &mut Dice<'_>) -> Actor {
    match dice.below(8) {
        0..4 => Actor::Agent("ada".parse().expect("a name")),
        4..6 => Actor::Agent("ben".parse().expect("a name")),
        6 => Actor::Customer("c-1".parse().expect("a name")),
        _ => Actor::Customer("c-2".parse().expect("a name")),
    }
}

/// The second time of a fact: of what was done before a breach, of what was promised or met a little earlier.
fn happened(dice: &mut Dice<'_>, world: &World, order: &Order, at: Timestamp) -> Option<Happened> {
    let debt = order.commitment().and_then(|id| world.debts.get(&id).map(|debt| (id, debt)));
    let stamp = if dice.chance(50) { Stamp::Claim } else { Stamp::Transport };
    let then = match (order, debt) {
        (Order::Fulfil { .. }, Some((id, debt))) if is_plain(world, id) => match debt.breach {
            None if debt.opens_at.is_some_and(|opens_at| opens_at < at) && dice.chance(40) => {
                later(debt.opens_at.unwrap_or(at), dice.below(3) as i64 - 1)
            }
            Some(breach) if dice.chance(80) => later(breach.at, dice.below(3) as i64 - 1).min(at),
            _ if dice.chance(20) => later(at, -(dice.below(4) as i64) * HALF),
            _ => return None,
        },
        (Order::MeetCondition { .. }, Some((_, Debt { state: State::Over { .. }, limit: Some(limit), .. }))) => {
            later(*limit, dice.below(3) as i64 - 1).min(at)
        }
        (Order::MeetCondition { .. } | Order::Promise(_) | Order::TakeUpAgain { .. } | Order::StartSeries(_), _)
            if dice.chance(25) =>
        {
            later(at, -(dice.below(4) as i64) * HALF)
        }
        _ => return None,
    };
    Some(Happened { at: then, stamp })
}

/// Whether nothing that is owed for its breach is broken itself: whether that falls away with it is not said.
fn is_plain(world: &World, id: CommitmentId) -> bool {
    world.debts.get(&derived(id, "explanation")).is_none_or(|amends| amends.breach.is_none())
}

fn subject(dice: &mut Dice<'_>, world: &World) -> Option<CommitmentId> {
    let of = |wanted: fn(&Debt) -> bool| {
        world.debts.iter().filter(move |(_, debt)| wanted(debt)).map(|(id, _)| *id).collect::<Vec<_>>()
    };
    let choices = [
        (6, of(|debt| debt.verdict() == Verdict::Pending)),
        (20, of(|debt| debt.phase() == PhaseName::Paused)),
        (12, of(|debt| debt.phase() == PhaseName::Active && debt.pausable.is_some())),
        (3, of(|debt| debt.phase() == PhaseName::Conditional)),
        (3, of(|debt| debt.phase() == PhaseName::Overdue)),
        (8, of(|debt| debt.told.is_some() && debt.is_open())),
        (150, of(|debt| debt.is_open() && (!debt.chased.is_empty() || !debt.tried.is_empty()))),
        (60, of(|debt| matches!(debt.state, State::Over { end: End::Absent, .. }))),
        (3, of(|debt| matches!(debt.state, State::Over { end: End::Kept | End::InError, .. }))),
        (1, of(|debt| matches!(debt.state, State::Over { end: End::Lapsed, .. }))),
        (3, of(|debt| matches!(debt.state, State::Over { end: End::Void, .. }) && debt.round.is_some())),
        (1, of(|_| true)),
    ];
    let choices: Vec<_> = choices.iter().filter(|(_, some)| !some.is_empty()).map(|(n, some)| (*n, some)).collect();
    if choices.is_empty() {
        return None;
    }
    let some = dice.weighted(&choices);
    Some(dice.one_of(some))
}

fn absent(debt: &Debt) -> State {
    State::Over { at: debt.closed().expect("closed"), end: End::Absent }
}

/// An order about one, mostly one that fits.
fn about(dice: &mut Dice<'_>, world: &World, at: Timestamp, commitment: CommitmentId) -> Order {
    let debt = &world.debts[&commitment];
    let evidence = "m-1".parse().expect("a reference");
    let word = || "storm".parse().expect("a name");
    let fit: &[usize] = match debt.phase() {
        PhaseName::Active | PhaseName::Paused if matches!(debt.chased.last(), Some(Chase::Warned { .. })) => {
            &[21, 21, 21, 21, 20, 6, 5]
        }
        PhaseName::Active | PhaseName::Paused if !debt.chased.is_empty() => &[20, 20, 20, 20, 20, 20, 20, 20, 21, 6, 5],
        PhaseName::Active | PhaseName::Paused | PhaseName::Conditional if debt.told.is_some() => &[9, 9, 3, 7, 11, 5],
        PhaseName::Active if debt.opens_at.is_some() && dice.chance(50) => &[4, 4, 4, 21, 2],
        PhaseName::Active if debt.pausable.is_some() => {
            &[2, 4, 5, 5, 5, 5, 5, 5, 7, 7, 8, 8, 10, 11, 12, 15, 20, 20, 24, 25]
        }
        PhaseName::Active if debt.round.is_some() => &[2, 2, 2, 2, 2, 7, 8, 10, 11, 12, 15, 20, 24, 25],
        PhaseName::Candidate => &[0, 0, 1, 2, 24],
        PhaseName::Conditional => &[3, 3, 2, 7, 8, 8, 10, 11, 24, 25, 25],
        PhaseName::Active => &[20, 2, 2, 4, 5, 5, 5, 7, 7, 8, 8, 8, 10, 11, 12, 15, 24, 25, 25],
        PhaseName::Paused => &[2, 4, 5, 5, 6, 6, 6, 6, 6, 6, 7, 7, 8, 8, 10, 11, 12, 15, 24],
        PhaseName::Overdue => &[2, 2, 2, 4, 12, 13, 14, 16, 24, 25],
        PhaseName::Closed if debt.state == absent(debt) => &[22],
        PhaseName::Closed if matches!(debt.state, State::Over { end: End::Lapsed, .. }) => &[3],
        PhaseName::Closed if debt.round.is_some() && debt.verdict() == Verdict::Void => &[15, 15, 19, 2],
        PhaseName::Closed => &[2, 2, 16, 17, 17, 18, 19, 19],
    };
    let which = if dice.chance(6) { dice.below(27) } else { dice.one_of(fit) };
    // Where the chart leaves open what becomes of links to others, or of a slot, the tales say nothing.
    let linked = debt.repairs.is_some() || debt.depth > 0 || debt.renewed_by == Some(derived(commitment, "repair"));
    let unsaid = match which {
        7 => debt.opens_at.is_some(),
        8 => debt.opens_at.is_some() || linked,
        9 => linked,
        22 => linked,
        15 | 17 | 18 | 19 => linked || !is_plain(world, commitment),
        _ => false,
    };
    let reason = dice.one_of(&["logs", "visit"]).parse().expect("a name");
    match if unsaid { 2 } else { which } {
        0 => Order::Confirm { commitment },
        1 => Order::Dismiss { commitment, reason },
        3 => Order::MeetCondition { commitment, evidence },
        4 => Order::Attempt {
            commitment,
            outcome: dice.one_of(&[Attempt::MessageLeft, Attempt::NotReached]),
            evidence: None,
        },
        5 => {
            let until = dice
                .one_of(&[None, None, None, Some(4), Some(2), Some(1), Some(0)])
                .map(|halves| later(at, halves * HALF));
            Order::Pause { commitment, reason, until, told: (!dice.chance(10)).then_some(evidence) }
        }
        6 => Order::Resume { commitment, reason },
        7 => {
            let present = debt.due().max(at);
            let nearer = DueRule::At(later(at, (present.as_micros() - at.as_micros()) / 2));
            let due = if dice.chance(50) { nearer } else { due(dice, at) };
            Order::Amend { commitment, due, opens_at: None }
        }
        8 => {
            let far = DueRule::At(later(at, HALF * dice.one_of(&[12, 100])));
            let due = if dice.chance(60) { far } else { due(dice, at) };
            Order::Propose { commitment, due, opens_at: None, told: evidence, outright: dice.chance(30) }
        }
        9 if dice.chance(20) => Order::Decline { commitment, evidence },
        9 => Order::Accept { commitment, successor: new_id(dice, world), evidence },
        10 => Order::Release { commitment, evidence },
        11 => Order::Withdraw { commitment, notice: evidence },
        12 => Order::DeclareImpossible { commitment, notice: evidence },
        13 => Order::Waive { commitment, evidence },
        14 => {
            let authority = Party::Agent("lea".parse().expect("a name"));
            Order::WriteOff { commitment, authority, reason: word() }
        }
        15 | 17 => Order::RecordInError { commitment, reason: word(), evidence },
        16 => {
            let approver = Party::Agent("lea".parse().expect("a name"));
            Order::Exclude { commitment, reason: word(), approver }
        }
        18 => Order::Retract { commitment, reason: word(), successor: new_id(dice, world) },
        19 => match debt.state {
            State::Over { end: End::Kept, .. } => {
                Order::Retract { commitment, reason: word(), successor: new_id(dice, world) }
            }
            _ => Order::Reinstate { commitment, successor: new_id(dice, world) },
        },
        20 => {
            let reminded = debt.chased.iter().filter(|step| **step == Chase::Reminded).count();
            let until = later(at, dice.one_of(&[1, HALF, 0]));
            let step = match (debt.chased.len(), reminded) {
                _ if dice.chance(10) => dice.one_of(&[Chase::Asked, Chase::Reminded, Chase::Warned { until }]),
                (0, _) => Chase::Asked,
                (_, 0..2) => Chase::Reminded,
                _ => Chase::Warned { until },
            };
            Order::Chase { commitment, step, message: evidence }
        }
        21 => Order::FindAbsent { commitment },
        22 => Order::TakeUpAgain { commitment, successor: new_id(dice, world) },
        23 => Order::Hear { commitment },
        24 => Order::HandOver { commitment, owner: owner(dice) },
        25 => {
            let team = Party::Team("desk".parse().expect("a name"));
            let to = if dice.chance(10) { customer() } else { team };
            Order::Delegate { commitment, promise: promise(dice, world, at, false, to) }
        }
        26 => Order::Redact { commitment, reference: evidence },
        _ if dice.chance(10) => Order::Announce { commitment, message: evidence },
        _ => Order::Fulfil { commitment, evidence: None },
    }
}
