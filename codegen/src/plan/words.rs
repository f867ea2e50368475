//! Splits names and values of a schema into words, and joins words to identifiers. `names` decides which component gets which name.

use std::collections::BTreeSet;

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization;

use super::letters::{self, Case};

/// Splits a name into words: `PMRAutoLock` is `PMR Auto Lock`, `isCETMeeting` is `is CET Meeting`, but `URLs` and `supportE2E` keep `URLs` and `E2E`.
pub(super) fn split(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.nfc().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (at, &c) in chars.iter().enumerate() {
        if !c.is_alphanumeric() {
            flush(&mut word, &mut words);
            continue;
        }
        if begins_word(&chars, at, &word) {
            flush(&mut word, &mut words);
        }
        word.push(c);
    }
    flush(&mut word, &mut words);
    words
}

fn flush(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// Returns whether the upper-case letter at `at` begins a word, given the part of the current word before it.
fn begins_word(chars: &[char], at: usize, word: &str) -> bool {
    let (Some(&c), Some(before)) = (chars.get(at), word.chars().last()) else { return false };
    if !c.is_uppercase() {
        return false;
    }
    let lower = |i: usize| chars.get(i).is_some_and(|c| c.is_lowercase());
    if before.is_lowercase() {
        return true;
    }
    if before.is_uppercase() {
        return lower(at + 1) && !plural_acronym(chars, at);
    }
    // After a digit: `E2E`, `view3D` and `1ST` do not split there, but `AES256Key` and `id2Name` do.
    let mut letters = word.chars();
    let acronym = letters.next().is_some_and(char::is_uppercase) && word.chars().count() == 2;
    lower(at + 1) || !(acronym || alone(chars, at) || ordinal(chars, at))
}

/// Returns whether the upper-case letter is a single letter, at the end or before another word: `IE5X`, `view3DModel`.
fn alone(chars: &[char], at: usize) -> bool {
    let next = chars.get(at + 1);
    let word = next.is_some_and(|c| c.is_uppercase()) && chars.get(at + 2).is_some_and(|c| c.is_lowercase());
    next.is_none_or(|c| !c.is_alphanumeric()) || word && !plural_acronym(chars, at + 1)
}

/// Returns whether the upper-case letters end an ordinal number: `1ST`, `12TH`.
fn ordinal(chars: &[char], at: usize) -> bool {
    let end = chars.get(at..at + 2);
    let ends = [['S', 'T'], ['N', 'D'], ['R', 'D'], ['T', 'H']];
    end.is_some_and(|end| ends.iter().any(|known| known == end)) && chars.get(at + 2).is_none_or(|c| !c.is_alphanumeric())
}

/// Returns whether only the `s` of a plural follows the last letter of an acronym: `URLs`, `hostIDsList`.
fn plural_acronym(chars: &[char], at: usize) -> bool {
    chars.get(at + 1) == Some(&'s') && chars.get(at + 2).is_none_or(|c| !c.is_lowercase())
}

/// Joins words as `snake_case`. Word boundaries are kept: `["E2E", "URLs"]` becomes `e2e_urls`.
pub(super) fn snake(words: &[String]) -> String {
    let lower: Vec<String> = words.iter().map(|w| w.to_lowercase().to_snake_case()).filter(|w| !w.is_empty()).collect();
    letters::spell(&lower.join("_"), Case::Snake)
}

/// Joins words as `UpperCamelCase`. Two consecutive numbers are separated: `V1_0`.
pub(super) fn camel(words: &[String]) -> String {
    let mut out = String::new();
    for word in words {
        let next = word.to_lowercase().to_upper_camel_case();
        let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if digits(out.chars().last()) && digits(next.chars().next()) {
            out.push('_');
        }
        out.push_str(&next);
    }
    letters::spell(&out, Case::Camel)
}

/// Returns the text before each `+` and digit in enumeration values. After the same text, `-` is a minus sign.
pub(super) fn signed<'a>(values: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let plus = |value: &'a str| value.match_indices('+').map(move |(at, _)| value.split_at(at));
    let number = |after: &str| after.chars().nth(1).is_some_and(char::is_numeric);
    values.flat_map(plus).filter(|(_, after)| number(after)).map(|(before, _)| before).collect()
}

/// Splits an enumeration value into words. Signs that distinguish values are spelled out: `-1`, `GMT+01:00`, `<=`.
/// `signed` covers all values: after a letter, `-` is a minus sign if another value has `+` at that position, otherwise a hyphen.
pub(super) fn split_value(value: &str, signed: &BTreeSet<&str>) -> Vec<String> {
    if value.is_empty() {
        return vec!["Empty".to_owned()];
    }
    let mut spelled = String::with_capacity(value.len() + 8);
    let mut before = None;
    let mut chars = value.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let number = chars.peek().is_some_and(|(_, n)| n.is_numeric() || *n == '.');
        let sign = || before.is_none_or(|b: char| !b.is_alphanumeric()) || value.get(..at).is_some_and(|start| signed.contains(start));
        match c {
            '+' => spelled.push_str(" Plus "),
            '-' if number && sign() => spelled.push_str(" Minus "),
            _ => spelled.push(c),
        }
        before = Some(c);
    }
    let words = split(&spelled);
    if words.is_empty() { value.chars().map(symbol).collect() } else { words }
}

