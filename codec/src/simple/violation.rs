//! Describes in words why a text violates a simple type: [`FacetError`]. The violation is found in `validate`.

use std::fmt;

use xsdgen_datatypes::FacetKind;
use xsdgen_datatypes::builtin::name;

use super::{Builtin, Facet, SimpleType};
use crate::error::{Error, ErrorKind, excerpt, schema_excerpt};
use crate::reflect::suggestion;

/// The maximum number of enumeration values in a message.
const MOST_VALUES: usize = 8;

/// A violated facet, with everything needed for a message. The message is built only on demand, because most
/// violations are never shown: another member of the union accepts the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Violation<'t> {
    pub(super) facet: Violated,
    /// The name of the type, or an empty string.
    pub(super) name: &'static str,
    pub(super) text: &'t str,
}

/// The part of a type that a text violates.
#[derive(Debug, Clone, Copy)]
pub(super) enum Violated {
    /// The text is not a literal of the built-in type.
    Builtin(Builtin),
    /// The text is not a literal of a member type.
    Members,
    /// The text violates a facet.
    Facet(Facet),
}

/// Returns the value of a facet.
fn limit(facet: Facet) -> String {
    let values = match facet {
        Facet::Count(.., number) => return number.to_string(),
        Facet::Bound(.., text) | Facet::Pattern(text) => return text.to_owned(),
        Facet::Enumeration(values) => values,
    };
    let shown: Vec<String> = values.iter().take(MOST_VALUES).map(|value| schema_excerpt(value)).collect();
    match values.len().saturating_sub(MOST_VALUES) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// An error that names the facet of a simple type that a text violates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetError {
    /// The facet, or `None` if the text is not a literal of the built-in type or of a member type.
    facet: Option<FacetKind>,
    limit: String,
    name: &'static str,
    value: Option<String>,
    /// The listed value that is nearest to the text.
    near: Option<&'static str>,
}

impl FacetError {
    /// Creates the error for a text that is not a literal of a built-in type.
    #[cold]
    pub(crate) fn not_of(builtin: Builtin, text: &str) -> Self {
        Violation { facet: Violated::Builtin(builtin), name: "", text }.into()
    }

    /// Creates the error for a text whose value is not among the listed qualified names of the type.
    #[cold]
    pub(crate) fn not_listed(simple: &SimpleType, text: &str) -> Self {
        let listed = Facet::Enumeration(simple.names.unwrap_or_default());
        Violation { facet: Violated::Facet(listed), name: simple.name, text }.into()
    }

    /// Returns the XML Schema name of the facet, such as `maxLength` or `pattern`, or `type` if the text is not
    /// a literal of the built-in type.
    #[must_use]
    pub fn facet(&self) -> &'static str {
        self.facet.map_or("type", FacetKind::name)
    }

    pub(crate) fn kind(&self) -> ErrorKind {
        if self.facet.is_none() { ErrorKind::Value } else { ErrorKind::Facet }
    }

    /// Removes the excerpt of the text, because the text is a secret.
    pub(crate) fn masked(mut self) -> Self {
        (self.value, self.near) = (None, None);
        self
    }
}

impl From<Violation<'_>> for FacetError {
    #[cold]
    fn from(violation: Violation<'_>) -> Self {
        let (facet, limit) = match violation.facet {
            Violated::Builtin(builtin) => (None, format!("xs:{}", name(builtin))),
            Violated::Members => (None, "union".to_owned()),
            Violated::Facet(facet) => (Some(facet.kind()), limit(facet)),
        };
        let near = match violation.facet {
            Violated::Facet(Facet::Enumeration(values)) if !violation.text.is_empty() => suggestion(violation.text, values.iter().copied()),
            _ => None,
        };
        Self { facet, limit, name: violation.name, value: Some(excerpt(violation.text)), near }
    }
}

impl fmt::Display for FacetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) if value.is_empty() => f.write_str("the empty text")?,
            Some(value) => write!(f, "`{value}`")?,
            None => f.write_str("the value")?,
        }
        match (self.facet, self.limit.as_str()) {
            (None, "union") if self.name.is_empty() => f.write_str(" is not a literal of any member type of the union")?,
            (None, "union") => f.write_str(" is not a literal of any member type")?,
            (None, limit) => write!(f, " is not a literal of {limit}")?,
            // There are no values here, because they are listed in a base type.
            (Some(facet), "") => write!(f, " {} the {}", facet.constraint().violation(), facet.name())?,
            (Some(facet), limit) => write!(f, " {} {} {limit}", facet.constraint().violation(), facet.name())?,
        }
        if !self.name.is_empty() {
            write!(f, " of {}", self.name)?;
        }
        self.near.map_or(Ok(()), |near| write!(f, "; did you mean `{}`?", schema_excerpt(near)))
    }
}

impl std::error::Error for FacetError {}

impl From<FacetError> for Error {
    fn from(violation: FacetError) -> Self {
        Self::new(violation.kind(), violation.to_string())
    }
}
