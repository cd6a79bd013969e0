//! What an agreement orders to begin.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Policy;
use super::agreement::{Agreement, TargetRule};
use super::correct::histories;
use super::ends::Settled;
use super::fact::Past;
use super::fate::{is_in_place, line, owed_again_by_word, was_left, was_put_right, was_struck_out};
use super::history::Told;
use super::metric::{Cycles, Metric};
use super::moment::{Anew, Moment};
use super::running::Clockwork;
use super::runs::{Run, Runs};
use super::standing::Standing;
use super::standstill::standing;
use super::trace::{Begun, Running, Watch, Watched, have_ended, running_since};
use crate::calendar::Term;
use crate::commitment::{
    AgreementKind, Binding, ClockOrder, Commitment, Continues, Cycle, Ledger, Origin, Party, Start,
};
use crate::{CommitmentId, EditionNumber, Name, Timestamp};

/// What is ordered to begin, by the edition in force: for each metric, under the first agreement of its kind that has a target for it.
pub(crate) fn to_begin<'a>(
    moment: &Moment<'_>,
    runs: &Runs,
    ledger: &Ledger,
    in_force: &Policy,
    pinned: impl Fn(EditionNumber) -> Option<&'a Policy> + Copy,
) -> Vec<ClockOrder> {
    let start = |(candidate, budget): (Candidate<'_>, Term)| {
        let running = candidate.begins(moment, runs, ledger, pinned)?;
        let number = runs.cycles(&candidate.agreement.name, candidate.name).saturating_add(1);
        Some(ClockOrder::Start(Box::new(candidate.start(moment, budget, running, number))))
    };
    candidates(moment, in_force).into_iter().filter_map(start).collect()
}

