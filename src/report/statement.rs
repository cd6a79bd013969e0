//! Everything there is to say of one commitment at an instant, as data.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::calendar::{Amount, Calendar, ElapsedTime, micros};
use crate::commitment::{
    Binding, Breach, Commitment, Deliverable, Notes, Origin, Outcome, Owner, Party, Phase, PhaseName, Renews, Verdict,
    WarningAt,
};
use crate::policy::{Author, Fact};
use crate::{CommitmentId, EditionNumber, Name, Rulebook, Ticket, TicketId, Timestamp};

/// What is owed, by whom, to whom, by when, and what became of it: one commitment as it stands at an instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The ticket.
    pub stream: TicketId,
    /// The commitment.
    pub id: CommitmentId,
    /// What is owed.
    pub deliverable: Deliverable,
    /// To whom.
    pub beneficiary: Party,
    /// Who answers for it.
    pub owner: Owner,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether the customer can hold the desk to it.
    pub binding: Binding,
    /// The edition of the rulebook by which it goes: that which it was made under, until a replan.
    pub edition: EditionNumber,
    /// When it was taken in.
    pub made: Timestamp,
    /// Since when it is owed.
    pub since: Timestamp,
    /// Where it is in its life.
    pub phase: PhaseName,
    /// What became of it.
    pub verdict: Verdict,
    /// How much time it was given.
    #[serde(with = "micros")]
    pub budget: Amount,
    /// What has run of that, without its pauses, until it was done.
    #[serde(with = "micros")]
    pub used: Amount,
    /// Microseconds of elapsed time since it is owed, until it was done.
    pub wall_us: u64,
    /// Elapsed time that it stood still, by reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paused: Vec<PausedTime>,
    /// The first deadline that it had; absent as long as its clock has not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_due: Option<Timestamp>,
    /// The present deadline, or the last; absent where there is none: while it stands still, or if it did when it was closed, and as
    /// long as its clock has not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// While it is a candidate: until when somebody is to look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_by: Option<Timestamp>,
    /// While it waits for the customer's part: until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Timestamp>,
    /// While it stands still: when it goes on at the latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resume_by: Option<Timestamp>,
    /// The warnings still to come.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<WarningAt>,
    /// The breach on its record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breach: Option<Breach>,
    /// How it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closing>,
    /// The broken commitment that this one stands in for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repairs: Option<CommitmentId>,
    /// The commitment that stands in for this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repaired_by: Option<CommitmentId>,
    /// The closed commitment that this one goes on with, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<Renews>,
    /// What was noted of it on its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Notes>,
    /// Who owes it, if that is not the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promiser: Option<Party>,
    /// While it stands still: when it would be due if it went on now; if it stood when it was closed, had it gone on then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_if_resumed: Option<Timestamp>,
    /// Whether a language model's answer was what its agreement waited for.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub by_ai: bool,
}

/// How a commitment was closed, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// When.
    pub at: Timestamp,
    /// How.
    pub outcome: Outcome,
}

/// Time that a clock stood still for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PausedTime {
    /// Why.
    pub reason: Name,
    /// How long, in microseconds of elapsed time.
    pub wall_us: u64,
    /// What would have run of the budget meanwhile.
    #[serde(default, with = "micros::option", skip_serializing_if = "Option::is_none")]
    pub spared: Option<Amount>,
}

/// A statement of every commitment of a ticket as it stands at `now`, in the order in which they were made.
///
/// # What is pending stands in it, too
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
/// use owed::report::statements;
///
/// assert!(statements(&Ticket::new(id), &rules, at).is_empty());
/// assert_eq!(statements(&ticket, &rules, at).len(), 1); // a reply
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn statements(ticket: &Ticket, rules: &Rulebook, now: Timestamp) -> Vec<Statement> {
    let mut made: Vec<&Commitment> = ticket.ledger().all().collect();
    made.sort_by_key(|commitment| commitment.version);
    made.into_iter().map(|commitment| statement(ticket, commitment, rules, now)).collect()
}

/// Whether it was a language model's answer that kept what an agreement owes, in time or late.
pub(super) fn by_ai(ticket: &Ticket, commitment: &Commitment) -> bool {
    let (Origin::Policy(_), Some(done)) = (&commitment.origin, commitment.done_at()) else { return false };
    let answers = ticket.past().iter().filter(|past| past.happened == done).filter_map(|past| match &past.fact {
        Fact::Message(said) if said.counts() => Some(said.author),
        _ => None,
    });
    let authors: Vec<Author> = answers.collect();
    authors.contains(&Author::Ai) && !authors.contains(&Author::Agent)
}

