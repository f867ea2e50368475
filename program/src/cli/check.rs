//! `xsdgen check`: reports whether schemas are valid and supported.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use xsdgen::diagnostic::{Span, Staged};

use super::args::Check;
use super::{Outcome, plural, tell};

pub(super) fn run(args: &Check) -> io::Result<Outcome> {
    let files = files(&args.schemas);
    let Some(schemas) = files.product else {
        tell(&files.diagnostics)?;
        return Ok(Outcome::of(&files.diagnostics));
    };
    let checked = xsdgen::check(&schemas, &args.reading.settings());
    tell(&checked.diagnostics)?;
    let Some(read) = checked.product else { return Ok(Outcome::of(&checked.diagnostics)) };
    if !args.quiet {
        let (documents, components) = (plural(read.documents, "schema file"), plural(read.components, "component"));
        let namespaces = plural(read.namespaces, "namespace");
        writeln!(anstream::stdout(), "ok: {documents}, {components} in {namespaces}")?;
    }
    Ok(Outcome::Done)
}

/// Returns the files that the arguments name, each once.
pub(super) fn files(arguments: &[String]) -> Staged<Vec<PathBuf>> {
    xsdgen::inputs::find(Path::new(""), arguments.iter().map(|text| (text.as_str(), Span::file(text.as_str()))))
}
