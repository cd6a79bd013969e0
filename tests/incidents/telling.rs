//! Who has been told, who not, and who too late.

use owed::commitment::Channel;
use owed::incident::{Affected, Notice, Order as Ask, Report, Telling, Whom};
use owed::{Task, effects};

use super::host::{Host, affected, m, name, t, tell, who};

/// Must 1.3.
#[test]
fn one_report_says_who_was_told_who_not_and_who_too_late() {
    let mut host = Host::declared(&["ann", "bob", "cem", "dan"]);
    host.at("03 09:00", tell(Telling::Notice, &["ann"]));
    host.until("05 12:00");
    host.at("05 12:00", tell(Telling::Notice, &["bob"]));
    host.at("05 13:00", Ask::Affect { customers: affected(&["eve"]) });
    let at = |at: &str| host.incident.report(t(at));
    assert_eq!(at("02 08:59"), Report::default());
    assert_eq!(at("02 09:00"), Report { not_yet: 4, ..Report::default() });
    assert_eq!(at("03 09:00"), Report { told: 1, not_yet: 3, ..Report::default() });
    assert_eq!(at("05 09:00"), Report { told: 1, not_yet: 3, ..Report::default() }, "a deadline is inclusive");
    assert_eq!(at("05 09:01"), Report { told: 1, overdue: 3, ..Report::default() });
    assert_eq!(at("05 14:00"), Report { told: 1, told_late: 1, not_yet: 1, overdue: 2, ..Report::default() });
    let notices: Vec<_> = host.incident.notices(t("05 14:00")).collect();
    let due = t("05 09:00");
    assert_eq!(
        notices,
        [
            (&who("ann"), Notice::Told { at: t("03 09:00") }),
            (&who("bob"), Notice::ToldLate { at: t("05 12:00"), due }),
            (&who("cem"), Notice::Overdue { due }),
            (&who("dan"), Notice::Overdue { due }),
            (&who("eve"), Notice::NotYet { due: t("08 13:00") }),
        ]
    );
    assert_eq!(at("05 14:00").to_string(), "1 told in time, 1 told too late, 1 not yet told, 2 not told and too late");
}

/// What came back has told nobody: he is owed it as before, and is told in another way.
#[test]
fn a_notice_that_bounced_is_owed_by_its_old_deadline() {
    let mut host = Host::declared(&["ann"]);
    let bounce = || Ask::Bounce { what: Telling::Notice, customer: who("ann"), message: m("mail") };
    assert_eq!(host.may_not("02 10:00", bounce()).code(), "nothing_told");
    host.at("02 10:00", tell(Telling::Notice, &["ann"]));
    assert_eq!(
        host.at("02 11:00", bounce()),
        ["02 11:00: void: notice to ann, taken back: mail", "02 11:00: notice to ann due 05 09:00"]
    );
    assert_eq!(host.may_not("02 11:00", bounce()).code(), "nothing_told");
    assert_eq!(host.incident.notice(&who("ann"), t("02 10:30")), Some(Notice::NotYet { due: t("05 09:00") }));
    let (channel, language) = (Some(Channel::Phone), Some(name("tr")));
    host.at("02 12:00", Ask::Reach { customer: who("ann"), channel, language });
    assert_eq!(host.at("02 13:00", tell(Telling::Notice, &["ann"])), ["02 13:00: kept: notice to ann"]);
    assert_eq!(host.incident.notice(&who("ann"), t("03 09:00")), Some(Notice::Told { at: t("02 13:00") }));
    // That it comes back again counts again.
    let said = host.at("02 14:00", bounce());
    assert_eq!(said.last().unwrap(), "02 14:00: notice to ann due 05 09:00");
}

