//! Defines [`Secret`], a text that must not be shown. The document that contained it is the caller's
//! responsibility. `parameters` masks secrets that are part of a text, and `layers` undoes its escaping.

mod layers;
mod parameters;

use std::fmt;

pub use self::parameters::{mask_found, mask_parameters, may_be_secret, parameter_values};

use zeroize::Zeroize as _;

/// The text that replaces a masked secret.
pub(crate) const MASK: &str = "******";

/// A text that is not shown: `Debug` prints `Secret(******)`, there is no `Display`, and the memory is cleared
/// on drop.
///
/// # Example
/// ```
/// use xsdgen_codec::Secret;
/// let password = Secret::from("hunter2");
/// assert_eq!(format!("{password:?}"), "Secret(******)");
/// assert_eq!(password.expose(), "hunter2");
/// ```
#[derive(Clone, Default, Eq)]
pub struct Secret(String);

impl Secret {
    /// Returns the text.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Returns whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl PartialEq for Secret {
    /// Compares all bytes, even after a difference, so that the time reveals only the length.
    fn eq(&self, other: &Self) -> bool {
        let (one, other) = (self.0.as_bytes(), other.0.as_bytes());
        one.len() == other.len() && one.iter().zip(other).fold(0, |difference, (one, other)| difference | (one ^ other)) == 0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(******)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}
