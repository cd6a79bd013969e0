//! What is ordered: taken if the chart has a row for it.

use owed::commitment::{Attempt, Order, PhaseName, Verdict};
use owed::{Command, CommitmentId, Timestamp};

use super::rule::Rule;
use super::{End, World};

impl World {
    pub(super) fn take(&mut self, command: &Command) -> bool {
        let owed::Order::Commitment(order) = &command.order else { return true };
        let at = command.at;
        let then = command.happened.map_or(at, |happened| happened.at);
        match order {
            Order::Promise(promise) => return self.promise(promise, None, at, then),
            Order::Suggest { review_by, promise } => {
                return *review_by > at && self.promise(promise, Some(*review_by), at, then);
            }
            Order::StartSeries(start) => return self.start_series(start, at, then),
            Order::StopSeries { series, .. } => return self.stop_series(*series, at),
            Order::HandOverAll { from, to } => {
                self.hand_over_all(from, to, at);
                return true;
            }
            _ => {}
        }
        let id = order.commitment().expect("about one");
        if !self.debts.contains_key(&id) {
            return false;
        }
        self.about(id, order, command, then)
    }

    fn about(&mut self, id: CommitmentId, order: &Order, command: &Command, then: Timestamp) -> bool {
        let at = command.at;
        let debt = self.debt(id);
        let phase = debt.phase();
        let runs = matches!(phase, PhaseName::Active | PhaseName::Paused);
        let in_force = runs || phase == PhaseName::Conditional;
        match order {
            Order::Confirm { .. } => phase == PhaseName::Candidate && done(|| self.count(id, at)),
            Order::Dismiss { .. } => phase == PhaseName::Candidate && done(|| debt.close(at, End::Void)),
            Order::MeetCondition { .. } if phase == PhaseName::Closed => self.met_after_all(id, command, then),
            Order::MeetCondition { .. } => {
                // Nobody has looked yet, and the customer has done his part all the same.
                let unseen = phase == PhaseName::Candidate && debt.limit.is_some_and(|limit| then <= limit);
                let met = then.max(debt.since);
                (unseen || phase == PhaseName::Conditional) && done(|| debt.begin(met)) && done(|| self.set(id, at))
            }
            Order::Fulfil { .. } => self.fulfil(id, command, then),
            Order::Attempt { .. } if debt.attempt_counts => self.fulfil(id, command, then),
            Order::Attempt { outcome, .. } => {
                let left = *outcome == Attempt::MessageLeft;
                (runs || phase == PhaseName::Overdue) && done(|| debt.tried.push((then, left)))
            }
            Order::Chase { step, .. } => runs && debt.chase(*step, at),
            Order::Hear { .. } => debt.is_open() && done(|| debt.chased.clear()),
            Order::FindAbsent { .. } => runs && debt.is_absent(at) && done(|| self.find_absent(id, at)),
            Order::TakeUpAgain { successor, .. } => self.take_up_again(id, *successor, then, at),
            Order::Announce { .. } => debt.is_open(),
            Order::Pause { reason, until, told, .. } => {
                let taken = debt.pause(reason, *until, told.is_some(), at);
                if debt.phase() != phase {
                    self.set(id, at);
                }
                taken
            }
            Order::Resume { reason, .. } => {
                let taken = debt.resume(reason, at);
                if debt.phase() != phase {
                    self.set(id, at);
                }
                taken
            }
            Order::Amend { due, .. } => {
                let taken = in_force && debt.amend(Rule::of(due), at);
                if taken && phase == PhaseName::Active {
                    self.set(id, at);
                }
                taken
            }
            Order::Propose { due, outright, .. } => in_force && debt.propose(due, *outright, then, at),
            Order::Accept { successor, .. } => in_force && self.accept(id, *successor, &command.by, at),
            Order::Decline { .. } => in_force && self.decline(id, &command.by),
            Order::Release { .. } => in_force && debt.speaks(&command.by) && done(|| self.release(id, at)),
            Order::Withdraw { .. } => self.withdraw(id, at),
            Order::DeclareImpossible { .. } => self.impossible(id, at),
            Order::Waive { .. } => {
                phase == PhaseName::Overdue && debt.speaks(&command.by) && done(|| debt.close(at, End::Broken))
            }
            Order::WriteOff { .. } => phase == PhaseName::Overdue && done(|| debt.close(at, End::Broken)),
            Order::Exclude { .. } => debt.verdict() == Verdict::Breached,
            Order::HandOver { owner, .. } => debt.is_open() && done(|| self.hand_over(id, owner, at)),
            Order::Delegate { promise, .. } => self.delegate(id, promise, at, then),
            Order::Retract { successor, .. } => self.retract(id, *successor, at),
            Order::RecordInError { .. } => self.in_error(id, &command.by, at),
            Order::Reinstate { successor, .. } => self.reinstate(id, *successor, at),
            Order::Redact { .. } => true,
            Order::Promise(_)
            | Order::Suggest { .. }
            | Order::StartSeries(_)
            | Order::StopSeries { .. }
            | Order::HandOverAll { .. } => unreachable!("taken above"),
        }
    }
}

/// It is taken, and that was done about it.
fn done(act: impl FnOnce()) -> bool {
    act();
    true
}
