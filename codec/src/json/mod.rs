//! JSON, through `serde`: every generated type is `Serialize` and `Deserialize`, by its tables. `docs/json.md` describes the form.
//!
//! A value is written by a visitor (`build`), which makes a tree of it. To read a value, the tree is written as the XML that it stands for
//! (`xml`), and the reader does the rest (`read`): so it alone places children in choices and groups, resolves names and checks values. `shape`
//! says which form a type has, `types` which type an element has, `scalar` and `text` which form a text has, `path` which form the path of an error has, `tree` and `wrappers` connect to `serde`.

mod build;
mod options;
mod path;
mod read;
mod scalar;
mod shape;
mod text;
mod tree;
mod types;
mod wrappers;
mod xml;

use serde::de::{Deserialize as _, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, Serializer};

pub use self::options::{JsonOptions, Names, Secrets};
pub use self::tree::Tree;
pub use self::wrappers::{present, serialize_secret};
use crate::document::{Roots, try_read_document, try_read_into};
use crate::error::{Error, ErrorKind, Result};
use crate::reflect::{is_valid, refusal, walk};
use crate::schema::{NO_SCHEMA, Schema};
use crate::tables::{ANY_LEAF, ANY_ROOT, FieldInfo, Place, ValueFlags, ValueInfo};
use crate::value::Value;

/// A value that has a JSON form: every generated type, and the built-in types of this crate.
pub trait Json: Sized {
    #[doc(hidden)]
    fn to_tree(&self, options: JsonOptions) -> Result<Tree>;

    #[doc(hidden)]
    fn from_tree(tree: &Tree, options: JsonOptions) -> Result<Self>;
}

impl<T: Value> Json for T {
    fn to_tree(&self, options: JsonOptions) -> Result<Tree> {
        let info = T::info();
        let mut builder = build::Builder::new(options);
        let field = if is_text(&info) { &ANY_LEAF } else { &ANY_ROOT };
        builder.root = Some(field_of(&info));
        builder.schema = schema_of(&info);
        walk(self.as_value(), field, &mut builder)?;
        builder.result.ok_or_else(no_form)
    }

    fn from_tree(tree: &Tree, options: JsonOptions) -> Result<Self> {
        let info = T::info();
        let (field, mut value) = (field_of(&info), T::empty());
        if info.kind.is(ValueFlags::GROUP) {
            return Err(no_form());
        }
        if info.kind.is(ValueFlags::LEAF) {
            if *tree == Tree::Null && info.kind.is(ValueFlags::NILLABLE) {
                return Ok(value); // the empty value of a nillable type is nil
            }
            let wrong = |message: String| Error::in_json(ErrorKind::Value, "$", message);
            let text = text::text_of(tree, &field).map_err(wrong)?;
            let taken = value.set_text(&text).is_taken() && (!options.strict || is_valid(&field, &text));
            return if taken { Ok(value) } else { Err(wrong(refusal(&field, &text))) };
        }
        let schema = schema_of(&info);
        let mut xml = xml::Xml::new(options);
        let written = xml.root(&field, "root", schema, tree);
        let text = std::mem::take(&mut xml.text);
        let mut passed = 0;
        read::read(&mut xml, written, schema, &mut |options| {
            let mut again = T::empty();
            passed += 1;
            // The value is that of the first pass: the second one only checks it.
            let slot = if passed == 1 { &mut value } else { &mut again };
            let (result, notes) = try_read_into(text.as_bytes(), options, schema, slot);
            (result.map(drop), notes)
        })?;
        Ok(value)
    }
}

/// Returns the schema set of a type.
fn schema_of(info: &ValueInfo) -> &'static Schema {
    let named = || info.types.iter().find_map(|name| (name.info)().type_info);
    info.type_info.or_else(named).map_or(&NO_SCHEMA, |type_info| type_info.schema)
}

/// Returns whether a type has texts only, so that its JSON form is a string, a number or a boolean.
fn is_text(info: &ValueInfo) -> bool {
    info.kind.is(ValueFlags::LEAF) && !info.kind.is(ValueFlags::NILLABLE)
}

#[cold]
fn no_form() -> Error {
    Error::new(ErrorKind::Type, "a choice or a group has no JSON form of its own, only as a part of a complex type")
}

/// Returns a field that holds a value of a type.
fn field_of(info: &ValueInfo) -> FieldInfo {
    let is_list = info.kind.is(ValueFlags::LIST);
    FieldInfo {
        kind: info.kind,
        type_info: info.type_info,
        types: info.types,
        form: info.form,
        native: info.simple.filter(|_| !is_list),
        list_item: info.simple.filter(|_| is_list),
        ..FieldInfo::bare("<root>", "</root>", "root")
    }
}

/// Returns the JSON of a document.
///
/// # Errors
/// Fails if the document contains secrets that the options refuse, or characters that XML does not allow.
#[doc(hidden)]
pub fn document_to_tree<D: Roots>(document: &D, options: JsonOptions) -> Result<Tree> {
    let (index, slot) = document.active();
    let shape = shape::Shapes::default().of(D::type_info(), options);
    let mut builder = build::Builder::new(options);
    builder.schema = D::type_info().schema;
    match (D::type_info().items().get(index), shape.members.get(index), slot.get(0)) {
        (Some(field), Some(member), Some(value)) => {
            walk(value, field, &mut builder)?;
            let value = builder.result.ok_or_else(no_form)?;
            Ok(Tree::Object(vec![(member.name.clone(), value)]))
        }
        _ => Err(Error::new(ErrorKind::Root, "the document has no such root")),
    }
}

