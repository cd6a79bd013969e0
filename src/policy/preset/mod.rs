//! Duties of law and of standards, ready made. **They are no legal advice**: whoever owes them reads the article that each cites, and
//! every figure can be replaced.
//!
//! A preset is metrics and agreements in the words that a rulebook has for its own, and it expands into them: a rulebook that names one is
//! printed with what it stands for. Which ticket it is about, a tag or its kind says; what was done, a field says that the host sets when it is done.
//!
//! | preset | tag | duty (metric) | figure | done by | its clock stops for |
//! |---|---|---|---|---|---|
//! | `uk_fca_disp_1_6` | `complaint` | a prompt written acknowledgement (`disp_acknowledgement`, 1.6.1R(1)) | 5 business days, which is ours: "prompt" | any message to the customer | nothing |
//! | | | news of how it goes (`disp_update`, 1.6.1R(2)) | 4 weeks each, which is ours | an agent's message, or the end | nothing |
//! | | | the final response (`disp_final_response`, 1.6.2R); no field `payment_services` | 8 weeks | `final_response`, `holding_reply`, `summary_resolution` | nothing |
//! | | | with the field `payment_services`: a reply (`disp_payment_reply`, 1.6.2AR) | 15 business days | `final_response`, `holding_reply`, `summary_resolution` | nothing |
//! | | | and exceptionally the final response (`disp_payment_final_response`) | 35 business days | `final_response`, `summary_resolution` | nothing |
//! | `uk_fca_disp_1_5` | `complaint` | resolved early (`disp_early_resolution`, 1.5.1R), a goal | the close of the third business day | solved, `summary_resolution` | nothing |
//! | `gdpr_33` | `personal_data_breach` | the authority (`gdpr_authority_notice`, 33(1)); no field `no_risk` | 72 hours, and late with reasons | `authority_notified` | nothing |
//! | `gdpr_34` | `personal_data_breach` | the persons (`gdpr_persons_notice`, 34(1)); the field `high_risk` | 72 hours, which is ours: "without undue delay" | `persons_notified` | nothing |
//! | `gdpr_12_3` | `data_subject_request` | what was done about it (`gdpr_request_reply`, 12(3)) | 1 month | `request_answered`, `extension_told` | nothing |
//! | | | and at the latest (`gdpr_request_extended`) | 3 months | `request_answered` | nothing |
//! | `uk_gdpr_12_3` | `data_subject_request` | the same in the UK | the same | the same | `clarification_awaited` (12A(6) since 2025) |
//! | `iso_10002` | `complaint` | acknowledged (`iso_acknowledgement`, 7.4) | 1 business day, which is ours: "immediately" | any message to the customer | nothing |
//! | | | told the decision (`iso_decision`, 7.7 and 7.8) | 20 business days, ours | `decision_told` | nothing |
//! | | | assessed, investigated, closed or offered the next level (`iso_assessment` 7.5, `iso_investigation` 7.6, `iso_closing` 7.9), goals | 2, 10 and 30 business days, ours | `assessed`; `investigated`; closed, `next_level_offered` | nothing |
//!
//! - **Each starts when the ticket was opened**, by the instant at which that `happened`: when the message was received, or in the case of
//!   `gdpr_33` when one became aware. It does not matter that it got its tag days later. What comes up in the course of another matter
//!   is a matter of its own: a ticket that is opened with the instant at which it was received.
//! - **They bind** ([`Promised`](crate::commitment::Binding::Promised)): no rule ends them, and a ticket does not close on them. Two are
//!   goals: DISP 1.5, which when it is missed breaks no rule but lets DISP 1.6 go on; and the steps of ISO 10002 that nobody but the desk sees.
//! - **A field that is set says that it is done**, whatever its value is, but for `false`.
//! - **Business days and dates are those of a calendar**, the edition's own if none is named. A desk that works on Saturdays names another: one
//!   that has the working days of the law.
//! - **Never later than the law.** By EU 1182/71 the hour or the day of the event is not counted, and a period in days, weeks or months goes on
//!   to the end of its last day, or of the next working day. Months and weeks here end at the same time on the wall, hours after so many
//!   hours: at the law's instant or earlier, on a Sunday if need be. Where the law's own instant is wanted, [`eu_1182_71`] finds it, to be
//!   promised as a fixed one.
//! - **Not in them**: what the letters must contain, when a summary resolution is sent (DISP 1.5.4R: promptly), whether an extension was
//!   justified, and who is told: the beneficiary on record is the requester of the ticket. ISO 10002's "received with an id" is the ticket itself.

