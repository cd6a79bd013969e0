//! A place in a document, and what stands there.

use alloc::string::String;
use alloc::vec::Vec;
use alloc::{borrow::ToOwned, format};

use super::{Findings, FormFlaw, Node};

/// A node that knows where it stands. Every question notes what does not fit, and answers `None` then.
pub(crate) struct Entry<'a> {
    pub(crate) node: &'a Node,
    pub(crate) place: String,
}

impl<'a> Entry<'a> {
    /// The whole document.
    pub(crate) fn root(node: &'a Node) -> Self {
        Self { node, place: String::new() }
    }

    pub(crate) fn text<F: From<FormFlaw>>(&self, found: &mut Findings<F>) -> Option<&'a str> {
        match self.node {
            Node::Text(text) => Some(text),
            _ => self.not("text", found),
        }
    }

    /// Text that means something: `entry.parse(found, str::parse::<Interval>)`.
    pub(crate) fn parse<T, E, F>(&self, found: &mut Findings<F>, read: impl FnOnce(&str) -> Result<T, E>) -> Option<T>
    where
        E: Into<F>,
        F: From<FormFlaw>,
    {
        let text = self.text(found)?;
        found.keep(&self.place, read(text))
    }

    pub(crate) fn bool<F: From<FormFlaw>>(&self, found: &mut Findings<F>) -> Option<bool> {
        match self.node {
            Node::Bool(value) => Some(*value),
            _ => self.not("true or false", found),
        }
    }

    pub(crate) fn int<F: From<FormFlaw>>(&self, found: &mut Findings<F>) -> Option<i64> {
        match self.node {
            Node::Int(value) => Some(*value),
            _ => self.not("a whole number", found),
        }
    }

    /// The entries of a list; none after a complaint if this is no list.
    pub(crate) fn list<F: From<FormFlaw>>(&self, found: &mut Findings<F>) -> Vec<Entry<'a>> {
        let Node::List(nodes) = self.node else {
            return self.not("a list", found).unwrap_or_default();
        };
        let entry = |(index, node)| Entry { node, place: format!("{}[{index}]", self.place) };
        nodes.iter().enumerate().map(entry).collect()
    }

    /// The entries of a map whose keys are the writer's own, such as names or dates; none after a complaint if this is
    /// no map. Keys that are written twice are refused.
    pub(crate) fn pairs<F: From<FormFlaw>>(&self, found: &mut Findings<F>) -> Vec<(&'a str, Entry<'a>)> {
        let Node::Map(pairs) = self.node else {
            return self.not("a map", found).unwrap_or_default();
        };
        let mut keys: Vec<&str> = pairs.iter().map(|(key, _)| key.as_str()).collect();
        keys.sort_unstable();
        let twice = keys.chunk_by(PartialEq::eq).filter(|same| same.len() > 1);
        for key in twice.filter_map(<[_]>::first) {
            found.add(&*self.place, FormFlaw::DuplicateKey { key: (*key).into() });
        }
        pairs.iter().map(|(key, node)| (key.as_str(), self.child(key, node))).collect()
    }

    /// The entries of a map whose keys have a meaning. Other keys are refused, and so are those written twice.
    pub(crate) fn fields<F: From<FormFlaw>>(
        &self,
        known: &'static [&'static str],
        found: &mut Findings<F>,
    ) -> Option<Fields<'a>> {
        if !matches!(self.node, Node::Map(_)) {
            found.add(&*self.place, FormFlaw::NoMap { known, found: self.node.kind() });
            return None;
        }
        let (pairs, others): (Vec<_>, Vec<_>) = self.pairs(found).into_iter().partition(|(key, _)| known.contains(key));
        for (key, _) in others {
            found.add(&*self.place, FormFlaw::UnknownKey { key: key.into(), known });
        }
        let place = self.place.clone();
        Some(Fields { pairs, place })
    }

    fn not<T, F: From<FormFlaw>>(&self, expected: &'static str, found: &mut Findings<F>) -> Option<T> {
        let flaw = FormFlaw::WrongType { expected, found: self.node.kind() };
        found.add(&*self.place, flaw);
        None
    }

    fn child(&self, key: &str, node: &'a Node) -> Self {
        // A key that would blur the place, "my.office" or an empty one, is shown in quotes.
        let plain = |c: char| c.is_alphanumeric() || "-_".contains(c);
        let key = if !key.is_empty() && key.chars().all(plain) { key.to_owned() } else { format!("{key:?}") };
        let place = if self.place.is_empty() { key } else { format!("{}.{key}", self.place) };
        Self { node, place }
    }
}

/// A map of which one knows what may be in it.
pub(crate) struct Fields<'a> {
    pairs: Vec<(&'a str, Entry<'a>)>,
    place: String,
}

impl<'a> Fields<'a> {
    /// What stands at the key, or `None` after noting that it is missing.
    pub(crate) fn required<F: From<FormFlaw>>(&self, key: &'static str, found: &mut Findings<F>) -> Option<&Entry<'a>> {
        let entry = self.optional(key);
        if entry.is_none() {
            found.add(&*self.place, FormFlaw::MissingKey { key });
        }
        entry
    }

    /// What stands at the key, if anything does.
    pub(crate) fn optional(&self, key: &str) -> Option<&Entry<'a>> {
        self.pairs.iter().find(|(name, _)| *name == key).map(|(_, entry)| entry)
    }
}
