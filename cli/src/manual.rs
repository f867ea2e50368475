//! Writes the manual pages.

use std::path::Path;

use clap::CommandFactory as _;

use crate::args::Arguments;
use crate::failure::{Failure, NO_ANSWER, Problem};

/// Writes a page for the program and for each command into a folder; without a folder, returns the page of the program.
pub(crate) fn pages(out: Option<&Path>) -> Result<String, Failure> {
    let failed = |error: std::io::Error| {
        let place = out.map_or("the manual page".to_owned(), |out| format!("the folder `{}`", out.display()));
        Failure::new(NO_ANSWER, Problem::new("output", format!("{place}: {error}")))
    };
    let Some(out) = out else {
        let mut text = Vec::new();
        clap_mangen::Man::new(Arguments::command()).render(&mut text).map_err(failed)?;
        return Ok(String::from_utf8_lossy(&text).into_owned());
    };
    std::fs::create_dir_all(out).and_then(|()| clap_mangen::generate_to(Arguments::command(), out)).map_err(failed)?;
    Ok(String::new())
}
