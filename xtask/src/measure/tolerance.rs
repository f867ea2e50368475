//! `cargo xtask tolerance`: compares the verdict "old tolerates new" of `xsdgen diff` with what the compiled bindings of the old schemas read of
//! documents of the new ones, for random changes of a schema.

use std::collections::BTreeMap;
use std::path::Path;

use xsdgen::Planned;
use xsdgen::compare::inclusion::{Inclusion, TolerantReader, Verdict};
use xsdgen::model::{ElementId, Global, Model};
use xsdgen::sample::{Fill, SampleOptions, sample};

use super::semver::mutate::{Random, mutated};
use super::semver::{SCHEMA, side_of};
use super::{Folder, print};
use crate::cargo::{self, cargo};
use crate::{Failure, files};

/// The arguments of `cargo xtask tolerance`.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// The number of pairs. The bindings of all old schemas are one crate.
    #[arg(long, default_value_t = 60)]
    pub pairs: usize,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The number of documents for each root element.
    #[arg(long, default_value_t = 20)]
    pub documents: usize,
}

/// A document of a new schema, with the verdict about its root element.
struct Document {
    seed: u64,
    /// Whether the old reader loses something in it; `None` if that is not known.
    is_lost: bool,
    why: String,
}

/// Reads each document of the folder `documents`, whose names begin with the number of the module, and prints what is lost.
const MAIN: &str = r#"
fn main() {
    let options = xsdgen_codec::ReadOptions::tolerant().missing(xsdgen_codec::Missing::Blank);
    let mut paths: Vec<_> = std::fs::read_dir("documents").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        match read(name.split('-').next().unwrap().parse().unwrap(), &bytes, &options) {
            Err(why) => println!("{name}\tlost\terror: {why}"),
            Ok(notes) => {
                use xsdgen_codec::NoteKind::{BadValue, NilContent, Repeated};
                let is_lost = |note: &&xsdgen_codec::Note| match note.kind {
                    BadValue => note.text.as_deref() != Some(""),
                    Repeated | NilContent => true,
                    _ => false,
                };
                let lost: Vec<String> = notes.iter().filter(is_lost).map(|note| note.to_string()).collect();
                println!("{name}\t{}\t{}", if lost.is_empty() { "kept" } else { "lost" }, lost.join("; "));
            }
        }
    }
}
"#;

/// Prints each disagreement and the numbers of agreements.
///
/// # Errors
///
/// The bindings do not compile.
pub fn run(options: &Options) -> Result<bool, Failure> {
    let work = Folder::new("tolerance")?;
    let text = files::read(&crate::root().join(SCHEMA))?;
    let (mut modules, mut documents, mut made) = (String::new(), BTreeMap::new(), 0);
    let mut arms = String::new();
    for seed in options.seed.. {
        if made >= options.pairs {
            break;
        }
        let mut random = Random::new(seed);
        let changed = |text: &str, random: &mut Random| (0..=random.below(2)).try_fold(text.to_owned(), |text, _| mutated(&text, random));
        let Some(new) = changed(&text, &mut random) else { continue };
        let paths = ["old", "new"].map(|side| work.join(format!("schemas/{seed}/{side}/schema.xsd")));
        files::put(&paths[0], &text)?;
        files::put(&paths[1], &new)?;
        // The change is made in either direction.
        let [from, to] = if random.below(2) == 0 { [0, 1] } else { [1, 0] };
        let (Some((bindings, old)), Some((_, new))) = (side_of(&paths[from]), side_of(&paths[to])) else { continue };
        for (path, text) in &bindings.files {
            files::put(&work.join(format!("src/p{seed}/{path}")), text)?;
        }
        modules.push_str(&format!("#[path = \"p{seed}/lib.rs\"]\n#[allow(warnings)]\nmod p{seed};\n"));
        arms.push_str(&format!(
            "        {seed} => p{seed}::Document::read(bytes, options).map(|it| it.notes.iter().cloned().collect()).map_err(|why| why.to_string()),\n"
        ));
        pair(seed, &old, &new, options, &work, &mut documents)?;
        made += 1;
    }
    let read = "fn read(module: u64, bytes: &[u8], options: &xsdgen_codec::ReadOptions) -> Result<Vec<xsdgen_codec::Note>, String> {\n    match module {\n";
    files::put(&work.join("src/main.rs"), &format!("{modules}\n{read}{arms}        _ => unreachable!(),\n    }}\n}}\n{MAIN}"))?;
    let codec = crate::root().join("codec");
    let manifest = format!(
        "[package]\nname = \"tolerance\"\nedition = \"2024\"\n[dependencies]\nxsdgen-codec = {{ path = {:?} }}\n[workspace]\n",
        codec.to_string_lossy()
    );
    files::put(&work.join("Cargo.toml"), &manifest)?;
    judge(&documents, &said(&work)?)
}

