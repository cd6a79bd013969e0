//! What follows when a host lets the rules in force apply to what is owed by earlier ones.
//!
//! Nothing moves without it. What has run stays as the hours of its time have counted it; what is closed or broken never moves.

use alloc::vec::Vec;

use super::envelope::{Command, Event, Recorded, Refused};
use super::event;
use super::state::Ticket;
use crate::commitment::{
    self, Binding, ClockOrder, Commitment, Run, Source, decide_for_agreement, due_now, would_be_due,
};
use crate::policy::{Anew, to_replan, to_stand};
use crate::rulebook::Rulebook;
use crate::{CommitmentId, EditionNumber, Timestamp};

impl Ticket {
    /// What a command would come to, without its being given: the events of a [`Replan`](super::Order::Replan), say, and so what it
    /// would move.
    ///
    /// # Errors
    /// [`Refused`], as the command itself would be.
    ///
    /// # The ticket stays as it is
    ///
    /// ```
    /// # use owed::ticket::{Author, Order, Status};
    /// # use owed::{AgentId, CommandId, ContactId, Rulebook, Ticket, TicketId, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "4 hours" } }] }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (TicketId(id), CommandId(first), CommandId(second));
    /// # let (ryan, ada) = (ContactId::new("c-17")?, AgentId::new("ada")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut ticket = Ticket::new(id);
    /// # let open = ticket.command(first, at, ryan.clone(), Order::open(ryan.clone()));
    /// let would_be = ticket.dry_run(&rules, &open)?;
    /// assert_eq!(ticket.version(), 0);
    /// assert_eq!(ticket.handle(&rules, &open)?, would_be);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn dry_run(&self, rules: &Rulebook, command: &Command) -> Result<Vec<Recorded>, Refused> {
        self.clone().handle(rules, command)
    }
}

impl Run<'_, Ticket> {
    /// Moves what may move to the edition in force, and lets begin what that wants to have begun.
    pub(super) fn replan(&mut self, at: Timestamp, source: &Source) {
        let Some(edition) = self.rules.in_force(at) else { return };
        let orders = self.replanning(edition, at);
        let decided: Vec<(EditionNumber, Vec<commitment::Event>)> =
            orders.iter().map(|order| self.replanned(order, edition, at)).collect();
        let must_tell = self.must_tell(edition, at);
        let moved: Vec<_> = orders.iter().filter_map(|order| self.stream.ledger.get(order.commitment())).collect();
        let moved: Vec<_> = moved.iter().map(|known| (known.id, known.edition)).collect();
        self.store(Event::Ticket(event::Event::Replanned { must_tell }), None, at, source);
        let following = source.following();
        for (edition, facts) in decided {
            for fact in facts {
                self.follow_under(edition, fact, at, &following);
            }
        }
        for (id, earlier) in moved {
            let orders = self.standing_as_planned(id, earlier, edition);
            self.carry_out(orders, source, at, None);
        }
        let Some(matter) = &self.stream.matter else { return };
        let moment = self.anew(matter, at, Anew::Rules);
        let orders = self.beginning(&moment);
        self.carry_out(orders, source, at, None);
    }

    /// What the rules in force say of the pauses of a clock that goes on by them.
    fn standing_as_planned(&self, id: CommitmentId, earlier: EditionNumber, edition: EditionNumber) -> Vec<ClockOrder> {
        let moved = self.stream.ledger.get(id).filter(|known| known.edition == edition);
        let policies = self.policy(earlier).zip(self.policy(edition));
        match (moved, policies, &self.stream.matter) {
            (Some(moved), Some((earlier, in_force)), Some(matter)) => {
                to_stand(moved, &matter.standing, earlier, in_force)
            }
            _ => Vec::new(),
        }
    }

    fn replanning(&self, edition: EditionNumber, at: Timestamp) -> Vec<ClockOrder> {
        let (Some(matter), Some(in_force)) = (&self.stream.matter, self.policy(edition)) else { return Vec::new() };
        let account = |commitment: &Commitment| {
            let own = self.context(commitment.edition, at, None);
            (own.used(commitment, at), due_now(commitment, &own))
        };
        let pinned = |edition| self.policy(edition);
        to_replan(&self.stream.runs, &self.stream.ledger, &matter.standing, (edition, in_force), pinned, account)
    }

    /// What an order comes to, and the edition whose hours say so: that in force for what goes on, its own for what ends.
    fn replanned(
        &self,
        order: &ClockOrder,
        in_force: EditionNumber,
        at: Timestamp,
    ) -> (EditionNumber, Vec<commitment::Event>) {
        let own = self.stream.ledger.get(order.commitment()).map_or(in_force, |known| known.edition);
        let edition = if let ClockOrder::Replan(..) = order { in_force } else { own };
        (edition, decide_for_agreement(&self.stream.ledger, order, &self.context(edition, at, None)))
    }

    /// The open promises of earlier editions that would be due at another instant by the hours in force. They stay as they were
    /// told unless they come nearer, and whoever was told must hear of it.
    fn must_tell(&self, edition: EditionNumber, at: Timestamp) -> Vec<CommitmentId> {
        let context = self.context(edition, at, None);
        let promised = self.stream.ledger.open().filter(|known| known.binding == Binding::Promised);
        let older = promised.filter(|known| known.edition != edition);
        let moved = older.filter(|known| would_be_due(known, &context).is_some_and(|due| due != known.due));
        moved.map(|known| known.id).collect()
    }
}
