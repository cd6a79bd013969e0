//! One duty as data, and what it comes to in the words of a rulebook.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::Name;
use crate::calendar::{ElapsedTime, Term};
use crate::commitment::{BreachOwes, Deliverable};
use crate::policy::agreement::TargetRule;
use crate::policy::condition::{Clause, Condition, Test};
use crate::policy::fact::{Author, Status, Visibility};
use crate::policy::metric::{Cycles, Metric};
use crate::policy::pattern::{FactKind, Pattern, PauseRule};
use crate::policy::target::{Budgets, PauseLimit};
use crate::policy::value::Value;

/// One duty of a preset.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Duty {
    /// The metric that measures it.
    pub metric: &'static str,
    /// The article.
    pub source: &'static str,
    /// What is owed, in a word.
    pub owes: &'static str,
    /// When it starts.
    pub starts: Starts,
    /// What it is done by, each of which is enough.
    pub done: &'static [Done],
    /// How much time there is.
    pub budget: Term,
    /// What stops its clock, if anything does.
    pub stop: Option<Stop>,
    /// Within how much time a breach owes its reasons, if it does.
    pub reasons: Option<ElapsedTime>,
}

/// When a duty starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Starts {
    /// When the matter was opened: once, by when that happened.
    Opened,
    /// Then, and at every message of an agent to the customer until one of these fields is set.
    News(&'static [&'static str]),
}

/// What a duty is done by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Done {
    /// The host sets this field to anything but `false`.
    Field(&'static str),
    /// A message to the customer by anybody at the desk, be it an automatic one.
    Message,
    /// An agent's message to the customer.
    AgentsMessage,
    /// The matter is solved or closed.
    Solved,
    /// The matter is closed.
    Closed,
}

/// What stops the clock of a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stop {
    /// While this field is `true`.
    pub field: &'static str,
    /// What that is called.
    pub reason: &'static str,
    /// How long in all; what stands must resume some day.
    pub total: ElapsedTime,
}

/// What a ticket has to be besides what the whole preset is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Only {
    All,
    Having(&'static str),
    Lacking(&'static str),
}

impl Duty {
    /// A duty that starts with the matter, and whose clock nothing stops.
    pub(super) const fn new(
        metric: &'static str,
        source: &'static str,
        owes: &'static str,
        budget: Term,
        done: &'static [Done],
    ) -> Self {
        Self { metric, source, owes, starts: Starts::Opened, done, budget, stop: None, reasons: None }
    }

    pub(super) fn metric(&self) -> Metric {
        let opened = Pattern::from(FactKind::Opened { author: Vec::new() });
        let (start, cycles) = match self.starts {
            Starts::Opened => (Vec::from([opened]), Cycles::Once),
            Starts::News(until) => {
                let over = until.iter().map(|field| Condition(is_set(field)));
                let when = Condition(Vec::from([not(Condition(Vec::from([Clause::Any(over.collect())])))]));
                let news = Pattern { when, ..Pattern::from(Done::by(&[Author::Agent])) };
                (Vec::from([opened, news]), Cycles::Each)
            }
        };
        Metric {
            deliverable: deliverable(self.owes),
            start,
            after: None,
            stop: self.done.iter().map(|done| done.pattern()).collect(),
            cancel: Vec::new(),
            reset: Vec::new(),
            pause: Vec::new(),
            cycles,
        }
    }

    pub(super) fn target(&self) -> TargetRule {
        let budget = Budgets { by_priority: BTreeMap::new(), otherwise: Some(self.budget) };
        let pause = self.stop.and_then(|stop| {
            let when = Condition(Vec::from([field(stop.field, Test::In(Vec::from([Value::Flag(true)])))?]));
            Some(Vec::from([PauseRule { reason: Name::new(stop.reason).ok()?, when }]))
        });
        let breach_owes = self.reasons.map(|within| BreachOwes {
            deliverable: Deliverable::Explanation,
            within: Term::Elapsed(within),
            depth: 1,
        });
        TargetRule {
            pause,
            pausable: self.stop.map(|stop| PauseLimit { total: stop.total, once: None }),
            breach_owes,
            source: Name::new(self.source).ok(),
            ..TargetRule::new(budget)
        }
    }
}

/// What is owed: one of the words that everybody has, or the duty's own.
fn deliverable(owes: &str) -> Deliverable {
    match owes {
        "update" => Deliverable::Update,
        "notice" => Deliverable::Notice,
        "decision" => Deliverable::Decision,
        "fix" => Deliverable::Fix,
        other => Name::new(other).map_or(Deliverable::Reply, Deliverable::Other),
    }
}

impl Done {
    fn by(author: &[Author]) -> FactKind {
        FactKind::Message {
            author: author.into(),
            visibility: Vec::from([Visibility::Public]),
            by: Vec::new(),
            class: Vec::new(),
        }
    }

    fn pattern(self) -> Pattern {
        let status = |to: &[Status]| Pattern::from(FactKind::Status { from: Vec::new(), to: to.into() });
        match self {
            Self::Field(field) => {
                let name = Name::new(field).into_iter().collect();
                Pattern { when: Condition(is_set(field)), kind: FactKind::Field { name } }
            }
            Self::Message => Self::by(&[Author::Agent, Author::Automation, Author::Ai]).into(),
            Self::AgentsMessage => Self::by(&[Author::Agent]).into(),
            Self::Solved => status(&[Status::Solved, Status::Closed]),
            Self::Closed => status(&[Status::Closed]),
        }
    }
}

impl Only {
    /// A condition with this besides.
    pub(super) fn and(self, when: Condition) -> Condition {
        let flag = |name| field(name, Test::In(Vec::from([Value::Flag(true)])));
        let besides = match self {
            Self::All => None,
            Self::Having(name) => flag(name),
            Self::Lacking(name) => flag(name).map(|flag| not(Condition(Vec::from([flag])))),
        };
        let Some(besides) = besides else { return when };
        // A condition asks each thing once; what a rulebook has written may ask of fields already.
        if let [Clause::Tags(_)] = when.0.as_slice() {
            return Condition(when.0.into_iter().chain([besides]).collect());
        }
        Condition(Vec::from([Clause::All(Vec::from([when, Condition(Vec::from([besides]))]))]))
    }
}

/// The tickets that have a tag.
/// A ticket of such a kind, or so tagged.
pub(super) fn tagged(tag: &str) -> Condition {
    let by_tag = |tag| Condition(Vec::from([Clause::Tags(Vec::from([tag]))]));
    let by_kind = |kind| Condition(Vec::from([Clause::Kind(Vec::from([kind]))]));
    let either = Name::new(tag).map(|tag| Clause::Any(Vec::from([by_tag(tag.clone()), by_kind(tag)])));
    Condition(either.into_iter().collect())
}

/// That a field is there, and is not `false`.
fn is_set(name: &str) -> Vec<Clause> {
    let no = field(name, Test::In(Vec::from([Value::Flag(false)])));
    let no = no.map(|no| not(Condition(Vec::from([no]))));
    field(name, Test::Present(true)).into_iter().chain(no).collect()
}

fn field(name: &str, test: Test) -> Option<Clause> {
    Some(Clause::Fields(BTreeMap::from([(Name::new(name).ok()?, test)])))
}

fn not(condition: Condition) -> Clause {
    Clause::Not(Box::new(condition))
}
