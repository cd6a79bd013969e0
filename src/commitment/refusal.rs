//! Why an order about a commitment is refused.

use serde::{Deserialize, Serialize};

use super::decide::MAX_ROUNDS;
use super::deliverable::Deliverable;
use super::notes::Chasing;
use super::party::Party;
use super::phase::PhaseName;
use super::warning::{MAX_WARNINGS, Warning};
use crate::calendar::NaiveDate;
use crate::{CommitmentId, Name, SeriesId, StreamId, Timestamp};

/// Why an order about a commitment was refused, with the values that decided it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Refusal {
    /// There is no such commitment.
    #[error("there is no commitment {commitment}")]
    Unknown {
        /// The id.
        commitment: CommitmentId,
    },
    /// It was carried over to another stream, and is on record there.
    #[error("commitment {commitment} was carried over to {to}; give the order there")]
    CarriedOut {
        /// The id.
        commitment: CommitmentId,
        /// The other stream.
        to: StreamId,
    },
    /// The id has been used.
    #[error("commitment {commitment} has been made already; a new promise needs a new id")]
    AlreadyMade {
        /// The id.
        commitment: CommitmentId,
    },
    /// The id is of UUID version 5, which the crate derives itself.
    #[error("id {commitment} is of version 5, which is kept for derived ids; give one of version 4, 7 or 8")]
    DerivedId {
        /// The id.
        commitment: CommitmentId,
    },
    /// A time to come was needed, for a deadline or for the end of a warning, and this had come before it was said.
    #[error("{due} is not after {made}, from when it would count; name a later time")]
    DueNotAfter {
        /// The time that was given, or that what was given came to.
        due: Timestamp,
        /// From when it would count.
        made: Timestamp,
    },
    /// There is no calendar of this name.
    #[error("there is no calendar {calendar}")]
    UnknownCalendar {
        /// The name.
        calendar: Name,
    },
    /// Working time, business days or dates were promised, and no calendar says what those are.
    #[error("all but elapsed time needs a calendar: name one, or give one that is meant where none is named")]
    NoCalendar,
    /// The calendar does not hold so much time before the year 10000.
    #[error("{} does not hold that much time after {from}", the(calendar.as_ref()))]
    OutOfReach {
        /// The calendar; absent if it is the only one, which needs no name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        calendar: Option<Name>,
        /// The start.
        from: Timestamp,
    },
    /// The hours of a date do not end, since it has none.
    #[error("{} is not open on {date}, so no business ends then; name a business day, or a time", the(calendar.as_ref()))]
    NoBusiness {
        /// The calendar; absent if it is the only one, which needs no name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        calendar: Option<Name>,
        /// The date.
        date: NaiveDate,
    },
    /// There is no figure for a word that promises no time.
    #[error("{word:?} promises no time, and no figure is given for it; write one under \"vague\", or name a time")]
    NoFigure {
        /// The word.
        word: Name,
    },
    /// More warnings than a commitment can have.
    #[error("{given} warnings are given, and a commitment has at most {MAX_WARNINGS}")]
    TooManyWarnings {
        /// How many are given.
        given: usize,
    },
    /// The same warning is asked for twice.
    #[error("the warning {warning} is given twice")]
    WarningTwice {
        /// The warning.
        warning: Warning,
    },
    /// What is to be repaired is not broken.
    #[error("commitment {commitment} is not broken, so nothing can stand in for it")]
    NotBroken {
        /// The id.
        commitment: CommitmentId,
    },
    /// What stands in for a broken commitment is owed to the same.
    #[error("commitment {commitment} is owed to {beneficiary}; what stands in for it is owed to the same")]
    OwedToAnother {
        /// The broken one.
        commitment: CommitmentId,
        /// Who is owed.
        beneficiary: Party,
    },
    /// What is promised again is what was broken. Another thing is promised besides it, or the customer lets the desk off.
    #[error(
        "commitment {commitment} owes {owed}, and {promised} does not stand in for that; promise it besides, or have the customer waive what is owed"
    )]
    NotTheSame {
        /// The broken one.
        commitment: CommitmentId,
        /// What is owed.
        owed: Deliverable,
        /// What was promised.
        promised: Deliverable,
    },
    /// What stands in for a breach is promised outright, not perhaps and not on a condition.
    #[error("commitment {commitment} is broken and owed; what stands in for it is promised outright")]
    NotOutright {
        /// The broken one.
        commitment: CommitmentId,
    },
    /// Another commitment stands in for it already.
    #[error("{by} stands in for commitment {commitment} already; repair that, or promise something of its own")]
    AlreadyRepaired {
        /// The broken one.
        commitment: CommitmentId,
        /// Its stand-in.
        by: CommitmentId,
    },
    /// It is said to have been done before it was owed.
    #[error("done at {done}, before it was owed at {owed_since}")]
    DoneBeforeOwed {
        /// When it is said to have been done.
        done: Timestamp,
        /// Since when it is owed.
        owed_since: Timestamp,
    },
    /// Its terms do not let it stand still.
    #[error("the terms of commitment {commitment} allow no pause")]
    NotPausable {
        /// The id.
        commitment: CommitmentId,
    },
    /// It has stood still as long as its terms allow.
    #[error("commitment {commitment} has been paused as long as its terms allow")]
    AllowanceSpent {
        /// The id.
        commitment: CommitmentId,
    },
    /// Its budget has run out; there is nothing left to stand still with.
    #[error("commitment {commitment} is due at {due}: its time has run, and standing still gives none")]
    RunOut {
        /// The id.
        commitment: CommitmentId,
        /// The deadline.
        due: Timestamp,
    },
    /// It stands still already, and a further reason has no end of its own.
    #[error(
        "commitment {commitment} stands still until {resume_by} already, for all its reasons; leave out the end, and resume when this one is gone"
    )]
    StandsLonger {
        /// The id.
        commitment: CommitmentId,
        /// Until when it stands at the latest.
        resume_by: Timestamp,
    },
    /// A promise stands still by an order only if the customer was told.
    #[error("commitment {commitment} is a promise: it pauses only if the customer was told")]
    NotTold {
        /// The id.
        commitment: CommitmentId,
    },
    /// The pause would end before it begins.
    #[error("a pause until {until} would end before it begins at {at}")]
    PauseEndsBefore {
        /// The asked end.
        until: Timestamp,
        /// The start.
        at: Timestamp,
    },
    /// It does not stand still for that reason.
    #[error("commitment {commitment} does not stand still for {reason:?}")]
    NotPausedFor {
        /// The id.
        commitment: CommitmentId,
        /// The reason given.
        reason: Name,
    },
    /// The agreement's own condition for standing still holds on.
    #[error("commitment {commitment} stands still for {reason:?} as long as its agreement's condition holds")]
    StillHolds {
        /// The id.
        commitment: CommitmentId,
        /// The reason.
        reason: Name,
    },
    /// Only the one who is owed can let the desk off.
    #[error("only {beneficiary} can say so of commitment {commitment}, to whom it is owed")]
    NotTheBeneficiary {
        /// The id.
        commitment: CommitmentId,
        /// Who is owed.
        beneficiary: Party,
    },
    /// Somebody was to look at it before now.
    #[error("a review until {review_by} would be over before it begins at {at}")]
    ReviewOver {
        /// Until when.
        review_by: Timestamp,
        /// When it was suggested.
        at: Timestamp,
    },
    /// The customer would have had to do his part, or a series would have come to its horizon, before it was promised.
    #[error("the limit {limit} is not after {made}, when it was promised")]
    LimitNotAfter {
        /// Until when the customer does his part, or a series goes on by itself.
        limit: Timestamp,
        /// When it was promised.
        made: Timestamp,
    },
    /// It would begin to count only after its deadline.
    #[error("what is done counts from {opens_at}, which is after the deadline {due}")]
    OpensAfterDue {
        /// From when it counts.
        opens_at: Timestamp,
        /// The deadline.
        due: Timestamp,
    },
    /// The new terms are worse for the customer.
    #[error("due at {due} is later than {present}, which is owed; propose it, and let the customer accept")]
    Worse {
        /// The id.
        commitment: CommitmentId,
        /// What is asked for.
        due: Timestamp,
        /// What is owed.
        present: Timestamp,
    },
    /// The new slot is worse for the customer.
    #[error(
        "commitment {commitment} would count from {opens_at} until {due}, and the customer agreed to {}; propose it, and let him accept",
        slot(*agreed)
    )]
    WorseSlot {
        /// The id.
        commitment: CommitmentId,
        /// From when it would count.
        opens_at: Timestamp,
        /// Until when.
        due: Timestamp,
        /// From when on he agreed to be there; absent if whatever is early counts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agreed: Option<Timestamp>,
    },
    /// There would be more rounds than a series can have before its horizon.
    #[error(
        "series {series} would have more than {MAX_ROUNDS} rounds before its horizon {horizon}; let somebody decide sooner"
    )]
    TooManyRounds {
        /// The series.
        series: SeriesId,
        /// Its horizon.
        horizon: Timestamp,
    },
    /// A breach would owe something at once, or nothing.
    #[error("what a breach of commitment {commitment} owes has no time, or no depth; give both, or leave it out")]
    OwesNothing {
        /// The commitment.
        commitment: CommitmentId,
    },
    /// The rounds of a series would come too fast, or its decision at once.
    #[error("the rounds of series {series} are at least a minute apart, and its decision has some time")]
    NoTimeBetween {
        /// The series.
        series: SeriesId,
    },
    /// There is no such series.
    #[error("there is no series {series}")]
    UnknownSeries {
        /// The id.
        series: SeriesId,
    },
    /// The id of the series has been used.
    #[error("series {series} has been started already; a new one needs a new id")]
    SeriesAlreadyStarted {
        /// The id.
        series: SeriesId,
    },
    /// What the series waited for has come already.
    #[error("series {series} was stopped at {stopped}")]
    SeriesAlreadyStopped {
        /// The series.
        series: SeriesId,
        /// When.
        stopped: Timestamp,
    },
    /// There is nothing to accept or to decline, or there was not by then.
    #[error("nothing has been proposed in place of commitment {commitment}")]
    NoProposal {
        /// The id.
        commitment: CommitmentId,
    },
    /// The customer has not accepted what was proposed last.
    #[error("what was proposed in place of commitment {commitment} was declined at {declined}; propose something else")]
    Declined {
        /// The id.
        commitment: CommitmentId,
        /// When.
        declined: Timestamp,
    },
    /// The customer has not been asked, reminded twice and warned, or the warning's limit has not passed; nor has he missed his slot.
    #[error(
        "commitment {commitment}: the customer is to be asked, reminded twice and warned, and silent past the limit; {}",
        steps(so_far)
    )]
    StepMissing {
        /// The id.
        commitment: CommitmentId,
        /// What is on record.
        so_far: Chasing,
    },
    /// The customer would have no time to answer before the next step, or before he is heard no more.
    #[error(
        "commitment {commitment}: the customer has until {earliest} to answer what he was told at {last}; {next} is too soon"
    )]
    TooSoon {
        /// The id.
        commitment: CommitmentId,
        /// When he was asked, reminded or warned.
        last: Timestamp,
        /// When the next step would be, or until when he would be heard.
        next: Timestamp,
        /// When that can be at the soonest.
        earliest: Timestamp,
    },
    /// There is no breach on its record that stands.
    #[error("commitment {commitment} has no breach that could be counted apart")]
    NoBreach {
        /// The id.
        commitment: CommitmentId,
    },
    /// What is given on is owed to the desk, not to a customer.
    #[error("commitment {commitment} would be owed to {beneficiary}; what is given on is owed to the desk")]
    OwedOutside {
        /// The id of what was to be given on.
        commitment: CommitmentId,
        /// Who would be owed.
        beneficiary: Party,
    },
    /// Nothing was owed of it any more when it was struck out, so that there is nothing to reinstate.
    #[error("commitment {commitment} was owed no more when it was struck out; promise it anew if it is to be owed")]
    OwedNoMore {
        /// The id.
        commitment: CommitmentId,
    },
    /// Another commitment goes on with what it was about.
    #[error("{by} goes on with what commitment {commitment} was about already")]
    AlreadyRenewed {
        /// The id.
        commitment: CommitmentId,
        /// The other.
        by: CommitmentId,
    },
    /// It takes another than the one who answered for it.
    #[error("commitment {commitment} is put right by another than the one who answered for it")]
    NotByAnother {
        /// The id.
        commitment: CommitmentId,
    },
    /// What is on record cannot be put right any more, or never could.
    #[error("what is to be put right of commitment {commitment} is on record since {closed}, {}", put_right_until(*until))]
    CorrectionOver {
        /// The id.
        commitment: CommitmentId,
        /// When it was closed or broken; of what is owed still, when it was made.
        closed: Timestamp,
        /// Until when it could have been; absent if there are no `corrections`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// It is in a phase in which this cannot be asked.
    #[error("commitment {commitment} is {phase}{}", way_out(*phase))]
    WrongPhase {
        /// The id.
        commitment: CommitmentId,
        /// Its phase.
        phase: PhaseName,
    },
    /// It is owed no more. Another may be owed in its place: one whose [`repairs`](super::Commitment::repairs) or
    /// [`renews`](super::Commitment::renews) names it, which [`Ledger::told_to`](super::Ledger::told_to) shows the customer.
    #[error("commitment {commitment} was closed at {closed}")]
    AlreadyClosed {
        /// The id.
        commitment: CommitmentId,
        /// When.
        closed: Timestamp,
    },
}

