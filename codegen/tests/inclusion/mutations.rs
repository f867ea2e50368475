//! Compares schemas with random changes of them. Other validators confirm each witness, and validate documents for each proof.
//!
//! A long run: `INCLUSION_SETS` lists folders of schemas, separated by colons; `INCLUSION_MUTATIONS` is the number of changes, `INCLUSION_SEED` the
//! first seed, `INCLUSION_DOCUMENTS` the number of documents for each proof, `INCLUSION_WITNESSES` the maximum number of witnesses for each change, and
//! `INCLUSION_LOG` a file for the results. `INCLUSION_PYTHON` names a Python that has the package `xmlschema`, which decides where `xmllint` contradicts a verdict.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::{Path, PathBuf};

use xsdgen::compare::inclusion::{Inclusion, Verdict};
use xsdgen::model::ElementId;

use crate::mutate::{Random, mutated};
use crate::oracle::{Opinion, xmllint, xmlschema};
use crate::perturb::{perturbed, samples};
use crate::sets::{Set, roots};
use crate::support::{Schema, has_xmllint};

const SINK: &str = include_str!("sink.xsd");

/// The number of changes.
const CHANGES: u64 = 200;

/// The number of documents for each proof.
const DOCUMENTS: usize = 12;

/// The maximum number of witnesses of one change that are validated.
const WITNESSES: u64 = 6;

/// The maximum number of root elements of a set that are compared for one change.
const ROOTS: usize = 25;

#[derive(Debug, Default)]
struct Tally {
    compared: u64,
    proven: usize,
    /// The proofs for which documents were validated, and these documents.
    examined: usize,
    documents: usize,
    refuted: usize,
    confirmed: usize,
    not_shown: BTreeMap<String, usize>,
    /// The documents about which `xmllint` was overruled by `xmlschema`, and those that none could judge.
    overruled: Vec<String>,
    undecided: Vec<String>,
    wrong: Vec<String>,
}

/// Both versions of a schema, with the documents that are to be validated.
struct Trial<'s> {
    label: String,
    sides: [&'s Schema; 2],
    documents: Vec<Document>,
}

/// A document, and what the verdicts say about it.
struct Document {
    text: String,
    /// The side under which a witness is valid, and not under the other.
    witness_of: Option<(usize, String)>,
    /// For each side, whether each document that is valid under it is valid under the other.
    included: [bool; 2],
}

impl Document {
    /// Whether the verdicts agree with what a validator says for both sides.
    fn agrees(&self, valid: [bool; 2]) -> bool {
        match self.witness_of {
            Some((side, _)) => valid[side] && !valid[1 - side],
            None => (0..2).all(|side| !self.included[side] || !valid[side] || valid[1 - side]),
        }
    }
}

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn witnesses_and_proofs_hold_for_random_changes() {
    if !has_xmllint("witnesses_and_proofs_hold_for_random_changes") {
        return;
    }
    let folders = std::env::var("INCLUSION_SETS").unwrap_or_default();
    let mut sets: Vec<Set> = folders.split(':').filter(|it| !it.is_empty()).flat_map(|folder| Set::below(Path::new(folder))).collect();
    if sets.is_empty() {
        sets.push(Set::of_text("sink", SINK));
    }
    let (wanted, first) = (setting("INCLUSION_MUTATIONS", CHANGES), setting("INCLUSION_SEED", 1));
    let mut run = Run { sets: &sets, originals: HashMap::new(), tally: Tally::default() };
    for seed in first..first + wanted * 20 {
        if run.tally.compared == wanted {
            break;
        }
        run.change(seed);
    }
    let tally = run.tally;
    log(&format!("{tally:#?}"));
    let open: usize = tally.not_shown.values().sum();
    writeln!(
        std::io::stderr(),
        "{} changes: {} proven ({} with {} documents), {} refuted ({} confirmed), {open} not shown; xmllint overruled {} times, {} undecided",
        tally.compared,
        tally.proven,
        tally.examined,
        tally.documents,
        tally.refuted,
        tally.confirmed,
        tally.overruled.len(),
        tally.undecided.len()
    )
    .ok();
    assert!(tally.wrong.is_empty(), "{}", tally.wrong.join("\n"));
    assert!(open * 20 <= tally.proven + tally.refuted, "too many open: {:#?}", tally.not_shown);
}

