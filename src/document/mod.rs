//! Documents that people write: read leniently, judged strictly.
//!
//! A derive stops at the first thing that does not fit, and names no place. Whoever writes a calendar or a rulebook by
//! hand wants to hear everything that is wrong, and where. So a document is first read into a [`Node`] as it stands,
//! whatever it says; then it is walked with an [`Entry`] in hand, which knows its own place, and everything that does
//! not fit goes to the [`Findings`].
//!
//! What machines write is read by derives, and sometimes from a [`Node`] too: where it matters in what it does not fit ([`Misfit`]), and where
//! a word that nobody knows is an error in one place and none in another ([`strict`]).
//!
//! ```text
//! text ─serde─▶ Node ─Entry::root─▶ Entry ─map, list, text, parse─▶ values
//!                                     └──────what does not fit────▶ Findings ─finish─▶ Ok(value) | Err(Problems)
//! ```

mod entry;
mod findings;
mod node;
mod problem;
mod typed;

pub(crate) use entry::{Entry, Fields};
pub(crate) use findings::Findings;
pub(crate) use node::Node;
pub use problem::{FormFlaw, Problem, Problems};
pub(crate) use typed::{Misfit, known_words, strict, tolerant};
