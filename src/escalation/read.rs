//! From what someone wrote to ladders, with everything that is wrong with them.

mod check;
mod remind;
mod trigger;

use alloc::vec::Vec;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

pub(crate) use check::check_ladders;
pub(crate) use remind::{Reminders, remind};

use super::flaw::Flaw;
use super::ladder::{AfterHold, IfNobody, Ladder, Rung, Suggestion};
use super::supervisor::Supervisor;
use crate::calendar::{ElapsedTime, Term};
use crate::commitment::{Owner, Warning};
use crate::document::{Entry, Fields, Findings, Node, known_words};
use crate::{AgentId, FormFlaw, Name, Problem, Problems, TeamId, policy};

type Found = Findings<Flaw>;

const KEYS: &[&str] = &[
    "name",
    "causes",
    "rungs",
    "calendar",
    "repeats",
    "lapses",
    "hold",
    "hold_at_most",
    "after_hold",
    "snooze_at_most",
    "progress",
    "window",
    "digest",
];

/// The copy that an escalation carries. What a later release has written besides is passed over, but not what it has written into a cause or into what counts
/// as progress: each key of these narrows what is meant, and without it the ladder would mean more. It is a word that nobody knows.
impl<'de> Deserialize<'de> for Ladder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::deserialize(deserializer)?;
        let mut found = Found::new();
        let read = body(&Entry::root(&node), &mut found);
        found.finish_leniently(read, is_passed_over).map_err(|problems| {
            // A key that nobody knows is no damage either, and comes with a word that nobody knows.
            let flaws =
                problems.as_slice().iter().filter(|problem| !is_passed_over(problem)).map(|problem| &problem.flaw);
            let words: Option<Vec<_>> = flaws.map(Flaw::word).collect();
            match words.as_deref() {
                // Whoever reads the event has to know that a later release may have written it.
                Some([(word, known), ..]) => D::Error::unknown_variant(word, known),
                Some([]) | None => D::Error::custom(problems),
            }
        })
    }
}

impl Flaw {
    /// The word that means nothing here, if that is all that is wrong.
    fn word(&self) -> Option<(&str, &'static [&'static str])> {
        match self {
            Self::Word { word, known, .. } | Self::Policy(policy::Flaw::Word { word, known, .. })
                if !known.is_empty() =>
            {
                Some((word, known))
            }
            Self::Form(FormFlaw::UnknownKey { key, known })
            | Self::Policy(policy::Flaw::Form(FormFlaw::UnknownKey { key, known })) => Some((key, known)),
            _ => None,
        }
    }
}

/// Whether it is a key besides those that are known, where that changes nothing else.
fn is_passed_over(problem: &Problem<Flaw>) -> bool {
    let key = match &problem.flaw {
        Flaw::Form(flaw) => matches!(flaw, FormFlaw::UnknownKey { .. }),
        Flaw::Policy(flaw) => flaw.is_unknown_key(),
        _ => false,
    };
    key && !["causes[", "progress["].iter().any(|narrowed| problem.place.starts_with(narrowed))
}

/// A ladder as it stands in a rulebook.
pub(crate) fn ladder(entry: &Entry<'_>) -> Result<Ladder, Problems<Flaw>> {
    let mut found = Found::new();
    let read = body(entry, &mut found);
    found.finish(read)
}

fn body(entry: &Entry<'_>, found: &mut Found) -> Option<Ladder> {
    let fields = entry.fields(KEYS, found)?;
    let name = fields.required("name", found).and_then(|entry| entry.parse(found, Name::new));
    let causes = fields.optional("causes").map(|entry| entry.list(found)).unwrap_or_default();
    let causes: Vec<_> = causes.iter().map(|entry| trigger::read(entry, found)).collect();
    let rungs = fields.required("rungs", found).map(|entry| entry.list(found)).unwrap_or_default();
    let rungs: Vec<_> = rungs.iter().map(|entry| rung(entry, found)).collect();
    let calendar = fields.optional("calendar").map(|entry| entry.parse(found, Name::new));
    let repeats = number(&fields, "repeats", 0, u8::MAX, found);
    let lapses = number(&fields, "lapses", 0, u8::MAX, found);
    let hold = fields.optional("hold").map(|entry| entry.parse(found, str::parse::<Term>));
    let hold_at_most = fields.optional("hold_at_most").map(|entry| entry.parse(found, str::parse::<Term>));
    let after_hold = fields.optional("after_hold").map(|entry| word::<AfterHold>(entry, found));
    let snooze_at_most = fields.optional("snooze_at_most").map(|entry| entry.parse(found, str::parse::<ElapsedTime>));
    let progress = fields.optional("progress").map(|entry| of_policy(entry, found, policy::read_patterns));
    let window = fields.optional("window").map(|entry| entry.parse(found, str::parse::<ElapsedTime>));
    let digest = fields.optional("digest").map(|entry| entry.parse(found, Name::new));
    let plain = Ladder::new(name?, Vec::new());
    let hold = hold.unwrap_or(Some(plain.hold))?;
    Some(Ladder {
        causes: causes.into_iter().collect::<Option<_>>()?,
        rungs: rungs.into_iter().collect::<Option<_>>()?,
        calendar: calendar.map_or(Some(None), |name| name.map(Some))?,
        repeats: repeats.unwrap_or(Some(plain.repeats))?,
        lapses: lapses.unwrap_or(Some(plain.lapses))?,
        hold,
        // Where only the one is written, that is long enough for three times as much.
        hold_at_most: hold_at_most.unwrap_or(Some(hold.times(3)))?,
        after_hold: after_hold.unwrap_or(Some(plain.after_hold))?,
        snooze_at_most: snooze_at_most.unwrap_or(Some(plain.snooze_at_most))?,
        progress: progress.unwrap_or_else(|| plain.progress.clone()),
        window: window.map_or(Some(None), |time| time.map(Some))?,
        digest: digest.map_or(Some(None), |key| key.map(Some))?,
        ..plain
    })
}

