//! What is wrong with a document, and where.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// One thing that is wrong, and its place: `weekly.thu[0]: "25:00" is no time of day; write 00:00 to 24:00`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem<F> {
    /// The way to it from the top, such as `editions[0].calendars.office.weekly.thu[0]`. Empty for the whole document.
    pub place: String,
    /// What is wrong there.
    pub flaw: F,
}

impl<F: fmt::Display> fmt::Display for Problem<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        self.flaw.fmt(f)
    }
}

/// Everything that is wrong with a document, in the order in which it was found. Never empty; printed one to a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems<F>(Vec<Problem<F>>);

impl<F> Problems<F> {
    /// All of them, or `None` if there are none.
    pub(super) fn new(problems: Vec<Problem<F>>) -> Option<Self> {
        (!problems.is_empty()).then_some(Self(problems))
    }

    /// The only one.
    pub(crate) fn one(place: String, flaw: F) -> Self {
        Self(alloc::vec![Problem { place, flaw }])
    }

    /// All of them, at least one.
    ///
    /// # There is at least one
    ///
    /// ```
    /// use owed::calendar::Calendar;
    ///
    /// let problems = Calendar::builder().build().unwrap_err();
    /// assert_eq!(problems.as_slice()[0].to_string(), "the key \"time_zone\" is missing");
    /// ```
    #[must_use]
    pub fn as_slice(&self) -> &[Problem<F>] {
        &self.0
    }
}

impl<F> IntoIterator for Problems<F> {
    type Item = Problem<F>;
    type IntoIter = alloc::vec::IntoIter<Problem<F>>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<F: fmt::Display> fmt::Display for Problems<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl<F: fmt::Debug + fmt::Display> core::error::Error for Problems<F> {}

/// What is wrong with the form of a document, whatever it is about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormFlaw {
    /// Nothing is known by this key here.
    #[error("unknown key {key:?}; known here: {}", known.join(", "))]
    UnknownKey {
        /// The key.
        key: String,
        /// The keys that may stand here.
        known: &'static [&'static str],
    },
    /// A key that must be there is not.
    #[error("the key {key:?} is missing")]
    MissingKey {
        /// The key.
        key: &'static str,
    },
    /// One key is written twice, and only one of the two could count.
    #[error("the key {key:?} is written twice")]
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// A map is wanted here whose keys have a meaning.
    #[error("expected a map (its keys: {}), found {found}", known.join(", "))]
    NoMap {
        /// The keys that may stand in it.
        known: &'static [&'static str],
        /// What is there.
        found: &'static str,
    },
    /// Something of another kind is wanted here.
    #[error("expected {expected}, found {found}")]
    WrongType {
        /// What is wanted.
        expected: &'static str,
        /// What is there.
        found: &'static str,
    },
}