/// Returns the word for a character that identifiers cannot contain.
fn symbol(c: char) -> String {
    let word = match c {
        '=' => "Equal",
        '<' => "Less",
        '>' => "Greater",
        '!' => "Not",
        '?' => "Question",
        '*' => "Star",
        '/' => "Slash",
        '\\' => "Backslash",
        '%' => "Percent",
        '&' => "And",
        '|' => "Or",
        '#' => "Hash",
        '@' => "At",
        '$' => "Dollar",
        '^' => "Caret",
        '~' => "Tilde",
        '.' => "Dot",
        ',' => "Comma",
        ':' => "Colon",
        ';' => "Semicolon",
        '-' => "Minus",
        '_' => "Underscore",
        ' ' => "Space",
        '"' | '\'' | '`' => "Quote",
        '(' | '[' | '{' => "Open",
        ')' | ']' | '}' => "Close",
        _ => return format!("U{:04X}", u32::from(c)),
    };
    word.to_owned()
}

/// Makes an identifier from the result of `snake` or `camel`. `start` is prepended if the first character cannot begin an identifier, and `empty`
/// is used for an empty text. If `start` is an upper-case letter, it is also prepended to a lower-case letter that has no upper-case form.
pub(super) fn identifier(text: &str, start: &str, empty: &str) -> String {
    let Some(first) = text.chars().next() else { return empty.to_owned() };
    let small = start.starts_with(char::is_uppercase) && first.is_lowercase();
    let begins = first == '_' || unicode_ident::is_xid_start(first) && !small;
    if begins { text.to_owned() } else { format!("{start}{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_acronyms() {
        for (name, snake_case, camel_case) in [
            ("webExID", "web_ex_id", "WebExId"),
            ("webExId", "web_ex_id", "WebExId"),
            ("sipURL", "sip_url", "SipUrl"),
            ("supportE2E", "support_e2e", "SupportE2e"),
            ("E2EEncryption", "e2e_encryption", "E2eEncryption"),
            ("PMRAutoLock", "pmr_auto_lock", "PmrAutoLock"),
            ("isCETMeeting", "is_cet_meeting", "IsCetMeeting"),
            ("URLs", "urls", "Urls"),
            ("hostIDsList", "host_ids_list", "HostIdsList"),
            ("PRNotifications", "pr_notifications", "PrNotifications"),
            ("flow_mat", "flow_mat", "FlowMat"),
            ("a.b-c", "a_b_c", "ABC"),
            ("address1", "address1", "Address1"),
            ("siteID2Name", "site_id2_name", "SiteId2Name"),
            ("AES256Key", "aes256_key", "Aes256Key"),
            ("version-1.0", "version_1_0", "Version1_0"),
            ("größeMax", "größe_max", "GrößeMax"),
            ("IE5X", "ie5x", "Ie5x"),
            ("view3DModel", "view3d_model", "View3dModel"),
            ("id2URLs", "id2_urls", "Id2Urls"),
            ("SUBSCRIBER_1ST", "subscriber_1st", "Subscriber1st"),
            ("AES256CBC", "aes256_cbc", "Aes256Cbc"),
        ] {
            assert_eq!(snake(&split(name)), snake_case, "{name}");
            assert_eq!(camel(&split(name)), camel_case, "{name}");
        }
    }

    #[test]
    fn words_of_values() {
        let signed = signed(["GMT+12:00", "C++"].into_iter());
        assert_eq!(signed, BTreeSet::from(["GMT"]));
        for (value, variant) in [
            ("PUBLIC", "Public"),
            ("STANDARD_SUB", "StandardSub"),
            ("GMT-12:00, Dateline (Eniwetok)", "GmtMinus12_00DatelineEniwetok"),
            ("GMT+12:00", "GmtPlus12_00"),
            ("UTF-8", "Utf8"),
            ("2010-12+01:00", "V2010_12Plus01_00"),
            ("-1", "Minus1"),
            ("", "Empty"),
            ("<=", "LessEqual"),
            ("C++", "CPlusPlus"),
            ("1.0", "V1_0"),
            ("2010-01-01", "V2010_01_01"),
        ] {
            assert_eq!(identifier(&camel(&split_value(value, &signed)), "V", "Value"), variant, "{value}");
        }
    }

    #[test]
    fn identifiers_of_nothing() {
        assert_eq!(identifier("", "n", "field"), "field");
        assert_eq!(identifier("1a", "n", "field"), "n1a");
        assert_eq!(identifier("名前", "n", "field"), "名前");
    }
}
