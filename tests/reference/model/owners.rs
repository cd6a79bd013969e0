//! Who answers for it, and to whom a part of it is given on.

use owed::commitment::{Owner, Party, PhaseName, Promise, Verdict};
use owed::{CommitmentId, Timestamp};

use super::{Heard, World};

impl World {
    /// Somebody else answers for it.
    pub(super) fn hand_over(&mut self, id: CommitmentId, owner: &Owner, at: Timestamp) {
        let debt = self.debt(id);
        if debt.owner != *owner {
            debt.owner = owner.clone();
            self.heard.push(Heard::HandedOver(at, id, owner.clone()));
        }
    }

    /// Everything that a team answers for, or one in it, is another's: what was owed first comes first.
    pub(super) fn hand_over_all(&mut self, from: &Owner, to: &Owner, at: Timestamp) {
        let theirs = self.debts.iter().filter(|(_, debt)| {
            let his = debt.owner.agent == from.agent;
            debt.is_open() && debt.owner.team == from.team && (from.agent.is_none() || his)
        });
        let mut theirs = theirs.map(|(id, debt)| (debt.nth, *id)).collect::<Vec<_>>();
        theirs.sort();
        for (_, id) in theirs {
            self.hand_over(id, to, at);
        }
    }

    /// Another owes it to the desk. The customer is owed what he was owed.
    pub(super) fn delegate(&mut self, id: CommitmentId, part: &Promise, at: Timestamp, then: Timestamp) -> bool {
        let inside = matches!(part.beneficiary, Party::Team(_) | Party::Agent(_) | Party::Vendor(_));
        let lets = matches!(self.debts[&id].phase(), PhaseName::Conditional | PhaseName::Active | PhaseName::Overdue);
        if !inside || !lets || !self.promise(part, None, at, then) {
            return false;
        }
        let child = part.commitment;
        self.debt(child).part_of = Some(id);
        let too_late = self.debts[&child].due() > self.debts[&id].due();
        self.debt(id).parts.push(child);
        self.heard.push(Heard::GivenOn(at, id, child, too_late));
        true
    }

    /// A part is broken: whoever answers for the whole hears of it, as long as that is not decided; or for what goes on with that.
    pub(super) fn put_at_risk(&mut self, part: CommitmentId, at: Timestamp) {
        let Some(mut whole) = self.debts[&part].part_of else { return };
        while let Some(by) = self.debts[&whole].renewed_by {
            whole = by;
        }
        let debt = self.debt(whole);
        if debt.verdict() == Verdict::Pending {
            debt.at_risk = true;
            self.heard.push(Heard::AtRisk(at, whole, part));
        }
    }
}
