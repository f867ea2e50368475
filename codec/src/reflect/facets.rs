//! What a simple type says about its texts, and the messages for texts that it does not allow.

use xsdgen_datatypes::builtin::name;

use super::nearest::{list, suggestion};
use crate::error::{Error, ErrorKind, Result};
use crate::simple::{Builtin, Facet, SimpleType, Variety};
use crate::tables::{FieldInfo, ValueFlags};
use crate::typed::TextForm;

/// The variety of a simple type (XML Schema Part 2, section 2.5.1).
#[derive(Debug, Clone, Copy)]
pub enum SimpleKind {
    /// A type that is derived from this built-in type.
    Atomic(Builtin),
    /// A list of items of this type.
    List(&'static SimpleType),
    /// A union of these types.
    Union(&'static [&'static SimpleType]),
}

impl SimpleType {
    /// Returns the name of the type, such as `ep:listStatusType`, or an empty text.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the variety of the type.
    #[must_use]
    pub fn kind(&self) -> SimpleKind {
        match self.variety {
            Variety::Atomic(builtin) => SimpleKind::Atomic(builtin),
            Variety::List(item) => SimpleKind::List(item),
            Variety::Union(members) => SimpleKind::Union(members),
            Variety::Restriction(base) => base.kind(),
        }
    }

    /// Returns the name of the built-in type that an atomic type is derived from, such as `long`.
    #[must_use]
    pub fn builtin_name(&self) -> Option<&'static str> {
        match self.kind() {
            SimpleKind::Atomic(builtin) => Some(name(builtin)),
            SimpleKind::List(_) | SimpleKind::Union(_) => None,
        }
    }

    /// Returns the values of the enumeration of this type or the nearest base type that has one.
    #[must_use]
    pub fn enumeration_values(&self) -> &'static [&'static str] {
        match (self.facets.enumeration(), self.variety) {
            (Some(values), _) => values,
            (None, Variety::Restriction(base)) => base.enumeration_values(),
            (None, _) => self.names.unwrap_or_default(),
        }
    }

    /// Returns the names and the values of the facets of this type and of its base types, except for enumerations and white space.
    #[must_use]
    pub fn facets(&self) -> Vec<(&'static str, String)> {
        let mut found = match self.variety {
            Variety::Restriction(base) => base.facets(),
            _ => Vec::new(),
        };
        for facet in self.facets.iter() {
            let value = match facet {
                Facet::Count(.., number) => number.to_string(),
                Facet::Bound(.., text) | Facet::Pattern(text) => (*text).to_owned(),
                Facet::Enumeration(_) => continue,
            };
            found.push((facet.kind().name(), value));
        }
        found
    }
}

impl FieldInfo {
    /// Returns the values of the enumeration of its simple type; none if there is no enumeration.
    #[must_use]
    pub fn allowed_values(&self) -> &'static [&'static str] {
        let values = |simple: Option<&'static SimpleType>| simple.map_or(&[][..], SimpleType::enumeration_values);
        match values(self.simple) {
            [] => values(self.native),
            values => values,
        }
    }

    /// Returns why a type of the program does not hold a text, with that text; for a list, with the first item that it does not hold.
    pub(crate) fn own_reason<'t>(&self, text: &'t str) -> Option<(&'t str, String)> {
        let form = self.form?;
        let reason = |text: &'t str| Some((text, form.own_reason(text)?));
        if self.kind.is(ValueFlags::LIST) { text.split_ascii_whitespace().find_map(reason) } else { reason(text) }
    }

    /// Returns the message for a text that a type of the program does not hold.
    pub(crate) fn own_refusal(&self, text: &str) -> Option<String> {
        self.own_reason(text).map(|(text, why)| format!("{} does not fit: {why}", self.excerpt(text)))
    }

    /// Returns what a text of the field must be, in words: `a date as MM/DD/YYYY hh:mm:ss`, `one of PUBLIC, PRIVATE`.
    #[must_use]
    pub fn expected(&self) -> String {
        match (self.form, self.allowed_values(), self.simple()) {
            (Some(form), ..) => form.words(),
            (None, [], Some(simple)) => words(simple),
            (None, [], None) => "a text".to_owned(),
            (None, values, _) => format!("one of {}", list(values.iter().copied())),
        }
    }
}

