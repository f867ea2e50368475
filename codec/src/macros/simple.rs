//! In: namespaces; the values of an enumeration. Out: the schema set; conversions and `Value` of the enumeration.
//! Not done here: facets, which are constants of their own (`SimpleType`).

/// Lists the namespaces of a schema set with the prefixes that are written, in a module named `xmlns`.
#[macro_export]
macro_rules! schema {
    (trim_text = $trim:literal $(, undeclared_prefixes = $undeclared:literal)? $(, rules = $rules:path)?; $($prefix:ident = $uri:literal;)*) => {
        static NAMESPACES: [$crate::Namespace; <[&str]>::len(&[$($uri),*])] =
            $crate::numbered([$($crate::Namespace::new(stringify!($prefix), $uri)),*]);

        /// The schema set: its namespaces, in order.
        pub static SCHEMA: $crate::Schema =
            $crate::Schema::new(&NAMESPACES, $trim)$(.with_undeclared_prefixes($undeclared))?$(.with_rules(&$rules))?;
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

        impl From<String> for $Type {
            #[inline]
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::str::FromStr for $Type {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> Result<Self, ::core::convert::Infallible> {
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
            enum __Named { $($V,)* }

            static ENUMERATION: $crate::Enumeration = $crate::Enumeration::new(concat!(stringify!($prefix), ":", $name), $Type::VALUES);

            impl From<&str> for $Type {
                fn from(value: &str) -> Self {
                    match ENUMERATION.find(value) {
                        $(index if index == __Named::$V as usize => Self::$V,)*
                        _ => Self::Other($crate::owned(value)),
                    }
                }
            }

            impl $crate::Value for $Type {
                #[inline(never)]
                fn blank() -> Self {
                    Self::Other(String::new())
                }

                #[inline]
                fn facts() -> $crate::Facts {
                    $crate::Facts { kind: $crate::Kind::LEAF, shape: None, simple: Some(ENUMERATION.simple()) }
                }

                fn set_text(&mut self, text: &str) -> $crate::Fit {
                    *self = Self::from(text);
                    match self {
                        Self::Other(other) => $crate::Fit::of_unlisted(other),
                        _ => $crate::Fit::Yes,
                    }
                }

                fn write(&self, writer: &mut $crate::Writer<'_>, _: &'static $crate::Item) -> $crate::Result<()> {
                    match self {
                        Self::Other(value) => writer.unlisted(&ENUMERATION, value),
                        _ => writer.text(self.as_str()),
                    }
                }
            }
        };
    };
}
