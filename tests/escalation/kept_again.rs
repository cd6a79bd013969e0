//! More that is kept of escalations to the letter: who has heard of what when two tickets are one, and what happens at the very instant.

use owed::commitment::Owner;
use owed::escalation::{Event as Told, Notice, Why};
use owed::{Event, Reader, Task, effects};

use crate::desk::*;

pub fn order(order: &str, more: &str) -> String {
    format!(r#"{{"room": "escalation", "type": "{order}"{more}}}"#)
}

pub const HELD: &str = r#"{"room": "ticket", "type": "set_status", "status": "on_hold"}"#;
pub const VIP: &str = r#"{"room": "ticket", "type": "tag", "add": ["vip"]}"#;
pub const ASKED: &str = r#"{"room": "escalation", "type": "escalate", "ladder": "watch", "reason": "out of my depth"}"#;
pub const URGENT: &str = r#"{ "while": { "priority": ["1"] } }"#;

/// A ladder of three rungs.
pub fn ladder(name: &str, causes: &str) -> String {
    format!(
        r#"{{ "name": "{name}", "causes": [{causes}], "lapses": 1, "rungs": [{{ "notify": "team", "wait": "1 hour" }},
             {{ "notify": "lead", "wait": "1 hour" }}, {{ "notify": "head", "wait": "1 hour" }}] }}"#
    )
}

