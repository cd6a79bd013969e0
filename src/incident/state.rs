//! Where an incident stands.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::affected::Part;
use super::clocks::Clocks;
use super::envelope;
use super::phase::Phase;
use super::role::Role;
use super::terms::Owes;
use crate::commitment::{Actor, Commitment, Journal, Ledger, Origin, Owner};
use crate::{
    CommandId, CommitmentId, ContactId, EditionNumber, IncidentId, MessageRef, Name, Rulebook, SeriesId, TicketId,
    Timestamp, Wake,
};

/// One cause and the customers whom it affects, and what is owed because of it. It is one stream of events, and what they made of it.
///
/// A host stores what [`handle`](Self::handle) and [`wake`](Self::wake) return, and gets the same incident back from
/// [`replay`](Self::replay).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    pub(super) id: IncidentId,
    pub(super) journal: Journal,
    pub(super) standing: Option<Standing>,
    pub(super) ledger: Ledger,
}

/// How a declared incident stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// When it was declared.
    pub declared: Timestamp,
    /// How grave it is.
    pub severity: Name,
    /// Who answers for it.
    pub owner: Owner,
    /// Who leads it.
    pub lead: Owner,
    /// What it owes.
    pub owes: Owes,
    /// What becomes of the clocks of linked tickets while it lasts.
    pub clocks: Clocks,
    /// Where it is.
    pub phase: Phase,
    /// How it stands for each customer.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parts: BTreeMap<ContactId, Part>,
    /// The tickets that are about it, and whose each is.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tickets: BTreeMap<TicketId, ContactId>,
    /// The series of its updates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<SeriesId>,
    /// Where the desk has apologised.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub apologies: BTreeSet<MessageRef>,
    /// The incidents that go on as parts of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<IncidentId>,
    /// The languages that customers are told in, each once: a hundred thousand parts share them.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) languages: BTreeSet<Name>,
}

impl Incident {
    /// An incident of which nothing is known yet.
    #[must_use]
    pub fn new(id: IncidentId) -> Self {
        Self { id, journal: Journal::default(), standing: None, ledger: Ledger::default() }
    }

