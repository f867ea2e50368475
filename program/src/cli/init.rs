//! `xsdgen init`: finds the schemas, and writes the first `xsdgen.toml`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use xsdgen::diagnostic::Staged;
use xsdgen::{InitOptions, Initial, inputs};

use super::args::Init;
use super::console::{Console, Ran, Stop};
use super::generate::{CONFIG, CYAN, GREEN, RESET, shown};
use super::{Outcome, check, plural, terminal};

/// Folders whose schemas are not those of the user.
const SKIPPED: [&str; 2] = ["target", "node_modules"];

/// The files that are found without arguments.
const EXTENSIONS: [&str; 2] = ["xsd", "wsdl"];

/// The maximum number of files that are found without arguments.
const MOST: usize = 10_000;

pub(super) fn run(args: &Init, console: Console) -> Ran {
    if Path::new(CONFIG).exists() {
        console.problem(format!("there is an `{CONFIG}` already"), Some("edit it, or remove it and run `xsdgen init` again"))?;
        return Ok(Outcome::Io);
    }
    let schemas = if args.schemas.is_empty() { found(console)? } else { args.schemas.clone() };
    let files = console.take(check::files(&schemas))?;
    let package = package()?;
    let out = args.out.clone().or_else(|| package.is_none().then(|| "generated".to_owned()));
    let mut made = xsdgen::init(&files, &InitOptions { schemas: schemas.clone(), out });
    if let Some(taken) = made.product.as_ref().filter(|initial| args.out.is_none() && package.is_some() && is_taken(&initial.out)) {
        let out = Some(format!("{}_xml", taken.out));
        made = xsdgen::init(&files, &InitOptions { schemas, out });
    }
    let Staged { product, diagnostics } = made;
    let diagnostics = console.judged(diagnostics);
    console.print(&diagnostics)?;
    let Some(initial) = product else { return Ok(Outcome::of(&diagnostics)) };
    if let Err(why) = write(&initial.text) {
        console.problem(format!("cannot write `{CONFIG}`: {why}"), None)?;
        return Ok(Outcome::Io);
    }
    if !args.quiet && console.is_for_people() {
        next(&initial, package.as_deref(), files.len())?;
    }
    // The configuration is written in any case.
    Ok(if initial.generates && !diagnostics.has_errors() { Outcome::Done } else { Outcome::of(&diagnostics) })
}

/// Returns files and folders with the schemas in the working directory and in the folders below it.
fn found(console: Console) -> Result<Vec<String>, Stop> {
    let mut files = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(folder) = open.pop() {
        let shown = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
        // A folder that cannot be read contains no schemas of the user.
        let Ok(entries) = std::fs::read_dir(shown) else { continue };
        for entry in entries.flatten() {
            let (path, kind) = (folder.join(entry.file_name()), entry.file_type()?);
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            if kind.is_dir() && !name.starts_with('.') && !SKIPPED.contains(&name) {
                open.push(path);
            } else if path.is_file() && is_schema(&path) {
                files.push(path);
            }
        }
        if files.len() > MOST {
            let message = format!("there are more than {MOST} schemas in this folder and below it");
            return Err(console.usage(message, Some("name the schemas: `xsdgen init 'xsd/**/*.xsd'`")));
        }
    }
    if files.is_empty() {
        let help = "run `xsdgen init` in the folder of your project, or name the schemas: `xsdgen init ../xsd`";
        return Err(console.usage("there is no schema file in this folder or below it", Some(help)));
    }
    files.sort();
    Ok(patterns(&files))
}

/// Returns each folder beside the configuration, if its schemas are those files and no others, and the names of other files.
fn patterns(files: &[PathBuf]) -> Vec<String> {
    let mut out = Vec::new();
    for group in files.chunk_by(|a, b| a.components().next() == b.components().next()) {
        let folder = group.first().and_then(|file| file.parent()?.components().next()?.as_os_str().to_str());
        match folder {
            Some(folder) if matched(folder) == group => out.push(folder.to_owned()),
            _ => out.extend(group.iter().map(|file| shown(file))),
        }
    }
    out
}

/// Returns whether a file has the extension of a schema.
fn is_schema(path: &Path) -> bool {
    path.extension().is_some_and(|extension| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

fn matched(pattern: &str) -> Vec<PathBuf> {
    inputs::find(Path::new(""), [(pattern, xsdgen::diagnostic::Span::file(pattern))]).product.unwrap_or_default()
}

/// Returns the manifest in the working directory, if it is that of a package.
fn package() -> io::Result<Option<String>> {
    match std::fs::read_to_string("Cargo.toml") {
        Ok(text) => Ok(Some(text).filter(|text| text.lines().any(|line| line.trim() == "[package]"))),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(why) => Err(why),
    }
}

/// Returns whether there is a module in the place of an output folder.
fn is_taken(out: &str) -> bool {
    Path::new(out).exists() || Path::new(&format!("{out}.rs")).exists()
}

/// Writes the configuration, unless another process has written one in the meantime.
fn write(text: &str) -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(".")?;
    file.write_all(text.as_bytes())?;
    file.persist_noclobber(CONFIG).map_err(|error| error.error)?;
    Ok(())
}

/// Prints what was written, and what to do next.
fn next(initial: &Initial, package: Option<&str>, files: usize) -> io::Result<()> {
    let (files, namespaces) = (plural(files, "schema file"), plural(initial.namespaces, "namespace"));
    let mut text = format!("{GREEN}   wrote{RESET} {CONFIG}: {files}, {namespaces}; the bindings go to {}\n", initial.out);
    if !initial.allow.is_empty() {
        let rules: Vec<String> = initial.allow.iter().map(|rule| format!("\"{rule}\"")).collect();
        text += &format!(
            "{CYAN}    help{RESET} the schemas violate rules; to generate nevertheless, write in {CONFIG}: allow = [{}]\n",
            rules.join(", ")
        );
    }
    let module = initial.out.rsplit('/').next().unwrap_or_default();
    let path = match (initial.out.strip_prefix("src/"), package) {
        (Some(within), Some(_)) => format!("{within}/lib.rs"),
        _ => format!("../{}/lib.rs", initial.out),
    };
    let has = package.is_some_and(|manifest| manifest.contains("xsdgen-codec"));
    let version = env!("CARGO_PKG_VERSION").rsplit_once('.').map_or("", |(version, _)| version);
    text += &format!("{GREEN}    next{RESET} xsdgen generate\n");
    if !has {
        text += &format!("         in Cargo.toml, under [dependencies]:\n             xsdgen-codec = \"{version}\"\n");
    }
    text += &format!(
        "         in src/main.rs or src/lib.rs:\n             #[rustfmt::skip]\n             #[path = \"{path}\"]\n             mod {module};\n"
    );
    terminal::stderr().write_all(text.as_bytes())
}
