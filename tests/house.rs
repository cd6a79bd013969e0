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

fn room(path: &Path) -> String {
    name(path).split(['/', '.']).next().expect("a room").to_owned()
}

/// The code of a file, without its comments and its own tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source");
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The rooms that some code names by the crate's own path: `crate::room::…`, and `crate::{room::…, …}`.
fn named(code: &str) -> Vec<String> {
    let mut named = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => named.push(word(rest)),
            Some(list) => named.extend(first_words(list)),
        }
    }
    named
}

/// The first word of each part of a list in braces.
fn first_words(list: &str) -> Vec<String> {
    let (mut depth, mut start, mut words) = (0, 0, Vec::new());
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => {
                words.push(word(&list[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                words.push(word(&list[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    words
}

fn word(text: &str) -> String {
    text.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// What the crate's front door has from rooms, with the room. To take it there would be to go round the order of the rooms.
fn by_the_front_door() -> BTreeMap<String, String> {
    let lib = code(&root().join("lib.rs"));
    let exports = lib.split("pub use ").skip(1).filter_map(|export| export.split(';').next());
    let parts = exports.filter_map(|export| export.split_once("::"));
    let names = |(room, names): (&str, &str)| {
        let names = names.strip_prefix('{').map_or_else(|| vec![word(names)], first_words);
        names.into_iter().map(|name| (name, room.to_owned())).collect::<Vec<_>>()
    };
    parts.flat_map(names).collect()
}

#[test]
fn a_room_imports_only_from_rooms_above_it() {
    let place: BTreeMap<&str, usize> = ROOMS.iter().zip(1..).map(|(room, place)| (*room, place)).collect();
    let front = by_the_front_door();
    assert_eq!(front.get("Ticket").map(String::as_str), Some("ticket"));
    let mut wrong = Vec::new();
    let mut imports = 0;
    for path in sources() {
        let from = room(&path);
        let serves_all = SERVES_ALL.contains(&from.as_str());
        let own = place.get(from.as_str()).copied().unwrap_or(0);
        assert!(own > 0 || serves_all, "{from} is a room that nobody has given a place");
        let rooms = named(&code(&path)).into_iter().map(|name| front.get(&name).cloned().unwrap_or(name));
        for to in rooms.filter(|to| *to != from) {
            // What is no room serves all.
            let Some(theirs) = place.get(to.as_str()) else { continue };
            imports += 1;
            if *theirs >= own {
                wrong.push(format!("{}: {from} may not know of {to}", name(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(imports > 100, "{imports} imports were looked at");
}

/// The state machines have the same inside, so that the same question is answered in the same file.
#[test]
fn the_machines_have_the_same_inside() {
    for machine in ["commitment", "escalation", "ticket", "incident"] {
        for part in ["mod.rs", "order.rs", "event.rs", "state.rs", "decide.rs", "evolve.rs", "refusal.rs"] {
            assert!(root().join(machine).join(part).is_file(), "{machine} has no {part}");
        }
        let decides = named(&code(&root().join(machine).join("evolve.rs")));
        assert!(!decides.contains(&"rulebook".to_owned()), "what {machine} has become is asked of no rulebook");
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
