//! Checks whether XML 1.0 (fifth edition) allows a character in documents or a text as a name. Namespaces of
//! names are resolved in `read::names`.

pub(crate) use xsdgen_datatypes::names::{is_name, is_name_char as is_part, is_ncname};

/// Returns whether a document of XML 1.0 may contain the character.
pub(crate) fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
