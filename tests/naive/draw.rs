//! Random rulebooks.

use super::book::{Agreement, Book, Ladder, Metric, On, Reason, Rung, Target, Trigger, Warn};
use super::week::{At, MINUTE, Unit, Weeks};
use crate::dice::Dice;

const HOUR: At = 60 * MINUTE;

impl Book {
    pub(crate) fn drawn(dice: &mut Dice<'_>) -> Self {
        let weeks = Weeks::drawn(dice);
        let ladders: Vec<_> = ["first", "second"].into_iter().map(|name| Ladder::drawn(dice, name)).collect();
        let climbed = dice.one_of(&[&[0_usize][..], &[0, 1], &[]]).to_vec();
        let agreements = [("sla", true), ("ola", false)].into_iter().map(|(name, with_customer)| {
            let promised = dice.chance(40);
            let of = if with_customer { 45 } else { 15 };
            let mut metrics = dice.some_of(&Metric::ALL, of);
            if metrics.is_empty() {
                metrics.push(dice.one_of(&Metric::ALL));
            }
            let targets = metrics.into_iter().map(|metric| (metric, Target::drawn(dice, promised))).collect();
            Agreement { name, with_customer, promised, restarts: dice.chance(40), targets }
        });
        Self { weeks, agreements: agreements.collect(), ladders, climbed }
    }
}

fn unit(dice: &mut Dice<'_>) -> Unit {
    dice.one_of(&[Unit::Working(0), Unit::Elapsed, Unit::Working(1)])
}

pub(crate) fn warnings(dice: &mut Dice<'_>, week: usize) -> Vec<Warn> {
    let all = [
        Warn::Percent(50),
        Warn::Percent(99),
        Warn::Before(Unit::Working(week), 30 * MINUTE),
        Warn::Before(Unit::Working(week), 4 * HOUR),
        Warn::Before(Unit::Elapsed, 2 * HOUR),
    ];
    dice.some_of(&all, 25)
}

pub(crate) fn allowance(dice: &mut Dice<'_>) -> (At, Option<At>) {
    dice.one_of(&[(10 * HOUR, None), (100 * HOUR, Some(2 * HOUR)), (30 * MINUTE, None), (5 * HOUR, Some(15 * MINUTE))])
}

impl Target {
    fn drawn(dice: &mut Dice<'_>, promised: bool) -> Self {
        let unit = unit(dice);
        let week = if let Unit::Working(week) = unit { week } else { 0 };
        let minutes = dice.one_of(&[[240, 120, 480], [60, 480, 960], [960, 480, 7], [30, 31, 1440], [1441, 20, 240]]);
        let pauses: [Reason; 3] =
            [("logs", &["pending"]), ("supplier", &["on_hold"]), ("either", &["pending", "on_hold"])];
        let pause = dice.chance(60).then(|| dice.some_of(&pauses, 55)).filter(|pause| !pause.is_empty());
        Self {
            unit,
            budgets: minutes.map(|minutes| minutes * MINUTE),
            warn: warnings(dice, week),
            pause,
            allowance: (promised || dice.chance(60)).then(|| allowance(dice)),
            unanswered_breaks: dice.chance(25),
            owes: dice.chance(20).then_some(2 * HOUR),
            ladders: dice.chance(30).then(|| dice.one_of(&[&[1_usize][..], &[0, 1]]).to_vec()),
        }
    }
}

impl Ladder {
    fn drawn(dice: &mut Dice<'_>, name: &'static str) -> Self {
        let week = dice.below(2);
        let term = |dice: &mut Dice<'_>, minutes: &[At]| {
            (dice.one_of(&[Unit::Elapsed, Unit::Working(week)]), MINUTE * dice.one_of(minutes))
        };
        let height = 1 + dice.below(3);
        let rungs = (0..height)
            .map(|_| Rung { wait: term(dice, &[30, 10, 120, 400]), keeps: dice.chance(30) })
            .collect::<Vec<_>>();
        let all = [
            On::Breached { metric: None, promised: None },
            On::Warned,
            On::Stands(&["on_hold", "pending"]),
            On::Comes("open"),
            On::Urgent,
            On::Breached { metric: Some(Metric::FirstResponse), promised: None },
            On::Breached { metric: None, promised: Some(true) },
            On::PromisedAgain,
        ];
        let causes = dice.some_of(&all, 40).into_iter().map(|on| {
            let often = matches!(on, On::Comes(_) | On::Breached { .. } | On::PromisedAgain);
            let lasts = !matches!(on, On::Warned);
            let of_ticket = matches!(on, On::Comes(_) | On::Stands(_) | On::Urgent);
            Trigger {
                on,
                times: if often && dice.chance(25) { 2 } else { 1 },
                after: (lasts && dice.chance(40)).then(|| term(dice, &[45, 20, 300])),
                rung: if dice.chance(30) { height as u16 } else { 1 },
                until_answered: of_ticket && dice.chance(40),
            }
        });
        let causes: Vec<_> = causes.collect();
        let (mut repeats, lapses) = (dice.below(3) as u16, dice.below(3) as u16);
        let goes_on_above = dice.chance(40);
        let lowest = causes.iter().map(|cause| cause.rung).min().unwrap_or(1);
        if lowest > 1 && (lapses == 0 || goes_on_above) {
            // Else a rulebook would have rungs that nothing leads to.
            repeats = repeats.max(1);
        }
        let (hold, hold_at_most) = dice.one_of(&[(60, 60), (20, 90), (180, 540)]);
        let unit = dice.one_of(&[Unit::Elapsed, Unit::Working(week)]);
        Self {
            name,
            causes,
            rungs,
            week,
            repeats,
            lapses,
            hold: (unit, hold * MINUTE),
            hold_at_most: (unit, hold_at_most * MINUTE),
            goes_on_above,
            snooze_at_most: 5 * HOUR,
        }
    }
}
