//! Which column is where.

use csv::ByteRecord;

use super::sealed::MadeSla;
use crate::replay::complaints::Complaints;

/// Every column that the log is known to have. Of most, nothing is made.
const KNOWN: [&str; 36] = [
    "number",
    "incident_state",
    "active",
    "reassignment_count",
    "reopen_count",
    "sys_mod_count",
    "made_sla",
    "caller_id",
    "opened_by",
    "opened_at",
    "sys_created_by",
    "sys_created_at",
    "sys_updated_by",
    "sys_updated_at",
    "contact_type",
    "location",
    "category",
    "subcategory",
    "u_symptom",
    "cmdb_ci",
    "impact",
    "urgency",
    "priority",
    "assignment_group",
    "assigned_to",
    "knowledge",
    "u_priority_confirmation",
    "notify",
    "problem_id",
    "rfc",
    "vendor",
    "caused_by",
    "closed_code",
    "resolved_by",
    "resolved_at",
    "closed_at",
];

/// The columns that are read, by their place in a row.
///
/// `resolved_at` and `closed_at` are not among them, and `made_sla` can only be sealed: a row that tells what has happened so
/// far also tells, in these, how it will end.
pub(super) struct Columns {
    number: usize,
    state: usize,
    made_sla: usize,
    caller: usize,
    opened_at: usize,
    updated_at: usize,
    priority: usize,
    group: usize,
    agent: usize,
}

impl Columns {
    /// Finds the columns by their headings. One that is not known is told; one that is missing makes the log unusable.
    pub(super) fn find(header: &ByteRecord, file: &str, complaints: &mut Complaints<'_>) -> Result<Self, String> {
        for (place, name) in header.iter().enumerate() {
            let name = String::from_utf8_lossy(name);
            if !KNOWN.contains(&&*name) {
                complaints.tell(file, 1, format_args!("unknown column {name:?}; it is not read"));
            } else if header.iter().take(place).any(|before| before == name.as_bytes()) {
                complaints.tell(file, 1, format_args!("the column {name:?} stands here twice; the first is read"));
            }
        }
        let find = |name: &str| {
            let place = header.iter().position(|column| column == name.as_bytes());
            place.ok_or_else(|| format!("the column {name:?} is missing"))
        };
        Ok(Self {
            number: find("number")?,
            state: find("incident_state")?,
            made_sla: find("made_sla")?,
            caller: find("caller_id")?,
            opened_at: find("opened_at")?,
            updated_at: find("sys_updated_at")?,
            priority: find("priority")?,
            group: find("assignment_group")?,
            agent: find("assigned_to")?,
        })
    }

    /// A row by these columns.
    pub(super) const fn of<'a>(&'a self, record: &'a ByteRecord) -> Cells<'a> {
        Cells { columns: self, record }
    }
}

/// The cells of a row that may be read, by name.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    columns: &'a Columns,
    record: &'a ByteRecord,
}

impl<'a> Cells<'a> {
    pub(super) fn number(self) -> &'a [u8] {
        self.cell(self.columns.number)
    }

    pub(super) fn state(self) -> &'a [u8] {
        self.cell(self.columns.state)
    }

    /// What the desk itself said, under seal.
    pub(super) fn seal(self, line: u64, into: &mut MadeSla) {
        into.seal(self.cell(self.columns.made_sla), line);
    }

    pub(super) fn caller(self) -> Option<&'a [u8]> {
        known(self.cell(self.columns.caller))
    }

    pub(super) fn opened_at(self) -> &'a [u8] {
        self.cell(self.columns.opened_at)
    }

    pub(super) fn updated_at(self) -> &'a [u8] {
        self.cell(self.columns.updated_at)
    }

    pub(super) fn priority(self) -> Option<&'a [u8]> {
        known(self.cell(self.columns.priority))
    }

    pub(super) fn group(self) -> Option<&'a [u8]> {
        known(self.cell(self.columns.group))
    }

    pub(super) fn agent(self) -> Option<&'a [u8]> {
        known(self.cell(self.columns.agent))
    }

    fn cell(self, place: usize) -> &'a [u8] {
        // Rows of another length than the header's do not get here.
        self.record.get(place).unwrap_or_default()
    }
}

fn known(cell: &[u8]) -> Option<&[u8]> {
    (cell != b"?").then_some(cell)
}
