//! From the file to the log. What cannot be made sense of is told, and the rest is read.

use std::io::Read;

use csv::{ByteRecord, Position, ReaderBuilder};
use owed::commitment::Owner;
use owed::policy::Status;
use owed::{AgentId, ContactId, NameError, Priority, TeamId, TicketId, Timestamp};
use uuid::{Builder, Uuid};

use super::columns::{Cells, Columns};
use super::dates;
use super::log::{Incident, Log, Row, Step};
use super::names::Names;
use super::sealed::MadeSla;
use crate::replay::complaints::Complaints;
use crate::replay::words::Wall;

impl Log {
    /// Reads all of it, or says why it is no such log.
    pub(crate) fn read(file: &str, bytes: impl Read, complaints: &mut Complaints<'_>) -> Result<Self, String> {
        let mut reader = ReaderBuilder::new().buffer_capacity(1 << 16).from_reader(bytes);
        let header = reader.byte_headers().map_err(|error| error.to_string())?;
        let columns = Columns::find(header, file, complaints)?;
        let mut reading = Reading::new();
        let mut record = ByteRecord::new();
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {
                    let line = record.position().map_or(0, Position::line);
                    match reading.row(columns.of(&record), line) {
                        Ok(None) => {}
                        Ok(Some(remark)) => complaints.tell(file, line, remark),
                        Err(reason) => reading.skip(file, line, &reason, complaints),
                    }
                }
                Err(error) => {
                    let line = error.position().map_or_else(|| reader.position().line(), Position::line);
                    reading.skip(file, line, &error.to_string(), complaints);
                    if error.is_io_error() {
                        break;
                    }
                }
            }
        }
        Ok(reading.finish(file))
    }
}

/// A log while it is read.
struct Reading {
    incidents: Names<Open>,
    rows: Vec<Row>,
    steps: Vec<Step>,
    skipped: u64,
    priorities: Names<Priority>,
    owners: Names<Owner>,
    /// A group and an agent in one.
    both: Vec<u8>,
}

/// An incident while its rows are read.
struct Open {
    incident: Incident,
    closed: bool,
    /// Where its last row was taken in.
    last: Timestamp,
    rows: u32,
}

impl Reading {
    fn new() -> Self {
        Self {
            incidents: Names::new(),
            rows: Vec::new(),
            steps: Vec::new(),
            skipped: 0,
            priorities: Names::new(),
            owners: Names::new(),
            both: Vec::new(),
        }
    }

    /// Leaves out a row, and tells why.
    fn skip(&mut self, file: &str, line: u64, reason: &str, complaints: &mut Complaints<'_>) {
        self.skipped += 1;
        complaints.tell(file, line, format_args!("{reason}; the row is skipped"));
    }

    /// Takes in a row. One that is left out is an error; what is odd about one that is taken in comes back as a remark.
    fn row(&mut self, cells: Cells<'_>, line: u64) -> Result<Option<String>, String> {
        let number = cells.number();
        if number.is_empty() {
            return Err("no incident number".into());
        }
        let skipped = |why: String| format!("incident {}: {why}", String::from_utf8_lossy(number));
        let state = cells.state();
        let status =
            status(state).ok_or_else(|| format!("the state {:?} is not known", String::from_utf8_lossy(state)));
        let status = status.map_err(skipped)?;
        let written = dates::read(cells.updated_at()).map_err(skipped)?;
        let priority = cells.priority().map(|cell| self.priorities.place(cell, || name(cell, Priority::new)));
        let priority = priority.transpose().map_err(skipped)?;
        let owner = self.owner(cells).map_err(skipped)?;
        let place = self.incident(cells, priority).map_err(skipped)?;
        let Some(open) = self.incidents.get_mut(place) else { return Ok(None) };
        cells.seal(line, &mut open.incident.made_sla);
        let step = Step { at: written.max(open.last), incident: place, row: u32::try_from(self.rows.len()).ok() };
        let remark = open.take(written, status, priority);
        self.steps.push(step);
        self.rows.push(Row { line, place: open.rows, written, status, priority, owner });
        Ok(remark)
    }

