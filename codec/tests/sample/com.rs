//! `urn:sample:common`
use super::xmlns;

/// An e-mail address: at most 64 characters.
pub type Email = String;

/// Facets of `com:emailType`.
pub static EMAIL_TYPE: ::xsdgen_codec::SimpleType =
    ::xsdgen_codec::SimpleType::of(::xsdgen_codec::Builtin::String).named("com:emailType").max_length(64);

/// Whose site it is, and who asks.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Security {
    pub web_ex_id: Option<String>,
    pub password: Option<::xsdgen_codec::Secret>,
    pub site_id: Option<i64>,
    pub site_name: Option<String>,
}

impl Security {
    /// With nothing set.
    pub fn new() -> Self {
        ::xsdgen_codec::blank()
    }
}

impl Default for Security {
    fn default() -> Self {
        Self::new()
    }
}

::xsdgen_codec::complex_type! {
    Security = com "securityType";
    sequence {
        web_ex_id: ?(String) = com "webExID", with_web_ex_id;
        password: ?(::xsdgen_codec::Secret) = com "password", with_password;
        site_id: ?(i64) = com "siteID", with_site_id;
        site_name: ?(String) = com "siteName", with_site_name;
    }
}

/// Any order.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Address {
    pub street: Option<String>,
    pub city: String,
    pub zip: Option<String>,
}

impl Address {
    /// With what it must hold; everything else is absent.
    pub fn new(city: impl Into<String>) -> Self {
        Self { city: city.into(), ..::xsdgen_codec::blank() }
    }
}

::xsdgen_codec::complex_type! {
    Address = com "addressType";
    all {
        street: ?(String) = com "street", with_street;
        city: 1(String) = com "city";
        zip: ?(String) = com "zip" in ::xsdgen_codec::SimpleType::of(::xsdgen_codec::Builtin::String).min_length(5).max_length(5), with_zip;
    }
}
