//! `xsdgen check`: reports whether schemas are valid and supported.

use std::io::Write;
use std::path::{Path, PathBuf};

use xsdgen::diagnostic::{Span, Staged};

use super::args::Check;
use super::console::{Console, Ran};
use super::progress::Progress;
use super::{Outcome, plural, terminal};

pub(super) fn run(args: &Check, console: Console) -> Ran {
    let schemas = console.take(files(&args.schemas))?;
    let progress = Progress::new("checking schemas", console, args.quiet);
    let checked = xsdgen::check(&schemas, &args.reading.settings());
    drop(progress);
    let read = console.take(checked)?;
    if !args.quiet && console.is_for_people() {
        let (documents, components) = (plural(read.documents, "schema file"), plural(read.components, "component"));
        let namespaces = plural(read.namespaces, "namespace");
        writeln!(terminal::stdout(), "ok: {documents}, {components} in {namespaces}")?;
    }
    Ok(Outcome::Done)
}

/// Returns the files that the arguments name, each once.
pub(super) fn files(arguments: &[String]) -> Staged<Vec<PathBuf>> {
    xsdgen::inputs::find(Path::new(""), arguments.iter().map(|text| (text.as_str(), Span::file(text.as_str()))))
}
