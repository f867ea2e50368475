//! Tests that the program prints no secret: each request, with a secret at each place for one, is sent with `--verbose` to a sandbox that answers with
//! secrets or sends the request back, and is printed with `--dry-run`. `tests/every_secret.rs` of the workspace tests the client and the sandbox.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

#[path = "../../tests/support/canaries.rs"]
mod canaries;
mod support;

use canaries::{CANARY, Sample, assert_clean, samples};
use support::{call, folder, offline, sandbox};
use webex_xml_sandbox::SiteKind;

#[test]
fn the_program_prints_no_secret() {
    let all = samples(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let folder = folder("every-secret");
    let file = folder.join("request.xml");
    let path = file.to_str().unwrap();
    let sandbox = sandbox(SiteKind::NonSso);
    let secrets = [
        ("WEBEX_XML_USER", "jane".to_owned()),
        ("WEBEX_XML_PASSWORD", format!("{CANARY}-1")),
        ("WEBEX_XML_SITE_ID", "7".to_owned()),
        ("WEBEX_XML_PARTNER_ID", format!("{CANARY}-2")),
    ];
    let environment: Vec<(&str, &str)> = secrets.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (mut answered, mut shown) = (0, 0);
    for (number, sample) in all.iter().enumerate().filter(|(_, sample)| sample.is_request()) {
        std::fs::write(&file, sample.xml()).unwrap();
        let (_, operation) = sample.name.split_once('.').unwrap();
        // Every third operation is only printed, and every third one is answered with its request, which the program cannot read as an answer.
        if number % 3 == 0 {
            let ran = offline(&[operation, "--file", path, "--dry-run"], b"");
            check(sample, &ran);
            assert_eq!(ran.status, 0, "{operation}: {}", ran.err);
            shown += 1;
            continue;
        }
        let answer = if number % 3 == 1 { all[number + 1].xml() } else { sample.xml() };
        sandbox.set_answer(operation, answer).unwrap_or_else(|error| panic!("{operation}: {error}"));
        let form = ["xml", "json", "table"][number / 3 % 3];
        let ran = call(&sandbox, &[operation, "--file", path, "--verbose", "-o", form], &environment, b"");
        check(sample, &ran);
        assert!(ran.err.contains("bodyContent"), "{operation}: nothing of the messages was logged: {}", ran.err);
        answered += usize::from(ran.status == 0);
    }
    std::fs::remove_dir_all(folder).unwrap();
    assert!(answered > 20 && shown > 20, "{answered} answered, {shown} shown");
}

fn check(sample: &Sample, ran: &support::Ran) {
    assert_clean(&format!("{} out", sample.name), &ran.out);
    assert_clean(&format!("{} err", sample.name), &ran.err);
}
