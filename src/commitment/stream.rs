//! The loop of every stream that holds commitments: time first, then the command, then what follows from both.
//!
//! A ticket is such a stream, and so is an account. What is theirs alone is told by [`Stream`]; the contract with the host is
//! kept here, once.

use alloc::vec::Vec;

use uuid::Uuid;

use super::addressee::Reach;
use super::decide::{Context, FollowUp, decide, decide_for_follow_up, decide_for_time, follow_ups};
use super::envelope::{Cause, Command, CommandRefusal, Recorded, Refused};
use super::event::Event;
use super::happened::Happened;
use super::journal::Journal;
use super::ledger::Ledger;
use super::order::Order;
use super::party::Actor;
use super::refusal::Refusal;
use crate::{EditionNumber, Timestamp, has_passed};

/// What one kind of stream has of its own.
pub(crate) trait Stream: Sized {
    /// Names one.
    type Id: Copy + PartialEq + Into<Uuid>;
    /// What may be asked of it.
    type Order;
    /// What happens in it, facts about commitments among that.
    type Event: From<Event>;
    /// Why it refuses.
    type Refusal: From<CommandRefusal>;
    /// What the host hands in to judge by, at each call.
    type Rules<'a>: Copy;

    fn id(&self) -> Self::Id;
    fn journal(&self) -> &Journal;
    fn ledger(&self) -> &Ledger;

    /// Takes in an event.
    fn take(&mut self, recorded: &Recorded<Self::Id, Self::Event>);

    /// Why a command for another stream is refused.
    fn another(&self, given: Self::Id) -> CommandRefusal;