fn statement(ticket: &Ticket, commitment: &Commitment, rules: &Rulebook, now: Timestamp) -> Statement {
    let until = commitment.done_at().or(commitment.closed_at()).unwrap_or(now);
    let calendar = calendar(commitment, rules);
    let mut waits = Waits::default();
    match &commitment.phase {
        Phase::Candidate { review_by, limit, .. } => (waits.review_by, waits.limit) = (Some(*review_by), *limit),
        Phase::Conditional { limit, .. } => waits.limit = Some(*limit),
        Phase::Active { warnings, .. } => (waits.due, waits.warnings) = (Some(commitment.due), warnings.clone()),
        Phase::Paused { resume_by, .. } => waits.resume_by = Some(*resume_by),
        Phase::Overdue => waits.due = Some(commitment.due),
        Phase::Closed { at, outcome, stood_for, .. } => {
            waits.due = commitment.first_due.filter(|_| stood_for.is_empty()).map(|_| commitment.due);
            waits.closed = Some(Closing { at: *at, outcome: outcome.clone() });
        }
    }
    Statement {
        stream: ticket.id(),
        id: commitment.id,
        deliverable: commitment.deliverable.clone(),
        beneficiary: commitment.beneficiary.clone(),
        owner: commitment.owner.clone(),
        origin: commitment.origin.clone(),
        binding: commitment.binding,
        edition: commitment.edition,
        made: commitment.made,
        since: commitment.since,
        phase: commitment.phase.name(),
        verdict: commitment.verdict(),
        budget: commitment.clock.budget,
        used: commitment.used(calendar, now),
        wall_us: until.micros_since(commitment.since),
        paused: paused(commitment, rules, now),
        first_due: commitment.first_due,
        due: waits.due,
        review_by: waits.review_by,
        limit: waits.limit,
        resume_by: waits.resume_by,
        warnings: waits.warnings,
        breach: commitment.breach,
        closed: waits.closed,
        repairs: commitment.repairs,
        repaired_by: commitment.repaired_by,
        renews: commitment.renews,
        notes: commitment.notes.as_deref().cloned(),
        promiser: commitment.promiser.clone(),
        due_if_resumed: commitment.due_if_resumed(calendar, now),
        by_ai: by_ai(ticket, commitment),
    }
}

/// What a commitment waits for, by its phase.
#[derive(Default)]
struct Waits {
    due: Option<Timestamp>,
    review_by: Option<Timestamp>,
    limit: Option<Timestamp>,
    resume_by: Option<Timestamp>,
    warnings: Vec<WarningAt>,
    closed: Option<Closing>,
}

/// How long it had stood still by `now`, or until it was done, by reason.
pub(super) fn paused(commitment: &Commitment, rules: &Rulebook, now: Timestamp) -> Vec<PausedTime> {
    let until = commitment.done_at().or(commitment.closed_at()).unwrap_or(now);
    let spared = commitment.spared(calendar(commitment, rules), until);
    let paused = commitment.clock.paused_by_reason(until).into_iter().zip(spared);
    let told = |((reason, wall), (_, spared)): ((_, ElapsedTime), _)| PausedTime {
        reason,
        wall_us: wall.as_micros(),
        spared: Some(spared),
    };
    paused.map(told).collect()
}

/// What has run of a commitment's budget by `now`, by the calendar of its own edition.
pub(super) fn used(commitment: &Commitment, rules: &Rulebook, now: Timestamp) -> Amount {
    commitment.used(calendar(commitment, rules), now)
}

/// The calendar that its terms name, in its own edition.
fn calendar<'r>(commitment: &Commitment, rules: &'r Rulebook) -> Option<&'r Calendar> {
    rules.edition(commitment.edition)?.calendar(commitment.terms.calendar.as_ref()?)
}

/// What is left of a commitment's budget at `now`; nothing if more has run than there was.
pub(super) fn left(commitment: &Commitment, rules: &Rulebook, now: Timestamp) -> Amount {
    let ran = used(commitment, rules, now).as_micros();
    let budget = commitment.clock.budget;
    budget.with_micros(budget.as_micros().saturating_sub(ran))
}
