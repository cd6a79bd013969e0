//! The laws about several records put right: in whatever order they are found out, what is on record in the end is the same, and it is what would be
//! on record if they had been right at once.

use std::collections::BTreeMap;

use owed::commitment::{Commitment, Origin, Verdict};
use owed::ticket::Order as About;
use owed::{Command, CommandId, Name, Order, Rulebook, Ticket, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::desk::Desk;
use super::put_right::{filed_wrongly, first_edition, in_order};
use super::story::{Story, for_every_story};

#[test]
fn the_order_of_corrections_makes_no_difference() {
    for_every_story(|story| {
        let Some(tale) = Tale::under(as_drawn(&story.text), story) else { return Ok(()) };
        let forwards = tale.put_right(tale.wrong.iter().copied());
        let backwards = tale.put_right(tale.wrong.iter().rev().copied());
        prop_assert_eq!(record(&forwards), record(&backwards), "{}", tale);
        Ok(())
    });
}

#[test]
fn what_is_put_right_leaves_the_verdicts_that_there_would_have_been() {
    for_every_story(|story| {
        let Some(tale) = Tale::under(goals(&story.text), story) else { return Ok(()) };
        let put_right = tale.put_right(tale.wrong.iter().copied());
        prop_assert_eq!(record(&tale.right_at_once()), record(&put_right), "{}", tale);
        Ok(())
    });
}

/// What happened, and which of its messages are filed as something else at first.
struct Tale {
    rules: Rulebook,
    commands: Vec<Command>,
    wrong: Vec<usize>,
    filed: Vec<Command>,
}

impl Tale {
    fn under(rules: Value, story: &Story) -> Option<Self> {
        let rules = serde_json::from_value(rules).unwrap();
        let commands = in_order(story);
        let messages =
            (0..commands.len()).filter(|at| matches!(commands[*at].order, Order::Ticket(About::Message { .. })));
        let messages: Vec<usize> = messages.collect();
        let wrong: Vec<usize> = messages.into_iter().skip(1).step_by(2).take(3).collect();
        let filed = wrong.iter().map(|at| filed_wrongly(&commands[*at], story.turns.len() + at)).collect();
        (wrong.len() > 1).then_some(Self { rules, commands, wrong, filed })
    }

    fn right_at_once(&self) -> Ticket {
        let mut desk = Desk::new(&self.rules);
        for command in &self.commands {
            desk.handle(command);
        }
        desk.wake(self.end(self.wrong.len()));
        desk.ticket
    }

    fn put_right(&self, found_out: impl Iterator<Item = usize>) -> Ticket {
        let mut desk = Desk::new(&self.rules);
        for (at, command) in self.commands.iter().enumerate() {
            let filed = self.wrong.iter().position(|wrong| *wrong == at);
            desk.handle(filed.map_or(command, |filed| &self.filed[filed]));
        }
        for (index, at) in found_out.enumerate() {
            desk.handle(&self.correction(index, at));
        }
        desk.wake(self.end(self.wrong.len()));
        desk.ticket
    }

    fn correction(&self, index: usize, at: usize) -> Command {
        let right = &self.commands[at];
        let Order::Ticket(About::Message { author, visibility, class, message }) = right.order.clone() else {
            unreachable!("messages are filed wrongly")
        };
        let order = About::Reclassify { message: message.expect("named"), author, visibility, class };
        let id = CommandId(Uuid::from_u128(0xC2 + index as u128));
        Command { id, at: self.end(index), happened: None, order: Order::Ticket(order), ..right.clone() }
    }

    /// The instants after the last command.
    fn end(&self, index: usize) -> Timestamp {
        let last = self.commands.last().map_or(Timestamp::MIN, |command| command.at);
        last.plus_micros(1_000_000 * (index as u64 + 1))
    }
}

impl std::fmt::Display for Tale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "\nrulebook: {}", serde_json::to_string(&self.rules).map_err(|_| std::fmt::Error)?)?;
        for (at, command) in self.commands.iter().enumerate() {
            let filed = self.wrong.iter().position(|wrong| *wrong == at);
            let command = filed.map_or(command, |filed| &self.filed[filed]);
            writeln!(f, "command:  {}", serde_json::to_string(command).map_err(|_| std::fmt::Error)?)?;
        }
        for (index, at) in self.wrong.iter().enumerate() {
            let correction = self.correction(index, *at);
            writeln!(f, "command:  {}", serde_json::to_string(&correction).map_err(|_| std::fmt::Error)?)?;
        }
        Ok(())
    }
}

/// The built-in metrics whose cycles are one account.
const ONE_ACCOUNT: [&str; 3] = ["requester_wait", "agent_work", "full_resolution"];

/// No cycle goes on with the account of another.
fn each_apart(value: &mut Value) {
    if value["cycles"] == "resume" {
        value["cycles"] = json!("each");
    }
}

/// The same with goals only: a ticket with a promise does not close, and so has another past.
fn goals(text: &str) -> Value {
    let mut edition = as_drawn(text);
    for agreement in edition["agreements"].as_array_mut().unwrap() {
        agreement["binding"] = json!("goal");
    }
    edition
}

/// The first edition: agreements that always apply, with one budget for all priorities, the same hours for all teams, and cycles that have an account each and do not begin again. What
/// else is found in hindsight goes by what applies then, and what has been broken is gone through no more. Whoever puts a record right may.
fn as_drawn(text: &str) -> Value {
    let mut edition = first_edition(text);
    for metric in edition["metrics"].as_object_mut().unwrap().values_mut() {
        metric.as_object_mut().unwrap().remove("reset");
        each_apart(metric);
    }
    let agreements = edition["agreements"].as_array_mut().unwrap();
    // Of several that follow each other what is found goes by the one that applies now.
    let one = agreements.len() == 1;
    for agreement in agreements {
        agreement.as_object_mut().unwrap().retain(|key, _| key != "from" || one);
        agreement["on_priority_change"] = json!("keep");
        agreement.as_object_mut().unwrap().retain(|key, _| !["until", "when"].contains(&key.as_str()));
        agreement.as_object_mut().unwrap().retain(|key, hours| key != "calendar" || hours.is_string());
        for (name, target) in agreement["targets"].as_object_mut().unwrap() {
            target.as_object_mut().unwrap().remove("breach_owes");
            if ONE_ACCOUNT.contains(&name.as_str()) {
                target["cycles"] = json!("each");
            }
            each_apart(target);
            let budgets = target["budget"].as_object().unwrap();
            target["budget"] = budgets.values().next().unwrap().clone();
        }
    }
    edition
}

/// What an agreement asks for and since when; its verdict, its deadline or that which it missed, and whether it is owed still. What is found late has broken
/// when it was found.
type Line = (Name, Name, Timestamp, Verdict, Option<Timestamp>, bool);

/// How often each line is there. What turned out to be none is not on record.
fn record(ticket: &Ticket) -> BTreeMap<String, usize> {
    let mut lines = BTreeMap::new();
    for owed in ticket.ledger().all().filter(|owed| owed.verdict() != Verdict::Void) {
        if let Some(line) = line(owed) {
            *lines.entry(format!("{line:?}")).or_default() += 1;
        }
    }
    lines
}

fn line(owed: &Commitment) -> Option<Line> {
    let Origin::Policy(cycle) = &owed.origin else { return None };
    let broken = owed.breach.filter(|_| owed.verdict() == Verdict::Breached);
    let due = broken.map(|breach| breach.due).or(owed.due_now());
    Some((cycle.agreement.clone(), cycle.metric.clone(), owed.since, owed.verdict(), due, owed.is_open()))
}
