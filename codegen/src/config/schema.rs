//! The JSON Schema of `xsdgen.toml`, with which editors complete and check the file.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use super::file::File;

/// Returns the JSON Schema of the configuration file, in draft 7, which the TOML plugins of editors read.
#[must_use]
pub fn config_schema() -> Value {
    let mut settings = SchemaSettings::draft07();
    settings.inline_subschemas = true;
    let schema = settings.into_generator().into_root_schema_for::<File>().to_value();
    let mut root = Map::from_iter([
        ("$schema".to_owned(), "http://json-schema.org/draft-07/schema#".into()),
        ("title".to_owned(), "xsdgen.toml".into()),
    ]);
    for (word, value) in schema.as_object().into_iter().flatten() {
        root.entry(word).or_insert_with(|| value.clone());
    }
    root.into()
}
