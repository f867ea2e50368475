//! Defines the macro that converts between the types of two versions of a schema.

/// Implements the conversions between types of two versions of a schema, one in each line.
///
/// `from` implements `From`, and the compiler proves that nothing can be lost; `try` implements `TryFrom` with [`Error`](crate::Error), whose
/// path names what would be lost or is missing. Then follow the form of the types, the two types, and their fields or variants: `name:
/// how(old)`. `lost` names the fields that only the old type has, `absent` those that only the new one has, `missing` those that only the new one has and requires, and `count` the lists that may
/// have fewer values than before, each with its new name.
///
/// | how | |
/// |---|---|
/// | `moved` | the type is the same |
/// | `held`, `released` | the same, in a box or another holder, and without it |
/// | `retyped` | the same, but a value with `xsi:type` does not convert |
/// | `into`, `into_held`, `released_into` | the type converts |
/// | `checked` | the text is checked against the new type |
///
/// # Example
#[cfg_attr(feature = "derive", doc = "```")]
#[cfg_attr(not(feature = "derive"), doc = "```ignore")]
/// # #[allow(missing_docs)] mod bindings {
/// pub mod v1 {
///     # use xsdgen_codec::Xml;
///     # mod xmlns { xsdgen_codec::schema! { n = "urn:notes:1"; } }
///     #[derive(Clone, PartialEq, Xml)]
///     #[xml(n, "noteType")]
///     pub struct Note {
///         #[xml("to")]
///         pub to: String,
///     }
/// }
///
/// pub mod v2 {
///     # use xsdgen_codec::Xml;
///     # mod xmlns { xsdgen_codec::schema! { n = "urn:notes:2"; } }
///     #[derive(Clone, PartialEq, Xml)]
///     #[xml(n, "noteType")]
///     pub struct Note {
///         #[xml("to")]
///         pub to: Vec<String>,
///         #[xml("text")]
///         pub text: Option<String>,
///     }
/// }
///
/// xsdgen_codec::convert! {
///     from struct v1::Note => v2::Note { to: moved(to) } absent text;
///     try struct v2::Note => v1::Note { to: moved(to) } lost text;
/// }
/// # pub fn main() -> xsdgen_codec::Result<()> {
///
/// let note = v2::Note::from(v1::Note::new("Ada"));
/// assert_eq!(note.to, ["Ada"]);
/// let error = v1::Note::try_from(note.with_text("Later")).unwrap_err();
/// assert_eq!((error.path(), error.message()), ("text", "`v1` has no element `text` here"));
/// # Ok(()) } }
/// # fn main() -> xsdgen_codec::Result<()> { bindings::main() }
/// ```
#[macro_export]
macro_rules! convert {
    ($(
        $kind:ident $shape:ident $from:ident :: $($old:ident)::+ => $to:ident :: $($new:ident)::+
        $({ $($name:ident : $how:ident ($field:ident)),* $(,)? })?
        $(absent $($absent:ident),+)? $(missing $($missing:ident),+)? $(lost $($lost:ident),+)? $(count $($many:ident $as:ident),+)?;
    )*) => {
        $($crate::__convert! {
            $kind $shape [$from::$($old)::+] [$to::$($new)::+] $to { $($($name $how $field,)*)? }
            [$($($absent)*)?] [$($($missing)*)?] [$($($lost)*)?] [$($($many $as)*)?]
        })*
    };
}

/// Expands to one conversion: `From` or `TryFrom`, then the trait of the codec.
#[doc(hidden)]
#[macro_export]
macro_rules! __convert {
    (from $shape:ident [$old:path] [$new:path] $($rest:tt)*) => {
        #[automatically_derived]
        impl From<$old> for $new {
            fn from(old: $old) -> Self {
                let Ok(new) = $crate::convert::Convert::<Self>::convert(old);
                new
            }
        }

        $crate::__conversion! { (::core::convert::Infallible) $shape [$old] [$new] $($rest)* }
    };
    (try $shape:ident [$old:path] [$new:path] $($rest:tt)*) => {
        #[automatically_derived]
        impl TryFrom<$old> for $new {
            type Error = $crate::Error;

            fn try_from(old: $old) -> $crate::Result<Self> {
                $crate::convert::Convert::<Self>::convert(old)
            }
        }

        $crate::__conversion! { ($crate::Error) $shape [$old] [$new] $($rest)* }
    };
}

