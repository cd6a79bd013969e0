//! An event as a sentence.

use std::collections::BTreeSet;

use owed::commitment::{self, BreachCause, DueRule, Origin, VoidCause};
use owed::escalation;
use owed::policy::{Author, Class, SilenceStep, Visibility};
use owed::ticket;
use owed::{Event, MessageRef, Name, Refusal};

use super::tale::{Line, Tale};
use super::words::{amount, priority, time};

/// What there is to tell of a line; nothing of what goes without saying.
pub(super) fn of(tale: &Tale<'_>, line: &Line) -> Option<String> {
    match line {
        Line::Event(recorded) => match &recorded.event {
            Event::Ticket(event) => Some(of_ticket(tale, event)),
            Event::Commitment(event) => Some(of_commitment(tale, event)),
            Event::Escalation(event) => of_escalation(tale, event),
        },
        Line::Refused(command, why) => Some(refused(tale, &command.by, why)),
    }
}

/// Who hears of it, and what comes of that; who was reached, and what gives the reason, goes without saying.
fn of_escalation(tale: &Tale<'_>, event: &escalation::Event) -> Option<String> {
    use escalation::{Closing, Decision, Event};
    let at = |at| tale.wall.moment(at);
    Some(match event {
        Event::Notified(notice) => {
            let together = notice.digest.as_ref().map(|digest| format!(", together with more at {}", at(digest.at)));
            let together = together.unwrap_or_default();
            format!("{} is told ({}), or else the next at {}{together}", notice.role, notice.ladder, at(notice.next))
        }
        Event::NobodyThere { role, .. } => format!("nobody is {role}"),
        Event::Acknowledged { by, until, .. } => format!("{by} takes it up, until {}", at(*until)),
        Event::Progressed { until, .. } => format!("it goes on: held until {}", at(*until)),
        Event::Snoozed { until, reason, .. } => format!("put off until {}: {reason}", at(*until)),
        Event::HandedOver { tier, .. } => format!("tier {tier} looks at it"),
        Event::DeEscalated { to, justification, .. } => format!("back to rung {to}: {justification}"),
        Event::Exhausted(left) => format!("NOBODY has taken it up ({}); reminder at {}", left.ladder, at(left.next)),
        Event::Reminded(left) => format!("{} is reminded ({}), again at {}", left.role, left.ladder, at(left.next)),
        Event::Closed { why: Closing::DeEscalated { justification }, .. } => {
            format!("nobody need hear of it: {justification}")
        }
        Event::DecisionRequested { .. } => "the customer asks for a decision".into(),
        Event::DecisionRequestedAgain { .. } => "the customer asks for it again".into(),
        Event::Decided { decision: Decision::Granted { .. }, .. } => "granted".into(),
        Event::Decided { decision: Decision::Declined { reason, .. }, .. } => format!("declined: {reason}"),
        Event::Decided { decision: Decision::Withdrawn { .. }, .. } => "the customer does not want it any more".into(),
        Event::Started(_)
        | Event::CauseJoined { .. }
        | Event::CauseGone { .. }
        | Event::CauseLasted { .. }
        | Event::Reached { .. }
        | Event::CarriedIn { .. }
        | Event::RequestCarriedIn { .. }
        | Event::Closed { why: Closing::Moot | Closing::CarriedOut { .. }, .. } => return None,
    })
}

