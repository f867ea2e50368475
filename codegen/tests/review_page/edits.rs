//! Random changes of the cases' schemas: every line of the generated code that differs is attributed to a change of the schemas.

use std::path::{Path, PathBuf};

use xsdgen::Lock;
use xsdgen::review::{Folded, Reason, State};

use super::mutations::growing::GROWING;
use super::mutations::neutral::{NEUTRAL, XS};
use super::mutations::random::Random;
use super::mutations::set::{Files, Set};
use super::{Version, patch, reviewed};

/// The environment variable for the number of trials.
const TRIALS: &str = "XSDGEN_MUTATIONS";

fn texts(files: &Files) -> Vec<(String, String)> {
    files.texts.iter().map(|(name, text)| (name.clone(), text.clone())).collect()
}

fn work(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("review_page").join(name)
}

fn sets() -> Vec<Set> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let folders = std::fs::read_dir(cases).expect("cases").map(|entry| entry.expect("a case").path());
    let mut folders: Vec<PathBuf> =
        folders.filter(|path| path.join("schema.xsd").is_file() && !path.join("xsdgen.toml").is_file()).collect();
    folders.sort();
    folders.iter().map(|folder| Set::read(folder, &work("sets"))).collect()
}

/// Reviews a change in both directions, and returns what is wrong.
fn check(old: &Version, new: &Version, problems: &mut Vec<String>, what: &str) {
    for (old, new, way) in [(old, new, "forth"), (new, old, "back")] {
        let review = reviewed(old, new);
        if let Err(why) = patch::check(old, new, &review) {
            problems.push(format!("{what}, {way}: {why}"));
        }
        // The comment at the top of a file lists the documents, whose number is no component.
        let documents = |line: &&xsdgen::review::Line| line.state == State::Kept || line.text.starts_with("// Schema: ");
        for hunk in review.unexplained.iter().filter(|hunk| !hunk.lines.iter().all(|line| documents(&line))) {
            problems.push(format!("{what}, {way}: {} is not attributed: {:?}", hunk.item, hunk.lines));
        }
    }
}

/// Returns whether a type lists the same value twice, which does not change what it allows.
fn repeats(text: &str) -> bool {
    let document = super::parsed(text);
    let lists = document.descendants().filter(|node| node.has_tag_name((XS, "restriction")));
    let mut values = lists.map(|list| {
        list.children().filter(|node| node.has_tag_name((XS, "enumeration"))).filter_map(|node| node.attribute("value")).collect()
    });
    values.any(|values: Vec<&str>| values.iter().collect::<std::collections::HashSet<_>>().len() < values.len())
}

#[test]
fn every_line_is_attributed() {
    let trials = std::env::var(TRIALS).ok().and_then(|text| text.parse().ok()).unwrap_or(30);
    let sets = sets();
    let (mut problems, mut accepted) = (Vec::new(), 0);
    for seed in 0..trials {
        let Some(set) = sets.get(seed % sets.len()) else { continue };
        let Some(fresh) = Version::read(&work("base"), &texts(&set.files), &Lock::default()) else { continue };
        let Some(old) = Version::read(&work("base"), &texts(&set.files), &fresh.lock) else { continue };
        let mut random = Random::new(seed as u64);
        let mut files = set.files.clone();
        let mut names = Vec::new();
        for _ in 0..=random.below(3) {
            let paths: Vec<String> = files.texts.keys().cloned().collect();
            let list = if random.below(6) == 0 { NEUTRAL } else { GROWING };
            let (Some((name, mutation)), Some(path)) = (random.of(list), random.of(&paths)) else { continue };
            if mutation(&mut files, path, &mut random) {
                names.push(*name);
            }
        }
        if files.texts.values().any(|text| repeats(text)) {
            continue;
        }
        let Some(new) = Version::read(&work("changed"), &texts(&files), &old.lock) else { continue };
        accepted += 1;
        check(&old, &new, &mut problems, &format!("{} with seed {seed}: {names:?}", set.name));
    }
    assert!(accepted * 2 >= trials, "{accepted} of {trials} changes are accepted");
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}

