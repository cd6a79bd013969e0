//! One cause, many customers.
//!
//! ```text
//!             resolve                close
//!  declare ┌─────────┐ ─────────▶ ┌──────────┐ ─────────▶ ┌────────┐  refused while a promise is owed
//! ────────▶│ Ongoing │            │ Resolved │            │ Closed │
//!          └─────────┘ ◀───────── └──────────┘ ◀───────── └────────┘
//!            │   ▲      reopen      │     not safe, bounced    │
//!            │   └──────────────────┼──────────────────────────┘
//!            │ merge                │ merge       reopen
//!            ▼                      ▼
//!          ┌──────────────────────────┐
//!          │          Merged          │  all that is owed went over to the other
//!          └──────────────────────────┘
//! ```
//!
//! An incident is one stream of events. What it owes is in a [`Ledger`](crate::commitment::Ledger), as everything that is owed: a notice
//! to each affected customer, an answer to each who asks, and to all of them the fix or a dated review, and updates. When it is resolved,
//! each is owed the news and the question whether he is safe; whoever is not has his own part open again.
//!
//! Who has been told, who not and who too late is read off that ledger ([`Incident::notices`]); nothing of it is kept twice.

mod affected;
mod clocks;
mod decide;
pub mod envelope;
mod event;
mod evolve;
mod handle;
mod merge;
mod order;
mod phase;
mod refusal;
mod report;
mod role;
mod state;
mod terms;

pub use affected::{Affected, Part, Recurrence};
pub use clocks::Clocks;
pub use event::{Declared, Event, Untold};
pub use merge::{Both, Merge, RefusedBoth};
pub use order::{Declare, Order, Telling, Whom, WhyOff};
pub use phase::Phase;
pub use refusal::Refusal;
pub use report::{Notice, Report};
pub use role::Role;
pub use state::{Incident, Standing};
pub use terms::{Mending, Owes, Target, Updates};
