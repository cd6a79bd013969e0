//! What is tried in every state: the words of the customer, of the desk and of a stranger.

use owed::commitment::{Attempt, Chase, DueRule, Order as About, Party, Rounds, Stamp};
use owed::escalation::Order as Tell;
use owed::ticket::{Author, Class, Order as Turn, Status, Visibility};
use owed::{AgentId, EscalationId, Order, Priority, Timestamp};

use super::moves::{HOUR, Move, SERIES, Scene, Who, about, late, message, name, owner, too_late, turn};
use super::promises;

fn said(author: Author, class: Option<Class>) -> Option<Order> {
    let (visibility, message) = (Visibility::Public, Some(message()));
    Some(Turn::Message { author, visibility, class, message }.into())
}

fn stands(status: Status) -> Option<Order> {
    Some(Turn::SetStatus { status }.into())
}

fn urgent(priority: &str) -> Option<Order> {
    Some(Turn::SetPriority { priority: Some(Priority::new(priority).unwrap()) }.into())
}

fn commitment(order: About) -> Option<Order> {
    Some(order.into())
}

/// An order about the escalation that is live.
fn told(scene: &Scene<'_>, order: fn(EscalationId, Timestamp) -> Tell) -> Option<Order> {
    let live = scene.ticket.escalations().live().next()?;
    Some(order(live.id, scene.now).into())
}

fn stop_for(scene: &Scene<'_>, reason: &str) -> Option<Order> {
    commitment(About::Pause { commitment: scene.of, reason: name(reason), until: None, told: Some(message()) })
}

fn chase(scene: &Scene<'_>, step: Chase) -> Option<Order> {
    commitment(About::Chase { commitment: scene.of, step, message: message() })
}

fn fulfil(scene: &Scene<'_>) -> Option<Order> {
    commitment(About::Fulfil { commitment: scene.of, evidence: None })
}

fn release(scene: &Scene<'_>) -> Option<Order> {
    commitment(About::Release { commitment: scene.of, evidence: message() })
}

fn accept(scene: &Scene<'_>) -> Option<Order> {
    commitment(About::Accept { commitment: scene.of, successor: scene.next, evidence: message() })
}

fn meet(scene: &Scene<'_>) -> Option<Order> {
    commitment(About::MeetCondition { commitment: scene.of, evidence: message() })
}

fn hear(scene: &Scene<'_>) -> Option<Order> {
    commitment(About::Hear { commitment: scene.of })
}

fn waive(scene: &Scene<'_>) -> Option<Order> {
    commitment(About::Waive { commitment: scene.of, evidence: message() })
}

fn attempt(scene: &Scene<'_>, outcome: Attempt) -> Option<Order> {
    commitment(About::Attempt { commitment: scene.of, outcome, evidence: None })
}

