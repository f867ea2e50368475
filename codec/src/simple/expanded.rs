//! In: a literal with `{namespace}` before each qualified name, as generated code spells those of the schema: `{urn:a}a:note`. Out: the
//! literal without the namespaces, and what its prefixes stand for.
//! Not done here: literals of documents, whose prefixes the document declares (`read::names`).
//!
//! A word without `{namespace}` is no qualified name. One that starts with `{` itself has `{}` before it.

use std::borrow::Cow;

use super::space::words;

/// Namespace and name of a word; no namespace where the word is no qualified name.
fn split(word: &str) -> (Option<&str>, &str) {
    match word.strip_prefix('{').and_then(|rest| rest.rsplit_once('}')) {
        Some((namespace, name)) => (Some(namespace), name),
        None => (None, word),
    }
}

/// The literal without the namespaces.
pub(crate) fn plain(literal: &str) -> Cow<'_, str> {
    if !literal.contains('{') {
        return Cow::Borrowed(literal);
    }
    let mut out = String::with_capacity(literal.len());
    for run in literal.split_inclusive([' ', '\t', '\n', '\r']) {
        let word = run.trim_end_matches([' ', '\t', '\n', '\r']);
        out.push_str(bare(word));
        out.push_str(run.get(word.len()..).unwrap_or_default());
    }
    Cow::Owned(out)
}

/// A word without its namespace. In `{}{a}` nothing but the first pair of braces is one.
fn bare(word: &str) -> &str {
    match word.strip_prefix("{}") {
        Some(rest) => rest,
        None => split(word).1,
    }
}

/// What a prefix stands for in the literal.
pub(crate) fn namespace(literal: &str, prefix: &str) -> Option<String> {
    words(literal).find_map(|word| {
        let (namespace, name) = split(word);
        let own = name.split_once(':').map_or("", |(prefix, _)| prefix);
        namespace.filter(|_| own == prefix).map(|namespace| namespace.replace("%20", " "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_split() {
        let literal = "{urn:a}a:x {}y {urn:{b}}b:z plain {}{odd";
        assert_eq!(plain(literal), "a:x y b:z plain {odd");
        assert_eq!(namespace(literal, "a").as_deref(), Some("urn:a"));
        assert_eq!(namespace(literal, "").as_deref(), Some(""));
        assert_eq!(namespace(literal, "b").as_deref(), Some("urn:{b}"));
        assert_eq!(namespace("t:x", "t"), None, "a word without a namespace is no name");
        assert_eq!(plain("{http://a%20b}c"), "c");
    }
}
