//! The metrics that every rulebook has, unless it gives the name another meaning.
//!
//! They are what helpdesks measure, written in the words that a user has for his own.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::condition::{Clause, Condition};
use super::fact::{Author, InVain, Status, Visibility};
use super::metric::{Cycles, Metric};
use super::pattern::{Assignee, FactKind, Handed, Pattern, PauseRule, Writer};
use crate::Name;
use crate::commitment::Deliverable;

/// Every built-in metric, by name.
///
/// # There are fourteen
///
/// ```
/// let built_in = owed::policy::built_in();
/// assert_eq!(built_in.len(), 14);
/// ```
#[must_use]
pub fn built_in() -> BTreeMap<Name, Metric> {
    let by_customer = || message(Author::Customer);
    let by_agent = || message(Author::Agent);
    let opened = || FactKind::Opened { author: Vec::new() };
    let response = |start: Vec<FactKind>| metric(Deliverable::Reply, start, [by_agent()]).cancelled_by([solved()]);
    let resolution = || metric(Deliverable::Fix, [opened(), reopened()], [solved()]);
    let update =
        || metric(Deliverable::Update, [opened(), by_agent()], [by_agent()]).cancelled_by([solved()]).unsolved();
    let first_response =
        response(Vec::from([FactKind::Opened { author: Vec::from([Author::Customer]) }, by_customer()]));
    let answered = [solved(), FactKind::NoReplyNeeded {}];
    let next_response = response(Vec::from([by_customer()])).cancelled_by(answered).following("first_response");
    let to_team = || FactKind::Assigned { to: Vec::from([Assignee::Team]) };
    let another_team = || FactKind::Assigned { to: Vec::from([Assignee::AnotherTeam]) };
    let another_agent = || FactKind::Assigned { to: Vec::from([Assignee::AnotherAgent]) };
    let to_agent = FactKind::Assigned { to: Vec::from([Assignee::Agent]) };
    let vendor = |to| FactKind::Vendor { to: Vec::from([to]) };
    let by_assignee = FactKind::Message {
        author: Vec::from([Author::Agent]),
        visibility: Vec::from([Visibility::Public]),
        by: Vec::from([Writer::Assignee]),
        class: Vec::new(),
    };
    let customer = || pause("waiting on the customer", Status::Pending);
    let third_party = || pause("waiting on a third party", Status::OnHold);
    let own = |name: &str| Name::new(name).map_or(Deliverable::Update, Deliverable::Other);
    [
        ("first_response", Metric { cycles: Cycles::Once, ..first_response }),
        ("next_response", next_response),
        ("periodic_update", update()),
        ("pausable_update", update().paused_by([customer()])),
        ("requester_wait", resolution().resumed().paused_by([customer()])),
        ("agent_work", resolution().resumed().paused_by([customer(), third_party()])),
        ("first_resolution", Metric { cycles: Cycles::Once, ..resolution() }),
        ("full_resolution", resolution().resumed()),
        (
            "time_to_own",
            metric(own("somebody takes it"), [opened(), to_team()], [to_agent]).cancelled_by([solved()]).unsolved(),
        ),
        (
            "ownership",
            metric(own("the team's part"), [another_team()], [another_team(), to_nobody(), solved()]).unsolved(),
        ),
        ("vendor", metric(own("the supplier's part"), [vendor(Handed::Vendor)], [vendor(Handed::Desk)])),
        (
            "assignee_response",
            metric(Deliverable::Reply, [another_agent()], [by_assignee])
                .cancelled_by([another_agent(), to_team(), to_nobody(), solved()])
                .unsolved(),
        ),
        ("hold_time", metric(own("back on the line"), [hold(true)], [hold(false)]).cancelled_by([hung_up()])),
        // A call in vain, if there is none before it that nobody has answered yet; whoever is spoken with after that has been called back.
        // Who calls about what is solved is owed it like who writes.
        ("call_back", metric(Deliverable::Callback, [in_vain()], [spoken()]).cancelled_by([solved()])),
    ]
    .into_iter()
    .filter_map(|(name, metric)| Some((Name::new(name).ok()?, metric)))
    .collect()
}

fn message(author: Author) -> FactKind {
    FactKind::Message {
        author: Vec::from([author]),
        visibility: Vec::from([Visibility::Public]),
        by: Vec::new(),
        class: Vec::new(),
    }
}

fn solved() -> FactKind {
    FactKind::Status { from: Vec::new(), to: Vec::from([Status::Solved, Status::Closed]) }
}

fn reopened() -> FactKind {
    let open = [Status::New, Status::Open, Status::Pending, Status::OnHold];
    FactKind::Status { from: Vec::from([Status::Solved, Status::Closed]), to: open.into() }
}

fn to_nobody() -> FactKind {
    FactKind::Assigned { to: Vec::from([Assignee::Nobody]) }
}

fn in_vain() -> FactKind {
    FactKind::Call { author: Vec::from([Author::Customer]), reached: Some(false), how: Vec::new() }
}

const fn spoken() -> FactKind {
    FactKind::Call { author: Vec::new(), reached: Some(true), how: Vec::new() }
}

fn hung_up() -> FactKind {
    FactKind::Call { author: Vec::new(), reached: None, how: Vec::from([InVain::LeftQueue, InVain::LeftHold]) }
}

const fn hold(on: bool) -> FactKind {
    FactKind::Hold { on: Some(on) }
}

fn pause(reason: &str, status: Status) -> Option<PauseRule> {
    let when = Condition(Vec::from([Clause::Status(Vec::from([status]))]));
    Some(PauseRule { reason: Name::new(reason).ok()?, when })
}

fn metric(
    deliverable: Deliverable,
    start: impl IntoIterator<Item = FactKind>,
    stop: impl IntoIterator<Item = FactKind>,
) -> Metric {
    Metric {
        deliverable,
        start: patterns(start),
        after: None,
        stop: patterns(stop),
        cancel: Vec::new(),
        reset: Vec::new(),
        pause: Vec::new(),
        cycles: Cycles::Each,
    }
}

fn patterns(kinds: impl IntoIterator<Item = FactKind>) -> Vec<Pattern> {
    kinds.into_iter().map(Pattern::from).collect()
}

impl Metric {
    fn cancelled_by(self, kinds: impl IntoIterator<Item = FactKind>) -> Self {
        Self { cancel: patterns(kinds), ..self }
    }

    /// It starts only while the matter is not solved: what is done with the ticket afterwards owes nothing.
    fn unsolved(self) -> Self {
        let open = Clause::Status(Vec::from([Status::New, Status::Open, Status::Pending, Status::OnHold]));
        let start = self.start.into_iter().map(|start| Pattern { when: Condition(Vec::from([open.clone()])), ..start });
        Self { start: start.collect(), ..self }
    }

    fn following(self, other: &str) -> Self {
        Self { after: Name::new(other).ok(), ..self }
    }

    fn paused_by(self, rules: impl IntoIterator<Item = Option<PauseRule>>) -> Self {
        Self { pause: rules.into_iter().flatten().collect(), ..self }
    }

    fn resumed(self) -> Self {
        Self { cycles: Cycles::Resume, ..self }
    }
}
