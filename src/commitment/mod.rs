//! What is owed, by when, and what became of it?
//!
//! A reply that a contract owes and a call that an agent promised are one kind of thing with one life:
//!
//! ```text
//!  suggest ┌───────────┐ confirm, or nobody looks
//! ────────▶│ Candidate │────────┐
//!          └───────────┘        │     pause ┌────────┐ withdrawn
//!               │ on a condition│   ┌──────▶│ Paused │───────────┐
//!               ▼               │   │       └────────┘           │
//!          ┌─────────────┐      │   │ resume,  │                 ▼
//! ────────▶│ Conditional │ met  ▼   │          │  due passes, ┌─────────┐
//!  promise └─────────────┘──▶┌────────┐◀───────┘  withdrawn   │ Overdue │   broken, and still owed
//! ──────────────────────────▶│ Active │──────────────────────▶└─────────┘
//!                            └────────┘                            │
//!   from each: done: Fulfilled    │                                │ done late, superseded, waived, given up: Breached
//!   released, lapsed, …: Void     ▼                                ▼ shown to have been done in time: Fulfilled
//!          ┌──────────────────────────────────────────────────────────┐
//!          │                         Closed                           │   nothing is owed any more; never opened again
//!          └──────────────────────────────────────────────────────────┘
//! ```
//!
//! What is taken up again after its closing is a commitment of its own, linked to the one before: a repair, a renewal, a round of a
//! series. What one owes because of another follows from it at once.
//!
//! Where it is (its [`Phase`]) and what became of it (its [`Verdict`]) are two things: what is overdue has its verdict, and is
//! owed all the same. A verdict is given once. What is delivered late closes a broken commitment and does not mend it.
//!
//! The room stands alone. A [`Ledger`] answers what is owed, to whom and by whom, and what a customer may see of it; whoever has no
//! tickets keeps one as an [`Account`], whose loop, envelopes and journal are a ticket's too.
//!
//! Whoever decides has the rules, whoever takes in what is stored has none: stored facts load, whatever the rules have become.

mod account;
mod addressee;
mod bond;
mod born;
mod build;
mod cause;
mod channel;
mod clock;
mod clock_order;
mod code;
mod corrections;
mod debts;
mod decide;
mod deliverable;
mod due_rule;
pub mod envelope;
mod erase;
mod event;
mod evolve;
mod happened;
mod hours;
mod journal;
mod ledger;
mod line;
mod made;
mod may_promise;
mod missed;
mod notes;
mod order;
mod origin;
mod party;
mod phase;
mod promise;
mod refusal;
mod series;
mod stand_in;
mod state;
mod stored;
pub(crate) mod stream;
pub(crate) mod strict;
mod terms;
mod time_to_answer;
mod timer;
mod together;
mod told;
mod told_line;
mod view;
mod warning;

pub use account::{Account, AccountRefusal, Command, Recorded, Refused, Stored};
pub use addressee::Addressee;
pub(crate) use addressee::Reach;
pub use build::{Promising, PromisingBy, PromisingTo};
pub use cause::{BreachCause, Ending, Exclusion, Short, VoidCause};
pub use channel::Channel;
pub(crate) use clock::resume_by;
pub use clock::{Clock, Fallback, Pause};
pub use clock_order::OnPriorityChange;
pub(crate) use clock_order::{ClockOrder, Continues, NEVER_BEGAN, Start, TakenBack, Target};
pub use corrections::Corrections;
pub use debts::Counts;
pub(crate) use decide::{
    By, Calendars, Context, Duty, amends, decide as decide_order, decide_for_agreement, decide_for_duty,
    decide_for_return, due_now, follow_ups, heard, may_be_found_absent, may_be_owed, returned, speaks_for_the_customer,
    would_be_due,
};
pub use deliverable::{Deliverable, Kept};
pub use due_rule::{DueRule, WallTime};
pub(crate) use envelope::CommandRefusal;
pub use event::Event;
pub(crate) use evolve::Recording;
pub use happened::{Happened, Stamp};
pub use hours::Hours;
pub(crate) use journal::Journal;
pub use ledger::Ledger;
pub use made::{Amended, Drafted, Promised, Proposal, Retargeted, Running};
pub use may_promise::{MayPromise, Permit};
pub(crate) use missed::{are_of_one_series, is_missing_news};
pub use notes::{Chasing, Notes, Tried};
pub use order::Order;
pub use origin::{AgreementKind, Binding, Cycle, OfIncident, Origin, Renewal, Renews, Rule, RuleReason};
pub use party::{Actor, Owner, Party};
pub use phase::{Outcome, Phase, PhaseName, Verdict};
pub use promise::{Attempt, Chase, Promise, StartSeries};
pub use refusal::Refusal;
pub use series::{Rounds, Series, Slot};
pub(crate) use stand_in::stand_in as roughly;
pub use state::{Breach, Commitment};
pub(crate) use stream::{Run, Source, Stream};
pub use terms::{Allowance, BreachOwes, Condition, Terms};
pub use time_to_answer::TimeToAnswer;
pub use timer::Armed;
pub(crate) use timer::Timer;
pub(crate) use together::{Pair, Pairs, together};
pub use told::{InItsPlace, Speaker, Standing, Told};
pub use warning::{MAX_WARNINGS, Warning, WarningAt, WarningError};
