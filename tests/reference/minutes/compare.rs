//! The crate's tickets against that count.

use std::cell::RefCell;
use std::collections::BTreeMap;

use owed::commitment::{Commitment, Happened, Phase, PhaseName, Stamp, Verdict};
use owed::{Command, CommandId, CommitmentId, Order, Rulebook, Ticket, TicketId, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseResult, TestRunner};
use uuid::Uuid;

use super::cycle::{Cycle, End, State};
use super::desk::Desk;
use super::{Fact, MINUTE, Metric, Minute, Mode, Terms, Unit, instant, story};
use crate::compare::{Seen, count};
use crate::dice::Dice;

const TICKET: TicketId = TicketId(Uuid::from_u128(0x72));

/// As many stories as `PROPTEST_CASES` says, or the same 256 at every run.
#[test]
fn the_clocks_of_an_agreement_agree_with_the_count_of_their_minutes() {
    let usual = std::env::var_os("PROPTEST_CASES").is_none();
    let rng_seed = if usual { RngSeed::Fixed(2027) } else { Config::default().rng_seed };
    let cases = if usual { 256 } else { Config::default().cases };
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 5_000, rng_seed, ..Config::default() };
    let numbers = prop::collection::vec(prop::collection::vec(any::<u16>(), 12), 2..24);
    let seen = RefCell::new(BTreeMap::new());
    let told = TestRunner::new(config).run(&numbers.prop_map(crate::Numbers), |numbers| compare(&numbers.0, &seen));
    if let Err(error) = told {
        panic!("{error}");
    }
    let seen = seen.into_inner();
    let lines: Vec<String> = seen.iter().map(|(what, times)| format!("{times:7} {what}")).collect();
    println!("{}", lines.join("\n"));
    let wanted = [
        "active",
        "paused",
        "overdue",
        "fulfilled",
        "breached",
        "void",
        "Deadline",
        "BornLate",
        "second cycle",
        "corrected",
    ];
    let rare: Vec<_> = wanted.iter().filter(|what| !seen.contains_key(**what)).collect();
    assert!(!usual || rare.is_empty(), "never seen: {rare:?}");
}

fn compare(numbers: &[Vec<u16>], seen: &Seen) -> TestCaseResult {
    let terms = story::terms(&mut Dice::new(&numbers[0]));
    let rules = rulebook(&terms);
    let mut ticket = Ticket::new(TICKET);
    let mut told: Vec<(Minute, Fact)> = vec![];
    let mut desk: Option<Desk> = None;
    for (number, numbers) in numbers.iter().enumerate().skip(1) {
        let (at, fact) = story::next(&mut Dice::new(numbers), &terms, desk.as_ref());
        told.push((at, fact));
        match order(fact) {
            None => drop(ticket.wake(&rules, instant(at * MINUTE))),
            // What is refused here changes nothing in the reference either.
            Some(order) => drop(ticket.handle(&rules, &command(number, at, fact, &order))),
        }
        let now = Desk::told(&terms, &told);
        same(&ticket, &terms, &now, &told, seen)?;
        desk = Some(now);
    }
    let end = told.last().map_or(0, |(at, _)| at + 30 * 1440);
    told.push((end, Fact::Wake));
    ticket.wake(&rules, instant(end * MINUTE));
    same(&ticket, &terms, &Desk::told(&terms, &told), &told, seen)
}

fn metric_name(metric: Metric) -> &'static str {
    match metric {
        Metric::FirstResponse => "first_response",
        Metric::NextResponse => "next_response",
        Metric::FirstResolution => "first_resolution",
        Metric::Quiet => "quiet",
    }
}

fn rulebook(terms: &Terms) -> Rulebook {
    let amount = |unit: Unit, minutes: i64| match unit {
        Unit::Working => format!("{minutes} working minutes"),
        Unit::Elapsed => format!("{minutes} minutes"),
    };
    let budgets: BTreeMap<_, _> = terms.budgets.iter().map(|(of, unit, n)| (*of, amount(*unit, *n))).collect();
    let mut target = serde_json::json!({ "budget": budgets });
    if terms.pauses {
        target["pausable"] = serde_json::json!({ "total": format!("{} minutes", terms.total) });
        if let Some(once) = terms.once.filter(|once| *once < terms.total) {
            target["pausable"]["once"] = format!("{once} minutes").into();
        }
        target["pause"] = serde_json::json!([
            { "reason": "customer", "when": { "status": ["pending"] } },
            { "reason": "supplier", "when": { "status": ["on_hold"] } } ]);
    }
    let mode = match terms.mode {
        Mode::Keep => "keep",
        Mode::Restart => "restart",
        Mode::Recount => "recount",
    };
    let binding = if terms.promised { "promised" } else { "goal" };
    let rules = serde_json::json!({
        "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } } }, "calendar": "office",
        "metrics": { "quiet": { "deliverable": "update", "start": [{ "fact": "opened" }],
            "reset": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }],
            "stop": [{ "fact": "status", "to": ["solved"] }] } },
        "agreements": [{ "name": "sla", "binding": binding, "on_priority_change": mode,
            "targets": { metric_name(terms.metric): target } }],
    });
    serde_json::from_value(rules).expect("a rulebook")
}

