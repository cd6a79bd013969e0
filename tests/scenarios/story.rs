//! A scenario's events as commands.

use owed::Timestamp;
use serde_json::{Value, json};

use super::scenario::{Event, Scenario};

/// Words for a matter that is over; every other is a name of the source's own for where it stands.
const SOLVED: [&str; 4] = ["solved", "resolved", "done", "completed"];

/// Commands, one JSON object a line.
pub fn commands(scenario: &Scenario) -> Result<String, String> {
    let mut story = Story { lines: Vec::new(), last: Timestamp::MIN, over: false };
    for event in &scenario.events {
        for order in story.orders(event)? {
            story.give(event.at, &order);
        }
    }
    Ok(story.lines.join("\n"))
}

struct Story {
    lines: Vec<String>,
    last: Timestamp,
    over: bool,
}

impl Story {
    fn give(&mut self, at: Timestamp, order: &Value) {
        let (stream, number) = ("11111111-1111-4111-8111-111111111111", self.lines.len());
        let id = format!("00000000-0000-8000-8000-{number:012}");
        let mut order = order.clone();
        order["room"] = json!("ticket");
        // What is told of too late is taken in then, and had happened earlier.
        self.last = self.last.max(at);
        let mut command =
            json!({ "stream": stream, "id": id, "at": self.last, "by": { "agent": "ada" }, "order": order });
        if at < self.last {
            command["happened"] = json!({ "at": at, "stamp": "transport" });
        }
        self.lines.push(command.to_string());
    }

    fn orders(&mut self, event: &Event) -> Result<Vec<Value>, String> {
        let message = |author: &str, visibility: &str| {
            Ok(vec![json!({ "type": "message", "author": author, "visibility": visibility })])
        };
        let (kind, rest) = event.kind.split_once(':').map_or((event.kind.as_str(), None), |(a, b)| (a, Some(b)));
        match (kind, rest) {
            ("created", None) => Ok(vec![opening(event)]),
            ("customer_message" | "customer_reply", None) => message("customer", "public"),
            ("agent_reply" | "agent_message", None) => message("agent", "public"),
            ("agent_note" | "internal_note" | "note", None) => message("agent", "internal"),
            ("auto_reply" | "auto_response", None) => message("automation", "public"),
            ("ai_reply", None) => message("ai", "public"),
            ("third_party_message", None) => message("third_party", "public"),
            // Somebody looks, and nothing else is so.
            ("evaluate", None) => Ok(vec![json!({ "type": "tag", "add": ["evaluated"] })]),
            ("policy_changed" | "calendar_changed", None) => Ok(vec![json!({ "type": "replan" })]),
            ("assigned", agent) => {
                let to = json!({ "team": "desk", "agent": agent.unwrap_or("ada") });
                Ok(vec![json!({ "type": "assign", "to": to })])
            }
            ("team" | "group", Some(team)) => Ok(vec![json!({ "type": "assign", "to": { "team": team } })]),
            ("unassigned", None) => Ok(vec![json!({ "type": "assign" })]),
            ("priority", Some(priority)) => Ok(vec![json!({ "type": "set_priority", "priority": priority })]),
            ("status", Some(name)) => Ok(self.status(name)),
            ("resolved" | "solved" | "closed", None) => Ok(self.status(kind)),
            ("reopened", None) => Ok(self.status("open")),
            _ => Err(format!("unknown event {}", event.kind)),
        }
    }

    /// A source's own name for where it stands is a field of its own; that it is over, or is not after all, is ours to know.
    fn status(&mut self, name: &str) -> Vec<Value> {
        let named = json!({ "type": "set_field", "field": "status", "value": name });
        let was_over = self.over;
        self.over = name == "closed" || SOLVED.contains(&name);
        match (was_over, self.over) {
            (_, true) if name == "closed" => vec![json!({ "type": "close" }), named],
            (_, true) => vec![json!({ "type": "solve" }), named],
            (true, false) => vec![named, json!({ "type": "reopen" })],
            (false, false) => vec![named],
        }
    }
}

fn opening(event: &Event) -> Value {
    let note = event.note.as_deref().unwrap_or_default();
    let by_staff = ["by an agent", "by the owner"].iter().any(|words| note.contains(words));
    let author = if by_staff { "agent" } else { "customer" };
    json!({ "type": "open", "requester": "c-1", "author": author, "priority": "normal",
            "about": { "fields": { "status": "new" } } })
}
