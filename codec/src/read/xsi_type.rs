//! Reads `xsi:type`: finds the type that it names, and checks that the type may replace the declared one.

use super::leaf::{Literal, listed, plain_value};
use super::reader::{Reader, Step};
use super::tag::{Attribute, Tag, split};
use crate::any::AnyType;
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::note::NoteKind;
use crate::schema::rules::{NamedKind, NamedType};
use crate::schema::{Namespace, RESTRICTION, Schema, XS, XSI};
use crate::simple::{Builtin, SimpleType, trim};
use crate::tables::{FieldInfo, TypeInfo, TypeName};
use crate::value::{Slot, TextMatch};

/// A type that `xsi:type` names.
pub(super) enum XsiType {
    Named(&'static NamedType),
    Builtin(Builtin),
    /// `xs:anyType`.
    Any,
}

impl Reader<'_> {
    /// Returns the type of the element whose start tag was read last, as its index in the list; `None` if it is unknown.
    ///
    /// # Errors
    /// Fails in strict mode if the type is unknown.
    pub fn kind(&mut self, tag: &Tag, schema: &'static Schema, names: &[TypeName]) -> Result<Option<usize>> {
        if self.edit.is_some() {
            return self.edit_kind(names);
        }
        let Some((mut text, at)) = self.xsi(tag, "type") else {
            let base = names.iter().position(|name| name.base);
            if base.is_none() {
                let message = |_: &Self| "the type is abstract: xsi:type is missing".to_owned();
                self.report(NoteKind::UnknownType, tag.at, Step::Attribute("type"), message)?;
            }
            return Ok(base);
        };
        if !self.strict && text.contains(char::is_whitespace) {
            text.to_mut().retain(|c| !c.is_whitespace()); // published samples contain `java: com...`
        }
        let (known, exact) = self.find_type(schema, names, &text);
        let (prefix, local) = split(&text);
        let Some((index, by_name)) = known else {
            if self.options.unlisted {
                self.note(NoteKind::UnknownType, tag.at, Step::Attribute("type"));
                return Ok(None);
            }
            let message = |_: &Self| format!("the type {} is unknown here", excerpt(&text));
            self.report(NoteKind::UnknownType, tag.at, Step::Attribute("type"), message)?;
            return Ok(None);
        };
        if by_name {
            self.note_undeclared(prefix, tag.at, Step::Attribute("type"));
        }
        if !exact {
            self.report(NoteKind::OtherCase, tag.at, Step::Attribute("type"), |_| format!("the type {}", excerpt(local)))?;
        }
        self.attributes.retain(|attribute| attribute.at != at);
        Ok(Some(index))
    }

    /// Finds the type of this name or alias; tolerant mode ignores case. Returns its index in the list, whether it was found by its name,
    /// and whether the case is that of the schema.
    fn find_type(&self, schema: &'static Schema, names: &[TypeName], text: &str) -> (Option<(usize, bool)>, bool) {
        let (prefix, local) = split(text);
        let uri = self.meaning(schema, prefix);
        let find = |same: &dyn Fn(&str, &str) -> bool| {
            let named = |name: &TypeName| same(name.local, local) && uri == Some(schema.uri(name.namespace));
            let aliased = |name: &TypeName| name.alias.is_some_and(|alias| same(alias, text));
            let by_name = names.iter().position(named).map(|index| (index, true));
            by_name.or_else(|| names.iter().position(aliased).map(|index| (index, false)))
        };
        match find(&|one, other| one == other).or_else(|| self.find_abbreviated(names, text)) {
            Some(found) => (Some(found), true),
            None if self.strict => (None, false),
            None => (find(&str::eq_ignore_ascii_case), false),
        }
    }

    /// Finds the type whose alias ends in this text, such as `user.GetUser` for `java:com.example.user.GetUser`, if undeclared prefixes are
    /// accepted.
    fn find_abbreviated(&self, names: &[TypeName], text: &str) -> Option<(usize, bool)> {
        let ends = |alias: &str| alias.strip_suffix(text).is_some_and(|front| front.ends_with('.'));
        let is_it = |name: &TypeName| name.alias.is_some_and(ends);
        let asked = self.takes_undeclared() && text.contains('.');
        names.iter().position(is_it).filter(|_| asked).map(|index| (index, false))
    }

