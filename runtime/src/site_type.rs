//! In: the number that `getSiteType` answers. Out: the type of a site, and what a client keeps of it.
//! Not here: what the client does on a Common Identity site (`common_identity`).

use std::sync::OnceLock;

pub use webex_xml_types::values::SiteType;

/// The site's type, told, asked or learnt once; the clones of a client share it.
#[derive(Debug, Default)]
pub(crate) struct KnownSiteType {
    known: OnceLock<SiteType>,
    /// Held by the one call that asks.
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

    /// What is known first stays.
    pub(crate) fn learn(&self, site_type: SiteType) -> SiteType {
        self.known.get_or_init(|| site_type).clone()
    }
}
