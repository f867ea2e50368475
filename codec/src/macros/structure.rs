//! Defines the macro that the derive calls for each struct.

/// Expands to the code that is the same for every struct, around the parts that the derive lists.
///
/// A macro is cheaper to compile than the same tokens from the derive, which is not optimized in a development build.
#[doc(hidden)]
#[macro_export]
macro_rules! structure {
    (
        $ty:ident $name:literal $kind:ident $($xml:ident $($json:ident)?)? ($namespace:ident $local:literal $content:ident $($calls:tt)*)
        $($($new_doc:literal)* new $($required:ident $fill:ident [$($parameter:tt)*])*)?;
        $($($doc:literal)* $with:ident $set:ident $field:ident [$($value:tt)*])*;
        $fields:tt
        $blank:tt
        $([$($slot:ident)*])?
        $({$($methods:tt)*})?;
        $(docs $docs:tt)?;
        $($operation:tt)*
    ) => {
        impl $ty {
            $(
                $(#[doc = $new_doc])*
                #[must_use]
                #[allow(clippy::new_without_default, clippy::too_many_arguments)]
                pub fn new($($required: $($parameter)*),*) -> Self {
                    let mut value: Self = $crate::Value::empty();
                    $($crate::$fill(&mut value.$required, $required);)*
                    value
                }
            )?

            $(
                $(#[doc = $doc])*
                #[must_use]
                pub fn $with(mut self, value: $($value)*) -> Self {
                    $crate::$set(&mut self.$field, value);
                    self
                }
            )*
        }

        const _: () = {
            use $crate as __codec;

            static TABLE: __codec::TypeCell =
                __codec::TypeCell::of::<$ty>(xmlns::Set::schema, (xmlns::$namespace, $local), __codec::Content::$content) $($calls)*;

            impl __codec::Fields for $ty {
                const FIELDS: &'static [__codec::FieldDef] = &$fields;
                $(const DOCS: __codec::Docs = $docs;)?
            }

            #[automatically_derived]
            impl ::core::fmt::Debug for $ty {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    __codec::debug(self, $name, f)
                }
            }

            #[automatically_derived]
            impl __codec::Value for $ty {
                #[inline(never)]
                fn empty() -> Self {
                    Self $blank
                }

                #[inline]
                fn info() -> __codec::ValueInfo {
                    __codec::ValueInfo::described(__codec::ValueFlags::$kind, &TABLE)
                }

                $(
                    fn slots(&self, visitor: &mut dyn __codec::VisitSlots) {
                        visitor.visit(&TABLE, &[$(&self.$slot),*]);
                    }

                    #[inline(never)]
                    fn read(
                        &mut self,
                        reader: &mut __codec::Reader<'_>,
                        _: &'static __codec::FieldInfo,
                        tag: &__codec::Tag,
                        _: Option<&mut __codec::Seen>,
                    ) -> __codec::Result<()> {
                        reader.structure(&TABLE, tag, &mut [$(&mut self.$slot),*])
                    }

                    #[inline(never)]
                    fn write(&self, writer: &mut __codec::Writer<'_>, item: &'static __codec::FieldInfo) -> __codec::Result<()> {
                        writer.structure(&TABLE, item, &[$(&self.$slot),*])
                    }
                )?
                $($($methods)*)?
            }

            $(#[automatically_derived] impl __codec::$xml for $ty {} $($crate::$json!($ty);)?)?
            $($operation)*
        };
    };
}
