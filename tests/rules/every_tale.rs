//! Every tale of a few steps, told to the crate: questions, answers and notes, sent at once, fetched late or claimed, put right by a program or a person, and
//! bounced. What is owed and broken at its end is found from the tale alone, and held against what the crate says.

use owed::commitment::{Happened, Stamp};

use super::put_right::{bounce, message, was};
use super::record::{breached, by_mail};
use crate::desk::*;

/// So many steps has a tale at most, which makes 586 tales of claims and 573 of what is told late. `OWED_TALES=4` tells 7,866 and 7,139, in ten seconds; and
/// `OWED_TALES=5` 115,399 and 98,932, in two minutes on two free cores.
const STEPS: usize = 3;
/// In minutes since midnight: the first question, at nine, and from one step to the next.
const NINE: i64 = 9 * 60;
const STEP: i64 = 45;

fn instant(minutes: i64) -> String {
    format!("{:02} {:02}:{:02}", 2 + minutes / (24 * 60), minutes / 60 % 24, minutes % 60)
}

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Is {
    Question,
    Answer,
    Note,
}

impl Is {
    const fn author_and_visibility(self) -> (&'static str, &'static str) {
        match self {
            Self::Question => ("customer", "public"),
            Self::Answer => ("agent", "public"),
            Self::Note => ("agent", "internal"),
        }
    }
}

/// When something happened, and who says so.
#[derive(Clone, Copy, Debug, PartialEq)]
enum When {
    Now,
    /// So many steps ago, as the channel vouches.
    Fetched(i64),
    /// So many steps ago, as somebody claims.
    Claimed(i64),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Said(Is, When),
    /// The message of that number was something else, as a person says.
    Filed(usize, Is),
    /// As a program says.
    Was(usize, Is),
    Bounced(usize),
}

/// What a tale has told, and what has become of it.
struct Fact {
    is: Is,
    /// What it is as a program vouches.
    vouched: Is,
    /// Since when a person claims it to be something else.
    filed: Option<i64>,
    happened: i64,
    taken: i64,
    is_claimed: bool,
    has_bounced: bool,
}

impl Fact {
    const fn at_once(is: Is, at: i64) -> Self {
        let (filed, is_claimed, has_bounced) = (None, false, false);
        Self { is, vouched: is, filed, happened: at, taken: at, is_claimed, has_bounced }
    }

    /// What is only claimed is beyond doubt since it is.
    fn known(&self) -> i64 {
        let told = if self.is_claimed { self.taken } else { self.happened };
        self.filed.unwrap_or(told)
    }
}

struct Tale {
    desk: Desk,
    /// The first of them is the question of nine o'clock.
    facts: Vec<Fact>,
    log: Vec<String>,
}

impl Tale {
    fn begin(world: &World) -> Self {
        let mut desk = Desk::new(world.agreements);
        for (at, order) in world.opening {
            desk.at(at, order);
        }
        Self { desk, facts: vec![Fact::at_once(Is::Question, NINE)], log: Vec::new() }
    }

    /// Takes a step, if it makes sense: nothing happens before nine, nobody says what is known, and what bounced is done with.
    fn take(&mut self, number: usize, step: Step) -> Option<()> {
        let now = NINE + STEP * (i64::try_from(number).expect("few") + 1);
        let reference = format!("x-{}", self.facts.len());
        match step {
            Step::Said(is, when) => {
                let (author, visibility) = is.author_and_visibility();
                self.tell(number, now, when, &message(author, visibility, &reference), is)
            }
            Step::Filed(message, is) | Step::Was(message, is) => {
                let by_program = matches!(step, Step::Was(..));
                let fact = self.facts.get_mut(message).filter(|fact| !fact.has_bounced)?;
                let is_known = fact.is == is && !(by_program && fact.filed.is_some());
                // Nobody may claim that a question was none, and so strike it out.
                if is_known || !by_program && fact.is == Is::Question {
                    return None;
                }
                if by_program {
                    fact.vouched = is;
                }
                fact.is = is;
                fact.filed = (is != fact.vouched).then_some(now);
                let (author, visibility) = is.author_and_visibility();
                let order = was(&format!("x-{message}"), author, visibility);
                self.log.extend(match by_program {
                    true => by_mail(&mut self.desk, &instant(now), &order),
                    false => self.desk.at(&instant(now), &order),
                });
                Some(())
            }
            Step::Bounced(message) => {
                let bounces = |fact: &&mut Fact| fact.is == Is::Answer && !fact.has_bounced;
                self.facts.get_mut(message).filter(bounces)?.has_bounced = true;
                self.log.extend(by_mail(&mut self.desk, &instant(now), &bounce(&format!("x-{message}"))));
                Some(())
            }
        }
    }

