//! In: elements with `xsi:type` or `xsi:nil`, kept XML, roots. Out: their XML.
//! Not done here: the content of types (`record`), qualified names in values (`names`).

use super::Writer;
use crate::any::{AnyAttribute, AnyElement, AnyType};
use crate::error::{Error, ErrorKind, Result};
use crate::read::TypeName;
use crate::schema::Schema;
use crate::tables::{FieldInfo, TypeInfo, ValueInfo};
use crate::value::{Slot, Value};

const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// A value of one of the types that `xsi:type` may name.
#[derive(Debug)]
pub struct Active<'v> {
    /// Which of them.
    pub index: usize,
    /// The value.
    pub value: &'v dyn Value,
    /// What is known of its type.
    pub facts: ValueInfo,
    /// Whether `xsi:type` stood there though it names the declared type.
    pub told: bool,
}

impl Writer<'_> {
    /// Writes the root element. The name is that of the item, or another.
    pub(crate) fn root(
        &mut self,
        item: &'static FieldInfo,
        name: Option<String>,
        type_info: Option<&'static TypeInfo>,
        slot: &dyn Slot,
    ) -> Result<()> {
        let mut extra = String::new();
        let prefix = name.as_ref().and_then(|name| name.split_once(':')).map(|(prefix, _)| prefix);
        let own = match prefix {
            Some(prefix) => self.schema.by_prefix(prefix),
            None => self.schema.at(item.namespace).filter(|_| name.is_none()),
        };
        if let Some(namespace) = own {
            self.declare_in(namespace.prefix(), namespace.uri(), &mut extra);
        }
        if let Some(type_info) = type_info.filter(|_| self.form_below_root()) {
            self.declare_reach(type_info, &mut extra);
        }
        let step = name.clone().unwrap_or_else(|| item.local.to_owned());
        if self.watched && self.checks.globals.is_some() {
            let declared = self.schema.rules().and_then(|rules| rules.declared(self.schema, item, true));
            self.checks.constrained |= declared.is_some_and(|declared| !declared.identities.is_empty());
        }
        (self.extra, self.rename) = (extra, name);
        let local = step.split_once(':').map_or(&*step, |(_, local)| local);
        slot.write(self, item).map_err(|error| error.within(local))
    }

    /// Writes an element of a type that `xsi:type` tells.
    ///
    /// # Errors
    /// As [`Writer::record`].
    pub fn typed(&mut self, item: &'static FieldInfo, schema: &'static Schema, names: &[TypeName], active: &Active<'_>) -> Result<()> {
        let Some(name) = names.get(active.index) else { return Ok(()) };
        let mark = self.declared.len();
        let mut extra = std::mem::take(&mut self.extra);
        if let Some(type_info) = active.facts.type_info.filter(|_| self.qualified) {
            self.declare_reach(type_info, &mut extra);
        }
        if !name.base || active.told {
            let alias = name.alias.filter(|_| self.options.type_aliases);
            let namespace = schema.at(name.namespace).filter(|_| alias.is_none());
            self.name_type(namespace.map(|it| (it.prefix(), it.uri())), alias.unwrap_or(name.local), &mut extra);
            if self.declares {
                self.check_block(item, (schema.uri(name.namespace), name.local))?;
            }
        }
        self.with_extra(extra, mark, item, active.value)
    }

    /// Writes an element whose `xsi:type` names the type it is declared of.
    pub(crate) fn told_record(&mut self, item: &'static FieldInfo, type_info: &'static TypeInfo, value: &dyn Value) -> Result<()> {
        let mark = self.declared.len();
        let mut extra = std::mem::take(&mut self.extra);
        let (uri, local) = type_info.name();
        let namespace = type_info.schema.namespaces().iter().find(|it| !uri.is_empty() && it.uri() == uri);
        self.name_type(namespace.map(|it| (it.prefix(), it.uri())), local, &mut extra);
        if self.declares {
            self.check_block(item, (uri, local))?;
        }
        self.with_extra(extra, mark, item, value)
    }

    /// Says `xsi:type`.
    fn name_type(&mut self, namespace: Option<(&str, &str)>, local: &str, extra: &mut String) {
        if let Some((prefix, uri)) = namespace {
            self.declare_in(prefix, uri, extra);
        }
        self.declare_in("xsi", XSI, extra);
        extra.push_str(" xsi:type=\"");
        if let Some((prefix, _)) = namespace {
            extra.push_str(prefix);
            extra.push(':');
        }
        extra.push_str(local);
        extra.push('"');
    }

    /// Writes an element with more in its start tag, and forgets what was declared since `mark`.
    fn with_extra(&mut self, extra: String, mark: usize, item: &'static FieldInfo, value: &dyn Value) -> Result<()> {
        self.extra = extra;
        let plain = std::mem::replace(&mut self.plain, false);
        let result = value.write(self, item);
        self.plain = plain;
        // What is kept as it came has all of it already.
        self.extra.clear();
        self.nil_body = false;
        self.declared.truncate(mark);
        result
    }

    /// Writes a nil element with its attributes.
    ///
    /// # Errors
    /// As [`Writer::record`].
    pub(crate) fn nil_record(&mut self, item: &'static FieldInfo, value: &dyn Value) -> Result<()> {
        self.check_nil(item)?;
        let mark = self.declared.len();
        let mut extra = std::mem::take(&mut self.extra);
        self.declare_in("xsi", XSI, &mut extra);
        extra.push_str(" xsi:nil=\"true\"");
        self.nil_body = true;
        self.with_extra(extra, mark, item, value)
    }

    /// Writes a nil element.
    ///
    /// # Errors
    /// An element that cannot be nil.
    pub fn nil(&mut self, item: &'static FieldInfo) -> Result<()> {
        self.check_nil(item)?;
        let mark = self.declared.len();
        self.open(item);
        self.rename = None;
        self.declare("xsi", XSI);
        self.out.push_str(" xsi:nil=\"true\"/>");
        self.declared.truncate(mark);
        Ok(())
    }

    /// Writes a kept element.
    ///
    /// # Errors
    /// A blank one.
    pub fn kept(&mut self, element: &AnyElement) -> Result<()> {
        if element.xml.is_empty() {
            return Err(Error::new(ErrorKind::Missing, "an element to keep was never set"));
        }
        self.line(self.depth);
        self.out.push_str(&element.xml);
        Ok(())
    }

    /// Writes kept attributes and content.
    ///
    /// # Errors
    /// Characters that XML does not know.
    pub fn kept_content(&mut self, any: &AnyType, item: &'static FieldInfo) -> Result<()> {
        self.kept_around(any, item, |writer| {
            writer.out.push_str(&any.xml);
            Ok(())
        })
    }

    /// Writes kept attributes, and a text of a simple type unless they say that it is nil.
    pub(crate) fn told_leaf(&mut self, any: &AnyType, item: &'static FieldInfo, put: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let nil = any.attributes.iter().any(|it| it.namespace == XSI && it.name == "nil" && matches!(it.value.trim(), "true" | "1"));
        if nil {
            self.check_nil(item)?;
        }
        self.kept_around(any, item, |writer| {
            writer.simple = item.simple;
            writer.value_constraints = item.value_constraint.is_some();
            if nil { Ok(()) } else { put(writer) }
        })
    }

    fn kept_around(&mut self, any: &AnyType, item: &'static FieldInfo, content: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let mark = self.declared.len();
        self.open(item);
        for (prefix, uri) in &any.namespaces {
            if prefix.is_empty() {
                self.out.push_str(" xmlns=\"");
                super::escape::attribute(uri, &mut self.out);
                self.out.push(b'"');
            } else {
                self.declare(prefix, uri);
            }
        }
        for attribute in &any.attributes {
            self.kept_attribute(attribute)?;
        }
        self.out.push(b'>');
        content(self)?;
        self.close(item);
        self.declared.truncate(mark);
        Ok(())
    }

    /// Writes a kept attribute.
    ///
    /// # Errors
    /// Characters that XML does not know.
    pub fn kept_attribute(&mut self, attribute: &AnyAttribute) -> Result<()> {
        let prefix = match attribute.namespace.as_str() {
            "" => String::new(),
            XML => "xml:".to_owned(),
            uri => {
                let prefix = self.prefix_for(uri);
                self.declare(&prefix, uri);
                prefix + ":"
            }
        };
        self.out.push(b' ');
        self.out.push_str(&prefix);
        self.out.push_str(&attribute.name);
        self.out.push_str("=\"");
        let fine = super::escape::attribute(&attribute.value, &mut self.out);
        self.out.push(b'"');
        if fine { Ok(()) } else { Err(Error::new(ErrorKind::Unwritable, "a character that cannot stand in XML")) }
    }

    /// A prefix for a namespace: one that is declared, else the usual one, else a new one.
    fn prefix_for(&self, uri: &str) -> String {
        if let Some((prefix, _)) = self.declared.iter().rev().find(|(_, known)| known == uri) {
            return prefix.clone();
        }
        if uri == XSI {
            return "xsi".to_owned();
        }
        match self.schema.namespaces().iter().find(|namespace| namespace.uri() == uri) {
            Some(namespace) => namespace.prefix().to_owned(),
            None => format!("any{}", self.declared.len()),
        }
    }
}
