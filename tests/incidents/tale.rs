//! Tales: commands for one incident, drawn as it goes, with instants around its deadlines, and a host that stops for a week somewhere.

use owed::commitment::{
    Actor, Channel, Deliverable, DueRule, Happened, Order as Debt, Owner, Party, Promise, Stamp, Verdict,
};
use owed::incident::envelope::{Command, Order, Recorded};
use owed::incident::{Affected, Clocks, Incident, Mending, Order as Ask, Phase, Telling, Whom, WhyOff};
use owed::{AgentId, CommandId, CommitmentId, IncidentId, Rulebook, TeamId, Timestamp};

use super::dice::Dice;
use super::host::{Host, ONE, declare, m, name, t, ticket, updates, uuid, who};

const CUSTOMERS: [&str; 4] = ["ann", "bob", "cem", "dan"];
const SECOND: u64 = 1_000_000;
const HOUR: u64 = 3600 * SECOND;
const WEEK: u64 = 7 * 24 * HOUR;

/// Commands in their order, each with whether the host stops for a week before it.
pub(crate) struct Tale {
    pub(crate) commands: Vec<Command>,
    /// Everything that it came to, the last wakes excepted.
    pub(crate) events: Vec<Recorded>,
    /// How it stood after each command.
    pub(crate) end: Incident,
    pub(crate) rules: Rulebook,
    /// The instant of the last.
    pub(crate) at: Timestamp,
}

impl Tale {
    /// A tale of these numbers. `look` sees the incident after each command, with what was recorded by it.
    pub(crate) fn told(numbers: &[u16], mut look: impl FnMut(&Incident, &[Recorded])) -> Self {
        let mut dice = Dice::new(numbers);
        let mut tale = Self::new(ONE);
        let steps = 6 + dice.below(30);
        tale.go_on(&mut dice, steps, &mut look);
        tale
    }

    /// A tale of which nothing is told yet.
    pub(crate) fn new(id: IncidentId) -> Self {
        let rules = Host::new().rules;
        Self { commands: Vec::new(), events: Vec::new(), end: Incident::new(id), rules, at: t("02 09:00") }
    }

    /// So many commands more.
    pub(crate) fn go_on(&mut self, dice: &mut Dice<'_>, steps: usize, mut look: impl FnMut(&Incident, &[Recorded])) {
        let (mut at, tale) = (self.at, self);
        let (id, before) = (tale.end.id(), tale.commands.len());
        // Some desks mostly do what they owe.
        let duty = if dice.chance(35) { 85 } else { 15 };
        let stop = before + dice.below(steps);
        for step in before..before + steps {
            at = if step == stop && step > 0 { at.plus_micros(WEEK) } else { next(dice, &tale.end, at) };
            let order = if step == 0 { declared(dice, id) } else { order(dice, &tale.end, at, duty) };
            let by = match dice.below(10) {
                0 => Actor::Customer(who(dice.one_of(&CUSTOMERS))),
                1 => Actor::Automation(name("macro")),
                _ => Actor::Agent(AgentId::new(dice.one_of(&["ada", "lena"])).unwrap()),
            };
            let mut command = Command::new(id, CommandId(uuid(of(id, 5000 + step as u128))), at, by, order);
            if step > 0 && dice.chance(25) {
                let earlier = Timestamp::from_micros(at.as_micros() - dice.below(30) as i64 * HOUR as i64 / 4);
                let stamp = if dice.chance(50) { Stamp::Claim } else { Stamp::Transport };
                command.happened = Some(Happened { at: earlier, stamp });
            }
            let events = match tale.end.handle(&tale.rules, &command) {
                Ok(events) => events,
                Err(refused) => refused.meanwhile,
            };
            look(&tale.end, &events);
            tale.events.extend(events);
            tale.commands.push(command);
            tale.at = at;
        }
    }
}

/// A number that a host gives once, whichever incident it is for.
const fn of(id: IncidentId, number: u128) -> u128 {
    number + if id.0.as_u128() == ONE.0.as_u128() { 0 } else { 1_000_000 }
}

