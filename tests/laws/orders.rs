//! Random orders of both rooms. They look at the ticket, so that most of them apply, and come from small pools, so that some
//! clash.

use std::collections::BTreeSet;

use owed::calendar::ElapsedTime;
use owed::commitment::{
    self, Actor, Allowance, BreachOwes, Channel, Commitment, Condition, Deliverable, DueRule, Owner, Party, Phase,
    Promise, Verdict,
};
use owed::policy::{Author, Class, InVain, Mark, Remedy, Stage, Status, Value, Visibility};
use owed::ticket::{EffectRef, Order as Turn};
use owed::{CommitmentId, MessageRef, Order, Priority, Ticket, TicketId, Timestamp};
use uuid::Uuid;

use super::asks::{about_one, about_this, is_under_way};
use super::dice::Dice;
use super::rulebooks::{HOUR, PRIORITIES, WARNINGS, amount};

pub(crate) fn order(dice: &mut Dice<'_>, ticket: &Ticket, at: Timestamp) -> Order {
    let Some(status) = ticket.status() else {
        return if dice.chance(8) { any(dice, ticket, at) } else { open(dice) };
    };
    let ended = matches!(status, Status::Solved | Status::Closed);
    let stands = ticket.ledger().open().any(|owed| matches!(owed.phase, Phase::Paused { .. }));
    let under_way = of(ticket, |one| one.verdict() == Verdict::Pending && is_under_way(one));
    match (ended, stands) {
        _ if !under_way.is_empty() && dice.chance(40) => about_this(dice, ticket, at, under_way[0]),
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
        (5, |dice, _, _| describe(dice)),
        (4, |dice, _, _| elsewhere(dice)),
        (3, |dice, _, _| put_right(dice)),
        (2, |_, _, _| Order::Ticket(Turn::Replan {})),
        (12, |dice, ticket, at| Order::Commitment(commitment::Order::Promise(Box::new(promise(dice, ticket, at))))),
        (4, suggest),
        (1, |dice, _, _| hand_over_all(dice)),
        (40, about_one),
    ]);
    draw(dice, ticket, at)
}

/// Who gives an order; whoever wants to let the desk off may not be the one who is owed, and who claims may be who did it.
pub(crate) fn actor(dice: &mut Dice<'_>, order: &Order) -> Actor {
    use commitment::Order::{Accept, Release, Waive};
    let consents = matches!(order, Order::Commitment(Release { .. } | Waive { .. } | Accept { .. }));
    match dice.below(if consents { 5 } else { 12 }) {
        2 => Actor::Customer("c-1".parse().unwrap()),
        3 => Actor::Customer("c-2".parse().unwrap()),
        4 => Actor::Agent("ben".parse().unwrap()),
        5 => Actor::System("gateway".parse().unwrap()),
        _ => Actor::Agent("ada".parse().unwrap()),
    }
}

fn open(dice: &mut Dice<'_>) -> Order {
    let author = dice.one_of(&[Author::Customer, Author::Customer, Author::Agent]);
    let requester = "c-1".parse().unwrap();
    Order::Ticket(Turn::Open { requester, author, priority: priority(dice), message: None, about: Box::default() })
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
    let class = dice.weighted(&[(12, None), (1, Some(Class::Thanks)), (1, Some(Class::OutOfOffice))]);
    Order::Ticket(Turn::Message { author, visibility, class, message: Some(reference(dice)) })
}

fn reference(dice: &mut Dice<'_>) -> MessageRef {
    dice.one_of(&["m-1", "m-2", "m-3", "m-4", "m-5", "m-6"]).parse().unwrap()
}

/// What a host says of a ticket in words of its own.
fn describe(dice: &mut Dice<'_>) -> Order {
    let vip = || BTreeSet::from(["vip".parse().unwrap()]);
    let seats = match dice.below(4) {
        0 => None,
        1 => Some(Value::Number(5)),
        2 => Some(Value::Number(50)),
        _ => Some(Value::Flag(true)),
    };
    let channel = dice.one_of(&[None, Some(Channel::Chat), Some(Channel::Email)]);
    let language = dice.one_of(&[None, Some("tr"), Some("en")]).map(|language| language.parse().unwrap());
    Order::Ticket(match dice.below(10) {
        0..3 => Turn::Tag { add: vip(), remove: BTreeSet::new() },
        3..5 => Turn::Tag { add: BTreeSet::new(), remove: vip() },
        5..8 => Turn::SetField { field: "seats".parse().unwrap(), value: seats },
        8 => Turn::SetChannel { channel },
        _ => Turn::SetLanguage { language },
    })
}

