//! Tests captured messages from the folder named by the environment variable `WEBEX_TRAFFIC`. Each well-formed message is read, and nothing
//! may be lost without a note; each request is matched to its operation by both forms of its `xsi:type`. `cargo xtask traffic FOLDER` runs
//! these tests and prints a table of the files with their notes, because the captured messages are not part of this project.
//! `sandbox/tests/traffic.rs` tests how the sandbox reads them.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a failed test panics, and the tests print a table")]

mod support {
    pub(crate) mod captured;
    pub(crate) mod losses;
}

use support::captured::{self, Captured, LATER, WellFormed, last_part};
use support::losses::{Skipped, losses};
use webex_xml_types::Document;
use webex_xml_types::serv::AnyBodyContent;
use xsdgen_codec::{NoteKind, Notes, ReadOptions, WriteOptions};

/// Reads the message, prints a row of the table, and compares the written value with the message.
fn read(message: &Captured, options: &ReadOptions) -> Option<Document> {
    let name = &message.name;
    let well_formed = WellFormed::of(&message.text);
    match Document::read(message.text.as_bytes(), options) {
        Ok(reading) => {
            println!("{name}: {} notes", reading.notes.len() + reading.notes.rest());
            for note in &reading.notes {
                println!("    {note}");
            }
            let well_formed = well_formed.expect("what is read is well-formed for an independent reader");
            let lost = lost(&well_formed, &reading.value, &reading.notes);
            assert!(lost.is_empty(), "{name}: lost without a note:\n{}", lost.join("\n"));
            Some(reading.value)
        }
        Err(error) => {
            println!("{name}: {error}");
            assert!(well_formed.is_none(), "{name} is well-formed, and is not read: {error}");
            None
        }
    }
}

/// Returns the parts of the message that the value has lost without a note.
fn lost(message: &WellFormed, value: &Document, notes: &Notes) -> Vec<String> {
    let written = value.to_xml_with(&WriteOptions::tolerant()).expect("what was read can be written");
    let skipped: Vec<Skipped> = notes.iter().filter_map(skipped).collect();
    losses(&message.document(), &roxmltree::Document::parse(&written).expect("well-formed XML"), &skipped, |at| message.place(at))
}

/// Returns the part of the message that the note reports as skipped, if any.
fn skipped(note: &xsdgen_codec::Note) -> Option<Skipped> {
    let path = note.path.clone();
    match note.kind {
        NoteKind::UnknownAttribute | NoteKind::UnexpectedText => Some(Skipped { path, element: None }),
        NoteKind::UnknownType => Some(Skipped { path: path + "/@type", element: None }),
        NoteKind::BadValue if path.contains('@') => Some(Skipped { path, element: None }),
        NoteKind::UnknownElement | NoteKind::NilContent | NoteKind::Repeated | NoteKind::BadValue => {
            Some(Skipped { path, element: Some(note.position.offset) })
        }
        // The notes of all other kinds are about parts that the value keeps, or that the message does not have.
        _ => None,
    }
}

#[test]
#[ignore = "needs WEBEX_TRAFFIC: cargo xtask traffic"]
fn responses_are_read_without_unnoted_losses() {
    for message in captured::messages("_resp_") {
        read(&message, &ReadOptions::tolerant());
    }
}

#[test]
#[ignore = "needs WEBEX_TRAFFIC: cargo xtask traffic"]
fn requests_are_read_and_matched_by_both_forms_of_their_names() {
    let options = ReadOptions::tolerant();
    let (mut matched, mut later) = (0, 0);
    for message in captured::messages("_req_") {
        let Some(document) = read(&message, &options) else { continue };
        let well_formed = WellFormed::of(&message.text).expect("what was read is well-formed");
        let told = captured::told(&well_formed);
        let bodies = contents(&document);
        assert!(!told.is_empty() && told.len() == bodies.len(), "{}: {told:?}", message.name);
        for (told, content) in told.iter().zip(&bodies) {
            let said = &told.0;
            if let AnyBodyContent::Other(kept) = content {
                println!("    kept: {}", kept.xml());
                assert!(LATER.contains(&last_part(said)), "{}: no operation of the release: {said}", message.name);
                later += 1;
                continue;
            }
            let operation = captured::operation(said).expect("an operation of the release");
            assert_eq!(content.type_name(), operation.name, "{}: {said}", message.name);
            let other = captured::by_other_name(&message.text, told, operation);
            let reading = Document::read(other.as_bytes(), &options).expect("it can be read by its other name");
            assert_eq!(contents(&reading.value), bodies, "{}: by the other form of its name", message.name);
            matched += 1;
        }
    }
    assert!(matched > 0);
    println!("{matched} requests matched by both forms of their names, {later} of no operation of the release");
}

fn contents(document: &Document) -> Vec<AnyBodyContent> {
    let Document::Message(message) = document else { return Vec::new() };
    message.body.body_content.clone()
}

/// Tests, with an invented message, that the comparison finds lost parts and accepts those that a note reports.
#[test]
fn losses_are_found_unless_noted() {
    let text = "<?xml version=\"1.0\"?>\n<serv:message xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><header><securityContext>\
                <webExID>jane</webExID><later a=\"b\">x</later><siteID>007</siteID></securityContext></header><body>stray<bodyContent \
                xsi:type=\"java:com.webex.service.binding.user.GetUser\"><webExId>jane</webExId></bodyContent></body></serv:message>";
    let message = WellFormed::of(text).expect("well-formed but for a prefix");
    let reading = Document::read(text.as_bytes(), &ReadOptions::tolerant()).expect("a message");
    assert_eq!(lost(&message, &reading.value, &reading.notes), Vec::<String>::new());
    // Without the notes, the skipped parts are reported as lost.
    let unnoted = lost(&message, &reading.value, &Notes::default());
    let context = "message/header/securitycontext";
    assert_eq!(unnoted, [format!("{context}/later/@a: b"), format!("{context}/later: x"), "message/body: stray".to_owned()]);
    // A value that has lost a part is detected.
    let Document::Message(mut value) = reading.value else { unreachable!() };
    value.header.security_context.as_mut().expect("a context").site_id = None;
    assert_eq!(lost(&message, &Document::Message(value), &reading.notes), [format!("{context}/siteid: 7")]);
}

/// Tests that exchanged elements of the same name are reported as lost, whereas elements of different names may change places.
#[test]
fn the_order_of_elements_of_the_same_name_is_compared() {
    let parsed = |text: &'static str| roxmltree::Document::parse(text).expect("well-formed XML");
    let (sent, swapped) = (parsed("<a><b>x</b><b>y</b><c>z</c></a>"), parsed("<a><c>z</c><b>y</b><b>x</b></a>"));
    assert_eq!(losses(&sent, &parsed("<a><c>z</c><b>x</b><b>y</b></a>"), &[], |at| at), Vec::<String>::new());
    assert_eq!(losses(&sent, &swapped, &[], |at| at), ["a/b: x", "a/b: y"]);
}

/// Tests that placeholders are replaced by valid values.
#[test]
fn placeholders_are_filled() {
    let template = "<a><meetingKey>{{KEY}}</meetingKey><startDate>{at(x)}</startDate><name>${name} %NAME% 10% {</name></a>";
    let filled = "<a><meetingKey>1</meetingKey><startDate>01/02/2015 03:04:05</startDate><name>1 1 10% {</name></a>";
    assert_eq!(captured::filled(template), filled);
}
