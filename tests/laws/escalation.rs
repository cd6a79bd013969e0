//! The laws of escalation, over random rulebooks, ladders and commands: bounded, never quiet, and no debt is changed.

use std::collections::{BTreeMap, BTreeSet};

use owed::commitment::{Actor, Commitment, Outcome, Party, Phase, Verdict};
use owed::escalation::{Event as Tell, Order as About, Place, Stage, Subject, Why};
use owed::{
    AgentId, Command, CommandId, CommandRefusal, Event, MessageRef, Name, Order, Recorded, Refusal, Rulebook, Ticket,
    Timestamp,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::desk::Desk;
use super::steps::TICKET;
use super::story::{Story, for_every_story};

const HOUR: u64 = 3_600_000_000;

/// Numbers that follow from a story, as if they had been drawn with it.
struct Draws(u64);

impl Draws {
    fn of(story: &Story) -> Self {
        Self(
            story
                .text
                .bytes()
                .fold(story.turns.len() as u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte))),
        )
    }

    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn one_of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len() as u64) as usize]
    }
}

fn ladder(draws: &mut Draws, name: &str, working: bool) -> Value {
    let waits: &[&str] = if working {
        &["10 minutes", "3 working hours", "1 business day, close", "30 hours", "1 microsecond"]
    } else {
        &["10 minutes", "2 hours", "30 hours", "1 microsecond"]
    };
    let rungs = 1 + draws.below(3);
    let role = |draws: &mut Draws| draws.one_of(&["owner", "lead", "head"]);
    let list: Vec<Value> = (0..rungs)
        .map(|_| json!({ "notify": role(draws), "wait": draws.one_of(waits), "if_nobody": draws.one_of(&["skip", "wait"]) }))
        .collect();
    let (repeats, lapses, after_hold) = (draws.below(3), draws.below(3), draws.one_of(&["first", "next"]));
    // A rung below the first cause that nothing leads down to is refused when the rulebook is built.
    let leads_down = repeats > 0 || lapses > 0 && after_hold == "first";
    let begins = if leads_down { 1 + draws.below(rungs) } else { 1 };
    let mut causes = vec![json!({ "on": "breached", "rung": begins, "times": 1 + draws.below(2) })];
    if draws.below(2) == 0 {
        // The first breach, and beside it the second of a chain.
        causes =
            vec![json!({ "on": "breached", "rung": begins }), json!({ "on": "breached", "times": 2, "rung": rungs })];
    }
    if draws.below(2) == 0 {
        causes.push(json!({ "on": "customer_request", "rung": rungs }));
    }
    if draws.below(2) == 0 {
        causes.push(json!({ "on": "warned", "after": draws.one_of(waits) }));
    }
    if draws.below(2) == 0 {
        causes.push(json!("at_risk"));
        causes.push(json!("promised_again"));
    }
    if draws.below(2) == 0 {
        causes.push(json!({ "while": { "status": ["on_hold", "pending"] }, "after": draws.one_of(waits) }));
        causes.push(json!({ "while": { "priority": ["1"] }, "until": [{ "fact": "message", "author": ["agent"] }] }));
    }
    if draws.below(2) == 0 {
        causes.push(json!({ "on": { "fact": "status", "to": ["open"] }, "times": 2 }));
    }
    let mut ladder = json!({
        "name": name, "causes": causes, "rungs": list, "repeats": repeats, "lapses": lapses,
        "hold": draws.one_of(&["1 hour", "20 minutes"]), "hold_at_most": draws.one_of(&["1 hour", "90 minutes"]),
        "after_hold": after_hold, "snooze_at_most": "5 hours"
    });
    if draws.below(3) == 0 {
        ladder["window"] = json!("2 hours");
    }
    ladder
}

/// The story's rulebook with ladders that everything climbs.
fn laddered(story: &Story, draws: &mut Draws) -> Rulebook {
    let mut rules: Value = serde_json::from_str(&story.text).unwrap();
    for edition in rules["editions"].as_array_mut().unwrap() {
        let working = edition.get("calendar").is_some();
        let ladders = [ladder(draws, "first", working), ladder(draws, "second", working)];
        edition["ladders"] = json!(ladders);
        edition["ladder"] = json!(["first", "second"]);
    }
    serde_json::from_value(rules).unwrap_or_else(|error| panic!("{error}"))
}

