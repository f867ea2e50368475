//! Describes in words why a text violates a simple type: [`FacetError`]. The violation is found in `validate`.

use std::fmt;

use xsdgen_datatypes::builtin::name;

use super::{Builtin, SimpleType};
use crate::error::{Error, ErrorKind, excerpt, schema_excerpt};

/// The maximum number of enumeration values in a message.
const MOST_VALUES: usize = 8;

/// A violated facet, with everything needed for a message. The message is built only on demand, because most
/// violations are never shown: another member of the union accepts the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Broken<'t> {
    pub(super) facet: &'static str,
    pub(super) limit: Limit,
    /// The name of the type, or an empty string.
    pub(super) name: &'static str,
    pub(super) text: &'t str,
}

/// The constraint that a facet sets.
#[derive(Debug, Clone, Copy)]
pub(super) enum Limit {
    /// A literal of a built-in type.
    Builtin(Builtin),
    /// A literal of one of the member types.
    Members,
    Number(u64),
    Text(&'static str),
    Values(&'static [&'static str]),
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Builtin(builtin) => write!(f, "xs:{}", name(*builtin)),
            Self::Members => f.write_str("union"),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::Values(values) => {
                let shown: Vec<String> = values.iter().take(MOST_VALUES).map(|value| schema_excerpt(value)).collect();
                f.write_str(&shown.join(", "))?;
                match values.len().saturating_sub(MOST_VALUES) {
                    0 => Ok(()),
                    more => write!(f, " and {more} more"),
                }
            }
        }
    }
}

/// An error that names the facet of a simple type that a text violates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetError {
    facet: &'static str,
    limit: String,
    name: &'static str,
    value: Option<String>,
}

impl FacetError {
    /// Creates the error for a text that is not a literal of a built-in type.
    #[cold]
    pub(crate) fn not_of(builtin: Builtin, text: &str) -> Self {
        Broken { facet: "type", limit: Limit::Builtin(builtin), name: "", text }.into()
    }

    /// Creates the error for a text whose value is not among the listed qualified names of the type.
    #[cold]
    pub(crate) fn not_listed(simple: &SimpleType, text: &str) -> Self {
        let limit = Limit::Values(simple.names.unwrap_or_default());
        Broken { facet: "enumeration", limit, name: simple.name, text }.into()
    }

    /// Returns the XML Schema name of the facet, such as `maxLength` or `pattern`, or `type` if the text is not
    /// a literal of the built-in type.
    #[must_use]
    pub fn facet(&self) -> &'static str {
        self.facet
    }

    pub(crate) fn kind(&self) -> ErrorKind {
        if self.facet == "type" { ErrorKind::Value } else { ErrorKind::Facet }
    }

    /// Removes the excerpt of the text, because the text is a secret.
    pub(crate) fn masked(mut self) -> Self {
        self.value = None;
        self
    }
}

impl From<Broken<'_>> for FacetError {
    #[cold]
    fn from(broken: Broken<'_>) -> Self {
        let Broken { facet, limit, name, text } = broken;
        Self { facet, limit: limit.to_string(), name, value: Some(excerpt(text)) }
    }
}

/// Returns the words between the text and the facet in a message.
fn words(facet: &str) -> &'static str {
    match facet {
        "length" => "is not of",
        "minLength" => "is shorter than",
        "maxLength" => "is longer than",
        "totalDigits" | "fractionDigits" => "has more digits than",
        "minInclusive" => "is less than",
        "maxInclusive" => "is greater than",
        "minExclusive" => "is not greater than",
        "maxExclusive" => "is not less than",
        "pattern" => "does not match",
        _ => "is not in",
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
            ("type", "union") if self.name.is_empty() => f.write_str(" is not a literal of any member type of the union")?,
            ("type", "union") => f.write_str(" is not a literal of any member type")?,
            ("type", limit) => write!(f, " is not a literal of {limit}")?,
            // There are no values here, because they are listed in a base type.
            (facet, "") => write!(f, " {} the {facet}", words(facet))?,
            (facet, limit) => write!(f, " {} {facet} {limit}", words(facet))?,
        }
        if self.name.is_empty() { Ok(()) } else { write!(f, " of {}", self.name) }
    }
}

impl std::error::Error for FacetError {}

impl From<FacetError> for Error {
    fn from(broken: FacetError) -> Self {
        Self::new(broken.kind(), broken.to_string())
    }
}