    /// An order to it, in its envelope, that was taken in at `at`.
    ///
    /// # It is for this incident
    ///
    /// ```
    /// use owed::incident::Order;
    /// use owed::{AgentId, CommandId, Incident, IncidentId};
    /// use uuid::Uuid;
    ///
    /// let [id, command] = [1, 2].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// let incident = Incident::new(IncidentId(id));
    /// let at = "2026-03-02T09:20:00Z".parse()?;
    /// let command = incident.command(CommandId(command), at, AgentId::new("ada")?, Order::Close {});
    /// assert_eq!(command.stream, incident.id());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn command(
        &self,
        id: CommandId,
        at: Timestamp,
        by: impl Into<Actor>,
        order: impl Into<envelope::Order>,
    ) -> envelope::Command {
        envelope::Command::new(self.id, id, at, by, order)
    }

    /// Its id, which is its stream's.
    #[must_use]
    pub const fn id(&self) -> IncidentId {
        self.id
    }

    /// How many events it has had.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.journal.version
    }

    /// The edition that it goes by, if this rulebook does not have it: then [`wake`](Self::wake) records nothing, whatever is due, and every command is
    /// refused. It stays due, for a host that has the whole rulebook.
    ///
    /// # Whoever lacks it says nothing, and it stays due
    ///
    /// ```
    /// # use owed::incident::{Notice, Order, Role, Telling, Whom, WhyOff};
    /// # use owed::{AgentId, CommandId, ContactId, EditionNumber, Incident, IncidentId, Rulebook, Timestamp};
    /// # use uuid::Uuid;
    /// let old: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// let whole: Rulebook = serde_json::from_str(r#"{ "editions": [{ "agreements": [] }, { "from": "2026-03-01T00:00:00Z", "agreements": [] }] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (IncidentId(id), CommandId(first), CommandId(second));
    /// # let (ada, ryan) = (AgentId::new("ada")?, ContactId::new("c-17")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut incident = Incident::new(id);
    /// # let declare: Order = serde_json::from_str(&r#"{ "type": "declare", "severity": "high", "owner": { "team": "security" },
    /// #     "lead": { "team": "security", "agent": "lena" },
    /// #     "owes": { "notice": 4, "answer": 4, "mending": { "review": { "at": "2026-03-09T09:00:00Z" } }, "news": 4, "feedback": 4, "repair": 4 },
    /// #     "affected": [{ "customer": "c-17", "recurrence": { "times": 2, "first": "2026-03-01T09:00:00Z" } }] }"#.replace(": 4", r#": { "within": { "elapsed_us": 14400000000 } }"#))?;
    /// # let declare = incident.command(first, at, ada.clone(), declare);
    /// assert_eq!(incident.missing_edition(&old), None); // nothing is recorded yet
    /// incident.handle(&whole, &declare)?; // a notice is owed by 13:00, under the second edition
    /// assert_eq!(incident.missing_edition(&old), Some(EditionNumber(2)));
    /// let late = due.plus_micros(1);
    /// assert_eq!(incident.wake(&old, late), []);
    /// assert!(incident.next_wake().is_some_and(|wake| wake.at <= late));
    /// assert!(!incident.wake(&whole, late).is_empty()); // broken
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn missing_edition(&self, rules: &Rulebook) -> Option<EditionNumber> {
        self.journal.edition.filter(|needed| rules.edition(*needed).is_none())
    }

    /// The first event that was [skipped](Self::skip), if any was.
    ///
    /// # Of several it is the first
    ///
    /// ```
    /// use owed::incident::envelope::Stored;
    /// use owed::{Incident, IncidentId};
    ///
    /// let id: IncidentId = "0b6c1f0e-5d0a-4c8e-9a51-3f1f0c7a2d01".parse()?;
    /// let mut incident = Incident::new(id);
    /// assert_eq!(incident.skipped(), None);
    /// for version in [1, 2] {
    ///     let later = format!(r#"{{"stream":"{id}","version":{version},"at":"2026-03-02T09:00:00Z","event":{{"room":"incident","type":"teleported"}}}}"#);
    ///     incident.skip(&serde_json::from_str::<Stored>(&later)?.known().unwrap_err());
    /// }
    /// assert_eq!((incident.skipped(), incident.version()), (Some(1), 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn skipped(&self) -> Option<u64> {
        self.journal.skipped
    }

    /// Where its last event stands.
    ///
    /// # Before anything has happened there is none
    ///
    /// ```
    /// # use owed::incident::{Notice, Order, Role, Telling, Whom, WhyOff};
    /// # use owed::{AgentId, CommandId, ContactId, Incident, IncidentId, Rulebook, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (IncidentId(id), CommandId(first), CommandId(second));
    /// # let (ada, ryan) = (AgentId::new("ada")?, ContactId::new("c-17")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut incident = Incident::new(id);
    /// # let declare: Order = serde_json::from_str(&r#"{ "type": "declare", "severity": "high", "owner": { "team": "security" },
    /// #     "lead": { "team": "security", "agent": "lena" },
    /// #     "owes": { "notice": 4, "answer": 4, "mending": { "review": { "at": "2026-03-09T09:00:00Z" } }, "news": 4, "feedback": 4, "repair": 4 },
    /// #     "affected": [{ "customer": "c-17", "recurrence": { "times": 2, "first": "2026-03-01T09:00:00Z" } }] }"#.replace(": 4", r#": { "within": { "elapsed_us": 14400000000 } }"#))?;
    /// # let declare = incident.command(first, at, ada.clone(), declare);
    /// assert_eq!(incident.last_recorded(), None);
    /// incident.handle(&rules, &declare)?;
    /// assert_eq!(incident.last_recorded(), Some(at));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn last_recorded(&self) -> Option<Timestamp> {
        self.journal.last
    }

    /// How it stands, once it has been declared.
    ///
    /// # Before it is declared it stands nowhere
    ///
    /// ```
    /// # use owed::incident::{Notice, Order, Role, Telling, Whom, WhyOff};
    /// # use owed::{AgentId, CommandId, ContactId, Incident, IncidentId, Rulebook, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (IncidentId(id), CommandId(first), CommandId(second));
    /// # let (ada, ryan) = (AgentId::new("ada")?, ContactId::new("c-17")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut incident = Incident::new(id);
    /// # let declare: Order = serde_json::from_str(&r#"{ "type": "declare", "severity": "high", "owner": { "team": "security" },
    /// #     "lead": { "team": "security", "agent": "lena" },
    /// #     "owes": { "notice": 4, "answer": 4, "mending": { "review": { "at": "2026-03-09T09:00:00Z" } }, "news": 4, "feedback": 4, "repair": 4 },
    /// #     "affected": [{ "customer": "c-17", "recurrence": { "times": 2, "first": "2026-03-01T09:00:00Z" } }] }"#.replace(": 4", r#": { "within": { "elapsed_us": 14400000000 } }"#))?;
    /// # let declare = incident.command(first, at, ada.clone(), declare);
    /// assert!(incident.standing().is_none());
    /// incident.handle(&rules, &declare)?;
    /// assert_eq!(incident.standing().unwrap().declared, at);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn standing(&self) -> Option<&Standing> {
        self.standing.as_ref()
    }

    /// Where it is, once it has been declared.
    ///
    /// # Before it is declared it is in none
    ///
    /// ```
    /// # use owed::incident::{Notice, Order, Role, Telling, Whom, WhyOff};
    /// # use owed::{AgentId, CommandId, ContactId, Incident, IncidentId, Rulebook, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (IncidentId(id), CommandId(first), CommandId(second));
    /// # let (ada, ryan) = (AgentId::new("ada")?, ContactId::new("c-17")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut incident = Incident::new(id);
    /// # let declare: Order = serde_json::from_str(&r#"{ "type": "declare", "severity": "high", "owner": { "team": "security" },
    /// #     "lead": { "team": "security", "agent": "lena" },
    /// #     "owes": { "notice": 4, "answer": 4, "mending": { "review": { "at": "2026-03-09T09:00:00Z" } }, "news": 4, "feedback": 4, "repair": 4 },
    /// #     "affected": [{ "customer": "c-17", "recurrence": { "times": 2, "first": "2026-03-01T09:00:00Z" } }] }"#.replace(": 4", r#": { "within": { "elapsed_us": 14400000000 } }"#))?;
    /// # let declare = incident.command(first, at, ada.clone(), declare);
    /// assert_eq!((incident.phase(), incident.standing()), (None, None));
    /// incident.handle(&rules, &declare)?;
    /// assert!(incident.phase().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn phase(&self) -> Option<Phase> {
        self.standing.as_ref().map(|standing| standing.phase)
    }

    /// How it stands for a customer, if it affects him or was held to.
    ///
    /// # Of whom it does not affect there is none
    ///
    /// ```
    /// # use owed::incident::{Notice, Order, Role, Telling, Whom, WhyOff};
    /// # use owed::{AgentId, CommandId, ContactId, Incident, IncidentId, Rulebook, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (IncidentId(id), CommandId(first), CommandId(second));
    /// # let (ada, ryan) = (AgentId::new("ada")?, ContactId::new("c-17")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut incident = Incident::new(id);
    /// # let declare: Order = serde_json::from_str(&r#"{ "type": "declare", "severity": "high", "owner": { "team": "security" },
    /// #     "lead": { "team": "security", "agent": "lena" },
    /// #     "owes": { "notice": 4, "answer": 4, "mending": { "review": { "at": "2026-03-09T09:00:00Z" } }, "news": 4, "feedback": 4, "repair": 4 },
    /// #     "affected": [{ "customer": "c-17", "recurrence": { "times": 2, "first": "2026-03-01T09:00:00Z" } }] }"#.replace(": 4", r#": { "within": { "elapsed_us": 14400000000 } }"#))?;
    /// # let declare = incident.command(first, at, ada.clone(), declare);
    /// # incident.handle(&rules, &declare)?;
    /// // It affects Ryan.
    /// assert!(incident.part(&ryan).is_some());
    /// assert!(incident.part(&ContactId::new("c-18")?).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn part(&self, customer: &ContactId) -> Option<&Part> {
        self.standing.as_ref()?.parts.get(customer)
    }

    /// Who is affected and was not taken off, by the reference to him.
    ///
    /// # Whoever is taken off is not among them, and has his part on record
    ///
    /// ```
    /// # use owed::incident::{Notice, Order, Role, Telling, Whom, WhyOff};
    /// # use owed::{AgentId, CommandId, ContactId, Incident, IncidentId, Rulebook, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (IncidentId(id), CommandId(first), CommandId(second));
    /// # let (ada, ryan) = (AgentId::new("ada")?, ContactId::new("c-17")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut incident = Incident::new(id);
    /// # let declare: Order = serde_json::from_str(&r#"{ "type": "declare", "severity": "high", "owner": { "team": "security" },
    /// #     "lead": { "team": "security", "agent": "lena" },
    /// #     "owes": { "notice": 4, "answer": 4, "mending": { "review": { "at": "2026-03-09T09:00:00Z" } }, "news": 4, "feedback": 4, "repair": 4 },
    /// #     "affected": [{ "customer": "c-17", "recurrence": { "times": 2, "first": "2026-03-01T09:00:00Z" } }] }"#.replace(": 4", r#": { "within": { "elapsed_us": 14400000000 } }"#))?;
    /// # let declare = incident.command(first, at, ada.clone(), declare);
    /// # incident.handle(&rules, &declare)?;
    /// // It affects Ryan, who does not want to hear of it.
    /// let why = WhyOff::Released { evidence: "mail-7".parse()? };
    /// let off = incident.command(second, due, ada, Order::TakeOff { customer: ryan.clone(), why });
    /// incident.handle(&rules, &off)?;
    /// assert_eq!(incident.affected().count(), 0);
    /// assert!(incident.part(&ryan).is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn affected(&self) -> impl Iterator<Item = (&ContactId, &Part)> {
        let parts = self.standing.iter().flat_map(|standing| &standing.parts);
        parts.filter(|(_, part)| !part.taken_off)
    }

    /// What it owes, and what it owed.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// When to call [`wake`](Self::wake) next, or `None` while only a command can change anything, and once an event was [skipped](Self::skip).
    ///
    /// It is exact: a microsecond earlier there is nothing to say, and at it there is. It changes only with an event.
    ///
    /// # It is exact
    ///
    /// ```
    /// # use owed::incident::{Notice, Order, Role, Telling, Whom, WhyOff};
    /// # use owed::{AgentId, CommandId, ContactId, Incident, IncidentId, Rulebook, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (IncidentId(id), CommandId(first), CommandId(second));
    /// # let (ada, ryan) = (AgentId::new("ada")?, ContactId::new("c-17")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut incident = Incident::new(id);
    /// # let declare: Order = serde_json::from_str(&r#"{ "type": "declare", "severity": "high", "owner": { "team": "security" },
    /// #     "lead": { "team": "security", "agent": "lena" },
    /// #     "owes": { "notice": 4, "answer": 4, "mending": { "review": { "at": "2026-03-09T09:00:00Z" } }, "news": 4, "feedback": 4, "repair": 4 },
    /// #     "affected": [{ "customer": "c-17", "recurrence": { "times": 2, "first": "2026-03-01T09:00:00Z" } }] }"#.replace(": 4", r#": { "within": { "elapsed_us": 14400000000 } }"#))?;
    /// # let declare = incident.command(first, at, ada.clone(), declare);
    /// # incident.handle(&rules, &declare)?;
    /// // Ryan is owed a notice by 13:00.
    /// assert_eq!(Incident::new(id).next_wake(), None);
    /// assert_eq!(incident.next_wake().map(|wake| wake.at), Some(due.plus_micros(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn next_wake(&self) -> Option<Wake> {
        if self.journal.skipped.is_some() {
            return None;
        }
        self.ledger.next_wake()
    }

    /// All that was ever owed to a customer, or to all of them, in a role: each time, and what stood in for it or went on with it.
    ///
    /// The ids are derived, so nothing of this is kept for each of a hundred thousand customers.
    ///
    /// # What is owed to all of them is owed to none by name
    ///
    /// ```
    /// # use owed::incident::{Notice, Order, Role, Telling, Whom, WhyOff};
    /// # use owed::{AgentId, CommandId, ContactId, Incident, IncidentId, Rulebook, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (IncidentId(id), CommandId(first), CommandId(second));
    /// # let (ada, ryan) = (AgentId::new("ada")?, ContactId::new("c-17")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut incident = Incident::new(id);
    /// # let declare: Order = serde_json::from_str(&r#"{ "type": "declare", "severity": "high", "owner": { "team": "security" },
    /// #     "lead": { "team": "security", "agent": "lena" },
    /// #     "owes": { "notice": 4, "answer": 4, "mending": { "review": { "at": "2026-03-09T09:00:00Z" } }, "news": 4, "feedback": 4, "repair": 4 },
    /// #     "affected": [{ "customer": "c-17", "recurrence": { "times": 2, "first": "2026-03-01T09:00:00Z" } }] }"#.replace(": 4", r#": { "within": { "elapsed_us": 14400000000 } }"#))?;
    /// # let declare = incident.command(first, at, ada.clone(), declare);
    /// # incident.handle(&rules, &declare)?;
    /// assert_eq!(incident.owed_as(Role::Notice, Some(&ryan)).count(), 1);
    /// assert_eq!(incident.owed_as(Role::Notice, None).count(), 0);
    /// assert_eq!(incident.owed_as(Role::Progress, None).count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn owed_as(&self, role: Role, customer: Option<&ContactId>) -> impl Iterator<Item = &Commitment> {
        let merged = self.standing.iter().flat_map(|standing| standing.merged.iter().copied());
        let incidents = [self.id].into_iter().chain(merged);
        let ids = incidents.flat_map(move |incident| {
            (1..)
                .map(move |number| CommitmentId::of_incident(incident, role.name(), customer, number))
                .map_while(|id| self.ledger.get(id))
        });
        ids.flat_map(|first| self.ledger.chain(first))
    }

    /// What is owed still in a role.
    pub(super) fn open_as(&self, role: Role, customer: Option<&ContactId>) -> Option<&Commitment> {
        self.owed_as(role, customer).find(|owed| owed.is_open())
    }

    /// The id of what will be owed next in a role.
    pub(super) fn next_as(&self, role: Role, customer: Option<&ContactId>) -> CommitmentId {
        let id = |number| CommitmentId::of_incident(self.id, role.name(), customer, number);
        (1..=u32::MAX).map(id).find(|id| self.ledger.get(*id).is_none()).unwrap_or(id(u32::MAX))
    }

    /// Whether a commitment is one that the incident owes by itself, or stands in for such a one.
    pub(super) fn is_its_own(&self, owed: &Commitment) -> bool {
        self.before(owed).any(|owed| matches!(owed.origin, Origin::Incident(_)))
    }

    /// What a commitment stands in for or goes on with, from the first.
    pub(super) fn first_of<'a>(&'a self, owed: &'a Commitment) -> &'a Commitment {
        self.before(owed).last().unwrap_or(owed)
    }

    fn before<'a>(&'a self, owed: &'a Commitment) -> impl Iterator<Item = &'a Commitment> + use<'a> {
        let next = |owed: &&'a Commitment| self.ledger.get(owed.repairs.or(owed.renews.map(|renews| renews.of))?);
        core::iter::successors(Some(owed), next).take(self.ledger.len())
    }
}
