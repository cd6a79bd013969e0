//! A scenario's calendar and policy as a rulebook. Which of our metrics a source's clock is, is said here; how it counts is not.

use std::collections::BTreeMap;

use owed::Timestamp;
use owed::policy::built_in;
use serde_json::{Map, Value, json};

use super::scenario::{Calendar, Scenario, Weekly};

type Policy = BTreeMap<String, Value>;

/// The clocks that scenarios know.
const CLOCKS: [&str; 5] = ["first_response", "next_response", "update", "resolution", "ownership"];

/// A budget beyond any story: for a clock that is only read.
const TO_MEASURE: &str = "50000 working hours";

/// What a clock of a source is called in our rulebook, and what it is there if that is not the built-in metric.
pub fn metric(scenario: &Scenario, clock: &str) -> Result<(&'static str, Option<Value>), String> {
    let source = |name: &str| scenario.source.contains(name);
    // SEMANTICS B, next response: "option: from the opening".
    let from_opening = |start: Value| {
        json!({ "deliverable": "reply", "start": start,
            "stop": [{ "fact": "message", "author": ["agent"], "visibility": ["public"] }],
            "cancel": [{ "fact": "status", "to": ["solved", "closed"] }, { "fact": "no_reply_needed" }] })
    };
    let asked = json!({ "fact": "message", "author": ["customer"], "visibility": ["public"] });
    let opened = json!({ "fact": "opened", "author": ["customer"] });
    Ok(match clock {
        "first_response" => ("first_response", None),
        "next_response" if source("zammad") => ("next_response", Some(from_opening(json!([asked])))),
        "next_response" if source("request tracker") => ("next_response", Some(from_opening(json!([opened, asked])))),
        "next_response" => ("next_response", None),
        // Otobo's starts when the customer has written, and the others' with the opening.
        "update" if source("otobo") => ("update", Some(from_opening(json!([asked])))),
        // Request Tracker keeps a customer in the loop once it has answered him, and until he writes: then a response is owed.
        "update" if source("request tracker") => ("update", Some(kept_in_the_loop())),
        "update" => ("periodic_update", None),
        "resolution" => ("full_resolution", None),
        "ownership" => ("time_to_own", None),
        other => return Err(format!("no metric is known for {other}")),
    })
}

fn kept_in_the_loop() -> Value {
    let by_agent = json!([{ "fact": "message", "author": ["agent"], "visibility": ["public"] }]);
    json!({ "deliverable": "update", "start": by_agent, "stop": by_agent,
        "cancel": [{ "fact": "message", "author": ["customer"] }, { "fact": "status", "to": ["solved", "closed"] }] })
}

/// The name of the clock that tells when an escalation some time from the deadline is due.
pub fn escalation(metric: &str) -> String {
    format!("{metric} escalation")
}

/// The rulebook, an edition for each time that the policy or the calendar changes.
pub fn rulebook(scenario: &Scenario) -> Result<Value, String> {
    let after = scenario.policy_after.as_ref().map(|after| overlaid(&scenario.policy, after));
    let changes: Vec<_> = scenario.events.iter().filter(|event| event.kind.ends_with("_changed")).collect();
    let policy_changes = changes.iter().any(|event| event.kind == "policy_changed");
    let now = match &after {
        // What was before is not told, and must leave no trace: twice as long, so that nothing is broken by then.
        None if policy_changes => doubled(&scenario.policy),
        Some(_) | None => scenario.policy.clone(),
    };
    let by_priority = after.as_ref().filter(|_| !policy_changes);
    let first = Edition { scenario, calendar: &scenario.calendar, policy: &now, by_priority };
    let mut editions = vec![first.json(None)?];
    let (mut calendar, mut policy) = (&scenario.calendar, &now);
    for change in changes {
        match change.kind.as_str() {
            "policy_changed" => policy = after.as_ref().unwrap_or(&scenario.policy),
            "calendar_changed" => calendar = scenario.calendar_after.as_ref().ok_or("no calendar_after")?,
            other => return Err(format!("unknown event {other}")),
        }
        let edition = Edition { scenario, calendar, policy, by_priority: by_priority.filter(|_| !policy_changes) };
        editions.push(edition.json(Some(change.at))?);
    }
    Ok(json!({ "editions": editions }))
}