/// Writes the documents of a pair: the witness of a refutation, samples for a proof.
fn pair(
    seed: u64,
    old: &Planned,
    new: &Planned,
    options: &Options,
    work: &Folder,
    out: &mut BTreeMap<String, Document>,
) -> Result<(), Failure> {
    let reader = TolerantReader::new(&old.model);
    let mut inclusion = Inclusion::tolerated(&new.model, &reader);
    for root in roots(&new.model) {
        let (texts, is_lost, why) = match inclusion.root(root) {
            Verdict::Proven => (samples(&new.model, root, options.documents), false, "proven".to_owned()),
            Verdict::Refuted(found) => (vec![found.witness], true, format!("{:?} {}", found.kind, found.path)),
            Verdict::NotShown(_) => continue,
        };
        for text in texts {
            let name = format!("{seed}-{}", out.len());
            files::put(&work.join(format!("documents/{name}.xml")), &text)?;
            out.insert(name, Document { seed, is_lost, why: format!("{why}\n{text}") });
        }
    }
    Ok(())
}

fn roots(model: &Model) -> Vec<ElementId> {
    model.globals.iter().filter_map(|global| if let Global::Element(id) = global { Some(*id) } else { None }).collect()
}

fn samples(model: &Model, root: ElementId, count: usize) -> Vec<String> {
    let types: Vec<_> = model.globals.iter().filter_map(|global| if let Global::Type(id) = global { Some(*id) } else { None }).collect();
    let made = |n: usize| {
        let fill = if n.is_multiple_of(3) { Fill::Required } else { Fill::All };
        let options = SampleOptions { fill, variant: n / 2, repeat: 1 + (n % 3) as u64, max_elements: 200, ..SampleOptions::default() };
        let derived = if n % 2 == 1 { n.checked_rem(types.len()).and_then(|at| types.get(at)).copied() } else { None };
        sample(model, root, derived, &options).ok()
    };
    (0..count).filter_map(made).collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

/// Builds the old readers, and returns what they say.
fn said(work: &Folder) -> Result<String, Failure> {
    let manifest: &Path = &work.join("Cargo.toml");
    let mut command = cargo();
    command.args(["run", "--quiet", "--manifest-path"]).arg(manifest).arg("--target-dir").arg(cargo::target().join("tolerance"));
    let output = command.current_dir(&work.path).output().map_err(|why| Failure::program("cargo", &why))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(Failure::new(cargo::end_of(&String::from_utf8_lossy(&output.stderr)), "fix what is reported")),
    }
}

fn judge(documents: &BTreeMap<String, Document>, said: &str) -> Result<bool, Failure> {
    let (mut right, mut wrong) = (0, 0);
    for line in said.lines() {
        let mut words = line.splitn(3, '\t');
        let (Some(name), Some(result), Some(what)) = (words.next(), words.next(), words.next()) else { continue };
        let Some(document) = documents.get(name) else { continue };
        if document.is_lost == (result == "lost") {
            right += 1;
        } else {
            wrong += 1;
            print(&format!("seed {}: the reader says {result} {what}, but the verdict is: {}", document.seed, document.why))?;
        }
    }
    let lost = documents.values().filter(|document| document.is_lost).count();
    print(&format!("{right} of {} documents agree, of which {lost} are witnesses", right + wrong))?;
    Ok(wrong == 0 && right > 0)
}
