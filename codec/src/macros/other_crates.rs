//! Defines the macros that implement traits of the crates schemars, arbitrary and proptest for the types of texts with a certain form.

/// Implements what the features ask for.
#[doc(hidden)]
#[macro_export]
macro_rules! __other_crates {
    ($Type:ident, $form:expr) => {
        $crate::__generate!($Type, $form);
        $crate::__arbitrary!($Type);
        $crate::__proptest!($Type);
        $crate::__json_schema!($Type);
    };
}

/// Implements `Generate`.
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __generate {
    ($Type:ident, $form:expr) => {
        impl $crate::Generate for $Type {
            fn generate(source: &mut dyn $crate::Source) -> Self {
                Self::from($crate::text_of(&$form, source).as_str())
            }
        }
    };
}

/// Implements `Arbitrary` of the crate arbitrary.
#[cfg(feature = "arbitrary")]
#[doc(hidden)]
#[macro_export]
macro_rules! __arbitrary {
    ($Type:ident) => {
        impl<'a> $crate::arbitrary::Arbitrary<'a> for $Type {
            fn arbitrary(data: &mut $crate::arbitrary::Unstructured<'a>) -> $crate::arbitrary::Result<Self> {
                $crate::arbitrary_value(data)
            }
        }
    };
}

/// Implements `Arbitrary` of the crate proptest.
#[cfg(feature = "proptest")]
#[doc(hidden)]
#[macro_export]
macro_rules! __proptest {
    ($Type:ident) => {
        impl $crate::proptest::arbitrary::Arbitrary for $Type {
            type Parameters = ();
            type Strategy = $crate::proptest::strategy::BoxedStrategy<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                $crate::any_value()
            }
        }
    };
}

/// Implements `JsonSchema`.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! __json_schema {
    ($Type:ident) => {
        impl $crate::schemars::JsonSchema for $Type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::core::stringify!($Type).into()
            }

            fn json_schema(_: &mut $crate::schemars::SchemaGenerator) -> $crate::schemars::Schema {
                $crate::schemars::json_schema!({ "type": ["string", "number", "boolean"] })
            }
        }
    };
}

/// Does nothing without the features `arbitrary` and `proptest`.
#[cfg(not(any(feature = "arbitrary", feature = "proptest")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __generate {
    ($Type:ident, $form:expr) => {};
}

/// Does nothing without the feature `arbitrary`.
#[cfg(not(feature = "arbitrary"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __arbitrary {
    ($Type:ident) => {};
}

/// Does nothing without the feature `proptest`.
#[cfg(not(feature = "proptest"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __proptest {
    ($Type:ident) => {};
}

/// Does nothing without the feature `schemars`.
#[cfg(not(feature = "schemars"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __json_schema {
    ($Type:ident) => {};
}
