//! Who has the last word, and which rule closes, from the events alone.

use owed::commitment::{Ending, Event as Fact, VoidCause};
use owed::escalation::{Decision, Event as Tell};
use owed::policy::{Author, Mark, Visibility};
use owed::ticket::Event as Turned;
use owed::{Event, MessageRef, Recorded, Timestamp};

/// A message, from the events alone.
struct Told {
    happened: Timestamp,
    author: Author,
    is_word: bool,
    message: Option<MessageRef>,
}

/// Whether it is something that the customer did about what is owed, or asked for.
fn acts(event: &Event) -> bool {
    match event {
        Event::Commitment(fact) => match fact {
            Fact::ConditionMet { .. } | Fact::Declined { .. } | Fact::Heard { .. } => true,
            Fact::Ended { ending, .. } => matches!(ending, Ending::Waived { .. }),
            Fact::Voided { cause, .. } => {
                matches!(cause, VoidCause::Released { .. } | VoidCause::Renegotiated { .. } | VoidCause::InTime { .. })
            }
            _ => false,
        },
        Event::Escalation(told) => matches!(
            told,
            Tell::DecisionRequested { .. }
                | Tell::DecisionRequestedAgain { .. }
                | Tell::Decided { decision: Decision::Withdrawn { .. }, .. }
        ),
        Event::Ticket(_) => false,
    }
}

/// Who has the last word after these events, the slow way: the customer (true), the desk (false), or nobody. What he says is answered by
/// what the desk says later, and has not said before.
pub fn last_word(log: &[Recorded]) -> Option<bool> {
    let mut told: Vec<Told> = Vec::new();
    for recorded in log {
        let happened = recorded.happened.map_or(recorded.at, |happened| happened.at);
        let mut speaks = |author, is_word, message: Option<&MessageRef>| {
            told.push(Told { happened, author, is_word, message: message.cloned() });
        };
        let turned = match &recorded.event {
            Event::Ticket(turned) => turned,
            event => {
                if acts(event) {
                    speaks(Author::Customer, true, None);
                }
                continue;
            }
        };
        match turned {
            Turned::HumanAskedFor {}
            | Turned::Marked {
                mark:
                    Mark::RemedyAsked { .. }
                    | Mark::SolutionFailed { .. }
                    | Mark::Unclear { .. }
                    | Mark::FeedbackGiven { safe: Some(false), .. },
            } => speaks(Author::Customer, true, None),
            Turned::Opened { author, message, .. } => {
                speaks(*author, true, message.as_ref());
            }
            Turned::MessageAdded { author, visibility, class, message, .. } => {
                let is_word = *visibility == Visibility::Public && class.is_none();
                speaks(*author, is_word, message.as_ref());
            }
            Turned::Called { author: Author::Customer | Author::Agent, reached: true, .. } => {
                speaks(Author::Agent, true, None);
            }
            Turned::Called { author: Author::Customer, reached: false, .. } => {
                speaks(Author::Customer, true, None);
            }
            Turned::MessageReclassified { message, author, visibility, class } => {
                if let Some(of) = told.iter_mut().rev().find(|told| told.message.as_ref() == Some(message)) {
                    (of.author, of.is_word) = (*author, *visibility == Visibility::Public && class.is_none());
                }
            }
            Turned::MessageBounced { message } | Turned::MessageMoved { message, .. } => {
                if let Some(of) = told.iter_mut().rev().find(|told| told.message.as_ref() == Some(message)) {
                    // Whatever it is filed as from now on, it came back, or is elsewhere.
                    (of.is_word, of.message) = (false, None);
                }
            }
            Turned::Redacted { message } => {
                for told in told.iter_mut().filter(|told| told.message.as_ref() == Some(message)) {
                    told.message = None;
                }
            }
            _ => {}
        }
    }
    let words: Vec<&Told> = told.iter().filter(|told| told.is_word).collect();
    let by = |author| words.iter().enumerate().filter(move |(_, told)| told.author == author);
    let waits = by(Author::Customer)
        .any(|(asked, his)| !by(Author::Agent).any(|(index, told)| index > asked && told.happened >= his.happened));
    if waits { Some(true) } else { by(Author::Agent).next().map(|_| false) }
}

/// Every closing by a rule, with the events before it.
pub fn closings(log: &[Recorded]) -> impl Iterator<Item = (&[Recorded], &Recorded, &str)> {
    log.iter().enumerate().filter_map(|(index, recorded)| match &recorded.event {
        Event::Ticket(Turned::Closed { rule: Some(rule), .. }) => Some((&log[..index], recorded, rule.as_str())),
        _ => None,
    })
}
