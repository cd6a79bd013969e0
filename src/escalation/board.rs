//! All escalations of one stream, and which of their timers goes off first.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::cause::Subject;
use super::state::{Escalation, Stage};
use crate::calendar::ElapsedTime;
use crate::commitment::{Commitment, Ledger, Timer};
use crate::{AgentId, CommitmentId, EscalationId, Name, Timestamp, Wake};

/// The escalations of one stream, the live ones and the closed ones, and the last decision that the customer asked for.
///
/// It is what its events made of it. Its timers are derived from that, so they are neither stored nor compared.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Escalations {
    pub(super) live: BTreeMap<EscalationId, Box<Escalation>>,
    pub(super) closed: BTreeMap<EscalationId, Box<Escalation>>,
    /// Until when what comes for a role is told together.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) told: BTreeMap<Name, Timestamp>,
    /// The roles that hear of something together then, so that another window begins with that.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) digests: BTreeSet<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) request: Option<DecisionRequest>,
    #[serde(skip_serializing)]
    pub(super) timers: BTreeSet<Timer<EscalationId>>,
    #[serde(skip_serializing)]
    pub(super) about: BTreeSet<(Subject, EscalationId)>,
    /// How many there have been of a subject on a ladder: derived like the timers.
    #[serde(skip_serializing)]
    pub(super) begun: BTreeMap<(Subject, Name), u32>,
}

/// The last decision that the customer asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRequest {
    /// What is owed, or was. Where the customer has agreed to another time since, or was not reached with the answer, that goes on with it.
    pub commitment: CommitmentId,
    /// The how many-th it is on this stream.
    pub(crate) number: u32,
    /// The agents whom he complains of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<AgentId>,
    /// How often he has asked.
    pub asked: u32,
}

#[derive(Deserialize)]
struct Stored {
    live: BTreeMap<EscalationId, Box<Escalation>>,
    closed: BTreeMap<EscalationId, Box<Escalation>>,
    #[serde(default)]
    told: BTreeMap<Name, Timestamp>,
    #[serde(default)]
    digests: BTreeSet<Name>,
    #[serde(default)]
    request: Option<DecisionRequest>,
}

impl From<Stored> for Escalations {
    fn from(Stored { live, closed, told, digests, request }: Stored) -> Self {
        let timers = live.values().filter_map(|escalation| escalation.timer()).collect();
        let about = live.values().map(|escalation| (escalation.subject, escalation.id)).collect();
        let mut begun = BTreeMap::new();
        for escalation in live.values().chain(closed.values()) {
            count(&mut begun, escalation);
        }
        Self { live, closed, told, digests, request, timers, about, begun }
    }
}

impl Eq for Escalations {}

impl PartialEq for Escalations {
    fn eq(&self, other: &Self) -> bool {
        self.live == other.live
            && self.closed == other.closed
            && self.told == other.told
            && self.digests == other.digests
            && self.request == other.request
    }
}

impl Escalations {
    /// One of them, live or closed.
    ///
    /// # Of what there has never been
    ///
    /// ```
    /// # use owed::ticket::{Author, Order, Status};
    /// # use owed::{AgentId, CommandId, ContactId, Rulebook, Ticket, TicketId, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "4 hours" } }] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (TicketId(id), CommandId(first), CommandId(second));
    /// # let (ryan, ada) = (ContactId::new("c-17")?, AgentId::new("ada")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut ticket = Ticket::new(id);
    /// # let open = ticket.command(first, at, ryan.clone(), Order::open(ryan.clone()));
    /// # let opened = ticket.handle(&rules, &open)?;
    /// use owed::EscalationId;
    ///
    /// assert_eq!(ticket.escalations().get(EscalationId(uuid::Uuid::max())), None);
    /// assert_eq!(ticket.escalations().request(), None); // nobody has asked for a decision
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn get(&self, id: EscalationId) -> Option<&Escalation> {
        self.live.get(&id).or_else(|| self.closed.get(&id)).map(|escalation| &**escalation)
    }

