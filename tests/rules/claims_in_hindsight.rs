//! What somebody only claims counts since he claims it, whatever else is found in which order (row 27).

use super::hindsight_of_beginnings::stands;
use super::put_right::{bounce, message, was};
use super::record::{breached, by, by_mail, dues, fulfilled};
use crate::desk::*;

pub(super) const NEXT: &str = r#""agreements": [{ "name": "sla", "targets": { "next_response": "2 hours" } }]"#;
const CHASED: &str = r#""metrics": { "chased": { "deliverable": "fix",
        "start": [{ "fact": "message", "author": ["customer"], "visibility": ["public"] }],
        "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }],
        "cancel": [{ "fact": "message", "author": ["automation"] }] } },
    "agreements": [{ "name": "sla", "targets": { "chased": "2 hours" } }]"#;

const BELIEVED: &str = r#""corrections": { "window": "24 hours", "four_eyes": false }, "#;
pub(super) const FOUR_EYES: &str = r#""corrections": { "window": "24 hours", "four_eyes": true }, "#;
pub(super) const MAIL: &str = r#"{"system": "mail"}"#;
pub(super) const ADA: &str = r#"{"agent": "ada"}"#;
pub(super) const BEN: &str = r#"{"agent": "ben"}"#;

/// Ada's ticket, whose first response is given. Whatever is asked is asked at nine, and due at eleven.
pub(super) fn answered_once(rules: &str) -> Desk {
    let mut desk = Desk::with(&format!("{{ {rules} }}"));
    desk.at("02 08:00", OPEN);
    desk.at("02 08:30", ANSWER);
    desk.at("02 08:40", r#"{"room": "ticket", "type": "assign", "to": {"team": "desk", "agent": "ada"}}"#);
    desk
}

/// Something is found and something is claimed, in either order.
struct Tale {
    name: &'static str,
    rules: String,
    told: Vec<(&'static str, String)>,
    found: String,
    /// When it is found, before and after the claim.
    around: [&'static str; 2],
    claimed: String,
    at: &'static str,
    /// When it is said to have happened, if it is told only now.
    happened: Option<&'static str>,
    /// What shows that what was claimed was none.
    none: Option<String>,
}

impl Tale {
    fn play(&self, corrections: &str, finder: &str, found_first: bool) -> Desk {
        let mut desk = answered_once(&format!("{corrections}{}", self.rules));
        for (at, order) in &self.told {
            desk.at(at, order);
        }
        if found_first {
            by(&mut desk, finder, self.around[0], &self.found);
        }
        match self.happened {
            Some(happened) => desk.claimed(self.at, happened, &self.claimed),
            None => desk.at(self.at, &self.claimed),
        };
        if !found_first {
            by(&mut desk, finder, self.around[1], &self.found);
        }
        desk
    }
}

type Told = Vec<(&'static str, String)>;

/// A mail that is claimed to be older than it is taken in.
fn older(name: &'static str, told: Told, found: &str, around: [&'static str; 2]) -> Tale {
    Tale {
        name,
        rules: NEXT.to_owned(),
        told,
        found: found.to_owned(),
        around,
        claimed: message("agent", "public", "m-3"),
        at: "02 13:00",
        happened: Some("02 10:00"),
        none: Some(bounce("m-3")),
    }
}

/// A note of then that is claimed to have been an answer.
fn note(name: &'static str, written: &'static str, told: Told, found: &str, around: [&'static str; 2]) -> Tale {
    let mut told = told;
    told.push((written, message("agent", "internal", "m-3")));
    told.sort();
    Tale {
        claimed: was("m-3", "agent", "public"),
        happened: None,
        none: Some(was("m-3", "agent", "internal")),
        ..older(name, told, found, around)
    }
}

/// What is claimed after the deadline of a question that had been filed as something else.
fn of_a_question_that_is_found() -> [Tale; 4] {
    let told = || vec![("02 09:00", message("third_party", "public", "q-1"))];
    let (asked, around) = (was("q-1", "customer", "public"), ["02 11:30", "02 14:00"]);
    [
        older("an older mail", told(), &asked, around),
        note("a note", "02 10:00", told(), &asked, around),
        Tale {
            claimed: r#"{"room": "ticket", "type": "need_no_reply"}"#.into(),
            none: None,
            ..older("that no reply was needed", told(), &asked, around)
        },
        Tale {
            rules: CHASED.to_owned(),
            claimed: message("automation", "public", "m-3"),
            none: Some(was("m-3", "third_party", "public")),
            ..older("what makes it needless", told(), &asked, around)
        },
    ]
}

/// What is claimed after the deadline of a question whose answer bounces.
fn of_an_answer_that_bounces() -> [Tale; 4] {
    let answered =
        |at| vec![("02 09:00", message("customer", "public", "q-1")), (at, message("agent", "public", "m-2"))];
    let bounced = bounce("m-2");
    let [in_time, late] = [["02 12:30", "02 14:00"]; 2];
    [
        older("an older mail beside an answer in time", answered("02 09:30"), &bounced, in_time),
        older("an older mail beside a late answer", answered("02 12:00"), &bounced, late),
        note("a later note beside an answer in time", "02 10:00", answered("02 09:30"), &bounced, in_time),
        note("a note beside a late answer", "02 10:00", answered("02 12:00"), &bounced, late),
    ]
}

/// A note that had been written before the answer.
fn of_an_earlier_note() -> Tale {
    let told =
        vec![("02 09:00", message("customer", "public", "q-1")), ("02 10:30", message("agent", "public", "m-2"))];
    note("an earlier note beside an answer in time", "02 09:45", told, &bounce("m-2"), ["02 12:30", "02 14:00"])
}

fn tales() -> Vec<Tale> {
    [of_an_earlier_note()].into_iter().chain(of_a_question_that_is_found()).chain(of_an_answer_that_bounces()).collect()
}

/// Who may not is not believed, and what is on record is the same in either order.
#[track_caller]
fn is_not_believed(tale: &Tale, corrections: &str) {
    for finder in [MAIL, BEN] {
        let desks = [true, false].map(|found_first| tale.play(corrections, finder, found_first));
        let case = format!("{}, found by {finder}, {corrections}", tale.name);
        assert_eq!(desks.each_ref().map(breached), [1, 1], "{case}");
        assert_eq!(stands(&desks[0]), stands(&desks[1]), "{case}");
    }
}

/// Nobody may where no rulebook says so.
#[test]
fn no_claim_takes_a_breach_off_the_record_whatever_is_found_before_or_after_it() {
    for tale in tales() {
        is_not_believed(&tale, "");
    }
}

/// Nor may whoever answers for it where it takes four eyes, and whoever tells of a bounce has not vouched for the claim.
#[test]
fn four_eyes_are_not_those_of_whoever_finds_something_else() {
    for tale in tales() {
        is_not_believed(&tale, FOUR_EYES);
    }
}

/// "Inside the correction window" of what is broken is when it is claimed, and not when the late answer bounces.
#[test]
fn a_claim_out_of_the_window_takes_no_breach_off_the_record() {
    let [_, mail, _, note] = of_an_answer_that_bounces();
    for tale in [mail, note] {
        is_not_believed(&tale, r#""corrections": { "window": "10 minutes", "four_eyes": false }, "#);
    }
}

/// What was corrected inside the window stays so, however late the late answer bounces.
#[test]
fn what_was_claimed_inside_the_window_counts_after_it_too() {
    for (window, broken) in [("119 minutes", 1), ("2 hours", 0), ("5 hours", 0)] {
        let [_, late, ..] = of_an_answer_that_bounces();
        let desk =
            late.play(&format!(r#""corrections": {{ "window": "{window}", "four_eyes": false }}, "#), MAIL, false);
        assert_eq!((breached(&desk), fulfilled(&desk)), (broken, 1 - broken), "{window}");
    }
}

/// Where whoever claims may, the claim takes the breach back in either order; and where it was none, it is broken and owed.
#[test]
fn a_claim_that_counts_takes_the_breach_back_whatever_is_found_before_or_after_it() {
    for tale in tales() {
        for found_first in [true, false] {
            let mut desk = tale.play(BELIEVED, MAIL, found_first);
            assert_eq!((breached(&desk), dues(&desk).len()), (0, 0), "{}, found first: {found_first}", tale.name);
            let Some(none) = &tale.none else { continue };
            by_mail(&mut desk, "02 17:00", none);
            assert_eq!((breached(&desk), dues(&desk).len()), (1, 1), "{}, found first: {found_first}", tale.name);
        }
    }
}

/// Whoever takes it back, it is owed an answer by the deadline that it had.
#[test]
fn what_only_a_claim_had_answered_is_owed_again_where_that_was_none() {
    let owed = (1, 0, vec!["02T11:00:00Z".to_owned()]);
    for tale in tales() {
        let Some(none) = &tale.none else { continue };
        for (found_first, who) in [(true, MAIL), (true, ADA), (false, MAIL), (false, ADA)] {
            let mut desk = tale.play("", MAIL, found_first);
            let said = by(&mut desk, who, "02 17:00", none);
            assert_eq!(stands(&desk), owed, "{}, found first: {found_first}, {who}: {said:?}", tale.name);
        }
    }
}

/// A claim that is made before the deadline takes nothing off the record; where it was none, the question is owed an answer.
#[test]
fn what_is_claimed_in_time_is_in_time_whatever_is_found_before_or_after_it() {
    let early = |tale: Tale| Tale { at: "02 10:30", around: ["02 10:15", "02 13:00"], ..tale };
    let [in_time, _, later, _] = of_an_answer_that_bounces();
    for tale in of_a_question_that_is_found().into_iter().chain([in_time, later]).map(early) {
        for found_first in [true, false] {
            let mut desk = tale.play("", MAIL, found_first);
            assert_eq!((breached(&desk), dues(&desk).len()), (0, 0), "{}, found first: {found_first}", tale.name);
            let Some(none) = &tale.none else { continue };
            let said = by_mail(&mut desk, "02 17:00", none);
            let owed = (1, 0, vec!["02T11:00:00Z".to_owned()]);
            assert_eq!(stands(&desk), owed, "{}, found first: {found_first}: {said:?}", tale.name);
        }
    }
}

/// Promised, with pauses, in working time, or of one agreement of several.
#[test]
fn what_only_a_claim_had_answered_is_owed_again_by_whatever_clock_it_runs() {
    let pending = r#""pause": [{ "reason": "customer", "when": { "status": ["pending"] } }]"#;
    let pausable = format!(r#"{{ "budget": "2 hours", "pausable": {{ "total": "8 hours" }}, {pending} }}"#);
    let office = r#""calendar": { "time_zone": "UTC", "weekly": { "mon-fri": ["08:00-18:00"] } }, "#;
    let gold =
        r#"[{ "name": "gold", "when": { "priority": ["high"] }, "targets": { "next_response": "1 hour" } }, { "name""#;
    for rules in [
        NEXT.replace(r#""targets""#, r#""binding": "promised", "targets""#),
        NEXT.replace(r#""2 hours""#, &pausable),
        office.to_owned() + &NEXT.replace("2 hours", "2 working hours"),
        NEXT.replace(r#"[{ "name""#, gold),
    ] {
        for tale in of_an_answer_that_bounces() {
            let tale = Tale { rules: rules.clone(), ..tale };
            let mut desk = tale.play("", MAIL, false);
            by_mail(&mut desk, "02 17:00", &tale.none.expect("it was none"));
            assert_eq!(dues(&desk), ["2026-03-02T11:00:00Z"], "{}: {rules}", tale.name);
        }
    }
}

/// Whether somebody is believed is said by the edition that a clock goes by: a later one, which lets more or less be put right, moves nothing of it.
#[test]
fn what_may_be_claimed_is_said_by_the_edition_of_what_is_owed() {
    let corrections = r#""corrections": { "window": "24 hours", "four_eyes": false }"#;
    for [first, second] in [[corrections, ""], ["", corrections]] {
        let agreements = r#""agreements": [{ "name": "sla", "targets": { "next_response": "4 hours" } }]"#;
        let edition =
            |more: &str| if more.is_empty() { agreements.to_owned() } else { format!("{agreements}, {more}") };
        let (one, two) = (edition(first), edition(second));
        let mut desk =
            Desk::with(&format!(r#"{{ "editions": [{{ {one} }}, {{ "from": "2026-03-02T11:30:00Z", {two} }}] }}"#));
        desk.at("02 08:00", OPEN);
        desk.at("02 08:30", ANSWER);
        desk.at("02 09:00", ASK);
        desk.at("02 10:00", &message("agent", "internal", "n-1"));
        desk.at("02 11:00", &message("agent", "public", "m-1"));
        let said = desk.at("02 12:00", &was("n-1", "agent", "public"));
        assert_eq!(said.last().unwrap().ends_with("fulfilled 02 10:00"), !first.is_empty(), "{said:?}");
    }
}

/// One that was late by his own word keeps nothing, where the answer that had kept it bounces: it was late since he claimed it, and owed once more where it
/// bounces as well. So it is where the clock stands meanwhile.
#[test]
fn what_is_claimed_to_have_been_late_is_late_since_it_is_claimed_and_owed_once_more_where_it_bounces() {
    for corrections in ["", BELIEVED, FOUR_EYES] {
        for tells in [None, Some("02 11:30"), Some("02 10:30")] {
            let mut desk = answered_once(&format!("{corrections}{NEXT}"));
            desk.at("02 09:00", &message("customer", "public", "q-1"));
            desk.at("02 10:00", &message("agent", "public", "m-0"));
            let mail = message("agent", "public", "m-1");
            match tells {
                None => desk.at("02 12:00", &mail),
                Some(claimed) => desk.claimed("02 12:00", claimed, &mail),
            };
            let said = by_mail(&mut desk, "02 13:00", &bounce("m-0"));
            let believed = corrections == BELIEVED && tells == Some("02 10:30");
            let expected = (u64::from(!believed), u64::from(believed), Vec::new());
            assert_eq!(stands(&desk), expected, "{corrections} {tells:?}");
            let late = said.iter().find_map(|line| line.split_once(" late ")).map(|(_, late)| late);
            assert_eq!(late, (!believed).then_some("02 12:00, by 3600 s"), "{corrections} {tells:?}: {said:?}");
            by_mail(&mut desk, "02 14:00", &bounce("m-1"));
            assert_eq!(stands(&desk).2, ["02T11:00:00Z"], "{corrections} {tells:?}");
        }
    }
}

/// Where claims are believed, an older one beside a late answer is believed as well: in whatever order something else is put right.
#[test]
fn an_older_answer_that_is_claimed_beside_a_late_one_keeps_it_in_any_order() {
    for claimed in [true, false] {
        let older = |desk: &mut Desk| {
            let mail = message("agent", "public", "m-1");
            if claimed {
                desk.claimed("02 12:40", "02 10:30", &mail)
            } else {
                desk.fetched("02 12:40", "02 10:30", &mail)
            }
        };
        for found_first in [true, false] {
            let mut desk = answered_once(&format!("{BELIEVED}{NEXT}"));
            desk.at("02 09:00", &message("third_party", "public", "q-1"));
            let found = was("q-1", "customer", "public");
            if found_first {
                by_mail(&mut desk, "02 09:10", &found);
            }
            desk.at("02 12:00", &message("agent", "public", "m-2"));
            older(&mut desk);
            if !found_first {
                by_mail(&mut desk, "02 13:00", &found);
            }
            assert_eq!(stands(&desk), (0, 1, Vec::new()), "claimed: {claimed}, found first: {found_first}");
        }
        for bounces in [true, false] {
            let mut desk = answered_once(&format!("{BELIEVED}{NEXT}"));
            desk.at("02 09:00", &message("customer", "public", "q-1"));
            desk.at("02 12:00", &message("agent", "public", "m-2"));
            if bounces {
                desk.claimed("02 12:30", "02 10:00", &message("agent", "public", "m-0"));
            }
            older(&mut desk);
            if bounces {
                by_mail(&mut desk, "02 13:00", &bounce("m-0"));
            }
            assert_eq!(stands(&desk), (0, 1, Vec::new()), "claimed: {claimed}, another bounces: {bounces}");
        }
    }
}