fn order(fact: Fact) -> Option<String> {
    Some(match fact {
        Fact::Open(priority) => format!(r#""type": "open", "requester": "c-1", "priority": "{priority}""#),
        Fact::Ask => r#""type": "message", "author": "customer""#.into(),
        Fact::Answer(_) => r#""type": "message", "author": "agent""#.into(),
        Fact::Note => r#""type": "message", "author": "agent", "visibility": "internal""#.into(),
        Fact::Status(status) => format!(r#""type": "set_status", "status": "{status}""#),
        Fact::Priority(priority) => format!(r#""type": "set_priority", "priority": "{priority}""#),
        Fact::Solve => r#""type": "solve""#.into(),
        Fact::Reopen => r#""type": "reopen""#.into(),
        Fact::Wake => return None,
    })
}

fn command(number: usize, at: Minute, fact: Fact, order: &str) -> Command {
    let order: Order = serde_json::from_str(&format!(r#"{{ "room": "ticket", {order} }}"#)).expect("an order");
    let by = serde_json::from_str(r#"{ "agent": "ada" }"#).expect("an agent");
    let happened = match fact {
        Fact::Answer(ago) if ago > 0 => Some(Happened { at: instant((at - ago) * MINUTE), stamp: Stamp::Transport }),
        _ => None,
    };
    let id = CommandId(Uuid::from_u128(0xC1_0000 + number as u128));
    Command { stream: TICKET, id, at: instant(at * MINUTE), happened, by, order }
}

#[derive(Debug, PartialEq)]
struct Standing {
    phase: PhaseName,
    verdict: Verdict,
    since: Timestamp,
    due: Option<Timestamp>,
    left: Option<i64>,
    resume_by: Option<Timestamp>,
    breach: Option<(Timestamp, Timestamp, owed::commitment::BreachCause)>,
    closed: Option<Timestamp>,
}

fn of_crate(known: &Commitment) -> Standing {
    let (left, resume_by) = match &known.phase {
        Phase::Paused { left, resume_by, .. } => (i64::try_from(left.as_micros()).ok(), Some(*resume_by)),
        _ => (None, None),
    };
    let due = if let Phase::Active { .. } = known.phase { Some(known.due) } else { None };
    let breach = known.breach.map(|breach| (breach.at, breach.due, breach.cause));
    let (phase, verdict, since, closed) = (known.phase.name(), known.verdict(), known.since, known.closed_at());
    Standing { phase, verdict, since, due, left, resume_by, breach, closed }
}

fn of_reference(cycle: &Cycle) -> Standing {
    let (phase, verdict) = match cycle.state {
        State::Running(_) => (PhaseName::Active, Verdict::Pending),
        State::Standing => (PhaseName::Paused, Verdict::Pending),
        State::Broken => (PhaseName::Overdue, Verdict::Breached),
        State::Over(_, End::Kept) => (PhaseName::Closed, Verdict::Fulfilled),
        State::Over(_, End::Broken) => (PhaseName::Closed, Verdict::Breached),
        State::Over(_, End::Void) => (PhaseName::Closed, Verdict::Void),
    };
    let stands = cycle.state == State::Standing;
    Standing {
        phase,
        verdict,
        since: instant(cycle.since * MINUTE),
        due: if let State::Running(due) = cycle.state { Some(instant(due)) } else { None },
        left: stands.then(|| cycle.account.left()),
        resume_by: cycle.pausing.resume_by.filter(|_| stands).map(|by| instant(by * MINUTE)),
        breach: cycle.breach.map(|(at, due, cause)| (instant(at), instant(due), cause)),
        closed: if let State::Over(at, _) = cycle.state { Some(instant(at * MINUTE)) } else { None },
    }
}

fn same(ticket: &Ticket, terms: &Terms, desk: &Desk, told: &[(Minute, Fact)], seen: &Seen) -> TestCaseResult {
    let story = || {
        let lines = told.iter().map(|(at, fact)| format!("{}  {fact:?}", instant(at * MINUTE)));
        format!("\n{terms:?}\n{}", lines.collect::<Vec<_>>().join("\n"))
    };
    let ledger = ticket.ledger();
    prop_assert_eq!(ledger.all().count(), desk.cycles.len(), "{}", story());
    for (number, cycle) in (1..).zip(&desk.cycles) {
        let name = format!("sla\0{}\0{number}", metric_name(terms.metric));
        let known = ledger.get(CommitmentId(Uuid::new_v5(&TICKET.0, name.as_bytes())));
        let expected = of_reference(cycle);
        count(seen, &expected.phase.to_string());
        count(seen, &expected.verdict.to_string());
        if let Some((_, _, cause)) = expected.breach {
            count(seen, &format!("{cause:?}"));
            if expected.verdict == Verdict::Fulfilled {
                count(seen, "corrected");
            }
        }
        if number > 1 {
            count(seen, "second cycle");
        }
        prop_assert_eq!(known.map(of_crate), Some(expected), "{}", story());
    }
    prop_assert_eq!(ticket.next_wake().map(|wake| wake.at), desk.next().map(instant), "{}", story());
    Ok(())
}
