//! The chart as a table: a line for each row and each phase that the row has, one for each sentence about series and chains, and one
//! for each pair of a phase and an order that the chart does not have.

#![allow(missing_docs, clippy::pedantic)]

#[allow(dead_code, reason = "shared with the rules")]
mod desk;

#[path = "chart_table/agreement.rs"]
mod agreement;
#[path = "chart_table/chart.rs"]
mod chart;
#[path = "chart_table/ends.rs"]
mod ends;
#[path = "chart_table/life.rs"]
mod life;
#[path = "chart_table/line.rs"]
mod line;
#[path = "chart_table/orders.rs"]
mod orders;
#[path = "chart_table/pairs.rs"]
mod pairs;
#[path = "chart_table/series.rs"]
mod series;
