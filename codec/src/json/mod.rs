//! JSON, through `serde`: every generated type is `Serialize` and `Deserialize`, by its tables. `docs/json.md` describes the form.
//!
//! A value is written by a visitor (`build`), which makes a tree of it. To read a value, the tree is written as the XML that it stands for
//! (`xml`), and the reader does the rest: so it alone places children in choices and groups, resolves names and checks values. `shape` says
//! which form a type has, `scalar` which form a text has, `tree` connects to `serde`.

mod build;
mod options;
mod scalar;
mod shape;
mod tree;
mod xml;

use serde::de::{Deserialize as _, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, Serializer};

pub use self::options::{JsonOptions, Names, Secrets};
pub use self::tree::Tree;
use crate::document::{Roots, read_document, read_into};
use crate::error::{Error, ErrorKind, Result};
use crate::note::{Note, NoteKind, Notes};
use crate::options::ReadOptions;
use crate::reflect::walk;
use crate::schema::{NO_SCHEMA, Schema};
use crate::tables::{ANY_ROOT, FieldInfo, Place, TypeInfo, ValueFlags, ValueInfo};
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
            let wrong = |message: String| Error::new(ErrorKind::Value, format!("$: {message}"));
            let text = xml::text_of(tree, &field).map_err(wrong)?;
            let taken = value.set_text(&text).is_taken();
            return if taken { Ok(value) } else { Err(wrong(format!("{} is not {}", field.excerpt(&text), field.expected()))) };
        }
        let schema = schema_of(&info);
        let mut xml = xml::Xml::new(options);
        xml::placed(xml.root(&field, "root", schema, tree))?;
        let result = read_into(xml.text.as_bytes(), &reading(), schema, &mut value).map(|(notes, _)| notes);
        checked(result.map(|notes| (value, notes)), &xml, info.type_info)
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

/// The field of a text that stands alone.
static ANY_LEAF: FieldInfo = FieldInfo { kind: ValueFlags::LEAF, ..FieldInfo::bare("", "", "root") };

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

/// Returns the options for reading the XML that stands for JSON: as tolerant as `serde` is with values, and without limits that the JSON has
/// passed already.
fn reading() -> ReadOptions {
    ReadOptions::tolerant().max_bytes(usize::MAX).max_attributes(usize::MAX).max_depth(1024).exact_texts()
}

/// Returns what was read, unless something of the JSON is not in it.
fn checked<T>(result: Result<(T, Notes)>, xml: &xml::Xml, type_info: Option<&'static TypeInfo>) -> Result<T> {
    let place = |offset: usize| {
        let index = xml.places.partition_point(|(start, _)| *start <= offset);
        index.checked_sub(1).and_then(|index| xml.places.get(index)).map_or("$", |(_, path)| path.as_str())
    };
    match result {
        Err(error) => {
            let path = error.position().map_or("$", |position| place(position.offset));
            Err(Error::new(error.kind(), format!("{path}: {}", error.message())))
        }
        Ok((value, notes)) => match notes.iter().find(|note| is_loss(note)) {
            None => Ok(value),
            Some(note) => {
                let path = place(note.position.offset);
                Err(Error::new(note.kind.as_error(), format!("{path}: {}", told(note, type_info))))
            }
        },
    }
}

/// Returns whether a note is about something that is not in the value. Values and types that the schema does not list are kept.
fn is_loss(note: &Note) -> bool {
    match note.kind {
        NoteKind::UnknownValue | NoteKind::KeptValue | NoteKind::UnknownType | NoteKind::UndeclaredPrefix | NoteKind::Misplaced => false,
        NoteKind::BadValue => note.text.as_deref() != Some(""),
        _ => true,
    }
}

/// Returns what is wrong, and what is expected.
fn told(note: &Note, type_info: Option<&'static TypeInfo>) -> String {
    let steps: Vec<&str> = note.path.split('/').skip(1).collect();
    let name = steps.last().copied().unwrap_or_default();
    let field = type_info.and_then(|type_info| crate::reflect::field_at(type_info, &steps));
    match (note.kind, field) {
        (NoteKind::Missing, _) => format!("the member `{name}` is required"),
        (NoteKind::Repeated, _) => "another alternative of the choice is there already: leave one of them out".to_owned(),
        (NoteKind::BadValue, Some(field)) => {
            let text = note.text.as_deref().unwrap_or_default();
            format!("{} is not {}", field.excerpt(text), field.expected())
        }
        (NoteKind::BadValue, None) => {
            format!("`{}` is not a value of its type", crate::error::excerpt(note.text.as_deref().unwrap_or_default()))
        }
        (NoteKind::UnknownElement, _) => format!("`{name}` is not allowed here: the content model does not have it at this place"),
        _ => format!("`{name}`: {}", note.kind.words()),
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
    let wrong = |message: String| Error::new(ErrorKind::Root, format!("$: {message}"));
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
        Place::Any => xml.root_xml(value),
        _ => xml.root(member.field, &root, schema, value),
    };
    xml::placed(written)?;
    let result = read_document::<D>(xml.text.as_bytes(), &reading(), schema);
    checked(result.map(|reading| (reading.value, reading.notes)), &xml, member.field.type_info)
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
    /// Fails if the JSON does not have the form of the type. The message begins with the place in the JSON.
    pub fn read<'de, T: Json, D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<T, D::Error> {
        T::from_tree(&Tree::deserialize(deserializer)?, self).map_err(|error| D::Error::custom(error.message()))
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
    ($($type:ty $(: $parameter:ident)?;)*) => {$(
        impl$(<$parameter: Value>)? Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                serialize(self, serializer)
            }
        }

        impl<'de $(, $parameter: Value)?> serde::de::Deserialize<'de> for $type {
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
    crate::List<T>: T;
    crate::MaybeNil<T>: T;
    crate::Nillable<T>: T;
    crate::QName;
    crate::Secret;
    crate::Time;
    crate::XsiBox<T>: T;
    crate::XsiTyped<T>: T;
}
