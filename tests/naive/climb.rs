//! Who has heard of it: each ladder told from its beginning, for each commitment and for the ticket.

use owed::{CommitmentId, EscalationId};
use uuid::Uuid;

use super::TICKET;
use super::book::{Book, Ladder, On, Trigger};
use super::facts::{Deed, Heard, Key, Who};
use super::life::{Life, News};
use super::rungs::Place;
use super::week::{At, Weeks};

/// One escalation.
#[derive(Clone, Debug)]
pub(crate) struct Climb {
    pub(crate) id: EscalationId,
    pub(crate) ladder: usize,
    pub(crate) about: Option<CommitmentId>,
    pub(crate) causes: Vec<Cause>,
    pub(crate) since: At,
    pub(crate) place: Place,
    pub(crate) stage: Stage,
    pub(crate) notices: u32,
    /// How many rungs in a row had nobody, which rungs have nobody, and which notice has reached nobody, or somebody.
    pub(crate) nobody: u16,
    pub(crate) vacant: Vec<u16>,
    pub(crate) empty: Option<u32>,
    pub(crate) reached: bool,
    /// The rung that it was put on before anybody had heard of it.
    pub(crate) put_on: Option<u16>,
}

/// Why somebody must hear of it: which of its ladder's causes, or somebody's word; since when; and until when it has to last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cause {
    pub(crate) trigger: Option<usize>,
    pub(crate) since: At,
    pub(crate) until: Option<At>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Stage {
    Armed(At),
    /// When he was to hear of it, and when the next one does.
    Notified(At, At),
    /// By whom, since when, until when.
    Acknowledged(&'static str, At, At),
    Snoozed(At),
    /// Since when, how many reminders, when the next.
    Exhausted(At, u32, At),
    Closed(At),
}

/// What it is told from: a ladder of the book, and whose minutes count.
#[derive(Clone, Copy)]
pub(super) struct By<'a> {
    pub(super) ladder: &'a Ladder,
    pub(super) weeks: &'a Weeks,
}

/// What a ladder hears of.
enum Hears<'a> {
    News(News),
    Fact(&'a Heard<'a>),
}

/// Every escalation there has been.
pub(super) fn climbs(book: &Book, lives: &[Life<'_>], heard: &[Heard<'_>], now: At) -> Vec<Climb> {
    let mut climbs = Vec::new();
    for (index, ladder) in book.ladders.iter().enumerate() {
        let telling = Telling { by: By { ladder, weeks: &book.weeks }, index, lives, heard, now };
        let of_lives = lives.iter().flat_map(|life| telling.about(Some(life)));
        climbs.extend(of_lives.chain(telling.about(None)));
    }
    climbs
}

struct Telling<'a> {
    by: By<'a>,
    index: usize,
    lives: &'a [Life<'a>],
    heard: &'a [Heard<'a>],
    now: At,
}

