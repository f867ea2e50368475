//! `xsdgen notes`: writes release notes for the changes between two schema sets.

use xsdgen::notes::{NotesOptions, markdown, notes};

use super::args::Notes;
use super::console::{Console, Ran};
use super::diff::sides::{self, Spec};
use super::progress::Progress;
use super::{Outcome, write_text};

pub(super) fn run(args: &Notes, console: Console) -> Ran {
    let split: Vec<(Option<&str>, &str)> = args.sides.iter().map(|side| sides::named(side)).collect();
    let plain: Vec<String> = split.iter().map(|(_, side)| (*side).to_owned()).collect();
    let (old, new) = sides::pair(&plain, &args.paths).map_err(|why| console.usage(why, None))?;
    let given = |index: usize| split.get(index).and_then(|(name, _)| *name).map(str::to_owned);
    let names = (given(0).or_else(|| revision(&old)), given(1).or_else(|| revision(&new)));
    let read = sides::read_all(&[old, new], args.config.as_deref(), console)?;
    let [old, new] = read.as_slice() else { return Ok(Outcome::Usage) };
    let progress = Progress::new("comparing schemas", console, false);
    let comparison = sides::compare(old, new);
    let options = NotesOptions {
        title: args.title.clone(),
        old: names.0,
        new: names.1,
        documentation: args.documentation,
        markdown: new.names().settings.docs.markdown,
        examples: new.examples(),
    };
    let notes = notes(&comparison, old.input(), new.input(), &options);
    drop(progress);
    write_text(args.out.as_deref(), &markdown::write(&notes), console)
}

/// Returns the name of a revision, which is what the side is called.
fn revision(spec: &Spec) -> Option<String> {
    match spec {
        Spec::Revision(name, _) => Some(name.clone()),
        Spec::Files(_) => None,
    }
}
