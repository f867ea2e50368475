//! Tests that the review accounts for every line of the generated code, and the page that shows it. The command line is tested in `cli`.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

/// The random changes of schemas.
#[allow(dead_code, reason = "other tests use the rest")]
mod mutations {
    #[path = "../mutations/growing.rs"]
    pub(crate) mod growing;
    #[path = "../mutations/neutral.rs"]
    pub(crate) mod neutral;
    #[path = "../mutations/random.rs"]
    pub(crate) mod random;
    #[path = "../mutations/set.rs"]
    pub(crate) mod set;
}
#[path = "review_page/edits.rs"]
mod edits;
#[path = "review_page/page.rs"]
mod page;
#[path = "review_page/patch.rs"]
mod patch;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use xsdgen::compare::{Input, compare};
use xsdgen::review::{Review, Reviewed, review};
use xsdgen::settings::Settings;
use xsdgen::{FileSet, Lock, Planned};

/// One version of a schema set, with its bindings.
struct Version {
    planned: Planned,
    files: FileSet,
    lock: Lock,
}

impl Version {
    /// Reads schemas; `None` if they are not accepted.
    fn read(folder: &Path, files: &[(String, String)], lock: &Lock) -> Option<Version> {
        let _ = std::fs::remove_dir_all(folder);
        let mut paths: Vec<PathBuf> = Vec::new();
        for (name, text) in files {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder made");
            std::fs::write(&path, text).expect("a file written");
            paths.push(path);
        }
        let settings = Settings { allow: vec!["cos-nonambig".to_owned()], ..Settings::default() };
        let planned = xsdgen::planned(&paths, &settings, lock).product?;
        let files = xsdgen::render(&planned.ir).expect("rendered");
        Some(Version { lock: xsdgen::generate(&paths, &settings, lock).product?.lock, planned, files })
    }

    fn of(name: &str, text: &str) -> Version {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("review_page").join(format!("{name}-{number}"));
        Version::read(&folder, &[("note.xsd".to_owned(), text.to_owned())], &Lock::default()).expect("a schema")
    }
}

fn input(version: &Version) -> Input<'_> {
    Input { model: &version.planned.model, ir: &version.planned.ir }
}

fn reviewed(old: &Version, new: &Version) -> Review {
    review(&compare(input(old), input(new)), side("old", old), side("new", new))
}

fn side<'v>(name: &'v str, version: &'v Version) -> Reviewed<'v> {
    Reviewed { name, input: input(version), files: &version.files }
}

/// Parses a schema document.
fn parsed(text: &str) -> roxmltree::Document<'_> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    roxmltree::Document::parse_with_options(text, options).expect("well-formed")
}
