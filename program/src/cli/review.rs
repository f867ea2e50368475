//! `xsdgen review`: writes each change of the schemas with the generated code that it causes, as a page or as a comment.

use std::io::{self, Write};

use xsdgen::compare::Accepted;
use xsdgen::review::{Review, github_comment, html};

use super::args::{self, ReviewFormat};
use super::console::{Console, Ran};
use super::diff::sides::{self, Spec};
use super::progress::Progress;
use super::{Outcome, plural, terminal, write_text};

pub(super) fn run(args: &args::Review, console: Console) -> Ran {
    let specs: [Spec; 2] = sides::pair(&args.sides, &args.paths).map_err(|why| console.usage(why, None))?.into();
    let read = sides::read_all(&specs, args.config.as_deref(), console)?;
    let ([old, new], [from, to]) = (&specs, read.as_slice()) else { return Ok(Outcome::Usage) };
    let accepted = args.accept.as_deref().map(|path| console.take(Accepted::read(path))).transpose()?;
    let progress = Progress::new("comparing schemas", console, args.quiet);
    let review = sides::review(from, to, (&old.name(), &new.name()), accepted.as_ref());
    drop(progress);
    let review = console.take(review)?;
    let text = match args.format {
        ReviewFormat::Html => html::write(&review),
        ReviewFormat::GithubComment => github_comment::write(&review),
    };
    let outcome = write_text(args.out.as_deref(), &text, console)?;
    if outcome == Outcome::Done && args.out.is_some() && !args.quiet && console.is_for_people() {
        report(&review)?;
    }
    Ok(outcome)
}

/// Prints how many lines of the generated code differ, and how many of them are attributed to a change.
fn report(review: &Review) -> io::Result<()> {
    let changes: usize = review.groups.iter().map(|group| group.entries.len()).sum();
    let (changes, counts) = (plural(changes, "change"), review.counts);
    let lines = plural(counts.changed, "generated line");
    writeln!(
        terminal::stderr(),
        "{changes}; {lines} differ, {} attributed, {} moved, {} not attributed; {} shown unfolded",
        counts.attributed,
        counts.moved,
        counts.changed - counts.attributed,
        plural(counts.unfolded, "line"),
    )
}
