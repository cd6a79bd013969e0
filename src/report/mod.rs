//! Answers computed from what has been recorded.

mod statement;
mod tally;

pub use statement::{Closing, PausedTime, Statement, statements};
pub use tally::{Row, Tally, TallyKey};
