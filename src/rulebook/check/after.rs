//! How a ticket can stand when a fact has come.

use crate::policy::{Assignee, FactKind, Handed, Pattern, Standing, Status, Writer};

/// Whether a ticket can stand so right after a fact that a pattern waits for.
pub(super) fn can_follow(pattern: &Pattern, standing: &Standing) -> bool {
    can_come(&pattern.kind, standing) && pattern.when.holds(standing)
}

fn can_come(kind: &FactKind, standing: &Standing) -> bool {
    let owner = standing.owner.as_ref();
    let agent = owner.is_some_and(|owner| owner.agent.is_some());
    match kind {
        // Whatever is known of it, nobody has begun.
        FactKind::Opened { author } => admits(author, &standing.author) && standing.status == Status::New,
        FactKind::Message { by, .. } => by.is_empty() || by.contains(&Writer::Other) || agent,
        FactKind::Status { from, to } => {
            admits(to, &standing.status) && (from.is_empty() || from.iter().any(|from| *from != standing.status))
        }
        FactKind::Assigned { to } => {
            let can = |to: &Assignee| match to {
                Assignee::AnotherTeam => owner.is_some(),
                Assignee::AnotherAgent | Assignee::Agent => agent,
                Assignee::Team => owner.is_some() && !agent,
                Assignee::Nobody => owner.is_none(),
            };
            to.is_empty() || to.iter().any(can)
        }
        FactKind::Vendor { to } => admits(to, if standing.vendor.is_some() { &Handed::Vendor } else { &Handed::Desk }),
        FactKind::Hold { on } => on.is_none_or(|on| on == standing.on_the_line),
        FactKind::Tagged { tags } => tags.is_empty() || tags.iter().any(|tag| standing.tags.contains(tag)),
        FactKind::HumanAskedFor {} => standing.human_asked_for,
        FactKind::Call { .. }
        | FactKind::Priority {}
        | FactKind::Field { .. }
        | FactKind::Channel {}
        | FactKind::Language {}
        | FactKind::Kind {}
        | FactKind::StatusName {}
        | FactKind::NoReplyNeeded {}
        | FactKind::Merged {}
        | FactKind::EffectFailed {}
        | FactKind::Marked { .. } => true,
    }
}

fn admits<T: PartialEq>(list: &[T], value: &T) -> bool {
    list.is_empty() || list.contains(value)
}
