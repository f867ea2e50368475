//! Tests the `Debug` output of structs: it shows the fields that are not empty, `..` for the others, and no secrets.
#![cfg(feature = "derive")]

pub mod sample;

use sample::{com, serv, r#use};
use xsdgen_codec::{AnyAttribute, Secret};

#[test]
fn fields_that_are_not_empty_are_shown() {
    let mut user =
        r#use::SetUser::new("1", "", "Ada", serv::ResultType::Success).with_phones(["1", "2"]).with_address(com::Address::new("Turin"));
    user.any.push(AnyAttribute::default());
    assert_eq!(
        format!("{user:?}"),
        "SetUser { id: \"1\", lang: \"\", any: [AnyAttribute { namespace: \"\", name: \"\", value: \"\" }], user_name: \"Ada\", \
         address: Address { city: \"Turin\", .. }, phones: [\"1\", \"2\"], status: Success, .. }"
    );
}

#[test]
fn debug_shows_all_fields_without_dots_if_none_is_empty() {
    let full = com::Address::new("Turin").with_street("Via Po").with_zip("10124");
    assert_eq!(format!("{full:#?}"), "Address {\n    street: \"Via Po\",\n    city: \"Turin\",\n    zip: \"10124\",\n}");
    assert_eq!(format!("{:?}", com::Security::new()), "Security { .. }");
    assert_eq!(format!("{:?}", r#use::SetUserResponse::new()), "SetUserResponse");
}

#[test]
fn secrets_are_not_shown() {
    let security = com::Security::new().with_web_ex_id("ada").with_password(Secret::from("hunter2"));
    assert_eq!(format!("{security:?}"), "Security { web_ex_id: \"ada\", password: Secret(******), .. }");
}
