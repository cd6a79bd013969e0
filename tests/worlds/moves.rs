//! What is tried in every state: the words of the customer, of the desk and of a stranger, about the ticket or about a commitment.

use owed::commitment::{
    Actor, Attempt, Chase, Commitment, DueRule, Happened, Order as About, Owner, Party, Rounds, Stamp,
};
use owed::escalation::Order as Tell;
use owed::ticket::{Author, Class, Order as Turn, Status, Visibility};
use owed::{AgentId, Command, CommandId, CommitmentId, ContactId, MessageRef, Name, Order, Priority, TeamId};
use owed::{EscalationId, SeriesId, Ticket, TicketId, Timestamp};
use uuid::Uuid;

use super::promises;

pub const HOUR: u64 = 3_600_000_000;

/// Ids are of version 8, as a host's own are.
const HOSTS: u128 = 0x8000_8000_0000_0000_0000;
pub const TICKET: TicketId = TicketId(Uuid::from_u128(0x7_8000_8000_0000_0000_0001));
pub const SERIES: SeriesId = SeriesId(Uuid::from_u128(HOSTS | 0xFFFF));

/// One thing that somebody may do.
pub struct Move {
    pub name: &'static str,
    /// Whether it is about a commitment, and is tried on each that there is; else it is about the ticket.
    each: bool,
    by: Who,
    /// It was done at the instant of the breach or of the closing that stands, and comes in only now.
    late: Option<Stamp>,
    order: fn(&Scene<'_>) -> Option<Order>,
}

#[derive(Clone, Copy)]
enum Who {
    Desk,
    Lead,
    Customer,
    Stranger,
}

/// What an order is made of.
pub struct Scene<'a> {
    pub ticket: &'a Ticket,
    pub now: Timestamp,
    /// What it is about; of a ticket's, nothing.
    pub of: CommitmentId,
    /// The next id that the host gives.
    pub next: CommitmentId,
}

impl Scene<'_> {
    fn known(&self) -> Option<&Commitment> {
        self.ticket.ledger().get(self.of)
    }
}

pub fn host_id(number: usize) -> CommitmentId {
    CommitmentId(Uuid::from_u128(HOSTS | number as u128))
}

pub fn made_by_host(ticket: &Ticket) -> usize {
    ticket.ledger().all().filter(|known| known.id.0.get_version_num() != 5).count()
}

pub fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

pub fn message() -> MessageRef {
    MessageRef::new("m").unwrap()
}

pub fn customer() -> Party {
    Party::Customer(ContactId::new("c-1").unwrap())
}

/// Ada of a team.
pub fn owner(team: &str) -> Owner {
    Owner { team: TeamId::new(team).unwrap(), agent: Some(AgentId::new("ada").unwrap()) }
}

impl Who {
    fn actor(self) -> Actor {
        match self {
            Self::Desk => Actor::Agent(AgentId::new("ada").unwrap()),
            Self::Lead => Actor::Agent(AgentId::new("lea").unwrap()),
            Self::Customer => Actor::Customer(ContactId::new("c-1").unwrap()),
            Self::Stranger => Actor::Customer(ContactId::new("c-2").unwrap()),
        }
    }
}

impl Move {
    /// The commands that it comes to in a state.
    pub fn commands(&self, ticket: &Ticket, now: Timestamp, most: usize) -> Vec<Command> {
        let made = made_by_host(ticket);
        let next = host_id(made + 1);
        // In the order in which they were made, which is the same in states that are the same.
        let mut about: Vec<_> = ticket.ledger().all().map(|known| (known.version, known.id)).collect();
        about.sort_unstable();
        let about = if self.each { about.into_iter().map(|(_, id)| id).collect() } else { vec![next] };
        let command = |of| {
            let scene = Scene { ticket, now, of, next };
            let order = (self.order)(&scene)?;
            let happened = match self.late {
                None => None,
                Some(stamp) => Some(Happened { at: earlier(&scene).filter(|at| *at < now)?, stamp }),
            };
            // What was taken has left an event, so no two commands of one instant have one id.
            let id = CommandId(Uuid::from_u128(0x9_8000_8000_0000_0000_0000 | u128::from(ticket.version())));
            let command = Command { stream: ticket.id(), id, at: now, happened, by: self.by.actor(), order };
            Some(command).filter(|command| made < most || !names(&command.order, next))
        };
        about.into_iter().filter_map(command).collect()
    }
}

