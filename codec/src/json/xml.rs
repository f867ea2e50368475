//! Writes JSON as the XML that it stands for, which the reader then reads. Names and forms are checked here, values by the reader.

use std::rc::Rc;

use xsdgen_datatypes::names::is_ncname;

use super::options::JsonOptions;
use super::path::below;
use super::shape::{Member, Shape, Shapes};
use super::text::{declarations, names, text_of};
use super::tree::Tree;
use super::types::unknown;
use crate::any::AnyElement;
use crate::document::read_into;
use crate::error::{Error, ErrorKind, excerpt};
use crate::options::ReadOptions;
use crate::schema::{Namespace, Schema};
use crate::secret::MASK;
use crate::tables::{FieldInfo, Place, TypeInfo, ValueFlags};
use crate::text::escape;

/// The maximum depth of elements.
const DEEPEST: usize = 256;

/// The maximum number of errors that are collected.
const MOST_ERRORS: usize = 1000;

/// An error has the path of the value in the JSON.
pub(super) type Outcome<T> = Result<T, Error>;

/// The XML, with the place in the JSON of each element.
pub(super) struct Xml {
    pub(super) options: JsonOptions,
    pub(super) shapes: Shapes,
    pub(super) text: String,
    /// The elements in the order of their start tags.
    pub(super) starts: Vec<Start>,
    /// The errors that were collected.
    pub(super) errors: Vec<Error>,
    depth: usize,
    /// The prefixes that the current start tag declares for the names in its attributes and its text.
    bound: Vec<(String, String)>,
}

/// An element of the XML, and where it comes from.
pub(super) struct Start {
    pub(super) offset: usize,
    /// The number of its ancestors.
    pub(super) depth: usize,
    /// The path of its value in the JSON.
    pub(super) path: String,
    /// The field that it belongs to, unless it is the root element.
    pub(super) field: Option<&'static FieldInfo>,
    /// The form of its type.
    pub(super) shape: Option<Rc<Shape>>,
}

/// The name of an element to write, and where its value is in the JSON.
pub(super) struct At<'a> {
    pub(super) name: &'a str,
    pub(super) path: String,
    pub(super) field: Option<&'static FieldInfo>,
}

impl<'a> At<'a> {
    fn new(name: &'a str, path: String) -> Self {
        Self { name, path, field: None }
    }

    pub(super) fn wrong(&self, message: impl Into<String>) -> Error {
        self.error(ErrorKind::Value, message)
    }

    pub(super) fn error(&self, kind: ErrorKind, message: impl Into<String>) -> Error {
        Error::in_json(kind, &self.path, message)
    }
}

impl Xml {
    pub(super) fn new(options: JsonOptions) -> Self {
        Self {
            options,
            shapes: Shapes::default(),
            text: String::new(),
            starts: Vec::new(),
            errors: Vec::new(),
            depth: 0,
            bound: Vec::new(),
        }
    }

    /// Writes a part. An error in it is collected if all errors are wanted, and the part is left out.
    fn guarded(&mut self, write: impl FnOnce(&mut Self) -> Outcome<()>) -> Outcome<()> {
        let (text, starts) = (self.text.len(), self.starts.len());
        match write(self) {
            Err(error) if self.options.all_errors && self.errors.len() < MOST_ERRORS => {
                self.text.truncate(text);
                self.starts.truncate(starts);
                self.errors.push(error);
                Ok(())
            }
            outcome => outcome,
        }
    }

    /// Writes the root element, which declares the namespaces of the schema set.
    pub(super) fn root(&mut self, field: &FieldInfo, name: &str, schema: &'static Schema, json: &Tree) -> Outcome<()> {
        let mut declared = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"".to_owned();
        declared.push_str(&declarations(schema));
        self.element(field, json, &At::new(name, "$".to_owned()), schema, &declared)
    }

