//! Our verdicts, held against the ones that the desk recorded itself.

use std::collections::BTreeMap;

use owed::commitment::{Breach, Commitment, Origin, Verdict};
use owed::policy::Fact;
use owed::{Priority, Ticket, Timestamp};

use super::log::{Incident, Log};
use crate::replay::complaints::Complaints;
use crate::replay::desk::Verdicts;

/// How far the two agree.
#[derive(Default)]
pub(crate) struct Agreement<'a> {
    /// By the priority whose budget it had last.
    pub(crate) by_priority: BTreeMap<Option<&'a Priority>, Counts>,
    /// Those in which they differ.
    pub(crate) differing: Vec<Compared<'a>>,
}

/// How often what came with what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) both_met: u64,
    pub(crate) both_missed: u64,
    pub(crate) only_we_say_met: u64,
    pub(crate) only_they_say_met: u64,
    /// We have no verdict yet, or they have none.
    pub(crate) undecided: u64,
}

/// An incident, what we say of it, and what they say.
#[derive(Clone, Copy)]
pub(crate) struct Compared<'a> {
    pub(crate) incident: &'a Incident,
    pub(crate) ticket: &'a Ticket,
    pub(crate) commitment: &'a Commitment,
    pub(crate) made_sla: bool,
}

/// Every incident in which something was owed, and what both say of it.
pub(crate) fn compare<'a>(
    log: &'a Log,
    verdicts: &'a Verdicts<'_>,
    complaints: &mut Complaints<'_>,
) -> Vec<(Compared<'a>, bool)> {
    let mut compared = Vec::new();
    for (incident, ticket) in log.incidents.iter().zip(verdicts.tickets()) {
        if ticket.status().is_some() && ticket.ledger().all().next().is_none() {
            let of = ticket.priority().map_or("no priority".into(), |priority| format!("priority {priority}"));
            complaints.tell(&log.file, 1, format_args!("incident {}: nothing is owed to {of}", incident.number));
        }
        for commitment in ticket.ledger().all() {
            match incident.made_sla.open(verdicts) {
                Ok(made_sla) => {
                    let ours = commitment.verdict();
                    let decided = matches!(ours, Verdict::Fulfilled | Verdict::Breached);
                    compared.push((Compared { incident, ticket, commitment, made_sla }, decided));
                }
                Err(none) => {
                    let reason = format!("made_sla is {:?}, neither true nor false", none.written);
                    complaints.tell(&log.file, none.line, reason);
                }
            }
        }
    }
    compared
}

impl<'a> Agreement<'a> {
    pub(crate) fn of(compared: &[(Compared<'a>, bool)]) -> Self {
        let mut agreement = Self::default();
        for (compared, decided) in compared {
            let counts = agreement.by_priority.entry(compared.priority()).or_default();
            let ours = compared.commitment.verdict() == Verdict::Fulfilled;
            let cell = match (decided, ours, compared.made_sla) {
                (false, ..) => &mut counts.undecided,
                (true, true, true) => &mut counts.both_met,
                (true, false, false) => &mut counts.both_missed,
                (true, true, false) => &mut counts.only_we_say_met,
                (true, false, true) => &mut counts.only_they_say_met,
            };
            *cell += 1;
            if *decided && ours != compared.made_sla {
                agreement.differing.push(*compared);
            }
        }
        agreement
    }

    /// All priorities in one.
    pub(crate) fn total(&self) -> Counts {
        self.by_priority.values().fold(Counts::default(), |total, counts| Counts {
            both_met: total.both_met + counts.both_met,
            both_missed: total.both_missed + counts.both_missed,
            only_we_say_met: total.only_we_say_met + counts.only_we_say_met,
            only_they_say_met: total.only_they_say_met + counts.only_they_say_met,
            undecided: total.undecided + counts.undecided,
        })
    }

    /// The numbers of those in which they differ.
    pub(crate) fn numbers(&self) -> Vec<&'a str> {
        self.differing.iter().map(|compared| &*compared.incident.number).collect()
    }
}

impl Counts {
    pub(crate) const fn alike(&self) -> u64 {
        self.both_met + self.both_missed
    }

    pub(crate) const fn all(&self) -> u64 {
        self.alike() + self.only_we_say_met + self.only_they_say_met + self.undecided
    }
}

impl<'a> Compared<'a> {
    /// The priority whose budget it had last.
    pub(crate) fn priority(&self) -> Option<&'a Priority> {
        match &self.commitment.origin {
            Origin::Policy(cycle) => cycle.priority.as_ref(),
            Origin::Spoken { .. }
            | Origin::Amends { .. }
            | Origin::Delegated { .. }
            | Origin::Horizon { .. }
            | Origin::Request { .. }
            | Origin::Incident(_) => None,
        }
    }

    pub(crate) const fn breach(&self) -> Option<&'a Breach> {
        self.commitment.breach.as_ref()
    }

    /// Its priorities, each with the instant from which it had it.
    pub(crate) fn priorities(&self) -> Vec<(Timestamp, Option<&'a Priority>)> {
        let priority = |fact: &'a Fact| match fact {
            Fact::Opened(standing) => Some(standing.priority.as_ref()),
            Fact::Priority(priority) => Some(priority.as_ref()),
            _ => None,
        };
        self.ticket.past().iter().filter_map(|past| Some((past.at, priority(&past.fact)?))).collect()
    }
}
