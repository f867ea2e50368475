//! Paths that identify the components of a schema set, such as `ep:accessControlType/sessionPassword`. This module is the only one that prints
//! and parses them.
//!
//! A path does not depend on files, on the order of components, or on Rust names. Prefixes are those of the bindings, not those of the schemas.

use std::fmt;
use std::str::FromStr;

/// The path to a component, starting at a global one.
///
/// ```
/// use xsdgen::model::ComponentPath;
///
/// for text in ["ep:listingType/=PUBLIC", "element::serv:message/header", "ep:userType/group(email)/phone", "none:noteType/@xlink:href"] {
///     assert_eq!(text.parse::<ComponentPath>().map(|path| path.to_string()).as_deref(), Ok(text));
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ComponentPath {
    /// The kind of the global component.
    pub kind: GlobalKind,
    /// The prefix of its namespace; `none` if it has no namespace.
    pub prefix: String,
    /// Its local name.
    pub local: String,
    /// The steps from the global component to this one.
    pub steps: Vec<Step>,
}

/// Defines an enum whose variants are written as words in the lock.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$item])* $variant,)*
        }

        impl $name {
            /// Returns the word that stands for it in the lock.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            pub(crate) fn of(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use words;

words! {
    /// The kind of a global component. A path to a type begins with its name, any other with the kind and `::`.
    GlobalKind {
        /// A named type.
        Type "",
        /// A global element.
        Element "element",
        /// A global attribute.
        Attribute "attribute",
        /// A named model group.
        Group "group",
        /// A named attribute group.
        AttributeGroup "attributeGroup",
    }
}

words! {
    /// A part of a component that has no name.
    PartKind {
        /// An element wildcard.
        Any "any",
        /// An attribute wildcard.
        AnyAttribute "anyAttribute",
        /// A reference to a named attribute group.
        AttributeGroup "attributeGroup",
        /// The anonymous base type of a restriction, or the base of an extension.
        Base "base",
        /// Mixed content.
        Content "content",
        /// The choice between a type and the types derived from it.
        Derived "derived",
        /// A model group without a name, labelled with an element in it.
        Group "group",
        /// The anonymous item type of a list.
        Item "item",
        /// An anonymous member type of a union.
        Member "member",
        /// A reference to a named model group.
        Reference "ref",
        /// The form of a named model group in which its particles are repeated.
        Repeated "repeated",
        /// One of several components that would have the same path.
        Same "same",
        /// The choice between an element and its substitution group.
        Substitution "substitution",
        /// Character content.
        Text "text",
    }
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// A child element; within [`PartKind::Derived`] and in a union, a type.
    Element(Name),
    /// An attribute.
    Attribute(Name),
    /// A value of an enumeration.
    Value(String),
    /// A part without a name.
    Part(PartKind, Label),
}

/// A name in a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// The prefix; `None` if the namespace is that of the global component, or no namespace.
    pub prefix: Option<String>,
    /// The local name.
    pub local: String,
}

/// The text that distinguishes parts of the same kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Label {
    /// No text: the only part of its kind, or the first one.
    None,
    /// A number from 2.
    Number(u32),
    /// The name of an element or a group.
    Name(Name),
}

impl Label {
    /// Returns the label of the `number`-th part of a kind, counted from 1.
    #[must_use]
    pub fn number(number: u32) -> Self {
        if number <= 1 { Label::None } else { Label::Number(number) }
    }
}

impl ComponentPath {
    /// Creates the path of a global component.
    pub fn global(kind: GlobalKind, prefix: impl Into<String>, local: impl Into<String>) -> Self {
        ComponentPath { kind, prefix: prefix.into(), local: local.into(), steps: Vec::new() }
    }

    /// Returns the path extended by a step.
    #[must_use]
    pub fn child(&self, step: Step) -> Self {
        let mut path = self.clone();
        path.steps.push(step);
        path
    }

    /// Returns the path extended by a part without a label.
    #[must_use]
    pub fn part(&self, kind: PartKind) -> Self {
        self.child(Step::Part(kind, Label::None))
    }

