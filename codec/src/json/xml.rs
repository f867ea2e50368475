//! Writes JSON as the XML that it stands for, which the reader then reads. Names and forms are checked here, values by the reader.

use std::rc::Rc;

use super::options::JsonOptions;
use super::shape::{Member, Shape, Shapes};
use super::tree::Tree;
use crate::any::AnyElement;
use crate::document::read_into;
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::options::ReadOptions;
use crate::reflect::{list, suggestion};
use crate::schema::{NO_SCHEMA, Namespace, Schema};
use crate::tables::{FieldInfo, Place, TypeInfo, ValueFlags};
use crate::text::escape;

/// The maximum depth of elements.
const DEEPEST: usize = 256;

/// An error with the place in the JSON.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) path: String,
    pub(super) message: String,
}

type Outcome<T> = std::result::Result<T, Wrong>;

/// The XML, with the place in the JSON of each element.
pub(super) struct Xml {
    options: JsonOptions,
    shapes: Shapes,
    pub(super) text: String,
    /// The offsets at which elements start, and their paths in the JSON.
    pub(super) places: Vec<(usize, String)>,
    depth: usize,
    /// The prefixes that the current start tag declares for the names in its attributes and its text.
    bound: Vec<(String, String)>,
}

/// The name of an element to write, and where its value is in the JSON.
struct At<'a> {
    name: &'a str,
    path: String,
}

impl At<'_> {
    fn wrong(&self, message: impl Into<String>) -> Wrong {
        Wrong { path: self.path.clone(), message: message.into() }
    }
}

impl Xml {
    pub(super) fn new(options: JsonOptions) -> Self {
        Self { options, shapes: Shapes::default(), text: String::new(), places: Vec::new(), depth: 0, bound: Vec::new() }
    }

    /// Writes the root element, which declares the namespaces of the schema set.
    pub(super) fn root(&mut self, field: &FieldInfo, name: &str, schema: &'static Schema, json: &Tree) -> Outcome<()> {
        let mut declared = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"".to_owned();
        declared.push_str(&declarations(schema));
        self.element(field, json, &At { name, path: "$".to_owned() }, schema, &declared)
    }

