//! Handles literals of the schema that have `{namespace}` before each qualified name, such as `{urn:a}a:note`,
//! as generated code contains them. It removes the namespaces and resolves the prefixes. The prefixes in
//! documents are resolved in `read::names`.
//!
//! A word without `{namespace}` is not a qualified name. A word that itself starts with `{` is preceded by
//! `{}`.

use std::borrow::Cow;

use super::space::words;

/// Splits a word into namespace and name. The namespace is `None` if the word is not a qualified name.
fn split(word: &str) -> (Option<&str>, &str) {
    match word.strip_prefix('{').and_then(|rest| rest.rsplit_once('}')) {
        Some((namespace, name)) => (Some(namespace), name),
        None => (None, word),
    }
}

/// Returns the literal without the namespaces.
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

/// Returns a word without its namespace. Of `{}{a}`, only the first pair of braces is removed.
fn bare(word: &str) -> &str {
    match word.strip_prefix("{}") {
        Some(rest) => rest,
        None => split(word).1,
    }
}

/// Returns the namespace, the prefix and the local name of a word; `None` if the word is not a qualified name.
pub(crate) fn parts(word: &str) -> Option<(String, &str, &str)> {
    let (namespace, name) = split(word);
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    let namespace = namespace.filter(|_| !word.starts_with("{}{"))?;
    Some((namespace.replace("%20", " "), prefix, local))
}

/// Returns the namespace that a prefix stands for in the literal.
pub(crate) fn namespace(literal: &str, prefix: &str) -> Option<String> {
    words(literal).find_map(|word| {
        let (namespace, name) = split(word);
        let own = name.split_once(':').map_or("", |(prefix, _)| prefix);
        namespace.filter(|_| own == prefix).map(|namespace| namespace.replace("%20", " "))
    })
}

/// Returns a literal in which each qualified name has a prefix of its own, so that names of several namespaces can be told apart although they
/// have the same prefix or none; `None` if they can be told apart without that.
pub(crate) fn told_apart(literal: &str) -> Option<String> {
    let meaning = |word: &str| {
        let (uri, name) = split(word);
        Some((name.split_once(':').map_or("", |(prefix, _)| prefix).to_owned(), uri?.to_owned()))
    };
    let known: Vec<(String, String)> = words(literal).filter_map(meaning).collect();
    let clash = |(prefix, uri): &(String, String)| known.iter().any(|(own, other)| own == prefix && other != uri);
    if !known.iter().any(clash) {
        return None;
    }
    let apart = |(number, word): (usize, &str)| match split(word) {
        (Some(uri), name) => {
            let local = name.split_once(':').map_or(name, |(_, local)| local);
            format!("{{{uri}}}p{number}:{local}")
        }
        (None, word) => word.to_owned(),
    };
    Some(words(literal).enumerate().map(apart).collect::<Vec<_>>().join(" "))
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
        assert_eq!(told_apart("{urn:a}x {urn:b}b:y"), None);
        assert_eq!(told_apart("{urn:a}x {urn:b}y").as_deref(), Some("{urn:a}p0:x {urn:b}p1:y"));
        assert_eq!(parts("{http://a%20b}a:c"), Some(("http://a b".to_owned(), "a", "c")));
        assert_eq!((parts("plain"), parts("{}{odd")), (None, None));
    }
}
