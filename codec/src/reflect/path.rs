//! Paths to the fields of a value, such as `attendees/attendee[2]/@id`, and the way to a field through the choices and groups of its type.

use super::nearest::{list, suggestion};
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::tables::{Content, FieldInfo, Place, TypeInfo};

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step<'p> {
    pub(super) name: &'p str,
    pub(super) attribute: bool,
    /// The index among the elements of this name, from 0.
    pub(super) index: Option<usize>,
}

impl<'p> Step<'p> {
    fn parse(text: &'p str) -> Option<Self> {
        let (text, attribute) = text.strip_prefix('@').map_or((text, false), |name| (name, true));
        let (name, index) = match text.strip_suffix(']') {
            Some(rest) => {
                let (name, index) = rest.split_once('[')?;
                (name, Some(index.parse().ok()?))
            }
            None => (text, None),
        };
        let wrong = name.is_empty() || name.contains(['[', ']', '@']) || attribute && index.is_some();
        (!wrong).then_some(Self { name, attribute, index })
    }

    /// Returns whether the step names this field.
    pub(super) fn names(&self, field: &FieldInfo) -> bool {
        let place = if self.attribute { Place::Attribute } else { Place::Element };
        field.place == place && (field.local == self.name || prefixed(field).is_some_and(|name| name == self.name))
    }

    /// Returns the step as it stands in the path of an error.
    pub(super) fn text(&self) -> String {
        let at = if self.attribute { "@" } else { "" };
        let index = self.index.map(|index| format!("[{index}]")).unwrap_or_default();
        format!("{at}{}{index}", self.name)
    }
}

/// Returns the name of an element or attribute with its prefix.
fn prefixed(field: &FieldInfo) -> Option<&'static str> {
    match field.place {
        Place::Element => field.open.strip_prefix('<')?.strip_suffix('>'),
        Place::Attribute => field.open.trim_start().strip_suffix("=\""),
        Place::Any | Place::Group | Place::Text => None,
    }
}

/// Parses a path.
pub(super) fn parse(path: &str) -> Result<Vec<Step<'_>>> {
    let steps: Option<Vec<Step<'_>>> = path.split('/').map(Step::parse).collect();
    steps.ok_or_else(|| {
        let message = format!("{} is not a path: expected names such as a/b[2]/@c, with indices from 0", excerpt(path));
        Error::new(ErrorKind::Value, message)
    })
}

/// Returns the field of this number, counting the attributes first, then the content.
pub(super) fn field(type_info: &'static TypeInfo, number: usize) -> Option<&'static FieldInfo> {
    let attributes = type_info.attributes();
    attributes.get(number).or_else(|| type_info.items().get(number.checked_sub(attributes.len())?))
}

/// Returns the way to the field that a step names: its number and, if that is a choice or group, the numbers in it.
pub(super) fn route(type_info: &'static TypeInfo, step: &Step<'_>) -> Result<Vec<usize>> {
    let mut way = Vec::new();
    if search(type_info, step, &mut way, &mut Vec::new()) { Ok(way) } else { Err(unknown(type_info, step)) }
}

fn search(type_info: &'static TypeInfo, step: &Step<'_>, way: &mut Vec<usize>, above: &mut Vec<&'static TypeInfo>) -> bool {
    let fields = || (0..).map_while(|number| Some((number, field(type_info, number)?)));
    if let Some((number, _)) = fields().find(|(_, field)| step.names(field)) {
        way.push(number);
        return true;
    }
    above.push(type_info);
    for (number, field) in fields().filter(|(_, field)| field.place == Place::Group) {
        let Some(inner) = field.type_info().filter(|inner| !above.iter().any(|it| std::ptr::eq(*it, *inner))) else { continue };
        way.push(number);
        if search(inner, step, way, above) {
            return true;
        }
        way.pop();
    }
    above.pop();
    false
}

/// Returns the error for a name that a type does not have.
fn unknown(type_info: &'static TypeInfo, step: &Step<'_>) -> Error {
    let known = names(type_info, step.attribute);
    let (what, kind) = match step.attribute {
        true => ("attribute", ErrorKind::UnexpectedAttribute),
        false => ("element", ErrorKind::UnexpectedElement),
    };
    let known = || known.iter().map(String::as_str);
    let rest = match suggestion(step.name, known()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None if known().next().is_none() => format!(", and no other {what}"),
        None => format!("; it has {}", list(known())),
    };
    Error::new(kind, format!("there is no {what} `{}`{rest}", excerpt(step.name)))
}

/// Returns the names of the elements or attributes of a type, with those in its choices and groups.
pub(crate) fn names(type_info: &'static TypeInfo, attributes: bool) -> Vec<String> {
    let mut found = Vec::new();
    gather(type_info, &mut |field| {
        let wanted = if attributes { Place::Attribute } else { Place::Element };
        if field.place == wanted && !found.iter().any(|name| name == field.local) {
            found.push(field.local.to_owned());
        }
    });
    found
}

/// Calls the function for each attribute, element, wildcard and text of a type, with those in its choices and groups.
pub(crate) fn gather(type_info: &'static TypeInfo, take: &mut dyn FnMut(&'static FieldInfo)) {
    fn walk(type_info: &'static TypeInfo, above: &mut Vec<&'static TypeInfo>, take: &mut dyn FnMut(&'static FieldInfo)) {
        if above.iter().any(|it| std::ptr::eq(*it, type_info)) {
            return;
        }
        above.push(type_info);
        for field in type_info.attributes().iter().chain(type_info.items()) {
            match field.type_info().filter(|_| field.place == Place::Group) {
                Some(inner) => walk(inner, above, take),
                None => take(field),
            }
        }
        above.pop();
    }
    walk(type_info, &mut Vec::new(), take);
}

/// Checks the steps of a path against the tables, as far as `xsi:type` does not decide.
pub(super) fn check(type_info: &'static TypeInfo, steps: &[Step<'_>]) -> Result<()> {
    let [step, rest @ ..] = steps else { return Ok(()) };
    let numbers = route(type_info, step)?;
    let (mut inner, mut found) = (Some(type_info), None);
    for number in numbers {
        found = inner.and_then(|inner| field(inner, number));
        inner = found.and_then(FieldInfo::type_info);
    }
    let Some(field) = found.filter(|_| !rest.is_empty()) else { return Ok(()) };
    let below = match (field.type_info(), field.types) {
        (Some(inner), _) => check(inner, rest),
        (None, []) if field.is_leaf() => Err(no_children(field)),
        _ => Ok(()),
    };
    below.map_err(|error| error.within(&step.text()))
}

/// Returns the error for a step below an element or attribute that has a text only.
pub(super) fn no_children(field: &FieldInfo) -> Error {
    let what = if field.place == Place::Attribute { "an attribute" } else { "an element with a text only" };
    Error::new(ErrorKind::UnexpectedElement, format!("it is {what}, so that nothing is below it: end the path here"))
}

/// Returns the error for a path that ends at an element with children.
pub(super) fn has_children(type_info: &'static TypeInfo) -> Error {
    let names = names(type_info, false);
    let rest =
        if names.is_empty() { String::new() } else { format!(": add one of them to the path: {}", list(names.iter().map(String::as_str))) };
    let what = if type_info.content == Content::Empty { "it has no content" } else { "it has elements of its own" };
    Error::new(ErrorKind::Value, format!("{what}{rest}"))
}
