//! Identity constraints (XML Schema Part 1, section 3.11), and the subset of XPath in which their paths are written. The generator has
//! already validated the paths; `read::identity` compares the elements of a document with them.

/// An identity constraint (section 3.11). Its paths use the XPath subset defined there, with the prefixes of
/// the schema set.
#[derive(Debug)]
pub struct Constraint {
    pub(crate) kind: ConstraintKind,
    name: (u16, &'static str),
    selector: &'static str,
    fields: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConstraintKind {
    Key,
    Unique,
    /// A keyref, with the name of the key that it refers to.
    KeyRef(u16, &'static str),
}

impl Constraint {
    const fn new(kind: ConstraintKind, name: (u16, &'static str), selector: &'static str, fields: &'static [&'static str]) -> Self {
        Self { kind, name, selector, fields }
    }

    /// Creates an `xs:key`.
    #[must_use]
    pub const fn key(namespace: u16, local: &'static str, selector: &'static str, fields: &'static [&'static str]) -> Self {
        Self::new(ConstraintKind::Key, (namespace, local), selector, fields)
    }

    /// Creates an `xs:unique`.
    #[must_use]
    pub const fn unique(namespace: u16, local: &'static str, selector: &'static str, fields: &'static [&'static str]) -> Self {
        Self::new(ConstraintKind::Unique, (namespace, local), selector, fields)
    }

    /// Creates an `xs:keyref`, given the namespace and name of the key that it refers to.
    #[must_use]
    pub const fn keyref(
        namespace: u16,
        local: &'static str,
        refer: (u16, &'static str),
        selector: &'static str,
        fields: &'static [&'static str],
    ) -> Self {
        Self::new(ConstraintKind::KeyRef(refer.0, refer.1), (namespace, local), selector, fields)
    }
}

/// An identity constraint with its paths parsed.
#[derive(Debug)]
pub(crate) struct Identity {
    pub(crate) kind: ConstraintKind,
    pub(crate) name: (u16, &'static str),
    pub(crate) selector: Vec<Path>,
    pub(crate) fields: Vec<Vec<Path>>,
    /// Whether any keyref refers to this constraint.
    pub(crate) referred: bool,
}

impl Identity {
    /// Parses the paths of a constraint. `referred` lists the keyrefs of the schema set.
    pub(crate) fn of(constraint: &'static Constraint, uri: UriOf<'_>, referred: &[ConstraintKind]) -> Self {
        Self {
            kind: constraint.kind,
            name: constraint.name,
            selector: Path::parse_all(uri, constraint.selector),
            fields: constraint.fields.iter().map(|field| Path::parse_all(uri, field)).collect(),
            referred: referred.contains(&ConstraintKind::KeyRef(constraint.name.0, constraint.name.1)),
        }
    }
}

/// Returns the namespace that a prefix stands for.
type UriOf<'u> = &'u dyn Fn(&str) -> &'static str;

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
    fn parse(uri: UriOf<'_>, text: &'static str) -> Self {
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
    pub(crate) fn parse_all(uri: UriOf<'_>, text: &'static str) -> Vec<Self> {
        text.split('|').map(|one| Self::parse(uri, one.trim())).collect()
    }

    fn parse(uri: UriOf<'_>, text: &'static str) -> Self {
        let (anywhere, rest) = text.strip_prefix(".//").map_or((false, text), |rest| (true, rest));
        let mut path = Self { anywhere, steps: Vec::new(), attribute: None };
        for step in rest.split('/') {
            match step.strip_prefix('@') {
                Some(name) => path.attribute = Some(Test::parse(uri, name)),
                None if step == "." || step.is_empty() => {}
                None => path.steps.push(Test::parse(uri, step)),
            }
        }
        path
    }

    /// Returns whether the path leads to the last of these elements. Each element is the child of the one
    /// before; the path starts at the parent of the first.
    pub(crate) fn leads<'n>(&self, names: impl DoubleEndedIterator<Item = (&'n str, &'n str)> + ExactSizeIterator) -> bool {
        let fits = if self.anywhere { names.len() >= self.steps.len() } else { names.len() == self.steps.len() };
        fits && self.steps.iter().rev().zip(names.rev()).all(|(test, (uri, local))| test.admits(uri, local))
    }
}