/// Whether an order needs a new id of the host's.
fn names(order: &Order, next: CommitmentId) -> bool {
    match order {
        Order::Commitment(About::Promise(promise) | About::Suggest { promise, .. }) => promise.commitment == next,
        Order::Commitment(About::Delegate { promise, .. }) => promise.commitment == next,
        Order::Commitment(
            About::Accept { successor, .. }
            | About::TakeUpAgain { successor, .. }
            | About::Retract { successor, .. }
            | About::Reinstate { successor, .. },
        ) => *successor == next,
        Order::Commitment(_) | Order::Ticket(_) | Order::Escalation(_) => false,
    }
}

/// When what comes in late was done: just in time, as far as what is on record goes. Of a ticket, of whatever was broken last.
fn earlier(scene: &Scene<'_>) -> Option<Timestamp> {
    let instant = |known: &Commitment| known.breach.map(|breach| breach.at).or(known.closed_at());
    match scene.known() {
        Some(known) => instant(known),
        None => scene.ticket.ledger().all().filter_map(|known| known.breach).map(|breach| breach.at).max(),
    }
}

const fn turn(name: &'static str, by: Who, order: fn(&Scene<'_>) -> Option<Order>) -> Move {
    Move { name, each: false, by, late: None, order }
}

const fn about(name: &'static str, by: Who, order: fn(&Scene<'_>) -> Option<Order>) -> Move {
    Move { name, each: true, by, late: None, order }
}

const fn late(name: &'static str, stamp: Stamp, of: Move) -> Move {
    Move { name, late: Some(stamp), ..of }
}

fn said(author: Author, class: Option<Class>) -> Option<Order> {
    let (visibility, message) = (Visibility::Public, Some(message()));
    Some(Turn::Message { author, visibility, class, message }.into())
}

fn stands(status: Status) -> Option<Order> {
    Some(Turn::SetStatus { status }.into())
}

fn urgent(priority: &str) -> Option<Order> {
    Some(Turn::SetPriority { priority: Some(Priority::new(priority).unwrap()) }.into())
}

fn commitment(order: About) -> Option<Order> {
    Some(order.into())
}

/// An order about the escalation that is live.
fn told(scene: &Scene<'_>, order: fn(EscalationId, Timestamp) -> Tell) -> Option<Order> {
    let live = scene.ticket.escalations().live().next()?;
    Some(order(live.id, scene.now).into())
}

fn stop_for(scene: &Scene<'_>, reason: &str) -> Option<Order> {
    commitment(About::Pause { commitment: scene.of, reason: name(reason), until: None, told: Some(message()) })
}

fn chase(scene: &Scene<'_>, step: Chase) -> Option<Order> {
    commitment(About::Chase { commitment: scene.of, step, message: message() })
}

fn fulfil(scene: &Scene<'_>) -> Option<Order> {
    commitment(About::Fulfil { commitment: scene.of, evidence: None })
}

fn release(scene: &Scene<'_>) -> Option<Order> {
    commitment(About::Release { commitment: scene.of, evidence: message() })
}

fn accept(scene: &Scene<'_>) -> Option<Order> {
    commitment(About::Accept { commitment: scene.of, successor: scene.next, evidence: message() })
}

fn meet(scene: &Scene<'_>) -> Option<Order> {
    commitment(About::MeetCondition { commitment: scene.of, evidence: message() })
}

