//! `xsdgen completions` and `xsdgen man`: what shells and `man` know about the program.

use std::io::Write;

use clap::CommandFactory;

use super::args::{Args, Completions, Man};
use super::console::{Console, Ran};
use super::{Outcome, plural};

/// Prints the completions for a shell.
pub(super) fn completions(args: &Completions) -> Ran {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "xsdgen", &mut text);
    anstream::stdout().lock().write_all(&text)?;
    Ok(Outcome::Done)
}

/// Writes a manual page for the program and for each command into a folder; without a folder, prints the page of the program.
pub(super) fn man(args: &Man, console: Console) -> Ran {
    let Some(out) = &args.out else {
        let mut text = Vec::new();
        clap_mangen::Man::new(Args::command()).render(&mut text)?;
        anstream::stdout().lock().write_all(&text)?;
        return Ok(Outcome::Done);
    };
    let written = std::fs::create_dir_all(out).and_then(|()| {
        clap_mangen::generate_to(Args::command(), out)?;
        std::fs::read_dir(out)
    });
    match written {
        Ok(pages) => {
            if console.is_for_people() {
                writeln!(anstream::stderr(), "{} in {}", plural(pages.count(), "page"), out.display())?;
            }
            Ok(Outcome::Done)
        }
        Err(why) => {
            console.problem(format!("cannot write to `{}`: {why}", out.display()), None)?;
            Ok(Outcome::Io)
        }
    }
}
