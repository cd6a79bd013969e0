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

/// A clock that goes on where it stopped when the ticket is reopened.
const RESUMED: &str = r#"{ "agreements": [{ "name": "sla", "targets": { "first_resolution": {
    "budget": "3 hours", "cycles": "resume", "warn": ["50 %"], "pausable": { "total": "2 hours" },
    "pause": [{ "reason": "waiting", "when": { "status": ["pending"] } }]
} } }] }"#;

const PROMISED: &str = r#""binding": "promised","#;
const BREACHED: &str = r#", "unanswered": "breached""#;

/// A world: its name, how deep, how many ids a host gives, its rules, and what may be done.
type Given<'a> = (&'static str, usize, usize, &'a str, &'a str);

/// Every world.
pub fn all() -> Vec<World> {
    let (goal, promised) = (clock("", "", ""), clock(PROMISED, "", ""));
    let breached = clock("", BREACHED, r#", "corrections": { "window": "3 hours", "four_eyes": false }"#);
    let (ladder, silence) = (clock("", "", LADDER), clock("", "", SILENCE));
    #[rustfmt::skip]
    let worlds: &[Given<'_>] = &[
        ("a goal's clock", 4, 0, &goal, "ask, answer, acknowledge, wait, hold, go on, urgent, not urgent, of no matter, solve, reopen, close,
            announce, answer fetched"),
        ("a clock by contract", 4, 1, &promised, "ask, answer, wait, go on, urgent, not urgent, solve, close, withdraw, release, promise again,
            assign"),
        ("solved without an answer", 5, 0, &breached, "ask, answer, wait, hold, go on, solve, reopen, close, answer fetched, in error, exclude"),
        ("reopened", 6, 0, RESUMED, "solve, reopen, close, wait, go on, announce"),
        ("a promise", 6, 2, NONE, "promise, fulfil, pause, pause too, resume, resume too, release, a stranger releases, withdraw, impossible,
            waive, a stranger waives, write off, exclude, promise again, close"),
        ("other terms", 6, 3, NONE, "promise, fulfil, pause, resume, amend, propose, accept, a stranger accepts, decline, accept fetched, release,
            withdraw"),
        ("on a condition", 6, 2, NONE, "promise if, suggest if, confirm, dismiss, meet, meet fetched, fulfil, release, withdraw, amend, propose,
            accept, announce, hand over"),
        ("found in a message", 5, 2, CORRECTED, "suggest, suggest if, confirm, dismiss, fulfil, meet, announce, hand over, redact, pause, solve,
            close, in error"),
        ("records put right", 7, 3, CORRECTED, "promise, fulfil, fulfil fetched, fulfil fetched too late, fulfil claimed,
            fulfil claimed by the performer, retract, in error, reinstate, promise again, exclude"),
        ("the customer's late word", 7, 3, CORRECTED, "promise, propose, release fetched, release fetched too late,
            accept fetched, promise again, fulfil, in error, waive"),
        ("the customer is absent", 7, 2, NONE, "promise, pause, ask for it, remind, warn, hear, hear fetched, find absent, take up again, fulfil"),
        ("a slot", 6, 2, NONE, "promise a slot, try, leave a message, find absent, take up again, fulfil, pause, hear fetched"),
        ("given on", 5, 3, NONE, "promise, promise if, delegate, fulfil, withdraw, meet, pause, fulfil fetched"),
        ("news every hour", 6, 1, CORRECTED, "every hour, stop, fulfil, fulfil fetched, withdraw, retract, in error, close"),
        ("news in every hour", 6, 1, NONE, "in every hour, stop, fulfil, fulfil fetched, withdraw, release, close"),
        ("a ladder", 5, 1, &ladder, "ask, answer, wait, go on, solve, promise again, withdraw"),
        ("a ladder that is climbed", 11, 0, &ladder, "answer, acknowledge it, progress, snooze, lower"),
        ("silence", 4, 1, &silence, "ask, thank, answer, acknowledge, wait, go on, chase by rule, promise, release, close, reopen, solve"),
    ];
    let two = World::new("two tickets", 5, 1, &ladder, "ask, answer, wait, go on, promise, fulfil, pause, withdraw")
        .that_merges();
    let given_up = World::new("given up", 9, 1, &silence, "chase by rule, promise, ask").after("answer, wait");
    let of = |(name, depth, promises, rules, moves): &Given<'_>| World::new(name, *depth, *promises, rules, moves);
    [two, given_up].into_iter().chain(worlds.iter().map(of)).collect()
}