    /// Writes an element of a field. `extra` is added to its start tag.
    fn element(&mut self, field: &FieldInfo, json: &Tree, at: &At<'_>, schema: &'static Schema, extra: &str) -> Outcome<()> {
        self.places.push((self.text.len(), at.path.clone()));
        if self.depth >= DEEPEST {
            return Err(at.wrong(format!("more than {DEEPEST} nested elements")));
        }
        if let Tree::Object(members) = json
            && let [(name, Tree::Text(xml))] = members.as_slice()
            && name == "$xml"
        {
            return self.verbatim(xml, at);
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
                (json, false) => text_of(json, field).map_err(|message| at.wrong(message))?,
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
            other => return Err(at.wrong(format!("expected an object with the attributes and children, not {}", other.words()))),
        };
        let (type_info, named) = self.type_of(field, members, at)?;
        let mut start = format!("<{}{extra}", at.name);
        if !std::ptr::eq(type_info.schema, schema) {
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

    /// Writes the rest of the start tag, the content and the end tag.
    fn record(&mut self, type_info: &'static TypeInfo, members: &[(String, Tree)], named: bool, at: &At<'_>) -> Outcome<()> {
        let shape = self.shapes.of(type_info, self.options);
        let mut wildcards = 0;
        for (name, value) in members {
            if name == shape.type_name && named {
                continue;
            }
            if name == shape.nil_name && !shape.members.iter().any(|member| member.name == *name) {
                self.text.push_str(if *value == Tree::Bool(true) { " xsi:nil=\"true\"" } else { "" });
            } else if name.starts_with('@') {
                self.attribute(type_info, &shape, name, value, &mut wildcards, at)?;
            } else if !is_known(&shape, name) {
                return Err(unknown(&shape, name, at));
            }
        }
        self.text.push('>');
        let find = |name: &str| members.iter().find(|(known, _)| known == name).map(|(_, value)| value);
        match shape.ordered {
            true => self.ordered(type_info, &shape, find("$"), at)?,
            false => {
                for member in &shape.members {
                    if let Some(value) = find(&member.name).filter(|_| member.field.place != Place::Attribute) {
                        self.member(type_info, member, value, at)?;
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
        let here = At { name: at.name, path: format!("{}.{name}", at.path) };
        let Some(member) = shape.members.iter().find(|member| member.name == name && member.field.place == Place::Attribute) else {
            if !shape.members.iter().any(|member| member.field.in_tag && member.field.place == Place::Any) {
                return Err(unknown(shape, name, at));
            }
            let Some(text) = value.text() else { return Err(here.wrong(format!("expected a string, not {}", value.words()))) };
            let plain = name.get(1..).unwrap_or_default();
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
        let text = text_of(value, member.field).map_err(|message| here.wrong(message))?;
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
        let here = |path: String| At { name: at.name, path };
        let items = match content {
            None => return Ok(()),
            Some(Tree::List(items)) => items.as_slice(),
            Some(Tree::Text(text)) => {
                escape::text(text, &mut self.text);
                return Ok(());
            }
            Some(other) => {
                let message = format!("expected an array of the children in order, each an object with one member, not {}", other.words());
                return Err(here(format!("{}.$", at.path)).wrong(message));
            }
        };
        for (index, item) in items.iter().enumerate() {
            let at = At { name: at.name, path: format!("{}.$[{index}]", at.path) };
            if let Tree::Text(text) = item {
                escape::text(text, &mut self.text);
                continue;
            }
            let Tree::Object(members) = item else {
                return Err(at.wrong(format!("expected a string or an object with one member, not {}", item.words())));
            };
            let [(name, value)] = members.as_slice() else {
                return Err(at.wrong("expected one member, the name of the element"));
            };
            let Some(member) = shape.members.iter().find(|member| member.name == *name && !name.starts_with('@')) else {
                return Err(unknown(shape, name, &at));
            };
            self.child(type_info, member, value, format!("{}.{name}", at.path))?;
        }
        Ok(())
    }

    /// Writes the elements, the wildcard content or the text of a member.
    fn member(&mut self, type_info: &'static TypeInfo, member: &Member, value: &Tree, at: &At<'_>) -> Outcome<()> {
        let path = if member.name == "$" { format!("{}.$", at.path) } else { format!("{}.{}", at.path, member.name) };
        match value {
            Tree::List(items) if member.many => {
                for (index, item) in items.iter().enumerate() {
                    self.child(type_info, member, item, format!("{path}[{index}]"))?;
                }
                Ok(())
            }
            Tree::List(_) if !member.field.kind.is(ValueFlags::LIST) => {
                Err(Wrong { path, message: "the element occurs at most once: write its value without an array".to_owned() })
            }
            value => self.child(type_info, member, value, path),
        }
    }

    fn child(&mut self, type_info: &'static TypeInfo, member: &Member, value: &Tree, path: String) -> Outcome<()> {
        let field = member.field;
        match field.place {
            Place::Text => {
                let text = text_of(value, field).map_err(|message| Wrong { path, message })?;
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
                let at = At { name: "", path };
                match value {
                    Tree::Text(xml) => {
                        self.places.push((self.text.len(), at.path.clone()));
                        self.verbatim(xml, &at)
                    }
                    other => Err(at.wrong(format!("expected a string with an element as XML, not {}", other.words()))),
                }
            }
            _ => {
                let prefix = type_info.schema.at(field.namespace).map(Namespace::prefix);
                let name = prefix.map_or_else(|| field.local.to_owned(), |prefix| format!("{prefix}:{}", field.local));
                self.element(field, value, &At { name: &name, path }, type_info.schema, "")
            }
        }
    }

    /// Writes a root element that is given as XML.
    pub(super) fn root_xml(&mut self, json: &Tree) -> Outcome<()> {
        let at = At { name: "", path: "$.$any".to_owned() };
        match json {
            Tree::Text(xml) => self.verbatim(xml, &at),
            other => Err(at.wrong(format!("expected a string with an element as XML, not {}", other.words()))),
        }
    }

    /// Writes an element that is given as XML.
    fn verbatim(&mut self, xml: &str, at: &At<'_>) -> Outcome<()> {
        // Elements that were kept may have prefixes that their document did not declare, as in `xsi:type`.
        let options = ReadOptions::tolerant().undeclared_prefixes(true);
        let mut element = AnyElement::default();
        read_into(xml.as_bytes(), &options, &NO_SCHEMA, &mut element)
            .map_err(|error| at.wrong(format!("the XML is not a single element: {error}")))?;
        self.text.push_str(element.xml().trim());
        Ok(())
    }

    /// Returns the type of an element, and the type that `xsi:type` names.
    fn type_of(
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
            let Some(declared) = field.type_info else { return Err(at.wrong("its type is unknown")) };
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
                Err(at.wrong(format!("the declared type is abstract: add a member `@type` with one of {names}")))
            }
            (Some(wanted), _) => {
                let rest = match suggestion(wanted, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the types are {}", list(names.into_iter())),
                };
                Err(at.wrong(format!("the type `{}` is not known here; {rest}", excerpt(wanted))))
            }
        }
    }
}

/// Returns whether a type has a member of this name that is not an attribute.
fn is_known(shape: &Shape, name: &str) -> bool {
    match shape.ordered {
        true => name == "$",
        false => shape.members.iter().any(|member| member.name == name),
    }
}

/// Returns the error for a member that a type does not have.
fn unknown(shape: &Shape, name: &str, at: &At<'_>) -> Wrong {
    let own = |member: &&Member| name.starts_with('@') == member.name.starts_with('@') && member.name != "@";
    let names: Vec<&str> = shape.members.iter().filter(own).map(|member| member.name.as_str()).collect();
    let rest = match suggestion(name, names.iter().copied()) {
        _ if shape.ordered && names.contains(&name) => "; its children are in the array `$`, in order".to_owned(),
        Some(near) => format!("; did you mean `{near}`?"),
        None if names.is_empty() => String::new(),
        None => format!("; there are {}", list(names.iter().copied())),
    };
    at.wrong(format!("there is no member `{}`{rest}", excerpt(name)))
}

/// Returns the declarations of the namespaces of a schema set.
fn declarations(schema: &'static Schema) -> String {
    let mut text = String::new();
    for namespace in schema.namespaces() {
        text.push_str(&format!(" xmlns:{}=\"", namespace.prefix()));
        escape::attribute(namespace.uri(), &mut text);
        text.push('"');
    }
    text
}

/// Returns the text of a value; the items of an array are separated by spaces if the field is a list.
pub(super) fn text_of(json: &Tree, field: &FieldInfo) -> std::result::Result<String, String> {
    let text = match json {
        Tree::List(items) if field.kind.is(ValueFlags::LIST) => {
            let items: Option<Vec<String>> = items.iter().map(Tree::text).collect();
            items.map(|items| items.join(" "))
        }
        json => json.text(),
    };
    text.ok_or_else(|| match json {
        Tree::List(_) => "expected an array of strings, numbers or booleans".to_owned(),
        other => format!("expected a string, a number or a boolean, not {}", other.words()),
    })
}

/// Returns a text of qualified names with prefixes, and the declarations of these prefixes. In JSON, a name is `{namespace}prefix:local`.
/// `bound` are the prefixes that the element declares already. A name without a prefix gets the default namespace if the element has a prefix
/// and no children, and a new prefix otherwise.
fn names(text: &str, field: &FieldInfo, bound: &mut Vec<(String, String)>, default: bool) -> (String, String) {
    if !field.kind.is(ValueFlags::QUALIFIED) || !text.contains('{') {
        return (text.to_owned(), String::new());
    }
    let mut declared = String::new();
    let words = text.split_ascii_whitespace().map(|word| {
        let Some((uri, name)) = word.strip_prefix('{').and_then(|rest| rest.split_once('}')) else { return word.to_owned() };
        let (wanted, local) = name.split_once(':').unwrap_or(("", name));
        if !xsdgen_datatypes::names::is_ncname(local) {
            return word.to_owned(); // a text of a union that looks like a name
        }
        let uri = uri.replace("%20", " ");
        let taken = |prefix: &str| bound.iter().any(|(known, other)| known == prefix && *other != uri);
        let prefix = if wanted.is_empty() && !default || taken(wanted) { format!("q{}", bound.len()) } else { wanted.to_owned() };
        if prefix != "xml" && !bound.contains(&(prefix.clone(), uri.clone())) {
            declared.push_str(&if prefix.is_empty() { " xmlns=\"".to_owned() } else { format!(" xmlns:{prefix}=\"") });
            escape::attribute(&uri, &mut declared);
            declared.push('"');
            bound.push((prefix.clone(), uri));
        }
        if prefix.is_empty() { local.to_owned() } else { format!("{prefix}:{local}") }
    });
    let text = words.collect::<Vec<_>>().join(" ");
    (text, declared)
}

/// Returns the error for JSON that cannot be read.
pub(super) fn error(wrong: &Wrong) -> Error {
    Error::new(ErrorKind::Value, format!("{}: {}", wrong.path, wrong.message))
}

/// Returns the result with the place in front of the message.
pub(super) fn placed<T>(outcome: Outcome<T>) -> Result<T> {
    outcome.map_err(|wrong| error(&wrong))
}
