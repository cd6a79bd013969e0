//! What a stream remembers of its events, to judge the order of commands by.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::envelope::{Cause, Command, CommandRefusal, Recorded, UnknownEvent};
use crate::{CommandId, EditionNumber, Timestamp};

/// How far a stream has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Journal {
    /// How many events it has had.
    pub(crate) version: u64,
    /// Where the last event stands.
    pub(crate) last: Option<Timestamp>,
    /// Where the last fact of time stands.
    by_time: Option<Timestamp>,
    /// The commands recorded at the last instant.
    commands: Vec<CommandId>,
    /// The latest edition that anything was recorded under.
    pub(crate) edition: Option<EditionNumber>,
    /// The first event that was passed over, since only a later release knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) skipped: Option<u64>,
}

impl Journal {
    /// Takes in the envelope of an event, unless it has been taken in before; says whether it was new.
    pub(crate) fn note<S, E>(&mut self, recorded: &Recorded<S, E>) -> bool {
        if recorded.version <= self.version {
            return false;
        }
        self.version = recorded.version;
        if self.last != Some(recorded.at) {
            self.commands.clear();
        }
        self.last = Some(recorded.at);
        self.edition = self.edition.max(Some(recorded.edition));
        match recorded.cause {
            Cause::Time => self.by_time = Some(recorded.at),
            Cause::Command(command) if self.commands.last() == Some(&command) => {}
            Cause::Command(command) => self.commands.push(command),
        }
        true
    }

    /// Passes over an event that only a later release knows, unless it has been taken in before.
    pub(crate) fn skip<S>(&mut self, event: &UnknownEvent<S>) {
        if event.version > self.version {
            (self.version, self.last) = (event.version, Some(event.at));
            self.skipped = self.skipped.or(Some(event.version));
        }
    }

    /// Whether this very command was recorded at the last instant.
    pub(crate) fn has<S, O>(&self, command: &Command<S, O>) -> bool {
        self.last == Some(command.at) && self.commands.contains(&command.id)
    }

    /// Commands go in the order of their instants, and none comes before what time has done at its instant.
    pub(crate) fn check_order(&self, at: Timestamp) -> Result<(), CommandRefusal> {
        let later = self.last.filter(|last| *last > at);
        match later.or(self.by_time.filter(|by_time| *by_time >= at)) {
            Some(recorded) => Err(CommandRefusal::OutOfOrder { at, recorded }),
            None => Ok(()),
        }
    }
}