/// Around the next wake, or some hours on, or at the same instant.
fn next(dice: &mut Dice<'_>, incident: &Incident, at: Timestamp) -> Timestamp {
    let wake = incident.next_wake().map(|wake| wake.at);
    match (dice.below(8), wake) {
        (0, _) => at,
        (1, Some(wake)) => Timestamp::from_micros(wake.as_micros() - 2).max(at),
        (2, Some(wake)) => Timestamp::from_micros(wake.as_micros() - 1).max(at),
        (3, Some(wake)) => wake.max(at),
        (4, Some(wake)) => wake.plus_micros(1).max(at),
        (5, _) => at.plus_micros(dice.below(60) as u64 * HOUR),
        _ => at.plus_micros(1 + dice.below(300) as u64 * 60 * SECOND),
    }
}

fn declared(dice: &mut Dice<'_>, id: IncidentId) -> Order {
    let mut order = declare(&dice.some_of(&CUSTOMERS, 50));
    order.owes.updates = Some(updates(of(id, 50)));
    if dice.chance(30) {
        order.owes.updates = None;
    }
    if dice.chance(30) {
        order.owes.mending = Mending::Review(DueRule::Within("30 hours".parse().unwrap()));
    }
    if dice.chance(40) {
        order.owes.notice.within = "9 working hours".parse().unwrap();
        order.owes.notice.warn = vec!["50 %".parse().unwrap()];
        order.owes.notice.breach_owes =
            Some(serde_json::from_str(r#"{"deliverable": "explanation", "within": "12 hours", "depth": 2}"#).unwrap());
    }
    if dice.chance(30) {
        order.clocks = Clocks::Off;
    }
    order.into()
}

fn order(dice: &mut Dice<'_>, incident: &Incident, at: Timestamp, duty: usize) -> Order {
    if dice.chance(duty) {
        return dutiful(dice, incident);
    }
    if dice.chance(30) {
        return debt(dice, incident, at).into();
    }
    let customer = who(dice.one_of(&CUSTOMERS));
    let message = m(dice.one_of(&["m-1", "m-2", "m-3"]));
    let what = dice.one_of(&[Telling::Notice, Telling::News, Telling::Feedback]);
    match dice.below(22) {
        0 => Ask::SetSeverity { severity: name(dice.one_of(&["low", "high"])) },
        1 | 2 => {
            let customers = dice.some_of(&CUSTOMERS, 40);
            let contact = dice.chance(30).then(|| AgentId::new("mia").unwrap());
            let known = |customer| Affected { contact: contact.clone(), ..Affected::new(who(customer)) };
            Ask::Affect { customers: customers.into_iter().map(known).collect() }
        }
        3 => {
            let (reason, evidence) = (name("another"), message);
            let error = dice.chance(50);
            let why = if error { WhyOff::NotAffected { reason, evidence } } else { WhyOff::Released { evidence } };
            Ask::TakeOff { customer, why }
        }
        4 => Ask::Reach { customer, channel: Some(dice.one_of(&[Channel::Phone, Channel::Email])), language: None },
        5 | 6 => Ask::Tell { what, whom: Whom::These(vec![customer]), message },
        7 => Ask::Tell { what, whom: Whom::Everybody, message },
        8 | 9 => Ask::Bounce { what, customer, message: m(dice.one_of(&["m-1", "m-2", "m-3", "m-4"])) },
        10 => Ask::Ask { customer, message },
        11 => Ask::Answer { customer, message },
        12 => Ask::Update { message, answers: dice.chance(40) },
        13 => Ask::Link { ticket: ticket(dice.below(2) as u128), customer },
        14 => Ask::Unlink { ticket: ticket(dice.below(2) as u128) },
        15 => Ask::Apologise { message },
        16 => {
            let next = at.plus_micros(dice.below(80) as u64 * HOUR);
            Ask::Review { message, next: dice.chance(60).then_some(DueRule::At(next)) }
        }
        17 => Ask::Resolve { message },
        18 => Ask::Hear { customer, safe: dice.chance(40), message },
        19 => Ask::Repair { customer, message },
        20 => Ask::Reopen {
            message,
            mending: Mending::Fix(DueRule::Within("20 hours".parse().unwrap())),
            updates: dice.chance(50).then(|| updates(of(incident.id(), 60 + dice.below(50) as u128))),
        },
        _ => Ask::Close {},
    }
    .into()
}

/// A desk that does what it owes, the most urgent first, and closes when nothing is owed any more.
fn dutiful(dice: &mut Dice<'_>, incident: &Incident) -> Order {
    let message = m("m-4");
    let owed = incident.ledger().owed();
    let Some(first) = owed.get(dice.below(owed.len().max(1))) else { return Ask::Close {}.into() };
    let Party::Customer(customer) = first.beneficiary.clone() else {
        return match first.deliverable {
            Deliverable::Update => Ask::Update { message, answers: false }.into(),
            Deliverable::Fix => Ask::Resolve { message }.into(),
            Deliverable::Review if incident.phase() == Some(Phase::Ongoing) => Ask::Resolve { message }.into(),
            Deliverable::Review => Ask::Review { message, next: None }.into(),
            _ => Debt::Fulfil { commitment: first.id, evidence: None }.into(),
        };
    };
    let tell = |what, message| Ask::Tell { what, whom: Whom::Everybody, message };
    match first.deliverable {
        Deliverable::Notice => tell(Telling::Notice, message),
        Deliverable::Update => tell(Telling::News, message),
        Deliverable::Feedback => tell(Telling::Feedback, message),
        Deliverable::Reply => Ask::Answer { customer, message },
        Deliverable::Fix => Ask::Repair { customer, message },
        _ => return Debt::Fulfil { commitment: first.id, evidence: None }.into(),
    }
    .into()
}

/// An order about something that is owed, or was.
fn debt(dice: &mut Dice<'_>, incident: &Incident, at: Timestamp) -> Debt {
    let all: Vec<_> = incident.ledger().all().collect();
    let evidence = m("m-9");
    let new = CommitmentId(uuid(of(incident.id(), 70_000 + incident.version() as u128 * 10)));
    if all.is_empty() {
        return Debt::Hear { commitment: new };
    }
    let owed = all[dice.below(all.len())];
    let (commitment, reason) = (owed.id, name("because"));
    let promise = |due| {
        Promise::new(new, Deliverable::Notice)
            .to(owed.beneficiary.clone())
            .by(due)
            .owned_by(TeamId::new("security").unwrap())
    };
    let due = at.plus_micros(1 + dice.below(40) as u64 * HOUR);
    match dice.below(15) {
        0 => Debt::Fulfil { commitment, evidence: Some(evidence) },
        1 => Debt::Release { commitment, evidence },
        2 => Debt::Withdraw { commitment, notice: evidence },
        3 => Debt::HandOver { commitment, owner: Owner::from(TeamId::new("second").unwrap()) },
        4 => Debt::DeclareImpossible { commitment, notice: evidence },
        5 => Debt::Waive { commitment, evidence },
        6 => Debt::WriteOff { commitment, authority: Party::Agent(AgentId::new("lena").unwrap()), reason },
        7 => Debt::Amend { commitment, due: DueRule::At(due), opens_at: None },
        8 => Debt::Propose { commitment, due: DueRule::At(due), opens_at: None, told: evidence, outright: false },
        9 => Debt::Accept { commitment, successor: new, evidence },
        10 => Debt::Retract { commitment, reason, successor: new },
        11 => Debt::RecordInError { commitment, reason, evidence },
        12 => Debt::Reinstate { commitment, successor: new },
        13 => {
            let repairs = (owed.verdict() == Verdict::Breached).then_some(commitment);
            let promise = promise(due);
            Debt::Promise(Box::new(match repairs {
                Some(broken) => Promise { deliverable: owed.deliverable.clone(), ..promise.repairing(broken) },
                None => promise,
            }))
        }
        _ => {
            let stop = owed.terms.series.as_ref().map(|series| series.id);
            stop.map_or(Debt::Hear { commitment }, |series| Debt::StopSeries { series, evidence })
        }
    }
}
