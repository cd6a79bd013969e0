//! What a customer may see: what he was told, by whom and when, what became of it; and nothing of the inside of the desk.

use owed::commitment::{
    Actor, Binding, Deliverable, InItsPlace, Order, Owner, Party, Promise, Speaker, Standing, Told,
};
use owed::{Command, CommandId, Name, Rulebook, TeamId, Ticket, TicketId};
use uuid::Uuid;

use crate::shop::*;

fn seen(shop: &Shop) -> Vec<Told> {
    shop.account.ledger().told_to(&Party::from(ryan()))
}

fn restore(name: char, due: &str) -> Promise {
    Promise::new(id(name), Deliverable::Restore).to(ryan()).by(t(due)).owned_by(desk())
}

/// "Promised on Tuesday by Ada: your data restored, by Thursday 10:00; late since then; a new promise: today 16:00."
#[test]
fn a_host_can_put_it_into_words() {
    let mut shop = Shop::new();
    shop.at("03 09:00", restore('a', "05 10:00"));
    shop.at("06 11:00", restore('b', "06 16:00").repairing(id('a')));
    let [first, second] = &seen(&shop)[..] else { panic!("two") };
    assert_eq!((&first.what, first.said_at, first.due), (&Deliverable::Restore, t("03 09:00"), Some(t("05 10:00"))));
    assert_eq!(first.said_by, Some(Speaker::Agent(agent("ada"))));
    assert_eq!((first.late_since(), &first.now), (Some(t("05 10:00")), &Standing::Replaced));
    assert_eq!(first.in_its_place, Some(InItsPlace { commitment: id('b'), due: Some(t("06 16:00")) }));
    assert_eq!((second.stands_in_for, &second.now), (Some(id('a')), &Standing::Owed));
    assert_eq!((second.late_since(), second.broken), (None, None));
    assert_eq!(
        first.to_string(),
        "restore, promised 2026-03-03T09:00:00Z by ada for 2026-03-05T10:00:00Z; late since then; \
         in its place: for 2026-03-06T16:00:00Z"
    );
    shop.at("06 15:00", fulfil('b'));
    let done = "restore, promised 2026-03-06T11:00:00Z by ada for 2026-03-06T16:00:00Z; done 2026-03-06T15:00:00Z";
    assert_eq!(seen(&shop)[1].to_string(), done);
}

#[test]
fn what_is_late_and_owed_still_is_late_and_when_done_it_was_late() {
    let mut shop = Shop::new();
    shop.at("03 09:00", restore('a', "05 10:00"));
    shop.wake("05 11:00");
    assert_eq!((seen(&shop)[0].late_since(), &seen(&shop)[0].now), (Some(t("05 10:00")), &Standing::Owed));
    shop.at("05 12:00", fulfil('a'));
    assert_eq!(
        (seen(&shop)[0].late_since(), &seen(&shop)[0].now),
        (Some(t("05 10:00")), &Standing::Done { at: t("05 12:00") })
    );
}

/// The record of a breach was wrong: to him it was done in time.
#[test]
fn what_was_corrected_was_never_late() {
    let mut shop = Shop::new();
    shop.at("03 09:00", restore('a', "05 10:00"));
    shop.told("05 10:00:03", "05 09:59:59", owed::commitment::Stamp::Transport, "ada", fulfil('a'));
    let told = &seen(&shop)[0];
    assert_eq!((told.broken, &told.now), (None, &Standing::Done { at: t("05 09:59:59") }));
}

