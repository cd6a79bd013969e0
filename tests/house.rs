//! How the house stands: which room may know of which, and what each machine has inside.

#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order in which data flows: each may import from those above it, and from nothing below.
const ROOMS: [&str; 10] =
    ["calendar", "commitment", "policy", "escalation", "rulebook", "ticket", "incident", "effect", "report", "lib"];

/// What serves all of them and knows of none: ids, names, instants, wakes, documents that people write, the agenda, and snapshots.
const SERVES_ALL: [&str; 7] = ["id", "name", "timestamp", "wake", "document", "agenda", "snapshot"];

fn sources() -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root(), &mut found);
    found.sort();
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../src")
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).expect("in src").display().to_string()
}

fn room(file: &str) -> String {
    file.split(['/', '.']).next().expect("a room").to_owned()
}

/// The code of a file, without its comments. No file has tests of its own, which might know of anything.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source");
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Where a file stands among the modules: `policy/mod.rs` is `policy`, and `policy/flaw.rs` is `policy::flaw`.
fn module(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs").split('/').map(str::to_owned);
    path.filter(|part| part != "mod" && part != "lib").collect()
}

/// The paths of some code that begin at the crate, at the module above or here, each by its words.
fn paths(code: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    for start in ["crate", "super", "self"] {
        for (at, _) in code.match_indices(start) {
            let is_inside = code[..at].ends_with(|before: char| before.is_alphanumeric() || "_:".contains(before));
            if !is_inside && word(&code[at..]) == start {
                paths.extend(spelt(&code[at..]));
            }
        }
    }
    paths
}

/// What a path with braces spells: `a::{b, c::*}` is `a::b` and `a::c::*`. A path that is given another name ends with `as` and that name.
fn spelt(path: &str) -> Vec<Vec<String>> {
    let path = path.trim_start();
    if path.starts_with('*') {
        return vec![vec!["*".to_owned()]];
    }
    let first = word(path);
    let rest = &path[first.len()..];
    let ends = match (rest.strip_prefix("::"), rest.trim_start().strip_prefix("as ")) {
        (Some(rest), _) => match rest.strip_prefix('{') {
            Some(list) => parts(list).into_iter().flat_map(spelt).collect(),
            None => spelt(rest),
        },
        (None, Some(name)) => vec![vec!["as".to_owned(), word(name)]],
        (None, None) => vec![Vec::new()],
    };
    ends.into_iter().map(|end| [vec![first.clone()], end].concat()).collect()
}