struct Run<'s> {
    sets: &'s [Set],
    /// The unchanged versions by set and entry; `None` if a tool does not accept one.
    originals: HashMap<(usize, String), Option<Schema>>,
    tally: Tally,
}

impl Run<'_> {
    /// Makes a random change, and judges it if the tools accept the changed schema.
    fn change(&mut self, seed: u64) {
        let mut random = Random::new(seed);
        let at = random.below(self.sets.len());
        let set = &self.sets[at];
        let entry = &set.entries[random.below(set.entries.len())];
        let reached = set.reached(entry);
        if reached.is_empty() {
            return;
        }
        let original = self.originals.entry((at, entry.clone())).or_insert_with(|| set.version(entry, &reached, None).ok());
        let Some(original) = original else { return };
        let file = &reached[random.below(reached.len())];
        let mut text = set.text(file).to_owned();
        for _ in 0..=random.below(3) {
            match mutated(&text, &mut random) {
                Some(changed) => text = changed,
                None => return,
            }
        }
        let Ok(changed) = set.version(entry, &reached, Some((file, &text))) else { return };
        let label = format!("seed {seed}, {} {file}, {}", set.name, difference(set.text(file), &text));
        judge(label, [original, &changed], &mut random, &mut self.tally);
    }
}

fn judge(label: String, sides: [&Schema; 2], random: &mut Random, tally: &mut Tally) {
    let mut trial = Trial { label, sides, documents: Vec::new() };
    let models = sides.map(|side| roots(&side.model));
    let mut both: Vec<(ElementId, ElementId)> = models[0].iter().filter_map(|(name, id)| Some((*id, *models[1].get(name)?))).collect();
    // No document has an abstract root; a sample of one has another element as its root.
    both.retain(|pair| {
        [pair.0, pair.1].iter().zip(sides).all(|(id, side)| side.model.elements.get(id.index()).is_some_and(|it| !it.abstract_))
    });
    while both.len() > ROOTS {
        both.swap_remove(random.below(both.len()));
    }
    let mut ways = [(0, 1), (1, 0)].map(|(a, b)| Inclusion::new(&sides[a].model, &sides[b].model));
    let witnesses = usize::try_from(setting("INCLUSION_WITNESSES", WITNESSES)).unwrap_or(usize::MAX);
    let (mut proofs, mut counts, mut open) = (Vec::new(), (0, 0), Vec::new());
    for (old, new) in both {
        let verdicts = [ways[0].root(old), ways[1].root(new)];
        let included = [0, 1].map(|side| verdicts[side] == Verdict::Proven);
        for (side, verdict) in verdicts.into_iter().enumerate() {
            match verdict {
                Verdict::Proven => counts.0 += 1,
                Verdict::Refuted(found) => {
                    counts.1 += 1;
                    if trial.documents.len() < witnesses {
                        let witness_of = Some((side, format!("{:?} {}", found.kind, found.path)));
                        trial.documents.push(Document { text: found.witness, witness_of, included });
                    }
                }
                Verdict::NotShown(reason) => open.push(reason.to_string()),
            }
        }
        if included != [false, false] {
            proofs.push(([old, new], included));
        }
    }
    // A root that the change concerns tells more than one that it does not.
    let concerned = proofs.iter().position(|(_, included)| *included != [true, true]).unwrap_or_else(|| random.below(proofs.len()));
    let examined = proofs.get(concerned).copied();
    if let Some((ids, included)) = examined {
        trial.add_documents(ids, included, random);
    }
    if trial.judge(tally) {
        tally.compared += 1;
        (tally.proven, tally.refuted) = (tally.proven + counts.0, tally.refuted + counts.1);
        tally.examined += examined.map_or(0, |(_, included)| included.into_iter().filter(|it| *it).count());
        open.into_iter().for_each(|reason| *tally.not_shown.entry(reason).or_default() += 1);
        log(&format!("{} {} proven {} refuted: {}", tally.compared, counts.0, counts.1, trial.label));
    }
}

