//! What is said of each event: one line.

use owed::commitment::{BreachCause, Commitment, Ending, Event as Fact, Origin, VoidCause};
use owed::escalation::{Closing, Decision, Event as Tell, Subject};
use owed::ticket::Event as Turn;
use owed::{Cause, CommitmentId, EscalationId, Event, Recorded};

use super::{Desk, promise_id, short};

impl Desk {
    pub fn say_all(&self, events: &[Recorded]) -> Vec<String> {
        events.iter().map(|recorded| self.say(recorded)).collect()
    }

    fn say(&self, recorded: &Recorded) -> String {
        let said = match &recorded.event {
            Event::Ticket(turn) => say_turn(turn),
            Event::Commitment(fact) => self.say_fact(fact),
            Event::Escalation(told) => self.say_told(told),
        };
        let by_time = if recorded.cause == Cause::Time { " by time" } else { "" };
        format!("{}{by_time}: {said}", short(recorded.at))
    }

    /// What a commitment is called here: its metric and cycle, or its letter.
    pub fn name(&self, id: CommitmentId) -> String {
        let known = ('a'..='z').find(|name| promise_id(*name) == id).map(|name| format!("promise {name}"));
        if let Some(series) = self.known(id).and_then(|known| known.terms.series.as_ref()) {
            return format!("round {}", series.round);
        }
        known.unwrap_or_else(|| match &self.known(id).expect("known").origin {
            Origin::Policy(cycle) => format!("{} {}", cycle.metric, cycle.cycle),
            Origin::Horizon { .. } | Origin::Request { .. } | Origin::Incident(_) => self.owed(id),
            Origin::Amends { of, .. } => format!("{} for {}", self.owed(id), self.name(*of)),
            Origin::Spoken { .. } | Origin::Delegated { .. } => match &self.known(id).expect("known").renews {
                Some(renews) => format!("successor of {}", self.name(renews.of)),
                None => format!("{id}"),
            },
        })
    }

    /// A commitment of this ticket, or of the other.
    fn known(&self, id: CommitmentId) -> Option<&Commitment> {
        self.ticket.ledger().get(id).or_else(|| self.aside.0.ledger().get(id))
    }

    fn owed(&self, id: CommitmentId) -> String {
        self.known(id).expect("known").deliverable.to_string()
    }

    /// The last escalation on the ladder of this name.
    pub fn escalation(&self, ladder: &str) -> EscalationId {
        let on_it = self.ticket.escalations().all().filter(|one| one.ladder.name.as_str() == ladder);
        on_it.max_by_key(|one| one.since).expect("an escalation").id
    }

    fn climb(&self, id: EscalationId) -> String {
        let escalation = self.ticket.escalations().get(id).expect("known");
        match escalation.subject {
            Subject::Commitment(commitment) => format!("{} of {}", escalation.ladder.name, self.name(commitment)),
            Subject::Ticket => escalation.ladder.name.to_string(),
        }
    }

