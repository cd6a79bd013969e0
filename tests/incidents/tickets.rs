//! Linked tickets: streams of their own, told what to do by orders that the host hands in.

use owed::commitment::{Actor, Verdict};
use owed::incident::{Affected, Clocks, Order as Ask, Recurrence};
use owed::policy::Status;
use owed::{Command, CommandId, Order, Rulebook, Task, Ticket, effects, ticket};

use super::host::{Host, ada, affected, declare, m, name, t, ticket as id, uuid, who};

/// Must 1.2. Whose ticket is linked late is affected from then on.
#[test]
fn a_ticket_linked_late_owes_its_customer_his_notice_from_then_on() {
    let mut host = Host::declared(&["ann"]);
    assert_eq!(
        host.at("02 12:00", Ask::Link { ticket: id(1), customer: who("bob") }),
        ["02 12:00: affected: bob", "02 12:00: notice to bob due 05 12:00", "02 12:00: linked: #1, of bob"]
    );
    assert_eq!(
        host.at("02 12:00", Ask::Link { ticket: id(2), customer: who("ann") }),
        ["02 12:00: linked: #2, of ann"],
        "her notice is owed already"
    );
    assert_eq!(host.may_not("02 12:00", Ask::Link { ticket: id(1), customer: who("bob") }).code(), "already_linked");
    assert_eq!(host.at("02 12:30", Ask::Unlink { ticket: id(1) }), ["02 12:30: unlinked: #1"]);
    assert_eq!(host.may_not("02 12:30", Ask::Unlink { ticket: id(1) }).code(), "not_linked");
}

/// A broadcast answers what each asked only where the host says so.
#[test]
fn a_broadcast_answers_only_where_the_host_says_so() {
    let mut host = Host::declared(&["ann"]);
    host.at("02 10:00", Ask::Link { ticket: id(1), customer: who("ann") });
    host.at("02 10:00", Ask::Ask { customer: who("ann"), message: m("question") });
    let update = |answers| Ask::Update { message: m("news"), answers };
    let said = host.at("02 11:00", update(false));
    assert!(!said.iter().any(|line| line.contains("reply") || line.contains("credited")), "{said:?}");
    let macro_ = Actor::Automation(name("macro"));
    assert_eq!(host.by("02 12:00", macro_, update(true)).unwrap_err().code(), "no_answer");
    let said = host.at("02 12:00", update(true));
    assert!(said.contains(&"02 12:00: kept: reply to ann".into()), "{said:?}");
    assert_eq!(said.last().unwrap(), "02 12:00: credited: #1 by agent");
}

/// What an order that comes out of an incident does to a ticket: handed in by the host, with the ticket's own rules.
struct Both {
    host: Host,
    ticket: Ticket,
    rules: Rulebook,
    handed_in: usize,
    commands: u128,
}

impl Both {
    fn new(clocks: Clocks, rules: &str, ann: Affected) -> Self {
        let mut host = Host::new();
        let order = owed::incident::Declare { clocks, affected: vec![ann], ..declare(&[]) };
        host.at("02 09:00", order);
        let mut both = Self {
            host,
            ticket: Ticket::new(id(1)),
            rules: serde_json::from_str(rules).unwrap(),
            handed_in: 0,
            commands: 0,
        };
        both.hand_in("02 09:30", Actor::Customer(who("ann")), ticket::Order::open(who("ann")).into());
        both.at("02 10:00", Ask::Link { ticket: id(1), customer: who("ann") });
        both
    }

    fn hand_in(&mut self, at: &str, by: Actor, order: Order) {
        self.commands += 1;
        let command = Command::new(id(1), CommandId(uuid(9000 + self.commands)), t(at), by, order);
        self.ticket.handle(&self.rules, &command).expect("the ticket takes it");
    }

    /// The incident is told, and whatever it orders of the ticket is handed in there.
    fn at(&mut self, at: &str, order: Ask) {
        self.host.at(at, order);
        let tasks: Vec<_> = self.host.stored.iter().flat_map(effects).collect();
        for effect in tasks.iter().skip(self.handed_in) {
            if let Task::OrderTicket { ticket, order } = &effect.task {
                assert_eq!(*ticket, id(1));
                self.hand_in(at, Actor::Agent(ada()), ticket::Order::clone(order).into());
            }
        }
        self.handed_in = tasks.len();
    }

