//! A rulebook as people write it.

use serde_json::{Value, json};

use super::book::{Book, Ladder, On, Target, Trigger, amount, calendar};
use super::week::Unit;

impl Book {
    pub(crate) fn json(&self) -> Value {
        let names = |ladders: &[usize]| ladders.iter().map(|at| self.ladders[*at].name).collect::<Vec<_>>();
        let agreements = self.agreements.iter().map(|agreement| {
            let targets = agreement.targets.iter().map(|(metric, target)| {
                let mut json = target.json();
                if let Some(ladders) = &target.ladders {
                    json["ladder"] = json!(names(ladders));
                }
                (metric.name().to_owned(), json)
            });
            json!({
                "name": agreement.name, "kind": if agreement.with_customer { "sla" } else { "ola" },
                "binding": if agreement.promised { "promised" } else { "goal" },
                "on_priority_change": if agreement.restarts { "restart" } else { "keep" },
                "targets": targets.collect::<serde_json::Map<_, _>>(),
            })
        });
        json!({
            "calendars": { "office": self.weeks.json(0), "night": self.weeks.json(1) }, "calendar": "office",
            "agreements": agreements.collect::<Vec<_>>(),
            "ladders": self.ladders.iter().map(Ladder::json).collect::<Vec<_>>(), "ladder": names(&self.climbed),
        })
    }
}

impl Target {
    fn json(&self) -> Value {
        let [one, two, three] = self.budgets.map(|budget| amount((self.unit, budget)));
        let warn: Vec<_> = self.warn.iter().map(|warn| warn.text()).collect();
        let mut json = json!({ "budget": { "1": one, "2": two, "3": three }, "warn": warn });
        if let Unit::Working(which) = self.unit {
            json["calendar"] = calendar(which).into();
        }
        if let Some(pause) = &self.pause {
            let rules = pause.iter().map(|(reason, status)| json!({ "reason": reason, "when": { "status": status } }));
            json["pause"] = rules.collect();
        }
        if let Some((total, once)) = self.allowance {
            json["pausable"] = json!({ "total": amount((Unit::Elapsed, total)) });
            if let Some(once) = once {
                json["pausable"]["once"] = amount((Unit::Elapsed, once)).into();
            }
        }
        if self.unanswered_breaks {
            json["unanswered"] = "breached".into();
        }
        if let Some(owes) = self.owes {
            json["breach_owes"] = json!({ "deliverable": "explanation", "within": amount((Unit::Elapsed, owes)) });
        }
        json
    }
}

impl Ladder {
    fn json(&self) -> Value {
        let rungs = self.rungs.iter().zip(["owner", "lead", "head"]).map(|(rung, role)| {
            json!({ "notify": role, "wait": amount(rung.wait), "if_nobody": if rung.keeps { "wait" } else { "skip" } })
        });
        json!({
            "name": self.name, "calendar": calendar(self.week), "repeats": self.repeats, "lapses": self.lapses,
            "causes": self.causes.iter().map(Trigger::json).collect::<Vec<_>>(), "rungs": rungs.collect::<Vec<_>>(),
            "hold": amount(self.hold), "hold_at_most": amount(self.hold_at_most),
            "after_hold": if self.goes_on_above { "next" } else { "first" },
            "snooze_at_most": amount((Unit::Elapsed, self.snooze_at_most)),
        })
    }
}

impl Trigger {
    fn json(&self) -> Value {
        let mut json = match self.on {
            On::Warned => json!({ "on": "warned" }),
            On::Breached { metric, promised } => {
                let mut json = json!({ "on": "breached" });
                if let Some(metric) = metric {
                    json["metric"] = json!([metric.name()]);
                }
                if let Some(promised) = promised {
                    json["binding"] = if promised { "promised" } else { "goal" }.into();
                }
                json
            }
            On::PromisedAgain => json!({ "on": "promised_again" }),
            On::Comes(status) => json!({ "on": { "fact": "status", "to": [status] } }),
            On::Stands(statuses) => json!({ "while": { "status": statuses } }),
            On::Urgent => json!({ "while": { "priority": ["1"] } }),
        };
        if self.times > 1 {
            json["times"] = self.times.into();
        }
        if let Some(after) = self.after {
            json["after"] = amount(after).into();
        }
        if self.rung > 1 {
            json["rung"] = self.rung.into();
        }
        if self.until_answered {
            json["until"] = json!([{ "fact": "message", "author": ["agent"] }]);
        }
        json
    }
}
