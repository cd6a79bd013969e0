//! Roles that one rung alone tells, though the others are told by several: a slip of the pen, perhaps.

use alloc::format;
use alloc::string::String;

use super::{Advice, Edition, Given, give};
use crate::Name;

/// Whoever answers for the matter: no role that somebody has to spell.
const OWNER: &str = "owner";

pub(super) fn check(edition: &Edition, given: &mut Given) {
    let roles = || edition.ladders.iter().flat_map(|ladder| &ladder.rungs).map(|rung| &rung.notify);
    let often = |role: &Name| roles().filter(|other| *other == role).count();
    // Where the roles are a vocabulary that ladders share, one that stands alone is conspicuous.
    let shared = |role: &Name| {
        edition.ladders.iter().filter(|one| one.rungs.iter().any(|rung| rung.notify == *role)).count() > 1
    };
    let is_vocabulary = roles().any(|role| role.as_str() != OWNER && shared(role));
    for (index, ladder) in edition.ladders.iter().enumerate() {
        for (place, rung) in ladder.rungs.iter().enumerate() {
            let role = &rung.notify;
            if role.as_str() == OWNER || often(role) > 1 {
                continue;
            }
            let before = roles().take_while(|other| *other != role);
            // Of two that stand alone, the later one is taken for the slip.
            let slip = before.chain(roles().filter(|other| often(other) > 1)).find(|other| is_slip(role, other));
            let place = format!("ladders[{index}].rungs[{place}].notify");
            match slip {
                Some(other) => give(given, place, Advice::NearlyThere { role: role.clone(), other: other.clone() }),
                None if is_vocabulary => give(given, place, Advice::OnlyHere { role: role.clone() }),
                None => {}
            }
        }
    }
}

/// Whether one word is the other with a letter too few or too many, or with two exchanged. A number is no letter: tier 1 is not tier 11.
fn is_slip(role: &Name, other: &Name) -> bool {
    let [a, b] = [role, other].map(|name| name.as_str().to_lowercase());
    let (short, long) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    let without = |text: &str, index: usize| -> String {
        text.chars().enumerate().filter(|(place, _)| *place != index).map(|(_, letter)| letter).collect()
    };
    let added =
        long.chars().enumerate().any(|(index, letter)| letter.is_alphabetic() && without(&long, index) == short);
    added || is_exchanged(&short, &long)
}

/// Whether two letters that stand side by side have changed places.
fn is_exchanged(one: &str, other: &str) -> bool {
    let differs = |(a, b): &(char, char)| a != b;
    let mut differing = one.chars().zip(other.chars()).enumerate().filter(|(_, pair)| differs(pair));
    let (first, second) = (differing.next(), differing.next());
    let two = differing.next().is_none() && one.chars().count() == other.chars().count();
    match (first, second) {
        (Some((at, (a, b))), Some((next, (c, d)))) => {
            two && at.saturating_add(1) == next && (a, b) == (d, c) && a.is_alphabetic() && c.is_alphabetic()
        }
        _ => false,
    }
}
