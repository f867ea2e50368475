//! Values of a TOML document with their places. A value of the wrong type is kept as such and does not end the reading, so that all problems of a
//! file are found at once.
//!
//! `file` defines the tables with these types, and `report` turns what is wrong into diagnostics.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use serde::de::value::{Error as Mismatch, MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use toml::Spanned;

/// A type of values, with its description.
pub(crate) trait Kind {
    /// The description, such as `a string`.
    const WANTED: &'static str = "a table";
}

impl Kind for String {
    const WANTED: &'static str = "a string";
}

impl Kind for bool {
    const WANTED: &'static str = "`true` or `false`";
}

impl Kind for u32 {
    const WANTED: &'static str = "a number from 0 to 4294967295";
}

/// A list of strings.
pub(crate) type Strings = Vec<Placed<String>>;

impl Kind for Strings {
    const WANTED: &'static str = "an array of strings";
}

/// Any value of TOML.
#[derive(Debug, serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Any(pub(crate) toml::Value);

impl Kind for Any {
    const WANTED: &'static str = "a value";
}

/// The value of a key that may be absent.
#[derive(Debug)]
pub(crate) struct Key<T>(pub(crate) Option<Placed<T>>);

impl<T> Key<T> {
    /// Returns whether the file has the key, whatever its value.
    pub(crate) fn is_present(&self) -> bool {
        self.0.is_some()
    }
}

impl<T> Default for Key<T> {
    fn default() -> Self {
        Key(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Key<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Placed::deserialize(deserializer).map(|placed| Key(Some(placed)))
    }
}

/// A value with its place.
#[derive(Debug)]
pub(crate) struct Placed<T> {
    pub(crate) range: Range<usize>,
    pub(crate) read: Read<T>,
}

/// A value, or what is in its place.
#[derive(Debug)]
pub(crate) struct Read<T> {
    /// The value, or a description of the value of the wrong type, such as `an integer`.
    pub(crate) value: Result<T, &'static str>,
    /// The keys of a table, in the order of the file.
    pub(crate) keys: Vec<Spanned<String>>,
    /// The keys that the type of the table has.
    pub(crate) known: &'static [&'static str],
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Placed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Read<T>>::deserialize(deserializer)?;
        Ok(Placed { range: spanned.span(), read: spanned.into_inner() })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Read<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reading(PhantomData))
    }
}

/// Reads a value of any type as a `T`.
struct Reading<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Reading<T> {
    fn read(deserializer: impl Deserializer<'de>, found: &'static str) -> Read<T> {
        Read { value: T::deserialize(deserializer).map_err(|_| found), keys: Vec::new(), known: &[] }
    }

    fn scalar<V: IntoDeserializer<'de, Mismatch>>(value: V, found: &'static str) -> Read<T> {
        Self::read(value.into_deserializer(), found)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Reading<T> {
    type Value = Read<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Read<T>, E> {
        Ok(Self::scalar(value, "a boolean"))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Read<T>, E> {
        Ok(Self::scalar(value, "an integer"))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Read<T>, E> {
        Ok(Self::scalar(value, "an integer"))
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<Read<T>, E> {
        Ok(Self::scalar((), "an integer of more than 64 bits"))
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<Read<T>, E> {
        Ok(Self::scalar((), "an integer of more than 64 bits"))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Read<T>, E> {
        Ok(Self::scalar(value, "a float"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Read<T>, E> {
        Ok(Self::scalar(value.to_owned(), "a string"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Read<T>, A::Error> {
        Ok(Self::read(SeqAccessDeserializer::new(seq), "an array"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read<T>, A::Error> {
        let (mut keys, known) = (Vec::new(), Cell::new(NONE));
        let mut read = Self::read(Table { map: &mut map, keys: &mut keys, known: &known }, "a table");
        // `toml` represents a date as a table with one private key, which is not read if the table is rejected.
        if read.value.is_err() && map.next_key::<String>().is_ok_and(|key| key.is_some_and(|key| key.starts_with("$__toml_private"))) {
            read.value = read.value.map_err(|_| "a date or time");
        }
        keys.sort_by_key(|key| key.span().start);
        Ok(Read { keys, known: known.get(), ..read })
    }
}

const NONE: &[&str] = &[];

/// A table. A struct that is read from it sees only the keys that it has fields for; all keys are recorded.
struct Table<'t, A> {
    map: &'t mut A,
    keys: &'t mut Vec<Spanned<String>>,
    known: &'t Cell<&'static [&'static str]>,
}

impl<'de, A: MapAccess<'de>> Deserializer<'de> for Table<'_, A> {
    type Error = A::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        MapAccessDeserializer::new(self.map).deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.known.set(fields);
        visitor.visit_map(KnownKeys(self))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}

/// The entries of a table whose keys are known.
struct KnownKeys<'t, A>(Table<'t, A>);

impl<'de, A: MapAccess<'de>> MapAccess<'de> for KnownKeys<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: serde::de::DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(key) = self.0.map.next_key::<Spanned<String>>()? {
            let name = key.get_ref().clone();
            self.0.keys.push(key);
            if self.0.known.get().contains(&name.as_str()) {
                return seed.deserialize(name.into_deserializer()).map(Some);
            }
            self.0.map.next_value::<IgnoredAny>()?;
        }
        Ok(None)
    }

    fn next_value_seed<V: serde::de::DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.0.map.next_value_seed(seed)
    }
}

/// A table whose keys the user chooses, in the order of the file.
#[derive(Debug)]
pub(crate) struct Entries<T>(pub(crate) Vec<(Spanned<String>, Placed<T>)>);

impl<T> Kind for Entries<T> {}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ReadingEntries(PhantomData))
    }
}

struct ReadingEntries<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ReadingEntries<T> {
    type Value = Entries<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry::<Spanned<String>, Placed<T>>()? {
            entries.push(entry);
        }
        entries.sort_by_key(|(key, _)| key.span().start);
        Ok(Entries(entries))
    }
}

/// Gives the types that place values the JSON Schema of the values.
#[cfg(feature = "config-schema")]
mod json {
    use std::borrow::Cow;
    use std::collections::BTreeMap;

    use schemars::{JsonSchema, Schema, SchemaGenerator};

    use super::{Any, Entries, Key, Placed};

    macro_rules! transparent {
        ($($placed:ident as $value:ty;)+) => {$(
            impl<T: JsonSchema> JsonSchema for $placed<T> {
                fn inline_schema() -> bool {
                    true
                }

                fn schema_name() -> Cow<'static, str> {
                    <$value>::schema_name()
                }

                fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                    <$value>::json_schema(generator)
                }
            }
        )+};
    }

    transparent! {
        Key as T;
        Placed as T;
        Entries as BTreeMap<String, T>;
    }

    impl JsonSchema for Any {
        fn schema_name() -> Cow<'static, str> {
            "Any".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            true.into()
        }
    }
}
