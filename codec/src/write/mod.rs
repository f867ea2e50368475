//! Writes values as XML, driven by the type tables. The output is collected in a buffer and sent to the caller's writer in batches.
//!
//! - `writer`: the state and its primitive operations; `scope`: namespace declarations;
//! - `record`: elements with children; `texts`, `names`: simple values and qualified names; `types`: `xsi:type`, `xsi:nil` and kept XML;
//! - `checks`: rejects what strict reading rejects;
//! - `fragment`: records of a larger document.

mod checks;
mod fragment;
mod names;
mod record;
mod scope;
mod texts;
mod types;
mod writer;

pub(crate) use self::checks::unescaped;
pub(crate) use self::fragment::Carried;
#[cfg(feature = "serde")]
pub(crate) use self::scope::{MOST_REPEATED, MOST_TIMES, too_often};
pub(crate) use self::texts::is_held;
pub use self::types::Active;
pub use self::writer::Writer;
