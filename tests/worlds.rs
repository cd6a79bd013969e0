//! Small worlds of a whole ticket, explored whole: the real `handle`, `wake` and `apply`, every order in every state there is, to a depth.
//!
//! `OWED_WORLDS=1 cargo test --release --test worlds -- --nocapture` goes one step deeper, and so on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod worlds {
    mod chart;
    mod deeds;
    mod explore;
    mod key;
    mod key_commitment;
    mod law_deadlines;
    mod law_pauses;
    mod law_releases;
    mod law_ticket;
    mod laws;
    mod laws_of_time;
    mod merged;
    mod moves;
    mod promises;
    mod rows;
    mod small_worlds;
    mod state;
    mod whole;
    mod world;
}
