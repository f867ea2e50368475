//! Converts between Rust values and XML. `traits` is the contract with the reader and the writer; `slot` implements it for
//! the fields that hold values, the other modules for the values themselves.

mod binary;
mod flatten;
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
mod own;
mod qname;
mod rules;
mod slot;
mod text;
mod traits;
mod union;
mod wrapper;
mod xsi_type;

pub use binary::{Base64Binary, HexBinary};
pub use flatten::{Flatten, Slots, flat, flat_mut};
pub use integer::Integer;
pub use lexical::{Date, DateTime, Decimal, Duration, GDay, GMonth, GMonthDay, GYear, GYearMonth, Time};
pub use list::List;
pub use nillable::{MaybeNil, Nillable};
pub use own::{TextValue, own_refusal};
pub use qname::QName;
pub use text::set_formed;
pub(crate) use traits::RESOLVED;
use traits::builtin_facts;
pub use traits::{Slot, TextMatch, Value, Variants, VisitSlots, Which, empty, empty_variant, owned};
pub use union::{UnionText, union_kind};
pub use wrapper::{ListField, Wrapper, WrapperSlot, wrapper, wrapper_mut};
pub use xsi_type::{XsiBox, XsiHolder, XsiTyped};
