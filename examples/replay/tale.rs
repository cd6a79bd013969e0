//! One ticket, told line by line: every event as it is recorded, and every refusal.

use std::io::Write;

use owed::commitment::{Deliverable, Origin};
use owed::report::Tally;
use owed::{Command, CommitmentId, Event, Recorded, Refusal, Ticket, TicketId, Timestamp};

use super::desk::{Said, Verdicts};
use super::failure::Failure;
use super::phrase;
use super::table::{plain, print};
use super::words::{self, Wall};

/// What a desk has said, kept.
pub(crate) enum Line {
    Event(Recorded),
    Refused(Command, Refusal),
}

impl From<Said<'_>> for Line {
    fn from(said: Said<'_>) -> Self {
        match said {
            Said::Event(event) => Self::Event(event.clone()),
            Said::Refused(command, why) => Self::Refused(command.clone(), why.clone()),
        }
    }
}

impl Line {
    pub(crate) const fn stream(&self) -> TicketId {
        match self {
            Self::Event(event) => event.stream,
            Self::Refused(command, _) => command.stream,
        }
    }

    const fn at(&self) -> Timestamp {
        match self {
            Self::Event(event) => event.at,
            Self::Refused(command, _) => command.at,
        }
    }
}

/// A ticket to tell of.
pub(crate) struct Tale<'a> {
    verdicts: &'a Verdicts<'a>,
    ticket: &'a Ticket,
    pub(super) wall: Wall,
    /// Every commitment with what it is called here, in the order in which they were made.
    labels: Vec<(CommitmentId, String)>,
}

/// What was noticed no later than this was noticed at once.
const AT_ONCE: u64 = 60_000_000;

impl<'a> Tale<'a> {
    pub(crate) fn new(verdicts: &'a Verdicts<'a>, ticket: &'a Ticket, wall: Wall) -> Self {
        let mut spoken = 0;
        let statements = verdicts.statements(ticket).into_iter();
        let labels = statements.map(|owed| {
            let label = match &owed.origin {
                Origin::Policy(cycle) if cycle.cycle == 1 => cycle.metric.as_str().replace('_', " "),
                Origin::Policy(cycle) => format!("{} {}", cycle.metric.as_str().replace('_', " "), cycle.cycle),
                Origin::Amends { .. } => format!("{} owed", owed.deliverable),
                Origin::Horizon { .. } | Origin::Request { .. } | Origin::Incident(_) => {
                    format!("{} owed", owed.deliverable)
                }
                Origin::Delegated { .. } => format!("{} given on", owed.deliverable),
                Origin::Spoken { .. } => {
                    spoken += 1;
                    format!("promise {spoken}")
                }
            };
            (owed.id, label)
        });
        Self { verdicts, ticket, wall, labels: labels.collect() }
    }

    /// What a commitment is called.
    pub(super) fn label(&self, id: CommitmentId) -> &str {
        self.labels.iter().find(|(known, _)| *known == id).map_or("what nobody knows of", |(_, label)| label)
    }

    /// What was to be done, and what it is called.
    pub(super) fn what(&self, id: CommitmentId) -> String {
        let deliverable = self.ticket.ledger().get(id).map(|owed| &owed.deliverable);
        format!("{} ({})", self.label(id), deliverable.unwrap_or(&Deliverable::Reply))
    }

    /// Tells the ticket's history, and how it stands.
    pub(crate) fn tell(&self, history: &[Line], out: &mut dyn Write) -> Result<(), Failure> {
        let (mut day, mut time) = (String::new(), String::new());
        for line in history {
            let Some(said) = phrase::of(self, line) else { continue };
            let today = self.wall.day(line.at());
            if day != today {
                writeln!(out, "  {today}")?;
                day = today;
                time.clear();
            }
            let now = self.wall.time(line.at());
            let shown = if now == time { "" } else { &now };
            writeln!(out, "    {shown:5}  {said}{}", noticed(line, self.wall))?;
            time = now;
        }
        writeln!(out, "\nHow that ticket stands at {}:\n", self.wall.moment(self.verdicts.until()))?;
        self.promises(out)?;
        let mut tally = Tally::new();
        tally.count(self.ticket, self.verdicts.rules(), self.verdicts.until());
        print(&tally, self.verdicts.rules(), out)
    }

    /// Every promise that somebody spoke, with what became of it.
    fn promises(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let mut table =
            plain(&["", "promised by", "what", "at", "due", "broken at", "what became of it", "repaired by"]);
        for owed in self.verdicts.statements(self.ticket) {
            let Origin::Spoken { by, .. } = &owed.origin else { continue };
            table.add_row([
                self.label(owed.id).to_owned(),
                by.to_string(),
                owed.deliverable.to_string(),
                self.wall.moment(owed.made),
                owed.first_due.map_or_else(String::new, |due| self.wall.moment(due)),
                owed.breach.map_or_else(String::new, |breach| self.wall.moment(breach.at)),
                format!("{}, {}", owed.verdict, owed.phase),
                owed.repaired_by.map_or("", |by| self.label(by)).to_owned(),
            ]);
        }
        if table.row_count() > 0 {
            writeln!(out, "{table}\n")?;
        }
        Ok(())
    }
}

/// How much later it was found out, if it was.
fn noticed(line: &Line, wall: Wall) -> String {
    match line {
        Line::Event(Recorded { at, noticed, event: Event::Commitment(_), .. })
            if noticed.micros_since(*at) > AT_ONCE =>
        {
            format!("   [found out {} later, {}]", words::time(noticed.micros_since(*at)), wall.moment(*noticed))
        }
        Line::Event(_) | Line::Refused(..) => String::new(),
    }
}
