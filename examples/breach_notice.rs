//! # The silent breach
//!
//! A mail provider's accounts are broken into for eight months, and one reader's is taken over four times. The company says nothing; in the
//! first part it does it wrong, in the second it does it right, and both are owed the same. The story is an article's; its instants, its
//! customers and what happens in the second part are made up. Every figure comes from an event or a query.
//!
//! `cargo run --example breach_notice`

#[path = "story/incident.rs"]
mod story;

use chrono_tz::Tz;
use owed::commitment::{Actor, Channel, Deliverable, DueRule, Order as Debt, Owner, Rounds};
use owed::incident::{Affected, Clocks, Declare, Mending, Order, Owes, Recurrence, Target, Telling, Updates, Whom};
use owed::{AgentId, MessageRef, Name, SeriesId, TeamId, ticket};

use story::{Desk, Failure, uuid, who};

/// Who is hit the fourth time within a year is the business of somebody who can do something about it.
const RULES: &str = r#"{
  "calendars": { "office": { "time_zone": "America/Los_Angeles", "weekly": { "mon-fri": ["09:00-17:00"] } } }, "calendar": "office",
  "agreements": [],
  "ladders": [{ "name": "again", "causes": [{ "while": { "fields": { "incident_times": { "at_least": 4 }, "incident_span_days": { "at_most": 366 } } } }],
                "rungs": [{ "notify": "head of security", "wait": "4 hours" }] }] }"#;

fn main() -> Result<(), Failure> {
    story("2013-09-09T17:00:00-07:00").map(|said| println!("{}", said.join("\n")))
}

/// What an incident of this company owes: a notice within three days, also over the weekend; an answer within eight hours; the fix within a
/// week; and news every four hours until it is fixed.
fn declare(series: u128, affected: Vec<Affected>) -> Result<Declare, Failure> {
    let within = |time: &str| -> Result<Target, Failure> { Ok(Target::within(time.parse()?)) };
    let team = Owner::from(TeamId::new("security")?);
    Ok(Declare {
        severity: Name::new("major")?,
        owner: team.clone(),
        lead: team.through(AgentId::new("lena")?),
        owes: Owes {
            notice: within("72 hours")?,
            answer: within("8 hours")?,
            mending: Mending::Fix(DueRule::Within("1 week".parse()?)),
            updates: Some(Updates {
                series: SeriesId(uuid(series)),
                every: "4 hours".parse()?,
                mode: Rounds::Rolling,
                horizon: DueRule::Within("48 hours".parse()?),
                decide_within: "2 hours".parse()?,
                calendar: None,
            }),
            news: within("24 hours")?,
            feedback: within("48 hours")?,
            repair: within("8 hours")?,
            review: Some(within("2 weeks")?),
        },
        clocks: Clocks::On,
        affected,
    })
}

/// What happens if, in the second part, it is known and declared then.
pub fn story(known: &str) -> Result<Vec<String>, Failure> {
    let mut desk = Desk::new(RULES, Tz::America__Los_Angeles)?;
    wrong(&mut desk)?;
    right(&mut desk, known)?;
    Ok(desk.said)
}

/// Eight months of silence.
fn wrong(desk: &mut Desk) -> Result<(), Failure> {
    let lena = AgentId::new("lena")?;
    let message = |text: &str| MessageRef::new(text);
    desk.said.push("I. How it was done".into());
    let affected =
        ["maya", "omar", "ines"].map(|name| who(name).map(Affected::new)).into_iter().collect::<Result<_, _>>()?;
    desk.take("2013-01-07T09:00:00-08:00", lena.clone(), declare(10, affected)?)?;

    // Maya writes. Nobody answers.
    desk.take(
        "2013-01-09T10:00:00-08:00",
        who("maya")?,
        Order::Ask { customer: who("maya")?, message: message("mail 1")? },
    )?;
    desk.sleep_until("2013-02-07T09:00:00-08:00")?;
    desk.report("2013-02-07T09:00:00-08:00")?;

    // In July the company says on its blog that it is sorry.
    desk.sleep_until("2013-07-11T09:00:00-07:00")?;
    desk.take("2013-07-11T09:00:00-07:00", lena.clone(), Order::Apologise { message: message("blog")? })?;
    desk.may_not("2013-07-11T09:05:00-07:00", lena.clone(), Order::Resolve { message: message("blog")? })?;

    // In September the hole is closed, and everybody reads of it in the papers.
    desk.take("2013-09-02T09:00:00-07:00", lena.clone(), Order::Resolve { message: message("patch 1")? })?;
    let everybody = Order::Tell { what: Telling::Notice, whom: Whom::Everybody, message: message("mail to all")? };
    desk.take("2013-09-03T09:00:00-07:00", lena.clone(), everybody)?;
    desk.sleep_until("2013-09-05T12:00:00-07:00")?;
    desk.report("2013-09-05T12:00:00-07:00")?;
    desk.may_not("2013-09-05T12:00:00-07:00", lena, Order::Close {})?;
    desk.ledger("eight months later");
    Ok(())
}

