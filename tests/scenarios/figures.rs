//! A scenario's figures beside those that `replay` printed.

use owed::Timestamp;
use serde_json::Value;

use super::rules::{escalation, metric};
use super::scenario::{Figures, Scenario};

/// What a comparison came to.
#[derive(Default)]
pub struct Compared {
    pub same: usize,
    /// Agrees, but for a part of a minute that the source does not tell.
    pub in_whole_minutes: Vec<String>,
    pub other: Vec<String>,
    pub not_compared: Vec<String>,
}

/// What `replay` printed: its lines.
pub struct Printed<'a>(pub &'a [Value]);

impl Printed<'_> {
    /// Compares every figure of every clock.
    pub fn compare(&self, scenario: &Scenario, right: &Figures, compared: &mut Compared) -> Result<(), String> {
        for (clock, figures) in right {
            let (name, _) = metric(scenario, clock)?;
            let owed = self.cycle(name, figures.get("cycle"), figures.get("completed_at"));
            for (figure, wanted) in figures {
                let place = format!("{}: {clock}.{figure}", scenario.id);
                match self.agrees(name, owed, figure, wanted)? {
                    Told::Same => compared.same += 1,
                    Told::InWholeMinutes => {
                        compared.same += 1;
                        compared.in_whole_minutes.push(place);
                    }
                    Told::Other(found) => compared.other.push(format!("{place} is {found}, not {wanted}")),
                    Told::Nothing(why) => compared.not_compared.push(format!("{place}: {why}")),
                }
            }
        }
        if let Some(wanted) = scenario.next_due_at {
            let running = self.commitments().filter(|owed| owed["phase"] == "active").filter_map(due);
            let asked = running.min();
            let said = format!("{}: next_due_at is {asked:?}, not {wanted}", scenario.id);
            if asked == Some(wanted) { compared.same += 1 } else { compared.other.push(said) }
        }
        Ok(())
    }

    fn commitments(&self) -> impl Iterator<Item = &Value> {
        self.0.iter().filter_map(|line| line.get("commitment"))
    }

    /// The cycle that is meant: that of the number; without one the last that was done, where one was; else the last.
    fn cycle(&self, metric: &str, number: Option<&Value>, done_at: Option<&Value>) -> Option<&Value> {
        let of_metric = |owed: &&Value| owed["origin"]["policy"]["metric"] == metric;
        let cycles: Vec<&Value> = self.commitments().filter(of_metric).collect();
        let numbered = |owed: &&Value| number.is_some_and(|number| owed["origin"]["policy"]["cycle"] == *number);
        if number.is_some() {
            return cycles.into_iter().find(numbered);
        }
        let was_done = cycles.iter().rev().find(|owed| done(owed).is_some()).copied();
        was_done.filter(|_| done_at.is_some_and(|at| !at.is_null())).or_else(|| cycles.last().copied())
    }

    fn agrees(&self, name: &str, owed: Option<&Value>, figure: &str, wanted: &Value) -> Result<Told, String> {
        let Some(owed) = owed else {
            // Where nothing is owed there is no deadline, and nothing that could break.
            let nothing = wanted.is_null() || figure == "breached" && *wanted == false;
            return Ok(if nothing { Told::Same } else { Told::Other("not owed".into()) });
        };
        let used = |key: &str| micros(&owed[key]);
        Ok(match figure {
            "due_at" if wanted.is_null() => {
                let runs = matches!(owed["phase"].as_str(), Some("active" | "overdue"));
                Told::equal(&!runs, &true)
            }
            // While it stands there is no deadline, but one if it went on, and the first that it had.
            "due_at" if due(owed).is_none() => {
                let first = instant(&owed["first_due"]);
                if first == instant(wanted) { Told::Same } else { Told::at(instant(&owed["due_if_resumed"]), wanted) }
            }
            "due_at" => Told::at(due(owed), wanted),
            "completed_at" => Told::at(done(owed), wanted),
            "breached" => Told::equal(&(owed["verdict"] == "breached"), wanted),
            "met" => Told::equal(&(owed["verdict"] == "fulfilled"), wanted),
            "breached_at" => Told::at(instant(&owed["breach"]["at"]), wanted),
            "cycle" => Told::equal(&owed["origin"]["policy"]["cycle"], wanted),
            "state" => match wanted.as_str() {
                Some("cancelled" | "canceled") => Told::equal(&owed["verdict"], &"void"),
                Some("paused") => Told::equal(&owed["phase"], &"paused"),
                Some("running" | "active") => Told::equal(&owed["phase"], &"active"),
                Some("breached") => Told::equal(&owed["verdict"], &"breached"),
                Some("met" | "completed" | "fulfilled") => Told::equal(&owed["verdict"], &"fulfilled"),
                _ => return Err(format!("unknown state {wanted}")),
            },
            "elapsed_min" => Told::minutes(used("used"), wanted),
            "elapsed_sec" => Told::seconds(used("used"), wanted),
            "remaining_min" => Told::minutes(used("budget") - used("used"), wanted),
            "remaining_sec" => Told::seconds(used("budget") - used("used"), wanted),
            "paused_min" => Told::minutes(paused(owed), wanted),
            "paused_sec" => Told::seconds(paused(owed), wanted),
            "escalation_at" => match self.escalation(name, owed) {
                Some(at) => Told::at(Some(at), wanted),
                None => Told::Nothing("business days before a budget of hours, or hours after one of days"),
            },
            other => return Err(format!("unknown figure {other}")),
        })
    }

    /// When an escalation some time from the deadline comes: a warning, or the deadline of the clock beside it.
    fn escalation(&self, name: &str, owed: &Value) -> Option<Timestamp> {
        if let Some(beside) = self.cycle(&escalation(name), owed["origin"]["policy"].get("cycle"), None) {
            return due(beside);
        }
        let events = self.0.iter().filter_map(|line| line.get("event"));
        let mut warned =
            events.filter(|event| event["commitment"] == owed["id"]).filter_map(|event| event.get("warnings"));
        instant(&warned.next_back()?[0]["at"])
    }
}

