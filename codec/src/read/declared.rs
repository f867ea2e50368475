//! Applies what the schema set states about an element beyond its item: identity constraints, and types that it blocks.

use super::leaf::Literal;
use super::reader::Reader;
use super::tag::Tag;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::constraint::Identity;
use crate::schema::rules::CompiledDeclaration;
use crate::simple::SimpleType;
use crate::tables::FieldInfo;

impl<'a> Reader<'a> {
    /// Tells the checker that an element has begun.
    #[cold]
    pub(super) fn identity_open(&mut self, tag: &Tag) {
        let (uri, local, again) = (self.shared_uri_of(tag), self.split_name(tag).1, self.is_again());
        if let Some(checker) = self.identity.as_mut().filter(|_| !again) {
            checker.open(uri, local.into(), tag.at);
        }
    }

    /// Tells the checker that the element begun last has these identity constraints.
    pub(super) fn identity_begin(&mut self, identities: &'static [Identity]) {
        let again = self.is_again();
        if let Some(checker) = self.identity.as_mut().filter(|_| !again) {
            checker.begin(identities);
        }
    }

    /// Tells the checker that an element has ended.
    #[cold]
    pub(super) fn identity_close(&mut self) -> Result<()> {
        let mut errors = Vec::new();
        if let Some(checker) = &mut self.identity {
            checker.close(&mut errors);
        }
        errors.into_iter().try_for_each(|error| self.refuse(error))
    }

    /// Tells the checker the value of an attribute of the element begun last. A value that is no field gets no key.
    pub(super) fn identity_attribute(&mut self, uri: &str, local: &str, simple: Option<&SimpleType>, literal: Literal<'_>) -> Result<()> {
        let Some(checker) = self.identity.as_ref().filter(|_| !self.is_again()) else { return Ok(()) };
        let fields = checker.fields_of_attribute(uri, local);
        if fields.is_empty() {
            return Ok(());
        }
        let key = self.key(simple, literal);
        self.identity.as_mut().map_or(Ok(()), |checker| checker.attribute(fields, &key))
    }

    /// Tells the checker the simple value of the element begun last. A value that is no field gets no key.
    pub(super) fn identity_text(&mut self, simple: Option<&SimpleType>, literal: Literal<'_>) -> Result<()> {
        let Some(checker) = self.identity.as_ref().filter(|_| !self.is_again()) else { return Ok(()) };
        let key = if checker.awaits_value() { self.key(simple, literal) } else { String::new() };
        self.identity.as_mut().map_or(Ok(()), |checker| checker.value(Some(key)))
    }

    /// Tells the checker that the element begun last is nil.
    pub(super) fn identity_nil(&mut self) -> Result<()> {
        let again = self.is_again();
        self.identity.as_mut().filter(|_| !again).map_or(Ok(()), |checker| checker.value(None))
    }

    /// Applies the declaration of an item to the element whose start tag was read last: starts its identity constraints, and rejects an
    /// `xsi:type` that it blocks.
    pub(super) fn declared(&mut self, item: &'static FieldInfo, tag: &Tag, root: bool) -> Result<()> {
        let Some(declared) = self.declaration_of(item, root) else { return Ok(()) };
        self.refuse_blocked(declared, tag)?;
        self.identity_begin(&declared.identities);
        Ok(())
    }

    /// Rejects an `xsi:type` that the declaration of the element blocks.
    pub(super) fn refuse_blocked(&self, declared: &CompiledDeclaration, tag: &Tag) -> Result<()> {
        if declared.block != 0
            && let Some((text, _)) = self.xsi(tag, "type")
            && let Some(named) = self.xsi_type(&text, tag)?
            && self.derivation_from(&named, declared.ty) & declared.block != 0
        {
            return Err(Error::at(ErrorKind::Type, tag.at, "the declaration blocks this type").step("@type"));
        }
        Ok(())
    }

    pub(super) fn declaration_of(&self, item: &'static FieldInfo, root: bool) -> Option<&'static CompiledDeclaration> {
        if !self.has_declarations {
            return None;
        }
        self.schema.rules()?.declared(self.schema, item, root)
    }
}
