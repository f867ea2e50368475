//! Defines the macro that the derive calls for each struct with a builder.

/// Expands to the builder of a struct, and to the function `builder` that returns it.
///
/// The builder has a type parameter for each required field, which says whether the field is set. It is in a module of its own, so that the names of
/// the builder and of its fields hide no type that the fields name.
#[doc(hidden)]
#[macro_export]
macro_rules! builder {
    (
        $ty:ident $builder:ident $name:literal [$($state:ident)*]
        $($doc:literal)*;
        $($($field_doc:literal)* $method:ident $field:ident $fill:ident [$($parameter:tt)*] $given:ident [$($after:tt)*])*
    ) => {
        const _: () = {
            use $crate as __codec;

            #[allow(missing_docs, missing_debug_implementations, non_camel_case_types, unreachable_pub)]
            pub mod __builder {
                #[doc = concat!("A builder of [`", $name, "`]. Each type parameter says whether a required field is set.")]
                #[must_use = "the builder makes nothing until `build` is called"]
                pub struct $builder<T, $($state),*>(pub(super) T, pub(super) ::core::marker::PhantomData<($($state,)*)>);

                $(pub struct $field;)*
            }

            impl $ty {
                $(#[doc = $doc])*
                pub fn builder() -> __builder::$builder<$ty, $(__codec::Unset<__builder::$field>),*> {
                    __builder::$builder(__codec::Value::empty(), ::core::marker::PhantomData)
                }
            }

            #[allow(non_camel_case_types)]
            impl<$($state),*> __builder::$builder<$ty, $($state),*> {
                $(
                    $(#[doc = $field_doc])*
                    pub fn $method(mut self, value: $($parameter)*) -> __builder::$builder<$ty, $($after)*> {
                        __codec::$fill(&mut self.0.$field, value);
                        __builder::$builder(self.0, ::core::marker::PhantomData)
                    }
                )*

                /// Returns the value. It compiles if all required fields are set.
                #[must_use]
                pub fn build(self) -> $ty
                where
                    $($given: __codec::Given<__builder::$field>,)*
                {
                    self.0
                }
            }
        };
    };
}