    /// Returns the path without its last step; `None` for a global component.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let mut path = self.clone();
        path.steps.pop().map(|_| path)
    }

    /// Returns whether the path leads to the other component or to something in it.
    #[must_use]
    pub fn starts_with(&self, other: &Self) -> bool {
        (self.kind, &self.prefix, &self.local) == (other.kind, &other.prefix, &other.local) && self.steps.starts_with(&other.steps)
    }

    /// Returns a name for a step of this path: the prefix is left out if it is that of the global component or stands for no namespace.
    #[must_use]
    pub fn name(&self, prefix: &str, local: &str) -> Name {
        let own = prefix == self.prefix || prefix == NONE;
        Name { prefix: (!own).then(|| prefix.to_owned()), local: local.to_owned() }
    }

    /// Returns the path with other prefixes.
    #[must_use]
    pub fn with_prefixes(mut self, other: &impl Fn(&str) -> String) -> Self {
        let rename = |name: &mut Name| name.prefix = name.prefix.as_deref().map(other);
        self.prefix = other(&self.prefix);
        for step in &mut self.steps {
            match step {
                Step::Element(name) | Step::Attribute(name) | Step::Part(_, Label::Name(name)) => rename(name),
                Step::Value(_) | Step::Part(..) => {}
            }
        }
        self
    }

    /// Returns the path as a selector: without the kind, parts and prefixes of steps.
    #[must_use]
    pub fn selector(&self) -> String {
        let shown = self.shown();
        if self.prefix == NONE { format!("{NONE}:{shown}") } else { shown }
    }

    /// Returns the path as documentation shows it: without the kind, parts and prefixes of steps, and without a prefix that stands for no namespace.
    #[must_use]
    pub fn shown(&self) -> String {
        let mut out = if self.prefix == NONE { self.local.clone() } else { format!("{}:{}", self.prefix, self.local) };
        for step in &self.steps {
            match step {
                Step::Element(name) => out.push_str(&format!("/{}", name.local)),
                Step::Attribute(name) => out.push_str(&format!("/@{}", name.local)),
                Step::Value(value) => out.push_str(&format!("/={value}")),
                Step::Part(..) => {}
            }
        }
        out
    }
}

/// The prefix that stands for no namespace.
pub(crate) const NONE: &str = "none";

impl fmt::Display for ComponentPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.kind != GlobalKind::Type {
            write!(f, "{}::", self.kind.word())?;
        }
        write!(f, "{}:{}", self.prefix, self.local)?;
        self.steps.iter().try_for_each(|step| write!(f, "/{step}"))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Element(name) => name.fmt(f),
            Step::Attribute(name) => write!(f, "@{name}"),
            Step::Value(value) => write!(f, "={}", quoted(value)),
            Step::Part(kind, Label::None) => write!(f, "{}()", kind.word()),
            Step::Part(kind, Label::Number(number)) => write!(f, "{}({number})", kind.word()),
            Step::Part(kind, Label::Name(name)) => write!(f, "{}({name})", kind.word()),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.prefix {
            Some(prefix) => write!(f, "{prefix}:{}", self.local),
            None => f.write_str(&self.local),
        }
    }
}

/// Returns a text without white space and control characters: in quotation marks if it has other characters than letters, digits and `_.:+-`.
pub(crate) fn quoted(text: &str) -> String {
    if !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "_.:+-".contains(c)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        if c == '\'' { out.push(c) } else { out.extend(c.escape_debug()) }
    }
    out.push('"');
    out
}

/// Returns the text that [`quoted`] was given; `None` if it is not valid.
pub(crate) fn unquoted(text: &str) -> Option<String> {
    let Some(inner) = text.strip_prefix('"') else { return (!text.contains(['"', '\\'])).then(|| text.to_owned()) };
    let mut chars = inner.strip_suffix('"')?.chars();
    let mut out = String::with_capacity(inner.len());
    while let Some(c) = chars.next() {
        match c {
            '"' => return None,
            '\\' => out.push(unescaped(&mut chars)?),
            c => out.push(c),
        }
    }
    Some(out)
}

/// Returns the character for the rest of an escape sequence.
fn unescaped(chars: &mut std::str::Chars<'_>) -> Option<char> {
    Some(match chars.next()? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        c @ ('"' | '\\' | '\'') => c,
        'u' => {
            let (digits, rest) = chars.as_str().strip_prefix('{')?.split_once('}')?;
            *chars = rest.chars();
            char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
        }
        _ => return None,
    })
}

/// A text that is not the path of a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathError;

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the path of a component")
    }
}

impl std::error::Error for PathError {}

impl FromStr for ComponentPath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        parse(text).ok_or(PathError)
    }
}