    /// The place of a row's incident, which it may be the first to tell of.
    fn incident(&mut self, cells: Cells<'_>, first_priority: Option<u32>) -> Result<u32, String> {
        let number = cells.number();
        if let Some(place) = self.incidents.known(number) {
            return Ok(place);
        }
        let opened = dates::read(cells.opened_at())?;
        let caller = name(cells.caller().unwrap_or(b"unknown"), ContactId::new)?;
        let incident = Incident {
            number: String::from_utf8_lossy(number).into_owned(),
            ticket: ticket(number),
            caller,
            opened,
            first_priority,
            priority_at_closing: None,
            resolved: None,
            made_sla: MadeSla::default(),
            before_opening: 0,
            backwards: 0,
        };
        let open = Open { incident, closed: false, last: opened, rows: 0 };
        let place = self.incidents.place(number, || Ok(open))?;
        self.steps.push(Step { at: opened, incident: place, row: None });
        Ok(place)
    }

    /// The place of a row's group and agent; nothing if it names no group.
    fn owner(&mut self, cells: Cells<'_>) -> Result<Option<u32>, String> {
        let Some(group) = cells.group() else { return Ok(None) };
        let agent = cells.agent();
        self.both.clear();
        self.both.extend_from_slice(group);
        self.both.push(0);
        self.both.extend_from_slice(agent.unwrap_or_default());
        let make = || {
            let agent = agent.map(|agent| name(agent, AgentId::new)).transpose()?;
            Ok(Owner { team: name(group, TeamId::new)?, agent })
        };
        self.owners.place(&self.both, make).map(Some)
    }

    fn finish(self, file: &str) -> Log {
        let mut steps = self.steps;
        // Those of one instant stay in the order of the file, and so do those of one incident: none is before the one above it.
        steps.sort_by_key(|step| step.at);
        Log {
            file: file.into(),
            incidents: self.incidents.into_list().into_iter().map(|open| open.incident).collect(),
            rows: self.rows,
            priorities: self.priorities.into_list(),
            owners: self.owners.into_list(),
            skipped: self.skipped,
            steps,
        }
    }
}

impl Open {
    /// Takes in a row, and says if it runs backwards.
    fn take(&mut self, written: Timestamp, status: Status, priority: Option<u32>) -> Option<String> {
        self.rows += 1;
        let incident = &mut self.incident;
        if status == Status::Solved {
            let first = incident.resolved.map_or(written, |(first, _)| first);
            incident.resolved = Some((first, written));
        }
        if !self.closed {
            incident.priority_at_closing = priority;
            self.closed = status == Status::Closed;
        }
        if written >= self.last {
            self.last = written;
            return None;
        }
        let what = if written < incident.opened {
            incident.before_opening += 1;
            "its opening"
        } else {
            incident.backwards += 1;
            "the row above it"
        };
        let (written, last) = (Wall::UTC.date_and_time(written), Wall::UTC.date_and_time(self.last));
        Some(format!(
            "incident {}: {written} is before {what}; taken in at {last}, as having happened at {written}",
            incident.number
        ))
    }
}

/// What a state of the log is to us.
fn status(state: &[u8]) -> Option<Status> {
    Some(match state {
        b"New" => Status::New,
        b"Active" => Status::Open,
        b"Awaiting User Info" => Status::Pending,
        b"Awaiting Vendor" | b"Awaiting Problem" | b"Awaiting Evidence" => Status::OnHold,
        b"Resolved" => Status::Solved,
        b"Closed" => Status::Closed,
        _ => return None,
    })
}

fn name<T>(cell: &[u8], make: fn(&str) -> Result<T, NameError>) -> Result<T, String> {
    make(&String::from_utf8_lossy(cell)).map_err(|error| error.to_string())
}

/// The namespace of the ids that come from incident numbers.
const INCIDENTS: Uuid = Uuid::from_u128(0x6f77_6564_0000_8000_8000_7563_6900_0001);

/// An incident's ticket: the same number always gives the same id, of version 8 since it is ours.
fn ticket(number: &[u8]) -> TicketId {
    let hashed = Uuid::new_v5(&INCIDENTS, number);
    TicketId(Builder::from_custom_bytes(hashed.into_bytes()).into_uuid())
}
