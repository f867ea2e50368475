//! A valid restriction admits what its base type admits, or less: each restriction of a collection of schemas is compared with its base.

use std::io::Write;
use std::path::{Path, PathBuf};

use xsdgen::compare::inclusion::{Inclusion, Verdict};
use xsdgen::model::{Derivation, Model, Type, TypeId};
use xsdgen::{LoadOptions, load, resolve};

/// The restrictions of complex types with their bases, except those of `xs:anyType`.
fn restrictions(model: &Model) -> Vec<(TypeId, TypeId)> {
    let numbered = model.types.iter().zip((0..).map(TypeId));
    let restricted = numbered.filter_map(|(ty, id)| match ty {
        Type::Complex(ty) if ty.derivation == Derivation::Restriction => Some((id, ty.base)),
        _ => None,
    });
    let named = |id: TypeId| matches!(model.types.get(id.index()), Some(Type::Complex(ty)) if ty.base != id);
    restricted.filter(|(id, base)| id != base && named(*base)).collect()
}

fn label(model: &Model, id: TypeId) -> String {
    let name = match model.types.get(id.index()) {
        Some(Type::Complex(ty)) => ty.name.as_ref(),
        _ => None,
    };
    name.map_or_else(|| "(anonymous)".to_owned(), |name| name.local.clone())
}

fn read(paths: &[PathBuf]) -> Option<Model> {
    let set = load(paths, &LoadOptions::default()).product?;
    resolve(&set).product
}

/// Prints what is not proven: it must be explained by hand. A valid restriction may admit more than its base: it may give an element or attribute that
/// a `strict` wildcard admits a local declaration, or an element a default value.
///
/// `INCLUSION_RESTRICTIONS` names the folder of the collection; each line of its `index.jsonl` lists schema documents.
#[test]
#[ignore = "needs a collection of schemas"]
fn restrictions_are_included_in_their_bases() {
    let folder = PathBuf::from(std::env::var("INCLUSION_RESTRICTIONS").expect("INCLUSION_RESTRICTIONS names a folder"));
    let index = std::fs::read_to_string(folder.join("index.jsonl")).expect("an index");
    let (mut proven, mut refuted, mut open) = (0, 0, 0);
    for line in index.lines() {
        let entry: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let docs = entry["schema"]["docs"].as_array().cloned().unwrap_or_default();
        let paths: Vec<PathBuf> = docs.iter().filter_map(|doc| Some(folder.join(Path::new(doc.as_str()?)))).collect();
        let is_valid = entry["schema"]["expected"].as_str().is_none_or(|it| it == "valid");
        let Some(model) = (is_valid && !paths.is_empty()).then(|| read(&paths)).flatten() else { continue };
        let mut inclusion = Inclusion::new(&model, &model);
        for (a, b) in restrictions(&model) {
            let (name, place) = (label(&model, a), docs.first().and_then(serde_json::Value::as_str).unwrap_or_default());
            let told = match inclusion.ty(a, b) {
                Verdict::Proven => {
                    proven += 1;
                    continue;
                }
                Verdict::Refuted(found) => {
                    refuted += 1;
                    format!("refuted {place} {name}: {:?} {}\n{}", found.kind, found.path, found.witness)
                }
                Verdict::NotShown(reason) => {
                    open += 1;
                    format!("open {place} {name}: {reason}")
                }
            };
            writeln!(std::io::stderr(), "{told}").ok();
        }
    }
    writeln!(std::io::stderr(), "{proven} proven, {refuted} refuted, {open} not shown").ok();
    assert!(open * 50 <= proven, "{proven} proven, {refuted} refuted, {open} not shown");
}
