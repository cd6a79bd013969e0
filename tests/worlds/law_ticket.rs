//! Laws 10, 11 and 13: no ticket closes on a promise, our silence closes none, and an escalation is bounded and changes no debt.

use owed::commitment::{Binding, Party};
use owed::policy::{Author, Class, Fact, Past, Visibility};
use owed::ticket::Event as Turned;
use owed::{Event, Order, Recorded};

use super::laws::{Broken, Step, holds};

pub fn closes_on_no_promise(step: &Step<'_>, events: &[Recorded]) -> Result<(), Broken> {
    let closed = events.iter().find_map(|recorded| match &recorded.event {
        Event::Ticket(Turned::Closed { rule, .. }) => Some(rule.is_some()),
        Event::Ticket(_) | Event::Commitment(_) | Event::Escalation(_) => None,
    });
    let Some(by_rule) = closed else { return Ok(()) };
    let mut owed = step.after.ledger().open();
    let promise = owed.find(|owed| owed.binding == Binding::Promised && matches!(owed.beneficiary, Party::Customer(_)));
    holds(promise.is_none(), "no ticket closes on a promise", || format!("{promise:?}"))?;
    let words = step.before.past().iter().filter_map(is_the_customers);
    holds(!by_rule || words.last() != Some(true), "our silence never closes", || format!("{:?}", step.before.past()))
}

/// Whether a word of substance is the customer's; nothing for what is none.
fn is_the_customers(past: &Past) -> Option<bool> {
    match &past.fact {
        Fact::Opened(opened) => Some(opened.author == Author::Customer),
        Fact::Message(said) if said.visibility == Visibility::Public => match (said.author, said.class) {
            (Author::Customer, None) => Some(true),
            (Author::Customer, Some(Class::Thanks | Class::OutOfOffice | Class::Spam)) => None,
            (Author::Agent, _) => Some(false),
            (Author::Automation | Author::Ai | Author::ThirdParty | Author::System, _) => None,
        },
        _ => None,
    }
}

pub fn escalation_changes_no_debt(step: &Step<'_>) -> Result<(), Broken> {
    let about_one = step.command.is_some_and(|command| matches!(command.order, Order::Escalation(_)));
    holds(!about_one || step.before.ledger() == step.after.ledger(), "an escalation changes no debt", || {
        format!("{:?}", step.command)
    })
}

pub fn escalation_is_bounded(step: &Step<'_>) -> Result<(), Broken> {
    for one in step.after.escalations().all() {
        let ladder = &one.ladder;
        let rounds = (u64::from(ladder.repeats) + 1) * (u64::from(ladder.lapses) + 1);
        let most = ladder.rungs.len() as u64 * rounds;
        holds(u64::from(one.notices) <= most, "escalation is bounded", || format!("{} of {most}", one.notices))?;
        let quiet = one.is_live() && step.after.next_wake().is_none();
        holds(!quiet, "an escalation never goes quiet", || format!("{one:?}"))?;
    }
    Ok(())
}
