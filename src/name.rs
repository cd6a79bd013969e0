//! Names in a rulebook, and short opaque references to what the host keeps.

use alloc::string::String;
use alloc::sync::Arc;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The most bytes that a name or a reference may have.
pub const MAX_NAME_BYTES: usize = 128;

/// Why a text is no name and no reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// It has no characters.
    #[error("a name must not be empty")]
    Empty,
    /// It is longer than [`MAX_NAME_BYTES`].
    #[error("a name has at most {MAX_NAME_BYTES} bytes, not {bytes}")]
    TooLong {
        /// How long it is.
        bytes: usize,
    },
    /// It holds a control character.
    #[error("a name has no control characters")]
    Control,
}

/// Declares a newtype over a short shared text.
macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// One to [`MAX_NAME_BYTES`] bytes without control characters; cloning it copies no text.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the text as it is, if it is short enough and not empty.
            ///
            /// # Errors
            /// [`NameError`] says what is wrong with it.
            ///
            /// # Neither empty nor a byte too long
            ///
            /// ```
            #[doc = concat!("use owed::{MAX_NAME_BYTES, NameError, ", stringify!($name), "};")]
            ///
            #[doc = concat!("assert_eq!(", stringify!($name), "::new(\"\"), Err(NameError::Empty));")]
            #[doc = concat!("assert!(", stringify!($name), "::new(&\"a\".repeat(MAX_NAME_BYTES)).is_ok());")]
            /// let bytes = MAX_NAME_BYTES + 1;
            #[doc = concat!("assert_eq!(", stringify!($name), "::new(&\"a\".repeat(bytes)), Err(NameError::TooLong { bytes }));")]
            /// ```
            pub fn new(text: &str) -> Result<Self, NameError> {
                if text.is_empty() {
                    Err(NameError::Empty)
                } else if text.len() > MAX_NAME_BYTES {
                    Err(NameError::TooLong { bytes: text.len() })
                } else if text.chars().any(char::is_control) {
                    Err(NameError::Control)
                } else {
                    Ok(Self(text.into()))
                }
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NameError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl core::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

name! {
    /// What a rulebook calls a calendar, an agreement, a metric or a reason to pause.
    ///
    /// # One that is just short enough
    ///
    /// ```
    /// use owed::{MAX_NAME_BYTES, Name, NameError};
    ///
    /// assert!(Name::new(&"a".repeat(MAX_NAME_BYTES)).is_ok());
    /// assert_eq!(Name::new(&"a".repeat(MAX_NAME_BYTES + 1)), Err(NameError::TooLong { bytes: MAX_NAME_BYTES + 1 }));
    /// assert_eq!(Name::new(""), Err(NameError::Empty));
    /// assert_eq!(Name::new("two\nlines"), Err(NameError::Control));
    /// ```
    Name
}
name! {
    /// How urgent the host calls a ticket: "1", "P2", "high". Only a rulebook gives it a meaning.
    Priority
}
name! {
    /// Refers to a customer's record at the host. No name of a person belongs here: events are kept for ever.
    ContactId
}
name! {
    /// Refers to one who works at the desk.
    AgentId
}
name! {
    /// Refers to a team of the desk.
    TeamId
}
name! {
    /// Refers to a message, a recording or a document that the host keeps. Never the text itself.
    MessageRef
}

impl MessageRef {
    /// What stands for a reference to something that was erased.
    ///
    /// # It is a word like any other
    ///
    /// ```
    /// use owed::MessageRef;
    ///
    /// assert_eq!(MessageRef::erased(), MessageRef::new("erased").unwrap());
    /// ```
    #[must_use]
    pub fn erased() -> Self {
        Self("erased".into())
    }
}
