//! Tests the types that two versions of a schema share: documents are read and written as by the bindings of each version alone.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test panics")]

#[path = "cases/case.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod case;
#[path = "cases/support.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod support;

#[rustfmt::skip]
#[path = "cases/versions/expected/lib.rs"]
#[deny(warnings)]
#[allow(unreachable_pub, dead_code, reason = "bindings are public, a test is not")]
mod versions;
#[rustfmt::skip]
#[path = "cases/version_one/expected/lib.rs"]
#[allow(unreachable_pub, dead_code, reason = "bindings are public, a test is not")]
mod version_one;
#[rustfmt::skip]
#[path = "cases/version_two/expected/lib.rs"]
#[allow(unreachable_pub, dead_code, reason = "bindings are public, a test is not")]
mod version_two;

use std::any::TypeId;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use case::{Case, case};
use versions::{one, two};
use xsdgen::Config;
use xsdgen_codec::{Defaults, Missing, ReadOptions, Reading, RecordWriter, Records, Roots, WriteOptions, Xml};

/// The bindings of each version alone and side by side.
const PAIRS: [(Case, Case); 2] = [(case!(version_one), case!(one)), (case!(version_two), case!(two))];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// Returns the documents of a case with their names, and each nth of the variants that have one change.
fn documents(case: &str, nth: usize) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (name, text) in ["valid", "invalid"].into_iter().flat_map(|kind| case::read(&folder().join(case).join(kind))) {
        let changed = support::changed(&text).into_iter().enumerate().step_by(nth);
        all.extend(changed.map(|(number, text)| (format!("{case}/{name}, changed ({number})"), text)));
        all.push((format!("{case}/{name}"), text));
    }
    all
}

#[test]
fn expected_is_what_is_generated() {
    let config = Config::read(&folder().join("versions/xsdgen.toml")).product.unwrap();
    let made = config.generate_versions(&mut |_| {});
    let files = made.product.unwrap_or_else(|| panic!("{:?}", made.diagnostics)).files;
    let on_disk = |path: &str| std::fs::read_to_string(folder().join("versions/expected").join(path)).unwrap_or_default();
    let behind: Vec<&String> = files.iter().filter(|(path, text)| on_disk(path).replace("\r\n", "\n") != **text).map(|it| it.0).collect();
    assert!(behind.is_empty(), "behind the generator: {behind:?}; run `cargo gen`, and look at what changed");
}

#[test]
fn types_that_are_the_same_are_one_type() {
    fn same<A: 'static, B: 'static>() -> bool {
        TypeId::of::<A>() == TypeId::of::<B>()
    }
    assert!(same::<one::stock::Part, two::stock::Part>() && same::<one::stock::AnyShape, two::stock::AnyShape>());
    assert!(same::<one::stock::part::Size, two::stock::part::Size>() && same::<one::stock::Grade, two::stock::Grade>());
    assert!(same::<one::stock::order::BoxType, two::stock::order::BoxType>() && same::<one::stock::Seal, two::stock::Seal>());
    // One has more elements, one more derived types, and one a wildcard.
    assert!(!same::<one::stock::Stock, two::stock::Stock>());
    assert!(!same::<one::stock::AnyMark, two::stock::AnyMark>());
    assert!(!same::<one::stock::Open, two::stock::Open>());
}

#[test]
fn documents_are_read_and_written_as_by_one_version_alone() {
    let (mut taken, mut refused) = (0, 0);
    for (alone, shared) in PAIRS {
        for (name, text) in documents(alone.name, 2) {
            let bytes = text.as_bytes();
            assert_eq!((alone.tolerant)(bytes), (shared.tolerant)(bytes), "{name}: {text}");
            let strict = (alone.strict)(bytes);
            assert_eq!(strict, (shared.strict)(bytes), "{name}: {text}");
            *if strict.is_ok() { &mut taken } else { &mut refused } += 1;
            let told = |case: &Case| (case.outcome)(bytes).map(|it| (it.written, it.valid, it.reread));
            assert_eq!(told(&alone), told(&shared), "{name}: {text}");
            let json = |case: &Case| (case.json)(bytes).map(|made| made.map(|it| (it.tree, it.before, it.after)));
            assert_eq!(json(&alone), json(&shared), "{name}: {text}");
        }
    }
    assert!(taken > 100 && refused > 100, "{taken} taken, {refused} refused");
}