    /// Writes an element of a field. `extra` is added to its start tag.
    fn element(&mut self, field: &FieldInfo, json: &Tree, at: &At<'_>, schema: &'static Schema, extra: &str) -> Outcome<()> {
        self.start(at);
        if self.depth >= DEEPEST {
            return Err(at.error(ErrorKind::Limit, format!("more than {DEEPEST} nested elements")));
        }
        if let Tree::Object(members) = json
            && let [(name, Tree::Text(xml))] = members.as_slice()
            && name == "$xml"
        {
            return self.verbatim(xml, at, schema);
        }
        if *json == Tree::Null {
            if !field.kind.is(ValueFlags::NILLABLE) {
                let message = "null stands for nil, which this element cannot be: leave the member out if the element is absent";
                return Err(at.wrong(message));
            }
            self.text.push_str(&format!("<{}{extra} xsi:nil=\"true\"/>", at.name));
            return Ok(());
        }
        if field.type_info.is_none() && field.types.is_empty() {
            let text = match (json, field.kind.is(ValueFlags::KEPT)) {
                (Tree::Text(text), true) => text.clone(),
                (other, true) => {
                    let message = format!(
                        "expected a string, or an object with `$xml` for an element with attributes or children, not {}",
                        other.words()
                    );
                    return Err(at.wrong(message));
                }
                (json, false) => self.text_of(json, field).map_err(|message| at.wrong(message))?,
            };
            let (text, declared) = names(&text, field, &mut Vec::new(), at.name.contains(':') && extra.is_empty());
            self.text.push_str(&format!("<{}{extra}{declared}>", at.name));
            escape::text(&text, &mut self.text);
            self.text.push_str(&format!("</{}>", at.name));
            return Ok(());
        }
        let lone;
        let members = match json {
            Tree::Object(members) => members.as_slice(),
            json if field.type_info.is_some_and(|type_info| type_info.items().first().is_some_and(|item| item.place == Place::Text)) => {
                lone = [("$".to_owned(), json.clone())];
                &lone
            }
            other => return Err(self.no_object(field, other, at)),
        };
        let (type_info, named) = self.type_of(field, members, at)?;
        let mut start = format!("<{}{extra}", at.name);
        if !schema.includes(type_info.schema) {
            start.push_str(&declarations(type_info.schema));
        }
        if let Some((uri, local)) = named {
            match type_info.schema.namespaces().iter().find(|namespace| namespace.uri() == uri && !uri.is_empty()) {
                Some(namespace) => start.push_str(&format!(" xsi:type=\"{}:{local}\"", namespace.prefix())),
                None => start.push_str(&format!(" xsi:type=\"{local}\"")),
            }
        }
        self.text.push_str(&start);
        self.bound.clear();
        self.depth += 1;
        let result = self.record(type_info, members, named.is_some(), at);
        self.depth -= 1;
        result
    }

    /// Adds an element that starts here.
    fn start(&mut self, at: &At<'_>) {
        let (offset, depth) = (self.text.len(), self.depth);
        self.starts.push(Start { offset, depth, path: at.path.clone(), field: at.field, shape: None });
    }

    /// Writes the rest of the start tag, the content and the end tag.
    fn record(&mut self, type_info: &'static TypeInfo, members: &[(String, Tree)], named: bool, at: &At<'_>) -> Outcome<()> {
        let shape = self.shapes.of(type_info, self.options);
        if let Some(start) = self.starts.last_mut() {
            start.shape = Some(Rc::clone(&shape));
        }
        let mut wildcards = 0;
        for (name, value) in members {
            if name == shape.type_name && named {
                continue;
            }
            if name == shape.nil_name && !shape.members.iter().any(|member| member.name == *name) {
                self.text.push_str(if *value == Tree::Bool(true) { " xsi:nil=\"true\"" } else { "" });
            } else if name.starts_with('@') {
                self.guarded(|xml| xml.attribute(type_info, &shape, name, value, &mut wildcards, at))?;
            } else if !is_known(&shape, name) {
                self.guarded(|_| Err(unknown(&shape, name, at)))?;
            }
        }
        self.text.push('>');
        let find = |name: &str| members.iter().find(|(known, _)| known == name).map(|(_, value)| value);
        match shape.ordered {
            true => self.ordered(type_info, &shape, find("$"), at)?,
            false => {
                for member in &shape.members {
                    if let Some(value) = find(&member.name).filter(|_| member.field.place != Place::Attribute) {
                        self.guarded(|xml| xml.member(type_info, member, value, at))?;
                    }
                }
            }
        }
        self.text.push_str(&format!("</{}>", at.name));
        Ok(())
    }

