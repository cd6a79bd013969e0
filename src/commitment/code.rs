//! What a refusal is called by programs.

use super::refusal::Refusal;

impl Refusal {
    /// Its name for programs, the same as in its serialised form: stable from release to release.
    ///
    /// # One word, and no sentence
    ///
    /// ```
    /// use owed::commitment::Refusal;
    ///
    /// assert_eq!(Refusal::NoCalendar.code(), "no_calendar");
    /// ```
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "unknown",
            Self::CarriedOut { .. } => "carried_out",
            Self::AlreadyMade { .. } => "already_made",
            Self::DerivedId { .. } => "derived_id",
            Self::DueNotAfter { .. } => "due_not_after",
            Self::UnknownCalendar { .. } => "unknown_calendar",
            Self::NoCalendar => "no_calendar",
            Self::OutOfReach { .. } => "out_of_reach",
            Self::NoBusiness { .. } => "no_business",
            Self::NoFigure { .. } => "no_figure",
            Self::TooManyWarnings { .. } => "too_many_warnings",
            Self::WarningTwice { .. } => "warning_twice",
            Self::NotBroken { .. } => "not_broken",
            Self::NotTheSame { .. } => "not_the_same",
            Self::OwedToAnother { .. } => "owed_to_another",
            Self::AlreadyRepaired { .. } => "already_repaired",
            Self::DoneBeforeOwed { .. } => "done_before_owed",
            Self::NotPausable { .. } => "not_pausable",
            Self::AllowanceSpent { .. } => "allowance_spent",
            Self::RunOut { .. } => "run_out",
            Self::StandsLonger { .. } => "stands_longer",
            Self::NotTold { .. } => "not_told",
            Self::PauseEndsBefore { .. } => "pause_ends_before",
            Self::NotPausedFor { .. } => "not_paused_for",
            Self::StillHolds { .. } => "still_holds",
            Self::NotOutright { .. } => "not_outright",
            Self::NotTheBeneficiary { .. } => "not_the_beneficiary",
            Self::ReviewOver { .. } => "review_over",
            Self::LimitNotAfter { .. } => "limit_not_after",
            Self::OpensAfterDue { .. } => "opens_after_due",
            Self::Worse { .. } => "worse",
            Self::WorseSlot { .. } => "worse_slot",
            Self::NoTimeBetween { .. } => "no_time_between",
            Self::TooManyRounds { .. } => "too_many_rounds",
            Self::UnknownSeries { .. } => "unknown_series",
            Self::SeriesAlreadyStarted { .. } => "series_already_started",
            Self::SeriesAlreadyStopped { .. } => "series_already_stopped",
            Self::OwesNothing { .. } => "owes_nothing",
            Self::NotByAnother { .. } => "not_by_another",
            Self::NoProposal { .. } => "no_proposal",
            Self::Declined { .. } => "declined",
            Self::StepMissing { .. } => "step_missing",
            Self::TooSoon { .. } => "too_soon",
            Self::NoBreach { .. } => "no_breach",
            Self::OwedOutside { .. } => "owed_outside",
            Self::OwedNoMore { .. } => "owed_no_more",
            Self::AlreadyRenewed { .. } => "already_renewed",
            Self::CorrectionOver { .. } => "correction_over",
            Self::WrongPhase { .. } => "wrong_phase",
            Self::AlreadyClosed { .. } => "already_closed",
        }
    }
}
