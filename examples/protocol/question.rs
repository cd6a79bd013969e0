//! One line of the protocol, as it is written: numbers keep their digits, and a key that is written twice is twice there.

use std::fmt;

use owed::Timestamp;
use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// The keys of a question, each with what is written there.
pub struct Question<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Question<'a> {
    /// Reads a line, or says why it is no question.
    pub fn read(line: &'a [u8]) -> Result<Self, String> {
        serde_json::from_slice(line).map_err(|problem| {
            if problem.is_data() {
                "a question is a map with id, calendar, op and from".into()
            } else {
                format!("this line is no JSON: {problem}")
            }
        })
    }

    /// The id as it was given, to the last digit, or null. An answer is one line, whatever white space was in the question.
    pub fn id(&self) -> String {
        self.written("id").map_or_else(|_| "null".into(), |id| id.replace('\r', ""))
    }

    /// Refuses a key that is written twice, as a calendar in a file does.
    pub fn has_each_key_once(&self) -> Result<(), String> {
        let mut keys: Vec<&str> = self.0.iter().map(|(key, _)| key.as_str()).collect();
        keys.sort_unstable();
        let twice = keys.windows(2).find(|pair| pair[0] == pair[1]);
        twice.map_or(Ok(()), |pair| Err(format!("the key {:?} is written twice", pair[0])))
    }

    /// What is written at a key.
    pub fn written(&self, key: &str) -> Result<&'a str, String> {
        let found = self.0.iter().find(|(known, _)| known == key);
        found.map(|(_, value)| value.get()).ok_or_else(|| format!("the key {key:?} is missing"))
    }

    /// The value at a key.
    pub fn value(&self, key: &str) -> Result<Value, String> {
        serde_json::from_str(self.written(key)?).map_err(|problem| format!("{key:?} is no JSON: {problem}"))
    }

    pub fn text(&self, key: &str) -> Result<String, String> {
        match self.value(key)? {
            Value::String(text) => Ok(text),
            _ => Err(format!("{key:?} is no text")),
        }
    }

    pub fn instant(&self, key: &str) -> Result<Timestamp, String> {
        self.text(key)?.parse().map_err(|problem: owed::TimestampError| problem.to_string())
    }
}

impl<'de> Deserialize<'de> for Question<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;

        impl<'de> Visitor<'de> for Keys {
            type Value = Question<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a question")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut keys = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    keys.push(pair);
                }
                Ok(Question(keys))
            }
        }

        deserializer.deserialize_map(Keys)
    }
}
