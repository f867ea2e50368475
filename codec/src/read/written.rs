//! Checks what `write::checks` needs the reader for: kept XML, kept attributes and blocked types.

use std::collections::BTreeMap;

use super::reader::Reader;
use super::xsi_type::XsiType;
use crate::error::Result;
use crate::schema::XSI;
use crate::tables::{FieldInfo, Place, TypeInfo};
use crate::value::Slot;

impl Reader<'_> {
    /// Reads the only element of the text; `root` tells whether it is the root of the document. Its identity constraints are not checked
    /// here, because they need the whole document.
    pub(crate) fn alone(&mut self, item: &'static FieldInfo, root: bool, slot: &mut dyn Slot) -> Result<()> {
        let tag = self.root_tag()?;
        if let Some(declared) = self.declaration_of(item, root) {
            self.refuse_blocked(declared, &tag)?;
        }
        self.occurrence(item, &tag, slot)
    }

    /// Reads the only start tag of the text, and checks those attributes that the type does not declare.
    pub(crate) fn other_attributes(&mut self, type_info: &'static TypeInfo) -> Result<()> {
        let tag = self.start_tag()?;
        let attributes = std::mem::take(&mut self.attributes);
        for attribute in &attributes {
            let uri = self.attribute_uri(attribute)?.to_owned();
            let is_own = |item: &FieldInfo| {
                item.place == Place::Attribute && item.local == attribute.local && type_info.schema.uri(item.namespace) == uri
            };
            let is_wild = |item: &&FieldInfo| item.is_wildcard_for(&uri);
            if type_info.attributes().iter().any(is_own) || uri == XSI {
                continue;
            }
            match type_info.attributes().iter().find(is_wild) {
                Some(item) => self.wildcard_attribute(&tag, attribute, item.process)?,
                None => self.unknown_attribute(&tag, attribute.local, Some(type_info))?,
            }
        }
        self.attributes = attributes;
        self.wildcard_identifiers(type_info.attributes(), &tag)
    }

    /// Returns whether the declaration of an item has a `block` that forbids replacing the declared type by this type.
    pub(crate) fn blocks(&self, item: &'static FieldInfo, root: bool, (uri, local): (&str, &str)) -> bool {
        let Some(declared) = self.declaration_of(item, root).filter(|declared| declared.block != 0) else { return false };
        let named = self.schema.rules().and_then(|rules| rules.named(self.schema, uri, local));
        named.is_some_and(|named| self.derivation_from(&XsiType::Named(named), declared.ty) & declared.block != 0)
    }

    /// Takes the identifiers in order, each with the start of its element, and the references.
    pub(crate) fn take_identities(&mut self) -> (BTreeMap<String, usize>, Vec<String>) {
        let references = std::mem::take(&mut self.references).into_iter().map(|(name, _)| name);
        (std::mem::take(&mut self.identifiers).into_iter().collect(), references.collect())
    }
}
