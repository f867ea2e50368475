//! OASIS XML catalogs: which file each kind of entry gives for a location or a namespace.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use xsdgen::diagnostic::Severity;
use xsdgen::{LoadOptions, load};

const OPEN: &str = "<catalog xmlns='urn:oasis:names:tc:entity:xmlns:xml:catalog'>";

/// A temporary folder, which is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("xsdgen-catalogs-{}-{number}", std::process::id()));
        for (name, text) in files {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(&folder)).unwrap_or_else(|e| unreachable!("{e}"));
            std::fs::write(path, text).unwrap_or_else(|e| unreachable!("{e}"));
        }
        Folder(folder)
    }

    /// Loads `main.xsd` with these catalogs. Returns the files that were read, and the problems.
    fn load(&self, catalogs: &[&str]) -> (Vec<String>, Vec<String>) {
        let catalogs = catalogs.iter().map(|name| self.0.join(name)).collect();
        let loaded = load(&[self.0.join("main.xsd")], &LoadOptions { catalogs, ..LoadOptions::default() });
        let within = |path: &str| Path::new(path).strip_prefix(&self.0).map_or_else(|_| path.to_owned(), |p| p.display().to_string());
        let mut read: Vec<String> = loaded.product.iter().flat_map(|set| &set.schemas).map(|schema| within(&schema.path)).collect();
        read.retain(|path| path != "main.xsd");
        let word = |severity| if severity == Severity::Warning { "warning" } else { "error" };
        let problem = |d: &xsdgen::diagnostic::Diagnostic| {
            format!("{} {} {}:{}: {}", word(d.severity), d.code.id, within(d.span.path()), d.span.line(), d.message)
        };
        (read, loaded.diagnostics.iter().map(problem).collect())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn importing(location: &str) -> String {
    format!("<schema xmlns='http://www.w3.org/2001/XMLSchema'>\n<import namespace='urn:o' schemaLocation='{location}'/></schema>")
}

const OTHER: &str = "<schema xmlns='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:o'/>";

/// Returns the file that a catalog with these entries gives for `http://e.org/s/o.xsd`, or the problems.
#[track_caller]
fn found(entries: &str) -> String {
    found_for("http://e.org/s/o.xsd", entries)
}

fn found_for(location: &str, entries: &str) -> String {
    let catalog = format!("{OPEN}{entries}</catalog>");
    let inner =
        format!("{OPEN}<uri name='http://e.org/s/o.xsd' uri='o.xsd'/><system systemId='http://e.org/s/o.xsd' uri='p.xsd'/></catalog>");
    let empty = format!("{OPEN}</catalog>");
    let main = importing(location);
    let files = [
        ("main.xsd", main.as_str()),
        ("catalog.xml", &catalog),
        ("in/catalog.xml", &inner),
        ("empty.xml", &empty),
        ("o.xsd", OTHER),
        ("p.xsd", OTHER),
        ("s/o.xsd", OTHER),
        ("in/o.xsd", OTHER),
        ("in/p.xsd", OTHER),
    ];
    // Every file differs from the others, so that none counts as a copy.
    let texts: Vec<String> = files.iter().map(|(name, text)| format!("{text}<!-- {name} -->")).collect();
    let files: Vec<(&str, &str)> = files.iter().zip(&texts).map(|((name, _), text)| (*name, text.as_str())).collect();
    let (read, problems) = Folder::new(&files).load(&["catalog.xml"]);
    if problems.is_empty() { read.join(" ") } else { problems.join("\n") }
}

#[test]
fn each_kind_of_entry_gives_a_file() {
    let cases = [
        ("<uri name='http://e.org/s/o.xsd' uri='o.xsd'/>", "o.xsd"),
        ("<system systemId='http://e.org/s/o.xsd' uri='o.xsd'/>", "o.xsd"),
        ("<uri name='urn:o' uri='o.xsd'/>", "o.xsd"),
        ("<rewriteURI uriStartString='http://e.org/s/' rewritePrefix='in/'/>", "in/o.xsd"),
        ("<rewriteSystem systemIdStartString='http://e.org/' rewritePrefix=''/>", "s/o.xsd"),
        ("<uriSuffix uriSuffix='/o.xsd' uri='p.xsd'/>", "p.xsd"),
        ("<systemSuffix systemIdSuffix='o.xsd' uri='p.xsd'/>", "p.xsd"),
        ("<delegateURI uriStartString='http://e.org/' catalog='in/catalog.xml'/>", "in/o.xsd"),
        ("<delegateSystem systemIdStartString='http://e.org/' catalog='in/catalog.xml'/>", "in/p.xsd"),
        ("<nextCatalog catalog='empty.xml'/><nextCatalog catalog='in/catalog.xml'/>", "in/p.xsd"),
        ("<group xml:base='in/'><uri name='http://e.org/s/o.xsd' uri='o.xsd'/></group>", "in/o.xsd"),
        ("<group prefer='public' xml:base='in/'><uri xml:base='../' name='http://e.org/s/o.xsd' uri='o.xsd'/></group>", "o.xsd"),
        ("<x:other xmlns:x='urn:x'/><uri name='http://e.org/s/o.xsd' uri='o.xsd'/>", "o.xsd"),
    ];
    for (entries, file) in cases {
        assert_eq!(found(entries), file, "{entries}");
    }
    let public = "<public publicId='-//E//Other  1.0//EN' uri='o.xsd'/>";
    assert_eq!(found_for("urn:publicid:-:E:Other+1.0:EN", public), "o.xsd");
    assert_eq!(found_for("http://e.org/&#xE9;.xsd", "<uri name='http://e.org/%C3%A9.xsd' uri='o.xsd'/>"), "o.xsd");
}

#[test]
fn the_best_entry_counts() {
    let cases = [
        // An exact entry before a longer or earlier other one.
        (
            "<rewriteURI uriStartString='http://e.org/s/o.xsd' rewritePrefix='p.xsd'/><uri name='http://e.org/s/o.xsd' uri='o.xsd'/>",
            "o.xsd",
        ),
        // The longest start, the longest end.
        (
            "<rewriteURI uriStartString='http://e.org/' rewritePrefix=''/><rewriteURI uriStartString='http://e.org/s/' rewritePrefix='in/'/>",
            "in/o.xsd",
        ),
        ("<uriSuffix uriSuffix='.xsd' uri='p.xsd'/><uriSuffix uriSuffix='o.xsd' uri='o.xsd'/>", "o.xsd"),
        // A rewrite before a suffix, a suffix before a delegate.
        ("<uriSuffix uriSuffix='/s/o.xsd' uri='p.xsd'/><rewriteURI uriStartString='http://' rewritePrefix='e.org/../'/>", "e.org/../"),
        ("<delegateURI uriStartString='http://e.org/s/o.xsd' catalog='in/catalog.xml'/><uriSuffix uriSuffix='d' uri='p.xsd'/>", "p.xsd"),
        // The first of two equal ones.
        ("<uri name='http://e.org/s/o.xsd' uri='p.xsd'/><uri name='http://e.org/s/o.xsd' uri='o.xsd'/>", "p.xsd"),
        // System entries before URI entries, the location before the namespace.
        ("<uri name='http://e.org/s/o.xsd' uri='o.xsd'/><system systemId='http://e.org/s/o.xsd' uri='p.xsd'/>", "p.xsd"),
        ("<uri name='urn:o' uri='o.xsd'/><uri name='http://e.org/s/o.xsd' uri='p.xsd'/>", "p.xsd"),
        // A catalog before the next one, whatever the rule.
        ("<nextCatalog catalog='in/catalog.xml'/><systemSuffix systemIdSuffix='d' uri='p.xsd'/>", "p.xsd"),
    ];
    for (entries, file) in cases {
        let found = found(entries);
        assert!(found == file || (file.ends_with('/') && found.contains("no such file")), "{entries}\n{found}");
    }
}

#[test]
fn delegation_is_final() {
    let found = found("<delegateURI uriStartString='http://e.org/' catalog='empty.xml'/><nextCatalog catalog='in/catalog.xml'/>");
    // The system entry of the next catalog applies, because no `delegateSystem` ends that search.
    assert_eq!(found, "in/p.xsd");
    let both = "<delegateURI uriStartString='http://e.org/' catalog='empty.xml'/><delegateSystem systemIdStartString='http:' catalog='empty.xml'/>\
                <nextCatalog catalog='in/catalog.xml'/>";
    assert!(self::found(both).contains("nothing is fetched from a network"), "{both}");
}

#[test]
fn what_is_wrong_has_a_place() {
    let cases = [
        ("\n<uri name='http://e.org/s/o.xsd' uri='http://f.org/o.xsd'/>", "error X0021 catalog.xml:2: ", "nothing is fetched"),
        ("\n<uri name='http://e.org/s/o.xsd' uri='gone.xsd'/>", "error X0021 catalog.xml:2: ", "no such file"),
        ("\n<uri name='http://e.org/s/o.xsd'/>", "error X0021 catalog.xml:2: ", "needs `name` and `uri`"),
        ("\n<nextCatalog catalog='catalog.xml'/>", "error X0021 catalog.xml:2: ", "refers to itself"),
        (
            "\n<uri name='http://e.org/s/o.xsd' uri='o.xsd'/>\n<nextCatalog catalog='gone.xml'/>",
            "warning X0021 catalog.xml:3: ",
            "no such file",
        ),
        (
            "\n<uri name='http://e.org/s/o.xsd' uri='o.xsd'/><nextCatalog catalog='http://f.org/'/>",
            "warning X0021 catalog.xml:2: ",
            "network",
        ),
        ("<uri", "error X0002 catalog.xml:1: ", "well-formed"),
    ];
    for (entries, start, words) in cases {
        let found = found(entries);
        assert!(found.starts_with(start) && found.contains(words), "{entries}\n{found}");
    }
    let main = importing("o.xsd");
    let folder = Folder::new(&[("main.xsd", &main), ("o.xsd", OTHER), ("other.xml", "<catalog/>")]);
    assert!(folder.load(&["other.xml"]).1[0].starts_with("error X0021 other.xml:1: the root element is not `catalog`"));
    assert!(folder.load(&["none.xml"]).1[0].starts_with("error X0021 none.xml:0: cannot read the catalog"));
}

#[test]
fn what_a_catalog_names_may_include_what_is_beside_it() {
    let outside = Folder::new(&[
        ("o.xsd", "<schema xmlns='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:o'><include schemaLocation='p.xsd'/></schema>"),
        ("p.xsd", OTHER),
    ]);
    let catalog = format!("{OPEN}<uri name='urn:o' uri='file://{}'/></catalog>", outside.0.join("o.xsd").display());
    let main = importing("http://e.org/o.xsd");
    let (read, problems) = Folder::new(&[("main.xsd", &main), ("catalog.xml", &catalog)]).load(&["catalog.xml"]);
    assert!(problems.is_empty() && read.len() == 2, "{problems:?} {read:?}");
}

/// Tests that the settings win over catalogs, and an existing local file over the catalog entry of a namespace.
#[test]
fn locations_win_over_catalogs() {
    let catalog = format!("{OPEN}<uri name='o.xsd' uri='p.xsd'/></catalog>");
    let namespace = format!("{OPEN}<uri name='urn:o' uri='p.xsd'/></catalog>");
    let (main, second) = (importing("o.xsd"), format!("{OTHER}<!-- p -->"));
    let files = [("main.xsd", main.as_str()), ("o.xsd", OTHER), ("p.xsd", &second), ("c.xml", &catalog), ("n.xml", &namespace)];
    let folder = Folder::new(&files);
    assert_eq!(folder.load(&["c.xml"]).0, ["p.xsd"]);
    assert_eq!(folder.load(&["n.xml"]).0, ["o.xsd"]);
    let options = LoadOptions {
        catalogs: vec![folder.0.join("c.xml")],
        locations: [("o.xsd".to_owned(), folder.0.join("o.xsd"))].into(),
        ..LoadOptions::default()
    };
    let set = load(&[folder.0.join("main.xsd")], &options).product.unwrap_or_default();
    assert!(set.schemas.iter().any(|schema| schema.path.ends_with("o.xsd")));
    assert!(!set.schemas.iter().any(|schema| schema.path.ends_with("p.xsd")));
}
