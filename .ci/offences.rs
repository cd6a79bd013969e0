//! What the library must never contain. Each marked line breaks the rules that its mark names.
//!
//! `.ci/run` adds this file to a copy of the library, with `std` and with the features of chrono and uuid that we leave out, and
//! wants clippy to find exactly these lines.
#![allow(missing_docs, unused, clippy::pedantic)]

extern crate std;

use alloc::string::String;
use alloc::vec::Vec;

pub fn reads_a_clock() {
    let _ = std::time::SystemTime::now(); //~ clippy::disallowed_methods clippy::disallowed_types
    let _ = std::time::Instant::now(); //~ clippy::disallowed_methods clippy::disallowed_types
    let _ = chrono::Utc::now(); //~ clippy::disallowed_methods
    let _ = chrono::Local::now(); //~ clippy::disallowed_methods clippy::disallowed_types
}

pub fn draws_lots() {
    let _ = uuid::Uuid::new_v4(); //~ clippy::disallowed_methods
    let _ = uuid::Uuid::now_v7(); //~ clippy::disallowed_methods
}

pub fn runs_apart() {
    let _ = std::thread::spawn(|| ()); //~ clippy::disallowed_methods
}

pub fn looks_around() {
    let _ = std::env::var("TZ"); //~ clippy::disallowed_methods
    let _ = std::env::args().count(); //~ clippy::disallowed_methods
    let _ = std::fs::read("/etc/localtime"); //~ clippy::disallowed_methods
    let _ = std::fs::write("owed.txt", ""); //~ clippy::disallowed_methods
    let _ = option_env!("TZ"); //~ clippy::disallowed_macros
}

pub fn opens(_: std::fs::File) {} //~ clippy::disallowed_types

pub fn connects(_: std::net::TcpStream) {} //~ clippy::disallowed_types

pub fn differs_from_run_to_run(_: &std::collections::HashMap<u8, u8>) {} //~ clippy::disallowed_types

pub fn differs_as_well(_: &std::collections::HashSet<u8>) {} //~ clippy::disallowed_types

pub fn waits(_: &std::sync::Mutex<u8>) {} //~ clippy::disallowed_types

pub fn hides(_: &core::cell::Cell<u8>, _: u8) {} //~ clippy::disallowed_types

pub fn hides_as_well(_: &core::cell::RefCell<u8>) {} //~ clippy::disallowed_types

pub static SHARED: core::sync::atomic::AtomicU64 = //~ clippy::disallowed_types
    core::sync::atomic::AtomicU64::new(0); //~ clippy::disallowed_types

pub fn talks() {
    std::println!("owed"); //~ clippy::disallowed_macros
    std::eprintln!("owed"); //~ clippy::disallowed_macros
    std::dbg! { "owed" }; //~ clippy::disallowed_macros
}

pub fn asserts(yes: bool) {
    assert!(yes); //~ clippy::disallowed_macros
}

pub fn unwraps(some: Option<u8>) -> u8 {
    some.unwrap() //~ clippy::unwrap_used
}

pub fn expects(some: Option<u8>) -> u8 {
    some.expect("some") //~ clippy::expect_used
}

pub fn indexes(list: &[u8]) -> u8 {
    list[1] //~ clippy::indexing_slicing
}

pub fn slices(text: &str) -> &str {
    &text[1..] //~ clippy::string_slice
}

pub fn panics() {
    panic!("no") //~ clippy::panic
}

pub fn leaves_undone() {
    todo! {} //~ clippy::todo clippy::disallowed_macros
}

pub fn leaves_out() {
    unimplemented! {} //~ clippy::unimplemented clippy::disallowed_macros
}

pub fn believes() {
    unreachable!() //~ clippy::unreachable clippy::disallowed_macros
}

pub fn rounds(a: f64, b: f64) -> f64 {
    a / b //~ clippy::float_arithmetic
}
