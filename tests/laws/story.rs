//! A story: a random rulebook, and what happens on one ticket under it. Every law is held against many of them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use owed::{Rulebook, Ticket, Timestamp};
use proptest::prelude::*;
use proptest::strategy::{NewTree, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, RngSeed, TestCaseResult, TestRng, TestRunner};

use super::desk::{Call, Desk};
use super::dice::Dice;
use super::rulebooks::rulebook;
use super::steps::{Scene, TICKET, Turn};

#[derive(Clone)]
pub(crate) struct Story {
    /// The rulebook as it was written.
    pub(crate) text: String,
    pub(crate) rules: Arc<Rulebook>,
    pub(crate) turns: Vec<Turn>,
}

/// Holds a law against random stories: 256, or as many as `PROPTEST_CASES` says, and then others each time, or those of `PROPTEST_RNG_SEED`.
pub(crate) fn for_every_story(law: impl Fn(&Story) -> TestCaseResult) {
    hold(&law, stories(None).boxed());
}

/// The same for a law that tells its stories itself, from what was drawn.
pub(crate) fn for_everything_drawn(law: impl Fn(&Drawn) -> TestCaseResult) {
    hold(&law, drawn(None).boxed());
}

// Laws come behind a pointer: what plays to them is compiled once, and not for each of them.
fn hold<T: fmt::Debug>(law: &dyn Fn(&T) -> TestCaseResult, cases: BoxedStrategy<T>) {
    // The same stories at every run, so that a red law is red for everybody; whoever asks for more gets new ones.
    let usual = std::env::var_os("PROPTEST_CASES").is_none();
    let rng_seed = if usual { RngSeed::Fixed(2026) } else { Config::default().rng_seed };
    // Whoever only asks whether a law is red need not wait for the shortest story.
    let given = std::env::var_os("PROPTEST_MAX_SHRINK_ITERS").is_some();
    let max_shrink_iters = if given { Config::default().max_shrink_iters } else { 100_000 };
    let config =
        Config { failure_persistence: None, max_shrink_iters, max_shrink_time: 60_000, rng_seed, ..Config::default() };
    if let Err(error) = TestRunner::new(config).run(&cases, |case| law(&case)) {
        panic!("{error}");
    }
}

/// The same stories every time.
pub(crate) fn some_stories(how_many: usize) -> impl Iterator<Item = Story> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config { cases: 256, ..Config::default() }, rng);
    (0..how_many).map(move |_| stories(Some(7)).new_tree(&mut runner).expect("a story").current())
}

fn stories(first: Option<u64>) -> impl Strategy<Value = Story> {
    drawn(first).prop_map(Story::of)
}

/// A rulebook, when it begins, and the numbers that each turn is found by.
#[derive(Clone)]
pub(crate) struct Drawn {
    pub(crate) text: String,
    pub(crate) rules: Arc<Rulebook>,
    pub(crate) base: Timestamp,
    pub(crate) turns: Vec<Vec<u16>>,
}

impl fmt::Debug for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nrulebook: {}\nfrom: {}\nturns: {:?}", self.text, self.base, self.turns)
    }
}

fn drawn(first: Option<u64>) -> impl Strategy<Value = Drawn> {
    let turn = prop::collection::vec(any::<u16>(), 56);
    let edition = || prop::collection::vec(any::<u16>(), 250);
    let editions = prop_oneof![
        5 => prop::collection::vec(edition(), 1),
        4 => prop::collection::vec(edition(), 1..=2),
        1 => prop::collection::vec(edition(), 1..=3),
    ];
    let rulebooks = Shelf { first, told: AtomicU64::new(0), of: (any::<u16>(), editions) };
    let turns = prop::collection::vec(turn, 1..40);
    (rulebooks, turns).prop_map(|((base, editions), turns)| Drawn::new(base, &editions, turns))
}

impl Drawn {
    fn new(base: u16, editions: &[Vec<u16>], turns: Vec<Vec<u16>>) -> Self {
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
        Self { text, rules, base, turns }
    }
}

impl Story {
    pub(crate) fn of(drawn: Drawn) -> Self {
        let Drawn { text, rules, base, turns } = drawn;
        let turns = told(&rules, base, &turns);
        Self { text, rules, turns }
    }

    /// Plays it, wakes and all, and then lets time alone go on to its end. The law is asked after every call.
    pub(crate) fn play(&self, mut law: impl FnMut(&Desk<'_>, &Call<'_>) -> TestCaseResult) -> TestCaseResult {
        self.play_to(&mut law)
    }

    fn play_to(&self, law: &mut dyn FnMut(&Desk<'_>, &Call<'_>) -> TestCaseResult) -> TestCaseResult {
        let mut desk = Desk::new(&self.rules);
        for turn in &self.turns {
            for wake in &turn.wakes {
                let call = desk.wake(*wake);
                law(&desk, &call)?;
            }
            let call = desk.handle(&turn.command);
            law(&desk, &call)?;
        }
        let _rest = desk.sleep_on(5, &mut *law)?;
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
fn told(rules: &Rulebook, base: Timestamp, numbers: &[Vec<u16>]) -> Vec<Turn> {
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

/// As many values as there are cases, drawn anew in every run and shared by all laws: to load a rulebook takes longer than to
/// play a story. Of more than are kept in mind each is told eight stories in a row. A failing one is made simpler like any other.
#[derive(Debug)]
struct Shelf<S> {
    first: Option<u64>,
    told: AtomicU64,
    of: S,
}

const KEPT_IN_MIND: usize = 1_000;

impl<S: Strategy> Strategy for Shelf<S> {
    type Tree = S::Tree;
    type Value = S::Value;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        static FIRST: OnceLock<u64> = OnceLock::new();
        // Whichever law comes first, the same for all, and no draw of its own.
        let usual = std::env::var_os("PROPTEST_CASES").is_none();
        let drawn = || if usual { 2026 } else { TestRunner::new(Config::default()).rng().random() };
        let first = self.first.unwrap_or_else(|| *FIRST.get_or_init(drawn));
        let cases = u64::from(runner.config().cases.max(1));
        let in_a_row = self.told.fetch_add(1, Ordering::Relaxed) / 8;
        let place = if cases > KEPT_IN_MIND as u64 { in_a_row } else { runner.rng().random_range(0..cases) };
        let place = first.wrapping_add(place);
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&place.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        self.of.new_tree(&mut TestRunner::new_with_rng(runner.config().clone(), rng))
    }
}

fn load(text: &str) -> Arc<Rulebook> {
    static LOADED: Mutex<BTreeMap<String, Arc<Rulebook>>> = Mutex::new(BTreeMap::new());
    let known = LOADED.lock().unwrap().get(text).cloned();
    known.unwrap_or_else(|| {
        let rules = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let mut loaded = LOADED.lock().unwrap();
        if loaded.len() > KEPT_IN_MIND {
            loaded.clear();
        }
        Arc::clone(loaded.entry(text.to_owned()).or_insert(Arc::new(rules)))
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
