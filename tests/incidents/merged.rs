//! Two incidents that turn out to be one.

use owed::commitment::envelope;
use owed::incident::{Clocks, Declare, Incident, Merge, Notice, Order as Ask, Phase, Role, Telling, Whom};
use owed::{CommandId, IncidentId, effects};

use super::host::{Host, ONE, TWO, ada, affected, declare, m, t, tell, ticket, updates, uuid, who};

fn merge(n: u128, at: &str, into: IncidentId) -> envelope::Command<IncidentId, Merge> {
    envelope::Command::new(TWO, CommandId(uuid(n)), t(at), ada(), Merge { into })
}

/// The first affects Ann and Bob, the second Bob and Cem; Bob has been told of the second, and Cem not.
fn two() -> (Host, Host) {
    let first = Host::declared(&["ann", "bob"]);
    let mut second = Host::new();
    second.incident = Incident::new(TWO);
    let mut order = declare(&["bob", "cem"]);
    order.owes.updates = Some(updates(52));
    second.at("02 10:00", Declare { clocks: Clocks::Off, ..order });
    second.at("02 10:30", tell(Telling::Notice, &["bob"]));
    second.at("02 10:40", Ask::Link { ticket: ticket(7), customer: who("cem") });
    (first, second)
}

fn merged() -> (Host, Host) {
    let (mut first, mut second) = two();
    let command = merge(900, "02 11:00", ONE);
    let both = second.incident.merge(&mut first.incident, &first.rules, &command).expect("they are one");
    second.stored.extend(both.from);
    first.stored.extend(both.to);
    assert_eq!(Incident::replay(ONE, &first.stored), first.incident);
    assert_eq!(Incident::replay(TWO, &second.stored), second.incident);
    (first, second)
}

#[test]
fn all_that_is_owed_goes_over_as_it_stands() {
    let (before, other) = two();
    let (first, second) = merged();
    assert_eq!(second.incident.phase(), Some(Phase::Merged(ONE)));
    assert_eq!(second.incident.ledger().all().count(), 0);
    assert_eq!(second.incident.next_wake(), None);
    let counts = [second.incident.ledger().count(), first.incident.ledger().count()];
    assert!(counts.iter().all(owed::commitment::Counts::add_up));
    assert_eq!((counts[0].carried_out, counts[1].carried_in), (counts[0].made, counts[0].made));
    let mut owed = [before.owed(), other.owed()].concat();
    let mut now = first.owed();
    owed.sort();
    now.sort();
    assert_eq!(now, owed, "no deadline has moved");
}

/// Bob was told of the one, and is owed the notice of the other; one message keeps both, and the report counts him once.
#[test]
fn who_is_affected_by_both_is_owed_both() {
    let (mut first, _) = merged();
    let (bob, ann) = (who("bob"), who("ann"));
    assert_eq!(first.incident.notice(&bob, t("02 11:00")), Some(Notice::NotYet { due: t("05 09:00") }));
    assert_eq!(first.incident.owed_as(Role::Notice, Some(&bob)).count(), 2);
    first.at("02 12:00", tell(Telling::Notice, &["bob"]));
    assert_eq!(first.incident.notice(&bob, t("02 12:00")), Some(Notice::Told { at: t("02 10:30") }));
    assert_eq!(first.incident.report(t("02 12:00")).told, 1);
    first.at("02 12:00", Ask::Tell { what: Telling::Notice, whom: Whom::Everybody, message: m("all") });
    assert_eq!(first.incident.report(t("02 12:00")).told, 3);
    // A notice that came from the other can come back as any other.
    let bounce = Ask::Bounce { what: Telling::Notice, customer: who("cem"), message: m("all") };
    let said = first.at("02 13:00", bounce);
    assert_eq!(said.last().unwrap(), "02 13:00: notice to cem due 05 10:00");
    assert_eq!(first.incident.notice(&ann, t("02 13:00")), Some(Notice::Told { at: t("02 12:00") }));
}

/// What everybody was promised twice is kept twice by what is done once; and each is owed the news once.
#[test]
fn both_are_resolved_as_one() {
    let (mut first, _) = merged();
    let said = first.at("02 12:00", Ask::Update { message: m("news"), answers: false });
    assert_eq!(said.iter().filter(|line| line.contains("kept: update to everybody")).count(), 2, "{said:?}");
    let said = first.at("02 12:30", Ask::Resolve { message: m("patch") });
    assert_eq!(said.iter().filter(|line| line.contains("kept: fix to everybody")).count(), 2, "{said:?}");
    assert_eq!(said.iter().filter(|line| line.contains("void: update to everybody")).count(), 2, "{said:?}");
    for customer in ["ann", "bob", "cem"] {
        assert_eq!(said.iter().filter(|line| line.contains(&format!("feedback to {customer}"))).count(), 1, "{said:?}");
    }
}

/// Its linked tickets are told that their clocks go as the other incident says.
#[test]
fn linked_tickets_go_over() {
    let (first, second) = merged();
    assert_eq!(first.incident.standing().unwrap().tickets.get(&ticket(7)), Some(&who("cem")));
    let last = second.stored.last().unwrap();
    let order = serde_json::to_value(&effects(last)[0].task).unwrap();
    assert_eq!(order["order"]["status"], "open", "the other leaves clocks alone: {order}");
}

#[test]
fn what_cannot_be_merged() {
    let (mut first, mut second) = two();
    let rules = first.rules.clone();
    let why = |refused: owed::incident::RefusedBoth| refused.why.code();
    let mut itself = second.incident.clone();
    assert_eq!(
        itself.merge(&mut second.incident, &rules, &merge(901, "02 11:00", TWO)).map_err(why),
        Err("same_incident")
    );
    let other = merge(901, "02 11:00", IncidentId(uuid(3)));
    assert_eq!(second.incident.merge(&mut first.incident, &rules, &other).map_err(why), Err("other_incident"));
    let mut undeclared = Incident::new(IncidentId(uuid(3)));
    assert_eq!(second.incident.merge(&mut undeclared, &rules, &other).map_err(why), Err("not_declared"));
    // The other is over; reopen it first.
    first.at("02 10:50", Ask::Resolve { message: m("patch") });
    let command = merge(901, "02 11:00", ONE);
    assert_eq!(second.incident.merge(&mut first.incident, &rules, &command).map_err(why), Err("wrong_phase"));
}

/// Stored on both, the same command does nothing; stored on one of them, it is refused, and says on which it is missing.
#[test]
fn the_same_command_merges_once() {
    let (mut first, mut second) = merged();
    let (before, rules) = (first.incident.clone(), first.rules.clone());
    let command = merge(900, "02 11:00", ONE);
    assert_eq!(second.incident.merge(&mut first.incident, &rules, &command), Ok(owed::incident::Both::default()));
    assert_eq!(first.incident, before);
    let (mut lost, _) = two();
    let refused = second.incident.merge(&mut lost.incident, &rules, &command).expect_err("half of it was lost");
    assert_eq!(refused.why.code(), "half_stored");
    // And whatever is to be said of it is to be said of the other.
    let why = second.may_not("02 12:00", Ask::Affect { customers: affected(&["dan"]) });
    assert_eq!(why.to_string(), format!("the incident is merged into {ONE}; go on there"));
}
