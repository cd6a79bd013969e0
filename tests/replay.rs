//! The example `replay` as a user runs it: its forms, what it says of bad input, its exit status, its small desk.

#![allow(missing_docs, unreachable_pub, clippy::pedantic)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "replay/forms.rs"]
mod forms;
#[path = "replay/host.rs"]
mod host;
#[path = "replay/small_desk.rs"]
mod small_desk;
#[path = "replay/time.rs"]
mod time;
#[path = "replay/wrong.rs"]
mod wrong;
