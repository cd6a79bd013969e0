//! When what is owed is due, where a record is put right: each tale is told twice, rightly at once and as it was taken at first.

use crate::desk::*;
use crate::hindsight_of_beginnings::{ask, said};
use crate::put_right::{bounce, message, was};
use crate::record::*;

/// Back in the agreement, and then the answer of before bounces: its clock has run since the ticket came back, and not since the correction.
#[test]
fn the_clock_of_what_was_left_runs_since_the_ticket_is_back() {
    for rightly in [true, false] {
        let mut desk = Desk::new(
            r#"[{ "name": "sla", "when": { "priority": ["low"] }, "targets": { "next_response": "3 hours" } }]"#,
        );
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 10:30", &priority("high"));
        said(&mut desk, "02 11:00", "m-2", rightly);
        desk.at("02 12:00", &priority("low"));
        if !rightly {
            desk.at("02 14:00", &bounce("m-2"));
        }
        // Half an hour had run, and two and a half run since noon.
        assert_eq!(dues(&desk), ["2026-03-02T14:30:00Z"], "rightly {rightly}");
    }
}

/// The answer bounces after the ticket has left the agreement: what had run had run by then, and not until the correction.
#[test]
fn what_was_left_in_hindsight_had_run_until_then() {
    for rightly in [true, false] {
        let mut desk = Desk::new(
            r#"[{ "name": "sla", "when": { "priority": ["low"] }, "targets": { "next_response": "4 hours" } }]"#,
        );
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:30", "m-2", rightly);
        desk.at("02 11:00", &priority("high"));
        if !rightly {
            desk.at("02 13:00", &bounce("m-2"));
        }
        desk.at("02 15:00", &priority("low"));
        // One hour had run.
        assert_eq!(dues(&desk), ["2026-03-02T18:00:00Z"], "rightly {rightly}");
    }
}

/// The same where it was solved: an account of several cycles has used what had run until it was solved, and not until the correction.
#[test]
fn what_was_not_needed_in_hindsight_had_run_until_then() {
    for rightly in [true, false] {
        let mut desk = Desk::new(
            r#"[{ "name": "sla", "targets": { "next_response": { "budget": "3 hours", "cycles": "resume" } } }]"#,
        );
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:10", "m-2", rightly);
        desk.at("02 10:30", SOLVE);
        if !rightly {
            desk.at("02 14:00", &bounce("m-2"));
        }
        ask(&mut desk, "02 15:00", "m-3");
        // Half an hour had run.
        assert_eq!(dues(&desk), ["2026-03-02T17:30:00Z"], "rightly {rightly}");
    }
}

/// The answer bounces, and the one after it came too late by the priority that the ticket had got between the two.
#[test]
fn a_later_answer_is_late_by_the_priority_of_its_time() {
    for rightly in [true, false] {
        let mut desk = Desk::new(
            r#"[{ "name": "sla", "targets": { "next_response": { "budget": { "high": "1 hour", "otherwise": "8 hours" } } } }]"#,
        );
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:10", "m-2", rightly);
        desk.at("02 10:20", &priority("high"));
        desk.at("02 14:00", &message("agent", "public", "m-3"));
        if !rightly {
            desk.at("02 15:00", &bounce("m-2"));
        }
        assert_eq!((breached(&desk), fulfilled(&desk), open(&desk)), (1, 0, 0), "rightly {rightly}");
    }
}

/// The same where it had become another once more by then: what was broken by then does not move.
#[test]
fn a_later_answer_is_late_by_each_priority_that_there_has_been() {
    for rightly in [true, false] {
        let mut desk = Desk::new(
            r#"[{ "name": "sla", "targets": { "next_response": { "budget": { "high": "1 hour", "otherwise": "8 hours" } } } }]"#,
        );
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:10", "m-2", rightly);
        desk.at("02 10:20", &priority("high"));
        desk.at("02 13:00", &priority("low"));
        desk.at("02 14:00", &message("agent", "public", "m-3"));
        if !rightly {
            desk.at("02 15:00", &bounce("m-2"));
        }
        assert_eq!((breached(&desk), fulfilled(&desk), open(&desk)), (1, 0, 0), "rightly {rightly}");
    }
}

const LOW: &str = r#"[{ "name": "sla", "when": { "priority": ["low"] }, "targets": { "next_response": { "budget": "4 hours",
    "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }]"#;

