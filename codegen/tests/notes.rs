//! Tests the release notes of small schema sets: what they state, that they are escaped, and that the samples are valid. The release notes of the
//! WebEx schemas are tested in the workspace, the command line in `cli`.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::path::{Path, PathBuf};

use xsdgen::compare::{Input, compare};
use xsdgen::diagnostic::Span;
use xsdgen::notes::{Notes, NotesOptions, Status, Task, markdown, notes};
use xsdgen::settings::{OperationProfile, Settings};
use xsdgen::{Lock, Planned};

/// A schema with the namespace `urn:a` and these components.
fn schema(components: &str) -> String {
    format!(
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:a='urn:a' targetNamespace='urn:a' elementFormDefault='qualified'>\
         {components}</xs:schema>"
    )
}

fn planned(folder: &Path, components: &str, settings: &Settings) -> Planned {
    std::fs::create_dir_all(folder).expect("a folder");
    let path: PathBuf = folder.join("a.xsd");
    std::fs::write(&path, schema(components)).expect("a schema written");
    let made = xsdgen::planned(&[path], settings, &Lock::default());
    made.product.unwrap_or_else(|| panic!("{:?}", made.diagnostics))
}

fn made(test: &str, old: &str, new: &str, settings: &Settings, options: &NotesOptions) -> Notes {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("notes").join(test);
    let (old, new) = (planned(&folder.join("old"), old, settings), planned(&folder.join("new"), new, settings));
    let (old, new) = (input(&old), input(&new));
    notes(&compare(old, new), old, new, options)
}

fn input(planned: &Planned) -> Input<'_> {
    Input { model: &planned.model, ir: &planned.ir }
}

/// The release notes of schemas without operations, as Markdown.
fn text(test: &str, old: &str, new: &str) -> String {
    markdown::write(&made(test, old, new, &Settings::default(), &NotesOptions::default()))
}

/// Returns the lines of a text that contain a word.
fn lines<'t>(text: &'t str, word: &str) -> Vec<&'t str> {
    text.lines().filter(|line| line.contains(word)).collect()
}

const NOTE: &str = "<xs:element name='note' type='a:noteType'/><xs:complexType name='noteType'><xs:sequence>\
    <xs:element name='to' type='xs:string'/></xs:sequence></xs:complexType>";

#[test]
fn equal_schemas_have_nothing_to_state() {
    let notes = text("equal", NOTE, NOTE);
    assert!(notes.starts_with("# Release notes\n\nThe schemas did not change between the old schemas and the new schemas.\n"), "{notes}");
    assert!(!notes.contains("## Overview") && !notes.contains("## Namespace"), "{notes}");
}

#[test]
fn without_operations_the_notes_go_by_root_elements_and_types() {
    let new = NOTE.replace("</xs:sequence>", "<xs:element name='cc' type='xs:string' minOccurs='0' maxOccurs='unbounded'/></xs:sequence>")
        + "<xs:element name='list'><xs:complexType><xs:sequence><xs:element ref='a:note' maxOccurs='5'/></xs:sequence>\
           <xs:attribute name='day' type='xs:date' use='required'/></xs:complexType></xs:element>";
    let notes = text("roots", NOTE, &new);
    assert!(
        notes.contains("What changed between the old schemas and the new schemas: 1 new root element and 1 changed type.\n"),
        "{notes}"
    );
    assert!(notes.contains("\n### New root element `a:list`\n\n| element | type | occurrence | description |\n"), "{notes}");
    assert!(notes.contains("\n| `@day` | `xs:date` | required |  |\n| `note` | `a:noteType` | 1 to 5 |  |\n"), "{notes}");
    assert!(notes.contains("\n### Changed type `a:noteType`\n\nUsed by `a:list` and `a:note`.\n"), "{notes}");
    assert!(notes.contains("\n| `cc` | new | `xs:string` | any number |  |\n"), "{notes}");
    assert!(notes.contains("What is new, in `a:list`:\n\n```xml\n"), "{notes}");
}

