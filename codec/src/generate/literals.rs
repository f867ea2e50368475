//! Makes literals of the built-in types, and texts of the forms that `typed` knows.

use super::{Generate, Source};
use crate::TextForm;

/// The characters of words: letters, and characters that are escaped or take several bytes. None is white space, so that a word is an item of a list.
const LETTERS: [char; 32] = [
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'A', 'B', 'C', 'X', 'Y', 'Z', '0', '1', '9', '-', '.', '_', ':', '&', '<', '>', '"', '\'', '/',
    'é', 'ß', '日', '本', '😀',
];

/// Returns an index below `end`.
fn index(source: &mut dyn Source, end: usize) -> usize {
    usize::try_from(source.below(u64::try_from(end).unwrap_or(u64::MAX).max(1))).unwrap_or_default()
}

fn pick<T: Copy>(source: &mut dyn Source, all: &[T]) -> Option<T> {
    all.get(index(source, all.len())).copied()
}

/// Makes a text of one word.
pub(super) fn word(source: &mut dyn Source) -> String {
    (0..=source.below(12)).filter_map(|_| pick(source, &LETTERS)).collect()
}

/// Makes a name without a colon.
pub(super) fn name(source: &mut dyn Source) -> String {
    (0..=source.below(8)).filter_map(|_| pick(source, &LETTERS[..14])).collect()
}

pub(super) fn octets(source: &mut dyn Source) -> Vec<u8> {
    (0..source.below(12)).map(|_| u8::try_from(source.below(256)).unwrap_or_default()).collect()
}

/// Returns 1, 10, 100 or 1000.
pub(super) fn power(source: &mut dyn Source) -> f32 {
    pick(source, &[1.0, 10.0, 100.0, 1000.0]).unwrap_or(1.0)
}

fn sign(source: &mut dyn Source) -> &'static str {
    if source.below(2) == 1 { "-" } else { "" }
}

/// Makes an integer, seldom one of more than 64 bits.
pub(super) fn integer(source: &mut dyn Source) -> String {
    let digits = source.below(10_u64.pow(18));
    match source.below(8) {
        7 => format!("{}1{digits:018}{:018}", sign(source), source.below(10_u64.pow(18))),
        _ => format!("{}{digits}", sign(source)),
    }
}

fn decimal(source: &mut dyn Source) -> String {
    let whole = integer(source);
    match source.below(3) {
        0 => whole,
        _ => format!("{whole}.{}", source.below(1_000_000)),
    }
}

fn duration(source: &mut dyn Source) -> String {
    let (years, months, days) = (source.below(100), source.below(12), source.below(31));
    let (hours, minutes, seconds) = (source.below(24), source.below(60), source.below(60));
    format!("{}P{years}Y{months}M{days}DT{hours}H{minutes}M{seconds}S", sign(source))
}

fn zone(source: &mut dyn Source) -> String {
    match source.below(4) {
        0 => "Z".to_owned(),
        1 => format!("+{:02}:{:02}", source.below(14), source.below(60)),
        2 => format!("-{:02}:{:02}", source.below(14), source.below(60)),
        _ => String::new(),
    }
}

fn year(source: &mut dyn Source) -> u64 {
    source.below(9999) + 1
}

fn month(source: &mut dyn Source) -> u64 {
    source.below(12) + 1
}

