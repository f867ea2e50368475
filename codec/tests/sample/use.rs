//! `urn:sample:service/user`
use super::{com, serv, xmlns};
use xsdgen_codec::Xml;

/// Changes a user.
#[derive(Clone, PartialEq, Xml)]
#[xml(use, "setUser")]
#[operation(response = SetUserResponse, wire_type = "java:sample.user.SetUser")]
#[non_exhaustive]
pub struct SetUser {
    #[xml(attribute, "version", default = "1.0")]
    pub version: Option<String>,
    #[xml(attribute, "id")]
    pub id: String,
    #[xml(attribute, com, "lang", default = "en", facets = ::xsdgen_codec::SimpleType::of(::xsdgen_codec::Builtin::Token).max_length(5))]
    pub lang: String,
    #[xml(attribute, any = "##other:urn:sample:service/user", process = lax)]
    pub any: Vec<::xsdgen_codec::AnyAttribute>,
    #[xml("userName")]
    pub user_name: String,
    #[xml("email", facets = com::EMAIL_TYPE)]
    pub email: Option<com::Email>,
    #[xml("address")]
    pub address: Option<com::Address>,
    #[xml("active")]
    pub active: Option<bool>,
    #[xml("score")]
    pub score: Option<f32>,
    #[xml("level", facets = ::xsdgen_codec::SimpleType::of(::xsdgen_codec::Builtin::UnsignedByte).max_inclusive("9"))]
    pub level: Option<u8>,
    #[xml("sizes")]
    pub sizes: Option<::xsdgen_codec::List<i32>>,
    #[xml("manager")]
    pub manager: Option<::xsdgen_codec::Nillable<String>>,
    #[xml("office")]
    pub office: Option<::xsdgen_codec::Nillable<com::Address>>,
    #[xml("deputy")]
    pub deputy: Option<Box<SetUser>>,
    #[xml("phone", max = 3)]
    pub phones: Vec<String>,
    #[xml("kind", fixed = "person")]
    pub kind: Option<String>,
    #[xml("open")]
    pub open: Option<::xsdgen_codec::AnyType>,
    #[xml("price")]
    pub price: Option<Price>,
    #[xml("marker")]
    pub marker: Option<()>,
    #[xml(none, "local")]
    pub local: Option<String>,
    #[xml("status")]
    pub status: serv::ResultType,
}

/// An amount with its currency.
#[derive(Clone, PartialEq, Xml)]
#[xml(use, "priceType")]
#[non_exhaustive]
pub struct Price {
    #[xml(attribute, "currency")]
    pub currency: Option<String>,
    #[xml(text, facets = PRICE_VALUE)]
    pub value: String,
}

/// Facets of the value of `use:priceType`.
pub static PRICE_VALUE: ::xsdgen_codec::SimpleType = ::xsdgen_codec::SimpleType::of(::xsdgen_codec::Builtin::Decimal)
    .named("use:priceType")
    .min_exclusive("0")
    .max_inclusive("99999999999999999999.99")
    .total_digits(22)
    .fraction_digits(2);

/// Reports that the user was changed.
#[derive(Clone, PartialEq, Xml)]
#[xml(use, "setUserResponse")]
#[non_exhaustive]
pub struct SetUserResponse {}

impl Default for SetUserResponse {
    fn default() -> Self {
        Self::new()
    }
}
