//! `xsdgen diagram`: draws the content model of a component, and marks what changed since an old version.

use std::io;

use xsdgen::compare::{Input, changes};
use xsdgen::diagnostic::Staged;
use xsdgen::diagram::{self, Labels, NotFound, Options, dot, mermaid, svg};

use super::args::{Diagram, Picture};
use super::console::{Console, Ran, Stop};
use super::diff::sides::{self, Spec};
use super::{generate, write_text};

pub(super) fn run(args: &Diagram, console: Console) -> Ran {
    let Some(picture) = picture(args) else {
        let help = "name a file that ends in .svg, .mmd or .dot, or give --format";
        return Err(console.usage("the name of the file does not say what to write", Some(help)));
    };
    let old = args.against.as_deref().map(|old| sides::read(&sides::spec(old), None)).transpose()?;
    let mut read = Vec::new();
    for side in old.into_iter().chain([new(args)?]) {
        read.push(console.take(side)?);
    }
    match drawn(args, &read) {
        Ok(drawn) => write_text(args.out.as_deref(), &written(&drawn, picture), console),
        Err(why) => Err(unknown(&args.component, &why, console)),
    }
}

/// Draws the component of the last side, and marks what changed if there is another one before it.
fn drawn(args: &Diagram, sides: &[sides::Read]) -> Result<diagram::Diagram, NotFound> {
    let options = Options { depth: args.depth, documentation: !args.no_docs };
    match sides {
        [old, new] => {
            let (old, new) = (old.input(), new.input());
            let drawn = diagram::compared(old, new, &changes(old, new), &args.component, options)?;
            Ok(if args.only_changes { diagram::focused(&drawn) } else { drawn })
        }
        [new, ..] => {
            let Input { model, ir } = new.input();
            let labels = Labels::new(model, &ir.root.namespaces);
            diagram::find(model, &labels, &args.component).map(|target| diagram::draw(model, &labels, target, options))
        }
        [] => Err(NotFound::Unknown(None)),
    }
}

/// Reads the schemas on the command line, or else those of the configuration.
fn new(args: &Diagram) -> io::Result<Staged<sides::Read>> {
    match args.schemas.as_slice() {
        [] => Ok(sides::configured(&generate::config_path(args.config.as_deref()), None)),
        schemas => sides::read(&Spec::Files(schemas.to_vec()), None),
    }
}

/// Returns the form that the arguments ask for; `None` if the name of the file has another ending.
fn picture(args: &Diagram) -> Option<Picture> {
    let extension = || args.out.as_ref().map(|out| out.extension().unwrap_or_default().to_string_lossy().to_lowercase());
    match (args.format, extension().as_deref()) {
        (Some(format), _) => Some(format),
        (None, None | Some("svg")) => Some(Picture::Svg),
        (None, Some("mmd" | "mermaid")) => Some(Picture::Mmd),
        (None, Some("dot" | "gv")) => Some(Picture::Dot),
        (None, Some(_)) => None,
    }
}

fn written(drawn: &diagram::Diagram, picture: Picture) -> String {
    match picture {
        Picture::Svg => svg::write(drawn, svg::Form::Document),
        Picture::Mmd => mermaid::write(drawn),
        Picture::Dot => dot::write(drawn),
    }
}

fn unknown(component: &str, why: &NotFound, console: Console) -> Stop {
    let name = component.escape_debug();
    let message = match why {
        NotFound::Unknown(_) => format!("the schemas have no component `{name}`"),
        NotFound::Ambiguous(_) => format!("`{name}` names several components"),
    };
    console.usage(message, Some(&why.to_string()))
}
