//! By what states are told apart: all that can still make a difference.
//!
//! Every instant counts from now. Time in the worlds is elapsed time, which is the same at every hour, so two tickets that differ in the
//! hour only do the same from here on. Ids are numbers in the order in which commitments were made: no rule asks an id for more than whether
//! it is another's. Versions of events decide between timers of one instant, by their order: so that order stands here, and no version.
//! What is left out is said where it is. `explore.rs` tries the moves of some of the states that are taken for known: they must come to
//! what they have come to there.

use std::hash::{DefaultHasher, Hash, Hasher};

use owed::commitment::Commitment;
use owed::escalation::{Escalation, Stage, Subject};
use owed::policy::{Fact, Past};
use owed::ticket::{Author, Silence, Status, Visibility};
use owed::{CommitmentId, Ticket, Timestamp};

use super::key_commitment::{commitment, set_by};
use super::world::World;

/// A canonical form, as far as it has been read.
pub struct Form<'a> {
    hasher: DefaultHasher,
    now: Timestamp,
    /// How far back an instant of the past can make a difference.
    reach: i64,
    in_order: Vec<&'a Commitment>,
}

impl Form<'_> {
    pub fn put(&mut self, value: impl Hash) {
        value.hash(&mut self.hasher);
    }

    /// An instant, by its distance.
    pub fn at(&mut self, at: Timestamp) {
        self.put(at.as_micros() - self.now.as_micros());
    }

    pub fn at_if_any(&mut self, at: Option<Timestamp>) {
        self.put(at.map(|at| at.as_micros() - self.now.as_micros()));
    }

    /// An instant that is asked only whether it is so and so long ago.
    pub fn past(&mut self, at: Timestamp) {
        self.put((at.as_micros() - self.now.as_micros()).max(-self.reach));
    }

    /// A commitment, by its place.
    pub fn of(&mut self, id: CommitmentId) {
        self.put(self.in_order.iter().position(|known| known.id == id));
    }

    pub fn of_if_any(&mut self, id: Option<CommitmentId>) {
        self.put(id.map(|id| self.in_order.iter().position(|known| known.id == id)));
    }
}

/// A number for all that a state is. That two of a million states have one by chance happens once in thirty million times; then one of
/// them is not looked at.
pub fn key(world: &World, ticket: &Ticket, now: Timestamp, acted: Option<Timestamp>) -> u64 {
    let mut in_order: Vec<&Commitment> = ticket.ledger().all().collect();
    in_order.sort_unstable_by_key(|known| known.version);
    let reach = i64::try_from(world.reach).unwrap();
    let mut form = Form { hasher: DefaultHasher::new(), now, reach, in_order };
    matter(&mut form, ticket, acted);
    if world.merges {
        // What it is merged into was opened when it was.
        form.at(ticket.past()[0].at);
    }
    for index in 0..form.in_order.len() {
        let known = form.in_order[index];
        commitment(&mut form, known);
    }
    for silence in ticket.silences() {
        of_silence(&mut form, silence);
    }
    // Their ids are derived, and in no order that means anything.
    let mut escalations: Vec<&Escalation> = ticket.escalations().all().collect();
    escalations.sort_by_key(|one| (place(&form, one.subject), one.since, armed(one)));
    for one in escalations {
        escalation(&mut form, one);
    }
    order_of_timers(&mut form, ticket);
    form.hasher.finish()
}

/// The requester, the tags, the fields, the channel are the same in a world from its beginning to its end.
fn matter(form: &mut Form<'_>, ticket: &Ticket, acted: Option<Timestamp>) {
    let standing = ticket.standing().unwrap();
    // Whether it is the one, or the other that the one was merged into.
    form.put(ticket.id());
    form.put(standing.status as u8);
    form.put(&standing.priority);
    form.put(&standing.owner);
    form.put(standing.human_asked_for);
    form.put(ticket.closed_by());
    past(form, ticket.past());
    form.put(acted.map(|acted| (acted.as_micros() - form.now.as_micros()).max(-form.reach)));
    // A command may be taken at the very instant of the last event.
    form.put(ticket.last_recorded() == Some(form.now));
}

