//! In: requests of third-party clients, from the folder that the environment variable `WEBEX_TRAFFIC` names. Out: an answer to each.
//! Such texts are not ours, and not part of the project: without the variable, this is skipped.
//! Not here: what the answers should say (`rules.rs`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests stop where something is wrong")]

mod support;

use std::path::PathBuf;

use support::text;
use webex_xml_sandbox::{Sandbox, SiteKind};
use webex_xml_types::Document;

/// Numbers of the requests that nobody can read: placeholders where numbers belong, a fragment, damaged text, an empty number.
const UNREADABLE: [&str; 11] = ["009", "010", "107", "120", "121", "143", "169", "171", "172", "175", "178"];

#[test]
fn every_captured_request_is_answered() {
    let Some(folder) = std::env::var_os("WEBEX_TRAFFIC") else {
        return println!("skipped: WEBEX_TRAFFIC names no folder of captured messages");
    };
    let files = std::fs::read_dir(folder).unwrap();
    let sandbox = Sandbox::builder().kind(SiteKind::NonSso).start().unwrap();
    let mut unread = Vec::new();
    let mut count = 0;
    let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.to_string_lossy().contains("_req_")) {
        count += 1;
        let (status, answer) = support::post(&sandbox, "Content-Type: text/xml\r\n", &std::fs::read(path).unwrap());
        assert_eq!(status, 200, "{}", path.display());
        let result = text(&answer, "serv:result").unwrap_or_else(|| panic!("{}: {answer}", path.display()));
        Document::from_xml_strict(answer.as_bytes()).unwrap_or_else(|error| panic!("{}: {error}\n{answer}", path.display()));
        assert!(result == "SUCCESS" || text(&answer, "serv:exceptionID").is_some_and(|code| code.len() == 6), "{answer}");
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if answer.contains("cannot be read") && !UNREADABLE.iter().any(|number| name.starts_with(number)) {
            unread.push(format!("{name}: {}", text(&answer, "serv:reason").unwrap()));
        }
    }
    assert!(unread.is_empty(), "{} of {count} requests not read:\n{}", unread.len(), unread.join("\n"));
}
