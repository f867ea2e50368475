//! Defines [`Document`] and [`Element`], which give access to a document that was read by a schema that the program got at run time.

use std::fmt;

use xsdgen_codec::{AnyAttribute, AnyElement, AnyType, FieldKind, SimpleType, TypeInfo};

use crate::node::{Body, Node, NodeSlot};
use crate::shape::{Place, Shape};

/// A document that was read by a schema set.
pub struct Document {
    root: Node,
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Document").field(&self.root()).finish()
    }
}

impl Document {
    pub(crate) fn new(root: Node) -> Self {
        Self { root }
    }

    /// Returns the root element.
    #[must_use]
    pub fn root(&self) -> Option<Element<'_>> {
        elements(&self.root).into_iter().next()
    }

    /// Returns the element or attribute at a path of local names from the root element, such as `order/item[1]/@price`. A step has the
    /// index among the elements of its name, from 0; a step without an index
    /// means the first element of its name.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Element<'_>> {
        let (first, _, rest) = first_step(path);
        let root = self.root().filter(|root| root.name == first)?;
        rest.map_or(Some(root), |rest| root.get(rest))
    }
}

/// An element or an attribute of a [`Document`].
#[derive(Clone, Copy)]
pub struct Element<'d> {
    namespace: &'d str,
    name: &'d str,
    attribute: bool,
    node: &'d Node,
}

impl fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct(self.name);
        for attribute in self.attributes() {
            shown.field(attribute.name, &attribute.shown());
        }
        for child in self.children() {
            shown.field(child.name, &child);
        }
        if self.text().is_some() {
            shown.field("text", &self.shown());
        }
        shown.finish()
    }
}

impl<'d> Element<'d> {
    /// Returns the namespace, or the empty string if there is none.
    #[must_use]
    pub fn namespace(&self) -> &'d str {
        self.namespace
    }

    /// Returns the local name.
    #[must_use]
    pub fn name(&self) -> &'d str {
        self.name
    }

    /// Returns whether it is an attribute.
    #[must_use]
    pub fn is_attribute(&self) -> bool {
        self.attribute
    }

    /// Returns the text of a simple value; `None` for an element with children, and for a nil element.
    #[must_use]
    pub fn text(&self) -> Option<&'d str> {
        text(self.node)
    }

    /// Returns the namespace and the local name of its complex type, also of the one that `xsi:type` names; for an anonymous type, the name
    /// of its element.
    #[must_use]
    pub fn type_name(&self) -> Option<(&'static str, &'static str)> {
        self.type_info().map(TypeInfo::name)
    }

    /// Returns the table of its complex type: the fields with their occurrences and types. It is that of the type which `xsi:type` names, if it does.
    #[must_use]
    pub fn type_info(&self) -> Option<&'static TypeInfo> {
        complex_type(self.node)
    }

    /// Returns the simple type of its text: the built-in type, the facets and the enumeration values.
    #[must_use]
    pub fn simple_type(&self) -> Option<&'static SimpleType> {
        match self.type_info() {
            Some(info) => info.fields().find(|field| field.kind() == FieldKind::Text)?.simple_type(),
            None => self.node.shape.value().info().simple,
        }
    }

    /// Returns whether the element is nil.
    #[must_use]
    pub fn is_nil(&self) -> bool {
        matches!(self.node.body.as_deref(), Some(Body::Nil(_)))
    }

    /// Returns whether the value is secret, so that it must not be shown.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.node.shape.is_secret()
    }

    /// Returns the attributes, in the order of the schema, without those that wildcards admit.
    #[must_use]
    pub fn attributes(&self) -> Vec<Element<'d>> {
        let mut found = Vec::new();
        for slot in slots(self.node).iter().filter(|slot| slot.of.place == Place::Attribute) {
            found.extend(named(slot, true));
        }
        found
    }

    /// Returns the child elements, in the order of the schema, without those that wildcards admit.
    #[must_use]
    pub fn children(&self) -> Vec<Element<'d>> {
        elements(self.node)
    }

    /// Returns the child elements that wildcards admit, and those whose `xsi:type` the schema set does not have.
    #[must_use]
    pub fn any_elements(&self) -> Vec<&'d AnyElement> {
        let own = if let Some(Body::Element(kept)) = self.node.body.as_deref() { Some(kept) } else { None };
        own.into_iter()
            .chain(kept(self.node, Place::Wildcard).filter_map(|body| if let Body::Element(it) = body { Some(it) } else { None }))
            .collect()
    }

    /// Returns the attributes that a wildcard admits.
    #[must_use]
    pub fn any_attributes(&self) -> Vec<&'d AnyAttribute> {
        kept(self.node, Place::AttributeWildcard).filter_map(|body| if let Body::Attribute(it) = body { Some(it) } else { None }).collect()
    }

    /// Returns the content of an element of the type `xs:anyType`.
    #[must_use]
    pub fn any_content(&self) -> Option<&'d AnyType> {
        match self.node.body.as_deref() {
            Some(Body::Content(content)) => Some(content),
            Some(Body::Inner(inner)) => Element { node: inner, ..*self }.any_content(),
            _ => None,
        }
    }

    /// Returns the element or attribute at a path of local names below this element, such as `item[1]/@price`. A step has the index
    /// among the elements of its name, from 0; a step without an index means the
    /// first element of its name.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Element<'d>> {
        let (first, number, rest) = first_step(path);
        let found = match first.strip_prefix('@') {
            Some(name) => self.attributes().into_iter().find(|it| it.name == name),
            None => self.children().into_iter().filter(|it| it.name == first).nth(number),
        }?;
        rest.map_or(Some(found), |rest| found.get(rest))
    }

    /// Returns the text, or a mask for a secret.
    fn shown(&self) -> &'d str {
        if self.is_secret() { "******" } else { self.text().unwrap_or_default() }
    }
}

