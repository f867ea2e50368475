//! Declares the namespaces that the elements of a type need, unless they are already declared. Declarations are
//! read in `read::names`.

use std::collections::HashSet;
use std::ptr;

use super::writer::Writer;
use xsdgen_datatypes::names::is_ncname;

use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::schema::{XML, XMLNS, XSI};
use crate::tables::{FieldInfo, Place, TypeInfo, ValueFlags};
use crate::text::bytes::is_char;
use crate::text::escape;

/// The bytes that the declarations of kept content may take in any document.
pub(crate) const MOST_REPEATED: usize = 16 << 20;

/// How many times the bytes of the rest of a larger document the declarations of kept content may take.
pub(crate) const MOST_TIMES: usize = 32;

/// Returns the error for kept content that repeats too many declarations.
#[cold]
pub(crate) fn too_often() -> Error {
    let message = format!(
        "the namespace declarations of kept elements and attributes take more than {} MiB, because each of them repeats a long namespace \
         name: the document that they are from is not usual",
        MOST_REPEATED >> 20
    );
    Error::new(ErrorKind::Limit, message)
}

impl Writer<'_> {
    /// Returns whether the prefix stands for the namespace in the current scope.
    fn is_declared(&self, prefix: &str, uri: &str) -> bool {
        self.declared.iter().rev().find(|(known, _)| known == prefix).is_some_and(|(_, known)| known == uri)
    }

    /// Declares a namespace in the current start tag, unless it is already declared.
    pub(super) fn declare(&mut self, prefix: &str, uri: &str) {
        let mut extra = String::new();
        self.declare_in(prefix, uri, &mut extra);
        self.out.push_str(&extra);
    }

    /// Does the same as `declare` for a namespace that is not in the type tables.
    ///
    /// # Errors
    /// Fails if the namespace cannot be declared, and in the same cases as `repeat`.
    pub(super) fn declare_kept(&mut self, prefix: &str, uri: &str) -> Result<()> {
        let is_xml = prefix == "xml" && uri == XML;
        if !is_xml && (!can_be_declared(uri) || uri.is_empty() || !is_ncname(prefix) || matches!(prefix, "xml" | "xmlns")) {
            return Err(undeclarable(uri));
        }
        let found = self.found.take();
        let mut extra = String::new();
        self.declare_in(prefix, uri, &mut extra);
        self.out.push_str(&extra);
        self.found = found;
        self.repeat(extra.len())
    }

    /// Returns a prefix for a namespace in the current start tag: one that stands for it, else the usual one, else a new one.
    pub(super) fn prefix_for(&self, uri: &str) -> String {
        let stands = |prefix: &String| self.is_declared(prefix, uri);
        if let Some((prefix, _)) = self.declared.iter().rev().find(|(prefix, known)| known == uri && stands(prefix)) {
            return prefix.clone();
        }
        let usual = || self.schema.namespaces().iter().find(|namespace| namespace.uri() == uri).map(|namespace| namespace.prefix());
        let usual = if uri == XSI { Some("xsi") } else { usual() };
        let numbered = (self.declared.len()..).map(|number| format!("any{number}"));
        let is_free = |prefix: &String| self.declared.iter().all(|(known, _)| known != prefix);
        usual.map(str::to_owned).into_iter().chain(numbered).find(is_free).unwrap_or_default()
    }

    /// Counts the bytes of declarations that are written with kept content.
    ///
    /// # Errors
    /// Fails if they are many times the rest of the document. A small document with a long namespace name would otherwise be written as a
    /// document of any size.
    pub(super) fn repeat(&mut self, bytes: usize) -> Result<()> {
        self.repeated = self.repeated.saturating_add(bytes);
        let rest = self.total().saturating_sub(self.repeated);
        if self.repeated > MOST_REPEATED.max(rest.saturating_mul(MOST_TIMES)) { Err(too_often()) } else { Ok(()) }
    }

    /// Does the same as `declare`, but adds the declaration to the text of a later start tag.
    pub(super) fn declare_in(&mut self, prefix: &str, uri: &str, extra: &mut String) {
        if self.is_declared(prefix, uri) {
            return;
        }
        if let Some(found) = &mut self.found
            && uri != XSI
            && found.iter().all(|(known, _)| known != prefix)
        {
            found.push((prefix.to_owned(), uri.to_owned()));
        }
        extra.push_str(" xmlns:");
        extra.push_str(prefix);
        extra.push_str("=\"");
        escape::attribute(uri, extra);
        extra.push('"');
        self.declared.push((prefix.to_owned(), uri.to_owned()));
    }

    /// Declares all namespaces that a type needs.
    pub(super) fn declare_reach(&mut self, type_info: &'static TypeInfo, extra: &mut String) {
        for number in reach(type_info) {
            if let Some(namespace) = type_info.schema.at(*number) {
                self.declare_in(namespace.prefix(), namespace.uri(), extra);
            }
        }
    }
}

/// Returns whether a prefix can be declared for a namespace.
pub(super) fn can_be_declared(uri: &str) -> bool {
    uri != XML && uri != XMLNS && uri.chars().all(is_char)
}

/// Returns the error for a namespace that no prefix can be declared for.
#[cold]
pub(super) fn undeclarable(uri: &str) -> Error {
    Error::new(ErrorKind::Unwritable, format!("the namespace {} cannot be declared with its prefix", excerpt(uri)))
}

/// Returns the sorted numbers of the namespaces of all elements that can occur in a type without `xsi:type`.
fn reach(type_info: &'static TypeInfo) -> &'static [u16] {
    type_info.reach.get_or_init(|| {
        let mut walk = Walk { type_info, seen: HashSet::new(), numbers: Vec::new() };
        walk.type_info(type_info);
        walk.numbers.sort_unstable();
        walk.numbers.dedup();
        walk.numbers.into()
    })
}

struct Walk {
    type_info: &'static TypeInfo,
    seen: HashSet<*const TypeInfo>,
    numbers: Vec<u16>,
}

impl Walk {
    /// Visits all tables that can be reached from this one. It uses a work list instead of recursion, because
    /// models may be deeply nested.
    fn type_info(&mut self, type_info: &'static TypeInfo) {
        let mut waiting = vec![type_info];
        while let Some(type_info) = waiting.pop() {
            if !self.seen.insert(ptr::from_ref(type_info)) || !self.type_info.schema.includes(type_info.schema) {
                continue;
            }
            for item in type_info.items() {
                self.item(item, &mut waiting);
            }
        }
    }

    fn item(&mut self, item: &'static FieldInfo, waiting: &mut Vec<&'static TypeInfo>) {
        if item.place == Place::Element && item.namespace != 0 {
            self.numbers.push(item.namespace);
        }
        if !item.kind.is(ValueFlags::POLYMORPHIC) {
            waiting.extend(item.type_info());
        }
    }
}
