//! Random orders of both rooms. They look at the ticket, so that most of them apply, and come from small pools, so that some
//! clash.

use owed::calendar::ElapsedTime;
use owed::commitment::{
    self, Actor, Allowance, Commitment, Deliverable, DueRule, Owner, Party, Phase, PhaseName, Promise, Verdict,
};
use owed::policy::{Author, Status, Visibility};
use owed::ticket::Order as Turn;
use owed::{CommitmentId, Name, Order, Priority, Ticket, Timestamp};
use uuid::Uuid;

use super::dice::Dice;
use super::rulebooks::{HOUR, PRIORITIES, REASONS, WARNINGS, amount};

pub(crate) fn order(dice: &mut Dice<'_>, ticket: &Ticket, at: Timestamp) -> Order {
    let Some(status) = ticket.status() else {
        return if dice.chance(8) { any(dice, ticket, at) } else { open(dice) };
    };
    let ended = matches!(status, Status::Solved | Status::Closed);
    let stands = ticket.ledger().open().any(|owed| matches!(owed.phase, Phase::Paused { .. }));
    match (ended, stands) {
        (true, _) if dice.chance(40) => Order::Ticket(Turn::Reopen {}),
        (_, true) if dice.chance(35) => Order::Ticket(Turn::SetPriority { priority: priority(dice) }),
        _ => any(dice, ticket, at),
    }
}