#[test]
fn an_incompatible_release_shows_the_document_that_refutes_it() {
    let new = NOTE.replace("</xs:sequence>", "<xs:element name='cc' type='xs:string'/></xs:sequence>");
    let options = NotesOptions { old: Some("1.0".to_owned()), new: Some("2.0".to_owned()), ..NotesOptions::default() };
    let notes = markdown::write(&made("refuted", NOTE, &new, &Settings::default(), &options));
    assert!(notes.starts_with("# Release notes for 2.0\n"), "{notes}");
    assert!(notes.contains("**Not backward compatible:** not every document that is valid under 1.0 is valid under 2.0"), "{notes}");
    assert!(notes.contains("This document is valid under 1.0, and not valid under 2.0: `note`: a required element is missing. The cause is the change of `a:noteType/cc`.\n\n```xml\n"), "{notes}");
    assert!(notes.contains("- Send what is required now:\n  - `a:noteType/cc`: required element added\n"), "{notes}");
    assert!(notes.contains("| `cc` | **new, required** | `xs:string` | required |"), "{notes}");
    assert!(lines(&notes, "E0061").len() == 1 && !notes.contains("To go on as before"), "{notes}");
}

#[test]
fn what_is_gone_and_what_has_another_name_is_stated() {
    let old = "<xs:element name='note' type='a:noteType'/><xs:complexType name='noteType'><xs:sequence>\
        <xs:element name='sessionkey' type='a:keyType'/><xs:element name='old' type='xs:string' minOccurs='0'/></xs:sequence></xs:complexType>\
        <xs:simpleType name='keyType'><xs:restriction base='xs:string'><xs:enumeration value='A'/><xs:enumeration value='B'/></xs:restriction>\
        </xs:simpleType><xs:simpleType name='goneType'><xs:annotation><xs:documentation>Not in use.</xs:documentation></xs:annotation>\
        <xs:restriction base='xs:int'/></xs:simpleType>";
    let new = "<xs:element name='note' type='a:noteType'/><xs:complexType name='noteType'><xs:sequence>\
        <xs:element name='sessionKey' type='a:keyType'/></xs:sequence></xs:complexType>\
        <xs:simpleType name='keyType'><xs:restriction base='xs:string'><xs:enumeration value='A'/></xs:restriction></xs:simpleType>";
    let notes = text("gone", old, new);
    assert!(notes.contains("| `sessionKey` | renamed from `sessionkey` | `a:keyType` | required | Values: `A`. |"), "{notes}");
    assert!(notes.contains("| `old` | **removed** | `xs:string` | optional |"), "{notes}");
    assert!(notes.contains("| `B` | **value removed** |"), "{notes}");
    assert!(
        notes.contains("### Removed\n\n| component | name | description |\n|---|---|---|\n| type | `a:goneType` | Not in use. |\n"),
        "{notes}"
    );
    assert!(notes.contains("  - `sessionkey` is called `sessionKey` now in `a:noteType`\n"), "{notes}");
    assert!(notes.contains("- Do without what was removed:\n"), "{notes}");
    assert!(notes.contains("| `a` | type `a:noteType` | `sessionKey`, removed `old` |\n"), "{notes}");
    assert_eq!(lines(&notes, "  - `a:keyType/=B`: enumeration value removed").len(), 1, "{notes}");
}

#[test]
fn enumerations_and_facets_of_new_types_are_described() {
    let new = NOTE.to_owned()
        + "<xs:simpleType name='level'><xs:restriction base='xs:string'><xs:enumeration value='LOW'><xs:annotation><xs:documentation>No hurry.\
           </xs:documentation></xs:annotation></xs:enumeration><xs:enumeration value='HIGH'/></xs:restriction></xs:simpleType>\
           <xs:simpleType name='code'><xs:restriction base='xs:string'><xs:maxLength value='8'/><xs:pattern value='a|b\\|c'/></xs:restriction>\
           </xs:simpleType><xs:simpleType name='codes'><xs:list itemType='a:code'/></xs:simpleType>";
    let notes = text("facets", NOTE, &new);
    assert!(
        notes.contains("Values of `xs:string`:\n\n| value | description |\n|---|---|\n| `LOW` | No hurry. |\n| `HIGH` |  |\n"),
        "{notes}"
    );
    assert!(notes.contains("Values of `xs:string`; at most 8 characters, matches `a|b\\|c`.\n"), "{notes}");
    assert!(notes.contains("A list of values of `a:code`.\n"), "{notes}");
}

