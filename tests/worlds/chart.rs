//! The chart of SEMANTICS, row by row, with the phases that a row starts from: every one of them is reached in some world. What is reached
//! and stands here nowhere fails the test as well.

use std::collections::BTreeSet;

use super::rows::Rows;

/// A row and the phases in its column "from"; none where it starts from nothing.
const ROWS: &[(&str, &str)] = &[
    ("1", ""),
    ("1 on a condition", ""),
    ("1 by an agreement", ""),
    ("2", ""),
    ("3 confirmed", "candidate"),
    ("3 dismissed", "candidate"),
    ("4", "candidate"),
    ("5", "conditional"),
    ("6", "conditional"),
    ("7", "conditional"),
    ("8", "candidate conditional active paused"),
    ("9", "active paused overdue"),
    ("9 too early", "active paused"),
    ("9a", "candidate conditional active paused overdue"),
    ("9a a goal", "active paused overdue"),
    ("10", "active"),
    ("11", "active"),
    ("11 owes", ""),
    ("born late", "active"),
    ("12", "active"),
    ("12a", "active"),
    ("12b", "paused"),
    ("13", "paused"),
    ("13 left", "paused"),
    ("14", "paused"),
    ("14 by time", "paused"),
    ("15", "conditional active paused"),
    ("15a", "active paused"),
    ("16", "conditional active paused"),
    ("17", "conditional active paused"),
    ("17 successor", ""),
    ("17 declined", "active paused"),
    ("17 told late", "overdue closed"),
    ("17a", ""),
    ("18", "conditional active paused"),
    ("18 told late", "overdue closed"),
    ("18a", "active paused"),
    ("18a asked", "active paused"),
    ("18a reminded", "active paused"),
    ("18a warned", "active paused"),
    ("18a heard", "active paused overdue"),
    ("18a back", ""),
    ("18b", "active paused"),
    ("18b unanswered", "active paused"),
    ("19", "active paused"),
    ("19a", "active paused"),
    ("19b", "overdue"),
    ("20", "overdue"),
    ("20a", "overdue"),
    ("21", "overdue"),
    ("21 repair", ""),
    ("22", "overdue"),
    ("23", "overdue"),
    ("23a", "overdue closed"),
    ("24", "candidate conditional active paused overdue"),
    ("25", "conditional active overdue"),
    ("25 part", ""),
    ("25 at risk", "conditional active paused"),
    ("26", "candidate conditional active paused overdue closed"),
    ("27", "overdue closed"),
    ("27 repair", "active paused overdue"),
    ("27 in time", "closed"),
    ("27 goes on", ""),
    ("27a", "closed"),
    ("27a successor", ""),
    ("28", "candidate conditional active paused overdue closed"),
    ("28 undone", ""),
    // Row 29, and what is refused besides.
    ("already_closed", "refused"),
    ("wrong_phase", "refused"),
    ("already_renewed", "refused"),
    ("already_repaired", "refused"),
    ("allowance_spent", "refused"),
    ("correction_over", "refused"),
    ("declined", "refused"),
    ("no_breach", "refused"),
    ("no_proposal", "refused"),
    ("not_broken", "refused"),
    ("not_pausable", "refused"),
    ("not_paused_for", "refused"),
    ("not_the_beneficiary", "refused"),
    ("not_the_same", "refused"),
    ("owed_no_more", "refused"),
    ("run_out", "refused"),
    ("step_missing", "refused"),
    ("worse", "refused"),
    ("series_already_started", "refused"),
    ("series_already_stopped", "refused"),
    ("unknown_series", "refused"),
    ("ended", "refused"),
    ("not_ended", "refused"),
    ("still_owed", "refused"),
    ("nobody_to_chase", "refused"),
    ("not_there", "refused"),
    // The sentences about series.
    ("series: start", ""),
    ("series: next round", ""),
    ("series: stop", "active"),
    ("series: horizon", "active"),
    ("series: decision", ""),
    // The ticket, its ladder, and two of them.
    ("solved", ""),
    ("reopened", ""),
    ("reopened: goes on", ""),
    ("closed", ""),
    ("closed by rule", ""),
    ("silence: a step is due", ""),
    ("silence: told", ""),
    ("silence: ended", ""),
    ("silence: put off", ""),
    ("ladder: notified", ""),
    ("ladder: another cause", ""),
    ("ladder: acknowledged", ""),
    ("ladder: progress", ""),
    ("ladder: snoozed", ""),
    ("ladder: exhausted", ""),
    ("ladder: reminded", ""),
    ("ladder: closed", ""),
    ("merged", ""),
    ("carried out", ""),
    ("carried in", ""),
];

/// Further on than usual there may be refusals that nobody gets before.
///
/// # Panics
/// Where a row is never reached, or one is that is not in the chart.
pub fn every_row_is_reached(rows: &Rows, further_on: bool) {
    for ((row, from), times) in &rows.reached {
        println!("{times:9} {row}{}{from}", if from.is_empty() { "" } else { ": " });
    }
    let phases = |(row, from): &(&'static str, &'static str)| {
        let row = *row;
        from.split(' ').map(move |from| (row, from)).collect::<Vec<_>>()
    };
    let chart: BTreeSet<(&str, &str)> = ROWS.iter().flat_map(phases).collect();
    let reached: BTreeSet<(&str, &str)> = rows.reached.keys().copied().collect();
    let never: Vec<_> = chart.difference(&reached).collect();
    let beyond = reached.difference(&chart).filter(|(_, from)| !(further_on && *from == "refused"));
    let beyond: Vec<_> = beyond.collect();
    assert!(never.is_empty() && beyond.is_empty(), "never reached: {never:?}; in no row: {beyond:?}");
    println!("{} rows, each from every phase that it has: {}", ROWS.len(), chart.len());
}
