//! Parses the XPath of selectors and fields into its alternatives, if it is in the subset of section 3.11.6. It is not evaluated.

use std::iter::Peekable;
use std::vec::IntoIter;

use crate::datatypes::names::is_ncname;
use crate::document::Bindings;
use crate::schema::Name;

/// A name test with namespace URIs instead of ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    Any,
    Namespace(String),
    Name(Name),
}

/// An alternative of an XPath expression.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Alternative {
    pub(super) descendants: bool,
    /// The child steps; `None` stands for `.`.
    pub(super) steps: Vec<Option<Test>>,
    pub(super) attribute: Option<Test>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Dot,
    Slash,
    DoubleSlash,
    Bar,
    At,
    Star,
    Axis(String),
    Name(String),
    PrefixStar(String),
}

/// Parses the XPath of a selector or, if `field` is set, of a field, which may end in an attribute. The error is a phrase for a message.
pub(super) fn parse(text: &str, bindings: &Bindings, field: bool) -> Result<Vec<Alternative>, String> {
    let mut tokens = tokenize(text)?.into_iter().peekable();
    let mut out = Vec::new();
    loop {
        out.push(alternative(&mut tokens, bindings, field)?);
        match tokens.next() {
            None => return Ok(out),
            Some(Token::Bar) => {}
            Some(_) => return Err("`|` or the end is expected after a path".to_owned()),
        }
    }
}

type Tokens = Peekable<IntoIter<Token>>;

fn alternative(tokens: &mut Tokens, bindings: &Bindings, field: bool) -> Result<Alternative, String> {
    let mut out = Alternative::default();
    let mut first = true;
    loop {
        match tokens.next() {
            Some(Token::Dot) => {
                // Only a `.` at the start of a path can be followed by `//`.
                if first && tokens.next_if_eq(&Token::DoubleSlash).is_some() {
                    out.descendants = true;
                    first = false;
                    continue;
                }
                out.steps.push(None);
            }
            Some(Token::Axis(axis)) if axis == "child" => {
                let test = tokens.next();
                out.steps.push(Some(name_test(test, bindings)?));
            }
            Some(Token::At) if field => {
                let test = tokens.next();
                out.attribute = Some(name_test(test, bindings)?);
                return Ok(out);
            }
            Some(Token::Axis(axis)) if axis == "attribute" && field => {
                let test = tokens.next();
                out.attribute = Some(name_test(test, bindings)?);
                return Ok(out);
            }
            Some(Token::At) => return Err("attributes cannot be selected".to_owned()),
            Some(Token::Axis(axis)) => return Err(format!("the axis `{axis}` is not allowed")),
            test => out.steps.push(Some(name_test(test, bindings)?)),
        }
        first = false;
        if tokens.next_if_eq(&Token::Slash).is_none() {
            return Ok(out);
        }
    }
}

fn name_test(token: Option<Token>, bindings: &Bindings) -> Result<Test, String> {
    let bound = |prefix: &str| match prefix {
        "xml" => Ok(crate::schema::XML.to_owned()),
        _ => bindings.get(prefix).map(|uri| uri.to_string()).ok_or_else(|| format!("the prefix `{prefix}` is not bound")),
    };
    match token {
        Some(Token::Star) => Ok(Test::Any),
        Some(Token::PrefixStar(prefix)) => Ok(Test::Namespace(bound(&prefix)?)),
        Some(Token::Name(name)) => Ok(Test::Name(match name.split_once(':') {
            Some((prefix, local)) => Name { uri: bound(prefix)?.into(), local: local.into() },
            // An unprefixed name is in no namespace, because XPath 1.0 has no default namespace.
            None => Name { uri: "".into(), local: name.as_str().into() },
        })),
        Some(other) => Err(format!("a name is expected, not {}", words(&other))),
        None => Err("a name is expected at the end".to_owned()),
    }
}

fn words(token: &Token) -> &'static str {
    match token {
        Token::Dot => "`.`",
        Token::Slash => "`/`",
        Token::DoubleSlash => "`//`",
        Token::Bar => "`|`",
        Token::At => "`@`",
        Token::Axis(_) => "an axis",
        Token::Star | Token::Name(_) | Token::PrefixStar(_) => "a name",
    }
}

fn tokenize(text: &str) -> Result<Vec<Token>, String> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let (token, tail) = match c {
            '.' => (Token::Dot, after),
            '/' => after.strip_prefix('/').map_or((Token::Slash, after), |t| (Token::DoubleSlash, t)),
            '|' => (Token::Bar, after),
            '@' => (Token::At, after),
            '*' => (Token::Star, after),
            _ => name(rest)?,
        };
        out.push(token);
        rest = tail.trim_start_matches([' ', '\t', '\n', '\r']);
    }
    Ok(out)
}

/// Reads a name, a `prefix:*`, or an axis with its `::` from the start of a text.
fn name(text: &str) -> Result<(Token, &str), String> {
    let end = text.find(|c: char| !crate::datatypes::names::is_name_char(c)).unwrap_or(text.len());
    let (first, rest) = text.split_at(end);
    if !is_ncname(first) {
        let shown: String = text.chars().take(1).collect();
        return Err(format!("`{shown}` is not allowed"));
    }
    if let Some(tail) = rest.trim_start().strip_prefix("::") {
        return Ok((Token::Axis(first.to_owned()), tail));
    }
    let Some(tail) = rest.strip_prefix(':') else { return Ok((Token::Name(first.to_owned()), rest)) };
    if let Some(tail) = tail.strip_prefix('*') {
        return Ok((Token::PrefixStar(first.to_owned()), tail));
    }
    let end = tail.find(|c: char| !crate::datatypes::names::is_name_char(c)).unwrap_or(tail.len());
    let (local, rest) = tail.split_at(end);
    if !is_ncname(local) {
        return Err(format!("`{first}:` is not followed by a name"));
    }
    Ok((Token::Name(format!("{first}:{local}")), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ok(text: &str, field: bool) -> bool {
        let bindings = Bindings::of(&[("p".to_owned(), "u".to_owned())].into());
        parse(text, &bindings, field).is_ok()
    }

    #[test]
    fn the_subset_is_accepted_and_the_rest_refused() {
        for good in [".", "a/b", ".//a", "p:a | *", "child::a/./p:*", ". // a", "a / b"] {
            assert!(ok(good, false), "{good}");
        }
        for bad in ["", "/a", "//a", "a//b", "@a", "a[1]", "a|", "parent::a", "..", "q:a", "a/", ".//@a", "a b", "a/.//b"] {
            assert!(!ok(bad, false), "{bad}");
        }
        for good in ["@a", ".//@p:a", "a/attribute::b", "."] {
            assert!(ok(good, true), "{good}");
        }
        assert!(!ok("@a/b", true));
    }
}
