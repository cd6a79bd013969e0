//! A matter is given up for its customer's silence, and what is owed goes with it: SEMANTICS 18a. His return takes both up again.
//!
//! | what is owed when the rule would close | becomes of it |
//! |---|---|
//! | its clock stands still by its agreement because the ticket waits for him, and did when he was first reminded | void: the customer is absent |
//! | its own steps are on record: asked, reminded twice, warned, silent | void: the customer is absent |
//! | any other promise | the closing is put off until that is owed no more |
//! | any other goal | ends by its metric |

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::decide::{Settled, close};
use super::event::Event;
use super::refusal::Owing;
use super::silence::Silence;
use super::state::{Matter, Ticket};
use crate::commitment::{ClockOrder, Commitment, Party, Run, Source, Verdict, may_be_found_absent, returned};
use crate::policy::{Status, waits_for_the_customer};
use crate::{CommitmentId, Name, Timestamp};

impl Run<'_, Ticket> {
    /// Closes the matter, or puts that off as long as a promise is owed.
    pub(super) fn close_by_rule(&mut self, rule: Name, at: Timestamp, source: &Source) {
        match self.closing(&rule, at) {
            Ok(Some(closed)) => self.give_up(closed, at, source),
            Err(owed) => self.store(Event::ClosingPutOff { rule, owed }.into(), None, at, source),
            Ok(None) => {}
        }
    }

    /// What closing comes to: what is owed and waits for the customer is let go with it, for he was asked, reminded and warned.
    fn closing(&self, rule: &Name, at: Timestamp) -> Result<Option<Event>, Vec<Owing>> {
        let Some(matter) = &self.stream.matter else { return Ok(None) };
        // In the midst of a fact that ends it, it counts no more.
        let goes_on = |silence: &&Silence| silence.rule == *rule && self.goes_on(silence, matter).is_some();
        let Some(silence) = self.stream.silences.iter().find(goes_on) else { return Ok(None) };
        let absent = silence.reminded().map_or_else(Vec::new, |reminded| self.waits_for_him(matter, reminded, at));
        let (from, to) = (matter.standing.status, Some(Box::new(matter.standing.addressee())));
        let told = silence.told.iter().filter_map(|told| told.message.clone()).collect();
        let closed = Event::Closed { from, rule: Some(rule.clone()), to, absent: absent.clone(), told };
        // Giving a matter up solves nothing: what closing would otherwise fulfil is owed.
        let settles = |fact: &Event| {
            let Settled { ended, amends } = self.settled_by(fact, None, at, None);
            let ended = if from == Status::Solved { ended } else { Vec::new() };
            let amends = amends.into_iter().filter(|broken| !absent.contains(broken)).collect();
            Settled { ended: absent.iter().copied().chain(ended).collect(), amends }
        };
        close(matter, &self.stream.ledger, closed, settles)
    }

    /// Closes it, without what waits for the customer.
    fn give_up(&mut self, closed: Event, at: Timestamp, source: &Source) {
        if let Event::Closed { absent, .. } = &closed {
            let let_go = absent.iter().copied().map(ClockOrder::FindAbsent).collect();
            // They end with the closing, and nothing that follows until then is to close it as well.
            self.stream.silences.clear();
            self.carry_out(let_go, source, at, None);
        }
        self.react(closed, at, source);
    }

    /// What is owed to the customer and waits for his part: by its own steps, or by its agreement, under which it stands still while the
    /// ticket waits for him; and then it must have been owed when he was first reminded.
    fn waits_for_him(&self, matter: &Matter, reminded: Timestamp, at: Timestamp) -> Vec<CommitmentId> {
        let waits = |owed: &&Commitment| {
            let to_him = matches!(owed.beneficiary, Party::Customer(_) | Party::Organisation(_));
            let policy = self.policy(owed.edition);
            let by_rule = policy.is_some_and(|policy| waits_for_the_customer(owed, reminded, &matter.standing, policy));
            let waits = by_rule && owed.made <= reminded || may_be_found_absent(owed, at);
            owed.verdict() == Verdict::Pending && to_him && waits
        };
        let mut waiting: Vec<&Commitment> = self.stream.ledger.open().filter(waits).collect();
        // Derived ids come from names, and no name orders anything.
        waiting.sort_unstable_by_key(|owed| owed.version);
        waiting.into_iter().map(|owed| owed.id).collect()
    }

    /// The customer is back: what was let go with the ticket is owed again, with what was left; or as it had been, if he spoke before.
    pub(super) fn take_up_again(&mut self, let_go: &[CommitmentId], at: Timestamp, source: &Source) {
        for id in let_go {
            let Some(known) = self.stream.ledger.get(*id) else { continue };
            let context = self.context(known.edition, at, source.happened);
            for fact in returned(&self.stream.ledger, known, source.by.as_ref(), &context) {
                self.follow(fact, at, &source.following());
            }
        }
    }

    /// What was put off is done as soon as nothing stands against it.
    pub(super) fn close_what_was_put_off(&mut self, at: Timestamp, source: &Source) {
        let put_off = self.stream.silences.iter().find(|silence| silence.put_off).map(|silence| silence.rule.clone());
        if let Some(Ok(Some(closed))) = put_off.map(|rule| self.closing(&rule, at)) {
            self.give_up(closed, at, source);
        }
    }
}
