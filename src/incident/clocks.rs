//! What becomes of the clocks of linked tickets while an incident lasts.

use alloc::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::Name;
use crate::policy::Status;
use crate::ticket;

/// What becomes of the clocks of linked tickets while it lasts.
///
/// An incident and a ticket are two streams, so this comes to orders that the host hands to each ticket
/// ([`Task::OrderTicket`](crate::Task::OrderTicket)). What they do to a clock, the ticket's own agreements say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clocks {
    /// They run as ever.
    #[default]
    On,
    /// They stand, those that stand while a ticket is on hold: the ticket is put on hold, and is open again afterwards.
    Off,
    /// They get other targets, those of the agreements that apply to tickets with this tag.
    Other {
        /// The tag.
        tag: Name,
    },
}

impl Clocks {
    /// Whether nothing becomes of them.
    pub(super) const fn are_left(&self) -> bool {
        matches!(self, Self::On)
    }

    /// What a ticket is told when it is linked, or when the incident lasts again.
    pub(crate) fn begin(&self) -> Option<ticket::Order> {
        match self {
            Self::On => None,
            Self::Off => Some(ticket::Order::SetStatus { status: Status::OnHold }),
            Self::Other { tag } => {
                Some(ticket::Order::Tag { add: BTreeSet::from([tag.clone()]), remove: BTreeSet::new() })
            }
        }
    }

    /// What it is told when the incident is over, or is none of its any more.
    pub(crate) fn end(&self) -> Option<ticket::Order> {
        match self {
            Self::On => None,
            Self::Off => Some(ticket::Order::SetStatus { status: Status::Open }),
            Self::Other { tag } => {
                Some(ticket::Order::Tag { add: BTreeSet::new(), remove: BTreeSet::from([tag.clone()]) })
            }
        }
    }
}