    /// What of the rules is missing that this stream needs.
    fn missing(&self, rules: Self::Rules<'_>) -> Option<CommandRefusal>;

    /// The edition of the rules that is in force.
    fn in_force(rules: Self::Rules<'_>, at: Timestamp) -> Option<EditionNumber>;

    /// What a commitment's rules may look at besides itself: above all the calendars of its edition.
    fn context(
        rules: Self::Rules<'_>,
        edition: EditionNumber,
        at: Timestamp,
        happened: Option<Happened>,
    ) -> Context<'_>;

    /// With whom it speaks, and how, as far as it knows.
    fn reach(&self) -> Reach<'_> {
        Reach::default()
    }

    /// What a command comes to. Nothing is changed yet.
    fn decide(run: &Run<'_, Self>, command: &Command<Self::Id, Self::Order>)
    -> Result<Vec<Self::Event>, Self::Refusal>;

    /// Stores an event, and what follows from it.
    fn record(run: &mut Run<'_, Self>, event: Self::Event, at: Timestamp, source: &Source);

    /// The instant of the timer that goes off first, of whichever room.
    fn next_due(&self) -> Option<Timestamp> {
        self.ledger().next_timer().map(|timer| timer.nominal)
    }

    /// Records what that timer causes, and what follows from it; says whether that was anything.
    fn elapse(run: &mut Run<'_, Self>, at: Timestamp, source: &Source) -> bool {
        run.elapse_in_ledger(at, source)
    }

    /// What follows in other rooms from a fact about a commitment, which is the one of [`Run::events`] that stands there.
    fn heard(_: &mut Run<'_, Self>, _stored: usize, _: Timestamp, _: &Source) {}
}

type Taken<S> = Vec<Recorded<<S as Stream>::Id, <S as Stream>::Event>>;
type Denied<S> = Refused<<S as Stream>::Id, <S as Stream>::Event, <S as Stream>::Refusal>;

/// Carries out a command: records what time has caused by its instant, then decides, then lets time catch up once more.
pub(crate) fn handle<'a, S: Stream>(
    stream: &'a mut S,
    rules: S::Rules<'a>,
    command: &Command<S::Id, S::Order>,
) -> Result<Taken<S>, Denied<S>> {
    if let Err(why) = admit(stream, rules, command) {
        return Err(Refused { why: why.into(), meanwhile: Vec::new() });
    }
    if stream.journal().has(command) {
        return Ok(Vec::new());
    }
    let at = command.at;
    let mut run = Run::until(stream, rules, at);
    let in_order = run.stream.journal().check_order(at).map_err(S::Refusal::from);
    match in_order.and_then(|()| S::decide(&run, command)) {
        Err(why) => Err(Refused { why, meanwhile: run.events }),
        Ok(decided) => {
            let source = Source::of(command);
            for event in decided {
                S::record(&mut run, event, at, &source);
            }
            Ok(run.settle(at, &source))
        }
    }
}

/// Records what time has caused by `now`: nothing where an event was skipped, which may have been a delivery.
pub(crate) fn wake<'a, S: Stream>(stream: &'a mut S, rules: S::Rules<'a>, now: Timestamp) -> Taken<S> {
    // Whoever cannot judge by the rules that it was made under leaves it to one who can: it stays due.
    if stream.journal().skipped.is_some() || stream.missing(rules).is_some() {
        return Vec::new();
    }
    Run::until(stream, rules, now).events
}

/// Whether a command can be believed at all.
pub(crate) fn admit<S: Stream, O>(
    stream: &S,
    rules: S::Rules<'_>,
    command: &Command<S::Id, O>,
) -> Result<(), CommandRefusal> {
    if command.stream != stream.id() {
        return Err(stream.another(command.stream));
    }
    let given: [Uuid; 2] = [stream.id().into(), command.id.into()];
    if let Some(id) = given.into_iter().find(|id| id.get_version_num() == 5) {
        return Err(CommandRefusal::DerivedId { id });
    }
    if command.at.is_an_end_of_time() {
        return Err(CommandRefusal::OutsideTime);
    }
    if let Some(happened) = command.happened.filter(|happened| happened.at > command.at) {
        return Err(CommandRefusal::HappenedLater { happened: happened.at, at: command.at });
    }
    if let Some(version) = stream.journal().skipped {
        return Err(CommandRefusal::UnknownEvent { version });
    }
    stream.missing(rules).map_or(Ok(()), Err)
}

/// Where an event comes from.
pub(crate) struct Source {
    cause: Cause,
    pub(crate) happened: Option<Happened>,
    pub(crate) by: Option<Actor>,
}

impl Source {
    /// A command.
    pub(crate) fn of<S, O>(command: &Command<S, O>) -> Self {
        Self { cause: Cause::Command(command.id), happened: command.happened, by: Some(command.by.clone()) }
    }

    /// The same, telling of what had happened before it was taken in.
    pub(crate) fn that_happened(&self, happened: Happened) -> Self {
        Self { cause: self.cause, happened: Some(happened), by: self.by.clone() }
    }

    /// The source of what follows from such an event: the same cause, and nobody's word.
    pub(crate) const fn following(&self) -> Self {
        Self { cause: self.cause, happened: None, by: None }
    }
}

/// One call of the host's, while it lasts.
pub(crate) struct Run<'a, S: Stream> {
    pub(crate) stream: &'a mut S,
    pub(crate) rules: S::Rules<'a>,
    noticed: Timestamp,
    pub(crate) events: Taken<S>,
}

impl<'a, S: Stream> Run<'a, S> {
    /// A call that has come as far as this instant: what time has caused by then is recorded.
    pub(crate) fn until(stream: &'a mut S, rules: S::Rules<'a>, now: Timestamp) -> Self {
        let mut run = Self { stream, rules, noticed: now, events: Vec::new() };
        run.catch_up(now, Cause::Time);
        run
    }
}

impl<S: Stream> Run<'_, S> {
    /// What comes to be late by what was recorded now has that for its cause.
    pub(crate) fn settle(mut self, now: Timestamp, source: &Source) -> Taken<S> {
        self.catch_up(now, source.cause);
        self.events
    }