    /// Those that somebody must still hear of, or has, by id.
    ///
    /// # It is live from its cause on
    ///
    /// ```
    /// # use owed::ticket::Order;
    /// # use owed::{CommandId, ContactId, Rulebook, Ticket, TicketId};
    /// # use uuid::Uuid;
    /// let rules: Rulebook = serde_json::from_str(
    ///     r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": { "budget": "4 hours", "ladder": "late" } } }],
    ///          "ladders": [{ "name": "late", "causes": ["breached"], "rungs": [{ "notify": "lead", "wait": "1 hour" }] }] }"#,
    /// )?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let ryan = ContactId::new("c-17")?;
    /// # let mut ticket = Ticket::new(TicketId(id));
    /// # let open = ticket.command(CommandId(first), "2026-03-06T09:00:00Z".parse()?, ryan.clone(), Order::open(ryan.clone()));
    /// ticket.handle(&rules, &open)?; // a reply is owed by 13:00, and its lead hears of it if there is none
    /// ticket.wake(&rules, "2026-03-06T13:30:00Z".parse()?);
    /// let begun = ticket.escalations().live().next().unwrap();
    /// assert_eq!(begun.since.to_string(), "2026-03-06T13:00:00Z"); // the breach, when its lead heard of it
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn live(&self) -> impl Iterator<Item = &Escalation> {
        self.live.values().map(|escalation| &**escalation)
    }