/// Returns what a document is read as and written as with many options.
fn told<D: Roots>(
    bytes: &[u8],
    read: fn(&[u8], &ReadOptions) -> xsdgen_codec::Result<Reading<D>>,
    write: fn(&D, &WriteOptions) -> xsdgen_codec::Result<String>,
) -> Vec<String> {
    let tolerant = || ReadOptions::tolerant().missing(Missing::Blank);
    let mut out = Vec::new();
    for options in [
        tolerant().keep_unknown(true),
        tolerant().undeclared_prefixes(true),
        tolerant().fill_defaults(true),
        ReadOptions::strict().all_errors(true),
    ] {
        let read = match read(bytes, &options) {
            Ok(read) => read,
            Err(error) => {
                out.push(error.to_string());
                continue;
            }
        };
        out.push(format!("{:?}", read.notes));
        for options in [
            WriteOptions::default().default_namespace("urn:stock"),
            WriteOptions::default().default_namespace("urn:unit").indent(Some(1)),
            WriteOptions::tolerant().defaults(Defaults::Write),
            WriteOptions::default().indent(None).xsi_on_root(true),
        ] {
            let written = [write(&read.value, &options), read.to_xml_with(&options)];
            out.extend(written.map(|written| written.unwrap_or_else(|error| error.to_string())));
        }
    }
    out
}

macro_rules! told {
    ($version:ident, $bytes:expr) => {
        told($bytes, $version::Document::read, $version::Document::to_xml_with)
    };
}

#[test]
fn options_have_the_same_effect_as_in_one_version_alone() {
    for (name, text) in documents("version_one", 17) {
        assert_eq!(told!(version_one, text.as_bytes()), told!(one, text.as_bytes()), "{name}: {text}");
    }
    for (name, text) in documents("version_two", 17) {
        assert_eq!(told!(version_two, text.as_bytes()), told!(two, text.as_bytes()), "{name}: {text}");
    }
}

/// Reads the records of a document one by one, and writes them into another document.
fn streamed<D: Roots, T: Xml>(text: &str, path: &str, options: &ReadOptions, empty: &D) -> Vec<Result<String, String>> {
    let write = WriteOptions::default();
    let mut writer = RecordWriter::new(Vec::new(), empty, path, &write).unwrap();
    let mut out = Vec::new();
    for record in Records::<_, T>::new(text.as_bytes(), path, options).unwrap() {
        let record = record.map_err(|error| error.to_string());
        out.push(record.and_then(|read| {
            writer.write(&read.value).map_err(|error| error.to_string())?;
            Ok(format!("{:?}", read.notes))
        }));
    }
    out.push(Ok(String::from_utf8(writer.finish().unwrap()).unwrap()));
    out
}

#[test]
fn records_are_read_and_written_as_by_one_version_alone() {
    let mut lengths = BTreeMap::<usize, usize>::new();
    for (name, text) in documents("version_two", 11) {
        for options in [ReadOptions::tolerant(), ReadOptions::strict()] {
            macro_rules! records {
                ($version:ident, $record:ident, $path:literal) => {
                    streamed::<_, $version::stock::$record>(
                        &text,
                        $path,
                        &options,
                        &$version::Document::from($version::stock::Stock::default()),
                    )
                };
            }
            let alone = records!(version_two, Part, "stock/stock:part");
            assert_eq!(alone, records!(two, Part, "stock/stock:part"), "{name}: {text}");
            *lengths.entry(alone.len()).or_default() += 1;
            assert_eq!(records!(version_two, Order, "stock/stock:order"), records!(two, Order, "stock/stock:order"), "{name}: {text}");
        }
    }
    assert!(lengths.get(&3).is_some_and(|number| *number > 20), "{lengths:?}");
}
