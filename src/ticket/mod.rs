//! The matter as a whole: orders in, facts out.
//!
//! ```text
//!            set_status        solve               close
//!  open ┌─────────────────┐ ─────────▶ ┌────────┐ ───────▶ ┌────────┐
//! ─────▶│ New             │            │ Solved │          │ Closed │  refused while a promise is owed
//!       │ Open            │ ◀───────── └────────┘          └────────┘
//!       │ Pending, OnHold │   reopen                           │
//!       └─────────────────┘ ◀──────────────────────────────────┘
//! ```
//!
//! A ticket is one stream of events. It holds its conversation as facts, and its commitments in a
//! [`Ledger`](crate::commitment::Ledger); what its agreements order about those is carried out as the facts come.
//!
//! The words that its orders are made of (who wrote, who can read it, where it stands) are the ones that
//! [`policy`](crate::policy) counts by, and can be had from either room.

mod about;
mod carry;
mod correct;
mod decide;
pub(crate) mod envelope;
mod escalate;
mod event;
mod evolve;
mod fact;
mod give_up;
mod handle;
mod mark;
mod merge;
mod order;
mod react;
mod refusal;
mod replan;
mod silence;
mod split;
mod state;
mod status;
mod together;
mod undone;

pub use crate::commitment::Addressee;
pub use about::About;
pub use event::Event;
pub use merge::Merge;
pub use order::Order;
pub use refusal::{Owing, Refusal};
pub(crate) use refusal::{count, list};
pub use silence::{Began, Silence, StepAt, Told};
pub use split::Split;
pub use state::Ticket;
pub use together::{Both, RefusedBoth};
pub use undone::{EffectRef, Undone};

pub use crate::commitment::Channel;
pub use crate::policy::{Author, Class, InVain, Mark, Remedy, Stage, Status, Value, Visibility};