/// The next one, a week later.
fn right(desk: &mut Desk, known: &str) -> Result<(), Failure> {
    let (lena, mia) = (AgentId::new("lena")?, AgentId::new("mia")?);
    let message = |text: &str| MessageRef::new(text);
    let again = Recurrence { times: 4, first: "2013-01-07T09:00:00-08:00".parse()? };
    let tell = |what, names: &[&str]| -> Result<Order, Failure> {
        let whom = Whom::These(names.iter().map(|name| who(name)).collect::<Result<_, _>>()?);
        Ok(Order::Tell { what, whom, message: message("letter")? })
    };
    desk.next_incident();
    desk.said.push(String::new());
    desk.said.push("II. How it can be done".into());

    // Each in his language, over his channel; and Maya, whom it hits for the fourth time, has somebody of her own.
    let maya = Affected::new(who("maya")?).over(Channel::Email, Name::new("en")?).with_contact(mia.clone());
    let affected = vec![
        maya.hit_again(again),
        Affected::new(who("omar")?).over(Channel::Email, Name::new("ar")?),
        Affected::new(who("ines")?).over(Channel::Chat, Name::new("pt")?),
    ];
    desk.take(known, lena.clone(), declare(11, affected)?)?;

    // She has a ticket, which is linked; a ladder hears of the fourth time.
    desk.on_the_ticket("2013-09-09T18:00:00-07:00", Actor::Customer(who("maya")?), ticket::Order::open(who("maya")?))?;
    let link = Order::Link { ticket: desk.ticket.id(), customer: who("maya")? };
    desk.take("2013-09-09T18:05:00-07:00", mia.clone(), link)?;
    desk.take(
        "2013-09-09T18:10:00-07:00",
        who("maya")?,
        Order::Ask { customer: who("maya")?, message: message("mail 2")? },
    )?;

    // News before the round is due; the host says that it answers what was asked.
    desk.take(
        "2013-09-09T20:30:00-07:00",
        lena.clone(),
        Order::Update { message: message("status 1")?, answers: true },
    )?;
    desk.take(
        "2013-09-10T00:15:00-07:00",
        lena.clone(),
        Order::Update { message: message("status 2")?, answers: false },
    )?;
    desk.take(
        "2013-09-10T04:00:00-07:00",
        lena.clone(),
        Order::Update { message: message("status 3")?, answers: false },
    )?;

    // Before they read of it elsewhere.
    desk.take("2013-09-10T06:00:00-07:00", lena.clone(), tell(Telling::Notice, &["maya", "omar", "ines"])?)?;
    let bounce = Order::Bounce { what: Telling::Notice, customer: who("omar")?, message: message("letter")? };
    desk.take("2013-09-10T06:30:00-07:00", lena.clone(), bounce)?;
    let phone =
        Order::Reach { customer: who("omar")?, channel: Some(Channel::Phone), language: Some(Name::new("ar")?) };
    desk.take("2013-09-10T06:30:00-07:00", mia.clone(), phone)?;
    desk.take("2013-09-10T07:00:00-07:00", mia.clone(), tell(Telling::Notice, &["omar"])?)?;

    // One more is found to be affected.
    let late = vec![Affected::new(who("yuki")?).over(Channel::Email, Name::new("ja")?)];
    desk.take("2013-09-10T07:30:00-07:00", lena.clone(), Order::Affect { customers: late })?;
    desk.report("2013-09-10T07:30:00-07:00")?;
    desk.take(
        "2013-09-10T07:45:00-07:00",
        lena.clone(),
        Order::Update { message: message("status 4")?, answers: false },
    )?;
    desk.take("2013-09-10T09:00:00-07:00", mia.clone(), tell(Telling::Notice, &["yuki"])?)?;

    // Fixed, told, asked; and heard.
    desk.take("2013-09-10T10:00:00-07:00", lena.clone(), Order::Resolve { message: message("patch 2")? })?;
    for what in [Telling::News, Telling::Feedback] {
        let everybody = Order::Tell { what, whom: Whom::Everybody, message: message("it is over")? };
        desk.take("2013-09-10T12:00:00-07:00", lena.clone(), everybody)?;
    }
    let hear = |safe| -> Result<Order, Failure> {
        Ok(Order::Hear { customer: who("maya")?, safe, message: message("mail 3")? })
    };
    desk.take("2013-09-10T15:00:00-07:00", who("maya")?, hear(false)?)?;
    desk.may_not("2013-09-10T15:05:00-07:00", lena.clone(), Order::Close {})?;
    desk.take(
        "2013-09-10T16:00:00-07:00",
        mia.clone(),
        Order::Answer { customer: who("maya")?, message: message("call")? },
    )?;
    let repair = Order::Repair { customer: who("maya")?, message: message("account reset")? };
    desk.take("2013-09-10T17:00:00-07:00", mia.clone(), repair)?;
    desk.take("2013-09-10T17:10:00-07:00", mia.clone(), tell(Telling::News, &["maya"])?)?;
    desk.take("2013-09-10T17:10:00-07:00", mia.clone(), tell(Telling::Feedback, &["maya"])?)?;
    desk.take("2013-09-11T09:00:00-07:00", who("maya")?, hear(true)?)?;
    // What was left to her to decide, if it came to that, she decides.
    let open = desk.incident.ledger().open().filter(|owed| owed.deliverable == Deliverable::Decision);
    let decisions: Vec<_> = open.map(|owed| owed.id).collect();
    for commitment in decisions {
        let decided = Debt::Fulfil { commitment, evidence: Some(message("minutes")?) };
        desk.take("2013-09-13T10:00:00-07:00", lena.clone(), decided)?;
    }
    desk.take("2013-09-13T10:00:00-07:00", lena.clone(), Order::Review { message: message("minutes")?, next: None })?;
    desk.take("2013-09-13T10:30:00-07:00", lena, Order::Close {})?;
    desk.report("2013-09-13T10:30:00-07:00")?;
    desk.ledger("in the end");
    Ok(())
}
