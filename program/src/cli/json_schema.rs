//! `xsdgen json-schema`: writes the JSON Schema of the JSON form of documents.

use std::io;

use xsdgen::diagnostic::Diagnostics;
use xsdgen::json_schema;

use super::args::JsonSchema;
use super::{Outcome, sample, tell, write_text};

pub(super) fn run(args: &JsonSchema) -> io::Result<Outcome> {
    let mut diagnostics = Diagnostics::new();
    let read = sample::model(&args.schemas, args.config.as_deref(), &mut diagnostics);
    tell(&diagnostics)?;
    match read {
        Some((model, ..)) => write_text(args.out.as_deref(), &format!("{:#}\n", json_schema(&model))),
        None => Ok(Outcome::of(&diagnostics)),
    }
}