pub fn with_ladders(ladders: &[String]) -> Desk {
    Desk::with(&format!(r#"{{ "agreements": [], "ladder": "watch", "ladders": [{}] }}"#, ladders.join(", ")))
}

pub fn watched(causes: &str) -> Desk {
    with_ladders(&[ladder("watch", causes)])
}

pub fn notices(desk: &Desk) -> Vec<&Notice> {
    let told = desk.events.iter().filter_map(|recorded| match &recorded.event {
        Event::Escalation(Told::Notified(notice)) => Some(&**notice),
        _ => None,
    });
    told.collect()
}

/// How many escalations go over when the first ticket is merged into the second at half past eleven.
fn carried(mut desk: Desk, here: &[(&str, &str)], there: &[(&str, &str)]) -> usize {
    desk.at("02 09:00", OPEN);
    here.iter().for_each(|(at, order)| drop(desk.at(at, order)));
    desk.swap();
    desk.at("02 09:00", OPEN);
    there.iter().for_each(|(at, order)| drop(desk.at(at, order)));
    desk.swap();
    let [_, to] = desk.merge("02 11:30");
    to.iter().filter(|line| line.ends_with(" carried in")).count()
}

/// Whoever hears of it there has heard of all of it, and as early.
#[test]
fn what_is_heard_of_there_as_far_up_is_not_carried_over() {
    let urgent = priority("1");
    let [nine, ten, eleven] = ["02 09:10", "02 10:10", "02 11:10"].map(|at| (at, urgent.as_str()));
    let go = |here: &[_], there: &[_]| carried(watched(URGENT), here, there);
    assert_eq!(go(&[ten], &[nine]), 0, "there it is a rung higher");
    assert_eq!(go(&[nine], &[nine]), 0, "there it is as far");
    assert_eq!(go(&[nine], &[ten]), 1, "there it is a rung lower");
    assert_eq!(go(&[nine], &[eleven]), 1, "and two rungs lower");
    assert_eq!(go(&[nine], &[]), 1);
    let lasting = r#"{ "while": { "status": ["on_hold"] }, "after": "2 hours" }"#;
    let [early, late] = ["02 09:10", "02 11:10"].map(|at| (at, HELD));
    let go = |here: &[_], there: &[_]| carried(watched(lasting), here, there);
    assert_eq!(go(&[early], &[late]), 1, "nobody has heard of it there yet");
    assert_eq!(go(&[late], &[early]), 0, "nobody has heard of it here yet");
    assert_eq!(go(&[late], &[late]), 0, "nor on either");
}

#[test]
fn what_is_heard_of_there_for_another_reason_is_carried_over() {
    let tagged = r#"{ "while": { "tags": ["vip"] } }"#;
    let urgent = priority("1");
    let (urgent, vip) = (("02 11:10", urgent.as_str()), ("02 11:10", VIP));
    let one = || watched(&format!("{URGENT}, {tagged}"));
    assert_eq!(carried(one(), &[urgent], &[vip]), 1, "another cause");
    assert_eq!(carried(one(), &[urgent, vip], &[vip]), 1, "one cause more");
    assert_eq!(carried(one(), &[vip], &[urgent, vip]), 0, "one cause less");
    let two = || with_ladders(&[ladder("watch", URGENT), ladder("other", tagged)]);
    assert_eq!(carried(two(), &[urgent], &[vip]), 1, "on another ladder");
    let asked = ("02 11:10", ASKED);
    assert_eq!(carried(one(), &[asked], &[asked]), 1, "each has asked for himself");
}

/// Of two that are due at once, that comes first which has been waiting there for longer.
#[test]
fn what_was_carried_in_comes_after_what_was_there() {
    let mut desk = watched(r#""breached""#);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.wake("02 10:30");
    desk.swap();
    desk.at("02 09:00", OPEN);
    (1..10).for_each(|_| drop(desk.at("02 09:00", ASK)));
    desk.at("02 09:00", &promise('b', r#"{"within": "1 hour"}"#));
    desk.wake("02 10:30");
    desk.swap();
    desk.merge("02 10:45");
    desk.swap();
    let said = desk.wake("02 11:10");
    let told: Vec<_> = said.iter().filter_map(|line| Some(line.split_once(" tells lead")?.0)).collect();
    assert_eq!(told, ["02 11:00 by time: watch of promise b", "02 11:00 by time: watch of promise a"]);
}

#[test]
fn each_decision_asked_for_is_another_also_when_one_was_carried_in() {
    let mut desk = watched(URGENT);
    let ask = order("ask_for_decision", "");
    let grant = order("grant", r#", "told": "m-2""#);
    desk.at("02 09:00", OPEN);
    desk.at("02 10:30", &ask);
    desk.swap();
    desk.at("02 09:00", OPEN);
    for hour in ["09", "10"] {
        desk.at(&format!("02 {hour}:10"), &ask);
        desk.at(&format!("02 {hour}:20"), &grant);
    }
    desk.swap();
    desk.merge("02 10:40");
    desk.swap();
    desk.at("02 10:50", &grant);
    assert_eq!(desk.at("02 11:00", &ask)[1], "02 11:00: decision due 02 12:00");
    let mut decisions: Vec<_> = desk.ticket.ledger().all().map(|owed| owed.id).collect();
    decisions.sort();
    decisions.dedup();
    assert_eq!((decisions.len(), desk.ticket.ledger().open().count()), (4, 1));
}

/// What began before on the ladder, and what there is on another, is not what the new rules tell of.
#[test]
fn what_new_rules_tell_of_is_heard_of_whatever_else_was() {
    let ladders = |watch: &str| {
        let held = r#"{ "while": { "status": ["on_hold"] } }"#;
        format!("{}, {}", ladder("watch", watch), ladder("other", held))
    };
    let rules = format!(
        r#"{{ "editions": [{{ "agreements": [], "ladders": [{}] }},
             {{ "from": "2026-03-02T10:00:00Z", "agreements": [], "ladders": [{}] }}] }}"#,
        ladders(URGENT),
        ladders(&format!(r#"{URGENT}, {{ "while": {{ "tags": ["vip"] }} }}"#)),
    );
    let tells = |tagged: &str| {
        let mut desk = Desk::with(&rules);
        let (urgent, no_more) = (priority("1"), priority("2"));
        let mut orders = [("02 09:10", &*urgent), ("02 09:20", &no_more), ("02 09:50", HELD), (tagged, VIP)];
        orders.sort();
        desk.at("02 09:00", OPEN);
        orders.iter().for_each(|(at, order)| drop(desk.at(at, order)));
        let said = desk.at("02 10:10", r#"{"room": "ticket", "type": "replan"}"#);
        said.iter().filter(|line| line.contains(" tells ")).count()
    };
    assert_eq!(tells("02 09:30"), 1, "what was heard of at ten past nine was over by then");
    assert_eq!(tells("02 09:05"), 0, "whoever heard of it at ten past nine could see that");
}

/// A window is over when it ends; only where several were told together then, another begins.
#[test]
fn what_comes_as_a_window_ends_is_not_told_with_it() {
    let with = |dues: &[&str]| {
        let mut desk = Desk::with(
            r#"{ "agreements": [], "ladder": "late", "ladders": [{ "name": "late", "causes": ["breached"], "window": "1 hour",
                 "rungs": [{ "notify": "lead", "wait": "10 hours" }] }] }"#,
        );
        desk.at("02 09:00", OPEN);
        for (name, due) in ('a'..).zip(dues) {
            desk.at("02 09:00", &promise(name, &format!(r#"{{"within": "{due}"}}"#)));
        }
        desk.wake("02 13:00");
        notices(&desk).iter().map(|notice| notice.digest.as_ref().map(|with| with.at)).collect::<Vec<_>>()
    };
    assert_eq!(with(&["1 hour", "2 hours"]), [None, None]);
    assert_eq!(with(&["1 hour", "119 minutes", "2 hours"]), [None, Some(t("02 11:00")), Some(t("02 12:00"))]);
}

#[test]
fn what_waits_for_the_owner_is_told_to_that_owner() {
    let mut desk = Desk::with(
        r#"{ "agreements": [], "ladder": "late", "ladders": [{ "name": "late", "causes": ["breached"], "window": "4 hours",
             "rungs": [{ "notify": "owner", "wait": "10 hours" }] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "1 hour"}"#));
    desk.at("02 09:00", &promise('b', r#"{"within": "2 hours"}"#));
    desk.wake("02 12:00");
    let told = desk.events.iter().flat_map(effects).map(|effect| effect.task);
    let keys = told.filter(|task| matches!(task, Task::Notify { .. })).filter_map(|task| task.digest_key());
    let ada: Owner = serde_json::from_str(r#"{"team": "desk", "agent": "ada"}"#).expect("an owner");
    assert_eq!(keys.map(|key| key.reader).collect::<Vec<_>>(), [Reader::Owner(ada)]);
}

#[test]
fn what_has_lasted_just_then_is_heard_of_at_once() {
    let mut desk = watched(
        r#"{ "on": { "fact": "message", "author": ["customer"] }, "after": "4 hours", "until": [{ "fact": "message", "author": ["agent"] }] }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", ASK);
    desk.at("02 10:00", r#"{"room": "ticket", "type": "message", "author": "agent", "message": "m-7"}"#);
    let said = desk.at("02 13:10", r#"{"room": "ticket", "type": "bounce", "message": "m-7"}"#);
    assert!(said.last().expect("said").contains(" tells team #1"), "{said:?}");
    let there = desk.ticket.escalations().live().next().expect("it is live");
    assert_eq!(there.causes[0].since, t("02 09:10"), "he has been waiting since he wrote");
}

#[test]
fn who_is_told_is_told_of_nothing_that_has_still_to_last() {
    let mut desk = watched(&format!(r#"{URGENT}, {{ "while": {{ "priority": ["1"] }}, "after": "30 minutes" }}"#));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", &priority("1"));
    assert_eq!(notices(&desk)[0].why, [Why::Stands]);
    desk.wake("02 10:11");
    assert_eq!(notices(&desk)[1].why, [Why::Stands, Why::Stands]);
}

/// He who stands on the last rung has heard; what begins on his own rung leads to nobody else.
#[test]
fn what_lasts_on_the_last_rung_as_its_time_ends_exhausts_it() {
    let mut desk = watched(
        r#"{ "while": { "priority": ["1"] }, "rung": 3 }, { "while": { "priority": ["1"] }, "after": "1 hour", "rung": 3 }"#,
    );
    desk.at("02 09:00", OPEN);
    desk.at("02 09:10", &priority("1"));
    assert_eq!(desk.wake("02 10:11"), ["02 10:10 by time: watch exhausted, next 03 10:10"]);
}

/// Where somebody's time ends as something else has lasted, it is his time for which the host is woken.
#[test]
fn a_hold_that_ends_as_something_has_lasted_is_a_hold_that_ends() {
    let mut desk = watched(&format!(r#"{URGENT}, {{ "while": {{ "priority": ["1"] }}, "after": "3 hours" }}"#));
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &priority("1"));
    let snooze = |until: &str| {
        order("snooze", &format!(r#", "escalation": "^watch", "until": "2026-03-02T{until}:00Z", "reason": "lunch""#))
    };
    desk.at("02 09:10", &snooze("12:00"));
    assert_eq!(desk.next().as_deref(), Some("02 12:00:00.000001 HoldOver"));
}

/// A cycle that goes on when the matter is reopened is owed for itself: no breach is what it stands in for.
#[test]
fn what_is_reopened_is_not_promised_again() {
    let mut desk = Desk::with(&format!(
        r#"{{ "agreements": [{{ "name": "sla", "targets": {{ "full_resolution": "2 hours" }} }}], "ladder": "watch", "ladders": [{}] }}"#,
        ladder("watch", r#""promised_again""#)
    ));
    desk.at("02 09:00", OPEN);
    let propose = r#"{"room": "commitment", "type": "propose", "commitment": "@full_resolution 1", "due": {"within": "5 hours"}, "told": "m-1"}"#;
    desk.at("02 10:00", propose);
    desk.wake("02 11:30");
    let begun = |desk: &Desk| (desk.ticket.ledger().all().count(), desk.ticket.escalations().all().count());
    assert_eq!(begun(&desk), (2, 1), "what he was told stands in for what was broken");
    desk.at("02 12:00", SOLVE);
    desk.at("02 13:00", REOPEN);
    assert_eq!(begun(&desk), (3, 1));
}

/// What is known at once is what it would have been if it had been told so: at the last instant of all, too.
#[test]
fn what_is_put_right_at_that_very_instant_is_as_if_it_had_been_told() {
    let unanswered = r#"{ "on": { "fact": "message", "author": ["customer"] }, "after": "4 hours", "until": [{ "fact": "message", "author": ["agent"] }] }"#;
    let message =
        |author: &str| format!(r#"{{"room": "ticket", "type": "message", "author": "{author}", "message": "m-1"}}"#);
    let right = r#"{"room": "ticket", "type": "reclassify", "message": "m-1", "author": "customer"}"#;
    for at in ["02 09:10", "9999-12-31T23:59:59.999998Z"] {
        let [told, put_right] = [vec![message("customer")], vec![message("agent"), right.into()]].map(|orders| {
            let mut desk = watched(unanswered);
            desk.at("02 09:00", OPEN);
            orders.iter().flat_map(|order| desk.at(at, order)).filter(|line| line.contains("watch")).collect::<Vec<_>>()
        });
        assert_eq!((told.len(), &told), (1, &put_right));
    }
}

/// What is to be decided is that one commitment, and nothing else that is owed or promised.
#[test]
fn while_a_decision_is_owed_everything_else_goes_on() {
    let mut desk = watched(URGENT);
    desk.at("02 09:00", OPEN);
    desk.at("02 09:00", &promise('a', r#"{"within": "8 hours"}"#));
    desk.at("02 09:10", &order("ask_for_decision", r#", "about": "bob""#));
    let mut by_bob = |order: &str| {
        let mut command = desk.command("02 09:20", order);
        command.by = serde_json::from_str(r#"{"agent": "bob"}"#).expect("an agent");
        let events = desk.handle(&command).expect("it is no decision");
        desk.say_all(&events)
    };
    assert_eq!(by_bob(&promise('b', r#"{"within": "3 hours"}"#)), ["02 09:20: promise b due 02 12:20"]);
    assert_eq!(
        by_bob(
            r#"{"room": "commitment", "type": "hand_over_all", "from": {"team": "desk", "agent": "ada"}, "to": {"team": "desk", "agent": "bob"}}"#
        ),
        ["02 09:20: promise a handed over to bob (desk)", "02 09:20: promise b handed over to bob (desk)"]
    );
    assert_eq!(by_bob(&about("fulfil", 'a', "")), ["02 09:20: promise a fulfilled 02 09:20"]);
    assert_eq!(desk.ticket.ledger().open().count(), 2);
}

#[test]
fn an_offer_may_be_due_at_the_last_instant() {
    let mut desk = Desk::with(r#"{ "agreements": [], "supervisor": { "offer_within": "48 hours" } }"#);
    desk.at("02 09:00", OPEN);
    desk.at("02 14:00", &order("ask_for_decision", ""));
    let offer = |due: &str| {
        let offer = format!(
            r#"{{"commitment": "@a", "deliverable": "callback", "beneficiary": "c-1", "owner": {{"team": "leads"}}, "due": {{"at": "{due}"}}}}"#
        );
        order("decline", &format!(r#", "reason": "outside the warranty", "told": "m-2", "offer": {offer}"#))
    };
    assert_eq!(desk.refused("02 14:20", &offer("2026-03-04T14:20:00.000001Z")).code(), "offered_too_late");
    assert_eq!(desk.at("02 14:20", &offer("2026-03-04T14:20:00Z"))[1], "02 14:20: promise a due 04 14:20");
}