fn rung(entry: &Entry<'_>, found: &mut Found) -> Option<Rung> {
    let fields = entry.fields(&["notify", "wait", "if_nobody", "tier", "level", "suggest"], found)?;
    let notify = fields.required("notify", found).and_then(|entry| entry.parse(found, Name::new));
    let wait = fields.required("wait", found).and_then(|entry| entry.parse(found, str::parse::<Term>));
    let if_nobody = fields.optional("if_nobody").map(|entry| word::<IfNobody>(entry, found));
    let tier = number(&fields, "tier", 0, u8::MAX, found);
    let level = number(&fields, "level", 0, u8::MAX, found);
    let suggest = fields.optional("suggest").map(|entry| entry.list(found)).unwrap_or_default();
    let suggest: Vec<_> = suggest.iter().map(|entry| word::<Suggestion>(entry, found)).collect();
    Some(Rung {
        notify: notify?,
        wait: wait?,
        if_nobody: if_nobody.unwrap_or(Some(IfNobody::default()))?,
        tier: tier.map_or(Some(None), |tier| tier.map(Some))?,
        level: level.map_or(Some(None), |level| level.map(Some))?,
        suggest: suggest.into_iter().collect::<Option<_>>()?,
    })
}

/// What a desk owes a customer who asks for a decision.
pub(crate) fn supervisor(entry: &Entry<'_>) -> Result<Supervisor, Problems<Flaw>> {
    let mut found = Found::new();
    let read = asked(entry, &mut found);
    found.finish(read)
}

fn asked(entry: &Entry<'_>, found: &mut Found) -> Option<Supervisor> {
    let fields = entry.fields(&["within", "calendar", "owner", "warn", "offer_within", "no_reason"], found)?;
    let within = fields.optional("within").map(|entry| {
        let within = entry.parse(found, str::parse::<Term>);
        if within.is_some_and(Term::is_nothing) {
            found.add(&*entry.place, Flaw::NoWait);
        }
        within
    });
    let calendar = fields.optional("calendar").map(|entry| entry.parse(found, Name::new));
    let owner = fields.optional("owner").map(|entry| owner(entry, found));
    let warn = fields.optional("warn").map(|entry| entry.list(found)).unwrap_or_default();
    let warn: Vec<_> = warn.iter().map(|entry| entry.parse(found, str::parse::<Warning>)).collect();
    let offer = fields.optional("offer_within").map(|entry| {
        let within = entry.parse(found, str::parse::<ElapsedTime>);
        if within == Some(ElapsedTime::ZERO) {
            found.add(&*entry.place, Flaw::NoWait);
        }
        within
    });
    let words = fields.optional("no_reason").map(|entry| entry.list(found)).unwrap_or_default();
    let words: Vec<_> = words.iter().map(|entry| entry.parse(found, Name::new)).collect();
    Some(Supervisor {
        within: within.unwrap_or(Some(Supervisor::default().within))?,
        calendar: calendar.map_or(Some(None), |name| name.map(Some))?,
        owner: owner.map_or(Some(None), |owner| owner.map(Some))?,
        warn: warn.into_iter().collect::<Option<_>>()?,
        offer_within: offer.unwrap_or(Some(Supervisor::default().offer_within))?,
        no_reason: words.into_iter().collect::<Option<_>>()?,
    })
}

fn owner(entry: &Entry<'_>, found: &mut Found) -> Option<Owner> {
    let fields = entry.fields(&["team", "agent"], found)?;
    let team = fields.required("team", found).and_then(|entry| entry.parse(found, TeamId::new));
    let agent = fields.optional("agent").and_then(|entry| entry.parse(found, AgentId::new));
    Some(Owner { team: team?, agent })
}

/// A pattern or a condition, which the room of policies reads.
fn of_policy<T>(entry: &Entry<'_>, found: &mut Found, read: impl Fn(&Entry<'_>, &mut policy::Found) -> T) -> T {
    let mut inside = policy::Found::new();
    let value = read(entry, &mut inside);
    found.pour(inside);
    value
}

/// A whole number, if one stands at the key; and whether that can be read.
#[expect(clippy::option_option, reason = "nothing written, and nothing that can be read, are two things")]
fn number<T: TryFrom<i64> + Into<u32> + PartialOrd + Copy>(
    fields: &Fields<'_>,
    key: &str,
    least: T,
    most: T,
    found: &mut Found,
) -> Option<Option<T>> {
    fields.optional(key).map(|entry| {
        let number = entry.int(found)?;
        let fits = T::try_from(number).ok().filter(|number| (least..=most).contains(number));
        if fits.is_none() {
            found.add(&*entry.place, Flaw::Number { least: least.into(), most: most.into() });
        }
        fits
    })
}

/// One of a fixed set of words.
fn word<T: for<'de> Deserialize<'de>>(entry: &Entry<'_>, found: &mut Found) -> Option<T> {
    use alloc::string::ToString;
    let read = |text: &str| {
        T::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(text))
            .map_err(|error| Flaw::Word { word: text.into(), known: known_words::<T>(), said: error.to_string() })
    };
    entry.parse(found, read)
}
