//! What the chart says, in the slowest obvious way: everything that was ordered is told again from the beginning at each question.
//!
//! It shares ids, instants, amounts and orders with the crate, and no rule.

use std::collections::BTreeMap;

use owed::calendar::{Amount, ElapsedTime, Term, WorkingTime};
use owed::commitment::{
    Actor, Attempt, BreachCause, Chase, DueRule as Said, Order, Party, PhaseName, Promise, Stamp, Verdict,
};
use owed::{Command, CommitmentId, Timestamp};
use uuid::Uuid;

use crate::week::{Unit, after, between};

const DAY: i64 = 86_400_000_000;

/// Something that the desk was told, and took.
#[derive(Clone, Debug)]
pub(crate) enum Told {
    Command(Command),
    Woken(Timestamp),
}

/// How far records may be put right.
#[derive(Clone, Copy, Debug)]
pub(crate) struct House {
    pub(crate) window: i64,
    pub(crate) four_eyes: bool,
}

impl House {
    /// Whether somebody may put right what stands on record since then. Everything here is Ada's.
    fn lets(self, since: Timestamp, at: Timestamp, by: &Actor) -> bool {
        let another = match by {
            Actor::Agent(agent) => agent.as_str() != "ada",
            Actor::Customer(_) => true,
            _ => false,
        };
        between(Unit::Elapsed, since, at) <= self.window && (!self.four_eyes || another)
    }
}

/// Everything that is owed or was.
#[derive(Clone, Debug)]
pub(crate) struct World {
    house: House,
    pub(crate) debts: BTreeMap<CommitmentId, Debt>,
}

#[derive(Clone, Debug)]
pub(crate) struct Debt {
    pub(crate) to: Party,
    pub(crate) rule: Rule,
    pub(crate) since: Timestamp,
    pub(crate) opens_at: Option<Timestamp>,
    attempt_counts: bool,
    pub(crate) pausable: Option<(i64, Option<i64>)>,
    /// What a breach owes: within how much, how often.
    pub(crate) owes: Option<(Amount, u8)>,
    /// How many breaches lie behind it.
    pub(crate) depth: u8,
    pub(crate) repairs: Option<CommitmentId>,
    pub(crate) repaired_by: Option<CommitmentId>,
    pub(crate) renewed_by: Option<CommitmentId>,
    pub(crate) told: Option<Proposal>,
    /// How the customer was asked for his part since he spoke last.
    pub(crate) chased: Vec<Chase>,
    /// When somebody tried, and whether he left a message.
    pub(crate) tried: Vec<(Timestamp, bool)>,
    pub(crate) state: State,
    /// What it was before it was struck out.
    was: Option<End>,
    /// From here on so much is left, if it runs.
    pub(crate) here: Timestamp,
    pub(crate) left: (Unit, i64),
    pauses: Vec<(Timestamp, Option<Timestamp>)>,
    pub(crate) breach: Option<Breach>,
    /// Until when the customer is to do his part, as long as he has not.
    pub(crate) limit: Option<Timestamp>,
}

#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    since: Timestamp,
    rule: Rule,
    pub(crate) due: Timestamp,
    /// Until when the customer is to do his part, where it waits for that and is to go on waiting.
    limit: Option<Timestamp>,
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
    Broken,
    Void,
    Lapsed,
    Absent,
    InError,
}

fn unit_of(amount: Amount) -> (Unit, i64) {
    let micros = i64::try_from(amount.as_micros()).expect("small amounts only");
    match amount {
        Amount::Working(_) => (Unit::Working, micros),
        Amount::Elapsed(_) => (Unit::Elapsed, micros),
    }
}

/// The rules that tales are told with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule {
    At(Timestamp),
    Within(Amount),
}

impl Rule {
    fn of(said: &Said) -> Self {
        match said {
            Said::At(at) => Self::At(*at),
            Said::Within(Term::Working(time)) => Self::Within(Amount::Working(*time)),
            Said::Within(Term::Elapsed(time)) => Self::Within(Amount::Elapsed(*time)),
            Said::Within(Term::Business(_) | Term::Civil(_))
            | Said::By(_)
            | Said::EndOfBusiness(_)
            | Said::Vague(_) => {
                panic!("no tale is told with {said}")
            }
        }
    }
}

