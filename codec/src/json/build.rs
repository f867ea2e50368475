//! Builds JSON from a value, as a visitor.

use std::rc::Rc;

use super::options::{JsonOptions, Secrets};
use super::scalar::scalar;
use super::shape::{Shape, Shapes};
use super::tree::Tree;
use crate::any::AnyType;
use crate::error::{Error, ErrorKind, Result};
use crate::options::WriteOptions;
use crate::reflect::{Element, Leaf, Open, Visit, Walk};
use crate::schema::{NO_SCHEMA, Schema};
use crate::secret::{MASK, mask_parameters};
use crate::tables::{FieldInfo, Place, TypeInfo};
use crate::text::escape;
use crate::write::{MOST_REPEATED, MOST_TIMES, Writer, too_often};

/// An element whose attributes and content are being visited.
struct Frame {
    /// Its shape and its schema set; `None` for a nil element of a simple type.
    shape: Option<(Rc<Shape>, &'static Schema)>,
    members: Vec<(String, Tree)>,
    /// The children in order, if the order is kept.
    content: Vec<Tree>,
}

/// Builds the JSON of one value.
pub(super) struct Builder {
    options: JsonOptions,
    shapes: Shapes,
    open: Vec<Frame>,
    /// The field that holds the whole value, if it is known only now.
    pub(super) root: Option<FieldInfo>,
    /// The schema set of the whole value.
    pub(super) schema: &'static Schema,
    pub(super) result: Option<Tree>,
    /// The bytes of namespace names that kept content repeats, and those of the content.
    repeated: usize,
    bytes: usize,
}

impl Builder {
    pub(super) fn new(options: JsonOptions) -> Self {
        let (shapes, schema) = (Shapes::default(), &NO_SCHEMA);
        Self { options, shapes, open: Vec::new(), root: None, schema, result: None, repeated: 0, bytes: 0 }
    }

    /// Adds an element to the enclosing one.
    fn add(&mut self, field: &'static FieldInfo, value: Tree) {
        let Some(frame) = self.open.last_mut() else {
            self.result = Some(value);
            return;
        };
        let member = frame.shape.as_ref().and_then(|(shape, _)| shape.member(field).map(|member| (member, shape.ordered)));
        let Some((member, ordered)) = member else { return };
        if ordered {
            frame.content.push(Tree::Object(vec![(member.name.clone(), value)]));
        } else if !member.many {
            frame.members.push((member.name.clone(), value));
        } else if let Some((_, Tree::List(items))) = frame.members.iter_mut().rfind(|(name, _)| *name == member.name) {
            items.push(value);
        } else {
            frame.members.push((member.name.clone(), Tree::List(vec![value])));
        }
    }

    /// Counts the bytes of the namespace names that kept content repeats.
    ///
    /// # Errors
    /// Fails if they are many times the content.
    fn count(&mut self, open: &Open<'_>) -> Result<()> {
        let (repeated, bytes) = match open {
            Open::Element(kept) => (kept.repeated(), kept.len()),
            Open::Attribute(kept) => (kept.namespace().len(), kept.name().len() + kept.value().len()),
            Open::Content(kept) => (kept.namespaces.iter().map(|(_, uri)| uri.len()).sum(), kept.xml.len()),
        };
        self.repeated += repeated;
        self.bytes += bytes;
        if self.repeated > MOST_REPEATED.max(self.bytes.saturating_mul(MOST_TIMES)) { Err(too_often()) } else { Ok(()) }
    }

    /// Returns a text with the values of secret parameters of addresses masked, if secrets are masked.
    fn masked(&self, text: &str) -> String {
        let schema = self.open.last().and_then(|frame| frame.shape.as_ref()).map_or(self.schema, |(_, schema)| schema);
        match self.options.secrets {
            Secrets::Mask => mask_parameters(text, schema.secret_parameters()).into_owned(),
            Secrets::Write | Secrets::Refuse => text.to_owned(),
        }
    }

