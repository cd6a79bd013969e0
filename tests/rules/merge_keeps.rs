//! What waits on a ticket before it goes on as another waits there afterwards, since the same instant, and nothing else does: random tales, each told with a merge at its
//! end and without one. On the other ticket nothing waits.

use std::cell::Cell;

use owed::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::at_once_and_late::{Tale, said};
use super::late_worlds::Step::{Bounced, Fetched, Filed, Now};
use super::late_worlds::{
    ANSWER, CALL, End, HIGH, LOW, MISSED, NEEDLESS, NOTE, QUESTION, REOPENED, SOLVED, WORD, World,
};
use crate::desk::Desk;

const ALSO: &str = r#", "also": [{ "fact": "call", "author": ["agent"], "reached": true }]"#;

/// An agreement for both responses, with what counts besides for each.
fn both(name: &str, first: &str, next: &str) -> String {
    let response = |also: &str| format!(r#"{{ "budget": "900 hours"{also} }}"#);
    format!(
        r#"{{ "name": {name}, "targets": {{ "first_response": {}, "next_response": {} }} }}"#,
        response(first),
        response(next)
    )
}

fn worlds() -> Vec<World> {
    let gold = r#""gold", "when": { "priority": ["high"] }"#;
    let call_back = r#"{ "name": "sla", "targets": { "call_back": "900 hours" } }"#;
    let (plain, calls) = (both(r#""sla""#, "", ""), both(r#""sla""#, ALSO, ALSO));
    let short = plain.replace("900 hours", "45 minutes");
    let each = r#"{ "name": "sla", "targets": { "each_reply": "900 hours", "first_response": "900 hours" } }"#;
    let own = r#""metrics": { "each_reply": { "deliverable": "reply", "start": [{ "fact": "message", "author": ["customer"] }],
        "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }] } }, "#;

    let asked: &[_] = &[Now(QUESTION), Now(QUESTION)];
    let answered: &[_] = &[Now(ANSWER), Fetched(ANSWER)];
    let filed: &[_] = &[Filed(NOTE, ANSWER), Filed(ANSWER, NOTE), Bounced];
    let word: &[_] = &[Now(WORD), Fetched(WORD)];
    let called: &[_] = &[Now(CALL), Fetched(CALL)];
    let solved: &[_] = &[Now(SOLVED), Now(REOPENED)];
    let ranked: &[_] = &[Now(HIGH), Now(LOW)];
    // Where the next alone has a target, what comes before the first answer is owed by none until it goes along.
    vec![
        World::new("mails", &[&plain], &[asked, answered, filed]),
        World::new("solved and reopened", &[&plain], &[asked, answered, solved]),
        World::new("the host's word", &[&plain], &[asked, answered, word]),
        World::new("no reply needed", &[&plain], &[asked, answered, word, &[Now(NEEDLESS)]]),
        World::new("questions fetched", &[&plain], &[asked, &[Fetched(QUESTION)], answered, word]),
        World::new("short", &[&short], &[asked, answered, word]),
        World::new("calls", &[&calls], &[asked, answered, word, called]),
        World::new("calls for the first", &[&both(r#""sla""#, ALSO, "")], &[asked, &answered[..1], &called[..1]]),
        World::new("calls for the next", &[&both(r#""sla""#, "", ALSO)], &[asked, &answered[..1], &called[..1]]),
        World::new("calls for gold", &[&both(gold, ALSO, ALSO), &plain], &[asked, answered, called]),
        World::new(
            "gold by priority, with calls",
            &[&both(gold, ALSO, ALSO), &plain],
            &[asked, &answered[..1], &called[..1], ranked],
        ),
        World::new("gold by priority", &[&both(gold, "", ""), &plain], &[asked, answered, word, ranked]),
        World::new("call back", &[call_back], &[&[Now(MISSED), Now(MISSED)], called, word]),
        World {
            rules: format!(r#"{{ {own}"agreements": [{each}] }}"#),
            ..World::new("each reply", &[], &[asked, answered, word])
        },
    ]
}

/// Since when something waits on a ticket.
fn waits(desk: &Desk) -> Option<Timestamp> {
    desk.ticket.ledger().open().map(|owed| owed.since).min()
}

impl World {
    fn keeps(&self, tale: &Tale, told: &Cell<u32>) -> TestCaseResult {
        let merged = World { end: End::Merge, rules: self.rules.clone(), steps: Vec::new(), ..*self };
        let both = [self.tell(tale, true), merged.tell(tale, true)];
        let [Some(desk), Some(mut merged)] = both else { return Ok(()) };
        told.set(told.get() + 1);
        merged.swap();
        let (before, after) = (waits(&desk), waits(&merged));
        prop_assert!(
            before == after,
            "{}: {tale:?}\n  before: {before:?}\n  after: {after:?}{}\n",
            self.name,
            said(&merged)
        );
        Ok(())
    }
}

#[test]
fn what_waits_before_a_merge_waits_after_it_since_the_same_instant() {
    let worlds = worlds();
    let wrong: Vec<_> = worlds.iter().filter_map(|world| world.wrong(|tale, told| world.keeps(tale, told))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