fn overlaid(policy: &Policy, after: &Policy) -> Policy {
    policy.iter().chain(after).map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn doubled(policy: &Policy) -> Policy {
    let twice = |value: &Value| value.as_f64().map_or(value.clone(), |number| json!(number * 2.0));
    policy.iter().map(|(key, value)| (key.clone(), twice(value))).collect()
}

struct Edition<'a> {
    scenario: &'a Scenario,
    calendar: &'a Calendar,
    policy: &'a Policy,
    /// The policy for a ticket whose priority has changed.
    by_priority: Option<&'a Policy>,
}

impl Edition<'_> {
    fn json(&self, from: Option<Timestamp>) -> Result<Value, String> {
        for key in self.policy.keys() {
            let known = budget_key(key).is_some()
                || matches!(key.as_str(), "pause_on" | "escalation_offset" | "end_of_working_day" | "applies_if");
            if !known {
                return Err(format!("unknown policy key {key}"));
            }
        }
        let (mut metrics, mut targets) = (Map::new(), Map::new());
        for clock in CLOCKS {
            let (name, own) = metric(self.scenario, clock)?;
            let Some(budget) = self.budget(clock)? else { continue };
            metrics.extend(own.clone().map(|own| (name.to_owned(), own)));
            let mut target = json!({ "budget": budget, "pause": self.pauses(clock) });
            match self.offset(clock)? {
                Some(Offset::Before(warning)) => target["warn"] = json!([warning]),
                Some(Offset::OfItsOwn(budget)) => {
                    let twin = escalation(name);
                    let same = match own {
                        Some(own) => own,
                        None => json!(built_in().get(name).ok_or("no such metric")?),
                    };
                    metrics.insert(twin.clone(), same);
                    targets.insert(twin, json!({ "budget": budget, "pause": self.pauses(clock) }));
                }
                None => {}
            }
            targets.insert(name.to_owned(), target);
        }
        let mut edition = json!({
            "calendars": { "office": hours(self.calendar)? }, "calendar": "office", "metrics": metrics,
            "agreements": [{ "name": "sla", "when": self.when()?, "targets": targets }],
        });
        if let Some(from) = from {
            edition["from"] = json!(from);
        }
        Ok(edition)
    }

    fn when(&self) -> Result<Value, String> {
        let Some(condition) = self.policy.get("applies_if") else { return Ok(json!({})) };
        match condition.as_str().and_then(|text| text.split_once('=')) {
            Some(("priority", priority)) => Ok(json!({ "priority": [priority] })),
            _ => Err(format!("unknown condition {condition}")),
        }
    }

    /// A budget in our words, one for each priority where a change of that brings another; none where the clock is not asked for.
    fn budget(&self, clock: &str) -> Result<Option<Value>, String> {
        let Some(budget) = given(self.policy, clock)? else {
            let right = self.scenario.right();
            let figures = right.get(clock).into_iter().flat_map(BTreeMap::iter);
            let asked = figures.filter(|(_, value)| !value.is_null()).count() > 0;
            return Ok(asked.then(|| json!(TO_MEASURE)));
        };
        let Some(after) = self.by_priority.map(|after| given(after, clock)).transpose()?.flatten() else {
            return Ok(Some(json!(budget)));
        };
        let mut budgets = Map::from_iter([("otherwise".to_owned(), json!(budget))]);
        let changes = self.scenario.events.iter().filter_map(|event| event.kind.strip_prefix("priority:"));
        budgets.extend(changes.map(|priority| (priority.to_owned(), json!(after))));
        Ok(Some(budgets.into()))
    }

    /// When a clock stands still: all of a policy's do but that which waits for somebody to take the ticket.
    fn pauses(&self, clock: &str) -> Value {
        match self.policy.get("pause_on") {
            Some(Value::Array(names)) if !names.is_empty() && clock != "ownership" => {
                json!([{ "reason": "waiting", "when": { "fields": { "status": names } } }])
            }
            _ => json!([]),
        }
    }

    fn offset(&self, clock: &str) -> Result<Option<Offset>, String> {
        let Some(offset) = self.policy.get("escalation_offset") else { return Ok(None) };
        let unknown = || format!("unknown escalation_offset {offset}");
        let text = offset.as_str().ok_or_else(unknown)?;
        let (number, unit) = text.split_at(text.len().saturating_sub(1));
        let count: i64 = number.parse().map_err(|_| unknown())?;
        let minutes = match unit {
            "m" => Some(count),
            "h" => Some(count * 60),
            "d" => None,
            _ => return Err(unknown()),
        };
        let days = self.policy.get(&format!("{clock}_days")).and_then(Value::as_i64);
        let own = self.policy.get(&format!("{clock}_min")).and_then(Value::as_i64);
        Ok(match (minutes, days, own) {
            (Some(minutes), _, _) if minutes < 0 => {
                Some(Offset::Before(format!("{} before", working(-minutes as f64 * 60.0)?)))
            }
            (Some(minutes), _, Some(own)) => Some(Offset::OfItsOwn(working((own + minutes) as f64 * 60.0)?)),
            (None, Some(days), _) if days + count > 0 => Some(Offset::OfItsOwn(business(self.policy, days + count))),
            _ => None,
        })
    }
}