const NOTE: &str = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:note" xmlns:note="urn:note" elementFormDefault="qualified">
  <xs:element name="note" type="note:noteType"/>
  <xs:complexType name="noteType">
    <xs:sequence>
      <xs:element name="to" type="xs:string" maxOccurs="unbounded"/>
      <xs:element name="part" type="note:partType" minOccurs="0"/>
      <xs:element name="level" type="note:levelType" minOccurs="0"/>
    </xs:sequence>
  </xs:complexType>
  <xs:complexType name="partType">
    <xs:sequence><xs:element name="title" type="xs:string"/></xs:sequence>
  </xs:complexType>
  <xs:simpleType name="levelType">
    <xs:restriction base="xs:string"><xs:enumeration value="LOW"/><xs:enumeration value="HIGH"/></xs:restriction>
  </xs:simpleType>
</xs:schema>"#;

/// Edits of [`NOTE`]: a text that is replaced, and the component under which the lines of an item are filed.
const EDITS: &[(&str, &str, &str, &str)] = &[
    ("name=\"to\"", "name=\"recipient\"", "note:noteType/recipient", "note::Note::recipient"),
    ("type=\"xs:string\" maxOccurs", "type=\"xs:int\" maxOccurs", "note:noteType/to", "note::Note::to"),
    ("<xs:enumeration value=\"LOW\"/>", "", "note:levelType/=LOW", "note::Level::Low"),
    ("minOccurs=\"0\"/>\n    </xs:sequence>", "/>\n    </xs:sequence>", "note:noteType/level", "note::Note::level"),
    ("partType\"", "pieceType\"", "note:pieceType", "note::Piece"),
    (
        "<xs:element name=\"title\"",
        "<xs:element name=\"more\" type=\"xs:int\"/><xs:element name=\"title\"",
        "note:partType/more",
        "note::Part::more",
    ),
    (
        "<xs:complexType name=\"partType\">",
        "<xs:complexType name=\"partType\"><xs:annotation><xs:documentation>A part.</xs:documentation></xs:annotation>",
        "note:partType",
        "note::Part",
    ),
    ("urn:note", "urn:note:2", "{urn:note:2}", "xmlns::trim_text"),
];

#[test]
fn lines_are_filed_under_the_change_of_their_component() {
    let old = Version::of("edit-old", NOTE);
    let mut problems = Vec::new();
    for (from, to, subject, item) in EDITS {
        assert!(NOTE.contains(from), "{from}");
        let new = Version::of("edit-new", &NOTE.replace(from, to));
        check(&old, &new, &mut problems, subject);
        let review = reviewed(&old, &new);
        let entries = review.groups.iter().flat_map(|group| &group.entries);
        let filed: Vec<String> = entries
            .filter(|entry| entry.change.subject.to_string() == *subject)
            .flat_map(|entry| entry.hunks.iter().map(|hunk| hunk.item.clone()))
            .collect();
        assert!(filed.iter().any(|filed| filed == item), "{subject} has {filed:?}, not {item}");
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn consequences_say_why() {
    let many: String = (0..12).map(|n| format!("<xs:element name=\"more{n}\" type=\"xs:string\"/>")).collect();
    let old = Version::of("size-old", NOTE);
    let new = Version::of("size-new", &NOTE.replace("<xs:element name=\"title\"", &format!("{many}<xs:element name=\"title\"")));
    let review = reviewed(&old, &new);
    let hunk = review.hunks().find(|hunk| hunk.item == "note::Note::part").expect("the field is boxed");
    assert_eq!(hunk.reason, Reason::Size("note::Part".to_owned()), "{:?}", hunk.lines);
}

#[test]
fn code_that_only_moved_is_folded() {
    let part = "      <xs:element name=\"part\" type=\"note:partType\" minOccurs=\"0\"/>\n";
    let to = "      <xs:element name=\"to\" type=\"xs:string\" maxOccurs=\"unbounded\"/>\n";
    let (old, new) =
        (Version::of("move-old", NOTE), Version::of("move-new", &NOTE.replace(&format!("{to}{part}"), &format!("{part}{to}"))));
    let review = reviewed(&old, &new);
    patch::check(&old, &new, &review).expect("a patch");
    let code: Vec<_> = review.hunks().filter(|hunk| hunk.file == "note.rs").collect();
    assert!(!code.is_empty() && code.iter().all(|hunk| hunk.folded == Some(Folded::Moved)), "{code:?}");
    assert_eq!(review.counts.moved, review.counts.changed, "{:?}", review.counts);
}
