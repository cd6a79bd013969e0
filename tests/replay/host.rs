//! Runs the example as a user does, and reads what it prints.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use owed::report::Statement;
use owed::{Recorded, TicketId};
use serde_json::{Value, json};

pub const TICKET: &str = "11111111-1111-4111-8111-111111111111";
pub const OTHER: &str = "22222222-2222-4222-8222-222222222222";
pub const PROMISE: &str = "33333333-3333-4333-8333-333333333333";

const RULES: &str = r#"{
    "calendars": { "office": { "time_zone": "UTC", "weekly": { "mon-fri": ["09:00-17:00"] } } },
    "calendar": "office",
    "agreements": [{ "name": "sla", "targets": { "first_response": "4 working hours", "first_resolution": "72 hours" } }]
}"#;

/// What a run came to.
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect("every line is JSON")).collect()
    }

    pub fn events(&self) -> Vec<Recorded> {
        let events = self.lines().into_iter().filter(|line| line.get("event").is_some());
        events.map(|line| serde_json::from_value(line).expect("an event")).collect()
    }

    /// The events of each ticket, but for when they were noticed.
    pub fn by_ticket(&self) -> BTreeMap<TicketId, Vec<Recorded>> {
        let mut streams: BTreeMap<TicketId, Vec<Recorded>> = BTreeMap::new();
        for event in self.events() {
            streams.entry(event.stream).or_default().push(Recorded { noticed: event.at, ..event });
        }
        streams
    }

    pub fn refused(&self) -> Vec<Value> {
        self.lines().into_iter().filter_map(|line| line.get("refused").cloned()).collect()
    }

    pub fn commitments(&self) -> Vec<Statement> {
        let lines = self.lines().into_iter().filter_map(|line| line.get("commitment").cloned());
        lines.map(|owed| serde_json::from_value(owed).expect("a statement")).collect()
    }
}

/// The example, which `cargo test` builds beside the tests, and `cargo test --test replay` does not.
fn example() -> &'static Path {
    static EXAMPLE: OnceLock<PathBuf> = OnceLock::new();
    EXAMPLE.get_or_init(|| {
        let test = std::env::current_exe().expect("this test's own path");
        let profile = test.parent().and_then(Path::parent).expect("target/PROFILE/deps");
        let example = profile.join("examples").join(format!("replay{}", std::env::consts::EXE_SUFFIX));
        if !example.exists() {
            let release: &[&str] = if profile.ends_with("release") { &["--release"] } else { &[] };
            let build = Command::new(env!("CARGO"))
                .args(["build", "--package", "owed", "--example", "replay"])
                .args(release)
                .status();
            assert!(build.expect("cargo starts").success() && example.exists(), "{} is not built", example.display());
        }
        example
    })
}

pub fn start(dir: &Path, args: &[&str]) -> Child {
    let mut command = Command::new(example());
    command.args(args).current_dir(dir);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the example starts")
}

pub fn run_in(dir: &Path, args: &[&str], input: &str) -> Ran {
    let mut child = start(dir, args);
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.to_owned();
    // An example that does not read closes it, which is no failure.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()).ok());
    let output = child.wait_with_output().expect("the example ends");
    writer.join().expect("written");
    Ran {
        status: output.status.code().expect("no signal"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// Where the library's package is.
pub fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in it")
}

/// A folder of its own for a test, with a rulebook in it.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("owed-replay-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder");
        fs::write(path.join("rules.json"), RULES).expect("a rulebook");
        Self(path)
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("written");
    }

    pub fn run(&self, args: &[&str], input: &str) -> Ran {
        run_in(&self.0, args, input)
    }

    /// Runs commands through standard input.
    pub fn replay(&self, commands: &[String], more: &[&str]) -> Ran {
        let args = [&["--rulebook", "rules.json", "--commands", "-", "--json"], more].concat();
        self.run(&args, &commands.join("\n"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// A command. Its id comes from what it says, so that the same is the same.
pub fn command(stream: &str, at: &str, order: Value) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in format!("{stream}{at}{order}").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let id = format!("{:08x}-{:04x}-8000-8000-000000000000", hash >> 32, hash & 0xffff);
    json!({ "stream": stream, "id": id, "at": at, "by": { "agent": "ada" }, "order": order }).to_string()
}

pub fn open(stream: &str, at: &str) -> String {
    command(stream, at, json!({ "room": "ticket", "type": "open", "requester": "c-1", "priority": "high" }))
}

pub fn answer(stream: &str, at: &str) -> String {
    command(stream, at, json!({ "room": "ticket", "type": "message", "author": "agent" }))
}

pub fn close(stream: &str, at: &str) -> String {
    command(stream, at, json!({ "room": "ticket", "type": "close" }))
}

pub fn promise(stream: &str, at: &str, within: &str) -> String {
    let order = json!({
        "room": "commitment", "type": "promise", "commitment": PROMISE, "deliverable": "callback", "beneficiary": "c-1",
        "owner": { "team": "desk", "agent": "ada" }, "due": { "within": within },
    });
    command(stream, at, order)
}

/// Two tickets over three days: one is answered in time and closed; on the other a promise is broken, and nobody answers.
pub fn two_tickets() -> Vec<String> {
    vec![
        open(TICKET, "2026-03-02T09:20:00Z"),
        open(OTHER, "2026-03-02T10:00:00Z"),
        answer(TICKET, "2026-03-02T11:00:00Z"),
        promise(OTHER, "2026-03-02T15:00:00Z", "3 hours"),
        close(OTHER, "2026-03-03T09:00:00Z"),
        close(TICKET, "2026-03-04T12:00:00Z"),
    ]
}
