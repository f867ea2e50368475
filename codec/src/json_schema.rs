//! Implements `JsonSchema` of the crate schemars: the JSON form that the types of this crate have in `serde`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::{List, MaybeNil, Nillable, XsiBox, XsiTyped};

/// Implements `JsonSchema` for types with a schema of one line.
macro_rules! schemas {
    ($($type:ident $schema:tt;)*) => {$(
        impl JsonSchema for crate::$type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )*};
}

schemas! {
    AnyElement { "description": "An element, as XML.", "type": ["string", "object"] };
    AnyType { "description": "Any content: a text, or an object with XML.", "type": ["string", "object"] };
    Base64Binary { "type": "string", "contentEncoding": "base64" };
    Date { "description": "A literal of xs:date.", "type": "string" };
    DateTime { "description": "A literal of xs:dateTime.", "type": "string" };
    Decimal { "description": "A decimal number, as a string if a number would not be exact.", "type": ["number", "string"] };
    Duration { "description": "A literal of xs:duration.", "type": "string" };
    GDay { "description": "A literal of xs:gDay.", "type": "string" };
    GMonth { "description": "A literal of xs:gMonth.", "type": "string" };
    GMonthDay { "description": "A literal of xs:gMonthDay.", "type": "string" };
    GYear { "description": "A literal of xs:gYear.", "type": "string" };
    GYearMonth { "description": "A literal of xs:gYearMonth.", "type": "string" };
    HexBinary { "type": "string", "contentEncoding": "base16" };
    Integer { "description": "An integer, as a string if it has more than 64 bits.", "type": ["integer", "string"] };
    NamespaceName { "type": "string" };
    QName { "description": "A qualified name: {namespace}prefix:local.", "type": "string" };
    Secret { "type": "string", "writeOnly": true };
    Time { "description": "A literal of xs:time.", "type": "string" };
}

impl JsonSchema for crate::AnyAttribute {
    fn schema_name() -> Cow<'static, str> {
        "AnyAttribute".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An attribute with its name and value.",
            "type": "object",
            "properties": { "namespace": { "type": "string" }, "name": { "type": "string" }, "value": { "type": "string" } },
            "required": ["namespace", "name", "value"]
        })
    }
}

/// Implements `JsonSchema` for types with the form of another type.
macro_rules! holders {
    ($($type:ident $value:ty;)*) => {$(
        impl<T: JsonSchema> JsonSchema for $type<T> {
            fn inline_schema() -> bool {
                <$value>::inline_schema()
            }

            fn schema_name() -> Cow<'static, str> {
                <$value>::schema_name()
            }

            fn schema_id() -> Cow<'static, str> {
                <$value>::schema_id()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                <$value>::json_schema(generator)
            }
        }
    )*};
}

holders! {
    List Vec<T>;
    Nillable Option<T>;
    XsiBox T;
    XsiTyped T;
}

impl<T: JsonSchema> JsonSchema for MaybeNil<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("MaybeNil_{}", T::schema_name()).into()
    }

    fn schema_id() -> Cow<'static, str> {
        format!("xsdgen_codec::MaybeNil<{}>", T::schema_id()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({
            "type": "object",
            "properties": { "nil": { "type": "boolean" }, "value": value },
            "required": ["nil", "value"]
        })
    }
}
