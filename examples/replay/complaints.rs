//! What was wrong in a log. It is told at once, with its place, and the rest is processed.

use std::fmt;

/// Tells what is wrong, and remembers that something was.
pub(crate) struct Complaints<'a> {
    tell: Box<dyn FnMut(&str) + 'a>,
    told: u64,
}

impl<'a> Complaints<'a> {
    /// Nothing is wrong yet. `tell` gets each complaint as a line.
    pub(crate) fn new(tell: impl FnMut(&str) + 'a) -> Self {
        Self { tell: Box::new(tell), told: 0 }
    }

    /// Whether nothing was wrong.
    pub(crate) const fn is_empty(&self) -> bool {
        self.told == 0
    }

    /// Something is wrong in this line of this file.
    pub(crate) fn tell(&mut self, file: &str, line: u64, reason: impl fmt::Display) {
        self.told += 1;
        (self.tell)(&format!("{file}:{line}: {reason}"));
    }

    /// Something is wrong, in words that were found elsewhere.
    pub(crate) fn pass_on(&mut self, line: &str) {
        self.told += 1;
        (self.tell)(line);
    }
}
