//! Tests that the versions read their documents, that conversions keep everything, and that errors name what does not convert.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::path::Path;
use std::process::{Command, Stdio};

use xsdgen_codec::{Error, ReadOptions};

use super::messages::{AnyDocument, Version, v03, v05, v09};
use super::read;

fn document(version: &str) -> AnyDocument {
    AnyDocument::from_xml_strict(&read(&format!("{version}.xml"))).unwrap_or_else(|error| panic!("{version}: {error}"))
}

/// Returns the path and the message of the error of a conversion.
fn refusal(result: Result<AnyDocument, Error>) -> (String, String) {
    let error = result.expect_err("a value that does not convert");
    (error.path().to_owned(), error.message().to_owned())
}

/// Returns the message of version 5 with a text replaced.
fn v05(from: &str, to: &str) -> AnyDocument {
    let text = String::from_utf8(read("v05.xml")).expect("UTF-8");
    let changed = text.replacen(from, to, 1);
    assert_ne!(changed, text, "`{from}` is in the message");
    AnyDocument::from_xml_strict(changed.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// Judges a document by `xmllint`; `None` where there is none.
fn is_valid(version: Version, xml: &str) -> Option<bool> {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("xsd/payment.{}.xsd", version.name().trim_start_matches('v')));
    let mut command = Command::new("xmllint");
    command.args(["--nonet", "--noout", "--schema"]).arg(schema).arg("-").stdin(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    std::io::Write::write_all(&mut child.stdin.take()?, xml.as_bytes()).ok()?;
    Some(child.wait().ok()?.success())
}

#[test]
fn the_namespace_of_the_root_element_says_which_version_reads() {
    for version in Version::ALL {
        assert_eq!(document(version.name()).version(), *version);
    }
    let other = AnyDocument::from_xml(br#"<creditTransfer xmlns="https://example.com/payment/4"/>"#);
    assert_eq!(
        refusal(other).1,
        "no version has the root element `creditTransfer` of the namespace `https://example.com/payment/4`; the versions are `v03`, `v05`, `v09`"
    );
}

#[test]
fn every_old_payment_is_a_payment_of_the_next_version() {
    let AnyDocument::V03(old) = document("v03") else { panic!("a document of version 3") };
    let new = v05::Document::from(old.clone());
    let v05::Document::CreditTransfer(transfer) = &new;
    let (v03::Document::CreditTransfer(before), transaction) = (&old, transfer.transaction.first().expect("a payment"));
    assert_eq!(transaction.creditor.address.as_ref().expect("an address").line, ["Main Street 1"]);
    assert_eq!(transaction.purpose, Some(v05::payment::Purpose::Supp));
    assert_eq!((&transaction.uetr, &transfer.header.created), (&None, &before.header.created));
    assert_eq!(v03::Document::try_from(new).expect("a payment of version 3"), old);
}

#[test]
fn documents_are_valid_before_and_after_a_conversion() {
    for (from, to) in [("v03", Version::V05), ("v03", Version::V09), ("v05", Version::V09)] {
        let old = document(from);
        let new = old.clone().into_version(to).unwrap_or_else(|error| panic!("{from} to {to}: {error}"));
        for message in [&old, &new] {
            let xml = message.to_xml().expect("a valid document");
            assert_ne!(is_valid(message.version(), &xml), Some(false), "{xml}");
        }
        assert_eq!(new.into_version(old.version()).expect("the way back"), old);
    }
}

#[test]
fn a_type_with_the_same_values_is_one_type() {
    let charges: v03::payment::ChargeBearer = v09::payment::ChargeBearer::Shar;
    assert_eq!(charges, v05::payment::ChargeBearer::Shar);
}

#[test]
fn an_error_names_what_the_other_version_does_not_have() {
    let into = |document: AnyDocument, version| refusal(document.into_version(version));
    assert_eq!(into(document("v05"), Version::V03), ("header/initiator/lei".into(), "`v03` has no element `lei` here".into()));
    let pension = v05("<lei>529900T8BM49AURSDO55</lei>", "");
    assert_eq!(into(pension, Version::V03), ("transaction/purpose".into(), "`v03` does not list the value `PENS`".into()));
    let fax = v05("<lei>", "<fax>030</fax><lei>");
    assert_eq!(into(fax, Version::V09), ("header/initiator/fax".into(), "`v09` has no element `fax` here".into()));
    let undated = v05("<requestedDate>2026-03-31</requestedDate>", "");
    assert_eq!(into(undated, Version::V09), ("transaction/requestedDate".into(), "it is absent, and the other version requires it".into()));
    let (path, message) = into(document("v09"), Version::V05);
    assert_eq!((path.as_str(), message.as_str()), ("transaction/creditorAccount/proxy", "`v05` has no element `proxy` here"));
}

#[test]
fn an_error_counts_the_elements_on_its_path() {
    let second = "<transaction><endToEndId>E-9</endToEndId><amount currency=\"EUR\">1</amount><creditor><name>Eve</name><address>\
                  <line>1</line><line>2</line><line>3</line><town>Rome</town><country>IT</country></address></creditor><creditorAccount>\
                  <other>1</other></creditorAccount></transaction></creditTransfer>";
    let message = v05("</creditTransfer>", second);
    let AnyDocument::V05(v05::Document::CreditTransfer(mut transfer)) = message else { panic!("a document of version 5") };
    transfer.header.initiator.lei = None;
    transfer.transaction.first_mut().expect("a payment").purpose = None;
    let error = v03::payment::CreditTransfer::try_from(*transfer).expect_err("three lines");
    assert_eq!(
        (error.path(), error.message()),
        ("transaction[1]/creditor/address/line", "it occurs 3 times, and the other version allows at most 2")
    );
}

#[test]
fn a_value_that_no_version_lists_is_kept() {
    let other = v03::payment::Purpose::from("RENT");
    assert_eq!(v05::payment::Purpose::from(other), v05::payment::Purpose::Other("RENT".into()));
}

#[test]
fn a_version_can_be_chosen() {
    let options = ReadOptions::tolerant();
    let error = AnyDocument::read(Version::V03, &read("v05.xml"), &options).map(|document| document.version());
    assert!(error.is_err(), "the root element is in another namespace");
    assert_eq!(AnyDocument::read(Version::V05, &read("v05.xml"), &options).expect("a document").version(), Version::V05);
}
