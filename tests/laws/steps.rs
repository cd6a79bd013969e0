//! Random turns of a story: when a command comes, when what it tells happened, and at what instants the host wakes before.
//!
//! All of it is found by looking at the ticket as it stands: most instants lie at what it waits for, or a microsecond beside.

use owed::commitment::{Commitment, Happened, Order as About, Phase, Stamp, Verdict};
use owed::rulebook::Edition;
use owed::{Command, CommandId, CommitmentId, EditionNumber, Order, Rulebook, Ticket, TicketId, Timestamp};
use uuid::Uuid;

use super::dice::Dice;
use super::orders;
use super::rulebooks::HOUR;
use crate::oracle::Oracle;

pub(crate) const TICKET: TicketId = TicketId(Uuid::from_u128(0x71));
const QUARTER: u64 = HOUR / 4;
const YEAR: u64 = 366 * 24 * HOUR;

/// Wakes, and then a command.
#[derive(Clone, Debug)]
pub(crate) struct Turn {
    /// Early ones, exact ones, late ones, and some twice; none after the command.
    pub(crate) wakes: Vec<Timestamp>,
    pub(crate) command: Command,
}

/// What the next turn is found by.
pub(crate) struct Scene<'a> {
    pub(crate) rules: &'a Rulebook,
    pub(crate) ticket: &'a Ticket,
    pub(crate) turns: &'a [Turn],
    pub(crate) now: Timestamp,
}

impl Scene<'_> {
    pub(crate) fn turn(&self, dice: &mut Dice<'_>) -> Turn {
        let command = self.command(dice);
        Turn { wakes: self.wakes(dice, command.at), command }
    }

    fn command(&self, dice: &mut Dice<'_>) -> Command {
        let sent = self.turns.iter().rev().take(4).map(|turn| &turn.command).collect::<Vec<_>>();
        if !sent.is_empty() && dice.chance(4) {
            return dice.one_of(&sent).clone();
        }
        let at = self.at(dice);
        let mut then = self.ticket.clone();
        then.wake(self.rules, at);
        let order = orders::order(dice, &then, at);
        let clash = !sent.is_empty() && dice.chance(2);
        let id = if clash { sent[0].id } else { CommandId(Uuid::from_u128(0xC0_0000 + self.turns.len() as u128)) };
        let happened = happened(dice, &then, &order, at);
        let command = Command { stream: TICKET, id, at, happened, by: orders::actor(dice, &order), order };
        if dice.chance(3) { strange(dice, command) } else { command }
    }

    fn at(&self, dice: &mut Dice<'_>) -> Timestamp {
        #[derive(Clone, Copy)]
        enum When {
            Same,
            Soon,
            Later,
            Timer,
            Edge,
            Edition,
            Earlier,
        }
        let now = self.now;
        let weights = [
            (8, When::Same),
            (8, When::Soon),
            (1, When::Later),
            (6, When::Timer),
            (2, When::Edge),
            (1, When::Edition),
            (1, When::Earlier),
        ];
        // Who asks for something goes on asking, or waits until the customer has been silent long enough.
        if let Some(asked) = self.ticket.ledger().open().find_map(chased).filter(|_| dice.chance(45)) {
            return asked.map_or(now, |until| until.plus_micros(1)).max(now);
        }
        match dice.weighted(&weights) {
            When::Same => now,
            When::Soon => now.plus_micros(1 + dice.below(900) as u64 * 1_000_001),
            When::Later => now.plus_micros((1 + dice.below(20) as u64) * HOUR),
            When::Timer => {
                let points = timers(self.ticket).into_iter().chain(self.limits());
                let mut ahead: Vec<_> = points.filter(|at| *at >= now).collect();
                ahead.sort_unstable();
                let near: Vec<_> = ahead.iter().filter(|at| at.micros_since(now) < YEAR).take(3).copied().collect();
                let from = if dice.chance(1) { ahead } else { near };
                if from.is_empty() { now.plus_micros(HOUR) } else { beside(dice.one_of(&from), dice).max(now) }
            }
            When::Edge => beside(self.next_edge(dice), dice).max(now),
            When::Edition => {
                let number = EditionNumber(1 + dice.below(self.rules.len() as usize) as u32);
                beside(self.rules.edition(number).and_then(|edition| edition.from()).unwrap_or(now), dice)
            }
            When::Earlier if dice.chance(40) => self.ticket.last_recorded().unwrap_or(now),
            When::Earlier => now.minus_micros(1 + dice.below(50) as u64 * dice.below(50) as u64 * 60_000_000),
        }
    }

    /// Instants at which no timer goes off, and yet something can be done no more, or only now.
    fn limits(&self) -> Vec<Timestamp> {
        let of_one = |one: &Commitment| {
            let notes = one.notes.as_deref();
            let silent = notes.and_then(|notes| notes.chase).and_then(|chase| chase.until).filter(|_| one.is_open());
            let slot = one.terms.opens_at.filter(|_| one.is_open());
            let told = notes.and_then(|notes| notes.proposal.as_ref()).map(|told| told.due_at);
            let told = told.filter(|_| one.verdict() == Verdict::Pending);
            let corrections = self.rules.edition(one.edition).and_then(Edition::corrections);
            let window = corrections.map(|corrections| corrections.window.as_micros());
            let since = [one.closed_at(), one.breach.map(|breach| breach.at)].into_iter().flatten();
            let ends = since.flat_map(move |since| window.map(|window| since.plus_micros(window)));
            silent.into_iter().chain(slot).chain(told).chain(ends).collect::<Vec<_>>()
        };
        self.ticket.ledger().all().flat_map(of_one).collect()
    }

    /// The next opening or closing, within three days.
    fn next_edge(&self, dice: &mut Dice<'_>) -> Timestamp {
        let edition = self.rules.in_force(self.now).and_then(|number| self.rules.edition(number));
        let name = dice.one_of(&["office", "night"]).parse().unwrap();
        let Some(calendar) = edition.and_then(|edition| edition.calendar(&name)) else { return self.now };
        let first = self.now.as_micros().div_euclid(QUARTER as i64) * QUARTER as i64 + QUARTER as i64;
        let oracle = Oracle::new(&serde_json::to_value(calendar).unwrap());
        let open = |at: i64| oracle.is_open(at);
        let edges = (0..288).map(|quarter| first + quarter * QUARTER as i64).filter(|at| open(*at) != open(at - 1));
        edges.take(2).last().map_or(self.now, Timestamp::from_micros)
    }

    fn wakes(&self, dice: &mut Dice<'_>, until: Timestamp) -> Vec<Timestamp> {
        let timers: Vec<_> = timers(self.ticket).into_iter().filter(|at| *at <= until).collect();
        let mut wakes = Vec::new();
        for _ in 0..dice.weighted(&[(3, 0), (3, 1), (2, 3)]) {
            let anywhere = self.now.minus_micros(HOUR);
            let anywhere = anywhere.plus_micros(until.micros_since(anywhere) / 16 * dice.below(17) as u64);
            let at = if timers.is_empty() || dice.chance(30) { anywhere } else { beside(dice.one_of(&timers), dice) };
            wakes.push(at.min(until));
        }
        wakes
    }
}

