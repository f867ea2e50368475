//! Compares any two schemas, which a zero byte separates: nothing panics, and what the verdicts say holds for sample documents. Run it with
//! `cargo xtask fuzz diff`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xsdgen::compare::{Input, Shown, Verdict, compare};
use xsdgen::model::{ElementId, Global, Model};
use xsdgen::sample::{Fill, SampleOptions, sample};
use xsdgen::settings::Settings;
use xsdgen::{Lock, Planned, planned};
use xsdgen_dynamic::Validator;
use xsdgen_fuzz::set;

fuzz_target!(|bytes: &[u8]| {
    let Some(middle) = bytes.iter().position(|byte| *byte == 0) else { return };
    let (old, new) = (&bytes[..middle], &bytes[middle + 1..]);
    let paths = [set::file("old.xsd", old), set::file("new.xsd", new)];
    let plan = |at: usize| planned(std::slice::from_ref(&paths[at]), &Settings::default(), &Lock::default()).product;
    let (Some(old), Some(new)) = (plan(0), plan(1)) else { return };
    let comparison = compare(Input { model: &old.model, ir: &old.ir }, Input { model: &new.model, ir: &new.ir });
    let documents = &comparison.verdicts.documents;
    holds(&documents.new_reads_old, &old, &paths[1]);
    holds(&documents.old_reads_new, &new, &paths[0]);
});

/// Fails if documents of a schema set are not what the verdict says under another set.
fn holds(verdict: &Verdict, from: &Planned, schema: &std::path::PathBuf) {
    let documents = match verdict.result {
        Shown::Proven => samples(&from.model),
        Shown::Refuted => verdict.witness.iter().cloned().collect(),
        Shown::NotShown => return,
    };
    if documents.is_empty() {
        return;
    }
    let Some(validator) = Validator::new(std::slice::from_ref(schema), &Settings::default()).product else { return };
    for document in documents {
        let checked = validator.check(document.as_bytes());
        assert_eq!(checked.is_ok(), verdict.result == Shown::Proven, "{checked:?}\n{document}");
    }
}

fn samples(model: &Model) -> Vec<String> {
    let roots: Vec<ElementId> =
        model.globals.iter().filter_map(|global| if let Global::Element(id) = global { Some(*id) } else { None }).collect();
    let made = |(number, root): (usize, &ElementId)| {
        let fill = if number % 2 == 0 { Fill::All } else { Fill::Required };
        sample(model, *root, None, &SampleOptions { fill, variant: number, max_elements: 100, ..SampleOptions::default() }).ok()
    };
    roots.iter().enumerate().chain(roots.iter().map(|root| (1, root))).filter_map(made).collect()
}
