//! In: requests of third-party clients, from the folder that the environment variable `WEBEX_TRAFFIC` names.
//! Out: each that is well-formed is read, taken for the operation that it names, in both forms of the name, and answered.
//! Such texts are not ours, and not part of the project: only `.ci/traffic` runs this.
//! Not here: what the answers should say (`rules.rs`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests stop where something is wrong")]

#[path = "../../tests/support/captured.rs"]
mod captured;
mod support;

use captured::{LATER, WellFormed, last_part};
use support::text;
use webex_xml_sandbox::{Sandbox, SiteKind};
use webex_xml_types::Document;

const JAVA: &str = "java:com.webex.service.binding.";

/// Posts it; the answer, which is valid, and for what operations the request was taken.
fn asked(sandbox: &Sandbox, name: &str, request: &str) -> (String, String) {
    let (status, answer) = support::post(sandbox, "Content-Type: text/xml\r\n", request.as_bytes());
    assert_eq!(status, 200, "{name}");
    let result = text(&answer, "serv:result").unwrap_or_else(|| panic!("{name}: {answer}"));
    Document::from_xml_strict(answer.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}\n{answer}"));
    assert!(result == "SUCCESS" || text(&answer, "serv:exceptionID").is_some_and(|code| code.len() == 6), "{answer}");
    (answer, sandbox.exchanges().last().unwrap().operation.clone())
}

/// `user.CreateUser` for either form of the name; `?` for what is no operation of the release.
fn wanted(said: &str) -> &str {
    match captured::operation(said) {
        Some(operation) => operation.wire_type.strip_prefix(JAVA).unwrap(),
        None => {
            assert!(LATER.contains(&last_part(said)), "no operation of the release: {said}");
            "?"
        }
    }
}

#[test]
#[ignore = "needs WEBEX_TRAFFIC: .ci/traffic"]
fn every_captured_request_is_read_and_taken_for_its_operation() {
    let sandbox = Sandbox::builder().kind(SiteKind::NonSso).start().unwrap();
    let (mut read, mut not_well_formed) = (0, 0);
    for message in captured::messages("_req_") {
        let name = &message.name;
        let (answer, operation) = asked(&sandbox, name, &message.text);
        let Some(well_formed) = WellFormed::of(&message.text) else {
            println!("{name}: not well-formed, {}", text(&answer, "serv:reason").unwrap_or("read"));
            not_well_formed += 1;
            continue;
        };
        println!("{name}: {operation}, {}", text(&answer, "serv:reason").unwrap_or("SUCCESS"));
        assert!(!answer.contains("cannot be read"), "{name}: {answer}");
        let told = captured::told(&well_formed);
        let wanted: Vec<&str> = told.iter().map(|(said, _)| wanted(said)).collect();
        assert_eq!(operation, wanted.join("+"), "{name}");
        if let [told] = &told[..]
            && let Some(known) = captured::operation(&told.0)
        {
            let other = captured::by_other_name(&message.text, told, known);
            assert_eq!(asked(&sandbox, name, &other).1, operation, "{name}, by the other form of its name");
        }
        read += 1;
    }
    assert!(read > 0);
    println!("{read} requests read, {not_well_formed} not well-formed");
}
