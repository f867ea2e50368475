//! Tests the samples with the defects that the release note prints. Tolerant mode must return the value of the repaired sample, with a note
//! for each value that it leaves out, or an error with its position. If no-break spaces inside tags hide another defect, they are removed
//! first.

use webex_xml_types::{Document, serv, user};
use xsdgen_codec::{ErrorKind, NoteKind, ReadOptions};

use super::{requests, responses};
use crate::fixtures;

/// The expected result of reading a damaged sample.
enum Outcome {
    /// The sample is read as this value, with these notes: kind, path, line.
    Read(fn() -> Document, &'static [(NoteKind, &'static str, u32)]),
    /// Reading fails at this element, line and column.
    Refused(ErrorKind, &'static str, (u32, u32)),
}

use Outcome::{Read, Refused};

#[rustfmt::skip]
const AS_PRINTED: [(&str, Outcome); 9] = [
    ("01-create-user", Read(requests::create_user, &[(NoteKind::UnexpectedText, "message/body/bodyContent", 17)])),
    ("03-set-user", Read(set_user_with_an_empty_flag, &[])),
    ("07-get-site-type", Read(requests::get_site_type, &[])),
    ("08-get-site-type", Refused(ErrorKind::Syntax, "message", (2, 1))),
    ("09-create-user-personal-room", Refused(ErrorKind::Root, "body", (1, 1))),
    ("10-get-session-info-room", Refused(ErrorKind::Syntax, "message", (3, 1))),
    ("11-get-session-info-room", Refused(ErrorKind::Syntax, "message", (3, 1))),
    ("12-get-session-info-audio", Read(requests::get_session_info_with_audio, &[])),
    ("13-get-session-info-audio", Refused(ErrorKind::Syntax, "message", (3, 1))),
];

/// The samples without the no-break spaces that make a tag unreadable.
#[rustfmt::skip]
const WITHOUT_NO_BREAK_SPACES: [(&str, Outcome); 4] = [
    ("08-get-site-type", Refused(ErrorKind::Syntax, "message/body/bodycontent/br", (15, 5))),
    ("10-get-session-info-room", Read(requests::get_session_info_of_a_room, &[])),
    ("11-get-session-info-room", Read(responses::get_session_info_of_a_room, &[])),
    ("13-get-session-info-audio", Refused(ErrorKind::Syntax, "message/body/bodyContent/metaData", (35, 3))),
];

#[test]
fn damaged_samples_are_read_with_notes_or_refused_with_a_position() {
    for (name, outcome) in &AS_PRINTED {
        assert_outcome(name, &fixtures::text(&format!("damaged/{name}")), outcome);
    }
    assert_eq!(AS_PRINTED.map(|(name, _)| name.to_owned()).to_vec(), fixtures::names("damaged"));
}

#[test]
fn without_no_break_spaces_the_other_defects_are_found() {
    for (name, outcome) in &WITHOUT_NO_BREAK_SPACES {
        assert_outcome(name, &fixtures::text(&format!("damaged/{name}")).replace('\u{a0}', " "), outcome);
    }
}

#[test]
fn lower_case_names_are_accepted() {
    let text = fixtures::text("damaged/08-get-site-type").replace('\u{a0}', " ").replace("<br>", "");
    let notes = &[
        (NoteKind::OtherCase, "message/header/response/gsbstatus", 8),
        (NoteKind::OtherCase, "message/body/bodycontent", 12),
        (NoteKind::OtherCase, "message/body/bodycontent/sitetype", 14),
    ];
    assert_outcome("08-get-site-type", &text, &Read(responses::get_site_type, notes));
}

#[test]
fn the_mistyped_tag_is_refused_at_its_end_tag() {
    let fragment = fixtures::text("damaged/09-create-user-personal-room");
    let envelope = fixtures::text("09-create-user-personal-room.request");
    let (before, rest) = envelope.split_once("  <body>").expect("a body");
    let (_, after) = rest.split_once("</body>\n").expect("its end");
    let outcome = Refused(ErrorKind::Syntax, "message/body/bodyContent/personalMeetingRoom/PMRAutoLockaitTime", (17, 29));
    assert_outcome("09-create-user-personal-room", &format!("{before}{fragment}{after}"), &outcome);
}

#[track_caller]
fn assert_outcome(name: &str, text: &str, outcome: &Outcome) {
    let reading = Document::read(text.as_bytes(), &ReadOptions::tolerant());
    match (outcome, reading) {
        (Read(value, notes), Ok(reading)) => {
            assert_eq!(reading.value, value(), "{name}");
            let found: Vec<_> = reading.notes.iter().map(|note| (note.kind, note.path.as_str(), note.position.line)).collect();
            assert_eq!(found, *notes, "{name}");
        }
        (Refused(kind, path, place), Err(error)) => {
            let found = error.position().map(|position| (position.line, position.column));
            assert_eq!((error.kind(), error.path(), found), (*kind, *path, Some(*place)), "{name}: {error}");
        }
        (Read(..), Err(error)) => panic!("{name}: {error}"),
        (Refused(..), Ok(reading)) => panic!("{name} was read: {:#?}", reading.notes),
    }
}

/// Returns the request without the boolean whose text is empty.
fn set_user_with_an_empty_flag() -> Document {
    let context = serv::SecurityContext::new()
        .with_webex_id("siteadmin@acme.com")
        .with_password("P@ssword1234")
        .with_site_id(5_941_234_567)
        .with_partner_id("mywebexpartnerid");
    requests::request(context, user::SetUser::new("JohnDoe@acme.com").with_security(user::Security::new().with_force_change_password("")))
}
