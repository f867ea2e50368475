//! Tests which documents are well-formed, by production of XML 1.0 and Namespaces in XML 1.0. The recommendations are the judges, and roxmltree, whose
//! deviations are listed. `fuzz/examples/parsers.rs` gives the same documents to libxml2.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::print_stdout)] // a failed test panics

#[path = "conformance/table.rs"]
pub mod table;

use std::collections::BTreeSet;

use table::{ALL, ENCODED, ENTITIES, Group};
use xsdgen_codec::{AnyElement, Canonical, Error, ErrorKind, ReadOptions, canonicalize, decode_text};

/// Reads a document in strict mode and returns what it says.
fn read(xml: &[u8]) -> Result<String, Error> {
    let text = decode_text(xml, &ReadOptions::strict())?;
    // The byte order mark is gone, so that another one would be a character before the root element.
    canonicalize(&format!("\u{FEFF}{text}"), &Canonical::inclusive().comments(true))
}

fn groups() -> impl Iterator<Item = &'static Group> {
    ALL.iter().copied().flatten()
}

#[test]
fn documents_are_well_formed_as_the_recommendations_say() {
    let mut number = 0;
    for group in groups() {
        for good in group.good {
            let xml = group.document(good);
            read(xml.as_bytes()).unwrap_or_else(|error| panic!("{}: {xml:?}: {error}", group.about));
        }
        for bad in group.bad {
            let xml = group.document(bad);
            let kind = read(xml.as_bytes()).expect_err(&format!("{}: {xml:?} is not well-formed", group.about)).kind();
            assert!(matches!(kind, ErrorKind::Syntax | ErrorKind::Prefix | ErrorKind::Encoding | ErrorKind::Doctype), "{xml:?}: {kind:?}");
        }
        number += group.good.len() + group.bad.len();
    }
    assert!(number > 550, "{number}");
}

#[test]
fn a_repaired_document_has_its_own_verdict() {
    // The table has no document that is refused only for its frame.
    for group in groups().filter(|group| !group.good.is_empty()) {
        let bare = group.document(group.good[0]);
        assert!(read(bare.as_bytes()).is_ok(), "{bare:?}");
    }
}

#[test]
fn entities_are_refused() {
    for text in ENTITIES.good {
        let xml = ENTITIES.document(text);
        assert_eq!(read(xml.as_bytes()).unwrap_err().kind(), ErrorKind::Doctype, "{xml:?}");
    }
}

#[test]
fn encodings_are_those_of_the_recommendation() {
    for (about, bytes, good) in ENCODED {
        assert_eq!(read(bytes).is_ok(), *good, "{about}: {:?}", read(bytes));
    }
}

/// The groups with documents that roxmltree accepts although they are not well-formed: it skips the declarations in the internal subset and does not
/// look at versions, encodings, targets of instructions and public identifiers.
const LENIENT: &[&str] = &[
    "NS 6.3 Uniqueness of attributes",
    "NS [15] doctypedecl ... [21] AttDef",
    "NS [1] NSAttName",
    "NS [7] QName",
    "NS [7] QName, of an instruction",
    "[13] PubidLiteral",
    "[16] PI",
    "[17] PITarget",
    "[23] XMLDecl",
    "[26] VersionNum",
    "[32] SDDecl",
    "[45] elementdecl",
    "[47] children",
    "[51] Mixed",
    "[52] AttlistDecl",
    "[54] AttType",
    "[60] DefaultDecl",
    "[66] CharRef",
    "[80] EncodingDecl",
    "[82] NotationDecl",
];

/// The documents that roxmltree refuses although they are well-formed: an element may have the prefix `xml`.
const REFUSED: &[&str] = &["<p:a xmlns:p='x:u'><xml:b/></p:a>"];

/// Another parser says the same, apart from its deviations that are listed above.
#[test]
fn roxmltree_agrees() {
    let parses = |xml: &str| {
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        roxmltree::Document::parse_with_options(xml, options).is_ok()
    };
    let (mut lenient, mut refused) = (BTreeSet::new(), Vec::new());
    for group in groups() {
        lenient.extend(group.bad.iter().filter(|bad| parses(&group.document(bad))).map(|_| group.about));
        refused.extend(group.good.iter().map(|good| group.document(good)).filter(|xml| !parses(xml)));
    }
    assert_eq!(lenient.into_iter().collect::<Vec<_>>(), LENIENT);
    assert_eq!(refused, REFUSED);
}

/// An element that is kept is read with the same rules.
#[test]
fn kept_elements_are_well_formed_documents() {
    for group in groups() {
        for bad in group.bad {
            let xml = group.document(bad);
            assert!(AnyElement::from_xml(&xml).is_err(), "{xml:?}");
        }
    }
}