/// The ticket had left the agreement when it was answered: so what was left was neither kept nor broken.
#[test]
fn what_was_left_before_a_later_answer_was_not_kept_by_it() {
    for rightly in [true, false] {
        let mut desk = Desk::new(LOW);
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:10", "m-2", rightly);
        desk.at("02 10:20", &priority("high"));
        desk.at("02 14:00", &message("agent", "public", "m-3"));
        if !rightly {
            desk.at("02 15:00", &bounce("m-2"));
        }
        assert_eq!((breached(&desk), fulfilled(&desk), open(&desk)), (0, 0, 0), "rightly {rightly}");
    }
}

/// The ticket leaves the agreement and is back when the answer bounces: the time away counts nothing, and it has stood still since when it would have.
#[test]
fn the_time_away_counts_nothing_where_an_answer_bounces() {
    for rightly in [true, false] {
        let mut desk = Desk::new(LOW);
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:30", "m-2", rightly);
        desk.at("02 11:00", &priority("high"));
        desk.at("02 12:30", &priority("low"));
        desk.at("02 12:40", WAIT);
        desk.at("02 13:00", r#"{"room": "ticket", "type": "set_status", "status": "open"}"#);
        if !rightly {
            desk.at("02 14:00", &bounce("m-2"));
        }
        // One hour had run, and ten minutes before it stood for twenty.
        assert_eq!(dues(&desk), ["2026-03-02T15:50:00Z"], "rightly {rightly}");
    }
}

/// It stood still when the ticket left the agreement, and the answer bounces after that: it had stood until then, and no longer.
#[test]
fn what_was_left_in_hindsight_had_stood_until_then() {
    for rightly in [true, false] {
        let mut desk = Desk::new(&LOW.replace(r#""4 hours","#, r#""4 hours", "pausable": { "total": "1 hour" },"#));
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:30", "m-2", rightly);
        desk.at("02 10:45", WAIT);
        desk.at("02 11:00", &priority("high"));
        if !rightly {
            desk.at("02 13:00", &bounce("m-2"));
        }
        desk.at("02 15:00", &priority("low"));
        // A quarter of an hour is spent.
        assert_eq!(desk.next().as_deref(), Some("02 15:45:00.000001 ResumeBy"), "rightly {rightly}");
    }
}

/// A host had paused it, and the ticket comes under another agreement before the answer bounces: it stands on by that.
#[test]
fn what_a_host_has_paused_stands_on_by_the_next_agreement_where_an_answer_bounces() {
    for rightly in [true, false] {
        let mut desk = Desk::new(
            r#"[{ "name": "gold", "when": { "priority": ["high"] },
                    "targets": { "next_response": { "budget": "4 hours", "pausable": { "total": "6 hours" } } } },
                { "name": "base", "targets": { "next_response": { "budget": "8 hours", "pausable": { "total": "9 hours" } } } }]"#,
        );
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 10:20", &order(&desk, "pause", r#", "reason": "logs""#));
        said(&mut desk, "02 10:30", "m-2", rightly);
        desk.at("02 11:00", &priority("high"));
        if !rightly {
            desk.at("02 13:00", &bounce("m-2"));
        }
        // Forty minutes of six hours are spent.
        assert_eq!(desk.next().as_deref(), Some("02 16:20:00.000001 ResumeBy"), "rightly {rightly}");
    }
}

const HOLDS: &str = r#""next_response": { "budget": "3 hours", "pausable": { "total": "5 hours", "once": "2 hours" },
    "pause": [{ "reason": "other", "when": { "status": ["on_hold"] } }] }"#;

const ON_HOLD: &str = r#"{"room": "ticket", "type": "set_status", "status": "on_hold"}"#;

