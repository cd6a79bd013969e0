//! What the targets of an incident say beyond their time: of what warns, of what a breach owes, and of what ends the cause.

use owed::commitment::{BreachOwes, Order as Debt};

use super::host::{Host, declare};

#[test]
fn what_is_to_be_warned_of_is_warned_of() {
    let mut host = Host::new();
    let mut order = declare(&["ann"]);
    order.owes.notice.warn = vec!["50 %".parse().unwrap()];
    host.at("02 09:00", order);
    let notice = host.incident.ledger().get(host.open("notice", "ann")).unwrap();
    assert_eq!(notice.terms.warn, ["50 %".parse().unwrap()]);
}

#[test]
fn a_breach_that_would_owe_nothing_is_refused() {
    let owes = |within: &str, depth| {
        let owed = BreachOwes {
            deliverable: owed::commitment::Deliverable::Explanation,
            within: within.parse().unwrap(),
            depth,
        };
        let mut order = declare(&["ann"]);
        order.owes.notice.breach_owes = Some(owed);
        Host::new().by("02 09:00", super::host::ada(), order).map(|said| said.len()).map_err(|why| why.code())
    };
    assert_eq!(owes("0 hours", 1), Err("owes_nothing"));
    assert_eq!(owes("1 hour", 0), Err("owes_nothing"));
    assert!(owes("1 hour", 1).is_ok());
}

/// Another may do it, and it is owed still.
#[test]
fn the_fix_is_handed_over_while_nothing_else_is_owed_of_the_cause() {
    let mut host = Host::declared(&["ann"]);
    let commitment = host.open("fix", "everybody affected");
    let owner: owed::commitment::Owner = owed::TeamId::new("network").unwrap().into();
    host.at("02 10:00", Debt::HandOver { commitment, owner: owner.clone() });
    assert_eq!(host.incident.ledger().get(commitment).unwrap().owner, owner);
}

/// What goes without saying is not written.
#[test]
fn clocks_that_are_left_as_they_are_are_not_written() {
    let written = serde_json::to_value(declare(&["ann"])).expect("written");
    assert!(written.get("owes").is_some() && written.get("clocks").is_none(), "{written}");
}
