//! Facts in words, and the one among a ticket's that did something.

use core::fmt;

use super::fact::{Fact, Past, Said, Visibility};
use super::pattern::{Pattern, any};
use super::standing::Standing;

/// The fact of one of these kinds for which something else is so as well: the latest, if there are several.
pub(crate) fn last_of<'a>(past: &'a [Past], patterns: &[&[Pattern]], is: impl Fn(&Past) -> bool) -> Option<&'a Past> {
    let mut ticket = None;
    let mut found = None;
    for one in past {
        let Some(after) = Standing::follow(&mut ticket, &one.fact) else { continue };
        if is(one) && patterns.iter().any(|kinds| any(kinds, &one.fact, after)) {
            found = Some(one);
        }
    }
    found
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opened(standing) => write!(f, "opened by {}", standing.author),
            Self::Message(Said { author, visibility, bounced, moved, .. }) => {
                let kind = match visibility {
                    Visibility::Public => "message",
                    Visibility::Internal => "note",
                };
                let since = match (bounced, moved) {
                    (true, _) => ", which came back",
                    (false, true) => ", moved to another ticket",
                    (false, false) => "",
                };
                write!(f, "{kind} by {author}{since}")
            }
            Self::Called { author, reached: true, .. } => write!(f, "call by {author}, who was reached"),
            Self::Called { author, reached: false, how: None } => write!(f, "call by {author}, in vain"),
            Self::Called { author, reached: false, how: Some(how) } => write!(f, "call by {author}, in vain: {how}"),
            Self::Status { from, to } => write!(f, "status {from} to {to}"),
            Self::Priority(Some(to)) => write!(f, "priority {to}"),
            Self::Priority(None) => f.write_str("no priority any more"),
            Self::Assigned { to: Some(owner), .. } => write!(f, "given to {owner}"),
            Self::Assigned { to: None, .. } => f.write_str("given to nobody"),
            Self::Tagged { added, removed } => {
                f.write_str("tags")?;
                added.iter().try_for_each(|tag| write!(f, " +{tag}"))?;
                removed.iter().try_for_each(|tag| write!(f, " -{tag}"))
            }
            Self::Field { field, to: Some(value) } => write!(f, "{field} {value}"),
            Self::Field { field, to: None } => write!(f, "{field} unknown"),
            Self::Channel(Some(channel)) => write!(f, "over {channel}"),
            Self::Channel(None) => f.write_str("over no channel in particular"),
            Self::Language(Some(language)) => write!(f, "in {language}"),
            Self::Kind(Some(kind)) => write!(f, "a {kind}"),
            Self::Kind(None) => f.write_str("of no kind in particular"),
            Self::StatusName(Some(name)) => write!(f, "status called {name}"),
            Self::StatusName(None) => f.write_str("status called as its category"),
            Self::Language(None) => f.write_str("in no language in particular"),
            Self::Vendor(Some(vendor)) => write!(f, "handed to {vendor}"),
            Self::Vendor(None) => f.write_str("handed back by the supplier"),
            Self::OnTheLine(true) => f.write_str("put on hold on the line"),
            Self::OnTheLine(false) => f.write_str("taken off hold"),
            Self::HumanAskedFor => f.write_str("a human being asked for"),
            Self::NoReplyNeeded => f.write_str("no reply needed"),
            Self::Marked(mark) => mark.fmt(f),
            Self::EffectFailed => f.write_str("something that could not be done"),
            Self::Merged => f.write_str("another ticket merged into this one"),
        }
    }
}