/// What somebody does about one of the live escalations, at an instant.
fn answer(ticket: &Ticket, draws: &mut Draws, at: Timestamp, number: u128) -> Option<Command> {
    let live: Vec<_> = ticket.escalations().live().collect();
    let asked = draws.below(12) == 0;
    if live.is_empty() && !asked {
        return None;
    }
    let reason = Name::new("for a reason").unwrap();
    let order = if asked {
        About::Escalate { ladder: Name::new(draws.one_of(&["first", "second"])).unwrap(), commitment: None, reason }
    } else {
        let one = live[draws.below(live.len() as u64) as usize];
        let (escalation, notice) = (one.id, one.notices);
        match draws.below(8) {
            0 | 1 => About::ReportNobodyThere { escalation, notice },
            2 => About::ReportReached { escalation, notice, who: AgentId::new("cem").unwrap() },
            3 => About::Progress { escalation },
            4 => About::Snooze { escalation, until: at.plus_micros(HOUR * (1 + draws.below(6))), reason },
            5 => About::HandOver { escalation, tier: 2 },
            6 => About::DeEscalate {
                escalation,
                to: (draws.below(3) > 0).then(|| one.place.rung.saturating_sub(1)),
                justification: reason,
            },
            _ => About::Acknowledge { escalation },
        }
    };
    let id = CommandId(Uuid::from_u128(0xe_8000_8000_0000_0000_0000 | number));
    Some(Command::new(TICKET, id, at, Actor::Agent(AgentId::new("ada").unwrap()), Order::Escalation(order)))
}

/// What becomes of the customer's right: he asks, again or for the first time, and it is decided, or he does not want it any more.
fn request(ticket: &Ticket, draws: &mut Draws, at: Timestamp, number: u128) -> Option<Command> {
    if draws.below(4) > 0 {
        return None;
    }
    let told = MessageRef::new(&format!("told {number}")).unwrap();
    let complained_of = if draws.below(2) == 0 { draws.one_of(&["bob", "cem", "cem bob"]) } else { "" };
    let about = complained_of.split_whitespace().map(|agent| AgentId::new(agent).unwrap()).collect();
    let ask = About::AskForDecision { about, message: None };
    let asked = ticket.escalations().request().and_then(|request| ticket.ledger().get(request.commitment));
    let customer = ticket.standing().map(|standing| standing.requester.clone());
    let order = match (asked.filter(|owed| owed.is_open()), draws.below(5)) {
        (Some(_), 1) => About::Grant { told },
        (Some(owed), 2) => {
            let offer = json!({
                "commitment": Uuid::from_u128(0xd_8000_8000_0000_0000_0000 | number), "deliverable": "callback",
                "beneficiary": owed.beneficiary, "owner": { "team": "desk" },
                "due": { "within": draws.one_of(&["2 hours", "30 hours", "5000 hours"]) }
            });
            let reason = Name::new(draws.one_of(&["outside the warranty", "busy"])).unwrap();
            About::Decline { reason, offer: Box::new(serde_json::from_value(offer).unwrap()), told }
        }
        (Some(_), 3) => About::WithdrawRequest { evidence: told },
        _ => ask,
    };
    let by = match (customer, draws.below(3)) {
        (Some(Party::Customer(customer)), 0) => Actor::Customer(customer),
        (_, 1) => Actor::Agent(AgentId::new("bob").unwrap()),
        _ => Actor::Agent(AgentId::new("ada").unwrap()),
    };
    let id = CommandId(Uuid::from_u128(0xf_8000_8000_0000_0000_0000 | number));
    Some(Command::new(TICKET, id, at, by, Order::Escalation(order)))
}

/// What has been played: the desk at its end, and which of the story's commands were taken in their order.
struct Played<'a> {
    desk: Desk<'a>,
    in_order: Vec<Command>,
    /// Every command that was worth looking at the time for, and the wakes before it.
    calls: Vec<(Vec<Timestamp>, Command)>,
}

