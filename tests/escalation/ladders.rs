//! What a ladder may not be, and what is known of one before it is climbed.

use owed::{EditionNumber, Rulebook};

fn wrong(rules: &str) -> String {
    serde_json::from_str::<Rulebook>(rules).expect_err("wrong").to_string()
}

#[test]
fn everything_that_is_wrong_is_told_with_its_place() {
    let rules = r#"{ "agreements": [{ "name": "sla", "targets": { "first_response": { "budget": "1 hour", "ladder": "brech" } } }],
        "ladder": ["breach", "none"],
        "ladders": [
            { "name": "breach", "causes": ["breached", { "on": "warned", "times": 2 }, "bad", { "while": {} }, { "on": "at_risk", "rung": 3 }],
              "rungs": [{ "notify": "owner", "wait": "0 minutes" }, { "notify": "", "wait": "1 working hour" }] },
            { "name": "void", "rungs": [] },
            { "name": "void", "rungs": [{ "notify": "a", "wait": "1 working hour" }], "hold": "3 hours", "hold_at_most": "2 hours" },
            { "name": "high", "causes": [{ "on": "breached", "rung": 2 }], "lapses": 0,
              "rungs": [{ "notify": "a", "wait": "1 hour" }, { "notify": "b", "wait": "1 hour" }] }
        ] }"#;
    let said = wrong(rules);
    let expected = [
        "ladders[0].causes[1].times: \"times\" has no meaning for this cause",
        "ladders[0].causes[2]: \"bad\" is no cause; write customer_request, warned, breached, promised_again, at_risk, or a map with on or while",
        "ladders[0].causes[3].while: \"while\" needs a condition",
        "ladders[0].rungs[1].notify: a name must not be empty",
        "agreements[0].targets.first_response.ladder: there is no ladder brech; define it under \"ladders\"",
    ];
    for line in expected {
        assert!(said.contains(line), "{line}\nis not in\n{said}");
    }
}

#[test]
fn what_cannot_be_climbed_is_refused_when_it_is_built() {
    let rules = r#"{ "agreements": [], "ladder": ["breach", "none"],
        "ladders": [
            { "name": "breach", "causes": ["breached", { "on": "at_risk", "rung": 3 }, { "on": "warned", "metric": ["speed"] }],
              "rungs": [{ "notify": "owner", "wait": "0 minutes" }, { "notify": "lead", "wait": "1 hour" }] },
            { "name": "void", "rungs": [] },
            { "name": "void", "rungs": [{ "notify": "a", "wait": "1 working hour" }], "hold": "3 hours", "hold_at_most": "2 hours" },
            { "name": "high", "causes": [{ "on": "breached", "rung": 2 }], "lapses": 0, "calendar": "nowhere",
              "rungs": [{ "notify": "a", "wait": "1 hour" }, { "notify": "b", "wait": "1 hour" }] }
        ] }"#;
    assert_eq!(
        wrong(rules),
        [
            "ladders[0].rungs[0].wait: no time at all is waited; write more than nothing",
            "ladders[0].causes[1].rung: begins on rung 3, and the ladder has 2",
            "ladders[0].causes[2].metric: there is no metric speed",
            r#"ladders[1].rungs: a ladder has at least one rung: {"notify": "lead", "wait": "1 hour"}"#,
            "ladders[2]: there is a ladder void already; give this one another name",
            "ladders[2].hold_at_most: at most 2 hours, which is less than the 3 hours that whoever takes it up has it for",
            "ladders[2]: waits 1 working hour, which needs a calendar: name one here, or in the edition",
            "ladders[3].rungs[0]: nobody ever hears of it here: every cause begins on rung 2, and nothing leads back; let one begin lower, or repeat it",
            "ladders[3].calendar: there is no calendar nowhere; define it under \"calendars\"",
            "ladder: there is no ladder none; define it under \"ladders\"",
        ]
        .join("\n")
    );
}

/// A hold that goes on above leads down no more than none: only a person who de-escalates would, and no ladder is built on that.
#[test]
fn a_rung_below_every_cause_needs_something_that_leads_down_to_it() {
    let ladder = |more: &str| {
        let rules = format!(
            r#"{{ "agreements": [], "ladders": [{{ "name": "w", {more} "causes": [{{ "while": {{ "priority": ["1"] }}, "rung": 2 }}],
                 "rungs": [{{ "notify": "a", "wait": "1 hour" }}, {{ "notify": "b", "wait": "1 hour" }}] }}] }}"#
        );
        serde_json::from_str::<Rulebook>(&rules).map(|_| ()).map_err(|wrong| wrong.to_string())
    };
    let unreachable = "ladders[0].rungs[0]: nobody ever hears of it here: every cause begins on rung 2, and nothing leads back; let one begin lower, or repeat it";
    for more in [r#""lapses": 0,"#, r#""lapses": 2, "after_hold": "next","#] {
        assert_eq!(ladder(more), Err(unreachable.into()), "{more}");
    }
    for more in [r#""lapses": 0, "repeats": 1,"#, r#""lapses": 2,"#, r#""repeats": 1, "after_hold": "next","#] {
        assert_eq!(ladder(more), Ok(()), "{more}");
    }
}

