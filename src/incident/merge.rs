//! Two incidents turn out to be one: the one goes on as part of the other.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::envelope::{Event, Refusal};
use super::event;
use super::phase::Phase;
use super::refusal;
use super::state::{Incident, Standing};
use crate::commitment::{self, Pair as PairOf, Pairs, envelope, together};
use crate::rulebook::Rulebook;
use crate::{CommandId, CommitmentId, IncidentId, TicketId, Timestamp};

/// The order that an incident goes on as part of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// The other incident.
    pub into: IncidentId,
}

/// What a decision about two incidents has come to on each: to be stored in one transaction, all or none.
pub type Both = envelope::Both<IncidentId, Event>;

/// A refused decision about two incidents, with what time had caused on each by then. A host stores that all the same.
pub type RefusedBoth = envelope::RefusedBoth<IncidentId, Event, Refusal>;

type Pair<'a, 's> = PairOf<'a, 's, Incident>;

impl Incident {
    /// This incident goes on as part of another. All that is owed in it, and all that was, goes over as it stands: whoever was told stays told,
    /// and nobody's deadline moves. Whoever is affected by both is owed both notices; one message can keep them.
    ///
    /// Both last still. Both lists of events are to be stored in one transaction. A command that was recorded on both at this very instant
    /// before yields none.
    ///
    /// # Errors
    /// [`RefusedBoth`] says why, and holds what time had caused on both by then.
    ///
    /// # With itself it is not merged
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
    /// use owed::incident::Merge;
    /// use owed::commitment::envelope::Command;
    ///
    /// let command = Command::new(id, second, due, ada, Merge { into: id });
    /// let mut same = incident.clone();
    /// assert_eq!(incident.merge(&mut same, &rules, &command).unwrap_err().why.code(), "same_incident");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn merge(
        &mut self,
        into: &mut Self,
        rules: &Rulebook,
        command: &envelope::Command<IncidentId, Merge>,
    ) -> Result<Both, RefusedBoth> {
        let at = command.at;
        together((self, into), command.order.into, rules, command, decide, |pair, standing| {
            record(pair, standing, at);
        })
    }
}

impl Pairs for Incident {
    fn same(&self) -> Refusal {
        refusal::Refusal::SameIncident { incident: self.id }.into()
    }

    fn half_stored(&self, command: CommandId) -> Refusal {
        refusal::Refusal::HalfStored { command, missing: self.id }.into()
    }
}

/// Why it cannot be done; or how that stands which goes on as part of the other.
fn decide(pair: &Pair<'_, '_>) -> Result<Box<Standing>, Refusal> {
    let from = lasts(pair.from.stream)?;
    lasts(pair.to.stream)?;
    // A host gives an id once, whichever incident it is for.
    let there = pair.from.stream.ledger.all().find(|known| pair.to.stream.ledger.get(known.id).is_some());
    match there {
        Some(there) => Err(commitment::Refusal::AlreadyMade { commitment: there.id }.into()),
        None => Ok(Box::new(from.clone())),
    }
}

fn lasts(incident: &Incident) -> Result<&Standing, refusal::Refusal> {
    let standing = incident.standing.as_ref().ok_or(refusal::Refusal::NotDeclared { incident: incident.id })?;
    match standing.phase {
        Phase::Ongoing => Ok(standing),
        phase @ (Phase::Resolved | Phase::Closed | Phase::Merged(_)) => Err(refusal::Refusal::WrongPhase { phase }),
    }
}

fn record(pair: &mut Pair<'_, '_>, standing: Box<Standing>, at: Timestamp) {
    let (from, to) = (pair.from.stream.id, pair.to.stream.id);
    let mut known: Vec<_> = pair.from.stream.ledger.all().map(|known| (known.version, known.id)).collect();
    known.sort_unstable();
    let clocks = standing.clocks.clone();
    let there = pair.to.stream.standing.as_ref();
    let others = there.map_or_else(Default::default, |there| there.clocks.clone());
    // What the other has linked itself goes as it says already.
    let held = |ticket: &TicketId| there.is_some_and(|there| there.tickets.contains_key(ticket));
    let tickets: Vec<(TicketId, bool)> = standing.tickets.keys().map(|ticket| (*ticket, held(ticket))).collect();
    let merged = event::Event::MergedFrom { incident: from, standing };
    pair.to.store(Event::Incident(merged), None, at, pair.source);
    let ids: Vec<CommitmentId> = known.into_iter().map(|(_, id)| id).collect();
    for id in ids {
        pair.carry_one(id, at);
    }
    let merged = event::Event::MergedInto { incident: to };
    pair.from.store(Event::Incident(merged), None, at, pair.source);
    if clocks == others {
        return;
    }
    // From now on the clocks of its tickets go as the other incident says.
    for (ticket, held) in tickets {
        if !clocks.are_left() {
            let freed = event::Event::Freed { ticket, clocks: clocks.clone() };
            pair.from.store(Event::Incident(freed), None, at, pair.source);
        }
        if !held && !others.are_left() {
            let held = event::Event::Held { ticket, clocks: others.clone() };
            pair.to.store(Event::Incident(held), None, at, pair.source);
        }
    }
}
