//! In: the root elements; the operations. Out: reading and writing whole documents; what is known of each operation.
//! Not done here: types.

/// Implements reading and writing of an enum over the root elements of a schema set: `RustName;`, then one line for each root element,
/// `Variant: T = prefix "name";`, with `, from U` at its end where `From<U>` is wanted (`U` being the type that `T` is or boxes).
#[macro_export]
macro_rules! document {
    (
        $Type:ident;
        $(
            $(#[$meta:meta])*
            $V:ident: $t:ty = $p:ident $n:tt $(default $default:literal)? $(fixed $fixed:literal)? $(in $simple:expr)? $(, from $from:ty)?;
        )*
    ) => {
        impl $Type {
            /// Reads a document tolerantly: leaves out what the schema does not have there and optional values that are not of their types,
            /// without saying so.
            ///
            /// `from_xml_noted` says what was left out, `from_xml_strict` refuses it.
            ///
            /// # Errors
            /// A document that is not well-formed; a root element that the schema set does not have; a required value that is not of its type.
            pub fn from_xml(xml: &[u8]) -> $crate::Result<Self> {
                Ok(Self::from_xml_noted(xml)?.value)
            }

            /// Reads a document tolerantly, and gives a note of each departure from the schema: with its place, and the text of a value that was
            /// left out.
            ///
            /// # Errors
            /// As `from_xml`.
            pub fn from_xml_noted(xml: &[u8]) -> $crate::Result<$crate::Reading<Self>> {
                Self::read(xml, &$crate::ReadOptions::tolerant())
            }

            /// Reads a document strictly.
            ///
            /// # Errors
            /// What is not well-formed; what the schema does not have so.
            pub fn from_xml_strict(xml: &[u8]) -> $crate::Result<Self> {
                Ok(Self::read(xml, &$crate::ReadOptions::strict())?.value)
            }

            /// Reads a document by these options, and gives the notes too.
            ///
            /// # Errors
            /// As `from_xml` or `from_xml_strict`, by the options.
            pub fn read(xml: &[u8], options: &$crate::ReadOptions) -> $crate::Result<$crate::Reading<Self>> {
                $crate::read_document(xml, options, &xmlns::SCHEMA)
            }

            /// Writes it as a document.
            ///
            /// # Errors
            /// What strict reading would refuse, as [`Self::validate`] says; what cannot be written at all.
            pub fn to_xml(&self) -> $crate::Result<String> {
                self.to_xml_with(&$crate::WriteOptions::default())
            }

            /// Writes it as told.
            ///
            /// # Errors
            /// As [`Self::to_xml`], unless the options say otherwise.
            pub fn to_xml_with(&self, options: &$crate::WriteOptions) -> $crate::Result<String> {
                $crate::write_document(self, &xmlns::SCHEMA, options)
            }

            /// Whether strict reading takes the document that would be written; nothing is.
            ///
            /// # Errors
            /// The first place where the document is not as the schema says: what is missing or wrong there, and what was expected.
            pub fn validate(&self) -> $crate::Result<()> {
                $crate::validate_document(self, &xmlns::SCHEMA)
            }

            /// Writes it as a document to a writer.
            ///
            /// # Errors
            /// What cannot be written; those of the writer.
            pub fn write_xml(&self, writer: impl ::std::io::Write) -> $crate::Result<()> {
                self.write_xml_with(writer, &$crate::WriteOptions::default())
            }

            /// Writes it as told to a writer.
            ///
            /// # Errors
            /// What cannot be written; those of the writer.
            pub fn write_xml_with(&self, mut writer: impl ::std::io::Write, options: &$crate::WriteOptions) -> $crate::Result<()> {
                $crate::send_document(self, &xmlns::SCHEMA, options, &mut writer)
            }
        }

        $($(#[$meta])* $crate::__from!($Type $V $($from)?);)*

        const _: () = {
            #[allow(dead_code)]
            enum __Arm { $($(#[$meta])* $V,)* }

            static ROOTS: $crate::Shape = $crate::Shape::new(
                &xmlns::SCHEMA,
                $crate::Content::Choice,
                &[concat!("none\u{1f}", stringify!($Type), "\u{1e}"), $($(#[$meta])* concat!("element\u{1f}", stringify!($V), "\u{1f}1\u{1f}", stringify!($p), "\u{1f}", stringify!($n), $("\u{1f}default\u{1f}", $default,)? $("\u{1f}fixed\u{1f}", $fixed,)? "\u{1e}"),)*],
                &[$($(#[$meta])* (stringify!($V), $crate::__option!($(&$simple)?)),)*],
                None,
                $crate::Probe::Arms($crate::probe_roots::<$Type>),
                ::core::mem::size_of::<$Type>(),
            );

            impl $crate::Roots for $Type {
                fn shape() -> &'static $crate::Shape {
                    &ROOTS
                }

                fn begin(index: usize) -> Option<Self> {
                    match index {
                        $($(#[$meta])* _ if index == __Arm::$V as usize => $crate::blank_arm(|slot| Some(Self::$V(slot))),)*
                        _ => None,
                    }
                }

                fn active_mut(&mut self) -> (usize, &mut dyn $crate::Slot) {
                    match *self {
                        $($(#[$meta])* Self::$V(ref mut slot) => (__Arm::$V as usize, slot),)*
                    }
                }

                fn active(&self) -> (usize, &dyn $crate::Slot) {
                    match *self {
                        $($(#[$meta])* Self::$V(ref slot) => (__Arm::$V as usize, slot),)*
                    }
                }
            }
        };
    };
}

/// The conversion into a document.
#[doc(hidden)]
#[macro_export]
macro_rules! __from {
    ($Type:ident $V:ident) => {};
    ($Type:ident $V:ident $from:ty) => {
        impl From<$from> for $Type {
            #[inline]
            fn from(value: $from) -> Self {
                Self::$V(value.into())
            }
        }
    };
}

/// Lists operations: `Request => Response, "name", "wire type", safe;` with `safe` only where asking twice does no harm.
#[macro_export]
macro_rules! operations {
    (
        $(#[$doc:meta])*
        $vis:vis static $NAME:ident;
        $($(#[$meta:meta])* $request:ty => $response:ty, $name:literal, $wire:literal $(, $safe:ident)?;)*
    ) => {
        $(#[$doc])*
        $vis static $NAME: &[$crate::OperationInfo] = &[$($(#[$meta])* <$request as $crate::Operation>::INFO,)*];

        $($(#[$meta])* impl $crate::Operation for $request {
            type Response = $response;

            const INFO: $crate::OperationInfo = $crate::OperationInfo {
                name: $name,
                wire_type: $wire,
                safe: $crate::__is_safe!($($safe)?),
                request: <$request as $crate::Value>::facts,
            };
        }

        $(#[$meta])* impl $crate::IntoRequest for $request {
            type Request = Self;

            fn into_request(self) -> Self {
                self
            }
        })*
    };
}

/// Whether an operation is safe.
#[doc(hidden)]
#[macro_export]
macro_rules! __is_safe {
    () => {
        false
    };
    (safe) => {
        true
    };
}
