//! Writes simple values: escapes them and checks them against the facets of their simple type. The tags around
//! them are written by `Writer`, qualified names by `names`.

use std::fmt::{Display, UpperExp, Write as _};

use super::checks::unescaped;
use super::writer::Writer;
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::options::WriteOptions;
use crate::schema::NO_SCHEMA;
use crate::secret::MASK;
use crate::simple::{Builtin, FacetError, SimpleType};
use crate::tables::{Enumeration, FieldInfo, Place};
use crate::text::escape::{self, FewDecimals};
use crate::typed::{self, TextForm};
use crate::value::Value;

impl Writer<'_> {
    /// Checks a text against the facets of its type. Prefixes in the text are resolved with the declarations in
    /// scope.
    fn check(&mut self, simple: &SimpleType, text: &str) -> Result<()> {
        if !self.checked || self.value_constraints && text.is_empty() {
            return Ok(());
        }
        self.check_facets(simple, text)?;
        if simple.qualified {
            self.check_names(simple, text)?;
        }
        if simple.identifies { self.check_identifiers(simple, text) } else { Ok(()) }
    }

    fn check_facets(&self, simple: &SimpleType, text: &str) -> Result<()> {
        match simple.validate(text) {
            Ok(()) => Ok(()),
            Err(broken) => Err(if self.secret { broken.masked() } else { broken }.into()),
        }
    }

    #[cold]
    fn check_names(&self, simple: &SimpleType, text: &str) -> Result<()> {
        let names = |prefix: &str| self.namespace_of(prefix);
        if simple.takes(text, &names) {
            return Ok(());
        }
        Err(match simple.unbound(text, &names) {
            Some(prefix) => Error::new(ErrorKind::Prefix, format!("the prefix {} is not declared where it is written", excerpt(&prefix))),
            None => FacetError::not_listed(simple, text).into(),
        })
    }

    /// Writes a text.
    ///
    /// # Errors
    /// Fails if the text contains characters that XML does not allow, or if it violates a facet.
    #[inline]
    pub fn text(&mut self, text: &str) -> Result<()> {
        if self.simple.is_some() {
            return self.text_slowly(text);
        }
        let fine = if self.in_attribute { escape::attribute(text, &mut self.out) } else { escape::text(text, &mut self.out) };
        if fine { Ok(()) } else { Err(unwritable()) }
    }

    /// Writes a text between elements of mixed content.
    ///
    /// # Errors
    /// Fails in the same cases as [`Writer::text`].
    pub fn mixed(&mut self, text: &str) -> Result<()> {
        if self.visit.is_some() {
            return self.visit_mixed(text);
        }
        if escape::text(text, &mut self.out) { Ok(()) } else { Err(unwritable()) }
    }

    #[inline(never)]
    fn text_slowly(&mut self, text: &str) -> Result<()> {
        if let Some(simple) = self.simple {
            self.check(simple, text)?;
        }
        let fine = match self.in_attribute {
            true => escape::attribute(text, &mut self.out),
            false => escape::text(text, &mut self.out),
        };
        if fine { Ok(()) } else { Err(unwritable()) }
    }

    /// Writes a value that is not among the enumeration values.
    ///
    /// # Errors
    /// Fails unless [`WriteOptions::unlisted_values`](crate::WriteOptions::unlisted_values) allows such values.
    /// Also fails for the empty text, which means that the value was never set, and in the same cases as
    /// [`Writer::text`].
    #[cold]
    pub fn unlisted(&mut self, enumeration: &'static Enumeration, text: &str) -> Result<()> {
        if self.refuses_empty() && text.is_empty() {
            return Err(Error::new(ErrorKind::Missing, "a value of an enumeration was never set"));
        }
        if self.refuses_empty() && !self.options.unlisted_values {
            return Err(not_listed(enumeration.simple(), text));
        }
        self.text(text)
    }

    /// Writes the value of a union member, given by its index. A floating-point number that would be read as a
    /// value of an earlier member gets an exponent.
    ///
    /// # Errors
    /// Fails in the same cases as the closure that writes the value.
    pub fn member(&mut self, union: &SimpleType, index: usize, put: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let (from, inserted) = (self.out.len(), self.inserted);
        put(self)?;
        let from = from + self.inserted - inserted;
        let text = self.out.since(from);
        let number = text.ends_with(|c: char| c.is_ascii_digit()) && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'));
        let is_own = |text: &str| union.active(text, &|_| None).is_some_and(|(active, _)| active == index);
        if number && !is_own(text) && is_own(&format!("{text}E0")) {
            self.out.push_str("E0");
        }
        Ok(())
    }

    /// Writes a text that matches no member of a union. If a member has an enumeration, the text may be a value of
    /// a later version of the schema.
    ///
    /// # Errors
    /// Fails if no member has an enumeration, or if
    /// [`WriteOptions::unlisted_values`](crate::WriteOptions::unlisted_values) does not allow such values. Also
    /// fails for the empty text, which means that the value was never set.
    #[cold]
    pub fn no_member(&mut self, union: &SimpleType, text: &str) -> Result<()> {
        let is_member = || union.admits(text);
        if self.refuses_empty() && text.is_empty() && !is_member() {
            return Err(Error::new(ErrorKind::Missing, "a value of a union was never set"));
        }
        if !union.is_open() || self.simple.is_some_and(|simple| !simple.is_open()) {
            self.check(union, text)?;
        } else if self.refuses_empty() && !is_member() {
            if !self.options.unlisted_values {
                return Err(not_listed(union, text));
            }
            self.simple = None;
        }
        self.text(text)
    }

    /// Writes a text of the given form. Facets are not checked for it.
    ///
    /// # Errors
    /// Fails if the text does not have the form.
    pub fn formed(&mut self, text: &str, form: &TextForm) -> Result<()> {
        if self.checked && !form.admits(text) {
            return Err(form.refuse(text));
        }
        self.simple = None;
        self.text(text)
    }

    /// Writes an integer that may have a name, in a spelling other than the canonical one.
    ///
    /// # Errors
    /// Fails if the text is not an integer.
    #[cold]
    pub fn named_integer(&mut self, text: &str) -> Result<()> {
        match typed::named_integer(text) {
            Some(_) => self.text(text),
            None if !self.checked => self.text(text),
            None if text.is_empty() => Err(Error::new(ErrorKind::Missing, "a number was never set")),
            None => Err(Error::new(ErrorKind::Value, format!("{} is not an integer", excerpt(text)))),
        }
    }

    /// Writes a secret, or the mask in its place. An empty secret has nothing to hide.
    ///
    /// # Errors
    /// Fails in the same cases as [`Writer::text`].
    pub fn secret(&mut self, text: &str) -> Result<()> {
        if self.options.mask_secrets && !text.is_empty() {
            self.out.push_str(MASK);
            return Ok(());
        }
        self.secret = true;
        let result = self.text(text);
        self.secret = false;
        result
    }

    /// Writes a text that needs no escaping.
    ///
    /// # Errors
    /// Fails if the text violates a facet.
    #[inline]
    pub fn plain(&mut self, text: &str) -> Result<()> {
        if let Some(simple) = self.simple {
            self.check(simple, text)?;
        }
        self.out.push_str(text);
        Ok(())
    }

    /// Writes an integer.
    ///
    /// # Errors
    /// Fails if the number violates a facet.
    #[inline]
    pub fn integer(&mut self, negative: bool, value: u64) -> Result<()> {
        let from = self.out.len();
        escape::integer(negative, value, &mut self.out);
        self.recheck(from)
    }

    /// Writes a number by means of its `Display` implementation.
    ///
    /// # Errors
    /// Fails if the number violates a facet.
    pub fn display(&mut self, number: std::fmt::Arguments<'_>) -> Result<()> {
        let from = self.out.len();
        self.out.write_fmt(number).map_err(|_| Error::new(ErrorKind::Unwritable, "a number that does not display"))?;
        self.recheck(from)
    }

    /// Writes a nonzero floating-point number that is very large or very small. It gets an exponent, unless the
    /// type is derived from `xs:decimal`.
    ///
    /// # Errors
    /// Fails if the number violates a facet.
    pub(crate) fn float(&mut self, value: impl Display + UpperExp) -> Result<()> {
        match self.decimal || self.simple.and_then(SimpleType::primitive) == Some(Builtin::Decimal) {
            true => self.display(format_args!("{value}")),
            false => self.display(format_args!("{value:E}")),
        }
    }

    /// Writes a finite number.
    ///
    /// # Errors
    /// Fails if the number violates a facet.
    pub(crate) fn decimal(&mut self, value: impl FewDecimals + Display, negative: bool) -> Result<()> {
        let Some((digits, places)) = value.few_decimals() else { return self.display(format_args!("{value}")) };
        let from = self.out.len();
        escape::decimal(negative, digits, places, &mut self.out);
        self.recheck(from)
    }

    #[inline]
    fn recheck(&mut self, from: usize) -> Result<()> {
        match self.simple {
            Some(simple) => self.recheck_slowly(simple, from),
            None => Ok(()),
        }
    }

    #[inline(never)]
    fn recheck_slowly(&mut self, simple: &SimpleType, from: usize) -> Result<()> {
        if simple.identifies || simple.qualified {
            let text = unescaped(self.out.since(from)).into_owned();
            return self.check(simple, &text);
        }
        if self.checked { self.check_facets(simple, &unescaped(self.out.since(from))) } else { Ok(()) }
    }

    /// Writes this many texts, separated by spaces. The texts may be secrets.
    ///
    /// # Errors
    /// Fails in the same cases as [`Writer::text`].
    pub(crate) fn list(&mut self, count: usize, secret: bool, mut put: impl FnMut(&mut Self, usize) -> Result<()>) -> Result<()> {
        let simple = self.simple.take();
        self.decimal |= simple.and_then(SimpleType::primitive) == Some(Builtin::Decimal);
        let (from, inserted) = (self.out.len(), self.inserted);
        for index in 0..count {
            if index > 0 {
                self.out.push(b' ');
            }
            put(self, index)?;
        }
        (self.simple, self.secret, self.decimal) = (simple, secret, false);
        let result = self.recheck(from + self.inserted - inserted);
        self.secret = false;
        result
    }
}

/// The item for a text without tags.
static ANY_TEXT: FieldInfo = FieldInfo { place: Place::Text, ..FieldInfo::bare("", "", "") };

/// Returns whether a leaf holds the same value as a text. To find out, the leaf is written and the result
/// compared with the text according to the simple type.
pub(crate) fn is_held(simple: Option<&'static SimpleType>, leaf: &dyn Value, text: &str) -> bool {
    let options = WriteOptions::default();
    let mut writer = Writer::new(&NO_SCHEMA, &options, None);
    (writer.simple, writer.decimal) = (simple, simple.and_then(SimpleType::primitive) == Some(Builtin::Decimal));
    let written = leaf.write(&mut writer, &ANY_TEXT).and_then(|()| writer.finish());
    written.is_ok_and(|written| simple.is_none_or(|simple| simple.same(&written, text)))
}

/// Returns the error for a value that is not among the enumeration values.
#[cold]
fn not_listed(simple: &SimpleType, text: &str) -> Error {
    match simple.validate(text) {
        Err(broken) => broken.into(),
        Ok(()) => FacetError::not_listed(simple, text).into(),
    }
}

#[cold]
fn unwritable() -> Error {
    Error::new(ErrorKind::Unwritable, "a character that XML does not allow")
}