fn of_ticket(tale: &Tale<'_>, event: &ticket::Event) -> String {
    use ticket::Event;
    match event {
        Event::Opened { requester, author: Author::Customer, priority: of, message, about: _ } => {
            format!(
                "{requester} comes with a matter, priority {}{}",
                priority(of.as_ref()),
                on_record(message.as_ref())
            )
        }
        Event::Opened { requester, author: _, priority: of, message, about: _ } => {
            format!("opened for {requester}, priority {}{}", priority(of.as_ref()), on_record(message.as_ref()))
        }
        Event::MessageAdded { author, visibility, class, message, filed_by: _, claimed: _ } => {
            let class = class.map_or("", asks_for_nothing);
            format!("{}{class}{}", message_from(*author, *visibility), on_record(message.as_ref()))
        }
        Event::StatusChanged { from, to } => format!("was {from}, is {to}"),
        Event::PriorityChanged { from, to } => {
            format!("priority was {}, is {}", priority(from.as_ref()), priority(to.as_ref()))
        }
        Event::Assigned { to } => to.as_ref().map_or("given to nobody".into(), |to| format!("given to {to}")),
        Event::Called { author, how: Some(how), .. } => format!("{author} calls: {how}"),
        Event::Called { author, reached, how: None } => {
            format!("{author} calls{}", if *reached { ", and they speak" } else { ", and reaches nobody" })
        }
        Event::Tagged { added, removed } => format!("tags:{}{}", signed('+', added), signed('-', removed)),
        Event::FieldSet { field, to, .. } => {
            to.as_ref().map_or_else(|| format!("{field} is not known any more"), |to| format!("{field} is {to}"))
        }
        Event::ChannelChanged { to, .. } => to
            .map_or_else(|| "over no channel in particular".into(), |to| format!("goes on over another channel: {to}")),
        Event::LanguageChanged { to, .. } => {
            to.as_ref().map_or_else(|| "in no language in particular".into(), |to| format!("goes on in {to}"))
        }
        Event::HandedToVendor { vendor } => format!("{vendor} gets it"),
        Event::TakenBack { vendor } => format!("{vendor} gives it back"),
        Event::LineHeld {} => "the customer waits on the line".into(),
        Event::LinePickedUp {} => "the customer waits on the line no more".into(),
        Event::HumanAskedFor {} => "the customer asks for a human being".into(),
        Event::NoReplyNeeded {} => "no answer is needed".into(),
        Event::Marked { mark } => mark.to_string(),
        Event::MessageReclassified { message, author, visibility, class } => {
            let class = class.map_or("", asks_for_nothing);
            format!("{message} was something else: {}{class}", message_from(*author, *visibility))
        }
        Event::MessageBounced { message } => format!("{message} came back: nobody has read it"),
        Event::MessageMoved { message, to } => format!("{message} belongs to {to}"),
        Event::Redacted { message } => format!("erased: {message}"),
        Event::EffectFailed { why, .. } => format!("could not be done: {why}"),
        Event::EffectDone { .. } => "done after all".into(),
        Event::SilenceBegan(began) => format!("the customer's silence counts from now on ({})", began.rule),
        Event::SilenceEnded { rule } => format!("his silence counts no more ({rule})"),
        Event::ChaseDue { step: SilenceStep::Remind, .. } => "he is to be reminded".into(),
        Event::ChaseDue { step: _, .. } => "he is to be warned that it will be closed".into(),
        Event::Chased { step: SilenceStep::Remind, message, .. } => format!("he was reminded ({message})"),
        Event::Chased { step: _, message, .. } => format!("he was warned ({message})"),
        Event::ClosingPutOff { .. } => "it is not closed yet: a promise is owed".into(),
        Event::Closed { rule: Some(rule), .. } => format!("closed, since the customer was silent ({rule})"),
        Event::KindChanged { to: Some(kind), .. } => format!("turns out to be a {kind}"),
        Event::KindChanged { to: None, .. } => "of no kind in particular".into(),
        Event::StatusNamed { name: Some(name) } => format!("called {name}"),
        Event::StatusNamed { name: None } => "called as its category".into(),
        Event::MergedInto { ticket, from: _ } => format!("goes on as part of {ticket}"),
        Event::MergedFrom { ticket, .. } => format!("{ticket} goes on as part of it"),
        Event::SplitFrom { ticket } => format!("split off {ticket}"),
        Event::Replanned { must_tell } => {
            let told: Vec<_> = must_tell.iter().map(|id| tale.label(*id)).collect();
            let stays =
                if told.is_empty() { String::new() } else { format!("; stays as it was told: {}", told.join(", ")) };
            format!("the rules in force count from now on{stays}")
        }
        Event::Solved { .. } => "solved".into(),
        Event::Closed { .. } => "closed".into(),
        Event::Reopened { returned: true, .. } => "the customer is back: reopened".into(),
        Event::Reopened { from, returned: false } => format!("reopened, was {from}"),
    }
}

fn signed(sign: char, tags: &BTreeSet<Name>) -> String {
    tags.iter().map(|tag| format!(" {sign}{tag}")).collect()
}

fn message_from(author: Author, visibility: Visibility) -> &'static str {
    match (author, visibility) {
        (Author::Customer, _) => "the customer again",
        (Author::Agent, Visibility::Public) => "an agent answers",
        (Author::Agent, Visibility::Internal) => "an agent's note, for the desk only",
        (Author::Automation | Author::System, _) => "an automatic message",
        (Author::Ai, _) => "the assistant answers",
        (Author::ThirdParty, _) => "a message from outside",
    }
}