fn play<'a>(
    story: &Story,
    rules: &'a Rulebook,
    draws: &mut Draws,
    mut law: impl FnMut(&Desk<'_>) -> Result<(), TestCaseError>,
) -> Result<Played<'a>, TestCaseError> {
    let mut desk = Desk::new(rules);
    let (mut in_order, mut calls) = (Vec::new(), Vec::new());
    for (number, turn) in story.turns.iter().enumerate() {
        for wake in &turn.wakes {
            desk.wake(*wake);
            law(&desk)?;
        }
        let mut wakes = turn.wakes.clone();
        for round in 0..draws.below(3) {
            let Some(command) = answer(&desk.ticket, draws, turn.command.at, number as u128 * 8 + u128::from(round))
            else {
                break;
            };
            if desk.handle(&command).tells_the_time() {
                calls.push((std::mem::take(&mut wakes), command));
            }
            law(&desk)?;
        }
        // What the customer has a right to makes something owed, with ladders and without.
        if let Some(command) = request(&desk.ticket, draws, turn.command.at, number as u128) {
            let call = desk.handle(&command);
            if !matches!(call.refusal, Some(Refusal::Command(CommandRefusal::OutOfOrder { .. }))) {
                in_order.push(command.clone());
            }
            if call.tells_the_time() {
                calls.push((std::mem::take(&mut wakes), command));
            }
            law(&desk)?;
        }
        let call = desk.handle(&turn.command);
        if !matches!(call.refusal, Some(Refusal::Command(CommandRefusal::OutOfOrder { .. }))) {
            in_order.push(turn.command.clone());
        }
        if call.tells_the_time() {
            calls.push((wakes, turn.command.clone()));
        }
        law(&desk)?;
    }
    Ok(Played { desk, in_order, calls })
}

/// A ledger but for the places of events in their stream, which others' events move.
fn debts(ticket: &Ticket) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(map) => {
                map.remove("version");
                map.values_mut().for_each(strip);
            }
            Value::Array(list) => list.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut debts = serde_json::to_value(ticket.ledger()).unwrap();
    strip(&mut debts);
    debts
}

#[test]
fn an_escalation_changes_no_debt() {
    for_every_story(|story| {
        let draws = &mut Draws::of(story);
        let rules = laddered(story, draws);
        let Played { mut desk, in_order, .. } = play(story, &rules, draws, |_| Ok(()))?;
        let mut without = Desk::new(&story.rules);
        for command in &in_order {
            without.handle(command);
        }
        let end = desk.ticket.last_recorded().max(without.ticket.last_recorded());
        let end = end.unwrap_or(Timestamp::MIN).plus_micros(1000 * HOUR);
        desk.wake(end);
        without.wake(end);
        prop_assert_eq!(debts(&desk.ticket), debts(&without.ticket));
        Ok(())
    });
}

/// Nobody is told of what is owed no more: whatever is heard of something that is owed ends with that, in whichever order it came.
#[test]
fn nothing_goes_on_after_its_cause() {
    for_every_story(|story| {
        let draws = &mut Draws::of(story);
        let rules = laddered(story, draws);
        play(story, &rules, draws, |desk| {
            for one in desk.ticket.escalations().live() {
                let Subject::Commitment(of) = one.subject else { continue };
                let known = desk.ticket.ledger().get(of).expect("what it is about");
                prop_assert!(known.is_open() || is_without_news(desk, known), "{:?}", one);
                for cause in &one.causes {
                    let Why::AtRisk { part } = cause.why else { continue };
                    // What cannot be done puts the whole at risk for good.
                    let goes_on = desk.ticket.ledger().get(part).is_some_and(|part| {
                        matches!(part.phase, Phase::Closed { outcome: Outcome::Ended(_), .. }) || part.is_open()
                    });
                    prop_assert!(goes_on, "{:?}", one);
                }
            }
            Ok(())
        })?;
        Ok(())
    });
}

