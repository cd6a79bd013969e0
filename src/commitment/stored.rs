//! An event as it is read where a later release may have written.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::envelope::Recorded;
use crate::Timestamp;
use crate::document::{Misfit, Node};

/// An event as it is read where a later release may have written: on a bus, or while some hosts of a desk have been brought up to date and
/// others have not.
///
/// Whoever reads a [`Recorded`] gets the error of his format for whatever it cannot be. Read as this, what only a later release knows is a
/// value: it says what it is, it is written again with the same keys and values, and it can be passed over on purpose. What is damaged is an error still.
///
/// Written again it has the same keys and values in the same order. How a number or a text was put is its format's: `1e5` may come back as `100000.0`,
/// and of a number that has more than 64 bits what these hold. Whoever hands events on hands on the text that he has read.
///
/// What has been passed over may have been a delivery or a release. So a stream can be looked at without it, and decides nothing more:
///
/// ```
/// use owed::ticket::Order;
/// use owed::{AgentId, CommandId, Rulebook, Stored, Ticket, TicketId};
/// use uuid::Uuid;
///
/// let [first, second] = [ // as they stand in the host's database
///     r#"{"stream":"0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d01","version":1,"at":"2026-03-02T09:00:00Z","noticed":"2026-03-02T09:00:00Z","cause":{"command":"4d1f0d7e-0000-4000-8000-000000000001"},"edition":1,"event":{"room":"ticket","type":"opened","requester":"c-17","author":"customer"}}"#,
///     r#"{"stream":"0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d01","version":2,"at":"2026-03-02T09:05:00Z","noticed":"2026-03-02T09:05:00Z","cause":{"command":"4d1f0d7e-0000-4000-8000-000000000002"},"edition":1,"event":{"room":"ticket","type":"teleported","to":"mars"}}"#,
/// ];
/// let mut ticket = Ticket::new("0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d01".parse()?);
/// ticket.apply(&serde_json::from_str::<Stored>(first)?.known()?);
///
/// let unknown = serde_json::from_str::<Stored>(second)?.known().unwrap_err();
/// assert_eq!(unknown.word, "teleported");
/// assert_eq!(
///     unknown.to_string(),
///     r#"event 2 of 0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d01, ticket teleported, says "teleported", which this release does not know; load it with one that does, or skip it on purpose"#
/// );
/// assert_eq!(serde_json::to_string(&unknown)?, second); // handed on as it came
///
/// ticket.skip(&unknown); // on purpose: somebody wants to see what there is
/// assert_eq!((ticket.skipped(), ticket.version()), (Some(2), 2));
/// assert!(ticket.status().is_some());
/// let solve = ticket.command(CommandId(Uuid::from_u128(0x8000_8000_0000_0000_0000)), "2026-03-02T10:00:00Z".parse()?, AgentId::new("ada")?, Order::Solve {});
/// let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
/// assert_eq!(ticket.handle(&rules, &solve).unwrap_err().why.code(), "unknown_event");
/// assert_eq!(ticket.next_wake(), None); // a host of the later release wakes it
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// This reads an event twice, so whoever loads long streams reads a [`Recorded`] first, and this where that fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored<S, E> {
    /// An event of this release, or of an earlier one.
    Known(Recorded<S, E>),
    /// One that only a later release knows.
    Unknown(UnknownEvent<S>),
}

/// An event of a later release: its envelope can be read, and somewhere it says a word that is not known here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("event {version} of {stream}, {}, says {word:?}, which this release does not know; load it with one that does, or skip it on purpose", what(.room.as_deref(), .kind))]
pub struct UnknownEvent<S> {
    /// The stream that it belongs to.
    pub stream: S,
    /// Its place in the stream, from 1.
    pub version: u64,
    /// Where it stands.
    pub at: Timestamp,
    /// The room that it tells of, where the stream has several.
    pub room: Option<String>,
    /// What has happened: its `type`.
    pub kind: String,
    /// What is not known: the room, the type, or a word of what the event says.
    pub word: String,
    /// The event as it was read.
    written: Box<Node>,
}

fn what(room: Option<&str>, kind: &str) -> String {
    room.map_or_else(|| kind.into(), |room| format!("{room} {kind}"))
}

impl<S> UnknownEvent<S> {
    /// Its name for programs, stable from release to release.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "unknown_event"
    }
}

impl<S, E> Stored<S, E> {
    /// The event.
    ///
    /// # Errors
    /// [`UnknownEvent`] when only a later release knows it.
    ///
    /// # What only a later release knows is handed back as it came
    ///
    /// ```
    /// use owed::Stored;
    ///
    /// let later = r#"{"stream":"0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d01","version":2,"at":"2026-03-02T09:05:00Z","event":{"room":"ticket","type":"teleported"}}"#;
    /// let unknown = serde_json::from_str::<Stored>(later)?.known().unwrap_err();
    /// assert_eq!((unknown.version, unknown.kind.as_str()), (2, "teleported"));
    /// assert_eq!(serde_json::to_string(&unknown)?, later);
    ///
    /// let damaged = later.replace("2026-03-02", "2026-02-30");
    /// assert!(serde_json::from_str::<Stored>(&damaged).is_err()); // that is no event of any release
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn known(self) -> Result<Recorded<S, E>, UnknownEvent<S>> {
        match self {
            Self::Known(event) => Ok(event),
            Self::Unknown(event) => Err(event),
        }
    }
}

/// What every release writes of an event, whatever has happened.
#[derive(Deserialize)]
struct Head<S> {
    stream: S,
    version: u64,
    at: Timestamp,
    event: Tags,
}

#[derive(Deserialize)]
struct Tags {
    #[serde(default)]
    room: Option<String>,
    #[serde(rename = "type")]
    kind: String,
}

impl<'de, S: DeserializeOwned, E: DeserializeOwned> Deserialize<'de> for Stored<S, E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Node::deserialize(deserializer)?;
        match written.read() {
            Ok(event) => Ok(Self::Known(event)),
            Err(Misfit::Word { word, .. }) => {
                let Head { stream, version, at, event: Tags { room, kind } } =
                    written.read().map_err(Misfit::told_by)?;
                Ok(Self::Unknown(UnknownEvent { stream, version, at, room, kind, word, written: Box::new(written) }))
            }
            Err(damage @ (Misfit::Field(_) | Misfit::Unread | Misfit::Other(_))) => Err(D::Error::custom(damage)),
        }
    }
}

impl<S: Serialize, E: Serialize> Serialize for Stored<S, E> {
    fn serialize<W: Serializer>(&self, serializer: W) -> Result<W::Ok, W::Error> {
        match self {
            Self::Known(event) => event.serialize(serializer),
            Self::Unknown(event) => event.serialize(serializer),
        }
    }
}

/// As it was written.
impl<S> Serialize for UnknownEvent<S> {
    fn serialize<W: Serializer>(&self, serializer: W) -> Result<W::Ok, W::Error> {
        self.written.serialize(serializer)
    }
}
