//! Implements `serde` for the types that hold a value of another type. Such a value has the form of its own type, which may implement the traits of
//! serde itself.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use crate::{AnyAttribute, List, MaybeNil, Nillable, Secret, XsiBox, XsiTyped};

/// Implements `serde` for types with the form of the value that they hold.
macro_rules! transparent {
    ($($type:ident $value:ty: |$from:ident| $get:expr;)*) => {$(
        impl<T: Serialize> Serialize for $type<T> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let $from = self;
                $get.serialize(serializer)
            }
        }

        impl<'de, T: Deserialize<'de>> Deserialize<'de> for $type<T> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <$value>::deserialize(deserializer).map(Self::from)
            }
        }
    )*};
}

transparent! {
    List Vec<T>: |list| list.0;
    XsiBox T: |held| **held;
    XsiTyped T: |held| **held;
}

impl<T: Serialize> Serialize for Nillable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nillable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Nil, Self::Value))
    }
}

/// Implements `serde` for structs with public fields.
macro_rules! records {
    ($($type:ident $(<$parameter:ident>)? { $($field:ident $name:literal),* })*) => {$(
        impl$(<$parameter: Serialize>)? Serialize for $type$(<$parameter>)? {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut record = serializer.serialize_struct(stringify!($type), [$($name),*].len())?;
                $(record.serialize_field($name, &self.$field)?;)*
                record.end()
            }
        }

        impl<'de $(, $parameter: Deserialize<'de>)?> Deserialize<'de> for $type$(<$parameter>)? {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields<R>(PhantomData<R>);

                impl<'de $(, $parameter: Deserialize<'de>)?> Visitor<'de> for Fields<$type$(<$parameter>)?> {
                    type Value = $type$(<$parameter>)?;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(concat!("struct ", stringify!($type)))
                    }

                    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                        Ok($type { $($field: list.next_element()?.ok_or_else(|| A::Error::missing_field($name))?,)* })
                    }

                    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                        $(let mut $field = None;)*
                        while let Some(key) = map.next_key::<String>()? {
                            match key.as_str() {
                                $($name => $field = Some(map.next_value()?),)*
                                _ => {
                                    map.next_value::<IgnoredAny>()?;
                                }
                            }
                        }
                        Ok($type { $($field: $field.ok_or_else(|| A::Error::missing_field($name))?,)* })
                    }
                }

                deserializer.deserialize_struct(stringify!($type), &[$($name),*], Fields(PhantomData))
            }
        }
    )*};
}

records! {
    MaybeNil<T> { nil "nil", value "value" }
    Attribute { namespace "namespace", name "name", value "value" }
}

/// The parts of a kept attribute.
struct Attribute {
    namespace: String,
    name: String,
    value: String,
}

impl Serialize for AnyAttribute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let [namespace, name, value] = [self.namespace(), self.name(), self.value()].map(str::to_owned);
        Attribute { namespace, name, value }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for AnyAttribute {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Attribute { namespace, name, value } = Attribute::deserialize(deserializer)?;
        Ok(Self::new(namespace, &name, &value))
    }
}

impl Serialize for crate::NamespaceName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for crate::NamespaceName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

/// Writes the text of a secret, which is otherwise an error. It is for `#[serde(serialize_with = "...")]` of a field whose type derives `Serialize`.
///
/// # Errors
/// Fails if the serializer does.
pub fn serialize_secret<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose())
}

/// Reads a value that is there, so that `null` is a nil element and not an absent one. It is for fields of the type `Option<Nillable<T>>` whose type
/// derives `Deserialize`:
/// `#[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "::xsdgen_codec::present")]`.
///
/// # Errors
/// Fails if the deserializer does.
pub fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
