//! Chart C of SEMANTICS, row by row, with the stages that a row starts from: which of them small ladders have taken.

use std::collections::{BTreeMap, BTreeSet};

use owed::escalation::{AfterHold, Closing, Escalation, Event as Tell, Stage, StageName};
use owed::{Cause, Event, Recorded};

use super::small_host::{HOLD, MINUTE};

/// A row and the stages in its column "from"; none where it starts from nothing.
const ROWS: &[(&str, &str)] = &[
    ("1 armed", ""),
    ("1 told at once", ""),
    ("2", "armed"),
    ("3 next rung", "notified"),
    ("3 next round", "notified"),
    ("3 exhausted", "notified"),
    ("4", "notified exhausted"),
    // What was put off comes back as what was held does.
    ("5 first rung", "acknowledged snoozed"),
    ("5 next rung", "acknowledged snoozed"),
    ("5 next round", "acknowledged snoozed"),
    ("5 exhausted", "acknowledged snoozed"),
    ("6 renewed", "acknowledged"),
    ("6 to its cap", "acknowledged"),
    ("7", "notified acknowledged"),
    ("8", "armed notified acknowledged snoozed exhausted"),
    ("9 lower rung", "armed notified acknowledged snoozed exhausted"),
    ("9 closed", "armed notified acknowledged snoozed exhausted"),
    ("10", "armed notified acknowledged snoozed exhausted"),
    ("11", "exhausted"),
    // The sentences beside it: several causes, and a rung with nobody.
    ("a cause joins", "armed notified acknowledged snoozed exhausted"),
    ("a cause is gone", "armed notified acknowledged snoozed exhausted"),
    ("a cause has lasted", "notified acknowledged snoozed exhausted"),
    ("a cause tells", "armed notified acknowledged snoozed"),
    ("a cause is unhandled", "exhausted"),
    ("nobody there", "notified exhausted"),
    ("nobody there: next rung", "notified"),
    ("nobody there: next round", "notified"),
    ("nobody there: exhausted", "notified"),
    ("nobody there: another is reminded", "exhausted"),
];

/// Which rows were taken, from which stage, and how often.
#[derive(Clone, Debug, Default)]
pub struct Taken(BTreeMap<(&'static str, &'static str), u64>);

impl Taken {
    pub fn and(&mut self, other: &Self) {
        for (row, times) in &other.0 {
            *self.0.entry(*row).or_default() += times;
        }
    }

    /// An event that comes to an escalation as it was before, and what was recorded just before that.
    pub fn count(&mut self, before: Option<&Escalation>, last: Option<&Recorded>, recorded: &Recorded) {
        let Event::Escalation(tell) = &recorded.event else { return };
        let from = before.map_or("", |before| stage(before.stage.name()));
        let together = |last: &&Recorded| (last.at, last.cause) == (recorded.at, recorded.cause);
        let last = last.filter(together).and_then(|last| match &last.event {
            Event::Escalation(tell) => Some(tell),
            _ => None,
        });
        if let Some(row) = row(before, last, recorded, tell) {
            let from = if row.starts_with("1 ") { "" } else { from };
            *self.0.entry((row, from)).or_default() += 1;
        }
    }

    /// # Panics
    /// Where a row is never taken but for those out of reach, one of those is taken all the same, or one is that is not in the chart.
    pub fn is_every_row_but(&self, out_of_reach: &[Elsewhere]) {
        for ((row, from), times) in &self.0 {
            println!("{times:9} {row}{}{from}", if from.is_empty() { "" } else { ": " });
        }
        let chart: BTreeSet<Cell> = ROWS.iter().flat_map(|(row, from)| cells(row, from)).collect();
        let taken: BTreeSet<Cell> = self.0.keys().copied().collect();
        let out_of_reach: BTreeSet<Cell> = out_of_reach.iter().flat_map(|(row, from, _)| cells(row, from)).collect();
        let never: BTreeSet<Cell> = chart.difference(&taken).copied().collect();
        let missed: Vec<_> = never.difference(&out_of_reach).collect();
        let reached: Vec<_> = out_of_reach.difference(&never).collect();
        let beyond: Vec<_> = taken.difference(&chart).collect();
        assert!(
            missed.is_empty() && reached.is_empty() && beyond.is_empty(),
            "never taken: {missed:?}; not out of reach, or in no row: {reached:?}; taken, and in no row: {beyond:?}"
        );
        println!("{} rows, {} with their stages, {} of these taken", ROWS.len(), chart.len(), taken.len());
    }
}

