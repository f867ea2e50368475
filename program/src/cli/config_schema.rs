//! `xsdgen config-schema`: writes the JSON Schema of `xsdgen.toml`.

use super::args::ConfigSchema;
use super::console::{Console, Ran};
use super::write_text;

pub(super) fn run(args: &ConfigSchema, console: Console) -> Ran {
    write_text(args.out.as_deref(), &format!("{:#}\n", xsdgen::config_schema()), console)
}