/// An escalation some time from the deadline.
enum Offset {
    /// A warning.
    Before(String),
    /// A clock beside the other, with a budget of its own.
    OfItsOwn(String),
}

/// What a key gives a budget to, and in which unit.
fn budget_key(key: &str) -> Option<(&str, &str)> {
    let (clock, unit) = key.rsplit_once('_')?;
    (CLOCKS.contains(&clock) && matches!(unit, "sec" | "min" | "hours" | "days")).then_some((clock, unit))
}

fn given(policy: &Policy, clock: &str) -> Result<Option<String>, String> {
    for (key, value) in policy {
        let Some((of, unit)) = budget_key(key) else { continue };
        if of != clock || value.is_null() {
            continue;
        }
        let number = value.as_f64().ok_or_else(|| format!("{key}: {value} is no number"))?;
        return match unit {
            "sec" => working(number).map(Some),
            "min" => working(number * 60.0).map(Some),
            "hours" => working(number * 3600.0).map(Some),
            _ if number.fract() == 0.0 => Ok(Some(business(policy, number as i64))),
            _ => Err(format!("{key}: {value} is no whole number of days")),
        };
    }
    Ok(None)
}

fn working(seconds: f64) -> Result<String, String> {
    let micros = seconds * 1e6;
    if micros.fract() != 0.0 {
        return Err(format!("{seconds} seconds are no whole number of microseconds"));
    }
    Ok(format!("{micros} working microseconds"))
}

fn business(policy: &Policy, days: i64) -> String {
    let plural = if days == 1 { "" } else { "s" };
    let end = if policy.get("end_of_working_day") == Some(&json!(true)) { ", close" } else { "" };
    format!("{days} business day{plural}{end}")
}

fn hours(calendar: &Calendar) -> Result<Value, String> {
    let mut weekly = Map::new();
    match &calendar.weekly {
        Weekly::Word(word) if word == "24x7" => {
            weekly.insert("mon-sun".into(), json!(["00:00-24:00"]));
        }
        Weekly::Word(word) => return Err(format!("unknown hours {word}")),
        Weekly::Days(days) => {
            for (day, spans) in days {
                let spans: Vec<_> = spans.iter().map(|(from, until)| format!("{from}-{until}")).collect();
                weekly.insert(day.clone(), json!(spans));
            }
        }
    }
    let holidays = calendar.holidays.iter().map(|holiday| match holiday.strip_prefix("*-") {
        Some(yearly) => json!({ "yearly": yearly }),
        None => json!(holiday),
    });
    Ok(json!({ "time_zone": calendar.tz, "weekly": weekly, "holidays": holidays.collect::<Vec<_>>() }))
}
