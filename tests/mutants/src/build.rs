//! The woven crate, built: whatever the compiler refuses is left out, and it is asked again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::list::Mutant;
use crate::weave::{Excluded, There, Woven, weave};

/// The switch. A host of the woven crate says by the environment which mutant it is; none is the crate itself. It may also say where it wants to be
/// told which functions are reached: each by the first of its mutants, once, a line each.
const SWITCH: &str = r#"
extern crate std;
pub(crate) fn mutant(function: usize) -> u32 {
    use std::io::Write;
    use std::sync::atomic::{AtomicBool, Ordering};
    static NUMBER: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    static REACHED: std::sync::OnceLock<Option<std::fs::File>> = std::sync::OnceLock::new();
    static SEEN: [AtomicBool; MUTANTS] = [const { AtomicBool::new(false) }; MUTANTS];
    if let Some(mut file) = REACHED.get_or_init(|| std::fs::File::create(std::env::var_os("OWED_REACHED")?).ok()).as_ref()
        && !SEEN[function].swap(true, Ordering::Relaxed)
    {
        let _ = file.write_all(std::format!("{function}\n").as_bytes());
    }
    *NUMBER.get_or_init(|| std::env::var("OWED_MUTANT").ok().and_then(|number| number.parse().ok()).unwrap_or(0))
}
"#;

pub struct Tree {
    pub root: PathBuf,
    sources: BTreeMap<String, String>,
}

pub struct Built {
    /// Each with the first of its function.
    pub woven: BTreeMap<usize, usize>,
    pub unviable: BTreeSet<usize>,
}

impl Tree {
    /// A copy of what is under version control, or is about to be.
    pub fn copy(from: &Path, to: &Path) -> Result<Self> {
        std::fs::create_dir_all(to)?;
        let copied = Command::new("sh")
            .current_dir(from)
            .arg("-c")
            .arg(r#"git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$0""#)
            .arg(to)
            .status()?;
        ensure!(copied.success(), "copying to {}", to.display());
        let listed = Command::new("git").current_dir(from).args(["ls-files", "src"]).output()?;
        let mut sources = BTreeMap::new();
        for file in String::from_utf8(listed.stdout)?.lines().filter(|file| file.ends_with(".rs")) {
            sources.insert(file.to_owned(), std::fs::read_to_string(from.join(file))?);
        }
        Ok(Self { root: to.to_owned(), sources })
    }

    /// Weaves and asks the compiler, until it is content.
    pub fn build(&self, mutants: &[Mutant]) -> Result<Built> {
        let mut excluded = Excluded::default();
        for round in 1.. {
            let woven = self.write(mutants, &excluded)?;
            let errors = self.check()?;
            let numbers = woven
                .values()
                .flat_map(|woven| &woven.mutants)
                .map(|(number, first)| (*number, *first))
                .collect::<BTreeMap<_, _>>();
            eprintln!("round {round}: {} woven, {} errors", numbers.len(), errors.len());
            if errors.is_empty() {
                return Ok(Built { woven: numbers, unviable: excluded.unviable });
            }
            let before = (excluded.unviable.len(), excluded.whole.len(), excluded.constant.len());
            for error in &errors {
                exclude(error, &woven, &mut excluded);
            }
            if before == (excluded.unviable.len(), excluded.whole.len(), excluded.constant.len()) {
                bail!("the compiler says what no mutant explains: {}", errors[0]["rendered"].as_str().unwrap_or(""));
            }
        }
        unreachable!("it ends by returning")
    }

    fn write(&self, mutants: &[Mutant], excluded: &Excluded) -> Result<BTreeMap<String, Woven>> {
        let mut all = BTreeMap::new();
        for (file, text) in &self.sources {
            let here: Vec<_> = (1..).zip(mutants).filter(|(_, mutant)| mutant.file == *file).collect();
            let mut woven = weave(file, text, &here, excluded)?;
            if file == "src/lib.rs" {
                woven.text.push_str(&SWITCH.replace("MUTANTS", &(mutants.len() + 1).to_string()));
            }
            let path = self.root.join(file);
            if std::fs::read_to_string(&path).ok().as_ref() != Some(&woven.text) {
                std::fs::write(path, &woven.text)?;
            }
            all.insert(file.clone(), woven);
        }
        Ok(all)
    }

    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(&self.root).args(arguments);
        cargo.env("RUSTFLAGS", "--cap-lints=warn -Awarnings").env("CARGO_TARGET_DIR", self.root.join("target"));
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_INCREMENTAL", "0");
        cargo
    }

    fn check(&self) -> Result<Vec<Value>> {
        let checked = self
            .cargo(&["check", "--lib", "--message-format=json"])
            .stderr(Stdio::inherit())
            .output()
            .context("cargo check")?;
        let messages = String::from_utf8(checked.stdout)?;
        let errors = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).filter_map(|said| {
            let message = said.get("message")?.clone();
            (message["level"] == "error" && message["spans"].as_array().is_some_and(|spans| !spans.is_empty()))
                .then_some(message)
        });
        let errors: Vec<_> = errors.collect();
        ensure!(checked.status.success() || !errors.is_empty(), "cargo check fails and does not say why");
        Ok(errors)
    }
}

fn exclude(error: &Value, woven: &BTreeMap<String, Woven>, excluded: &mut Excluded) {
    let called = error["code"]["code"] == "E0015";
    if called && let Some(name) = error["message"].as_str().and_then(|said| said.split('`').nth(1)) {
        let last = name.rsplit("::").next().unwrap_or(name);
        excluded.constant.insert(last.split('<').next().unwrap_or(last).to_owned());
        return;
    }
    let spans = error["spans"].as_array().into_iter().flatten();
    let (primary, others): (Vec<_>, Vec<_>) = spans.partition(|span| span["is_primary"] == true);
    for span in primary.into_iter().chain(others) {
        let (Some(file), Some(byte)) = (span["file_name"].as_str(), span["byte_start"].as_u64()) else { continue };
        let there = woven.get(file).and_then(|woven| woven.at(usize::try_from(byte).ok()?));
        match there {
            Some(There::Mutant(number)) => {
                excluded.unviable.insert(*number);
                return;
            }
            Some(There::Function(start)) => {
                excluded.whole.insert((file.to_owned(), *start));
                return;
            }
            None => {}
        }
    }
}
