//! Operations, and what the type tables of the bindings say about the members of their requests and responses, as far as it is printed and
//! searched here.

use std::ptr;
use std::sync::LazyLock;

use webex_xml::types::serv::message::Body;
use webex_xml::types::{OPERATIONS, xmlns};
use xsdgen_codec::{ContentPart, ContentTerm, FieldInfo, FieldKind, OperationInfo, Reflect as _, SimpleType, TextForm, TypeInfo};

/// An operation of the release.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    /// The name of its service in `xsi:type`.
    pub(crate) service: &'static str,
    /// The `xsi:type` of its request.
    pub(crate) wire_type: &'static str,
    pub(crate) safe: bool,
    pub(crate) request: &'static TypeInfo,
    pub(crate) response: &'static TypeInfo,
}

impl Operation {
    /// Returns the first sentence of its documentation in the schema.
    pub(crate) fn summary(&self) -> String {
        first_sentence(&one_line(self.request.documentation())).to_owned()
    }
}

/// Returns all operations.
pub(crate) fn operations() -> &'static [Operation] {
    static ALL: LazyLock<Vec<Operation>> = LazyLock::new(|| {
        let contents = Body::described().and_then(|body| body.field("body_content"));
        let contents: Vec<&'static TypeInfo> = contents.into_iter().flat_map(FieldInfo::xsi_types).collect();
        let found = |uri: &str, name: &str| contents.iter().copied().find(|info| info.name() == (uri, name));
        let operation = |info: &OperationInfo| {
            let path = info.wire_type.strip_prefix("java:com.webex.service.binding.").unwrap_or_default();
            Some(Operation {
                name: info.name,
                service: path.rsplit_once('.').map_or("", |(service, _)| service),
                wire_type: info.wire_type,
                safe: info.safe,
                request: found(info.namespace(), info.name)?,
                response: found(info.namespace(), &format!("{}Response", info.name))?,
            })
        };
        OPERATIONS.iter().filter_map(operation).collect()
    });
    &ALL
}

/// Returns the operation with this name, regardless of case.
pub(crate) fn operation(name: &str) -> Option<&'static Operation> {
    operations().iter().find(|operation| operation.name.eq_ignore_ascii_case(name))
}

/// An element in the content of a type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Child {
    pub(crate) field: &'static FieldInfo,
    pub(crate) min: u32,
    pub(crate) many: bool,
    /// Whether it is in a choice.
    pub(crate) choice: bool,
    /// Whether it is required in the first branch of a required choice.
    pub(crate) first: bool,
}

impl Child {
    pub(crate) fn name(&self) -> &'static str {
        self.field.name()
    }

    /// Returns its complex type.
    pub(crate) fn type_info(&self) -> Option<&'static TypeInfo> {
        type_of(self.field)
    }

    /// Returns the field that has its text.
    pub(crate) fn text(&self) -> Option<&'static FieldInfo> {
        self.type_info().map_or(Some(self.field), text)
    }

    pub(crate) fn doc(&self) -> String {
        one_line(self.field.documentation())
    }
}

