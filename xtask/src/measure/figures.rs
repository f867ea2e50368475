//! Formats figures for the tables.

use std::time::Duration;

/// Returns a number with commas between groups of three digits.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Returns a number of bytes, or another count, as a floating-point number.
#[allow(clippy::cast_precision_loss, reason = "figures are shown with a few digits")]
pub(super) fn float(number: u64) -> f64 {
    number as f64
}

/// Returns bytes in MiB.
pub(super) fn mib(bytes: u64) -> f64 {
    float(bytes) / 1_048_576.0
}

/// Returns microseconds for each of a number of things.
pub(super) fn micros_each(time: Duration, number: u64) -> f64 {
    time.as_secs_f64() * 1e6 / float(number)
}

/// Returns KiB for each of a number of things.
pub(super) fn kib_each(bytes: u64, number: u64) -> f64 {
    float(bytes) / 1024.0 / float(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_from_the_end() {
        assert_eq!([0, 12, 999, 1000, 100_000, 1_234_567].map(grouped), ["0", "12", "999", "1,000", "100,000", "1,234,567"]);
    }
}
