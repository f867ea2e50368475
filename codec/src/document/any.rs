//! Methods of [`AnyElement`] that read XML.

use super::element::read_into;
use super::xml::Xml;
use crate::any::{AnyAttribute, AnyElement, AnyType};
use crate::error::{Error, ErrorKind, Result};
use crate::note::Reading;
use crate::options::ReadOptions;
use crate::schema::NO_SCHEMA;

impl AnyElement {
    /// Keeps a document as an element.
    ///
    /// # Errors
    /// Fails if the document is not well-formed.
    pub fn from_xml(xml: &str) -> Result<Self> {
        let mut element = Self::default();
        match read_into(xml.as_bytes(), &ReadOptions::strict(), &NO_SCHEMA, &mut element)?.0.is_empty() {
            true => Ok(element),
            false => Err(Error::new(ErrorKind::Doctype, "an element has none")),
        }
    }

    /// Returns the attributes of the element, without namespace declarations.
    ///
    /// # Example
    /// ```
    /// use xsdgen_codec::AnyElement;
    /// let kept = AnyElement::from_xml(r#"<note lang="en" xmlns="urn:a">later</note>"#)?;
    /// assert_eq!(kept.attributes()[0].value(), "en");
    /// # Ok::<(), xsdgen_codec::Error>(())
    /// ```
    #[must_use]
    pub fn attributes(&self) -> Vec<AnyAttribute> {
        let mut content = AnyType::default();
        match read_into(self.xml().as_bytes(), &ReadOptions::tolerant(), &NO_SCHEMA, &mut content) {
            Ok(_) => content.attributes,
            Err(_) => Vec::new(),
        }
    }

    /// Reads the element as a type of the schema.
    ///
    /// # Errors
    /// Fails in the same cases as [`Xml::read_xml`].
    pub fn read_as<T: Xml>(&self, options: &ReadOptions) -> Result<Reading<T>> {
        T::read_xml(self.xml().as_bytes(), options)
    }
}
