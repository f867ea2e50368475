//! Defines the macros that the derive calls for enumerations.

/// Expands to the code of an enumeration with few values: matches over its variants.
#[doc(hidden)]
#[macro_export]
macro_rules! enumeration {
    ($ty:ident $prefix:literal $local:literal $other:ident $($variant:ident $value:literal $index:literal)*) => {
        $crate::__enumeration! {
            $ty $prefix $local $other [$($value)*]

            impl $ty {
                /// Returns the value as it is written.
                #[must_use]
                #[inline]
                pub fn as_str(&self) -> &str {
                    match self {
                        $(Self::$variant => $value,)*
                        Self::$other(value) => value,
                    }
                }
            }

            #[automatically_derived]
            impl From<&str> for $ty {
                fn from(value: &str) -> Self {
                    match ENUMERATION.find(value) {
                        $($index => Self::$variant,)*
                        _ => Self::$other(__codec::owned(value)),
                    }
                }
            }
        }
    };
}

/// Expands to the code of an enumeration with many values. The compiler needs quadratic time for a match over all of them, and for resolving
/// `Self::Variant`: this code has one function for each part of the variants, and none for all of them. `Debug` and `Clone` are part of it, because
/// their derives match too.
#[doc(hidden)]
#[macro_export]
macro_rules! large_enumeration {
    ($ty:ident $prefix:literal $local:literal $other:ident $part:literal $([$($variant:ident $value:literal $index:literal)*])*) => {
        $crate::__enumeration! {
            $ty $prefix $local $other [$($($value)*)*]

            static NAMES: &[&str] = &[$($(::core::stringify!($variant)),*),*];

            static VARIANTS: __codec::VariantTable<$ty> = __codec::VariantTable::new($part, &[
                $(|index| match index {
                    $($index => Some($ty::$variant),)*
                    _ => None,
                }),*
            ]);

            impl $ty {
                /// Returns the value as it is written.
                #[must_use]
                pub fn as_str(&self) -> &str {
                    match self {
                        Self::$other(value) => value,
                        listed => VARIANTS.find(listed, Self::VALUES),
                    }
                }
            }

            #[automatically_derived]
            impl From<&str> for $ty {
                fn from(value: &str) -> Self {
                    VARIANTS.get(ENUMERATION.find(value)).unwrap_or_else(|| Self::$other(__codec::owned(value)))
                }
            }

            #[automatically_derived]
            impl Clone for $ty {
                fn clone(&self) -> Self {
                    match self {
                        Self::$other(value) => Self::$other(value.clone()),
                        listed => VARIANTS.copy(listed).unwrap_or_else(|| Self::from(listed.as_str())),
                    }
                }
            }

            #[automatically_derived]
            impl ::core::fmt::Debug for $ty {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    match self {
                        Self::$other(value) => f.debug_tuple(::core::stringify!($other)).field(value).finish(),
                        listed => f.write_str(VARIANTS.find(listed, NAMES)),
                    }
                }
            }
        }
    };
}

/// Expands to the code that is the same for every enumeration, and to the given items, which may refer to the static `ENUMERATION` and to this crate
/// as `__codec`.
#[doc(hidden)]
#[macro_export]
macro_rules! __enumeration {
    ($ty:ident $prefix:literal $local:literal $other:ident [$($value:literal)*] $($item:item)*) => {
        impl $ty {
            /// The values that the schema lists.
            pub const VALUES: &'static [&'static str] = &[$($value),*];
        }

        #[automatically_derived]
        impl From<String> for $ty {
            #[inline]
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        #[automatically_derived]
        impl ::core::str::FromStr for $ty {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> Result<Self, ::core::convert::Infallible> {
                Ok(Self::from(value))
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for $ty {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        const _: () = {
            use $crate as __codec;

            static ENUMERATION: __codec::Enumeration = __codec::Enumeration::new(::core::concat!($prefix, ":", $local), $ty::VALUES);

            $($item)*

            #[automatically_derived]
            impl __codec::Value for $ty {
                #[inline(never)]
                fn empty() -> Self {
                    Self::$other(String::new())
                }

                #[inline]
                fn info() -> __codec::ValueInfo {
                    __codec::ValueInfo::leaf(ENUMERATION.simple())
                }

                fn set_text(&mut self, text: &str) -> __codec::TextMatch {
                    *self = Self::from(text);
                    match self {
                        Self::$other(other) => __codec::TextMatch::of_unlisted(other),
                        _ => __codec::TextMatch::Yes,
                    }
                }

                fn write(&self, writer: &mut __codec::Writer<'_>, _: &'static __codec::FieldInfo) -> __codec::Result<()> {
                    match self {
                        Self::$other(value) => writer.unlisted(&ENUMERATION, value),
                        _ => writer.text(self.as_str()),
                    }
                }
            }
        };
    };
}
