//! What may be told in one message.

use serde::{Deserialize, Serialize};

use crate::Name;
use crate::commitment::{Owner, Party};

/// Who is to hear of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reader {
    /// Whoever answers for it.
    Owner(Owner),
    /// Whoever has a role. The host knows who that is.
    Role(Name),
    /// He who is owed it.
    Customer(Party),
}

/// What has the same key has the same reader, over all streams: a host may tell him of it in one message instead of many.
///
/// Thirty commitments whose deadlines are near are thirty effects; kept in a map by this key, they are one message for each owner.
///
/// ```
/// use std::collections::BTreeMap;
/// use owed::{DigestKey, Effect, Task};
///
/// fn bundled(outbox: Vec<Effect>) -> BTreeMap<Option<DigestKey>, Vec<Task>> {
///     let mut messages: BTreeMap<_, Vec<Task>> = BTreeMap::new();
///     for effect in outbox {
///         messages.entry(effect.task.digest_key()).or_default().push(effect.task);
///     }
///     messages
/// }
/// # assert!(bundled(Vec::new()).is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DigestKey {
    /// Who is to hear of it.
    pub reader: Reader,
    /// The key of a notice that a ladder's window holds back, until the instant that the notice names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Name>,
}

impl DigestKey {
    pub(super) const fn of(reader: Reader) -> Self {
        Self { reader, window: None }
    }
}