/// Returns the complex type of an element.
fn type_of(field: &'static FieldInfo) -> Option<&'static TypeInfo> {
    field.complex_type().or_else(|| field.xsi_types().next())
}

/// Returns whether these are the same type.
pub(crate) fn is_same(one: &'static TypeInfo, other: &'static TypeInfo) -> bool {
    ptr::eq(one, other)
}

/// Returns the attributes of a type.
pub(crate) fn attributes(info: &'static TypeInfo) -> impl Iterator<Item = &'static FieldInfo> {
    info.fields().filter(|field| field.kind() == FieldKind::Attribute)
}

/// Returns the field of the text of a type, if it has one.
pub(crate) fn text(info: &'static TypeInfo) -> Option<&'static FieldInfo> {
    info.fields().find(|field| field.kind() == FieldKind::Text)
}

/// Returns the child element of that name.
pub(crate) fn child(info: &'static TypeInfo, name: &str) -> Option<Child> {
    children(info).into_iter().find(|child| child.name() == name)
}

/// Returns the child elements of a type in the order of the schema, with those in choices and groups.
pub(crate) fn children(info: &'static TypeInfo) -> Vec<Child> {
    let mut found = Vec::new();
    gather(&info.content_parts(), Within { min: 1, many: false, choice: None }, &mut found);
    found
}

/// The context of a part of a content model: how often it may occur, and the branch of the choice that contains it.
#[derive(Clone, Copy)]
struct Within {
    min: u32,
    many: bool,
    choice: Option<Branch>,
}

/// A branch of a choice.
#[derive(Clone, Copy)]
struct Branch {
    /// Whether it is the first branch of a choice that is required.
    is_first: bool,
}

fn gather(part: &ContentPart, within: Within, into: &mut Vec<Child>) {
    let (min, many) = (within.min.min(1) * part.min, within.many || part.max > 1);
    match &part.term {
        ContentTerm::Element(field) => into.push(Child {
            field,
            min,
            many,
            choice: within.choice.is_some(),
            first: within.choice.is_some_and(|branch| branch.is_first) && part.min > 0,
        }),
        ContentTerm::Choice(parts) => {
            for (branch, part) in parts.iter().enumerate() {
                let choice = Some(Branch { is_first: branch == 0 && min > 0 });
                gather(part, Within { min: 0, many, choice }, into);
            }
        }
        ContentTerm::Sequence(parts) | ContentTerm::All(parts) => {
            parts.iter().for_each(|part| gather(part, Within { min, many, choice: within.choice }, into));
        }
        _ => {}
    }
}

/// An element or attribute that was found by its path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Declared {
    /// `None` for the request itself.
    field: Option<&'static FieldInfo>,
    /// The type of an element with attributes or children.
    pub(crate) info: Option<&'static TypeInfo>,
    pub(crate) many: bool,
}

impl Declared {
    fn text(&self) -> Option<&'static FieldInfo> {
        self.info.map_or(self.field, text)
    }

    /// Returns whether its content is simple.
    pub(crate) fn is_simple(&self) -> bool {
        self.text().is_some()
    }

    pub(crate) fn is_secret(&self) -> bool {
        self.field.is_some_and(FieldInfo::is_secret)
    }

    /// Returns the formats of its text, if more is known than the schema says. The first is preferred.
    pub(crate) fn formats(&self) -> Vec<String> {
        self.field.map(formats).unwrap_or_default()
    }

    pub(crate) fn simple(&self) -> Simple {
        self.text().map_or(Simple::ANY, simple)
    }
}

/// Returns the declaration of the element or `@attribute` that these names lead to from a type; without names, of an element of the type.
pub(crate) fn find(info: &'static TypeInfo, names: &[&str]) -> Option<Declared> {
    let [name, rest @ ..] = names else { return Some(Declared { field: None, info: Some(info), many: false }) };
    if let Some(name) = name.strip_prefix('@') {
        let attribute = attributes(info).find(|attribute| attribute.name() == name)?;
        return Some(Declared { field: Some(attribute), info: None, many: false });
    }
    let child = child(info, name)?;
    match (rest, child.type_info()) {
        ([], info) => Some(Declared { field: Some(child.field), info, many: child.many }),
        (rest, info) => find(info?, rest),
    }
}

/// What a text may be.
#[derive(Debug, Clone)]
pub(crate) struct Simple {
    /// The name of the built-in type that its type, or that of the items of a list, is derived from.
    pub(crate) builtin: &'static str,
    pub(crate) list: bool,
    /// The values of the enumeration.
    pub(crate) values: &'static [&'static str],
    /// The other facets in words: `of at most 512 characters`.
    pub(crate) facets: String,
}

impl Simple {
    const ANY: Self = Self { builtin: "anyType", list: false, values: &[], facets: String::new() };