/// Expands to the conversion by the trait of the codec.
#[doc(hidden)]
#[macro_export]
macro_rules! __conversion {
    ($error:tt struct [$old:path] [$new:path] $to:ident { $($name:ident $how:ident $field:ident,)* }
        [$($absent:ident)*] [$($missing:ident)*] [$($lost:ident)*] [$($many:ident $as:ident)*]) => {
        $crate::__converts! { $error [$old] [$new] this {
            $($crate::convert::lost::<$old>(&this.$lost, stringify!($lost), stringify!($to))?;)*
            $($crate::convert::count::<$old, $new>(&this.$many, stringify!($many), stringify!($as))?;)*
            let _ = &this; // a type without fields
            Ok(New {
                $($name: $crate::convert::$how::<$old, $new, _, _, $error>(this.$field, stringify!($field), stringify!($name))?,)*
                $($absent: $crate::Slot::empty(),)*
                $($missing: $crate::convert::missing::<$new, _, $error>(stringify!($missing), stringify!($to))?,)*
            })
        }}
    };
    ($error:tt choice [$old:path] [$new:path] $to:ident { $($name:ident $how:ident $field:ident,)* } [] [] [$($lost:ident)*] []) => {
        $crate::__converts! { $error [$old] [$new] this {
            match this {
                $(Old::$field(value) => Ok(New::$name(
                    $crate::convert::$how::<$old, $new, _, _, $error>(value, stringify!($field), stringify!($name))?,
                )),)*
                $(Old::$lost(_) => Err($crate::convert::no_place::<$old>(stringify!($lost), stringify!($to))),)*
            }
        }}
    };
    ($error:tt types [$old:path] [$new:path] $to:ident { $($name:ident $how:ident $field:ident,)* } [] [] [$($lost:ident)*] []) => {
        $crate::__converts! { $error [$old] [$new] this {
            match this {
                $(Old::$field(value) => Ok(New::$name(
                    $crate::convert::$how::<$crate::AnyElement, $crate::AnyElement, _, _, $error>(value, "", "")?,
                )),)*
                $(Old::$lost(_) => Err($crate::convert::no_type(this.type_name(), stringify!($to))),)*
            }
        }}
    };
    ($error:tt document [$old:path] [$new:path] $to:ident { $($name:ident $how:ident $field:ident,)* } [] [] [$($lost:ident)*] []) => {
        $crate::__converts! { $error [$old] [$new] this {
            match this {
                $(Old::$field(value) => Ok(New::$name(
                    $crate::convert::$how::<$crate::AnyElement, $crate::AnyElement, _, _, $error>(value, "", "")?,
                )),)*
                $(Old::$lost(_) => Err($crate::convert::no_root(&this, stringify!($to))),)*
            }
        }}
    };
    ($error:tt enumeration [$old:path] [$new:path] $to:ident {} [] [] [] []) => {
        $crate::__converts! { $error [$old] [$new] this {
            $crate::__value! { $error (this.as_str()) [$old] [$new] $to }
        }}
    };
}

/// Expands to the conversion of a value of an enumeration.
#[doc(hidden)]
#[macro_export]
macro_rules! __value {
    ((::core::convert::Infallible) ($value:expr) [$old:path] [$new:path] $to:ident) => {
        Ok(<$new>::from($value))
    };
    ($error:tt ($value:expr) [$old:path] [$new:path] $to:ident) => {
        $crate::convert::listed($value, <$old>::VALUES, <$new>::VALUES, stringify!($to)).map(<$new>::from)
    };
}

/// Expands to an implementation of the codec's trait.
#[doc(hidden)]
#[macro_export]
macro_rules! __converts {
    (($($error:tt)*) [$old:path] [$new:path] $this:ident $body:block) => {
        #[automatically_derived]
        impl $crate::convert::Convert<$new> for $old {
            type Error = $($error)*;

            fn convert(self) -> ::core::result::Result<$new, $($error)*> {
                #[allow(dead_code)]
                type Old = $old; // a path from a macro cannot stand before fields or variants
                #[allow(dead_code)]
                type New = $new;
                let $this = self;
                $body
            }
        }
    };
}
