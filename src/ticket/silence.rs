//! The customer is silent: he is reminded and warned, and the matter is closed.
//!
//! ```text
//!            the desk has the last word            a step is due
//!  (none) ──────────────────────────────▶ waiting ───────────────▶ the host is to tell him ──┐ it has told him: every later
//!                                          ▲  │                                              │ step keeps its distance
//!                                          └──┼──────────────────────────────────────────────┘
//!   he speaks, or the ticket stands otherwise │ the last step: closed, unless a promise is owed; then as soon as none is
//! ```
//!
//! Nobody is given up who was not told: while a host has not reported a reminder, no later step comes; and when one comes back, all begins
//! again.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::event::Event;
use super::refusal::Refusal;
use super::state::{Matter, Ticket};
use crate::commitment::{Armed, Fallback, Run, Source, Timer};
use crate::policy::{Fact, Policy, SilenceRule, SilenceStep, Word};
use crate::{EditionNumber, MessageRef, Name, Timestamp, Wake, WakeReason};

/// A customer's silence that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// The rule by which it does.
    pub rule: Name,
    /// Since when.
    pub since: Timestamp,
    /// The edition of the rulebook that the rule is from.
    pub edition: EditionNumber,
    /// The steps still to come.
    pub steps: Vec<StepAt>,
    /// The step that the host is to carry out, and has not reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<StepAt>,
    /// The steps that the host has carried out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Told>,
    /// Whether the matter is to be closed as soon as no promise is owed in it.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub put_off: bool,
    /// The event that set its timer.
    pub(crate) armed: Armed,
}

/// A step, and when it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepAt {
    /// Which.
    pub step: SilenceStep,
    /// When.
    pub at: Timestamp,
}

/// A step that the host has carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Which.
    pub step: SilenceStep,
    /// When the host reported that.
    pub at: Timestamp,
    /// How the customer was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageRef>,
}

/// A silence that begins to count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Began {
    /// The rule.
    pub rule: Name,
    /// Its steps, each with when it comes.
    pub steps: Vec<StepAt>,
    /// Why some of them are in elapsed time after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Fallback>,
}

impl Silence {
    /// When the customer was first reminded, if every step that SEMANTICS 18a asks for is on record: reminded twice, and warned.
    pub(super) fn reminded(&self) -> Option<Timestamp> {
        let reminders = self.told.iter().filter(|told| told.step == SilenceStep::Remind);
        let warned = self.told.iter().any(|told| told.step == SilenceStep::Warn);
        let first = reminders.clone().map(|told| told.at).next();
        first.filter(|_| warned && reminders.count() >= 2)
    }

    /// What it waits for; nothing while somebody is to be told, or a promise is owed.
    fn timer(&self) -> Option<Timer<()>> {
        let next = self.steps.first().filter(|_| self.due.is_none() && !self.put_off)?;
        let (nominal, version) = (next.at, self.armed.version);
        Some(Timer { nominal, reason: WakeReason::Silence, version, index: 0, of: () })
    }
}

