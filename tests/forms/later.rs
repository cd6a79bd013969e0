//! What only a later release knows: told, kept as it was, and skipped on purpose. What is damaged is an error.

use owed::commitment::{Account, Hours, envelope};
use owed::ticket::Order;
use owed::{
    AccountId, AgentId, CommandId, CommandRefusal, Incident, IncidentId, Recorded, Rulebook, Stored, Ticket, TicketId,
    Timestamp, UnknownEvent, commitment, escalation, incident, ticket,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::reading::{known_at, places};
use super::{ACCOUNT_EVENTS, EVENTS, INCIDENT_EVENTS, WORDS};

fn json(line: &str) -> Value {
    serde_json::from_str(line).expect("JSON")
}

fn read<S: DeserializeOwned, E: DeserializeOwned>(event: &Value) -> envelope::Stored<S, E> {
    serde_json::from_str(&event.to_string()).unwrap_or_else(|error| panic!("{error}: {event}"))
}

/// Every word of every sample, as a later release might have another in its place.
fn every_word_may_be_unknown<S, E>(lines: &str) -> usize
where
    S: DeserializeOwned + PartialEq + std::fmt::Debug,
    E: DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let mut words = 0;
    for line in lines.lines().map(json) {
        let known = serde_json::from_value(line.clone()).expect("an event");
        assert_eq!(read::<S, E>(&line), envelope::Stored::Known(known), "{line}");
        for place in places(&line, |_| true) {
            if known_at::<envelope::Recorded<S, E>>(&line, &place).is_none() {
                continue;
            }
            let mut later = line.clone();
            match later.pointer_mut(&place).expect("a place") {
                Value::Object(word) => {
                    let said = std::mem::take(word).into_iter().map(|(_, said)| ("sings".to_owned(), said));
                    *word = said.collect();
                }
                word => *word = Value::from("sings"),
            }
            let unknown = read::<S, E>(&later).known().expect_err("of a later release");
            assert_eq!(unknown.word, "sings", "{place} of {line}");
            assert_eq!(line["version"], unknown.version);
            assert_eq!(line["at"], unknown.at.to_string());
            assert_eq!(serde_json::to_value(&unknown).expect("written"), later, "as it was");
            words += 1;
        }
    }
    words
}

#[test]
fn whatever_word_is_unknown_the_event_is_told_and_kept() {
    let of_tickets = every_word_may_be_unknown::<TicketId, owed::Event>(EVENTS)
        + every_word_may_be_unknown::<TicketId, owed::Event>(WORDS);
    assert!(of_tickets > 1500, "{of_tickets} words");
    every_word_may_be_unknown::<IncidentId, incident::envelope::Event>(INCIDENT_EVENTS);
    every_word_may_be_unknown::<AccountId, commitment::Event>(ACCOUNT_EVENTS);
}

/// The order of its keys, numbers of up to 64 bits, and what no release of ours writes.
#[test]
fn what_is_unknown_is_written_as_it_was() {
    let line = r#"{"version":3,"stream":"018f0000-0000-7000-8000-000000000001","later":[null,true,-1,18446744073709551615,0.1,1e300,"ü\n"],"at":"2026-03-02T17:00:00Z","event":{"type":"sung","room":"choir","b":{"z":1,"a":{}},"a":[]}}"#;
    let stored: Stored = serde_json::from_str(line).expect("of a later release");
    assert_eq!(serde_json::to_string(&stored).expect("written"), line.replace("1e300", "1e+300"));
    let unknown = stored.known().expect_err("of a later release");
    assert_eq!(
        (unknown.room.as_deref(), unknown.kind.as_str(), unknown.word.as_str()),
        (Some("choir"), "sung", "choir")
    );
    assert_eq!(unknown.code(), "unknown_event");
}

