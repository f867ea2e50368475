//! Messages in which every secret has a value that occurs nowhere else. It starts with [`CANARY`], so that a text that shows a secret contains this word.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::collections::BTreeSet;
use std::path::Path;

use webex_xml::types::{Document, serv};
use xsdgen_codec::{FieldInfo, LeafMut, Reflect as _};

/// The beginning of all secrets.
pub(crate) const CANARY: &str = "c4n4ry";

/// A message of `tests/messages/`.
#[derive(Debug)]
pub(crate) struct Sample {
    /// Its type, such as `use.createUser`.
    pub(crate) name: String,
    pub(crate) message: serv::Message,
    /// The names of the secrets in it.
    pub(crate) secrets: BTreeSet<String>,
}

impl Sample {
    pub(crate) fn xml(&self) -> String {
        Document::from(self.message.clone()).to_xml().unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// Returns whether the message is a request of an operation.
    pub(crate) fn is_request(&self) -> bool {
        let (_, name) = self.name.split_once('.').unwrap_or_default();
        webex_xml::types::OPERATIONS.iter().any(|operation| operation.name == name)
    }

    pub(crate) fn is_response(&self) -> bool {
        self.name.ends_with("Response")
    }

    pub(crate) fn body(&self) -> serv::AnyBodyContent {
        self.message.body.body_content[0].clone()
    }
}

/// Returns all messages, with everything that they may have, and with a secret at each place for one.
pub(crate) fn samples(root: &str) -> Vec<Sample> {
    let folder = Path::new(root).join("tests/messages");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut number = 0;
    files
        .iter()
        .map(|file| {
            let name = file.file_stem().unwrap().to_string_lossy().into_owned();
            let Ok(Document::Message(mut message)) = Document::from_xml_strict(&std::fs::read(file).unwrap()) else {
                panic!("{name} is not a message")
            };
            let mut secrets = BTreeSet::new();
            message
                .visit_mut(|leaf| {
                    number += 1;
                    let place = hide(leaf, number);
                    secrets.extend(place.map(str::to_owned));
                    Ok(())
                })
                .unwrap();
            Sample { name, message: *message, secrets }
        })
        .collect()
}

/// Sets the text to a secret if it is a place for one, or to an address with secrets in its parameters. Returns the name of a secret.
fn hide(leaf: &mut LeafMut<'_>, number: u32) -> Option<&'static str> {
    let field: &'static FieldInfo = leaf.field;
    let secret = format!("{CANARY}{number}");
    if field.is_secret() {
        leaf.set(&secret).unwrap_or_else(|error| panic!("{}: {error}", field.name()));
        return Some(field.name());
    }
    if field.name().to_lowercase().ends_with("url") {
        // Some fields with such a name are flags.
        let _ = leaf.set(&format!("https://acme.example/p.php?AT=JM&PW={secret}&TK={secret}&MK=1"));
    }
    None
}

/// Fails if a text shows a secret.
#[track_caller]
pub(crate) fn assert_clean(what: &str, text: &str) {
    if let Some(at) = text.find(CANARY) {
        let part = |range: std::ops::Range<usize>| String::from_utf8_lossy(&text.as_bytes()[range]).into_owned();
        panic!("{what} shows a secret: {}", part(at.saturating_sub(200)..text.len().min(at + 60)));
    }
}
