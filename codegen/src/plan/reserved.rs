//! In: nothing. Out: the names that nothing made of a schema may have: those of Rust, of the standard library, and of the files of a crate.
//! Not done here: names that the generator adds to one type (`fields::Namer`), changing a name that is reserved (`names`).

/// Whether a type of that name would hide one that generated code uses, or one that every reader knows.
pub(super) fn prelude(word: &str) -> bool {
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

/// Whether a module of that name would hide a primitive type.
pub(super) fn primitive(word: &str) -> bool {
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

/// Whether a module of that name cannot have a file of its own, in whatever case of letters: the file has a meaning for cargo, or is a
/// device on Windows, where no repository with such a file can be checked out.
pub(super) fn file(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let device = |name: &str| word.strip_prefix(name).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']));
    matches!(word.as_str(), "lib" | "main" | "mod" | "build" | "con" | "prn" | "aux" | "nul") || device("com") || device("lpt")
}

/// Whether the root of the bindings has something of that name beside its modules.
pub(super) fn root(word: &str) -> bool {
    ROOT.contains(&word)
}

/// What the root of the bindings has beside its modules.
pub(super) const ROOT: [&str; 4] = ["xmlns", "Document", "OPERATIONS", "RULES"];

/// Prefixes that stand for something else: in every document (Namespaces in XML, section 3), in selectors, in the attributes of bindings, or
/// beside the constants of prefixes; and words that can be no identifier at all, not even a raw one.
pub(super) const PREFIXES: [&str; 16] = [
    "xml",
    "xmlns",
    "xsi",
    "xs",
    "none",
    "any",
    "attribute",
    "group",
    "text",
    "trim_text",
    "NAMESPACES",
    "SCHEMA",
    "crate",
    "self",
    "super",
    "Self",
];

/// Whether a macro of the standard library has that name, so that a link to a module has to say that it means the module.
pub(super) fn std_macro(word: &str) -> bool {
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
