//! Calendars, agreements and ladders, loaded and validated together, edition by edition.
//!
//! A rulebook only grows. Whoever changes a rule appends an edition with the instant from which it is in force, and what was
//! owed under an earlier one goes on by that. So a deadline that was given stands, whenever and by whom it is looked at.

mod check;
mod combine;
mod flaw;
mod ladders;
mod read;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::Serialize;

pub use check::{Advice, Sign};
pub use flaw::Flaw;

use crate::calendar::{Calendar, Term};
use crate::commitment::{
    Calendars, CommandRefusal, Commitment, Context, Corrections, Happened, MayPromise, Origin, Reach, TimeToAnswer,
};
use crate::escalation::{Ladder, Supervisor};
use crate::policy::Policy;
use crate::{EditionNumber, Name, Problems, Timestamp};

/// Everything that a desk owes by rule: an append-only list of editions.
///
/// In JSON it is a list of editions, or one edition by itself. Everything that is wrong with it is told at once, each with its
/// place.
///
/// ```
/// use owed::Rulebook;
///
/// let rules: Rulebook = serde_json::from_str(r#"{
///     "calendars": { "office": { "time_zone": "Europe/Istanbul", "weekly": { "mon-fri": ["09:00-18:00"] } } },
///     "calendar": "office",
///     "agreements": [{ "name": "sla", "targets": { "first_response": "4 working hours" } }]
/// }"#)?;
/// assert_eq!(rules.len(), 1);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Example: the simple form
///
/// A small desk writes its calendar where its name would stand, and one agreement, metric by metric. It is read as what it stands
/// for, and printed so: the calendar is called `office`, the agreement `sla`; that one is the desk's own goal, owed by the team `desk`
/// to every ticket that no agreement of the list `agreements` owes the same. `resolution` is the metric `first_resolution`, unless
/// there is a metric of that name. A target may also go by priority, or be written as in the list.
///
/// ```
/// use owed::Rulebook;
///
/// let simple: Rulebook = serde_json::from_str(r#"{
///     "calendar": { "time_zone": "Europe/Istanbul", "weekly": { "mon-fri": ["09:00-12:30", "13:30-18:00"] }, "holidays": ["2026-03-20"] },
///     "agreement": { "first_response": "4 working hours", "next_response": "8 working hours", "resolution": "5 business days" }
/// }"#)?;
/// let full: Rulebook = serde_json::from_str(r#"{
///     "calendars": {
///         "office": { "time_zone": "Europe/Istanbul", "weekly": { "mon-fri": ["09:00-12:30", "13:30-18:00"] }, "holidays": ["2026-03-20"] }
///     },
///     "calendar": "office",
///     "agreements": [{ "name": "sla", "targets": {
///         "first_response": "4 working hours", "next_response": "8 working hours", "first_resolution": "5 business days"
///     } }]
/// }"#)?;
/// assert_eq!(simple, full);
/// assert_eq!(serde_json::to_string(&simple)?, serde_json::to_string(&full)?);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// `"remind": {"owner": "1 working hour before", "desk": "at breach"}` stands for a ladder of one rung for each role, `remind_owner` and
/// `remind_desk`, which everything climbs whose target names no other, and for the warning on each target of `agreement`.
/// `"customer_silent": {"remind": ["3 days", "7 days"], "warn": "12 days", "close": "14 days"}` stands for a rule of silence for tickets that
/// wait for the customer ([`SilenceRule`](crate::policy::SilenceRule)).
///
/// # Example: two mistakes
///
/// ```
/// use owed::Rulebook;
///
/// let error = serde_json::from_str::<Rulebook>(r#"{
///     "agreements": [{ "name": "sla", "targets": { "first_respnse": "4 hours", "next_response": "0 hours" } }]
/// }"#).unwrap_err();
/// let said = error.to_string();
/// assert!(said.contains("agreements[0].targets.first_respnse: there is no metric first_respnse"));
/// assert!(said.contains("agreements[0].targets.next_response: no time at all is given"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rulebook {
    editions: Vec<Edition>,
}

/// The rules as they are from an instant on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edition {
    /// From when it is in force; a first edition without it always was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<Timestamp>,
    /// The calendars, by name.
    pub(crate) calendars: BTreeMap<Name, Calendar>,
    /// Those that its agreements make of others, by the names that they go by.
    #[serde(skip)]
    pub(crate) combined: BTreeMap<Name, Calendar>,
    /// The one that is meant where none is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) calendar: Option<Name>,
    /// How far a person may put a record right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) corrections: Option<Corrections>,
    /// How long a customer has to answer before his silence counts; a day where it says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) time_to_answer: Option<TimeToAnswer>,
    /// What words that promise no time come to: `"as soon as possible"`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) vague: BTreeMap<Name, Term>,
    /// What each role may promise.
    #[serde(skip_serializing_if = "MayPromise::is_empty")]
    pub(crate) may_promise: MayPromise,
    /// The ladders.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) ladders: Vec<Ladder>,
    /// Which of them everything that is owed climbs whose target names none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) ladder: Vec<Name>,
    /// What is owed to a customer who asks for a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) supervisor: Option<Supervisor>,
    /// The metrics and agreements.
    #[serde(flatten)]
    pub(crate) policy: Policy,
}

