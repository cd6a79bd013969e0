//! Every way in which a ticket can stand, as far as it makes a difference to some conditions.
//!
//! The language of conditions is finite in what it mentions: a ticket whose language is one that no condition names stands for all of them. So
//! whether any ticket is such is found by trying, with the conditions themselves as judges.

use alloc::vec::Vec;

use uuid::Uuid;

use super::mentions::{Mentions, somebody, unlike};
use crate::commitment::{Owner, Party};
use crate::policy::{Author, Channel, Sample, Standing, Status, Value};
use crate::{AgentId, Name, Priority, TeamId, TicketId};

/// More standings than anybody waits for.
const MOST: usize = 20_000;

/// One thing about a ticket.
#[derive(Clone)]
enum Way {
    Requester(Party),
    Author(Author),
    Status(Status),
    Priority(Option<Priority>),
    Organisation(Option<Name>),
    Channel(Option<Channel>),
    Language(Option<Name>),
    Kind(Option<Name>),
    StatusName(Option<Name>),
    Ticket(Option<TicketId>),
    Tag(Name, bool),
    Field(Name, Option<Value>),
    Owner(Option<Owner>),
    Vendor(Option<Name>),
    OnTheLine(bool),
    HumanAskedFor(bool),
}

/// The ways in which a ticket can stand, thing by thing.
pub(super) struct Worlds {
    plain: Option<Standing>,
    axes: Vec<Vec<Way>>,
}

impl Worlds {
    pub(super) fn of(mentions: &Mentions) -> Self {
        let mut axes: Vec<Vec<Way>> = Vec::new();
        let plain = somebody(&mentions.requesters).map(|party| Standing::new(party, Author::Customer));
        if !mentions.requesters.is_empty() {
            let named = mentions.requesters.iter().cloned().map(Party::Customer);
            axes.push(named.chain(somebody(&mentions.requesters)).map(Way::Requester).collect());
        }
        if mentions.author {
            use Author::{Agent, Ai, Automation, Customer, System, ThirdParty};
            axes.push([Customer, Agent, Automation, Ai, ThirdParty, System].map(Way::Author).into());
        }
        if mentions.status {
            use Status::{Closed, New, OnHold, Open, Pending, Solved};
            axes.push([New, Open, Pending, OnHold, Solved, Closed].map(Way::Status).into());
        }
        if mentions.channel {
            use Channel::{Chat, Email, InPerson, Phone, Social, Web};
            let all = [Email, Chat, Phone, Social, Web, InPerson];
            axes.push([None].into_iter().chain(all.map(Some)).map(Way::Channel).collect());
        }
        if !mentions.priorities.is_empty() {
            let other = unlike(|text| Priority::new(text).ok(), &mentions.priorities);
            let named = mentions.priorities.iter().cloned().chain(other).map(Some);
            axes.push([None].into_iter().chain(named).map(Way::Priority).collect());
        }
        axes.extend(named(&mentions.organisations, false, Way::Organisation));
        axes.extend(named(&mentions.languages, false, Way::Language));
        axes.extend(named(&mentions.kinds, false, Way::Kind));
        axes.extend(named(&mentions.status_names, false, Way::StatusName));
        if !mentions.samples.is_empty() {
            let chosen = mentions.samples.iter().filter_map(in_sample).map(Some);
            axes.push([None].into_iter().chain(chosen).map(Way::Ticket).collect());
        }
        axes.extend(named(&mentions.vendors, mentions.has_vendor, Way::Vendor));
        axes.extend(mentions.tags.iter().map(|tag| [false, true].map(|has| Way::Tag(tag.clone(), has)).into()));
        for (field, values) in &mentions.fields {
            let other = unlike(|text| Name::new(text).ok().map(Value::Text), values);
            let values = values.iter().cloned().chain(other).map(Some);
            axes.push([None].into_iter().chain(values).map(|value| Way::Field(field.clone(), value)).collect());
        }
        if mentions.owner {
            axes.push(owners(mentions).into_iter().map(Way::Owner).collect());
        }
        if mentions.on_the_line {
            axes.push([false, true].map(Way::OnTheLine).into());
        }
        if mentions.human_asked_for {
            axes.push([false, true].map(Way::HumanAskedFor).into());
        }
        Self { plain, axes }
    }