fn parse(text: &str) -> Option<ComponentPath> {
    let mut parts = unquoted_parts(text, '/').into_iter();
    let first = parts.next()?;
    let (kind, name) = match first.split_once("::") {
        Some((word, name)) => (GlobalKind::of(word).filter(|kind| *kind != GlobalKind::Type)?, name),
        None => (GlobalKind::Type, first),
    };
    let (prefix, local) = name.split_once(':')?;
    let steps = parts.map(step).collect::<Option<Vec<_>>>()?;
    Some(ComponentPath { kind, prefix: word(prefix)?, local: word(local)?, steps })
}

fn step(text: &str) -> Option<Step> {
    if let Some(value) = text.strip_prefix('=') {
        return unquoted(value).map(Step::Value);
    }
    if let Some(attribute) = text.strip_prefix('@') {
        return name(attribute).map(Step::Attribute);
    }
    let Some((kind, label)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) else { return name(text).map(Step::Element) };
    let label = match label {
        "" => Label::None,
        label if label.starts_with(|c: char| c.is_ascii_digit()) => Label::Number(label.parse().ok().filter(|number| *number > 1)?),
        label => Label::Name(name(label)?),
    };
    Some(Step::Part(PartKind::of(kind)?, label))
}

fn name(text: &str) -> Option<Name> {
    match text.split_once(':') {
        Some((prefix, local)) => Some(Name { prefix: Some(word(prefix)?), local: word(local)? }),
        None => Some(Name { prefix: None, local: word(text)? }),
    }
}

/// Returns a name without a colon, unless the text cannot be one.
fn word(text: &str) -> Option<String> {
    let wrong = |c: char| c.is_whitespace() || c.is_control() || "/:@=()\"\\".contains(c);
    (!text.is_empty() && !text.contains(wrong)).then(|| text.to_owned())
}

/// Splits a text at a separator that is not in quotation marks.
pub(crate) fn unquoted_parts(text: &str, separator: char) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(|c: char| {
        let at = c == separator && !quoted;
        quoted ^= c == '"' && !escaped;
        escaped = quoted && c == '\\' && !escaped;
        at
    })
    .collect()
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests stop where something is wrong")]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_as_they_are_written() {
        for text in [
            "ep:listingType",
            "none:noteType/to",
            "element::serv:message/body/any(2)",
            "attribute::xlink:href",
            "group::g:g/repeated()/choice",
            "attributeGroup::g:g/@lang",
            "ep:t/=PUBLIC",
            "ep:t/=\"GMT-12:00, Dateline (Eniwetok)\"",
            "ep:t/=\"\"",
            "ep:t/=\"a/\\\"b\\\\ \\u{202e}\"",
            "ep:t/group(xlink:a)/group(b)/c/@xml:lang",
            "ep:t/derived()/x:u",
            "ep:t/a/same(2)",
            "ep:größe/名前",
        ] {
            let path: ComponentPath = text.parse().expect(text);
            assert_eq!(path.to_string(), text);
        }
    }

    #[test]
    fn every_value_survives() {
        for value in ["", "a b", "\"", "\\", "'", "=/@()", "\n\t\r\0\u{7f}\u{85}", "e\u{301}", "\u{feff}", "日本", "\\u{41}", "it's"] {
            let path = ComponentPath::global(GlobalKind::Type, "p", "t").child(Step::Value(value.to_owned()));
            let text = path.to_string();
            assert_eq!(text.parse(), Ok(path), "{text}");
            assert!(!text.contains(|c: char| c.is_control()), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_paths() {
        for text in [
            "",
            "t",
            ":t",
            "p:",
            "p:t/",
            "p:t//a",
            "x::p:t",
            "::p:t",
            "p:t/a b",
            "p:t/@",
            "p:t/nothing()",
            "p:t/group(",
            "p:t/any(1)",
            "p:t/any(0)",
            "p:t/any(99999999999)",
            "p:t/=\"",
            "p:t/=\"a",
            "p:t/=a\"b",
            "p:t/=\"\\x\"",
            "p:t/=\"\\u{110000}\"",
            "p:t/a:b:c",
            "p:q:t",
        ] {
            assert_eq!(text.parse::<ComponentPath>(), Err(PathError), "{text}");
        }
    }

    #[test]
    fn documentation_shows_names_alone() {
        for (text, shown) in
            [("element::none:note/group(a)/a", "note/a"), ("ep:t/xlink:a/@xml:lang", "ep:t/a/@lang"), ("ep:t/=\"a b\"", "ep:t/=a b")]
        {
            assert_eq!(text.parse::<ComponentPath>().expect(text).shown(), shown);
        }
    }
}