/// How much there is of it from an instant on.
fn budget(rule: Rule, since: Timestamp) -> (Unit, i64) {
    match rule {
        Rule::At(at) => (Unit::Elapsed, at.as_micros() - since.as_micros()),
        Rule::Within(amount) => unit_of(amount),
    }
}

fn due_of(rule: Rule, since: Timestamp) -> Timestamp {
    let (unit, much) = budget(rule, since);
    after(unit, since, much)
}

pub(crate) fn derived(id: CommitmentId, role: &str) -> CommitmentId {
    CommitmentId(Uuid::new_v5(&id.0, role.as_bytes()))
}

impl Debt {
    /// The deadline that there would be if it ran from here on.
    pub(crate) fn due(&self) -> Timestamp {
        after(self.left.0, self.here, self.left.1)
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
                End::Late | End::Broken => Verdict::Breached,
                End::Void | End::Lapsed | End::Absent | End::InError => Verdict::Void,
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

    /// The instant that it waits for.
    pub(crate) fn timer(&self) -> Option<Timestamp> {
        match self.state {
            State::Found { review_by } => Some(review_by),
            State::Waiting => self.limit,
            State::Running => Some(self.due()),
            State::Standing { until, .. } => Some(until),
            State::Broken | State::Over { .. } => None,
        }
    }

    /// Whatever it was doing, it does so no more from now on: what has run is taken off what is left.
    fn stop(&mut self, now: Timestamp) {
        if self.state == State::Running {
            self.left.1 -= between(self.left.0, self.here, now).min(self.left.1);
            self.here = now;
        }
        self.stand_no_more(now);
    }

    fn stand_no_more(&mut self, now: Timestamp) {
        if let State::Standing { .. } = self.state {
            self.here = now;
            self.pauses.iter_mut().filter(|pause| pause.1.is_none()).for_each(|pause| pause.1 = Some(now));
        }
    }

    /// For how long it has stood.
    fn stood(&self, now: Timestamp) -> i64 {
        self.pauses.iter().map(|(from, until)| between(Unit::Elapsed, *from, until.unwrap_or(now))).sum()
    }

    /// What has run in some unit since the beginning.
    fn ran(&self, unit: Unit, now: Timestamp) -> i64 {
        let stood =
            self.pauses.iter().map(|(from, until)| between(unit, (*from).max(self.since), until.unwrap_or(now)));
        between(unit, self.since, now) - stood.sum::<i64>()
    }

    /// Closed while it ran, it has the same due as before; while it stood, what was left.
    fn close(&mut self, at: Timestamp, end: End) {
        self.stand_no_more(at);
        self.state = State::Over { at, end };
    }

    /// When what was told is due: where he has done his part since, from then on.
    fn told_due(&self, told: &Proposal) -> Timestamp {
        if told.limit.is_some() && self.limit.is_none() { due_of(told.rule, self.since) } else { told.due }
    }

    fn speaks(&self, by: &Actor) -> bool {
        match by {
            Actor::Customer(_) => *by == Actor::Customer("c-1".parse().expect("a customer")),
            _ => true,
        }
    }
}

impl World {
    /// Tells everything again, until an instant.
    pub(crate) fn told(house: House, told: &[Told], now: Timestamp) -> Self {
        let mut world = Self { house, debts: BTreeMap::new() };
        for fact in told {
            match fact {
                Told::Woken(at) => world.pass(*at),
                Told::Command(command) => {
                    world.pass(command.at);
                    assert!(world.take(command), "it was taken before: {command:?}");
                    world.pass(command.at);
                }
            }
        }
        world.pass(now);
        world
    }

    /// Whether a command would be taken, on what time has made of all this by then.
    pub(crate) fn takes(&self, command: &Command) -> bool {
        let mut then = self.clone();
        then.pass(command.at);
        then.take(command)
    }

    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.debts.values().filter_map(Debt::timer).min()
    }

    /// Lets time pass: what is due before an instant happens, the earliest first.
    fn pass(&mut self, now: Timestamp) {
        let mut last = None;
        loop {
            let timers = self.debts.iter().filter_map(|(id, debt)| Some((debt.timer()?, *id)));
            let Some((nominal, id)) = timers.min().filter(|(nominal, _)| *nominal < now) else { return };
            let at = last.map_or(nominal, |last: Timestamp| last.max(nominal));
            last = Some(at);
            self.go_off(id, nominal, at);
        }
    }