    fn attribute(
        &mut self,
        type_info: &'static TypeInfo,
        shape: &Shape,
        name: &str,
        value: &Tree,
        wildcards: &mut usize,
        at: &At<'_>,
    ) -> Outcome<()> {
        let here = At::new(at.name, below(&at.path, name));
        let Some(member) = shape.members.iter().find(|member| member.name == name && member.field.place == Place::Attribute) else {
            if !shape.members.iter().any(|member| member.field.in_tag && member.field.place == Place::Any) {
                return Err(unknown(shape, name, at));
            }
            let Some(text) = value.text() else { return Err(here.wrong(format!("expected a string, not {}", value.words()))) };
            let plain = name.get(1..).unwrap_or_default();
            let local = plain.strip_prefix('{').and_then(|rest| rest.split_once('}')).map_or(plain, |(_, local)| local);
            if !is_ncname(local) || plain == "xmlns" {
                return Err(here.wrong(format!("{} is not the name of an attribute", excerpt(local))));
            }
            match plain.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
                Some((uri, local)) if uri == crate::schema::XML => self.write_attribute(&format!("xml:{local}"), &text),
                Some((uri, local)) => {
                    *wildcards += 1;
                    self.write_attribute(&format!("xmlns:any{wildcards}"), uri);
                    self.write_attribute(&format!("any{wildcards}:{local}"), &text);
                }
                None => self.write_attribute(plain, &text),
            }
            return Ok(());
        };
        let text = self.text_of(value, member.field).map_err(|message| here.wrong(message))?;
        let (text, declared) = names(&text, member.field, &mut self.bound, false);
        self.text.push_str(&declared);
        let prefix = type_info.schema.at(member.field.namespace).map(Namespace::prefix);
        let name = prefix.map_or_else(|| member.field.local.to_owned(), |prefix| format!("{prefix}:{}", member.field.local));
        self.write_attribute(&name, &text);
        Ok(())
    }

    fn write_attribute(&mut self, name: &str, text: &str) {
        self.text.push_str(&format!(" {name}=\""));
        escape::attribute(text, &mut self.text);
        self.text.push('"');
    }

    /// Writes the children of a type whose order is kept.
    fn ordered(&mut self, type_info: &'static TypeInfo, shape: &Rc<Shape>, content: Option<&Tree>, at: &At<'_>) -> Outcome<()> {
        let path = below(&at.path, "$");
        let items = match content {
            None => return Ok(()),
            Some(Tree::List(items)) => items.as_slice(),
            Some(Tree::Text(text)) => {
                escape::text(text, &mut self.text);
                return Ok(());
            }
            Some(other) => {
                let message = format!("expected an array of the children in order, each an object with one member, not {}", other.words());
                return self.guarded(|_| Err(Error::in_json(ErrorKind::Value, &path, message)));
            }
        };
        for (index, item) in items.iter().enumerate() {
            self.guarded(|xml| xml.item(type_info, shape, item, &At::new(at.name, format!("{path}[{index}]"))))?;
        }
        Ok(())
    }

    /// Writes a child or a text of a type whose order is kept.
    fn item(&mut self, type_info: &'static TypeInfo, shape: &Shape, item: &Tree, at: &At<'_>) -> Outcome<()> {
        let members = match item {
            Tree::Text(text) => {
                escape::text(text, &mut self.text);
                return Ok(());
            }
            Tree::Object(members) => members,
            other => return Err(at.wrong(format!("expected a string or an object with one member, not {}", other.words()))),
        };
        let [(name, value)] = members.as_slice() else {
            return Err(at.wrong("expected one member, the name of the element"));
        };
        let member = shape.members.iter().find(|member| member.name == *name && !name.starts_with('@'));
        let member = member.ok_or_else(|| unknown(shape, name, at))?;
        self.child(type_info, member, value, below(&at.path, name))
    }

    /// Writes the elements, the wildcard content or the text of a member.
    fn member(&mut self, type_info: &'static TypeInfo, member: &Member, value: &Tree, at: &At<'_>) -> Outcome<()> {
        let path = below(&at.path, &member.name);
        match value {
            Tree::List(items) if member.many => {
                for (index, item) in items.iter().enumerate() {
                    self.guarded(|xml| xml.child(type_info, member, item, format!("{path}[{index}]")))?;
                }
                Ok(())
            }
            Tree::List(_) if !member.field.kind.is(ValueFlags::LIST) => {
                let message = "the element occurs at most once: write its value without an array";
                Err(Error::in_json(ErrorKind::Repeated, &path, message))
            }
            value => self.child(type_info, member, value, path),
        }
    }

    fn child(&mut self, type_info: &'static TypeInfo, member: &Member, value: &Tree, path: String) -> Outcome<()> {
        let field = member.field;
        match field.place {
            Place::Text => {
                let text = self.text_of(value, field).map_err(|message| Error::in_json(ErrorKind::Value, &path, message))?;
                let default = self.text.rsplit('<').next().is_some_and(|tag| tag.split(' ').next().is_some_and(|name| name.contains(':')));
                let (text, declared) = names(&text, field, &mut self.bound, default);
                // The declarations go into the start tag, which has just ended.
                if !declared.is_empty() && self.text.ends_with('>') {
                    self.text.pop();
                    self.text.push_str(&declared);
                    self.text.push('>');
                }
                escape::text(&text, &mut self.text);
                Ok(())
            }
            Place::Any => {
                let at = At::new("", path);
                match value {
                    Tree::Text(xml) => {
                        self.start(&at);
                        self.verbatim(xml, &at, type_info.schema)
                    }
                    other => Err(at.wrong(format!("expected a string with an element as XML, not {}", other.words()))),
                }
            }
            _ => {
                let prefix = type_info.schema.at(field.namespace).map(Namespace::prefix);
                let name = prefix.map_or_else(|| field.local.to_owned(), |prefix| format!("{prefix}:{}", field.local));
                self.element(field, value, &At { name: &name, path, field: Some(field) }, type_info.schema, "")
            }
        }
    }

    /// Returns the text of a value. A masked secret is no text if the values are checked.
    fn text_of(&self, json: &Tree, field: &FieldInfo) -> Result<String, String> {
        let text = text_of(json, field)?;
        match self.options.strict && field.is_secret() && text == MASK {
            true => Err(format!("the secret is masked with {MASK}: write the secret itself")),
            false => Ok(text),
        }
    }

    /// Writes a root element that is given as XML.
    pub(super) fn root_xml(&mut self, json: &Tree, schema: &'static Schema) -> Outcome<()> {
        let at = At::new("", "$.$any".to_owned());
        match json {
            Tree::Text(xml) => self.verbatim(xml, &at, schema),
            other => Err(at.wrong(format!("expected a string with an element as XML, not {}", other.words()))),
        }
    }

    /// Writes an element that is given as XML.
    fn verbatim(&mut self, xml: &str, at: &At<'_>, schema: &'static Schema) -> Outcome<()> {
        // The element may use the prefixes of the schema set without declaring them.
        let options = ReadOptions::tolerant().undeclared_prefixes(true);
        let mut element = AnyElement::default();
        read_into(xml.as_bytes(), &options, schema, &mut element)
            .map_err(|error| at.wrong(format!("the XML is not a single element: {error}")))?;
        self.text.push_str(element.xml().trim());
        Ok(())
    }
}

/// Returns whether a type has a member of this name that is not an attribute.
fn is_known(shape: &Shape, name: &str) -> bool {
    match shape.ordered {
        true => name == "$",
        false => shape.members.iter().any(|member| member.name == name),
    }
}
