//! What the desk itself said in the end, under seal until our verdicts are final.

use crate::replay::desk::Verdicts;

/// Whether the desk itself called an incident's target met, as its last row says: `made_sla`.
///
/// It is kept as it was written, and nobody can look at it without showing [`Verdicts`], which only a finished replay has.
#[derive(Debug, Default)]
pub(crate) struct MadeSla {
    written: Vec<u8>,
    line: u64,
}

impl MadeSla {
    /// Keeps what a row says, unread, in place of what the row before it said.
    pub(super) fn seal(&mut self, written: &[u8], line: u64) {
        self.written.clear();
        self.written.extend_from_slice(written);
        self.line = line;
    }

    /// Breaks the seal. What is neither `true` nor `false` is no verdict.
    pub(crate) fn open(&self, _final: &Verdicts<'_>) -> Result<bool, NoVerdict<'_>> {
        match &*self.written {
            b"true" => Ok(true),
            b"false" => Ok(false),
            written => Err(NoVerdict { line: self.line, written: String::from_utf8_lossy(written) }),
        }
    }
}

/// What stands in place of a verdict.
pub(crate) struct NoVerdict<'a> {
    pub(crate) line: u64,
    pub(crate) written: std::borrow::Cow<'a, str>,
}
