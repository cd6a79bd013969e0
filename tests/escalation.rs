//! Escalation: ladders that never go quiet. Each row of the chart, what a ladder may not be, the customer's request, and every small ladder
//! there is, explored whole.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

#[allow(dead_code, reason = "other tests ask it more")]
mod desk;

mod escalation {
    mod broken_once;
    mod broken_thrice;
    mod broken_twice;
    mod causes;
    mod chart;
    mod kept;
    mod kept_again;
    mod kept_as_written;
    mod ladders;
    mod put_right;
    mod reminders;
    mod request;
    mod rounds;
    mod small;
    mod small_host;
    mod small_rows;
    mod table;
}
