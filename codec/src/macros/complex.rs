//! In: the fields of a complex type, or of a sequence without an element of its own. Out: tables, setters, `Debug`, `Value` and `Xml`.
//! Not done here: the struct itself, which generated code spells out.

/// Implements reading and writing of a struct by one line for each field.
///
/// See the front page for an example. After the header (`RustName = prefix "schemaTypeName";`, with `abstract` behind the name where the type is
/// so) stand, each where needed and in this order: `attributes { }`; one of `sequence { }`, `all { }`, `mixed { }`, `text { }`; `model PARTICLE;`.
#[macro_export]
macro_rules! complex_type {
    (
        $Type:ident = $prefix:ident $name:literal $($abstract:ident)?;
        $(attributes {
            $($af:ident: $ao:tt $at:tt = $ap:ident $an:tt $(default $ad:literal)? $(fixed $ax:literal)? $(in $ae:expr)? $(, $aw:ident)?;)*
        })?
        $(sequence {
            $($sf:ident: $so:tt $st:tt = $sp:ident $sn:tt $(default $sd:literal)? $(fixed $sx:literal)? $(in $se:expr)? $(, $sw:ident)?;)*
        })?
        $(all {
            $($lf:ident: $lo:tt $lt:tt = $lp:ident $ln:tt $(default $ld:literal)? $(fixed $lx:literal)? $(in $le:expr)? $(, $lw:ident)?;)*
        })?
        $(mixed {
            $mf:ident: $mo:tt $mt:tt = $mp:ident $mn:tt $(, $mw:ident)?;
        })?
        $(text {
            $tf:ident: $to:tt $tt:tt $(default $td:literal)? $(fixed $tx:literal)? $(in $te:expr)?;
        })?
        $(model $model:expr;)?
    ) => {
        impl $Type {
            $($($($crate::__setter!($ao $at $af $aw);)?)*)?
            $($($($crate::__setter!($so $st $sf $sw);)?)*)?
            $($($($crate::__setter!($lo $lt $lf $lw);)?)*)?
            $($($crate::__setter!($mo $mt $mf $mw);)?)?
        }

        const _: () = {
            $(
                // The expression spells `Particle` bare.
                static MODEL: $crate::Particle = {
                    use $crate::Particle;
                    $model
                };
            )?
            static SHAPE: $crate::Shape = $crate::Shape::new(
                &xmlns::SCHEMA,
                $crate::__content!($(sequence $($sf)*)? $(all $($lf)*)? $(mixed $mf)? $(text $tf)?),
                &[concat!(
                    stringify!($prefix), "\u{1f}", $name, "\u{1e}",
                    $($("attribute\u{1f}", stringify!($af), "\u{1f}", stringify!($ao), "\u{1f}", stringify!($ap), "\u{1f}", stringify!($an), $("\u{1f}default\u{1f}", $ad,)? $("\u{1f}fixed\u{1f}", $ax,)? "\u{1e}",)*)?
                    $($("element\u{1f}", stringify!($sf), "\u{1f}", stringify!($so), "\u{1f}", stringify!($sp), "\u{1f}", stringify!($sn), $("\u{1f}default\u{1f}", $sd,)? $("\u{1f}fixed\u{1f}", $sx,)? "\u{1e}",)*)?
                    $($("element\u{1f}", stringify!($lf), "\u{1f}", stringify!($lo), "\u{1f}", stringify!($lp), "\u{1f}", stringify!($ln), $("\u{1f}default\u{1f}", $ld,)? $("\u{1f}fixed\u{1f}", $lx,)? "\u{1e}",)*)?
                    $("element\u{1f}", stringify!($mf), "\u{1f}", stringify!($mo), "\u{1f}", stringify!($mp), "\u{1f}", stringify!($mn), "\u{1e}",)?
                    $("text\u{1f}", stringify!($tf), "\u{1f}", stringify!($to), "\u{1f}none\u{1f}", $("\u{1f}default\u{1f}", $td,)? $("\u{1f}fixed\u{1f}", $tx,)? "\u{1e}",)?
                )],
                &[
                    $($($((stringify!($af), Some(&$ae)),)?)*)?
                    $($($((stringify!($sf), Some(&$se)),)?)*)?
                    $($($((stringify!($lf), Some(&$le)),)?)*)?
                    $($((stringify!($tf), Some(&$te)),)?)?
                ],
                $crate::__model!($($model)?),
                $crate::Probe::Value($crate::probe::<$Type>),
                ::core::mem::size_of::<$Type>(),
            )
            .abstract_type($crate::__is_abstract!($($abstract)?));

            impl ::core::fmt::Debug for $Type {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    $crate::debug(self, stringify!($Type), &SHAPE, f)
                }
            }

            impl $crate::Value for $Type {
                #[inline(never)]
                fn blank() -> Self {
                    Self {
                        $($($af: $crate::__blank!($ao),)*)?
                        $($($sf: $crate::__blank!($so),)*)?
                        $($($lf: $crate::__blank!($lo),)*)?
                        $($mf: $crate::__blank!($mo),)?
                        $($tf: $crate::__blank!($to),)?
                    }
                }

                #[inline]
                fn facts() -> $crate::Facts {
                    $crate::Facts { kind: $crate::Kind::STRUCT, shape: Some(&SHAPE), simple: None }
                }

                #[inline(never)]
                fn read(
                    &mut self,
                    reader: &mut $crate::Reader<'_>,
                    _: &'static $crate::Item,
                    tag: &$crate::Tag,
                    _: Option<&mut $crate::Seen>,
                ) -> $crate::Result<()> {
                    reader.record(&SHAPE, tag, $crate::__slots!(mut $Type self $($($af)*)? $($($sf)*)? $($($lf)*)? $($mf)? $($tf)?))
                }

                #[inline(never)]
                fn write(&self, writer: &mut $crate::Writer<'_>, item: &'static $crate::Item) -> $crate::Result<()> {
                    writer.record(item, &SHAPE, $crate::__slots!(ref $Type self $($($af)*)? $($($sf)*)? $($($lf)*)? $($mf)? $($tf)?))
                }
            }

            impl $crate::Xml for $Type {}
        };
    };
}

