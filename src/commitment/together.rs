//! Two streams, one decision: the same contract with the host as for one, kept for both at once.

use alloc::boxed::Box;

use super::envelope::{Both, Command, CommandRefusal, RefusedBoth};
use super::event::Event;
use super::stream::{Run, Source, Stream, admit as admit_one};
use crate::{CommandId, CommitmentId, EditionNumber, StreamId, Timestamp};

/// A stream of which two can be decided about at once.
pub(crate) trait Pairs: Stream {
    /// Why one stream is no pair.
    fn same(&self) -> Self::Refusal;

    /// Why a command that was stored on the other stream only is refused.
    fn half_stored(&self, command: CommandId) -> Self::Refusal;
}

/// Two streams in one call of the host's.
pub(crate) struct Pair<'a, 's, S: Stream> {
    pub(crate) from: Run<'a, S>,
    pub(crate) to: Run<'a, S>,
    pub(crate) source: &'s Source,
    pub(crate) in_force: EditionNumber,
}

impl<S: Stream> Pair<'_, '_, S> {
    /// A commitment goes over as it stands.
    pub(crate) fn carry_one(&mut self, id: CommitmentId, at: Timestamp) {
        let Some(known) = self.from.stream.ledger().get(id).cloned() else { return };
        let edition = known.edition;
        let out = Event::CarriedOut { commitment: id, to: self.arrives() };
        let carried = Event::CarriedIn { from: self.leaves(), commitment: Box::new(known) };
        self.from.store(out.into(), Some(edition), at, self.source);
        self.to.store(carried.into(), Some(edition), at, self.source);
    }

    pub(crate) fn leaves(&self) -> StreamId {
        StreamId(self.from.stream.id().into())
    }

    pub(crate) fn arrives(&self) -> StreamId {
        StreamId(self.to.stream.id().into())
    }
}

/// What it comes to, or why it is refused, of two streams of a kind.
type Decided<S> = Result<
    Both<<S as Stream>::Id, <S as Stream>::Event>,
    RefusedBoth<<S as Stream>::Id, <S as Stream>::Event, <S as Stream>::Refusal>,
>;

/// Carries out a command about two streams: records what time has caused on both by its instant, then lets `decide` look whether it can
/// be done, then lets `record` do it, then lets time catch up once more on both.
pub(crate) fn together<'a, S: Pairs, O, D>(
    (from, to): (&'a mut S, &'a mut S),
    named: S::Id,
    rules: S::Rules<'a>,
    command: &Command<S::Id, O>,
    decide: impl FnOnce(&Pair<'_, '_, S>) -> Result<D, S::Refusal>,
    record: impl FnOnce(&mut Pair<'_, '_, S>, D),
) -> Decided<S> {
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
    let in_order = [&pair.from, &pair.to].into_iter().try_for_each(|run| run.stream.journal().check_order(at));
    let in_force = S::in_force(rules, at).ok_or(CommandRefusal::NoEdition { at });
    let decided = in_order.and(in_force).map_err(S::Refusal::from).and_then(|in_force| {
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

fn admit<S: Pairs, O>(
    from: &S,
    to: &S,
    named: S::Id,
    rules: S::Rules<'_>,
    command: &Command<S::Id, O>,
) -> Result<Admitted, S::Refusal> {
    admit_one(from, rules, command)?;
    let Command { id, at, happened, ref by, .. } = *command;
    let for_the_other = Command { stream: named, id, at, happened, by: by.clone(), order: () };
    admit_one(to, rules, &for_the_other)?;
    if from.id() == to.id() {
        return Err(to.same());
    }
    match (from.journal().has(command), to.journal().has(command)) {
        (false, false) => Ok(Admitted::New),
        (true, true) => Ok(Admitted::Done),
        (true, false) => Err(to.half_stored(id)),
        (false, true) => Err(from.half_stored(id)),
    }
}
