//! Changes how a document is written without changing what it says: the canonical form, the empty-element form, a default namespace, the
//! encoding, and content that was kept while reading. These changes are passes over a written document, so that the writer pays nothing for
//! them.
//!
//! - `canonical`: the canonical form; `restyle`: default namespace and empty elements;
//! - `kept`: what a value does not hold; `merge`: puts it back; `encode`: the bytes of a document.

mod canonical;
mod encode;
mod kept;
mod merge;
mod restyle;

pub use self::canonical::{Canonical, canonicalize};
pub(crate) use self::encode::encode;
pub use self::kept::Kept;
pub(crate) use self::kept::{Found, Piece};
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::options::WriteOptions;

/// Applies the options that change a written document as a whole.
pub(crate) fn finish(mut xml: String, options: &WriteOptions) -> Result<String> {
    if let Some(name) = &options.encoding
        && !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    {
        return Err(Error::new(ErrorKind::Encoding, format!("{} is not the name of an encoding", excerpt(name))));
    }
    if !options.kept.is_empty() {
        xml = merge::merge(&xml, &options.kept)?;
    }
    if options.unprefixed().is_some() || options.empty_elements != crate::options::EmptyElements::Usual {
        xml = restyle::restyle(&xml, options.unprefixed(), options.empty_elements)?;
    }
    match &options.canonical {
        Some(form) => canonicalize(&xml, form),
        None => Ok(xml),
    }
}
