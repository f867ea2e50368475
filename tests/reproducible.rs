//! Tests that the output depends on the schemas and the configuration only: it is the same in another folder, with the schemas in another order, and while
//! other threads generate.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a failed test panics")]

use std::path::{Path, PathBuf};
use std::{fs, thread};

use xsdgen::{Config, FileSet};

/// How the schemas are named in the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Pattern,
    Sorted,
    Reversed,
}

/// Copies schemas, configuration and lock to a folder, and generates there.
fn generated(folder: &Path, order: Order) -> FileSet {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let _ = fs::remove_dir_all(folder);
    let mut files = Vec::new();
    copy(&root.join("xsd"), &folder.join("xsd"), &mut files);
    files.sort();
    if order == Order::Reversed {
        files.reverse();
    }
    let names: Vec<String> = files.iter().map(|file| format!("{:?}", file.strip_prefix(folder).expect("below the folder"))).collect();
    let pattern = "schemas = [\"xsd/**/*.xsd\"]";
    let mut settings = fs::read_to_string(root.join("xsdgen.toml")).expect("the configuration");
    assert!(settings.contains(pattern));
    if order != Order::Pattern {
        settings = settings.replace(pattern, &format!("schemas = [{}]", names.join(", ")));
    }
    fs::write(folder.join("xsdgen.toml"), settings).expect("a writable folder");
    fs::copy(root.join("xsdgen.lock"), folder.join("xsdgen.lock")).expect("the lock");
    let config = Config::read(&folder.join("xsdgen.toml")).product.expect("a configuration");
    config.generate().product.expect("bindings").files
}

fn copy(from: &Path, to: &Path, files: &mut Vec<PathBuf>) {
    fs::create_dir_all(to).expect("a writable folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target, files);
        } else {
            fs::copy(&path, &target).expect("a copy");
            files.push(target);
        }
    }
}

#[test]
fn the_output_depends_on_the_input_only() {
    let base = &Path::new(env!("CARGO_TARGET_TMPDIR")).join("reproducible");
    let places = [("one", Order::Pattern), ("a/much/deeper folder", Order::Sorted), ("z", Order::Reversed)];
    let made: Vec<FileSet> = thread::scope(|scope| {
        let runs: Vec<_> = places.iter().map(|&(name, order)| scope.spawn(move || generated(&base.join(name), order))).collect();
        runs.into_iter().map(|run| run.join().expect("no panic")).collect()
    });
    let paths = |files: &FileSet| files.keys().cloned().collect::<Vec<String>>();
    for (number, files) in made.iter().enumerate() {
        assert_eq!(paths(files), paths(&made[0]), "{:?}", places[number]);
        for (path, text) in files {
            assert_eq!(Some(text), made[0].get(path), "{path} in {:?}", places[number]);
        }
    }
    assert!(made[0].len() > 15);
}
