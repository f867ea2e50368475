//! Saves the changes of a site to a file, so that the site survives a restart. Without the feature `sqlite` there is no store.

#[cfg(feature = "sqlite")]
mod sqlite;

#[cfg(feature = "sqlite")]
pub(crate) use sqlite::Store;
#[cfg(feature = "sqlite")]
pub use sqlite::StoreError;

/// A type without values that replaces the store when the feature `sqlite` is off.
#[cfg(not(feature = "sqlite"))]
#[derive(Debug)]
pub(crate) enum Store {}

#[cfg(not(feature = "sqlite"))]
impl Store {
    pub(crate) fn save(&mut self, _: &mut crate::site::Site) -> Result<(), std::convert::Infallible> {
        match *self {}
    }

    pub(crate) fn load(&mut self, _: &mut crate::site::Site) -> Result<(), std::convert::Infallible> {
        match *self {}
    }
}
