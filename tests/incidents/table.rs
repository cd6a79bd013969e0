//! Every order in every phase: what it comes to, enumerated.

use owed::commitment::{Channel, DueRule};
use owed::incident::{Mending, Order as Ask, Telling, WhyOff};

use super::host::{Host, affected, declare, m, name, t, tell, ticket, who};

/// The orders by name, each as it would be taken where it can be.
fn orders() -> Vec<(&'static str, Ask)> {
    let ann = || who("ann");
    vec![
        ("declare", Ask::Declare(Box::new(declare(&["ann"])))),
        ("set_severity", Ask::SetSeverity { severity: name("low") }),
        ("affect", Ask::Affect { customers: affected(&["cem"]) }),
        ("take_off", Ask::TakeOff { customer: ann(), why: WhyOff::Released { evidence: m("letter") } }),
        ("reach", Ask::Reach { customer: ann(), channel: Some(Channel::Phone), language: None }),
        ("tell", tell(Telling::Notice, &["bob"])),
        ("bounce", Ask::Bounce { what: Telling::Notice, customer: ann(), message: m("mail") }),
        ("ask", Ask::Ask { customer: ann(), message: m("question") }),
        ("answer", Ask::Answer { customer: ann(), message: m("answer") }),
        ("update", Ask::Update { message: m("news"), answers: false }),
        ("link", Ask::Link { ticket: ticket(2), customer: ann() }),
        ("unlink", Ask::Unlink { ticket: ticket(1) }),
        ("apologise", Ask::Apologise { message: m("sorry") }),
        ("review", Ask::Review { message: m("minutes"), next: Some(DueRule::At(t("30 09:00"))) }),
        ("resolve", Ask::Resolve { message: m("patch") }),
        ("hear", Ask::Hear { customer: ann(), safe: false, message: m("call") }),
        ("repair", Ask::Repair { customer: ann(), message: m("new password") }),
        (
            "reopen",
            Ask::Reopen { message: m("again"), mending: Mending::Review(DueRule::At(t("30 09:00"))), updates: None },
        ),
        ("close", Ask::Close {}),
    ]
}

const PHASES: [&str; 4] = ["undeclared", "ongoing", "resolved", "closed"];

fn stand(phase: &str) -> Host {
    let mut host = Host::new();
    if phase == "undeclared" {
        return host;
    }
    host.at("02 09:00", declare(&["ann", "bob"]));
    host.at("02 09:00", Ask::Link { ticket: ticket(1), customer: who("ann") });
    host.at("02 09:30", tell(Telling::Notice, &["ann"]));
    if phase == "ongoing" {
        return host;
    }
    host.at("02 10:00", Ask::Resolve { message: m("patch") });
    if phase == "resolved" {
        return host;
    }
    host.at("02 10:30", tell(Telling::Notice, &["bob"]));
    host.at("02 10:30", tell(Telling::News, &["ann", "bob"]));
    host.at("02 10:30", tell(Telling::Feedback, &["ann", "bob"]));
    host.at("02 10:30", Ask::Review { message: m("minutes"), next: None });
    host.at("02 10:30", Ask::Close {});
    host
}

/// One line for each order: what it comes to in each phase. A refusal goes by its code, what is taken by the kinds of its events.
#[test]
fn every_order_in_every_phase() {
    let mut table = String::new();
    for (name, order) in orders() {
        for phase in PHASES {
            let mut host = stand(phase);
            let before = host.stored.len();
            let came = match host.by("02 11:00", super::host::ada(), order.clone()) {
                Err(why) => format!("refused: {}", why.code()),
                Ok(said) if said.is_empty() => "nothing".to_owned(),
                Ok(said) => {
                    let kinds: Vec<_> = said
                        .iter()
                        .map(|line| line.split_once(": ").unwrap().1)
                        .map(|line| line.split(" due").next().unwrap().to_owned())
                        .collect();
                    kinds.join("; ")
                }
            };
            assert!(!came.starts_with("refused") || host.stored.len() == before, "a refusal records nothing");
            table += &format!("{name} | {phase} | {came}\n");
        }
    }
    assert_eq!(table, include_str!("table.txt"), "\n{table}");
    assert_eq!(table.lines().count(), orders().len() * PHASES.len());
}

/// The names of the orders are all there are.
#[test]
fn every_order_is_in_the_table() {
    let said = serde_json::from_str::<Ask>(r#"{"type": "?"}"#).expect_err("no such name").to_string();
    let (_, names) = said.split_once("expected").expect("a list");
    let known: Vec<_> = names.split('`').skip(1).step_by(2).collect();
    assert_eq!(known, orders().iter().map(|(name, _)| *name).collect::<Vec<_>>());
}
