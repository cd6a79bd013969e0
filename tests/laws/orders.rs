//! Random orders of both rooms. They look at the ticket, so that most of them apply, and come from small pools, so that some
//! clash.

use std::collections::BTreeSet;

use owed::calendar::ElapsedTime;
use owed::commitment::{
    self, Actor, Allowance, Attempt, BreachOwes, Chase, Chasing, Commitment, Condition, Deliverable, DueRule, Outcome,
    Owner, Party, Phase, PhaseName, Promise, Short, Tried, Verdict, VoidCause,
};
use owed::policy::{Author, Channel, Class, Mark, Remedy, Stage, Status, Value, Visibility};
use owed::ticket::{EffectRef, Order as Turn};
use owed::{CommitmentId, MessageRef, Name, Order, Priority, Ticket, TicketId, Timestamp};
use uuid::Uuid;

use super::dice::Dice;
use super::rulebooks::{HOUR, PRIORITIES, REASONS, WARNINGS, amount};

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
        _ => Turn::Call { author, reached: dice.chance(70) },
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

fn owner(dice: &mut Dice<'_>) -> Owner {
    let agent = dice.one_of(&[None, Some("ada"), Some("ben")]).map(|agent| agent.parse().unwrap());
    Owner { team: dice.one_of(&["desk", "second"]).parse().unwrap(), agent }
}

fn promise(dice: &mut Dice<'_>, ticket: &Ticket, at: Timestamp) -> Promise {
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
        message: dice.chance(30).then(|| "m-3".parse().unwrap()),
        repairs,
        promiser: dice.chance(10).then(|| Party::Vendor("host".parse().unwrap())),
    }
}

/// An id that a host gives: mostly a new one.
fn new_id(dice: &mut Dice<'_>, ticket: &Ticket) -> CommitmentId {
    let ledger = ticket.ledger();
    let unused = (1..17).map(promise_id).find(|id| ledger.get(*id).is_none());
    let derived = CommitmentId(Uuid::new_v5(&Uuid::NAMESPACE_OID, b"derived"));
    let any = promise_id(1 + dice.below(16) as u128);
    if dice.chance(8) { dice.one_of(&[any, derived]) } else { unused.unwrap_or(any) }
}

fn due(dice: &mut Dice<'_>, at: Timestamp) -> DueRule {
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
fn about_one(dice: &mut Dice<'_>, ticket: &Ticket, at: Timestamp) -> Order {
    let Some(id) = subject(dice, ticket) else {
        return Order::Commitment(commitment::Order::Promise(Box::new(promise(dice, ticket, at))));
    };
    about_this(dice, ticket, at, id)
}

fn about_this(dice: &mut Dice<'_>, ticket: &Ticket, at: Timestamp, id: CommitmentId) -> Order {
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
fn slot(dice: &mut Dice<'_>, one: Option<&Commitment>, at: Timestamp) -> Option<Timestamp> {
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
fn is_under_way(one: &Commitment) -> bool {
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

fn promise_id(number: u128) -> CommitmentId {
    CommitmentId(Uuid::from_u128(0x10 + number))
}

fn of(ticket: &Ticket, wanted: impl Fn(&Commitment) -> bool) -> Vec<CommitmentId> {
    ticket.ledger().all().filter(|one| wanted(one)).map(|one| one.id).collect()
}
