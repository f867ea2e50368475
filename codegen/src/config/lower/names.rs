//! Checks whether cargo and Rust accept the names in the configuration that become parts of `Cargo.toml` or of an attribute.
//!
//! `plan` checks the names of types, fields and modules.

use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Ident, Meta, Path, Token};

/// Returns why a text cannot be the name of a feature, or `None` if it can.
pub(super) fn feature(text: &str) -> Option<&'static str> {
    let first = |c: char| unicode_ident::is_xid_start(c) || c == '_' || c.is_ascii_digit();
    let rest = |c: char| unicode_ident::is_xid_continue(c) || matches!(c, '-' | '+' | '.');
    match text {
        "default" => Some("`default` is made of all features of namespaces"),
        _ if text.starts_with(first) && text.chars().all(rest) => None,
        _ => Some("a feature's name is of letters, digits, `_`, `-`, `+` and `.`, and begins with a letter, a digit or `_`"),
    }
}

/// Returns why a text cannot be a requirement of a feature, or `None` if it can.
pub(super) fn need(text: &str) -> Option<&'static str> {
    let help = "write a feature, `dep:package`, `package/feature` or `package?/feature`";
    let fits = match (text.strip_prefix("dep:"), text.split_once('/')) {
        (Some(name), _) => package(name).is_none(),
        (None, Some((name, inner))) => package(name.trim_end_matches('?')).is_none() && (inner == "default" || feature(inner).is_none()),
        (None, None) => text == "default" || feature(text).is_none(),
    };
    (!fits).then_some(help)
}

/// Returns why a text cannot be the name of a package, or `None` if it can.
pub(super) fn package(text: &str) -> Option<&'static str> {
    let fits = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    (!fits).then_some("a package's name is of letters, digits, `-` and `_`, and begins with a letter")
}

/// Returns why a text cannot be the path of a derive macro, or `None` if it can.
pub(super) fn derive(text: &str) -> Option<&'static str> {
    let path = Path::parse_mod_style.parse_str(text).ok();
    let names_macro = path.and_then(|path| path.segments.last().map(|last| syn::parse_str::<Ident>(&last.ident.to_string()).is_ok()));
    let fits = names_macro == Some(true) && text.chars().all(|c| c == '_' || c == ':' || c.is_alphanumeric());
    (!fits).then_some("write the path of a macro, as `Eq` or `::serde::Serialize`")
}

/// Returns why a text cannot be an attribute, or `None` if it can.
pub(super) fn attribute(text: &str) -> Option<&'static str> {
    let Ok(meta) = syn::parse_str::<Meta>(text) else {
        return Some("write an attribute without `#[` and `]`, as `serde(skip)` or `doc = \"text\"`");
    };
    match meta.path().get_ident().map(ToString::to_string).as_deref() {
        Some("xml" | "operation") => Some("the generator writes this attribute: it says how the type is read and written"),
        Some("derive") => Some("write the macros in the table `[derives]`"),
        Some("cfg_attr") => conditional(&meta),
        _ => None,
    }
}

/// Returns why an attribute that `cfg_attr` adds is not valid. A derive there would come behind the attributes of its fields, and the bindings would not know
/// which traits the type implements.
fn conditional(meta: &Meta) -> Option<&'static str> {
    let form = "write `cfg_attr(CONDITION, ATTRIBUTE)`";
    let Ok(list) = meta.require_list() else { return Some(form) };
    let Ok(parts) = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) else { return Some(form) };
    let named = |meta: &Meta, name: &str| meta.path().is_ident(name);
    parts.iter().skip(1).find_map(|meta| match meta {
        meta if named(meta, "derive") => Some("write the macros in the table `[derives]`; they cannot depend on a condition"),
        meta if named(meta, "cfg_attr") => conditional(meta),
        meta if named(meta, "xml") || named(meta, "operation") => attribute("xml"),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_and_what_they_need() {
        for good in ["a", "_a", "1a", "a-b.c+d", "größe"] {
            assert_eq!(feature(good), None, "{good}");
        }
        for bad in ["", "a b", "-a", "a\"]\n[x]", "a/b", "dep:a", "default"] {
            assert!(feature(bad).is_some(), "{bad}");
        }
        for good in ["a", "dep:serde", "serde/derive", "serde?/derive", "serde/default"] {
            assert_eq!(need(good), None, "{good}");
        }
        for bad in ["", "dep:", "dep:a b", "/a", "a/", "a b"] {
            assert!(need(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn attributes_have_no_brackets() {
        for good in [
            "serde(skip)",
            "serde(rename_all = \"camelCase\")",
            "doc = \"x\"",
            "deprecated",
            "a::b(c)",
            "cfg_attr(x, y)",
            "cfg_attr(feature = \"x\", serde(skip), doc = \"x\",)",
        ] {
            assert_eq!(attribute(good), None, "{good}");
        }
        for bad in [
            "",
            "#[serde(skip)]",
            "serde(skip",
            "serde(skip)] struct X;",
            "serde(skip) serde",
            "xml(\"x\")",
            "derive(Eq)",
            "cfg_attr",
            "cfg_attr(x",
        ] {
            assert!(attribute(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn conditional_attributes_have_no_derives() {
        for bad in
            ["cfg_attr(x, derive(Eq))", "cfg_attr(feature = \"x\", serde(skip), derive(a::B, C))", "cfg_attr(x, cfg_attr(y, derive(Eq)))"]
        {
            assert_eq!(attribute(bad), Some("write the macros in the table `[derives]`; they cannot depend on a condition"), "{bad}");
        }
        assert_eq!(attribute("cfg_attr(x, xml(\"a\"))"), attribute("xml"));
    }

    #[test]
    fn derives_are_paths() {
        for good in ["Eq", "serde::Serialize", "::serde::Serialize"] {
            assert_eq!(derive(good), None, "{good}");
        }
        for bad in ["", "Eq, Hash", "Eq)]\nstruct X;", "a::<b>", "a /* b */", "fn", "self", "crate", "a::super"] {
            assert!(derive(bad).is_some(), "{bad}");
        }
    }
}