/// Returns the slots of a value, within what is around it.
fn slots(node: &Node) -> &[NodeSlot] {
    match node.body.as_deref() {
        Some(Body::Slots(slots)) => slots,
        Some(Body::Inner(inner) | Body::Nil(Some(inner))) => slots(inner),
        _ => &[],
    }
}

/// Returns what the wildcards of a value keep.
fn kept(node: &Node, place: Place) -> impl Iterator<Item = &Body> {
    slots(node).iter().filter(move |slot| slot.of.place == place).flat_map(NodeSlot::nodes).filter_map(|node| node.body.as_deref())
}

/// Returns the child elements of a value, also those in its choices and groups.
fn elements(node: &Node) -> Vec<Element<'_>> {
    let mut found = Vec::new();
    match node.body.as_deref() {
        Some(Body::Variant(_, slot)) => gather(slot, &mut found),
        Some(Body::Inner(inner)) => found = elements(inner),
        _ => slots(node).iter().for_each(|slot| gather(slot, &mut found)),
    }
    found
}

fn gather<'d>(slot: &'d NodeSlot, found: &mut Vec<Element<'d>>) {
    match slot.of.place {
        Place::Element => found.extend(named(slot, false)),
        Place::Group => slot.nodes().for_each(|node| found.extend(elements(node))),
        Place::Text if matches!(slot.of.shape, Shape::Choice(_)) => slot.nodes().for_each(|node| found.extend(elements(node))),
        Place::Text | Place::Attribute | Place::Wildcard | Place::AttributeWildcard => {}
    }
}

fn named(slot: &NodeSlot, attribute: bool) -> impl Iterator<Item = Element<'_>> {
    let (namespace, name) = slot.of.name;
    slot.nodes().filter(|node| node.body.is_some()).map(move |node| Element { namespace, name, attribute, node })
}

fn complex_type(node: &Node) -> Option<&'static TypeInfo> {
    if let Shape::Record(complex) = node.shape {
        return Some(complex.cell.info());
    }
    match node.body.as_deref() {
        Some(Body::Inner(inner) | Body::Nil(Some(inner))) => complex_type(inner),
        _ => None,
    }
}

/// Splits the first step off a path: its name, its index among elements of this name, from 0, and the rest.
fn first_step(path: &str) -> (&str, usize, Option<&str>) {
    let (first, rest) = path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let (name, number) = first.split_once('[').unwrap_or((first, ""));
    let number = number.trim_end_matches(']').parse().unwrap_or(0);
    (name, number, rest)
}

fn text(node: &Node) -> Option<&str> {
    match node.body.as_deref()? {
        Body::Text(text) => Some(text),
        Body::Inner(inner) => text(inner),
        Body::Slots(slots) => slots.iter().find(|slot| slot.of.place == Place::Text).and_then(|slot| text(slot.nodes().next()?)),
        _ => None,
    }
}
