//! What a condition says of itself, why it does not hold, and which tickets a sample leaves out.

use owed::commitment::Party;
use owed::policy::{Author, Condition, Sample, Standing};
use owed::{EditionNumber, Rulebook, TicketId};
use serde_json::{Value, json};
use uuid::Uuid;

/// The condition of the only agreement.
fn condition(when: &Value) -> Condition {
    let rules = json!({ "calendar": "24x7", "agreements": [{ "name": "sla", "when": when, "targets": { "first_response": "1 hour" } }] });
    let rules = serde_json::from_value::<Rulebook>(rules).expect("a rulebook");
    rules.edition(EditionNumber(1)).expect("the first").policy().agreements[0].when.clone()
}

fn somebody(requester: Party) -> Standing {
    Standing::new(requester, Author::Customer)
}

fn cem() -> Party {
    Party::Customer("cem".parse().expect("a contact"))
}

#[test]
fn a_condition_is_said_as_one_says_it() {
    for (when, said) in [
        (json!({}), "always"),
        (json!({ "priority": ["1"] }), "priority is 1"),
        (json!({ "priority": ["1", "2"] }), "priority is 1 or 2"),
        (json!({ "priority": ["1", "2", "3"], "tags": ["vip"] }), "priority is 1, 2 or 3 and tagged vip"),
        (json!({ "with_vendor": true }), "with a supplier"),
        (json!({ "on_the_line": false }), "not on the line"),
        (json!({ "fields": { "cost": ["high"], "place": ["lab"] } }), "cost is high and place is lab"),
        (json!({ "any": [{ "priority": ["1"] }, { "tags": ["vip"] }] }), "(priority is 1) or (tagged vip)"),
        (json!({ "all": [{ "priority": ["1"] }, { "tags": ["vip"] }] }), "(priority is 1) and (tagged vip)"),
        (json!({ "not": { "tags": ["vip"] } }), "not (tagged vip)"),
    ] {
        assert_eq!(condition(&when).to_string(), said, "{when}");
    }
}

#[test]
fn why_a_condition_does_not_hold_says_what_was_found() {
    let unmet =
        |when: Value, standing: &Standing| condition(&when).unmet(standing).expect("it does not hold").to_string();
    let when = json!({ "requester": ["ann", "bob"] });
    assert_eq!(unmet(when.clone(), &somebody(cem())), "requester is cem, not ann or bob");
    let company = Party::Organisation("acme".parse().expect("a name"));
    assert_eq!(unmet(when, &somebody(company)), "requester is unknown, not ann or bob");
    assert_eq!(unmet(json!({ "with_vendor": true }), &somebody(cem())), "with a supplier is no, not yes");
    let held = Standing { on_the_line: true, ..somebody(cem()) };
    assert_eq!(unmet(json!({ "on_the_line": false }), &held), "on the line is yes, not no");
}

/// The sum that the documentation gives: of the first four bytes, what is left of a division by a thousand is less than the share.
#[test]
fn a_share_leaves_out_the_ticket_whose_number_it_is() {
    for n in 0..20_u128 {
        let ticket = TicketId(Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
        let hash = Uuid::new_v5(&ticket.0, b"reviews");
        let (first, _) = hash.as_bytes().split_first_chunk::<4>().expect("sixteen");
        let number = u16::try_from(u32::from_be_bytes(*first) % 1_000).expect("less than a thousand");
        let sample = |per_thousand| Sample { per_thousand, salt: "reviews".parse().expect("a name") };
        assert!(!sample(number).has(ticket) && sample(number + 1).has(ticket), "{ticket}");
    }
}
