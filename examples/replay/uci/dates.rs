//! The log's instants: `29/2/2016 01:16`, without a zone. They are taken as UTC, which the rulebook's calendar is in too.

use chrono::format::{Item, Parsed, StrftimeItems, parse};
use owed::Timestamp;

/// Reads instants.
pub(super) struct Dates {
    form: Vec<Item<'static>>,
}

impl Dates {
    pub(super) fn new() -> Self {
        Self { form: StrftimeItems::new("%d/%m/%Y %H:%M").collect() }
    }

    pub(super) fn read(&self, cell: &[u8]) -> Result<Timestamp, String> {
        let read = || {
            let mut parsed = Parsed::new();
            parse(&mut parsed, str::from_utf8(cell).ok()?, self.form.iter()).ok()?;
            parsed.to_naive_datetime_with_offset(0).ok()
        };
        let instant = read().ok_or_else(|| format!("{:?} is no instant", String::from_utf8_lossy(cell)))?;
        Ok(instant.and_utc().into())
    }
}
