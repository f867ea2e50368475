//! Parses paths of the XPath subset for identity constraints (XML Schema Part 1, section 3.11.6), and checks
//! whether they match an element. The generator has already validated the paths; `read::identity` walks through
//! the document.

use crate::schema::Schema;

/// One alternative of a path.
#[derive(Debug)]
pub(crate) struct Path {
    /// Whether the path matches at any depth: `.//`.
    anywhere: bool,
    steps: Vec<Test>,
    /// The attribute at the end of the path.
    pub(crate) attribute: Option<Test>,
}

/// A name test: a name, `*`, or `prefix:*`.
#[derive(Debug)]
pub(crate) struct Test {
    uri: Option<&'static str>,
    local: Option<&'static str>,
}

impl Test {
    fn parse(schema: &'static Schema, text: &'static str) -> Self {
        let uri = |prefix| schema.by_prefix(prefix).map_or("", crate::Namespace::uri);
        match text.split_once(':') {
            Some((prefix, "*")) => Self { uri: Some(uri(prefix)), local: None },
            Some((prefix, local)) => Self { uri: Some(uri(prefix)), local: Some(local) },
            None if text == "*" => Self { uri: None, local: None },
            None => Self { uri: Some(""), local: Some(text) },
        }
    }

    /// Returns whether the test matches a name.
    pub(crate) fn admits(&self, uri: &str, local: &str) -> bool {
        self.uri.is_none_or(|it| it == uri) && self.local.is_none_or(|it| it == local)
    }
}

impl Path {
    /// Parses the alternatives of a path.
    pub(crate) fn parse_all(schema: &'static Schema, text: &'static str) -> Vec<Self> {
        text.split('|').map(|one| Self::parse(schema, one.trim())).collect()
    }

    fn parse(schema: &'static Schema, text: &'static str) -> Self {
        let (anywhere, rest) = text.strip_prefix(".//").map_or((false, text), |rest| (true, rest));
        let mut path = Self { anywhere, steps: Vec::new(), attribute: None };
        for step in rest.split('/') {
            match step.strip_prefix('@') {
                Some(name) => path.attribute = Some(Test::parse(schema, name)),
                None if step == "." || step.is_empty() => {}
                None => path.steps.push(Test::parse(schema, step)),
            }
        }
        path
    }

    /// Returns whether the path leads to the last of these elements. Each element is the child of the one
    /// before; the path starts at the parent of the first.
    pub(crate) fn leads<'n>(&self, way: impl DoubleEndedIterator<Item = (&'n str, &'n str)> + ExactSizeIterator) -> bool {
        let fits = if self.anywhere { way.len() >= self.steps.len() } else { way.len() == self.steps.len() };
        fits && self.steps.iter().rev().zip(way.rev()).all(|(test, (uri, local))| test.admits(uri, local))
    }
}