/// What was told in the place of a breach falls away with it, and what he accepted in time is what is owed; what fell away is in no place.
#[test]
fn in_its_place_is_what_he_accepted_and_not_what_fell_away_with_the_breach() {
    let mut shop = Shop::new();
    shop.at("03 09:00", restore('a', "05 10:00"));
    let due = owed::commitment::DueRule::At(t("06 10:00"));
    let told = message("m-1");
    shop.at("03 10:00", Order::Propose { commitment: id('a'), due, opens_at: None, told, outright: false });
    shop.wake("05 10:01");
    let Some(InItsPlace { commitment: stand_in, .. }) = seen(&shop)[0].in_its_place else { panic!("what was told") };
    let transport = owed::commitment::Stamp::Transport;
    let accept = Order::Accept { commitment: id('a'), successor: id('z'), evidence: message("m-2") };
    shop.told("05 10:02", "05 09:00", transport, "ada", accept);
    let accepted = InItsPlace { commitment: id('z'), due: Some(t("06 10:00")) };
    assert_eq!((seen(&shop)[0].in_its_place, seen(&shop)[0].broken), (Some(accepted), None));
    assert!(shop.account.ledger().get(stand_in).is_some_and(|known| !known.is_open()));

    let mut shop = Shop::new();
    shop.at("03 09:00", restore('a', "05 10:00"));
    shop.at("05 11:00", restore('b', "06 16:00").repairing(id('a')));
    assert!(seen(&shop)[0].in_its_place.is_some());
    shop.told("05 12:00", "05 09:59:59", transport, "ada", fulfil('a'));
    assert_eq!(seen(&shop)[0].in_its_place, None, "it was done in time: there is no place to stand in");
}

#[test]
fn he_sees_no_teams_no_suppliers_and_nothing_that_is_not_his() {
    let mut shop = Shop::new();
    shop.at("03 09:00", restore('a', "05 10:00"));
    let vendor = Name::new("secret-vendor").expect("a name");
    let backups = Owner::from(TeamId::new("backups").expect("a reference"));
    let part = Promise::new(id('b'), Deliverable::Restore).to(TeamId::new("hosting").expect("a reference"));
    let part = part.by(t("04 10:00")).owned_by(backups).owed_through(Party::Vendor(vendor));
    shop.at("03 10:00", Order::Delegate { commitment: id('a'), promise: Box::new(part) });
    let other = owed::ContactId::new("c-2").expect("a reference");
    shop.at("03 10:00", Promise::new(id('c'), Deliverable::Reply).to(other).by(t("04 10:00")).owned_by(desk()));
    let stored = serde_json::to_string(&seen(&shop)).expect("written");
    assert_eq!(seen(&shop).len(), 1, "{stored}");
    for inside in ["hosting", "backups", "secret-vendor", "c-2", "owner"] {
        assert!(!stored.contains(inside), "{inside}: {stored}");
    }
    assert_eq!(serde_json::from_str::<Vec<Told>>(&stored).expect("read"), seen(&shop));
    let hosting = Party::Team(TeamId::new("hosting").expect("a reference"));
    assert_eq!(shop.account.ledger().owed_to(&hosting).len(), 1);
    assert_eq!(shop.account.ledger().told_to(&hosting), [], "a team is told nothing here");
}

/// Neither what nobody has confirmed, nor what should not have been on record.
#[test]
fn he_sees_no_guesses_and_no_errors() {
    let mut shop = Shop::that_corrects(false);
    let promise = Box::new(restore('a', "05 10:00"));
    shop.at("03 09:00", Order::Suggest { review_by: t("03 12:00"), promise });
    assert_eq!(seen(&shop), []);
    shop.at("03 10:00", Order::Confirm { commitment: id('a') });
    assert_eq!(seen(&shop).len(), 1);
    let reason = Name::new("wrong customer").expect("a name");
    shop.at("03 11:00", Order::RecordInError { commitment: id('a'), reason, evidence: message("m-1") });
    assert_eq!(seen(&shop), []);
}

