//! The laws of the calendar, over random hours of every kind in odd zones, against an oracle that steps through time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod oracle;

mod calendar {
    mod cases;

    mod days;
    mod laws;
    mod leads;
    mod limits;
    mod reasons;
}
