//! A log of our own in the same form, with everything in it that can be wrong.

use owed::commitment::Verdict;

use super::host::Folder;
use super::passes::{Stored, VIEWS, agreement, pass, read, rules};
use crate::replay::cli::Wake;
use crate::replay::complaints::Complaints;
use crate::replay::uci::log::Log;
use crate::replay::uci::orders::View;

pub const HEADER: &str = "number,incident_state,made_sla,caller_id,opened_at,sys_updated_at,priority,assignment_group,\
                          assigned_to,resolved_at,closed_at";

/// An incident that is kept, one that is downgraded after its breach, and one whose rows run backwards. Mondays are the 4th
/// and the 11th of April 2016.
pub const LOG: &str = "\
0000001,New,true,7,4/4/2016 14:00,4/4/2016 14:05,3,11,?,6/4/2016 15:00,11/4/2016 15:00
0000001,Active,true,7,4/4/2016 14:00,4/4/2016 14:30,3,11,21,6/4/2016 15:00,11/4/2016 15:00
0000001,Resolved,true,7,4/4/2016 14:00,6/4/2016 15:00,3,11,21,6/4/2016 15:00,11/4/2016 15:00
0000001,Closed,true,7,4/4/2016 14:00,11/4/2016 15:00,3,11,21,6/4/2016 15:00,11/4/2016 15:00
0000002,Active,true,8,4/4/2016 09:00,4/4/2016 09:10,1,12,22,5/4/2016 10:00,10/4/2016 10:00
0000002,Awaiting User Info,true,8,4/4/2016 09:00,4/4/2016 20:00,1,12,22,5/4/2016 10:00,10/4/2016 10:00
0000002,Active,true,8,4/4/2016 09:00,5/4/2016 09:00,3,12,22,5/4/2016 10:00,10/4/2016 10:00
0000002,Resolved,true,8,4/4/2016 09:00,5/4/2016 10:00,3,12,22,5/4/2016 10:00,10/4/2016 10:00
0000002,Active,true,8,4/4/2016 09:00,5/4/2016 11:00,3,12,22,5/4/2016 10:00,10/4/2016 10:00
0000002,Resolved,true,8,4/4/2016 09:00,5/4/2016 12:00,3,12,22,5/4/2016 10:00,10/4/2016 10:00
0000002,Closed,true,8,4/4/2016 09:00,10/4/2016 10:00,3,12,22,5/4/2016 10:00,10/4/2016 10:00
0000003,New,true,9,4/4/2016 10:00,4/4/2016 09:30,4,13,?,?,14/4/2016 10:00
0000003,Active,true,9,4/4/2016 10:00,4/4/2016 12:00,4,13,23,?,14/4/2016 10:00
0000003,Awaiting Vendor,true,9,4/4/2016 10:00,4/4/2016 11:00,4,14,24,?,14/4/2016 10:00
0000003,Closed,false,9,4/4/2016 10:00,14/4/2016 10:00,4,14,24,?,14/4/2016 10:00
";

pub fn csv(rows: &str) -> String {
    format!("{HEADER}\n{rows}")
}

#[test]
fn hindsight_forgives_what_as_it_happened_stays_broken() {
    let (log, _) = read(csv(LOG).as_bytes());
    let rules = rules(&[]);
    let hindsight = pass(&log, View::InHindsight, &rules, Wake::Each, None, |_| ());
    assert_eq!(agreement(&log, &hindsight), (2, 3, vec!["0000003"]));
    let happened = pass(&log, View::AsItHappened, &rules, Wake::Each, None, |_| ());
    assert_eq!(agreement(&log, &happened), (1, 3, vec!["0000002", "0000003"]));
    let broken = happened.tickets()[1].ledger().all().next().expect("one commitment");
    assert_eq!(broken.verdict(), Verdict::Breached);
    assert_eq!(broken.breach.expect("a breach").at.to_string(), "2016-04-04T21:00:00Z");
}

#[test]
fn waking_changes_nothing_and_the_stored_events_make_the_same_tickets() {
    let (log, _) = read(csv(LOG).as_bytes());
    let rules = rules(&[]);
    for view in VIEWS {
        let (stored, verdicts) = Stored::of(&log, view, &rules, Wake::Each, None);
        stored.assert_replay(&verdicts);
        if view == View::AsItHappened {
            stored.assert_same(&verdicts, &log, view, &rules, Wake::Never, None);
            stored.assert_same(&verdicts, &log, view, &rules, Wake::Daily, None);
        }
    }
}