const fn asks_for_nothing(class: Class) -> &'static str {
    match class {
        Class::Thanks => ", just thanks",
        Class::OutOfOffice => ", out of office",
        Class::Spam => ", spam",
    }
}

fn on_record(message: Option<&MessageRef>) -> String {
    message.map_or_else(String::new, |message| format!(" ({message})"))
}

fn of_commitment(tale: &Tale<'_>, event: &commitment::Event) -> String {
    use commitment::Event;
    let what = tale.what(event.commitment());
    let moment = |at| tale.wall.moment(at);
    match event {
        Event::Promised(made) => promised(tale, made),
        Event::Warned { owner, due, .. } => format!("warning to {owner}: {what} is due {}", moment(*due)),
        Event::Breached { cause: BreachCause::Deadline, owner, .. } => {
            format!("BROKEN: {what}; {owner} answered for it, and it is owed still")
        }
        Event::Breached { cause: BreachCause::BornLate, due, .. } => {
            format!("BROKEN: {what}, born late: it would have been due {}", moment(*due))
        }
        Event::Breached { cause: BreachCause::Impossible, due, .. } => {
            format!("BROKEN: {what} cannot be done; it was due {}", moment(*due))
        }
        Event::Breached { cause: BreachCause::Unanswered, .. } => {
            format!("BROKEN: {what}; the matter ended without it")
        }
        Event::Breached { cause: BreachCause::Withdrawn, due, .. } => {
            format!("BROKEN: {what} withdrawn by the desk; it was due {}", moment(*due))
        }
        Event::Fulfilled { .. } => format!("kept: {what}"),
        Event::DeliveredLate { late_us, .. } => format!("done {} late: {what}; the breach stands", time(*late_us)),
        Event::Corrected { done, .. } => format!("put right: {what} was done in time, {}", moment(*done)),
        Event::Paused { reason, left, .. } => format!("the clock stands, {reason}: {what}, {} left", amount(*left)),
        Event::PauseJoined { reason, .. } => format!("and {reason}: {what}"),
        Event::PauseLeft { reason, .. } => format!("no longer {reason}: {what}"),
        Event::Resumed { due, .. } => format!("the clock goes on: {what}, due {}", moment(*due)),
        Event::Retargeted(new) => format!("another budget for {what}: due {}", moment(new.due)),
        Event::Voided { cause, .. } => format!("fell away: {what}, {}", void(tale, cause)),
        Event::Overtaken { rule, .. } => format!("ended without being done: {what}, {rule}"),
        Event::Superseded { by, .. } => format!("{} stands in for {what}; the breach stands", tale.label(*by)),
        Event::HandedOver { owner, .. } => format!("{owner} answers for {what} now"),
        Event::Suggested(found) => {
            let until =
                found.review_by.map_or_else(String::new, |until| format!("; to be looked at by {}", moment(until)));
            format!("perhaps promised to {}: {what}{until}", found.beneficiary)
        }
        Event::PromisedOnCondition(made) => {
            let condition = made.terms.condition.as_ref().map_or("", |condition| condition.what.as_str());
            format!("PROMISED to {}: {what}, once he has done his part: {condition}", made.beneficiary)
        }
        Event::Confirmed { .. } => format!("it counts: {what}"),
        Event::ConditionMet { running, .. } => {
            format!("the customer has done his part: {what}, due {}", moment(running.due))
        }
        Event::Attempted { short, .. } => format!("tried, {}: {what}", attempt(*short)),
        Event::Announced { .. } => format!("the customer is told of {what}: it is a promise now"),
        Event::Amended(new) => format!("better terms for {what}: due {}", moment(new.running.due)),
        Event::Proposed { proposal, .. } => format!("proposed: {what} by {}", moment(proposal.due_at)),
        Event::Declined { evidence, .. } => format!("declined by the customer ({evidence}): other terms for {what}"),
        Event::Chased { step, .. } => format!("the customer {} for {what}", chased(*step)),
        Event::Heard { .. } => format!("the customer has spoken: {what}"),
        Event::Ended { ending, .. } => format!("{}: {what}; the breach stands", ended(ending)),
        Event::Excluded { exclusion, .. } => {
            format!("counted apart, {} ({}): {what}", exclusion.reason, exclusion.approver)
        }
        Event::Delegated { child, .. } => format!("given on: {what}, as {}", tale.label(*child)),
        Event::PutAtRisk { child, .. } => format!("at risk: {what}, since {} is broken", tale.label(*child)),
        Event::HorizonReached { .. } => format!("the horizon has come, and it is not over: {what}"),
        Event::Redacted { reference, .. } => format!("erased: {reference}, of {what}"),
        Event::CarriedOut { to, .. } => format!("goes over to {to}: {what}"),
        Event::CarriedIn { from, .. } => format!("comes over from {from}: {what}"),
    }
}

