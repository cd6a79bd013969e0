//! What a ledger answers: what is owed, to whom, by whom, and how many.

use owed::commitment::{Account, Allowance, Condition, Counts, Deliverable, DueRule, Order, Owner, Party, Promise};
use owed::{ContactId, Name, TeamId};

use crate::shop::*;

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn lines<'a>(owed: impl IntoIterator<Item = &'a owed::commitment::Commitment>) -> Vec<String> {
    owed.into_iter().map(ToString::to_string).collect()
}

/// Six debts: two in time, one broken, one that stands still, one that waits, one that is not confirmed.
fn busy() -> Shop {
    let mut shop = Shop::new();
    let total = "30 hours".parse().expect("an amount");
    let owed::calendar::Amount::Elapsed(total) = total else { panic!("elapsed time") };
    let other = ContactId::new("c-2").expect("a reference");
    let tier2 = Owner::from(TeamId::new("tier2").expect("a reference"));
    let fix = Promise::new(id('a'), Deliverable::Fix).to(other.clone()).by(t("05 12:00")).owned_by(tier2.clone());
    shop.at("02 09:00", fix);
    shop.at("02 09:00", callback('b', "02 12:00"));
    shop.at("02 09:00", callback('c', "04 12:00").pausable(Allowance { total, once: None }));
    let logs = Condition { what: name("the logs"), limit: DueRule::At(t("03 09:00")) };
    let restore = Promise::new(id('d'), Deliverable::Restore).to(ryan()).within("4 hours".parse().expect("an amount"));
    shop.at("02 09:00", restore.owned_by(desk()).once(logs));
    let reply = Promise::new(id('e'), Deliverable::Reply).to(other).by(t("09 12:00")).owned_by(tier2);
    shop.at("02 09:00", Order::Suggest { review_by: t("02 20:00"), promise: Box::new(reply) });
    shop.at("02 09:00", callback('f', "03 12:00"));
    let reason = name("vendor");
    shop.at("02 10:00", Order::Pause { commitment: id('c'), reason, until: None, told: Some(message("m-1")) });
    shop.wake("02 13:00");
    shop
}

#[test]
fn what_is_owed_is_sorted_by_due_and_what_has_none_comes_after_by_when_that_ends() {
    let shop = busy();
    assert_eq!(
        lines(shop.account.ledger().owed()),
        [
            "callback to ryan by 2026-03-02T12:00:00Z (ada), overdue",
            "callback to ryan by 2026-03-03T12:00:00Z (ada)",
            "fix to c-2 by 2026-03-05T12:00:00Z (tier2)",
            "reply to c-2 (tier2), to be looked at until 2026-03-02T20:00:00Z",
            "restore to ryan (ada), once there is the logs, until 2026-03-03T09:00:00Z",
            "callback to ryan (ada), stands still for vendor until 2026-03-03T16:00:00Z",
        ]
    );
}

#[test]
fn it_is_asked_to_whom_and_by_whom() {
    let shop = busy();
    let ledger = shop.account.ledger();
    let ids = |owed: Vec<&owed::commitment::Commitment>| owed.iter().map(|debt| debt.id).collect::<Vec<_>>();
    let customer = |text| Party::Customer(ContactId::new(text).expect("a reference"));
    let team = |text| TeamId::new(text).expect("a reference");
    assert_eq!(ids(ledger.owed_to(&customer("ryan"))), ['b', 'f', 'd', 'c'].map(id));
    assert_eq!(ids(ledger.owed_to(&customer("c-2"))), ['a', 'e'].map(id));
    assert_eq!(ids(ledger.owed_by_team(&team("hosting"))), ['b', 'f', 'd', 'c'].map(id));
    assert_eq!(ids(ledger.owed_by_team(&team("tier2"))), ['a', 'e'].map(id));
    assert_eq!(ids(ledger.owed_by_agent(&agent("ada"))), ['b', 'f', 'd', 'c'].map(id));
    assert_eq!(ids(ledger.owed_by_agent(&agent("bob"))), []);
}

#[test]
fn made_is_pending_and_fulfilled_and_breached_and_void_at_every_event() {
    let mut shop = busy();
    shop.at("02 14:00", fulfil('b'));
    shop.at("02 14:00", fulfil('f'));
    shop.at("02 14:00", Order::Dismiss { commitment: id('e'), reason: name("a joke") });
    let counts = shop.account.ledger().count();
    assert_eq!(counts, Counts { made: 6, pending: 3, fulfilled: 1, breached: 1, void: 1, ..Counts::default() });
    let mut account = Account::new(shop.account.id());
    for event in &shop.events {
        account.apply(event);
        assert!(account.ledger().count().add_up());
    }
}

#[test]
fn a_tickets_ledger_answers_the_same() {
    let rules: owed::Rulebook = serde_json::from_str(r#"{ "agreements": [] }"#).expect("a rulebook");
    let uuid = |n: u128| uuid::Uuid::from_u128(0x8000_8000_0000_0000_0000 | n);
    let mut ticket = owed::Ticket::new(owed::TicketId(uuid(1)));
    let command = |n, order| {
        owed::Command::new(owed::TicketId(uuid(1)), owed::CommandId(uuid(n)), t("02 09:00"), agent("ada"), order)
    };
    let open = r#"{"type": "open", "requester": "ryan"}"#;
    let open: owed::ticket::Order = serde_json::from_str(open).expect("an order");
    ticket.handle(&rules, &command(2, owed::Order::from(open))).expect("taken");
    ticket.handle(&rules, &command(3, callback('a', "02 12:00").into())).expect("taken");
    assert_eq!(lines(ticket.ledger().owed()), ["callback to ryan by 2026-03-02T12:00:00Z (ada)"]);
    assert_eq!(ticket.ledger().count().to_string(), "1 made: 1 pending, 0 fulfilled, 0 breached, 0 void");
    assert_eq!(ticket.ledger().told_to(&Party::from(ryan())).len(), 1);
}

#[test]
fn what_is_closed_says_how_in_one_line() {
    let mut shop = busy();
    shop.at("02 14:00", fulfil('b'));
    shop.at("02 14:00", fulfil('f'));
    let line = |shop: &Shop, name| shop.account.ledger().get(id(name)).expect("made").to_string();
    assert_eq!(line(&shop, 'b'), "callback to ryan by 2026-03-02T12:00:00Z (ada), done late 2026-03-02T14:00:00Z");
    assert_eq!(line(&shop, 'f'), "callback to ryan by 2026-03-03T12:00:00Z (ada), done 2026-03-02T14:00:00Z");
    shop.at("02 15:00", Order::Withdraw { commitment: id('d'), notice: message("m-2") });
    let withdrawn = "void: withdrawn before the customer's part was done";
    assert!(line(&shop, 'd').ends_with(withdrawn), "{}", line(&shop, 'd'));
}