    fn due(&self) -> Vec<String> {
        self.ticket.ledger().owed().iter().map(|owed| owed.to_string()).collect()
    }
}

const PAUSES: &str = r#"{ "agreements": [{ "name": "sla", "targets": {
    "first_response": { "budget": "4 hours", "pause": [{ "reason": "incident", "when": { "status": ["on_hold"] } }] } } }] }"#;

#[test]
fn the_clocks_of_linked_tickets_stand_while_it_lasts() {
    let mut both = Both::new(Clocks::Off, PAUSES, Affected::new(who("ann")));
    assert_eq!(both.ticket.status(), Some(Status::OnHold));
    assert!(both.due()[0].contains("stands still for incident"), "{:?}", both.due());
    both.at("02 12:00", Ask::Resolve { message: m("patch") });
    assert_eq!(both.ticket.status(), Some(Status::Open));
    // Half an hour had run when it was linked; it stood for two hours.
    assert!(both.due()[0].contains("by 2026-03-02T15:30:00Z"), "{:?}", both.due());
}

#[test]
fn the_clocks_of_linked_tickets_get_other_targets_while_it_lasts() {
    let rules = r#"{ "agreements": [
        { "name": "incident", "when": { "tags": ["incident"] }, "targets": { "first_response": "24 hours" } },
        { "name": "sla", "targets": { "first_response": "4 hours" } }] }"#;
    let mut both = Both::new(Clocks::Other { tag: name("incident") }, rules, Affected::new(who("ann")));
    assert!(both.due()[0].contains("by 2026-03-03T09:30:00Z"), "{:?}", both.due());
    both.at("02 12:00", Ask::Unlink { ticket: id(1) });
    assert!(both.due()[0].contains("by 2026-03-02T13:30:00Z"), "{:?}", both.due());
}

#[test]
fn the_clocks_of_linked_tickets_run_on_where_nothing_is_said() {
    let mut both = Both::new(Clocks::On, PAUSES, Affected::new(who("ann")));
    let due = both.due();
    assert!(due[0].contains("by 2026-03-02T13:30:00Z"), "{due:?}");
    // The broadcast answers what was asked on the ticket.
    both.at("02 11:00", Ask::Update { message: m("news"), answers: true });
    assert_eq!(both.due(), [""; 0]);
    assert!(both.ticket.ledger().all().all(|owed| owed.verdict() == Verdict::Fulfilled));
}

/// Must 1.5. Hit the fourth time in eight months, he climbs a ladder by rule.
#[test]
fn the_fourth_time_escalates_by_rule() {
    let rules = r#"{ "agreements": [], "ladders": [{ "name": "again",
        "causes": [{ "while": { "fields": { "incident_times": { "at_least": 4 }, "incident_span_days": { "at_most": 366 } } } }],
        "rungs": [{ "notify": "head of security", "wait": "1 hour" }] }] }"#;
    let escalations = |times, first: &str| {
        let ann = Affected::new(who("ann")).hit_again(Recurrence { times, first: first.parse().unwrap() });
        let both = Both::new(Clocks::On, rules, ann);
        both.ticket.escalations().live().count()
    };
    let within_a_year = "2025-07-05T10:00:00Z";
    assert_eq!([escalations(3, within_a_year), escalations(4, within_a_year)], [0, 1]);
    assert_eq!(
        escalations(4, "2024-07-05T10:00:00Z"),
        0,
        "the fourth time in twenty months is another rule's business"
    );
}

#[test]
fn a_reopened_incident_holds_the_clocks_again() {
    let mut host = Host::new();
    host.at("02 09:00", owed::incident::Declare { clocks: Clocks::Off, affected: affected(&["ann"]), ..declare(&[]) });
    let said = host.at("02 10:00", Ask::Link { ticket: id(1), customer: who("ann") });
    assert_eq!(said[1..], ["02 10:00: held: #1 Off"]);
    let said = host.at("02 11:00", Ask::Resolve { message: m("patch") });
    assert!(said.contains(&"02 11:00: freed: #1 Off".into()), "{said:?}");
    // What is linked once it is over is not held.
    let said = host.at("02 12:00", Ask::Link { ticket: id(2), customer: who("ann") });
    assert_eq!(said, ["02 12:00: linked: #2, of ann"]);
}
