//! What the tales of `at_once_and_late.rs` are made of: what happens, how it comes to be told, and the agreements under which it is.

use std::fmt;

/// What happens: what it is called, and what of the order that tells it is its own.
#[derive(Clone, Copy, PartialEq)]
pub struct Deed(pub &'static str, pub &'static str);

impl fmt::Debug for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

pub const QUESTION: Deed = Deed("question", r#""type": "message", "author": "customer", "message": "m""#);
pub const ANSWER: Deed = Deed("answer", r#""type": "message", "author": "agent", "message": "m""#);
pub const NOTE: Deed =
    Deed("note", r#""type": "message", "author": "agent", "visibility": "internal", "message": "m""#);
pub const VENDOR: Deed = Deed("mail of a vendor", r#""type": "message", "author": "third_party", "message": "m""#);
pub const AUTOMATIC: Deed = Deed("automatic mail", r#""type": "message", "author": "automation", "message": "m""#);
pub const CALL: Deed = Deed("call", r#""type": "call", "author": "agent", "reached": true"#);
pub const MISSED: Deed = Deed("missed call", r#""type": "call", "author": "customer", "reached": false"#);
/// The host says that what is owed has been done: the first that is owed since then or before.
pub const WORD: Deed = Deed("word", r#""type": "fulfil""#);
pub const NEEDLESS: Deed = Deed("no reply needed", r#""type": "need_no_reply""#);
pub const SOLVED: Deed = Deed("solved", r#""type": "solve""#);
pub const REOPENED: Deed = Deed("reopened", r#""type": "reopen""#);
pub const PENDING: Deed = Deed("pending", r#""type": "set_status", "status": "pending""#);
pub const RESUMED: Deed = Deed("resumed", r#""type": "set_status", "status": "open""#);
pub const HIGH: Deed = Deed("high", r#""type": "set_priority", "priority": "high""#);
pub const LOW: Deed = Deed("low", r#""type": "set_priority", "priority": "low""#);

/// How something comes to be told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    Now(Deed),
    Fetched(Deed),
    /// Filed as the first, and as the second only later, which it was.
    Filed(Deed, Deed),
    /// Filed as the second between, which it was not.
    FiledBack(Deed, Deed),
    /// An answer that has not arrived.
    Bounced,
    FetchedAndBounced,
    /// An answer, or the host's word that it has been given.
    Said,
}
use Step::*;

impl Step {
    pub fn asks(self) -> bool {
        matches!(self, Now(deed) | Filed(_, deed) if [QUESTION, MISSED].contains(&deed))
    }
}

/// Who tells late, and since when that counts.
#[derive(Clone, Copy, PartialEq)]
pub enum Late {
    /// A program does, and it counts since it happened.
    Vouched,
    /// A person does, in time or believed, and it counts since it happened.
    Claimed,
    /// A person does, and it counts since he said so.
    Doubted,
}

/// What is done when all is told.
#[derive(Clone, Copy, PartialEq)]
pub enum End {
    Nothing,
    Split,
    Merge,
}

/// What tales are told in.
pub struct World {
    pub name: &'static str,
    pub rules: String,
    pub steps: Vec<Step>,
    pub late: Late,
    pub end: End,
    /// Whether no answer is told after a later one.
    pub in_order: bool,
}

impl World {
    pub fn new(name: &'static str, agreements: &[&str], steps: &[&[Step]]) -> Self {
        let rules = format!(r#"{{ "agreements": [{}] }}"#, agreements.join(", "));
        Self { name, rules, steps: steps.concat(), late: Late::Vouched, end: End::Nothing, in_order: false }
    }

    /// Whoever claims something is believed.
    fn believed(self) -> Self {
        let believed = r#"{ "corrections": { "window": "1000 hours", "four_eyes": false }, "#;
        Self { rules: self.rules.replacen('{', believed, 1), late: Late::Claimed, ..self }
    }
}

/// Each world that the tales are told in.
pub fn worlds() -> Vec<World> {
    let sla = |targets: &str| format!(r#"{{ "name": "sla", "targets": {{ {targets} }} }}"#);
    let both = sla(r#""first_response": "100 hours", "next_response": "50 hours""#);
    let short = both.replace("100 hours", "45 minutes").replace("50 hours", "45 minutes");
    let next = sla(r#""next_response": "50 hours""#);
    let updates = sla(r#""periodic_update": "50 hours""#);
    let pause = r#""pausable": { "total": "800 hours" },
        "pause": [{ "reason": "customer", "when": { "status": ["pending"] } }]"#;
    let pausable = next.replace(r#""50 hours""#, &format!(r#"{{ "budget": "50 hours", {pause} }}"#));
    let also = r#""also": [{ "fact": "call", "author": ["agent"], "reached": true }]"#;
    let calls = sla(&format!(
        r#""first_response": {{ "budget": "100 hours", {also} }}, "next_response": {{ "budget": "50 hours", {also} }}"#
    ));
    let gold = both
        .replace("100", "80")
        .replace("50", "40")
        .replace(r#""sla""#, r#""gold", "when": { "priority": ["high"] }"#);
    let ola = both.replace("100", "90").replace("50", "45").replace(r#""sla""#, r#""ola", "kind": "ola""#);
    let promised = both.replace(r#""sla""#, r#""sla", "binding": "promised""#);
    let call_back = sla(r#""call_back": "50 hours""#);
    let first = sla(r#""first_response": "45 minutes""#);

    let asked: &[_] = &[Now(QUESTION), Now(QUESTION), Filed(VENDOR, QUESTION)];
    let answered: &[_] = &[Now(ANSWER), Fetched(ANSWER), Filed(NOTE, ANSWER)];
    let fetched: &[_] = &[Fetched(QUESTION)];
    let bounced: &[_] = &[Bounced];
    let back: &[_] = &[FetchedAndBounced, FiledBack(NOTE, ANSWER), FiledBack(ANSWER, VENDOR)];
    let solved: &[_] = &[Now(SOLVED), Now(REOPENED)];
    let word: &[_] = &[Now(WORD), Fetched(WORD)];
    let said: &[_] = &[Said, Said];
    let called: &[_] = &[Now(CALL), Fetched(CALL)];
    let missed: &[_] = &[Now(MISSED), Now(MISSED)];
    let paused: &[_] = &[Now(PENDING), Now(RESUMED), Now(AUTOMATIC)];
    let ranked: &[_] = &[Now(HIGH), Now(LOW)];
    let stray: &[_] = &[Now(VENDOR), Now(AUTOMATIC)];

    let (split, merge, claimed) = (End::Split, End::Merge, Late::Claimed);
    vec![
        World::new("both responses", &[&both], &[asked, answered, bounced]),
        World::new("questions fetched", &[&next], &[fetched, &asked[..2]]),
        World::new("filed back", &[&both], &[asked, answered, bounced, back]),
        World::new("solved and reopened", &[&both], &[asked, answered, bounced, solved]),
        World::new("somebody's word", &[&both], &[&asked[..2], &answered[..1], word, solved]),
        World::new("as good as a mail", &[&both], &[&asked[..2], said]),
        World::new("next response only", &[&next], &[asked, answered, bounced]),
        World::new("updates", &[&updates], &[answered, bounced, stray]),
        World::new("pauses", &[&pausable], &[&asked[..2], &answered[..2], paused]),
        World::new("gold by priority", &[&gold, &both], &[&asked[..2], &answered[..2], ranked]),
        World::new("calls", &[&calls], &[&asked[..2], &answered[..2], called]),
        World::new("with an OLA", &[&both, &ola], &[&asked[..2], answered, solved]),
        World::new("promised", &[&promised], &[asked, answered, bounced]),
        World::new("call back", &[&call_back], &[missed, called, word]),
        World { in_order: true, ..World::new("short", &[&short], &[asked, answered]) },
        World { in_order: true, ..World::new("believed", &[&short], &[asked, answered]).believed() },
        World { late: Late::Doubted, ..World::new("doubted", &[&first], &[answered, back, stray]) },
        World { late: claimed, ..World::new("claimed", &[&both], &[asked, answered]) },
        World { end: split, ..World::new("split", &[&both], &[asked, answered]) },
        World { end: split, late: claimed, ..World::new("claimed and split", &[&both], &[asked, answered]) },
        World { end: merge, ..World::new("merged", &[&both], &[asked, answered, bounced]) },
        World { end: merge, ..World::new("as good as a mail, and merged", &[&both], &[&asked[..2], said]) },
        World { end: merge, late: claimed, ..World::new("claimed and merged", &[&both], &[asked, answered]) },
    ]
}