/// The fields of a structure as slots, in order. A list of more than 32 is on the heap, and what makes it a function of its own: elements within
/// elements are read by functions that call each other, and the list would be in the frame of each of them.
#[doc(hidden)]
#[macro_export]
macro_rules! __slots {
    (
        $kind:ident $Type:ident $this:ident
        $f0:ident $f1:ident $f2:ident $f3:ident $f4:ident $f5:ident $f6:ident $f7:ident $f8:ident $f9:ident $f10:ident
        $f11:ident $f12:ident $f13:ident $f14:ident $f15:ident $f16:ident $f17:ident $f18:ident $f19:ident $f20:ident $f21:ident
        $f22:ident $f23:ident $f24:ident $f25:ident $f26:ident $f27:ident $f28:ident $f29:ident $f30:ident $f31:ident $f32:ident
        $($rest:ident)*
    ) => {
        $crate::__slots!(@many $kind $Type $this
            $f0 $f1 $f2 $f3 $f4 $f5 $f6 $f7 $f8 $f9 $f10
            $f11 $f12 $f13 $f14 $f15 $f16 $f17 $f18 $f19 $f20 $f21
            $f22 $f23 $f24 $f25 $f26 $f27 $f28 $f29 $f30 $f31 $f32
            $($rest)*
        )
    };
    (@many mut $Type:ident $this:ident $($field:ident)*) => {
        &mut *{
            #[inline(never)]
            fn slots(this: &mut $Type) -> Box<[&mut dyn $crate::Slot]> {
                Box::new([$(&mut this.$field as &mut dyn $crate::Slot),*])
            }
            slots
        }($this)
    };
    (@many ref $Type:ident $this:ident $($field:ident)*) => {
        &*{
            #[inline(never)]
            fn slots(this: &$Type) -> Box<[&dyn $crate::Slot]> {
                Box::new([$(&this.$field as &dyn $crate::Slot),*])
            }
            slots
        }($this)
    };
    (mut $Type:ident $this:ident $($field:ident)*) => {
        &mut [$(&mut $this.$field,)*]
    };
    (ref $Type:ident $this:ident $($field:ident)*) => {
        &[$(&$this.$field,)*]
    };
}