impl Telling<'_> {
    /// The escalations about one commitment, or about the ticket.
    fn about(&self, life: Option<&Life<'_>>) -> Vec<Climb> {
        let news = life.into_iter().flat_map(|life| life.news.iter().map(|(key, news)| (*key, Hears::News(*news))));
        let facts = self.heard.iter().map(|fact| ((fact.key.0, fact.key.1, 1), Hears::Fact(fact)));
        let mut all: Vec<(Key, Hears<'_>)> = news.chain(facts).collect();
        all.sort_by_key(|(key, _)| *key);
        let mut climbs: Vec<Climb> = Vec::new();
        for (key, hears) in all {
            climbs.iter_mut().for_each(|climb| climb.pass(self.by, key.0));
            match hears {
                Hears::News(news) => {
                    // What somebody has put on a ladder hears of all its causes; of itself it climbs only what it is told to climb.
                    let starts = |trigger: &Trigger| life.is_some_and(|life| self.news(life, (key, news), trigger));
                    let climbs_it = life.is_some_and(|life| life.ladders.contains(&self.index));
                    let ends = |cause: &Cause| {
                        let warned = |at: usize| self.by.ladder.causes[at].on == On::Warned;
                        let moved = matches!(news, News::Moved | News::Broken);
                        news == News::Over || moved && cause.trigger.is_some_and(warned)
                    };
                    self.joins(&mut climbs, life, key.0, &starts, &ends);
                    if climbs_it {
                        self.begins(&mut climbs, life, key.0, &starts);
                    }
                }
                Hears::Fact(fact) => self.fact(&mut climbs, life, fact),
            }
        }
        climbs.iter_mut().for_each(|climb| climb.pass(self.by, self.now));
        climbs
    }

    fn fact(&self, climbs: &mut Vec<Climb>, life: Option<&Life<'_>>, fact: &Heard<'_>) {
        let at = fact.key.0;
        if let Deed::Escalate(ladder, about) = fact.deed {
            if *ladder == self.index && *about == life.map(|life| life.id) {
                self.asked(climbs, life, at);
            }
            return;
        }
        if let Some(climb) = climbs.iter_mut().find(|climb| fact.deed.is_about(climb.id)) {
            return climb.act(self.by, fact.deed, at);
        }
        let starts = |trigger: &Trigger| life.is_none() && self.turned(fact, trigger);
        let ends = |cause: &Cause| {
            life.is_none()
                && match cause.trigger.map(|at| &self.by.ladder.causes[at]) {
                    None => fact.ends(),
                    Some(trigger) => trigger.is_gone(fact),
                }
        };
        // What there is hears of its causes, whoever has it hears of the progress, and then what is new begins.
        let before = climbs.len();
        self.joins(climbs, life, at, &starts, &ends);
        let works = climbs[..before].iter_mut().filter(|climb| fact.is_work_for(climb));
        works.for_each(|climb| climb.progress(self.by, at));
        if climbs.len() == before {
            self.begins(climbs, life, at, &starts);
        }
    }

    fn causes(&self, at: At, starts: &dyn Fn(&Trigger) -> bool) -> Vec<Cause> {
        let ladder = self.by.ladder;
        let started = ladder.causes.iter().enumerate().filter(|(_, trigger)| starts(trigger));
        let until = |trigger: &Trigger| trigger.after.map(|after| self.by.after(at, after));
        started.map(|(index, trigger)| Cause { trigger: Some(index), since: at, until: until(trigger) }).collect()
    }

    /// Causes of the one that there is come and go.
    fn joins(
        &self,
        climbs: &mut Vec<Climb>,
        life: Option<&Life<'_>>,
        at: At,
        starts: &dyn Fn(&Trigger) -> bool,
        ends: &dyn Fn(&Cause) -> bool,
    ) {
        let Some(climb) = climbs.last_mut().filter(|climb| climb.is_live()) else { return };
        let (gone, left): (Vec<Cause>, Vec<Cause>) = climb.causes.iter().partition(|cause| ends(cause));
        let has = |list: &[Cause], cause: &Cause| list.iter().any(|other| other.trigger == cause.trigger);
        let joined: Vec<Cause> = self.causes(at, starts).into_iter().filter(|cause| !has(&left, cause)).collect();
        if left.is_empty() && joined.iter().all(|cause| has(&gone, cause)) {
            climb.stage = Stage::Closed(at);
            return;
        }
        let causes: Vec<Cause> = left.into_iter().chain(joined.iter().copied()).collect();
        let nobody_need_hear = causes.iter().all(|cause| cause.until.is_some());
        if nobody_need_hear && !matches!(climb.stage, Stage::Armed(_)) {
            // All that somebody has heard of is gone, and something has still to last: that is an end, and a new one.
            climb.stage = Stage::Closed(at);
            return self.begin(climbs, life, at, causes);
        }
        climb.causes = causes;
        let at_once = joined.iter().filter(|cause| cause.until.is_none()).map(|cause| self.by.rung(cause));
        if let Some(rung) = at_once.max() {
            climb.raise(self.by, rung, at);
        }
    }

    fn begins(&self, climbs: &mut Vec<Climb>, life: Option<&Life<'_>>, at: At, starts: &dyn Fn(&Trigger) -> bool) {
        if climbs.last().is_none_or(|last| !last.is_live()) {
            let causes = self.causes(at, starts);
            if !causes.is_empty() {
                self.begin(climbs, life, at, causes);
            }
        }
    }

    /// It begins with what need not last, the highest rung first, or else with what has lasted first.
    fn begin(&self, climbs: &mut Vec<Climb>, life: Option<&Life<'_>>, at: At, mut causes: Vec<Cause>) {
        let rung = |cause: &Cause| self.by.rung(cause);
        causes.sort_by_key(|cause| (cause.until, std::cmp::Reverse(rung(cause))));
        let first = causes[0];
        let subject = life.map_or(TICKET.0, |life| life.id.0);
        let name = format!("escalation\0{}\0{}", self.by.ladder.name, climbs.len() + 1);
        let mut climb = Climb {
            id: EscalationId(Uuid::new_v5(&subject, name.as_bytes())),
            ladder: self.index,
            about: life.map(|life| life.id),
            causes,
            since: at,
            place: Place { lapse: 0, round: 0, rung: rung(&first) },
            stage: Stage::Armed(first.until.unwrap_or(at)),
            notices: 0,
            nobody: 0,
            vacant: vec![],
            empty: None,
            reached: false,
            put_on: None,
        };
        if first.until.is_none() {
            climb.notify(self.by, climb.place, at);
        }
        climbs.push(climb);
    }

    /// Somebody at the desk asks for it: one more cause of the one that there is, or a new one.
    fn asked(&self, climbs: &mut Vec<Climb>, life: Option<&Life<'_>>, at: At) {
        let cause = Cause { trigger: None, since: at, until: None };
        let Some(climb) = climbs.last_mut().filter(|climb| climb.is_live()) else {
            return self.begin(climbs, life, at, vec![cause]);
        };
        climb.causes.push(cause);
        match climb.stage {
            Stage::Armed(_) => {
                let rung = climb.rung_of(self.by, &cause);
                climb.raise(self.by, rung, at);
            }
            Stage::Exhausted(..) => climb.exhaust(at),
            Stage::Notified(..) | Stage::Acknowledged(..) | Stage::Snoozed(_) | Stage::Closed(_) => {}
        }
    }

    fn news(&self, life: &Life<'_>, (key, news): (Key, News), trigger: &Trigger) -> bool {
        let chain =
            || std::iter::successors(Some(life), |life| self.lives.iter().find(|of| Some(of.id) == life.before));
        match (trigger.on, news) {
            (On::Warned, News::Warned) => true,
            (On::PromisedAgain, News::PromisedAgain) => chain().filter(|of| of.repairs).count() >= trigger.times,
            (On::Breached { metric, promised }, News::Broken) => {
                let admitted = metric.is_none_or(|metric| life.metric == Some(metric))
                    && promised.is_none_or(|promised| life.is_promised_by(key) == promised);
                admitted && chain().filter(|of| of.breach.is_some()).count() >= trigger.times
            }
            _ => false,
        }
    }

    fn turned(&self, fact: &Heard<'_>, trigger: &Trigger) -> bool {
        match trigger.on {
            On::Comes(status) => fact.comes_to() == Some(status) && fact.times(self.heard) >= trigger.times,
            On::Stands(_) | On::Urgent => {
                let stood = fact.before.is_some_and(|before| trigger.stands(before.status, before.priority));
                let stands = trigger.stands(fact.after.status, fact.after.priority);
                stands && (!stood || trigger.is_over(fact))
            }
            On::Warned | On::Breached { .. } | On::PromisedAgain => false,
        }
    }
}

impl Trigger {
    fn stands(&self, status: &str, priority: usize) -> bool {
        match self.on {
            On::Stands(statuses) => statuses.contains(&status),
            On::Urgent => priority == 0 && !matches!(status, "solved" | "closed"),
            On::Comes(_) | On::Warned | On::Breached { .. } | On::PromisedAgain => false,
        }
    }

    fn is_over(&self, fact: &Heard<'_>) -> bool {
        self.until_answered && (fact.says(Who::Agent) || fact.says(Who::Note))
    }

    fn is_gone(&self, fact: &Heard<'_>) -> bool {
        let gone = match self.on {
            On::Stands(_) | On::Urgent => !self.stands(fact.after.status, fact.after.priority),
            On::Comes(_) => fact.ends(),
            On::Warned | On::Breached { .. } | On::PromisedAgain => false,
        };
        gone || self.is_over(fact)
    }
}