#[test]
fn a_ladder_is_read_as_it_is_written() {
    let rules = r#"{ "agreements": [], "ladder": ["full"], "supervisor": { "within": "20 minutes", "no_reason": ["lunch"] },
        "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } } }, "calendar": "office",
        "ladders": [{ "name": "full", "causes": [
                { "on": "warned", "warning": ["50 %"], "metric": ["first_response"], "binding": "promised", "rung": 2 },
                { "on": { "fact": "status", "to": ["open"], "when": { "tags": ["vip"] } }, "times": 3, "until": [{ "fact": "priority" }] },
                { "while": { "status": ["on_hold"] }, "after": "2 business days" }, { "on": "customer_request" }],
            "rungs": [{ "notify": "owner", "wait": "1 working hour", "if_nobody": "wait", "tier": 2, "level": 1, "suggest": ["reassign"] },
                      { "notify": "lead", "wait": "1 hour" }],
            "calendar": "office", "repeats": 2, "lapses": 0, "hold": "1 hour", "hold_at_most": "4 hours", "after_hold": "next",
            "snooze_at_most": "24 hours", "progress": [{ "fact": "priority" }], "window": "15 minutes", "digest": "all" }] }"#;
    let read: Rulebook = serde_json::from_str(rules).unwrap();
    let again: Rulebook = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
    assert_eq!(read, again);
    let ladder = &read.edition(EditionNumber(1)).unwrap().ladders()[0];
    let copy: owed::escalation::Ladder = serde_json::from_str(&serde_json::to_string(ladder).unwrap()).unwrap();
    assert_eq!(copy, *ladder);
    // A copy that a later release has written, with more in it; and one with more in what it waits for, which is another thing.
    let copy = serde_json::to_string(ladder).unwrap();
    let later = copy.replace(r#""repeats":"#, r#""colour":"red","repeats":"#);
    assert_eq!(serde_json::from_str::<owed::escalation::Ladder>(&later).unwrap(), *ladder);
    let narrower = copy.replace(r#""when":"#, r#""mood":1,"when":"#);
    assert!(serde_json::from_str::<owed::escalation::Ladder>(&narrower).unwrap_err().to_string().contains("`mood`"));
}

#[test]
fn remind_is_the_simple_form_of_two_ladders() {
    let office = r#""time_zone": "Europe/Istanbul", "weekly": { "mon-fri": ["09:00-18:00"] }"#;
    let simple = format!(
        r#"{{ "calendar": {{ {office} }}, "agreement": {{ "first_response": "4 working hours" }},
             "remind": {{ "owner": "1 working hour before", "desk": "at breach" }} }}"#
    );
    let full = format!(
        r#"{{ "calendars": {{ "office": {{ {office} }} }}, "calendar": "office",
             "agreements": [{{ "name": "sla", "targets": {{ "first_response": {{ "budget": "4 working hours", "warn": ["1 working hour before"] }} }} }}],
             "ladder": ["remind_owner", "remind_desk"],
             "ladders": [
                {{ "name": "remind_owner", "causes": [{{ "on": "warned", "warning": ["1 working hour before"] }}], "rungs": [{{ "notify": "owner", "wait": "8 hours" }}] }},
                {{ "name": "remind_desk", "causes": ["breached"], "rungs": [{{ "notify": "desk", "wait": "8 hours" }}] }}] }}"#
    );
    let [simple, full] = [simple, full].map(|rules| serde_json::from_str::<Rulebook>(&rules).unwrap());
    assert_eq!(simple, full);
    assert!(
        wrong(r#"{ "calendar": "24x7", "agreement": { "first_response": "4 hours" }, "remind": { "owner": "soon" } }"#)
            .contains(
                r#"remind.owner: "soon" is no time to remind; write "at breach", "1 working hour before" or "50 %""#
            )
    );
    assert!(
        wrong(r#"{ "agreements": [], "remind": { "owner": "1 hour before" } }"#)
            .contains("remind: the key \"agreement\" is missing")
    );
}

/// Whoever has the wrong word is told every one that there is.
#[test]
fn what_is_no_cause_is_told_with_all_that_are() {
    let rules = |cause: &str| {
        serde_json::from_str::<Rulebook>(&format!(
            r#"{{ "agreements": [], "ladders": [{{ "name": "lead", "causes": ["{cause}"], "rungs": [{{ "notify": "lead", "wait": "1 hour" }}] }}] }}"#
        ))
    };
    let said = rules("warning").expect_err("no cause").to_string();
    for cause in ["warned", "breached", "promised_again", "at_risk", "customer_request"] {
        assert!(said.contains(cause), "{said}");
        assert!(rules(cause).is_ok(), "{cause}");
    }
}
