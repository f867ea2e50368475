//! Reflection: what the tables say about a type, and access to the fields of a value by name, without code for each type.
//!
//! - `types`, `content`, `facets`: the public description of types, fields and simple types;
//! - `node`: what a visitor meets; `walk`: passes the parts of a value to a visitor, by way of the writer;
//! - `path`: paths; `find`: finds the text at a path; `edit`: changes a value, by way of the reader;
//! - `nearest`: suggests names.

mod content;
mod edit;
mod facets;
mod find;
mod nearest;
mod node;
pub(crate) mod path;
mod types;
mod walk;

pub use self::content::{ContentPart, ContentTerm};
pub use self::edit::LeafMut;
pub(crate) use self::edit::{Edit, text_of};
pub use self::facets::SimpleKind;
#[cfg(feature = "serde")]
pub(crate) use self::facets::is_valid;
pub(crate) use self::facets::{check, refusal};
pub(crate) use self::nearest::{list, suggestion};
pub use self::node::{Element, Leaf, Open, Visit, Walk};
pub use self::types::Derivation;
pub(crate) use self::walk::{Visiting, walk, within};
use crate::error::Result;
use crate::tables::{ANY_ROOT, TypeInfo};
use crate::value::Value;

/// Access to the fields of a value by the names of the schema. Implemented for each type that the derive `Xml` knows.
///
/// A path consists of the local names of elements, separated by `/`: `attendees/attendee[2]/@id`. Indices start at 0; without an index, the
/// first element of the name is meant. `@` stands before the name of an attribute. Choices and groups are no steps of a path.
///
/// # Example
#[cfg_attr(feature = "derive", doc = "```")]
#[cfg_attr(not(feature = "derive"), doc = "```ignore")]
/// # #[allow(missing_docs)] mod bindings {
/// # use xsdgen_codec::Xml;
/// # mod xmlns { xsdgen_codec::schema! { n = "urn:notes"; } }
/// #[derive(Clone, PartialEq, Xml)]
/// #[xml(n, "noteType")]
/// pub struct Note {
///     #[xml("to")]
///     pub to: String,
///     #[xml("priority")]
///     pub priority: Option<i32>,
///     #[xml("line")]
///     pub lines: Vec<String>,
/// }
/// # pub fn main() -> xsdgen_codec::Result<()> {
/// use xsdgen_codec::Reflect;
///
/// let mut note = Note::new("Ada");
/// note.set("priority", "3")?;
/// note.set("line[0]", "See you at ten.")?;
/// assert_eq!((note.priority, note.get("line")?.as_deref()), (Some(3), Some("See you at ten.")));
///
/// let error = note.set("priority", "high").unwrap_err();
/// assert_eq!(error.message(), "`high` is not a whole number from -2147483648 to 2147483647");
/// let error = note.set("prority", "3").unwrap_err();
/// assert_eq!(error.message(), "there is no element `prority`; did you mean `priority`?");
///
/// let fields: Vec<&str> = Note::described().unwrap().fields().map(|field| field.rust_name()).collect();
/// assert_eq!(fields, ["to", "priority", "lines"]);
/// # Ok(()) } }
/// # fn main() -> xsdgen_codec::Result<()> { bindings::main() }
/// ```
pub trait Reflect: Value {
    /// Returns the description of the type; `None` for a simple type, and for a type that `xsi:type` selects.
    #[must_use]
    fn described() -> Option<&'static TypeInfo>
    where
        Self: Sized,
    {
        Self::info().type_info
    }

    /// Returns the text of the element or attribute at a path; `None` if it is absent or nil. If the text is a secret, the caller is
    /// responsible for it.
    ///
    /// # Errors
    /// Fails if the type has no such field, or if the path ends at an element that has elements of its own.
    fn get(&self, path: &str) -> Result<Option<String>>
    where
        Self: Sized,
    {
        let steps = path::parse(path)?;
        if let Some(type_info) = Self::info().type_info {
            path::check(type_info, &steps)?;
        }
        text_at(self.as_value(), &steps)
    }

    /// Sets the text of the element or attribute at a path. Elements on the way that are absent are added, and a choice changes to the
    /// alternative that the path names. An index that equals the number of elements adds one.
    ///
    /// # Errors
    /// Fails if the type has no such field, or if the text is not a value of its type. The message says which names there are, or what is
    /// expected. If the text is refused, the field keeps its value.
    fn set(&mut self, path: &str, text: &str) -> Result<()>
    where
        Self: Sized,
    {
        let steps = path::parse(path)?;
        if let Some(type_info) = Self::info().type_info {
            path::check(type_info, &steps)?;
        }
        edit::set(self.as_value_mut(), steps, text)
    }

    /// Passes all parts of the value to a visitor, in the order in which they are written.
    ///
    /// # Errors
    /// Fails if the visitor fails, or if a text contains characters that XML does not allow.
    fn visit(&self, visitor: &mut dyn Visit) -> Result<()>
    where
        Self: Sized,
    {
        walk(self.as_value(), &ANY_ROOT, visitor)
    }

    /// Passes all texts of the value to a function that may change them: those of elements and attributes that are present, but not those
    /// of content that the schema leaves open.
    ///
    /// # Errors
    /// Fails if the function fails.
    fn visit_mut(&mut self, mut change: impl FnMut(&mut LeafMut<'_>) -> Result<()>) -> Result<()>
    where
        Self: Sized,
    {
        edit::each(self.as_value_mut(), &mut change)
    }
}

impl<T: Value> Reflect for T {}

fn text_at(value: &dyn Value, steps: &[path::Step<'_>]) -> Result<Option<String>> {
    let mut finder = find::Finder::new(steps);
    walk(value, &ANY_ROOT, &mut finder)?;
    match finder.refused {
        Some(error) => Err(error),
        None => Ok(finder.found),
    }
}