fn promised(tale: &Tale<'_>, made: &commitment::Promised) -> String {
    let label = tale.what(made.commitment);
    let due = tale.wall.moment(made.due);
    let budget = match &made.terms.due {
        DueRule::At(_) => "at a named hour".into(),
        said @ (DueRule::Within(_) | DueRule::By(_) | DueRule::EndOfBusiness(_) | DueRule::Vague(_)) => {
            said.to_string()
        }
    };
    match &made.origin {
        Origin::Policy(cycle) => {
            format!("{} owes under {}: {label} {budget}, so by {due}", made.owner, cycle.agreement)
        }
        Origin::Amends { of, .. } => {
            format!("owed to {} for the breach of {}: {label} {budget}, so by {due}", made.beneficiary, tale.label(*of))
        }
        Origin::Delegated { by } => {
            format!("{} owes {}: {label} {budget}, so by {due}, for {}", made.owner, made.beneficiary, tale.label(*by))
        }
        Origin::Horizon { .. } | Origin::Request { .. } | Origin::Incident(_) => {
            format!("{} owes {}: {label} {budget}, so by {due}", made.owner, made.beneficiary)
        }
        Origin::Spoken { by, .. } => {
            let repairs = made.repairs.map(|broken| format!(", to repair {}", tale.label(broken)));
            let repairs = repairs.unwrap_or_default();
            format!("{by} PROMISES {}: {label} {budget}, so by {due}{repairs}", made.beneficiary)
        }
    }
}

fn attempt(short: commitment::Short) -> &'static str {
    match short {
        commitment::Short::NotReached => "nobody there",
        commitment::Short::MessageLeft => "nobody there, a message left",
        commitment::Short::TooEarly => "before the agreed time",
    }
}

fn chased(step: commitment::Chase) -> &'static str {
    match step {
        commitment::Chase::Asked => "is asked",
        commitment::Chase::Reminded => "is reminded",
        commitment::Chase::Warned { .. } => "is warned",
    }
}

fn ended(ending: &commitment::Ending) -> String {
    match ending {
        commitment::Ending::Impossible { .. } => "it cannot be done".into(),
        commitment::Ending::Waived { evidence } => format!("the customer does not insist ({evidence})"),
        commitment::Ending::WrittenOff { authority, reason } => format!("given up by {authority} ({reason})"),
    }
}

fn void(tale: &Tale<'_>, cause: &VoidCause) -> String {
    match cause {
        VoidCause::Released { evidence } => format!("released by the customer ({evidence})"),
        VoidCause::Rule(rule) => rule.to_string(),
        VoidCause::Corrected { original } => format!("since {} is not broken after all", tale.label(*original)),
        VoidCause::Dismissed { reason } => format!("no promise after all ({reason})"),
        VoidCause::Lapsed => "the customer's part did not come".into(),
        VoidCause::Withdrawn { notice } => format!("withdrawn before the customer did his part ({notice})"),
        VoidCause::Renegotiated { successor, .. } => format!("{} in its place, accepted", tale.label(*successor)),
        VoidCause::CustomerAbsent => "the customer did not come, after all that was asked".into(),
        VoidCause::Retracted { reason, successor } => {
            format!("not done after all ({reason}); {} stands", tale.label(*successor))
        }
        VoidCause::InTime { successor, .. } => {
            format!("the customer had come in time; {} stands", tale.label(*successor))
        }
        VoidCause::SeriesStopped { evidence } => format!("what it was for has come ({evidence})"),
        VoidCause::InError { reason, .. } => format!("it should not have been on record ({reason})"),
    }
}

fn refused(tale: &Tale<'_>, by: &commitment::Actor, why: &Refusal) -> String {
    match why {
        Refusal::Ticket(ticket::Refusal::StillOwed { owed }) => {
            let each: Vec<_> = owed
                .iter()
                .map(|owing| format!("{}, due {}", tale.what(owing.commitment), tale.wall.moment(owing.due)))
                .collect();
            format!("{by} wants to close it: refused, still owed is {}", each.join(" and "))
        }
        other => format!("refused to {by}: {other}"),
    }
}
