//! Validates elements and attributes that a wildcard admits, and elements of the type `xs:anyType`, against their declarations. Only strict mode does
//! this (XML Schema Part 1, section 3.10.4). The XML is kept in `keep`.

use std::borrow::Cow;

use super::attributes::Attribute;
use super::leaf::{Literal, Place, plain_preset};
use super::names::{XML, XSI};
use super::tag::split;
use super::{Reader, Step, Tag};
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::schema::rules::{Declared, NamedKind, NamedType};
use crate::simple::{Builtin, SimpleType, trim, words};
use crate::tables::{FieldInfo, Process, ValueFlags};

/// The root elements of a schema set, and the function that reads one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Globals {
    pub(crate) items: &'static [FieldInfo],
    /// Reads the root element of this number and discards it.
    pub(crate) read: fn(&mut Reader<'_>, usize, &'static FieldInfo, &Tag) -> Result<()>,
}

/// The item of an element of which only the type is known.
static ANY: FieldInfo = FieldInfo::bare("", "", "");

/// A type that `xsi:type` names.
pub(super) enum Told {
    Named(&'static NamedType),
    Builtin(Builtin),
    /// `xs:anyType`.
    Any,
}

impl<'a> Reader<'a> {
    /// Reads an element that a wildcard admits, to its end.
    pub(super) fn wild(&mut self, tag: &Tag, process: Process) -> Result<()> {
        if process == Process::Skip {
            return self.skip(tag);
        }
        if let Some(globals) = self.globals
            && let Some((index, item)) = self.global(globals.items, tag)
        {
            self.declared(item, tag, true)?;
            return (globals.read)(self, index, item, tag);
        }
        if self.xsi(tag, "type").is_some() {
            return self.any_content(tag);
        }
        if process == Process::Strict && !self.is_hinted(self.uri_of(tag)) {
            let message = format!("{} is not declared, as the wildcard asks", excerpt(self.raw_name(tag)));
            return Err(Error::at(ErrorKind::UnexpectedElement, tag.at, message));
        }
        self.any_content(tag)
    }

    /// Tells whether the document gives a schema location for this namespace and the schema set does not have the namespace. Then it is not known
    /// what the namespace declares.
    fn is_hinted(&self, uri: &str) -> bool {
        self.schema.find(uri).is_none() && self.hints.iter().any(|hint| words(hint).step_by(2).any(|namespace| namespace == uri))
    }

    fn global(&self, items: &'static [FieldInfo], tag: &Tag) -> Option<(usize, &'static FieldInfo)> {
        let local = self.split_name(tag).1;
        let is_it = |item: &FieldInfo| item.local == local && tag.space == super::names::Space::Known(item.namespace);
        items.iter().enumerate().find(|(_, item)| is_it(item))
    }

    /// Reads an element of the type `xs:anyType`, or of the type that `xsi:type` names, to its end.
    pub(super) fn any_content(&mut self, tag: &Tag) -> Result<()> {
        if let Some((text, _)) = self.xsi(tag, "type") {
            match self.told(&text, tag)? {
                Some(Told::Any) => {}
                Some(told) => return self.told_content(told, tag),
                None if !self.knows_types() => {}
                None => {
                    let message = format!("there is no type {}", excerpt(&text));
                    return Err(Error::at(ErrorKind::Type, tag.at, message).step("@type"));
                }
            }
        }
        let nil = self.is_nil(tag)?;
        if !tag.plain {
            self.few_attributes(tag, 0)?;
            let attributes = self.attributes.clone();
            for attribute in &attributes {
                self.wild_attribute(tag, attribute, Process::Lax)?;
            }
            self.wild_identifiers(&[], tag)?;
        }
        if nil { self.skip_nil(tag) } else { self.any_children(tag) }
    }

    fn any_children(&mut self, tag: &Tag) -> Result<()> {
        if !tag.empty {
            self.depth += 1;
            self.check_depth(0, tag)?;
            loop {
                self.characters()?;
                if self.rest().starts_with("</") {
                    self.end_tag(tag)?;
                    break;
                }
                let child = self.start_tag()?;
                self.check_depth(1, &child)?;
                self.wild(&child, Process::Lax)?;
            }
            self.depth -= 1;
        }
        self.closed(tag.mark)
    }