fn the(calendar: Option<&Name>) -> alloc::string::String {
    calendar.map_or("the calendar".into(), |name| alloc::format!("the calendar {name}"))
}

fn slot(agreed: Option<Timestamp>) -> alloc::string::String {
    agreed.map_or("whatever is early".into(), |agreed| alloc::format!("what comes from {agreed} on"))
}

fn steps(so_far: &Chasing) -> alloc::string::String {
    let asked = if so_far.asked { "asked" } else { "not asked" };
    let warned = so_far.until.map_or("not warned".into(), |until| alloc::format!("heard until {until}"));
    alloc::format!("so far he was {asked}, reminded {} times, {warned}", so_far.reminded)
}

fn put_right_until(until: Option<Timestamp>) -> alloc::string::String {
    match until {
        Some(until) => alloc::format!("and could be put right until {until}"),
        None => "and no \"corrections\" are given".into(),
    }
}

/// What can be asked of something in a phase in which much else cannot.
const fn way_out(phase: PhaseName) -> &'static str {
    match phase {
        PhaseName::Candidate => "; confirm or dismiss it first",
        PhaseName::Conditional => "; it waits for the customer's part",
        PhaseName::Paused => "; its clock stands still until it is resumed",
        PhaseName::Overdue => "; do it late, promise it again (`repairs`), waive it or write it off",
        PhaseName::Active | PhaseName::Closed => "",
    }
}
