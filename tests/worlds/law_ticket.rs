//! Laws 10, 11 and 13: no ticket closes on a promise, our silence closes none, and an escalation is bounded and changes no debt.

use owed::commitment::{Binding, Party};
use owed::escalation::Event as Tell;
use owed::policy::{Author, Class, Fact, Past, Visibility};
use owed::ticket::Event as Turned;
use owed::{Event, Order, Recorded, Ticket};

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
    let mut words = step.before.past().iter().filter_map(is_the_customers);
    holds(!by_rule || words.next_back() != Some(true), "our silence never closes", || {
        format!("{:?}", step.before.past())
    })
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

/// Each notice is for a later place than the one before: a later lapse, or a later round of that, or a higher rung in that; and the ladder says
/// how many there are of each. So there are no more of them than rungs, times rounds, times lapses.
pub fn escalation_is_bounded(before: &Ticket, recorded: &Recorded) -> Result<(), Broken> {
    let Event::Escalation(Tell::Notified(notice)) = &recorded.event else { return Ok(()) };
    let Some(one) = before.escalations().all().find(|one| one.id == notice.escalation) else { return Ok(()) };
    let (ladder, place) = (&one.ladder, (notice.lapse, notice.round, notice.rung));
    let most = (u16::from(ladder.lapses), u16::from(ladder.repeats), ladder.rungs.len() as u16);
    let there_is = place.0 <= most.0 && place.1 <= most.1 && place.2 <= most.2;
    let later = one.notices == 0 || place > (one.place.lapse, one.place.round, one.place.rung);
    holds(there_is && later, "escalation is bounded", || format!("{notice:?}\nafter {one:?}"))
}

pub fn escalation_never_goes_quiet(step: &Step<'_>) -> Result<(), Broken> {
    let mut live = step.after.escalations().live();
    let quiet = live.find(|_| step.after.next_wake().is_none());
    holds(quiet.is_none(), "an escalation never goes quiet", || format!("{quiet:?}"))
}