/// Everything that may be tried; a world chooses.
#[rustfmt::skip]
pub const ALL: &[Move] = &[
    turn("ask", Who::Customer, |_| said(Author::Customer, None)),
    turn("thank", Who::Customer, |_| said(Author::Customer, Some(Class::Thanks))),
    turn("answer", Who::Desk, |_| said(Author::Agent, None)),
    turn("acknowledge", Who::Desk, |_| said(Author::Automation, None)),
    late("answer fetched", Stamp::Transport, turn("", Who::Desk, |_| said(Author::Agent, None))),
    turn("wait", Who::Desk, |_| stands(Status::Pending)),
    turn("hold", Who::Desk, |_| stands(Status::OnHold)),
    turn("go on", Who::Desk, |_| stands(Status::Open)),
    turn("urgent", Who::Desk, |_| urgent("1")),
    turn("not urgent", Who::Desk, |_| urgent("2")),
    turn("of no matter", Who::Desk, |_| urgent("3")),
    turn("assign", Who::Desk, |_| Some(Turn::Assign { to: Some(owner("night")) }.into())),
    turn("solve", Who::Desk, |_| Some(Turn::Solve {}.into())),
    turn("close", Who::Desk, |_| Some(Turn::Close {}.into())),
    turn("reopen", Who::Desk, |_| Some(Turn::Reopen {}.into())),
    turn("chase by rule", Who::Desk, |_| Some(Turn::Chase { rule: None, message: message() }.into())),
    turn("acknowledge it", Who::Desk, |scene| told(scene, |escalation, _| Tell::Acknowledge { escalation })),
    turn("progress", Who::Desk, |scene| told(scene, |escalation, _| Tell::Progress { escalation })),
    turn("snooze", Who::Desk, |scene| {
        told(scene, |escalation, now| {
            Tell::Snooze { escalation, until: now.plus_micros(HOUR), reason: name("lunch") }
        })
    }),
    turn("lower", Who::Lead, |scene| {
        told(scene, |escalation, _| Tell::DeEscalate { escalation, to: None, justification: name("calm") })
    }),
    turn("promise", Who::Desk, promises::plain),
    turn("promise if", Who::Desk, promises::on_condition),
    turn("promise a slot", Who::Desk, promises::slot),
    turn("suggest", Who::Desk, |scene| promises::suggested(scene, false)),
    turn("suggest if", Who::Desk, |scene| promises::suggested(scene, true)),
    turn("every hour", Who::Desk, |_| promises::series(Rounds::Rolling)),
    turn("in every hour", Who::Desk, |_| promises::series(Rounds::Slots)),
    turn("stop", Who::Desk, |_| commitment(About::StopSeries { series: SERIES, evidence: message() })),
    about("promise again", Who::Desk, promises::repair),
    about("delegate", Who::Desk, promises::part),
    about("confirm", Who::Desk, |scene| commitment(About::Confirm { commitment: scene.of })),
    about("dismiss", Who::Desk, |scene| commitment(About::Dismiss { commitment: scene.of, reason: name("irony") })),
    about("meet", Who::Customer, meet),
    late("meet fetched", Stamp::Transport, about("", Who::Customer, meet)),
    about("fulfil", Who::Desk, fulfil),
    late("fulfil fetched", Stamp::Transport, about("", Who::Desk, fulfil)),
    too_late("fulfil fetched too late", Stamp::Transport, about("", Who::Desk, fulfil)),
    late("fulfil claimed", Stamp::Claim, about("", Who::Lead, fulfil)),
    late("fulfil claimed by the performer", Stamp::Claim, about("", Who::Desk, fulfil)),
    about("try", Who::Desk, |scene| attempt(scene, Attempt::NotReached)),
    about("leave a message", Who::Desk, |scene| attempt(scene, Attempt::MessageLeft)),
    about("announce", Who::Desk, |scene| commitment(About::Announce { commitment: scene.of, message: message() })),
    about("pause", Who::Desk, |scene| stop_for(scene, "logs")),
    about("pause too", Who::Desk, |scene| stop_for(scene, "visit")),
    about("resume", Who::Desk, |scene| commitment(About::Resume { commitment: scene.of, reason: name("logs") })),
    about("resume too", Who::Desk, |scene| commitment(About::Resume { commitment: scene.of, reason: name("visit") })),
    about("amend", Who::Desk, |scene| {
        commitment(About::Amend { commitment: scene.of, due: DueRule::At(scene.now.plus_micros(HOUR)), opens_at: None })
    }),
    about("propose", Who::Desk, |scene| {
        let (due, told) = (DueRule::At(scene.now.plus_micros(6 * HOUR)), message());
        commitment(About::Propose { commitment: scene.of, due, opens_at: None, told, outright: false })
    }),
    about("accept", Who::Customer, accept),
    about("a stranger accepts", Who::Stranger, accept),
    late("accept fetched", Stamp::Transport, about("", Who::Customer, accept)),
    about("decline", Who::Customer, |scene| commitment(About::Decline { commitment: scene.of, evidence: message() })),
    about("release", Who::Customer, release),
    about("a stranger releases", Who::Stranger, release),
    too_late("release fetched too late", Stamp::Transport, about("", Who::Customer, release)),
    late("release fetched", Stamp::Transport, about("", Who::Customer, release)),
    about("withdraw", Who::Desk, |scene| commitment(About::Withdraw { commitment: scene.of, notice: message() })),
    about("impossible", Who::Desk, |scene| {
        commitment(About::DeclareImpossible { commitment: scene.of, notice: message() })
    }),
    about("waive", Who::Customer, waive),
    about("a stranger waives", Who::Stranger, waive),
    about("write off", Who::Lead, |scene| {
        let authority = Party::Agent(AgentId::new("lea").unwrap());
        commitment(About::WriteOff { commitment: scene.of, authority, reason: name("bankrupt") })
    }),
    about("exclude", Who::Lead, |scene| {
        let approver = Party::Agent(AgentId::new("lea").unwrap());
        commitment(About::Exclude { commitment: scene.of, reason: name("storm"), approver })
    }),
    about("hand over", Who::Desk, |scene| {
        commitment(About::HandOver { commitment: scene.of, owner: owner("night") })
    }),
    about("redact", Who::Desk, |scene| commitment(About::Redact { commitment: scene.of, reference: message() })),
    about("ask for it", Who::Desk, |scene| chase(scene, Chase::Asked)),
    about("remind", Who::Desk, |scene| chase(scene, Chase::Reminded)),
    about("warn", Who::Desk, |scene| chase(scene, Chase::Warned { until: scene.now.plus_micros(HOUR / 2) })),
    about("hear", Who::Customer, hear),
    late("hear fetched", Stamp::Transport, about("", Who::Customer, hear)),
    about("find absent", Who::Desk, |scene| commitment(About::FindAbsent { commitment: scene.of })),
    about("take up again", Who::Customer, |scene| {
        commitment(About::TakeUpAgain { commitment: scene.of, successor: scene.next })
    }),
    about("retract", Who::Desk, |scene| {
        commitment(About::Retract { commitment: scene.of, reason: name("bounced"), successor: scene.next })
    }),
    about("in error", Who::Lead, |scene| {
        commitment(About::RecordInError { commitment: scene.of, reason: name("spam"), evidence: message() })
    }),
    about("reinstate", Who::Lead, |scene| {
        commitment(About::Reinstate { commitment: scene.of, successor: scene.next })
    }),
];
