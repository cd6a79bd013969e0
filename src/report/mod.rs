//! Answers computed from what has been recorded.

mod explain;
mod statement;
mod tally;

pub use explain::{Considered, CycleExplained, Explanation, MetricExplained, Now, Seen, explain};
pub use statement::{Closing, PausedTime, Statement, statements};
pub use tally::{Row, Tally, TallyKey};