    /// No two things are of one instant: it was so many minutes after that step as its own number and how it is told say.
    fn tell(&mut self, number: usize, now: i64, when: When, order: &str, is: Is) -> Option<()> {
        let after = 10 + 2 * i64::try_from(number).expect("few");
        let (happened, stamp) = match when {
            When::Now => (now, None),
            When::Fetched(ago) => (now - STEP * ago + after, Some(Stamp::Transport)),
            When::Claimed(ago) => (now - STEP * ago + after + 1, Some(Stamp::Claim)),
        };
        if happened <= NINE {
            return None;
        }
        let mut command = self.desk.command(&instant(now), order);
        command.happened = stamp.map(|stamp| Happened { at: t(&instant(happened)), stamp });
        let events = self.desk.handle(&command).expect("taken");
        self.log.extend(self.desk.say_all(&events));
        let is_claimed = stamp == Some(Stamp::Claim);
        self.facts.push(Fact { happened, is_claimed, ..Fact::at_once(is, now) });
        Some(())
    }

    fn answers(&self) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(|fact| fact.is == Is::Answer && !fact.has_bounced)
    }

    /// When those questions were asked that no answer has followed, in fact and as it was taken in.
    fn waiting(&self) -> impl Iterator<Item = i64> {
        let follows = |answer: &Fact, asked: &Fact| answer.taken >= asked.taken && answer.happened >= asked.happened;
        let waits = move |asked: &&Fact| !self.answers().any(|answer| follows(answer, asked));
        self.questions().filter(waits).map(|asked| asked.happened)
    }

    fn questions(&self) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(|fact| fact.is == Is::Question)
    }
}

/// What tales are told in.
struct World {
    agreements: &'static str,
    opening: &'static [(&'static str, &'static str)],
    /// The steps that can follow so many facts.
    steps: fn(usize) -> Vec<Step>,
    /// By when what is owed at its end is due, if anything is.
    due: fn(&Tale) -> Option<i64>,
    /// Whether something is broken by then, where the facts alone say that.
    is_broken: fn(&Tale, i64) -> Option<bool>,
}

impl World {
    /// Tells every tale that begins so, and says how many there are.
    fn tell(&self, begun: &mut Vec<Step>, steps: usize, wrong: &mut Vec<String>) -> usize {
        let facts = begun.iter().filter(|step| matches!(step, Step::Said(..))).count();
        let mut told = 0;
        for step in (self.steps)(facts) {
            begun.push(step);
            let mut tale = Tale::begin(self);
            if begun.iter().enumerate().try_for_each(|(number, step)| tale.take(number, *step)).is_some() {
                told += 1;
                let end = NINE + STEP * (i64::try_from(begun.len()).expect("few") + 1) + 20;
                let more = tale.desk.wake(&instant(end));
                tale.log.extend(more);
                match self.wrong(&tale, end) {
                    Some(what) => wrong.push(format!("{what}: {begun:?}\n    {}", tale.log.join("\n    "))),
                    None if begun.len() < steps => told += self.tell(begun, steps, wrong),
                    None => {}
                }
            }
            begun.pop();
        }
        told
    }