    /// Returns the JSON of a text, or an error for a secret.
    fn text_of(&self, leaf: &Leaf<'_>) -> Result<Tree> {
        let field = self.root.as_ref().filter(|_| self.open.is_empty()).unwrap_or(leaf.field);
        match self.options.secrets {
            Secrets::Mask if !field.is_secret() => Ok(scalar(field, &self.masked(leaf.text()))),
            _ if !field.is_secret() => Ok(scalar(field, leaf.text())),
            Secrets::Write => Ok(scalar(field, leaf.text())),
            Secrets::Mask if leaf.text().is_empty() => Ok(scalar(field, leaf.text())),
            Secrets::Mask => Ok(Tree::Text(MASK.to_owned())),
            Secrets::Refuse => {
                let message = "it is a secret: choose with JsonOptions::secrets whether secrets are masked or written";
                Err(Error::new(ErrorKind::Unwritable, message))
            }
        }
    }
}

impl Visit for Builder {
    fn open(&mut self, element: &Element) -> Result<Walk> {
        let shape = element.type_info.map(|type_info| (self.shapes.of(type_info, self.options), type_info.schema));
        let mut frame = Frame { shape, members: Vec::new(), content: Vec::new() };
        if let Some((uri, local)) = element.xsi_type {
            let name = frame.shape.as_ref().map_or("@type", |(shape, _)| shape.type_name);
            frame.members.push((name.to_owned(), Tree::Text(type_name(element.field, uri, local))));
        }
        self.open.push(frame);
        Ok(Walk::Into)
    }

    fn close(&mut self, element: &Element) -> Result<()> {
        let Some(mut frame) = self.open.pop() else { return Ok(()) };
        if element.nil {
            if frame.members.is_empty() {
                self.add(element.field, Tree::Null);
                return Ok(());
            }
            let name = frame.shape.as_ref().map_or("@nil", |(shape, _)| shape.nil_name);
            frame.members.push((name.to_owned(), Tree::Bool(true)));
        } else if frame.shape.as_ref().is_some_and(|(shape, _)| shape.ordered) && !frame.content.is_empty() {
            frame.members.push(("$".to_owned(), Tree::List(frame.content)));
        }
        self.add(element.field, Tree::Object(frame.members));
        Ok(())
    }

    fn leaf(&mut self, leaf: &Leaf<'_>) -> Result<()> {
        let value = self.text_of(leaf)?;
        match (leaf.field.place, self.open.last_mut()) {
            (Place::Attribute | Place::Text, Some(frame)) => {
                let name = frame.shape.as_ref().and_then(|(shape, _)| shape.member(leaf.field)).map(|member| member.name.clone());
                frame.members.extend(name.map(|name| (name, value)));
            }
            _ => self.add(leaf.field, value),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<()> {
        if let Some(frame) = self.open.last_mut() {
            frame.content.push(Tree::Text(text.to_owned()));
        }
        Ok(())
    }

    fn kept(&mut self, field: &'static FieldInfo, open: &Open<'_>) -> Result<()> {
        self.count(open)?;
        match open {
            Open::Element(kept) if field.place == Place::Any => self.add(field, Tree::Text(self.masked(&kept.xml()))),
            Open::Element(kept) => self.add(field, whole(self.masked(&kept.xml()))),
            Open::Attribute(kept) => {
                let name = match kept.namespace() {
                    "" => format!("@{}", kept.name()),
                    namespace => format!("@{{{namespace}}}{}", kept.name()),
                };
                let value = self.masked(kept.value());
                if let Some(frame) = self.open.last_mut() {
                    frame.members.push((name, Tree::Text(value)));
                }
            }
            Open::Content(kept) if kept.attributes.is_empty() && !kept.xml.contains('<') => {
                self.add(field, Tree::Text(self.masked(&escape::unescaped(&kept.xml))));
            }
            Open::Content(kept) => {
                let schema = self.open.last().and_then(|frame| frame.shape.as_ref()).map_or(self.schema, |(_, schema)| *schema);
                let xml = element(field, kept, schema)?;
                self.add(field, whole(self.masked(&xml)));
            }
        }
        Ok(())
    }
}

/// Returns the JSON of an element that is kept as XML.
fn whole(xml: String) -> Tree {
    Tree::Object(vec![("$xml".to_owned(), Tree::Text(xml))])
}

/// Writes an element with kept attributes and content.
fn element(field: &'static FieldInfo, kept: &AnyType, schema: &'static Schema) -> Result<String> {
    let options = WriteOptions::tolerant();
    let mut writer = Writer::new(schema, &options, None);
    writer.declare_name(field);
    writer.kept_content(kept, field)?;
    writer.finish()
}

/// Returns the name of a type: its local name, unless `xsi:type` can name another type of the same local name there.
pub(super) fn type_name(field: &FieldInfo, uri: &str, local: &str) -> String {
    let alike = |type_info: &'static TypeInfo| type_info.name().1 == local && type_info.name().0 != uri;
    if field.xsi_types().any(alike) { format!("{{{uri}}}{local}") } else { local.to_owned() }
}