    /// Returns the type that the value of `xsi:type` names.
    pub(super) fn xsi_type(&self, text: &str, tag: &Tag) -> Result<Option<XsiType>> {
        let (prefix, local) = split(text);
        let Some(uri) = self.lookup(prefix) else {
            return Err(Error::at(ErrorKind::Prefix, tag.at, format!("the prefix {} is not declared", excerpt(prefix))).step("@type"));
        };
        if uri == XS {
            let builtin = xsdgen_datatypes::builtin::ALL.iter().find(|it| xsdgen_datatypes::builtin::name(**it) == local);
            return Ok(match builtin {
                Some(builtin) => Some(XsiType::Builtin(*builtin)),
                None => (local == "anyType").then_some(XsiType::Any),
            });
        }
        Ok(self.schema.rules().and_then(|rules| rules.named(self.schema, uri, local)).map(XsiType::Named))
    }

    /// Returns whether the schema set has a list of its named types.
    pub(super) fn knows_types(&self) -> bool {
        self.schema.rules().is_some_and(|rules| rules.has_types())
    }

    /// Returns the simple type that `xsi:type` names for an item, which replaces the declared type.
    pub(super) fn simple_xsi_type(&mut self, item: &'static FieldInfo, tag: &Tag) -> Result<Option<SimpleType>> {
        Ok(match self.derived_xsi_type(item, tag)? {
            Some(XsiType::Builtin(builtin)) => Some(SimpleType::of(builtin)),
            Some(XsiType::Named(NamedType { kind: NamedKind::Simple(simple), .. })) => Some(**simple),
            Some(_) => return Err(Error::at(ErrorKind::Type, tag.at, "the type is not simple, but the declared type is").step("@type")),
            None => None,
        })
    }

    /// Returns the type that `xsi:type` names for an item, which replaces the declared type. It must be derived from the item's type.
    pub(super) fn derived_xsi_type(&self, item: &'static FieldInfo, tag: &Tag) -> Result<Option<XsiType>> {
        let Some((text, _)) = self.xsi(tag, "type") else { return Ok(None) };
        let actual = self.xsi_type(&text, tag)?;
        // For an enumeration, the Rust type has the name of the schema's type.
        let named = [item.simple, item.native].into_iter().flatten().find(|simple| !simple.name.is_empty());
        let declared = named.or(item.simple());
        if actual.is_none() && declared.is_some_and(|declared| self.is_name_of(&text, declared)) {
            return Ok(None); // xsi:type names the declared type
        }
        let fits = match &actual {
            Some(actual) => declared.is_none_or(|declared| self.is_derived(actual, declared)),
            None => false,
        };
        match fits {
            true => Ok(actual),
            false => {
                let message = format!("{} is not derived from the type declared here", excerpt(&text));
                Err(Error::at(ErrorKind::Type, tag.at, message).step("@type"))
            }
        }
    }

    /// Returns whether a text is the name of this simple type.
    fn is_name_of(&self, text: &str, simple: &SimpleType) -> bool {
        let (own, name) = simple.name.split_once(':').unwrap_or(("none", simple.name));
        let (prefix, local) = split(text);
        let uri = self.schema.by_prefix(own).map_or("", Namespace::uri);
        !name.is_empty() && local == name && self.lookup(prefix) == Some(uri)
    }

