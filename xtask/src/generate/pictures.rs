//! Draws the content models that the documentation shows, `docs/pictures/`.

use std::fs;
use std::path::{Path, PathBuf};

use xsdgen::compare::{Input, changes};
use xsdgen::diagram::svg::{self, Form};
use xsdgen::diagram::{Diagram, Labels, NotFound, Options, compared, draw, find, focused};
use xsdgen::settings::Settings;
use xsdgen::{FileSet, Lock, Planned};

use super::{Sources, releases};
use crate::Failure;
use crate::failure::product;
use crate::files::{Files, Owner};

const FOLDER: &str = "docs/pictures";

/// The page whose schemas the first pictures show.
const PAGE: &str = "docs/diagrams.md";

/// The folder that the schemas of the page are written to.
const SCRATCH: &str = "target/pictures";

/// Returns the pictures.
pub(super) fn files(sources: &Sources) -> Result<Files, Failure> {
    let mut wanted = FileSet::new();
    let mut add = |name: &str, drawn: Result<Diagram, NotFound>| {
        let drawn = drawn.map_err(|why| Failure::new(format!("there is no component for the picture `{name}`"), why.to_string()))?;
        wanted.insert(format!("{FOLDER}/{name}.svg"), svg::write(&drawn, Form::Document));
        Ok::<_, Failure>(())
    };
    let (old, new) = (example("note.xsd")?, example("new/note.xsd")?);
    let (old, new) = (input(&old), input(&new));
    let options = |depth, documentation| Options { depth, documentation };
    let marked = |options| compared(old, new, &changes(old, new), "note:noteType", options);
    add("note", one(old, "note:noteType", Options::default()))?;
    add("note-changes", marked(options(1, true)))?;
    add("note-only-changes", marked(options(1, false)).map(|drawn| focused(&drawn)))?;
    let schemas = Input { model: &sources.model, ir: &sources.ir };
    add("get-site-type", one(schemas, "ep:getSiteType", Options::default()))?;
    add("get-site-type-response", one(schemas, "ep:getSiteTypeResponse", Options::default()))?;
    let before = releases::before(sources)?;
    let (before, schemas) = releases::inputs(&before, sources);
    let session = compared(before, schemas, &changes(before, schemas), "ep:getSessionInfoResponse", Options::default());
    add("get-session-info-response", session.map(|drawn| focused(&drawn)))?;
    Ok(Files { wanted, owner: Owner::Below(vec![FOLDER.to_owned()]) })
}

fn input(planned: &Planned) -> Input<'_> {
    Input { model: &planned.model, ir: &planned.ir }
}

/// Draws a component without marks.
fn one(input: Input<'_>, component: &str, options: Options) -> Result<Diagram, NotFound> {
    let labels = Labels::new(input.model, &input.ir.root.namespaces);
    find(input.model, &labels, component).map(|target| draw(input.model, &labels, target, options))
}

/// Reads a schema of the page.
fn example(name: &str) -> Result<Planned, Failure> {
    let page = fs::read_to_string(PAGE).map_err(|why| Failure::io("read", Path::new(PAGE), &why))?;
    let fence = format!("```xml {name}");
    let lines = page.lines().skip_while(|line| *line != fence).skip(1).take_while(|line| *line != "```");
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    let path: PathBuf = Path::new(SCRATCH).join(name);
    let folder = path.parent().unwrap_or(Path::new(SCRATCH));
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, text));
    written.map_err(|why| Failure::io("write", &path, &why))?;
    product(xsdgen::planned(&[path], &Settings::default(), &Lock::default()))
}
