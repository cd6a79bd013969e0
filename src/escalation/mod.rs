//! Who must hear of it, and when?
//!
//! ```text
//!                        ┌────────── not acknowledged: next rung, then next round ──────────┐
//!        clock           ▼                                                                  │
//!  Armed ─────▶ Notified(rung, round) ──────────────────────────────────────────────────────┘
//!    ▲             │  ▲      │    └─ the last rung of the last round ─▶ Exhausted ─┐ a day later, two, four …:
//!    │ cause       │  │      │                                          │  ▲ ▲     │ it reminds, and is never silent
//!                  │  │      └ snooze ─▶ Snoozed ─┐    acknowledge ─────┘  │ └─────┘
//!    acknowledge ──┘  └─ time over, lapse + 1 ────┤                        │
//!         ▼                                       │                        │
//!    Acknowledged ◀─ progress: held longer ───────┴─── no lapse is left ───┘
//!
//!  any of them ── all causes gone, or somebody said why ─▶ Closed
//! ```
//!
//! A [`Ladder`] is data, and an escalation carries the copy that it began with. Its timers run from the instants that were scheduled, so
//! lateness does not add up, and how often it can tell anybody is known beforehand: [`Ladder::bound`]. It never changes what is
//! owed, to whom, by when or by whom: it only says who must hear of it.
//!
//! The customer's request for a decision is here too ([`Order::AskForDecision`]): it makes a commitment, and is never refused in silence.

mod board;
mod bound;
mod cause;
mod complained;
mod decide;
mod event;
mod evolve;
mod flaw;
mod ladder;
mod order;
mod read;
mod refusal;
mod state;
mod supervisor;
mod trigger;

pub use board::{DecisionRequest, Escalations};
pub use bound::{Bound, Plan};
pub use cause::{Brief, Cause, Subject, Why};
pub(crate) use decide::{
    Asking, Denied, Occasion, Scene, Settled, ask, decide, decide_for_causes, decide_for_time, decided, progress,
    start, to_be_decided,
};
pub use event::{Closing, Decision, Digest, Event, Notice, Started, Unhandled};
pub use flaw::Flaw;
pub use ladder::{AfterHold, IfNobody, Ladder, MAX_RUNGS, Rung, Suggestion};
pub use order::Order;
pub(crate) use read::{Reminders, check_ladders, ladder, remind, supervisor};
pub use refusal::Refusal;
pub use state::{Escalation, Place, Stage, StageName};
pub use supervisor::Supervisor;
pub(crate) use trigger::Turned;
pub use trigger::{Happening, On, Trigger, Turn};