/// One pause lasts two hours at most, whatever its reasons are: then the clock runs, though the ticket is on hold still, and goes on to run where an
/// answer bounces.
#[test]
fn a_pause_that_is_over_does_not_begin_again_where_an_answer_bounces() {
    for rightly in [true, false] {
        let mut desk = Desk::new(&format!(r#"[{{ "name": "sla", "binding": "promised", "targets": {{ {HOLDS} }} }}]"#));
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 10:30", &order(&desk, "pause", r#", "reason": "logs", "told": "m-7""#));
        desk.at("02 12:00", ON_HOLD);
        desk.wake("02 12:31");
        said(&mut desk, "02 12:40", "m-2", rightly);
        if !rightly {
            desk.at("02 12:50", &bounce("m-2"));
        }
        desk.wake("02 14:00");
        // Three hours, and two that it stood.
        assert_eq!(desk.next().as_deref(), Some("02 15:00:00.000001 Due"), "rightly {rightly}");
    }
}

/// "resume_by stays" (row 13): a pause of a host's ends when it was to end, also where another reason has joined it since the answer.
#[test]
fn a_pause_that_another_has_joined_in_hindsight_ends_when_it_was_to_end() {
    for rightly in [true, false] {
        let mut desk = Desk::new(
            r#"[{ "name": "sla", "targets": { "next_response": { "budget": "2 hours", "pausable": { "total": "50 hours" },
                "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }]"#,
        );
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 11:00", &order(&desk, "pause", r#", "reason": "logs", "until": "2026-03-02T13:00:00Z""#));
        said(&mut desk, "02 11:30", "m-2", rightly);
        desk.at("02 12:00", WAIT);
        if !rightly {
            desk.at("02 13:30", &bounce("m-2"));
        }
        desk.wake("02 13:40");
        assert_eq!(desk.next().as_deref(), Some("02 14:00:00.000001 Due"), "rightly {rightly}");
    }
}

/// A promise moves only nearer (row 15a): it did not begin again with the tag, also where it is found later that there was one.
#[test]
fn what_is_promised_and_found_has_not_moved_away() {
    for rightly in [true, false] {
        let mut desk = Desk::with(
            r#"{ "metrics": { "news": { "deliverable": "update", "start": [{ "fact": "message", "author": ["customer"] }],
                    "reset": [{ "fact": "tagged" }], "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }] } },
                 "agreements": [{ "name": "sla", "binding": "promised", "targets": { "news": "4 hours" } }] }"#,
        );
        desk.at("02 09:00", OPEN);
        desk.at("02 10:00", &message(if rightly { "customer" } else { "third_party" }, "public", "m-1"));
        desk.at("02 12:00", r#"{"room": "ticket", "type": "tag", "add": ["vip"]}"#);
        if !rightly {
            desk.at("02 13:00", &was("m-1", "customer", "public"));
        }
        assert_eq!(dues(&desk), ["2026-03-02T14:00:00Z"], "rightly {rightly}");
    }
}

/// "A breach belongs to its deadline": the same hours under both agreements, so the same deadline, and the same lateness.
#[test]
fn what_is_owed_under_the_next_agreement_is_broken_at_its_deadline() {
    for rightly in [true, false] {
        let mut desk = Desk::new(
            r#"[{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "next_response": "3 hours" } },
                { "name": "base", "targets": { "next_response": "3 hours" } }]"#,
        );
        desk.at("02 09:00", &open_at("low"));
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        said(&mut desk, "02 10:10", "m-2", rightly);
        desk.at("02 11:00", &priority("high"));
        if !rightly {
            desk.at("02 18:00", &bounce("m-2"));
        }
        desk.wake("02 18:01");
        let broken: Vec<_> =
            desk.ticket.ledger().open().filter_map(|owed| owed.breach).map(|breach| breach.due).collect();
        assert_eq!(broken, [t("02 13:00")], "rightly {rightly}");
    }
}

/// Other terms that the customer accepted while the ticket waited for him: they run. They stand still no more where the answer bounces.
#[test]
fn what_was_accepted_and_ran_does_not_stand_still_where_its_answer_bounces() {
    for rightly in [true, false] {
        let mut desk = Desk::new(
            r#"[{ "name": "sla", "targets": { "next_response": { "budget": "3 hours", "pausable": { "total": "5 hours" },
                "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }] } } }]"#,
        );
        desk.at("02 09:00", OPEN);
        desk.at("02 09:30", ANSWER);
        ask(&mut desk, "02 10:00", "m-1");
        desk.at("02 10:20", WAIT);
        desk.at("02 10:30", &order(&desk, "propose", r#", "due": {"at": "2026-03-02T18:00:00Z"}, "told": "m-7""#));
        desk.at("02 10:31", &order(&desk, "accept", r#", "successor": "@a", "evidence": "m-8""#));
        said(&mut desk, "02 11:00", "m-2", rightly);
        if !rightly {
            desk.at("02 12:00", &bounce("m-2"));
        }
        assert_eq!(desk.next().as_deref(), Some("02 18:00:00.000001 Due"), "rightly {rightly}");
    }
}
