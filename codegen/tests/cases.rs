//! Tests each folder in `cases/`: the bindings of `schema.xsd` equal those in `expected/`, which are compiled here. Every document in
//! `valid/` survives reading and writing. Every document in `left_out/` survives strict reading and writing, except for its `xsi:type`s.
//! Strict reading refuses every document in `invalid/` with the message in `messages.txt`. If tolerant reading accepts such a document, but
//! writing refuses its value, `refusals.txt` has the message.
//!
//! A new folder needs only a schema and documents, and may have an `xsdgen.toml`; `cargo gen` writes the other files.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test panics")]
#![deny(uncommon_codepoints, confusable_idents, mixed_script_confusables)]

#[path = "cases/case.rs"]
mod case;
#[path = "cases/own.rs"]
mod own;
#[path = "cases/support.rs"]
mod support;

#[rustfmt::skip]
#[path = "cases/bindings.rs"]
mod bindings;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use xsdgen::Config;
use xsdgen::model::Global;
use xsdgen::plan::examples;
use xsdgen::sample::{Fill, SampleError, SampleOptions, sample};
use xsdgen::settings::Settings;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("schema.xsd").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Returns the settings of a case, or the default settings.
fn settings(path: &Path) -> Settings {
    if !path.exists() {
        return Settings::default();
    }
    let read = Config::read(path);
    read.product.unwrap_or_else(|| panic!("{}: {:?}", path.display(), read.diagnostics)).settings
}

/// Returns the files that the generator produces for a case.
fn generated(name: &str) -> BTreeMap<String, String> {
    let made = xsdgen::generate(
        &[folder().join(name).join("schema.xsd")],
        &settings(&folder().join(name).join("xsdgen.toml")),
        &xsdgen::Lock::default(),
    );
    let problems: Vec<String> = made.diagnostics.iter().map(|d| format!("{}: {}", d.span, d.message)).collect();
    made.product.unwrap_or_else(|| panic!("{name}: {problems:?}")).files
}

#[test]
fn expected_is_what_is_generated() {
    let behind: Vec<String> = names().into_iter().filter(|name| files(&folder().join(name).join("expected")) != generated(name)).collect();
    assert!(behind.is_empty(), "behind the generator: {behind:?}; run `cargo gen`, and look at what changed");
}

/// Returns the texts of the files below a folder, by path.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(within, text)| (format!("{name}/{within}"), text)));
        } else {
            found.insert(name, fs::read_to_string(&path).unwrap().replace("\r\n", "\n"));
        }
    }
    found
}

#[test]
fn generation_is_deterministic() {
    for name in names() {
        assert_eq!(generated(&name), generated(&name), "{name}");
    }
}

#[test]
fn every_case_is_compiled() {
    let compiled: Vec<&str> = bindings::CASES.iter().map(|case| case.name).collect();
    assert_eq!(compiled, names(), "a case was added or removed: run `cargo gen`");
}

/// Tests valid documents on a stack of 1 MiB, half of what a test thread has. No type may need more, however many variants or levels it
/// has.
#[test]
fn valid_documents_survive() {
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(survivors).unwrap();
    thread.join().unwrap();
}

