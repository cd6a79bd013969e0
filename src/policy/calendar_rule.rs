//! Whose hours count.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::vec::Vec;

use serde::{Serialize, Serializer};
use uuid::Uuid;

use super::standing::Standing;
use super::value::Value;
use crate::commitment::Party;
use crate::{ContactId, Name, TeamId};

/// By which calendar a target counts: one that is named, or one that the ticket decides on.
///
/// ```text
/// "office"                                                 by name
/// {"of": "team"}                                           the hours of the team that has it
/// {"intersection": [{"of": "team"}, {"of": "customer"}]}   when both are there
/// {"union": ["zurich", "tokyo"]}                           follow the sun
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarRule {
    /// The calendar of this name.
    Named(Name),
    /// The calendar of somebody in the matter. Where he has none, the agreement's owner's or the edition's own counts.
    Of(Whose),
    /// When one of them is open.
    Union(Vec<Self>),
    /// When all of them are.
    Intersection(Vec<Self>),
}

/// Somebody in the matter who has hours of his own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The team that has the ticket.
    Team,
    /// The customer, or his company.
    Customer,
    /// The ticket itself: what its field `calendar` names.
    Ticket,
}

impl Whose {
    /// Every one.
    pub(crate) const ALL: [Self; 3] = [Self::Team, Self::Customer, Self::Ticket];

    /// The word that it is written with.
    #[must_use]
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Customer => "customer",
            Self::Ticket => "ticket",
        }
    }
}

/// Which calendar is whose, by an edition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CalendarOf {
    /// By team.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub teams: BTreeMap<TeamId, Name>,
    /// By customer.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub customers: BTreeMap<ContactId, Name>,
    /// By the customer's company.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub organisations: BTreeMap<Name, Name>,
}

impl CalendarOf {
    /// Whether nobody has hours of his own.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.teams.is_empty() && self.customers.is_empty() && self.organisations.is_empty()
    }

    /// Every calendar that somebody of this kind has.
    fn all(&self, whose: Whose) -> BTreeSet<&Name> {
        match whose {
            Whose::Team => self.teams.values().collect(),
            Whose::Customer => self.customers.values().chain(self.organisations.values()).collect(),
            // A ticket may name any; that of a combination is found among the named ones of the edition.
            Whose::Ticket => BTreeSet::new(),
        }
    }

    /// The calendar of somebody in a matter that stands so.
    fn of<'a>(&'a self, whose: Whose, standing: &'a Standing) -> Option<&'a Name> {
        match whose {
            Whose::Team => self.teams.get(&standing.owner.as_ref()?.team),
            Whose::Customer => {
                let of_contact = match &standing.requester {
                    Party::Customer(contact) => self.customers.get(contact),
                    Party::Organisation(name) => self.organisations.get(name),
                    Party::Team(_) | Party::Agent(_) | Party::Vendor(_) | Party::Authority(_) | Party::Affected(_) => {
                        None
                    }
                };
                of_contact.or_else(|| self.organisations.get(standing.organisation.as_ref()?))
            }
            Whose::Ticket => match standing.fields.get("calendar")? {
                Value::Text(name) => Some(name),
                Value::Flag(_) | Value::Number(_) => None,
            },
        }
    }
}

/// What hours come to for a ticket: a calendar, or a combination of some.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Resolved {
    /// One that has a name.
    Named(Name),
    /// When one of them is open.
    Union(Vec<Self>),
    /// When all of them are.
    Intersection(Vec<Self>),
}

impl Resolved {
    /// The name that a calendar goes by, whether somebody gave it or it is made of others. Of so many that their names do not fit, it
    /// names the combination by what is made from those.
    pub(crate) fn name(&self) -> Option<Name> {
        let list = |word: &str, parts: &[Self]| {
            let mut text = format!("{word}(");
            for (index, part) in parts.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                text.push_str(part.name()?.as_str());
            }
            text.push(')');
            let short = || format!("{word} {}", Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()));
            Name::new(&text).or_else(|_| Name::new(&short())).ok()
        };
        match self {
            Self::Named(name) => Some(name.clone()),
            Self::Union(parts) => list("union", parts),
            Self::Intersection(parts) => list("intersection", parts),
        }
    }
}