fn any(dice: &mut Dice<'_>, ticket: &Ticket, at: Timestamp) -> Order {
    type Draw = fn(&mut Dice<'_>, &Ticket, Timestamp) -> Order;
    let draw: Draw = dice.weighted::<Draw>(&[
        (10, |dice, _, _| message(dice)),
        (10, |dice, _, _| status(dice)),
        (18, |dice, _, _| Order::Ticket(Turn::SetPriority { priority: priority(dice) })),
        (3, |dice, _, _| Order::Ticket(Turn::Assign { to: dice.chance(80).then(|| owner(dice)) })),
        (3, |_, _, _| Order::Ticket(Turn::Solve {})),
        (4, |_, _, _| Order::Ticket(Turn::Close {})),
        (1, |_, _, _| Order::Ticket(Turn::Reopen {})),
        (1, |dice, _, _| open(dice)),
        (12, promise),
        (24, about_one),
    ]);
    draw(dice, ticket, at)
}

/// Who gives an order; whoever wants to let the desk off may not be the one who is owed.
pub(crate) fn actor(dice: &mut Dice<'_>, order: &Order) -> Actor {
    let release = matches!(order, Order::Commitment(commitment::Order::Release { .. }));
    match dice.below(if release { 4 } else { 12 }) {
        2 => Actor::Customer("c-1".parse().unwrap()),
        3 => Actor::Customer("c-2".parse().unwrap()),
        _ => Actor::Agent("ada".parse().unwrap()),
    }
}

fn open(dice: &mut Dice<'_>) -> Order {
    let author = dice.one_of(&[Author::Customer, Author::Customer, Author::Agent]);
    let requester = "c-1".parse().unwrap();
    Order::Ticket(Turn::Open { requester, author, priority: priority(dice), message: None })
}

fn priority(dice: &mut Dice<'_>) -> Option<Priority> {
    let priority =
        dice.weighted(&[(3, Some(PRIORITIES[0])), (3, Some(PRIORITIES[1])), (3, Some(PRIORITIES[2])), (1, None)]);
    priority.map(|priority| priority.parse().unwrap())
}

fn message(dice: &mut Dice<'_>) -> Order {
    let (author, visibility) = dice.weighted(&[
        (4, (Author::Agent, Visibility::Public)),
        (6, (Author::Customer, Visibility::Public)),
        (1, (Author::Agent, Visibility::Internal)),
        (1, (Author::Automation, Visibility::Public)),
    ]);
    Order::Ticket(Turn::Message { author, visibility, message: Some("m-1".parse().unwrap()) })
}

fn status(dice: &mut Dice<'_>) -> Order {
    let status = dice.weighted(&[
        (6, Status::Pending),
        (6, Status::OnHold),
        (6, Status::Open),
        (1, Status::New),
        (1, Status::Closed),
    ]);
    Order::Ticket(Turn::SetStatus { status })
}

fn owner(dice: &mut Dice<'_>) -> Owner {
    let agent = dice.one_of(&[None, Some("ada"), Some("ben")]).map(|agent| agent.parse().unwrap());
    Owner { team: dice.one_of(&["desk", "second"]).parse().unwrap(), agent }
}

fn promise(dice: &mut Dice<'_>, ticket: &Ticket, at: Timestamp) -> Order {
    let ledger = ticket.ledger();
    let unused = (1..9).map(promise_id).find(|id| ledger.get(*id).is_none());
    let derived = CommitmentId(Uuid::new_v5(&Uuid::NAMESPACE_OID, b"derived"));
    let any = promise_id(1 + dice.below(8) as u128);
    let id = if dice.chance(8) { dice.one_of(&[any, derived]) } else { unused.unwrap_or(any) };
    let broken: Vec<_> = of(ticket, |one| one.verdict() == Verdict::Breached);
    let repairs = match (dice.below(10), of(ticket, |_| true)) {
        (1..7, _) if !broken.is_empty() => Some(dice.one_of(&broken)),
        (9, every) if !every.is_empty() => Some(dice.one_of(&every)),
        _ => None,
    };
    let (customer, organisation) =
        (Party::Customer("c-1".parse().unwrap()), Party::Organisation("org".parse().unwrap()));
    let beneficiary = match dice.below(8) {
        0..6 => customer,
        6 => organisation,
        _ => Party::Team("second".parse().unwrap()),
    };
    let micros = dice.one_of(&[HOUR, 5 * HOUR, 1_000_000, 1, 0]);
    let due = match dice.below(12) {
        0..3 => DueRule::At(at.plus_micros(micros)),
        3 => DueRule::At(at.minus_micros(micros)),
        _ => DueRule::Within(amount(dice, true).parse().unwrap()),
    };
    let total = dice.weighted(&[(3, 5 * HOUR), (4, 72 * HOUR), (2, HOUR / 6), (1, 1), (1, 0)]);
    let once = dice.one_of(&[None, None, None, Some(HOUR), Some(0)]).map(ElapsedTime::from_micros);
    let warnings = if dice.chance(2) { WARNINGS.repeat(7) } else { dice.some_of(&WARNINGS, 25) }.into_iter();
    let allowance = Allowance { total: ElapsedTime::from_micros(total), once };
    Order::Commitment(commitment::Order::Promise(Box::new(Promise {
        commitment: id,
        deliverable: if dice.chance(80) { Deliverable::Callback } else { Deliverable::Explanation },
        beneficiary,
        owner: owner(dice),
        due,
        calendar: dice.weighted(&[(30, None), (2, Some("night")), (1, Some("moon"))]).map(|name| name.parse().unwrap()),
        warn: warnings.map(|warning| warning.parse().unwrap()).collect(),
        pausable: dice.chance(70).then_some(allowance),
        message: None,
        repairs,
        promiser: None,
        opens_at: None,
        attempt_counts: false,
        condition: None,
        breach_owes: None,
    })))
}

/// An order about a commitment, mostly one that it can be given.
fn about_one(dice: &mut Dice<'_>, ticket: &Ticket, at: Timestamp) -> Order {
    let Some(commitment) = subject(dice, ticket) else { return promise(dice, ticket, at) };
    let phase = ticket.ledger().get(commitment).map(|one| &one.phase);
    let [fulfil, pause, resume, release, withdraw, hand_over] = match phase.map(Phase::name) {
        Some(PhaseName::Candidate | PhaseName::Conditional | PhaseName::Active) | None => [8, 10, 1, 3, 3, 2],
        Some(PhaseName::Paused) => [3, 5, 10, 2, 5, 2],
        Some(PhaseName::Overdue) => [8, 2, 1, 2, 2, 3],
        Some(PhaseName::Closed) => [20, 1, 1, 1, 1, 1],
    };
    let evidence = || "m-2".parse().unwrap();
    let of_pool: Name = dice.one_of(&REASONS).parse().unwrap();
    let weights = [(fulfil, 0), (pause, 1), (resume, 2), (release, 3), (withdraw, 4), (hand_over, 5)];
    Order::Commitment(match dice.weighted(&weights) {
        0 => commitment::Order::Fulfil { commitment, evidence: Some(evidence()) },
        1 => {
            let told = (!dice.chance(15)).then(evidence);
            commitment::Order::Pause { commitment, reason: of_pool, until: until(dice, at), told }
        }
        2 => {
            let reason = match phase {
                Some(Phase::Paused { reasons, .. }) if !dice.chance(40) => reasons.first().cloned(),
                _ => None,
            };
            commitment::Order::Resume { commitment, reason: reason.unwrap_or(of_pool) }
        }
        3 => commitment::Order::Release { commitment, evidence: evidence() },
        4 => commitment::Order::Withdraw { commitment, notice: evidence() },
        _ => commitment::Order::HandOver { commitment, owner: owner(dice) },
    })
}

/// Which commitment an order is about; seldom one that does not exist, and none if there is none.
fn subject(dice: &mut Dice<'_>, ticket: &Ticket) -> Option<CommitmentId> {
    let broken = |one: &Commitment| one.verdict() == Verdict::Breached;
    let choices = [
        (6, of(ticket, |one| one.verdict() == Verdict::Pending)),
        (5, of(ticket, |one| one.phase.name() == PhaseName::Paused)),
        (2, of(ticket, broken)),
        (2, of(ticket, |one| broken(one) && one.repaired_by.is_some())),
        (1, of(ticket, |_| true)),
    ];
    let choices: Vec<_> = choices.iter().filter(|(_, some)| !some.is_empty()).map(|(n, some)| (*n, some)).collect();
    if choices.is_empty() {
        return None;
    }
    let one_of_them = dice.weighted(&choices);
    Some(if dice.chance(3) { promise_id(99) } else { dice.one_of(one_of_them) })
}

fn until(dice: &mut Dice<'_>, at: Timestamp) -> Option<Timestamp> {
    let until = dice.weighted(&[(6, None), (3, Some(3 * HOUR)), (1, Some(1)), (1, Some(0))]);
    until.map(|micros| at.plus_micros(micros))
}

fn promise_id(number: u128) -> CommitmentId {
    CommitmentId(Uuid::from_u128(0x10 + number))
}

fn of(ticket: &Ticket, wanted: impl Fn(&Commitment) -> bool) -> Vec<CommitmentId> {
    ticket.ledger().all().filter(|one| wanted(one)).map(|one| one.id).collect()
}