    fn say_told(&self, told: &Tell) -> String {
        let name = told.escalation().map(|id| self.climb(id)).unwrap_or_default();
        match told {
            Tell::Started(started) => {
                format!("{name} started: {:?}, until {}", started.cause.why, short(started.until))
            }
            Tell::CauseJoined { cause, .. } => format!("{name} also: {:?}", cause.why),
            Tell::CauseGone { cause, .. } => format!("{name}: cause {cause} gone"),
            Tell::CauseLasted { cause, .. } => format!("{name}: cause {cause} has lasted"),
            Tell::Notified(notice) => {
                let digest = notice
                    .digest
                    .as_ref()
                    .map_or(String::new(), |with| format!(", with {} at {}", with.key, short(with.at)));
                let place = format!("rung {} round {} lapse {}", notice.rung, notice.round, notice.lapse);
                let (planned, next) = (short(notice.scheduled), short(notice.next));
                format!(
                    "{name} tells {} #{} ({place}), planned {planned}, next {next}{digest}",
                    notice.role, notice.notice
                )
            }
            Tell::Reached { who, .. } => format!("{name} has reached {who}"),
            Tell::NobodyThere { role, .. } => format!("{name}: nobody is {role}"),
            Tell::Acknowledged { by, until, .. } => format!("{name} taken up by {by} until {}", short(*until)),
            Tell::Progressed { until, .. } => format!("{name} goes on, until {}", short(*until)),
            Tell::Snoozed { until, reason, .. } => format!("{name} put off ({reason}) until {}", short(*until)),
            Tell::HandedOver { tier, .. } => format!("{name} handed over to tier {tier}"),
            Tell::DeEscalated { to, justification, .. } => format!("{name} down to rung {to} ({justification})"),
            Tell::Exhausted(left) => format!("{name} exhausted, next {}", short(left.next)),
            Tell::Reminded(left) => {
                format!("{name} reminds {} #{}, next {}", left.role, left.reminders, short(left.next))
            }
            Tell::Closed { why: Closing::Moot, .. } => format!("{name} moot"),
            Tell::Closed { why: Closing::DeEscalated { justification }, .. } => {
                format!("{name} closed ({justification})")
            }
            Tell::Closed { why: Closing::CarriedOut { .. }, .. } => format!("{name} carried out"),
            Tell::CarriedIn { .. } => format!("{name} carried in"),
            Tell::RequestCarriedIn { request, .. } => format!("request carried in, about {:?}", request.about),
            Tell::DecisionRequested { about, .. } => format!("decision asked, about {about:?}"),
            Tell::DecisionRequestedAgain { about, .. } => format!("decision asked again, about {about:?}"),
            Tell::Decided { decision, .. } => match decision {
                Decision::Granted { .. } => "decided: granted".into(),
                Decision::Declined { reason, .. } => format!("decided: declined ({reason})"),
                Decision::Withdrawn { .. } => "decided: withdrawn".into(),
            },
        }
    }

