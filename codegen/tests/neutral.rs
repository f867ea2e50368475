//! Neutral changes of schemas change nothing in the bindings: the order of components, their distribution over files, the names of files and
//! prefixes, comments. The only exception are the lines `// Schema: FILE` at the start of a module, which list its files.
#![allow(clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "tests stop where something is wrong")]

mod support;

use std::path::Path;
use std::sync::OnceLock;

use support::documents::{Documents, changed, components, generated, parsed, read};
use support::neutral;
use xsdgen::settings::Settings;
use xsdgen::{Config, FileSet};

/// A schema set under test.
struct Set {
    name: String,
    documents: Documents,
    settings: Settings,
    /// The bindings of the unchanged documents.
    bindings: FileSet,
}

impl Set {
    fn new(name: &str, folder: &Path, settings: Settings) -> Self {
        let documents = read(folder);
        let bindings = generated(&documents, &settings).files;
        Set { name: name.to_owned(), documents, settings, bindings }
    }
}

/// Returns the schema sets under test: that of the WebEx XML API, and those of the cases.
fn sets() -> &'static [Set] {
    static SETS: OnceLock<Vec<Set>> = OnceLock::new();
    SETS.get_or_init(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let cases = here.join("tests/cases");
        let mut sets = vec![Set::new("xsd", &here.join("../xsd"), settings(&here.join("../xsdgen.toml")))];
        for path in read(&cases).into_keys() {
            let Some(case) = path.strip_suffix("/schema.xsd") else { continue };
            sets.push(Set::new(case, &cases.join(case), settings(&cases.join(case).join("xsdgen.toml"))));
        }
        sets
    })
}

/// Reads the settings of a set, which has none if the file does not exist.
fn settings(path: &Path) -> Settings {
    if !path.exists() {
        return Settings::default();
    }
    let read = Config::read(path);
    Settings { krate: None, ..read.product.unwrap_or_else(|| panic!("{}: {:?}", path.display(), read.diagnostics)).settings }
}

/// Checks that a change of the documents changes no line of the bindings of any set.
fn is_neutral(change: impl Fn(&Documents) -> Documents) {
    is_neutral_for(sets().iter(), change);
}

/// Checks that a change of the order of components changes no line of the bindings. Where a name may be declared twice, the first declaration counts.
fn is_neutral_order(change: impl Fn(&Documents) -> Documents) {
    is_neutral_for(sets().iter().filter(|set| !set.settings.allow.iter().any(|rule| rule == "sch-props-correct")), change);
}

fn is_neutral_for<'s>(sets: impl Iterator<Item = &'s Set>, change: impl Fn(&Documents) -> Documents) {
    for set in sets {
        let after = change(&set.documents);
        assert!(set.documents != after || set.name != "xsd", "nothing was changed");
        let lines = changed(&set.bindings, &generated(&after, &set.settings).files);
        assert!(lines.is_empty(), "{}: {} lines changed:\n{}", set.name, lines.len(), lines.iter().take(20).cloned().collect::<String>());
    }
}

/// Applies a change to each schema document.
fn each(change: impl Fn(&str) -> String) -> impl Fn(&Documents) -> Documents {
    move |documents| {
        documents.iter().map(|(path, text)| (path.clone(), if is_schema(path) { change(text) } else { text.clone() })).collect()
    }
}

/// Returns whether a document is a schema. The schemas in a WSDL document stay as they are.
fn is_schema(path: &str) -> bool {
    path.ends_with(".xsd")
}

#[test]
fn the_order_of_components() {
    is_neutral_order(each(neutral::sorted));
}

#[test]
fn the_distribution_over_files() {
    is_neutral_order(|documents| {
        let mut after = Documents::new();
        for (path, text) in documents {
            if !is_schema(path) {
                after.insert(path.clone(), text.clone());
                continue;
            }
            let file = format!("{}-more.xsd", path.rsplit('/').next().unwrap_or(path).trim_end_matches(".xsd"));
            let (old, new) = neutral::split(text, &file, |at| at % 2 == 1);
            let folder = path.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
            after.insert(format!("{folder}{file}"), new);
            after.insert(path.clone(), old);
        }
        after
    });
}

#[test]
fn the_names_of_files() {
    is_neutral(|documents| {
        let mut after = documents.clone();
        for (at, path) in documents.keys().rev().filter(|path| is_schema(path)).enumerate() {
            after = neutral::renamed(&after, path, &format!("{at}-9.1.xsd"));
        }
        after
    });
}

#[test]
fn prefixes_in_the_schemas() {
    is_neutral(each(|text| {
        let document = parsed(text);
        let prefixes = document.root_element().namespaces().filter_map(|namespace| namespace.name()).filter(|prefix| *prefix != "xml");
        prefixes.fold(text.to_owned(), |text, prefix| neutral::prefixed(&text, prefix, &format!("p-{prefix}")))
    }));
}

#[test]
fn prefixes_in_values() {
    let schema = |prefix: &str| {
        let text = format!(
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:{prefix}='urn:event' targetNamespace='urn:event'>
              <xs:simpleType name='code'><xs:restriction base='xs:QName'><xs:enumeration value='{prefix}:one'/></xs:restriction></xs:simpleType>
              <xs:simpleType name='codes'><xs:list itemType='{prefix}:code'/></xs:simpleType>
              <xs:attribute name='code' type='{prefix}:code' default='{prefix}:one'/>
              <xs:element name='codes' type='{prefix}:codes' fixed='{prefix}:one {prefix}:one'/>
            </xs:schema>"
        );
        generated(&Documents::from([("schema.xsd".to_owned(), text)]), &Settings::default()).files
    };
    assert_eq!(changed(&schema("e"), &schema("x")), Vec::<String>::new());
}

#[test]
fn comments() {
    is_neutral(each(neutral::commented));
}

#[test]
fn changes_are_made() {
    let text = "<x:schema xmlns:x='http://www.w3.org/2001/XMLSchema' xmlns:t='urn:t' targetNamespace='urn:t'><x:element name='b' type='t:T'/>\
                <x:simpleType name='T'><x:restriction base='x:string'/></x:simpleType><x:element name='a' type='t:T'/></x:schema>";
    let names =
        |text: &str| components(&parsed(text)).iter().filter_map(|node| node.attribute("name")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(names(&neutral::sorted(text)), ["a", "b", "T"]);
    let (old, new) = neutral::split(text, "more.xsd", |at| at != 1);
    assert_eq!((names(&old), names(&new)), (vec!["T".to_owned()], vec!["b".to_owned(), "a".to_owned()]));
    assert!(old.contains("<x:include schemaLocation=\"more.xsd\"/>"), "{old}");
    let renamed = neutral::renamed(&Documents::from([("a/s.xsd".to_owned(), old), ("a/more.xsd".to_owned(), new)]), "a/more.xsd", "n.xsd");
    assert_eq!(renamed.keys().collect::<Vec<_>>(), ["a/n.xsd", "a/s.xsd"]);
    assert!(renamed["a/s.xsd"].contains("schemaLocation=\"n.xsd\""));
    assert!(neutral::prefixed(text, "t", "u").contains("type='u:T'"));
    assert_eq!(neutral::commented(text).matches("<!-- a comment -->").count(), 5);
}
