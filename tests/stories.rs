//! The stories of the examples: what each prints is pinned, it comes from the events, and moving one instant changes it.
//!
//! What each story demands stands in `stories/README.md`, with the test that shows it.

#![allow(missing_docs, clippy::pedantic, dead_code)]
#![allow(clippy::duplicate_mod, reason = "each example has the host that it shares with the others")]

#[path = "../examples/breach_notice.rs"]
mod breach_notice;
#[path = "../examples/callback.rs"]
mod callback;
#[path = "../examples/office_hours.rs"]
mod office_hours;
#[path = "../examples/omnichannel.rs"]
mod omnichannel;
#[path = "../examples/ryan.rs"]
mod ryan;

type Told = Result<Vec<String>, Box<dyn std::error::Error>>;

#[track_caller]
fn is_pinned(told: Told, pinned: &str) {
    assert_eq!(told.expect("the story goes on to its end").join("\n"), pinned.trim_end());
}

/// The lines that a story has with another instant, and has not with its own.
fn moved(story: impl Fn(&str) -> Told, own: &str, other: &str) -> Vec<String> {
    let (own, other) = (story(own).expect("its own"), story(other).expect("another"));
    other.into_iter().filter(|line| !own.contains(line)).collect()
}

const KNOWN: &str = "2013-09-09T17:00:00-07:00";

#[test]
fn breach_notice_is_told_as_it_was() {
    is_pinned(breach_notice::story(KNOWN), include_str!("stories/breach_notice.txt"));
}

/// Must 1.1. The notices go out at six on the tenth. Had it been known on the seventh at five, that would have been an hour too late, nights and
/// a Sunday or not; known an hour later, it is in time, but
/// for the one that comes back.
#[test]
fn a_breach_known_earlier_owes_its_notices_earlier() {
    let earlier = moved(breach_notice::story, KNOWN, "2013-09-07T05:00:00-07:00");
    assert!(earlier.contains(&"Tue 10 Sep 05:00  BROKEN: notice to maya, due Tue 10 Sep 05:00".into()), "{earlier:?}");
    assert!(earlier.contains(&"  maya: told Tue 10 Sep 06:00, too late (due Tue 10 Sep 05:00)".into()), "{earlier:?}");
    let in_time = moved(breach_notice::story, KNOWN, "2013-09-07T06:00:00-07:00");
    let broken: Vec<_> = in_time.iter().filter(|line| line.contains("BROKEN: notice")).collect();
    assert_eq!(broken, ["Tue 10 Sep 06:30  BROKEN: notice to omar, due Tue 10 Sep 06:00"]);
}

/// Must 1.3. Of the same company the report says the one time that all were told too late, and the other time that all were told in time.
#[test]
fn silence_and_speech_are_told_apart() {
    let said = breach_notice::story(KNOWN).expect("the story");
    let reports: Vec<_> =
        said.iter().filter_map(|line| line.split_once("told in time").map(|(told, _)| told)).collect();
    assert_eq!(
        reports,
        ["— Thu 07 Feb 09:00: 0 ", "— Thu 05 Sep 12:00: 0 ", "— Tue 10 Sep 07:30: 3 ", "— Fri 13 Sep 10:30: 4 "]
    );
}

const FIRST_PROMISE: &str = "2026-03-07T10:00:00+01:00";

#[test]
fn ryan_is_told_as_it_was() {
    is_pinned(ryan::story(FIRST_PROMISE), include_str!("stories/ryan.txt"));
}

/// Must 2.2. Told an hour earlier, the first promise is broken an hour earlier, at its own deadline; those after it stand where they stood.
#[test]
fn ryan_told_earlier_is_broken_earlier() {
    let moved = moved(ryan::story, FIRST_PROMISE, "2026-03-07T09:00:00+01:00");
    assert!(moved.contains(&"Mon 09 Mar 09:00  BROKEN: restore, due Mon 09 Mar 09:00".into()), "{moved:?}");
    assert!(!moved.iter().any(|line| line.starts_with("Tue 10")), "{moved:?}");
}

/// Must 2.6. And "3 promises made (48 hours; a named hour; 6 hours), 0 fulfilled".
#[test]
fn ryan_was_promised_it_three_times_and_never_had_it() {
    let said = ryan::story(FIRST_PROMISE).expect("the story");
    let restores: Vec<_> = said.iter().filter(|line| line.starts_with("  restore (promised)")).collect();
    assert_eq!(restores.len(), 3);
    assert!(restores.iter().all(|line| line.contains("breached")), "{restores:?}");
    let held: Vec<_> = said.iter().filter(|line| line.starts_with("  back on the line")).collect();
    assert!(held[0].ends_with("25 minutes of 15 minutes used") && held[1].ends_with("20 minutes of 15 minutes used"));
}

const QUESTION: &str = "2026-03-19T12:55:00+03:30";

#[test]
fn office_hours_is_told_as_it_was() {
    is_pinned(office_hours::story(QUESTION), include_str!("stories/office_hours.txt"));
}

/// Must 3.1. "A message at five minutes to closing must get a deadline that carries its remaining time to the next working day".
#[test]
fn what_is_left_of_the_half_hour_is_left_when_the_shop_opens_again() {
    let due = |question: &str| office_hours::story(question).expect("the story")[1].clone();
    assert_eq!(due(QUESTION), "Thu 19 Mar 12:55  goal: reply, due Wed 25 Mar 09:25");
    assert_eq!(due("2026-03-19T12:40:00+03:30"), "Thu 19 Mar 12:40  goal: reply, due Wed 25 Mar 09:10");
    assert_eq!(due("2026-03-19T12:30:00+03:30"), "Thu 19 Mar 12:30  goal: reply, due Thu 19 Mar 13:00");
}

