//! What of one commitment can still make a difference. Whoever adds a field to one has to say here whether that does.

use owed::commitment::{
    Chasing, Clock, Commitment, DueRule, Ending, Notes, Origin, Outcome, Pause, Phase, Proposal, Series, Terms, Tried,
    VoidCause,
};

use super::key::Form;

/// The edition is the only one, the promiser nobody, and the clocks of agreements have one deliverable and one priority's terms each.
pub fn commitment(form: &mut Form<'_>, known: &Commitment) {
    let Commitment {
        id: _,
        deliverable,
        promiser: _,
        beneficiary,
        owner,
        origin,
        binding,
        edition: _,
        version: _,
        made,
        since,
        first_due,
        due,
        terms,
        clock,
        repairs,
        renews,
        repaired_by,
        breach,
        notes,
        phase,
    } = known;
    form.put(std::mem::discriminant(deliverable));
    form.put((beneficiary, owner, std::mem::discriminant(binding)));
    from(form, origin);
    form.past(*made);
    form.past(*since);
    form.put(first_due.is_some());
    form.at(*due);
    of_terms(form, terms);
    account(form, clock);
    form.of_if_any(*repairs);
    form.put(renews.map(|renews| std::mem::discriminant(&renews.why)));
    form.of_if_any(renews.map(|renews| renews.of));
    form.of_if_any(*repaired_by);
    form.put(breach.map(|breach| std::mem::discriminant(&breach.cause)));
    breach.iter().for_each(|breach| (form.past(breach.at), form.past(breach.due)).1);
    if let Some(notes) = notes {
        noted(form, notes);
    }
    of_phase(form, phase);
}

/// The event that has set its timer.
pub fn set_by(known: &Commitment) -> Option<u64> {
    match &known.phase {
        Phase::Candidate { armed, .. }
        | Phase::Conditional { armed, .. }
        | Phase::Active { armed, .. }
        | Phase::Paused { armed, .. } => Some(armed.version),
        Phase::Overdue | Phase::Closed { .. } => None,
    }
}

fn from(form: &mut Form<'_>, origin: &Origin) {
    form.put(std::mem::discriminant(origin));
    match origin {
        Origin::Policy(cycle) => form.put((&cycle.metric, cycle.priority.clone())),
        Origin::Amends { of, depth } => (form.of(*of), form.put(depth)).1,
        Origin::Delegated { by } => form.of(*by),
        // Whether what it refers to was erased.
        Origin::Spoken { message, .. } | Origin::Request { message, .. } => form.put(message.is_some()),
        Origin::Horizon { .. } | Origin::Incident(_) => {}
    }
}

fn rule(form: &mut Form<'_>, due: &DueRule) {
    match due {
        DueRule::At(at) => form.at(*at),
        DueRule::Within(term) => form.put(term),
        DueRule::By(_) | DueRule::EndOfBusiness(_) | DueRule::Vague(_) => unreachable!("no calendar, no words"),
    }
}

fn of_terms(form: &mut Form<'_>, terms: &Terms) {
    let Terms { due, calendar: _, warn, pausable, opens_at, attempt_counts, condition, breach_owes, series } = terms;
    rule(form, due);
    form.put(warn.len());
    form.put(pausable.map(|allowance| (allowance.total.as_micros(), allowance.once.map(|once| once.as_micros()))));
    form.at_if_any(*opens_at);
    form.put((attempt_counts, condition.is_some(), breach_owes.as_ref().map(|owes| owes.depth)));
    if let Some(Series {
        id: _,
        round: _,
        every: _,
        mode: _,
        stop: _,
        horizon,
        lead: _,
        decide_within: _,
        past_horizon,
        missed,
        slot,
    }) = series.as_deref()
    {
        form.past(*horizon);
        form.put((past_horizon, missed, slot.is_some()));
    }
}

