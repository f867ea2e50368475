//! The types of elements in JSON, and the errors for values and members that a type does not have.

use super::path::below;
use super::shape::{Member, Shape};
use super::tree::Tree;
use super::xml::{At, Outcome, Xml};
use crate::error::{Error, ErrorKind, excerpt};
use crate::reflect::{list, suggestion};
use crate::tables::{FieldInfo, TypeInfo};

impl Xml {
    /// Returns the type of an element, and the type that `xsi:type` names.
    pub(super) fn type_of(
        &mut self,
        field: &FieldInfo,
        members: &[(String, Tree)],
        at: &At<'_>,
    ) -> Outcome<(&'static TypeInfo, Option<(&'static str, &'static str)>)> {
        let text = |name: &str| match members.iter().find(|(known, _)| known == name) {
            Some((_, Tree::Text(text))) => Some(text.as_str()),
            _ => None,
        };
        let certain = text("@xsi:type");
        let named = certain.or_else(|| text("@type"));
        let same = |type_info: &'static TypeInfo, name: &str| {
            let (uri, local) = type_info.name();
            name == local || name.strip_prefix('{').and_then(|rest| rest.split_once('}')) == Some((uri, local))
        };
        if field.types.is_empty() {
            let Some(declared) = field.type_info else { return Err(at.error(ErrorKind::Type, "its type is unknown")) };
            let has_attribute = declared.attributes().iter().any(|attribute| attribute.local == "type" && attribute.namespace == 0);
            let used = named.filter(|name| (certain.is_some() || !has_attribute) && same(declared, name));
            return Ok((declared, used.map(|_| declared.name())));
        }
        let known = || field.types.iter().filter_map(|name| Some((name, (name.info)().type_info?)));
        let alias = |alias: Option<&str>, name: &str| alias.is_some_and(|alias| alias == name);
        let found = named.and_then(|wanted| known().find(|(name, type_info)| same(type_info, wanted) || alias(name.alias, wanted)));
        if let Some((_, type_info)) = found {
            return Ok((type_info, Some(type_info.name())));
        }
        let names: Vec<&str> = known().map(|(_, type_info)| type_info.name().1).collect();
        match (named, known().find(|(name, _)| name.base)) {
            (None, Some((_, base))) => Ok((base, None)),
            (None, None) => {
                let names = list(names.into_iter());
                Err(at.error(ErrorKind::Type, format!("the declared type is abstract: add a member `@type` with one of {names}")))
            }
            (Some(wanted), _) => {
                let rest = match suggestion(wanted, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the types are {}", list(names.into_iter())),
                };
                Err(at.error(ErrorKind::Type, format!("the type `{}` is not known here; {rest}", excerpt(wanted))))
            }
        }
    }

    /// Returns the error for a value that should be an object.
    pub(super) fn no_object(&mut self, field: &FieldInfo, value: &Tree, at: &At<'_>) -> Error {
        const SHOWN: usize = 3;
        let shape = field.type_info.map(|type_info| self.shapes.of(type_info, self.options));
        let names: Vec<&str> = shape.iter().flat_map(|shape| shape.names()).take(SHOWN + 1).collect();
        let members = match names.as_slice() {
            [] => String::new(),
            [.., _] if names.len() > SHOWN => {
                format!(" with members such as {}", names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", "))
            }
            names => format!(" with the members {}", names.join(", ")),
        };
        at.wrong(format!("expected an object{members}, not {}", value.words()))
    }
}

/// Returns the error for a member that a type does not have.
pub(super) fn unknown(shape: &Shape, name: &str, at: &At<'_>) -> Error {
    let own = |member: &&Member| name.starts_with('@') == member.name.starts_with('@') && member.name != "@";
    let names: Vec<&str> = shape.members.iter().filter(own).map(|member| member.name.as_str()).collect();
    let rest = match suggestion(name, names.iter().copied()) {
        _ if shape.ordered && names.contains(&name) => "; its children are in the array `$`, in order".to_owned(),
        Some(near) => format!("; did you mean `{near}`?"),
        None if names.is_empty() => String::new(),
        None => format!("; there are {}", list(names.iter().copied())),
    };
    let kind = if name.starts_with('@') { ErrorKind::UnexpectedAttribute } else { ErrorKind::UnexpectedElement };
    Error::in_json(kind, &below(&at.path, name), format!("there is no member `{}`{rest}", excerpt(name)))
}
