//! The log as it is held: incidents, their rows, and the order in which a desk took them in.

use owed::commitment::Owner;
use owed::policy::Status;
use owed::{ContactId, Priority, TicketId, Timestamp};

use super::sealed::MadeSla;

/// The whole log, in as little room as it needs. Names that come again are kept once, and referred to by their place.
pub(crate) struct Log {
    pub(crate) file: String,
    pub(crate) incidents: Vec<Incident>,
    pub(crate) rows: Vec<Row>,
    pub(crate) priorities: Vec<Priority>,
    pub(crate) owners: Vec<Owner>,
    /// How many rows were left out.
    pub(crate) skipped: u64,
    /// Every opening and every row, by the instant at which it is taken in.
    pub(crate) steps: Vec<Step>,
}

/// An incident, as far as it does not change.
pub(crate) struct Incident {
    pub(crate) number: String,
    pub(crate) ticket: TicketId,
    pub(crate) caller: ContactId,
    pub(crate) opened: Timestamp,
    /// The first row's priority.
    pub(crate) first_priority: Option<u32>,
    /// The priority held at the first Closed event, or else the last one. It is hindsight.
    pub(crate) priority_at_closing: Option<u32>,
    /// When a row first said Resolved, and when one last did.
    pub(crate) resolved: Option<(Timestamp, Timestamp)>,
    /// What the desk itself said in the end.
    pub(crate) made_sla: MadeSla,
    /// How many of its rows have a time before its opening.
    pub(crate) before_opening: u32,
    /// How many others have a time before that of a row above them.
    pub(crate) backwards: u32,
}

/// One row: how an incident stood from an instant on.
pub(crate) struct Row {
    pub(crate) line: u64,
    /// Its place among its incident's rows, from 1.
    pub(crate) place: u32,
    /// Its own time. Where that is before the instant at which it is taken in, it is when it happened.
    pub(crate) written: Timestamp,
    pub(crate) status: Status,
    pub(crate) priority: Option<u32>,
    pub(crate) owner: Option<u32>,
}

/// Something that the desk takes in.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    pub(crate) at: Timestamp,
    /// Of which incident, by its place.
    pub(crate) incident: u32,
    /// Which row, by its place; nothing for the opening.
    pub(crate) row: Option<u32>,
}

impl Log {
    pub(crate) fn incident(&self, place: u32) -> Option<&Incident> {
        self.incidents.get(usize::try_from(place).ok()?)
    }

    pub(crate) fn row(&self, place: u32) -> Option<&Row> {
        self.rows.get(usize::try_from(place).ok()?)
    }

    pub(crate) fn priority(&self, place: Option<u32>) -> Option<&Priority> {
        self.priorities.get(usize::try_from(place?).ok()?)
    }

    pub(crate) fn owner(&self, place: Option<u32>) -> Option<&Owner> {
        self.owners.get(usize::try_from(place?).ok()?)
    }
}
