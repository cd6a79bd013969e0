//! The rules of a promise's life, of clocks, of closing and of the contract with the host: a test each, by the rule's name.

#![allow(missing_docs, clippy::pedantic)]

mod desk;

#[path = "rules/absent.rs"]
mod absent;
#[path = "rules/after_a_status.rs"]
mod after_a_status;
#[path = "rules/amended.rs"]
mod amended;
#[path = "rules/answers.rs"]
mod answers;
#[path = "rules/asked_meanwhile.rs"]
mod asked_meanwhile;
#[path = "rules/at_once_and_late.rs"]
mod at_once_and_late;
#[path = "rules/broken_five_times.rs"]
mod broken_five_times;
#[path = "rules/broken_four_times.rs"]
mod broken_four_times;
#[path = "rules/broken_once.rs"]
mod broken_once;
#[path = "rules/broken_seven.rs"]
mod broken_seven;
#[path = "rules/broken_thrice.rs"]
mod broken_thrice;
#[path = "rules/broken_twice.rs"]
mod broken_twice;
#[path = "rules/changes.rs"]
mod changes;
#[path = "rules/chart.rs"]
mod chart;
#[path = "rules/chart_after.rs"]
mod chart_after;
#[path = "rules/claims.rs"]
mod claims;
#[path = "rules/claims_beside.rs"]
mod claims_beside;
#[path = "rules/claims_in_hindsight.rs"]
mod claims_in_hindsight;
#[path = "rules/clocks.rs"]
mod clocks;
#[path = "rules/closing.rs"]
mod closing;
#[path = "rules/contract.rs"]
mod contract;
#[path = "rules/effects.rs"]
mod effects;
#[path = "rules/every_bounce.rs"]
mod every_bounce;
#[path = "rules/every_tale.rs"]
mod every_tale;
#[path = "rules/explained.rs"]
mod explained;
#[path = "rules/explained_once.rs"]
mod explained_once;
#[path = "rules/found_by_the_laws.rs"]
mod found_by_the_laws;
#[path = "rules/hindsight.rs"]
mod hindsight;
#[path = "rules/hindsight_of_agreements.rs"]
mod hindsight_of_agreements;
#[path = "rules/hindsight_of_answers.rs"]
mod hindsight_of_answers;
#[path = "rules/hindsight_of_beginnings.rs"]
mod hindsight_of_beginnings;
#[path = "rules/hindsight_of_bounces.rs"]
mod hindsight_of_bounces;
#[path = "rules/hindsight_of_clocks.rs"]
mod hindsight_of_clocks;
#[path = "rules/hindsight_of_hosts.rs"]
mod hindsight_of_hosts;
#[path = "rules/hindsight_of_merges.rs"]
mod hindsight_of_merges;
#[path = "rules/hindsight_of_settled.rs"]
mod hindsight_of_settled;
#[path = "rules/hindsight_of_words.rs"]
mod hindsight_of_words;
#[path = "rules/kept.rs"]
mod kept;
#[path = "rules/kept_agreements.rs"]
mod kept_agreements;
#[path = "rules/kept_beginnings.rs"]
mod kept_beginnings;
#[path = "rules/kept_by_commitments.rs"]
mod kept_by_commitments;
#[path = "rules/kept_by_conditions.rs"]
mod kept_by_conditions;
#[path = "rules/kept_by_policies.rs"]
mod kept_by_policies;
#[path = "rules/kept_clocks.rs"]
mod kept_clocks;
#[path = "rules/kept_endings.rs"]
mod kept_endings;
#[path = "rules/kept_last.rs"]
mod kept_last;
#[path = "rules/kept_merges.rs"]
mod kept_merges;
#[path = "rules/kept_records.rs"]
mod kept_records;
#[path = "rules/kept_returns.rs"]
mod kept_returns;
#[path = "rules/kept_terms.rs"]
mod kept_terms;
#[path = "rules/kept_told_late.rs"]
mod kept_told_late;
#[path = "rules/kept_updates.rs"]
mod kept_updates;
#[path = "rules/late_worlds.rs"]
mod late_worlds;
#[path = "rules/life.rs"]
mod life;
#[path = "rules/lifecycle.rs"]
mod lifecycle;
#[path = "rules/marks.rs"]
mod marks;
#[path = "rules/may_promise.rs"]
mod may_promise;
#[path = "rules/merge_keeps.rs"]
mod merge_keeps;
#[path = "rules/merged_after_word.rs"]
mod merged_after_word;
#[path = "rules/merged_chain.rs"]
mod merged_chain;
#[path = "rules/metrics.rs"]
mod metrics;
#[path = "rules/midflight.rs"]
mod midflight;
#[path = "rules/others_get_wrong.rs"]
mod others_get_wrong;
#[path = "rules/proposals.rs"]
mod proposals;
#[path = "rules/put_right.rs"]
mod put_right;
#[path = "rules/record.rs"]
mod record;
#[path = "rules/redacted.rs"]
mod redacted;
#[path = "rules/repairs.rs"]
mod repairs;
#[path = "rules/replan.rs"]
mod replan;
#[path = "rules/said.rs"]
mod said;
#[path = "rules/series.rs"]
mod series;
#[path = "rules/series_again.rs"]
mod series_again;
#[path = "rules/silence.rs"]
mod silence;
#[path = "rules/snapshot.rs"]
mod snapshot;
#[path = "rules/split.rs"]
mod split;
#[path = "rules/stays.rs"]
mod stays;
#[path = "rules/taken_up.rs"]
mod taken_up;
#[path = "rules/told_late.rs"]
mod told_late;
#[path = "rules/two_tickets.rs"]
mod two_tickets;
#[path = "rules/units.rs"]
mod units;
#[path = "rules/vouched_for.rs"]
mod vouched_for;
