//! Two streams, one decision: the same contract with the host as for one, kept for both at once.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::envelope::{Recorded, Refusal};
use super::refusal;
use super::state::Ticket;
use crate::commitment::{CommandRefusal, Run, Source, envelope, stream};
use crate::rulebook::Rulebook;
use crate::{EditionNumber, TicketId};

/// What a decision about two tickets has come to on each: to be stored in one transaction, all or none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Both {
    /// The events of the ticket that something was taken from.
    pub from: Vec<Recorded>,
    /// The events of the ticket that got it.
    pub to: Vec<Recorded>,
}

/// A refused decision about two tickets, with what time had caused on each by then. A host stores that all the same.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize)]
#[error("{why}")]
pub struct RefusedBoth {
    /// Why.
    #[source]
    pub why: Refusal,
    /// What time had caused.
    pub meanwhile: Both,
}

/// Two tickets in one call of the host's.
pub(super) struct Pair<'a> {
    pub(super) from: Run<'a, Ticket>,
    pub(super) to: Run<'a, Ticket>,
    pub(super) source: &'a Source,
    pub(super) in_force: EditionNumber,
}

/// Carries out a command about two tickets: records what time has caused on both by its instant, then lets `decide` look whether it can
/// be done, then lets `record` do it, then lets time catch up once more on both.
pub(super) fn together<'a, O, D>(
    (from, to): (&'a mut Ticket, &'a mut Ticket),
    named: TicketId,
    rules: &'a Rulebook,
    command: &envelope::Command<TicketId, O>,
    decide: impl FnOnce(&Pair<'_>) -> Result<D, Refusal>,
    record: impl FnOnce(&mut Pair<'_>, D),
) -> Result<Both, RefusedBoth> {
    match admit(from, to, named, rules, command) {
        Err(why) => return Err(RefusedBoth { why, meanwhile: Both::default() }),
        Ok(Admitted::Done) => return Ok(Both::default()),
        Ok(Admitted::New) => {}
    }
    let at = command.at;
    let source = Source::of(command);
    let mut pair = Pair {
        from: Run::until(from, rules, at),
        to: Run::until(to, rules, at),
        source: &source,
        in_force: EditionNumber(0),
    };
    let in_order = [&pair.from, &pair.to].into_iter().try_for_each(|run| run.stream.journal.check_order(at));
    let in_force = rules.in_force(at).ok_or(CommandRefusal::NoEdition { at });
    let decided = in_order.and(in_force).map_err(Refusal::from).and_then(|in_force| {
        pair.in_force = in_force;
        decide(&pair)
    });
    match decided {
        Err(why) => Err(RefusedBoth { why, meanwhile: Both { from: pair.from.events, to: pair.to.events } }),
        Ok(decided) => {
            record(&mut pair, decided);
            Ok(Both { from: pair.from.settle(at, &source), to: pair.to.settle(at, &source) })
        }
    }
}

enum Admitted {
    New,
    /// It was recorded on both at the last instant.
    Done,
}

fn admit<O>(
    from: &Ticket,
    to: &Ticket,
    named: TicketId,
    rules: &Rulebook,
    command: &envelope::Command<TicketId, O>,
) -> Result<Admitted, Refusal> {
    stream::admit(from, rules, command)?;
    let envelope::Command { id, at, happened, ref by, .. } = *command;
    let for_the_other = envelope::Command { stream: named, id, at, happened, by: by.clone(), order: () };
    stream::admit(to, rules, &for_the_other)?;
    if from.id == to.id {
        return Err(refusal::Refusal::SameTicket { ticket: to.id }.into());
    }
    let missing = |ticket: &Ticket| refusal::Refusal::HalfStored { command: id, missing: ticket.id };
    match (from.journal.has(command), to.journal.has(command)) {
        (false, false) => Ok(Admitted::New),
        (true, true) => Ok(Admitted::Done),
        (true, false) => Err(missing(to).into()),
        (false, true) => Err(missing(from).into()),
    }
}
