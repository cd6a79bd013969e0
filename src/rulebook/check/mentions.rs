//! What conditions and patterns ask about, and every value that makes a difference to them.

use alloc::collections::{BTreeMap, BTreeSet};

use crate::commitment::Party;
use crate::policy::{Agreement, Clause, Condition, FactKind, Pattern, Sample, Test, Value};
use crate::{AgentId, ContactId, Name, Priority, TeamId};

/// The values that are mentioned, by what is asked. Where nothing is asked, a ticket can stand as it likes.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that is asked about or not")]
pub(super) struct Mentions {
    pub(super) status: bool,
    pub(super) author: bool,
    pub(super) channel: bool,
    pub(super) owner: bool,
    pub(super) on_the_line: bool,
    pub(super) human_asked_for: bool,
    pub(super) has_vendor: bool,
    pub(super) priorities: BTreeSet<Priority>,
    pub(super) languages: BTreeSet<Name>,
    pub(super) kinds: BTreeSet<Name>,
    pub(super) status_names: BTreeSet<Name>,
    pub(super) samples: BTreeSet<Sample>,
    pub(super) tags: BTreeSet<Name>,
    pub(super) teams: BTreeSet<TeamId>,
    pub(super) agents: BTreeSet<AgentId>,
    pub(super) requesters: BTreeSet<ContactId>,
    pub(super) organisations: BTreeSet<Name>,
    pub(super) vendors: BTreeSet<Name>,
    pub(super) fields: BTreeMap<Name, BTreeSet<Value>>,
}

impl Mentions {
    /// The same with all that an agreement asks.
    pub(super) fn agreement(mut self, agreement: &Agreement) -> Self {
        self.note(&agreement.when);
        for rule in agreement.targets.values() {
            self.priorities.extend(rule.budget.by_priority.keys().cloned());
        }
        self
    }

    /// The same with a condition.
    pub(super) fn condition(mut self, condition: &Condition) -> Self {
        self.note(condition);
        self
    }

    /// The same with what a pattern asks, and what its fact makes of a ticket.
    pub(super) fn pattern(mut self, pattern: &Pattern) -> Self {
        self.note(&pattern.when);
        match &pattern.kind {
            FactKind::Opened { .. } => (self.author, self.status) = (true, true),
            FactKind::Status { .. } => self.status = true,
            FactKind::Message { .. } | FactKind::Assigned { .. } => self.owner = true,
            FactKind::Vendor { .. } => self.has_vendor = true,
            FactKind::Hold { .. } => self.on_the_line = true,
            FactKind::Tagged { tags } => self.tags.extend(tags.iter().cloned()),
            FactKind::HumanAskedFor {} => self.human_asked_for = true,
            FactKind::Call { .. }
            | FactKind::Priority {}
            | FactKind::Field { .. }
            | FactKind::Channel {}
            | FactKind::Language {}
            | FactKind::Kind {}
            | FactKind::StatusName {}
            | FactKind::NoReplyNeeded {}
            | FactKind::Merged {}
            | FactKind::EffectFailed {}
            | FactKind::Marked { .. } => {}
        }
        self
    }

    fn note(&mut self, condition: &Condition) {
        for clause in &condition.0 {
            match clause {
                Clause::Status(_) => self.status = true,
                Clause::Author(_) => self.author = true,
                Clause::Channel(_) => self.channel = true,
                Clause::Priority(list) => self.priorities.extend(list.iter().cloned()),
                Clause::Language(list) => self.languages.extend(list.iter().cloned()),
                Clause::Kind(list) => self.kinds.extend(list.iter().cloned()),
                Clause::StatusName(list) => {
                    self.status = true;
                    self.status_names.extend(list.iter().cloned());
                }
                Clause::Sample(sample) => drop(self.samples.insert(sample.clone())),
                Clause::Tags(list) => self.tags.extend(list.iter().cloned()),
                Clause::Team(list) => {
                    self.owner = true;
                    self.teams.extend(list.iter().cloned());
                }
                Clause::Agent(list) => {
                    self.owner = true;
                    self.agents.extend(list.iter().cloned());
                }
                Clause::Requester(list) => self.requesters.extend(list.iter().cloned()),
                Clause::Organisation(list) => self.organisations.extend(list.iter().cloned()),
                Clause::Vendor(list) => self.vendors.extend(list.iter().cloned()),
                Clause::WithVendor(_) => self.has_vendor = true,
                Clause::OnTheLine(_) => self.on_the_line = true,
                Clause::HumanAskedFor(_) => self.human_asked_for = true,
                Clause::Fields(tests) => {
                    for (name, test) in tests {
                        self.fields.entry(name.clone()).or_default().extend(around(test));
                    }
                }
                Clause::All(list) | Clause::Any(list) => list.iter().for_each(|condition| self.note(condition)),
                Clause::Not(condition) => self.note(condition),
            }
        }
    }
}

/// The values on either side of what a test asks.
fn around(test: &Test) -> BTreeSet<Value> {
    match test {
        Test::In(values) => values.iter().cloned().collect(),
        Test::Number(_, bound) => {
            [bound.saturating_sub(1), *bound, bound.saturating_add(1)].map(Value::Number).into_iter().collect()
        }
        Test::Present(_) => BTreeSet::new(),
    }
}

/// The customer of a ticket about whom nothing is asked.
pub(super) fn somebody(named: &BTreeSet<ContactId>) -> Option<Party> {
    unlike(|text| ContactId::new(text).ok(), named).map(Party::Customer)
}

/// A name that is not among those.
pub(super) fn unlike<T: Ord>(new: impl Fn(&str) -> Option<T>, named: &BTreeSet<T>) -> Option<T> {
    (0..=named.len()).find_map(|number| new(&alloc::format!("other {number}")).filter(|other| !named.contains(other)))
}
