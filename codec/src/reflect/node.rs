//! What a visitor of a value meets: elements, texts, and XML that the schema leaves open.

use std::fmt;

use crate::any::{AnyAttribute, AnyElement, AnyType};
use crate::error::Result;
use crate::secret::MASK;
use crate::tables::{FieldInfo, TypeInfo};

/// An element with attributes or children, or an element that is nil.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Element {
    /// The field that holds the element.
    pub field: &'static FieldInfo,
    /// Its type; `None` for a nil element of a simple type.
    pub type_info: Option<&'static TypeInfo>,
    /// The namespace and the name of the type that `xsi:type` names, if the element has this attribute.
    pub xsi_type: Option<(&'static str, &'static str)>,
    /// Whether the element has `xsi:nil="true"`.
    pub nil: bool,
}

/// An element or attribute that has a text only, or the text content of an element with attributes.
#[derive(Clone, Copy)]
pub struct Leaf<'v> {
    /// The field that holds the text.
    pub field: &'static FieldInfo,
    text: &'v str,
}

impl<'v> Leaf<'v> {
    pub(super) fn new(field: &'static FieldInfo, text: &'v str) -> Self {
        Self { field, text }
    }

    /// Returns the text. If it is a secret, the caller is responsible for it.
    #[must_use]
    pub fn text(&self) -> &'v str {
        self.text
    }
}

impl fmt::Debug for Leaf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if self.field.is_secret() { MASK } else { self.text };
        f.debug_struct("Leaf").field("name", &self.field.name()).field("text", &text).finish()
    }
}

/// XML that the schema leaves open.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Open<'v> {
    /// An element that a wildcard admits, or whose type the schema does not know.
    Element(&'v AnyElement),
    /// An attribute that a wildcard admits.
    Attribute(&'v AnyAttribute),
    /// The attributes and the content of an element of the field.
    Content(&'v AnyType),
}

/// Says whether a visitor walks into an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// Its attributes and its content are visited, then [`Visit::close`] is called.
    Into,
    /// What is in it is left out.
    Past,
}

/// A visitor of a value. It meets attributes and children in the order in which they are written.
///
/// # Example
#[cfg_attr(feature = "derive", doc = "```")]
#[cfg_attr(not(feature = "derive"), doc = "```ignore")]
/// # #[allow(missing_docs)] mod bindings {
/// # use xsdgen_codec::Xml;
/// # mod xmlns { xsdgen_codec::schema! { n = "urn:notes"; } }
/// # #[derive(Xml)]
/// # #[xml(n, "noteType")]
/// # pub struct Note {
/// #     #[xml("to")]
/// #     pub to: String,
/// #     #[xml("line")]
/// #     pub lines: Vec<String>,
/// # }
/// # pub fn main() -> xsdgen_codec::Result<()> {
/// use xsdgen_codec::{Leaf, Reflect, Result, Visit};
///
/// struct Names(Vec<String>);
///
/// impl Visit for Names {
///     fn leaf(&mut self, leaf: &Leaf<'_>) -> Result<()> {
///         self.0.push(format!("{}={}", leaf.field.name(), leaf.text()));
///         Ok(())
///     }
/// }
///
/// let mut names = Names(Vec::new());
/// Note::new("Ada").with_lines(["one", "two"]).visit(&mut names)?;
/// assert_eq!(names.0, ["to=Ada", "line=one", "line=two"]);
/// # Ok(()) } }
/// # fn main() -> xsdgen_codec::Result<()> { bindings::main() }
/// ```
pub trait Visit {
    /// Begins an element with attributes or children.
    ///
    /// # Errors
    /// An error ends the walk.
    fn open(&mut self, element: &Element) -> Result<Walk> {
        let _ = element;
        Ok(Walk::Into)
    }

    /// Ends an element.
    ///
    /// # Errors
    /// An error ends the walk.
    fn close(&mut self, element: &Element) -> Result<()> {
        let _ = element;
        Ok(())
    }

    /// Visits a text.
    ///
    /// # Errors
    /// An error ends the walk.
    fn leaf(&mut self, leaf: &Leaf<'_>) -> Result<()> {
        let _ = leaf;
        Ok(())
    }

    /// Visits a text between the elements of mixed content.
    ///
    /// # Errors
    /// An error ends the walk.
    fn text(&mut self, text: &str) -> Result<()> {
        let _ = text;
        Ok(())
    }

    /// Visits XML that the schema leaves open.
    ///
    /// # Errors
    /// An error ends the walk.
    fn kept(&mut self, field: &'static FieldInfo, open: &Open<'_>) -> Result<()> {
        let _ = (field, open);
        Ok(())
    }
}
