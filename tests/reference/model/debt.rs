//! One thing that is owed, as the reference knows it: what is left of its time from here on, and what has happened to it.

use owed::calendar::Amount;
use owed::commitment::{Actor, BreachCause, Chase, Deliverable, Owner, Party, PhaseName, Verdict, Warning};
use owed::{CommitmentId, Timestamp};

use super::Round;
use super::rule::Rule;
use crate::week::{Unit, after, between};

#[derive(Clone, Debug)]
pub(crate) struct Debt {
    pub(crate) to: Party,
    pub(crate) owner: Owner,
    /// Who answered for it when it was broken.
    pub(super) broken_under: Option<Owner>,
    pub(super) rule: Rule,
    /// When it was taken in, and since when it is owed.
    pub(super) made: Timestamp,
    pub(crate) since: Timestamp,
    pub(crate) what: Deliverable,
    pub(crate) opens_at: Option<Timestamp>,
    pub(super) attempt_counts: bool,
    pub(crate) pausable: Option<(i64, Option<i64>)>,
    pub(super) warn: Vec<Warning>,
    /// What a breach owes: within how much, how often.
    pub(crate) owes: Option<(Amount, u8)>,
    /// How many breaches lie behind it.
    pub(crate) depth: u8,
    pub(crate) repairs: Option<CommitmentId>,
    pub(crate) repaired_by: Option<CommitmentId>,
    pub(crate) renewed_by: Option<CommitmentId>,
    /// What it goes on with by the same instants: its breach is that one's.
    pub(super) same_as: Option<CommitmentId>,
    /// Whether it fell away with a breach that was none.
    pub(super) needless: bool,
    /// What it is a part of, given on.
    pub(crate) part_of: Option<CommitmentId>,
    pub(crate) parts: Vec<CommitmentId>,
    pub(crate) at_risk: bool,
    pub(crate) round: Option<Round>,
    pub(crate) told: Option<Proposal>,
    /// How the customer was asked for his part since he spoke last.
    pub(crate) chased: Vec<Chase>,
    /// When somebody tried, and whether he left a message.
    pub(crate) tried: Vec<(Timestamp, bool)>,
    pub(crate) state: State,
    /// What it was before it was struck out.
    pub(super) was: Option<End>,
    /// From here on so much is left, if it runs; there was so much in all, from when its time began.
    pub(crate) here: Timestamp,
    pub(crate) left: (Unit, i64),
    pub(super) whole: i64,
    pub(super) began: Timestamp,
    pub(super) pauses: Vec<(Timestamp, Option<Timestamp>)>,
    /// How many timers had been set when it came to be.
    pub(super) nth: Option<u64>,
    /// When its timers were set, and after how many others; the warnings that were still to come then, and have not gone off.
    pub(super) set: (Timestamp, u64),
    pub(crate) warnings: Vec<(Timestamp, Warning)>,
    pub(crate) breach: Option<Breach>,
    /// Until when the customer is to do his part, as long as he has not.
    pub(crate) limit: Option<Timestamp>,
}