#[test]
fn rows_that_run_backwards_are_taken_in_at_the_preceding_instant() {
    let (log, told) = read(csv(LOG).as_bytes());
    assert_eq!(
        told,
        [
            "log.csv:13: incident 0000003: 2016-04-04 09:30 is before its opening; taken in at 2016-04-04 10:00, as having \
             happened at 2016-04-04 09:30",
            "log.csv:15: incident 0000003: 2016-04-04 11:00 is before the row above it; taken in at 2016-04-04 12:00, as \
             having happened at 2016-04-04 11:00",
        ]
    );
    let rules = rules(&[]);
    let verdicts = pass(&log, View::AsItHappened, &rules, Wake::Each, None, |_| ());
    let past = verdicts.tickets()[2].past();
    let times: Vec<_> = past.iter().map(|past| (past.at.to_string(), past.happened.to_string())).collect();
    let (ten, noon) = ("2016-04-04T10:00:00Z", "2016-04-04T12:00:00Z");
    let expected = [
        (ten, ten),
        (ten, "2016-04-04T09:30:00Z"),
        (noon, noon),
        (noon, noon),
        (noon, "2016-04-04T11:00:00Z"),
        (noon, "2016-04-04T11:00:00Z"),
        ("2016-04-14T10:00:00Z", "2016-04-14T10:00:00Z"),
    ];
    assert_eq!(times, expected.map(|(at, happened)| (at.to_owned(), happened.to_owned())));
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is() {
    let wrong = "\
0000009,-100,true,7,4/4/2016 14:00,4/4/2016 14:05,3,11,?,?,?
0000009,New,true,7,31/4/2016 14:00,4/4/2016 14:05,3,11,?,?,?
0000009,New,true,7,4/4/2016 14:00,4/4/2016 24:05,3,11,?,?,?
0000009,New,true,7,4/4/2016 14:00
0000009,New,maybe,7,4/4/2016 14:00,4/4/2016 14:05,3,11,?,?,?
";
    let (log, told) = read(csv(&format!("{wrong}{LOG}")).as_bytes());
    let expected = [
        (2, "incident 0000009: the state \"-100\" is not known; the row is skipped"),
        (
            3,
            "incident 0000009: \"31/4/2016 14:00\" is no instant; it is written as 29/2/2016 01:16; the row is skipped",
        ),
        (4, "incident 0000009: \"4/4/2016 24:05\" is no instant; it is written as 29/2/2016 01:16; the row is skipped"),
        (5, "5 fields"),
        (18, "is before its opening"),
        (20, "is before the row above it"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, (line, reason)) in told.iter().zip(expected) {
        assert!(told.starts_with(&format!("log.csv:{line}: ")) && told.contains(reason), "{told}");
    }
    assert_eq!((log.incidents.len(), log.skipped), (4, 4));
    assert_eq!(log.rows.len(), LOG.lines().count() + 1);
}

#[test]
fn an_unknown_column_is_told_and_a_missing_one_makes_it_unusable() {
    let with = csv(LOG).replace("caller_id,", "colour,").replacen("resolved_at", "caller_id", 1);
    let (log, told) = read(with.as_bytes());
    assert_eq!(log.incidents.len(), 3);
    assert_eq!(told[0], "log.csv:1: unknown column \"colour\"; it is not read");
    let without = csv(LOG).replace("opened_at", "opened");
    let why = Log::read("log.csv", without.as_bytes(), &mut Complaints::new(|_| ())).map(|_| ());
    assert_eq!(why, Err("the column \"opened_at\" is missing".into()));
}

#[test]
fn a_clean_log_ends_with_0_and_another_with_1() {
    let folder = Folder::new("uci");
    let clean: String = LOG.lines().take(11).map(|line| format!("{line}\n")).collect();
    for (rows, status) in [(&*clean, 0), (LOG, 1)] {
        folder.write("log.csv", &csv(rows));
        let ran = folder.run(&["--uci", "log.csv"], "");
        assert_eq!(ran.status, status, "{}", ran.err);
        assert!(ran.out.contains("IN HINDSIGHT") && ran.out.contains("AS IT HAPPENED"), "{}", ran.out);
        let told = ran.err.lines().filter(|line| line.starts_with("log.csv:")).count();
        assert_eq!(told, [0, 2][usize::from(status > 0)]);
    }
}
