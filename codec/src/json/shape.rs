//! The names that the fields of a type have in JSON, and whether the order of its children must be kept.

use std::collections::HashMap;
use std::ptr;
use std::rc::Rc;

use super::options::{JsonOptions, Names};
use crate::reflect::path::gather;
use crate::reflect::{ContentPart, ContentTerm};
use crate::tables::{Content, FieldInfo, Place, TypeInfo};

/// A member of an object.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) field: &'static FieldInfo,
    pub(super) name: String,
    /// Whether its value is an array.
    pub(super) many: bool,
}

/// The form of the object for a type.
#[derive(Debug)]
pub(super) struct Shape {
    /// The attributes, the text, the elements and the wildcards, in the order of the schema.
    pub(super) members: Vec<Member>,
    /// Whether the children are an array in the order of the document, because their names do not determine the order.
    pub(super) ordered: bool,
    /// The name of the member for `xsi:type`.
    pub(super) type_name: &'static str,
    /// The name of the member for `xsi:nil`.
    pub(super) nil_name: &'static str,
}

/// The shapes that were computed.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    known: HashMap<usize, Rc<Shape>>,
}

impl Shapes {
    /// Returns the shape of a type.
    pub(super) fn of(&mut self, type_info: &'static TypeInfo, options: JsonOptions) -> Rc<Shape> {
        let make = || Rc::new(Shape::of(type_info, options));
        Rc::clone(self.known.entry(ptr::from_ref(type_info).addr()).or_insert_with(make))
    }
}

impl Shape {
    fn of(type_info: &'static TypeInfo, options: JsonOptions) -> Self {
        let mut fields: Vec<&'static FieldInfo> = Vec::new();
        gather(type_info, &mut |field| fields.push(field));
        let counts = Counts::of(type_info);
        let alike = |field: &FieldInfo| {
            let same =
                |other: &&'static FieldInfo| other.place == field.place && other.local == field.local && other.namespace != field.namespace;
            fields.iter().any(same)
        };
        let members = fields.iter().map(|field| {
            let name = match options.names {
                Names::Rust if matches!(field.place, Place::Element | Place::Attribute) => field.rust_name.to_owned(),
                _ if alike(field) => format!("{{{}}}{}", type_info.namespace_of(field), field.local),
                _ => field.local.to_owned(),
            };
            let name = match field.place {
                Place::Attribute => format!("@{name}"),
                Place::Text => "$".to_owned(),
                Place::Any if field.in_tag => "@".to_owned(),
                Place::Any => "$any".to_owned(),
                Place::Element | Place::Group => name,
            };
            let many = field.repeats() || field.place == Place::Any || counts.repeated.iter().any(|it| ptr::eq(*it, *field));
            Member { field, name, many }
        });
        let members: Vec<Member> = members.collect();
        let has = |name: &str| members.iter().any(|member| member.name == name);
        Self {
            ordered: counts.ordered(type_info),
            type_name: if has("@type") { "@xsi:type" } else { "@type" },
            nil_name: if has("@nil") { "@xsi:nil" } else { "@nil" },
            members,
        }
    }

    /// Returns the names of the members that an object can have, attributes last, except for those that wildcards admit.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let own = |in_tag: bool| {
            let own = move |member: &&Member| member.field.place != Place::Any && member.field.in_tag == in_tag;
            self.members.iter().filter(own).map(|member| member.name.as_str())
        };
        self.ordered.then_some("$").into_iter().chain(own(false).filter(|_| !self.ordered)).chain(own(true))
    }

    /// Returns the field of the text, if the type has one.
    pub(super) fn text(&self) -> Option<&'static FieldInfo> {
        self.members.iter().map(|member| member.field).find(|field| field.place == Place::Text)
    }

    /// Returns the member of a field.
    pub(super) fn member(&self, field: &FieldInfo) -> Option<&Member> {
        let is_it = |member: &&Member| {
            member.field.place == field.place && member.field.local == field.local && member.field.namespace == field.namespace
        };
        self.members.iter().find(|member| ptr::eq(member.field, field)).or_else(|| self.members.iter().find(is_it))
    }
}

/// What decides whether the order of the children must be kept.
#[derive(Default)]
struct Counts {
    /// The elements, each as often as the content model has it.
    elements: Vec<&'static FieldInfo>,
    wildcards: usize,
    /// Whether a group repeats that has more than one element.
    interleaved: bool,
    /// The elements in groups that repeat.
    repeated: Vec<&'static FieldInfo>,
}

impl TypeInfo {
    /// Returns whether the JSON form of this type has its children in the member `$`, an array in the order of the document, because the order
    /// is part of the value. With the feature `serde`.
    #[must_use]
    pub fn keeps_order(&'static self) -> bool {
        Counts::of(self).ordered(self)
    }
}

impl Counts {
    fn of(type_info: &'static TypeInfo) -> Self {
        let mut counts = Self::default();
        counts.part(&type_info.content_parts(), false);
        counts
    }

    fn part(&mut self, part: &ContentPart, many: bool) {
        match &part.term {
            ContentTerm::Element(field) => {
                self.elements.push(*field);
                if many || part.max > 1 {
                    self.repeated.push(*field);
                }
            }
            ContentTerm::Wildcard(_) => self.wildcards += 1,
            ContentTerm::Sequence(parts) | ContentTerm::Choice(parts) | ContentTerm::All(parts) => {
                let before = self.elements.len() + self.wildcards;
                let in_order = matches!(part.term, ContentTerm::Sequence(_));
                let mut last = None;
                for inner in parts {
                    // Adjacent places of one element are one place.
                    match (last, &inner.term) {
                        (Some(last), ContentTerm::Element(field)) if in_order && ptr::eq(last, *field) => self.repeated.push(*field),
                        _ => self.part(inner, many || part.max > 1),
                    }
                    last = if let ContentTerm::Element(field) = &inner.term { Some(*field) } else { None };
                }
                self.interleaved |= part.max > 1 && self.elements.len() + self.wildcards > before + 1;
            }
        }
    }

    fn ordered(&self, type_info: &TypeInfo) -> bool {
        let mut names: Vec<(u16, &str)> = self.elements.iter().map(|field| (field.namespace, field.local)).collect();
        names.sort_unstable();
        type_info.content == Content::Mixed
            || self.interleaved
            || self.wildcards > 1
            || names.windows(2).any(|pair| pair.first() == pair.last())
    }
}
