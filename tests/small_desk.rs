//! The example that a newcomer reads first: what it prints is pinned, and it comes from the events.

#![allow(missing_docs, clippy::pedantic, dead_code)]

#[path = "../examples/small_desk.rs"]
mod small_desk;

const SAID: &str = "\
Fri 06 Mar 17:40  mia writes
Fri 06 Mar 17:40  Goal of a fix, due Fri 13 Mar 17:40
Fri 06 Mar 17:40  Goal of a reply, due Mon 09 Mar 13:40
first_resolution:
  sla counts: 5 business days
  cycle 1 of sla, since 2026-03-06T14:40:00Z (opened by customer), by office: runs until 2026-03-13T14:40:00Z, 40 working hours left
first_response:
  sla counts: 4 working hours
  cycle 1 of sla, since 2026-03-06T14:40:00Z (opened by customer), by office: runs until 2026-03-09T10:40:00Z, 4 working hours left
next_response:
  sla counts: 8 working hours
  nothing has begun
Mon 09 Mar 10:05  agent writes
Mon 09 Mar 10:05  kept, after 85 working minutes
Mon 09 Mar 10:06  Promised of a fix, due Tue 10 Mar 12:00
Mon 09 Mar 17:30  ben (desk) answers for it now
Mon 09 Mar 17:30  ben (desk) answers for it now
owed: fix to mia by 2026-03-10T09:00:00Z (ben)
owed: fix to mia by 2026-03-13T14:40:00Z (ben)
Tue 10 Mar 11:50  kept, after 1544 minutes
Tue 10 Mar 11:50  kept, after 670 working minutes
Tue 10 Mar 12:10  customer writes
wake me: never, nothing is owed
goal fix: fulfilled, 670 working minutes of 40 working hours used
goal reply: fulfilled, 85 working minutes of 4 working hours used
promised fix: fulfilled, 1544 minutes of 1554 minutes used";

#[test]
fn what_it_prints_is_pinned() {
    assert_eq!(small_desk::story("2026-03-06T17:40:00+03:00").unwrap().join("\n"), SAID);
}

/// Half an hour earlier, and the reply is due half an hour earlier; two hours earlier, and the lunch break lies in between.
#[test]
fn moving_one_instant_changes_it() {
    let due = |mail: &str| small_desk::story(mail).unwrap()[2].clone();
    assert_eq!(due("2026-03-06T17:10:00+03:00"), "Fri 06 Mar 17:10  Goal of a reply, due Mon 09 Mar 12:10");
    assert_eq!(due("2026-03-06T14:40:00+03:00"), "Fri 06 Mar 14:40  Goal of a reply, due Mon 09 Mar 09:40");
}

/// One promise fulfilled, two goals met, and "thanks" has started no clock.
#[test]
fn one_promise_is_fulfilled_and_two_goals_are_met() {
    let said = small_desk::story("2026-03-06T17:40:00+03:00").unwrap();
    let kept =
        |binding: &str| said.iter().filter(|line| line.starts_with(binding) && line.contains("fulfilled")).count();
    assert_eq!((kept("promised"), kept("goal")), (1, 2));
    assert!(said.contains(&"wake me: never, nothing is owed".into()));
}

/// An e-mail of Thursday morning would have been answered too late.
#[test]
fn an_earlier_e_mail_would_have_been_answered_too_late() {
    let said = small_desk::story("2026-03-05T09:00:00+03:00").unwrap();
    assert!(said.iter().any(|line| line.ends_with("BROKEN")), "{said:?}");
}