/// What metrics find in the past: everything since a person has answered last, and since the ticket last stood so that clocks run; before
/// that, whether anything was answered. What ran before stands in the clocks.
fn past(form: &mut Form<'_>, past: &[Past]) {
    let answers = |past: &Past| match &past.fact {
        Fact::Message(said) => said.author == Author::Agent && said.visibility == Visibility::Public,
        _ => false,
    };
    let runs =
        |past: &Past| matches!(past.fact, Fact::Status { to, .. } if !matches!(to, Status::Pending | Status::OnHold));
    let [answered, ran] = [past.iter().rposition(answers), past.iter().rposition(runs)];
    form.put(answered.is_some());
    let first = answered.unwrap_or_default().min(ran.unwrap_or_default());
    for Past { at, happened, fact, put_right, claimed, filed } in &past[first..] {
        form.past(*at);
        form.past(*happened);
        put_right.iter().for_each(|at| form.past(*at));
        form.put(*claimed);
        form.put(filed.is_some());
        filed.iter().for_each(|filed| form.past(filed.since));
        form.put(std::mem::discriminant(fact));
        match fact {
            Fact::Message(said) => form.put((said.author as u8, said.class.map(|class| class as u8))),
            Fact::Status { from, to } => form.put((*from as u8, *to as u8)),
            Fact::Priority(priority) => form.put(priority),
            _ => {}
        }
    }
}

fn of_silence(form: &mut Form<'_>, silence: &Silence) {
    let Silence { rule, since, edition: _, steps, due, told, put_off, .. } = silence;
    form.put(rule);
    form.past(*since);
    steps.iter().for_each(|step| (form.put(step.step as u8), form.at(step.at)).1);
    form.put(due.map(|due| due.step as u8));
    form.at_if_any(due.map(|due| due.at));
    told.iter().for_each(|told| (form.put(told.step as u8), form.past(told.at)).1);
    form.put(put_off);
}

/// What is closed is asked for nothing any more but whether it was. Of who has it, what it was for and how it is told there is one choice
/// in a world; the ladder is the world's.
fn escalation(form: &mut Form<'_>, one: &Escalation) {
    match one.subject {
        Subject::Commitment(id) => form.of(id),
        Subject::Ticket => form.put("ticket"),
    }
    form.put(one.stage.name() as u8);
    match &one.stage {
        Stage::Armed { until } | Stage::Snoozed { until, .. } => form.at(*until),
        Stage::Notified { scheduled, next } => (form.past(*scheduled), form.at(*next)).1,
        Stage::Acknowledged { since, until, .. } => (form.at(*since), form.at(*until)).1,
        Stage::Exhausted { since: _, reminders, next } => (form.put((*reminders).min(2)), form.at(*next)).1,
        Stage::Closed { .. } => return,
    }
    form.put((one.place.lapse, one.place.round, one.place.rung));
    form.put((one.nobody, one.vacant.len(), one.empty == Some(one.notices), one.begins_at_most));
    for cause in &one.causes {
        form.put((cause.trigger, std::mem::discriminant(&cause.why)));
        form.at_if_any(cause.until);
    }
}

/// In which order timers were set: it decides between those of one instant and rank. Those of commitments, of escalations and of silence have
/// no rank in common, and a world has one rule of silence.
fn order_of_timers(form: &mut Form<'_>, ticket: &Ticket) {
    let of_commitments = form.in_order.iter().enumerate();
    let mut set: Vec<(u64, usize)> =
        of_commitments.filter_map(|(index, known)| Some((set_by(known)?, index))).collect();
    set.sort_unstable();
    set.into_iter().for_each(|(_, index)| form.put(index));
    let mut live: Vec<(u64, usize)> = Vec::new();
    if ticket.escalations().live().nth(1).is_some() {
        let mut all: Vec<&Escalation> = ticket.escalations().live().collect();
        all.sort_by_key(|one| (place(form, one.subject), one.since, armed(one)));
        live.extend(all.into_iter().map(armed).zip(0..));
    }
    live.sort_unstable();
    live.into_iter().for_each(|(_, index)| form.put(index));
}

/// Where what an escalation is about stands among the commitments; first, if that is the ticket.
fn place(form: &Form<'_>, subject: Subject) -> Option<usize> {
    match subject {
        Subject::Commitment(id) => form.in_order.iter().position(|known| known.id == id),
        Subject::Ticket => None,
    }
}

/// The event that has set the timer of an escalation. Only what is stored tells it.
fn armed(one: &Escalation) -> u64 {
    let stored = serde_json::to_value(one).unwrap();
    stored["armed"]["version"].as_u64().expect("it is stored")
}
