//! What is asked of a field.

use alloc::vec::Vec;
use core::fmt;

use serde::{Serialize, Serializer};

use crate::policy::value::Value;

/// What is asked of one of a ticket's own fields. A field that is not there passes only [`Test::Present`]`(false)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// It is one of these: `"gold"`, `["gold", "silver"]`.
    In(Vec<Value>),
    /// It is a number that compares so: `{"at_least": 100}`. A text is neither more nor less than a number.
    Number(Comparison, i64),
    /// It is there, or is not: `{"present": true}`.
    Present(bool),
}

/// How two numbers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `at_least`
    AtLeast,
    /// `more_than`
    MoreThan,
    /// `at_most`
    AtMost,
    /// `less_than`
    LessThan,
}

impl Comparison {
    /// Every one.
    pub(crate) const ALL: [Self; 4] = [Self::AtLeast, Self::MoreThan, Self::AtMost, Self::LessThan];

    /// The key that it is written with.
    #[must_use]
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::AtLeast => "at_least",
            Self::MoreThan => "more_than",
            Self::AtMost => "at_most",
            Self::LessThan => "less_than",
        }
    }

    const fn admits(self, found: i64, bound: i64) -> bool {
        match self {
            Self::AtLeast => found >= bound,
            Self::MoreThan => found > bound,
            Self::AtMost => found <= bound,
            Self::LessThan => found < bound,
        }
    }
}

impl Test {
    /// Whether a field that is this, or is not there, passes.
    #[must_use]
    pub(crate) fn passes(&self, field: Option<&Value>) -> bool {
        match (self, field) {
            (Self::In(values), Some(value)) => values.contains(value),
            (Self::Number(order, bound), Some(Value::Number(found))) => order.admits(*found, *bound),
            (Self::Number(..), Some(Value::Flag(_) | Value::Text(_))) | (Self::In(_) | Self::Number(..), None) => false,
            (Self::Present(wanted), field) => field.is_some() == *wanted,
        }
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::In(values) => super::words::or(f, values),
            Self::Number(Comparison::AtLeast, bound) => write!(f, "at least {bound}"),
            Self::Number(Comparison::MoreThan, bound) => write!(f, "more than {bound}"),
            Self::Number(Comparison::AtMost, bound) => write!(f, "at most {bound}"),
            Self::Number(Comparison::LessThan, bound) => write!(f, "less than {bound}"),
            Self::Present(true) => f.write_str("anything"),
            Self::Present(false) => f.write_str("nothing"),
        }
    }
}

impl Serialize for Test {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::In(values) => match values.as_slice() {
                [value] => value.serialize(serializer),
                values => serializer.collect_seq(values),
            },
            Self::Number(order, bound) => serializer.collect_map([(order.key(), bound)]),
            Self::Present(wanted) => serializer.collect_map([("present", wanted)]),
        }
    }
}