/// A slot of which nothing is said.
#[doc(hidden)]
#[macro_export]
macro_rules! __blank {
    (?) => {
        None
    };
    ($occ:tt) => {
        $crate::Slot::blank()
    };
}

/// Whether a complex type is abstract.
#[doc(hidden)]
#[macro_export]
macro_rules! __is_abstract {
    () => {
        false
    };
    (abstract) => {
        true
    };
}

/// What a complex type holds.
#[doc(hidden)]
#[macro_export]
macro_rules! __content {
    () => {
        $crate::Content::Empty
    };
    (sequence $($rest:ident)*) => {
        $crate::Content::Sequence
    };
    (all $($rest:ident)*) => {
        $crate::Content::All
    };
    (mixed $field:ident) => {
        $crate::Content::Mixed
    };
    (text $field:ident) => {
        $crate::Content::Text
    };
}

/// Whether there is a content model besides the list of fields.
#[doc(hidden)]
#[macro_export]
macro_rules! __model {
    () => {
        None
    };
    ($model:expr) => {
        Some(&MODEL)
    };
}

/// Implements reading and writing of a struct that stands for a sequence within a content model, without an element of its own.
///
/// `RustName;` and then one line for each field, as in [`complex_type!`](crate::complex_type).
#[macro_export]
macro_rules! group {
    (
        $Type:ident;
        $($sf:ident: $so:tt $st:tt = $sp:ident $sn:tt $(default $sd:literal)? $(fixed $sx:literal)? $(in $se:expr)? $(, $sw:ident)?;)*
    ) => {
        impl $Type {
            $($($crate::__setter!($so $st $sf $sw);)?)*
        }

        const _: () = {
            static SHAPE: $crate::Shape = $crate::Shape::new(
                &xmlns::SCHEMA,
                $crate::Content::Sequence,
                &[concat!("none\u{1f}", stringify!($Type), "\u{1e}", $("element\u{1f}", stringify!($sf), "\u{1f}", stringify!($so), "\u{1f}", stringify!($sp), "\u{1f}", stringify!($sn), $("\u{1f}default\u{1f}", $sd,)? $("\u{1f}fixed\u{1f}", $sx,)? "\u{1e}",)*)],
                &[$($((stringify!($sf), Some(&$se)),)?)*],
                None,
                $crate::Probe::Value($crate::probe::<$Type>),
                ::core::mem::size_of::<$Type>(),
            );

            impl ::core::fmt::Debug for $Type {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    $crate::debug(self, stringify!($Type), &SHAPE, f)
                }
            }

            impl $crate::Value for $Type {
                #[inline(never)]
                fn blank() -> Self {
                    Self { $($sf: $crate::__blank!($so),)* }
                }

                #[inline]
                fn facts() -> $crate::Facts {
                    $crate::Facts { kind: $crate::Kind::GROUP, shape: Some(&SHAPE), simple: None }
                }

                #[inline(never)]
                fn read(
                    &mut self,
                    reader: &mut $crate::Reader<'_>,
                    _: &'static $crate::Item,
                    tag: &$crate::Tag,
                    seen: Option<&mut $crate::Seen>,
                ) -> $crate::Result<()> {
                    reader.members(&SHAPE, tag, seen, $crate::__slots!(mut $Type self $($sf)*))
                }

                #[inline(never)]
                fn write(&self, writer: &mut $crate::Writer<'_>, _: &'static $crate::Item) -> $crate::Result<()> {
                    writer.members(&SHAPE, $crate::__slots!(ref $Type self $($sf)*))
                }
            }
        };
    };
}
