//! The law about records put right: a message that was filed wrongly, and found out, leaves the clocks that there would have been.

use std::collections::BTreeMap;

use owed::commitment::Origin;
use owed::policy::{Author, Visibility};
use owed::ticket::Order as About;
use owed::{Command, CommandId, MessageRef, Name, Order, Rulebook, Ticket, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::desk::Desk;
use super::steps::TICKET;
use super::story::{Story, for_every_story};

/// One message of the story is filed as something else first, and put right some commands later. From then on the same stretches run
/// as on a ticket where it was filed rightly at once.
#[test]
fn what_is_put_right_leaves_the_clocks_that_there_would_have_been() {
    for_every_story(|story| {
        let rules = rulebook(&story.text);
        let (mut rightly, mut wrongly) = (Desk::new(&rules), Desk::new(&rules));
        let commands = in_order(story);
        let messages = commands.iter().enumerate().filter(|(_, command)| is_message(&command.order));
        let messages: Vec<usize> = messages.map(|(index, _)| index).collect();
        let Some(chosen) = messages.get(messages.len() / 3).copied() else { return Ok(()) };
        let found_out = chosen + 1 + commands.len() % 4;
        for (index, command) in commands.iter().enumerate() {
            rightly.handle(command);
            wrongly.handle(&if index == chosen { filed_wrongly(command, story.turns.len()) } else { command.clone() });
            let found = commands[chosen].order.clone();
            if let (true, Order::Ticket(About::Message { author, visibility, class, message })) =
                (index == found_out, found)
            {
                let message = message.expect("named");
                let order = Order::Ticket(About::Reclassify { message, author, visibility, class });
                wrongly.handle(&Command { id: CommandId(Uuid::from_u128(0xC2)), order, ..command.clone() });
            }
            if index >= found_out {
                prop_assert_eq!(running(&rightly.ticket), running(&wrongly.ticket), "after {:?}", command);
            }
        }
        Ok(())
    });
}

/// What happened on the ticket but for what hosts order about what is owed, each thing by a name and at an instant of its own.
pub(crate) fn in_order(story: &Story) -> Vec<Command> {
    let turns = story.turns.iter().map(|turn| &turn.command);
    let here = turns.filter(|command| command.stream == TICKET && lives(&command.order));
    // At the end of time there is no room for one after another.
    let mut commands: Vec<_> = here.filter(|command| command.at < Timestamp::MAX.minus_micros(1_000_000)).collect();
    commands.sort_by_key(|command| command.at);
    commands.into_iter().enumerate().map(|(index, command)| named(command, index)).collect()
}

fn lives(order: &Order) -> bool {
    !matches!(
        order,
        Order::Commitment(_)
            | Order::Escalation(_)
            | Order::Ticket(About::Reclassify { .. } | About::Bounce { .. } | About::Replan {})
    )
}

fn is_message(order: &Order) -> bool {
    matches!(order, Order::Ticket(About::Message { .. }))
}

/// Each has an id and an instant of its own, since of several at one it is not known which came before; and a message a reference, by which it
/// can be put right.
fn named(command: &Command, index: usize) -> Command {
    let (id, at) = (CommandId(Uuid::from_u128(0xA0_0000 + index as u128)), command.at.plus_micros(index as u64));
    let mut command = Command { id, at, happened: None, ..command.clone() };
    if let Order::Ticket(About::Message { message, .. }) = &mut command.order {
        *message = Some(MessageRef::new(&format!("message {index}")).expect("a reference"));
    }
    command
}

/// The same message as another's, or as a note.
pub(crate) fn filed_wrongly(command: &Command, which: usize) -> Command {
    let mut command = command.clone();
    if let Order::Ticket(About::Message { author, visibility, class, .. }) = &mut command.order {
        *class = None;
        (*author, *visibility) = match which % 3 {
            0 => (Author::ThirdParty, Visibility::Internal),
            1 if *author == Author::Agent => (Author::Customer, Visibility::Public),
            1 => (Author::Agent, Visibility::Public),
            _ => (*author, if *visibility == Visibility::Public { Visibility::Internal } else { Visibility::Public }),
        };
    }
    command
}

/// The first edition, always in force, and whoever puts a record right may: else what has broken stays on it.
pub(crate) fn first_edition(text: &str) -> Value {
    let mut book: Value = serde_json::from_str(text).unwrap();
    let mut edition = book["editions"][0].take();
    edition.as_object_mut().unwrap().remove("from");
    edition["corrections"] = json!({ "window": "90000000 hours" });
    edition
}

/// That, with goals without a deadline.
fn rulebook(text: &str) -> Rulebook {
    let mut edition = first_edition(text);
    for agreement in edition["agreements"].as_array_mut().unwrap() {
        agreement["binding"] = json!("goal");
        agreement
            .as_object_mut()
            .unwrap()
            .retain(|key, _| !["from", "until", "on_return", "when"].contains(&key.as_str()));
        for target in agreement["targets"].as_object_mut().unwrap().values_mut() {
            target["budget"] = json!("90000000 hours");
            target.as_object_mut().unwrap().remove("breach_owes");
        }
    }
    serde_json::from_value(edition).unwrap()
}

fn running(ticket: &Ticket) -> BTreeMap<(Name, Name), Timestamp> {
    let cycles = ticket.ledger().open().filter_map(|owed| match &owed.origin {
        Origin::Policy(cycle) => Some(((cycle.agreement.clone(), cycle.metric.clone()), owed.since)),
        Origin::Spoken { .. }
        | Origin::Amends { .. }
        | Origin::Delegated { .. }
        | Origin::Horizon { .. }
        | Origin::Request { .. }
        | Origin::Incident(_) => None,
    });
    cycles.collect()
}
