//! Makes texts that the simple type of a field allows, in the form in which the codec writes them. White space at the ends is left out, because the
//! bindings trim texts.

use xsdgen_codec::{Builtin, FieldInfo, SimpleKind, SimpleType, TextForm};

use super::choices::Choices;

/// Characters that are escaped, that take several bytes, or that are white space.
const CHARS: [char; 32] = [
    'a', 'b', 'c', 'x', 'y', 'Z', '0', '9', '-', '.', '_', ':', '&', '<', '>', '"', '\'', ']', '/', 'é', 'ß', '日', '本', '😀', '\u{a0}',
    '\u{85}', '\u{2028}', ' ', ' ', '\n', '\t', '\r',
];

/// Texts of the types for which no other text was found, such as those with a pattern.
const LAST: [&str; 6] = ["true", "1", "0", "a", "", "01/02/2015 03:04:05"];

/// Returns a text that the field allows.
pub(crate) fn text(field: &'static FieldInfo, choices: &mut Choices) -> String {
    if let Some(fixed) = field.default_value().filter(|_| field.is_fixed()) {
        return fixed.to_owned();
    }
    assert!(!field.is_text_list(), "{}: no text is made of a list", field.name());
    let listed = field.allowed_values();
    if !listed.is_empty() {
        return listed[choices.below(listed.len())].to_owned();
    }
    let simple = field.simple_type();
    let admitted = |text: &String| {
        // An empty element has the default value.
        (!text.is_empty() || field.default_value().is_none())
            && field.text_form().is_none_or(|form| form.admits(text))
            && simple.is_none_or(|simple| simple.validate(text).is_ok())
    };
    let made = |choices: &mut Choices| match (field.text_form(), simple) {
        (Some(form), _) => formed(form, choices),
        (None, Some(simple)) => literal(simple, choices),
        (None, None) => words(choices, usize::MAX),
    };
    let found = (0..20).map(|_| made(choices)).find(admitted);
    let found = found.or_else(|| LAST.iter().map(|text| (*text).to_owned()).find(admitted));
    found.unwrap_or_else(|| panic!("{}: no text was found, expected {}", field.name(), field.expected()))
}

fn formed(form: &TextForm, choices: &mut Choices) -> String {
    match form {
        TextForm::DateTime { .. } => {
            let mut two = |from: usize, to: usize| from + choices.below(to - from + 1);
            format!("{:02}/{:02}/{} {:02}:{:02}:{:02}", two(1, 12), two(1, 28), two(1990, 2040), two(0, 23), two(0, 59), two(0, 59))
        }
        TextForm::EpochMilliseconds => (choices.below(1 << 31) * 1000).to_string(),
        TextForm::Boolean { yes, no } => {
            let all = [*yes, *no].concat();
            all[choices.below(all.len())].to_owned()
        }
        TextForm::Delimited { separator, most, .. } => {
            let parts: Vec<String> = (0..=choices.below(*most)).map(|_| choices.below(1000).to_string()).collect();
            parts.join(separator)
        }
        TextForm::Integers(_) => choices.below(8).to_string(),
        TextForm::Own(_) => panic!("no text is made of a type of one's own"),
    }
}

fn literal(simple: &'static SimpleType, choices: &mut Choices) -> String {
    let SimpleKind::Atomic(builtin) = simple.kind() else { panic!("{}: no text is made of lists and unions", simple.name()) };
    let facets = simple.facets();
    let number = |name: &str| facets.iter().find(|(facet, _)| *facet == name).and_then(|(_, value)| value.parse::<i64>().ok());
    match builtin {
        Builtin::Boolean => ["false", "true"][choices.below(2)].to_owned(),
        Builtin::Int | Builtin::Integer | Builtin::Long | Builtin::Short => {
            let (least, greatest) = match builtin {
                Builtin::Short => (i16::MIN.into(), i16::MAX.into()),
                Builtin::Int => (i32::MIN.into(), i32::MAX.into()),
                _ => (i64::MIN, i64::MAX),
            };
            let (least, greatest) = (number("minInclusive").unwrap_or(least), number("maxInclusive").unwrap_or(greatest));
            let some = choices.below(100) as i64;
            [some, least, greatest, least.saturating_add(some), greatest.saturating_sub(some)][choices.below(5)]
                .clamp(least, greatest)
                .to_string()
        }
        // Fractions that binary numbers hold exactly.
        Builtin::Float | Builtin::Double => format!("{}", (choices.below(20_000) as f32 - 10_000.0) / 8.0),
        Builtin::Nmtoken => (0..=choices.below(8)).map(|_| CHARS[choices.below(12)]).collect(),
        Builtin::String => words(choices, number("maxLength").map_or(usize::MAX, |most| most as usize)),
        Builtin::Base64Binary => ["AQID", "AQ==", "+/8=", ""][choices.below(4)].to_owned(),
        Builtin::AnyUri => ["http://example.org/?a=1&b=2", "urn:a", "#a"][choices.below(3)].to_owned(),
        Builtin::DateTime => ["2016-02-29T23:59:59Z", "0001-01-01T00:00:00.5-14:00", "12000-12-31T24:00:00"][choices.below(3)].to_owned(),
        Builtin::Date => ["2016-02-29", "-0001-12-31Z", "1999-01-01+05:30"][choices.below(3)].to_owned(),
        Builtin::Decimal => ["0", "-1.5", "123456789012345678901234567890.25"][choices.below(3)].to_owned(),
        other => panic!("no text is made of {other:?}"),
    }
}

/// Returns a text of at most this many characters, seldom an empty one.
fn words(choices: &mut Choices, most: usize) -> String {
    if choices.below(16) == 15 {
        return String::new();
    }
    let text: String = (0..=choices.below(12.min(most))).map(|_| CHARS[choices.below(CHARS.len())]).collect();
    let text = text.trim_matches([' ', '\n', '\t', '\r']);
    if text.is_empty() { "a".to_owned() } else { text.to_owned() }
}
