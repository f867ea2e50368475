//! In: the fields of a complex type, or of a sequence without an element of its own. Out: tables, setters, `Value` and `Xml`.
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
                (xmlns::SCHEMA.number(stringify!($prefix)), $name),
                &[$($($crate::__item!(attribute $ao $at $ap $an [$($ad)?] [$($ax)?] [$($ae)?]),)*)?],
                (
                    $crate::__content!($(sequence $($sf)*)? $(all $($lf)*)? $(mixed $mf)? $(text $tf)?),
                    &[
                        $($($crate::__item!(element $so $st $sp $sn [$($sd)?] [$($sx)?] [$($se)?]),)*)?
                        $($($crate::__item!(element $lo $lt $lp $ln [$($ld)?] [$($lx)?] [$($le)?]),)*)?
                        $($crate::__item!(element $mo $mt $mp $mn [] [] []),)?
                        $($crate::__item!(text $to $tt none "" [$($td)?] [$($tx)?] [$($te)?]),)?
                    ],
                ),
                $crate::__model!($($model)?),
            );

            impl $crate::Value for $Type {
                const KIND: $crate::Kind = $crate::Kind::STRUCT;

                fn blank() -> Self {
                    Self {
                        $($($af: $crate::Slot::blank(),)*)?
                        $($($sf: $crate::Slot::blank(),)*)?
                        $($($lf: $crate::Slot::blank(),)*)?
                        $($mf: $crate::Slot::blank(),)?
                        $($tf: $crate::Slot::blank(),)?
                    }
                }

                fn facts() -> $crate::Facts {
                    $crate::Facts { shape: Some(&SHAPE), simple: None }
                }

                fn read(&mut self, reader: &mut $crate::Reader<'_>, _: &'static $crate::Item, tag: $crate::Tag) -> $crate::Result<()> {
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

            impl $crate::Xml for $Type {
                const NAMESPACE: &'static str = xmlns::SCHEMA.uri_of(stringify!($prefix));
                const TYPE_NAME: &'static str = $name;
            }
        };
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
                (0, stringify!($Type)),
                &[],
                (
                    $crate::Content::Sequence,
                    &[$($crate::__item!(element $so $st $sp $sn [$($sd)?] [$($sx)?] [$($se)?]),)*],
                ),
                None,
            );

            impl $crate::Value for $Type {
                const KIND: $crate::Kind = $crate::Kind::GROUP;

                fn blank() -> Self {
                    Self { $($sf: $crate::Slot::blank(),)* }
                }

                fn facts() -> $crate::Facts {
                    $crate::Facts { shape: Some(&SHAPE), simple: None }
                }

                fn read_group(&mut self, reader: &mut $crate::Reader<'_>, tag: $crate::Tag, seen: &mut $crate::Seen) -> $crate::Result<()> {
                    reader.members(&SHAPE, tag, seen, &mut [$(&mut self.$sf,)*])
                }

                fn write(&self, writer: &mut $crate::Writer<'_>, _: &'static $crate::Item) -> $crate::Result<()> {
                    writer.members(&SHAPE, &[$(&self.$sf,)*])
                }
            }
        };
    };
}
