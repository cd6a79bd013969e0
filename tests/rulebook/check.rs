//! What a person gets wrong in a rulebook that is right: each advice with a rulebook that gets just it, and one beside it that gets none.

use owed::Rulebook;

const OFFICE: &str = r#""office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } }"#;

#[track_caller]
fn advice(rulebook: &str) -> Vec<String> {
    let rules: Rulebook = serde_json::from_str(rulebook).unwrap_or_else(|error| panic!("{error}"));
    let advice: Vec<String> = rules.check().iter().map(ToString::to_string).collect();
    let printed = serde_json::to_string(&rules).expect("printed");
    let again: Rulebook = serde_json::from_str(&printed).expect("a rulebook");
    assert_eq!(again.check(), rules.check());
    advice
}

#[track_caller]
fn agreements(list: &str) -> Vec<String> {
    advice(&format!(r#"{{ "calendars": {{ {OFFICE} }}, "calendar": "office", "agreements": [{list}] }}"#))
}

#[track_caller]
fn measured(metric: &str, target: &str, agreement: &str) -> Vec<String> {
    advice(&format!(
        r#"{{ "metrics": {{ "mine": {metric} }}, "agreements": [{{ "name": "sla", {agreement} "targets": {{ "mine": {target} }} }}] }}"#
    ))
}

const NONE: [&str; 0] = [];

#[test]
fn nothing_is_advised_about_the_rulebooks_that_are_shown() {
    for text in [
        include_str!("../../examples/data/small-company.json"),
        include_str!("../../examples/data/itil-desk.json"),
        include_str!("../../examples/data/bank.json"),
        include_str!("../../examples/data/small-desk.json"),
        include_str!("../../examples/data/uci-rulebook.json"),
    ] {
        assert_eq!(advice(text), NONE);
    }
}

#[test]
fn an_unused_calendar() {
    let with = |more: &str, target: &str| {
        advice(&format!(
            r#"{{ "calendars": {{ {OFFICE}, "shop": "24x7" }}, "calendar": "office", {more}
                 "agreements": [{{ "name": "sla", "targets": {{ "first_response": {target} }} }}] }}"#
        ))
    };
    let plain = r#""4 working hours""#;
    let unused = ["calendars.shop: nothing counts by this calendar; only a promise that names it would"];
    assert_eq!(with("", plain), unused);
    assert_eq!(with("", r#"{ "budget": "4 working hours", "calendar": "shop" }"#), NONE);
    assert_eq!(with("", r#"{ "budget": "4 working hours", "calendar": { "union": ["office", "shop"] } }"#), NONE);
    // A team's hours count where a rule asks for them.
    let team = r#""calendar_of": { "teams": { "night": "shop" } },"#;
    assert_eq!(with(team, plain), unused);
    assert_eq!(with(team, r#"{ "budget": "4 working hours", "calendar": { "of": "team" } }"#), NONE);
    assert_eq!(with("", r#"{ "budget": "4 working hours", "calendar": { "of": "ticket" } }"#), NONE);
}

#[test]
fn an_agreement_that_applies_to_no_ticket() {
    let when = |when: &str| {
        agreements(&format!(r#"{{ "name": "sla", "when": {when}, "targets": {{ "first_response": "4 hours" }} }}"#))
    };
    for contradiction in [
        r#"{ "priority": ["1"], "not": { "priority": ["1", "2"] } }"#,
        r#"{ "all": [{ "fields": { "seats": { "more_than": 10 } } }, { "fields": { "seats": { "less_than": 11 } } }] }"#,
        r#"{ "tags": ["vip"], "not": { "tags": ["vip"] } }"#,
        r#"{ "with_vendor": false, "vendor": ["acme"] }"#,
        r#"{ "any": [] , "not": {} }"#,
        r#"{ "status": ["open"], "all": [{ "status": ["pending"] }] }"#,
    ] {
        assert_eq!(
            when(contradiction),
            ["agreements[0].when: applies to no ticket: its condition contradicts itself"],
            "{contradiction}"
        );
    }
    for right in [
        r#"{ "priority": ["1", "3"], "not": { "priority": ["1", "2"] } }"#,
        r#"{ "all": [{ "fields": { "seats": { "more_than": 10 } } }, { "fields": { "seats": { "less_than": 12 } } }] }"#,
        r#"{ "tags": ["vip"], "not": { "tags": ["gold"] } }"#,
        r#"{ "with_vendor": true, "vendor": ["acme"] }"#,
        r#"{ "team": ["network"], "agent": ["ada"], "language": ["tr"], "channel": ["chat"], "on_the_line": true, "human_asked_for": true }"#,
        r#"{ "fields": { "plan": { "present": true } }, "not": { "fields": { "plan": ["gold", "silver"] } } }"#,
    ] {
        assert_eq!(when(right), NONE, "{right}");
    }
}

#[test]
fn an_agreement_that_another_takes_every_ticket_from() {
    let target = |budget: &str| format!(r#""targets": {{ "first_response": {budget} }}"#);
    let plain = target(r#""4 hours""#);
    let two = |first: &str, second: &str| {
        agreements(&format!(r#"{{ "name": "base", {first} }}, {{ "name": "gold", {second} }}"#))
    };
    let never =
        ["agreements[1]: never counts: base stands before it and has a target wherever it has one; put this one first"];
    let gold = r#""when": { "tags": ["gold"] },"#;
    assert_eq!(two(&plain, &format!("{gold} {plain}")), never);
    assert_eq!(
        two(&format!(r#""when": {{ "tags": ["gold", "silver"] }}, {plain}"#), &format!("{gold} {plain}")),
        never
    );
    assert_eq!(two(&format!("{gold} {plain}"), &plain), NONE);
    // It has a metric of its own; a priority of its own; another kind; a time of its own.
    assert_eq!(two(&plain, r#""targets": { "first_response": "1 hour", "next_response": "1 hour" }"#), NONE);
    assert_eq!(two(&target(r#"{ "budget": { "1": "4 hours" } }"#), &plain), NONE);
    assert_eq!(two(&plain, &format!(r#""kind": "ola", {plain}"#)), NONE);
    assert_eq!(
        two(
            &format!(r#""until": "2027-01-01T00:00:00Z", {plain}"#),
            &format!(r#""from": "2027-01-01T00:00:00Z", {plain}"#)
        ),
        NONE
    );
}

#[test]
fn a_target_that_nothing_starts() {
    let starts = |start: &str, agreement: &str| {
        let metric = format!(
            r#"{{ "deliverable": "fix", "start": [{start}], "stop": [{{ "fact": "status", "to": ["closed"] }}] }}"#
        );
        measured(&metric, r#""4 hours""#, agreement)
    };
    let nothing = [
        "agreements[0].targets.mine: nothing starts mine here: none of its starts can come on a ticket that this agreement is for",
    ];
    // It never becomes what it is; it is new when it is opened; nobody has it when nobody gets it; it had been asked for.
    assert_eq!(starts(r#"{ "fact": "status", "from": ["open"], "to": ["open"] }"#, ""), nothing);
    assert_eq!(starts(r#"{ "fact": "opened", "when": { "status": ["pending"] } }"#, ""), nothing);
    assert_eq!(starts(r#"{ "fact": "assigned", "to": ["nobody"], "when": { "team": ["network"] } }"#, ""), nothing);
    assert_eq!(starts(r#"{ "fact": "human_asked_for", "when": { "human_asked_for": false } }"#, ""), nothing);
    // Who began it stays so, and whose it is.
    let agents = r#""when": { "author": ["agent"] },"#;
    assert_eq!(starts(r#"{ "fact": "opened", "author": ["customer"] }"#, agents), nothing);
    assert_eq!(
        starts(
            r#"{ "fact": "opened", "when": { "organisation": ["acme"] } }"#,
            r#""binding": "promised", "when": { "organisation": ["other"] },"#
        ),
        nothing
    );
    // One start of several is enough; and what may change in between is no contradiction.
    assert_eq!(
        starts(r#"{ "fact": "opened", "author": ["customer"] }, { "fact": "tagged", "tags": ["outage"] }"#, agents),
        NONE
    );
    assert_eq!(
        starts(r#"{ "fact": "opened", "when": { "priority": ["1"] } }"#, r#""when": { "priority": ["2"] },"#),
        NONE
    );
    assert_eq!(starts(r#"{ "fact": "status", "from": ["open"], "to": ["pending"] }"#, ""), NONE);
    // A ticket that somebody has hears from him, too.
    for writer in ["assignee", "other"] {
        assert_eq!(starts(&format!(r#"{{ "fact": "message", "by": ["{writer}"] }}"#), ""), NONE);
    }
}

#[test]
fn a_target_that_waits_for_what_never_ends() {
    let after = |start: &str, stop: &str| {
        advice(&format!(
            r#"{{ "metrics": {{
                "first": {{ "deliverable": "fix", "start": [{start}], "stop": [{stop}] }},
                "then": {{ "deliverable": "fix", "after": "first", "start": [{{ "fact": "priority" }}], "stop": [{{ "fact": "status", "to": ["solved"] }}] }} }},
              "agreements": [{{ "name": "sla", "targets": {{ "then": "4 hours" }} }}] }}"#
        ))
    };
    let (opened, solved) = (r#"{ "fact": "opened" }"#, r#"{ "fact": "status", "to": ["solved"] }"#);
    let (no_start, no_stop) = (
        r#"{ "fact": "opened", "when": { "status": ["solved"] } }"#,
        r#"{ "fact": "hold", "on": true, "when": { "on_the_line": false } }"#,
    );
    let waits = ["agreements[0].targets.then: then waits for first to end, which nothing starts or ends"];
    assert_eq!(after(no_start, solved), waits);
    assert_eq!(after(opened, no_stop), waits);
    assert_eq!(after(opened, solved), NONE);
}

#[test]
fn a_bound_on_one_pause_that_bounds_nothing() {
    let paused = |pausable: &str| {
        advice(&format!(
            r#"{{ "agreements": [{{ "name": "sla", "targets": {{ "requester_wait": {{ "budget": "4 hours", "pausable": {{ {pausable} }} }} }} }}] }}"#
        ))
    };
    let (told, total) =
        ("agreements[0].targets.requester_wait.pausable.once: one pause may last ", r#""total": "24 hours", "once": "#);
    assert_eq!(
        paused(&format!(r#"{total}"48 hours""#)),
        [format!(
            "{told}48 hours, and all of them together 24 hours, so that \"once\" bounds nothing; write less, or leave it out"
        )]
    );
    assert_eq!(paused(&format!(r#"{total}"24 hours""#)).len(), 1);
    assert_eq!(paused(&format!(r#"{total}"23 hours""#)), NONE);
    assert_eq!(paused(r#""total": "24 hours""#), NONE);
}

#[test]
fn a_clock_that_stands_from_its_start() {
    let metric = r#"{ "deliverable": "fix", "start": [{ "fact": "status", "to": ["on_hold"] }, { "fact": "status", "to": ["pending"] }], "stop": [{ "fact": "status", "to": ["closed"] }] }"#;
    let paused = |pause: &str| measured(metric, &format!(r#"{{ "budget": "4 hours", "pause": [{pause}] }}"#), "");
    let born = |reason: &str| {
        format!(
            "agreements[0].targets.mine: the clock stands still from its start: {reason:?} holds whenever one of its starts comes"
        )
    };
    let pause = |reason: &str, when: &str| format!(r#"{{ "reason": "{reason}", "when": {{ {when} }} }}"#);
    assert_eq!(paused(&pause("waiting", r#""status": ["on_hold", "pending"]"#)), [born("waiting")]);
    let between_them =
        [pause("supplier", r#""status": ["on_hold"]"#), pause("customer", r#""status": ["pending"]"#)].join(", ");
    assert_eq!(paused(&between_them), [born("supplier")]);
    // "A pause inside a start": one of several is enough to be told of.
    assert_eq!(paused(&pause("waiting", r#""status": ["pending"]"#)), [born("waiting")]);
    assert_eq!(paused(&pause("waiting", r#""status": ["on_hold", "pending"], "priority": ["low"]"#)), NONE);
    // A metric's own pause counts as well, and an agreement for tickets of that priority only has no other start.
    let own = metric.replace(r#""stop""#, &format!(r#""pause": [{}], "stop""#, pause("low", r#""priority": ["low"]"#)));
    assert_eq!(measured(&own, r#""4 hours""#, r#""when": { "priority": ["low"] },"#), [born("low")]);
    assert_eq!(measured(&own, r#""4 hours""#, ""), NONE);
}

#[test]
fn a_warning_before_the_start() {
    let warns = |budget: &str, warn: &str| {
        agreements(&format!(
            r#"{{ "name": "sla", "targets": {{ "first_response": {{ "budget": {budget}, "warn": ["50 %", "{warn}"] }} }} }}"#
        ))
    };
    let early = |warn: &str| {
        [format!(
            "agreements[0].targets.first_response.warn[1]: warns {warn} the deadline, which is before the clock starts"
        )]
    };
    assert_eq!(warns(r#""4 working hours""#, "5 working hours before"), early("5 working hours before"));
    assert_eq!(warns(r#"{ "1": "2 hours", "otherwise": "4 hours" }"#, "5 hours before"), early("5 hours before"));
    assert_eq!(warns(r#""4 hours""#, "5 working hours before"), early("5 working hours before"));
    assert_eq!(warns(r#""2 days""#, "72 hours before"), early("72 hours before"));
    assert_eq!(warns(r#"{ "1": "2 hours", "otherwise": "8 hours" }"#, "5 hours before"), NONE);
    assert_eq!(warns(r#""4 hours""#, "4 hours before"), NONE);
    // Four working hours may be days.
    assert_eq!(warns(r#""4 working hours""#, "5 hours before"), NONE);
    assert_eq!(warns(r#""4 weeks""#, "336 hours before"), NONE);
}

#[test]
fn what_supports_is_not_longer_than_what_it_supports() {
    let with = |kind: &str, metric: &str, budget: &str| {
        agreements(&format!(
            r#"{{ "name": "sla", "when": {{ "not": {{ "tags": ["request"] }} }}, "targets": {{ "first_resolution": {{ "budget": {{ "1": "4 hours", "otherwise": "40 working hours" }} }}, "first_response": "1 hour" }} }},
               {{ "name": "inside", "kind": "{kind}", "targets": {{ "{metric}": {{ "budget": {budget} }} }} }}"#
        ))
    };
    let longer = |metric: &str, budget: &str, other: &str, of: &str, at: &str| {
        [format!(
            "agreements[1].targets.{metric}: {budget} is longer than the {other} of {of} in sla, which it supports{at}"
        )]
    };
    assert_eq!(
        with("ola", "ownership", r#""41 working hours""#),
        longer("ownership", "41 working hours", "40 working hours", "first_resolution", "")
    );
    let at_1 = longer("vendor", "5 hours", "4 hours", "first_resolution", " (at priority 1)");
    assert_eq!(with("supplier", "vendor", r#"{ "1": "5 hours", "otherwise": "8 working hours" }"#), at_1);
    assert_eq!(
        with("ola", "assignee_response", r#""2 hours""#),
        longer("assignee_response", "2 hours", "1 hour", "first_response", "")
    );
    let days = |budget: &str| {
        agreements(&format!(
            r#"{{ "name": "sla", "targets": {{ "first_resolution": "3 business days" }} }},
               {{ "name": "inside", "kind": "ola", "targets": {{ "ownership": "{budget}" }} }}"#
        ))
    };
    assert_eq!(
        days("4 business days"),
        longer("ownership", "4 business days", "3 business days", "first_resolution", "")
    );
    assert_eq!(days("2 business days"), NONE);
    // Working time never runs faster than time does.
    assert_eq!(
        with("ola", "assignee_response", r#""2 working hours""#),
        longer("assignee_response", "2 working hours", "1 hour", "first_response", "")
    );
    assert_eq!(with("ola", "assignee_response", r#""1 working hour""#), NONE);
    assert_eq!(with("ola", "ownership", r#"{ "1": "4 hours", "otherwise": "40 working hours" }"#), NONE);
    // Working time never runs faster than time does.
    assert_eq!(
        with("ola", "time_to_own", r#""90 working minutes""#),
        longer("time_to_own", "90 working minutes", "1 hour", "first_response", "")
    );
    // Units that do not compare, another metric, and tickets that have no such target.
    assert_eq!(with("ola", "ownership", r#"{ "1": "5 business days" }"#), NONE);
    assert_eq!(with("ola", "hold_time", r#""500 hours""#), NONE);
    let apart = r#"{ "name": "sla", "when": { "not": { "tags": ["request"] } }, "targets": { "first_resolution": "4 hours" } },
                   { "name": "inside", "kind": "ola", "when": { "tags": ["request"] }, "targets": { "ownership": "5 hours" } }"#;
    assert_eq!(agreements(apart), NONE);
}

#[test]
fn a_goal_that_is_meant_for_the_customer() {
    let sla = |more: &str, target: &str| {
        agreements(&format!(r#"{{ "name": "sla", {more} "targets": {{ "first_response": {target} }} }}"#))
    };
    let never = |place: &str, sign: &str| {
        [format!(
            "{place}: this is a goal, of which no customer is told, but {sign}; if he knows of it, write \"binding\": \"promised\""
        )]
    };
    let (plain, owing) = (r#""4 hours""#, r#"{ "budget": "4 hours", "breach_owes": { "within": "24 hours" } }"#);
    assert_eq!(sla("", owing), never("agreements[0].targets.first_response", "a breach of it owes him something"));
    assert_eq!(
        sla(r#""when": { "organisation": ["acme"] },"#, plain),
        never("agreements[0]", "it is written for customers by name")
    );
    assert_eq!(sla("", plain), NONE);
    assert_eq!(sla(r#""binding": "promised","#, owing), NONE);
    assert_eq!(sla(r#""binding": "promised", "when": { "organisation": ["acme"] },"#, plain), NONE);
    assert_eq!(sla(r#""when": { "not": { "organisation": ["acme"] } },"#, plain), NONE);
    assert_eq!(sla(r#""kind": "ola","#, owing), NONE);
}

#[test]
fn a_rung_that_is_only_ever_told_outside_working_hours() {
    let ladder = |waits: [&str; 2], more: &str| {
        advice(&format!(
            r#"{{ "calendars": {{ {OFFICE} }}, "calendar": "office", "agreements": [], "ladders": [{{ "name": "breach", {more}
                 "rungs": [{{ "notify": "a", "wait": "{}" }}, {{ "notify": "b", "wait": "{}" }}, {{ "notify": "c", "wait": "1 hour" }}] }}] }}"#,
            waits[0], waits[1]
        ))
    };
    let told = |rung: usize, role: &str| {
        format!(
            "ladders[0].rungs[{rung}]: {role} always hears of it outside working hours, whenever it begins inside of them; wait in working time, or wait less"
        )
    };
    // Nine to five: twelve hours on it is night, and eight hours further it is day for some.
    assert_eq!(ladder(["12 hours", "8 hours"], ""), [told(1, "b")]);
    assert_eq!(ladder(["12 working hours", "8 working hours"], ""), NONE);
    assert_eq!(ladder(["1 hour", "1 hour"], ""), NONE);
    let cause = r#""causes": [{ "while": { "priority": ["1"] }, "after": "12 hours" }, { "while": { "priority": ["2"] }, "rung": 2 }],"#;
    assert_eq!(ladder(["1 hour", "4 hours"], cause), [told(0, "a")], "b may hear of it at once");
    let above = r#""causes": [{ "while": { "priority": ["1"] }, "rung": 2 }], "repeats": 1,"#;
    assert_eq!(ladder(["1 working hour", "1 working hour"], above), NONE, "of a rung that only a later round comes to");
    let always = r#"{ "calendar": "24x7", "agreements": [], "ladders": [{ "name": "breach", "rungs": [{ "notify": "a", "wait": "12 hours" }, { "notify": "b", "wait": "12 hours" }] }] }"#;
    assert_eq!(advice(always), NONE);
}

#[test]
fn a_role_that_is_used_nowhere_else() {
    let ladders = |second: &str| {
        advice(&format!(
            r#"{{ "agreements": [], "ladders": [
                {{ "name": "one", "rungs": [{{ "notify": "owner", "wait": "1 hour" }}, {{ "notify": "lead", "wait": "1 hour" }}, {{ "notify": "head", "wait": "1 hour" }}] }},
                {{ "name": "two", "rungs": [{{ "notify": "lead", "wait": "1 hour" }}, {{ "notify": "{second}", "wait": "1 hour" }}] }}] }}"#
        ))
    };
    let only =
        |place: &str, role: &str| format!("{place}.notify: no other rung tells {role}; is it the role that is meant?");
    assert_eq!(ladders("head"), NONE);
    assert_eq!(ladders("heed"), [only("ladders[0].rungs[2]", "head"), only("ladders[1].rungs[1]", "heed")]);
    let simple = r#"{ "calendar": "24x7", "agreement": { "first_response": "4 hours" }, "remind": { "owner": "1 hour before", "desk": "at breach" } }"#;
    assert_eq!(advice(simple), NONE);
}

/// Of two roles that are the same but for a slip of the pen.
#[test]
fn a_role_that_is_another_but_for_a_letter() {
    let roles = |roles: [&str; 3]| {
        let rungs = roles.map(|role| format!(r#"{{ "notify": "{role}", "wait": "1 hour" }}"#)).join(", ");
        advice(&format!(r#"{{ "agreements": [], "ladders": [{{ "name": "one", "rungs": [{rungs}] }}] }}"#))
    };
    let slip = |rung: usize, role: &str, other: &str| {
        format!(
            "ladders[0].rungs[{rung}].notify: no other rung tells {role}, and there is {other}; is that the role that is meant?"
        )
    };
    assert_eq!(roles(["lead", "head", "laed"]), [slip(2, "laed", "lead")]);
    assert_eq!(roles(["lead", "leads", "head"]), [slip(1, "leads", "lead")]);
    assert_eq!(roles(["led", "lead", "lead"]), [slip(0, "led", "lead")]);
    assert_eq!(roles(["tier1", "tier11", "tier2"]), NONE, "numbers are no letters");
    assert_eq!(roles(["lead", "head", "boss"]), NONE);
}

#[test]
fn a_ladder_that_nothing_climbs() {
    let ladder = |causes: &str, more: &str, target: &str| {
        advice(&format!(
            r#"{{ {more} "agreements": [{{ "name": "sla", "targets": {{ "first_response": {{ "budget": "4 hours", "warn": ["1 hour before"]{target} }} }} }}],
                 "ladders": [{{ "name": "w", "causes": [{causes}], "rungs": [{{ "notify": "lead", "wait": "1 hour" }}] }}] }}"#
        ))
    };
    let nothing = |cause: usize| {
        format!(
            r#"ladders[0].causes[{cause}]: nothing climbs this ladder, so this never starts it: name it under "ladder", or as the "ladder" of a target"#
        )
    };
    assert_eq!(ladder(r#""breached""#, "", ""), [nothing(0)]);
    assert_eq!(ladder(r#"{ "while": { "priority": ["1"] } }, "warned""#, "", ""), [nothing(1)]);
    assert_eq!(ladder(r#""breached""#, r#""ladder": "w","#, ""), NONE);
    assert_eq!(ladder(r#""breached""#, "", r#", "ladder": "w""#), NONE);
    assert_eq!(ladder(r#""customer_request", "breached""#, "", ""), NONE, "the decision climbs it, and may be broken");
    assert_eq!(ladder("", "", ""), NONE, "somebody may ask for it");
}

#[test]
fn a_warning_that_nothing_gives() {
    let ladder = |cause: &str, more: &str| {
        advice(&format!(
            r#"{{ {more} "ladder": "w", "agreements": [{{ "name": "sla", "targets": {{ "first_response": {{ "budget": "4 hours", "warn": ["1 hour before"] }}, "first_resolution": "9 hours" }} }}],
                 "ladders": [{{ "name": "w", "causes": [{cause}], "rungs": [{{ "notify": "lead", "wait": "1 hour" }}] }}] }}"#
        ))
    };
    let nothing = "ladders[0].causes[0]: no target that climbs this ladder warns so; only a promise that is made with such a warning would";
    assert_eq!(ladder(r#"{ "on": "warned", "warning": ["3 hours before"] }"#, ""), [nothing]);
    assert_eq!(ladder(r#"{ "on": "warned", "metric": ["first_resolution"] }"#, ""), [nothing]);
    assert_eq!(ladder(r#"{ "on": "warned", "warning": ["1 hour before"] }"#, ""), NONE);
    assert_eq!(ladder(r#""warned""#, ""), NONE);
    let asked = r#""supervisor": { "within": "4 hours", "warn": ["3 hours before"] },"#;
    assert_eq!(ladder(r#"{ "on": "warned", "warning": ["3 hours before"] }"#, asked), NONE, "a request warns so");
}

#[test]
fn a_hold_in_two_units() {
    let ladder = |most: &str| {
        advice(&format!(
            r#"{{ "calendars": {{ {OFFICE} }}, "calendar": "office", "agreements": [], "ladders": [{{ "name": "w", "hold": "8 working hours"{most},
                 "rungs": [{{ "notify": "lead", "wait": "1 hour" }}] }}] }}"#
        ))
    };
    assert_eq!(
        ladder(r#", "hold_at_most": "9 hours""#),
        [
            "ladders[0].hold_at_most: at most 9 hours, and 8 working hours in another unit: which of both is longer depends on the hour; write one unit"
        ]
    );
    assert_eq!(ladder(r#", "hold_at_most": "9 working hours""#), NONE);
    assert_eq!(ladder(""), NONE);
}

#[test]
fn a_window_that_outlasts_a_wait() {
    let ladder = |window: &str, more: &str| {
        advice(&format!(
            r#"{{ "agreements": [], "ladders": [{{ "name": "w", "window": "{window}"{more},
                 "rungs": [{{ "notify": "lead", "wait": "10 minutes" }}, {{ "notify": "boss", "wait": "1 minute" }}] }}] }}"#
        ))
    };
    let outlasts = |role: &str, wait: &str| {
        format!(
            "ladders[0].window: in 5 minutes {role} hears of it once, and the next one hears of it {wait} later: what comes together then comes too late; write a shorter window"
        )
    };
    assert_eq!(ladder("5 minutes", ""), NONE, "nobody comes after the last");
    assert_eq!(ladder("5 minutes", r#", "repeats": 1"#), [outlasts("boss", "1 minute")]);
    assert_eq!(ladder("10 minutes", ""), NONE);
    assert_eq!(ladder("11 minutes", "").len(), 1);
}

#[test]
fn a_ladders_calendar_is_used() {
    let rules = format!(
        r#"{{ "calendars": {{ {OFFICE} }}, "agreements": [], "ladders": [{{ "name": "breach", "calendar": "office", "rungs": [{{ "notify": "a", "wait": "1 working hour" }}] }}] }}"#
    );
    assert_eq!(advice(&rules), NONE);
}

#[test]
fn each_edition_is_advised_by_itself() {
    let edition = |from: &str| format!(r#"{{ {from} "calendars": {{ {OFFICE} }}, "agreements": [] }}"#);
    let said =
        advice(&format!(r#"{{ "editions": [{}, {}] }}"#, edition(""), edition(r#""from": "2026-07-01T00:00:00Z","#)));
    let places: Vec<&str> = said.iter().filter_map(|line| line.split_once(": ")).map(|(place, _)| place).collect();
    assert_eq!(places, ["editions[0].calendars.office", "editions[1].calendars.office"]);
}

#[test]
fn what_is_too_much_to_try_is_not_judged() {
    let tags: Vec<String> = (0..40).map(|tag| format!(r#"{{ "tags": ["t{tag}"] }}"#)).collect();
    let when = format!(r#""when": {{ "all": [{}], "not": {{ "tags": ["t0"] }} }},"#, tags.join(", "));
    assert_eq!(
        agreements(&format!(r#"{{ "name": "sla", {when} "targets": {{ "first_response": "4 hours" }} }}"#)),
        NONE
    );
}

/// A warning at the very beginning is one.
#[test]
fn a_warning_of_as_many_business_days_as_there_are_goes_off_in_time() {
    let target = |warn: &str| {
        agreements(&format!(
            r#"{{ "name": "sla", "targets": {{ "first_response": {{ "budget": "3 business days", "warn": ["{warn}"] }} }} }}"#
        ))
    };
    assert_eq!(target("3 business days before"), NONE);
    assert_eq!(target("4 business days before").len(), 1);
}