    fn say_fact(&self, fact: &Fact) -> String {
        let name = self.name(fact.commitment());
        match fact {
            Fact::Promised(made) => {
                let warnings: Vec<String> = made.warnings.iter().map(|w| short(w.at)).collect();
                let warned = if warnings.is_empty() { String::new() } else { format!(", warn {}", warnings.join(" ")) };
                let fallback = made.fallback.map_or(String::new(), |why| format!(", {why:?}"));
                format!("{name} due {}{warned}{fallback}", short(made.due))
            }
            Fact::Warned { warning, due, .. } => format!("{name} warned {warning}, due {}", short(*due)),
            Fact::Breached { due, cause, .. } => {
                let cause = match cause {
                    BreachCause::Deadline => "",
                    BreachCause::BornLate => ", born late",
                    BreachCause::Withdrawn => ", withdrawn",
                    BreachCause::Impossible => ", impossible",
                    BreachCause::Unanswered => ", unanswered",
                };
                format!("{name} breached, due {}{cause}", short(*due))
            }
            Fact::Fulfilled { done, .. } => format!("{name} fulfilled {}", short(*done)),
            Fact::DeliveredLate { done, late_us, .. } => {
                format!("{name} late {}, by {} s", short(*done), late_us / 1_000_000)
            }
            Fact::Corrected { done, .. } => format!("{name} corrected {}", short(*done)),
            Fact::Paused { reason, left, resume_by, .. } => {
                format!("{name} paused ({reason}), {left} left, until {}", short(*resume_by))
            }
            Fact::PauseJoined { reason, .. } => format!("{name} also paused ({reason})"),
            Fact::PauseLeft { reason, .. } => format!("{name} no more paused ({reason})"),
            Fact::Resumed { reason, due, .. } => {
                let reason = reason.as_ref().map_or("time is up".into(), ToString::to_string);
                format!("{name} resumed ({reason}), due {}", short(*due))
            }
            Fact::Retargeted(new) => format!("{name} retargeted, {} left, due {}", new.left, short(new.due)),
            Fact::Voided { cause, .. } => match cause {
                VoidCause::Released { .. } => format!("{name} released"),
                VoidCause::Rule(rule) => format!("{name} void: {rule}"),
                VoidCause::Corrected { original } => format!("{name} void: {} corrected", self.name(*original)),
                VoidCause::Dismissed { reason } => format!("{name} dismissed ({reason})"),
                VoidCause::Lapsed => format!("{name} lapsed"),
                VoidCause::Withdrawn { .. } => format!("{name} void: withdrawn"),
                VoidCause::Renegotiated { successor, .. } => format!("{name} void: now {}", self.name(*successor)),
                VoidCause::CustomerAbsent => format!("{name} void: customer absent"),
                VoidCause::Retracted { reason, successor } => {
                    format!("{name} void: retracted ({reason}), now {}", self.name(*successor))
                }
                VoidCause::InTime { .. } => format!("{name} void: in time after all"),
                VoidCause::SeriesStopped { .. } => format!("{name} void: its series has stopped"),
                VoidCause::InError { reason, .. } => format!("{name} void: in error ({reason})"),
            },
            Fact::Overtaken { rule, .. } => format!("{name} overtaken: {rule}"),
            Fact::Superseded { by, .. } => format!("{name} superseded by {}", self.name(*by)),
            Fact::HandedOver { owner, .. } => format!("{name} handed over to {owner}"),
            Fact::Suggested(found) => {
                let until = found.review_by.map_or("never".into(), short);
                format!("{name} suggested, review by {until}, due {}", short(found.due))
            }
            Fact::PromisedOnCondition(made) => {
                let limit = made.limit.map_or("never".into(), short);
                format!("{name} on condition until {limit}, due at the latest {}", short(made.due))
            }
            Fact::Confirmed { running, .. } => match running {
                Some(running) => format!("{name} confirmed, due {}", short(running.due)),
                None => format!("{name} confirmed, on its condition"),
            },
            Fact::ConditionMet { met, running, .. } => {
                format!("{name} condition met {}, due {}", short(*met), short(running.due))
            }
            Fact::Attempted { tried, short: why, .. } => format!("{name} tried {}: {why:?}", short(*tried)),
            Fact::Announced { .. } => format!("{name} announced"),
            Fact::Amended(new) => format!("{name} amended, {} left, due {}", new.left, short(new.running.due)),
            Fact::Proposed { proposal, .. } => format!("{name} proposed {}", short(proposal.due_at)),
            Fact::Declined { .. } => format!("{name} proposal declined"),
            Fact::Chased { step, .. } => format!("{name} {step:?}").to_lowercase(),
            Fact::Heard { .. } => format!("{name} heard"),
            Fact::Ended { ending, .. } => match ending {
                Ending::Impossible { .. } => format!("{name} ended: impossible"),
                Ending::Waived { .. } => format!("{name} ended: waived"),
                Ending::WrittenOff { reason, .. } => format!("{name} ended: written off ({reason})"),
            },
            Fact::Excluded { exclusion, .. } => format!("{name} excluded ({})", exclusion.reason),
            Fact::Delegated { child, too_late, .. } => {
                format!("{name} given on as {}{}", self.name(*child), if *too_late { ", too late" } else { "" })
            }
            Fact::PutAtRisk { child, .. } => format!("{name} at risk: {}", self.name(*child)),
            Fact::HorizonReached { .. } => format!("{name} at its horizon"),
            Fact::Redacted { reference, .. } => format!("{name} redacted {reference}"),
            Fact::CarriedOut { .. } => format!("{name} carried out"),
            Fact::CarriedIn { .. } => format!("{name} carried in"),
        }
    }
}