impl Ticket {
    /// The customer's silences that count, by the rules of the rulebook.
    ///
    /// # Whoever has the last word is not silent
    ///
    /// ```
    /// # use owed::ticket::{Author, Order, Status};
    /// # use owed::{AgentId, CommandId, ContactId, Rulebook, Ticket, TicketId, Timestamp};
    /// # use uuid::Uuid;
    /// # let rules: Rulebook = serde_json::from_str(r#"{ "calendar": "24x7", "agreement": { "first_response": "400 hours" }, "customer_silent": { "remind": ["3 days", "7 days"], "warn": "12 days", "close": "14 days" } }"#)?;
    /// # let [id, first, second] = [1, 2, 3].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
    /// # let (id, first, second) = (TicketId(id), CommandId(first), CommandId(second));
    /// # let (ryan, ada) = (ContactId::new("c-17")?, AgentId::new("ada")?);
    /// # let (at, due): (Timestamp, Timestamp) = ("2026-03-06T09:00:00Z".parse()?, "2026-03-06T13:00:00Z".parse()?);
    /// # let mut ticket = Ticket::new(id);
    /// # let open = ticket.command(first, at, ryan.clone(), Order::open(ryan.clone()));
    /// // A customer who is silent is reminded after three days, by the rules.
    /// ticket.handle(&rules, &open)?;
    /// ticket.handle(&rules, &ticket.command(second, at, ada.clone(), Order::SetStatus { status: Status::Pending }))?;
    /// assert!(ticket.silences().is_empty());
    /// let third = CommandId(Uuid::from_u128(0x8000_8000_0000_0000_0006));
    /// ticket.handle(&rules, &ticket.command(third, at, ada, Order::message(Author::Agent)))?;
    /// assert_eq!(ticket.silences().len(), 1);
    /// assert_eq!(ticket.next_wake().unwrap().at, "2026-03-09T09:00:00.000001Z".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn silences(&self) -> &[Silence] {
        &self.silences
    }

    /// The silence whose step comes first, with its timer.
    pub(super) fn next_silence(&self) -> Option<(&Silence, Timer<()>)> {
        let waiting = self.silences.iter().filter_map(|silence| Some((silence, silence.timer()?)));
        waiting.min_by(|(one, first), (other, second)| (first.rank(), &one.rule).cmp(&(second.rank(), &other.rule)))
    }

    pub(super) fn silence_wake(&self) -> Option<Wake> {
        let (_, timer) = self.next_silence()?;
        Wake::just_after(timer.nominal, timer.reason)
    }

    /// Takes a fact as it stands.
    pub(super) fn keep_silence(&mut self, event: &Event, edition: EditionNumber, armed: Armed) {
        match event {
            Event::SilenceBegan(began) => {
                self.silences.retain(|silence| silence.rule != began.rule);
                let Began { rule, steps, .. } = (**began).clone();
                let since = armed.at;
                self.silences.push(Silence {
                    rule,
                    since,
                    edition,
                    steps,
                    due: None,
                    told: Vec::new(),
                    put_off: false,
                    armed,
                });
            }
            Event::SilenceEnded { rule } => self.silences.retain(|silence| silence.rule != *rule),
            Event::Closed { .. } | Event::MergedInto { .. } => self.silences.clear(),
            Event::ChaseDue { rule, .. } => {
                if let Some(silence) = self.silence_mut(rule)
                    && !silence.steps.is_empty()
                {
                    silence.due = Some(silence.steps.remove(0));
                }
            }
            Event::Chased { rule, step, steps, message } => {
                if let Some(silence) = self.silence_mut(rule) {
                    silence.told.push(Told { step: *step, at: armed.at, message: Some(message.clone()) });
                    (silence.due, silence.armed) = (None, armed);
                    silence.steps.clone_from(steps);
                }
            }
            Event::ClosingPutOff { rule, .. } => {
                if let Some(silence) = self.silence_mut(rule) {
                    silence.put_off = true;
                }
            }
            Event::Redacted { message } => {
                let told = self.silences.iter_mut().flat_map(|silence| &mut silence.told);
                told.for_each(|told| drop(told.message.take_if(|said| said == message)));
            }
            _ => {}
        }
    }

    /// The rules by which the customer was told with this message.
    pub(super) fn told_with(&self, message: &MessageRef) -> Vec<Name> {
        let with = |silence: &&Silence| silence.told.iter().any(|told| told.message.as_ref() == Some(message));
        self.silences.iter().filter(with).map(|silence| silence.rule.clone()).collect()
    }

    fn silence_mut(&mut self, rule: &Name) -> Option<&mut Silence> {
        self.silences.iter_mut().find(|silence| silence.rule == *rule)
    }
}

/// The host has reminded the customer, or warned him, as a rule asked. What comes next keeps its distance from that, so that he has his
/// time to answer however late he was told.
pub(super) fn chase(
    ticket: &Ticket,
    rule: Option<&Name>,
    message: &MessageRef,
    at: Timestamp,
) -> Result<Option<Event>, Refusal> {
    let mut due = ticket.silences.iter().filter(|silence| rule.is_none_or(|rule| silence.rule == *rule));
    let due = due.find_map(|silence| Some((silence, silence.due?)));
    let (silence, StepAt { step, at: planned }) = due.ok_or(Refusal::NobodyToChase {})?;
    let late = at.micros_since(planned);
    let later = |next: &StepAt| StepAt { at: next.at.plus_micros(late), ..*next };
    let steps = silence.steps.iter().map(later).collect();
    Ok(Some(Event::Chased { rule: silence.rule.clone(), step, message: message.clone(), steps }))
}