impl Trial<'_> {
    /// Adds samples of both sides, and random changes of them.
    fn add_documents(&mut self, ids: [ElementId; 2], included: [bool; 2], random: &mut Random) {
        let count = usize::try_from(setting("INCLUSION_DOCUMENTS", DOCUMENTS as u64)).unwrap_or(DOCUMENTS);
        let mut texts: Vec<String> = (0..2).flat_map(|side| samples(&self.sides[side].model, ids[side], count / 3, random)).collect();
        let good = texts.len();
        for _ in 0..count.saturating_sub(good) {
            let Some(sample) = texts.get(random.below(good)) else { break };
            texts.extend(perturbed(sample, random));
        }
        self.documents.extend(texts.into_iter().map(|text| Document { text, witness_of: None, included }));
    }

    /// Validates the documents on both sides. Returns false if `xmllint` does not accept the schemas.
    fn judge(&self, tally: &mut Tally) -> bool {
        let paths: Vec<PathBuf> = self.documents.iter().enumerate().map(|(at, it)| self.sides[1].put(at, &it.text)).collect();
        let [Some(old), Some(new)] = self.sides.map(|side| xmllint(&side.path, &paths)) else { return false };
        tally.documents += self.documents.iter().filter(|it| it.witness_of.is_none()).count();
        let valid = |at: usize| [old[at], new[at]];
        let (fine, doubtful): (Vec<usize>, Vec<usize>) = (0..paths.len()).partition(|at| self.documents[*at].agrees(valid(*at)));
        tally.confirmed += fine.iter().filter(|at| self.documents[**at].witness_of.is_some()).count();
        if doubtful.is_empty() {
            return true;
        }
        let doubted: Vec<PathBuf> = doubtful.iter().map(|at| paths[*at].clone()).collect();
        let opinions = self.sides.map(|side| xmlschema(&side.path, &doubted));
        for (index, at) in doubtful.into_iter().enumerate() {
            let document = &self.documents[at];
            let says = [opinions[0][index], opinions[1][index]];
            let what =
                document.witness_of.as_ref().map_or_else(|| "proven".to_owned(), |(side, what)| format!("witness of {side}, {what}"));
            let told = format!("{}: {what}; xmllint says {:?}, xmlschema {says:?}\n{}", self.label, valid(at), document.text);
            let list = match says.contains(&Opinion::None) {
                true if std::env::var("INCLUSION_PYTHON").is_ok() => &mut tally.undecided,
                true => &mut tally.wrong,
                false if document.agrees(says.map(|opinion| opinion == Opinion::Valid)) => {
                    tally.confirmed += usize::from(document.witness_of.is_some());
                    &mut tally.overruled
                }
                false => &mut tally.wrong,
            };
            log(&told);
            list.push(told);
        }
        true
    }
}

/// Adds a line to the file of results.
fn log(text: &str) {
    let Ok(path) = std::env::var("INCLUSION_LOG") else { return };
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| writeln!(file, "{text}")).expect("a writable file of results");
}

/// The tags that a change removed and added.
fn difference(old: &str, changed: &str) -> String {
    let tags = |text: &str| text.split_inclusive('>').map(|tag| tag.trim().to_owned()).collect::<Vec<_>>();
    let mut written = Vec::new();
    xmltree::Element::parse(old.as_bytes()).expect("a well-formed schema").write(&mut written).expect("a schema that can be written");
    let (old, new) = (tags(&String::from_utf8_lossy(&written)), tags(changed));
    let only = |sign: &str, one: &[String], other: &[String]| {
        let other: std::collections::HashSet<&String> = other.iter().collect();
        one.iter().filter(|tag| !other.contains(tag)).map(|tag| format!("{sign}{tag}")).collect::<Vec<_>>()
    };
    [only("-", &old, &new), only("+", &new, &old)].concat().join(" ")
}
