//! One customer: added, taken off, asking, answered, not safe.

use owed::AgentId;
use owed::commitment::{Actor, Order as Debt, Verdict};
use owed::incident::{Affected, Order as Ask, Phase, Recurrence, Role, Telling, WhyOff};

use super::host::{Host, affected, m, name, t, tell, who};

fn off(customer: &str, why: WhyOff) -> Ask {
    Ask::TakeOff { customer: who(customer), why }
}

fn not_affected() -> WhyOff {
    WhyOff::NotAffected { reason: name("another account"), evidence: m("list 2") }
}

fn released() -> WhyOff {
    WhyOff::Released { evidence: m("leave me alone") }
}

/// Row 28: he never was affected, so his notice was recorded in error. It is neither kept nor broken.
#[test]
fn who_was_not_affected_is_struck_out() {
    let mut host = Host::declared(&["ann"]);
    assert_eq!(
        host.at("02 10:00", off("ann", not_affected())),
        ["02 10:00: taken_off", "02 10:00: void: notice to ann, recorded in error: another account"]
    );
    assert_eq!(host.incident.report(t("02 10:00")).not_owed, 1);
    assert_eq!(host.may_not("02 10:00", off("ann", not_affected())).code(), "not_affected");
    // Found to be affected after all, he is owed a notice from then on.
    let said = host.at("02 11:00", Ask::Affect { customers: affected(&["ann"]) });
    assert_eq!(said, ["02 11:00: affected: ann", "02 11:00: notice to ann due 05 11:00"]);
    assert_eq!(host.incident.report(t("02 11:00")).not_yet, 1);
}

/// Row 28: what is broken is struck out only as far as records may be put right.
#[test]
fn a_broken_notice_is_struck_out_only_within_the_window() {
    let mut host = Host::declared(&["ann"]);
    let why = host.may_not("20 10:00", off("ann", not_affected()));
    assert_eq!(why.code(), "correction_over", "{why}");
    assert!(host.incident.affected().count() == 1, "nothing of it was taken");
}

/// Rows 18 and 22: he does not want to hear of it. What is broken stays broken.
#[test]
fn who_lets_the_desk_off_is_owed_no_more() {
    let mut host = Host::declared(&["ann", "bob"]);
    assert_eq!(
        host.by("02 10:00", who("ann"), off("ann", released())).unwrap(),
        ["02 10:00: taken_off", "02 10:00: void: notice to ann, released"]
    );
    let not_his = host.by("02 10:00", who("ann"), off("bob", released())).unwrap_err();
    assert_eq!(not_his.code(), "not_the_beneficiary");
    host.until("05 10:00");
    assert_eq!(
        host.at("05 10:00", off("bob", released())),
        ["05 10:00: taken_off", "05 10:00: owed no more: notice to bob"]
    );
    let notice = host.incident.owed_as(Role::Notice, Some(&who("bob"))).next().unwrap();
    assert_eq!(notice.verdict(), Verdict::Breached);
    // Nothing is owed to those who were taken off when it is over.
    let said = host.at("05 11:00", Ask::Resolve { message: m("patch") });
    assert!(!said.iter().any(|line| line.contains("ann") || line.contains("bob")), "{said:?}");
}

/// Must 1.4. Who answers for what he is owed is his contact; who has none has the team.
#[test]
fn each_has_a_named_contact_and_is_answered_fast() {
    let mut host = Host::declared(&["bob"]);
    let ann = Affected::new(who("ann")).with_contact(AgentId::new("mia").unwrap());
    host.at("02 10:00", Ask::Affect { customers: vec![ann] });
    let ask = |customer: &str| Ask::Ask { customer: who(customer), message: m("question") };
    assert_eq!(host.at("02 10:30", ask("ann")), ["02 10:30: asked", "02 10:30: reply to ann due 02 14:30"]);
    host.at("02 10:30", ask("bob"));
    let owner = |host: &Host, customer: &str| {
        host.incident.ledger().get(host.open("reply", customer)).unwrap().owner.to_string()
    };
    assert_eq!([owner(&host, "ann"), owner(&host, "bob")], ["mia (security)", "security"]);
    // Asked again, he waits since the first time.
    assert_eq!(host.at("02 11:00", ask("ann")), ["02 11:00: asked"]);
    let answer = || Ask::Answer { customer: who("ann"), message: m("answer") };
    for by in [Actor::Automation(name("macro")), Actor::Ai(name("model")), Actor::Customer(who("ann"))] {
        assert_eq!(host.by("02 11:30", by, answer()).unwrap_err().code(), "no_answer");
    }
    let reply = host.open("reply", "ann");
    let around = Debt::Fulfil { commitment: reply, evidence: None };
    assert_eq!(host.may_not("02 11:30", around).code(), "order_of_its_own");
    assert_eq!(host.at("02 12:00", answer()), ["02 12:00: kept: reply to ann"]);
    let said = host.until("02 15:00");
    assert!(said.contains(&"02 14:30: BROKEN: reply to bob, due 02 14:30".into()), "{said:?}");
    assert_eq!(host.may_not("02 15:00", ask("dan")).code(), "not_affected");
}