/// The matter goes to a supplier and comes back, the customer waits on the line, somebody calls.
fn elsewhere(dice: &mut Dice<'_>) -> Order {
    let vendor = dice.one_of(&["host", "host", "other"]).parse().unwrap();
    let author = dice.one_of(&[Author::Agent, Author::Customer]);
    Order::Ticket(match dice.below(21) {
        19.. => report(dice),
        14.. => Turn::Mark { mark: mark(dice) },
        0..3 => Turn::HandToVendor { vendor },
        3..6 => Turn::TakeBack {},
        6..8 => Turn::HoldLine {},
        8..10 => Turn::PickUpLine {},
        10 => Turn::AskForHuman {},
        11 => Turn::NeedNoReply {},
        _ if dice.chance(30) => {
            let how = dice.one_of(&[None, Some(InVain::LeftHold), Some(InVain::LeftQueue), Some(InVain::NoAnswer)]);
            Turn::Call { author, reached: how.is_some() && dice.chance(10), how }
        }
        _ => Turn::Call { author, reached: dice.chance(70), how: None },
    })
}

/// What the host could not do, or has done after all; now and then of an event that there has not been.
fn report(dice: &mut Dice<'_>) -> Turn {
    let effect = EffectRef { version: dice.one_of(&[1, 1, 1, 1_000]), index: 0 };
    let why = "no such number".parse().unwrap();
    if dice.chance(60) { Turn::ReportFailed { effect, why } } else { Turn::ReportDone { effect } }
}

/// What is said of the conversation, now and then of what was never owed, or with a score that is none.
fn mark(dice: &mut Dice<'_>) -> Mark {
    let about = Some(CommitmentId(Uuid::from_u128(dice.one_of(&[0x10, 0x11, 0x12]))));
    let (answer, message) = (reference(dice), None);
    let score = dice.one_of(&[0, 40, 100, 101]);
    let (by, reason) = ("lea".parse().unwrap(), "insults".parse().unwrap());
    match dice.below(13) {
        0 => Mark::Transferred { to: None },
        1 => Mark::FollowsUp { ticket: TicketId(Uuid::from_u128(0x72)), answer: None },
        2 => Mark::Unclear { answer, asked_in: None },
        3 => Mark::SolutionFailed { message },
        4 => Mark::Apologised { about, message },
        5 => Mark::RemedyAsked { remedy: Remedy::Refund, message },
        6 => Mark::RemedyGiven { remedy: Remedy::Credit, about, message },
        7 | 11 | 12 => Mark::FeedbackAsked { message },
        8 => Mark::FeedbackGiven { score, safe: Some(false), message },
        9 => Mark::Reviewed { reviewer: by, score },
        _ => Mark::Conduct { stage: dice.one_of(&[Stage::Warned, Stage::Limited, Stage::Ended]), by, reason },
    }
}

