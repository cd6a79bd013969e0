//! Conditions in words, for whoever reads them.

use core::fmt::{self, Display};

use super::clause::Clause;
use super::{Condition, Subject};

/// A list as one says it: "a, b or c".
pub(super) fn or<T: Display>(f: &mut fmt::Formatter<'_>, list: &[T]) -> fmt::Result {
    for (index, item) in list.iter().enumerate() {
        let between = match index {
            0 => "",
            _ if index + 1 == list.len() => " or ",
            _ => ", ",
        };
        write!(f, "{between}{item}")?;
    }
    Ok(())
}

impl Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("always");
        }
        for (index, clause) in self.0.iter().enumerate() {
            let between = if index == 0 { "" } else { " and " };
            write!(f, "{between}{clause}")?;
        }
        Ok(())
    }
}

impl Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(list) => is(f, &Subject::Status, list),
            Self::Priority(list) => is(f, &Subject::Priority, list),
            Self::Author(list) => is(f, &Subject::Author, list),
            Self::Channel(list) => is(f, &Subject::Channel, list),
            Self::Language(list) => is(f, &Subject::Language, list),
            Self::Kind(list) => is(f, &Subject::Kind, list),
            Self::StatusName(list) => is(f, &Subject::StatusName, list),
            Self::Sample(sample) => write!(f, "one of {} in 1,000", sample.per_thousand),
            Self::Tags(list) => {
                f.write_str("tagged ")?;
                or(f, list)
            }
            Self::Team(list) => is(f, &Subject::Team, list),
            Self::Agent(list) => is(f, &Subject::Agent, list),
            Self::Requester(list) => is(f, &Subject::Requester, list),
            Self::Organisation(list) => is(f, &Subject::Organisation, list),
            Self::Vendor(list) => is(f, &Subject::Vendor, list),
            Self::WithVendor(wanted) => yes(f, *wanted, &Subject::WithVendor),
            Self::OnTheLine(wanted) => yes(f, *wanted, &Subject::OnTheLine),
            Self::HumanAskedFor(wanted) => yes(f, *wanted, &Subject::HumanAskedFor),
            Self::Fields(tests) => {
                for (index, (field, test)) in tests.iter().enumerate() {
                    let between = if index == 0 { "" } else { " and " };
                    write!(f, "{between}{field} is {test}")?;
                }
                Ok(())
            }
            Self::All(conditions) => joined(f, conditions, " and "),
            Self::Any(conditions) => joined(f, conditions, " or "),
            Self::Not(condition) => write!(f, "not ({condition})"),
        }
    }
}

fn is<T: Display>(f: &mut fmt::Formatter<'_>, what: &Subject, list: &[T]) -> fmt::Result {
    write!(f, "{what} is ")?;
    or(f, list)
}

fn yes(f: &mut fmt::Formatter<'_>, wanted: bool, what: &Subject) -> fmt::Result {
    write!(f, "{}{what}", if wanted { "" } else { "not " })
}

fn joined(f: &mut fmt::Formatter<'_>, conditions: &[Condition], between: &str) -> fmt::Result {
    for (index, condition) in conditions.iter().enumerate() {
        write!(f, "{}({condition})", if index == 0 { "" } else { between })?;
    }
    Ok(())
}