/// A row from one of its stages.
type Cell = (&'static str, &'static str);

fn cells(row: &'static str, from: &'static str) -> impl Iterator<Item = Cell> {
    from.split(' ').map(move |from| (row, from))
}

/// A row that ladders of a kind cannot take, with the stages of it that they do not, and the test that shows it instead.
pub type Elsewhere = (&'static str, &'static str, &'static str);

/// What comes of a breach is armed for no time, has no other cause beside it, and is held without a wake before the hold is over.
pub const NOT_OF_ONE_CAUSE: &[Elsewhere] = &[
    ("1 armed", "", "chart::a_cause_that_has_to_last_is_armed_first"),
    ("2", "armed", "chart::a_cause_that_has_to_last_is_armed_first"),
    ("6 to its cap", "acknowledged", "chart::progress_renews_the_hold_at_most_to_its_cap"),
    ("8", "armed", "table::every_order_at_every_stage"),
    ("9 lower rung", "armed", "table::every_order_at_every_stage"),
    ("9 closed", "armed", "table::every_order_at_every_stage"),
    ("10", "armed", "chart::a_cause_that_has_to_last_is_armed_first"),
    ("a cause joins", "armed notified acknowledged snoozed exhausted", OF_SEVERAL),
    ("a cause is gone", "notified acknowledged snoozed exhausted", OF_SEVERAL),
    ("a cause is gone", "armed", "broken_once::what_goes_before_it_has_lasted_is_heard_of_by_nobody"),
    ("a cause has lasted", "notified acknowledged snoozed exhausted", OF_SEVERAL),
    ("a cause tells", "armed notified acknowledged snoozed", OF_SEVERAL),
    ("a cause is unhandled", "exhausted", OF_SEVERAL),
];

/// Of several causes one only has to last, and that begins on the first rung: it is alone where nobody has heard of it, and cannot be put lower.
pub const NOT_OF_SEVERAL_CAUSES: &[Elsewhere] = &[
    ("9 lower rung", "armed", "table::every_order_at_every_stage"),
    ("a cause is gone", "armed", "broken_once::what_goes_before_it_has_lasted_is_heard_of_by_nobody"),
];

/// One that has two rungs and neither repeats nor lapses is not put lower, goes on to no rung after a hold, and has no round after the first.
pub const NOT_WITHOUT_ROUNDS: &[Elsewhere] = &[
    ("5 next rung", "acknowledged snoozed", OF_ONE),
    ("9 lower rung", "notified", "chart::de_escalating_goes_lower_with_a_justification_or_closes"),
    ("9 lower rung", "acknowledged snoozed exhausted", OF_ONE),
    ("nobody there: next round", "notified", OF_ONE),
];

const OF_ONE: &str = "small::every_small_ladder_is_bounded_never_quiet_and_exact";
const OF_SEVERAL: &str = "small::every_small_ladder_of_several_causes_is_bounded_never_quiet_and_exact";

/// What small ladders do not show is shown by a test that there is.
#[test]
fn what_is_out_of_reach_is_shown_elsewhere() {
    for (row, from, test) in [NOT_OF_ONE_CAUSE, NOT_OF_SEVERAL_CAUSES, NOT_WITHOUT_ROUNDS].concat() {
        let (file, name) = test.split_once("::").expect("a file and a test");
        let path = format!("{}/escalation/{file}.rs", env!("CARGO_MANIFEST_DIR"));
        let code = std::fs::read_to_string(&path).expect(&path);
        assert!(code.contains(&format!("#[test]\nfn {name}() {{")), "{row}: {from}: there is no {test}");
    }
    // Neither kind is said to show what it does not.
    let said = |rows: &[Elsewhere], by: &str| -> BTreeSet<Cell> {
        rows.iter().filter(|(_, _, test)| test.contains(by)).flat_map(|(row, from, _)| cells(row, from)).collect()
    };
    let of_several = [NOT_OF_SEVERAL_CAUSES, NOT_WITHOUT_ROUNDS].concat();
    assert!(said(NOT_OF_ONE_CAUSE, OF_SEVERAL).is_disjoint(&said(&of_several, "")));
    assert!(said(&of_several, OF_ONE).is_disjoint(&said(NOT_OF_ONE_CAUSE, "")));
}

const fn stage(name: StageName) -> &'static str {
    match name {
        StageName::Armed => "armed",
        StageName::Notified => "notified",
        StageName::Acknowledged => "acknowledged",
        StageName::Snoozed => "snoozed",
        StageName::Exhausted => "exhausted",
        StageName::Closed => "closed",
    }
}