/// A message was something else, or came back.
fn put_right(dice: &mut Dice<'_>) -> Order {
    let message = reference(dice);
    let (author, visibility) = dice.weighted(&[
        (4, (Author::Customer, Visibility::Public)),
        (4, (Author::Agent, Visibility::Public)),
        (2, (Author::Agent, Visibility::Internal)),
        (4, (Author::Automation, Visibility::Public)),
    ]);
    Order::Ticket(if dice.chance(35) {
        Turn::Bounce { message }
    } else if dice.chance(8) {
        Turn::Redact { message }
    } else {
        Turn::Reclassify { message, author, visibility, class: dice.one_of(&[None, None, Some(Class::Spam)]) }
    })
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

pub(super) fn owner(dice: &mut Dice<'_>) -> Owner {
    let agent = dice.one_of(&[None, Some("ada"), Some("ben")]).map(|agent| agent.parse().unwrap());
    Owner { team: dice.one_of(&["desk", "second"]).parse().unwrap(), agent }
}

pub(super) fn promise(dice: &mut Dice<'_>, ticket: &Ticket, at: Timestamp) -> Promise {
    let id = new_id(dice, ticket);
    let broken: Vec<_> = of(ticket, |one| one.verdict() == Verdict::Breached);
    let repairs = match (dice.below(10), of(ticket, |_| true)) {
        (1..6, _) if !broken.is_empty() => Some(dice.one_of(&broken)),
        (9, every) if !every.is_empty() => Some(dice.one_of(&every)),
        _ => None,
    };
    // Mostly the same thing again.
    let same = repairs.filter(|_| dice.chance(92)).and_then(|broken| ticket.ledger().get(broken));
    let same = same.map(|broken| broken.deliverable.clone());
    let (customer, organisation) =
        (Party::Customer("c-1".parse().unwrap()), Party::Organisation("org".parse().unwrap()));
    let beneficiary = match dice.below(8) {
        0..6 => customer,
        6 => organisation,
        _ => Party::Team("second".parse().unwrap()),
    };
    let due = due(dice, at);
    let total = dice.weighted(&[(3, 5 * HOUR), (4, 72 * HOUR), (2, HOUR / 6), (1, 1), (1, 0)]);
    let once = dice.one_of(&[None, None, None, Some(HOUR), Some(0)]).map(ElapsedTime::from_micros);
    let warnings = match dice.below(100) {
        98 => WARNINGS.repeat(2),
        99 => WARNINGS.repeat(7),
        _ => dice.some_of(&WARNINGS, 25),
    }
    .into_iter();
    let allowance = Allowance { total: ElapsedTime::from_micros(total), once };
    Promise {
        commitment: id,
        deliverable: same.unwrap_or(if dice.chance(80) { Deliverable::Callback } else { Deliverable::Explanation }),
        beneficiary,
        owner: owner(dice),
        due,
        calendar: dice.weighted(&[(30, None), (2, Some("night")), (1, Some("moon"))]).map(|name| name.parse().unwrap()),
        warn: warnings.map(|warning| warning.parse().unwrap()).collect(),
        pausable: dice.chance(80).then_some(allowance),
        opens_at: opens_at(dice, at),
        condition: dice.chance(20).then(|| condition(dice, at)),
        breach_owes: dice.chance(35).then(|| breach_owes(dice)),
        attempt_counts: dice.chance(15),
        role: None,
        message: dice.chance(30).then(|| "m-3".parse().unwrap()),
        repairs,
        promiser: dice.chance(10).then(|| Party::Vendor("host".parse().unwrap())),
    }
}

/// An id that a host gives: mostly a new one.
pub(super) fn new_id(dice: &mut Dice<'_>, ticket: &Ticket) -> CommitmentId {
    let ledger = ticket.ledger();
    let unused = (1..17).map(promise_id).find(|id| ledger.get(*id).is_none());
    let derived = CommitmentId(Uuid::new_v5(&Uuid::NAMESPACE_OID, b"derived"));
    let any = promise_id(1 + dice.below(16) as u128);
    if dice.chance(8) { dice.one_of(&[any, derived]) } else { unused.unwrap_or(any) }
}

pub(super) fn due(dice: &mut Dice<'_>, at: Timestamp) -> DueRule {
    let micros = dice.one_of(&[HOUR, 5 * HOUR, 1_000_000, 1, 0]);
    match dice.below(12) {
        0..3 => DueRule::At(at.plus_micros(micros)),
        3 => DueRule::At(at.minus_micros(micros)),
        _ => DueRule::Within(amount(dice, true).parse().unwrap()),
    }
}

/// A slot that has begun, begins soon, or begins after the deadline.
fn opens_at(dice: &mut Dice<'_>, at: Timestamp) -> Option<Timestamp> {
    let micros = dice.weighted(&[(9, None), (3, Some(0)), (2, Some(HOUR / 2)), (1, Some(1)), (3, Some(6 * HOUR))]);
    micros.map(|micros| at.plus_micros(micros))
}

fn condition(dice: &mut Dice<'_>, at: Timestamp) -> Condition {
    let limit = match dice.below(8) {
        0..3 => DueRule::At(at.plus_micros(dice.one_of(&[2 * HOUR, 30 * HOUR, 1]))),
        3 => DueRule::At(at),
        _ => DueRule::Within(amount(dice, true).parse().unwrap()),
    };
    Condition { what: "logs".parse().unwrap(), limit }
}

fn breach_owes(dice: &mut Dice<'_>) -> BreachOwes {
    let deliverable = if dice.chance(25) { Deliverable::Compensation } else { Deliverable::Explanation };
    let within = dice.one_of(&["2 hours", "24 hours", "2 working hours", "1 microsecond"]).parse().unwrap();
    BreachOwes { deliverable, within, depth: dice.weighted(&[(3, 1), (3, 2), (2, 3)]) }
}

/// A promise that was found in a message.
fn suggest(dice: &mut Dice<'_>, ticket: &Ticket, at: Timestamp) -> Order {
    let micros = dice.weighted(&[(4, HOUR), (4, 5 * HOUR), (3, 40 * HOUR), (1, 1), (1, 0)]);
    let (review_by, promise) = (at.plus_micros(micros), Box::new(promise(dice, ticket, at)));
    Order::Commitment(commitment::Order::Suggest { review_by, promise })
}

fn hand_over_all(dice: &mut Dice<'_>) -> Order {
    Order::Commitment(commitment::Order::HandOverAll { from: owner(dice), to: owner(dice) })
}

pub(super) fn promise_id(number: u128) -> CommitmentId {
    CommitmentId(Uuid::from_u128(0x10 + number))
}

pub(super) fn of(ticket: &Ticket, wanted: impl Fn(&Commitment) -> bool) -> Vec<CommitmentId> {
    ticket.ledger().all().filter(|one| wanted(one)).map(|one| one.id).collect()
}
