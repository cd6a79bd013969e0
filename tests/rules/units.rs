//! Every unit, wherever an amount of time is said: for the rounds of a series, its decision, what a breach owes, and warnings.

use owed::Refusal;
use owed::commitment::{Event as Fact, Fallback, Refusal as Why};

use crate::desk::*;

/// Berlin, nine to five, on Saturdays till noon; closed on Good Friday and Easter Monday of 2026.
const BERLIN: &str = r#"{
    "calendars": { "office": { "time_zone": "Europe/Berlin", "weekly": { "mon-fri": ["09:00-17:00"], "sat": ["09:00-12:00"] },
                               "holidays": [{ "easter": -2 }, { "easter": 1 }] } },
    "calendar": "office", "agreements": [] }"#;

/// Nights from ten to six, and a desk that closes at midnight.
const NIGHTS: &str = r#"{
    "calendars": { "nights": { "time_zone": "UTC", "weekly": { "mon-fri": ["22:00-06:00"] } },
                   "late": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-24:00"] } } },
    "calendar": "nights", "agreements": [] }"#;

/// Thursday before Easter, three o'clock in Berlin.
const THURSDAY: &str = "2026-04-02T13:00:00Z";

fn desk(rules: &str, at: &str) -> Desk {
    let mut desk = Desk::with(rules);
    desk.at(at, OPEN);
    desk
}

fn series(every: &str, mode: &str, more: &str) -> String {
    format!(
        r#"{{"room": "commitment", "type": "start_series", "series": "@s", "deliverable": "update", "beneficiary": "c-1",
            "owner": {{"team": "desk"}}, "every": "{every}", "mode": "{mode}", "stop": "fixed",
            "horizon": {{"at": "2026-09-01T00:00:00Z"}}, "lead": {{"team": "leads"}}, "decide_within": "2 business days"{more}}}"#
    )
}

/// The deadlines of the rounds that are missed one after the other until an instant.
#[track_caller]
fn dues(rules: &str, at: &str, order: &str, until: &str) -> Vec<String> {
    let mut desk = desk(rules, at);
    desk.at(at, order);
    desk.wake(until);
    let rounds = desk.events.iter().filter_map(|recorded| match &recorded.event {
        owed::Event::Commitment(Fact::Promised(made)) if made.terms.series.is_some() => Some(made.due.to_string()),
        _ => None,
    });
    rounds.collect()
}

