//! A site that is called without a network. The fuzzer uses it.

use crate::exchange::{App, Posted};

/// A site that is called without a network.
#[derive(Debug)]
#[doc(hidden)]
pub struct Offline(App);

impl Offline {
    pub(crate) fn new(app: App) -> Self {
        Self(app)
    }

    /// Returns the answer to a request with this charset in its header.
    #[must_use]
    pub fn answer(&self, body: &[u8], charset: Option<&str>) -> String {
        self.0.exchange(&Posted { body, charset, own: None }).text
    }
}
