//! The second version of an event: what earlier releases stored in another form, read for ever as what it is now.
//!
//! `earlier.jsonl` has the samples of `events.jsonl` as they stood there first, and then a whole stream, as the first release wrote it. No line is
//! ever changed.

use owed::escalation::Order;
use owed::report::{Statement, statements};
use owed::{
    AgentId, CommandId, Event, Recorded, Rulebook, Ticket, TicketId, Timestamp, commitment, effects, escalation,
};
use uuid::Uuid;

use super::{EARLIER, EVENTS};

/// The stream.
const TICKET: TicketId = TicketId(Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0001));

fn read(line: &str) -> Recorded {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

fn written(event: &Recorded) -> String {
    serde_json::to_string(event).expect("written")
}

/// What a line of the first release is in this one: other names, and a list where there was one agent.
fn now(line: &str) -> String {
    let names = line.replace(r#""type":"decision_asked"#, r#""type":"decision_requested"#);
    ["bob", "eve"]
        .into_iter()
        .fold(names, |line, agent| line.replace(&format!(r#""about":"{agent}""#), &format!(r#""about":["{agent}"]"#)))
}

#[test]
fn an_earlier_form_is_read_as_the_form_of_now_and_written_so() {
    let changed = EARLIER.lines().filter(|line| line.contains("decision_asked")).count();
    assert_eq!(changed, 4);
    for line in EARLIER.lines() {
        assert_eq!(written(&read(line)), now(line));
        assert_eq!(read(&now(line)), read(line));
        // What is written in another form has another name: to the first release it is unknown, and not damaged.
        assert_eq!(now(line) == line, !line.contains("decision_asked"));
    }
    for line in EARLIER.lines().take(2).map(now) {
        assert!(EVENTS.lines().any(|sample| sample == line), "pinned in both forms: {line}");
    }
}

/// Each of a list, none of it, and the one: `null` was none to the first release.
#[test]
fn whom_he_complains_of_is_one_or_several_or_nobody() {
    let line = EARLIER.lines().next().expect("a line");
    let about = |about: &str| -> Vec<String> {
        match read(&line.replace(r#""about":"bob","#, about)).event {
            Event::Escalation(escalation::Event::DecisionRequested { about, .. }) => {
                about.iter().map(ToString::to_string).collect()
            }
            other => panic!("{other:?}"),
        }
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(about(r#""about":"bob","#), ["bob"]);
    assert_eq!(about(r#""about":["bob","eve"],"#), ["bob", "eve"]);
    assert_eq!(about(""), none);
    assert_eq!(about(r#""about":null,"#), none);
}

fn rules() -> Rulebook {
    let rules = r#"{ "agreements": [], "supervisor": { "within": "30 minutes", "owner": { "team": "supervisors", "agent": "eve" } },
        "ladders": [{ "name": "complaint", "causes": ["customer_request"], "rungs": [{ "notify": "supervisor", "wait": "2 hours" }] }] }"#;
    serde_json::from_str(rules).expect("a rulebook")
}

/// What becomes of the stream: the deadline passes, the two whom he complains of decide nothing, and somebody else does, too late.
fn goes_on(mut ticket: Ticket) -> (Vec<Recorded>, Vec<String>, Vec<Statement>, Ticket) {
    let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
    let (mut events, mut refused) = (Vec::new(), Vec::new());
    for (number, agent) in (1..).zip(["bob", "eve", "lea"]) {
        let id = CommandId(Uuid::from_u128(0x8000_8000_0000_0000_0000 | number));
        let order = Order::Grant { told: "m-3".parse().expect("a message") };
        let by = AgentId::new(agent).expect("an agent");
        match ticket.handle(&rules(), &ticket.command(id, at("2026-03-02T15:00:00Z"), by, order)) {
            Ok(recorded) => events.extend(recorded),
            Err(why) => {
                refused.push(why.why.to_string());
                events.extend(why.meanwhile);
            }
        }
    }
    let statements = statements(&ticket, &rules(), at("2026-03-02T15:00:00Z"));
    (events, refused, statements, ticket)
}

/// A stream that begins in the earlier form is the same ticket, decides the same, and goes on in the form of now.
#[test]
fn a_stream_in_the_earlier_form_replays_and_goes_on() {
    let stream = || EARLIER.lines().skip(2);
    let earlier: Vec<Recorded> = stream().map(read).collect();
    let later: Vec<Recorded> = stream().map(|line| read(&now(line))).collect();
    let ticket = Ticket::replay(TICKET, &earlier);
    assert_eq!(ticket.version(), 6);
    assert_eq!(ticket, Ticket::replay(TICKET, &later));
    let request = ticket.escalations().request().expect("a request");
    assert_eq!(request.about.iter().map(AgentId::as_str).collect::<Vec<_>>(), ["bob", "eve"]);
    assert_eq!(
        earlier.iter().flat_map(effects).collect::<Vec<_>>(),
        later.iter().flat_map(effects).collect::<Vec<_>>()
    );

    let came_of = goes_on(ticket);
    assert_eq!(came_of, goes_on(Ticket::replay(TICKET, &later)));
    let (events, refused, statements, ticket) = came_of;
    assert_eq!(refused.len(), 2, "{refused:?}");
    assert!(refused[0].contains("bob") && refused[1].contains("eve"), "{refused:?}");
    assert_eq!(statements[0].verdict, commitment::Verdict::Breached);
    assert_eq!(statements[0].phase, commitment::PhaseName::Closed);
    let whole: Vec<Recorded> = earlier.into_iter().chain(events).collect();
    assert_eq!(Ticket::replay(TICKET, &whole), ticket, "both forms in one stream");
}