#[test]
fn types_in_a_new_root_element_have_tables_of_their_own() {
    let new = NOTE.to_owned()
        + "<xs:complexType name='inner'><xs:all><xs:element name='x' type='xs:int' minOccurs='0'/></xs:all></xs:complexType>\
           <xs:element name='box'><xs:complexType mixed='true'><xs:choice><xs:element name='left'><xs:complexType><xs:sequence>\
           <xs:element name='deep' type='a:noteType' default=''/><xs:any namespace='##other' minOccurs='0'/></xs:sequence></xs:complexType>\
           </xs:element><xs:element name='right' type='a:inner' maxOccurs='unbounded'/></xs:choice></xs:complexType></xs:element>";
    let notes = text("nested", NOTE, &new.replace(" default=''", ""));
    assert!(notes.contains("| *text* | `xs:string` | required |  |\n| `left` | *elements* | alternative |  |\n| `right` | `a:inner` | alternative, any number |  |\n"), "{notes}");
    assert!(notes.contains("\n`left`:\n\n| element | type | occurrence | description |\n|---|---|---|---|\n| `deep` | `a:noteType` | required |  |\n| *anything of any namespace except `urn:a`* |"), "{notes}");
    assert!(notes.contains("\n`a:noteType`:\n"), "{notes}");
    assert!(notes.contains("### New type `a:inner`\n\nUsed by `a:box`.\n"), "{notes}");
}

#[test]
fn a_new_element_with_an_anonymous_type_is_described_in_full() {
    let new = NOTE.replace(
        "</xs:sequence>",
        "<xs:element name='time' minOccurs='0'><xs:complexType><xs:sequence><xs:element name='zone'><xs:complexType><xs:attribute name='id' \
         type='xs:int'/></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element></xs:sequence>",
    );
    let notes = text("anonymous", NOTE, &new);
    assert!(notes.contains("\n`time`:\n\n") && notes.contains("\n`time/zone`:\n\n"), "{notes}");
    assert!(notes.contains("    <a:zone id=\"1\"/>\n"), "{notes}");
}

#[test]
fn texts_of_schemas_are_escaped() {
    let documented = |said: &str| {
        NOTE.replace(
            "<xs:element name='to' type='xs:string'/>",
            &format!(
                "<xs:element name='to' type='xs:string'/><xs:element name='cc' minOccurs='0' default='a|`b'><xs:annotation><xs:documentation>\
                 {said}</xs:documentation></xs:annotation><xs:simpleType><xs:restriction base='xs:string'><xs:enumeration value='a|`b'/>\
                 </xs:restriction></xs:simpleType></xs:element>"
            ),
        )
    };
    let notes = text("escaped", NOTE, &documented("&lt;img src=x&gt; | *b* `c` [d](e)\n\n# f"));
    let row = lines(&notes, "| `cc` | new |");
    assert_eq!(
        row,
        [
            "| `cc` | new | `xs:string` | optional | \\<img src=x\\> \\| \\*b\\* \\`c\\` \\[d\\](e)<br>\\# f Default: <code>a&#124;&#96;b</code>. Values: <code>a&#124;&#96;b</code>. |"
        ]
    );
    let title = NotesOptions { title: Some("a\n# b".to_owned()), old: Some("<1>".to_owned()), ..NotesOptions::default() };
    let notes = markdown::write(&made("title", NOTE, NOTE, &Settings::default(), &title));
    assert!(notes.starts_with("# a # b\n\nThe schemas did not change between \\<1\\> and the new schemas.\n"), "{notes}");
}

/// Settings with an operation profile.
fn operations() -> Settings {
    let profile = OperationProfile {
        base: "a:body".to_owned(),
        response: "{request}Response".to_owned(),
        alias: None,
        since: None,
        safe: vec!["get".to_owned()],
        span: Span::file("settings"),
    };
    Settings { operations: Some(profile), ..Settings::default() }
}

fn operation(name: &str, request: &str, response: &str) -> String {
    let ty = |name: &str, content: &str| {
        format!(
            "<xs:complexType name='{name}'><xs:complexContent><xs:extension base='a:body'><xs:sequence>{content}</xs:sequence></xs:extension>\
             </xs:complexContent></xs:complexType>"
        )
    };
    ty(name, request) + &ty(&format!("{name}Response"), response)
}

const ENVELOPE: &str = "<xs:element name='message'><xs:complexType><xs:sequence><xs:element name='head' type='xs:string' minOccurs='0'/>\
    <xs:element name='body' type='a:body' minOccurs='0'/></xs:sequence></xs:complexType></xs:element><xs:complexType name='body'/>";

const LEVEL: &str =
    "<xs:simpleType name='level'><xs:restriction base='xs:string'><xs:enumeration value='LOW'/></xs:restriction></xs:simpleType>";

