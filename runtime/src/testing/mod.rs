//! In: answers made up front, or recorded from a live site. Out: transports that need no network.
//! For tests of programs that use the clients, and for the examples in these docs.
//! Not here: a server that understands requests; that is the crate `webex-xml-sandbox`.

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
