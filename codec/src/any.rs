//! Defines [`AnyElement`], [`AnyAttribute`] and [`AnyType`], which keep XML that the schema leaves open.
//! `read::keep` extracts it from a document.

/// An element kept as XML, with the namespace declarations that it needs, so that it is a complete document.
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
    /// Returns the namespace of the element, or the empty string if there is none.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Returns the local name of the element.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the element as XML.
    #[must_use]
    pub fn xml(&self) -> &str {
        &self.xml
    }
}

/// An attribute that is kept with its name and value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct AnyAttribute {
    /// The namespace, or the empty string if there is none.
    pub namespace: String,
    /// The local name.
    pub name: String,
    /// The value.
    pub value: String,
}

/// The content of an element of type `xs:anyType`, kept as XML.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct AnyType {
    /// The attributes, including `xsi:type` and `xsi:nil`.
    pub attributes: Vec<AnyAttribute>,
    /// The content of the element, as XML.
    pub xml: String,
    /// The declarations in scope that the XML may need, as pairs of prefix and namespace.
    pub namespaces: Vec<(String, String)>,
}

impl From<&str> for AnyType {
    /// Creates the content of an element that contains only a text.
    fn from(text: &str) -> Self {
        let mut xml = String::new();
        crate::text::escape::text(text, &mut xml);
        Self { xml, ..Self::default() }
    }
}