/// For each metric the first agreement of its kind that has a target for it, and its budget.
pub(super) fn candidates<'a>(moment: &Moment<'_>, in_force: &'a Policy) -> Vec<(Candidate<'a>, Term)> {
    let mut found: Vec<(Candidate<'a>, Term)> = Vec::new();
    for agreement in &in_force.agreements {
        for name in agreement.targets.keys() {
            let Some((rule, budget)) = agreement.target(name, moment.after) else { continue };
            let taken =
                |(other, _): &(Candidate<'_>, Term)| other.agreement.kind == agreement.kind && other.name == name;
            if agreement.out_of_force(moment.at).is_some() || found.iter().any(taken) {
                continue;
            }
            let Some(metric) = in_force.metrics.get(name) else { continue };
            found.push((Candidate { name, agreement, rule, metric, policy: in_force }, budget));
        }
    }
    found
}

/// A metric that an agreement has a target for, and that may begin.
pub(super) struct Candidate<'a> {
    pub(super) name: &'a Name,
    pub(super) agreement: &'a Agreement,
    pub(super) rule: &'a TargetRule,
    pub(super) metric: &'a Metric,
    pub(super) policy: &'a Policy,
}

impl<'a> Candidate<'a> {
    /// The same metric under the same agreement as a clock that there is.
    pub(super) fn of(clock: &Clockwork<'a>) -> Option<Self> {
        let &Clockwork { cycle, policy, agreement, metric, .. } = clock;
        Some(Self { name: &cycle.metric, agreement, rule: clock.rule()?, metric, policy })
    }

    pub(super) fn cycles(&self) -> Cycles {
        self.rule.cycles(self.metric)
    }

    /// What starts and ends it, with what the agreement counts besides.
    pub(super) fn watching(&self) -> Watch<'a> {
        Watch { metric: self.metric, also: &self.rule.also, binding: Binding::Goal }
    }

    /// The same where the agreement applied, so that what was promised by it was not ended by a rule.
    pub(super) fn watching_as_promised(&self) -> Watch<'a> {
        self.watching_as(self.agreement.binding)
    }

    fn watching_as(&self, binding: Binding) -> Watch<'a> {
        Watch { binding, ..self.watching() }
    }

    pub(super) fn start(&self, moment: &Moment<'_>, budget: Term, running: Running, number: u32) -> Start {
        let Self { agreement, rule, metric, .. } = *self;
        let cycle = Cycle {
            agreement: agreement.name.clone(),
            metric: self.name.clone(),
            cycle: number,
            priority: moment.after.priority.clone(),
            kind: agreement.kind,
        };
        let owner = moment.owner().unwrap_or(&agreement.owner);
        let desk = || Party::Team(agreement.owner.team.clone());
        // Between whom it is: the desk and its customer, a team and the desk, a supplier and the desk.
        let (promiser, beneficiary) = match agreement.kind {
            AgreementKind::Sla => (None, moment.after.requester.clone()),
            AgreementKind::Ola => (Some(Party::Team(owner.team.clone())), desk()),
            AgreementKind::Supplier => (moment.after.vendor.clone().map(Party::Vendor), desk()),
        };
        Start {
            commitment: CommitmentId::of_cycle(moment.ticket, &cycle.agreement, &cycle.metric, cycle.cycle),
            cycle,
            deliverable: metric.deliverable.clone(),
            promiser,
            beneficiary,
            owner: owner.clone(),
            binding: agreement.binding,
            target: self.policy.terms(agreement, rule, budget, moment.after),
            pausable: agreement.allowance(rule, metric),
            since: running.since,
            again: running.again,
            earlier: running.earlier,
            pauses: running.pauses,
            resume_by: running.resume_by,
            continues: running.continues,
        }
    }

    /// The cycle that begins with this fact: because the fact starts it; because the target has come to apply to one that has
    /// been running all along; or because what ended the last one, or the metric that comes before, had happened before another start.
    fn begins<'b>(
        &self,
        moment: &Moment<'_>,
        runs: &Runs,
        ledger: &Ledger,
        pinned: impl Fn(EditionNumber) -> Option<&'b Policy>,
    ) -> Option<Running> {
        let starts = moment.is_any(&self.metric.start);
        let ended_before = moment.happened_at() < moment.at && self.is_ended_by(moment);
        let mut left = self.last_left(runs, ledger);
        let left_now = left.is_some_and(|left| left.closed_at() == Some(moment.at));
        let anew = match moment.anew {
            Anew::No => false,
            Anew::Word(metric) => self.name == metric || self.before().contains(&metric),
            Anew::Rules | Anew::Record(_) => true,
        };
        if !starts && !ended_before && !left_now && !anew && !self.has_come_to_apply(moment) {
            return None;
        }
        let cycles = self.cycles();
        for run in self.runs(runs) {
            let last = run.cycles.last().and_then(|id| ledger.get(*id));
            let begun = !run.cycles.is_empty();
            let over = begun && cycles == Cycles::Once && !run.left && !last.is_some_and(was_put_right);
            let open = run.running().any(|id| ledger.get(id).is_some_and(Commitment::is_open));
            if open || over {
                return None;
            }
        }
        let after = self.after();
        // What is told only now to have been done was over when it was done.
        let ended_at = |ended: &Commitment| match moment.anew {
            Anew::Word(_) => ended.done_at().or(ended.closed_at()),
            Anew::No | Anew::Rules | Anew::Record(_) => ended.closed_at(),
        };
        let after_ended = self.after_ended(runs, ledger, ended_at);
        let rules = self.rule.pauses(self.metric);
        let allowance = self.agreement.allowance(self.rule, self.metric);
        // Only where every cycle has been kept is it known that nothing older waits.
        let watched_all = left.is_none() && self.runs(runs).any(|run| !run.cycles.is_empty());
        if starts && watched_all && !moment.anew.is_so() {
            let free = after_ended.is_some() || after.is_empty() || have_ended(&after, moment.past);
            let continues = self.continues(runs, ledger);
            let since = moment.past.last().map_or(moment.at, Past::counts_from);
            if self.was_over_by_then(since, moment, runs, ledger) {
                return None;
            }
            let (pauses, resume_by) = standing(since, rules, allowance, moment.past, moment.at);
            return free.then_some(Running { pauses, resume_by, continues, ..Running::since(since) });
        }
        if let Anew::Record(before) = moment.anew {
            let (Begun { since, again, .. }, of_it) = self.turned_out(before, moment, runs, ledger)?;
            left = of_it.or(left);
            if watched_all {
                let continues = self.continues(runs, ledger);
                let (pauses, resume_by) = standing(since, rules, allowance, moment.past, moment.at);
                return Some(Running { again, pauses, resume_by, continues, ..Running::since(since) });
            }
        }
        let decided = self.decided(moment.past, runs, ledger);
        let put_right = matches!(moment.anew, Anew::Record(_));
        let watch = if put_right { self.watching_as_promised() } else { self.watching() };
        let watched =
            Watched { watch, cycles, after: &after, after_ended, decided, settled: &[], promised: &[], denied: &[] };
        let running = running_since(&watched, moment.past)?;
        if let Some(back) = left.and_then(|left| self.back(left, &running, moment, pinned)) {
            return Some(back);
        }
        let (pauses, resume_by) = standing(running.begun(), rules, allowance, moment.past, moment.at);
        let continues = self.continues(runs, ledger).filter(|_| left.is_none());
        Some(Running { pauses, resume_by, continues, ..running })
    }

    /// Whether a fact ends a cycle, or what must have ended before there is one.
    fn is_ended_by(&self, moment: &Moment<'_>) -> bool {
        let Some(fact) = moment.fact else { return false };
        self.watching().stops(fact, moment.after) || self.after().iter().any(|watch| watch.ends(fact, moment.after))
    }

    /// Whether a fact that stops the metric as well had happened before the last cycle ended: what it would have begun was over by then.
    fn was_over_by_then(&self, since: Timestamp, moment: &Moment<'_>, runs: &Runs, ledger: &Ledger) -> bool {
        let is_late = since < moment.at;
        if !is_late || moment.fact.is_none_or(|fact| !self.watching().stops(fact, moment.after)) {
            return false;
        }
        // Not what this very fact has ended, after which it begins the next.
        let ended_before = |cycle: &&Commitment| cycle.closed_at().is_some_and(|closed| closed < moment.at);
        let cycles = self.made_here(runs, ledger).filter(ended_before);
        let cycles = cycles.filter(|cycle| !was_left(cycle) && !was_put_right(cycle));
        let over = cycles.filter_map(|cycle| cycle.done_at().or(cycle.closed_at()));
        let settled = self.settled(runs, ledger, [moment.past, moment.past]);
        over.chain(settled.into_iter().map(Settled::last)).any(|over| since <= over)
    }

    /// What has turned out to run as a record is put right, and which cycle of it the ticket had left: not what ran by the past as it was known, nor
    /// what is on record.
    fn turned_out<'b>(
        &'b self,
        before: &[Past],
        moment: &Moment<'_>,
        runs: &'b Runs,
        ledger: &'b Ledger,
    ) -> Option<(Begun, Option<&'b Commitment>)> {
        let (known, mut now) = histories(self, before, moment.past, runs, ledger);
        let told = now.pop().filter(|told| told.ended.is_none())?;
        // What had begun later may have been left as well, and is this one's now.
        let left = self.left_of(&told, runs, ledger);
        let known = known.iter().find(|known| known.is(&told)).filter(|_| left.is_none());
        // What had waited behind another agreement's is that one's no more as soon as it has ended.
        let was_covered = self.on_ticket(runs, ledger).into_iter().any(|cycle| {
            cycle.closed_at() == Some(moment.at) && cycle.since < told.begun.since && !was_put_right(cycle)
        });
        let is_known = known.is_some_and(|known| match known.ended {
            None => !was_covered,
            Some(_) => !self.came_to_apply_since(&told, moment, runs, ledger),
        });
        let is_on_record = self.besides(&now, &told, runs, ledger) > 0
            || self.is_on_record(&now, &told, None, moment.past, runs, ledger);
        (!is_known && !is_on_record).then_some((told.begun, left))
    }

    /// How many cycles of that beginning there have been besides those that the facts tell of: each began because a host had ended the one
    /// before it, so it is known.
    pub(super) fn besides(&self, known: &[Told], told: &Told, runs: &Runs, ledger: &Ledger) -> usize {
        let cycles = self.made_here(runs, ledger);
        let stand = cycles.filter(|cycle| told.counted_since(cycle.since) && !was_put_right(cycle) && !was_left(cycle));
        stand.count().saturating_sub(known.iter().filter(|known| known.begun.since == told.begun.since).count())
    }

    /// Whether some of a stretch has been measured by a cycle that the facts tell of no more, or as another: what is on record is so once.
    pub(super) fn is_on_record(
        &self,
        known: &[Told],
        told: &Told,
        until: Option<Timestamp>,
        past: &[Past],
        runs: &Runs,
        ledger: &Ledger,
    ) -> bool {
        let stand = self.made_here(runs, ledger).filter(|cycle| !was_put_right(cycle) && !was_left(cycle));
        let tells_of = |cycle: &Commitment| known.iter().chain([told]).any(|told| told.counted_since(cycle.since));
        let mut stay = stand.filter(|cycle| !tells_of(cycle));
        let claims = self.claims(past);
        stay.any(|cycle| {
            let over = over_at(cycle, &claims);
            over.is_none_or(|over| told.begun.since < over) && until.is_none_or(|until| cycle.since < until)
        })
    }

    /// What somebody claims to have ended it: since when that counts, and when it is said to have happened.
    fn claims(&self, past: &[Past]) -> Vec<(Timestamp, Timestamp)> {
        let is_claim = |told: &&Past| told.happened < told.known();
        if !past.iter().any(|told| is_claim(&told)) {
            return Vec::new();
        }
        let enders = self.watching_as_promised().enders(past).into_iter();
        let claims = enders.filter_map(|(index, _)| past.get(index)).filter(is_claim);
        claims.map(|told| (told.known(), told.happened)).collect()
    }

    /// Whether it is by this fact that the target applies. One that an edition has brought begins with the next start.
    fn has_come_to_apply(&self, moment: &Moment<'_>) -> bool {
        if moment.before == moment.after {
            return false;
        }
        let before = self.policy.applying(self.name, self.agreement.kind, moment.before, moment.at);
        before.is_none_or(|(agreement, _)| agreement.name != self.agreement.name)
    }

    /// Whether the target came to apply only when what ended a cycle had ended it, by the past as it was known: so none was made for it.
    fn came_to_apply_since(&self, told: &Told, moment: &Moment<'_>, runs: &Runs, ledger: &Ledger) -> bool {
        if self.made_here(runs, ledger).any(|cycle| told.counted_since(cycle.since)) {
            return false;
        }
        let mut ticket = None;
        let began = moment.past.get(..=told.begun.by).unwrap_or_default();
        for past in began {
            Standing::follow(&mut ticket, &past.fact);
        }
        let applied =
            ticket.as_ref().and_then(|then| self.policy.applying(self.name, self.agreement.kind, then, moment.at));
        applied.is_none_or(|(agreement, _)| agreement.name != self.agreement.name)
    }

    /// The cycles of the metric under agreements of the kind.
    fn runs<'b>(&'b self, runs: &'b Runs) -> impl Iterator<Item = &'b Run> {
        runs.iter().filter(|run| run.metric == *self.name && run.kind == self.agreement.kind)
    }

    /// Its cycles, but for those that were carried over to the ticket.
    fn made_here<'b>(&'b self, runs: &'b Runs, ledger: &'b Ledger) -> impl Iterator<Item = &'b Commitment> {
        self.runs(runs).flat_map(|run| &run.cycles).filter_map(|id| ledger.get(*id))
    }

    /// Its cycles, and those that were carried over to the ticket.
    fn on_ticket<'b>(&self, runs: &Runs, ledger: &'b Ledger) -> Vec<&'b Commitment> {
        let cycles = self.runs(runs).flat_map(|run| run.cycles.iter().chain(&run.carried_in));
        cycles.filter_map(|id| ledger.get(*id)).collect()
    }

    /// The latest cycle: of those that began at one instant, the one that was made last. What goes on with another in its place may have been made
    /// after one that began later.
    fn last<'b>(&'b self, runs: &'b Runs, ledger: &'b Ledger) -> Option<&'b Commitment> {
        let when = |cycle: &&Commitment| (cycle.since, cycle.version);
        let latest = |run: &'b Run| {
            let cycles = run.cycles.iter().rev().filter_map(|id| ledger.get(*id));
            let mut earlier = cycles.filter(|cycle| was_struck_out(cycle) || !was_put_right(cycle));
            let last = earlier.next()?;
            let made_before = core::iter::successors(Some(last), |made| earlier.next().filter(|_| is_in_place(made)));
            made_before.max_by_key(when)
        };
        self.runs(runs).filter_map(latest).max_by_key(when)
    }

    /// The cycle whose account a further one goes on with, if they are one account.
    fn continues(&self, runs: &Runs, ledger: &Ledger) -> Option<Continues> {
        match self.cycles() {
            Cycles::Resume => self.last_kept(runs, ledger).map(|last| Continues::Reopened(last.id)),
            Cycles::Each | Cycles::Once => None,
        }
    }

    /// The stretches of the metric that somebody's word has ended.
    pub(super) fn settled(&self, runs: &Runs, ledger: &Ledger, pasts: [&[Past]; 2]) -> Vec<Settled> {
        let cycles = self.on_ticket(runs, ledger);
        let enders = |watch: Watch<'_>| pasts.map(|past| (past, watch.enders(past)));
        let (of_goals, of_promises) = (enders(self.watching()), enders(self.watching_as(Binding::Promised)));
        let settled = |commitment: &&Commitment| {
            let Origin::Policy(cycle) = &commitment.origin else { return None };
            let Self { policy, agreement, metric, .. } = *self;
            let enders = match commitment.binding {
                Binding::Goal => &of_goals,
                Binding::Promised => &of_promises,
            };
            Clockwork { commitment, cycle, policy, agreement, metric }.settled(&cycles, enders)
        };
        cycles.iter().filter_map(settled).collect()
    }

    /// Since when those run that have become promises, so that no rule can end them.
    pub(super) fn promised(&self, runs: &Runs, ledger: &Ledger) -> Vec<Timestamp> {
        let cycles = self.on_ticket(runs, ledger);
        let promised = cycles.iter().filter(|cycle| cycle.binding == Binding::Promised);
        promised.flat_map(|cycle| line(cycle.id, &cycles)).map(|cycle| cycle.since).collect()
    }

    /// Which facts are known not to have ended what has run since an instant, though they look like it: a host has said so. What the correction itself has
    /// made is known as that only by the past as it is known now.
    pub(super) fn denied(
        &self,
        runs: &Runs,
        ledger: &Ledger,
        before: &[Past],
        now: &[Past],
    ) -> Vec<(Timestamp, usize)> {
        let cycles = self.on_ticket(runs, ledger);
        let enders = self.watching_as_promised().enders(before);
        let again = |cycle: &&Commitment| Some((cycle.since, owed_again_by_word(cycle, &cycles, now)?));
        let denied = |(since, again): (Timestamp, Timestamp)| {
            let by_then = enders.iter().filter(move |(index, _)| before.get(*index).is_some_and(|by| by.at < again));
            by_then.map(move |(index, _)| (since, *index))
        };
        cycles.iter().filter_map(again).flat_map(denied).collect()
    }

    /// The last instant before the agreement's time: what began until then is not measured by it.
    pub(super) fn before_its_time(&self) -> Option<Timestamp> {
        self.agreement.from.map(|from| from.minus_micros(1))
    }

    /// The latest that nothing has taken off the record.
    fn last_kept<'b>(&'b self, runs: &'b Runs, ledger: &'b Ledger) -> Option<&'b Commitment> {
        self.made_here(runs, ledger).filter(|cycle| !was_put_right(cycle)).max_by_key(|cycle| cycle.version)
    }

    /// The cycle that the ticket has left last, if nothing has been decided of the metric since.
    fn last_left<'b>(&'b self, runs: &'b Runs, ledger: &'b Ledger) -> Option<&'b Commitment> {
        self.last(runs, ledger).filter(|last| was_left(last))
    }

    /// The cycle that the ticket has left last of those that stood for this one.
    fn left_of<'b>(&'b self, told: &Told, runs: &'b Runs, ledger: &'b Ledger) -> Option<&'b Commitment> {
        let cycles = self.made_here(runs, ledger);
        cycles.filter(|cycle| was_left(cycle) && told.counted_since(cycle.since)).max_by_key(|cycle| cycle.version)
    }

    /// The names of the metrics that must have ended before, each after the one that follows it.
    fn before(&self) -> Vec<&'a Name> {
        let mut names: Vec<&'a Name> = Vec::new();
        let mut next = self.metric.after.as_ref();
        while let Some(name) = next.filter(|name| !names.contains(name)) {
            names.push(name);
            next = self.policy.metrics.get(name).and_then(|metric| metric.after.as_ref());
        }
        names
    }

    /// The metrics that must have ended before, each after the one that follows it.
    pub(super) fn after(&self) -> Vec<Watch<'a>> {
        self.before().into_iter().filter_map(|name| self.watch(name)).collect()
    }

    /// When the first of them is known to have ended, however that came about: when it was closed, or when it was done.
    pub(super) fn after_ended(
        &self,
        runs: &Runs,
        ledger: &Ledger,
        ended_at: impl Fn(&Commitment) -> Option<Timestamp>,
    ) -> Option<Timestamp> {
        let name = self.metric.after.as_ref()?;
        // Of each run the first that was decided: the others came later.
        let first = |run: &Run| {
            let cycles = run.cycles.iter().filter_map(|id| ledger.get(*id));
            let mut decided = cycles.filter(|cycle| !was_left(cycle) && !was_put_right(cycle));
            decided.find_map(&ended_at)
        };
        let of_kind = |run: &&Run| run.metric == *name && run.kind == self.agreement.kind;
        runs.iter().filter(of_kind).filter_map(first).min()
    }

    /// What would end another metric: by the first agreement of the kind that has a target for it, if there is one.
    fn watch(&self, name: &Name) -> Option<Watch<'a>> {
        let of_kind = self.policy.agreements.iter().filter(|agreement| agreement.kind == self.agreement.kind);
        let mut rules = of_kind.filter_map(|agreement| agreement.targets.get(name));
        let also = rules.next().map_or(&[][..], |rule| &rule.also);
        Some(Watch { metric: self.policy.metrics.get(name)?, also, binding: Binding::Goal })
    }

    /// Until when all that waited has been decided. A cycle that was merely left has decided nothing, and is taken up again.
    fn decided(&self, past: &[Past], runs: &Runs, ledger: &Ledger) -> Option<Timestamp> {
        let cycles = self.runs(runs).flat_map(|run| &run.cycles);
        let closed = cycles.filter_map(|id| ledger.get(*id)).filter(|cycle| !was_left(cycle));
        // Of one that was put right nothing is decided, but by whoever struck it out; and what goes on with another in its place decides for it.
        let claims = self.claims(past);
        let until = |cycle: &Commitment| if was_put_right(cycle) { None } else { over_at(cycle, &claims) };
        // A word about what was carried over, or whoever struck one out: else the cycles say it themselves.
        let by_word = |run: &Run| {
            let mut cycles = run.cycles.iter().filter_map(|id| ledger.get(*id));
            !run.carried_in.is_empty() || cycles.any(was_struck_out)
        };
        let by_word = self.runs(runs).any(by_word);
        let settled = if by_word { self.settled(runs, ledger, [past, past]) } else { Vec::new() };
        let settled = settled.into_iter().map(Settled::last);
        let decided = closed.filter_map(until).chain(settled).chain(self.before_its_time()).max();
        // What was left was not decided, whenever the one before it is said to have been done.
        let left = self.last_left(runs, ledger).map(|left| left.since.minus_micros(1));
        decided.map(|decided| left.map_or(decided, |left| left.min(decided)))
    }
}

/// When what a cycle waited for was over: when that was done, or when it was closed. What somebody claims has answered nothing that came after it, by his
/// own word.
fn over_at(cycle: &Commitment, claims: &[(Timestamp, Timestamp)]) -> Option<Timestamp> {
    let said = |done: Timestamp| {
        let claims = claims.iter().filter(|(known, _)| *known == done);
        claims.map(|(_, happened)| *happened).min().unwrap_or(done)
    };
    cycle.done_at().map(said).or(cycle.closed_at())
}
