//! In: XML that the schema leaves open. Out: [`AnyElement`], [`AnyAttribute`], [`AnyType`], which keep it as it came.
//! Not done here: cutting it out of a document (`read::keep`).

use crate::document::Xml;
use crate::error::Result;
use crate::note::Reading;
use crate::options::ReadOptions;

/// An element as it came, with the namespace declarations that it needs: a document of its own.
///
/// # Example
/// ```
/// use xsdgen_codec::AnyElement;
/// let kept = AnyElement::from_xml(r#"<a:note xmlns:a="urn:a">later</a:note>"#)?;
/// assert_eq!((kept.namespace(), kept.name()), ("urn:a", "note"));
/// # Ok::<(), xsdgen_codec::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct AnyElement {
    pub(crate) namespace: String,
    pub(crate) name: String,
    pub(crate) xml: String,
}

impl AnyElement {
    /// Keeps a document.
    ///
    /// # Errors
    /// What is not well-formed.
    pub fn from_xml(xml: &str) -> Result<Self> {
        crate::document::keep(xml)
    }

    /// The namespace of the element; empty for none.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The local name of the element.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The element as XML.
    #[must_use]
    pub fn xml(&self) -> &str {
        &self.xml
    }

    /// Returns the attributes of the element, without namespace declarations.
    ///
    /// # Example
    /// ```
    /// use xsdgen_codec::AnyElement;
    /// let kept = AnyElement::from_xml(r#"<note lang="en" xmlns="urn:a">later</note>"#)?;
    /// assert_eq!(kept.attributes()[0].value, "en");
    /// # Ok::<(), xsdgen_codec::Error>(())
    /// ```
    #[must_use]
    pub fn attributes(&self) -> Vec<AnyAttribute> {
        crate::document::attributes(&self.xml).unwrap_or_default()
    }

    /// Reads it as a type of the schema.
    ///
    /// # Errors
    /// As [`Xml::read_xml`].
    pub fn read_as<T: Xml>(&self, options: &ReadOptions) -> Result<Reading<T>> {
        T::read_xml(self.xml.as_bytes(), options)
    }
}

/// An attribute as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct AnyAttribute {
    /// Its namespace; empty for none.
    pub namespace: String,
    /// Its local name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// The content of an element of type `xs:anyType`, as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct AnyType {
    /// Its attributes; `xsi:type` and `xsi:nil` among them.
    pub attributes: Vec<AnyAttribute>,
    /// What stands in it, as XML.
    pub xml: String,
    /// The declarations in scope that the XML may need: prefix and namespace.
    pub namespaces: Vec<(String, String)>,
}

impl From<&str> for AnyType {
    /// An element that holds a text.
    fn from(text: &str) -> Self {
        let mut xml = String::new();
        crate::write::escape::text(text, &mut xml);
        Self { xml, ..Self::default() }
    }
}
