//! Duties of law: for each preset a dated case, with the instant that the article gives, counted by hand.

use owed::calendar::Calendar;
use owed::policy::{Preset, eu_1182_71, presets};
use owed::{Rulebook, Timestamp};

use super::desk::{Desk, t};
use super::wrong;

/// London's working days, with the bank holidays of spring 2026. The clocks go forward on 29 March.
const LONDON: &str = r#"{ "time_zone": "Europe/London", "weekly": { "mon-fri": ["09:00-17:00"] },
    "holidays": ["2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25"] }"#;
const BRUSSELS: &str = r#"{ "time_zone": "Europe/Brussels", "weekly": { "mon-fri": ["09:00-17:00"] } }"#;

#[track_caller]
fn desk(calendar: &str, presets: &str) -> Desk {
    Desk::with(&format!(r#"{{ "calendar": {calendar}, "presets": {presets} }}"#))
}

const COMPLAINT: &str = r#"{"room":"ticket","type":"tag","add":["complaint"]}"#;

/// A matter that somebody wrote about then, and that was seen days later for what it is.
#[track_caller]
fn received(desk: &mut Desk, received: &str, seen: &str, about: &str) -> Vec<String> {
    let open = r#"{"room":"ticket","type":"open","requester":"c-1"}"#;
    assert_eq!(desk.fetched(seen, received, open).len(), 1, "it is only a ticket as yet");
    desk.at(seen, about)
        .iter()
        .filter_map(|line| line.split_once(": ").map(|(_, said)| said.to_owned()))
        .filter(|said| said.contains(" due "))
        .collect()
}

fn set(field: &str) -> String {
    format!(r#"{{"room":"ticket","type":"set_field","field":"{field}","value":true}}"#)
}

#[test]
fn each_preset_gives_the_instant_of_its_article() {
    let thursday = "2026-03-05T14:20:00Z";
    let breach = r#"{"room":"ticket","type":"tag","add":["personal_data_breach"]}"#;
    let request = r#"{"room":"ticket","type":"tag","add":["data_subject_request"]}"#;
    type Case<'a> = (&'a str, &'a str, &'a str, &'a str, &'a [&'a str]);
    let cases: [Case; 7] = [
        // Five business days after Thursday: Friday 6, then 9, 10, 11 and 12 March. Four weeks and eight weeks on it is summer time.
        (
            "uk_fca_disp_1_6",
            LONDON,
            thursday,
            COMPLAINT,
            &[
                "disp_acknowledgement 1 due 12 17:00",
                "disp_update 1 due 2026-04-02T13:20:00Z",
                "disp_final_response 1 due 2026-04-30T13:20:00Z",
            ],
        ),
        // Received on a Saturday: the third business day that follows is Wednesday.
        ("uk_fca_disp_1_5", LONDON, "2026-03-07T11:00:00Z", COMPLAINT, &["disp_early_resolution 1 due 11 17:00"]),
        // 72 hours from Friday 17:30 go through the weekend.
        ("gdpr_33", BRUSSELS, "2026-03-06T16:30:00Z", breach, &["gdpr_authority_notice 1 due 09 16:30"]),
        // Only where the risk is high, which somebody finds later.
        ("gdpr_34", BRUSSELS, "2026-03-06T16:30:00Z", breach, &[]),
        // 31 January and one month is the last of February, three months are 30 April, in summer time.
        (
            "gdpr_12_3",
            BRUSSELS,
            "2026-01-31T09:00:00Z",
            request,
            &[
                "gdpr_request_extended 1 due 2026-04-30T08:00:00Z",
                "gdpr_request_reply 1 due 2026-02-28T09:00:00Z, born late",
            ],
        ),
        (
            "uk_gdpr_12_3",
            LONDON,
            thursday,
            request,
            &["gdpr_request_extended 1 due 2026-06-05T13:20:00Z", "gdpr_request_reply 1 due 2026-04-05T13:20:00Z"],
        ),
        // Friday; Monday; the tenth is 19 March; the twentieth 2 April; the thirtieth, with Easter's two holidays, 20 April.
        (
            "iso_10002",
            LONDON,
            thursday,
            COMPLAINT,
            &[
                "iso_acknowledgement 1 due 06 17:00",
                "iso_decision 1 due 2026-04-02T16:00:00Z",
                "iso_assessment 1 due 09 17:00",
                "iso_closing 1 due 2026-04-20T16:00:00Z",
                "iso_investigation 1 due 19 17:00",
            ],
        ),
    ];
    assert_eq!(cases.len(), presets().count());
    for (preset, calendar, at, about, expected) in cases {
        let mut desk = desk(calendar, &format!(r#"["{preset}"]"#));
        let seen = if at < "2026-02" { "2026-03-01T10:00:00Z" } else { "2026-03-07T12:00:00Z" };
        let said = received(&mut desk, at, seen, about);
        let said: Vec<&str> = said.iter().map(String::as_str).filter(|said| !said.contains(" breached")).collect();
        let plain: Vec<&str> = expected.iter().map(|line| line.trim_end_matches(", born late")).collect();
        assert_eq!(said, plain, "{preset}");
    }
}

#[test]
fn payment_services_have_fifteen_business_days_and_exceptionally_thirty_five() {
    let mut desk = desk(LONDON, r#"["uk_fca_disp_1_6"]"#);
    let open = r#"{"room":"ticket","type":"open","requester":"c-1","about":{"tags":["complaint"],"fields":{"payment_services":true}}}"#;
    let said = desk.at("05 14:20", open);
    // The fifteenth business day after 5 March is the 26th; the thirty-fifth, without Good Friday and Easter Monday, is 27 April.
    let due = |line: &str| said.iter().any(|said| said.ends_with(line));
    assert!(due("disp_payment_reply 1 due 26 17:00"), "{said:#?}");
    assert!(due("disp_payment_final_response 1 due 2026-04-27T16:00:00Z"), "{said:#?}");
    assert!(!said.iter().any(|said| said.contains("disp_final_response")), "{said:#?}");
    // A holding reply is enough for the first, and not for the second.
    let held = desk.at("25 10:00", &set("holding_reply")).join("\n");
    assert!(held.contains("disp_payment_reply 1 fulfilled 25 10:00"), "{held}");
    assert!(!held.contains("disp_payment_final_response"), "{held}");
    desk.wake("2026-04-27T16:00:00.000001Z");
    let breached = desk.say_all(&desk.events.clone());
    assert!(breached.iter().any(|line| line.contains("disp_payment_final_response 1 breached")), "{breached:#?}");
}

#[test]
fn a_complainant_is_kept_informed_until_the_end() {
    let mut desk = desk(LONDON, r#"["uk_fca_disp_1_6"]"#);
    received(&mut desk, "2026-03-05T14:20:00Z", "2026-03-05T15:00:00Z", COMPLAINT);
    let message = |author: &str| format!(r#"{{"room":"ticket","type":"message","author":"{author}"}}"#);
    assert_eq!(
        desk.at("06 10:00", &message("automation"))[1..],
        ["06 10:00: disp_acknowledgement 1 fulfilled 06 10:00"]
    );
    let news = desk.at("20 10:00", &message("agent"));
    assert_eq!(
        news[1..],
        ["20 10:00: disp_update 1 fulfilled 20 10:00", "20 10:00: disp_update 2 due 2026-04-17T09:00:00Z"]
    );
    let end = desk.at("27 10:00", &set("final_response"));
    assert_eq!(
        end[1..],
        ["27 10:00: disp_update 2 fulfilled 27 10:00", "27 10:00: disp_final_response 1 fulfilled 27 10:00"]
    );
    assert_eq!(desk.at("30 10:00", &message("agent")).len(), 1, "nothing is owed after the end");
}

#[test]
fn the_authority_is_told_late_with_reasons_and_persons_if_the_risk_is_high() {
    let mut desk = desk(BRUSSELS, r#"["gdpr_33", "gdpr_34"]"#);
    received(
        &mut desk,
        "2026-03-06T16:30:00Z",
        "2026-03-06T17:00:00Z",
        r#"{"room":"ticket","type":"tag","add":["personal_data_breach"]}"#,
    );
    assert_eq!(desk.at("07 09:00", &set("high_risk"))[1..], ["07 09:00: gdpr_persons_notice 1 due 09 16:30"]);
    let late = desk.wake("09 18:00").join("\n");
    assert!(late.contains("gdpr_authority_notice 1 breached, due 09 16:30"), "{late}");
    assert!(late.contains("explanation for gdpr_authority_notice 1 due 10 16:30"), "{late}");
    let told = desk.at("09 19:00", &set("authority_notified")).join("\n");
    assert!(told.contains("gdpr_authority_notice 1 late"), "{told}");
}

#[test]
fn in_the_uk_a_request_stands_while_the_person_says_what_he_means() {
    let ask = |value: bool| {
        format!(r#"{{"room":"ticket","type":"set_field","field":"clarification_awaited","value":{value}}}"#)
    };
    let request = r#"{"room":"ticket","type":"tag","add":["data_subject_request"]}"#;
    let due_after_three_days = |preset: &str| {
        let mut desk = desk(LONDON, &format!(r#"["{preset}"]"#));
        received(&mut desk, "2026-03-05T14:20:00Z", "2026-03-05T15:00:00Z", request);
        desk.at("10 09:00", &ask(true));
        desk.at("13 09:00", &ask(false));
        desk.next().expect("a deadline")
    };
    assert!(due_after_three_days("uk_gdpr_12_3").starts_with("2026-04-08T13:20:00.000001Z"));
    assert!(due_after_three_days("gdpr_12_3").starts_with("2026-04-05T13:20:00.000001Z"));
}

/// No law says for how long he may think it over; the bound is 366 days.
#[test]
fn in_the_uk_a_request_stands_for_months_if_the_person_says_nothing() {
    let mut desk = desk(LONDON, r#"["uk_gdpr_12_3"]"#);
    let request = r#"{"room":"ticket","type":"tag","add":["data_subject_request"]}"#;
    received(&mut desk, "2026-03-05T14:20:00Z", "2026-03-05T15:00:00Z", request);
    desk.at("10 09:00", &set("clarification_awaited"));
    let broken = |said: &[String]| said.iter().any(|said| said.contains("breached"));
    assert!(!broken(&desk.wake("2027-03-10T09:00:00Z")));
    assert!(broken(&desk.wake("2027-07-01T09:00:00Z")));
}

#[test]
fn in_the_uk_a_request_is_owed_by_its_own_law() {
    let uk = Preset::named("uk_gdpr_12_3").expect("a preset");
    assert!(uk.duties().all(|duty| duty.source.starts_with("UK GDPR art. 12(3), 12A")));
}

/// "Unless the personal data breach is unlikely to result in a risk."
#[test]
fn the_authority_is_not_told_where_there_is_no_risk() {
    let mut desk = desk(BRUSSELS, r#"["gdpr_33"]"#);
    desk.at("06 16:30", r#"{"room":"ticket","type":"open","requester":"c-1"}"#);
    desk.at("06 16:40", &set("no_risk"));
    let said = desk.at("06 17:00", r#"{"room":"ticket","type":"tag","add":["personal_data_breach"]}"#);
    assert_eq!(said.len(), 1, "{said:?}");
}

#[test]
fn a_complaint_does_not_close_on_a_duty_and_no_rule_ends_it() {
    let mut desk = desk(LONDON, r#"["uk_fca_disp_1_6"]"#);
    received(&mut desk, "2026-03-05T14:20:00Z", "2026-03-05T15:00:00Z", COMPLAINT);
    let lost = desk.at("06 10:00", r#"{"room":"ticket","type":"tag","remove":["complaint"]}"#);
    assert_eq!(lost.len(), 1, "{lost:?}");
    desk.at("06 11:00", r#"{"room":"ticket","type":"solve"}"#);
    let why = desk.refused("06 12:00", r#"{"room":"ticket","type":"close"}"#);
    assert!(why.to_string().contains("owed"), "{why}");
}

#[test]
fn every_figure_cites_its_article_and_can_be_replaced() {
    for preset in presets() {
        assert!(preset.duties().count() > 0 && !preset.source.is_empty());
        for duty in preset.duties() {
            let text = format!(
                r#"{{ "calendar": {LONDON}, "presets": [{{ "preset": "{}", "targets": {{ "{}": "17 days" }} }}] }}"#,
                preset.name, duty.metric
            );
            let rules: Rulebook = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
            let printed = serde_json::to_string(&rules).expect("printed");
            assert!(!printed.contains("presets") && printed.contains("17 days"), "{printed}");
            assert!(printed.contains(&format!(r#""source":"{}""#, duty.source)), "{printed}");
            assert_eq!(printed.contains("clarification_awaited"), duty.stop.is_some(), "{printed}");
            assert_eq!(serde_json::from_str::<Rulebook>(&printed).expect("a rulebook"), rules);
        }
    }
    assert!(Preset::named("gdpr_99").is_none());
}

#[test]
fn what_a_rulebook_says_of_a_preset_is_what_counts() {
    let text = format!(
        r#"{{ "calendars": {{ "law": {LONDON} }}, "presets": [{{ "preset": "uk_fca_disp_1_6", "calendar": "law", "owner": {{ "team": "complaints" }},
            "binding": "goal", "when": {{ "fields": {{ "kind": "complaint" }} }}, "from": "2026-01-01T00:00:00Z",
            "targets": {{ "disp_update": {{ "warn": ["50 %"] }} }} }}] }}"#
    );
    let rules: Rulebook = serde_json::from_str(&text).expect("a rulebook");
    let printed: serde_json::Value = serde_json::to_value(&rules).expect("printed");
    let agreements = &printed["editions"][0]["agreements"];
    let first = &agreements[0];
    assert_eq!(first["name"], "uk_fca_disp_1_6");
    assert_eq!((&first["owner"]["team"], &first["binding"]), (&"complaints".into(), &"goal".into()));
    assert_eq!(
        first["targets"]["disp_update"],
        serde_json::json!({ "budget": { "otherwise": "4 weeks" }, "warn": ["50 %"], "source": "FCA DISP 1.6.1R(2)" })
    );
    let both = r#"{"all":[{"fields":{"kind":"complaint"}},{"fields":{"payment_services":true}}]}"#;
    assert_eq!(agreements[2]["when"].to_string(), both);
    assert_eq!(serde_json::from_value::<Rulebook>(printed).expect("a rulebook"), rules);
}

#[test]
fn everything_wrong_with_a_preset_is_told_with_its_place() {
    let said = wrong(
        r#"{ "presets": ["gdpr_99", "gdpr_33", { "preset": "gdpr_33" }, { "when": {} }, { "preset": "gdpr_12_3", "calendar": "law", "color": "red",
            "targets": { "gdpr_request_reply": "0 days", "gdpr_authority_notice": "1 hour" } }, "uk_fca_disp_1_5"] }"#,
    );
    let expected = [
        ("presets[0]", "there is no preset gdpr_99; there are uk_fca_disp_1_6"),
        ("presets[2]", "agreement gdpr_33 stands here twice"),
        ("presets[3]", r#"the key "preset" is missing"#),
        ("presets[4]", r#"unknown key "color""#),
        ("presets[4].calendar", "there is no calendar law"),
        ("presets[4].targets.gdpr_request_reply", "no time at all"),
        (
            "presets[4].targets.gdpr_authority_notice",
            "gdpr_12_3 has no duty gdpr_authority_notice; it has gdpr_request_reply, gdpr_request_extended",
        ),
        ("presets[5]", "working time needs a calendar"),
    ];
    for (place, flaw) in expected {
        let told = said.iter().any(|line| line.starts_with(&format!("{place}: ")) && line.contains(flaw));
        assert!(told, "not told: {place}: {flaw}\n{}", said.join("\n"));
    }
    assert_eq!(said.len(), expected.len(), "{}", said.join("\n"));
}

#[test]
fn the_periods_of_eu_law() {
    let law: Calendar = serde_json::from_str(
        r#"{ "time_zone": "Europe/Brussels", "weekly": { "mon-fri": ["00:00-24:00"] }, "holidays": ["2026-04-03", "2026-04-06", "2026-05-01"] }"#,
    )
    .expect("a calendar");
    let cases = [
        // (1), (2)(a): the hour of the event is not counted, and hours run through weekends.
        ("2026-03-06T17:30:00+01:00", "24 hours", "2026-03-07T18:00:00+01:00"),
        ("2026-03-03T09:00:00+01:00", "72 hours", "2026-03-06T10:00:00+01:00"),
        // (5): Friday's 72 hours end on Monday with one working day in them, so they go on to the end of the second, Tuesday.
        ("2026-03-06T17:30:00+01:00", "72 hours", "2026-03-11T00:00:00+01:00"),
        // (2)(b): Monday is not counted; Tuesday to Thursday are.
        ("2026-03-02T10:00:00+01:00", "3 days", "2026-03-06T00:00:00+01:00"),
        // (4): the last day is a Saturday, so Monday.
        ("2026-03-04T10:00:00+01:00", "3 days", "2026-03-10T00:00:00+01:00"),
        // A day is no period of two: on Friday it ends with Monday, for Saturday is no working day.
        ("2026-03-06T10:00:00+01:00", "1 day", "2026-03-10T00:00:00+01:00"),
        // (5) over Easter: two days from Thursday end on Saturday, (4) would say Tuesday; the second working day is Wednesday.
        ("2026-04-02T10:00:00+02:00", "2 days", "2026-04-09T00:00:00+02:00"),
        // (2)(c): the same day of the week; the same date; the last of a shorter month.
        ("2026-03-04T10:00:00+01:00", "2 weeks", "2026-03-19T00:00:00+01:00"),
        ("2026-03-04T10:00:00+01:00", "1 month", "2026-04-08T00:00:00+02:00"),
        ("2026-01-31T10:00:00+01:00", "1 month", "2026-03-03T00:00:00+01:00"),
        // (3): working days are counted as such.
        ("2026-04-02T10:00:00+02:00", "2 business days", "2026-04-09T00:00:00+02:00"),
    ];
    for (event, period, ends) in cases {
        let found: Timestamp = eu_1182_71(&law, t(event), period.parse().expect("a period")).expect("in reach");
        assert_eq!(found, t(ends), "{period} from {event}: {found}");
    }
}
