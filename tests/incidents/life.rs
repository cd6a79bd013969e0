//! Declared, resolved, reopened, closed: what all those who are affected are owed meanwhile.

use owed::commitment::{DueRule, Order as Debt, Verdict};
use owed::incident::{Mending, Order as Ask, Phase, Telling, Whom};

use super::host::{Host, ada, affected, declare, fulfil, m, series, t, tell, updates, who};

/// Must 1.1. And the deadline is one of elapsed time: it runs through the night.
#[test]
fn declaring_owes_every_affected_customer_a_notice_at_once() {
    let mut host = Host::new();
    assert_eq!(
        host.at("02 09:00", declare(&["ann", "bob"])),
        [
            "02 09:00: declared, high",
            "02 09:00: fix to everybody affected due 04 09:00",
            "02 09:00: update to everybody affected due 02 13:00",
            "02 09:00: affected: ann bob",
            "02 09:00: notice to ann due 05 09:00",
            "02 09:00: notice to bob due 05 09:00",
        ]
    );
    assert_eq!(host.incident.phase(), Some(Phase::Ongoing));
}

/// Must 1.1. A notice can be owed by the desk's hours, too: sixteen working hours on, from Friday at four, is Tuesday at four.
#[test]
fn a_notice_can_be_owed_in_working_time() {
    let mut host = Host::new();
    let mut order = declare(&["ann"]);
    order.owes.notice.within = "16 working hours".parse().unwrap();
    let said = host.at("06 16:00", order);
    assert_eq!(said.last().unwrap(), "06 16:00: notice to ann due 10 16:00");
}

/// Must 1.2.
#[test]
fn a_customer_added_later_is_owed_his_notice_from_then_on() {
    let mut host = Host::declared(&["ann"]);
    let said = host.at("03 10:00", Ask::Affect { customers: affected(&["ann", "cem", "cem"]) });
    assert_eq!(said[said.len() - 2..], ["03 10:00: affected: cem", "03 10:00: notice to cem due 06 10:00"], "{said:?}");
    assert_eq!(host.at("03 10:00", Ask::Affect { customers: affected(&["ann", "cem"]) }), [""; 0]);
}

/// Must 1.6. Each round is a promise of its own; at the horizon the lead owes a decision, and the rounds go on.
#[test]
fn the_updates_do_not_end_in_silence() {
    let mut host = Host::declared(&[]);
    let update = |answers| Ask::Update { message: m("news"), answers };
    assert_eq!(
        host.at("02 12:00", update(false)),
        [
            "02 12:00: updated",
            "02 12:00: kept: update to everybody affected",
            "02 12:00: update to everybody affected due 02 16:00",
        ]
    );
    assert_eq!(
        host.until("02 16:01"),
        [
            "02 16:00: BROKEN: update to everybody affected, due 02 16:00",
            "02 16:00: update to everybody affected due 02 20:00",
            "02 16:00: superseded: update to everybody affected",
        ]
    );
    let said = host.until("03 13:00");
    let decision = "03 09:00: decision to everybody affected due 03 10:00";
    assert!(said.contains(&"03 09:00: horizon".into()) && said.contains(&decision.into()), "{said:?}");
    assert!(said.contains(&"03 10:00: BROKEN: decision to everybody affected, due 03 10:00".into()), "{said:?}");
    let decision = host.open("decision", "everybody affected");
    assert_eq!(host.incident.ledger().get(decision).unwrap().owner.to_string(), "lena (security)");
    // Whoever is silent breaks one round after the other, also after the horizon, ever more seldom.
    assert!(host.owed().iter().any(|owed| owed.starts_with("update")), "{:?}", host.owed());
    let why = host.may_not("03 13:30", Debt::StopSeries { series: series(50), evidence: m("enough") });
    assert_eq!(why.code(), "until_resolved");
}

