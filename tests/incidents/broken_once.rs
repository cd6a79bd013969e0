//! What was broken once, each by its name.

use owed::commitment::{Channel, DueRule, Order as Debt, Party, envelope};
use owed::incident::{
    Affected, Clocks, Declare, Incident, Mending, Merge, Notice, Order as Ask, Recurrence, Role, Telling, WhyOff,
};
use owed::{AgentId, CommandId, IncidentId, Task, effects};

use super::host::{Host, ONE, ada, affected, declare, fulfil, m, name, t, tell, these, ticket, updates, uuid, who};

const TWO: IncidentId = IncidentId(uuid(2));

fn second(order: Declare) -> Host {
    let mut second = Host::new();
    second.incident = Incident::new(TWO);
    let mut order = order;
    order.owes.updates = Some(updates(52));
    second.at("02 10:00", order);
    second
}

/// The second goes on as part of the first.
fn merge(first: &mut Host, second: &mut Host, at: &str) {
    let command = envelope::Command::new(TWO, CommandId(uuid(900)), t(at), ada(), Merge { into: ONE });
    let both = second.incident.merge(&mut first.incident, &first.rules, &command).expect("they are one");
    second.stored.extend(both.from);
    first.stored.extend(both.to);
}

fn bounce(what: Telling, customer: &str, message: &str) -> Ask {
    Ask::Bounce { what, customer: who(customer), message: m(message) }
}

fn not_affected(customer: &str) -> Ask {
    let why = WhyOff::NotAffected { reason: name("another account"), evidence: m("list 2") };
    Ask::TakeOff { customer: who(customer), why }
}

fn reopen(updates: Option<owed::incident::Updates>) -> Ask {
    Ask::Reopen { message: m("again"), mending: Mending::Fix(DueRule::Within("24 hours".parse().unwrap())), updates }
}

/// What linked tickets are ordered, each as the status that it is to have.
fn statuses(host: &Host) -> Vec<String> {
    let tasks = host.stored.iter().flat_map(effects).map(|effect| effect.task);
    let orders = tasks.filter_map(|task| match task {
        Task::OrderTicket { order, .. } => Some(serde_json::to_value(&order).unwrap()),
        _ => None,
    });
    orders.filter_map(|order| order["status"].as_str().map(str::to_owned)).collect()
}

/// Linked to both, its clocks were held by the one that went over, and nobody ever freed them.
#[test]
fn a_ticket_of_both_is_freed_by_the_one_that_goes_over() {
    let mut first = Host::declared(&["ann"]);
    first.at("02 09:30", Ask::Link { ticket: ticket(1), customer: who("ann") });
    let mut second = second(Declare { clocks: Clocks::Off, ..declare(&["ann"]) });
    second.at("02 10:30", Ask::Link { ticket: ticket(1), customer: who("ann") });
    merge(&mut first, &mut second, "02 11:00");
    assert_eq!(statuses(&second), ["on_hold", "open"]);
    assert_eq!(statuses(&first), [""; 0]);
}

/// The other way round it is held already, and is not held again.
#[test]
fn a_ticket_of_both_stays_held_by_the_other() {
    let mut first = Host::new();
    first.at("02 09:00", Declare { clocks: Clocks::Off, ..declare(&["ann"]) });
    first.at("02 09:30", Ask::Link { ticket: ticket(1), customer: who("ann") });
    let mut second = second(declare(&["ann"]));
    second.at("02 10:30", Ask::Link { ticket: ticket(1), customer: who("ann") });
    merge(&mut first, &mut second, "02 11:00");
    assert_eq!((statuses(&first), statuses(&second)), (vec!["on_hold".to_owned()], Vec::new()));
}

/// A mail came back twice, and the second time took back what the telephone had told her meanwhile.
#[test]
fn what_was_told_by_another_message_stays_told() {
    let mut host = Host::declared(&["ann"]);
    let told_by = |message| Ask::Tell { what: Telling::Notice, whom: these(&["ann"]), message: m(message) };
    host.at("02 10:00", told_by("mail"));
    host.at("02 11:00", bounce(Telling::Notice, "ann", "mail"));
    host.at("02 12:00", told_by("call"));
    assert_eq!(host.may_not("05 13:00", bounce(Telling::Notice, "ann", "mail")).code(), "nothing_told");
    assert_eq!(host.incident.notice(&who("ann"), t("05 13:00")), Some(Notice::Told { at: t("02 12:00") }));
    // What was kept without a message can be said to have come back by any.
    let mut host = Host::declared(&["ann"]);
    let notice = host.open("notice", "ann");
    host.at("02 10:00", fulfil(notice));
    let said = host.at("02 11:00", bounce(Telling::Notice, "ann", "mail"));
    assert_eq!(said.last().unwrap(), "02 11:00: notice to ann due 05 09:00");
}

