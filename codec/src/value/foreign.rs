//! Implements [`Value`] for types of other crates that settings can map a built-in type to, such as
//! `"xs:decimal" = "::rust_decimal::Decimal"`. The conversions are in `jiff_types`, `lexical` and `integer`;
//! they are exact or fail.

use super::{TextMatch, Value, builtin_facts};
use crate::error::Result;
use crate::tables::FieldInfo;
use crate::write::Writer;

/// Implements `Value` for a type of another crate through the type of this crate that can hold every literal. A
/// literal that the other type cannot hold exactly is rejected, not rounded.
#[allow(unused_macros, reason = "features decide which there are")]
macro_rules! foreign {
    ($($(#[$meta:meta])* $Type:ty: $builtin:ident by $Ours:ty;)*) => {$(
        $(#[$meta])*
        impl Value for $Type {
            builtin_facts!($builtin);

            fn empty() -> Self {
                Self::default()
            }

            fn set_text(&mut self, text: &str) -> TextMatch {
                let Ok(literal) = text.parse::<$Ours>() else { return TextMatch::No };
                Self::try_from(&literal).map_or(TextMatch::Inexact, |value| {
                    *self = value;
                    TextMatch::Yes
                })
            }

            fn write(&self, writer: &mut Writer<'_>, _item: &'static FieldInfo) -> Result<()> {
                writer.plain(&<$Ours>::from(self.clone()).to_string())
            }
        }
    )*};
}

foreign! {
    #[cfg(feature = "jiff")] jiff::Timestamp: DateTime by super::DateTime;
    #[cfg(feature = "jiff")] jiff::civil::DateTime: DateTime by super::DateTime;
    #[cfg(feature = "jiff")] jiff::civil::Date: Date by super::Date;
    #[cfg(feature = "jiff")] jiff::civil::Time: Time by super::Time;
    #[cfg(feature = "jiff")] jiff::SignedDuration: Duration by super::Duration;
    #[cfg(feature = "num-bigint")] num_bigint::BigInt: Integer by super::Integer;
    #[cfg(feature = "num-bigint")] num_bigint::BigUint: NonNegativeInteger by super::Integer;
    #[cfg(feature = "rust_decimal")] rust_decimal::Decimal: Decimal by super::Decimal;
}
