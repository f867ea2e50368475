//! Compares a schema with random changes of it. `xmllint` confirms each witness, and validates samples for each proof.

use std::io::Write;

use xmltree::Element;
use xsdgen::compare::inclusion::{Inclusion, Refutation, Verdict};
use xsdgen::sample::{Fill, SampleOptions, sample};

use crate::mutate::{Random, mutated};
use crate::support::{Schema, has_xmllint};

const SINK: &str = include_str!("sink.xsd");

/// The number of changes; `INCLUSION_MUTATIONS` sets another one.
const CHANGES: u64 = 40;

#[derive(Debug, Default)]
struct Tally {
    proven: usize,
    refuted: usize,
    not_shown: Vec<String>,
    wrong: Vec<String>,
}

#[test]
fn witnesses_and_proofs_hold_for_random_changes() {
    if !has_xmllint("witnesses_and_proofs_hold_for_random_changes") {
        return;
    }
    let setting = |name: &str, usual: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let first = setting("INCLUSION_SEED", 1);
    let original = Schema::read(SINK).expect("a valid schema");
    let mut tally = Tally::default();
    let mut compared = 0;
    for seed in first.. {
        if compared == setting("INCLUSION_MUTATIONS", CHANGES) {
            break;
        }
        let mut random = Random::new(seed);
        let mut text = mutated(SINK, &mut random);
        for _ in 0..random.below(3) {
            text = mutated(&text, &mut random);
        }
        let Ok(changed) = Schema::read(&text) else { continue };
        if !changed.is_accepted() {
            continue;
        }
        compared += 1;
        for (way, a, b) in [("forth", &original, &changed), ("back", &changed, &original)] {
            judge(&format!("seed {seed} {way}, {}", difference(&text)), a, b, &mut tally);
        }
    }
    assert!(tally.wrong.is_empty(), "{}", tally.wrong.join("\n"));
    let Tally { proven, refuted, not_shown, .. } = &tally;
    writeln!(std::io::stderr(), "{proven} proven, {refuted} refuted, not shown: {not_shown:#?}").ok();
    assert!(tally.not_shown.len() * 20 <= 2 * compared as usize, "too many open: {tally:#?}");
}

fn judge(seed: &str, a: &Schema, b: &Schema, tally: &mut Tally) {
    match Inclusion::new(&a.model, &b.model).root(a.root()) {
        Verdict::Proven => {
            tally.proven += 1;
            tally.wrong.extend(samples(seed, a, b));
        }
        Verdict::Refuted(refutation) => {
            tally.refuted += 1;
            tally.wrong.extend(confirm(seed, a, b, &refutation));
        }
        Verdict::NotShown(reason) => tally.not_shown.push(format!("{seed}: {reason}")),
    }
}

/// What is wrong with a witness.
fn confirm(seed: &str, a: &Schema, b: &Schema, refutation: &Refutation) -> Option<String> {
    let Refutation { witness, kind, path, .. } = refutation;
    match (a.complaint(witness), b.complaint(witness)) {
        (Some(complaint), _) => Some(format!("{seed}: {kind:?} {path}: {complaint}\n{witness}")),
        (None, None) => Some(format!("{seed}: {kind:?} {path}: valid on both sides\n{witness}")),
        (None, Some(_)) => None,
    }
}

/// A sample that refutes a proof.
fn samples(seed: &str, a: &Schema, b: &Schema) -> Option<String> {
    (0..6).find_map(|variant| {
        let fill = if variant % 2 == 0 { Fill::All } else { Fill::Required };
        let options = SampleOptions { fill, variant, repeat: 1 + variant as u64 % 3, ..SampleOptions::default() };
        let document = sample(&a.model, a.root(), None, &options).ok()?;
        let complaint = b.complaint(&document)?;
        a.complaint(&document).is_none().then(|| format!("{seed}: proven, but {complaint}\n{document}"))
    })
}

/// The tags that a change removed and added.
fn difference(changed: &str) -> String {
    let tags = |text: &str| text.split_inclusive('>').map(|tag| tag.trim().to_owned()).collect::<Vec<_>>();
    let original = Element::parse(SINK.as_bytes()).expect("a well-formed schema");
    let mut written = Vec::new();
    original.write(&mut written).expect("a schema that can be written");
    let (old, new) = (tags(&String::from_utf8_lossy(&written)), tags(changed));
    let only = |sign: &str, one: &[String], other: &[String]| {
        one.iter().filter(|tag| !other.contains(tag)).map(|tag| format!("{sign}{tag}")).collect::<Vec<_>>()
    };
    [only("-", &old, &new), only("+", &new, &old)].concat().join(" ")
}
