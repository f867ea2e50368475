//! Tests that a value of every complex type and every root element of the schemas is equal after it was written and read again, in both modes and in
//! several forms, that reading and writing lose nothing, and that what is written is valid according to `xmllint`.
//!
//! Documents are made from the tables of the types: some with everything that may occur, so that each field is tested, and some from numbers of proptest,
//! which finds the shortest numbers of a failure. `XSDGEN_CASES` sets how many of the latter each type gets.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

#[path = "support/canonical.rs"]
mod canonical;
#[path = "every_type/choices.rs"]
mod choices;
#[path = "every_type/documents.rs"]
mod documents;
#[path = "every_type/subjects.rs"]
mod subjects;
#[path = "every_type/texts.rs"]
mod texts;
#[path = "support/xmllint.rs"]
mod xmllint;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::sync::LazyLock;
use std::thread;

use canonical::{Allowed, differences};
use choices::Choices;
use documents::{Common, Maker, Seen, address};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use subjects::{Entry, Shape};
use webex_xml_types::OPERATIONS;
use xmllint::Xmllint;
use xsdgen::Lock;
use xsdgen::lock::{Form, Role};
use xsdgen_codec::{EmptyElements, FieldInfo, FieldKind, ReadOptions, TypeInfo, WriteOptions};

/// The number of documents from random numbers for each type and root element.
const CASES: u32 = 4;

/// The maximum of numbers for a document.
const NUMBERS: usize = 300;

/// The types and the root elements.
static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| [types(), &Entry::roots()].concat());

static COMMON: LazyLock<Common> = LazyLock::new(|| {
    let infos = types().iter().map(|entry| table(entry));
    let prefixes = infos.clone().map(|info| (info.namespace(), info.prefix())).collect();
    Common { named: infos.map(address).collect(), prefixes }
});

/// The types of the list that `cargo gen` writes.
fn types() -> &'static [Entry] {
    static TYPES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
        let list: &[Entry] = include!("every_type/list.rs");
        list.to_vec()
    });
    &TYPES
}

fn table(entry: &Entry) -> &'static TypeInfo {
    let (Shape::Type(info) | Shape::Root(info, _)) = entry.shape;
    info
}

fn cases() -> u32 {
    std::env::var("XSDGEN_CASES").ok().map_or(CASES, |text| text.parse().unwrap_or_else(|_| panic!("XSDGEN_CASES: {text} is not a number")))
}

#[test]
fn the_list_has_every_type_of_the_schemas() {
    let lock = Lock::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("xsdgen.lock")).product.expect("a lock");
    let named = lock.entries.keys().filter(|key| key.path.steps.is_empty());
    let complex = named.filter(|key| key.role == Role::Type && lock.entries[*key].form == Form::Struct);
    let wanted: BTreeSet<String> = complex.map(|key| format!("{}:{}", key.path.prefix, key.path.local)).collect();
    let listed: BTreeSet<String> = types().iter().map(|entry| format!("{}:{}", table(entry).prefix(), table(entry).name().1)).collect();
    assert_eq!(listed, wanted);
    // Counted in the texts of the schemas.
    let mut declared = 0;
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("xsd")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of schemas") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                declared += std::fs::read_to_string(&path).expect("a schema").matches("<xs:complexType name=").count();
            }
        }
    }
    assert_eq!(types().len(), declared);
    assert!(types().len() > 2 * OPERATIONS.len());
}

#[test]
fn every_value_survives_writing_and_reading() {
    let lint = Xmllint::find_with("every-type", &types().iter().map(|entry| (entry.element(), entry.component())).collect::<Vec<_>>());
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let (mut seen, mut written, mut failures) = (Seen::default(), Vec::new(), Vec::new());
        while let Some(entry) = ENTRIES.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
            if let Err(why) = exercise(entry, &mut seen, &mut written) {
                failures.push(format!("{}: {why}", entry.element()));
            }
        }
        (seen, written, failures)
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let (mut seen, mut written, mut failures) = (Seen::default(), Vec::new(), Vec::new());
    thread::scope(|scope| {
        let workers: Vec<_> =
            (0..threads).map(|_| thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, work).expect("a thread")).collect();
        for worker in workers {
            let (saw, wrote, failed) = worker.join().expect("no panic");
            seen.present.extend(saw.present);
            seen.types.extend(saw.types);
            written.extend(wrote);
            failures.extend(failed);
        }
    });
    failures.sort();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert_eq!(missing(&seen), Vec::<String>::new(), "these fields and types occurred in no document");
    if let Some(lint) = lint {
        assert!(written.len() > 2 * ENTRIES.len(), "{}", written.len());
        assert_eq!(lint.complaints(&written), Vec::<String>::new());
    }
}

