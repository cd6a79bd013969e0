//! The units in which amounts are written, and the one place that reads and prints them.

use core::fmt;

use super::AmountError;

/// Names in the singular, from the largest, and how many microseconds each has.
///
/// There is no day: 24 hours, a business day and a day of the calendar differ, and nobody should have to guess.
const UNITS: [(&str, u64); 5] = [
    ("hour", 3_600_000_000),
    ("minute", 60_000_000),
    ("second", 1_000_000),
    ("millisecond", 1_000),
    ("microsecond", 1),
];

/// Units that count dates, singular and plural: no amounts of working or elapsed time.
const DATES: [(&str, &str); 4] =
    [("business day", "business days"), ("day", "days"), ("week", "weeks"), ("month", "months")];

/// What a text says.
pub(super) struct Quantity {
    pub(super) micros: u64,
    pub(super) working: bool,
}

/// Reads a whole number, a space and a unit, singular or plural.
pub(super) fn read(text: &str) -> Result<Quantity, AmountError> {
    let (number, unit) = words(text, text)?;
    let size = |unit: &str| {
        let is = |name: &str| unit.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest == "s");
        UNITS.iter().find(|(name, _)| is(name)).map(|(_, size)| *size)
    };
    let (working, size) = match unit.strip_prefix("working ") {
        Some(unit) => (true, size(unit)),
        None => (false, size(unit)),
    };
    let size = size.ok_or_else(|| unknown(text, unit))?;
    // A number of digits only fails to parse when it is too large.
    let micros = number.parse::<u64>().ok().and_then(|number| number.checked_mul(size));
    let micros = micros.ok_or_else(|| AmountError::TooLong { text: text.into() })?;
    Ok(Quantity { micros, working })
}

/// The number and the unit of an amount, which is part of a text.
pub(super) fn split<'a>(text: &str, amount: &'a str) -> Result<(u64, &'a str), AmountError> {
    let (number, unit) = words(text, amount)?;
    let number = number.parse().map_err(|_| AmountError::TooLong { text: text.into() })?;
    Ok((number, unit))
}

fn words<'a>(text: &str, amount: &'a str) -> Result<(&'a str, &'a str), AmountError> {
    // `parse` alone would take "+4".
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let words = amount.split_once(' ').filter(|(number, _)| is_number(number));
    words.ok_or_else(|| {
        let unit = amount.trim_start_matches(|digit: char| digit.is_ascii_digit());
        if unit.len() < amount.len() && !unit.is_empty() && !unit.contains(' ') {
            AmountError::UnknownUnit { text: text.into(), unit: unit.into() }
        } else {
            AmountError::NoNumber { text: text.into() }
        }
    })
}

fn unknown(text: &str, unit: &str) -> AmountError {
    let dates = DATES.iter().find(|(one, many)| unit == *one || unit == *many);
    let text = text.into();
    match dates {
        Some((_, unit)) => AmountError::CountsDates { text, unit },
        None => AmountError::UnknownUnit { text, unit: unit.into() },
    }
}

/// Prints in the largest unit that divides the amount, with `kind` ("working " or nothing) before it.
pub(super) fn write(f: &mut fmt::Formatter<'_>, micros: u64, kind: &str) -> fmt::Result {
    let divides = UNITS.iter().find(|(_, size)| micros.is_multiple_of(*size));
    let (name, size) = divides.copied().unwrap_or(("microsecond", 1));
    let number = micros / size;
    let plural = if number == 1 { "" } else { "s" };
    write!(f, "{number} {kind}{name}{plural}")
}