#[test]
fn resolved_it_owes_everybody_the_news_and_the_question() {
    let mut host = Host::declared(&["ann"]);
    assert_eq!(
        host.at("02 12:00", Ask::Resolve { message: m("patch") }),
        [
            "02 12:00: resolved",
            "02 12:00: kept: fix to everybody affected",
            "02 12:00: void: update to everybody affected, what it was to go on until has come",
            "02 12:00: update to ann due 03 12:00",
            "02 12:00: feedback to ann due 04 12:00",
            "02 12:00: review to everybody affected due 09 12:00",
        ]
    );
    assert_eq!(host.may_not("02 12:00", Ask::Resolve { message: m("patch") }).code(), "wrong_phase");
    // Whoever is found to be affected now is owed all of it.
    assert_eq!(
        host.at("02 13:00", Ask::Affect { customers: affected(&["bob"]) }),
        [
            "02 13:00: affected: bob",
            "02 13:00: notice to bob due 05 13:00",
            "02 13:00: update to bob due 03 13:00",
            "02 13:00: feedback to bob due 04 13:00",
        ]
    );
}

/// Must 1.7. The customer wants the problem fixed, and not an apology.
#[test]
fn an_apology_is_no_fix() {
    let mut host = Host::declared(&["ann"]);
    assert_eq!(host.at("02 10:00", Ask::Apologise { message: m("sorry") }), ["02 10:00: apologised"]);
    let owed = host.owed();
    assert!(owed.contains(&"fix to everybody affected by 04 09:00".into()), "{owed:?}");
    assert_eq!(host.may_not("02 10:01", Ask::Resolve { message: m("sorry") }).code(), "apology_is_no_fix");
    let fix = host.open("fix", "everybody affected");
    let evidence = Some(m("sorry"));
    let why = host.may_not("02 10:01", Debt::Fulfil { commitment: fix, evidence });
    assert_eq!(why.code(), "order_of_its_own");
    host.at("02 10:02", Ask::Resolve { message: m("patch") });
    assert_eq!(host.incident.ledger().get(fix).unwrap().verdict(), Verdict::Fulfilled);
    // Nor is it one for him who is not safe.
    host.at("02 10:03", Ask::Hear { customer: who("ann"), safe: false, message: m("call") });
    let sorry = Ask::Repair { customer: who("ann"), message: m("sorry") };
    assert_eq!(host.may_not("02 10:04", sorry).code(), "apology_is_no_fix");
}

/// The fix, or a dated review of where it stands: one of the two is always owed.
#[test]
fn a_review_dates_the_next() {
    let mut host = Host::new();
    let mut order = declare(&[]);
    order.owes.updates = None;
    order.owes.mending = Mending::Review(DueRule::At(t("04 09:00")));
    let said = host.at("02 09:00", order);
    assert_eq!(said[1..], ["02 09:00: review to everybody affected due 04 09:00"]);
    let review = |next: Option<&str>| Ask::Review { message: m("minutes"), next: next.map(|at| DueRule::At(t(at))) };
    assert_eq!(host.may_not("03 09:00", review(None)).code(), "no_next_review");
    assert_eq!(host.may_not("03 09:00", review(Some("03 08:00"))).code(), "due_not_after");
    assert_eq!(
        host.at("03 09:00", review(Some("06 09:00"))),
        [
            "03 09:00: reviewed",
            "03 09:00: kept: review to everybody affected",
            "03 09:00: review to everybody affected due 06 09:00",
        ]
    );
    assert_eq!(host.until("07 09:00"), ["06 09:00: BROKEN: review to everybody affected, due 06 09:00"]);
    let said = host.at("07 10:00", Ask::Resolve { message: m("patch") });
    assert_eq!(said[..2], ["07 10:00: resolved", "07 10:00: late: review to everybody affected"]);
}