enum Told {
    Same,
    InWholeMinutes,
    Other(String),
    Nothing(&'static str),
}

impl Told {
    fn equal<T: std::fmt::Debug + PartialEq<U>, U>(found: &T, wanted: &U) -> Self {
        if found == wanted { Self::Same } else { Self::Other(format!("{found:?}")) }
    }

    fn at(found: Option<Timestamp>, wanted: &Value) -> Self {
        Self::equal(&found, &instant(wanted))
    }

    fn seconds(micros: i128, wanted: &Value) -> Self {
        let found = micros as f64 / 1e6;
        let apart = (found - wanted.as_f64().unwrap_or(f64::NAN)).abs();
        if apart < 0.000_001 { Self::Same } else { Self::Other(found.to_string()) }
    }

    /// Minutes, to the ten thousandth where a source tells a part of one; whole ones may leave it out.
    fn minutes(micros: i128, wanted: &Value) -> Self {
        let (found, wanted) = (micros as f64 / 6e7, wanted.as_f64().unwrap_or(f64::NAN));
        match (found - wanted).abs() {
            apart if apart < 0.000_05 => Self::Same,
            apart if apart < 1.0 && wanted.fract() == 0.0 => Self::InWholeMinutes,
            _ => Self::Other(found.to_string()),
        }
    }
}

fn instant(value: &Value) -> Option<Timestamp> {
    value.as_str().map(|text| text.parse().expect("an instant"))
}

fn due(owed: &Value) -> Option<Timestamp> {
    instant(&owed["due"])
}

fn done(owed: &Value) -> Option<Timestamp> {
    let outcome = owed["closed"]["outcome"].as_object()?;
    outcome.values().find_map(|outcome| instant(&outcome["done"]))
}

fn micros(amount: &Value) -> i128 {
    let micros = amount.get("working_us").or(amount.get("elapsed_us")).and_then(Value::as_i64);
    micros.unwrap_or_else(|| panic!("{amount} is no amount")).into()
}

/// What the pauses came to in the budget's own unit.
fn paused(owed: &Value) -> i128 {
    let pauses = owed["paused"].as_array().into_iter().flatten();
    pauses.map(|pause| micros(&pause["spared"])).sum()
}
