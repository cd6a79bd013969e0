//! Nothing of what the desk itself said in the end is looked at before our verdicts are final.
//!
//! The types see to it that nobody opens `made_sla` without showing final verdicts. That neither it nor the other columns
//! that look ahead are read in some other way is shown here: whatever stands in them, the same events are recorded.

use super::made_up::{HEADER, LOG, csv};
use super::passes::{Stored, VIEWS, agreement, read, rules};
use crate::replay::cli::Wake;
use crate::replay::complaints::Complaints;
use crate::replay::uci::agreement::compare;

/// The log with another value in every cell of a column.
fn with(column: &str, value: &str) -> String {
    let place = HEADER.split(',').position(|name| name == column).expect("a column");
    let row = |row: &str| {
        let cells = row.split(',').enumerate();
        cells.map(|(at, cell)| if at == place { value } else { cell }).collect::<Vec<_>>().join(",")
    };
    csv(&LOG.lines().map(|line| row(line) + "\n").collect::<String>())
}

const LOOKING_AHEAD: [(&str, &[&str]); 3] = [
    ("made_sla", &["true", "false", "", "nobody may read this yet"]),
    ("resolved_at", &["?", "1/1/2016 00:00", "31/12/2017 23:59", "nobody may read this yet"]),
    ("closed_at", &["?", "1/1/2016 00:00", "31/12/2017 23:59", "nobody may read this yet"]),
];

#[test]
fn what_looks_ahead_changes_no_event_and_is_not_even_missed() {
    let rules = rules(&[]);
    for view in VIEWS {
        let (log, told) = read(csv(LOG).as_bytes());
        let (stored, verdicts) = Stored::of(&log, view, &rules, Wake::Each, None);
        for (column, values) in LOOKING_AHEAD {
            for value in values {
                let (other, others_told) = read(with(column, value).as_bytes());
                assert_eq!(others_told, told, "{column} = {value:?}");
                let (others, others_verdicts) = Stored::of(&other, view, &rules, Wake::Each, None);
                assert_eq!(others.0, stored.0, "{column} = {value:?}");
                assert_eq!(others_verdicts.tickets(), verdicts.tickets(), "{column} = {value:?}");
            }
        }
    }
}

#[test]
fn the_agreement_does_look_at_made_sla_but_at_nothing_else() {
    let rules = rules(&[]);
    let [view, _] = VIEWS;
    let alike = |text: &str| {
        let (log, _) = read(text.as_bytes());
        let (_, verdicts) = Stored::of(&log, view, &rules, Wake::Each, None);
        agreement(&log, &verdicts).0
    };
    assert_eq!(alike(&csv(LOG)), 2);
    assert_eq!(alike(&with("made_sla", "true")), 3);
    assert_eq!(alike(&with("made_sla", "false")), 0);
    for column in ["resolved_at", "closed_at"] {
        assert_eq!(alike(&with(column, "nobody may read this yet")), 2);
    }
}

#[test]
fn what_is_no_verdict_is_told_with_its_line_once_the_seal_is_broken() {
    let (log, _) = read(with("made_sla", "perhaps").as_bytes());
    let rules = rules(&[]);
    let [view, _] = VIEWS;
    let (_, verdicts) = Stored::of(&log, view, &rules, Wake::Each, None);
    let mut told = Vec::new();
    let compared = compare(&log, &verdicts, &mut Complaints::new(|line| told.push(line.to_owned())));
    assert!(compared.is_empty());
    assert_eq!(
        told,
        [5, 12, 16].map(|line| format!("log.csv:{line}: made_sla is \"perhaps\", neither true nor false"))
    );
}