fn say_turn(turn: &Turn) -> String {
    match turn {
        Turn::Opened { .. } => "opened".into(),
        Turn::MessageAdded { author, visibility, .. } => format!("{visibility:?} message of {author:?}").to_lowercase(),
        Turn::StatusChanged { to, .. } => format!("{to}"),
        Turn::PriorityChanged { to, .. } => format!("priority {}", to.as_ref().map_or("none", |p| p.as_str())),
        Turn::Assigned { to } => format!("assigned to {}", to.as_ref().map_or("nobody".into(), ToString::to_string)),
        Turn::Called { author, how: Some(how), .. } => format!("{author} calls: {how}"),
        Turn::Called { author, reached, how: None } => {
            format!("{author} calls, {}", if *reached { "reached" } else { "in vain" })
        }
        Turn::Tagged { added, removed } => format!("tags {added:?} -{removed:?}"),
        Turn::FieldSet { field, to, .. } => {
            format!("{field} {}", to.as_ref().map_or("unknown".into(), ToString::to_string))
        }
        Turn::ChannelChanged { to, .. } => format!("channel {}", to.map_or("unknown".into(), |to| to.to_string())),
        Turn::LanguageChanged { to, .. } => format!("language {to:?}"),
        Turn::HandedToVendor { vendor } => format!("handed to {vendor}"),
        Turn::TakenBack { vendor } => format!("taken back from {vendor}"),
        Turn::LineHeld {} => "line held".into(),
        Turn::LinePickedUp {} => "line picked up".into(),
        Turn::HumanAskedFor {} => "human asked for".into(),
        Turn::NoReplyNeeded {} => "no reply needed".into(),
        Turn::Marked { mark } => mark.to_string(),
        Turn::MessageReclassified { message, author, visibility, class: _ } => {
            format!("{message} was {visibility:?} of {author:?}").to_lowercase()
        }
        Turn::MessageBounced { message } => format!("{message} bounced"),
        Turn::MessageMoved { message, .. } => format!("{message} moved"),
        Turn::Redacted { message } => format!("{message} redacted"),
        Turn::EffectFailed { effect, why, times, .. } => format!("effect {} failed #{times} ({why})", effect.version),
        Turn::EffectDone { effect } => format!("effect {} done", effect.version),
        Turn::SilenceBegan(began) => {
            let steps: Vec<String> =
                began.steps.iter().map(|next| format!("{:?} {}", next.step, short(next.at))).collect();
            format!("silence begins ({}): {}", began.rule, steps.join(", ")).to_lowercase()
        }
        Turn::SilenceEnded { rule } => format!("silence over ({rule})"),
        Turn::ChaseDue { rule, step, closes, .. } => {
            let closes = closes.map_or(String::new(), |at| format!(", closes {}", short(at)));
            format!("{step:?} due ({rule}){closes}").to_lowercase()
        }
        Turn::Chased { rule, step, steps, .. } => {
            let steps: Vec<String> = steps.iter().map(|next| format!("{:?} {}", next.step, short(next.at))).collect();
            format!("{step:?} told ({rule}): {}", steps.join(", ")).to_lowercase()
        }
        Turn::ClosingPutOff { owed, .. } => format!("closing put off, {} owed", owed.len()),
        Turn::Closed { rule: Some(rule), .. } => format!("closed ({rule})"),
        Turn::KindChanged { to, .. } => format!("kind {}", to.as_ref().map_or("none", |kind| kind.as_str())),
        Turn::StatusNamed { name } => {
            format!("called {}", name.as_ref().map_or("as its category", |name| name.as_str()))
        }
        Turn::MergedInto { .. } => "merged into the other".into(),
        Turn::MergedFrom { .. } => "the other merged into it".into(),
        Turn::SplitFrom { .. } => "split off the other".into(),
        Turn::Replanned { must_tell } => format!("replanned, {} to be told", must_tell.len()),
        Turn::Solved { .. } => "solved".into(),
        Turn::Closed { .. } => "closed".into(),
        Turn::Reopened { .. } => "reopened".into(),
    }
}