    /// Returns the type that the value of `xsi:type` names.
    fn told(&self, text: &str, tag: &Tag) -> Result<Option<Told>> {
        let (prefix, local) = split(text);
        let Some(uri) = self.lookup(prefix) else {
            return Err(Error::at(ErrorKind::Prefix, tag.at, format!("the prefix {} is not declared", excerpt(prefix))).step("@type"));
        };
        if uri == XS {
            let builtin = xsdgen_datatypes::builtin::ALL.iter().find(|it| xsdgen_datatypes::builtin::name(**it) == local);
            return Ok(match builtin {
                Some(builtin) => Some(Told::Builtin(*builtin)),
                None => (local == "anyType").then_some(Told::Any),
            });
        }
        Ok(self.schema.rules().and_then(|rules| rules.named(self.schema, uri, local)).map(Told::Named))
    }

    /// Tells whether the schema set has a list of its named types.
    fn knows_types(&self) -> bool {
        self.schema.rules().is_some_and(|rules| rules.has_types())
    }

    /// Reads an element of a type that `xsi:type` names in place of the declared type, to its end.
    fn told_content(&mut self, told: Told, tag: &Tag) -> Result<()> {
        let wrong = |message: &str| Err(Error::at(ErrorKind::Type, tag.at, message).step("@type"));
        let own = match told {
            Told::Any => return self.any_children(tag),
            Told::Builtin(builtin) => SimpleType::of(builtin),
            Told::Named(named) => match named.kind {
                NamedKind::Abstract => return wrong("the type is abstract"),
                NamedKind::Simple(simple) => *simple,
                NamedKind::Complex(read) => {
                    if self.is_nil(tag)? {
                        self.watch_value(None)?;
                        return self.skip_nil(tag);
                    }
                    return read(self, &ANY, tag);
                }
            },
        };
        self.simple_content(&own, tag)
    }

    /// Reads an element of this simple type to its end.
    fn simple_content(&mut self, simple: &SimpleType, tag: &Tag) -> Result<()> {
        self.few_attributes(tag, 0)?;
        let attributes = std::mem::take(&mut self.attributes);
        for attribute in &attributes {
            if self.attribute_uri(attribute)? != XSI {
                self.unknown_attribute(tag, attribute.local)?;
            }
        }
        self.attributes = attributes;
        if self.is_nil(tag)? {
            self.watch_value(None)?;
            return self.skip_nil(tag);
        }
        let outer = self.outer.take();
        let text = self.text_of(tag)?;
        let value_constraint = outer.and_then(|item| item.value_constraint).filter(|_| text.is_empty());
        let plain = value_constraint.map_or(Cow::Borrowed(&*text), |value_constraint| plain_preset(Some(simple), value_constraint));
        let literal = Literal { text: &plain, expanded: value_constraint };
        let secret = outer.is_some_and(FieldInfo::is_secret);
        self.valid(simple, literal, &Place { at: tag.at, step: Step::None, owner: self.parent.at, secret })?;
        if let Some(item) = outer.filter(|item| item.fixed && value_constraint.is_none())
            && let Some(fixed) = item.value_constraint
        {
            self.is_fixed(item, Some(simple), fixed, literal.text, tag.at, Step::None)?;
        }
        if self.watch.is_some() {
            let key = self.key(Some(simple), literal);
            self.watch_value(Some(key))?;
        }
        self.closed(tag.mark)
    }

    /// Reads an element whose simple type `xsi:type` may replace, to its end.
    pub(super) fn told_in_place(&mut self, item: &'static FieldInfo, tag: &Tag) -> Result<()> {
        if !item.kind.is(ValueFlags::NILLABLE) && self.xsi(tag, "nil").is_some() {
            return Err(Error::at(ErrorKind::Type, tag.at, "this element cannot be nil").step("@nil"));
        }
        let told = self.told_below(item, tag)?;
        self.outer = Some(item).filter(|item| item.value_constraint.is_some() || item.is_secret());
        match (told, item.simple()) {
            (Some(told), _) => self.told_content(told, tag),
            (None, Some(declared)) => self.simple_content(declared, tag),
            (None, None) => self.any_content(tag),
        }
    }

