//! In: namespaces; the values of an enumeration. Out: the schema set; conversions and `Value` of the enumeration.
//! Not done here: facets, which are constants of their own (`SimpleType`).

/// Lists the namespaces of a schema set with the prefixes that are written, in a module named `xmlns`.
#[macro_export]
macro_rules! schema {
    (trim_text = $trim:literal $(, rules = $rules:path)?; $($prefix:ident = $uri:literal;)*) => {
        static NAMESPACES: [$crate::Namespace; <[&str]>::len(&[$($uri),*])] =
            $crate::numbered([$($crate::Namespace::new(stringify!($prefix), $uri)),*]);

        /// The schema set: its namespaces, in order.
        pub static SCHEMA: $crate::Schema = $crate::Schema::new(&NAMESPACES, $trim)$(.with_rules(&$rules))?;
    };
    ($($prefix:ident = $uri:literal;)*) => {
        $crate::schema! { trim_text = false; $($prefix = $uri;)* }
    };
}

/// Implements reading, writing and conversions of an enum over the values of an enumeration, with a variant `Other(String)` for
/// values that the schema does not name.
#[macro_export]
macro_rules! enumeration {
    ($Type:ident = $prefix:ident $name:literal; $($V:ident = $value:literal;)*) => {
        impl $Type {
            /// The values that the schema names.
            pub const VALUES: &'static [&'static str] = &[$($value),*];

            /// The value as it is written.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$V => $value,)*
                    Self::Other(value) => value,
                }
            }
        }

        impl From<&str> for $Type {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$V,)*
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl From<String> for $Type {
            #[inline]
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::str::FromStr for $Type {
            type Err = ::core::convert::Infallible;

            #[inline]

            fn from_str(value: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(value))
            }
        }

        impl ::core::fmt::Display for $Type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        const _: () = {
            static SIMPLE: $crate::SimpleType =
                $crate::SimpleType::of($crate::Builtin::String).named(concat!(stringify!($prefix), ":", $name)).enumeration($Type::VALUES);

            impl $crate::Value for $Type {
                const KIND: $crate::Kind = $crate::Kind::LEAF;

                #[inline(never)]
                fn blank() -> Self {
                    Self::Other(String::new())
                }

                #[inline]

                fn facts() -> $crate::Facts {
                    $crate::Facts { shape: None, simple: Some(&SIMPLE) }
                }

                fn set_text(&mut self, text: Option<&str>) -> $crate::Fit {
                    let value = Self::from(text.unwrap_or_default());
                    let fit = match value {
                        Self::Other(ref other) if other.is_empty() => $crate::Fit::No,
                        Self::Other(_) => $crate::Fit::Unlisted,
                        _ => $crate::Fit::Yes,
                    };
                    if fit != $crate::Fit::No {
                        *self = value;
                    }
                    fit
                }

                fn put(&self, writer: &mut $crate::Writer<'_>) -> $crate::Result<()> {
                    match self {
                        Self::Other(value) => writer.unlisted(value),
                        _ => writer.text(self.as_str()),
                    }
                }
            }
        };
    };
}
