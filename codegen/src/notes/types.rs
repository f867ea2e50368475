//! The contents of release notes, as plain data. Texts of the schemas are kept as they are; `markdown` escapes them.

use crate::compare::rust::Level;
use crate::compare::{GlobalKind, Shown};

/// The release notes of a schema set.
#[derive(Debug, Clone, PartialEq)]
pub struct Notes {
    /// The heading.
    pub title: String,
    /// What the old set is called, such as `8.x`.
    pub old: String,
    /// What the new set is called, such as `9.0`.
    pub new: String,
    /// Whether the documentation of the schemas is Markdown; otherwise it is plain text.
    pub markdown: bool,
    /// What the verdicts say.
    pub compatibility: Compatibility,
    /// What users of the schemas have to do, the most urgent first.
    pub tasks: Vec<Task>,
    /// The namespaces in which something changed.
    pub services: Vec<Service>,
}

/// What the verdicts say about clients of the old release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compatibility {
    /// Every document that is valid under the old set is valid under the new set.
    pub backward: Statement,
    /// A tolerant reader made from the old set reads every document of the new set, and keeps everything that the old set names.
    pub tolerant: Statement,
    /// Every document that is valid under the new set is valid under the old set.
    pub forward: Statement,
    /// What the changes mean for users of the Rust bindings.
    pub rust: Level,
}

/// A statement about all documents, and whether it is proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Whether it is proven.
    pub result: Shown,
    /// Why it is not shown, or where the witness is not valid.
    pub reason: Option<String>,
    /// The component whose change refutes it.
    pub cause: Option<String>,
    /// A document that refutes it.
    pub witness: Option<String>,
}

/// Something that users of the schemas have to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// Nothing: existing clients work as before.
    Nothing,
    /// Send elements or attributes that are required now.
    Send(Vec<Item>),
    /// Do without components that are gone.
    DoWithout(Vec<Item>),
    /// Use new names.
    Rename(Vec<Renamed>),
    /// Check values and documents against rules that are stricter now.
    Check(Vec<Item>),
    /// Expect values that enumerations did not have.
    ExpectValues(Vec<NewValues>),
    /// Generate the bindings again, and correct the code that does not compile any more.
    Regenerate(Level, Vec<CompileError>),
}

/// A component, and what is to be known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its path.
    pub path: String,
    /// What is to be known about it, as text.
    pub about: String,
}

/// The new values of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewValues {
    /// The path of the enumeration.
    pub path: String,
    /// The values.
    pub values: Vec<String>,
}

/// A component with another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// The component that contains it, or the old name of a global component.
    pub path: String,
    /// The old name.
    pub from: String,
    /// The new name.
    pub to: String,
    /// How certain it is, in percent, that both are the same component.
    pub confidence: Option<u8>,
}

/// Code that does not compile with the new bindings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompileError {
    /// The Rust item, field, variant or function.
    pub item: String,
    /// What it was, if that differs.
    pub before: Option<String>,
    /// What it is, if that differs.
    pub after: Option<String>,
    /// The code of the error that the compiler reports, such as `E0308`.
    pub error: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

/// Whether a component is new, gone or different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// The old set does not have it.
    New,
    /// Both sets have it.
    Changed,
    /// Both sets have it, with different names; this is the old one.
    Renamed(String),
    /// The new set does not have it.
    Removed,
}

/// A namespace in which something changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// The namespace URI; empty for "no namespace".
    pub uri: String,
    /// The module of the bindings.
    pub module: String,
    /// The documentation of the namespace.
    pub docs: Vec<String>,
    /// Whether the namespace itself is new, gone or renamed.
    pub status: Status,
    /// The operations that are new, gone or different.
    pub operations: Vec<Operation>,
    /// The other components that are new, gone or different.
    pub components: Vec<Component>,
}