/// The row that an event is, by its number in the chart; none for what only goes with another.
fn row(before: Option<&Escalation>, last: Option<&Tell>, recorded: &Recorded, tell: &Tell) -> Option<&'static str> {
    Some(match tell {
        Tell::Started(started) if started.until > recorded.at => "1 armed",
        // Somebody is told of it with that, or it is in no row.
        Tell::Started(_) => return None,
        Tell::Notified(_) | Tell::Exhausted(_) => return climbs(before?, last, recorded, tell),
        Tell::Reminded(_) if matches!(last, Some(Tell::NobodyThere { .. })) => "nobody there: another is reminded",
        Tell::Reminded(_) if recorded.cause == Cause::Time => "11",
        Tell::Acknowledged { .. } => "4",
        Tell::Progressed { until, .. } if *until == recorded.at.plus_micros(HOLD * MINUTE) => "6 renewed",
        Tell::Progressed { .. } => "6 to its cap",
        Tell::Snoozed { .. } => "7",
        Tell::HandedOver { .. } => "8",
        Tell::DeEscalated { .. } => "9 lower rung",
        Tell::Closed { why: Closing::DeEscalated { .. }, .. } => "9 closed",
        Tell::Closed { why: Closing::Moot, .. } => "10",
        Tell::CauseJoined { .. } => "a cause joins",
        Tell::CauseGone { .. } => "a cause is gone",
        Tell::CauseLasted { .. } => "a cause has lasted",
        Tell::NobodyThere { .. } => "nobody there",
        _ => "in no row",
    })
}

/// The row by which somebody else hears of it, or everybody has.
fn climbs(before: &Escalation, last: Option<&Tell>, recorded: &Recorded, tell: &Tell) -> Option<&'static str> {
    let notice = if let Tell::Notified(notice) = tell { Some(notice) } else { None };
    let place = before.place;
    let at = |round: u16, rung: u16| notice.is_some_and(|notice| (notice.round, notice.rung) == (round, rung));
    let (is_next_rung, is_next_round) = (at(place.round, place.rung + 1), at(place.round + 1, 1));
    Some(match (&before.stage, last) {
        (Stage::Armed { until }, _) if *until == before.since && notice.is_some() => "1 told at once",
        // It goes with the row by which it was put lower.
        (_, Some(Tell::DeEscalated { .. })) if notice.is_some() => return None,
        (Stage::Exhausted { .. }, Some(Tell::NobodyThere { .. })) => "nobody there: another is reminded",
        (_, Some(Tell::NobodyThere { .. })) if notice.is_none() => "nobody there: exhausted",
        (_, Some(Tell::NobodyThere { .. })) if is_next_round => "nobody there: next round",
        (_, Some(Tell::NobodyThere { .. })) if is_next_rung => "nobody there: next rung",
        (
            Stage::Exhausted { .. },
            Some(Tell::CauseJoined { .. } | Tell::CauseGone { .. } | Tell::CauseLasted { .. }),
        ) => "a cause is unhandled",
        (_, Some(Tell::CauseJoined { .. } | Tell::CauseGone { .. } | Tell::CauseLasted { .. })) if notice.is_some() => {
            "a cause tells"
        }
        _ if recorded.cause != Cause::Time => "in no row",
        (Stage::Armed { .. }, _) if notice.is_some() => "2",
        (Stage::Notified { .. }, _) if notice.is_none() => "3 exhausted",
        (Stage::Notified { .. }, _) if is_next_round => "3 next round",
        (Stage::Notified { .. }, _) if is_next_rung => "3 next rung",
        (Stage::Acknowledged { .. } | Stage::Snoozed { .. }, _) if notice.is_none() => "5 exhausted",
        (Stage::Acknowledged { .. } | Stage::Snoozed { .. }, _) => match before.ladder.after_hold {
            AfterHold::First if at(0, 1) => "5 first rung",
            AfterHold::Next if is_next_round => "5 next round",
            AfterHold::Next if is_next_rung => "5 next rung",
            _ => "in no row",
        },
        _ => "in no row",
    })
}