impl CalendarRule {
    /// Whether it can come to no hours at all where an edition has none of its own.
    pub(crate) fn may_find_none(&self) -> bool {
        match self {
            Self::Named(_) => false,
            Self::Of(_) => true,
            Self::Union(list) | Self::Intersection(list) => list.iter().any(Self::may_find_none),
        }
    }

    /// What they come to for a ticket that stands so; `otherwise` where somebody has no hours of his own.
    pub(crate) fn resolve(
        &self,
        calendar_of: &CalendarOf,
        standing: &Standing,
        otherwise: Option<&Name>,
    ) -> Option<Resolved> {
        let parts = |parts: &[Self]| -> Option<Vec<Resolved>> {
            let mut read: Vec<_> =
                parts.iter().map(|part| part.resolve(calendar_of, standing, otherwise)).collect::<Option<_>>()?;
            read.sort();
            read.dedup();
            Some(read)
        };
        match self {
            Self::Named(name) => Some(Resolved::Named(name.clone())),
            Self::Of(whose) => calendar_of.of(*whose, standing).or(otherwise).cloned().map(Resolved::Named),
            Self::Union(list) => parts(list).map(|read| single(read, Resolved::Union)),
            Self::Intersection(list) => parts(list).map(|read| single(read, Resolved::Intersection)),
        }
    }

    /// Everything that they can come to, given who has hours of his own.
    pub(crate) fn every(
        &self,
        calendar_of: &CalendarOf,
        named: &[&Name],
        otherwise: Option<&Name>,
    ) -> BTreeSet<Resolved> {
        match self {
            Self::Named(name) => BTreeSet::from([Resolved::Named(name.clone())]),
            Self::Of(Whose::Ticket) => named.iter().map(|name| Resolved::Named((*name).clone())).collect(),
            Self::Of(whose) => {
                calendar_of.all(*whose).into_iter().chain(otherwise).cloned().map(Resolved::Named).collect()
            }
            Self::Union(list) => combined(list, calendar_of, named, otherwise, Resolved::Union),
            Self::Intersection(list) => combined(list, calendar_of, named, otherwise, Resolved::Intersection),
        }
    }
}

/// The most calendars that one rule can come to. A rule that comes to more is not one that anybody can check.
pub(crate) const MOST: usize = 1_000;

/// Every choice of one from each part; cut short past [`MOST`].
fn combined(
    list: &[CalendarRule],
    calendar_of: &CalendarOf,
    named: &[&Name],
    otherwise: Option<&Name>,
    of: impl Fn(Vec<Resolved>) -> Resolved,
) -> BTreeSet<Resolved> {
    let mut choices: BTreeSet<Vec<Resolved>> = BTreeSet::from([Vec::new()]);
    for part in list {
        let every = part.every(calendar_of, named, otherwise);
        let longer = choices.iter().flat_map(|chosen| {
            every.iter().map(|one| {
                let mut chosen: Vec<_> = chosen.iter().chain([one]).cloned().collect();
                chosen.sort();
                chosen.dedup();
                chosen
            })
        });
        choices = longer.take(MOST * 2).collect();
    }
    choices.into_iter().map(|chosen| single(chosen, &of)).take(MOST + 1).collect()
}

fn single(mut parts: Vec<Resolved>, of: impl Fn(Vec<Resolved>) -> Resolved) -> Resolved {
    match (parts.len(), parts.pop()) {
        (1, Some(one)) => one,
        (_, Some(last)) => {
            parts.push(last);
            of(parts)
        }
        (_, None) => of(parts),
    }
}

impl Serialize for CalendarRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Named(name) => name.serialize(serializer),
            Self::Of(whose) => serializer.collect_map([("of", whose.word())]),
            Self::Union(list) => serializer.collect_map([("union", list)]),
            Self::Intersection(list) => serializer.collect_map([("intersection", list)]),
        }
    }
}