    fn go_off(&mut self, id: CommitmentId, nominal: Timestamp, at: Timestamp) {
        let debt = self.debts.get_mut(&id).expect("it waits");
        match debt.state {
            State::Found { .. } => {
                self.count(id, at);
            }
            State::Waiting => debt.close(at, End::Lapsed),
            State::Standing { .. } => {
                debt.stand_no_more(at);
                debt.state = State::Running;
            }
            State::Running => self.break_(id, at, nominal, BreachCause::Deadline),
            State::Broken | State::Over { .. } => {}
        }
    }

    /// What was found is a promise, from its making.
    fn count(&mut self, id: CommitmentId, at: Timestamp) {
        let debt = self.debts.get_mut(&id).expect("known");
        match debt.limit {
            Some(limit) if limit < at => debt.close(at, End::Lapsed),
            Some(_) => debt.state = State::Waiting,
            None => {
                debt.state = State::Running;
                self.late(id, at);
            }
        }
    }

    /// What is too late when it comes to apply is broken then and there.
    fn late(&mut self, id: CommitmentId, at: Timestamp) {
        let due = self.debts[&id].due();
        if due < at {
            self.break_(id, at, due, BreachCause::BornLate);
        }
    }

    fn break_(&mut self, id: CommitmentId, at: Timestamp, due: Timestamp, cause: BreachCause) {
        let debt = self.debts.get_mut(&id).expect("known");
        // Where it stood it would end later; where it ran its deadline is what it was.
        debt.stand_no_more(at);
        debt.breach = Some(Breach { at, due, cause });
        debt.state = State::Broken;
        if let Some((within, depth)) = debt.owes {
            self.owe(id, at, within, depth);
        }
        let debt = self.debts[&id].clone();
        let missed = matches!(cause, BreachCause::Deadline | BreachCause::BornLate);
        if let Some(told) = debt.told.as_ref().filter(|told| missed && debt.told_due(told) > at) {
            let successor = derived(id, "repair");
            self.renew(id, successor, told.clone());
            self.debts.get_mut(&successor).expect("made").repairs = Some(id);
            let debt = self.debts.get_mut(&id).expect("known");
            debt.repaired_by = Some(successor);
            debt.close(at, End::Broken);
        }
    }

    /// An explanation for a breach: once.
    fn owe(&mut self, id: CommitmentId, at: Timestamp, within: Amount, depth: u8) {
        let broken = self.debts[&id].clone();
        let amends = derived(id, "explanation");
        if broken.depth >= depth || self.debts.contains_key(&amends) {
            return;
        }
        let rule = Rule::Within(within);
        let owed = Debt {
            to: broken.to,
            rule,
            since: at,
            opens_at: None,
            attempt_counts: false,
            pausable: None,
            owes: (broken.depth + 1 < depth).then_some((within, depth)),
            depth: broken.depth + 1,
            repairs: None,
            repaired_by: None,
            renewed_by: None,
            told: None,
            chased: vec![],
            tried: vec![],
            state: State::Running,
            was: None,
            here: at,
            left: budget(rule, at),
            pauses: vec![],
            breach: None,
            limit: None,
        };
        self.debts.insert(amends, owed);
    }

    /// What was told takes the place of another.
    fn renew(&mut self, id: CommitmentId, successor: CommitmentId, told: Proposal) {
        let old = self.debts.get_mut(&id).expect("known");
        old.renewed_by = Some(successor);
        let waits = told.limit.filter(|_| old.limit.is_some());
        let counts = waits.unwrap_or(if told.limit.is_some() { old.since } else { told.since });
        let new = Debt {
            rule: told.rule,
            since: if waits.is_some() { told.since } else { counts },
            repaired_by: None,
            renewed_by: None,
            told: None,
            chased: vec![],
            tried: vec![],
            state: if waits.is_some() { State::Waiting } else { State::Running },
            was: None,
            here: counts,
            left: budget(told.rule, counts),
            pauses: vec![],
            breach: None,
            limit: waits,
            ..old.clone()
        };
        self.debts.insert(successor, new);
    }

