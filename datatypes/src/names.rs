//! Checks whether a text is one of the kinds of XML names. Prefixes are not resolved.

/// Returns whether a character is a `NameStartChar` of XML 1.0 (fifth edition), except for the colon.
pub fn is_name_start(c: char) -> bool {
    matches!(c,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// Returns whether a character is a `NameChar` of XML 1.0 (fifth edition), except for the colon.
pub fn is_name_char(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' | '_')
        || is_name_start(c)
        || matches!(c, '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// Returns whether a text is an NCName.
pub fn is_ncname(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_name_start) && chars.all(is_name_char)
}

/// Returns whether a text is a Name, which may contain colons.
pub fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c == ':' || is_name_start(c)) && chars.all(|c| c == ':' || is_name_char(c))
}

/// Returns whether a text is an NMTOKEN.
pub fn is_nmtoken(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c == ':' || is_name_char(c))
}

/// Returns whether a text is a QName.
pub fn is_qname(text: &str) -> bool {
    match text.split_once(':') {
        Some((prefix, local)) => is_ncname(prefix) && is_ncname(local),
        None => is_ncname(text),
    }
}

/// Returns whether a text is a language code: `[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*`.
pub fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let short = |p: &str| (1..=8).contains(&p.len());
    parts.next().is_some_and(|p| short(p) && p.bytes().all(|b| b.is_ascii_alphabetic()))
        && parts.all(|p| short(p) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        assert!(is_ncname("a-b.c") && !is_ncname("a:b") && !is_ncname("1a") && !is_ncname(""));
        assert!(is_qname("a:b") && !is_qname("a:b:c") && !is_qname(":b") && !is_qname("a:"));
        assert!(is_name("a:b:c") && is_nmtoken("1a"));
        assert!(is_language("en-US") && !is_language("123456789") && !is_language("en_US"));
    }

    /// The ranges of `NameStartChar` and `NameChar` in XML 1.0, section 2.3, by their ends.
    #[test]
    fn characters_of_names() {
        for (first, last) in [
            ('A', 'Z'),
            ('a', 'z'),
            ('\u{C0}', '\u{D6}'),
            ('\u{D8}', '\u{F6}'),
            ('\u{F8}', '\u{2FF}'),
            ('\u{370}', '\u{37D}'),
            ('\u{37F}', '\u{1FFF}'),
            ('\u{200C}', '\u{200D}'),
            ('\u{2070}', '\u{218F}'),
            ('\u{2C00}', '\u{2FEF}'),
            ('\u{3001}', '\u{D7FF}'),
            ('\u{F900}', '\u{FDCF}'),
            ('\u{FDF0}', '\u{FFFD}'),
            ('\u{10000}', '\u{EFFFF}'),
        ] {
            assert!(is_name_start(first) && is_name_start(last) && is_name_char(first) && is_name_char(last), "{first:?} {last:?}");
        }
        for c in ['-', '.', '0', '9', '\u{B7}', '\u{300}', '\u{36F}', '\u{203F}', '\u{2040}'] {
            assert!(is_name_char(c) && !is_name_start(c), "{c:?}");
        }
        assert!(is_name_start('_'));
        for c in [
            '@',
            '[',
            '`',
            '{',
            '\u{BF}',
            '\u{D7}',
            '\u{F7}',
            '\u{37E}',
            '\u{2000}',
            '\u{200B}',
            '\u{200E}',
            '\u{203E}',
            '\u{2041}',
            '\u{206F}',
            '\u{2190}',
            '\u{2BFF}',
            '\u{2FF0}',
            '\u{3000}',
            '\u{F8FF}',
            '\u{FDD0}',
            '\u{FDEF}',
            '\u{FFFE}',
            '\u{F0000}',
            '/',
            ':',
            ' ',
            '\u{B6}',
            '\u{B8}',
        ] {
            assert!(!is_name_char(c) && !is_name_start(c), "{c:?}");
        }
    }

    #[test]
    fn names_have_a_first_character() {
        for text in ["a", "_", "a1", "é-.", "a\u{B7}"] {
            assert!(is_ncname(text) && is_name(text) && is_nmtoken(text) && is_qname(text), "{text}");
        }
        for text in ["", "1", "-a", "a b", "a/", "\u{B7}"] {
            assert!(!is_ncname(text) && !is_name(text) && !is_qname(text), "{text}");
        }
        assert!(
            is_name(":")
                && is_name("a:")
                && !is_ncname("a:")
                && is_nmtoken(":")
                && is_nmtoken("-1")
                && !is_nmtoken("a b")
                && !is_nmtoken("")
        );
        assert!(!is_qname("a:1") && !is_qname("1:a") && is_qname("é:_"));
    }

    #[test]
    fn languages() {
        for text in ["a", "abcdefgh", "en-1", "en-abcdefgh-1", "x-1a2b"] {
            assert!(is_language(text), "{text}");
        }
        for text in ["", "abcdefghi", "e1", "en-", "-en", "en--us", "en-abcdefghi", "en-u_", "é"] {
            assert!(!is_language(text), "{text}");
        }
    }
}
