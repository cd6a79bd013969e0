//! The log goes over a desk, once.

use owed::{Name, NameError, Rulebook, Timestamp};

use super::log::Log;
use super::orders::{View, command};
use crate::replay::cli::Run;
use crate::replay::complaints::Complaints;
use crate::replay::desk::{Desk, Said, Say, Verdicts};
use crate::replay::failure::Failure;

/// Who gives the commands: the log names others, of whom nothing is asked here.
const IMPORTER: &str = "uci-log";

impl Log {
    /// Feeds all steps to a desk, in the order of their instants. Its tickets are then in the order of the incidents.
    pub(crate) fn replay<'r>(
        &self,
        view: View,
        rules: &'r Rulebook,
        run: Run,
        complaints: &mut Complaints<'_>,
        mut tick: impl FnMut(),
        say: &mut Say<'_>,
    ) -> Result<Verdicts<'r>, Failure> {
        let by = Name::new(IMPORTER).map_err(|error: NameError| Failure::Unusable(error.to_string()))?;
        let mut desk = Desk::new(rules, run.wake);
        let seats: Vec<_> = self.incidents.iter().map(|incident| desk.seat(incident.ticket)).collect();
        let until = run.until.or(self.steps.last().map(|step| step.at)).unwrap_or(Timestamp::MIN);
        for step in self.steps.iter().take_while(|step| step.at <= until) {
            tick();
            let Some(incident) = self.incident(step.incident) else { continue };
            let Some(seat) = usize::try_from(step.incident).ok().and_then(|place| seats.get(place)) else { continue };
            let row = step.row.and_then(|row| self.row(row));
            let orders = match row {
                None => [Some(view.opening(self, incident)), None, None, None],
                Some(row) => desk.ticket(*seat).map(|ticket| view.changes(self, row, ticket)).unwrap_or_default(),
            };
            for (order, nth) in orders.into_iter().flatten().zip(0..) {
                let command = command(*step, row, incident.ticket, nth, &by, order);
                desk.take(*seat, &command, step.at, &mut |said| {
                    if let Said::Refused(_, why) = &said {
                        let line = row.map_or(1, |row| row.line);
                        complaints.tell(&self.file, line, format_args!("incident {}: {why}", incident.number));
                    }
                    say(said)
                })?;
            }
        }
        desk.finish(until, say)
    }
}
