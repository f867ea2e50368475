//! Converts between Rust values and XML text and elements, through the trait [`Value`]. The fields that hold
//! values are in `slot`; `read` and `write` process documents.

mod binary;
mod enumeration;
#[cfg(any(feature = "jiff", feature = "num-bigint", feature = "rust_decimal"))]
mod foreign;
mod integer;
#[cfg(feature = "jiff")]
mod jiff_types;
mod kept;
mod lexical;
mod list;
mod nillable;
mod number;
mod qname;
mod rules;
mod slot;
mod text;
mod traits;
mod typed;
mod union;

pub use binary::{Base64Binary, HexBinary};
pub use enumeration::Enumeration;
pub use integer::Integer;
pub use lexical::{Date, DateTime, Decimal, Duration, GDay, GMonth, GMonthDay, GYear, GYearMonth, Time};
pub use list::List;
pub use nillable::Nillable;
pub use qname::QName;
pub use text::set_formed;
pub(crate) use traits::Which;
use traits::builtin_facts;
pub use traits::{Look, Slot, TextMatch, Value, Variants, blank, blank_arm, owned};
pub use typed::{Declared, MaybeNil, Told, Typed};
pub(crate) use union::RESOLVED;
pub use union::{UnionText, union_kind};