    /// Returns whether a type is the declared simple type or derived from it. No named type is derived from an anonymous simple type.
    fn is_derived(&self, named: &XsiType, declared: &SimpleType) -> bool {
        if let Some(members) = declared.members()
            && members.iter().any(|member| self.is_derived(named, member))
        {
            return true;
        }
        match named {
            XsiType::Any => false,
            XsiType::Builtin(builtin) => declared.is_builtin() && declared.builtin().is_some_and(|it| derives(*builtin, it)),
            XsiType::Named(named) => {
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
    fn derivation(&self, named: &XsiType) -> u8 {
        match named {
            XsiType::Any => 0,
            XsiType::Builtin(_) => RESTRICTION,
            XsiType::Named(named) => {
                let (mut marks, mut base) = (named.method, named.base);
                let rules = self.schema.rules();
                for _ in 0..self.options.max_depth {
                    let Some(next) = base.and_then(|base| rules?.type_of(base)) else { break };
                    (marks, base) = (marks | next.method, next.base);
                }
                // A type without any other base is a restriction of xs:anyType.
                marks | RESTRICTION
            }
        }
    }

    /// Returns the methods by which a type is derived from another, as a bit set. If the other type has no name, `xs:anyType` takes its
    /// place.
    pub(super) fn derivation_from(&self, named: &XsiType, top: Option<(u16, &'static str)>) -> u8 {
        let (XsiType::Named(named), Some((namespace, local))) = (named, top) else { return self.derivation(named) };
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

    /// Returns whether `xsi:type` names the declared type of the element. If it does, the attribute is removed, and the type that holds the
    /// value writes it again.
    pub fn names_declared(&mut self, tag: &Tag, type_info: Option<&'static TypeInfo>) -> bool {
        if self.edit.is_some() {
            return self.has_xsi_type(tag);
        }
        if self.collects() {
            return false;
        }
        let named = match (self.xsi(tag, "type"), type_info) {
            (Some((name, _)), Some(type_info)) => self.is_type(&name, type_info, |one, other| one == other),
            _ => false,
        };
        if named {
            self.drop_xsi(tag, "type");
        }
        named
    }

    /// Returns whether the element whose start tag was read has an `xsi:type`.
    #[must_use]
    pub fn has_xsi_type(&self, tag: &Tag) -> bool {
        if let Some(edit) = &self.edit {
            return edit.has_xsi_type();
        }
        !tag.plain && self.xsi(tag, "type").is_some()
    }

    /// Reads an element whose simple type `xsi:type` replaces: puts its text into the slot and returns its attributes. Strict mode checks
    /// that the type is allowed here and that the element is valid.
    ///
    /// # Errors
    /// Fails in the same cases as [`Reader::structure`].
    pub fn leaf_with_xsi_type(&mut self, item: &'static FieldInfo, tag: &Tag, slot: &mut dyn Slot) -> Result<AnyType> {
        if self.edit.is_some() {
            return self.edit_open_text(item, slot);
        }
        if self.window.is_some() {
            self.whole_is_here(tag)?;
        }
        let from = self.at;
        let nil = self.is_nil(tag)?;
        if nil {
            self.nil_and_fixed(item, tag)?;
        }
        let text = if tag.empty || nil { "".into() } else { self.characters()? };
        self.at = from;
        let raw = text;
        let text = self.shaped(item, &raw);
        let value_constraint = item.value_constraint.filter(|_| if self.strict { raw.is_empty() } else { text.is_empty() });
        let plain = value_constraint.map(|value_constraint| plain_value(item.simple(), value_constraint));
        let text = plain.as_deref().unwrap_or(&text);
        let text = listed(item, text).unwrap_or(text);
        // The value is read while the declarations of the tag are in scope, because its prefixes may be declared there.
        let fit = if nil { TextMatch::Yes } else { self.put_into(item, slot, Literal { text, expanded: value_constraint }) };
        let mut kept = self.keep_with(tag, |reader| reader.leaf_of_other_type(item, tag))?;
        kept.xml.clear();
        if nil {
            slot.nil();
        }
        self.report_match(item, fit, text, tag.at, Step::None)?;
        Ok(kept)
    }

    pub(super) fn is_type(&self, name: &str, type_info: &'static TypeInfo, same: impl Fn(&str, &str) -> bool) -> bool {
        let (prefix, local) = split(name);
        let (own_uri, own) = type_info.name();
        same(local, own) && self.meaning(type_info.schema, prefix) == Some(own_uri)
    }

    /// Handles `xsi:type`, which must name the declared type here, and the other attributes of its namespace.
    pub(super) fn xsi_attribute(&mut self, type_info: &'static TypeInfo, tag: &Tag, attribute: &Attribute<'_>) -> Result<()> {
        match attribute.local {
            "schemaLocation" | "noNamespaceSchemaLocation" => {
                if self.strict && attribute.local == "schemaLocation" && !self.is_again() {
                    self.schema_locations.push(attribute.value.clone().into_owned());
                }
                self.keep_attribute(tag, XSI.into(), attribute);
                Ok(())
            }
            "type" if self.is_type(trim(&attribute.value), type_info, |one, other| one == other) => {
                self.note(NoteKind::TypeLeftOut, tag.at, Step::Attribute("type"));
                Ok(())
            }
            "type" if !self.strict && self.is_type(trim(&attribute.value), type_info, str::eq_ignore_ascii_case) => {
                self.report(NoteKind::OtherCase, tag.at, Step::Attribute("type"), |_| String::new())
            }
            "type" => {
                let message = |_: &Self| format!("{} is not the type {} declared here", excerpt(&attribute.value), type_info.name().1);
                self.report(NoteKind::UnknownType, tag.at, Step::Attribute("type"), message)
            }
            "nil" if matches!(trim(&attribute.value), "false" | "0") && !self.strict => Ok(()),
            "nil" => self.report(NoteKind::UnknownType, tag.at, Step::Attribute("nil"), |_| "this element cannot be nil".to_owned()),
            local => self.unknown_attribute(tag, local, None),
        }
    }
}

/// Returns whether a built-in type is the same as another or derived from it.
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