#[test]
fn what_bounced_after_its_deadline_is_broken_at_once() {
    let mut host = Host::declared(&["ann"]);
    host.at("05 08:00", tell(Telling::Notice, &["ann"]));
    let bounce = || Ask::Bounce { what: Telling::Notice, customer: who("ann"), message: m("mail") };
    let said = host.at("05 10:00", bounce());
    assert_eq!(said.last().unwrap(), "05 10:00: BROKEN: notice to ann, due 05 09:00", "{said:?}");
    host.at("05 11:00", tell(Telling::Notice, &["ann"]));
    assert_eq!(
        host.incident.notice(&who("ann"), t("05 11:00")),
        Some(Notice::ToldLate { at: t("05 11:00"), due: t("05 09:00") })
    );
    // What was told late and has come back is owed still, and counts once.
    host.at("05 12:00", bounce());
    assert_eq!(host.incident.notice(&who("ann"), t("05 12:00")), Some(Notice::Overdue { due: t("05 09:00") }));
    let count = host.incident.ledger().owed_to(&owed::commitment::Party::Customer(who("ann"))).len();
    assert_eq!(count, 1);
}

/// A mail sent a second before the deadline and fetched after it was in time, and both stay on record.
#[test]
fn a_notice_sent_in_time_and_heard_of_late_was_in_time() {
    let mut host = Host::declared(&["ann"]);
    let said = host.fetched("05 09:01", "05 09:00", tell(Telling::Notice, &["ann"]));
    assert_eq!(
        said[said.len() - 1..],
        ["05 09:01: kept after all: notice to ann"],
        "the breach, and then its correction: {said:?}"
    );
    assert!(said.contains(&"05 09:00: BROKEN: notice to ann, due 05 09:00".into()));
    assert_eq!(host.incident.report(t("05 10:00")).told, 1);
}

#[test]
fn everybody_is_whoever_is_owed_it_by_then() {
    let mut host = Host::declared(&["ann", "bob"]);
    host.at("02 10:00", tell(Telling::Notice, &["bob"]));
    host.at("02 11:00", Ask::Affect { customers: affected(&["cem"]) });
    let everybody = || Ask::Tell { what: Telling::Notice, whom: Whom::Everybody, message: m("all") };
    // Sent before Cem was known to be affected.
    assert_eq!(host.fetched("02 11:30", "02 10:30", everybody()), ["02 11:30: kept: notice to ann"]);
    assert_eq!(host.at("02 12:00", everybody()), ["02 12:00: kept: notice to cem"]);
    assert_eq!(host.at("02 12:00", everybody()), [""; 0]);
    assert_eq!(host.may_not("02 12:00", tell(Telling::Notice, &["dan"])).code(), "not_affected");
}

/// Must 1.8. The notices are effects as data, by channel and language of each customer; nothing is sent by the crate.
#[test]
fn who_is_to_be_told_how_is_an_effect_of_what_is_owed() {
    let mut host = Host::declared(&[]);
    let ann = Affected::new(who("ann")).over(Channel::Email, name("fa"));
    host.at("02 10:00", Ask::Affect { customers: vec![ann] });
    let told = |host: &Host| -> Vec<_> {
        let tasks = host.stored.iter().flat_map(effects).map(|effect| effect.task);
        tasks
            .filter_map(|task| match task {
                Task::Tell { customer, what, channel, language, again, due, .. } => {
                    Some((customer.to_string(), what.to_string(), channel, language.unwrap().to_string(), again, due))
                }
                _ => None,
            })
            .collect()
    };
    let (ann, notice) = (String::from("ann"), String::from("notice"));
    let due = t("05 10:00");
    let first = (ann.clone(), notice.clone(), Some(Channel::Email), "fa".to_owned(), false, due);
    assert_eq!(told(&host), std::slice::from_ref(&first));
    host.at("02 11:00", tell(Telling::Notice, &["ann"]));
    host.at("02 12:00", Ask::Bounce { what: Telling::Notice, customer: who("ann"), message: m("mail") });
    let (channel, language) = (Some(Channel::Phone), Some(name("fa")));
    host.at("02 13:00", Ask::Reach { customer: who("ann"), channel, language });
    let again = (ann.clone(), notice.clone(), Some(Channel::Email), "fa".to_owned(), true, due);
    let another_way = (ann, notice, Some(Channel::Phone), "fa".to_owned(), false, due);
    assert_eq!(told(&host), [first, again, another_way]);
}