    /// All that there have been, the live ones first.
    ///
    /// # What is over is there still
    ///
    /// ```
    /// # use owed::ticket::{Author, Order};
    /// # use owed::{CommandId, ContactId, Rulebook, Ticket, TicketId};
    /// # use uuid::Uuid;
    /// let rules: Rulebook = serde_json::from_str(
    ///     r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": { "budget": "4 hours", "ladder": "late" } } }],
    ///          "ladders": [{ "name": "late", "causes": ["breached"], "rungs": [{ "notify": "lead", "wait": "1 hour" }] }] }"#,
    /// )?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let ryan = ContactId::new("c-17")?;
    /// # let mut ticket = Ticket::new(TicketId(id));
    /// # let open = ticket.command(CommandId(first), "2026-03-06T09:00:00Z".parse()?, ryan.clone(), Order::open(ryan.clone()));
    /// ticket.handle(&rules, &open)?; // a reply is owed by 13:00, and its lead hears of it if there is none
    /// ticket.wake(&rules, "2026-03-06T13:30:00Z".parse()?);
    /// # let ada = owed::AgentId::new("ada")?;
    /// # let answer = Order::message(Author::Agent);
    /// // Ada answers, late: nobody need hear of it any more.
    /// ticket.handle(&rules, &ticket.command(CommandId(second), "2026-03-06T13:40:00Z".parse()?, ada, answer))?;
    /// assert_eq!((ticket.escalations().live().count(), ticket.escalations().all().count()), (0, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn all(&self) -> impl Iterator<Item = &Escalation> {
        self.live.values().chain(self.closed.values()).map(|escalation| &**escalation)
    }

    /// Those that everybody has been told of, and nobody has taken up.
    ///
    /// # Everybody has been told, and it is live still
    ///
    /// ```
    /// # use owed::ticket::Order;
    /// # use owed::{CommandId, ContactId, Rulebook, Ticket, TicketId};
    /// # use uuid::Uuid;
    /// let rules: Rulebook = serde_json::from_str(
    ///     r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": { "budget": "4 hours", "ladder": "late" } } }],
    ///          "ladders": [{ "name": "late", "causes": ["breached"], "rungs": [{ "notify": "lead", "wait": "1 hour" }] }] }"#,
    /// )?;
    /// # let [id, first] = [1, 2].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let ryan = ContactId::new("c-17")?;
    /// # let mut ticket = Ticket::new(TicketId(id));
    /// # let open = ticket.command(CommandId(first), "2026-03-06T09:00:00Z".parse()?, ryan.clone(), Order::open(ryan.clone()));
    /// ticket.handle(&rules, &open)?; // a reply is owed by 13:00, and its lead hears of it if there is none
    /// ticket.wake(&rules, "2026-03-06T14:00:00Z".parse()?);
    /// assert_eq!((ticket.escalations().live().count(), ticket.escalations().unhandled().count()), (1, 0));
    /// ticket.wake(&rules, "2026-03-06T15:00:00Z".parse()?);
    /// assert_eq!((ticket.escalations().live().count(), ticket.escalations().unhandled().count()), (1, 1));
    /// assert!(ticket.next_wake().is_some()); // it goes on reminding
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn unhandled(&self) -> impl Iterator<Item = &Escalation> {
        self.live().filter(|escalation| matches!(escalation.stage, Stage::Exhausted { .. }))
    }

    /// The live ones about a subject.
    pub(crate) fn about(&self, subject: Subject) -> impl Iterator<Item = &Escalation> {
        let of_it = (subject, EscalationId(uuid::Uuid::nil()))..=(subject, EscalationId(uuid::Uuid::max()));
        self.about.range(of_it).filter_map(|(_, id)| self.live.get(id)).map(|escalation| &**escalation)
    }

    /// The live ones about a subject, and about an earlier round of the same series.
    pub(crate) fn of_the_matter(&self, subject: Subject, ledger: &Ledger) -> Vec<&Escalation> {
        let round = match subject {
            Subject::Commitment(id) => ledger.get(id).filter(|owed| owed.terms.series.is_some()),
            Subject::Ticket => None,
        };
        match round {
            Some(round) => self.live().filter(|one| one.subject.is_a_matter_of(round.id, ledger)).collect(),
            None => self.about(subject).collect(),
        }
    }

    /// Whether there has been one of a subject on a ladder that began at an instant or later.
    pub(super) fn has_begun_since(&self, subject: Subject, ladder: &Name, since: Timestamp) -> bool {
        self.all().any(|one| one.subject == subject && one.ladder.name == *ladder && one.since >= since)
    }

    /// When what comes for a role at an instant is told together, if it is not told by itself: at the end of the window that is open, or of the
    /// one that began when the last was told together.
    pub(super) fn together(&self, told_as: &Name, window: Option<ElapsedTime>, at: Timestamp) -> Option<Timestamp> {
        let (window, until) = (window?, *self.told.get(told_as)?);
        if at < until {
            return Some(until);
        }
        let next = until.plus_micros(window.as_micros());
        (self.digests.contains(told_as) && at < next).then_some(next)
    }

    /// The last decision that the customer asked for.
    ///
    /// # As long as the customer has asked for none
    ///
    /// ```
    /// # use owed::ticket::{Author, Order, Status};
    /// # use owed::{AgentId, CommandId, ContactId, Rulebook, Ticket, TicketId, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "4 hours" } }] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (TicketId(id), CommandId(first), CommandId(second));
    /// # let (ryan, ada) = (ContactId::new("c-17")?, AgentId::new("ada")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut ticket = Ticket::new(id);
    /// # let open = ticket.command(first, at, ryan.clone(), Order::open(ryan.clone()));
    /// # let opened = ticket.handle(&rules, &open)?;
    /// assert_eq!(ticket.escalations().request(), None);
    /// let ask = serde_json::from_str::<owed::escalation::Order>(r#"{ "type": "ask_for_decision" }"#)?;
    /// ticket.handle(&rules, &ticket.command(second, at, ryan, ask))?;
    /// assert_eq!(ticket.escalations().request().map(|request| request.asked), Some(1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn request(&self) -> Option<&DecisionRequest> {
        self.request.as_ref()
    }

    /// The request that is owed a decision, and by what: that which it made, or what goes on with that or stands in for it.
    pub(crate) fn undecided<'a>(&'a self, ledger: &'a Ledger) -> Option<(&'a DecisionRequest, &'a Commitment)> {
        let request = self.request()?;
        let owed = ledger.chain(ledger.get(request.commitment)?).find(|owed| owed.is_open())?;
        Some((request, owed))
    }

    /// Whether there has never been anything to escalate.
    pub(crate) fn is_empty(&self) -> bool {
        self.live.is_empty() && self.closed.is_empty() && self.request.is_none()
    }

    /// The number that the next one of a subject and a ladder gets.
    pub(super) fn next_number(&self, subject: Subject, ladder: &Name) -> u32 {
        self.begun.get(&(subject, ladder.clone())).map_or(1, |begun| begun.saturating_add(1))
    }

    /// The timer that goes off first.
    pub(crate) fn next_timer(&self) -> Option<&Timer<EscalationId>> {
        self.timers.first()
    }

    /// When the first of them goes off, and why; none if only a command can change anything.
    #[must_use]
    pub(crate) fn next_wake(&self) -> Option<Wake> {
        let timer = self.next_timer()?;
        Wake::just_after(timer.nominal, timer.reason)
    }
}

/// Notes that there is one more of its subject on its ladder.
pub(super) fn count(begun: &mut BTreeMap<(Subject, Name), u32>, escalation: &Escalation) {
    let number = begun.entry((escalation.subject, escalation.ladder.name.clone())).or_default();
    *number = number.saturating_add(1);
}
