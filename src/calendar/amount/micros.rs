//! The form in which stored events hold an [`Amount`]: microseconds, with the unit in the name.
//!
//! For `#[serde(with = "micros")]`. It writes `{"working_us": 14400000000}` or `{"elapsed_us": …}`, and
//! reads those as well as the text that people write.

use core::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Amount, ElapsedTime, Term, WorkingTime};

/// Writes the amount as one whole number under the name of its unit.
///
/// # Errors
/// Those of the serializer.
pub(crate) fn serialize<S: Serializer>(amount: &Amount, serializer: S) -> Result<S::Ok, S::Error> {
    let stored = match *amount {
        Amount::Working(time) => Micros::WorkingUs(time),
        Amount::Elapsed(time) => Micros::ElapsedUs(time),
    };
    stored.serialize(serializer)
}

/// Reads what [`serialize`] writes, or the text of an amount.
///
/// # Errors
/// Those of the deserializer, and what [`AmountError`](super::AmountError) says of a text.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Amount, D::Error> {
    deserializer.deserialize_any(Stored)
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Micros {
    WorkingUs(WorkingTime),
    ElapsedUs(ElapsedTime),
}

struct Stored;

impl<'de> Visitor<'de> for Stored {
    type Value = Amount;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{\"working_us\": …}, {\"elapsed_us\": …} or a text such as \"4 working hours\"")
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<Amount, E> {
        text.parse().map_err(E::custom)
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Amount, A::Error> {
        let stored = Micros::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        Ok(match stored {
            Micros::WorkingUs(time) => time.into(),
            Micros::ElapsedUs(time) => time.into(),
        })
    }
}

/// The same for an amount that may be left out, with `default` and `skip_serializing_if` beside it.
pub(crate) mod option {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Amount;

    /// Writes the amount, if there is one.
    ///
    /// # Errors
    /// Those of the serializer.
    #[expect(clippy::ref_option, reason = "serde hands a reference")]
    pub(crate) fn serialize<S: Serializer>(amount: &Option<Amount>, serializer: S) -> Result<S::Ok, S::Error> {
        match amount {
            Some(amount) => super::serialize(amount, serializer),
            None => serializer.serialize_none(),
        }
    }

    /// Reads an amount, if there is one.
    ///
    /// # Errors
    /// As [`deserialize`](super::deserialize).
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Amount>, D::Error> {
        #[derive(Deserialize)]
        struct Given(#[serde(with = "super")] Amount);

        Ok(Option::<Given>::deserialize(deserializer)?.map(|Given(amount)| amount))
    }
}

/// The same for a [`Term`]: time that accumulates in microseconds, business days and civil time as their text.
pub(crate) mod term {
    use core::fmt;

    use serde::de::{Error, MapAccess, Visitor};
    use serde::{Deserializer, Serialize, Serializer};

    use super::{Amount, Stored, Term};

    /// Writes it in the form of its unit.
    ///
    /// # Errors
    /// Those of the serializer.
    pub(crate) fn serialize<S: Serializer>(term: &Term, serializer: S) -> Result<S::Ok, S::Error> {
        match *term {
            Term::Working(time) => super::serialize(&Amount::Working(time), serializer),
            Term::Elapsed(time) => super::serialize(&Amount::Elapsed(time), serializer),
            Term::Business(_) | Term::Civil(_) => term.serialize(serializer),
        }
    }

    /// Reads what [`serialize`] writes, or the text of a term.
    ///
    /// # Errors
    /// Those of the deserializer, and what [`AmountError`](crate::calendar::AmountError) says of a text.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Term, D::Error> {
        deserializer.deserialize_any(Either)
    }

    struct Either;

    impl<'de> Visitor<'de> for Either {
        type Value = Term;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("{\"working_us\": …}, {\"elapsed_us\": …} or a text such as \"5 business days\"")
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<Term, E> {
            text.parse().map_err(E::custom)
        }
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Term, A::Error> {
            Stored.visit_map(map).map(Term::from)
        }
    }
}