    /// What was taken back or struck out is owed as before.
    fn again(&mut self, id: CommitmentId, successor: CommitmentId, at: Timestamp) {
        let old = self.debts.get_mut(&id).expect("known");
        old.renewed_by = Some(successor);
        let waits = old.limit.is_some();
        let state = if waits { State::Waiting } else { State::Running };
        let new = Debt {
            repaired_by: None,
            renewed_by: None,
            told: None,
            chased: vec![],
            tried: vec![],
            breach: None,
            state,
            was: None,
            ..old.clone()
        };
        let (was, breach) = (old.was, old.breach);
        let lapsed = new.limit.is_some_and(|limit| limit < at);
        self.debts.insert(successor, new);
        let new = self.debts.get_mut(&successor).expect("made");
        if was == Some(End::Kept) {
            new.close(at, End::Kept);
            return;
        }
        if let (Some(End::Late), Some(Breach { due, cause: BreachCause::Deadline | BreachCause::BornLate, .. })) =
            (was, breach)
        {
            self.break_(successor, at, due, BreachCause::BornLate);
            self.debts.get_mut(&successor).expect("made").close(at, End::Late);
            return;
        }
        if lapsed {
            new.close(at, End::Lapsed);
        } else if !waits {
            self.late(successor, at);
        }
    }

    /// What stands in for it, and what is owed for its breach, is not needed.
    fn fall_away(&mut self, id: CommitmentId, at: Timestamp) {
        let mut behind: Vec<CommitmentId> = self.debts[&id].repaired_by.into_iter().collect();
        behind.push(derived(id, "explanation"));
        while let Some(id) = behind.pop() {
            let Some(debt) = self.debts.get_mut(&id) else { continue };
            if debt.is_open() {
                debt.close(at, End::Void);
            } else {
                behind.extend(debt.repaired_by.or(debt.renewed_by));
            }
            behind.push(derived(id, "explanation"));
        }
    }

