//! What a role may promise. What is promised beyond that is owed all the same: the customer was told, and cannot know.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::Serialize;

use super::decide::Context;
use super::deliverable::Deliverable;
use super::party::Actor;
use crate::calendar::Term;
use crate::{Name, Timestamp};

/// What each role may promise. A role that does not stand here may promise everything.
///
/// A promise says in which role it was made ([`Promise::role`](super::Promise::role)), as the host knows it; where it says nothing, the role is
/// what the speaker is: `agent`, `automation`, `ai`, `vendor` or `system`.
///
/// ```
/// use owed::Rulebook;
///
/// let rules: Rulebook = serde_json::from_str(r#"{
///     "calendar": "24x7", "agreement": { "first_response": "4 hours" },
///     "may_promise": {
///         "front line": [{ "deliverable": ["reply", "callback"], "no_later": "2 business days" },
///                        { "deliverable": ["fix", "restore"], "no_sooner": "8 working hours" }],
///         "ai": []
///     }
/// }"#)?;
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct MayPromise(pub BTreeMap<Name, Vec<Permit>>);

/// Something that a role may promise. One that it keeps to is enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Permit {
    /// One of these; empty: anything.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deliverable: Vec<Deliverable>,
    /// Due no sooner than so long after it is said: what takes its time is not promised for at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_sooner: Option<Term>,
    /// Due no later than that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_later: Option<Term>,
}

impl MayPromise {
    /// Whether there are no limits at all.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The role whose limits are passed by a promise that is said at an instant and due at another; none if none are.
    pub(super) fn passed(
        &self,
        role: Option<&Name>,
        by: &Actor,
        (what, due): (&Deliverable, Timestamp),
        context: &Context<'_>,
    ) -> Option<Name> {
        let (role, permits) = match role {
            Some(role) => self.0.get_key_value(role)?,
            None => self.0.iter().find(|(role, _)| role.as_str() == kind(by))?,
        };
        let said = context.said_at();
        let after = |term: Term| context.after(said, term, None).0;
        let keeps_to = |permit: &&Permit| {
            (permit.deliverable.is_empty() || permit.deliverable.contains(what))
                && permit.no_sooner.is_none_or(|term| after(term) <= due)
                && permit.no_later.is_none_or(|term| due <= after(term))
        };
        permits.iter().find(keeps_to).is_none().then(|| role.clone())
    }
}

/// What a speaker is, where nobody says in which role he spoke.
const fn kind(by: &Actor) -> &'static str {
    match by {
        Actor::Agent(_) => "agent",
        Actor::Customer(_) => "customer",
        Actor::Vendor(_) => "vendor",
        Actor::Automation(_) => "automation",
        Actor::Ai(_) => "ai",
        Actor::System(_) => "system",
    }
}
