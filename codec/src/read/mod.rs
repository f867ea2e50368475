//! Reads a decoded text: fills a slot with the value, and collects notes.
//!
//! - `reader`: the state and its primitive operations; `tag`, `scope`: the data that it consists of;
//! - `prolog`, `doctype`: what precedes and follows the root element; `fragment`: elements of a larger document;
//! - `markup`, `attributes`, `names`, `chars`: tags, attributes, namespaces and text;
//! - `record`, `progress`: elements with children; `find`: the item of a child; `group`: choices and repeated sequences; `leaf`: elements
//!   with text;
//! - `cursor`, `fast`: the fast paths for documents in the usual form;
//! - `xsi_type`, `nil`: `xsi:type` and `xsi:nil`; `wildcard`: content that wildcards admit; `keep`, `mend`: XML that is kept or
//!   skipped;
//! - `reuse`: values that are used again; `recycle`: the memory of a reader, which the next one uses again;
//! - `hints`: names in messages; `recover`: collects errors and continues behind them;
//! - `window`, `again`, `carried`: reading window by window, which is suspended and continued;
//! - `model`, `identity`, `declared`: content models, identity constraints and blocked types;
//! - `tokens`: documents without a schema;
//! - `written`: checks of written XML that need the reader.

mod again;
mod attributes;
mod carried;
mod chars;
mod cursor;
mod declared;
mod doctype;
mod fast;
mod find;
mod fragment;
mod group;
mod hints;
mod identity;
mod keep;
mod leaf;
mod markup;
mod mend;
mod model;
mod names;
mod nil;
mod progress;
mod prolog;
mod reader;
mod record;
mod recover;
mod recycle;
mod reuse;
mod scope;
mod subset;
mod tag;
mod tokens;
mod wildcard;
mod window;
mod written;
mod xsi_type;

pub(crate) use self::carried::Carried;
pub(crate) use self::mend::{RawAttribute, raw_attributes};
pub use self::progress::Seen;
pub use self::reader::Reader;
pub(crate) use self::reader::{Globals, ReadRoot};
pub(crate) use self::recycle::Recycled;
pub use self::tag::Tag;
pub(crate) use self::tokens::{Token, TokenAttribute, Tokens, lenient};
