//! Transports that need no network and return responses that were prepared or recorded from a live site. They are meant for tests of programs
//! that use the clients, and for the examples in this documentation. A server that understands requests is in the crate
//! `webex-xml-sandbox`.

mod canned;
#[cfg(feature = "recording")]
mod cassette;
#[cfg(feature = "recording")]
mod record;
#[cfg(feature = "recording")]
mod replay;

pub use canned::Canned;
#[cfg(feature = "recording")]
pub use cassette::{Cassette, CassetteError};
#[cfg(feature = "recording")]
pub use record::Recorder;
#[cfg(feature = "recording")]
pub use replay::Replay;
