//! The names that generated items must not have: names of Rust, of the standard library, and of files with a meaning for cargo.
//!
//! `fields::Namer` reserves names that the generator adds to one type, and `names` changes names that are reserved.

use crate::keywords;

/// Returns whether a type of this name would hide one that generated code uses or that is well known.
pub(crate) fn prelude(word: &str) -> bool {
    matches!(
        word,
        "Self"
            | "String"
            | "Option"
            | "Vec"
            | "Box"
            | "Some"
            | "None"
            | "Ok"
            | "Err"
            | "Result"
            | "Default"
            | "Clone"
            | "Copy"
            | "Debug"
            | "Eq"
            | "PartialEq"
            | "Ord"
            | "PartialOrd"
            | "Hash"
            | "Drop"
            | "Fn"
            | "FnMut"
            | "FnOnce"
            | "From"
            | "Into"
            | "TryFrom"
            | "TryInto"
            | "AsRef"
            | "AsMut"
            | "Iterator"
            | "IntoIterator"
            | "Extend"
            | "DoubleEndedIterator"
            | "ExactSizeIterator"
            | "FromIterator"
            | "Send"
            | "Sync"
            | "Sized"
            | "Unpin"
            | "ToOwned"
            | "ToString"
            | "Display"
            | "FromStr"
    )
}

/// Returns whether a module of this name would hide a primitive type.
pub(crate) fn primitive(word: &str) -> bool {
    matches!(
        word,
        "bool"
            | "char"
            | "str"
            | "i8"
            | "i16"
            | "i32"
            | "i64"
            | "i128"
            | "isize"
            | "u8"
            | "u16"
            | "u32"
            | "u64"
            | "u128"
            | "usize"
            | "f32"
            | "f64"
            | "f16"
            | "f128"
    )
}

/// Returns whether a module of this name, in any letter case, cannot have a file of its own. Either the file has a meaning for cargo, or it is a
/// device on Windows, where a repository with such a file cannot be checked out.
pub(crate) fn file(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let device = |name: &str| word.strip_prefix(name).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']));
    matches!(word.as_str(), "lib" | "main" | "mod" | "build" | "con" | "prn" | "aux" | "nul") || device("com") || device("lpt")
}

/// Returns whether the root of the bindings contains an item of this name.
pub(crate) fn root(word: &str) -> bool {
    ROOT.contains(&word)
}

/// The names of the items in the root of the bindings, other than modules.
pub(crate) const ROOT: [&str; 4] = ["xmlns", "Document", "OPERATIONS", "RULES"];

/// Prefixes that cannot be used: they have another meaning in documents (Namespaces in XML, section 3), in selectors, in the attributes of the
/// bindings or next to the constants of prefixes, or they cannot be an identifier, not even a raw one.
pub(crate) const PREFIXES: [&str; 17] = [
    "xml",
    "xmlns",
    "xsi",
    "xs",
    "none",
    "any",
    "attribute",
    "group",
    "own_serde",
    "text",
    "trim_text",
    "NAMESPACES",
    "SCHEMA",
    "crate",
    "self",
    "super",
    "Self",
];

/// Returns why a name cannot be the name of a module with a file of its own, or `None` if it can.
pub(crate) fn unfit_module(name: &str) -> Option<&'static str> {
    match name {
        name if keywords::is_keyword(name) || syn::parse_str::<syn::Ident>(name).is_err() => Some("is not an identifier"),
        name if !name.is_ascii() => Some("has other characters than ASCII letters, digits and `_`, from which Rust makes no file name"),
        name if file(name) => Some("is a file that cargo or Windows knows as another"),
        name if root(name) || primitive(name) => Some("is the name of something else"),
        _ => None,
    }
}

/// Returns whether it is a valid prefix that can also be used in a macro.
pub(crate) fn plain(prefix: &str) -> bool {
    prefix.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && prefix.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && prefix != "_"
}

/// Returns whether the bindings can use a prefix for a namespace.
pub(crate) fn is_prefix(prefix: &str, uri: &str) -> bool {
    match prefix {
        "xml" => uri == XML,
        "xs" => uri == crate::schema::XS,
        _ => plain(prefix) && !PREFIXES.contains(&prefix),
    }
}

/// The namespace to which the prefix `xml` is bound.
pub(crate) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Returns whether a macro of the standard library has this name, so that a link to the module has to say that it means the module.
pub(crate) fn std_macro(word: &str) -> bool {
    matches!(
        word,
        "assert"
            | "assert_eq"
            | "assert_ne"
            | "bench"
            | "cfg"
            | "column"
            | "compile_error"
            | "concat"
            | "dbg"
            | "debug_assert"
            | "debug_assert_eq"
            | "debug_assert_ne"
            | "derive"
            | "env"
            | "eprint"
            | "eprintln"
            | "file"
            | "format"
            | "format_args"
            | "global_allocator"
            | "include"
            | "include_bytes"
            | "include_str"
            | "is_x86_feature_detected"
            | "line"
            | "matches"
            | "module_path"
            | "option_env"
            | "panic"
            | "print"
            | "println"
            | "stringify"
            | "test"
            | "test_case"
            | "thread_local"
            | "todo"
            | "try"
            | "unimplemented"
            | "unreachable"
            | "vec"
            | "write"
            | "writeln"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_cannot_be() {
        for word in ["lib", "Main", "mod", "build", "con", "NUL", "aux", "prn", "com1", "COM9", "lpt0"] {
            assert!(file(word), "{word}");
        }
        for word in ["library", "com", "com10", "comx", "console", "null"] {
            assert!(!file(word), "{word}");
        }
    }
}
