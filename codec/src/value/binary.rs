//! Converts between binary literals and [`HexBinary`] and [`Base64Binary`] (XML Schema Part 2, sections 3.2.15
//! and 3.2.16). Values are written in canonical form. Facets are checked on the literal, in another module.

use std::ops::{Deref, DerefMut};

use xsdgen_datatypes::binary::{base64, hex, to_base64, to_hex};

use super::{TextMatch, Value, builtin_facts};
use crate::error::Result;
use crate::simple::{WhiteSpace, normalize};
use crate::tables::FieldInfo;
use crate::write::Writer;

macro_rules! binary {
    ($($(#[$doc:meta])* $Type:ident $read:ident $spell:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $Type(pub Vec<u8>);

        impl Deref for $Type {
            type Target = Vec<u8>;

            fn deref(&self) -> &Vec<u8> {
                &self.0
            }
        }

        impl DerefMut for $Type {
            fn deref_mut(&mut self) -> &mut Vec<u8> {
                &mut self.0
            }
        }

        impl From<Vec<u8>> for $Type {
            fn from(octets: Vec<u8>) -> Self {
                Self(octets)
            }
        }

        impl From<&[u8]> for $Type {
            fn from(octets: &[u8]) -> Self {
                Self(octets.to_vec())
            }
        }

        impl Value for $Type {
            builtin_facts!($Type);

            fn empty() -> Self {
                Self::default()
            }

            fn set_text(&mut self, text: &str) -> TextMatch {
                let text = normalize(text, WhiteSpace::Collapse);
                match $read(&text) {
                    Some(octets) => {
                        self.0 = octets;
                        TextMatch::Yes
                    }
                    None => TextMatch::No,
                }
            }

            fn write(&self, writer: &mut Writer<'_>, _item: &'static FieldInfo) -> Result<()> {
                writer.plain(&$spell(&self.0))
            }
        }
    )*};
}

binary! {
    /// Binary data that is written as two hexadecimal digits per octet.
    HexBinary hex to_hex;
    /// Binary data that is written in Base64 (RFC 2045).
    Base64Binary base64 to_base64;
}
