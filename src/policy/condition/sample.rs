//! A share of all tickets, chosen without chance.

use serde::Serialize;
use uuid::Uuid;

use crate::{Name, TicketId};

/// A share of all tickets, by their ids: the same ticket is in it or not, whenever and by whom it is asked.
///
/// A ticket is in it if the UUID of version 5 of the salt, with the ticket's id as its namespace, read as a number from its first four bytes
/// (the highest first), leaves less than `per_thousand` when divided by 1,000. Whoever has the id can do the sum.
///
/// ```
/// use owed::TicketId;
/// use owed::policy::Sample;
/// use uuid::Uuid;
///
/// let reviews = Sample { per_thousand: 50, salt: "reviews".parse()? };
/// let tickets = (0..10_000_u128).map(|n| TicketId(Uuid::from_u128(0x8000_8000_0000_0000_0000 | n)));
/// let chosen = tickets.filter(|ticket| reviews.has(*ticket)).count();
/// assert_eq!(chosen, 531, "about one in twenty");
/// # Ok::<(), owed::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Sample {
    /// How many of a thousand, on average.
    pub per_thousand: u16,
    /// What tells this sample from another of the same size.
    pub salt: Name,
}

impl Sample {
    /// Whether a ticket is in it.
    ///
    /// # All of a thousand are all, and none of them none
    ///
    /// ```
    /// use owed::TicketId;
    /// use owed::policy::Sample;
    /// use uuid::Uuid;
    ///
    /// let ticket = TicketId(Uuid::from_u128(0x8000_8000_0000_0000_0001));
    /// assert!(Sample { per_thousand: 1_000, salt: "reviews".parse()? }.has(ticket));
    /// assert!(!Sample { per_thousand: 0, salt: "reviews".parse()? }.has(ticket));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn has(&self, ticket: TicketId) -> bool {
        let [a, b, c, d, ..] = *Uuid::new_v5(&ticket.0, self.salt.as_str().as_bytes()).as_bytes();
        u32::from_be_bytes([a, b, c, d]) % 1_000 < u32::from(self.per_thousand)
    }
}