/// One message kept both of his notices, and only one was owed again when it came back.
#[test]
fn a_message_that_kept_two_notices_comes_back_for_both() {
    let mut first = Host::declared(&["bob"]);
    let mut second = second(declare(&["bob"]));
    merge(&mut first, &mut second, "02 11:00");
    first.at("02 12:00", tell(Telling::Notice, &["bob"]));
    let said = first.at("02 13:00", bounce(Telling::Notice, "bob", "mail"));
    assert_eq!(
        said.iter().filter(|line| line.starts_with("02 13:00: notice to bob")).collect::<Vec<_>>(),
        ["02 13:00: notice to bob due 05 09:00", "02 13:00: notice to bob due 05 10:00"],
        "{said:?}"
    );
}

/// The news of an end that was none came back, and was owed again while the incident lasted.
#[test]
fn news_of_an_end_that_was_none_is_not_owed_again() {
    let mut host = Host::declared(&["ann"]);
    host.at("02 10:00", Ask::Resolve { message: m("patch") });
    host.at("02 10:10", tell(Telling::News, &["ann"]));
    host.at("02 10:20", reopen(None));
    assert_eq!(host.at("02 10:30", bounce(Telling::News, "ann", "mail")), [""; 0]);
    // Over indeed, she is owed the news of that, once.
    host.at("02 10:40", Ask::Resolve { message: m("patch 2") });
    assert_eq!(host.at("02 10:50", bounce(Telling::News, "ann", "mail")), [""; 0]);
    assert_eq!(host.owed().iter().filter(|owed| owed.starts_with("update to ann")).count(), 1);
}

/// The ledger's own orders ended the fix, or the review without a next one, and nothing was owed of the cause any more.
#[test]
fn while_it_lasts_something_is_owed_of_the_cause() {
    let mut host = Host::declared(&["ann"]);
    let commitment = host.open("fix", "everybody affected");
    let error = Debt::RecordInError { commitment, reason: name("because"), evidence: m("note") };
    let impossible = || Debt::DeclareImpossible { commitment, notice: m("note") };
    assert_eq!(host.may_not("02 10:00", error).code(), "no_next_review");
    assert_eq!(host.may_not("02 10:00", impossible()).code(), "no_next_review");
    host.until("05 08:00");
    let lena = Party::Agent(AgentId::new("lena").unwrap());
    let write_off = Debt::WriteOff { commitment, authority: lena, reason: name("because") };
    assert_eq!(host.may_not("05 08:00", write_off).code(), "no_next_review");
    // With a review dated, it may be said that it cannot be fixed; and that review is done by its own order, which dates the next.
    host.at("05 08:00", Ask::Review { message: m("minutes"), next: Some(DueRule::At(t("06 09:00"))) });
    host.at("05 08:30", impossible());
    let review = host.open("review", "everybody affected");
    let why = host.may_not("05 09:00", fulfil(review));
    assert_eq!(why.to_string(), "neither a fix nor a review would be owed; say by when there is a next review");
}

/// An overdue look back at how it went was taken for a look at where it stands.
#[test]
fn a_look_at_where_it_stands_is_no_look_back() {
    let mut host = Host::declared(&["ann"]);
    host.at("02 10:00", Ask::Resolve { message: m("patch") });
    host.until("09 11:00");
    let mending = Mending::Review(DueRule::At(t("12 09:00")));
    host.at("09 11:00", Ask::Reopen { message: m("again"), mending, updates: None });
    let next = Some(DueRule::At(t("14 09:00")));
    assert_eq!(
        host.at("10 09:00", Ask::Review { message: m("minutes"), next }),
        [
            "10 09:00: reviewed",
            "10 09:00: kept: review to everybody affected",
            "10 09:00: review to everybody affected due 14 09:00",
        ]
    );
    assert!(host.owed().contains(&"review to everybody affected by 09 10:00, late".into()), "{:?}", host.owed());
}