#[test]
fn he_sees_what_was_proposed_and_what_waits_for_him() {
    let mut shop = Shop::new();
    shop.at("03 09:00", restore('a', "05 10:00"));
    let due = owed::commitment::DueRule::At(t("06 10:00"));
    shop.at(
        "03 10:00",
        Order::Propose { commitment: id('a'), due, opens_at: None, told: message("m-1"), outright: false },
    );
    assert_eq!((seen(&shop)[0].due, seen(&shop)[0].proposed), (Some(t("05 10:00")), Some(t("06 10:00"))));
    let what = Name::new("the logs").expect("a name");
    let limit = owed::commitment::DueRule::At(t("04 09:00"));
    let condition = owed::commitment::Condition { what: what.clone(), limit };
    let fix = Promise::new(id('b'), Deliverable::Fix).to(ryan()).within("4 hours".parse().expect("an amount"));
    shop.at("03 11:00", fix.owned_by(desk()).once(condition));
    let waits = &seen(&shop)[1];
    assert_eq!((&waits.now, waits.due), (&Standing::Waits { what, until: t("04 09:00") }, None));
    shop.at("03 15:00", Order::MeetCondition { commitment: id('b'), evidence: message("m-2") });
    let met = &seen(&shop)[1];
    assert_eq!((met.said_at, met.due, &met.now), (t("03 11:00"), Some(t("03 19:00")), &Standing::Owed));
}

#[test]
fn programs_have_no_names_for_him() {
    let mut shop = Shop::new();
    let name = |text| Name::new(text).expect("a name");
    let speakers = [
        (Actor::Ai(name("model-7")), Speaker::Ai),
        (Actor::Automation(name("macro-9")), Speaker::Program),
        (Actor::System(name("gateway")), Speaker::Program),
        (Actor::Vendor(name("secret-vendor")), Speaker::Vendor),
        (Actor::Customer(ryan()), Speaker::Customer),
    ];
    for (letter, (by, _)) in ('a'..).zip(&speakers) {
        let mut command = shop.command("03 09:00", restore(letter, "05 10:00"));
        command.by = by.clone();
        shop.handle(&command).expect("taken");
    }
    let seen: Vec<Speaker> = seen(&shop).into_iter().filter_map(|told| told.said_by).collect();
    assert_eq!(seen, speakers.map(|(_, speaker)| speaker));
}

/// A goal of the desk's own is his from the instant on at which he was told of it.
#[test]
fn he_sees_a_goal_only_once_it_was_announced_and_since_then() {
    let rules: Rulebook = serde_json::from_str(
        r#"{ "agreements": [{ "name": "sla", "binding": "goal", "targets": { "first_response": "4 hours" } }] }"#,
    )
    .expect("a rulebook");
    let uuid = |n: u128| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n);
    let stream = TicketId(uuid(1));
    let mut ticket = Ticket::new(stream);
    let open = r#"{"type": "open", "requester": "ryan"}"#;
    let open: owed::ticket::Order = serde_json::from_str(open).expect("an order");
    let command = Command::new(stream, CommandId(uuid(2)), t("02 09:00"), agent("ada"), open);
    ticket.handle(&rules, &command).expect("taken");
    let goal = ticket.ledger().owed()[0];
    assert_eq!((goal.binding, ticket.ledger().told_to(&Party::from(ryan()))), (Binding::Goal, vec![]));
    let announce = Order::Announce { commitment: goal.id, message: message("m-1") };
    let command = Command::new(stream, CommandId(uuid(3)), t("02 10:00"), agent("ada"), announce);
    ticket.handle(&rules, &command).expect("taken");
    let told = &ticket.ledger().told_to(&Party::from(ryan()))[0];
    assert_eq!((told.said_at, &told.said_by, told.due), (t("02 10:00"), &None, Some(t("02 13:00"))));
    let command = Command::new(
        stream,
        CommandId(uuid(4)),
        t("02 11:00"),
        agent("ada"),
        Order::Announce { commitment: told.commitment, message: message("m-2") },
    );
    ticket.handle(&rules, &command).expect("taken");
    assert_eq!(ticket.ledger().told_to(&Party::from(ryan()))[0].said_at, t("02 10:00"), "told twice is told once");
}