    /// Takes an order, if the chart has a row for it.
    fn take(&mut self, command: &Command) -> bool {
        let owed::Order::Commitment(order) = &command.order else { return true };
        let at = command.at;
        let then = command.happened.map_or(at, |happened| happened.at);
        let new = |world: &Self, id: CommitmentId| !world.debts.contains_key(&id);
        if let Order::Promise(promise) = order {
            return self.promise(promise, None, at, then);
        }
        if let Order::Suggest { review_by, promise } = order {
            return *review_by > at && self.promise(promise, Some(*review_by), at, then);
        }
        let Some(id) = order.commitment() else { return true };
        let Some(debt) = self.debts.get_mut(&id) else { return false };
        let phase = debt.phase();
        let runs = matches!(phase, PhaseName::Active | PhaseName::Paused);
        let in_force = runs || phase == PhaseName::Conditional;
        match order {
            Order::Promise(_) | Order::Suggest { .. } => unreachable!("taken above"),
            Order::Confirm { .. } => {
                if phase != PhaseName::Candidate {
                    return false;
                }
                self.count(id, at);
                true
            }
            Order::MeetCondition { .. } if phase == PhaseName::Candidate => {
                let Some(limit) = debt.limit.filter(|limit| then <= *limit) else { return false };
                let _ = limit;
                let met = then.max(debt.since);
                debt.state = State::Running;
                (debt.since, debt.here, debt.left, debt.limit) = (met, met, budget(debt.rule, met), None);
                self.late(id, at);
                true
            }
            Order::Dismiss { .. } => {
                if phase == PhaseName::Candidate {
                    debt.close(at, End::Void);
                }
                phase == PhaseName::Candidate
            }
            Order::MeetCondition { .. } if phase == PhaseName::Closed => {
                let State::Over { at: since, end: End::Lapsed } = debt.state else { return false };
                let in_time = command.happened.filter(|happened| Some(happened.at) <= debt.limit);
                let vouched = in_time.is_some_and(|happened| match happened.stamp {
                    Stamp::Transport => true,
                    Stamp::Claim => self.house.lets(since, at, &command.by),
                });
                if !vouched || !self.can_come_back(id) {
                    return false;
                }
                let successor = derived(id, "in time");
                let old = self.debts.get_mut(&id).expect("known");
                let met = then.max(old.since);
                (old.renewed_by, old.state) = (Some(successor), State::Over { at, end: End::Void });
                let new = Debt {
                    since: met,
                    repaired_by: None,
                    renewed_by: None,
                    told: None,
                    chased: vec![],
                    tried: vec![],
                    state: State::Running,
                    was: None,
                    here: met,
                    left: budget(old.rule, met),
                    pauses: vec![],
                    breach: None,
                    limit: None,
                    ..old.clone()
                };
                self.debts.insert(successor, new);
                self.late(successor, at);
                true
            }
            Order::MeetCondition { .. } => {
                if phase != PhaseName::Conditional {
                    return false;
                }
                let met = then.max(debt.since);
                (debt.since, debt.here, debt.left, debt.limit) = (met, met, budget(debt.rule, met), None);
                debt.state = State::Running;
                self.late(id, at);
                true
            }
            Order::Fulfil { .. } => self.fulfil(id, command, then),
            Order::Attempt { outcome, .. } => {
                if debt.attempt_counts {
                    return self.fulfil(id, command, then);
                }
                let taken = runs || phase == PhaseName::Overdue;
                if taken {
                    debt.tried.push((then, *outcome == Attempt::MessageLeft));
                }
                taken
            }
            Order::Chase { step, .. } => runs && debt.chase(*step, at),
            Order::Hear { .. } => {
                let open = debt.is_open();
                if open {
                    debt.chased.clear();
                }
                open
            }
            Order::FindAbsent { .. } => {
                let absent = runs && (debt.is_silent(at) || debt.missed_the_slot());
                if absent {
                    debt.stop(at);
                    debt.close(at, End::Absent);
                }
                absent
            }
            Order::TakeUpAgain { successor, .. } => {
                let absent = matches!(debt.state, State::Over { end: End::Absent, .. });
                if !absent || !self.can_come_back(id) || !new(self, *successor) {
                    return false;
                }
                let old = self.debts.get_mut(&id).expect("known");
                old.renewed_by = Some(*successor);
                let micros = u64::try_from(old.left.1).expect("never less than nothing");
                let left = match old.left.0 {
                    Unit::Working => Amount::Working(WorkingTime::from_micros(micros)),
                    Unit::Elapsed => Amount::Elapsed(ElapsedTime::from_micros(micros)),
                };
                let rule = Rule::Within(left);
                let new = Debt {
                    rule,
                    since: then,
                    opens_at: None,
                    repaired_by: None,
                    renewed_by: None,
                    told: None,
                    chased: vec![],
                    tried: vec![],
                    state: State::Running,
                    was: None,
                    here: then,
                    left: budget(rule, then),
                    pauses: vec![],
                    breach: None,
                    limit: None,
                    ..old.clone()
                };
                self.debts.insert(*successor, new);
                self.late(*successor, at);
                true
            }
            Order::Announce { .. } => debt.is_open(),
            Order::Pause { reason, until, told, .. } => {
                if until.is_some_and(|until| until <= at) {
                    return false;
                }
                if let State::Standing { reasons, until: stands } = &mut debt.state {
                    if reasons.contains(&reason.to_string()) {
                        return true;
                    }
                    let longer = until.is_some_and(|until| until < *stands);
                    if !longer {
                        reasons.push(reason.to_string());
                    }
                    return !longer;
                }
                if matches!(debt.state, State::Running) && debt.due() <= at {
                    return false;
                }
                let (State::Running, Some((total, once)), Some(_)) = (&debt.state, debt.pausable, told) else {
                    return false;
                };
                let allowed = (total - debt.stood(at)).min(once.unwrap_or(total));
                if total <= debt.stood(at) {
                    return false;
                }
                let by = Timestamp::from_micros(at.as_micros() + allowed);
                debt.stop(at);
                debt.pauses.push((at, None));
                let until = until.map_or(by, |until| until.min(by));
                debt.state = State::Standing { reasons: vec![reason.to_string()], until };
                true
            }
            Order::Resume { reason, .. } => {
                let State::Standing { reasons, .. } = &mut debt.state else { return false };
                if !reasons.contains(&reason.to_string()) {
                    return false;
                }
                reasons.retain(|standing| *standing != reason.to_string());
                if reasons.is_empty() {
                    debt.stand_no_more(at);
                    debt.state = State::Running;
                }
                true
            }
            Order::Amend { due, .. } => in_force && debt.amend(Rule::of(due), at),
            Order::Propose { due, outright, .. } => {
                let limit = debt.limit.filter(|_| phase == PhaseName::Conditional && !outright);
                let due_at = due_of(Rule::of(due), limit.unwrap_or(then));
                if !in_force || due_at <= limit.unwrap_or(at) || debt.opens_at.is_some_and(|opens_at| opens_at > due_at)
                {
                    return false;
                }
                debt.told = Some(Proposal { since: then, rule: Rule::of(due), due: due_at, limit });
                true
            }
            Order::Accept { successor, .. } => {
                let told = debt.told.clone().filter(|told| debt.told_due(told) > at);
                let (Some(told), true, true) = (told, in_force, debt.speaks(&command.by)) else { return false };
                if !new(self, *successor) {
                    return false;
                }
                self.debts.get_mut(&id).expect("known").close(at, End::Void);
                self.renew(id, *successor, told);
                true
            }
            Order::Decline { .. } => {
                let declined = in_force && debt.told.is_some() && debt.speaks(&command.by);
                if declined {
                    debt.told = None;
                }
                declined
            }
            Order::Release { .. } => {
                let released = in_force && debt.speaks(&command.by);
                if released {
                    debt.close(at, End::Void);
                }
                released
            }
            Order::Withdraw { .. } => {
                match phase {
                    PhaseName::Conditional => debt.close(at, End::Void),
                    PhaseName::Active | PhaseName::Paused => {
                        let due = debt.would_be_due(at);
                        self.break_(id, at, due, BreachCause::Withdrawn);
                    }
                    PhaseName::Candidate | PhaseName::Overdue | PhaseName::Closed => return false,
                }
                true
            }
            Order::DeclareImpossible { .. } => {
                match phase {
                    PhaseName::Active | PhaseName::Paused => {
                        let due = debt.would_be_due(at);
                        self.break_(id, at, due, BreachCause::Impossible);
                    }
                    PhaseName::Overdue => {}
                    PhaseName::Candidate | PhaseName::Conditional | PhaseName::Closed => return false,
                }
                let debt = self.debts.get_mut(&id).expect("known");
                debt.close(at, End::Broken);
                let day: Amount = "24 hours".parse().expect("an amount");
                let (within, depth) = debt.owes.unwrap_or((day, 1));
                self.owe(id, at, within, depth);
                true
            }
            Order::Waive { .. } | Order::WriteOff { .. } => {
                let waived = matches!(order, Order::Waive { .. });
                let ended = phase == PhaseName::Overdue && (!waived || debt.speaks(&command.by));
                if ended {
                    debt.close(at, End::Broken);
                }
                ended
            }
            Order::Exclude { .. } => debt.verdict() == Verdict::Breached,
            Order::Retract { successor, .. } => {
                let kept = matches!(debt.state, State::Over { end: End::Kept, .. });
                if !kept || !self.can_come_back(id) || !new(self, *successor) {
                    return false;
                }
                self.debts.get_mut(&id).expect("known").close(at, End::Void);
                self.again(id, *successor, at);
                true
            }
            Order::RecordInError { .. } => {
                let inside = match debt.state {
                    State::Over { end: End::InError, .. } => false,
                    State::Over { at: since, .. } => self.house.lets(since, at, &command.by),
                    State::Broken => self.house.lets(debt.breach.expect("broken").at, at, &command.by),
                    _ => true,
                };
                if inside {
                    if let State::Over { end: end @ (End::Kept | End::Late), .. } = debt.state {
                        debt.was = Some(end);
                    }
                    debt.close(at, End::InError);
                    self.fall_away(id, at);
                }
                inside
            }
            Order::Reinstate { successor, .. } => {
                let struck_out = matches!(debt.state, State::Over { end: End::InError, .. });
                if !struck_out || !self.can_come_back(id) || !new(self, *successor) {
                    return false;
                }
                self.again(id, *successor, at);
                true
            }
            Order::HandOver { .. }
            | Order::Delegate { .. }
            | Order::Redact { .. }
            | Order::StartSeries(_)
            | Order::StopSeries { .. }
            | Order::HandOverAll { .. } => {
                unreachable!("not in these tales")
            }
        }
    }

