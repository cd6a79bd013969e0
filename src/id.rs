//! Ids: what the host gives, or the crate derives, to tell one thing from another.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{ContactId, Name};

/// Declares a newtype over [`Uuid`]: mixing up two kinds of id is then a compile error.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Whether this is of UUID version 5, which the crate keeps for the ids that it derives itself.
            ///
            /// # A host's own are not
            ///
            /// ```
            #[doc = concat!("use owed::", stringify!($name), ";")]
            /// use uuid::Uuid;
            ///
            #[doc = concat!("assert!(", stringify!($name), "(Uuid::new_v5(&Uuid::max(), b\"anything\")).is_derived());")]
            #[doc = concat!("assert!(!", stringify!($name), "(Uuid::from_u128(0x7000_8000_0000_0000_0001)).is_derived()); // version 7")]
            /// ```
            #[must_use]
            pub fn is_derived(self) -> bool {
                self.0.get_version_num() == 5
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

id! {
    /// Names a ticket, which is one stream of events. Given by the host.
    TicketId
}
id! {
    /// Names an account, which is one stream of commitments without a ticket. Given by the host.
    AccountId
}
id! {
    /// Names an incident, which is one stream of events. Given by the host.
    IncidentId
}
id! {
    /// Names a command. Given by the host.
    ///
    /// The crate knows a command again by its id *and* its instant, and only while nothing later has been recorded: it keeps no list of all
    /// that it has ever done. That a command is carried out once is up to the store; [here](crate#once-and-not-twice) is how.
    CommandId
}
id! {
    /// Names a commitment. Given by the host for what is promised, derived by the crate for what an agreement owes.
    CommitmentId
}

id! {
    /// Names an escalation. Derived by the crate.
    EscalationId
}

id! {
    /// Names a stream of whatever kind: a ticket, an account or an incident, by its own id.
    StreamId
}

id! {
    /// Names a series of promises: every two hours until it is fixed. Given by the host.
    SeriesId
}

impl From<IncidentId> for StreamId {
    fn from(incident: IncidentId) -> Self {
        Self(incident.0)
    }
}

impl From<TicketId> for StreamId {
    fn from(ticket: TicketId) -> Self {
        Self(ticket.0)
    }
}

impl CommitmentId {
    /// The id of a round of a series: the same series and number give the same id.
    #[must_use]
    pub(crate) fn of_round(series: SeriesId, round: u32) -> Self {
        Self(Uuid::new_v5(&series.0, alloc::format!("{round}").as_bytes()))
    }

    /// The id of the decision that a series owes at its horizon.
    #[must_use]
    pub(crate) fn of_decision(series: SeriesId) -> Self {
        Self(Uuid::new_v5(&series.0, b"decision"))
    }

    /// The id of what an agreement owes on a ticket: the same ticket, agreement, metric and cycle give the same id.
    #[must_use]
    pub(crate) fn of_cycle(ticket: TicketId, agreement: &Name, metric: &Name, cycle: u32) -> Self {
        // No name holds a NUL, so the parts cannot run into each other.
        let parts = alloc::format!("{agreement}\0{metric}\0{cycle}");
        Self(Uuid::new_v5(&ticket.0, parts.as_bytes()))
    }

    /// The id of the decision that a customer asks for: the same ticket and number give the same id.
    #[must_use]
    pub(crate) fn of_request(stream: Uuid, number: u32) -> Self {
        Self(Uuid::new_v5(&stream, alloc::format!("request\0{number}").as_bytes()))
    }

    /// The id of what an incident owes: the same incident, role, customer and number give the same id.
    ///
    /// `role` is what is owed (`"notice"`, `"fix"`); no customer is named where it is owed to all of them.
    #[must_use]
    pub(crate) fn of_incident(incident: IncidentId, role: &str, customer: Option<&ContactId>, number: u32) -> Self {
        let customer = customer.map_or("", ContactId::as_str);
        Self(Uuid::new_v5(&incident.0, alloc::format!("{role}\0{customer}\0{number}").as_bytes()))
    }

    /// The id of what stands in for a commitment, or is owed for it, without a host's having named it.
    ///
    /// `role` is `"repair"` or the deliverable that a breach owes.
    ///
    /// # The same again gives the same id, and no host's
    ///
    /// ```
    /// use owed::CommitmentId;
    /// use uuid::Uuid;
    ///
    /// let broken = CommitmentId(Uuid::from_u128(0x8000_8000_0000_0000_0001));
    /// assert_eq!(broken.derived("repair"), broken.derived("repair"));
    /// assert_ne!(broken.derived("repair"), broken.derived("explanation"));
    /// assert!(broken.derived("repair").is_derived() && !broken.is_derived());
    /// ```
    #[must_use]
    pub fn derived(self, role: &str) -> Self {
        Self(Uuid::new_v5(&self.0, role.as_bytes()))
    }
}

impl EscalationId {
    /// The id of an escalation: the same subject, ladder and number give the same id. A commitment is a subject by its id, a whole
    /// matter by its stream's.
    #[must_use]
    pub(crate) fn of(subject: Uuid, ladder: &Name, number: u32) -> Self {
        Self(Uuid::new_v5(&subject, alloc::format!("escalation\0{ladder}\0{number}").as_bytes()))
    }
}

/// Which edition of a rulebook, from 1. A commitment stays with the one that it was made under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EditionNumber(pub u32);

impl fmt::Display for EditionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