/// An operation that is new, gone or different.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The name.
    pub name: String,
    /// Whether it is new, gone, renamed or different.
    pub status: Status,
    /// The documentation of the request type.
    pub docs: Vec<String>,
    /// The value of `xsi:type` in requests, if it is not the name of the request type.
    pub alias: Option<String>,
    /// Whether it changes nothing and may be repeated.
    pub safe: bool,
    /// The request.
    pub request: Message,
    /// The response.
    pub response: Message,
}

/// A request or a response.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Message {
    /// The name of its type.
    pub ty: String,
    /// The documentation of its type.
    pub docs: Vec<String>,
    /// Its contents, if the operation is new.
    pub contents: Contents,
    /// What changed in its type.
    pub changes: Vec<ChangedRow>,
    /// The changed and new types that it contains.
    pub through: Vec<String>,
    /// A sample document that shows what is new.
    pub sample: Option<String>,
}

/// A type, root element, attribute or group that is new, gone or different.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// Its kind.
    pub kind: GlobalKind,
    /// Its name.
    pub name: String,
    /// Whether it is new, gone, renamed or different.
    pub status: Status,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Its contents, if it is new.
    pub contents: Contents,
    /// What changed in it.
    pub changes: Vec<ChangedRow>,
    /// The messages or root elements that contain it.
    pub used_by: Vec<String>,
    /// A sample document that shows what is new.
    pub sample: Option<String>,
    /// The message or root element of the sample, if it is not the component.
    pub sample_of: Option<String>,
}

/// What a type consists of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contents {
    /// For a simple type: the type that it restricts, and how.
    pub simple: Option<TypeText>,
    /// For an enumeration: the values.
    pub values: Vec<Value>,
    /// The tables of elements and attributes: first its own, then those of the types in it.
    pub tables: Vec<Table>,
    /// Whether some types in it have no table, because there are too many.
    pub truncated: bool,
}

/// The type of an element, an attribute or a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypeText {
    /// The name of the type, or of the named type that it restricts; empty for an anonymous complex type.
    pub name: String,
    /// Whether it is a list of this type.
    pub list: bool,
    /// The facets in words, as Markdown.
    pub facets: Option<String>,
}

/// A value of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The value.
    pub value: String,
    /// Its documentation.
    pub docs: Vec<String>,
}

/// The elements and attributes of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The element or the type that the table describes; `None` for the component itself.
    pub of: Option<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// An element, an attribute, or other content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub name: RowName,
    /// Its type.
    pub ty: TypeText,
    /// How often it occurs.
    pub occurs: Occurrence,
    /// Its documentation.
    pub docs: Vec<String>,
    /// The value constraint in words, as Markdown.
    pub constraint: Option<String>,
    /// The values, if its type is an enumeration.
    pub values: Vec<String>,
}

/// What a row describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowName {
    /// An element or, as `@name`, an attribute.
    Name(String),
    /// Any element or attribute of these namespaces.
    Any(String),
    /// The text of the element.
    Text,
    /// The component itself.
    Itself,
    /// A value of an enumeration, with the path to the enumeration.
    Value(String, String),
}

/// How often something occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Occurrence {
    /// The minimum number; 0 for an alternative of a choice.
    pub min: u64,
    /// The maximum number; `None` means unbounded.
    pub max: Option<u64>,
    /// Whether it is an alternative of a choice.
    pub alternative: bool,
}

/// An element, an attribute or a value, and what changed.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedRow {
    /// The element, attribute or value as it is now, or as it was if it is gone.
    pub row: Row,
    /// What changed, as Markdown.
    pub what: Vec<String>,
    /// Whether it is new, different, gone, or described differently.
    pub extent: Extent,
    /// The contents of a new element whose type has no name.
    pub contents: Contents,
}

/// How much of a component changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Extent {
    /// It is new.
    New,
    /// Something else than its description is different.
    #[default]
    Changed,
    /// It is gone.
    Removed,
    /// Its description is different.
    Description,
}