impl Run<'_, Ticket> {
    /// Records that a step is due; says whether that was anything.
    pub(super) fn elapse_in_silence(&mut self, at: Timestamp, source: &Source) -> bool {
        let Some(matter) = &self.stream.matter else { return false };
        let Some((silence, _)) = self.stream.next_silence() else { return false };
        let Some((StepAt { step, at: scheduled }, later)) = silence.steps.split_first() else { return false };
        let (step, scheduled, rule) = (*step, *scheduled, silence.rule.clone());
        if step == SilenceStep::Close {
            self.close_by_rule(rule, at, source);
            return true;
        }
        let closes = later.iter().find(|later| later.step == SilenceStep::Close).map(|close| close.at);
        let to = matter.standing.addressee();
        self.store(Event::ChaseDue { rule, step, scheduled, closes, to }.into(), None, at, source);
        true
    }

    /// What a fact of the ticket is to the silences: they begin, begin again, or end.
    pub(super) fn hear_of_silence(&mut self, fact: Option<&Fact>, at: Timestamp, source: &Source) {
        // Of what another matter has brought along the customer was not reminded yet.
        let anew = matches!(fact, Some(Fact::Merged)) || fact.and_then(Fact::word) == Some(Word::Desk);
        self.count_silence(|_| anew, at, source);
    }

    /// The same, where those for which `anew` says so begin again.
    pub(super) fn count_silence(&mut self, anew: impl Fn(&Name) -> bool, at: Timestamp, source: &Source) {
        let in_force = self.rules.in_force(at);
        let rules = in_force.and_then(|edition| self.policy(edition)).map_or(&[][..], |policy| &policy.silence);
        if rules.is_empty() && self.stream.silences.is_empty() {
            return;
        }
        let Some(matter) = &self.stream.matter else { return };
        let going_on: Vec<Name> = self.stream.silences.iter().filter_map(|one| self.goes_on(one, matter)).collect();
        let counting = rules.iter().filter(|rule| rule.counts(&matter.standing, &matter.past, matter.acted));
        let beginning = counting.filter(|rule| anew(&rule.name) || !going_on.contains(&rule.name));
        let events: Vec<Event> = beginning.map(|rule| self.begun(rule, in_force, at)).collect();
        let ended = self.stream.silences.iter().map(|silence| silence.rule.clone());
        let begins = |rule: &Name| events.iter().any(|event| event.silence() == Some(rule));
        let ended: Vec<Name> = ended.filter(|rule| !going_on.contains(rule) && !begins(rule)).collect();
        for rule in ended {
            self.store(Event::SilenceEnded { rule }.into(), None, at, source);
        }
        for event in events {
            self.store(event.into(), in_force, at, source);
        }
    }

    /// The rule of a silence that counts still, by the edition that it began under.
    pub(super) fn goes_on(&self, silence: &Silence, matter: &Matter) -> Option<Name> {
        let rules = self.policy(silence.edition).map_or(&[][..], |policy: &Policy| &policy.silence);
        let rule = rules.iter().find(|rule| rule.name == silence.rule)?;
        rule.counts(&matter.standing, &matter.past, matter.acted).then(|| rule.name.clone())
    }

    fn begun(&self, rule: &SilenceRule, edition: Option<EditionNumber>, at: Timestamp) -> Event {
        let context = self.context(edition.unwrap_or(EditionNumber(1)), at, None);
        let counted: Vec<_> = rule.steps().map(|(step, term)| (step, context.after(at, term, None))).collect();
        let fallback = counted.iter().find_map(|(_, (_, fallback))| *fallback);
        // Steps that come to one instant, over a closing, go in their order all the same.
        let steps = counted.into_iter().map(|(step, (at, _))| StepAt { step, at }).collect();
        Event::SilenceBegan(Box::new(Began { rule: rule.name.clone(), steps, fallback }))
    }
}

impl Event {
    /// The rule of the silence that it is about.
    fn silence(&self) -> Option<&Name> {
        match self {
            Self::SilenceBegan(began) => Some(&began.rule),
            _ => None,
        }
    }
}