#[track_caller]
fn deliver(desk: &mut Desk, at: &str) -> String {
    let open = desk.ticket.ledger().open().find(|owed| owed.terms.series.is_some()).expect("one is always owed").id;
    desk.at(at, &format!(r#"{{"room": "commitment", "type": "fulfil", "commitment": "{open}"}}"#)).remove(1)
}

#[test]
fn an_update_is_owed_every_business_day_also_after_a_half_day() {
    let daily = series("1 business day", "slots", "");
    let due = dues(BERLIN, THURSDAY, &daily, "2026-04-08T13:00:00Z");
    // Saturday closes at noon, and three o'clock is still what was agreed; Monday is a holiday.
    assert_eq!(due, ["2026-04-04T13:00:00Z", "2026-04-07T13:00:00Z", "2026-04-08T13:00:00Z"]);
    let daily = series("1 business day, close", "slots", "");
    let due = dues(BERLIN, THURSDAY, &daily, "2026-04-08T13:00:00Z");
    assert_eq!(due, ["2026-04-04T10:00:00Z", "2026-04-07T15:00:00Z", "2026-04-08T15:00:00Z"]);
}

#[test]
fn a_night_that_ends_in_the_morning_and_a_desk_that_closes_at_midnight_miss_no_day() {
    let nightly = series("1 business day, close", "rolling", "");
    let due = dues(NIGHTS, "2026-03-02T23:00:00Z", &nightly, "2026-03-05T07:00:00Z");
    assert_eq!(due, ["2026-03-04T06:00:00Z", "2026-03-05T06:00:00Z", "2026-03-06T06:00:00Z"]);
    let late = series("1 business day, close", "slots", r#", "calendar": "late""#);
    let due = dues(NIGHTS, "2026-03-02T10:00:00Z", &late, "2026-03-05T01:00:00Z");
    assert_eq!(due, ["2026-03-04T00:00:00Z", "2026-03-05T00:00:00Z", "2026-03-06T00:00:00Z"]);
}

#[test]
fn a_short_month_moves_no_round_after_it() {
    let monthly = series("1 month", "slots", "");
    let due = dues(BERLIN, "2026-01-31T11:00:00Z", &monthly, "2026-04-15T00:00:00Z");
    let summer = "2026-04-30T10:00:00Z";
    assert_eq!(due, ["2026-02-28T11:00:00Z", "2026-03-31T10:00:00Z", summer], "noon in Berlin");
    let weekly = series("1 week", "slots", "");
    assert_eq!(dues(BERLIN, THURSDAY, &weekly, THURSDAY), ["2026-04-09T13:00:00Z"]);
}

#[test]
fn rolling_rounds_are_counted_from_the_delivery_and_slots_from_the_start() {
    let mut desk = desk(BERLIN, THURSDAY);
    desk.at(THURSDAY, &series("1 business day", "rolling", ""));
    let next = deliver(&mut desk, "2026-04-04T08:00:00Z");
    assert_eq!(next, "2026-04-04T08:00:00Z: round 2 due 2026-04-07T08:00:00Z");
    let mut desk = self::desk(BERLIN, THURSDAY);
    desk.at(THURSDAY, &series("1 business day", "slots", ""));
    let next = deliver(&mut desk, "2026-04-04T08:00:00Z");
    assert_eq!(next, "2026-04-04T08:00:00Z: round 2 due 2026-04-07T13:00:00Z");
}

#[test]
fn the_rounds_are_at_least_a_minute_apart_in_every_unit() {
    let midnight = series("1 business day, 00:00", "rolling", r#", "calendar": "late""#);
    let mut desk = desk(NIGHTS, "2026-03-02T10:00:00Z");
    desk.at("2026-03-02T10:00:00Z", &midnight);
    let next = deliver(&mut desk, "2026-03-02T23:59:00Z");
    assert_eq!(next, "02 23:59: round 2 due 03 00:00");
    let next = deliver(&mut desk, "2026-03-02T23:59:30Z");
    assert_eq!(next, "02 23:59:30: round 3 due 04 00:00", "half a minute is no time for news");
    for every in ["59 seconds", "59 working seconds", "0 days", "0 business days, close"] {
        let refusal = desk.refused("2026-03-02T23:59:30Z", &series(every, "slots", "").replace("@s", "@t"));
        assert!(matches!(refusal, Refusal::Commitment(Why::NoTimeBetween { .. })), "{every}: {refusal}");
    }
    let for_ever = series("1 business day", "slots", "").replace("@s", "@t").replace("2026-09", "2056-09");
    let refusal = desk.refused("2026-03-02T23:59:30Z", &for_ever);
    assert!(matches!(refusal, Refusal::Commitment(Why::TooManyRounds { .. })), "{refusal}");
}

#[test]
fn the_lead_decides_within_business_days() {
    let mut desk = desk(BERLIN, THURSDAY);
    desk.at(THURSDAY, &series("1 month", "rolling", "").replace("2026-09-01T00", "2026-04-03T08"));
    let said = desk.wake("2026-04-03T08:30:00Z");
    // From Good Friday it rolls forward to Saturday's opening; two business days on is Wednesday's.
    assert_eq!(said[1], "2026-04-03T08:00:00Z by time: decision due 2026-04-08T07:00:00Z");
}

#[test]
fn an_explanation_is_owed_within_business_days() {
    let owes = |within: &str| {
        let mut desk = desk(BERLIN, THURSDAY);
        let owes = format!(r#", "breach_owes": {{"deliverable": "explanation", "within": "{within}"}}"#);
        desk.at(THURSDAY, &promise_with('a', r#"{"within": "1 hour"}"#, &owes));
        desk.wake("2026-04-02T15:00:00Z").pop().expect("said")
    };
    let made = "2026-04-02T14:00:00Z by time: explanation for promise a due";
    assert_eq!(owes("2 business days"), format!("{made} 2026-04-07T14:00:00Z"));
    assert_eq!(owes("1 business day, close"), format!("{made} 2026-04-04T10:00:00Z"));
    assert_eq!(owes("1 week"), format!("{made} 2026-04-09T14:00:00Z"));
    assert_eq!(owes("2 working hours"), format!("{made} 2026-04-04T08:00:00Z"), "one on Thursday, one on Saturday");
    let nothing = r#", "breach_owes": {"deliverable": "explanation", "within": "0 business days"}"#;
    let refusal = desk(BERLIN, THURSDAY).refused(THURSDAY, &promise_with('a', r#"{"within": "1 hour"}"#, nothing));
    assert!(matches!(refusal, Refusal::Commitment(Why::OwesNothing { .. })), "{refusal}");
}

/// SEMANTICS B7, in the units that are dates.
#[test]
fn a_warning_counts_back_in_every_unit() {
    let warned = |due: &str, warn: &str| {
        let mut desk = desk(BERLIN, THURSDAY);
        desk.at(THURSDAY, &promise_with('a', &format!(r#"{{"at": "{due}"}}"#), &format!(r#", "warn": ["{warn}"]"#)));
        desk.wake(due);
        desk.events.last().filter(|last| last.version > 2).map(|last| last.at.to_string())
    };
    let warned = |due: &str, warn: &str| warned(due, warn).unwrap_or_default();
    let wednesday = "2026-04-08T08:00:00Z";
    assert_eq!(warned(wednesday, "2 business days before"), "2026-04-04T08:00:00Z", "over Easter");
    assert_eq!(warned(wednesday, "1 business day, close before"), "2026-04-07T15:00:00Z");
    assert_eq!(warned(wednesday, "3 days before"), "2026-04-05T08:00:00Z");
    assert_eq!(warned("2026-05-08T08:00:00Z", "1 month before"), "2026-04-08T08:00:00Z");
    assert_eq!(warned("2026-05-08T08:00:00Z", "2 weeks before"), "2026-04-24T08:00:00Z");
    assert_eq!(warned(wednesday, "1 week before"), "", "that had passed when it was armed");
    assert_eq!(warned(wednesday, "0 business days, close before"), "2026-04-07T15:00:00Z", "never after the deadline");
}

/// DESIGN §3.8: only a direct promise is refused for the want of a calendar.
#[test]
fn without_a_calendar_nothing_is_promised_that_needs_one() {
    let mut desk = desk(r#"{ "agreements": [] }"#, THURSDAY);
    let hourly = series("2 hours", "slots", "").replace("2 business days", "2 hours");
    for amount in ["2 business days", "2 working hours", "2 days"] {
        let owes = format!(r#", "breach_owes": {{"deliverable": "explanation", "within": "{amount}"}}"#);
        let warn = format!(r#", "warn": ["{amount} before"]"#);
        let within_an_hour = |more: &str| promise_with('a', r#"{"within": "1 hour"}"#, more);
        let orders = [
            within_an_hour(&owes),
            within_an_hour(&warn),
            hourly.replace(r#""every": "2 hours""#, &format!(r#""every": "{amount}""#)),
            hourly.replace(r#""decide_within": "2 hours""#, &format!(r#""decide_within": "{amount}""#)),
            hourly.replace(r#""decide_within": "2 hours""#, &format!(r#""decide_within": "2 hours"{warn}"#)),
        ];
        for order in orders {
            assert_eq!(desk.refused(THURSDAY, &order), Refusal::Commitment(Why::NoCalendar), "{order}");
        }
    }
    desk.at(THURSDAY, &hourly);
}

#[test]
fn inside_a_reaction_elapsed_time_stands_in_and_the_event_says_so() {
    let without = serde_json::from_str(r#"{ "agreements": [] }"#).expect("a rulebook");
    let mut desk = desk(BERLIN, THURSDAY);
    let owes = r#", "breach_owes": {"deliverable": "explanation", "within": "2 business days"}"#;
    desk.at(THURSDAY, &promise_with('a', r#"{"within": "1 hour"}"#, owes));
    desk.at(THURSDAY, &series("1 business day", "slots", r#", "warn": ["2 working hours before"]"#));
    let rules = std::mem::replace(&mut desk.rules, without);
    desk.wake("2026-04-04T14:00:00Z");
    let made = desk.events.iter().filter_map(|recorded| match &recorded.event {
        owed::Event::Commitment(Fact::Promised(made)) => Some((**made).clone()),
        _ => None,
    });
    let made: Vec<_> = made.collect();
    let [_, first, explanation, second] = made.as_slice() else { panic!("{made:?}") };
    assert_eq!((first.fallback, first.warnings[0].fallback), (None, None));
    assert_eq!(explanation.due.to_string(), "2026-04-04T14:00:00Z", "two days");
    assert_eq!(explanation.fallback, Some(Fallback::NoCalendar));
    assert_eq!(second.due.to_string(), "2026-04-05T13:00:00Z", "a day after Saturday");
    assert_eq!(
        (second.fallback, second.warnings[0].fallback),
        (Some(Fallback::NoCalendar), Some(Fallback::NoCalendar))
    );
    assert_eq!(second.warnings[0].at.to_string(), "2026-04-05T11:00:00Z");
    // With the calendar back, the rounds are counted from where that one ended: from Easter Sunday it rolls forward to Tuesday.
    desk.rules = rules;
    let said = desk.wake("2026-04-05T13:30:00Z");
    assert!(said[3].starts_with("2026-04-05T13:00:00Z by time: round 3 due 2026-04-08T07:00:00Z"), "{said:?}");
}

#[test]
fn a_series_that_nobody_stops_comes_to_an_end_with_time() {
    for every in ["2 hours", "2 working hours", "1 business day", "1 business day, close", "1 week", "1 month"] {
        let mut desk = desk(BERLIN, THURSDAY);
        desk.at(THURSDAY, &series(every, "rolling", "").replace("2026-09", "2026-05"));
        desk.wake("9999-12-31T23:59:59.999999Z");
        assert_eq!(desk.next(), None, "{every}");
        assert_eq!(desk.ticket.ledger().open().filter(|owed| owed.terms.series.is_some()).count(), 1, "{every}");
    }
}