/// Affected by both, he was to be told in another way of one of his notices only.
#[test]
fn both_notices_are_told_in_the_other_way() {
    let mut first = Host::declared(&["bob"]);
    let mut second = second(declare(&["bob"]));
    merge(&mut first, &mut second, "02 11:00");
    first.at("02 12:00", Ask::Reach { customer: who("bob"), channel: Some(Channel::Phone), language: None });
    assert_eq!(effects(first.stored.last().unwrap()).len(), 2);
}

/// Not safe in both, he was safe, and was owed one of the two fixes still.
#[test]
fn a_repair_keeps_what_is_owed_in_both() {
    let mut first = Host::declared(&["bob"]);
    let mut second = second(declare(&["bob"]));
    for (host, series) in [(&mut first, 61), (&mut second, 62)] {
        host.at("02 10:05", Ask::Resolve { message: m("patch") });
        host.at("02 10:10", Ask::Hear { customer: who("bob"), safe: false, message: m("call") });
        host.at("02 10:15", reopen(Some(updates(series))));
    }
    merge(&mut first, &mut second, "02 11:00");
    first.at("02 12:00", Ask::Repair { customer: who("bob"), message: m("reset") });
    assert!(!first.owed().iter().any(|owed| owed.starts_with("fix to bob")), "{:?}", first.owed());
}

/// He was not affected, and his ticket stood still and was answered by a broadcast all the same.
#[test]
fn the_tickets_of_who_is_not_affected_are_about_something_else() {
    let mut host = Host::new();
    host.at("02 09:00", Declare { clocks: Clocks::Off, ..declare(&["ann", "bob"]) });
    host.at("02 09:30", Ask::Link { ticket: ticket(1), customer: who("ann") });
    host.at("02 09:30", Ask::Link { ticket: ticket(2), customer: who("bob") });
    let said = host.at("02 10:00", not_affected("ann"));
    assert_eq!(said[2..], ["02 10:00: unlinked: #1", "02 10:00: freed: #1 Off"], "{said:?}");
    let said = host.at("02 11:00", Ask::Update { message: m("news"), answers: true });
    assert_eq!(said.last().unwrap(), "02 11:00: credited: #2 by agent", "{said:?}");
    assert!(!said.iter().any(|line| line.contains("credited: #1")), "{said:?}");
}

fn explaining() -> Host {
    let mut host = Host::new();
    let mut order = declare(&["ann"]);
    let owes = r#"{"deliverable": "explanation", "within": "12 hours", "depth": 2}"#;
    order.owes.notice.breach_owes = Some(serde_json::from_str(owes).unwrap());
    host.at("02 09:00", order);
    host.until("05 10:00");
    host
}

/// Whoever lets the desk off, or never was affected, was owed an explanation of why his notice was late.
#[test]
fn who_is_taken_off_is_owed_no_explanation() {
    let mut host = explaining();
    // The explanation is late, too, and owes another.
    host.until("06 00:00");
    let why = WhyOff::Released { evidence: m("leave me alone") };
    host.at("06 00:00", Ask::TakeOff { customer: who("ann"), why });
    assert!(!host.owed().iter().any(|owed| owed.contains("to ann")), "{:?}", host.owed());
    // Told late, his notice is owed no more; the explanation was.
    let mut host = explaining();
    host.at("05 10:00", tell(Telling::Notice, &["ann"]));
    assert!(host.owed().iter().any(|owed| owed.contains("explanation to ann")));
    host.at("05 11:00", not_affected("ann"));
    assert!(!host.owed().iter().any(|owed| owed.contains("to ann")), "{:?}", host.owed());
    // Struck out with what it was owed for, it falls away once.
    let mut host = explaining();
    let said = host.at("05 11:00", not_affected("ann"));
    assert_eq!(said.iter().filter(|line| line.contains("explanation")).count(), 1, "{said:?}");
}