/// Tests a type or a root element with systematic documents, one for each alternative, and with random ones.
fn exercise(entry: &Entry, seen: &mut Seen, written: &mut Vec<(String, String)>) -> Result<(), String> {
    let (mut number, mut most) = (0, 1);
    while number < most {
        let mut choices = Choices::all(number);
        let texts = there_and_back(entry, &mut choices, seen)?;
        written.extend(texts.into_iter().enumerate().map(|(at, text)| (format!("{}-{number}-{at}", entry.element()), text)));
        most = most.max(choices.most);
        number += 1;
    }
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let config = Config { cases: cases(), failure_persistence: None, max_shrink_iters: 2000, ..Config::default() };
    let numbers = proptest::collection::vec(proptest::arbitrary::any::<u32>(), 0..NUMBERS);
    let last = RefCell::new(Vec::new());
    let run = TestRunner::new_with_rng(config, rng).run(&numbers, |numbers| {
        *last.borrow_mut() = there_and_back(entry, &mut Choices::of(numbers), &mut Seen::default()).map_err(TestCaseError::fail)?;
        Ok(())
    });
    written.extend(last.into_inner().into_iter().enumerate().map(|(at, text)| (format!("{}-random-{at}", entry.element()), text)));
    run.map_err(|error| error.to_string())
}

/// Makes a document, reads it, writes the value, changes all texts of the value, and writes and reads it again. Returns what was written.
fn there_and_back(entry: &Entry, choices: &mut Choices, seen: &mut Seen) -> Result<Vec<String>, String> {
    let mut maker = Maker { common: &COMMON, choices, seen, out: String::new(), elements: 0 };
    match entry.shape {
        Shape::Type(info) => maker.complex(&entry.element(), info, false, 0),
        Shape::Root(info, field) => maker.element(field, info, 0),
    }
    let made = maker.out;
    let name = entry.element();
    let failed = |what: &str, why: &dyn std::fmt::Display, text: &str| format!("{what}: {why}\n{text}");
    let (mut value, notes) = entry.read(&made, &ReadOptions::strict()).map_err(|why| failed("not read", &why, &made))?;
    if !notes.is_empty() {
        return Err(failed("notes", &notes.join(", "), &made));
    }
    let written = value.write(&name, &WriteOptions::default()).map_err(|why| failed("not written", &why, &made))?;
    let lost = differences(&made, &written, Allowed::default()).map_err(|why| failed("not well-formed", &why, &written))?;
    if !lost.is_empty() {
        return Err(failed("written otherwise", &lost.join("; "), &made));
    }
    let equal = |value: &dyn subjects::Typed, text: &str| {
        for (mode, options) in [("strictly", ReadOptions::strict()), ("tolerantly", ReadOptions::tolerant())] {
            let (again, notes) = entry.read(text, &options).map_err(|why| failed(&format!("not read again {mode}"), &why, text))?;
            if !notes.is_empty() || !again.is(value) {
                return Err(failed(
                    &format!("read otherwise {mode}"),
                    &format!("{}; {notes:?}", parting(&format!("{again:?}"), &format!("{value:?}"))),
                    text,
                ));
            }
        }
        Ok(())
    };
    equal(&*value, &written)?;
    let change = value.change(&mut |leaf| {
        if leaf.text()?.is_none() {
            return Ok(());
        }
        let text = texts::text(leaf.field, choices);
        leaf.set(&text)
    });
    change.map_err(|why| failed("not changed", &why, &written))?;
    let changed =
        value.write(&name, &WriteOptions::default()).map_err(|why| failed("not written after a change", &why, &format!("{value:?}")))?;
    equal(&*value, &changed)?;
    // The default namespace is also in scope in kept XML, so that the value is not the same, but its document is.
    let forms = [
        WriteOptions::default().declaration(false).namespaces_on_root(true),
        WriteOptions::default().indent(Some(2)).xsi_on_root(true).type_aliases(true),
        WriteOptions::default().default_namespace(entry.component().0).empty_elements(EmptyElements::Long),
    ];
    let number = choices.below(forms.len());
    let other = value.write(&name, &forms[number]).map_err(|why| failed("not written in another form", &why, &changed))?;
    if number < 2 {
        equal(&*value, &other)?;
    }
    let (again, _) = entry.read(&other, &ReadOptions::strict()).map_err(|why| failed("another form is not read", &why, &other))?;
    let again = again.write(&name, &WriteOptions::default()).map_err(|why| failed("another form is not written", &why, &other))?;
    let lost = differences(&changed, &again, Allowed::default()).map_err(|why| failed("not well-formed", &why, &again))?;
    if !lost.is_empty() {
        return Err(failed("another form is read otherwise", &lost.join("; "), &other));
    }
    Ok(vec![written, changed])
}

/// Returns the first place where two texts differ.
fn parting(one: &str, other: &str) -> String {
    let at = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let part = |text: &str| text.chars().skip(at.saturating_sub(60)).take(120).collect::<String>();
    format!("`{}` is not `{}`", part(one), part(other))
}

/// Returns the fields that were in no document, and the types that no element had.
fn missing(seen: &Seen) -> Vec<String> {
    let mut due: Vec<&'static TypeInfo> = ENTRIES.iter().map(table).collect();
    let (mut known, mut missing) = (HashSet::new(), Vec::new());
    while let Some(info) = due.pop() {
        if !known.insert(address(info)) {
            continue;
        }
        if COMMON.named.contains(&address(info)) && !seen.types.contains(&address(info)) {
            missing.push(format!("{:?}", info.name()));
        }
        for field in info.fields() {
            due.extend(field.complex_type().into_iter().chain(field.xsi_types()));
            let counts = matches!(field.kind(), FieldKind::Element | FieldKind::Attribute | FieldKind::AnyAttribute(_));
            if counts && !seen.present.contains(&address::<FieldInfo>(field)) {
                missing.push(format!("{:?}/{}", info.name(), field.rust_name()));
            }
        }
    }
    missing
}