    fn promise(&mut self, promise: &Promise, review_by: Option<Timestamp>, at: Timestamp, then: Timestamp) -> bool {
        if self.debts.contains_key(&promise.commitment) {
            return false;
        }
        if let Some(broken) = promise.repairs {
            let Some(debt) = self.debts.get(&broken) else { return false };
            let outright = promise.condition.is_none() && review_by.is_none();
            if debt.verdict() != Verdict::Breached
                || self.taken(broken).is_some()
                || debt.to != promise.beneficiary
                || !outright
            {
                return false;
            }
        }
        let made = if promise.repairs.is_some() { at } else { then };
        let limit = promise.condition.as_ref().map(|condition| due_of(Rule::of(&condition.limit), made));
        let begins = limit.unwrap_or(then);
        let left = budget(Rule::of(&promise.due), begins);
        let due = due_of(Rule::of(&promise.due), begins);
        let slot_is_too_late = promise.opens_at.is_some_and(|opens_at| opens_at > due);
        let owes_nothing =
            promise.breach_owes.as_ref().is_some_and(|owes| hours(owes.within).as_micros() == 0 || owes.depth == 0);
        if limit.is_some_and(|limit| limit <= made) || due <= limit.unwrap_or(made) || slot_is_too_late || owes_nothing
        {
            return false;
        }
        let micros = |time: owed::calendar::ElapsedTime| i64::try_from(time.as_micros()).expect("small");
        let state = match (review_by, limit) {
            (Some(review_by), _) => State::Found { review_by },
            (None, Some(_)) => State::Waiting,
            (None, None) => State::Running,
        };
        let debt = Debt {
            to: promise.beneficiary.clone(),
            rule: Rule::of(&promise.due),
            since: then,
            opens_at: promise.opens_at,
            attempt_counts: promise.attempt_counts,
            pausable: promise.pausable.map(|allowance| (micros(allowance.total), allowance.once.map(micros))),
            owes: promise.breach_owes.as_ref().map(|owes| (hours(owes.within), owes.depth)),
            depth: 0,
            repairs: promise.repairs,
            repaired_by: None,
            renewed_by: None,
            told: None,
            chased: vec![],
            tried: vec![],
            state,
            was: None,
            here: begins,
            left,
            pauses: vec![],
            breach: None,
            limit,
        };
        self.debts.insert(promise.commitment, debt);
        if let Some(broken) = promise.repairs.and_then(|broken| self.debts.get_mut(&broken)) {
            broken.repaired_by = Some(promise.commitment);
            if broken.is_open() {
                broken.close(at, End::Broken);
            }
        }
        match (review_by, limit) {
            (None, Some(limit)) if limit < at => {
                self.debts.get_mut(&promise.commitment).expect("made").close(at, End::Lapsed);
            }
            (None, None) => self.late(promise.commitment, at),
            _ => {}
        }
        true
    }

