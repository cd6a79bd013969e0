//! When the desk looks what time has done, and where it ends.

use serde_json::{Value, json};

use super::host::{Folder, OTHER, PROMISE, TICKET, answer, close, open, promise, two_tickets};

#[test]
fn how_often_the_desk_looks_and_how_the_file_is_sorted_change_no_event() {
    let folder = Folder::new("wakes");
    let sorted = two_tickets();
    let mut by_ticket = two_tickets();
    by_ticket.sort_by_key(|line| line.contains(OTHER));
    // A command that is too late for its ticket, which must refuse it whatever else was looked at in the meantime.
    let mut late = two_tickets();
    late.push(answer(OTHER, "2026-03-02T16:00:00Z"));
    for until in [&[][..], &["--until", "2026-03-03"], &["--until", "2026-03-09"]] {
        for log in [&sorted, &by_ticket, &late] {
            let run = |mode| folder.replay(log, &[&["--wake", mode][..], until].concat());
            let each = run("each");
            for mode in ["daily", "never"] {
                let other = run(mode);
                assert_eq!(each.by_ticket(), other.by_ticket(), "{mode}");
                assert_eq!(each.refused(), other.refused(), "{mode}");
                assert_eq!(each.commitments(), other.commitments(), "{mode}");
                assert_eq!(each.status, other.status, "{mode}");
            }
        }
        assert_eq!(folder.replay(&by_ticket, until).out, folder.replay(&sorted, until).out);
    }
}

#[test]
fn a_command_from_behind_the_clock_finds_its_ticket_as_the_clock_has_left_it() {
    // One that is refused at the door, whose id only the crate could have derived, moves the clock all the same.
    let refused = answer(OTHER, "2026-03-02T20:00:00Z").replace("-8000-8000-", "-5000-8000-");
    let log = [open(OTHER, "2026-03-02T10:00:00Z"), refused, answer(OTHER, "2026-03-02T13:00:00Z")];
    let folder = Folder::new("behind");
    for mode in ["each", "daily", "never"] {
        let ran = folder.replay(&log, &["--wake", mode]);
        let codes: Vec<Value> = ran.refused().iter().map(|refused| refused["why"]["code"].clone()).collect();
        assert_eq!(codes, ["derived_id", "out_of_order"], "{mode}");
        assert_eq!(ran.events().len(), 4, "{mode}: opened, two owed, one of them broken");
        assert_eq!(ran.err.lines().count(), 2, "{mode}: {}", ran.err);
    }
}

#[test]
fn each_daily_and_never_differ_in_when_a_breach_is_noticed() {
    let folder = Folder::new("noticed");
    let log = [open(TICKET, "2026-03-02T09:00:00Z"), close(TICKET, "2026-03-04T12:00:00Z")];
    for (mode, noticed) in
        [("each", "2026-03-02T13:00:00.000001Z"), ("daily", "2026-03-03T00:00:00Z"), ("never", "2026-03-04T12:00:00Z")]
    {
        let ran = folder.replay(&log, &["--wake", mode]);
        let breach = ran.lines().into_iter().find(|line| line["event"]["type"] == "breached").expect("a breach");
        assert_eq!((&breach["at"], &breach["noticed"]), (&json!("2026-03-02T13:00:00Z"), &json!(noticed)), "{mode}");
    }
}

#[test]
fn until_is_midnight_and_inclusive() {
    let folder = Folder::new("until");
    let log = [
        open(TICKET, "2026-03-02T09:00:00Z"),
        promise(TICKET, "2026-03-03T21:00:00Z", "3 hours"),
        answer(TICKET, "2026-03-04T00:00:00Z"),
        close(TICKET, "2026-03-04T00:00:01Z"),
    ];
    let kinds = |until: &str| -> Vec<String> {
        let lines = folder.replay(&log, &["--until", until]).lines();
        lines.iter().filter_map(|line| line["event"]["type"].as_str().map(String::from)).collect()
    };
    assert_eq!(kinds("2026-03-03").last().map(String::as_str), Some("breached"), "nothing of later days");
    assert_eq!(kinds("2026-03-04").last().map(String::as_str), Some("delivered_late"), "the answer is taken in");
    let callback = |until: &str| {
        let owed = folder.replay(&log, &["--until", until]).commitments();
        owed.into_iter().find(|owed| owed.id.to_string() == PROMISE).expect("the promise").verdict.to_string()
    };
    assert_eq!(callback("2026-03-04"), "pending", "what is due at midnight is not broken at midnight");
    assert_eq!(callback("2026-03-05"), "breached");
}

#[test]
fn time_goes_on_after_the_last_command() {
    let folder = Folder::new("after");
    let log = [open(TICKET, "2026-03-02T09:00:00Z")];
    let breaches = |more: &[&str]| {
        let lines = folder.replay(&log, more).lines();
        lines.iter().filter(|line| line["event"]["type"] == "breached").count()
    };
    assert_eq!(breaches(&[]), 0, "it ends with the last command");
    for mode in ["each", "daily", "never"] {
        assert_eq!(breaches(&["--wake", mode, "--until", "2026-03-05"]), 1, "{mode}");
        assert_eq!(breaches(&["--wake", mode, "--until", "2026-03-06"]), 2, "{mode}");
    }
}