impl Edition {
    /// From when it is in force; nothing if it always was.
    ///
    /// # One that always was in force has no beginning
    ///
    /// ```
    /// use owed::rulebook::Edition;
    ///
    /// let edition: Edition = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// assert_eq!(edition.from(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn from(&self) -> Option<Timestamp> {
        self.from
    }

    /// The calendar of this name; one that an agreement makes of others goes by a name such as `union(tokyo, zurich)`.
    ///
    /// # By a name that there is not
    ///
    /// ```
    /// use owed::rulebook::Edition;
    ///
    /// let edition: Edition =
    ///     serde_json::from_str(r#"{ "calendars": { "office": { "time_zone": "UTC", "weekly": "24x7" } }, "calendar": "office", "agreements": [] }"#)?;
    /// assert!(edition.calendar(&"office".parse()?).is_some());
    /// assert!(edition.calendar(&"factory".parse()?).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn calendar(&self, name: &Name) -> Option<&Calendar> {
        self.calendars.get(name).or_else(|| self.combined.get(name))
    }

    pub(crate) const fn calendars(&self) -> Calendars<'_> {
        Calendars::Named { all: &self.calendars, combined: Some(&self.combined), own: self.calendar.as_ref() }
    }

    /// How far a person may put a record right; not at all where it says nothing.
    ///
    /// # Where nothing is written, nobody puts records right
    ///
    /// ```
    /// use owed::commitment::TimeToAnswer;
    /// use owed::rulebook::Edition;
    ///
    /// let edition: Edition = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// assert_eq!(edition.corrections(), None);
    /// assert_eq!(edition.time_to_answer(), TimeToAnswer::A_DAY);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn corrections(&self) -> Option<Corrections> {
        self.corrections
    }

    /// How long a customer has to answer before his silence counts; a day where it says nothing.
    #[must_use]
    pub fn time_to_answer(&self) -> TimeToAnswer {
        self.time_to_answer.unwrap_or_default()
    }

    /// What words that promise no time come to.
    #[must_use]
    pub const fn vague(&self) -> &BTreeMap<Name, Term> {
        &self.vague
    }

    /// What each role may promise; a role that does not stand there, everything.
    #[must_use]
    pub const fn may_promise(&self) -> &MayPromise {
        &self.may_promise
    }

    /// Its ladders.
    #[must_use]
    pub fn ladders(&self) -> &[Ladder] {
        &self.ladders
    }

    /// The ladder of this name.
    ///
    /// # Of no such name there is none
    ///
    /// ```
    /// use owed::rulebook::Edition;
    ///
    /// let edition: Edition = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// assert!(edition.ladder(&"breach".parse()?).is_none());
    /// assert_eq!(edition.supervisor().within.to_string(), "1 hour"); // a customer may ask for a decision all the same
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn ladder(&self, name: &Name) -> Option<&Ladder> {
        self.ladders.iter().find(|ladder| ladder.name == *name)
    }

    /// The names of the ladders that a commitment climbs: those of its target, or else those for everything.
    ///
    /// # A target's own ladder stands in the place of the one for everything
    ///
    /// ```
    /// # use owed::ticket::Order;
    /// # use owed::{CommandId, ContactId, EditionNumber, Rulebook, Ticket, TicketId};
    /// # use uuid::Uuid;
    /// let rungs = r#""causes": ["breached"], "rungs": [{ "notify": "lead", "wait": "1 hour" }]"#;
    /// let rules: Rulebook = serde_json::from_str(&format!(
    ///     r#"{{ "agreements": [{{ "name": "sla", "targets": {{ "first_response": {{ "budget": "4 hours", "ladder": "late" }}, "full_resolution": "8 hours" }} }}],
    ///          "ladder": "usual", "ladders": [{{ "name": "late", {rungs} }}, {{ "name": "usual", {rungs} }}] }}"#
    /// ))?;
    /// # let [id, first] = [1, 2].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let ryan = ContactId::new("c-17")?;
    /// # let mut ticket = Ticket::new(TicketId(id));
    /// # let open = ticket.command(CommandId(first), "2026-03-06T09:00:00Z".parse()?, ryan.clone(), Order::open(ryan.clone()));
    /// ticket.handle(&rules, &open)?; // a reply is owed, and a solution
    /// let edition = rules.edition(rules.in_force("2026-03-06T09:00:00Z".parse()?).unwrap()).unwrap();
    /// let climbed: Vec<_> = ticket.ledger().owed().into_iter().map(|owed| edition.climbed_by(owed)).collect();
    /// assert_eq!(climbed, [["late".parse()?], ["usual".parse()?]]); // the reply, which is due first; the solution
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn climbed_by(&self, commitment: &Commitment) -> &[Name] {
        let target = match &commitment.origin {
            Origin::Policy(cycle) => {
                self.policy.agreement(&cycle.agreement).and_then(|of| of.targets.get(&cycle.metric))
            }
            _ => None,
        };
        target.and_then(|target| target.ladder.as_deref()).unwrap_or(&self.ladder)
    }

    /// What is owed to a customer who asks for a decision; by default an answer within the hour.
    #[must_use]
    pub fn supervisor(&self) -> Supervisor {
        self.supervisor.clone().unwrap_or_default()
    }

    /// Its metrics and agreements.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }
}

