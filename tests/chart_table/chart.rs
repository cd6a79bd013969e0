//! The chart itself: its rows, the phases that each starts from, and whether the table has a line for every one of them.

use std::collections::BTreeSet;

use owed::commitment::PhaseName;

use PhaseName::{Active, Candidate, Closed, Conditional, Overdue, Paused};

use crate::line::Line;
use crate::{agreement, ends, life, series};

/// A row starts from nothing.
const NOTHING: &[Option<PhaseName>] = &[None];
const RUNS: &[Option<PhaseName>] = &[Some(Active), Some(Paused)];
const IN_FORCE: &[Option<PhaseName>] = &[Some(Conditional), Some(Active), Some(Paused)];
const OPEN: &[Option<PhaseName>] = &[Some(Candidate), Some(Conditional), Some(Active), Some(Paused), Some(Overdue)];
const ANY: &[Option<PhaseName>] =
    &[Some(Candidate), Some(Conditional), Some(Active), Some(Paused), Some(Overdue), Some(Closed)];

/// Every row, and the phases that it has in its column "from". What closes something has row 29 behind it: see `Line::play`.
const ROWS: &[(&str, &[Option<PhaseName>])] = &[
    ("1", NOTHING),
    ("2", NOTHING),
    ("3", &[Some(Candidate)]),
    ("4", &[Some(Candidate)]),
    ("5", &[Some(Conditional)]),
    ("6", &[Some(Conditional)]),
    ("7", &[Some(Conditional)]),
    ("8", &[Some(Candidate), Some(Conditional), Some(Active), Some(Paused)]),
    ("9", &[Some(Active), Some(Paused), Some(Overdue)]),
    ("9a", OPEN),
    ("10", &[Some(Active)]),
    ("11", &[Some(Active)]),
    ("12", &[Some(Active)]),
    ("12a", NOTHING),
    ("12b", &[Some(Paused)]),
    ("13", &[Some(Paused)]),
    ("14", &[Some(Paused)]),
    ("15", IN_FORCE),
    ("15a", RUNS),
    ("16", IN_FORCE),
    ("17", IN_FORCE),
    // Nothing is broken as long as it waits for the customer's part.
    ("17a", RUNS),
    ("18", IN_FORCE),
    // He comes back to what was closed.
    ("18a", &[Some(Active), Some(Paused), Some(Closed)]),
    ("18b", RUNS),
    ("19", RUNS),
    ("19a", RUNS),
    ("19b", &[Some(Overdue)]),
    ("20", &[Some(Overdue)]),
    ("20a", &[Some(Overdue)]),
    ("21", &[Some(Overdue)]),
    ("22", &[Some(Overdue)]),
    ("23", &[Some(Overdue)]),
    ("23a", &[Some(Overdue), Some(Closed)]),
    ("24", OPEN),
    ("25", &[Some(Conditional), Some(Active), Some(Overdue)]),
    ("26", ANY),
    ("27", &[Some(Overdue), Some(Closed)]),
    ("27a", &[Some(Closed)]),
    ("28", ANY),
    ("29", &[Some(Closed)]),
    // The sentences about series.
    ("start", NOTHING),
    ("rolling", &[Some(Active)]),
    ("slots", &[Some(Active)]),
    ("burst", &[Some(Active)]),
    ("missed", &[Some(Active)]),
    ("jump", &[Some(Active)]),
    ("stop", &[Some(Active)]),
    ("horizon", &[Some(Active)]),
    ("goes_on", &[Some(Active)]),
    // The sentences about chains.
    ("no_cycle", &[Some(Closed)]),
    ("one_open", &[Some(Closed)]),
    ("renegotiated", &[Some(Active)]),
    ("depth", &[Some(Active)]),
    ("without_limit", &[Some(Closed)]),
];

/// More cases of a row than its phases are welcome; a line that starts from a phase that its row does not have is a mistake.
#[test]
fn every_row_of_the_chart_from_every_phase_that_it_has() {
    let tables = [life::lines(), ends::lines(), agreement::lines(), series::lines()];
    let lines: Vec<Line> = tables.into_iter().flatten().collect();
    let mut seen: BTreeSet<(&str, String)> = BTreeSet::new();
    for line in &lines {
        let row = line.row.split(' ').next().expect("a row");
        seen.insert((row, format!("{:?}", line.play())));
    }
    let of_chart = |(row, from): &(&'static str, &[Option<PhaseName>])| {
        from.iter().map(|from| (*row, format!("{from:?}"))).collect::<Vec<_>>()
    };
    let chart: BTreeSet<(&str, String)> = ROWS.iter().flat_map(of_chart).collect();
    let missing: Vec<_> = chart.difference(&seen).collect();
    let beyond: Vec<_> = seen.difference(&chart).collect();
    assert!(missing.is_empty() && beyond.is_empty(), "without a line: {missing:?}; not in the chart: {beyond:?}");
    println!("{} lines for {} rows", lines.len(), ROWS.len());
}
