//! An account: a stream of commitments without tickets and rulebooks. The contract with its host, Ryan's promises, the mail
//! race, and what a customer may see.

#![allow(missing_docs)]

#[path = "alone/broken_once.rs"]
mod broken_once;
#[path = "alone/built.rs"]
mod built;
#[path = "alone/contract.rs"]
mod contract;
#[path = "alone/customer.rs"]
mod customer;
#[path = "alone/figures.rs"]
mod figures;
#[path = "alone/mail_absent.rs"]
mod mail_absent;
#[path = "alone/mail_race.rs"]
mod mail_race;
#[path = "alone/questions.rs"]
mod questions;
#[path = "alone/ryan.rs"]
mod ryan;
#[path = "alone/shop.rs"]
mod shop;
