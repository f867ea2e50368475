//! In: a character or a text. Out: whether XML 1.0 (fifth edition) allows it there, in documents and in names.
//! Not done here: what a name is bound to (`read::names`).

pub(crate) use xsdgen_datatypes::names::{is_name, is_name_char as is_part, is_ncname};

/// A character that a document of XML 1.0 may hold.
pub(crate) fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
