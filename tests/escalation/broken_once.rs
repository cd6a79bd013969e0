//! What a reader with fresh eyes broke: causes that nobody heard of, requests that were ended by the wrong one, reports that contradict.

use owed::escalation::{Event as Climb, Subject};

use crate::desk::{ANSWER, Desk, OPEN, promise, promise_id, promise_with};

fn order(order: &str, more: &str) -> String {
    format!(r#"{{"room": "escalation", "type": "{order}"{more}}}"#)
}

fn told(said: &[String]) -> Vec<&String> {
    said.iter().filter(|line| line.contains(" tells ") || line.contains("exhausted")).collect()
}

fn by(desk: &mut Desk, at: &str, who: &str, order: &str) -> Result<(), String> {
    let mut command = desk.command(at, order);
    command.by = serde_json::from_str(who).unwrap();
    desk.handle(&command).map(|_| ()).map_err(|refused| refused.why.code().to_owned())
}

const URGENT: &str = r#"{"room": "ticket", "type": "set_priority", "priority": "1"}"#;
const CALM: &str = r#"{"room": "ticket", "type": "set_priority", "priority": "3"}"#;
const ON_HOLD: &str = r#"{"room": "ticket", "type": "set_status", "status": "on_hold"}"#;

/// "Never silent": of a breach that comes when all have heard of the warning, somebody hears.
#[test]
fn a_cause_that_joins_an_exhausted_escalation_is_heard_of() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladder": "w", "ladders": [{ "name": "w", "causes": ["warned", {"on": "breached", "rung": 2}],
            "rungs": [{ "notify": "owner", "wait": "1 hour" }, { "notify": "lead", "wait": "1 hour" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise_with('a', r#"{"within": "264 hours"}"#, r#", "warn": ["240 hours before"]"#));
    desk.wake("13 08:00");
    let said = desk.wake("13 09:30");
    assert!(!told(&said).is_empty(), "{said:?}");
    assert_eq!(desk.next().as_deref(), Some("14 09:00:00.000001 Reminder"), "and again a day later");
}

#[test]
fn an_agent_who_asks_for_an_exhausted_ladder_is_heard() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladders": [{ "name": "w", "causes": [{"while": {"priority": ["1"]}}],
            "rungs": [{ "notify": "owner", "wait": "1 hour" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", URGENT);
    desk.wake("09 12:00");
    let said = desk.at("09 12:00:01", &order("escalate", r#", "ladder": "w", "reason": "he threatens to leave""#));
    assert!(!told(&said).is_empty(), "{said:?}");
}

/// "Several causes may feed one escalation": also those that one fact brings, and it begins with the one that is heard of first, highest.
#[test]
fn the_second_breach_of_a_chain_begins_on_its_own_rung() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladder": "w", "ladders": [{ "name": "w",
            "causes": ["breached", {"on": "breached", "times": 2, "rung": 2}],
            "rungs": [{ "notify": "lead", "wait": "100 hours" }, { "notify": "boss", "wait": "1 hour" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.wake("02 10:30");
    desk.at("02 11:00", &promise_with('b', r#"{"within": "1 hour"}"#, r#", "repairs": "@a""#));
    let said = desk.wake("02 12:30");
    assert!(said.iter().any(|line| line.contains("tells boss")), "{said:?}");
    let notices = desk.events.iter().rev().find_map(|recorded| match &recorded.event {
        owed::Event::Escalation(Climb::Notified(notice)) => Some(notice.why.len()),
        _ => None,
    });
    assert_eq!(notices, Some(2), "whoever hears of it hears of both");
}

#[test]
fn what_need_not_last_is_heard_of_first_wherever_it_is_written() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladders": [{ "name": "w",
            "causes": [{"while": {"priority": ["1", "2"]}, "after": "48 hours"}, {"while": {"priority": ["1"]}, "rung": 2}],
            "rungs": [{ "notify": "lead", "wait": "100 hours" }, { "notify": "boss", "wait": "1 hour" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    let said = desk.at("02 09:10", URGENT);
    assert!(said.iter().any(|line| line.contains("tells boss")), "{said:?}");
}

const TWO_THAT_LAST: &str = r#"{ "agreements": [], "ladders": [{ "name": "w",
    "causes": [{"while": {"status": ["on_hold"]}, "after": "48 hours"}, {"while": {"priority": ["1"]}, "after": "1 hour", "rung": 2}],
    "rungs": [{ "notify": "owner", "wait": "100 hours" }, { "notify": "boss", "wait": "1 hour" }] }] }"#;

/// Each cause has to last for itself, and the one that has is heard of.
#[test]
fn what_joins_and_has_lasted_is_heard_of_then() {
    let mut desk = Desk::with(TWO_THAT_LAST);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", ON_HOLD);
    desk.at("02 10:00", URGENT);
    assert_eq!(desk.next().as_deref(), Some("02 11:00:00.000001 Rung"));
    let said = desk.wake("02 11:01");
    assert!(said.iter().any(|line| line.contains("tells boss")), "{said:?}");
    let why = desk.events.iter().rev().find_map(|recorded| match &recorded.event {
        owed::Event::Escalation(Climb::Notified(notice)) => Some(notice.why.len()),
        _ => None,
    });
    assert_eq!(why, Some(1), "he has been on hold for two hours of forty-eight");
}

#[test]
fn what_goes_before_it_has_lasted_is_heard_of_by_nobody() {
    let mut desk = Desk::with(TWO_THAT_LAST);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", URGENT);
    desk.at("02 09:30", ON_HOLD);
    desk.at("02 09:40", CALM);
    assert_eq!(desk.next().as_deref(), Some("04 09:30:00.000001 Rung"));
    assert!(told(&desk.wake("04 09:00")).is_empty());
    let said = desk.wake("04 09:31");
    assert!(said.iter().any(|line| line.contains("tells owner")), "{said:?}");
}

#[test]
fn what_has_lasted_takes_it_up_to_its_rung() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladders": [{ "name": "w",
            "causes": [{"while": {"priority": ["1"]}}, {"while": {"status": ["on_hold"]}, "after": "1 hour", "rung": 2}],
            "rungs": [{ "notify": "owner", "wait": "100 hours" }, { "notify": "head", "wait": "1 hour" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", URGENT);
    desk.at("02 09:30", ON_HOLD);
    assert_eq!(
        desk.wake("02 10:45"),
        [
            "02 10:30 by time: w: cause 1 has lasted",
            "02 10:30 by time: w tells head #2 (rung 2 round 0 lapse 0), planned 02 10:30, next 02 11:30",
        ]
    );
}

/// Of what somebody has heard nothing is left, and something has still to last: it begins by itself.
#[test]
fn what_has_still_to_last_begins_by_itself() {
    let mut desk = Desk::with(TWO_THAT_LAST);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", URGENT);
    desk.wake("02 10:01");
    desk.at("02 10:10", ON_HOLD);
    let said = desk.at("02 10:20", CALM);
    assert!(said.iter().any(|line| line.contains("moot")), "{said:?}");
    assert_eq!(desk.next().as_deref(), Some("04 10:10:00.000001 Rung"), "{said:?}");
}

fn given_on(name: char, within: &str) -> String {
    format!(
        r#"{{"room": "commitment", "type": "delegate", "commitment": "@a", "promise": {{"commitment": "@{name}", "deliverable": "fix",
            "beneficiary": {{"team": "desk"}}, "owner": {{"team": "network"}}, "due": {{"within": "{within}"}}}}}}"#
    )
}

fn in_parts(parts: &[(char, &str)]) -> Desk {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladder": "w", "ladders": [{ "name": "w", "causes": ["at_risk"],
            "rungs": [{ "notify": "lead", "wait": "1 hour" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "60 hours"}"#));
    for (name, within) in parts {
        desk.at("02 09:01", &given_on(*name, within));
    }
    desk
}

fn is_heard_of(desk: &Desk, name: char) -> bool {
    desk.ticket.escalations().live().any(|one| one.subject == Subject::Commitment(promise_id(name)))
}

#[test]
fn of_two_broken_parts_the_other_is_still_heard_of() {
    let mut desk = in_parts(&[('b', "1 hour"), ('c', "2 hours")]);
    desk.wake("02 11:30");
    desk.at("02 12:00", r#"{"room": "commitment", "type": "fulfil", "commitment": "@b"}"#);
    assert!(is_heard_of(&desk, 'a'));
    desk.at("02 12:10", r#"{"room": "commitment", "type": "fulfil", "commitment": "@c"}"#);
    assert!(!is_heard_of(&desk, 'a'));
}

#[test]
fn a_part_that_cannot_be_done_is_at_risk_more_than_ever() {
    let mut desk = in_parts(&[('b', "5 hours")]);
    desk.at("02 12:00", r#"{"room": "commitment", "type": "declare_impossible", "commitment": "@b", "notice": "m-3"}"#);
    assert!(is_heard_of(&desk, 'a'));
}

/// What somebody's action ends begins again with it, also where the ticket is heard of for another reason meanwhile.
#[test]
fn no_owner_action_begins_again_beside_another_cause() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladders": [{ "name": "w", "causes": [
                { "while": { "status": ["new", "open"] }, "after": "4 hours", "until": [{ "fact": "message", "author": ["agent"] }] },
                {"while": {"priority": ["1"]}}],
            "rungs": [{ "notify": "owner", "wait": "1 hour" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", URGENT);
    desk.at("02 10:00", ANSWER);
    desk.at("02 10:10", CALM);
    assert!(desk.next().is_some(), "nothing is done for days, and somebody hears");
}

/// A ladder that is there for requests is climbed by those, and by what is told to climb it.
#[test]
fn what_is_not_told_to_climb_a_ladder_does_not() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladders": [{ "name": "complaint", "causes": ["customer_request", "breached"],
            "rungs": [{ "notify": "supervisor", "wait": "2 hours" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.wake("02 10:30");
    assert_eq!(desk.ticket.escalations().all().count(), 0);
}

/// Those higher hear of what is theirs, also where somebody has put the rest off.
#[test]
fn a_higher_cause_is_heard_of_in_a_snooze() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladders": [{ "name": "w", "hold": "1 hour",
            "causes": [{"while": {"status": ["on_hold"]}}, {"while": {"priority": ["1"]}, "rung": 2}],
            "rungs": [{ "notify": "owner", "wait": "10 hours" }, { "notify": "head", "wait": "10 hours" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", ON_HOLD);
    let later = r#", "escalation": "^w", "until": "2026-03-05T09:00:00Z", "reason": "later""#;
    desk.at("02 09:10", &order("snooze", later));
    let said = desk.at("02 09:30", URGENT);
    assert!(said.iter().any(|line| line.contains("tells head")), "{said:?}");
}

/// "One notice per role and window": but each owner is somebody else.
#[test]
fn what_one_owner_has_heard_says_nothing_of_another() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladder": "w", "ladders": [{ "name": "w", "window": "4 hours", "causes": ["breached"],
            "rungs": [{ "notify": "owner", "wait": "1 hour" }, { "notify": "lead", "wait": "1 hour" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    for (name, team, within) in [('a', "network", "1 hour"), ('b', "billing", "2 hours")] {
        let within = format!(r#"{{"within": "{within}"}}"#);
        desk.at(
            "02 09:00",
            &promise(name, &within).replace(r#""team": "desk", "agent": "ada""#, &format!(r#""team": "{team}""#)),
        );
    }
    desk.wake("02 11:01");
    let together = desk.events.iter().filter(|recorded| match &recorded.event {
        owed::Event::Escalation(Climb::Notified(notice)) => {
            notice.digest.is_some() && notice.brief.owner.as_ref().is_some_and(|owner| owner.team.as_str() == "billing")
        }
        _ => false,
    });
    assert_eq!(together.count(), 0, "billing has heard of nothing yet");
}

/// Where somebody has heard of a notice there is somebody; and what was said is not said twice.
#[test]
fn reports_do_not_contradict_each_other() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladders": [{ "name": "w", "causes": [{"while": {"priority": ["1"]}}],
            "rungs": [{ "notify": "a", "wait": "1 hour", "if_nobody": "wait" }, { "notify": "b", "wait": "1 hour" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", URGENT);
    let nobody = order("nobody_there", r#", "escalation": "^w", "notice": 1"#);
    desk.at("02 09:01", &nobody);
    assert!(desk.at("02 09:02", &nobody).is_empty(), "it was said");
    desk.at("02 09:03", &order("reached", r#", "escalation": "^w", "notice": 1, "who": "zoe""#));
    assert_eq!(by(&mut desk, "02 09:04", r#"{"system": "x"}"#, &nobody), Err("already_reached".into()));
}

fn asked() -> Desk {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "supervisor": { "within": "30 minutes", "owner": { "team": "supervisors" } },
             "ladders": [{ "name": "complaint", "causes": ["customer_request"], "rungs": [{ "notify": "supervisor", "wait": "10 minutes" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 14:07", &order("ask_for_decision", r#", "about": "bob", "message": "m-1""#));
    desk
}

fn decline(reason: &str, more: &str) -> String {
    let offer = format!(
        r#"{{"commitment": "@a", "deliverable": "callback", "beneficiary": "c-1", "owner": {{"team": "supervisors"}},
            "due": {{"at": "2026-03-03T09:00:00Z"}}{more}}}"#
    );
    order("decline", &format!(r#", "reason": "{reason}", "told": "m-2", "offer": {offer}"#))
}

/// Nor does he quiet those who are to hear of it, and no promise stands in for the decision.
#[test]
fn the_agent_complained_of_quiets_nothing() {
    for (what, more) in [
        ("acknowledge", ""),
        ("snooze", r#", "until": "2026-03-03T09:00:00Z", "reason": "later""#),
        ("de_escalate", r#", "justification": "fine""#),
    ] {
        let mut desk = asked();
        let order = order(what, &format!(r#", "escalation": "^complaint"{more}"#));
        assert_eq!(by(&mut desk, "02 14:10", r#"{"agent": "bob"}"#, &order), Err("complained_of".into()), "{what}");
        assert_eq!(by(&mut desk, "02 14:10", r#"{"ai": "helper"}"#, &order), Err("not_the_desk".into()), "{what}");
        assert_eq!(by(&mut desk, "02 14:10", r#"{"agent": "zoe"}"#, &order), Ok(()), "{what}");
    }
    let mut desk = asked();
    desk.wake("02 15:00");
    let instead = promise_with('r', r#"{"within": "900 hours"}"#, r#", "repairs": "@decision""#);
    assert_eq!(by(&mut desk, "02 15:20", r#"{"agent": "zoe"}"#, &instead), Err("to_be_decided".into()));
}

#[test]
fn what_is_offered_instead_is_owed_outright() {
    let condition = r#", "condition": {"what": "a form", "limit": {"at": "2026-03-02T20:00:00Z"}}"#;
    for more in [condition, r#", "repairs": "@decision""#] {
        let mut desk = asked();
        desk.wake("02 15:00");
        let order = decline("outside the warranty", more);
        assert_eq!(by(&mut desk, "02 15:20", r#"{"agent": "zoe"}"#, &order), Err("not_outright".into()), "{more}");
    }
}

/// That nobody has time is no reason, however it is said; and a reason is not taken for that because of a word in it.
#[test]
fn a_reason_is_read_with_care() {
    for reason in [
        "not in the scope of the contract",
        "the refund is not in our power to give",
        "the part is unavailable from the maker",
    ] {
        assert_eq!(by(&mut asked(), "02 14:20", r#"{"agent": "zoe"}"#, &decline(reason, "")), Ok(()), "{reason}");
    }
    for none in [
        "nobody is available",
        "no supervisor is free",
        "no one available",
        "we have no time",
        "there isn't any time",
        "very busy",
        "no",
        "x",
    ] {
        let said = by(&mut asked(), "02 14:20", r#"{"agent": "zoe"}"#, &decline(none, ""));
        assert_eq!(said, Err("no_reason".into()), "{none}");
    }
}

#[test]
fn working_time_for_a_decision_needs_a_calendar() {
    for supervisor in
        [r#"{ "within": "2 working hours" }"#, r#"{ "within": "2 hours", "warn": ["1 working hour before"] }"#]
    {
        let rules = format!(r#"{{ "agreements": [], "supervisor": {supervisor} }}"#);
        let told = serde_json::from_str::<owed::Rulebook>(&rules).expect_err("there is no calendar").to_string();
        assert!(told.contains("supervisor: working time needs a calendar"), "{told}");
    }
}

/// "Editing changes no running escalation": also not its hours, where somebody asks for it again.
#[test]
fn what_is_asked_for_again_goes_on_by_its_own_hours() {
    let edition = |hours: &str, from: &str| {
        format!(
            r#"{{ {from} "calendars": {{ "office": {{ "time_zone": "UTC", "weekly": {{ "mon-fri": ["{hours}"] }} }} }}, "calendar": "office",
                "agreements": [], "ladders": [{{ "name": "w", "causes": [{{"while": {{"priority": ["1"]}}, "after": "2 hours"}}],
                    "rungs": [{{ "notify": "lead", "wait": "4 working hours" }}, {{ "notify": "boss", "wait": "4 working hours" }}] }}] }}"#
        )
    };
    let later = edition("10:00-11:00", r#""from": "2026-03-02T10:00:00Z","#);
    let mut desk = Desk::with(&format!(r#"{{ "editions": [{}, {later}] }}"#, edition("09:00-17:00", "")));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", URGENT);
    let said = desk.at("02 10:10", &order("escalate", r#", "ladder": "w", "reason": "he calls again""#));
    assert!(said.iter().any(|line| line.ends_with("next 02 14:10")), "{said:?}");
}

/// Whoever hears of a ticket that stands still is told in which language its customer writes.
#[test]
fn whoever_hears_of_a_ticket_is_told_its_language() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladders": [{ "name": "w", "causes": [{"while": {"status": ["on_hold"]}}],
            "rungs": [{ "notify": "owner", "wait": "1 hour" }] }] }"#,
    );
    desk.at("02 09:00", r#"{"room": "ticket", "type": "open", "requester": "c-1", "about": {"language": "tr"}}"#);
    desk.at("02 09:10", ON_HOLD);
    let told = desk.events.iter().find_map(|recorded| match &recorded.event {
        owed::Event::Escalation(Climb::Notified(notice)) => Some(&notice.brief),
        _ => None,
    });
    let language = told.and_then(|brief| brief.language.as_ref());
    assert_eq!(language.map(owed::Name::as_str), Some("tr"));
}