impl Rulebook {
    /// Appends an edition, in force from an instant later than all before it.
    ///
    /// # Errors
    /// It says that the instant is missing, or is not later.
    ///
    /// # A later edition is later
    ///
    /// ```
    /// use owed::Rulebook;
    /// use owed::rulebook::Edition;
    ///
    /// let mut rules: Rulebook = serde_json::from_str(r#"{ "from": "2026-01-01T00:00:00Z", "agreements": [] }"#)?;
    /// let same: Edition = serde_json::from_str(r#"{ "from": "2026-01-01T00:00:00Z", "agreements": [] }"#)?;
    /// let from_july: Edition = serde_json::from_str(r#"{ "from": "2026-07-01T00:00:00Z", "agreements": [] }"#)?;
    /// assert!(rules.append(same).is_err());
    /// rules.append(from_july)?;
    /// assert_eq!(rules.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn append(&mut self, edition: Edition) -> Result<(), Problems<Flaw>> {
        let flaw = match (edition.from, self.editions.last().map(|last| last.from)) {
            (None, Some(_)) => Some(Flaw::NoFrom),
            (Some(from), Some(Some(before))) if from <= before => Some(Flaw::NotLater { from, before }),
            (Some(_), _) | (None, None) => None,
        };
        if let Some(flaw) = flaw {
            return Err(Problems::one("from".into(), flaw));
        }
        self.editions.push(edition);
        Ok(())
    }

    /// How many editions there are.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "there is always one")]
    pub fn len(&self) -> u32 {
        u32::try_from(self.editions.len()).unwrap_or(u32::MAX)
    }

    /// One edition; the first is number 1.
    ///
    /// # The first is number 1
    ///
    /// ```
    /// use owed::{EditionNumber, Rulebook};
    ///
    /// let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#)?;
    /// assert!(rules.edition(EditionNumber(0)).is_none());
    /// assert!(rules.edition(EditionNumber(1)).is_some());
    /// assert!(rules.edition(EditionNumber(2)).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn edition(&self, number: EditionNumber) -> Option<&Edition> {
        let index = number.0.checked_sub(1)?;
        self.editions.get(usize::try_from(index).ok()?)
    }

    /// What a commitment's rules may look at besides itself: above all the calendars of its edition.
    pub(crate) fn context(&self, edition: EditionNumber, at: Timestamp, happened: Option<Happened>) -> Context<'_> {
        let edition = self.edition(edition);
        let calendars = edition.map(Edition::calendars);
        let vague = edition.map(Edition::vague);
        let time_to_answer = edition.map(Edition::time_to_answer).unwrap_or_default();
        let corrections = edition.and_then(Edition::corrections);
        let may_promise = edition.map(Edition::may_promise).filter(|limits| !limits.is_empty());
        let reach = Reach::default();
        Context { at, happened, calendars, corrections, time_to_answer, vague, may_promise, reach }
    }

    /// Why a stream is not to be judged by it: something there was recorded under an edition that it has not.
    pub(crate) fn lacks(&self, needed: Option<EditionNumber>) -> Option<CommandRefusal> {
        let needed = needed.filter(|needed| self.edition(*needed).is_none())?;
        Some(CommandRefusal::EditionMissing { needed, there: self.len() })
    }

    /// The edition in force at an instant: the last whose beginning has come.
    ///
    /// # It is in force from its instant on
    ///
    /// ```
    /// use owed::{EditionNumber, Rulebook, Timestamp};
    ///
    /// let rules: Rulebook = serde_json::from_str(
    ///     r#"{ "editions": [{ "from": "2026-01-01T00:00:00Z", "agreements": [] }, { "from": "2026-07-01T00:00:00Z", "agreements": [] }] }"#,
    /// )?;
    /// let from: Timestamp = "2026-07-01T00:00:00Z".parse()?;
    /// assert_eq!(rules.in_force(from.minus_micros(1)), Some(EditionNumber(1)));
    /// assert_eq!(rules.in_force(from), Some(EditionNumber(2)));
    /// assert_eq!(rules.in_force("2025-12-31T00:00:00Z".parse()?), None); // before the first
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn in_force(&self, at: Timestamp) -> Option<EditionNumber> {
        let begun = self.editions.partition_point(|edition| edition.from.is_none_or(|from| from <= at));
        u32::try_from(begun).ok().filter(|number| *number > 0).map(EditionNumber)
    }
}