    /// Records every fact of time up to `now`, each at its own instant.
    fn catch_up(&mut self, now: Timestamp, cause: Cause) {
        while let Some(nominal) = self.stream.next_due().filter(|nominal| has_passed(*nominal, now)) {
            let at = self.stream.journal().last.map_or(nominal, |last| last.max(nominal));
            if !S::elapse(self, at, &Source { cause, happened: None, by: None }) {
                return;
            }
        }
    }

    /// Records what the first timer of the ledger causes; says whether that was anything.
    pub(crate) fn elapse_in_ledger(&mut self, at: Timestamp, source: &Source) -> bool {
        let ledger = self.stream.ledger();
        let Some(timer) = ledger.next_timer() else { return false };
        let Some(commitment) = ledger.get(timer.of) else { return false };
        let facts = decide_for_time(commitment, timer, &self.context(commitment.edition, at, None));
        let any = !facts.is_empty();
        for fact in facts {
            self.follow(fact, at, source);
        }
        any
    }

    /// What an order about commitments comes to, by the hours of the one that it is about or, for a new one, of the edition in force.
    pub(crate) fn ordered<O>(
        &self,
        command: &Command<S::Id, O>,
        order: &Order,
        in_force: EditionNumber,
    ) -> Result<Vec<Event>, Refusal> {
        let ledger = self.stream.ledger();
        let known = order.commitment().and_then(|id| ledger.get(id));
        let edition = known.map_or(in_force, |commitment| commitment.edition);
        decide(ledger, order, &command.by, &self.context(edition, command.at, command.happened))
    }

    /// Stores a fact about a commitment, and then what follows from it for others.
    pub(crate) fn follow(&mut self, fact: Event, at: Timestamp, source: &Source) {
        let from = fact.springs_from().unwrap_or(fact.commitment());
        let edition = self.stream.ledger().get(from).map(|known| known.edition);
        self.follow_by(edition, fact, at, source);
    }

    /// The same, found by the hours of this edition, which it goes by from now on.
    pub(crate) fn follow_under(&mut self, edition: EditionNumber, fact: Event, at: Timestamp, source: &Source) {
        self.follow_by(Some(edition), fact, at, source);
    }

    fn follow_by(&mut self, edition: Option<EditionNumber>, fact: Event, at: Timestamp, source: &Source) {
        let orders = follow_ups(self.stream.ledger(), &fact, at);
        self.store(fact.into(), edition, at, source);
        let stored = self.events.len().saturating_sub(1);
        for order in orders {
            if let Some(fact) = self.followed(&order, at) {
                self.follow(fact, at, &source.following());
            }
        }
        S::heard(self, stored, at, &source.following());
    }

    /// What an order about another commitment comes to, by the hours of that.
    pub(crate) fn followed(&self, order: &FollowUp, at: Timestamp) -> Option<Event> {
        let ledger = self.stream.ledger();
        let edition = ledger.get(order.commitment())?.edition;
        decide_for_follow_up(ledger, order, &self.context(edition, at, None))
    }

    /// Puts an event into its envelope and applies it. Without an edition of its own it goes by the one in force.
    pub(crate) fn store(&mut self, event: S::Event, edition: Option<EditionNumber>, at: Timestamp, source: &Source) {
        let recorded = Recorded {
            stream: self.stream.id(),
            version: self.stream.journal().version.saturating_add(1),
            at,
            noticed: self.noticed,
            happened: source.happened,
            by: source.by.clone(),
            cause: source.cause,
            edition: edition.or_else(|| S::in_force(self.rules, at)).unwrap_or(EditionNumber(0)),
            event,
        };
        self.stream.take(&recorded);
        self.events.push(recorded);
    }

    /// What a commitment's rules may look at besides itself.
    pub(crate) fn context(&self, edition: EditionNumber, at: Timestamp, happened: Option<Happened>) -> Context<'_> {
        Context { reach: self.stream.reach(), ..S::context(self.rules, edition, at, happened) }
    }
}