fn day(source: &mut dyn Source, month: u64) -> u64 {
    let last = match month {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    source.below(last) + 1
}

fn date(source: &mut dyn Source) -> String {
    let (year, month) = (year(source), month(source));
    format!("{year:04}-{month:02}-{:02}", day(source, month))
}

fn time(source: &mut dyn Source) -> String {
    let whole = format!("{:02}:{:02}:{:02}", source.below(24), source.below(60), source.below(60));
    match source.below(3) {
        2 => format!("{whole}.{:03}", source.below(1000)),
        _ => whole,
    }
}

fn month_day(source: &mut dyn Source) -> String {
    let month = month(source);
    format!("--{month:02}-{:02}", day(source, month))
}

/// Implements `Generate` for types that keep their literal.
macro_rules! lexical {
    ($($type:ident: |$source:ident| $literal:expr;)*) => {$(
        impl Generate for crate::$type {
            fn generate($source: &mut dyn Source) -> Self {
                $literal.parse().unwrap_or_default()
            }
        }
    )*};
}

lexical! {
    Decimal: |source| decimal(source);
    Duration: |source| duration(source);
    DateTime: |source| format!("{}T{}{}", date(source), time(source), zone(source));
    Time: |source| format!("{}{}", time(source), zone(source));
    Date: |source| format!("{}{}", date(source), zone(source));
    GYearMonth: |source| format!("{:04}-{:02}{}", year(source), month(source), zone(source));
    GYear: |source| format!("{:04}{}", year(source), zone(source));
    GMonthDay: |source| format!("{}{}", month_day(source), zone(source));
    GDay: |source| format!("---{:02}{}", source.below(31) + 1, zone(source));
    GMonth: |source| format!("--{:02}{}", month(source), zone(source));
}

/// Makes a text of a form.
#[doc(hidden)]
pub fn text_of(form: &TextForm, source: &mut dyn Source) -> String {
    match form {
        TextForm::DateTime { .. } => {
            let small = |number: u64| i8::try_from(number).unwrap_or_default();
            let (year, month) = (i16::try_from(year(source)).unwrap_or(1), month(source));
            let day = small(day(source, month));
            let (hour, minute, second) = (small(source.below(24)), small(source.below(60)), small(source.below(60)));
            // A pattern without some of the fields leaves them out.
            crate::CivilDateTime::new(year, small(month), day, hour, minute, second)
                .map(|value| form.first_of_date_time(&value))
                .unwrap_or_default()
        }
        TextForm::EpochMilliseconds => source.below(4_000_000_000_000).to_string(),
        TextForm::Boolean { yes, no } => pick(source, &[*yes, *no].concat()).unwrap_or_default().to_owned(),
        TextForm::Delimited { most, plain, .. } => {
            let least = if *plain { 1 } else { 2 };
            let parts: Vec<String> = (0..least + index(source, (most + 1).saturating_sub(least))).map(|_| name(source)).collect();
            form.of_parts(&parts.iter().map(String::as_str).collect::<Vec<_>>())
        }
        TextForm::Integers(names) => match source.below(2) {
            0 => pick(source, names).map(|(_, number)| number.to_string()).unwrap_or_else(|| "0".to_owned()),
            _ => source.below(1000).to_string(),
        },
        TextForm::Own(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Date, DateTime, Decimal, Duration, GDay, GMonth, GMonthDay, GYear, GYearMonth, Integer, Time};

    /// A source of numbers that are the same in each run.
    struct Numbers(u64);

    impl Source for Numbers {
        fn below(&mut self, end: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % end
        }
    }

    #[test]
    fn literals_are_valid() {
        let mut source = Numbers(1);
        for _ in 0..500 {
            assert!(!Decimal::generate(&mut source).as_str().is_empty());
            assert!(!Duration::generate(&mut source).as_str().is_empty());
            assert!(!DateTime::generate(&mut source).as_str().is_empty());
            assert!(!Time::generate(&mut source).as_str().is_empty());
            assert!(!Date::generate(&mut source).as_str().is_empty());
            assert!(!GYearMonth::generate(&mut source).as_str().is_empty());
            assert!(!GYear::generate(&mut source).as_str().is_empty());
            assert!(!GMonthDay::generate(&mut source).as_str().is_empty());
            assert!(!GDay::generate(&mut source).as_str().is_empty());
            assert!(!GMonth::generate(&mut source).as_str().is_empty());
            assert!(integer(&mut source).parse::<Integer>().is_ok());
        }
    }

    #[test]
    fn texts_have_their_form() {
        let forms = [
            TextForm::DateTime { patterns: &["MM/DD/YYYY hh:mm:ss", "YYYY"], also: &["none"] },
            TextForm::DateTime { patterns: &["YYYY-MM"], also: &[] },
            TextForm::EpochMilliseconds,
            TextForm::Boolean { yes: &["Y", "yes"], no: &["N"] },
            TextForm::Delimited { separator: ",", most: 3, plain: false, parts: &["a"] },
            TextForm::Delimited { separator: ";", most: 2, plain: true, parts: &[] },
            TextForm::Integers(&[("One", 1), ("Minus", -1)]),
        ];
        let mut source = Numbers(2);
        for _ in 0..200 {
            for form in &forms {
                let text = text_of(form, &mut source);
                assert!(form.admits(&text), "{form:?}: {text}");
            }
        }
    }
}
