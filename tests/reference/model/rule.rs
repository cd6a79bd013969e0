//! What a rule for a deadline comes to.

use owed::calendar::{Amount, Term};
use owed::commitment::DueRule as Said;
use owed::{CommitmentId, Timestamp};
use uuid::Uuid;

use crate::week::{Unit, after};

pub(super) fn unit_of(amount: Amount) -> (Unit, i64) {
    let micros = i64::try_from(amount.as_micros()).expect("small amounts only");
    match amount {
        Amount::Working(_) => (Unit::Working, micros),
        Amount::Elapsed(_) => (Unit::Elapsed, micros),
    }
}

/// Time that accumulates, which is all that the tales owe for a breach, warn by, or put between rounds.
pub(super) fn hours(term: Term) -> Amount {
    match term {
        Term::Working(time) => time.into(),
        Term::Elapsed(time) => time.into(),
        Term::Business(_) | Term::Civil(_) => panic!("no tale is told with {term}"),
    }
}

/// The rules that tales are told with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule {
    At(Timestamp),
    Within(Amount),
}

impl Rule {
    pub(super) fn of(said: &Said) -> Self {
        match said {
            Said::At(at) => Self::At(*at),
            Said::Within(Term::Working(time)) => Self::Within(Amount::Working(*time)),
            Said::Within(Term::Elapsed(time)) => Self::Within(Amount::Elapsed(*time)),
            Said::Within(Term::Business(_) | Term::Civil(_))
            | Said::By(_)
            | Said::EndOfBusiness(_)
            | Said::Vague(_) => {
                panic!("no tale is told with {said}")
            }
        }
    }

    /// How much there is of it from an instant on.
    pub(super) fn budget(self, since: Timestamp) -> (Unit, i64) {
        match self {
            Self::At(at) => (Unit::Elapsed, at.as_micros() - since.as_micros()),
            Self::Within(amount) => unit_of(amount),
        }
    }

    pub(super) fn due(self, since: Timestamp) -> Timestamp {
        let (unit, much) = self.budget(since);
        after(unit, since, much)
    }
}

pub(crate) fn derived(id: CommitmentId, role: &str) -> CommitmentId {
    CommitmentId(Uuid::new_v5(&id.0, role.as_bytes()))
}
