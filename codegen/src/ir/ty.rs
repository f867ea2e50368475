//! The Rust types that generated fields can have.

use super::ItemId;

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Ty {
    /// A primitive type, or `String`.
    Scalar(Scalar),
    /// A type defined by the codec.
    Codec(CodecType),
    /// A generated item.
    Item(ItemId),
    /// A type that the settings name by its path.
    Foreign(String),
    /// `Box<T>`
    Boxed(Box<Ty>),
    /// `Nillable<T>` of the codec.
    Nillable(Box<Ty>),
    /// `MaybeNil<T>` of the codec: a nillable value of a type with attributes.
    MaybeNil(Box<Ty>),
    /// `List<T>` of the codec.
    List(Box<Ty>),
    /// `XsiBox<T>` of the codec: a boxed struct that records whether `xsi:type` named its type.
    XsiBox(Box<Ty>),
    /// `XsiTyped<T>` of the codec: a value of a simple type that `xsi:type` may replace.
    XsiTyped(Box<Ty>),
}

macro_rules! scalars {
    ($($name:ident $text:literal;)*) => {
        /// A primitive type, or `String`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each variant is the type of that name")]
        pub enum Scalar {
            $($name,)*
        }

        impl Scalar {
            /// Returns the name of the type.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// Returns the type of that name, if there is one.
            #[must_use]
            pub fn of(name: &str) -> Option<Self> {
                match name {
                    $($text => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

scalars! {
    Bool "bool";
    I8 "i8";
    I16 "i16";
    I32 "i32";
    I64 "i64";
    U8 "u8";
    U16 "u16";
    U32 "u32";
    U64 "u64";
    F32 "f32";
    F64 "f64";
    String "String";
}

macro_rules! codec_types {
    ($($name:ident,)*) => {
        /// A type defined by the codec.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each variant is the codec's type of that name")]
        pub enum CodecType {
            $($name,)*
        }

        impl CodecType {
            /// Returns the name of the type.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)*
                }
            }

            /// Returns the type of that name, if there is one.
            #[must_use]
            pub fn of(name: &str) -> Option<Self> {
                $(if name == stringify!($name) {
                    return Some(Self::$name);
                })*
                None
            }
        }
    };
}

codec_types! {
    AnyAttribute,
    AnyElement,
    AnyType,
    Base64Binary,
    Date,
    DateTime,
    Decimal,
    Duration,
    GDay,
    GMonth,
    GMonthDay,
    GYear,
    GYearMonth,
    HexBinary,
    Integer,
    QName,
    Secret,
    Time,
}

impl Ty {
    /// The Rust type `String`.
    pub const STRING: Ty = Ty::Scalar(Scalar::String);

    /// Returns the item that it is or contains, if there is one.
    #[must_use]
    pub fn item(&self) -> Option<ItemId> {
        match self {
            Ty::Item(id) => Some(*id),
            Ty::Boxed(inner) | Ty::Nillable(inner) | Ty::List(inner) | Ty::XsiTyped(inner) | Ty::XsiBox(inner) | Ty::MaybeNil(inner) => {
                inner.item()
            }
            Ty::Scalar(_) | Ty::Codec(_) | Ty::Foreign(_) => None,
        }
    }
}
