//! Adds to messages about an unknown name the nearest name that the schema has, or the names that it has.

use super::reader::Reader;
use super::tag::Tag;
use crate::error::excerpt;
use crate::reflect::{list, suggestion};
use crate::tables::{FieldInfo, Place, TypeInfo};

impl Reader<'_> {
    /// Describes a child that the type does not have.
    #[cold]
    pub(super) fn no_such_element(&self, tag: &Tag, type_info: Option<&'static TypeInfo>) -> String {
        let mut names = Vec::new();
        add_names(type_info.map(TypeInfo::items).unwrap_or_default(), Place::Element, &mut names);
        format!("{} is not allowed here{}", excerpt(self.raw_name(tag)), instead(self.split_name(tag).1, &names))
    }
}

/// Describes an attribute that the type does not have.
#[cold]
pub(super) fn no_such_attribute(local: &str, type_info: Option<&'static TypeInfo>) -> String {
    let mut names = Vec::new();
    add_names(type_info.map(TypeInfo::attributes).unwrap_or_default(), Place::Attribute, &mut names);
    format!("the type has no attribute {}{}", excerpt(local), instead(local, &names))
}

/// Describes a root element that the schema set does not have.
#[cold]
pub(super) fn no_such_root(name: &str, uri: &str, local: &str, roots: &'static [FieldInfo]) -> String {
    let mut names = Vec::new();
    add_names(roots, Place::Element, &mut names);
    format!("{} in the namespace '{}'{}", excerpt(name), excerpt(uri), instead(local, &names))
}

/// Says which of the expected names is nearest to an unknown one, behind a list of what is expected.
#[cold]
pub(super) fn nearest_of(name: &str, names: &[&'static str]) -> String {
    suggestion(name, names.iter().copied()).filter(|near| *near != name).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

/// Says which name is probably meant, or which names there are.
fn instead(name: &str, names: &[&'static str]) -> String {
    match suggestion(name, names.iter().copied()) {
        Some(near) if near == name => format!(": `{near}` is expected in another namespace, or at another place"),
        Some(near) => format!(": did you mean `{near}`?"),
        None if names.is_empty() => String::new(),
        None => format!(": expected {}", list(names.iter().copied())),
    }
}

/// Adds the names of items, also of those within choices and groups.
fn add_names(items: &'static [FieldInfo], place: Place, names: &mut Vec<&'static str>) {
    for item in items {
        match item.place {
            Place::Group => add_names(item.type_info().map(TypeInfo::items).unwrap_or_default(), place, names),
            own if own == place && !names.contains(&item.local) => names.push(item.local),
            _ => {}
        }
    }
}
