//! In: the fields of a complex type, or of a sequence without an element of its own. Out: tables, setters, `Debug`, `Value` and `Xml`.
//! Not done here: the struct itself, which generated code spells out.

/// Implements reading and writing of a struct by one line for each field.
///
/// See the front page for an example. After the header (`RustName = prefix "schemaTypeName";`) stand, each where needed and in this order:
/// `attributes { }`; one of `sequence { }`, `all { }`, `mixed { }`, `text { }`; `model PARTICLE;`.
#[macro_export]
macro_rules! complex_type {
    (
        $Type:ident = $prefix:ident $name:literal;
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
            );

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
                    tag: $crate::Tag,
                    _: Option<&mut $crate::Seen>,
                ) -> $crate::Result<()> {
                    reader.record(
                        &SHAPE,
                        tag,
                        &mut [
                            $($(&mut self.$af,)*)?
                            $($(&mut self.$sf,)*)?
                            $($(&mut self.$lf,)*)?
                            $(&mut self.$mf,)?
                            $(&mut self.$tf,)?
                        ],
                    )
                }

                #[inline(never)]
                fn write(&self, writer: &mut $crate::Writer<'_>, item: &'static $crate::Item) -> $crate::Result<()> {
                    writer.record(
                        item,
                        &SHAPE,
                        &[
                            $($(&self.$af,)*)?
                            $($(&self.$sf,)*)?
                            $($(&self.$lf,)*)?
                            $(&self.$mf,)?
                            $(&self.$tf,)?
                        ],
                    )
                }
            }

            impl $crate::Xml for $Type {}
        };
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
                    tag: $crate::Tag,
                    seen: Option<&mut $crate::Seen>,
                ) -> $crate::Result<()> {
                    reader.members(&SHAPE, tag, seen, &mut [$(&mut self.$sf,)*])
                }

                #[inline(never)]
                fn write(&self, writer: &mut $crate::Writer<'_>, _: &'static $crate::Item) -> $crate::Result<()> {
                    writer.members(&SHAPE, &[$(&self.$sf,)*])
                }
            }
        };
    };
}