const CALL_BACK: &str = "2026-03-02T14:40:00+05:30";

#[test]
fn callback_is_told_as_it_was() {
    is_pinned(callback::story(CALL_BACK), include_str!("stories/callback.txt"));
}

/// STORIES 4: "kept only by contact made by the agreed time".
#[test]
fn a_minute_after_three_is_too_late() {
    let said = |at| callback::story(at).expect("the story");
    assert!(
        said("2026-03-02T15:00:00+05:30")
            .contains(&"Mon 02 Mar 15:00  kept: callback, Mon 02 Mar 15:00, after 230 minutes".into())
    );
    assert!(said("2026-03-02T15:01:00+05:30").contains(&"Mon 02 Mar 15:01  done, and late: callback".into()));
}

const ANSWER: &str = "2026-03-02T10:00:35+03:00";

#[test]
fn omnichannel_is_told_as_it_was() {
    is_pinned(omnichannel::story(ANSWER), include_str!("stories/omnichannel.txt"));
}

/// Must 5.1. "An automatic acknowledgement must never fulfil a reply promise": without the answer it is broken.
#[test]
fn an_answer_ten_seconds_later_is_too_late() {
    let moved = moved(omnichannel::story, ANSWER, "2026-03-02T10:00:45+03:00");
    assert_eq!(moved[0], "Mon 02 Mar 10:00:40  BROKEN: reply, due Mon 02 Mar 10:00:40");
}

/// Must 3.2. Whatever a host may order, it adds; and no order's name says otherwise.
#[test]
fn no_order_removes_anything() {
    let commands = include_str!("forms/commands.jsonl").lines();
    let orders: std::collections::BTreeSet<String> = commands
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a command")["order"]["type"].to_string())
        .collect();
    assert!(orders.len() > 60, "every order has a sample: {}", orders.len());
    let removes =
        |order: &&String| ["delete", "remove", "purge", "expire", "drop"].iter().any(|word| order.contains(word));
    assert_eq!(orders.iter().filter(removes).collect::<Vec<_>>(), [""; 0]);
}

/// Must 3.3. Woken for a hundred years, a ticket whose last word is the customer's is as open as it was.
#[test]
fn no_time_closes_a_ticket() {
    let rules: owed::Rulebook = serde_json::from_str(
        r#"{ "calendar": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } },
             "agreement": { "first_response": "4 working hours", "resolution": "5 business days" }, "remind": { "desk": "at breach" } }"#,
    )
    .expect("a rulebook");
    let command: owed::Command = serde_json::from_str(
        r#"{ "stream": "00000000-0000-8000-8000-000000000001", "id": "00000000-0000-8000-8000-0000000000c1", "at": "2026-03-02T09:00:00Z",
             "by": { "customer": "omid" }, "order": { "room": "ticket", "type": "open", "requester": "omid" } }"#,
    )
    .expect("a command");
    let mut ticket = owed::Ticket::new(command.stream);
    ticket.handle(&rules, &command).expect("it is opened");
    let end = "2126-03-02T09:00:00Z".parse().expect("an instant");
    let mut wakes = 0;
    while let Some(wake) = ticket.next_wake().filter(|wake| wake.at < end) {
        ticket.wake(&rules, wake.at);
        wakes += 1;
    }
    assert!(wakes > 4, "the desk is reminded: {wakes}");
    assert_eq!(ticket.status(), Some(owed::policy::Status::New));
    assert!(ticket.ledger().open().count() > 0, "it is owed still");
}

/// What each story demands, by the tests that show it: whoever says `Must 2.1.` of a test says so here. The table is made from them.
#[test]
fn every_must_is_shown_by_a_test() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut shown: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a text");
                let file = path.strip_prefix(root).expect("below").with_extension("");
                let file = file.to_string_lossy().replace('\\', "/");
                let mut musts: Vec<String> = Vec::new();
                for line in text.lines().map(str::trim_start) {
                    if let Some(said) = line.strip_prefix("/// Must ") {
                        musts.extend(said.split('.').collect::<Vec<_>>().get(..2).map(|number| number.join(".")));
                    } else if let Some(rest) = line.strip_prefix("fn ") {
                        let name = rest.split('(').next().expect("a name");
                        musts
                            .drain(..)
                            .for_each(|must| shown.entry(must).or_default().push(format!("`{file}`: `{name}`")));
                    }
                }
            }
        }
    }
    let musts: Vec<_> = include_str!("stories/musts.txt").lines().filter_map(|line| line.split_once(' ')).collect();
    for (number, must) in &musts {
        assert!(shown.contains_key(*number), "{number} {must}: no test says that it shows this");
    }
    let rows = musts.iter().map(|(number, must)| {
        let mut tests = shown[*number].clone();
        tests.sort();
        format!("| {number} | {must} | {} |\n", tests.join("<br>"))
    });
    let table = format!("| | must | shown by |\n|---|---|---|\n{}", rows.collect::<String>());
    let page = include_str!("stories/README.md");
    assert!(page.contains(&table), "tests/stories/README.md is to hold:\n{table}");
}
