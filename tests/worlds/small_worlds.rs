//! The worlds: each a few rules, a few things that may be done, and how deep.

use super::world::World;

/// One clock that starts and stops again, stands still within an allowance, warns, and owes an explanation when it is broken.
const CLOCK: &str = r#"{
    "metrics": { "reply": {
        "deliverable": "reply",
        "start": [{ "fact": "message", "author": ["customer"] }, { "fact": "opened" }],
        "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }],
        "cancel": [{ "fact": "status", "to": ["solved", "closed"] }],
        "pause": [{ "reason": "waiting", "when": { "status": ["pending"] } }, { "reason": "held", "when": { "status": ["pending", "on_hold"] } }]
    } },
    "agreements": [{ "name": "sla", BINDING "targets": { "reply": {
        "budget": { "1": "1 hour", "2": "2 hours" }, "warn": ["50 %"], "pausable": { "total": "3 hours", "once": "2 hours" },
        "breach_owes": { "deliverable": "explanation", "within": "1 hour" } UNANSWERED
    } } }]
    MORE
}"#;

const NONE: &str = r#"{ "agreements": [], "time_to_answer": "0 seconds" }"#;
const CORRECTED: &str =
    r#"{ "agreements": [], "corrections": { "window": "3 hours", "four_eyes": true }, "time_to_answer": "0 seconds" }"#;
const LADDER: &str = r#", "ladders": [{ "name": "up", "causes": ["warned", "breached"],
    "rungs": [{ "notify": "owner", "wait": "30 minutes" }, { "notify": "lead", "wait": "1 hour" }],
    "repeats": 1, "lapses": 1, "hold": "1 hour", "hold_at_most": "90 minutes", "snooze_at_most": "2 hours" }], "ladder": "up""#;
const SILENCE: &str = r#", "silence": [{ "name": "silent", "while": { "status": ["pending"] },
    "remind": ["1 hour", "2 hours"], "warn": "3 hours", "close": "5 hours" }]"#;

fn clock(binding: &str, unanswered: &str, more: &str) -> String {
    CLOCK.replace("BINDING", binding).replace("UNANSWERED", unanswered).replace("MORE", more)
}

const PROMISED: &str = r#""binding": "promised","#;
const BREACHED: &str = r#", "unanswered": "breached""#;

/// Every world, those that take longest first.
pub fn all() -> Vec<World> {
    let goal = clock("", "", "");
    vec![
        World::new(
            "a goal's clock",
            5,
            0,
            &goal,
            "ask, answer, acknowledge, wait, hold, go on, urgent, not urgent, of no matter, solve, reopen, close, announce, answer fetched",
        ),
        World::new(
            "a clock by contract",
            5,
            1,
            &clock(PROMISED, "", ""),
            "ask, answer, wait, go on, urgent, not urgent, solve, close, withdraw, release, promise again, assign",
        ),
        World::new(
            "solved without an answer",
            5,
            0,
            &clock("", BREACHED, r#", "corrections": { "window": "3 hours", "four_eyes": false }"#),
            "ask, answer, wait, hold, go on, solve, reopen, close, answer fetched, in error, exclude",
        ),
        World::new(
            "a promise",
            6,
            2,
            NONE,
            "promise, fulfil, pause, pause too, resume, resume too, release, a stranger releases, withdraw, impossible, waive, a stranger waives, write off, exclude, promise again, close",
        ),
        World::new(
            "other terms",
            6,
            3,
            NONE,
            "promise, fulfil, pause, resume, amend, propose, accept, a stranger accepts, decline, accept fetched, release, withdraw",
        ),
        World::new(
            "on a condition",
            6,
            2,
            NONE,
            "promise if, suggest if, confirm, dismiss, meet, meet fetched, fulfil, release, withdraw, amend, propose, accept, announce, hand over",
        ),
        World::new(
            "found in a message",
            6,
            2,
            NONE,
            "suggest, suggest if, confirm, dismiss, fulfil, meet, announce, hand over, redact, pause, solve, close",
        ),
        World::new(
            "records put right",
            8,
            3,
            CORRECTED,
            "promise, fulfil, fulfil fetched, fulfil claimed, retract, in error, reinstate, promise again, exclude",
        ),
        World::new(
            "the customer's late word",
            8,
            3,
            CORRECTED,
            "promise, propose, release fetched, accept fetched, promise again, fulfil, in error, waive",
        ),
        World::new(
            "the customer is absent",
            8,
            2,
            NONE,
            "promise, pause, ask for it, remind, warn, hear, hear fetched, find absent, take up again, fulfil",
        ),
        World::new(
            "a slot",
            7,
            2,
            NONE,
            "promise a slot, try, leave a message, find absent, take up again, fulfil, pause, hear fetched",
        ),
        World::new(
            "given on",
            6,
            3,
            NONE,
            "promise, promise if, delegate, fulfil, withdraw, meet, hand over, fulfil fetched, redact",
        ),
        World::new(
            "news every hour",
            6,
            1,
            CORRECTED,
            "every hour, stop, fulfil, fulfil fetched, withdraw, retract, in error, close",
        ),
        World::new(
            "a ladder",
            6,
            1,
            &clock("", "", LADDER),
            "ask, answer, wait, go on, solve, promise again, withdraw",
        ),
        World::new(
            "silence",
            5,
            1,
            &clock("", "", SILENCE),
            "ask, thank, answer, acknowledge, wait, go on, chase by rule, promise, release, close, reopen, solve",
        ),
    ]
}
