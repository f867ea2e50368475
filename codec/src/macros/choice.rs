//! In: the arms of a choice, or the types that may stand in one place. Out: tables, `Value`, conversions.
//! Not done here: the enum itself, which generated code spells out.

/// Implements reading, writing, `Debug`, `Clone` and `PartialEq` of an enum over the arms of a choice: `RustName;`, then one line for each arm; `Text = text;` in mixed
/// content.
///
/// An arm of several declarations with different value constraints, which the place tells apart, has `placed [fixed "a", default "b", none ""]`;
/// `never_nil` behind a value says that the declaration is not nillable where others are.
///
/// A blank value is the text, else the first arm that is not boxed, else the first arm.
#[macro_export]
macro_rules! choice {
    (
        $Type:ident;
        $Text:ident = text;
        $($arms:tt)*
    ) => {
        $crate::__choice!($Type [$Text] $($arms)*);
    };
    (
        $Type:ident;
        $($arms:tt)*
    ) => {
        $crate::__choice!($Type [] $($arms)*);
    };
}

/// See `choice!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __choice {
    (
        $Type:ident [$($Text:ident)?]
        $($(#[$meta:meta])* $V:ident: $o:tt($t:ty) = $p:ident $n:tt $(default $d:literal)? $(fixed $x:literal)?
            $(placed [$($k:ident $v:literal $($never:ident)?),+])? $(in $e:expr)?;)*
    ) => {
        const _: () = {
            #[allow(dead_code)]
            enum __Arm { $($(#[$meta])* $V,)* }

            static SHAPE: $crate::Shape = $crate::Shape::new(
                &xmlns::SCHEMA,
                $crate::Content::Choice,
                &[concat!("none\u{1f}", stringify!($Type), "\u{1e}"), $($(#[$meta])* concat!("element\u{1f}", stringify!($V), "\u{1f}", stringify!($o), "\u{1f}", stringify!($p), "\u{1f}", stringify!($n), $("\u{1f}default\u{1f}", $d,)? $("\u{1f}fixed\u{1f}", $x,)? $("\u{1f}placed", $("\u{1f}", stringify!($k), "\u{1f}", $v, "\u{1f}", $(stringify!($never),)?)+)? "\u{1e}",),)*],
                &[$($(#[$meta])* (stringify!($V), $crate::__option!($(&$e)?)),)*],
                None,
                $crate::Probe::Arms($crate::probe_arms::<$Type>),
                ::core::mem::size_of::<$Type>(),
            );

            $crate::__variants!($Type; $(($Text))? $(($(#[$meta])* $V))*);

            #[automatically_derived]
            impl ::core::fmt::Debug for $Type {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    $(if let Self::$Text(text) = self {
                        return $crate::debug_variant(stringify!($Text), text, f);
                    })?
                    $crate::debug_arm(self, &SHAPE, f)
                }
            }

            impl $crate::Arms for $Type {
                fn begin(&mut self, index: usize) {
                    *self = $crate::Value::blank_arm(index);
                }

                #[inline(never)]
                fn active(&self) -> Option<(usize, &dyn $crate::Slot)> {
                    match self {
                        $(Self::$Text(_) => None,)?
                        $($(#[$meta])* Self::$V(slot) => Some((__Arm::$V as usize, slot)),)*
                    }
                }

                #[inline(never)]
                fn active_mut(&mut self) -> Option<(usize, &mut dyn $crate::Slot)> {
                    match self {
                        $(Self::$Text(_) => None,)?
                        $($(#[$meta])* Self::$V(slot) => Some((__Arm::$V as usize, slot)),)*
                    }
                }
            }

            impl $crate::Value for $Type {
                #[allow(unreachable_code)]
                #[inline(never)]
                fn blank() -> Self {
                    $(return Self::$Text(::core::default::Default::default());)?
                    $($(#[$meta])* if $crate::__is_finite!($o $t) {
                        return $crate::blank_arm(Self::$V);
                    })*
                    $crate::__first!($($(#[$meta])* $crate::blank_arm(Self::$V);)*)
                }

                #[inline(never)]
                fn blank_arm(index: usize) -> Self {
                    match index {
                        $($(#[$meta])* _ if index == __Arm::$V as usize => $crate::blank_arm(Self::$V),)*
                        _ => Self::blank(),
                    }
                }

                #[inline]
                fn facts() -> $crate::Facts {
                    $crate::Facts { kind: $crate::Kind::GROUP, shape: Some(&SHAPE), simple: None }
                }

                $(fn set_text(&mut self, text: &str) -> $crate::Fit {
                    *self = Self::$Text(text.into());
                    $crate::Fit::Yes
                })?

                #[inline(never)]
                fn read(
                    &mut self,
                    reader: &mut $crate::Reader<'_>,
                    _: &'static $crate::Item,
                    tag: &$crate::Tag,
                    seen: Option<&mut $crate::Seen>,
                ) -> $crate::Result<()> {
                    reader.choose(&SHAPE, tag, seen, self)
                }

                #[inline(never)]
                fn write(&self, writer: &mut $crate::Writer<'_>, _: &'static $crate::Item) -> $crate::Result<()> {
                    $(if let Self::$Text(text) = self {
                        return writer.mixed(text);
                    })?
                    writer.arm(&SHAPE, self)
                }
            }
        };
    };
}

/// Whether a blank value of an arm holds no blank value of the choice.
#[doc(hidden)]
#[macro_export]
macro_rules! __is_finite {
    (1 $type:ty) => {
        !<$type as $crate::Value>::facts().kind.is($crate::Kind::BOXED)
    };
    ($occ:tt $type:ty) => {
        true
    };
}

/// The first of these.
#[doc(hidden)]
#[macro_export]
macro_rules! __first {
    ($(#[$meta:meta])* $first:expr; $($rest:tt)*) => {
        $first
    };
}

/// Implements reading, writing, `Debug`, `Clone` and `PartialEq` of an enum over the types that `xsi:type` may name in one place: `RustName;`, then
/// `base Variant: Box<T> = prefix "type";` unless the declared type is abstract, and one line for each type derived from it.
#[macro_export]
macro_rules! polymorphic {
    (
        $Type:ident;
        base $B:ident: $Base:ident<$bt:ty> = $bp:ident $bn:literal;
        $($(#[$meta:meta])* $V:ident: Box<$t:ty> = $p:ident $n:literal $(alias $a:literal)?;)*
    ) => {
        $crate::__polymorphic!($Type $B: ($bt) = $bp $bn [] true; $($(#[$meta])* $V: ($t) = $p $n [$($a)?] false;)*);
    };
    (
        $Type:ident;
        $($(#[$meta:meta])* $V:ident: Box<$t:ty> = $p:ident $n:literal $(alias $a:literal)?;)*
    ) => {
        $crate::__polymorphic!($Type $($(#[$meta])* $V: ($t) = $p $n [$($a)?] false;)*);
    };
}

/// See `polymorphic!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __polymorphic {
    ($Type:ident $($(#[$meta:meta])* $V:ident: ($t:ty) = $p:ident $n:literal [$($a:literal)?] $base:literal;)*) => {
        impl $Type {
            /// The local name of its type in the schema; empty for one that the schema does not know.
            #[must_use]
            #[inline]
            pub fn type_name(&self) -> &str {
                match self {
                    $($(#[$meta])* Self::$V(_) => $n,)*
                    Self::Other(_) => "",
                }
            }
        }

        $($(#[$meta])* impl From<$t> for $Type {
            #[inline]
            fn from(value: $t) -> Self {
                Self::$V(value.into())
            }
        }

        $(#[$meta])* impl TryFrom<$Type> for $t {
            type Error = $Type;

            #[inline]

            fn try_from(value: $Type) -> Result<Self, $Type> {
                match value {
                    $Type::$V(value) => Ok($crate::Told::inner(value)),
                    other => Err(other),
                }
            }
        })*

        const _: () = {
            #[allow(dead_code)]
            enum __Arm { $($(#[$meta])* $V,)* }

            static NAMES: &[$crate::TypeName] = &[$($(#[$meta])* $crate::TypeName {
                namespace: xmlns::SCHEMA.number(stringify!($p)),
                local: $n,
                alias: $crate::__option!($($a)?),
                base: $base,
            },)*];

            $crate::__variants!($Type; $(($(#[$meta])* $V))* (Other));

            #[automatically_derived]
            impl ::core::fmt::Debug for $Type {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    let name = match self {
                        $($(#[$meta])* Self::$V(_) => stringify!($V),)*
                        Self::Other(kept) => return $crate::debug_variant("Other", kept, f),
                    };
                    active(self).map_or(Ok(()), |active| $crate::debug_variant(name, &active.value, f))
                }
            }

            /// Makes a value of the type that the start tag tells. Nothing is left to read of one that is unknown.
            fn begin<'v>(this: &'v mut $Type, reader: &mut $crate::Reader<'_>, tag: &$crate::Tag) -> $crate::Result<Option<&'v mut dyn $crate::Value>> {
                let told = reader.is_told(tag);
                let kind = reader.kind(tag, &xmlns::SCHEMA, NAMES)?;
                *this = match kind {
                    $($(#[$meta])* Some(index) if index == __Arm::$V as usize => $crate::blank_arm($Type::$V),)*
                    _ => $crate::blank_arm($Type::Other),
                };
                match this {
                    $($(#[$meta])* $Type::$V(value) => Ok(Some($crate::Told::tell(value, told))),)*
                    $Type::Other(kept) => reader.keep_into(tag, kept),
                }
            }

            /// What is written of a value, unless its type is unknown.
            fn active(this: &$Type) -> Option<$crate::Active<'_>> {
                match this {
                    $($(#[$meta])* $Type::$V(value) => $crate::Told::active(value, __Arm::$V as usize),)*
                    $Type::Other(_) => None,
                }
            }

            impl $crate::Value for $Type {
                #[inline(never)]
                fn blank() -> Self {
                    Self::Other($crate::Value::blank())
                }

                #[inline]
                fn facts() -> $crate::Facts {
                    $crate::Facts::of($crate::Kind::POLYMORPHIC)
                }

                #[inline(never)]
                fn read(
                    &mut self,
                    reader: &mut $crate::Reader<'_>,
                    item: &'static $crate::Item,
                    tag: &$crate::Tag,
                    seen: Option<&mut $crate::Seen>,
                ) -> $crate::Result<()> {
                    match begin(self, reader, tag)? {
                        Some(value) => value.read(reader, item, tag, seen),
                        None => Ok(()),
                    }
                }

                #[inline(never)]
                fn write(&self, writer: &mut $crate::Writer<'_>, item: &'static $crate::Item) -> $crate::Result<()> {
                    if let Self::Other(kept) = self {
                        return $crate::Value::write(kept, writer, item);
                    }
                    match active(self) {
                        Some(active) => writer.typed(item, &xmlns::SCHEMA, NAMES, &active),
                        None => Ok(()),
                    }
                }
            }
        };
    };
}

/// An option of a literal.
#[doc(hidden)]
#[macro_export]
macro_rules! __option {
    () => {
        None
    };
    ($some:expr) => {
        Some($some)
    };
}
