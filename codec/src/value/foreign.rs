//! In: literals. Out: values of packages that users may put in the place of ours: `"xs:decimal" = "::rust_decimal::Decimal"`.
//! Not done here: the types that are used unless told (`lexical`, `integer`), which lose nothing.

use super::{Fit, Value, builtin_facts};
use crate::error::Result;
use crate::shape::Item;
use crate::simple::trim;
use crate::write::Writer;

/// A type that is parsed and displayed as the literals of a built-in type are.
#[allow(unused_macros, reason = "which features are on is for the user to say")]
macro_rules! foreign {
    ($($(#[$meta:meta])* $Type:ty: $builtin:ident;)*) => {$(
        $(#[$meta])*
        impl Value for $Type {
            builtin_facts!($builtin);

            fn blank() -> Self {
                Self::default()
            }

            fn set_text(&mut self, text: &str) -> Fit {
                let Some(value) = trim(text).parse().ok() else { return Fit::No };
                *self = value;
                Fit::Yes
            }

            fn write(&self, writer: &mut Writer<'_>, _item: &'static Item) -> Result<()> {
                writer.display(format_args!("{self}"))
            }
        }
    )*};
}

foreign! {
    #[cfg(feature = "jiff")] jiff::Timestamp: DateTime;
    #[cfg(feature = "jiff")] jiff::civil::DateTime: DateTime;
    #[cfg(feature = "jiff")] jiff::civil::Date: Date;
    #[cfg(feature = "jiff")] jiff::civil::Time: Time;
    #[cfg(feature = "num-bigint")] num_bigint::BigInt: Integer;
    #[cfg(feature = "num-bigint")] num_bigint::BigUint: NonNegativeInteger;
    #[cfg(feature = "rust_decimal")] rust_decimal::Decimal: Decimal;
}
