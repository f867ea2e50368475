//! `xsdgen review`: writes each change of the schemas with the generated code that it causes, as a page or as a comment.

use std::io::{self, Write};

use xsdgen::compare::Accepted;
use xsdgen::review::{Review, github_comment, html};

use super::args::{self, ReviewFormat};
use super::diff::sides;
use super::{Outcome, plural, tell, write_text};

pub(super) fn run(args: &args::Review) -> io::Result<Outcome> {
    let specs = match sides::pair(&args.sides, &args.paths) {
        Ok((old, new)) => [old, new],
        Err(why) => {
            writeln!(anstream::stderr(), "error: {why}")?;
            return Ok(Outcome::Usage);
        }
    };
    let read = match sides::read_all(&specs, args.config.as_deref())? {
        Ok(read) => read,
        Err(outcome) => return Ok(outcome),
    };
    let ([old, new], [from, to]) = (&specs, read.as_slice()) else { return Ok(Outcome::Usage) };
    let accepted = args.accept.as_deref().map(Accepted::read);
    if let Some(accepted) = &accepted {
        tell(&accepted.diagnostics)?;
        if accepted.product.is_none() {
            return Ok(Outcome::of(&accepted.diagnostics));
        }
    }
    let accepted = accepted.and_then(|accepted| accepted.product);
    let made = match sides::review(from, to, (&old.name(), &new.name()), accepted.as_ref()) {
        Ok(made) => made,
        Err(problems) => {
            tell(&problems)?;
            return Ok(Outcome::of(&problems));
        }
    };
    tell(&made.diagnostics)?;
    let text = match args.format {
        ReviewFormat::Html => html::write(&made.review),
        ReviewFormat::GithubComment => github_comment::write(&made.review),
    };
    let outcome = write_text(args.out.as_deref(), &text)?;
    if outcome == Outcome::Done && args.out.is_some() && !args.quiet {
        report(&made.review)?;
    }
    Ok(outcome)
}

/// Prints how many lines of the generated code differ, and how many of them are attributed to a change.
fn report(review: &Review) -> io::Result<()> {
    let changes: usize = review.groups.iter().map(|group| group.entries.len()).sum();
    let (changes, counts) = (plural(changes, "change"), review.counts);
    let lines = plural(counts.changed, "generated line");
    writeln!(
        anstream::stderr(),
        "{changes}; {lines} differ, {} attributed, {} moved, {} not attributed; {} shown unfolded",
        counts.attributed,
        counts.moved,
        counts.changed - counts.attributed,
        plural(counts.unfolded, "line"),
    )
}
