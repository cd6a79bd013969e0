//! Incidents: one cause, many customers. What is owed to each, when, and until when; what keeps it and what does not; who has been told; what
//! linked tickets are told; two incidents that are one; every order in every phase; and the laws.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod incidents {
    mod broken_once;
    mod customers;
    #[allow(dead_code, reason = "the laws of tickets ask it more")]
    #[path = "../laws/dice.rs"]
    mod dice;
    mod host;
    mod kept;
    mod laws;
    mod life;
    mod merged;
    mod table;
    mod tale;
    mod telling;
    mod tickets;
}