    /// Returns the simple type that `xsi:type` names in place of the type of an item.
    pub(super) fn told_simple(&mut self, item: &'static FieldInfo, tag: &Tag) -> Result<Option<SimpleType>> {
        Ok(match self.told_below(item, tag)? {
            Some(Told::Builtin(builtin)) => Some(SimpleType::of(builtin)),
            Some(Told::Named(NamedType { kind: NamedKind::Simple(simple), .. })) => Some(**simple),
            Some(_) => return Err(Error::at(ErrorKind::Type, tag.at, "the type is not simple, as that declared here").step("@type")),
            None => None,
        })
    }

    /// Returns the type that `xsi:type` names in place of the type of an item. It must be derived from the item's type.
    fn told_below(&self, item: &'static FieldInfo, tag: &Tag) -> Result<Option<Told>> {
        let Some((text, _)) = self.xsi(tag, "type") else { return Ok(None) };
        let told = self.told(&text, tag)?;
        // For an enumeration, the Rust type has the name of the schema's type.
        let named = [item.simple, item.native].into_iter().flatten().find(|simple| !simple.name.is_empty());
        let declared = named.or(item.simple());
        if told.is_none() && declared.is_some_and(|declared| self.is_name_of(&text, declared)) {
            return Ok(None); // xsi:type names the declared type
        }
        let fits = match &told {
            Some(told) => declared.is_none_or(|declared| self.is_below(told, declared)),
            None => false,
        };
        match fits {
            true => Ok(told),
            false => {
                let message = format!("{} is not derived from the type declared here", excerpt(&text));
                Err(Error::at(ErrorKind::Type, tag.at, message).step("@type"))
            }
        }
    }

    /// Tells whether a text is the name of this simple type.
    fn is_name_of(&self, text: &str, simple: &SimpleType) -> bool {
        let (own, name) = simple.name.split_once(':').unwrap_or(("none", simple.name));
        let (prefix, local) = split(text);
        let uri = self.schema.by_prefix(own).map_or("", crate::Namespace::uri);
        !name.is_empty() && local == name && self.lookup(prefix) == Some(uri)
    }

    /// Tells whether a type is the declared simple type or derived from it. No named type is derived from an anonymous simple type.
    fn is_below(&self, told: &Told, declared: &SimpleType) -> bool {
        if let Some(members) = declared.members()
            && members.iter().any(|member| self.is_below(told, member))
        {
            return true;
        }
        match told {
            Told::Any => false,
            Told::Builtin(builtin) => declared.is_builtin() && declared.builtin().is_some_and(|it| derives(*builtin, it)),
            Told::Named(named) => {
                let mut at = Some(*named);
                for _ in 0..self.options.max_depth {
                    let Some(named) = at else { break };
                    let (prefix, local) = declared.name.split_once(':').unwrap_or(("none", declared.name));
                    if named.is(self.schema.number_of(prefix), local) {
                        return true;
                    }
                    if let NamedKind::Simple(simple) = named.kind
                        && declared.is_builtin()
                        && declared
                            .builtin()
                            .is_some_and(|it| it == Builtin::AnySimpleType || simple.builtin().is_some_and(|own| derives(own, it)))
                    {
                        return true;
                    }
                    at = named.base.and_then(|base| self.schema.rules()?.type_of(base));
                }
                // The base of a complex type with simple content is not known here if it is a built-in type.
                matches!(named.kind, NamedKind::Complex(_)) && declared.is_builtin()
            }
        }
    }

    /// Returns the methods by which a type is derived from `xs:anyType`, as a bit set.
    fn uses(&self, told: &Told) -> u8 {
        match told {
            Told::Any => 0,
            Told::Builtin(_) => crate::RESTRICTION,
            Told::Named(named) => {
                let (mut marks, mut base) = (named.method, named.base);
                let rules = self.schema.rules();
                for _ in 0..self.options.max_depth {
                    let Some(next) = base.and_then(|base| rules?.type_of(base)) else { break };
                    (marks, base) = (marks | next.method, next.base);
                }
                // A type without any other base is a restriction of xs:anyType.
                marks | crate::RESTRICTION
            }
        }
    }

