//! Every order in which answers bounce that were told late, claimed or filed rightly only later.

use super::claims_in_hindsight::{FOUR_EYES, NEXT, answered_once};
use super::hindsight_of_beginnings::{ask, stands};
use super::put_right::{bounce, message, was};
use super::record::by_mail;

/// Each way to put some of these in a row, none twice.
fn orders(of: &[&'static str]) -> Vec<Vec<&'static str>> {
    let mut all: Vec<Vec<&str>> = vec![vec![]];
    let mut from = 0;
    while let Some(order) = all.get(from).cloned() {
        let longer = of.iter().filter(|name| !order.contains(name));
        all.extend(longer.map(|name| [&order[..], &[*name]].concat()));
        from += 1;
    }
    all
}

/// Asked at nine and due at eleven. Answers of ten and half past ten were sent in time, and are fetched at noon or filed by a program: each keeps it as long as it does not bounce. A
/// third is only said by a person, or comes late: it keeps nothing, and is what has answered where nothing else has. Nobody may put a record right, or only another than he.
#[test]
fn what_is_owed_after_every_order_of_bounces_is_what_the_answers_that_have_arrived_say() {
    for corrections in ["", FOUR_EYES] {
        for third in ["claimed for 10:15", "claimed for 11:30", "a note of 12:00", "a note of 10:15", "sent now"] {
            for (notes, names) in
                [(false, &["c", "a"][..]), (false, &["c", "a", "b"]), (true, &["c", "a"]), (true, &["c", "a", "b"])]
            {
                for (at, order) in ["02 12:10", "02 12:40"]
                    .iter()
                    .flat_map(|at| orders(names).into_iter().map(move |order| (at, order)))
                {
                    let mut desk = answered_once(&format!("{corrections}{NEXT}"));
                    ask(&mut desk, "02 09:00", "q-1");
                    let in_time = [("a", "02 10:00", "02 12:20"), ("b", "02 10:30", "02 12:30")];
                    let in_time = in_time.iter().filter(|(name, ..)| names.contains(name));
                    let mut told: Vec<(&str, String, Option<&str>)> = Vec::new();
                    for (name, sent, told_at) in in_time {
                        if notes {
                            told.push((sent, message("agent", "internal", name), None));
                            told.push((told_at, was(name, "agent", "public"), Some("mail")));
                        } else {
                            told.push((told_at, message("agent", "public", name), Some(sent)));
                        }
                    }
                    let (filed, sent) = (was("c", "agent", "public"), message("agent", "public", "c"));
                    match third {
                        "claimed for 10:15" | "claimed for 11:30" | "sent now" => told.push((at, sent, Some(third))),
                        "a note of 12:00" | "a note of 10:15" => {
                            let noted = if third == "a note of 12:00" { "02 12:00" } else { "02 10:15" };
                            told.push((noted, message("agent", "internal", "c"), None));
                            told.push((at, filed, None));
                        }
                        other => panic!("{other}"),
                    }
                    told.sort_by_key(|(at, ..)| *at);
                    for (at, order, how) in &told {
                        match *how {
                            Some("mail") => by_mail(&mut desk, at, order),
                            Some("claimed for 10:15") => desk.claimed(at, "02 10:15", order),
                            Some("claimed for 11:30") => desk.claimed(at, "02 11:30", order),
                            None | Some("sent now") => desk.at(at, order),
                            Some(sent) => desk.fetched(at, sent, order),
                        };
                    }
                    for (name, at) in order.iter().zip(["02 13:00", "02 14:00", "02 15:00"]) {
                        by_mail(&mut desk, at, &bounce(name));
                    }
                    let stays = |name: &str| names.contains(&name) && !order.contains(&name);
                    let broken = u64::from(!stays("a") && !stays("b"));
                    let owed = broken == 1 && !stays("c");
                    let due = owed.then(|| "02T11:00:00Z".to_owned());
                    let expected = (broken, 1 - broken, due.into_iter().collect());
                    let tale =
                        format!("{corrections}{third}, told at {at}, of {names:?} bounce {order:?}, notes: {notes}");
                    assert_eq!(stands(&desk), expected, "{tale}");
                }
            }
        }
    }
}