fn hear(scene: &Scene<'_>) -> Option<Order> {
    commitment(About::Hear { commitment: scene.of })
}

fn waive(scene: &Scene<'_>) -> Option<Order> {
    commitment(About::Waive { commitment: scene.of, evidence: message() })
}

fn attempt(scene: &Scene<'_>, outcome: Attempt) -> Option<Order> {
    commitment(About::Attempt { commitment: scene.of, outcome, evidence: None })
}

/// Everything that may be tried; a world chooses.
#[rustfmt::skip]
pub const ALL: &[Move] = &[
    turn("ask", Who::Customer, |_| said(Author::Customer, None)),
    turn("thank", Who::Customer, |_| said(Author::Customer, Some(Class::Thanks))),
    turn("answer", Who::Desk, |_| said(Author::Agent, None)),
    turn("acknowledge", Who::Desk, |_| said(Author::Automation, None)),
    late("answer fetched", Stamp::Transport, turn("", Who::Desk, |_| said(Author::Agent, None))),
    turn("wait", Who::Desk, |_| stands(Status::Pending)),
    turn("hold", Who::Desk, |_| stands(Status::OnHold)),
    turn("go on", Who::Desk, |_| stands(Status::Open)),
    turn("urgent", Who::Desk, |_| urgent("1")),
    turn("not urgent", Who::Desk, |_| urgent("2")),
    turn("of no matter", Who::Desk, |_| urgent("3")),
    turn("assign", Who::Desk, |_| Some(Turn::Assign { to: Some(owner("night")) }.into())),
    turn("solve", Who::Desk, |_| Some(Turn::Solve {}.into())),
    turn("close", Who::Desk, |_| Some(Turn::Close {}.into())),
    turn("reopen", Who::Desk, |_| Some(Turn::Reopen {}.into())),
    turn("chase by rule", Who::Desk, |_| Some(Turn::Chase { rule: None, message: message() }.into())),
    turn("acknowledge it", Who::Desk, |scene| told(scene, |escalation, _| Tell::Acknowledge { escalation })),
    turn("progress", Who::Desk, |scene| told(scene, |escalation, _| Tell::Progress { escalation })),
    turn("snooze", Who::Desk, |scene| {
        told(scene, |escalation, now| {
            Tell::Snooze { escalation, until: now.plus_micros(HOUR), reason: name("lunch") }
        })
    }),
    turn("lower", Who::Lead, |scene| {
        told(scene, |escalation, _| Tell::DeEscalate { escalation, to: None, justification: name("calm") })
    }),
    turn("promise", Who::Desk, |scene| promises::plain(scene)),
    turn("promise if", Who::Desk, |scene| promises::on_condition(scene)),
    turn("promise a slot", Who::Desk, |scene| promises::slot(scene)),
    turn("suggest", Who::Desk, |scene| promises::suggested(scene, false)),
    turn("suggest if", Who::Desk, |scene| promises::suggested(scene, true)),
    turn("every hour", Who::Desk, |_| promises::series(Rounds::Rolling)),
    turn("in every hour", Who::Desk, |_| promises::series(Rounds::Slots)),
    turn("stop", Who::Desk, |_| commitment(About::StopSeries { series: SERIES, evidence: message() })),
    about("promise again", Who::Desk, |scene| promises::repair(scene)),
    about("delegate", Who::Desk, |scene| promises::part(scene)),
    about("confirm", Who::Desk, |scene| commitment(About::Confirm { commitment: scene.of })),
    about("dismiss", Who::Desk, |scene| commitment(About::Dismiss { commitment: scene.of, reason: name("irony") })),
    about("meet", Who::Customer, meet),
    late("meet fetched", Stamp::Transport, about("", Who::Customer, meet)),
    about("fulfil", Who::Desk, fulfil),
    late("fulfil fetched", Stamp::Transport, about("", Who::Desk, fulfil)),
    late("fulfil claimed", Stamp::Claim, about("", Who::Lead, fulfil)),
    late("fulfil claimed by the performer", Stamp::Claim, about("", Who::Desk, fulfil)),
    about("try", Who::Desk, |scene| attempt(scene, Attempt::NotReached)),
    about("leave a message", Who::Desk, |scene| attempt(scene, Attempt::MessageLeft)),
    about("announce", Who::Desk, |scene| commitment(About::Announce { commitment: scene.of, message: message() })),
    about("pause", Who::Desk, |scene| stop_for(scene, "logs")),
    about("pause too", Who::Desk, |scene| stop_for(scene, "visit")),
    about("resume", Who::Desk, |scene| commitment(About::Resume { commitment: scene.of, reason: name("logs") })),
    about("resume too", Who::Desk, |scene| commitment(About::Resume { commitment: scene.of, reason: name("visit") })),
    about("amend", Who::Desk, |scene| {
        commitment(About::Amend { commitment: scene.of, due: DueRule::At(scene.now.plus_micros(HOUR)), opens_at: None })
    }),
    about("propose", Who::Desk, |scene| {
        let (due, told) = (DueRule::At(scene.now.plus_micros(6 * HOUR)), message());
        commitment(About::Propose { commitment: scene.of, due, opens_at: None, told, outright: false })
    }),
    about("accept", Who::Customer, accept),
    about("a stranger accepts", Who::Stranger, accept),
    late("accept fetched", Stamp::Transport, about("", Who::Customer, accept)),
    about("decline", Who::Customer, |scene| commitment(About::Decline { commitment: scene.of, evidence: message() })),
    about("release", Who::Customer, release),
    about("a stranger releases", Who::Stranger, release),
    late("release fetched", Stamp::Transport, about("", Who::Customer, release)),
    about("withdraw", Who::Desk, |scene| commitment(About::Withdraw { commitment: scene.of, notice: message() })),
    about("impossible", Who::Desk, |scene| {
        commitment(About::DeclareImpossible { commitment: scene.of, notice: message() })
    }),
    about("waive", Who::Customer, waive),
    about("a stranger waives", Who::Stranger, waive),
    about("write off", Who::Lead, |scene| {
        let authority = Party::Agent(AgentId::new("lea").unwrap());
        commitment(About::WriteOff { commitment: scene.of, authority, reason: name("bankrupt") })
    }),
    about("exclude", Who::Lead, |scene| {
        let approver = Party::Agent(AgentId::new("lea").unwrap());
        commitment(About::Exclude { commitment: scene.of, reason: name("storm"), approver })
    }),
    about("hand over", Who::Desk, |scene| {
        commitment(About::HandOver { commitment: scene.of, owner: owner("night") })
    }),
    about("redact", Who::Desk, |scene| commitment(About::Redact { commitment: scene.of, reference: message() })),
    about("ask for it", Who::Desk, |scene| chase(scene, Chase::Asked)),
    about("remind", Who::Desk, |scene| chase(scene, Chase::Reminded)),
    about("warn", Who::Desk, |scene| chase(scene, Chase::Warned { until: scene.now.plus_micros(HOUR / 2) })),
    about("hear", Who::Customer, hear),
    late("hear fetched", Stamp::Transport, about("", Who::Customer, hear)),
    about("find absent", Who::Desk, |scene| commitment(About::FindAbsent { commitment: scene.of })),
    about("take up again", Who::Customer, |scene| {
        commitment(About::TakeUpAgain { commitment: scene.of, successor: scene.next })
    }),
    about("retract", Who::Desk, |scene| {
        commitment(About::Retract { commitment: scene.of, reason: name("bounced"), successor: scene.next })
    }),
    about("in error", Who::Lead, |scene| {
        commitment(About::RecordInError { commitment: scene.of, reason: name("spam"), evidence: message() })
    }),
    about("reinstate", Who::Lead, |scene| {
        commitment(About::Reinstate { commitment: scene.of, successor: scene.next })
    }),
];