    /// What the crate says otherwise than the tale, at its end.
    fn wrong(&self, tale: &Tale, end: i64) -> Option<String> {
        let due: Vec<_> = (self.due)(tale).map(|due| t(&instant(due))).into_iter().collect();
        let owed: Vec<_> = tale.desk.ticket.ledger().open().map(|owed| owed.due).collect();
        let broken = breached(&tale.desk);
        if owed != due {
            return Some(format!("owed {owed:?}, and should be {due:?}"));
        }
        let otherwise = (self.is_broken)(tale, end).is_some_and(|is_broken| is_broken != (broken > 0));
        otherwise.then(|| format!("{broken} broken"))
    }

    /// Tells every tale, of which there are at least so many.
    #[track_caller]
    fn tell_all(&self, at_least: usize) {
        let steps = std::env::var("OWED_TALES").map_or(STEPS, |steps| steps.parse().expect("a number of steps"));
        let mut wrong = Vec::new();
        let told = self.tell(&mut Vec::new(), steps, &mut wrong);
        let first = wrong.get(..12).unwrap_or(&wrong).join("\n");
        assert!(wrong.is_empty(), "{} of {told} tales, the first of them:\n{first}", wrong.len());
        assert!(told >= at_least, "{told} tales");
    }
}

/// One target, and all that an agent can claim. Nobody may put a record right, so a claim counts since it was made.
#[test]
fn every_tale_of_claims_ends_as_its_facts_say() {
    let world = World {
        agreements: r#"[{ "name": "sla", "targets": { "next_response": "2 hours" } }]"#,
        opening: &[
            ("02 08:00", OPEN),
            ("02 08:30", ANSWER),
            ("02 09:00", r#"{"room": "ticket", "type": "message", "author": "customer", "message": "x-0"}"#),
        ],
        steps: |facts| {
            let now = [Is::Question, Is::Answer, Is::Note].map(|is| Step::Said(is, When::Now));
            let earlier = (1..=3).flat_map(|ago| [When::Fetched(ago), When::Claimed(ago)]);
            let told = now.into_iter().chain(earlier.map(|when| Step::Said(Is::Answer, when)));
            let filed = |number| [Is::Answer, Is::Note].map(|is| Step::Filed(number, is));
            let vouched = |number| [Step::Was(number, Is::Answer), Step::Bounced(number)];
            told.chain((1..=facts).flat_map(|number| filed(number).into_iter().chain(vouched(number)))).collect()
        },
        due: |tale| tale.waiting().min().map(|asked| asked + 2 * 60),
        is_broken: |tale, end| {
            // When one of several questions was answered, another may have been asked by then.
            let answered = tale.answers().map(Fact::known).min();
            (tale.questions().count() == 1).then(|| answered.unwrap_or(end) > NINE + 2 * 60)
        },
    };
    world.tell_all(500);
}

/// Two targets, one after the other, and all that is fetched late and put right. The channel vouches for everything, and nothing comes too late.
#[test]
fn every_tale_of_what_is_told_late_ends_as_its_facts_say() {
    let world = World {
        agreements: r#"[{ "name": "sla", "targets": { "first_response": "40 hours", "next_response": "20 hours" } }]"#,
        opening: &[("02 09:00", OPEN)],
        steps: |facts| {
            let when = [When::Now, When::Fetched(1), When::Fetched(2)];
            let said = when.into_iter().flat_map(|when| [Is::Question, Is::Answer].map(|is| Step::Said(is, when)));
            let told = [Step::Said(Is::Note, When::Now)].into_iter().chain(said);
            let was = |number| [Is::Question, Is::Answer, Is::Note].map(|is| Step::Was(number, is));
            told.chain((1..=facts).flat_map(|number| was(number).into_iter().chain([Step::Bounced(number)]))).collect()
        },
        due: |tale| match tale.answers().next() {
            None => Some(NINE + 40 * 60),
            Some(_) => tale.waiting().min().map(|asked| asked + 20 * 60),
        },
        is_broken: |_, _| Some(false),
    };
    world.tell_all(500);
}
