//! In: elements with `xsi:type` or `xsi:nil`, kept XML, roots. Out: their XML.
//! Not done here: the content of types (`record`).

use super::Writer;
use crate::any::{AnyAttribute, AnyElement, AnyType};
use crate::error::{Error, ErrorKind, Result};
use crate::read::TypeName;
use crate::schema::Schema;
use crate::shape::{Item, Shape};
use crate::value::Slot;

const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

impl Writer<'_> {
    /// Writes the root element. The name is that of the item, or another.
    pub(crate) fn root(&mut self, item: &'static Item, name: Option<String>, shape: Option<&'static Shape>, slot: &dyn Slot) -> Result<()> {
        let mut extra = String::new();
        let prefix = name.as_ref().and_then(|name| name.split_once(':')).map(|(prefix, _)| prefix);
        let own = match prefix {
            Some(prefix) => self.schema.by_prefix(prefix),
            None => self.schema.at(item.namespace).filter(|_| name.is_none()),
        };
        if let Some(namespace) = own {
            self.declare_in(namespace.prefix(), namespace.uri(), &mut extra);
        }
        if let Some(shape) = shape.filter(|_| self.form_below_root()) {
            self.declare_reach(shape, &mut extra);
        }
        let step = name.clone().unwrap_or_else(|| item.local.to_owned());
        (self.extra, self.rename) = (extra, name);
        let local = step.split_once(':').map_or(&*step, |(_, local)| local);
        slot.write(self, item).map_err(|error| error.within(local))
    }

    /// Writes an element of a type that `xsi:type` tells.
    ///
    /// # Errors
    /// As [`Writer::record`].
    pub fn typed(
        &mut self,
        item: &'static Item,
        schema: &'static Schema,
        names: &[TypeName],
        index: usize,
        slot: &dyn Slot,
        told: bool,
    ) -> Result<()> {
        let Some(name) = names.get(index) else { return Ok(()) };
        let mark = self.declared.len();
        let mut extra = std::mem::take(&mut self.extra);
        if let Some(shape) = slot.about().facts.shape.filter(|_| self.qualified) {
            self.declare_reach(shape, &mut extra);
        }
        if !name.base || told {
            let alias = name.alias.filter(|_| self.options.type_aliases);
            let namespace = schema.at(name.namespace).filter(|_| alias.is_none());
            if let Some(namespace) = namespace {
                self.declare_in(namespace.prefix(), namespace.uri(), &mut extra);
            }
            self.declare_in("xsi", XSI, &mut extra);
            extra.push_str(" xsi:type=\"");
            if let Some(namespace) = namespace {
                extra.push_str(namespace.prefix());
                extra.push(':');
            }
            extra.push_str(alias.unwrap_or(name.local));
            extra.push('"');
        }
        self.extra = extra;
        let plain = std::mem::replace(&mut self.plain, false);
        let result = slot.write(self, item);
        self.plain = plain;
        self.declared.truncate(mark);
        result
    }

    /// Writes a nil element with its attributes.
    ///
    /// # Errors
    /// As [`Writer::record`].
    pub(crate) fn nil_record(&mut self, item: &'static Item, slot: &dyn Slot) -> Result<()> {
        let mark = self.declared.len();
        let mut extra = std::mem::take(&mut self.extra);
        self.declare_in("xsi", XSI, &mut extra);
        extra.push_str(" xsi:nil=\"true\"");
        self.extra = extra;
        let plain = std::mem::replace(&mut self.plain, false);
        self.hollow = true;
        let result = slot.write(self, item);
        self.plain = plain;
        self.declared.truncate(mark);
        result
    }

    /// Writes a qualified name, with a prefix that stands for its namespace. Where none does, it is declared in the start tag that was begun
    /// last: the `<` before what is being written.
    pub(crate) fn qualified_name(&mut self, namespace: &str, local: &str, prefix: &str) -> Result<()> {
        if namespace.is_empty() {
            return self.text(local);
        }
        let simple = self.simple.take();
        let prefix = self.prefix_of_name(namespace, prefix);
        self.text(&prefix)?;
        self.out.push(':');
        self.text(local)?;
        self.simple = simple;
        match simple {
            Some(simple) => Self::check(simple, &format!("{prefix}:{local}")),
            None => Ok(()),
        }
    }

    /// The prefix for a name in the value that is being written: the wanted one if it can be had.
    fn prefix_of_name(&mut self, namespace: &str, wanted: &str) -> String {
        let tag = self.out.rfind('<').unwrap_or(0);
        let name_end = self.out.get(tag..).and_then(|rest| rest.find([' ', '>', '/'])).map_or(self.out.len(), |end| tag + end);
        let mut taken: Vec<String> = self.declared.iter().map(|(prefix, _)| prefix.clone()).collect();
        taken.extend(crate::write::scope::declarations(self.out.get(name_end..).unwrap_or_default()).map(|(prefix, _)| prefix.to_owned()));
        let mut escaped = String::new();
        super::escape::attribute(namespace, &mut escaped);
        let here = crate::write::scope::declarations(self.out.get(name_end..).unwrap_or_default());
        let here: Vec<(String, String)> = here.map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned())).collect();
        let bound = |prefix: &str| match here.iter().find(|(known, _)| known == prefix) {
            Some((_, uri)) => *uri == escaped,
            None => self.declared.iter().rev().find(|(known, _)| known == prefix).is_some_and(|(_, uri)| uri == namespace),
        };
        if !wanted.is_empty() && (bound(wanted) || wanted == "xml" && namespace == XML) {
            return wanted.to_owned();
        }
        let known = here.iter().map(|(prefix, _)| prefix).chain(self.declared.iter().rev().map(|(prefix, _)| prefix));
        if let Some(prefix) = known.filter(|prefix| wanted.is_empty() && bound(prefix)).next() {
            return prefix.clone();
        }
        let usual = self.schema.namespaces().iter().find(|it| it.uri() == namespace).map(|it| it.prefix().to_owned());
        let mut candidates = [wanted.to_owned()].into_iter().chain(usual).chain((0..).map(|number| format!("ns{number}")));
        let fresh = candidates.find(|it| !it.is_empty() && !taken.contains(it)).unwrap_or_default();
        let declaration = format!(" xmlns:{fresh}=\"{escaped}\"");
        self.out.insert_str(name_end, &declaration);
        self.inserted += declaration.len();
        fresh
    }

    /// Writes a nil element.
    ///
    /// # Errors
    /// Those of the caller's writer.
    pub fn nil(&mut self, item: &'static Item) -> Result<()> {
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
    pub fn kept_content(&mut self, any: &AnyType, item: &'static Item) -> Result<()> {
        let mark = self.declared.len();
        self.open(item);
        for (prefix, uri) in &any.namespaces {
            if prefix.is_empty() {
                self.out.push_str(" xmlns=\"");
                super::escape::attribute(uri, &mut self.out);
                self.out.push('"');
            } else {
                self.declare(prefix, uri);
            }
        }
        for attribute in &any.attributes {
            self.kept_attribute(attribute)?;
        }
        self.out.push('>');
        self.out.push_str(&any.xml);
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
        self.out.push(' ');
        self.out.push_str(&prefix);
        self.out.push_str(&attribute.name);
        self.out.push_str("=\"");
        let fine = super::escape::attribute(&attribute.value, &mut self.out);
        self.out.push('"');
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
