//! The rulebooks of `examples/data`: read, expanded, read again, and a ticket run by each.

use owed::Rulebook;

use super::desk::Desk;

const SMALL_COMPANY: &str = include_str!("../../examples/data/small-company.json");
const ITIL_DESK: &str = include_str!("../../examples/data/itil-desk.json");
const BANK: &str = include_str!("../../examples/data/bank.json");

#[track_caller]
fn read_expanded_and_read_again(text: &str) -> Rulebook {
    let rules: Rulebook = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}"));
    let printed = serde_json::to_string_pretty(&rules).expect("printed");
    assert!(!["\"agreement\":", "\"presets\":"].iter().any(|key| printed.contains(key)), "{printed}");
    assert_eq!(serde_json::from_str::<Rulebook>(&printed).unwrap_or_else(|error| panic!("{error}")), rules);
    rules
}

/// The deadlines that are set. What time has caused meanwhile is left out.
fn dues(said: &[String]) -> Vec<&str> {
    let said = said.iter().filter(|line| !line.contains(" by time: ")).filter_map(|line| line.split_once(": "));
    said.map(|(_, said)| said).filter(|said| said.contains(" due ")).collect()
}

#[test]
fn a_small_company() {
    read_expanded_and_read_again(SMALL_COMPANY);
    let mut desk = Desk::with(SMALL_COMPANY);
    // Friday, 17:40 in Istanbul: twenty minutes are left of the day.
    let opened = desk.at("06 14:40", r#"{"room":"ticket","type":"open","requester":"c-1"}"#);
    assert_eq!(
        dues(&opened),
        ["first_resolution 1 due 13 14:40, warn 13 13:40", "first_response 1 due 09 10:40, warn 09 08:40"]
    );
    desk.at("09 07:00", r#"{"room":"ticket","type":"message","author":"agent"}"#);
    // Thursday at 16:00: two hours that day, the holiday between, six on Monday.
    let asked = desk.at("19 13:00", r#"{"room":"ticket","type":"message","author":"customer"}"#);
    assert_eq!(dues(&asked), ["next_response 1 due 23 13:00, warn 23 12:00"]);
}

#[test]
fn an_itil_desk() {
    read_expanded_and_read_again(ITIL_DESK);
    let mut desk = Desk::with(ITIL_DESK);
    // Monday 22:30 in Zurich: Denver has two and a half hours left, and Tokyo opens at one o'clock in Zurich.
    let open = r#"{"room":"ticket","type":"open","requester":"c-1","priority":"P2"}"#;
    let opened = desk.at("02 21:30", open);
    assert_eq!(
        dues(&opened),
        [
            "first_resolution 1 due 03 05:30, warn 03 01:30 03 03:30",
            "first_response 1 due 02 22:30, warn 02 22:15",
            "time_to_own 1 due 03 07:30",
        ]
    );
    // The network team sits in Tokyo, where it is Tuesday 09:00.
    let network = r#"{"room":"ticket","type":"assign","to":{"team":"network"}}"#;
    assert_eq!(
        dues(&desk.at("03 00:00", network)),
        ["time_to_own 1 retargeted, 30 working minutes left, due 03 00:30", "ownership 1 due 03 04:00"]
    );
    let vendor = r#"{"room":"ticket","type":"hand_to_vendor","vendor":"alpine-hosting"}"#;
    assert_eq!(dues(&desk.at("03 00:10", vendor)), ["vendor 1 due 03 13:00"]);
}

#[test]
fn a_bank() {
    read_expanded_and_read_again(BANK);
    let mut desk = Desk::with(BANK);
    // Saturday at noon. A branch is open for an hour more; the law begins to count on Monday.
    let open = r#"{"room":"ticket","type":"open","requester":"c-1","about":{"tags":["complaint"]}}"#;
    let opened = desk.at("07 12:00", open);
    assert_eq!(
        dues(&opened),
        [
            "disp_early_resolution 1 due 11 17:00",
            "disp_acknowledgement 1 due 11 17:00",
            "disp_update 1 due 2026-04-04T11:00:00Z",
            "disp_final_response 1 due 2026-05-02T11:00:00Z, warn 2026-04-18T11:00:00Z",
            "first_response 1 due 09 15:00",
        ]
    );
    // The customer asks for his data besides: that is a duty on the same ticket, which counts from its opening.
    let asks = desk.at("10 09:00", r#"{"room":"ticket","type":"tag","add":["data_subject_request"]}"#);
    assert_eq!(
        dues(&asks),
        ["gdpr_request_extended 1 due 2026-06-07T11:00:00Z", "gdpr_request_reply 1 due 2026-04-07T11:00:00Z"]
    );
}
