//! Walks through a value: the writer passes the parts of the value to a visitor and writes nothing.

use super::node::{Element, Leaf, Open, Visit, Walk};
use crate::any::{AnyAttribute, AnyElement, AnyType};
use crate::error::{Error, Result};
use crate::options::WriteOptions;
use crate::schema::NO_SCHEMA;
use crate::tables::{FieldInfo, Place, TypeInfo, ValueFlags};
use crate::text::escape;
use crate::value::{Slot, Value};
use crate::write::{Writer, unescaped};

/// A visitor and what it does not know yet.
pub(crate) struct Visiting<'w> {
    visitor: &'w mut dyn Visit,
    /// The type that `xsi:type` of the next element names.
    xsi_type: Option<(&'static str, &'static str)>,
}

/// Walks through a value that a field holds.
pub(crate) fn walk(value: &dyn Value, field: &'static FieldInfo, visitor: &mut dyn Visit) -> Result<()> {
    let options = WriteOptions::tolerant();
    let mut writer = Writer::new(&NO_SCHEMA, &options, None);
    writer.visit = Some(Visiting { visitor, xsi_type: None });
    writer.visit_value(field, value)
}

impl Writer<'_> {
    /// Visits an element with attributes or children.
    #[cold]
    pub(crate) fn visit_structure(&mut self, field: &'static FieldInfo, type_info: &'static TypeInfo, slots: &[&dyn Slot]) -> Result<()> {
        let nil = std::mem::take(&mut self.nil_body);
        let Some(visiting) = &mut self.visit else { return Ok(()) };
        let element = Element { field, type_info: Some(type_info), xsi_type: visiting.xsi_type.take(), nil };
        if visiting.visitor.open(&element)? == Walk::Past {
            return Ok(());
        }
        let (attributes, slots) = slots.split_at_checked(type_info.attributes().len()).unwrap_or((slots, &[]));
        self.visit_slots(type_info.attributes(), attributes)?;
        if !nil {
            self.visit_slots(type_info.items(), slots)?;
        }
        self.visit.as_mut().map_or(Ok(()), |visiting| visiting.visitor.close(&element))
    }

    /// Visits the values of slots.
    #[cold]
    pub(crate) fn visit_slots(&mut self, fields: &'static [FieldInfo], slots: &[&dyn Slot]) -> Result<()> {
        for (field, slot) in fields.iter().zip(slots) {
            for value in slot.values() {
                self.visit_value(field, value).map_err(|error| within(error, field))?;
            }
        }
        Ok(())
    }

    fn visit_value(&mut self, field: &'static FieldInfo, value: &dyn Value) -> Result<()> {
        match field.is_leaf() && !field.kind.is(ValueFlags::NILLABLE) {
            true => self.visit_text(field, &|writer| value.write(writer, field)),
            false => value.write(self, field),
        }
    }

    /// Visits a text, which the function writes.
    pub(crate) fn visit_text(&mut self, field: &'static FieldInfo, put: &dyn Fn(&mut Self) -> Result<()>) -> Result<()> {
        let text = self.captured(put)?;
        self.visit.as_mut().map_or(Ok(()), |visiting| visiting.visitor.leaf(&Leaf::new(field, &text)))
    }

    /// Returns the text that the function writes.
    fn captured(&mut self, put: impl FnOnce(&mut Self) -> Result<()>) -> Result<String> {
        let from = self.out.len();
        let written = put(self);
        let text = unescaped(self.out.since(from)).into_owned();
        self.out.truncate(from);
        written.map(|()| text)
    }

    /// Visits a text between elements.
    #[cold]
    pub(crate) fn visit_mixed(&mut self, text: &str) -> Result<()> {
        self.visit.as_mut().map_or(Ok(()), |visiting| visiting.visitor.text(text))
    }

    /// Visits an element whose type was named.
    #[cold]
    pub(crate) fn visit_with_type(
        &mut self,
        field: &'static FieldInfo,
        name: Option<(&'static str, &'static str)>,
        value: &dyn Value,
    ) -> Result<()> {
        if let Some(visiting) = &mut self.visit {
            visiting.xsi_type = name;
        }
        value.write(self, field)
    }

    /// Visits a nil element without attributes.
    #[cold]
    pub(crate) fn visit_nil(&mut self, field: &'static FieldInfo) -> Result<()> {
        let Some(visiting) = &mut self.visit else { return Ok(()) };
        let element = Element { field, type_info: field.type_info, xsi_type: None, nil: true };
        match visiting.visitor.open(&element)? {
            Walk::Into => visiting.visitor.close(&element),
            Walk::Past => Ok(()),
        }
    }

    /// Visits an element whose content the schema leaves open.
    #[cold]
    pub(crate) fn visit_open_content(&mut self, field: &'static FieldInfo, content: &AnyType) -> Result<()> {
        self.visit_open(field, &Open::Content(content))
    }

    /// Visits an element of a simple type whose attributes were kept because it has `xsi:type`.
    #[cold]
    pub(crate) fn visit_open_text(
        &mut self,
        field: &'static FieldInfo,
        kept: &AnyType,
        put: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        let text = self.captured(put)?;
        let mut content = kept.clone();
        let text = if field.kind.is(ValueFlags::QUALIFIED) { with_prefixes(&text, &mut content) } else { text };
        escape::text(&text, &mut content.xml);
        self.visit_open(field, &Open::Content(&content))
    }

    /// Visits an element that was kept.
    #[cold]
    pub(crate) fn visit_kept(&mut self, field: &'static FieldInfo, kept: &AnyElement) -> Result<()> {
        if kept.is_unset() { Ok(()) } else { self.visit_open(field, &Open::Element(kept)) }
    }

    /// Visits an attribute that was kept.
    #[cold]
    pub(crate) fn visit_attribute(&mut self, field: &'static FieldInfo, kept: &AnyAttribute) -> Result<()> {
        self.visit_open(field, &Open::Attribute(kept))
    }

    fn visit_open(&mut self, field: &'static FieldInfo, open: &Open<'_>) -> Result<()> {
        self.visit.as_mut().map_or(Ok(()), |visiting| visiting.visitor.kept(field, open))
    }
}

/// Returns a text of qualified names with their prefixes alone, and adds the declarations of these prefixes to the element.
fn with_prefixes(text: &str, element: &mut AnyType) -> String {
    let words = text.split_ascii_whitespace().map(|word| {
        let Some((uri, name)) = word.strip_prefix('{').and_then(|rest| rest.split_once('}')) else { return word };
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        if element.namespaces.iter().all(|(known, _)| known != prefix) {
            element.namespaces.push((prefix.to_owned(), uri.replace("%20", " ").into()));
        }
        name
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns the error with the name of an element or attribute before its path.
pub(crate) fn within(error: Error, field: &FieldInfo) -> Error {
    match field.place {
        Place::Element => error.within(field.local),
        Place::Attribute => error.within(&format!("@{}", field.local)),
        Place::Any | Place::Group | Place::Text => error,
    }
}