/// Reads a document from JSON.
///
/// # Errors
/// Fails if the JSON does not have the form of a document.
#[doc(hidden)]
pub fn document_from_tree<D: Roots>(tree: &Tree, options: JsonOptions) -> Result<D> {
    let wrong = |message: String| Error::in_json(ErrorKind::Root, "$", message);
    let shape = shape::Shapes::default().of(D::type_info(), options);
    let names = || crate::reflect::list(shape.members.iter().map(|member| member.name.as_str()));
    let Tree::Object(members) = tree else {
        return Err(wrong(format!("expected an object with the root element as its member, not {}", tree.words())));
    };
    let [(name, value)] = members.as_slice() else {
        return Err(wrong(format!("expected one member, the root element: {}", names())));
    };
    let Some(member) = shape.members.iter().find(|member| member.name == *name) else {
        return Err(wrong(format!("there is no root element `{}`; there are {}", crate::error::excerpt(name), names())));
    };
    let schema: &'static Schema = D::type_info().schema;
    let mut xml = xml::Xml::new(options);
    let prefix = schema.at(member.field.namespace).map(|namespace| namespace.prefix());
    let root = prefix.map_or_else(|| member.field.local.to_owned(), |prefix| format!("{prefix}:{}", member.field.local));
    let written = match member.field.place {
        Place::Any => xml.root_xml(value, schema),
        _ => xml.root(member.field, &root, schema, value),
    };
    let text = std::mem::take(&mut xml.text);
    let mut document = None;
    read::read(&mut xml, written, schema, &mut |options| {
        let (result, notes) = try_read_document::<D>(text.as_bytes(), options, schema);
        // The value is that of the first pass: the second one only checks it.
        let result = result.map(|(value, _)| document = document.take().or(Some(value)));
        (result, notes)
    })?;
    document.ok_or_else(|| wrong("nothing was read".to_owned()))
}

/// A value with the options for its JSON form; made by [`JsonOptions::of`].
#[derive(Debug)]
pub struct JsonOf<'v, T> {
    value: &'v T,
    options: JsonOptions,
}

impl JsonOptions {
    /// Returns the value in a form that serializes with these options.
    #[must_use]
    pub fn of<T: Json>(self, value: &T) -> JsonOf<'_, T> {
        JsonOf { value, options: self }
    }

    /// Reads a value with these options.
    ///
    /// # Errors
    /// Fails if the JSON does not have the form of the type. The message begins with the place in the JSON; with
    /// [`JsonOptions::all_errors`], there is a line for each error.
    pub fn read<'de, T: Json, D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<T, D::Error> {
        self.try_read(deserializer)?.map_err(|error| {
            let lines: Vec<String> = error.all().map(|error| format!("{}: {}", error.path(), error.message())).collect();
            D::Error::custom(lines.join("\n"))
        })
    }

    /// Reads a value with these options, and tells errors of the format from errors of the value: the outer result fails if the text is
    /// not JSON, and the inner one if the JSON does not have the form of the type.
    ///
    /// # Errors
    /// Fails if the text is not JSON. The inner [`Error`](crate::Error) has the kind, the path in the JSON, and what is wrong.
    ///
    /// # Example
    /// ```
    /// use xsdgen_codec::{ErrorKind, JsonOptions, List};
    ///
    /// # fn main() -> serde_json::Result<()> {
    /// let mut json = serde_json::Deserializer::from_str("{}");
    /// let error = JsonOptions::new().try_read::<List<i32>, _>(&mut json)?.unwrap_err();
    /// assert_eq!((error.kind(), error.path()), (ErrorKind::Value, "$"));
    /// # Ok(()) }
    /// ```
    pub fn try_read<'de, T: Json, D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Result<T>, D::Error> {
        Ok(T::from_tree(&Tree::deserialize(deserializer)?, self))
    }
}

impl<T: Json> Serialize for JsonOf<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        self.value.to_tree(self.options).map_err(S::Error::custom)?.serialize(serializer)
    }
}

/// Writes a value with the default options.
///
/// # Errors
/// Fails if the value contains a secret or cannot be written.
#[doc(hidden)]
pub fn serialize<T: Json, S: Serializer>(value: &T, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    JsonOptions::new().of(value).serialize(serializer)
}

/// Reads a value with the default options.
///
/// # Errors
/// Fails if the JSON does not have the form of the type.
#[doc(hidden)]
pub fn deserialize<'de, T: Json, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<T, D::Error> {
    JsonOptions::new().read(deserializer)
}

/// Implements `Serialize` and `Deserialize` for the types of this crate.
macro_rules! own {
    ($($type:ty;)*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                serialize(self, serializer)
            }
        }

        impl<'de> serde::de::Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
                deserialize(deserializer)
            }
        }
    )*};
}

own! {
    crate::AnyElement;
    crate::AnyType;
    crate::Base64Binary;
    crate::Date;
    crate::DateTime;
    crate::Decimal;
    crate::Duration;
    crate::GDay;
    crate::GMonth;
    crate::GMonthDay;
    crate::GYear;
    crate::GYearMonth;
    crate::HexBinary;
    crate::Integer;
    crate::QName;
    crate::Secret;
    crate::Time;
}
