//! The type of a site, and the place where a client stores it. What the client does on a Common Identity site is in `common_identity`.

use std::sync::OnceLock;

pub use webex_xml_types::values::SiteType;

/// The site's type, which is set once: by the caller, by asking the site, or from a refusal. The clones of a client share it.
#[derive(Debug, Default)]
pub(crate) struct KnownSiteType {
    known: OnceLock<SiteType>,
    /// Held by the call that asks the site, so that only one call asks.
    pub(crate) asking: async_lock::Mutex<()>,
}

impl KnownSiteType {
    pub(crate) fn told(site_type: SiteType) -> Self {
        let known = Self::default();
        known.learn(site_type);
        known
    }

    pub(crate) fn get(&self) -> Option<SiteType> {
        self.known.get().cloned()
    }

    /// Stores the type unless one is already known, and returns the type that is known.
    pub(crate) fn learn(&self, site_type: SiteType) -> SiteType {
        self.known.get_or_init(|| site_type).clone()
    }
}
