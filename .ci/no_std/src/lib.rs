//! A host without `std`: it reads a rulebook, opens a ticket, is woken, and stores what has happened.
//!
//! `main.c` calls [`host`] and ends with its answer.
#![no_std]

extern crate alloc;

mod runtime;

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::error::Error;

use owed::calendar::{Calendar, Spec, Tz, WorkingTime};
use owed::{Agenda, Command, Recorded, Rulebook, Task, Ticket, TicketId, Timestamp, effects};

const RULES: &str = r#"{
    "calendars": { "office": { "time_zone": "Asia/Tehran", "weekly": { "sat-wed": ["08:00-16:00"] } } },
    "calendar": "office",
    "agreements": [{ "name": "sla", "targets": { "first_response": "4 working hours" } }]
}"#;

// Wednesday, an hour before closing: due on Saturday at 11:00.
const OPEN: &str = r#"{
    "stream": "0198b3a0-0000-7000-8000-000000000001", "id": "0198b3a0-0000-7000-8000-000000000002",
    "at": "2026-03-04T11:30:00Z", "by": { "system": "mail" },
    "order": { "room": "ticket", "type": "open", "requester": "ryan" }
}"#;

/// Whether a step went as it should.
type Went = Result<bool, Box<dyn Error>>;

/// 0 if all went as it should, else the number of the step that did not.
#[unsafe(no_mangle)]
pub extern "C" fn host() -> i32 {
    let steps: [fn() -> Went; 2] = [a_calendar, a_desk];
    let failed = steps.iter().zip(1..).find(|(step, _)| !matches!(step(), Ok(true)));
    failed.map_or(0, |(_, number)| number)
}

fn a_calendar() -> Went {
    let always = Calendar::new(Spec::round_the_clock(Tz::Europe__Istanbul)).map_err(|_| "no calendar")?;
    let day = WorkingTime::from_hours(24).ok_or("no amount")?;
    Ok(always.add_working("2026-03-02T09:00:00Z".parse()?, day)? == "2026-03-03T09:00:00Z".parse()?)
}

fn a_desk() -> Went {
    let rules: Rulebook = serde_json::from_str(RULES)?;
    let command: Command = serde_json::from_str(OPEN)?;
    let due: Timestamp = "2026-03-07T11:00:00+03:30".parse()?;

    let mut ticket = Ticket::new(command.stream);
    let mut stored = ticket.handle(&rules, &command)?;
    let mut agenda: Agenda<TicketId> = Agenda::new();
    agenda.set(ticket.id(), ticket.next_wake());
    let early = agenda.pop_due(due);
    let late = agenda.pop_due(due.plus_micros(1));
    stored.extend(ticket.wake(&rules, due.plus_micros(1)));

    let told = stored.iter().flat_map(effects).any(|effect| matches!(effect.task, Task::TellOwnerOfBreach { .. }));
    let read: Vec<Recorded> = serde_json::from_slice(&serde_json::to_vec(&stored)?)?;
    let again = Ticket::replay(ticket.id(), &read);
    Ok(early.is_none() && late == Some(ticket.id()) && told && again == ticket && ticket.next_wake().is_none())
}
