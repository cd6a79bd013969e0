//! Many streams, one question: who is next?

use alloc::collections::{BTreeMap, BTreeSet};

use crate::{Timestamp, Wake};

/// The next wakes of many streams, in their order.
///
/// A host tells it a stream's `next_wake` after every `handle` and `wake`, and asks it when to get up and for whom. It is an
/// index: it can be made again at any time from the streams themselves.
///
/// ```
/// use owed::{Agenda, Timestamp, Wake, WakeReason};
///
/// let mut agenda = Agenda::new();
/// let noon = Timestamp::from_micros(43_200_000_000);
/// agenda.set("ticket 1", Wake::just_after(noon, WakeReason::Due));
/// assert_eq!(agenda.pop_due(noon), None);
/// assert_eq!(agenda.pop_due(noon.plus_micros(1)), Some("ticket 1"));
/// ```
#[derive(Clone, Debug)]
pub struct Agenda<K> {
    by_time: BTreeSet<(Timestamp, K)>,
    by_stream: BTreeMap<K, Timestamp>,
}

impl<K> Default for Agenda<K> {
    fn default() -> Self {
        Self { by_time: BTreeSet::new(), by_stream: BTreeMap::new() }
    }
}

impl<K: Ord + Clone> Agenda<K> {
    /// An agenda with nothing on it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a stream's next wake in place of the one before; `None` takes it off.
    ///
    /// # A stream that waits for nothing is off the agenda
    ///
    /// ```
    /// use owed::{Agenda, Timestamp, Wake, WakeReason};
    ///
    /// let mut agenda = Agenda::new();
    /// agenda.set("ticket 1", Wake::just_after(Timestamp::from_micros(10), WakeReason::Due));
    /// agenda.set("ticket 1", Wake::just_after(Timestamp::from_micros(20), WakeReason::Due)); // in place of the first
    /// assert_eq!(agenda.next(), Some(Timestamp::from_micros(21)));
    /// agenda.set("ticket 1", None);
    /// assert_eq!(agenda.next(), None);
    /// ```
    pub fn set(&mut self, stream: K, wake: Option<Wake>) {
        let at = wake.map(|wake| wake.at);
        let before = self.by_stream.get(&stream).copied();
        if at == before {
            return;
        }
        if let Some(before) = before {
            self.by_time.remove(&(before, stream.clone()));
        }
        match at {
            Some(at) => {
                self.by_stream.insert(stream.clone(), at);
                self.by_time.insert((at, stream));
            }
            None => {
                self.by_stream.remove(&stream);
            }
        }
    }

    /// The instant of the first wake on it.
    ///
    /// # On an empty agenda there is nothing to get up for
    ///
    /// ```
    /// use owed::Agenda;
    ///
    /// assert_eq!(Agenda::<&str>::new().next(), None);
    /// ```
    #[must_use]
    pub fn next(&self) -> Option<Timestamp> {
        self.by_time.first().map(|(at, _)| *at)
    }

    /// The streams on it with their next wakes, the first of them first.
    ///
    /// # They go by their wakes, and not by who was noted first
    ///
    /// ```
    /// use owed::{Agenda, Timestamp, Wake, WakeReason};
    ///
    /// let mut agenda = Agenda::new();
    /// let noon = Timestamp::from_micros(43_200_000_000);
    /// agenda.set("ticket 1", Wake::just_after(noon.plus_micros(1), WakeReason::Due));
    /// agenda.set("ticket 2", Wake::just_after(noon, WakeReason::Warning));
    /// let who: Vec<_> = agenda.iter().map(|(_, stream)| *stream).collect();
    /// assert_eq!(who, ["ticket 2", "ticket 1"]);
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (Timestamp, &K)> {
        self.by_time.iter().map(|(at, stream)| (*at, stream))
    }

    /// Takes off the first stream whose wake has come by `now`; those of one instant go by their key.
    ///
    /// # At the wake's instant it has come, and of one instant the lesser key is first
    ///
    /// ```
    /// use owed::{Agenda, Timestamp, Wake, WakeReason};
    ///
    /// let mut agenda = Agenda::new();
    /// let wake = Wake { at: Timestamp::from_micros(10), reason: WakeReason::Due };
    /// agenda.set("b", Some(wake));
    /// agenda.set("a", Some(wake));
    /// assert_eq!(agenda.pop_due(Timestamp::from_micros(9)), None);
    /// assert_eq!(agenda.pop_due(wake.at), Some("a"));
    /// assert_eq!(agenda.pop_due(wake.at), Some("b"));
    /// assert_eq!(agenda.pop_due(wake.at), None);
    /// ```
    pub fn pop_due(&mut self, now: Timestamp) -> Option<K> {
        if self.next()? > now {
            return None;
        }
        let (_, stream) = self.by_time.pop_first()?;
        self.by_stream.remove(&stream);
        Some(stream)
    }
}