#[test]
fn it_closes_on_no_promise() {
    let mut host = Host::declared(&["ann"]);
    assert_eq!(host.may_not("02 09:30", Ask::Close {}).code(), "wrong_phase");
    host.at("02 10:00", Ask::Resolve { message: m("patch") });
    let why = host.may_not("02 11:00", Ask::Close {}).to_string();
    assert!(why.starts_with("4 promises are still owed"), "{why}");
    host.at("02 12:00", tell(Telling::Notice, &["ann"]));
    host.at("02 12:00", Ask::Tell { what: Telling::News, whom: Whom::Everybody, message: m("over") });
    host.at("02 12:00", Ask::Tell { what: Telling::Feedback, whom: Whom::Everybody, message: m("safe?") });
    let why = host.may_not("02 12:30", Ask::Close {}).to_string();
    assert!(why.starts_with("a promise is still owed"), "{why}");
    assert_eq!(
        host.at("03 09:00", Ask::Review { message: m("minutes"), next: None }),
        ["03 09:00: reviewed", "03 09:00: kept: review to everybody affected"]
    );
    assert_eq!(host.at("03 10:00", Ask::Close {}), ["03 10:00: closed"]);
    assert_eq!(host.incident.next_wake(), None);
    assert_eq!(host.at("03 10:00", Ask::Close {}), [""; 0]);
    let why = host.may_not("03 10:00", Ask::Affect { customers: affected(&["bob"]) });
    assert_eq!(why.to_string(), "the incident is closed; reopen it first");
}

#[test]
fn what_was_not_over_is_owed_anew() {
    let mut host = Host::declared(&["ann", "bob"]);
    host.at("02 10:00", Ask::Resolve { message: m("patch") });
    host.at("02 11:00", tell(Telling::News, &["ann"]));
    let mending = Mending::Fix(DueRule::Within("24 hours".parse().unwrap()));
    let reopen = |series| Ask::Reopen { message: m("again"), mending: mending.clone(), updates: Some(updates(series)) };
    assert_eq!(host.may_not("02 12:00", reopen(50)).code(), "series_already_started");
    assert_eq!(
        host.at("02 12:00", reopen(51)),
        [
            "02 12:00: reopened",
            "02 12:00: void: update to bob, recorded in error: not over",
            "02 12:00: void: feedback to ann, recorded in error: not over",
            "02 12:00: void: feedback to bob, recorded in error: not over",
            "02 12:00: void: review to everybody affected, recorded in error: not over",
            "02 12:00: fix to everybody affected due 03 12:00",
            "02 12:00: update to everybody affected due 02 16:00",
        ]
    );
    // When it is over indeed, everybody hears of that, also who was told so before.
    let said = host.at("02 13:00", Ask::Resolve { message: m("patch 2") });
    assert_eq!(said.iter().filter(|line| line.contains("update to ann") || line.contains("update to bob")).count(), 2);
}

#[test]
fn who_leads_it_has_a_name() {
    let mut order = declare(&[]);
    order.lead.agent = None;
    assert_eq!(Host::new().may_not("02 09:00", order).code(), "no_lead");
}

#[test]
fn what_cannot_be_counted_is_not_declared() {
    let mut order = declare(&["ann"]);
    order.owes.news.within = "8 working hours".parse().unwrap();
    let mut host = Host::with(r#"{ "agreements": [] }"#);
    assert_eq!(host.may_not("02 09:00", order.clone()).code(), "no_calendar");
    order.owes.news.calendar = Some("night".parse().unwrap());
    assert_eq!(host.may_not("02 09:00", order).code(), "unknown_calendar");
}

/// Nobody speaks for everybody: what all of them are owed is not released by one.
#[test]
fn what_everybody_is_owed_nobody_releases() {
    let mut host = Host::declared(&["ann"]);
    let fix = host.open("fix", "everybody affected");
    let release = || Debt::Release { commitment: fix, evidence: m("never mind") };
    assert_eq!(host.by("02 10:00", who("ann"), release()).unwrap_err().code(), "not_the_beneficiary");
    assert_eq!(host.by("02 10:00", ada(), release()).unwrap_err().code(), "not_the_beneficiary");
}

/// What one is owed can be handed over, amended or given up like whatever is owed; what is kept so counts as told.
#[test]
fn what_is_owed_is_owed_like_anything_else() {
    let mut host = Host::declared(&["ann"]);
    let notice = host.open("notice", "ann");
    assert_eq!(host.at("02 10:00", fulfil(notice)), ["02 10:00: kept: notice to ann"]);
    assert_eq!(host.incident.report(t("02 10:00")).told, 1);
    assert_eq!(host.at("02 11:00", tell(Telling::Notice, &["ann"])), [""; 0], "he was told");
}
