//! What somebody may do: an order about the ticket, or about each commitment that there is, by one who gives it.

use owed::commitment::{Actor, Commitment, Happened, Order as About, Owner, Party, Stamp};
use owed::{
    AgentId, Command, CommandId, CommitmentId, ContactId, MessageRef, Name, Order, SeriesId, TeamId, Ticket, TicketId,
    Timestamp,
};
use uuid::Uuid;

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
    /// It was done at the instant of the breach or of the closing that stands, or so many microseconds later, and comes in only now.
    late: Option<(Stamp, u64)>,
    order: fn(&Scene<'_>) -> Option<Order>,
}

#[derive(Clone, Copy)]
pub enum Who {
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
                Some((stamp, by)) => {
                    let at = earlier(&scene)?.plus_micros(by);
                    Some(Happened { at: Some(at).filter(|at| *at < now)?, stamp })
                }
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

/// What is done with the ticket.
pub const fn turn(name: &'static str, by: Who, order: fn(&Scene<'_>) -> Option<Order>) -> Move {
    Move { name, each: false, by, late: None, order }
}

/// What is done about a commitment.
pub const fn about(name: &'static str, by: Who, order: fn(&Scene<'_>) -> Option<Order>) -> Move {
    Move { name, each: true, by, late: None, order }
}

/// The same, heard of only after what is on record.
pub const fn late(name: &'static str, stamp: Stamp, of: Move) -> Move {
    Move { name, late: Some((stamp, 0)), ..of }
}

/// The same, done a microsecond too late for that.
pub const fn too_late(name: &'static str, stamp: Stamp, of: Move) -> Move {
    Move { name, late: Some((stamp, 1)), ..of }
}
