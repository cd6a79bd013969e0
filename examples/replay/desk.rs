//! The host itself: tickets, an agenda, and a clock that the log moves. Here, and only here, the crate is called.

use std::collections::BTreeMap;

use owed::calendar::Calendar;
use owed::commitment::Commitment;
use owed::report::{Statement, Tally, statements};
use owed::{Agenda, Command, Recorded, Refusal, Rulebook, Ticket, TicketId, Timestamp};

use super::cli::Wake;
use super::failure::Failure;

/// A desk at work.
pub(crate) struct Desk<'r> {
    rules: &'r Rulebook,
    wake: Wake,
    tickets: Vec<Ticket>,
    seats: BTreeMap<TicketId, Seat>,
    agenda: Agenda<Seat>,
}

/// Where a desk keeps a ticket: they are numbered as they come.
pub(crate) type Seat = usize;

/// What a desk says, in the order in which it comes to pass.
pub(crate) enum Said<'a> {
    /// An event, as it is recorded.
    Event(&'a Recorded),
    /// A command was refused. What time had caused by then has been said before.
    Refused(&'a Command, &'a Refusal),
}

/// Who hears what a desk says.
pub(crate) type Say<'s> = dyn FnMut(Said<'_>) -> Result<(), Failure> + 's;

/// What became of everything. Only [`Desk::finish`] makes it, and nothing can be changed any more.
pub(crate) struct Verdicts<'r> {
    rules: &'r Rulebook,
    tickets: Vec<Ticket>,
    until: Timestamp,
}

const DAY: i64 = 86_400_000_000;

impl<'r> Desk<'r> {
    pub(crate) fn new(rules: &'r Rulebook, wake: Wake) -> Self {
        Self { rules, wake, tickets: Vec::new(), seats: BTreeMap::new(), agenda: Agenda::new() }
    }

    /// The seat of a ticket, a new one for a new ticket.
    pub(crate) fn seat(&mut self, id: TicketId) -> Seat {
        *self.seats.entry(id).or_insert_with(|| {
            self.tickets.push(Ticket::new(id));
            self.tickets.len() - 1
        })
    }

    /// The ticket in a seat.
    pub(crate) fn ticket(&self, seat: Seat) -> Option<&Ticket> {
        self.tickets.get(seat)
    }

    /// Takes in a command when it is `now` by the desk's clock, which never goes back.
    pub(crate) fn take(
        &mut self,
        seat: Seat,
        command: &Command,
        now: Timestamp,
        say: &mut Say<'_>,
    ) -> Result<(), Failure> {
        self.look(now, say)?;
        let Some(ticket) = self.tickets.get_mut(seat) else { return Ok(()) };
        let before = ticket.next_wake();
        if command.at < now {
            // A command from behind the clock finds its ticket as the clock has left it, however seldom the desk looks.
            ticket.wake(self.rules, now).iter().try_for_each(|event| say(Said::Event(event)))?;
        }
        let taken = ticket.handle(self.rules, command);
        let wake = ticket.next_wake();
        match &taken {
            Ok(events) => events.iter().try_for_each(|event| say(Said::Event(event)))?,
            Err(refused) => {
                refused.meanwhile.iter().try_for_each(|event| say(Said::Event(event)))?;
                say(Said::Refused(command, &refused.why))?;
            }
        }
        if wake != before {
            self.agenda.set(seat, wake);
        }
        Ok(())
    }

    /// Wakes every ticket that has something to say by the end, and gives out what became of everything.
    pub(crate) fn finish(mut self, until: Timestamp, say: &mut Say<'_>) -> Result<Verdicts<'r>, Failure> {
        self.look(until, say)?;
        self.wake_all(until, say)?;
        Ok(Verdicts { rules: self.rules, tickets: self.tickets, until })
    }

    /// Looks what time has done by `now`, as often as this desk does.
    fn look(&mut self, now: Timestamp, say: &mut Say<'_>) -> Result<(), Failure> {
        while let Some(first) = self.agenda.next() {
            let at = match self.wake {
                Wake::Each => first,
                Wake::Daily => midnight_from(first),
                Wake::Never => return Ok(()),
            };
            if at > now {
                return Ok(());
            }
            self.wake_all(at, say)?;
        }
        Ok(())
    }

    /// Wakes all whose wake has come, in the agenda's order.
    fn wake_all(&mut self, now: Timestamp, say: &mut Say<'_>) -> Result<(), Failure> {
        while let Some(seat) = self.agenda.pop_due(now) {
            let Some(ticket) = self.tickets.get_mut(seat) else { continue };
            ticket.wake(self.rules, now).iter().try_for_each(|event| say(Said::Event(event)))?;
            self.agenda.set(seat, ticket.next_wake());
        }
        Ok(())
    }
}

/// The first 00:00 UTC that is not before an instant.
fn midnight_from(at: Timestamp) -> Timestamp {
    let since = at.as_micros().rem_euclid(DAY);
    if since == 0 { at } else { at.plus_micros((DAY - since).unsigned_abs()) }
}

impl Verdicts<'_> {
    /// Where the replay ended.
    pub(crate) const fn until(&self) -> Timestamp {
        self.until
    }

    /// The rulebook that it went by.
    pub(crate) const fn rules(&self) -> &Rulebook {
        self.rules
    }

    /// Every ticket, in the order of their first commands.
    pub(crate) fn tickets(&self) -> &[Ticket] {
        &self.tickets
    }

    /// The calendar that a commitment goes by, if it goes by one.
    pub(crate) fn calendar(&self, commitment: &Commitment) -> Option<&Calendar> {
        self.rules.edition(commitment.edition)?.calendar(commitment.terms.calendar.as_ref()?)
    }

    /// How many were kept, by metric and priority.
    pub(crate) fn tally(&self) -> Tally {
        let mut tally = Tally::new();
        self.tickets.iter().for_each(|ticket| tally.count(ticket, self.rules, self.until));
        tally
    }

    /// All that there is to say of every commitment of a ticket.
    pub(crate) fn statements(&self, ticket: &Ticket) -> Vec<Statement> {
        statements(ticket, self.rules, self.until)
    }
}