/// Whether the rounds of its series have been missed up to the one that is owed.
fn is_without_news(desk: &Desk<'_>, round: &Commitment) -> bool {
    let of = |round: &Commitment| round.terms.series.as_ref().map(|series| (series.id, series.round));
    let Some((series, number)) = of(round) else { return false };
    let ledger = desk.ticket.ledger();
    ledger.open().any(|owed| {
        let later = of(owed).is_some_and(|(id, round)| id == series && round > number);
        later
            && owed
                .repairs
                .and_then(|missed| ledger.get(missed))
                .is_some_and(|missed| missed.verdict() == Verdict::Breached)
    })
}

#[test]
fn escalation_is_bounded_and_never_goes_quiet() {
    for_every_story(|story| {
        let draws = &mut Draws::of(story);
        let rules = laddered(story, draws);
        let Played { mut desk, .. } = play(story, &rules, draws, |desk| {
            for one in desk.ticket.escalations().live() {
                let waits = match one.stage {
                    Stage::Armed { until } | Stage::Acknowledged { until, .. } | Stage::Snoozed { until, .. } => until,
                    Stage::Notified { next, .. } | Stage::Exhausted { next, .. } => next,
                    Stage::Closed { .. } => return Err(TestCaseError::fail("a closed one is live")),
                };
                let wake = desk.ticket.next_wake().map(|wake| wake.at);
                let bound = if waits == Timestamp::MAX { Timestamp::MAX } else { waits.plus_micros(1) };
                prop_assert!(wake.is_some_and(|wake| wake <= bound) || bound == Timestamp::MAX, "quiet: {:?}", one);
            }
            Ok(())
        })?;
        desk.wake(desk.ticket.last_recorded().unwrap_or(Timestamp::MIN).plus_micros(50_000 * HOUR));
        // Until everybody has been told, nobody has it more often than the ladder says.
        let (mut holds, mut exhausted) = (BTreeMap::<_, u64>::new(), BTreeSet::new());
        for recorded in &desk.log {
            match &recorded.event {
                Event::Escalation(Tell::Exhausted(left)) => drop(exhausted.insert(left.escalation)),
                Event::Escalation(Tell::Acknowledged { escalation, .. }) if !exhausted.contains(escalation) => {
                    let held = holds.entry(*escalation).or_default();
                    *held += 1;
                    let bound = desk.ticket.escalations().get(*escalation).unwrap().ladder.bound().holds;
                    prop_assert!(*held <= bound, "taken up {} times, and at most {}", held, bound);
                }
                _ => {}
            }
        }
        let mut counts: BTreeMap<_, (u64, Option<Place>)> = BTreeMap::new();
        for recorded in &desk.log {
            let Event::Escalation(Tell::Notified(notice)) = &recorded.event else { continue };
            let (count, last) = counts.entry(notice.escalation).or_default();
            *count += 1;
            let place = Place { lapse: notice.lapse, round: notice.round, rung: notice.rung };
            prop_assert!(last.is_none_or(|last| last < place), "it only grows: {:?} after {:?}", place, last);
            *last = Some(place);
            let bound = desk.ticket.escalations().get(notice.escalation).unwrap().ladder.bound().notices;
            prop_assert!(*count <= bound, "{} notices, and at most {}", count, bound);
        }
        Ok(())
    });
}

#[test]
fn wakes_change_nothing_and_are_exact_on_ladders() {
    for_every_story(|story| {
        let draws = &mut Draws::of(story);
        let rules = laddered(story, draws);
        let Played { mut desk, calls, .. } = play(story, &rules, draws, |desk| {
            let Some(wake) = desk.ticket.next_wake() else { return Ok(()) };
            let mut early = desk.ticket.clone();
            prop_assert_eq!(early.wake(&rules, wake.at.minus_micros(1)), []);
            let woken = early.wake(&rules, wake.at);
            prop_assert!(!woken.is_empty(), "nothing at {:?}", wake);
            prop_assert_eq!(woken[0].at.plus_micros(1), wake.at);
            prop_assert!(early.next_wake().is_none_or(|next| next.at > wake.at));
            Ok(())
        })?;
        let mut asleep = Desk::new(&rules);
        for (_, command) in &calls {
            asleep.handle(command);
        }
        let end = desk.ticket.last_recorded().unwrap_or(Timestamp::MIN).plus_micros(2000 * HOUR);
        let mut steps = 0;
        while let Some(wake) = desk.ticket.next_wake().filter(|wake| wake.at <= end && steps < 2000) {
            desk.wake(wake.at);
            steps += 1;
        }
        desk.wake(end);
        asleep.wake(end);
        let unnoticed = |log: &[Recorded]| -> Vec<Recorded> {
            log.iter().map(|recorded| Recorded { noticed: Timestamp::MIN, ..recorded.clone() }).collect()
        };
        prop_assert_eq!(unnoticed(&desk.log), unnoticed(&asleep.log));
        prop_assert_eq!(&desk.ticket, &asleep.ticket);
        Ok(())
    });
}