fn survivors() {
    let mut lost = Vec::new();
    for case in bindings::CASES {
        for (name, text) in case::read(&folder().join(case.name).join("valid")) {
            let place = format!("{}/valid/{name}", case.name);
            for (mode, read) in [("tolerant", case.tolerant), ("strict", case.strict)] {
                match read(text.as_bytes()) {
                    Ok(written) if support::same(&text, &written) => {}
                    Ok(written) => lost.push(format!("{place} ({mode}): {written}")),
                    Err(problem) => lost.push(format!("{place} ({mode}): {problem}")),
                }
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// Returns all documents of the cases, and variants of each that have one change.
fn documents() -> impl Iterator<Item = (&'static case::Case, String, String)> {
    let of_case = |case: &'static case::Case| {
        let folders = ["valid", "left_out", "invalid"].into_iter().map(|kind| folder().join(case.name).join(kind));
        folders.flat_map(|folder| case::read(&folder)).map(move |(name, text)| (case, name, text))
    };
    bindings::CASES.iter().flat_map(of_case).flat_map(|(case, name, text)| {
        let changed = support::changed(&text).into_iter().enumerate();
        let changed: Vec<_> = changed.map(|(number, text)| (case, format!("{name}, changed ({number})"), text)).collect();
        std::iter::once((case, name, text)).chain(changed)
    })
}

#[test]
fn writing_and_validation_refuse_what_strict_reading_refuses() {
    let mut wrong = Vec::new();
    let (mut refused, mut taken) = (0, 0);
    for (case, name, text) in documents() {
        let Some(outcome) = (case.outcome)(text.as_bytes()) else { continue };
        *if outcome.reread.is_ok() { &mut taken } else { &mut refused } += 1;
        let same = outcome.written.is_ok() == outcome.reread.is_ok() && outcome.valid.is_ok() == outcome.reread.is_ok();
        if !same || outcome.written.as_ref().err() != outcome.valid.as_ref().err() {
            let (written, valid, reread) = (outcome.written.err(), outcome.valid.err(), outcome.reread.err());
            wrong.push(format!("{}/{name}: {text}\n  written: {written:?}\n  valid: {valid:?}\n  reread: {reread:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), taken + refused, wrong.join("\n"));
    assert!(taken > 1000 && refused > 1000, "{taken} taken, {refused} refused");
}

#[test]
fn valid_documents_read_the_same_in_both_modes() {
    let mut wrong = Vec::new();
    for (case, name, text) in documents() {
        let Ok(strict) = (case.strict)(text.as_bytes()) else { continue };
        let tolerant = (case.tolerant)(text.as_bytes());
        if tolerant.as_ref() != Ok(&strict) {
            wrong.push(format!("{}/{name}: {text}\n  strict: {strict}\n  tolerant: {tolerant:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn valid_documents_survive_as_json() {
    let mut lost = Vec::new();
    let mut survived = 0;
    for (case, name, text) in documents() {
        match (case.json)(text.as_bytes()) {
            Some(Ok(json)) if json.before == json.after || support::same(&json.before, &json.after) => survived += 1,
            Some(Ok(json)) => lost.push(format!("{}/{name}: {text}\n  {}\n  {}", case.name, json.before, json.after)),
            Some(Err(problem)) => lost.push(format!("{}/{name}: {text}\n  {problem}", case.name)),
            None => {}
        }
    }
    assert!(lost.is_empty(), "{} of {}:\n{}", lost.len(), lost.len() + survived, lost.join("\n"));
    assert!(survived > 1000, "{survived}");
}

/// Prints the errors that the Python package `jsonschema` finds.
#[cfg(feature = "json")]
const VALIDATE: &str = r#"
import json, sys
from jsonschema import Draft202012Validator
for line in open(sys.argv[1]):
    name, schema, documents = json.loads(line)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for document, value in documents:
        for error in list(validator.iter_errors(value))[:1]:
            deep = error
            while deep.context:
                deep = max(deep.context, key=lambda inner: len(inner.absolute_path))
            print(name, document, deep.json_path, deep.message[:200], json.dumps(value)[:500])
"#;

#[cfg(feature = "json")]
#[test]
#[ignore = "needs a Python with the package jsonschema, which JSON_SCHEMA_PYTHON names"]
fn json_is_valid_against_the_json_schema() {
    let python = std::env::var_os("JSON_SCHEMA_PYTHON").unwrap();
    let mut lines: BTreeMap<&str, Vec<serde_json::Value>> = BTreeMap::new();
    for (case, name, text) in documents() {
        let Some(Ok(json)) = (case.json)(text.as_bytes()) else { continue };
        let value = serde_json::to_value(json.tree).unwrap();
        // Types that `xsi:type` gives to simple elements and to unknown roots are not part of the JSON Schema.
        let shown = value.to_string();
        if !(shown.contains("$xml") && shown.contains(" xsi:type=") || value.get("$any").is_some()) {
            lines.entry(case.name).or_default().push(serde_json::json!([name, value]));
        }
    }
    let line = |(name, documents): (&str, Vec<serde_json::Value>)| {
        let settings = settings(&folder().join(name).join("xsdgen.toml"));
        let model = xsdgen::components(&[folder().join(name).join("schema.xsd")], &settings).product.unwrap();
        let schema = xsdgen::json_schema(&model);
        serde_json::json!([name, schema, documents]).to_string()
    };
    let text: Vec<String> = lines.into_iter().map(line).collect();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("json_documents.json");
    fs::write(&file, text.join("\n")).unwrap();
    let output = std::process::Command::new(python).args(["-c", VALIDATE]).arg(&file).output().unwrap();
    let (found, failed) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && found.is_empty(), "{} lines:\n{found}{failed}", found.lines().count());
}

#[test]
fn types_without_a_place_are_left_out() {
    let mut lost = Vec::new();
    for case in bindings::CASES {
        for (name, text) in case::read(&folder().join(case.name).join("left_out")) {
            match (case.strict)(text.as_bytes()) {
                Ok(written) if support::same(&support::untyped(&text), &written) => {}
                other => lost.push(format!("{}/left_out/{name}: {other:?}", case.name)),
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// Returns the cases in which the file does not have the expected text.
fn behind(file: &str, said: fn(&case::Case, &Path) -> String) -> Vec<&'static str> {
    let is_behind = |case: &&case::Case| {
        let folder = folder().join(case.name);
        fs::read_to_string(folder.join(file)).unwrap_or_default().replace("\r\n", "\n") != said(case, &folder)
    };
    bindings::CASES.iter().filter(is_behind).map(|case| case.name).collect()
}

/// The cases whose documents `xmllint` must judge as strict reading does.
const JUDGED: &[&str] = &[
    "builders",
    "choice",
    "choice_types",
    "flattened",
    "group_structs",
    "list_wrappers",
    "ordered",
    "runs",
    "shared_anonymous",
    "two_namespaces",
    "version_one",
    "version_two",
];

#[test]
fn xmllint_judges_the_documents_alike() {
    let run = |schema: &Path, document: &Path| {
        std::process::Command::new("xmllint").args(["--nonet", "--noout", "--schema"]).arg(schema).arg(document).output()
    };
    let mut wrong = Vec::new();
    for name in JUDGED {
        let folder = folder().join(name);
        for (kind, valid) in [("valid", true), ("invalid", false)] {
            for document in case::read(&folder.join(kind)).into_keys() {
                let path = folder.join(kind).join(&document);
                // Where there is no `xmllint`, there is nothing to compare with.
                let Ok(output) = run(&folder.join("schema.xsd"), &path) else { return };
                if output.status.success() != valid {
                    wrong.push(format!("{}: {}", path.display(), String::from_utf8_lossy(&output.stderr)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn values_are_refused_with_a_reason() {
    let behind = behind("refusals.txt", case::refusals);
    assert!(behind.is_empty(), "other messages: {behind:?}; run `cargo gen`, and look at what changed");
}

/// Returns samples of every root element, with only required and with all content.
fn samples(name: &str) -> Vec<(String, Result<String, SampleError>)> {
    let settings = settings(&folder().join(name).join("xsdgen.toml"));
    let model = xsdgen::components(&[folder().join(name).join("schema.xsd")], &settings).product.unwrap();
    let all = SampleOptions { examples: examples(&model, &settings, &xsdgen::Lock::default()), ..SampleOptions::default() };
    let kinds = [
        SampleOptions { fill: Fill::Required, ..all.clone() },
        SampleOptions { variant: 1, ..all.clone() },
        SampleOptions { variant: 2, repeat: 3, ..all.clone() },
        all,
    ];
    let roots = model.globals.iter().filter_map(|global| if let Global::Element(id) = global { Some(*id) } else { None });
    let mut out = Vec::new();
    for root in roots.filter(|id| !model.elements[id.index()].abstract_) {
        out.extend(kinds.iter().map(|kind| (model.elements[root.index()].name.local.clone(), sample(&model, root, None, kind))));
    }
    out
}

#[test]
fn samples_are_valid() {
    let mut refused = Vec::new();
    // The samples of a schema set can contain what a slice leaves out.
    let whole = |name: &str| settings(&folder().join(name).join("xsdgen.toml")).only.is_empty();
    for case in bindings::CASES.iter().filter(|case| whole(case.name)) {
        for (element, made) in samples(case.name) {
            match made.map(|text| (case.strict)(text.as_bytes()).map_err(|why| format!("{why}\n{text}"))) {
                Ok(Ok(_)) => {}
                Ok(Err(why)) => refused.push(format!("{}: {element}: {why}", case.name)),
                // An element of an abstract type without derived types cannot occur in a document.
                Err(SampleError::Abstract(name)) if name == element => {}
                Err(why) => refused.push(format!("{}: {element}: {why}", case.name)),
            }
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn invalid_documents_are_refused() {
    for case in bindings::CASES {
        let said = case::messages(case, &folder().join(case.name));
        assert!(!said.contains(" is taken\n"), "{}: {said}", case.name);
    }
    let behind = behind("messages.txt", case::messages);
    assert!(behind.is_empty(), "other messages: {behind:?}; run `cargo gen`, and look at what changed");
}

/// Tests that prefixes in values of the schema have the namespaces that the schema declares. The document may declare them differently or
/// not at all.
#[test]
fn names_of_the_schema_keep_their_namespaces() {
    use bindings::qualified_presets::{Document, presets};
    use xsdgen_codec::{Defaults, QName, ReadOptions, WriteOptions};

    let content = "<q:plain/><q:bare/><q:content/><q:list/><q:fixed/><q:fixedContent/><q:either/><q:text/>";
    for declarations in ["", "xmlns:p='urn:wrong' xmlns:o='urn:wrong' xmlns:x='urn:wrong' xmlns='urn:wrong'"] {
        let text = format!("<q:all xmlns:q='urn:presets' {declarations}>{content}</q:all>");
        for options in [ReadOptions::tolerant(), ReadOptions::strict()] {
            let reading = Document::read(text.as_bytes(), &options.fill_defaults(true));
            let document = reading.unwrap_or_else(|error| panic!("{declarations}: {error}")).value;
            let Document::All(all) = &document;
            let name = |uri, local| QName::new(uri, local);
            assert_eq!(all.default, Some(name("urn:other", "default")));
            assert_eq!(all.format, Some(name("urn:presets", "gif")));
            assert_eq!(all.fixed_attribute, Some(name("urn:other", "fixed")));
            assert_eq!(all.names.as_ref().unwrap().0, [name("urn:other", "a"), name("urn:presets", "b")]);
            assert_eq!((all.plain.clone(), all.bare.clone()), (Some(name("urn:presets", "plain")), Some(name("", "bare"))));
            assert_eq!(all.content.as_ref().map(|it| it.value.clone()), Some(name("urn:other", "content")));
            assert_eq!(all.list.as_ref().unwrap().0, [name("urn:presets", "a"), name("urn:other", "b"), name("", "c")]);
            assert_eq!(
                (all.fixed[0].clone(), all.fixed_content[0].value.clone()),
                (name("urn:other", "fixed"), name("urn:other", "fixed"))
            );
            assert_eq!(*all.either[0], presets::Either::QName(name("urn:other", "either")));
            assert_eq!(
                ***all.text.as_ref().unwrap(),
                presets::Either::Token("x:unbound".to_owned()),
                "a prefix that the schema does not bind"
            );
            let written = document.to_xml().unwrap();
            assert_eq!(Document::from_xml_strict(written.as_bytes()).unwrap(), document, "{written}");
            // The writer supplies the same names as the reader.
            let bare = Document::from_xml_strict(text.as_bytes()).unwrap();
            let supplied = bare.to_xml_with(&WriteOptions::default().defaults(Defaults::Write)).unwrap();
            assert_eq!(Document::from_xml_strict(supplied.as_bytes()).unwrap(), document, "{supplied}");
        }
    }
}

/// Tests that writing compares fixed and enumerated names by their namespaces.
#[test]
fn names_that_the_schema_does_not_list_are_not_written() {
    use bindings::qualified_presets::presets::{All, Either};
    use xsdgen_codec::{ErrorKind, QName, Xml as _, XsiTyped};

    let wrong = |all: All| all.to_xml_as("presets:all").unwrap_err().kind();
    assert_eq!(wrong(All::new().with_fixed_attribute(QName::new("urn:presets", "fixed").with_prefix("o"))), ErrorKind::Facet);
    assert_eq!(wrong(All::new().with_format(QName::new("urn:other", "gif").with_prefix("p"))), ErrorKind::Facet);
    assert_eq!(wrong(All::new().with_few([XsiTyped::from(Either::QName(QName::new("urn:wrong", "a")))])), ErrorKind::Facet);
    let right =
        All::new().with_fixed([QName::new("urn:other", "fixed")]).with_few([XsiTyped::from(Either::QName(QName::new("urn:other", "a")))]);
    assert!(right.to_xml_as("presets:all").is_ok());
}

/// Tests that an empty element gets the value of the declaration that it matches, if a content model has several declarations of one name.
#[test]
fn empty_elements_have_the_values_of_their_own_declarations() {
    use bindings::same_name::Document;

    let inner = "<steps><v/><v/></steps><counts><n/><n/></counts><pairs><y/><v/><x/><v/></pairs><text><v/>, <v/></text>\
        <sizes><size/><size/><any/><any/></sizes><members><member/><end/><member/></members>";
    let text = format!("<root>{inner}</root>");
    for read in [Document::from_xml, Document::from_xml_strict] {
        let written = read(text.as_bytes()).unwrap().to_xml().unwrap();
        let filled = "<root><steps><v>a</v><v>b</v></steps><counts><n>1</n><n>2</n></counts>\
            <pairs><y/><v>after y</v><x/><v>after x</v></pairs><text><v>first</v>, <v>last</v></text>\
            <sizes><size>5</size><size>6</size><any/><any/></sizes>\
            <members><member>local</member><end/><member>of the group</member></members></root>";
        assert!(support::same(filled, &written), "{written}");
    }
}

/// Tests that a nil element of an unknown type is kept unchanged, and does not affect the elements after it.
#[test]
fn nil_elements_of_unknown_types_are_kept() {
    use bindings::nil_types::Document;

    let xsi = "http://www.w3.org/2001/XMLSchema-instance";
    let text = format!(
        "<n:all xmlns:n=\"urn:nils\" xmlns:xsi=\"{xsi}\"><n:told xsi:nil=\"true\" xsi:type=\"n:later\"/><n:last><n:a>3</n:a></n:last></n:all>"
    );
    let reading = Document::from_xml_noted(text.as_bytes()).unwrap();
    let kinds: Vec<_> = reading.notes.iter().map(|note| note.kind).collect();
    assert_eq!(kinds, [xsdgen_codec::NoteKind::UnknownType]);
    assert!(reading.value.to_xml().is_err(), "the schema has no such type");
    let written = reading.value.to_xml_with(&xsdgen_codec::WriteOptions::tolerant()).unwrap();
    assert!(support::same(&text, &written), "{written}");
}

/// Tests that a valid `xsi:type` that the value cannot store is noted.
#[test]
fn types_that_are_left_out_are_noted() {
    use bindings::type_left_out::Document;
    use xsdgen_codec::{NoteKind, ReadOptions};

    for (name, text) in case::read(&folder().join("type_left_out/left_out")) {
        let notes = Document::read(text.as_bytes(), &ReadOptions::strict()).unwrap().notes;
        let told = notes.iter().filter(|note| note.kind == NoteKind::TypeLeftOut && note.path.ends_with("/@type")).count();
        assert_eq!(told, text.matches("xsi:type=").count(), "{name}: {notes:?}");
    }
}

/// Tests the operations that WSDL describes: their names, elements and actions, and that a request is written as its element.
#[test]
fn operations_of_wsdl_have_the_elements_of_their_messages() {
    use bindings::wsdl::customers::Search;
    use bindings::wsdl::orders::{Cancel, Item, Pay, PlaceOrder, PlaceOrderResponse};
    use bindings::wsdl::{OPERATIONS, customers::Customer};
    use xsdgen_codec::{NoResponse, Operation, Xml};

    let found: Vec<_> = OPERATIONS.iter().map(|info| (info.name, info.wire_type, info.messages.unwrap())).collect();
    let messages = |action, request, response, faults| xsdgen_codec::SoapMessages { action, request, response, faults };
    let placed = messages("urn:shop:PlaceOrder", "orders:placeOrder", "orders:placeOrderResponse", &["base:refusal"]);
    let searched = messages("", "customers:findCustomers", "customers:findCustomersResponse", &[]);
    let canceled = messages("urn:shop:Cancel", "orders:cancel", "", &[]);
    let paid = messages("urn:shop:Pay", "orders:pay", "orders:placeOrderResponse", &[]);
    assert_eq!(found, [("FindCustomers", "", searched), ("Cancel", "", canceled), ("Pay", "", paid), ("PlaceOrder", "", placed)]);

    fn call<O: Operation>(request: &O, answer: &str) -> (String, O::Response) {
        (request.to_request_xml().unwrap(), O::Response::from_xml_strict(answer.as_bytes()).unwrap())
    }
    let request = PlaceOrder::new(Customer::new("1234".to_owned()), vec![Item::new("1000".to_owned())]);
    let (sent, response) =
        call(&request, "<r:placeOrderResponse xmlns:r='urn:shop:orders'><r:number>0042</r:number></r:placeOrderResponse>");
    assert_eq!(response, PlaceOrderResponse::new("0042".to_owned()));
    let document = bindings::wsdl::Document::from_xml_strict(sent.as_bytes()).unwrap();
    assert_eq!(document, bindings::wsdl::Document::from(request));
    // A request whose type is a choice is a struct, and a one-way operation has no response.
    let pay = Pay::new(Item::new("1000".to_owned()));
    let (sent, _) = call(&pay, "<r:placeOrderResponse xmlns:r='urn:shop:orders'><r:number>0042</r:number></r:placeOrderResponse>");
    assert_eq!(bindings::wsdl::Document::from_xml_strict(sent.as_bytes()).unwrap(), pay.into());
    let (sent, NoResponse) = call(&Cancel::new("0042".to_owned()), "<nothing/>");
    assert!(sent.contains("<orders:order>0042</orders:order>"), "{sent}");
    assert!(NoResponse::from_xml_strict(b"<nothing>text</nothing>").is_err());
    let (sent, _) = call(&Search::default(), "<r:findCustomersResponse xmlns:r='urn:shop:customers'/>");
    assert!(sent.contains("findCustomers") && sent.contains("urn:shop:customers"), "{sent}");
    assert_eq!(bindings::wsdl_import::OPERATIONS.iter().map(|info| info.name).collect::<Vec<_>>(), ["Now"]);
}

/// Tests that builders take their fields in any order, and that no name of a field is in the way.
#[test]
fn builders_make_the_value_that_reading_makes() {
    use bindings::builders::builders::{Address, Line, Order, OrderBuilder, order};

    let address = Address::builder().city("c").street("s").build();
    let size = order::package::Size::builder().width(3).build();
    let order = Order::builder()
        .address(address)
        .line([Line::new().with_article("a"), Line::new()])
        .package(order::Package::builder().size(size).build())
        .type_(1)
        .maker(OrderBuilder::builder().name("m").build())
        .number(6)
        .build_("b")
        .number(7)
        .build()
        .with_note("n");
    let read = fs::read_to_string(folder().join("builders/valid/order.xml")).unwrap();
    assert_eq!(bindings::builders::Document::from_xml_strict(read.as_bytes()).unwrap(), order.into());
}

/// Tests that a list in an element of its own tells an absent element from an empty one.
#[test]
fn lists_in_elements_are_absent_or_empty() {
    use bindings::list_wrappers::Document;
    use bindings::list_wrappers::lists::{Order, Part, order};

    let read = |name: &str| {
        let text = fs::read_to_string(folder().join(format!("list_wrappers/valid/{name}.xml"))).unwrap();
        Document::from_xml_strict(text.as_bytes()).unwrap()
    };
    let Document::Order(order) = read("empty_lists");
    assert_eq!((order.lines, order.dates, order.codes), (None, Some(Vec::new()), Vec::new()));
    let part = Part::new("p").with_parts([Part::new("q")]);
    let order = Order::new(["x", "xyz"]).with_lines(["a", "b"].map(order::lines::Line::new)).with_sizes([1, 2]).with_part(part);
    let Document::Order(all) = read("all");
    assert_eq!((all.lines, all.codes, all.sizes, all.part), (order.lines, order.codes, order.sizes, order.part));
}

/// Tests that the elements of an `all` group within a sequence are read in any order, if the schema may break `cos-all-limited`.
#[test]
fn all_groups_within_other_groups_have_no_order() {
    use bindings::allowed::Document;

    let read =
        |content: &str| Document::from_xml_strict(format!("<allInSequence xmlns='urn:allowed'>{content}</allInSequence>").as_bytes());
    let [one, other] = ["<first/><x>1</x><y>2</y><last/>", "<first/><y>2</y><x>1</x><last/>"].map(|content| read(content).unwrap());
    assert_eq!(one, other);
    assert!(read("<first/><y>2</y><last/>").is_err(), "`x` is required");
}
