//! What is found wrong while a document is read.

use alloc::string::String;
use alloc::vec::Vec;

use super::{FormFlaw, Problem, Problems};

/// Collects problems, so that reading goes on behind each.
pub(crate) struct Findings<F>(Vec<Problem<F>>);

impl<F: From<FormFlaw>> Findings<F> {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    /// How many there are.
    pub(crate) const fn count(&self) -> usize {
        self.0.len()
    }

    /// Notes a flaw.
    pub(crate) fn add(&mut self, place: impl Into<String>, flaw: impl Into<F>) {
        self.0.push(Problem { place: place.into(), flaw: flaw.into() });
    }

    /// The value, or `None` after noting why there is none.
    pub(crate) fn keep<T, E: Into<F>>(&mut self, place: &str, result: Result<T, E>) -> Option<T> {
        result.map_err(|flaw| self.add(place, flaw)).ok()
    }

    /// As [`keep`](Self::keep), for a part of the document that another reader has read, whose problems have their
    /// places already.
    pub(crate) fn absorb<T, G: Into<F>>(&mut self, result: Result<T, Problems<G>>) -> Option<T> {
        let add_all = |problems: Problems<G>| {
            problems.into_iter().for_each(|problem| self.add(problem.place, problem.flaw));
        };
        result.map_err(add_all).ok()
    }

    /// What another reader has found, whose problems have their places already.
    pub(crate) fn pour<G: Into<F>>(&mut self, others: Findings<G>) {
        others.0.into_iter().for_each(|problem| self.add(problem.place, problem.flaw));
    }

    /// The value, if there is one and nothing was found wrong but what may be passed over.
    pub(crate) fn finish_leniently<T>(
        mut self,
        value: Option<T>,
        passed_over: impl Fn(&Problem<F>) -> bool,
    ) -> Result<T, Problems<F>> {
        self.0.retain(|problem| value.is_none() || !passed_over(problem));
        self.finish(value)
    }

    /// The value, if nothing at all was found wrong.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, Problems<F>> {
        match (Problems::new(self.0), value) {
            (Some(problems), _) => Err(problems),
            (None, Some(value)) => Ok(value),
            (None, None) => {
                // A reader that gives no value has said why. Should one forget, this is better than a panic.
                let (expected, found) = ("something readable", "nothing");
                Err(Problems::one(String::new(), FormFlaw::WrongType { expected, found }.into()))
            }
        }
    }
}