/// The parts of a list, up to the brace that closes it.
fn parts(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&list[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

fn word(text: &str) -> String {
    text.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// What a path comes to, looked up from a module: the first word below the crate. It is `*` or `as` where the path takes the crate as a whole.
///
/// Modules that are written inside of a file are not counted, so that a path may seem to climb higher than it does, and never less high.
fn reached(module: &[String], path: &[String]) -> Option<String> {
    let mut place = module.to_vec();
    for word in path {
        match word.as_str() {
            "crate" => place.clear(),
            "super" => drop(place.pop()),
            "self" => {}
            _ => place.push(word.clone()),
        }
    }
    place.into_iter().next()
}

/// What some code of a file names below the crate.
fn named(file: &str, code: &str) -> Vec<String> {
    let module = module(file);
    paths(code).iter().filter_map(|path| reached(&module, path)).collect()
}

/// What the crate's front door has from rooms, with the room. To take it there would be to go round the order of the rooms.
fn by_the_front_door() -> BTreeMap<String, String> {
    let lib = code(&root().join("lib.rs"));
    let exports = lib.split("pub use ").skip(1).flat_map(spelt);
    exports.filter_map(|path| Some((path.last()?.clone(), path.first()?.clone()))).collect()
}

/// What a file may not name, and how many rooms it names that are not its own.
fn trespasses(file: &str, code: &str, front: &BTreeMap<String, String>) -> (Vec<String>, usize) {
    let place: BTreeMap<&str, usize> = ROOMS.iter().zip(1..).map(|(room, place)| (*room, place)).collect();
    let from = room(file);
    let own = place.get(from.as_str()).copied().unwrap_or(0);
    assert!(own > 0 || SERVES_ALL.contains(&from.as_str()), "{from} is a room that nobody has given a place");
    let mut wrong = Vec::new();
    let mut imports = 0;
    // What would bring the crate, or a file of another room, in by another door.
    for door in ["extern crate", "#[path", "include!"] {
        if from != "lib" && code.contains(door) {
            wrong.push(format!("{file}: {from} may not say {door}"));
        }
    }
    for to in named(file, code).into_iter().map(|name| front.get(&name).cloned().unwrap_or(name)) {
        if to == "*" || to == "as" {
            wrong.push(format!("{file}: {from} may not take the crate as a whole"));
        }
        // What is no room serves all.
        let Some(theirs) = place.get(to.as_str()).filter(|_| to != from) else { continue };
        imports += 1;
        if *theirs >= own {
            wrong.push(format!("{file}: {from} may not know of {to}"));
        }
    }
    (wrong, imports)
}

#[test]
fn a_room_imports_only_from_rooms_above_it() {
    let front = by_the_front_door();
    for (name, room) in [("Ticket", "ticket"), ("Recorded", "ticket"), ("Cause", "commitment"), ("effects", "effect")] {
        assert_eq!(front.get(name).map(String::as_str), Some(room), "{name}");
    }
    assert!(!front.contains_key("*"), "the front door names each thing that it has");
    let (mut wrong, mut imports) = (Vec::new(), 0);
    for path in sources() {
        let (wrongs, more) = trespasses(&name(&path), &code(&path), &front);
        wrong.extend(wrongs);
        imports += more;
    }
    println!("{imports} imports from other rooms");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(imports > 100, "{imports} imports were looked at");
}

/// Whoever goes round the order of the rooms is seen, by whatever path he goes.
#[test]
fn no_way_round_the_order_of_the_rooms_is_overlooked() {
    let front = by_the_front_door();
    let wrongs = |file: &str, line: &str| trespasses(file, line, &front).0.len();
    let ways_round = [
        ("policy/x.rs", "use crate::ticket::Ticket;"),
        ("policy/x.rs", "use crate::{Name, ticket::Ticket};"),
        ("policy/x.rs", "use crate::Ticket;"),
        ("policy/x.rs", "use crate::Recorded;"),
        ("policy/x.rs", "use crate::{Name, Recorded as Kept};"),
        ("policy/x.rs", "fn x() { crate::ticket::x() }"),
        ("policy/x.rs", "use super::super::ticket::Ticket;"),
        ("policy/x.rs", "use super::super::{Name, ticket};"),
        ("policy/x.rs", "use super::super::Ticket;"),
        ("policy/x.rs", "use super::{mark::Mark, super::ticket::Ticket};"),
        ("policy/x.rs", "use self::super::super::ticket::Ticket;"),
        ("policy/x.rs", "fn x() { super::super::ticket::x() }"),
        ("policy/x/y.rs", "use super::super::super::ticket::Ticket;"),
        ("policy/mod.rs", "use super::ticket::Ticket;"),
        ("agenda.rs", "use super::ticket::Ticket;"),
        ("policy/x.rs", "use crate::*;"),
        ("policy/x.rs", "use crate::{*};"),
        ("policy/x.rs", "use crate as c; use c::ticket::Ticket;"),
        ("policy/x.rs", "use crate::{self as c}; use c::ticket::Ticket;"),
        ("policy/x.rs", "use crate::{Name, self as c};"),
        ("policy/x.rs", "use super::super::*;"),
        ("policy/x.rs", "use super::super as c;"),
        ("policy/x.rs", "use super::{super as c};"),
        ("policy/x.rs", "use super::super::{self as c};"),
        ("policy/mod.rs", "use super::*;"),
        ("policy/x.rs", "extern crate self as owed; use owed::Ticket;"),
        ("policy/x.rs", "#[path = \"../ticket/order.rs\"] mod order;"),
    ];
    let overlooked: Vec<_> = ways_round.into_iter().filter(|(file, line)| wrongs(file, line) != 1).collect();
    assert!(overlooked.is_empty(), "{} of {}: {overlooked:#?}", overlooked.len(), ways_round.len());
    let as_it_should_be = [
        ("policy/x.rs", "use crate::commitment::Ledger; use crate::{Name, Timestamp, commitment};"),
        ("policy/x.rs", "use super::super::commitment::Ledger; use super::ticket::Told; use super::*;"),
        ("policy/x/y.rs", "use super::super::ticket::Told; use super::super::*;"),
        ("policy/x.rs", "pub(crate) fn x(&self) -> u64 { self.ticket as u64 }"),
        ("policy/x.rs", "pub(in super::super) fn x() {} use crate::commitment as kept;"),
        ("ticket/x.rs", "use crate::policy::Fact; use super::super::calendar::Hours; use crate::Recorded;"),
    ];
    for (file, line) in as_it_should_be {
        assert_eq!(wrongs(file, line), 0, "{file}: {line}");
    }
}

/// The state machines have the same inside, so that the same question is answered in the same file.
#[test]
fn the_machines_have_the_same_inside() {
    let front = by_the_front_door();
    for machine in ["commitment", "escalation", "ticket", "incident"] {
        for part in ["mod.rs", "order.rs", "event.rs", "state.rs", "decide.rs", "evolve.rs", "refusal.rs"] {
            assert!(root().join(machine).join(part).is_file(), "{machine} has no {part}");
        }
        let file = format!("{machine}/evolve.rs");
        let decides = named(&file, &code(&root().join(&file)));
        let asked: Vec<_> = decides.iter().map(|name| front.get(name).unwrap_or(name)).collect();
        assert!(!asked.contains(&&"rulebook".to_owned()), "what {machine} has become is asked of no rulebook");
    }
}

/// Every file tells at its top what it is for.
#[test]
fn every_file_says_what_it_is() {
    for path in sources() {
        let text = fs::read_to_string(&path).expect("a source");
        assert!(text.starts_with("//! "), "{} does not say what it is", name(&path));
    }
}

/// Nothing finds out by itself which tests there are: what stands in no line of the manifest would never be run.
#[test]
fn every_file_of_tests_is_run() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(here.join("Cargo.toml")).expect("the manifest");
    let files = fs::read_dir(here).expect("a folder").map(|entry| entry.expect("an entry").path());
    let files: Vec<_> = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect();
    assert!(files.len() > 20, "{files:?}");
    for file in files {
        let line = format!("path = {:?}", file.file_name().expect("a name"));
        assert!(manifest.contains(&line), "{} is not run", file.display());
    }
}
