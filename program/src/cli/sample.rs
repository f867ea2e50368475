//! `xsdgen sample`: prints a sample document of an element, or writes it to a file.

use std::path::Path;

use xsdgen::diagnostic::{Diagnostics, Staged};
use xsdgen::model::{ElementId, Global, Model, QName, TypeId};
use xsdgen::plan::examples;
use xsdgen::sample::{Fill, SampleOptions, sample};
use xsdgen::settings::Settings;
use xsdgen::{Config, Lock};

use super::args::Sample;
use super::console::{Console, Ran, Stop};
use super::{Outcome, check, generate, write_text};

pub(super) fn run(args: &Sample, console: Console) -> Ran {
    let (model, settings, lock) = console.take(model(&args.schemas, args.config.as_deref()))?;
    let examples = examples(&model, &settings, &lock);
    let Some(root) = element(&model, &args.root) else { return Err(unknown("element", &args.root, elements(&model), console)) };
    let mut derived = None;
    if let Some(name) = &args.derived {
        derived = type_of(&model, name);
        if derived.is_none() {
            return Err(unknown("type", name, types(&model), console));
        }
    }
    let fill = if args.required_only { Fill::Required } else { Fill::All };
    let options = SampleOptions { fill, variant: args.variant, repeat: args.repeat, examples, ..SampleOptions::default() };
    match sample(&model, root, derived, &options) {
        Ok(text) => write_text(args.out.as_deref(), &text, console),
        Err(why) => {
            console.problem(format!("there is no sample of `{}`: {why}", args.root), None)?;
            Ok(Outcome::No)
        }
    }
}

/// Reads the schemas on the command line, or else those of the configuration, with the settings and the lock that apply.
pub(super) fn model(schemas: &[String], config: Option<&Path>) -> Staged<(Model, Settings, Lock)> {
    let mut diagnostics = Diagnostics::new();
    let product = read(schemas, config, &mut diagnostics);
    Staged { product, diagnostics }
}

fn read(schemas: &[String], config: Option<&Path>, diagnostics: &mut Diagnostics) -> Option<(Model, Settings, Lock)> {
    let mut settings = Settings::default();
    let mut lock = Lock::default();
    let files = if schemas.is_empty() {
        let config = Config::read(&generate::config_path(config));
        diagnostics.extend(config.diagnostics);
        let config = config.product?;
        let files = config.inputs();
        let read = Lock::read(&config.lock_path());
        diagnostics.extend(read.diagnostics);
        lock = read.product?;
        settings = config.settings;
        files
    } else {
        check::files(schemas)
    };
    diagnostics.extend(files.diagnostics);
    let read = xsdgen::components(&files.product?, &settings);
    diagnostics.extend(read.diagnostics);
    Some((read.product?, settings, lock))
}

fn elements(model: &Model) -> impl Iterator<Item = (&QName, ElementId)> {
    model.globals.iter().filter_map(|global| match global {
        Global::Element(id) => Some((&model.elements.get(id.index())?.name, *id)),
        _ => None,
    })
}

fn types(model: &Model) -> impl Iterator<Item = (&QName, TypeId)> {
    model.globals.iter().filter_map(|global| match global {
        Global::Type(id) => match model.types.get(id.index())? {
            xsdgen::model::Type::Complex(ty) => Some((ty.name.as_ref()?, *id)),
            xsdgen::model::Type::Simple(_) => None,
        },
        _ => None,
    })
}

fn element(model: &Model, name: &str) -> Option<ElementId> {
    elements(model).find(|(own, _)| is(model, own, name)).map(|(_, id)| id)
}

fn type_of(model: &Model, name: &str) -> Option<TypeId> {
    types(model).find(|(own, _)| is(model, own, name)).map(|(_, id)| id)
}

/// Whether a component has this name: `name`, `prefix:name` with a prefix of the schemas, or `{namespace}name`.
fn is(model: &Model, own: &QName, name: &str) -> bool {
    let namespace = model.namespaces.get(own.namespace.index());
    let prefixed = namespace.and_then(|n| n.prefix.as_ref()).is_some_and(|prefix| format!("{prefix}:{}", own.local) == name);
    own.local == name || prefixed || namespace.is_some_and(|n| format!("{{{}}}{}", n.uri, own.local) == name)
}

fn unknown<'m, T>(what: &str, name: &str, all: impl Iterator<Item = (&'m QName, T)>, console: Console) -> Stop {
    let near: Vec<&str> =
        all.map(|(own, _)| own.local.as_str()).filter(|own| own.eq_ignore_ascii_case(name) || own.contains(name)).take(5).collect();
    let help = match near.as_slice() {
        [] => "write the name of a global component as `name`, `prefix:name` or `{namespace}name`".to_owned(),
        near => format!("did you mean `{}`?", near.join("`, `")),
    };
    console.usage(format!("the schemas have no {what} `{}`", name.escape_debug()), Some(&help))
}