#[test]
fn operations_are_new_changed_indirectly_changed_and_removed() {
    let level = "<xs:element name='level' type='a:level'/>";
    let old = [ENVELOPE, LEVEL, &operation("order", "", level), &operation("list", "", ""), &operation("stop", "", "")].concat();
    let more = LEVEL.replace("</xs:restriction>", "<xs:enumeration value='HIGH'/></xs:restriction>");
    let cc = "<xs:element name='cc' type='xs:string' minOccurs='0'/>";
    let new = [ENVELOPE, &more, &operation("order", "", level), &operation("list", cc, ""), &operation("getIt", "", level)].concat();
    let made = made("operations", &old, &new, &operations(), &NotesOptions::default());
    let [service] = made.services.as_slice() else { panic!("{:?}", made.services) };
    let status: Vec<(&str, &Status)> = service.operations.iter().map(|it| (it.name.as_str(), &it.status)).collect();
    assert_eq!(status, [("getIt", &Status::New), ("list", &Status::Changed), ("order", &Status::Changed), ("stop", &Status::Removed)]);
    let values = made.tasks.iter().find_map(|task| if let Task::ExpectValues(values) = task { Some(values) } else { None });
    assert_eq!(values.map(|list| list.iter().map(|it| it.path.as_str()).collect::<Vec<_>>()), Some(vec!["a:level"]));
    let notes = markdown::write(&made);
    assert!(notes.contains("### Operations with changed types\n\n| operation | in the request | in the response |\n|---|---|---|\n| `order` |  | `a:level` |\n"), "{notes}");
    assert!(notes.contains("### Removed operations\n\n| operation | description |\n|---|---|\n| `stop` |  |\n"), "{notes}");
    assert!(notes.contains("The operation changes nothing, so it can be repeated.\n"), "{notes}");
    // The optional body is there because the request is in it; the optional head is not.
    assert!(notes.contains("  <a:body xsi:type=\"a:list\">\n    <a:cc>cc</a:cc>\n  </a:body>\n") && !notes.contains("<a:head>"), "{notes}");
}

#[test]
fn values_that_clients_only_send_need_no_care() {
    let level = "<xs:element name='level' type='a:level'/>";
    let old = [ENVELOPE, LEVEL, &operation("order", level, "")].concat();
    let more = LEVEL.replace("</xs:restriction>", "<xs:enumeration value='HIGH'/></xs:restriction>");
    let new = [ENVELOPE, &more, &operation("order", level, "")].concat();
    let made = made("sent", &old, &new, &operations(), &NotesOptions::default());
    assert!(!made.tasks.iter().any(|task| matches!(task, Task::ExpectValues(_))), "{:?}", made.tasks);
}

#[test]
fn a_renamed_operation_is_not_a_new_one() {
    let content =
        "<xs:element name='first' type='xs:string'/><xs:element name='second' type='xs:int'/><xs:element name='third' type='xs:date'/>";
    let old = [ENVELOPE, &operation("getTicketList", content, content)].concat();
    let new = [ENVELOPE, &operation("getTicketLists", content, content)].concat();
    let made = made("renamed", &old, &new, &operations(), &NotesOptions::default());
    let status: Vec<&Status> = made.services.iter().flat_map(|it| &it.operations).map(|it| &it.status).collect();
    assert_eq!(status, [&Status::Renamed("a:getTicketList".to_owned())]);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let new = [ENVELOPE, LEVEL, &operation("a", "", ""), &operation("b", "", "")].concat();
    let once = |test| markdown::write(&made(test, NOTE, &new, &Settings::default(), &NotesOptions::default()));
    assert_eq!(once("once"), once("twice"));
}

/// Hundreds of operations that all contain a changed type: the notes stay in proportion.
#[test]
fn many_operations_take_little_time() {
    let level = "<xs:element name='level' type='a:level'/>";
    let all: String = (0..300).map(|number| operation(&format!("get{number}"), level, level)).collect();
    let more = LEVEL.replace("</xs:restriction>", "<xs:enumeration value='HIGH'/></xs:restriction>");
    let made = made("many", &[ENVELOPE, LEVEL, &all].concat(), &[ENVELOPE, &more, &all].concat(), &operations(), &NotesOptions::default());
    assert_eq!(made.services.iter().map(|it| it.operations.len()).sum::<usize>(), 300);
    assert!(markdown::write(&made).contains("and 580 more."));
}
