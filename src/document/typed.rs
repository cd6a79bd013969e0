//! From what was written to a value of a type that has a derive, with what does not fit as a value.

use alloc::string::{String, ToString};
use core::fmt;
use core::slice::Iter;

use serde::de::value::{MapAccessDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, Unexpected,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::node::{Node, Number};

/// Why a node is no value of a type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Misfit {
    /// A word that is none of those that are known there.
    #[error("{word:?} is not known here")]
    Word {
        /// The word.
        word: String,
        /// Those that are.
        known: &'static [&'static str],
    },
    /// A field that nobody knows there.
    #[error("unknown field `{0}`")]
    Field(String),
    /// Something is there that nobody reads: a field, whose name whoever reads the map has.
    #[error("something that nobody reads")]
    Unread,
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl Error for Misfit {
    fn custom<T: fmt::Display>(why: T) -> Self {
        Self::Other(why.to_string())
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        Self::Word { word: word.into(), known }
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::Field(field.into())
    }
}

impl Node {
    /// The value that this is, of a type that says itself what it passes over.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, Misfit> {
        T::deserialize(Reader { node: self, strict: false })
    }
}

/// Reads a part of a command. Its type passes over fields that it does not know, since events hold it too and a later release may have written
/// more; a command with a word that nobody knows might mean something, and is no command.
pub(crate) fn strict<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<T, D::Error> {
    let node = Node::deserialize(deserializer)?;
    T::deserialize(Reader { node: &node, strict: true }).map_err(D::Error::custom)
}

/// Reads a part of an event whose type knows no field that it passes over: what a later release has written besides is left out.
pub(crate) fn tolerant<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<T, D::Error> {
    let mut node = Node::deserialize(deserializer)?;
    loop {
        match (node.read(), &mut node) {
            (Err(Misfit::Field(unknown)), Node::Map(pairs)) if pairs.iter().any(|(key, _)| *key == unknown) => {
                pairs.retain(|(key, _)| *key != unknown);
            }
            (read, _) => return read.map_err(Misfit::told_by),
        }
    }
}

/// The words that a type knows which is one of several words.
pub(crate) fn known_words<T: DeserializeOwned>() -> &'static [&'static str] {
    match T::deserialize(StrDeserializer::new("")) {
        Err(Misfit::Word { known, .. }) => known,
        _ => &[],
    }
}

impl Misfit {
    /// The same as an error of another reader, which has to say by itself that it is about a word.
    pub(crate) fn told_by<E: Error>(self) -> E {
        match self {
            Self::Word { word, known } => E::unknown_variant(&word, known),
            Self::Field(_) | Self::Unread | Self::Other(_) => E::custom(self),
        }
    }
}

/// A node that is read as a value.
#[derive(Clone, Copy)]
struct Reader<'a> {
    node: &'a Node,
    /// Whether what nobody reads is an error.
    strict: bool,
}

impl<'a> Reader<'a> {
    fn at(self, node: &'a Node) -> Self {
        Self { node, ..self }
    }

    fn fields(self, pairs: &'a [(String, Node)]) -> Fields<'a> {
        Fields { pairs: pairs.iter(), at: None, reader: self }
    }
}

impl<'a> IntoDeserializer<'a, Misfit> for Reader<'a> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.node {
            Node::Null => visitor.visit_unit(),
            Node::Bool(value) => visitor.visit_bool(*value),
            Node::Int(value) => visitor.visit_i64(*value),
            Node::Number(Number::Large(value)) => visitor.visit_u64(*value),
            Node::Number(Number::Real(bits)) => visitor.visit_f64(f64::from_bits(*bits)),
            Node::Text(text) => visitor.visit_borrowed_str(text),
            Node::List(nodes) => {
                let mut list = SeqDeserializer::new(nodes.iter().map(|node| self.at(node)));
                let value = visitor.visit_seq(&mut list)?;
                list.end()?;
                Ok(value)
            }
            Node::Map(pairs) => {
                let mut fields = self.fields(pairs);
                let value = visitor.visit_map(&mut fields)?;
                let left = fields.pairs.next().map(|(key, _)| Misfit::Field(key.clone()));
                left.map_or(Ok(value), Err)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.node {
            Node::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.node {
            Node::Text(word) => visitor.visit_enum(word.as_str().into_deserializer()),
            Node::Map(pairs) if pairs.len() == 1 => visitor.visit_enum(MapAccessDeserializer::new(self.fields(pairs))),
            Node::Map(_) => Err(Misfit::invalid_value(Unexpected::Map, &"a map with a single key")),
            other => Err(Misfit::Other(alloc::format!("expected a word, found {}", other.kind()))),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.strict { Err(Misfit::Unread) } else { visitor.visit_unit() }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct
        map struct identifier
    }
}

/// The fields of a map, one after the other.
struct Fields<'a> {
    pairs: Iter<'a, (String, Node)>,
    at: Option<&'a (String, Node)>,
    reader: Reader<'a>,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        self.at = self.pairs.next();
        let key = self.at.map(|(key, _)| seed.deserialize(key.as_str().into_deserializer()));
        key.transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        let Some((key, node)) = self.at.take() else { return Err(Misfit::Unread) };
        seed.deserialize(self.reader.at(node)).map_err(|misfit| match misfit {
            Misfit::Unread => Misfit::Field(key.clone()),
            misfit => misfit,
        })
    }
}