/// Must 1.9. Whoever is not safe has his own part open again: the fix is owed to him, and an answer.
#[test]
fn not_safe_reopens_his_part() {
    let mut host = Host::declared(&["ann", "bob"]);
    let hear = |safe| Ask::Hear { customer: who("ann"), safe, message: m("call") };
    host.at("02 10:00", Ask::Resolve { message: m("patch") });
    host.at("02 11:00", tell(Telling::Feedback, &["ann", "bob"]));
    assert_eq!(
        host.at("02 12:00", hear(false)),
        ["02 12:00: ann is not safe", "02 12:00: fix to ann due 02 20:00", "02 12:00: reply to ann due 02 16:00"]
    );
    assert_eq!(host.at("02 12:30", hear(false)), ["02 12:30: ann is not safe"], "it is owed already");
    let around = Debt::Fulfil { commitment: host.open("fix", "ann"), evidence: None };
    assert_eq!(host.may_not("02 12:30", around).code(), "order_of_its_own");
    let repair = |customer: &str| Ask::Repair { customer: who(customer), message: m("new password") };
    assert_eq!(host.may_not("02 13:00", repair("bob")).code(), "nothing_to_repair");
    assert_eq!(
        host.at("02 13:00", repair("ann")),
        ["02 13:00: repaired", "02 13:00: kept: fix to ann", "02 13:00: feedback to ann due 04 13:00",],
        "the news was owed already"
    );
    host.at("02 14:00", hear(true));
    assert_eq!(host.incident.part(&who("ann")).unwrap().safe, Some(true));
}

/// Must 1.9. The incident was closed, and is not while he is owed his fix.
#[test]
fn not_safe_takes_up_what_was_closed() {
    let mut host = closed();
    let hear = Ask::Hear { customer: who("ann"), safe: false, message: m("call") };
    let said = host.at("03 12:00", hear);
    assert_eq!(said[..2], ["03 12:00: taken_up", "03 12:00: ann is not safe"]);
    assert_eq!(host.incident.phase(), Some(Phase::Resolved));
    assert!(host.may_not("03 12:30", Ask::Close {}).to_string().starts_with("2 promises are still owed"));
}

#[test]
fn a_notice_that_comes_back_takes_up_what_was_closed() {
    let mut host = closed();
    let said = host.at("03 12:00", Ask::Bounce { what: Telling::Notice, customer: who("ann"), message: m("mail") });
    assert_eq!(said[..1], ["03 12:00: taken_up"]);
    assert_eq!(host.owed(), ["notice to ann by 05 09:00"]);
}

fn closed() -> Host {
    let mut host = Host::declared(&["ann"]);
    host.at("02 10:00", Ask::Resolve { message: m("patch") });
    for what in [Telling::Notice, Telling::News, Telling::Feedback] {
        host.at("02 11:00", tell(what, &["ann"]));
    }
    host.at("02 12:00", Ask::Review { message: m("minutes"), next: None });
    host.at("02 13:00", Ask::Close {});
    host
}

/// As long as it lasts, "not safe" says nothing new of the cause; he is owed an answer all the same.
#[test]
fn not_safe_while_it_lasts_is_answered() {
    let mut host = Host::declared(&["ann"]);
    let hear = Ask::Hear { customer: who("ann"), safe: false, message: m("call") };
    assert_eq!(host.at("02 10:00", hear), ["02 10:00: ann is not safe", "02 10:00: reply to ann due 02 14:00"]);
}

/// Must 1.5. Count and span are the host's to know; who was hit so often is one question.
#[test]
fn who_is_hit_again_is_known() {
    let mut host = Host::declared(&["bob"]);
    let first = "2025-07-05T10:00:00Z".parse().unwrap();
    let hit = |customer, times| Affected::new(who(customer)).hit_again(Recurrence { times, first });
    host.at("02 10:00", Ask::Affect { customers: vec![hit("ann", 4), hit("cem", 2)] });
    let again: Vec<_> = host.incident.hit_again(3).map(|(customer, hit)| (customer.as_str(), hit.times)).collect();
    assert_eq!(again, [("ann", 4)]);
    let (_, recurrence) = host.incident.hit_again(4).next().unwrap();
    assert_eq!(recurrence.span_days(t("02 10:00")), 240);
}
