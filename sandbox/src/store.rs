//! In: the changes of a site. Out: the same in a file, so that the site outlives its process.
//! Without the feature `sqlite` there is no store.
//! Not here: what changes.

#[cfg(feature = "sqlite")]
mod sqlite;

#[cfg(feature = "sqlite")]
pub(crate) use sqlite::Store;
#[cfg(feature = "sqlite")]
pub use sqlite::StoreError;

/// No store: the feature `sqlite` is off.
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
