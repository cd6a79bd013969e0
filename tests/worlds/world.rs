//! A small world: a rulebook, what may be tried in it, and how many steps deep it is explored.

use owed::commitment::Corrections;
use owed::rulebook::Edition;
use owed::{EditionNumber, Order, Rulebook};

use super::deeds::ALL;
use super::moves::{HOUR, Move};

pub struct World {
    pub name: &'static str,
    pub rules: Rulebook,
    /// How far they let a person put a record right.
    pub corrections: Option<Corrections>,
    pub moves: Vec<&'static Move>,
    /// How many steps it is explored deep: commands that are taken, wakes, and time that passes.
    pub depth: usize,
    /// How many commitments a host gives ids to, at most.
    pub promises: usize,
    /// How far back what has happened can make a difference, in microseconds.
    pub reach: u64,
    pub open: Order,
    /// What has happened before anything is tried: names of moves.
    pub before: Vec<&'static Move>,
    /// Whether the ticket may be merged into another one of the customer's.
    pub merges: bool,
}

impl World {
    /// By the rules in JSON, and the names of moves, one after the other with commas.
    pub fn new(name: &'static str, depth: usize, promises: usize, rules: &str, moves: &str) -> Self {
        let moves = called(moves);
        let open = r#"{"room": "ticket", "type": "open", "requester": "c-1", "priority": "2"}"#;
        let rules: Rulebook = serde_json::from_str(rules).unwrap_or_else(|why| panic!("{name}: {why}"));
        let corrections = rules.edition(EditionNumber(1)).and_then(Edition::corrections);
        let open = serde_json::from_str(open).unwrap();
        Self {
            name,
            rules,
            corrections,
            moves,
            depth,
            promises,
            reach: 8 * HOUR,
            open,
            before: Vec::new(),
            merges: false,
        }
    }

    /// The same, in which something has happened already.
    pub fn after(self, moves: &str) -> Self {
        Self { before: called(moves), ..self }
    }

    /// The same, in which the ticket may be merged.
    pub fn that_merges(self) -> Self {
        Self { merges: true, ..self }
    }
}

fn called(names: &str) -> Vec<&'static Move> {
    let of_name = |name: &str| {
        let found = ALL.iter().find(|found| found.name == name.trim());
        found.unwrap_or_else(|| panic!("no move is called {name}"))
    };
    names.split(',').map(of_name).collect()
}