/// Taken off and linked again, she was spoken with in no known way, by nobody she knew.
#[test]
fn who_is_affected_again_is_spoken_with_as_before() {
    let mut host = Host::declared(&[]);
    let ann = Affected::new(who("ann")).with_contact(ada()).over(Channel::Email, name("fa"));
    host.at("02 09:30", Ask::Affect { customers: vec![ann] });
    host.at("02 10:00", not_affected("ann"));
    host.at("02 10:30", Ask::Link { ticket: ticket(1), customer: who("ann") });
    let part = host.incident.part(&who("ann")).unwrap();
    assert_eq!(
        (part.channel, part.language.clone(), part.contact.clone()),
        (Some(Channel::Email), Some(name("fa")), Some(ada()))
    );
}

/// What only the incident that went over knew of a customer was forgotten.
#[test]
fn what_either_knows_of_a_customer_is_known_of_him() {
    let mut first = Host::declared(&["bob"]);
    let when = "2025-07-05T10:00:00Z".parse().unwrap();
    let bob = Affected::new(who("bob")).with_contact(ada()).over(Channel::Email, name("fa"));
    let bob = bob.hit_again(Recurrence { times: 4, first: when });
    let mut second = second(Declare { affected: vec![bob], ..declare(&[]) });
    merge(&mut first, &mut second, "02 11:00");
    assert_eq!(first.incident.hit_again(4).count(), 1);
    let part = first.incident.part(&who("bob")).unwrap();
    assert_eq!(
        (part.channel, part.language.clone(), part.contact.clone()),
        (Some(Channel::Email), Some(name("fa")), Some(ada()))
    );
    let said = first.at("02 12:00", Ask::Affect { customers: affected(&["bob"]) });
    assert_eq!(said, [""; 0]);
}

/// By which message she was told is known for its coming back, and goes with it.
#[test]
fn the_message_that_told_her_can_be_redacted() {
    let mut host = Host::declared(&["ann"]);
    host.at("02 10:00", tell(Telling::Notice, &["ann"]));
    let notice = host.incident.owed_as(Role::Notice, Some(&who("ann"))).next().unwrap().id;
    assert!(serde_json::to_string(&host.incident).unwrap().contains("\"mail\""));
    host.at("02 11:00", Debt::Redact { commitment: notice, reference: m("mail") });
    assert!(!serde_json::to_string(&host.incident).unwrap().contains("\"mail\""));
    assert_eq!(host.may_not("02 12:00", bounce(Telling::Notice, "ann", "mail")).code(), "nothing_told");
}

/// Her ticket was linked before it was known who is there for her, how she is spoken with and that it was the fourth time; and then nobody
/// heard of that.
#[test]
fn what_is_known_later_of_who_is_affected_is_taken_in() {
    let mut host = Host::declared(&[]);
    host.at("02 09:30", Ask::Link { ticket: ticket(1), customer: who("ann") });
    let hit = |times| Recurrence { times, first: "2025-07-05T10:00:00Z".parse().unwrap() };
    let ann =
        |times| Affected::new(who("ann")).with_contact(ada()).over(Channel::Email, name("fa")).hit_again(hit(times));
    let affect = |times| Ask::Affect { customers: vec![ann(times), ann(times)] };
    assert_eq!(
        host.at("02 10:00", affect(4)),
        ["02 10:00: way_changed", "02 10:00: learned"],
        "no notice besides hers"
    );
    let part = host.incident.part(&who("ann")).unwrap();
    assert_eq!((part.channel, part.contact.clone()), (Some(Channel::Email), Some(ada())));
    assert_eq!(host.incident.hit_again(4).count(), 1);
    let tasks: Vec<_> = effects(host.stored.last().unwrap()).into_iter().map(|effect| effect.task).collect();
    let ordered = |task: &Task| matches!(task, Task::OrderTicket { ticket: of, .. } if *of == ticket(1));
    assert!(tasks.len() == 2 && tasks.iter().all(ordered), "her ticket's conditions can read both: {tasks:?}");
    // What is known is not said again; how she is spoken with, an order of its own changes.
    assert_eq!(host.at("02 11:00", affect(4)), [""; 0]);
    let phone = ann(4).over(Channel::Phone, name("fa"));
    assert_eq!(host.at("02 11:00", Ask::Affect { customers: vec![phone] }), [""; 0]);
    assert_eq!(host.at("02 12:00", affect(5)), ["02 12:00: learned"]);
}