#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    pub(super) since: Timestamp,
    pub(super) rule: Rule,
    pub(crate) due: Timestamp,
    /// Until when the customer is to do his part, where it waits for that and is to go on waiting.
    pub(super) limit: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Breach {
    pub(crate) at: Timestamp,
    pub(crate) due: Timestamp,
    pub(crate) cause: BreachCause,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum State {
    Found { review_by: Timestamp },
    Waiting,
    Running,
    Standing { reasons: Vec<String>, until: Timestamp },
    Broken,
    Over { at: Timestamp, end: End },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum End {
    Kept,
    Late,
    /// Let go, though it was broken.
    Broken,
    /// Found that it cannot be done, after it was broken or by that.
    Impossible,
    /// Another took its place when it was broken.
    Superseded(CommitmentId),
    Void,
    Lapsed,
    Absent,
    InError,
    /// What its series waited for had come.
    Stopped,
}

impl Debt {
    /// Something that runs since an instant, and of which nothing else is agreed.
    pub(super) fn new(to: Party, owner: Owner, rule: Rule, since: Timestamp) -> Self {
        let left = rule.budget(since);
        Self {
            to,
            owner,
            broken_under: None,
            rule,
            made: since,
            since,
            what: Deliverable::Callback,
            opens_at: None,
            attempt_counts: false,
            pausable: None,
            warn: vec![],
            owes: None,
            depth: 0,
            repairs: None,
            repaired_by: None,
            renewed_by: None,
            same_as: None,
            needless: false,
            part_of: None,
            parts: vec![],
            at_risk: false,
            round: None,
            told: None,
            chased: vec![],
            tried: vec![],
            state: State::Running,
            was: None,
            here: since,
            left,
            whole: left.1,
            began: since,
            pauses: vec![],
            nth: None,
            set: (since, 0),
            warnings: vec![],
            breach: None,
            limit: None,
        }
    }

    /// The deadline that there would be if it ran from here on.
    pub(crate) fn due(&self) -> Timestamp {
        after(self.left.0, self.here, self.left.1)
    }

    /// The deadline now; where it stands, what it would be if it went on.
    pub(super) fn would_be_due(&self, now: Timestamp) -> Timestamp {
        match self.state {
            State::Standing { .. } => after(self.left.0, now, self.left.1),
            _ => self.due(),
        }
    }

    pub(crate) fn phase(&self) -> PhaseName {
        match self.state {
            State::Found { .. } => PhaseName::Candidate,
            State::Waiting => PhaseName::Conditional,
            State::Running => PhaseName::Active,
            State::Standing { .. } => PhaseName::Paused,
            State::Broken => PhaseName::Overdue,
            State::Over { .. } => PhaseName::Closed,
        }
    }

    pub(crate) fn verdict(&self) -> Verdict {
        match self.state {
            State::Found { .. } | State::Waiting | State::Running | State::Standing { .. } => Verdict::Pending,
            State::Broken => Verdict::Breached,
            State::Over { end, .. } => match end {
                End::Kept => Verdict::Fulfilled,
                End::Late | End::Broken | End::Impossible | End::Superseded(_) => Verdict::Breached,
                End::Void | End::Lapsed | End::Absent | End::InError | End::Stopped => Verdict::Void,
            },
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        !matches!(self.state, State::Over { .. })
    }

    pub(crate) fn closed(&self) -> Option<Timestamp> {
        match self.state {
            State::Over { at, .. } => Some(at),
            _ => None,
        }
    }

    /// From when on it counts that it is done. The time of a round may begin only where the one before it would have ended; it is open
    /// from when that was let off or withdrawn.
    pub(super) fn counts_from(&self) -> Timestamp {
        if self.round.is_some() { self.since.min(self.made) } else { self.since }
    }

    /// Its clock begins with an instant, by its rule.
    pub(super) fn begin(&mut self, since: Timestamp) {
        let left = self.rule.budget(since);
        (self.since, self.here, self.left, self.whole, self.began) = (since, since, left, left.1, since);
        self.limit = None;
        self.state = State::Running;
    }

    /// It waits for the customer's part, and its clock begins where that is to come at the latest.
    pub(super) fn wait(&mut self, since: Timestamp, limit: Timestamp) {
        self.begin(limit);
        self.since = since;
        self.limit = Some(limit);
        self.state = State::Waiting;
    }

    /// Closed while it ran, it has the same due as before; while it stood, what was left.
    pub(super) fn close(&mut self, at: Timestamp, end: End) {
        self.stand_no_more(at);
        self.state = State::Over { at, end };
    }

    /// What has run in some unit since the beginning.
    pub(super) fn ran(&self, unit: Unit, now: Timestamp) -> i64 {
        let stood =
            self.pauses.iter().map(|(from, until)| between(unit, (*from).max(self.since), until.unwrap_or(now)));
        between(unit, self.since, now) - stood.sum::<i64>()
    }

    /// Whether somebody speaks for the one who is owed.
    pub(super) fn speaks(&self, by: &Actor) -> bool {
        match (by, &self.to) {
            (Actor::Customer(by), Party::Customer(to)) => by == to,
            (Actor::Customer(_), _) => false,
            _ => true,
        }
    }

    /// Whether somebody is another than the one who answered for it.
    pub(super) fn is_anothers(&self, by: &Actor) -> bool {
        let owner = self.broken_under.as_ref().unwrap_or(&self.owner);
        match (by, &owner.agent) {
            (Actor::Agent(agent), Some(owner)) => agent != owner,
            (Actor::Customer(_), _) => true,
            _ => false,
        }
    }
}