    /// Whether some ticket is such; nothing, if there are too many to try.
    pub(super) fn any(&self, mut is_such: impl FnMut(&Standing) -> bool) -> Option<bool> {
        let count = self.axes.iter().try_fold(1_usize, |count, axis| count.checked_mul(axis.len()));
        if count.is_none_or(|count| count > MOST) {
            return None;
        }
        let mut standing = self.plain.clone()?;
        Some(try_all(&self.axes, &mut standing, &mut is_such))
    }
}

fn try_all(axes: &[Vec<Way>], standing: &mut Standing, is_such: &mut impl FnMut(&Standing) -> bool) -> bool {
    let Some((ways, rest)) = axes.split_first() else { return is_such(standing) };
    ways.iter().any(|way| {
        way.set(standing);
        try_all(rest, standing, is_such)
    })
}

/// Those that are named, another and none; nothing if nobody asks.
fn named(names: &alloc::collections::BTreeSet<Name>, asked: bool, way: fn(Option<Name>) -> Way) -> Option<Vec<Way>> {
    let other = unlike(|text| Name::new(text).ok(), names);
    let all = [None].into_iter().chain(names.iter().cloned().chain(other).map(Some));
    (asked || !names.is_empty()).then(|| all.map(way).collect())
}

fn owners(mentions: &Mentions) -> Vec<Option<Owner>> {
    let team = unlike(|text| TeamId::new(text).ok(), &mentions.teams);
    let agent = unlike(|text| AgentId::new(text).ok(), &mentions.agents);
    let agents: Vec<Option<AgentId>> =
        [None].into_iter().chain(mentions.agents.iter().cloned().chain(agent).map(Some)).collect();
    let teams = mentions.teams.iter().cloned().chain(team);
    let owners =
        teams.flat_map(|team| agents.iter().map(move |agent| Owner { team: team.clone(), agent: agent.clone() }));
    [None].into_iter().chain(owners.map(Some)).collect()
}

/// A ticket that is in a sample: of so many there is one.
fn in_sample(sample: &Sample) -> Option<TicketId> {
    let tickets = (0..MOST as u128).map(|number| TicketId(Uuid::from_u128(number)));
    tickets.into_iter().find(|ticket| sample.has(*ticket))
}

impl Way {
    fn set(&self, standing: &mut Standing) {
        match self {
            Self::Requester(party) => standing.requester = party.clone(),
            Self::Author(author) => standing.author = *author,
            Self::Status(status) => standing.status = *status,
            Self::Priority(priority) => standing.priority.clone_from(priority),
            Self::Organisation(name) => standing.organisation.clone_from(name),
            Self::Channel(channel) => standing.channel = *channel,
            Self::Language(name) => standing.language.clone_from(name),
            Self::Kind(name) => standing.kind.clone_from(name),
            Self::StatusName(name) => standing.status_name.clone_from(name),
            Self::Ticket(ticket) => standing.ticket = *ticket,
            Self::Tag(tag, true) => drop(standing.tags.insert(tag.clone())),
            Self::Tag(tag, false) => drop(standing.tags.remove(tag)),
            Self::Field(field, Some(value)) => drop(standing.fields.insert(field.clone(), value.clone())),
            Self::Field(field, None) => drop(standing.fields.remove(field)),
            Self::Owner(owner) => standing.owner.clone_from(owner),
            Self::Vendor(name) => standing.vendor.clone_from(name),
            Self::OnTheLine(held) => standing.on_the_line = *held,
            Self::HumanAskedFor(asked) => standing.human_asked_for = *asked,
        }
    }
}