#[test]
fn an_escalation_outlives_its_host() {
    for_every_story(|story| {
        let draws = &mut Draws::of(story);
        let rules = laddered(story, draws);
        let (mut replayed, mut known) = (Ticket::new(TICKET), 0);
        let Played { desk, .. } = play(story, &rules, draws, |desk| {
            // A restart after any call: from the events, which are applied one by one however many there are, and from a snapshot.
            desk.log[known..].iter().for_each(|recorded| replayed.apply(recorded));
            known = desk.log.len();
            prop_assert_eq!(&replayed, &desk.ticket);
            let snapshot: Ticket = serde_json::from_str(&serde_json::to_string(&desk.ticket).unwrap()).unwrap();
            prop_assert_eq!(&snapshot, &desk.ticket);
            prop_assert_eq!(snapshot.next_wake(), desk.ticket.next_wake());
            // A doubled wake.
            let mut twice = desk.ticket.clone();
            let now = desk.log.last().map_or(Timestamp::MIN, |last| last.noticed);
            prop_assert_eq!(twice.wake(&rules, now), []);
            Ok(())
        })?;
        prop_assert_eq!(&Ticket::replay(TICKET, &desk.log), &desk.ticket);
        let stored: Vec<Recorded> = serde_json::from_str(&serde_json::to_string(&desk.log).unwrap()).unwrap();
        prop_assert_eq!(stored, desk.log);
        Ok(())
    });
}

/// Two hosts have loaded the ticket, and both act. The store takes one's events; the other loads it again and acts once more.
#[test]
fn of_two_hosts_that_race_the_loser_reloads_and_nothing_is_lost_or_twice() {
    for_every_story(|story| {
        let draws = &mut Draws::of(story);
        let rules = laddered(story, draws);
        let Played { mut desk, calls, .. } = play(story, &rules, draws, |_| Ok(()))?;
        let mut store: Vec<Recorded> = Vec::new();
        for (number, (wakes, command)) in calls.iter().enumerate() {
            for wake in wakes {
                let mut host = Ticket::replay(TICKET, &store);
                store.extend(host.wake(&rules, *wake));
            }
            let [mut waker, mut taker] = [0, 1].map(|_| Ticket::replay(TICKET, &store));
            let woken = waker.wake(&rules, command.at);
            let taken = |ticket: &mut Ticket| match ticket.handle(&rules, command) {
                Ok(events) => events,
                Err(refused) => refused.meanwhile,
            };
            let first = taken(&mut taker);
            if number % 2 == 0 {
                store.extend(first);
                // The waker has lost, loads again, and finds nothing left to do.
                let mut waker = Ticket::replay(TICKET, &store);
                prop_assert_eq!(waker.wake(&rules, command.at), []);
            } else {
                store.extend(woken);
                // The taker has lost, loads again, and gives the same command.
                let mut taker = Ticket::replay(TICKET, &store);
                store.extend(taken(&mut taker));
            }
        }
        let mut raced = Ticket::replay(TICKET, &store);
        let end =
            desk.ticket.last_recorded().max(raced.last_recorded()).unwrap_or(Timestamp::MIN).plus_micros(500 * HOUR);
        desk.wake(end);
        store.extend(raced.wake(&rules, end));
        let unnoticed = |log: &[Recorded]| -> Vec<Recorded> {
            log.iter().map(|recorded| Recorded { noticed: Timestamp::MIN, ..recorded.clone() }).collect()
        };
        prop_assert_eq!(unnoticed(&store), unnoticed(&desk.log));
        Ok(())
    });
}
