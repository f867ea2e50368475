//! Schema documents as text, and changes to them that tests share.

pub(crate) mod documents;
pub(crate) mod neutral;
