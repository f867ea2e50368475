//! In: literals of octets. Out: [`HexBinary`] and [`Base64Binary`], and back in canonical form (XML Schema Part 2, sections 3.2.15 and 3.2.16).
//! Not done here: facets, which are checked on the literal.

use std::ops::{Deref, DerefMut};

use xsdgen_datatypes::value;

use super::{Fit, Value, builtin_facts};
use crate::error::Result;
use crate::simple::{Builtin, WhiteSpace, normalize};
use crate::write::Writer;

macro_rules! binary {
    ($($(#[$doc:meta])* $Type:ident $spell:ident;)*) => {$(
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

            fn blank() -> Self {
                Self::default()
            }

            fn set_text(&mut self, text: &str) -> Fit {
                let text = normalize(text, WhiteSpace::Collapse);
                match value::parse(Builtin::$Type, &text, &|_| None) {
                    Some(value::Value::Binary(_, octets)) => {
                        self.0 = octets;
                        Fit::Yes
                    }
                    _ => Fit::No,
                }
            }

            fn put(&self, writer: &mut Writer<'_>) -> Result<()> {
                writer.plain(&$spell(&self.0))
            }
        }
    )*};
}

binary! {
    /// Octets that are written as two hexadecimal digits each.
    HexBinary hex;
    /// Octets that are written in Base64 (RFC 2045).
    Base64Binary base64;
}

fn hex(octets: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or('0').to_ascii_uppercase();
    octets.iter().flat_map(|octet| [digit(octet >> 4), digit(octet & 15)]).collect()
}

fn base64(octets: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(octets.len().div_ceil(3) * 4);
    for group in octets.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, at| bits << 8 | u32::from(group.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let digit = DIGITS.get((bits >> (18 - 6 * at) & 63) as usize).copied().unwrap_or(b'A');
            out.push(if at <= group.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{base64, hex};

    #[test]
    fn octets_are_spelled_canonically() {
        assert_eq!(hex(&[0, 0x1f, 0xff]), "001FFF");
        for (octets, text) in [(&b""[..], ""), (b"f", "Zg=="), (b"fo", "Zm8="), (b"foo", "Zm9v"), (b"foobar", "Zm9vYmFy")] {
            assert_eq!(base64(octets), text); // RFC 4648, section 10
        }
    }
}