/// Its whole account: another budget, or a record put right, may ask for any of it.
fn account(form: &mut Form<'_>, clock: &Clock) {
    let Clock { since, carried, budget, pauses } = clock;
    form.past(*since);
    form.put((carried.map(|carried| carried.as_micros()), budget.as_micros()));
    for Pause { reason, from, until } in pauses {
        form.put(reason);
        form.past(*from);
        form.put(until.is_some());
        until.iter().for_each(|until| form.past(*until));
    }
}

fn noted(form: &mut Form<'_>, notes: &Notes) {
    let Notes {
        proposal,
        declined,
        agreed_from,
        chase,
        attempts,
        broken_under,
        exclusion,
        struck_out,
        renewed_by,
        said,
        announced,
        given_on,
        at_risk,
    } = notes;
    form.put(proposal.is_some());
    if let Some(Proposal { since, due, due_at, told: _, limit, opens_at }) = proposal {
        form.past(*since);
        rule(form, due);
        form.at(*due_at);
        form.at_if_any(*limit);
        form.at_if_any(*opens_at);
    }
    form.put((declined.is_some(), chase.is_some(), attempts.len()));
    declined.iter().for_each(|declined| form.past(*declined));
    form.at_if_any(*agreed_from);
    if let Some(Chasing { asked, reminded, last, until }) = chase {
        form.put((asked, (*reminded).min(2), last.is_some()));
        last.iter().for_each(|last| form.past(*last));
        form.at_if_any(*until);
    }
    for Tried { at, short } in attempts {
        form.past(*at);
        form.put(std::mem::discriminant(short));
    }
    form.put((broken_under, exclusion.is_some(), said.is_some(), announced.is_some(), at_risk));
    struck_out.iter().for_each(|outcome| of_outcome(form, outcome));
    form.of_if_any(*renewed_by);
    given_on.iter().for_each(|child| form.of(*child));
}

fn of_phase(form: &mut Form<'_>, phase: &Phase) {
    form.put(phase.name() as u8);
    match phase {
        Phase::Candidate { review_by, limit, armed: _ } => (form.at(*review_by), form.at_if_any(*limit)).1,
        Phase::Conditional { limit, armed: _ } => form.at(*limit),
        Phase::Active { warnings, armed: _ } => warnings.iter().for_each(|warning| form.at(warning.at)),
        Phase::Paused { reasons, left, resume_by, armed: _ } => {
            form.put((reasons, left.as_micros()));
            form.at(*resume_by);
        }
        Phase::Overdue => {}
        Phase::Closed { at, outcome, used, stood_for, resume_by, evidence: _, claimed } => {
            form.past(*at);
            of_outcome(form, outcome);
            form.put((used.as_micros(), stood_for));
            form.at_if_any(*resume_by);
            form.at_if_any(*claimed);
        }
    }
}

fn of_outcome(form: &mut Form<'_>, outcome: &Outcome) {
    form.put(std::mem::discriminant(outcome));
    match outcome {
        Outcome::Fulfilled { done } | Outcome::Corrected { done } | Outcome::DeliveredLate { done, .. } => {
            form.past(*done);
        }
        Outcome::Overtaken(rule) => form.put(std::mem::discriminant(&rule.why)),
        Outcome::Superseded { by } => form.of(*by),
        Outcome::Ended(ending) => match ending {
            Ending::Impossible { .. } | Ending::Waived { .. } | Ending::WrittenOff { .. } => {
                form.put(std::mem::discriminant(ending));
            }
        },
        Outcome::Void(cause) => {
            form.put(std::mem::discriminant(cause));
            match cause {
                VoidCause::Corrected { original: other }
                | VoidCause::Renegotiated { successor: other, .. }
                | VoidCause::Retracted { successor: other, .. }
                | VoidCause::InTime { successor: other, .. } => form.of(*other),
                VoidCause::Rule(rule) => form.put(std::mem::discriminant(&rule.why)),
                VoidCause::Released { .. }
                | VoidCause::Dismissed { .. }
                | VoidCause::Lapsed
                | VoidCause::Withdrawn { .. }
                | VoidCause::CustomerAbsent
                | VoidCause::SeriesStopped { .. }
                | VoidCause::InError { .. } => {}
            }
        }
    }
}
