//! The laws: what is never allowed to happen, over random rulebooks and commands. `README.md` here tells how they are
//! drawn, and which mistakes each law has caught.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

#[allow(dead_code, reason = "the laws of the calendar ask it more")]
mod oracle;

mod laws {
    mod asks;
    mod book;
    mod desk;
    mod dice;
    mod last_word;
    mod orders;
    mod rulebooks;
    mod running;
    mod silent_hosts;
    mod steps;
    mod story;

    mod answers;
    mod consequences;
    mod cycles;
    mod deadlines;
    mod editions;
    mod escalation;
    mod hindsight;
    mod own_metric;
    mod pauses;
    mod promises;
    mod put_right;
    mod rare_rows;
    mod row_names;
    mod silence;
    mod storage;
    mod time;
    mod two_tickets;
    mod verdicts;
}
