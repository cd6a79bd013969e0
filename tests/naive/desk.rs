//! The desk: every answer from all facts, told from the first to the last.

use owed::commitment::Verdict;
use owed::{CommitmentId, Timestamp};

use super::book::{Book, Metric};
use super::climb::{By, Climb, climbs};
use super::cycles::cycles;
use super::facts::{Deed, Fact, Heard, Promise, Stand, hear};
use super::life::{End, Life, State};
use super::promises::{amends, promise, takes};
use super::week::{At, stamp};

#[derive(Clone, Debug)]
pub(crate) struct Desk<'a> {
    book: &'a Book,
    pub(crate) now: At,
    pub(crate) stand: Stand,
    pub(crate) lives: Vec<Life<'a>>,
    pub(crate) climbs: Vec<Climb>,
}

impl<'a> Desk<'a> {
    pub(crate) fn told(book: &'a Book, facts: &[Fact], now: At) -> Self {
        let heard = hear(facts);
        let stand = heard.last().map_or(Stand { status: "new", priority: 0 }, |fact| fact.after);
        let targets =
            book.agreements.iter().flat_map(|agreement| agreement.targets.iter().map(move |of| (agreement, of)));
        let mut lives: Vec<Life<'a>> =
            targets.flat_map(|(agreement, of)| cycles(book, agreement, of, &heard, now)).collect();
        let spoken = heard.iter().filter_map(|fact| match fact.deed {
            Deed::Promise(made) => Some(promise(book, fact.key, made, &heard, now)),
            _ => None,
        });
        lives.extend(spoken);
        let owed: Vec<_> = lives.iter().filter_map(|broken| amends(book, broken, &heard, now)).collect();
        lives.extend(owed);
        let climbs = climbs(book, &lives, &heard, now);
        Self { book, now, stand, lives, climbs }
    }

    pub(crate) fn life(&self, id: CommitmentId) -> Option<&Life<'a>> {
        self.lives.iter().find(|life| life.id == id)
    }

    /// Every instant that something waits for.
    pub(crate) fn waits(&self) -> impl Iterator<Item = At> {
        self.lives.iter().flat_map(Life::waits).chain(self.climbs.iter().filter_map(Climb::waits))
    }

    pub(crate) fn next_wake(&self) -> Option<Timestamp> {
        self.waits().min().map(|at| stamp(at + 1))
    }

    /// What stands against closing: what is promised to the customer and not settled by that; and what it would break and make amends for.
    pub(crate) fn stands_against_closing(&self) -> Vec<CommitmentId> {
        let settled = |life: &Life<'_>| life.metric.is_some_and(Metric::is_settled_by_closing);
        let promised = |life: &Life<'_>| life.is_open() && life.is_promised() && !settled(life);
        let broken = |life: &Life<'_>| life.is_pending() && life.amends;
        let owed = self.lives.iter().filter(|life| life.to_customer && (promised(life) || broken(life)));
        owed.map(|life| life.id).collect()
    }

    /// Whether a deed is taken now.
    pub(crate) fn takes(&self, deed: &Deed) -> bool {
        let (ended, closed) = (self.stand.is_ended(), self.stand.status == "closed");
        match deed {
            Deed::Open { .. } | Deed::Says(_) | Deed::Priority(_) | Deed::Solve | Deed::NoReplyNeeded => true,
            Deed::Status(status) => !ended || *status == self.stand.status,
            Deed::Reopen => ended,
            Deed::Close => closed || self.stands_against_closing().is_empty(),
            Deed::Promise(made) => !closed && self.may_promise(made),
            Deed::Fulfil(id)
            | Deed::Release(id)
            | Deed::Withdraw(id)
            | Deed::Waive(id)
            | Deed::WriteOff(id)
            | Deed::Pause(id, ..)
            | Deed::Resume(id, _)
            | Deed::Announce(id) => self.life(*id).is_some_and(|life| takes(life, deed, self.stand.status, self.now)),
            Deed::Escalate(_, about) => about.is_none_or(|about| self.life(about).is_some_and(Life::is_open)),
            Deed::Acknowledge(id, _)
            | Deed::Progress(id)
            | Deed::Snooze(id, _)
            | Deed::Nobody(id, _)
            | Deed::Reached(id, _)
            | Deed::Lower(id, _) => {
                let climb = self.climbs.iter().find(|climb| climb.id == *id);
                climb.is_some_and(|climb| climb.takes(self.book.by(climb.ladder), deed, self.now))
            }
        }
    }

    /// A new one; in place of another only if that is broken, owed to the same, not done late, and nothing stands in for it yet, or what
    /// did last has fallen away.
    fn may_promise(&self, made: &Promise) -> bool {
        let repairs = |broken: CommitmentId| {
            let Some(life) = self.life(broken) else { return false };
            let in_place = |of: &&Life<'_>| self.lives.iter().rfind(|life| life.repairs && life.before == Some(of.id));
            let last = std::iter::successors(Some(life), in_place).last().filter(|last| last.id != broken);
            let taken = last.is_some_and(|last| last.verdict() != Verdict::Void);
            let late = life.is_done_late();
            life.verdict() == Verdict::Breached && life.to_customer == made.to_customer && !taken && !late
        };
        let due = match made.due {
            super::facts::Due::At(due) => due > self.now,
            super::facts::Due::Within(..) => true,
        };
        self.life(made.id).is_none() && due && made.repairs.is_none_or(repairs)
    }
}

impl Book {
    fn by(&self, ladder: usize) -> By<'_> {
        By { ladder: &self.ladders[ladder], weeks: &self.weeks }
    }
}

impl Life<'_> {
    pub(crate) fn verdict(&self) -> Verdict {
        match self.state {
            State::Running(_) | State::Standing(..) => Verdict::Pending,
            State::Broken | State::Over(_, End::Broken | End::Late) => Verdict::Breached,
            State::Over(_, End::Kept) => Verdict::Fulfilled,
            State::Over(_, End::Void) => Verdict::Void,
        }
    }

    fn is_done_late(&self) -> bool {
        matches!(self.state, State::Over(_, End::Late))
    }
}

impl Heard<'_> {
    /// How many facts of its kind there have been, this one among them.
    pub(crate) fn times(&self, heard: &[Heard<'_>]) -> usize {
        let alike = |other: &&Heard<'_>| other.key <= self.key && other.comes_to() == self.comes_to();
        heard.iter().filter(alike).count()
    }
}
