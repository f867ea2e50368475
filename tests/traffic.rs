//! In: captured messages, from the folder that the environment variable `WEBEX_TRAFFIC` names: `NNN_service_Operation_req_*.xml`, `.._resp_*.xml`.
//! Out: each that is well-formed is read; requests are matched to their operation; a table of the files with all their notes.
//! Placeholders of templates, `{name}`, are filled with `1` first, as their programs would; what comes before the XML is left out.
//! Not here: the texts, which are not ours: without the variable, this is skipped. Run with `--nocapture` to see the table.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "tests stop where something is wrong, and show their table")]

use std::path::{Path, PathBuf};

use webex_xml_types::serv::AnyBodyContent;
use webex_xml_types::{Document, OPERATIONS};
use xsdgen_codec::ReadOptions;

fn files(kind: &str) -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("WEBEX_TRAFFIC") else {
        println!("skipped: WEBEX_TRAFFIC names no folder of captured messages");
        return Vec::new();
    };
    let entries = std::fs::read_dir(folder).expect("a readable folder").map(|entry| entry.expect("a readable folder").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.to_string_lossy().contains(kind)).collect();
    files.sort();
    assert!(!files.is_empty(), "no file with {kind} in its name");
    files
}

/// Whether an independent reader takes it; undeclared prefixes are declared first, as they are what is asked to be tolerated.
fn is_well_formed(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let root = ["<serv:message", "<message"].into_iter().find_map(|tag| Some((text.find(tag)? + tag.len(), tag)));
    let declared = match root {
        Some((at, _)) => {
            let (head, tail) = text.split_at(at);
            let missing = ["serv", "xsi", "use", "com"].into_iter().filter(|prefix| !text.contains(&format!("xmlns:{prefix}")));
            let declarations: String = missing.map(|prefix| format!(" xmlns:{prefix}=\"urn:{prefix}\"")).collect();
            format!("{head}{declarations}{tail}")
        }
        None => text.into_owned(),
    };
    roxmltree::Document::parse(declared.trim_start()).is_ok()
}

/// What was sent: without the head of the HTTP answer, placeholders filled.
fn message(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).expect("a readable file");
    let Ok(text) = String::from_utf8(bytes.clone()) else { return bytes };
    let text = match text.split_once("\r\n\r\n").or_else(|| text.split_once("\n\n")) {
        Some((head, body)) if head.starts_with("HTTP/") => body,
        _ => &text,
    };
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before.strip_suffix('$').unwrap_or(before));
        filled.push('1');
        rest = after.split_once('}').map_or("", |(_, tail)| tail.trim_start_matches('}'));
    }
    filled.push_str(rest);
    filled.into_bytes()
}

fn read(path: &Path, options: &ReadOptions) -> Option<(Document, usize)> {
    let bytes = message(path);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match Document::read(&bytes, options) {
        Ok(reading) => {
            println!("{name}: {} notes", reading.notes.len() + reading.notes.rest());
            for note in reading.notes.iter() {
                println!("    {note}");
            }
            Some((reading.value, reading.notes.len()))
        }
        Err(error) => {
            println!("{name}: {error}");
            assert!(!is_well_formed(&bytes), "{name} is well-formed, and is not read: {error}");
            None
        }
    }
}

#[test]
fn responses_are_read_tolerantly() {
    for path in files("_resp_") {
        read(&path, &ReadOptions::tolerant());
    }
}

#[test]
fn requests_are_matched_to_their_operations() {
    let mut unmatched = Vec::new();
    for path in files("_req_") {
        let Some((Document::Message(message), _)) = read(&path, &ReadOptions::tolerant().undeclared_prefixes(true)) else { continue };
        for content in &message.body.body_content {
            let known = match content {
                AnyBodyContent::BodyContent(_) => false,
                // Operations that came after the release, or are internal to its own pages, are kept as they came.
                AnyBodyContent::Other(kept) => {
                    println!("    kept: {}", kept.xml());
                    ["GetSiteAdminNavUrl", "FlushWebCache"].iter().any(|operation| kept.xml().contains(operation))
                }
                typed => OPERATIONS.iter().any(|operation| typed.type_name().ends_with(operation.name)),
            };
            if !known {
                unmatched.push(format!("{}: {content:?}", path.display()));
            }
        }
    }
    assert!(unmatched.is_empty(), "no operation of the release:\n{}", unmatched.join("\n"));
}