    fn new(simple: &'static SimpleType, values: &'static [&'static str], list: bool) -> Self {
        Self { builtin: simple.builtin_name().unwrap_or("string"), list, values, facets: facets(simple) }
    }
}

/// Returns what the text of a field may be.
pub(crate) fn simple(field: &'static FieldInfo) -> Simple {
    let plain = |builtin| Simple { builtin, ..Simple::ANY };
    match (field.item_type().filter(|_| field.is_text_list()), field.simple_type(), field.text_form()) {
        _ if !field.is_text() => Simple::ANY,
        (Some(item), ..) => Simple::new(item, item.enumeration_values(), true),
        (None, Some(simple), _) => Simple::new(simple, field.allowed_values(), false),
        (None, None, Some(TextForm::EpochMilliseconds | TextForm::Integers(_))) => plain("long"),
        (None, None, _) => plain("string"),
    }
}

/// Returns the formats of the texts of a field, the usual one first.
pub(crate) fn formats(field: &'static FieldInfo) -> Vec<String> {
    match field.text_form() {
        Some(TextForm::DateTime { patterns, .. }) => patterns.iter().map(|pattern| (*pattern).to_owned()).collect(),
        Some(TextForm::EpochMilliseconds) => vec!["milliseconds since 1970 in UTC".to_owned()],
        Some(TextForm::Integers(names)) => {
            vec![names.iter().map(|(name, number)| format!("{number} {name}")).collect::<Vec<_>>().join(" | ")]
        }
        Some(TextForm::Delimited { separator, most, parts, .. }) => {
            vec![format!("{}{separator}... (at most {most} parts)", parts.join(separator))]
        }
        Some(TextForm::Boolean { .. } | TextForm::Own(_)) | None => Vec::new(),
    }
}

/// Describes the facets of a type in words, except for its enumeration.
fn facets(simple: &SimpleType) -> String {
    let facets = simple.facets();
    let find = |name: &str| facets.iter().rev().find(|(facet, _)| *facet == name).map(|(_, value)| value.as_str());
    let counted =
        |(exact, least, most, unit): (&str, &str, &str, &str)| match (find(exact), find(least).filter(|it| *it != "0"), find(most)) {
            (Some(exactly), ..) => Some(format!("of {exactly} {unit}")),
            (None, Some(least), Some(most)) => Some(format!("of {least} to {most} {unit}")),
            (None, None, Some(most)) => Some(format!("of at most {most} {unit}")),
            (None, Some(least), None) => Some(format!("of at least {least} {unit}")),
            (None, None, None) => None,
        };
    let counts = [
        ("length", "minLength", "maxLength", "characters"),
        ("", "", "totalDigits", "digits"),
        ("", "", "fractionDigits", "digits after the point"),
    ];
    let mut words: Vec<String> = counts.into_iter().filter_map(counted).collect();
    words.extend(match (find("minInclusive"), find("maxInclusive")) {
        (Some(least), Some(most)) => Some(format!("from {least} to {most}")),
        (Some(least), None) => Some(format!("from {least} on")),
        (None, Some(most)) => Some(format!("up to {most}")),
        (None, None) => None,
    });
    words.extend(find("minExclusive").map(|bound| format!("above {bound}")));
    words.extend(find("maxExclusive").map(|bound| format!("below {bound}")));
    words.extend(facets.iter().filter(|(facet, _)| *facet == "pattern").map(|(_, pattern)| format!("that matches {pattern}")));
    words.join(", ")
}

/// Returns the documentation of a type on one line.
pub(crate) fn doc(info: &'static TypeInfo) -> String {
    one_line(info.documentation())
}

fn one_line(text: Option<String>) -> String {
    text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(crate) fn first_sentence(text: &str) -> &str {
    text.split_once(". ").map_or(text, |(first, _)| first).trim_end_matches('.')
}

/// Returns the namespace of a prefix.
pub(crate) fn uri(prefix: &str) -> &'static str {
    xmlns::SCHEMA.namespaces().iter().find(|namespace| namespace.prefix() == prefix).map_or("", |namespace| namespace.uri())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_described() {
        assert!(operations().len() > 110 && operations().len() == OPERATIONS.len());
        assert!(operations().iter().all(|operation| !operation.service.is_empty()));
        let found = find(operation("createMeeting").unwrap().request, &["participants", "attendees", "attendee", "person", "email"]);
        assert!(found.unwrap().is_simple());
        assert!(find(operation("createMeeting").unwrap().request, &["participants", "nothing"]).is_none());
    }
}
