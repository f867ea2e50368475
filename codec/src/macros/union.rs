//! In: an enum over the member types of a union, spelled out by generated code. Out: conversions and `Value`.
//! Not done here: which member a text is of (`simple::active`), facets of the union, which are a constant of their own (`SimpleType`).

/// Implements reading, writing and conversions of an enum over the member types of a union, with a variant `Other(String)` for texts of
/// none: `RustName = FACETS;`, then one line for each member, `Variant: T;`, with `, from` at its end where `From<T>` is wanted. Members that
/// are unions count as their members.
///
/// A text is of the first member that it is a literal of (XML Schema Part 2, section 2.5.1.3).
#[macro_export]
macro_rules! union {
    ($Type:ident = $simple:path; $($V:ident: $t:ty $(, $from:ident)?;)*) => {
        impl From<&str> for $Type {
            /// The first member that it is a literal of, else `Other`.
            fn from(text: &str) -> Self {
                let mut value = <Self as $crate::Value>::blank();
                $crate::Value::set_text(&mut value, text);
                value
            }
        }

        impl From<String> for $Type {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        $($crate::__member_from!($Type $V ($t) $($from)?);)*

        const _: () = {
            #[allow(dead_code)]
            enum __Arm { $($V,)* }

            impl $crate::Value for $Type {
                #[inline(never)]
                fn blank() -> Self {
                    Self::Other(String::new())
                }

                #[inline]
                fn facts() -> $crate::Facts {
                    $crate::Facts { kind: $crate::union_kind(&[$(<$t as $crate::Value>::facts().kind),*]), shape: None, simple: Some(&$simple) }
                }

                fn set_text(&mut self, text: &str) -> $crate::Fit {
                    let texts = $crate::UnionText::new(&$simple, text);
                    match texts.member {
                        $(Some(index) if index == __Arm::$V as usize => {
                            if let Some((value, fit)) = texts.value::<$t>() {
                                *self = Self::$V(value);
                                return fit;
                            }
                        })*
                        _ => {}
                    }
                    let fit = texts.misfit();
                    *self = Self::Other(texts.into_text());
                    fit
                }

                fn write(&self, writer: &mut $crate::Writer<'_>, item: &'static $crate::Item) -> $crate::Result<()> {
                    match self {
                        $(Self::$V(value) => writer.member(&$simple, __Arm::$V as usize, |writer| $crate::Value::write(value, writer, item)),)*
                        Self::Other(text) => writer.no_member(&$simple, text),
                    }
                }
            }
        };
    };
}

/// The conversion of a member into its union.
#[doc(hidden)]
#[macro_export]
macro_rules! __member_from {
    ($Type:ident $V:ident ($t:ty)) => {};
    ($Type:ident $V:ident ($t:ty) from) => {
        impl From<$t> for $Type {
            fn from(value: $t) -> Self {
                Self::$V(value)
            }
        }
    };
}
