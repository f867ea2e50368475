//! `xsdgen json-schema`: writes the JSON Schema of the JSON form of documents.

use xsdgen::json_schema;

use super::args::JsonSchema;
use super::console::{Console, Ran};
use super::{sample, write_text};

pub(super) fn run(args: &JsonSchema, console: Console) -> Ran {
    let (model, ..) = console.take(sample::model(&args.schemas, args.config.as_deref()))?;
    write_text(args.out.as_deref(), &format!("{:#}\n", json_schema(&model)), console)
}