/// Until when the customer is heard, if he was asked for his part; nothing yet if he was not warned.
fn chased(one: &Commitment) -> Option<Option<Timestamp>> {
    let chase = one.notes.as_deref()?.chase.filter(|_| one.verdict() == Verdict::Pending)?;
    Some(chase.until)
}

/// That instant, or a microsecond beside it.
fn beside(at: Timestamp, dice: &mut Dice<'_>) -> Timestamp {
    match dice.below(4) {
        0 => at,
        1 => at.plus_micros(1),
        _ => at.minus_micros(1),
    }
}

/// Every instant that the ticket waits for, in order.
fn timers(ticket: &Ticket) -> Vec<Timestamp> {
    let of_phase = |phase: &Phase, due: Timestamp| match phase {
        Phase::Candidate { review_by: at, .. } | Phase::Conditional { limit: at, .. } => vec![*at],
        Phase::Active { warnings, .. } => warnings.iter().map(|warning| warning.at).chain([due]).collect(),
        Phase::Paused { resume_by, .. } => vec![*resume_by],
        Phase::Overdue | Phase::Closed { .. } => vec![],
    };
    let mut timers: Vec<_> = ticket.ledger().open().flat_map(|owed| of_phase(&owed.phase, owed.due)).collect();
    timers.sort_unstable();
    timers
}

/// Mostly nothing; else a little earlier, or beside a breach on record: that of the very one that is said to be done.
fn happened(dice: &mut Dice<'_>, ticket: &Ticket, order: &Order, at: Timestamp) -> Option<Happened> {
    let ledger = ticket.ledger();
    let about = |id: &CommitmentId| ledger.get(*id);
    let breach = match order {
        Order::Commitment(
            About::Fulfil { commitment, .. } | About::Release { commitment, .. } | About::Accept { commitment, .. },
        ) => about(commitment).and_then(|one| one.breach).map(|breach| breach.at),
        Order::Commitment(About::MeetCondition { commitment, .. } | About::Hear { commitment }) => {
            about(commitment).and_then(Commitment::closed_at)
        }
        Order::Commitment(_) | Order::Ticket(_) | Order::Escalation(_) => None,
    };
    if !dice.chance(if breach.is_some() { 75 } else { 12 }) {
        return None;
    }
    let breach = breach.or_else(|| ledger.all().filter_map(|one| one.breach).map(|breach| breach.at).max());
    let earlier = at.minus_micros(dice.below(100) as u64 * dice.below(100) as u64 * 1_000_000);
    let then = match breach {
        Some(breach) if dice.chance(75) => beside(breach, dice).min(at),
        _ => earlier,
    };
    let stamp = if dice.chance(30) { Stamp::Claim } else { Stamp::Transport };
    Some(Happened { at: then, stamp })
}

/// A command that cannot be believed.
fn strange(dice: &mut Dice<'_>, command: Command) -> Command {
    let derived = CommandId(Uuid::new_v5(&Uuid::NAMESPACE_OID, b"derived"));
    let later = Happened { at: command.at.plus_micros(1), stamp: Stamp::Transport };
    match dice.below(4) {
        0 => Command { stream: TicketId(Uuid::from_u128(0x72)), ..command },
        1 => Command { id: derived, ..command },
        2 => Command { at: dice.one_of(&[Timestamp::MIN, Timestamp::MAX]), happened: None, ..command },
        _ => Command { happened: Some(later), ..command },
    }
}
