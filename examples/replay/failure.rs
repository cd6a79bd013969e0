//! Why a replay could not be finished. What is merely wrong in a log goes to the complaints instead.

use std::fmt;
use std::io;
use std::path::Path;

/// Why a replay could not be finished.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something that cannot be done without: no such file, no rulebook.
    Unusable(String),
    /// Nothing more can be printed.
    Output(io::Error),
    /// Whoever was reading what is printed has enough: `replay … | head`.
    NobodyListens,
}

impl Failure {
    /// This file cannot be used.
    pub(crate) fn of(path: &Path, reason: impl fmt::Display) -> Self {
        Self::Unusable(format!("{}: {reason}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unusable(why) => f.write_str(why),
            Self::Output(error) => write!(f, "cannot print: {error}"),
            Self::NobodyListens => f.write_str("nobody listens"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<io::Error> for Failure {
    /// Everything that is read says itself what goes wrong with it; what is left is printing.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::NobodyListens } else { Self::Output(error) }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::from(io::Error::from(error))
    }
}
