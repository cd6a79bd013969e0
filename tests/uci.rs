//! The UCI incident log through the crate: its verdicts against those of the desk that wrote the log.
//!
//! The log is no part of the package. Where it is, `OWED_UCI_LOG` says; without it, those tests say that they are skipped.

#![allow(missing_docs, unreachable_pub, clippy::pedantic)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[allow(dead_code, reason = "the tests use a part of the example")]
#[path = "../examples/replay/mod.rs"]
mod replay;

#[allow(dead_code, reason = "the tests use a part of it")]
#[path = "replay/host.rs"]
mod host;
#[path = "uci/made_up.rs"]
mod made_up;
#[path = "uci/passes.rs"]
mod passes;
#[path = "uci/real.rs"]
mod real;
#[path = "uci/sealed.rs"]
mod sealed;
