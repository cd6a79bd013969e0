//! The second time of a fact: when it happened, where that differs from when the host took it in.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// When something happened, and who says so.
///
/// A mail that was sent a second before the deadline and fetched three seconds after it was in time; the envelope's `at` says
/// when it was fetched, this says when it was sent.
///
/// # Example: a call that was written down too late
///
/// Ada called at 10:50, in time, and wrote it down at 14:40, hours after the deadline. A telephone system that says so is believed. A
/// person is where records may be put right; otherwise it is done when it was written down, and late.
///
/// ```
/// use owed::calendar::ElapsedTime;
/// use owed::commitment::{Account, Corrections, Deliverable, Happened, Hours, Order, Promise, Stamp, Verdict};
/// use owed::{AccountId, AgentId, CommandId, CommitmentId, ContactId, TeamId, Timestamp};
/// use uuid::Uuid;
///
/// let [id, first, second, call] = [1, 2, 3, 4].map(|n| Uuid::from_u128(0x8000_8000_0000_0000_0000 | n));
/// let (ada, call) = (AgentId::new("ada")?, CommitmentId(call));
/// let [now, called, due, later] = ["09:00", "10:50", "11:00", "14:40"].map(|time| format!("2026-03-06T{time}:00Z"));
/// let (now, called, due, later): (Timestamp, Timestamp, Timestamp, Timestamp) =
///     (now.parse()?, called.parse()?, due.parse()?, later.parse()?);
///
/// let mut account = Account::new(AccountId(id));
/// let promise = Promise::new(call, Deliverable::Callback).to(ContactId::new("c-17")?).by(due).owned_by(TeamId::new("sales")?);
/// account.handle(Hours::NONE, &account.command(CommandId(first), now, ada.clone(), promise))?;
///
/// let written_down = account.command(CommandId(second), later, ada, Order::Fulfil { commitment: call, evidence: None });
/// let window = ElapsedTime::from_hours(48).unwrap();
/// let to_be_put_right = Hours::NONE.correcting(Corrections { window, four_eyes: false });
/// for (hours, stamp, verdict) in [
///     (Hours::NONE, Stamp::Transport, Verdict::Fulfilled),
///     (Hours::NONE, Stamp::Claim, Verdict::Breached),
///     (to_be_put_right, Stamp::Claim, Verdict::Fulfilled),
/// ] {
///     let mut account = account.clone();
///     account.handle(hours, &written_down.clone().that_happened(Happened { at: called, stamp }))?;
///     assert_eq!(account.ledger().get(call).unwrap().verdict(), verdict);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// The instant; never after the host took the fact in.
    pub at: Timestamp,
    /// Who vouches for it.
    pub stamp: Stamp,
}

/// Who vouches for an earlier instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stamp {
    /// The channel that carried it: a mail server, a telephone system. It corrects a breach by itself.
    Transport,
    /// A person. It is put on record, and corrects a breach only as far as records may be put right: [`Hours::correcting`] of an
    /// account, `corrections` of a rulebook.
    ///
    /// [`Hours::correcting`]: super::Hours::correcting
    Claim,
}
