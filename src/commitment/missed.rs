//! Missed rounds of a series are one matter: there is no news.

use super::ledger::Ledger;
use super::phase::Verdict;
use super::series::Series;
use super::state::Commitment;
use crate::CommitmentId;

fn series(round: &Commitment) -> Option<&Series> {
    round.terms.series.as_deref()
}

/// Whether both are rounds of one series.
pub(crate) fn are_of_one_series(ledger: &Ledger, one: CommitmentId, other: CommitmentId) -> bool {
    let of = |id| ledger.get(id).and_then(series).map(|series| series.id);
    of(one).is_some_and(|series| of(other) == Some(series))
}

/// Whether a round of the same series was missed, and only the next one, which is owed in its place, has come of that.
pub(crate) fn is_missing_news(ledger: &Ledger, round: CommitmentId) -> bool {
    let Some(of) = ledger.get(round).and_then(series).map(|series| series.id) else { return false };
    let missed = |next: &Commitment| {
        let before = next.repairs.and_then(|before| ledger.get(before));
        let before = before.filter(|before| before.verdict() == Verdict::Breached);
        // What was told in the place of a round is that round still.
        let number = |round: &Commitment| series(round).map(|series| series.round);
        before.is_some_and(|before| number(before).is_some() && number(before) < number(next))
    };
    ledger.open().any(|open| series(open).is_some_and(|series| series.id == of) && missed(open))
}
