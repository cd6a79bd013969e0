//! A state that is kept beside its events, so that a long stream need not be replayed from its beginning.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The form of states that this release reads and writes. It is raised when a state of an earlier release would be read as something else,
/// or not at all; `tests/forms/snapshot.json` is pinned to it.
const FORM: u32 = 1;

/// A state in an envelope that says which form it has.
///
/// Events are for ever, and states are not: what a later release keeps of them may be something else. A state that is stored as it is would then
/// be read wrong, or fail in the middle of it; in this envelope it is refused, and the host replays the events.
///
/// ```
/// use owed::{Snapshot, Ticket, TicketId};
///
/// # let id = TicketId("0193f0a1-0000-7000-8000-000000000001".parse()?);
/// # let ticket = Ticket::new(id);
/// # let events: Vec<owed::Recorded> = Vec::new();
/// let stored = serde_json::to_string(&Snapshot::of(ticket))?;
///
/// let snapshot: Snapshot<Ticket> = serde_json::from_str(&stored)?;
/// let mut ticket = snapshot.restore().unwrap_or_else(|_stale| Ticket::new(id));
/// for event in &events {
///     ticket.apply(event); // those that it has had change nothing: after a snapshot, load those after `ticket.version()`
/// }
///
/// let of_another_release: Snapshot<Ticket> = serde_json::from_str(r#"{"form": 99, "state": {"who": "knows"}}"#)?;
/// assert_eq!(
///     of_another_release.restore().unwrap_err().to_string(),
///     "a snapshot of form 99, and this release reads form 1; replay the events, and take it anew"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot<T> {
    form: u32,
    /// Absent where it has another form.
    state: Option<T>,
}

/// A snapshot that this release cannot read, since another has taken it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a snapshot of form {form}, and this release reads form {reads}; replay the events, and take it anew")]
pub struct StaleSnapshot {
    /// The form that it has. 0: it says none.
    pub form: u32,
    /// The form that can be read.
    pub reads: u32,
}

impl<T> Snapshot<T> {
    /// A state in the form of this release.
    #[must_use]
    pub const fn of(state: T) -> Self {
        Self { form: FORM, state: Some(state) }
    }

    /// The state.
    ///
    /// # Errors
    ///
    /// [`StaleSnapshot`] when it has the form of another release.
    ///
    /// # One that says no form is of none
    ///
    /// ```
    /// use owed::{Snapshot, Ticket};
    ///
    /// let bare: Snapshot<Ticket> = serde_json::from_str("{}")?;
    /// assert_eq!(bare.restore().unwrap_err().form, 0); // so the host replays the events
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn restore(self) -> Result<T, StaleSnapshot> {
        self.state.ok_or(StaleSnapshot { form: self.form, reads: FORM })
    }
}

impl<T: Serialize> Serialize for Snapshot<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Snapshot", 2)?;
        fields.serialize_field("form", &self.form)?;
        fields.serialize_field("state", &self.state)?;
        fields.end()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Snapshot<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("Snapshot", &["form", "state"], Reader(PhantomData))
    }
}

/// Looks at the form before it looks at the state.
struct Reader<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
    type Value = Snapshot<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a snapshot: its form, and then the state")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut snapshot = Snapshot { form: 0, state: None };
        while let Some(field) = fields.next_key::<Field>()? {
            match field {
                Field::Form => snapshot.form = fields.next_value()?,
                Field::State if snapshot.form == FORM => snapshot.state = fields.next_value()?,
                // Of another form, or of one that is not known yet: it may be anything.
                Field::State | Field::Other => _ = fields.next_value::<IgnoredAny>()?,
            }
        }
        Ok(snapshot)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let form = fields.next_element()?.ok_or_else(|| A::Error::invalid_length(0, &self))?;
        let state = if form == FORM { fields.next_element()?.flatten() } else { None };
        Ok(Snapshot { form, state })
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Field {
    Form,
    State,
    #[serde(other)]
    Other,
}