    /// What stands in for it at the end of the chain, unless that fell away.
    fn taken(&self, broken: CommitmentId) -> Option<CommitmentId> {
        let last =
            std::iter::successors(Some(broken), |id| self.debts[id].repaired_by).last().filter(|id| *id != broken);
        last.filter(|id| self.debts[id].verdict() != Verdict::Void)
    }

    /// Whether nothing goes on with it yet; and, if it stood in for something, whether that is broken and nothing else does.
    fn can_come_back(&self, id: CommitmentId) -> bool {
        let free = self.debts[&id].renewed_by.is_none_or(|by| self.debts[&by].verdict() == Verdict::Void);
        free && self.debts[&id].repairs.is_none_or(|broken| {
            self.debts[&broken].verdict() == Verdict::Breached && self.taken(broken).is_none_or(|by| by == id)
        })
    }

    fn fulfil(&mut self, id: CommitmentId, command: &Command, done: Timestamp) -> bool {
        let House { window, four_eyes } = self.house;
        let debt = self.debts.get_mut(&id).expect("known");
        let at = command.at;
        let proves = |breach: Breach| {
            let Some(happened) = command.happened else { return false };
            let his_own = command.by == Actor::Agent("ada".parse().expect("an agent"));
            let vouched = match happened.stamp {
                Stamp::Transport => true,
                Stamp::Claim => between(Unit::Elapsed, breach.at, at) <= window && (!four_eyes || !his_own),
            };
            // Too late from the first, it had its deadline all the same.
            let last = if breach.cause == BreachCause::BornLate { breach.due } else { breach.at };
            vouched && debt.since <= happened.at && happened.at <= last
        };
        let too_early = debt.opens_at.is_some_and(|opens_at| done < opens_at);
        let corrects = !too_early && debt.verdict() == Verdict::Breached && debt.breach.is_some_and(proves);
        if (!debt.is_open() && !corrects) || done < debt.since {
            return false;
        }
        if too_early {
            return matches!(debt.state, State::Running | State::Standing { .. } | State::Broken);
        }
        match debt.verdict() {
            Verdict::Breached if !corrects => debt.close(at, End::Late),
            Verdict::Breached => {
                debt.close(at, End::Kept);
                self.fall_away(id, at);
            }
            Verdict::Pending | Verdict::Fulfilled | Verdict::Void => debt.close(at, End::Kept),
        }
        true
    }
}

