//! It is done: in time, late, too early, or shown to have been done in time after all.

use owed::commitment::{Stamp, Verdict};
use owed::{Command, CommitmentId, Timestamp};

use super::{Breach, End, House, State, World};
use owed::commitment::BreachCause;

impl World {
    pub(super) fn fulfil(&mut self, id: CommitmentId, command: &Command, done: Timestamp) -> bool {
        let house = self.house;
        let debt = self.debt(id);
        let at = command.at;
        let too_early = debt.opens_at.is_some_and(|opens_at| done < opens_at);
        let corrects = !too_early
            && debt.verdict() == Verdict::Breached
            && debt.breach.is_some_and(|breach| proves(house, debt, breach, command));
        if !debt.is_open() && !corrects {
            return false;
        }
        if done < debt.counts_from() {
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
                if self.debts[&id].round.as_ref().is_some_and(|round| self.stopped(round.series).is_none()) {
                    self.next_round_delivered(id, done, at);
                }
            }
            Verdict::Pending | Verdict::Fulfilled | Verdict::Void => {
                debt.close(at, End::Kept);
                self.next_round_delivered(id, done, at);
            }
        }
        true
    }
}

/// Whether it was done before the breach, and somebody vouches for that.
fn proves(house: House, debt: &super::Debt, breach: Breach, command: &Command) -> bool {
    let Some(happened) = command.happened else { return false };
    let vouched = match happened.stamp {
        Stamp::Transport => true,
        Stamp::Claim => house.lets(debt, breach.at, command.at, &command.by),
    };
    // Too late from the first, it had its deadline all the same.
    let last = if breach.cause == BreachCause::BornLate { breach.due } else { breach.at };
    vouched && debt.counts_from() <= happened.at && happened.at <= last
}
