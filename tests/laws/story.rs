//! A story: a random rulebook, and what happens on one ticket under it. Every law is held against many of them.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use owed::{Rulebook, Ticket, Timestamp};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestCaseResult, TestRng, TestRunner};

use super::desk::{Call, Desk};
use super::dice::Dice;
use super::rulebooks::rulebook;
use super::steps::{Scene, TICKET, Turn};

#[derive(Clone)]
pub(crate) struct Story {
    /// The rulebook as it was written.
    pub(crate) text: String,
    pub(crate) rules: Rc<Rulebook>,
    pub(crate) turns: Vec<Turn>,
}

/// Holds a law against random stories: 256, or as many as `PROPTEST_CASES` says.
pub(crate) fn for_every_story(law: impl Fn(&Story) -> TestCaseResult) {
    let config = Config { failure_persistence: None, max_shrink_time: 60_000, ..Config::default() };
    if let Err(error) = TestRunner::new(config).run(&stories(), |story| law(&story)) {
        panic!("{error}");
    }
}

/// The same stories every time.
pub(crate) fn some_stories(how_many: usize) -> impl Iterator<Item = Story> {
    let rng = TestRng::from_seed(proptest::test_runner::RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    (0..how_many).map(move |_| stories().new_tree(&mut runner).expect("a story").current())
}

fn stories() -> impl Strategy<Value = Story> {
    let turn = prop::array::uniform32(any::<u16>());
    let edition = || prop::collection::vec(any::<u16>(), 250);
    let editions = prop_oneof![
        5 => prop::collection::vec(edition(), 1),
        4 => prop::collection::vec(edition(), 1..=2),
        1 => prop::collection::vec(edition(), 1..=3),
    ];
    let turns = prop::collection::vec(turn, 1..40);
    (any::<u16>(), editions, turns).prop_map(|(base, editions, turns)| Story::new(base, &editions, &turns))
}

impl Story {
    fn new(base: u16, editions: &[Vec<u16>], turns: &[[u16; 32]]) -> Self {
        let base: Timestamp = Dice::new(&[base])
            .weighted(&[
                (20, "2026-03-02T09:00:00Z"),
                (8, "2026-03-27T16:00:00Z"),
                (8, "2026-10-23T13:30:00Z"),
                (1, "9999-12-28T18:00:00Z"),
                (1, "0001-01-01T00:00:01Z"),
            ])
            .parse()
            .unwrap();
        let text = rulebook(editions, base).to_string();
        let rules = load(&text);
        let turns = told(&rules, base, turns);
        Self { text, rules, turns }
    }

    /// Plays it, wakes and all, and then lets time alone go on to its end. The law is asked after every call.
    pub(crate) fn play(&self, mut law: impl FnMut(&Desk<'_>, &Call<'_>) -> TestCaseResult) -> TestCaseResult {
        let mut desk = Desk::new(&self.rules);
        for turn in &self.turns {
            for wake in &turn.wakes {
                let call = desk.wake(*wake);
                law(&desk, &call)?;
            }
            let call = desk.handle(&turn.command);
            law(&desk, &call)?;
        }
        let _rest = desk.sleep_on(5, &mut law)?;
        let call = desk.wake(Timestamp::MAX);
        law(&desk, &call)
    }

    /// Everything that is recorded when it is played to the end of time.
    pub(crate) fn played(&self) -> Desk<'_> {
        let mut played = Desk::new(&self.rules);
        let keep = |desk: &Desk<'_>, _: &Call<'_>| {
            played.log.clone_from(&desk.log);
            Ok(())
        };
        self.play(keep).expect("no law to break");
        played.ticket = Ticket::replay(TICKET, &played.log);
        played
    }
}

/// Tells a story turn by turn, each with a view of how the ticket stands then.
fn told(rules: &Rulebook, base: Timestamp, numbers: &[[u16; 32]]) -> Vec<Turn> {
    let mut desk = Desk::new(rules);
    let mut turns: Vec<Turn> = Vec::new();
    let mut now = base;
    for numbers in numbers {
        let scene = Scene { rules, ticket: &desk.ticket, turns: &turns, now };
        let mut turn = scene.turn(&mut Dice::new(numbers));
        if desk.handle(&turn.command).tells_the_time() {
            now = now.max(turn.command.at);
        } else {
            // The next command may be earlier than that, and must not be later than a wake.
            turn.wakes.clear();
        }
        turns.push(turn);
    }
    turns
}

/// While a failing story is made shorter, its rulebook mostly stays as it is.
fn load(text: &str) -> Rc<Rulebook> {
    thread_local!(static LAST: RefCell<Option<(String, Rc<Rulebook>)>> = const { RefCell::new(None) });
    LAST.with_borrow_mut(|last| match last {
        Some((known, rules)) if known == text => Rc::clone(rules),
        _ => {
            let rules = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
            Rc::clone(&last.insert((text.to_owned(), Rc::new(rules))).1)
        }
    })
}

impl fmt::Debug for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nrulebook: {}", self.text)?;
        for Turn { wakes, command } in &self.turns {
            for wake in wakes {
                writeln!(f, "wake:     {wake}")?;
            }
            writeln!(f, "command:  {}", serde_json::to_string(command).map_err(|_| fmt::Error)?)?;
        }
        Ok(())
    }
}