impl Debt {
    /// The deadline now; where it stands, what it would be if it went on.
    fn would_be_due(&self, now: Timestamp) -> Timestamp {
        match self.state {
            State::Standing { .. } => after(self.left.0, now, self.left.1),
            _ => self.due(),
        }
    }

    /// Asked, then reminded, twice at least, then warned; asked anew, it begins anew.
    fn chase(&mut self, step: Chase, now: Timestamp) -> bool {
        let reminded = self.chased.iter().filter(|step| **step == Chase::Reminded).count();
        let in_order = match step {
            Chase::Asked => true,
            Chase::Reminded => !self.chased.is_empty(),
            Chase::Warned { until } => reminded >= 2 && until > now,
        };
        if in_order {
            if step == Chase::Asked {
                self.chased.clear();
            }
            self.chased.push(step);
        }
        in_order
    }

    /// Whether he has been warned, and silent past the limit that he was told last.
    fn is_silent(&self, now: Timestamp) -> bool {
        let until = self.chased.iter().rev().find_map(|step| match step {
            Chase::Warned { until } => Some(*until),
            Chase::Asked | Chase::Reminded => None,
        });
        until.is_some_and(|until| until < now)
    }

    /// Two attempts in the agreed slot, and a message left.
    fn missed_the_slot(&self) -> bool {
        let Some(opens_at) = self.opens_at else { return false };
        let in_slot: Vec<_> = self.tried.iter().filter(|(at, _)| opens_at <= *at && *at <= self.due()).collect();
        in_slot.len() >= 2 && in_slot.iter().any(|(_, left)| *left)
    }

    /// Terms that are no worse: a new budget counts from the beginning, without the pauses.
    fn amend(&mut self, rule: Rule, now: Timestamp) -> bool {
        if let Some(limit) = self.limit {
            let due = due_of(rule, limit);
            let alike = matches!(rule, Rule::At(_)) || budget(rule, limit).0 == budget(self.rule, limit).0;
            let worse = due > self.due() || due_of(rule, now) > due_of(self.rule, now) || !alike;
            if worse || due <= now || self.opens_at.is_some_and(|opens_at| opens_at > due) {
                return false;
            }
            (self.rule, self.left) = (rule, budget(rule, limit));
            return true;
        }
        let (unit, left) = match rule {
            Rule::At(at) => (Unit::Elapsed, at.as_micros() - now.as_micros()),
            Rule::Within(amount) => {
                let (unit, whole) = unit_of(amount);
                (unit, whole - self.ran(unit, now))
            }
        };
        let due = after(unit, now, left);
        if left <= 0 || due > self.would_be_due(now) || self.opens_at.is_some_and(|opens_at| opens_at > due) {
            return false;
        }
        (self.rule, self.here, self.left) = (rule, now, (unit, left));
        true
    }
}

/// Time that accumulates, which is all that the tales owe for a breach.
fn hours(term: Term) -> Amount {
    match term {
        Term::Working(time) => time.into(),
        Term::Elapsed(time) => time.into(),
        Term::Business(_) | Term::Civil(_) => panic!("{term} for a breach"),
    }
}

/// A day, for whoever makes tales.
pub(crate) const A_DAY: i64 = DAY;
