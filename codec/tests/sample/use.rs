//! `urn:sample:service/user`
use super::{com, serv, xmlns};

/// Changes a user.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetUser {
    pub version: Option<String>,
    pub id: String,
    pub lang: String,
    pub any: Vec<::xsdgen_codec::AnyAttribute>,
    pub user_name: String,
    pub email: Option<com::Email>,
    pub address: Option<com::Address>,
    pub active: Option<bool>,
    pub score: Option<f32>,
    pub level: Option<u8>,
    pub sizes: Option<::xsdgen_codec::List<i32>>,
    pub manager: Option<::xsdgen_codec::Nillable<String>>,
    pub office: Option<::xsdgen_codec::Nillable<com::Address>>,
    pub deputy: Option<Box<SetUser>>,
    pub phones: Vec<String>,
    pub kind: Option<String>,
    pub open: Option<::xsdgen_codec::AnyType>,
    pub price: Option<Price>,
    pub marker: Option<()>,
    pub local: Option<String>,
    pub status: serv::ResultType,
}

impl SetUser {
    /// With what it must hold; everything else is absent.
    pub fn new(id: impl Into<String>, user_name: impl Into<String>, status: serv::ResultType) -> Self {
        Self { id: id.into(), user_name: user_name.into(), status, ..::xsdgen_codec::blank() }
    }
}

::xsdgen_codec::complex_type! {
    SetUser = use "setUser";
    attributes {
        version: ?(String) = none "version" default "1.0", with_version;
        id: 1(String) = none "id";
        lang: 1(String) = com "lang" default "en" in ::xsdgen_codec::SimpleType::of(::xsdgen_codec::Builtin::Token).max_length(5);
        any: *(::xsdgen_codec::AnyAttribute) = any ["##other:urn:sample:service/user" lax], with_any;
    }
    sequence {
        user_name: 1(String) = use "userName";
        email: ?(com::Email) = use "email" in com::EMAIL_TYPE, with_email;
        address: ?(com::Address) = use "address", with_address;
        active: ?(bool) = use "active", with_active;
        score: ?(f32) = use "score", with_score;
        level: ?(u8) = use "level" in ::xsdgen_codec::SimpleType::of(::xsdgen_codec::Builtin::UnsignedByte).max_inclusive("9"), with_level;
        sizes: ?(::xsdgen_codec::List<i32>) = use "sizes", with_sizes;
        manager: ?(::xsdgen_codec::Nillable<String>) = use "manager", with_manager;
        office: ?(::xsdgen_codec::Nillable<com::Address>) = use "office", with_office;
        deputy: ?(Box<SetUser>) = use "deputy", with_deputy;
        phones: {0, 3}(String) = use "phone", with_phones;
        kind: ?(String) = use "kind" fixed "person", with_kind;
        open: ?(::xsdgen_codec::AnyType) = use "open", with_open;
        price: ?(Price) = use "price", with_price;
        marker: ?(()) = use "marker", with_marker;
        local: ?(String) = none "local", with_local;
        status: 1(serv::ResultType) = use "status";
    }
}

/// An amount with its currency.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Price {
    pub currency: Option<String>,
    pub value: String,
}

impl Price {
    /// With what it must hold.
    pub fn new(value: impl Into<String>) -> Self {
        Self { value: value.into(), ..::xsdgen_codec::blank() }
    }
}

::xsdgen_codec::complex_type! {
    Price = use "priceType";
    attributes {
        currency: ?(String) = none "currency", with_currency;
    }
    text {
        value: 1(String) in PRICE_VALUE;
    }
}

/// Facets of the value of `use:priceType`.
pub static PRICE_VALUE: ::xsdgen_codec::SimpleType = ::xsdgen_codec::SimpleType::of(::xsdgen_codec::Builtin::Decimal)
    .named("use:priceType")
    .min_exclusive("0")
    .max_inclusive("99999999999999999999.99")
    .total_digits(22)
    .fraction_digits(2);

/// It went well.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetUserResponse {}

impl SetUserResponse {
    /// Nothing to set.
    pub fn new() -> Self {
        ::xsdgen_codec::blank()
    }
}

impl Default for SetUserResponse {
    fn default() -> Self {
        Self::new()
    }
}

::xsdgen_codec::complex_type! {
    SetUserResponse = use "setUserResponse";
}
