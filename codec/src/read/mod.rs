//! The reader: it parses a decoded text and fills a slot with the value, and it collects notes. Decoding bytes is done in `decode`, and parsing
//! simple values in `value`. The modules are:
//!
//! - `prolog`: the parts of the document before and after the root element; `doctype`: the document type declaration;
//! - `fragment`: an element of a larger document;
//! - `cursor`, `fast`: the fast paths;
//! - `tag`, `attributes`, `names`, `chars`: start and end tags, attributes, namespaces, text;
//! - `record`, `progress`, `seen`: elements with children; `find`: the item of a child; `group`: choices and repeated sequences; `leaf`: elements
//!   with text;
//! - `model`: content models; `wildcard`: content that wildcards admit; `identity`: identity constraints; `kinds`: `xsi:type`;
//! - `keep`: XML that is kept as text; `skip`: elements that are skipped;
//! - `written`: checks of written XML that the writer cannot do alone.

mod attributes;
mod chars;
mod cursor;
mod declared;
mod doctype;
mod fast;
mod find;
mod fragment;
mod group;
mod identity;
mod keep;
mod leaf;
mod markup;
mod model;
mod names;
mod nil;
mod progress;
mod prolog;
mod reader;
mod record;
mod scope;
mod tag;
mod wildcard;
mod written;
mod xsi_type;

pub use self::progress::Seen;
pub(crate) use self::reader::Globals;
pub use self::reader::Reader;
pub use self::tag::Tag;