mod duty;
mod eu;
mod gdpr;
mod iso;
mod uk_fca;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

pub use duty::{Done, Duty, Starts, Stop};
pub use eu::eu_1182_71;

use super::agreement::{Agreement, OnReturn};
use super::calendar_rule::CalendarRule;
use super::condition::Condition;
use super::merge::OnMerge;
use super::metric::Metric;
use crate::Name;
use crate::commitment::{AgreementKind, Binding, OnPriorityChange, Owner};
use duty::{Only, tagged};

/// Duties of law or of a standard, ready made: see the [module](self) for each.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Its name in a rulebook.
    pub name: &'static str,
    /// Where the duties come from.
    pub source: &'static str,
    /// The tag, or the kind, of the tickets that it is about, unless a rulebook says otherwise.
    pub tag: &'static str,
    parts: &'static [Part],
}

/// The duties of a preset that are owed under the same condition: an agreement.
#[derive(Clone, Copy, Debug)]
struct Part {
    /// What is added to the preset's name.
    suffix: &'static str,
    only: Only,
    binding: Binding,
    duties: &'static [Duty],
}

/// What a rulebook may say otherwise of a preset as a whole.
#[derive(Clone, Debug)]
pub struct PresetTerms {
    /// Which tickets it is about, in place of its tag.
    pub when: Option<Condition>,
    /// Who answers for it while the ticket is nobody's.
    pub owner: Owner,
    /// By which calendar it counts.
    pub calendar: Option<CalendarRule>,
    /// Whether it binds, in place of what the preset says.
    pub binding: Option<Binding>,
}

/// Every preset.
///
/// # They are these seven
///
/// ```
/// let names: Vec<&str> = owed::policy::presets().map(|preset| preset.name).collect();
/// assert_eq!(
///     names,
///     ["uk_fca_disp_1_6", "uk_fca_disp_1_5", "gdpr_33", "gdpr_34", "gdpr_12_3", "uk_gdpr_12_3", "iso_10002"]
/// );
/// ```
pub fn presets() -> impl Iterator<Item = &'static Preset> {
    uk_fca::ALL.iter().chain(gdpr::ALL).chain([&iso::ISO_10002])
}

impl Preset {
    /// The preset of this name.
    ///
    /// # By a name that there is not
    ///
    /// ```
    /// use owed::policy::Preset;
    ///
    /// assert!(Preset::named("gdpr_33").is_some());
    /// assert!(Preset::named("GDPR 33").is_none());
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        presets().find(|preset| preset.name == name)
    }

    /// Its duties.
    pub fn duties(&self) -> impl Iterator<Item = &'static Duty> {
        self.parts.iter().flat_map(|part| part.duties)
    }

    /// Its metrics.
    #[must_use]
    pub fn metrics(&self) -> BTreeMap<Name, Metric> {
        self.duties().filter_map(|duty| Some((Name::new(duty.metric).ok()?, duty.metric()))).collect()
    }

    /// Its agreements.
    ///
    /// # It says which article it is, and counts for either word of the host
    ///
    /// ```
    /// use owed::TeamId;
    /// use owed::commitment::Owner;
    /// use owed::policy::{Preset, PresetTerms};
    ///
    /// let owner = Owner { team: TeamId::new("privacy")?, agent: None };
    /// let terms = PresetTerms { when: None, owner, calendar: None, binding: None };
    /// let agreements = Preset::named("gdpr_33").unwrap().agreements(&terms);
    /// let printed = serde_json::to_string(&agreements)?;
    /// assert!(printed.contains(r#""source":"GDPR art. 33(1)""#));
    /// assert!(printed.contains(r#"{"tags":["personal_data_breach"]},{"kind":["personal_data_breach"]}"#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn agreements(&self, terms: &PresetTerms) -> Vec<Agreement> {
        let agreement = |part: &Part| {
            let name = Name::new(&alloc::format!("{}{}", self.name, part.suffix)).ok()?;
            let targets = part.duties.iter().filter_map(|duty| Some((Name::new(duty.metric).ok()?, duty.target())));
            Some(Agreement {
                name,
                kind: AgreementKind::Sla,
                when: part.only.and(terms.when.clone().unwrap_or_else(|| tagged(self.tag))),
                from: None,
                until: None,
                binding: terms.binding.unwrap_or(part.binding),
                owner: terms.owner.clone(),
                calendar: terms.calendar.clone(),
                on_priority_change: OnPriorityChange::default(),
                on_return: OnReturn::default(),
                on_merge: OnMerge::default(),
                targets: targets.collect(),
            })
        };
        self.parts.iter().filter_map(agreement).collect()
    }
}