/// A word that is not known seldom comes alone: what a ladder says besides, and this release has no key for, is no damage.
#[test]
fn a_ladder_with_another_word_and_another_key_is_told() {
    let ladder = |cause: &str, more: &str| {
        format!(
            r#"{{"stream":"018f0000-0000-7000-8000-000000000001","version":3,"at":"2026-03-02T17:00:00Z","noticed":"2026-03-02T17:00:00Z","cause":"time","edition":1,"event":{{"room":"escalation","type":"started","escalation":"018f0000-0000-7000-8000-000000000002","subject":"ticket","ladder":{{"name":"x","causes":[{cause}],"rungs":[{{"notify":"lead","wait":"1 hour"}}]{more}}},"cause":{{"since":"2026-03-02T17:00:00Z","why":"stands"}},"rung":1,"until":"2026-03-02T17:00:00Z"}}}}"#
        )
    };
    let told =
        |cause: &str, more: &str| serde_json::from_str::<Stored>(&ladder(cause, more)).expect("no damage").known();
    assert!(told(r#"{"on":"breached"}"#, r#","louder":1"#).is_ok());
    for (cause, more, word) in [
        (r#"{"on":"sung"}"#, "", "sung"),
        (r#"{"on":"sung"}"#, r#","louder":1"#, "sung"),
        (r#"{"on":"sung","loud":true}"#, "", "loud"),
        (r#"{"on":{"fact":"sung","loud":true}}"#, "", "sung"),
        (r#"{"on":"breached","loud":true}"#, "", "loud"),
    ] {
        assert_eq!(told(cause, more).expect_err("of a later release").word, word, "{cause} {more}");
    }
    assert!(serde_json::from_str::<Stored>(&ladder(r#"{"on":"sung","times":"many"}"#, "")).is_err(), "damaged");
}

/// A condition with one more clause is a narrower one. Read over, the clause would be lost, and the ladder would mean more than it said.
#[test]
fn a_clause_that_only_a_later_release_knows_is_a_word_that_is_not_known() {
    let plain = json(
        r#"{"name":"x","causes":[{"while":{"not":{"status":["solved"]},"any":[{"status":["on_hold"]},{"sample":{"per_thousand":50,"salt":"x"}}]}}],"rungs":[{"notify":"lead","wait":"1 hour"}],"progress":[{"fact":"message","author":["agent"]}]}"#,
    );
    let read = |ladder: &Value| serde_json::from_value::<escalation::Ladder>(ladder.clone());
    for place in places(&plain, Value::is_object) {
        let mut ladder = plain.clone();
        ladder.pointer_mut(&place).expect("a map")["later"] = Value::from("?");
        let narrows = place.starts_with("/causes") || place.starts_with("/progress");
        match read(&ladder) {
            Ok(read_over) => assert_eq!((Ok(read_over), narrows), (read(&plain).map_err(|_| ()), false), "{place}"),
            Err(told) => {
                assert!(narrows, "{place}: {told}");
                assert!(told.to_string().starts_with("unknown variant `later`"), "{place}: {told}");
            }
        }
    }
}

/// Zones come from the time zone data of a build.
#[test]
fn a_zone_that_only_later_data_know_is_a_word_that_is_not_known() {
    let lines: Vec<&str> = EVENTS.lines().chain(WORDS.lines()).filter(|line| line.contains("\"zone\":")).collect();
    assert!(!lines.is_empty());
    for line in lines {
        let mut event = json(line);
        for place in places(&event.clone(), Value::is_string).into_iter().filter(|place| place.ends_with("/zone")) {
            *event.pointer_mut(&place).expect("a zone") = Value::from("Europe/Atlantis");
        }
        let stored: Stored = serde_json::from_value(event.clone()).expect("no damage");
        assert_eq!(serde_json::to_value(&stored).expect("written"), event);
        assert_eq!(stored.known().expect_err("of a later release").word, "Europe/Atlantis");
    }
}

/// What has been taken in is not passed over afterwards.
#[test]
fn an_event_that_a_stream_has_had_cannot_be_skipped() {
    let line = json(EVENTS.lines().next().expect("an event"));
    let known: owed::Recorded = serde_json::from_value(line.clone()).expect("an event");
    let mut ticket = owed::Ticket::new(known.stream);
    let mut later = line;
    later["event"]["type"] = Value::from("dreamt");
    let unknown = serde_json::from_value::<Stored>(later).expect("no damage").known().expect_err("of a later release");
    ticket.apply(&known);
    assert_eq!((ticket.version(), ticket.skipped()), (known.version, None));
    ticket.skip(&unknown);
    assert_eq!(ticket.skipped(), None);
}

#[test]
fn what_is_damaged_is_no_event_of_a_later_release() {
    let line = json(EVENTS.lines().nth(14).expect("a breach"));
    let damaged = |place: &str, value: Option<Value>| {
        let mut event = line.clone();
        let (map, key) = place.rsplit_once('/').expect("a place");
        let fields = event.pointer_mut(map).and_then(Value::as_object_mut).expect("a map");
        match value {
            Some(value) => fields.insert(key.into(), value),
            None => fields.remove(key),
        };
        serde_json::from_value::<Stored>(event).expect_err("damaged").to_string()
    };
    assert_eq!(damaged("/event/due", None), "missing field `due`");
    assert_eq!(damaged("/event/type", None), "missing field `type`");
    assert_eq!(damaged("/version", Some("seven".into())), r#"invalid type: string "seven", expected u64"#);
    assert!(damaged("/event/due", Some("soon".into())).contains("soon"));
    assert!(damaged("/event/owner", Some(7.into())).contains("Owner"));
    assert!(serde_json::from_str::<Stored>("{").is_err());
    // A word that nobody knows in what has not even an envelope is no event either.
    let no_stream = serde_json::from_str::<Stored>(r#"{"version":1,"event":{"room":"choir","type":"sung"}}"#);
    assert!(no_stream.is_err());
}

const STREAM: TicketId = TicketId(Uuid::from_u128(0x8000_8000_0000_0000_0001));

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn rules() -> Rulebook {
    let sla = r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": "4 hours" } }] }"#;
    serde_json::from_str(sla).expect("a rulebook")
}

/// A ticket on which a reply is owed by 13:00.
fn opened() -> Vec<Recorded> {
    let open = Order::open("c-17".parse().expect("a customer"));
    let command = Ticket::new(STREAM).command(id(1), at("2026-03-02T09:00:00Z"), ada(), open);
    Ticket::new(STREAM).handle(&rules(), &command).expect("opened")
}

fn id(number: u128) -> CommandId {
    CommandId(Uuid::from_u128(0x8000_8000_0000_0000_0000 | number << 96))
}

fn ada() -> AgentId {
    AgentId::new("ada").expect("a name")
}

/// The same fact as a later release might tell it: the customer has let the desk off by a gesture.
fn unknown<S: DeserializeOwned>(stream: Uuid, version: u64) -> UnknownEvent<S> {
    let line = format!(
        r#"{{"stream":"{stream}","version":{version},"at":"2026-03-02T10:00:00Z","noticed":"2026-03-02T10:00:00Z","cause":"time","edition":1,"event":{{"room":"commitment","type":"nodded"}}}}"#
    );
    match serde_json::from_str::<envelope::Stored<S, owed::Event>>(&line).expect("of a later release") {
        envelope::Stored::Unknown(event) => event,
        envelope::Stored::Known(_) => panic!("known"),
    }
}

/// What was skipped may have been the reply: a breach that is recorded without looking would be false for ever.
#[test]
fn a_ticket_that_has_skipped_something_decides_nothing() {
    let events = opened();
    let whole = Ticket::replay(STREAM, &events);
    assert_eq!(whole.skipped(), None);
    let mut ticket = whole.clone();
    ticket.skip(&unknown(STREAM.0, 3));
    assert_eq!(
        (ticket.version(), ticket.skipped(), ticket.last_recorded()),
        (3, Some(3), Some(at("2026-03-02T10:00:00Z")))
    );
    assert_eq!(ticket.ledger(), whole.ledger(), "it can be looked at");
    assert_eq!(ticket.next_wake(), None);
    let before = ticket.clone();
    assert_eq!(ticket.wake(&rules(), at("2026-03-09T09:00:00Z")), []);
    let solve = ticket.command(id(2), at("2026-03-02T11:00:00Z"), ada(), Order::Solve {});
    let refused = ticket.handle(&rules(), &solve).expect_err("refused");
    assert_eq!(refused.why, CommandRefusal::UnknownEvent { version: 3 }.into());
    assert_eq!(refused.meanwhile, []);
    let mut other = Ticket::new(TicketId(Uuid::from_u128(0x8000_8000_0000_0000_0002)));
    let order = ticket::Merge { into: STREAM };
    let merge = envelope::Command::new(other.id(), id(3), at("2026-03-02T11:00:00Z"), ada(), order);
    let refused = other.merge(&mut ticket, &rules(), &merge).expect_err("refused");
    assert_eq!(refused.why.code(), "unknown_event");
    assert_eq!(ticket, before);
    let snapshot: Ticket = serde_json::from_str(&serde_json::to_string(&ticket).expect("written")).expect("read");
    assert_eq!(snapshot, ticket, "nor does one that is kept and loaded again");
}

/// Those after it are taken in as ever, and what is told of is the first.
#[test]
fn what_comes_after_a_skipped_event_is_taken_in() {
    let events = opened();
    let mut ticket = Ticket::new(STREAM);
    ticket.apply(&events[0]);
    ticket.skip(&unknown(STREAM.0, 2));
    ticket.apply(&Recorded { version: 3, at: at("2026-03-02T10:00:00Z"), ..events[1].clone() });
    ticket.skip(&unknown(STREAM.0, 4));
    assert_eq!((ticket.version(), ticket.skipped()), (4, Some(2)));
    assert_eq!(ticket.ledger().owed().len(), 1);
    ticket.skip(&unknown(STREAM.0, 4));
    ticket.skip(&unknown(Uuid::from_u128(7), 9));
    assert_eq!(ticket.version(), 4, "had already, or of another stream");
    let mut late = Ticket::replay(STREAM, &events);
    late.skip(&unknown(STREAM.0, 1));
    assert_eq!(late, Ticket::replay(STREAM, &events));
}

#[test]
fn so_do_accounts_and_incidents() {
    let mut account = Account::new(AccountId(STREAM.0));
    account.skip(&unknown(STREAM.0, 1));
    let order = commitment::Order::Hear { commitment: Uuid::from_u128(9).into() };
    let command = account.command(id(1), at("2026-03-02T11:00:00Z"), ada(), order);
    let refused = account.handle(Hours::NONE, &command).expect_err("refused");
    assert_eq!((refused.why.code(), account.skipped(), account.next_wake()), ("unknown_event", Some(1), None));
    let mut incident = Incident::new(IncidentId(STREAM.0));
    incident.skip(&unknown(STREAM.0, 1));
    let command = incident.command(id(1), at("2026-03-02T11:00:00Z"), ada(), incident::Order::Close {});
    let refused = incident.handle(&rules(), &command).expect_err("refused");
    assert_eq!((refused.why.code(), incident.skipped(), incident.next_wake()), ("unknown_event", Some(1), None));
}