/// Returns what a text of a simple type must be, in words.
fn words(simple: &SimpleType) -> String {
    match (simple.enumeration_values(), simple.kind()) {
        ([], SimpleKind::Atomic(builtin)) => {
            let facets: Vec<String> = simple.facets().into_iter().map(|(name, value)| format!("{name} {value}")).collect();
            let facets = if facets.is_empty() { String::new() } else { format!(" ({})", facets.join(", ")) };
            format!("{}{facets}", builtin_words(builtin))
        }
        ([], SimpleKind::List(item)) => format!("a list of values, each {}", words(item)),
        ([], SimpleKind::Union(members)) => members.iter().map(|member| words(member)).collect::<Vec<_>>().join(", or "),
        (values, _) => format!("one of {}", list(values.iter().copied())),
    }
}

fn builtin_words(builtin: Builtin) -> String {
    let words = match builtin {
        Builtin::Boolean => "true or false",
        Builtin::Byte => "a whole number from -128 to 127",
        Builtin::Short => "a whole number from -32768 to 32767",
        Builtin::Int => "a whole number from -2147483648 to 2147483647",
        Builtin::Long => "a whole number from -9223372036854775808 to 9223372036854775807",
        Builtin::UnsignedByte => "a whole number from 0 to 255",
        Builtin::UnsignedShort => "a whole number from 0 to 65535",
        Builtin::UnsignedInt => "a whole number from 0 to 4294967295",
        Builtin::UnsignedLong => "a whole number from 0 to 18446744073709551615",
        Builtin::Integer => "a whole number",
        Builtin::NonNegativeInteger => "a whole number from 0",
        Builtin::PositiveInteger => "a whole number from 1",
        Builtin::Decimal => "a decimal number",
        Builtin::Float | Builtin::Double => "a number, INF, -INF or NaN",
        Builtin::DateTime => "a date and time such as 2030-01-31T09:00:00",
        Builtin::Date => "a date such as 2030-01-31",
        Builtin::Time => "a time such as 09:00:00",
        Builtin::Duration => "a duration such as P1DT2H",
        Builtin::Base64Binary => "binary data in base64",
        Builtin::HexBinary => "binary data in hexadecimal digits",
        Builtin::String | Builtin::AnySimpleType => "a text",
        other => return format!("a value of xs:{}", name(other)),
    };
    words.to_owned()
}

/// Checks a text against the simple type and the form of a field, and says what is allowed if it is wrong.
pub(crate) fn check(field: &FieldInfo, text: &str) -> Result<()> {
    let admits = |form: &TextForm| match field.kind.is(ValueFlags::LIST) {
        true => text.split_ascii_whitespace().all(|word| form.admits(word)),
        false => form.admits(text),
    };
    if let Some(form) = field.form.filter(|form| !admits(form)) {
        if let Some(message) = field.own_refusal(text) {
            return Err(Error::new(ErrorKind::Value, message));
        }
        return Err(if field.is_secret() { refused(field, text) } else { form.refuse(text) });
    }
    // The literals of qualified names are not those of the schema: they contain namespaces.
    let Some(simple) = field.simple().filter(|_| !field.kind.is(ValueFlags::QUALIFIED)) else { return Ok(()) };
    let simple = |text: &str| simple.validate(text);
    let listed = |text: &str| field.native.is_none_or(|native| native.enumeration_values().is_empty() || native.validate(text).is_ok());
    let wrong = match field.kind.is(ValueFlags::LIST) && field.simple.is_none() {
        true => text.split_ascii_whitespace().find_map(|word| simple(word).err()),
        false => simple(text).err(),
    };
    if wrong.is_none() && listed(text) { Ok(()) } else { Err(refused(field, text)) }
}

/// Returns whether a text is allowed by the simple type and the form of a field.
#[cfg(feature = "serde")]
pub(crate) fn is_valid(field: &FieldInfo, text: &str) -> bool {
    check(field, text).is_ok()
}

/// Returns the error for a text that a field does not take.
pub(super) fn refused(field: &FieldInfo, text: &str) -> Error {
    Error::new(ErrorKind::Value, refusal(field, text))
}

/// Says what a field allows, for a text that it does not accept.
pub(crate) fn refusal(field: &FieldInfo, text: &str) -> String {
    let near = suggestion(text, field.allowed_values().iter().copied()).filter(|_| !field.is_secret());
    let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    format!("{} is not {}{near}", field.excerpt(text), field.expected())
}
