//! Works on characters and bytes without regard to any schema: searches, decodes, escapes and collects text.

pub(crate) mod buffer;
pub(crate) mod bytes;
pub(crate) mod charset;
pub(crate) mod decode;
pub(crate) mod escape;
pub(crate) mod place;
pub(crate) mod track;
