//! Defines the macro that the derive calls for each enumeration.

/// Expands to the code that is the same for every enumeration, around the variants that the derive lists.
#[doc(hidden)]
#[macro_export]
macro_rules! enumeration {
    ($ty:ident $prefix:literal $local:literal $other:ident $($variant:ident $value:literal $index:literal)*) => {
        impl $ty {
            /// The values that the schema lists.
            pub const VALUES: &'static [&'static str] = &[$($value),*];

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

            #[automatically_derived]
            impl From<&str> for $ty {
                fn from(value: &str) -> Self {
                    match ENUMERATION.find(value) {
                        $($index => Self::$variant,)*
                        _ => Self::$other(__codec::owned(value)),
                    }
                }
            }

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
