//! Spells names in characters that an identifier can contain without a compiler warning. Other characters are replaced by their number.
//!
//! The compiler warns about characters outside the general profile of Unicode Technical Standard 39, and about a script from which a crate uses only
//! letters that look like those of another script. `words` splits names into words, and `reserved` knows the keywords.

use unicode_normalization::UnicodeNormalization;
use unicode_security::mixed_script::AugmentedScriptSet;
use unicode_security::{GeneralSecurityProfile, is_potential_mixed_script_confusable_char};

/// The letter case of a kind of identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// `snake_case`: no upper-case letters.
    Snake,
    /// `UpperCamelCase`: upper-case and lower-case letters.
    Camel,
    /// `SHOUTY_CASE`: no lower-case letters.
    Shouty,
}

/// Replaces each character that the name cannot keep by its number: `u5d0`, or `U5d0` where upper-case letters are used.
pub(super) fn spell(name: &str, case: Case) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    let name: Vec<char> = name.nfc().collect();
    let kept = |c: char| c.is_ascii() || stays(c, &name) && fits(c, case);
    name.iter().map(|&c| if kept(c) { c.to_string() } else { number(c, case) }).collect()
}

/// Returns a name of ASCII characters only: each other character is replaced by its number.
pub(super) fn numbered(word: &str) -> String {
    word.nfc().map(|c| if c.is_ascii() { c.to_string() } else { number(c, Case::Snake) }).collect()
}

fn number(c: char, case: Case) -> String {
    let number = u32::from(c);
    match case {
        Case::Snake => format!("u{number:x}"),
        Case::Camel => format!("U{number:x}"),
        Case::Shouty => format!("U{number:X}"),
    }
}

fn fits(c: char, case: Case) -> bool {
    match case {
        Case::Snake => !c.is_uppercase(),
        Case::Camel => true,
        Case::Shouty => !c.is_lowercase(),
    }
}

/// Returns whether the compiler accepts the character in an identifier that also contains the others.
fn stays(c: char, name: &[char]) -> bool {
    let allowed = |c: char| unicode_ident::is_xid_continue(c) && c.identifier_allowed();
    let vouches = |&other: &char| allowed(other) && !is_potential_mixed_script_confusable_char(other) && of_one_script(c, other);
    allowed(c) && (!is_potential_mixed_script_confusable_char(c) || of_one_script(c, 'a') || name.iter().any(vouches))
}

fn of_one_script(one: char, other: char) -> bool {
    let mut common = AugmentedScriptSet::for_char(one);
    common.intersect_with(AugmentedScriptSet::for_char(other));
    !common.is_empty() && !common.is_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_one_script_vouch_for_each_other() {
        assert_eq!(spell("größe", Case::Snake), "größe");
        assert_eq!(spell("cafe\u{301}", Case::Snake), "café");
        assert_eq!(spell("имя", Case::Snake), "имя");
        // Each of these letters looks like a Latin one.
        assert_eq!(spell("сор", Case::Snake), "u441u43eu440");
        assert_eq!(spell("p\u{430}ge", Case::Snake), "pu430ge");
        assert_eq!(spell("名前", Case::Camel), "名前");
        assert_eq!(spell("שם", Case::Camel), "שם");
    }

    #[test]
    fn other_characters_are_numbers() {
        assert_eq!(spell("\u{17f}a", Case::Snake), "u17fa");
        assert_eq!(spell("x\u{b2}", Case::Camel), "xUb2");
        assert_eq!(spell("\u{138}_TYPE", Case::Shouty), "U138_TYPE");
        assert_eq!(numbered("æble"), "ue6ble");
    }
}
