//! `urn:sample:common`
use super::xmlns;
use xsdgen_codec::Xml;

/// An e-mail address with at most 64 characters.
pub type Email = String;

/// Facets of `com:emailType`.
pub static EMAIL_TYPE: ::xsdgen_codec::SimpleType =
    ::xsdgen_codec::SimpleType::of(::xsdgen_codec::Builtin::String).named("com:emailType").max_length(64);

/// Identifies the site and the caller.
#[derive(Clone, PartialEq, Xml)]
#[xml(com, "securityType")]
#[non_exhaustive]
pub struct Security {
    #[xml("webExID")]
    pub web_ex_id: Option<String>,
    #[xml("password")]
    pub password: Option<::xsdgen_codec::Secret>,
    #[xml("siteID")]
    pub site_id: Option<i64>,
    #[xml("siteName")]
    pub site_name: Option<String>,
}

impl Default for Security {
    fn default() -> Self {
        Self::new()
    }
}

/// An address, whose elements may have any order.
#[derive(Clone, PartialEq, Xml)]
#[xml(com, "addressType", all)]
#[non_exhaustive]
pub struct Address {
    #[xml("street")]
    pub street: Option<String>,
    #[xml("city")]
    pub city: String,
    #[xml("zip", facets = ::xsdgen_codec::SimpleType::of(::xsdgen_codec::Builtin::String).min_length(5).max_length(5))]
    pub zip: Option<String>,
}