    /// Validates an attribute that a wildcard admits.
    pub(super) fn wild_attribute(&mut self, tag: &Tag, attribute: &Attribute<'a>, process: Process) -> Result<()> {
        let uri = self.attribute_uri(attribute)?.to_owned();
        if process == Process::Skip || uri == XSI {
            return Ok(());
        }
        let found = self.schema.rules().and_then(|rules| rules.attribute(self.schema, &uri, attribute.local));
        let step = Step::Attribute(attribute.local);
        let Some(global) = found else {
            if process == Process::Strict && uri != XML && !self.is_hinted(&uri) {
                let message = format!("the attribute {} is not declared, as the wildcard asks", excerpt(attribute.local));
                return Err(step.after(Error::at(ErrorKind::UnexpectedAttribute, tag.at, message)));
            }
            return Ok(());
        };
        let text = attribute.value.clone();
        let literal = Literal::of(&text);
        self.valid(global.simple, literal, &Place { at: tag.at, step, owner: tag.at, secret: false })?;
        if let Some(fixed) = global.fixed {
            self.is_fixed(&ANY, Some(global.simple), fixed, &text, tag.at, step)?;
        }
        if self.watch.is_some() {
            let key = self.key(Some(global.simple), literal);
            self.watch_attribute(&uri, attribute.local, &key)?;
        }
        Ok(())
    }

    /// Applies the declaration of an item to the element whose start tag was read last: starts its identity constraints, and rejects an `xsi:type`
    /// that it blocks.
    pub(super) fn declared(&mut self, item: &'static FieldInfo, tag: &Tag, root: bool) -> Result<()> {
        let Some(declared) = self.said_of(item, root) else { return Ok(()) };
        self.refuse_blocked(declared, tag)?;
        self.watch_begin(&declared.identities);
        Ok(())
    }

    /// Rejects an `xsi:type` that the declaration of the element blocks.
    pub(super) fn refuse_blocked(&self, declared: &Declared, tag: &Tag) -> Result<()> {
        if declared.block != 0
            && let Some((text, _)) = self.xsi(tag, "type")
            && let Some(told) = self.told(&text, tag)?
            && self.uses_below(&told, declared.ty) & declared.block != 0
        {
            return Err(Error::at(ErrorKind::Type, tag.at, "the declaration blocks this type").step("@type"));
        }
        Ok(())
    }

    pub(super) fn said_of(&self, item: &'static FieldInfo, root: bool) -> Option<&'static Declared> {
        if !self.declares {
            return None;
        }
        self.schema.rules()?.declared(self.schema, item, root)
    }

    /// Returns the methods by which a type is derived from another, as a bit set. If the other type has no name, `xs:anyType` takes its place.
    pub(super) fn uses_below(&self, told: &Told, top: Option<(u16, &'static str)>) -> u8 {
        let (Told::Named(named), Some((namespace, local))) = (told, top) else { return self.uses(told) };
        let rules = self.schema.rules();
        let (mut at, mut marks) = (*named, 0);
        for _ in 0..self.options.max_depth {
            if at.is(namespace, local) {
                return marks;
            }
            marks |= at.method;
            match at.base.and_then(|base| rules?.type_of(base)) {
                Some(next) => at = next,
                None => break,
            }
        }
        marks
    }

    /// Checks the fixed value of an element with mixed content or of the type `xs:anyType`, whose content starts at the offset `from`.
    pub(super) fn fixed_content(&mut self, item: &FieldInfo, tag: &Tag, from: usize) -> Result<()> {
        let Some(fixed) = item.value_constraint.filter(|_| item.fixed && !tag.empty) else { return Ok(()) };
        let end = std::mem::replace(&mut self.at, from);
        let text = self.characters()?.into_owned();
        let alone = self.rest().starts_with("</");
        self.at = end;
        if alone && (text.is_empty() || text == fixed) {
            return Ok(());
        }
        let found = if alone { format!("`{}`", excerpt(trim(&text))) } else { "the content, with elements in it,".to_owned() };
        Err(Error::at(ErrorKind::Facet, tag.at, format!("{found} is not the fixed value `{}`", excerpt(trim(fixed)))))
    }
}

/// Tells whether a built-in type is the same as another or derived from it.
fn derives(mut builtin: Builtin, base: Builtin) -> bool {
    loop {
        if builtin == base || base == Builtin::AnySimpleType {
            return true;
        }
        let next = xsdgen_datatypes::builtin::base(builtin);
        if next == builtin {
            return false;
        }
        builtin = next;
    }
}

/// The namespace of XML Schema.
const XS: &str = "http://www.w3.org/2001/XMLSchema";
