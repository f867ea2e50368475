//! Sends any bytes to a site of the sandbox, without a network: the answer is a well-formed document. The first byte chooses the site. Run it with
//! `cargo xtask fuzz request`.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use webex_xml_sandbox::{Offline, Sandbox, SiteKind};
use xsdgen_fuzz::assert_well_formed;

static SITES: LazyLock<[Offline; 3]> =
    LazyLock::new(|| [site(SiteKind::Ci, false), site(SiteKind::Ci, true), site(SiteKind::NonSso, true)]);

fn site(kind: SiteKind, strict: bool) -> Offline {
    Sandbox::builder().site("acme").kind(kind).strict(strict).offline().unwrap_or_else(|error| panic!("{error}"))
}

fuzz_target!(|bytes: &[u8]| {
    let Some((number, body)) = bytes.split_first() else { return };
    let charset = [None, Some("utf-8"), Some("ISO-8859-1"), Some("nonsense")];
    let answer = SITES[usize::from(number >> 2) % SITES.len()].answer(body, charset[usize::from(number & 3)]);
    assert_well_formed(&answer);
});
