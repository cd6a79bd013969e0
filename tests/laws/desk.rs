//! A host: it hands a ticket commands and the time, and stores what comes back.

use std::ops::ControlFlow;

use owed::{Command, CommandRefusal, Recorded, Refusal, Rulebook, Ticket, Timestamp};

use super::steps::TICKET;

#[derive(Clone)]
pub(crate) struct Desk<'a> {
    pub(crate) rules: &'a Rulebook,
    pub(crate) ticket: Ticket,
    pub(crate) log: Vec<Recorded>,
}

/// One call of `handle` or `wake`, and what came of it.
#[derive(Clone, Debug)]
pub(crate) struct Call<'a> {
    pub(crate) now: Timestamp,
    pub(crate) command: Option<&'a Command>,
    pub(crate) refusal: Option<Refusal>,
    /// Where its events begin in the log.
    pub(crate) first: usize,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(rules: &'a Rulebook) -> Self {
        Self { rules, ticket: Ticket::new(TICKET), log: Vec::new() }
    }

    pub(crate) fn handle<'c>(&mut self, command: &'c Command) -> Call<'c> {
        let first = self.log.len();
        let (events, refusal) = match self.ticket.handle(self.rules, command) {
            Ok(events) => (events, None),
            Err(refused) => (refused.meanwhile, Some(refused.why)),
        };
        self.log.extend(events);
        Call { now: command.at, command: Some(command), refusal, first }
    }

    pub(crate) fn wake(&mut self, now: Timestamp) -> Call<'static> {
        let first = self.log.len();
        self.log.extend(self.ticket.wake(self.rules, now));
        Call { now, command: None, refusal: None, first }
    }

    /// Sleeps until the next wake again and again; gives up after so many, since a busy loop must fail and not hang.
    pub(crate) fn sleep_on<E>(
        &mut self,
        cap: usize,
        mut each: impl FnMut(&Self, &Call<'_>) -> Result<(), E>,
    ) -> Result<ControlFlow<()>, E> {
        for _ in 0..cap {
            let Some(wake) = self.ticket.next_wake() else { return Ok(ControlFlow::Continue(())) };
            let call = self.wake(wake.at);
            each(self, &call)?;
        }
        Ok(ControlFlow::Break(()))
    }

    /// The events of a call.
    pub(crate) fn heard(&self, call: &Call<'_>) -> &[Recorded] {
        &self.log[call.first..]
    }
}

impl Call<'_> {
    /// Whether the ticket looked at the time at all: a command that cannot be believed is no reason to.
    pub(crate) fn tells_the_time(&self) -> bool {
        looks_at_the_time(self.refusal.as_ref())
    }
}

pub(crate) fn looks_at_the_time(refusal: Option<&Refusal>) -> bool {
    use CommandRefusal::{DerivedId, EditionMissing, HappenedLater, OtherStream, OutsideTime};
    let Some(Refusal::Command(why)) = refusal else { return true };
    !matches!(why, OtherStream { .. } | OutsideTime | HappenedLater { .. } | DerivedId { .. } | EditionMissing { .. })
}
