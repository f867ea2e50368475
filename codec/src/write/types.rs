//! Writes root elements, elements with `xsi:type` or `xsi:nil`, and kept XML. The content of types is in
//! `record`, qualified names as values in `names`.

use xsdgen_datatypes::names::is_ncname;

use super::names::NO_DEFAULT;
use super::scope::{can_be_declared, undeclarable};
use super::writer::Writer;
use crate::any::{AnyAttribute, AnyElement, AnyType};
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::schema::{Schema, XML, XSI};
use crate::tables::{FieldInfo, TypeInfo, TypeName, ValueInfo};
use crate::text::decode::check;
use crate::text::escape;
use crate::value::{Slot, Value};

/// A value of one of the types that `xsi:type` can name.
#[derive(Debug)]
pub struct Active<'v> {
    /// The index of its type.
    pub index: usize,
    /// The value.
    pub value: &'v dyn Value,
    /// The properties of its type.
    pub info: ValueInfo,
    /// Whether `xsi:type` is written although the type is the declared one.
    pub has_xsi_type: bool,
}

impl Writer<'_> {
    /// Writes the root element, under the name of the item or under another name.
    pub(crate) fn root(
        &mut self,
        item: &'static FieldInfo,
        name: Option<String>,
        type_info: Option<&'static TypeInfo>,
        slot: &dyn Slot,
    ) -> Result<()> {
        let mut extra = String::new();
        if self.options.xsi_on_root && self.depth == 0 {
            self.declare_in("xsi", XSI, &mut extra);
        }
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
        for (prefix, uri) in std::mem::take(&mut self.on_root) {
            self.declare_in(&prefix, &uri, &mut extra);
        }
        self.add_schema_locations(&mut extra)?;
        let step = name.clone().unwrap_or_else(|| item.local.to_owned());
        if self.has_identity_constraints && self.checks.globals.is_some() {
            let declared = self.schema.rules().and_then(|rules| rules.declared(self.schema, item, true));
            self.checks.constrained |= declared.is_some_and(|declared| !declared.identities.is_empty());
        }
        (self.extra, self.rename) = (extra, name);
        let local = step.split_once(':').map_or(&*step, |(_, local)| local);
        slot.write(self, item).map_err(|error| error.within(local))
    }

    /// Adds the schema locations to the root element.
    fn add_schema_locations(&mut self, extra: &mut String) -> Result<()> {
        let options = self.options;
        let locations =
            [("schemaLocation", &options.schema_location), ("noNamespaceSchemaLocation", &options.no_namespace_schema_location)];
        for (name, location) in locations {
            if let Some(location) = location.as_ref().filter(|_| self.depth == 0) {
                self.declare_in("xsi", XSI, extra);
                extra.push_str(" xsi:");
                extra.push_str(name);
                extra.push_str("=\"");
                if !escape::attribute(location, extra) {
                    return Err(Error::new(ErrorKind::Unwritable, "a schema location with a character that XML does not allow"));
                }
                extra.push('"');
            }
        }
        Ok(())
    }

    /// Writes an element whose type `xsi:type` names.
    ///
    /// # Errors
    /// Fails in the same cases as [`Writer::structure`].
    pub fn typed(&mut self, item: &'static FieldInfo, schema: &'static Schema, names: &[TypeName], active: &Active<'_>) -> Result<()> {
        let Some(name) = names.get(active.index) else { return Ok(()) };
        if self.visit.is_some() {
            let named = !name.base || active.has_xsi_type;
            return self.visit_with_type(item, named.then(|| (schema.uri(name.namespace), name.local)), active.value);
        }
        let mark = self.declared.len();
        let mut extra = std::mem::take(&mut self.extra);
        if let Some(type_info) = active.info.type_info.filter(|_| self.qualified) {
            self.declare_reach(type_info, &mut extra);
        }
        if !name.base || active.has_xsi_type {
            let alias = name.alias.filter(|_| self.options.type_aliases);
            let namespace = schema.at(name.namespace).filter(|_| alias.is_none());
            self.name_type(namespace.map(|it| (it.prefix(), it.uri())), alias.unwrap_or(name.local), &mut extra)?;
            if self.has_declarations {
                self.check_block(item, (schema.uri(name.namespace), name.local))?;
            }
        }
        self.with_extra(extra, mark, item, active.value)
    }

    /// Writes an element whose `xsi:type` names its declared type.
    pub(crate) fn record_with_xsi_type(&mut self, item: &'static FieldInfo, type_info: &'static TypeInfo, value: &dyn Value) -> Result<()> {
        if self.visit.is_some() {
            return self.visit_with_type(item, Some(type_info.name()), value);
        }
        let mark = self.declared.len();
        let mut extra = std::mem::take(&mut self.extra);
        let (uri, local) = type_info.name();
        let namespace = type_info.schema.namespaces().iter().find(|it| !uri.is_empty() && it.uri() == uri);
        self.name_type(namespace.map(|it| (it.prefix(), it.uri())), local, &mut extra)?;
        if self.has_declarations {
            self.check_block(item, (uri, local))?;
        }
        self.with_extra(extra, mark, item, value)
    }

    /// Adds `xsi:type` to the start tag.
    fn name_type(&mut self, namespace: Option<(&str, &str)>, local: &str, extra: &mut String) -> Result<()> {
        if let Some((prefix, uri)) = namespace {
            self.declare_in(prefix, uri, extra);
        }
        if namespace.is_none() && !local.contains(':') && self.options.unprefixed().is_some() {
            extra.push_str(NO_DEFAULT);
        }
        self.declare_in("xsi", XSI, extra);
        extra.push_str(" xsi:type=\"");
        if let Some((prefix, _)) = namespace {
            extra.push_str(prefix);
            extra.push(':');
        }
        extra.push_str(local);
        extra.push('"');
        Ok(())
    }

    /// Writes an element with additional content in its start tag, and drops the declarations made since
    /// `mark`.
    fn with_extra(&mut self, extra: String, mark: usize, item: &'static FieldInfo, value: &dyn Value) -> Result<()> {
        self.extra = extra;
        let plain = std::mem::replace(&mut self.plain, false);
        let result = value.write(self, item);
        self.plain = plain;
        // Kept XML already contains all of this, so none of it may be left for the next element.
        self.extra.clear();
        self.nil_body = false;
        self.declared.truncate(mark);
        result
    }

    /// Writes a nil element with its attributes.
    ///
    /// # Errors
    /// Fails in the same cases as [`Writer::structure`].
    pub(crate) fn nil_record(&mut self, item: &'static FieldInfo, value: &dyn Value) -> Result<()> {
        if self.visit.is_some() {
            self.nil_body = true;
            return value.write(self, item);
        }
        self.check_nil(item)?;
        let mark = self.declared.len();
        let mut extra = std::mem::take(&mut self.extra);
        self.declare_in("xsi", XSI, &mut extra);
        extra.push_str(" xsi:nil=\"true\"");
        self.nil_body = true;
        self.with_extra(extra, mark, item, value)
    }

    /// Writes a nil element without attributes.
    ///
    /// # Errors
    /// Fails if the element cannot be nil.
    pub fn nil(&mut self, item: &'static FieldInfo) -> Result<()> {
        if self.visit.is_some() {
            return self.visit_nil(item);
        }
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
    /// Fails if the element was never set.
    pub fn kept(&mut self, element: &AnyElement) -> Result<()> {
        if element.is_unset() {
            return Err(Error::new(ErrorKind::Missing, "an element to keep was never set"));
        }
        self.line(self.depth);
        let ((start, rest), declarations) = (element.split(), element.declarations());
        self.repeat(declarations.len())?;
        self.out.push_str(start);
        self.out.push_str(&declarations);
        self.out.push_str(rest);
        Ok(())
    }

    /// Declares the namespace of the next element on it, for an element that is written alone.
    #[cfg(feature = "serde")]
    pub(crate) fn declare_name(&mut self, item: &FieldInfo) {
        if let Some(namespace) = self.schema.at(item.namespace) {
            let mut extra = std::mem::take(&mut self.extra);
            self.declare_in(namespace.prefix(), namespace.uri(), &mut extra);
            self.extra = extra;
        }
    }

    /// Writes kept attributes and content.
    ///
    /// # Errors
    /// Fails if an attribute contains characters that XML does not allow.
    pub fn kept_content(&mut self, any: &AnyType, item: &'static FieldInfo) -> Result<()> {
        if self.visit.is_some() {
            return self.visit_open_content(item, any);
        }
        check(&any.xml)?;
        let from = self.out.len();
        self.kept_around(any, item, |writer| {
            writer.out.push_str(&any.xml);
            Ok(())
        })?;
        // The fields are public, so that the XML may be any text. Strict mode reads it in any case.
        if self.checked { Ok(()) } else { self.assure_well_formed(from) }
    }

    /// Writes kept attributes and the text of a simple type. The text is left out if the attributes make the
    /// element nil.
    pub(crate) fn leaf_with_xsi_type(
        &mut self,
        any: &AnyType,
        item: &'static FieldInfo,
        put: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        if self.visit.is_some() {
            return self.visit_open_text(item, any, put);
        }
        let nil = any.attributes.iter().any(|it| it.namespace() == XSI && it.name() == "nil" && matches!(it.value().trim(), "true" | "1"));
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
                if !can_be_declared(uri) {
                    return Err(undeclarable(uri));
                }
                self.out.push_str(" xmlns=\"");
                escape::attribute(uri, &mut self.out);
                self.out.push(b'"');
                self.repeat(uri.len())?;
            } else {
                self.declare_kept(prefix, uri)?;
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
    /// Fails if the name is not one of an attribute, or if the value contains characters that XML does not allow.
    pub fn kept_attribute(&mut self, attribute: &AnyAttribute) -> Result<()> {
        if !is_ncname(attribute.name()) || attribute.namespace().is_empty() && attribute.name() == "xmlns" {
            return Err(Error::new(ErrorKind::Unwritable, format!("{} is not the name of an attribute", excerpt(attribute.name()))));
        }
        let prefix = match attribute.namespace() {
            "" => String::new(),
            XML => "xml:".to_owned(),
            uri => {
                let prefix = self.prefix_for(uri);
                self.declare_kept(&prefix, uri)?;
                prefix + ":"
            }
        };
        self.out.push(b' ');
        self.out.push_str(&prefix);
        self.out.push_str(attribute.name());
        self.out.push_str("=\"");
        let fine = escape::attribute(attribute.value(), &mut self.out);
        self.out.push(b'"');
        if fine { Ok(()) } else { Err(Error::new(ErrorKind::Unwritable, "a character that XML does not allow")) }
    }
}
