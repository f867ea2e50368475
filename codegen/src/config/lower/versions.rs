//! Lowers `[versions]`, and reports what does not fit together.

use super::super::VersionInputs;
use super::super::file::File;
use super::super::placed::{Entries, Key, Strings};
use super::super::report::{Located, Report, Table};
use crate::reserved;

/// Returns the versions in the order of the file.
pub(super) fn versions(report: &Report<'_>, table: Key<Entries<Strings>>) -> Vec<VersionInputs> {
    let mut entries = report.array_entries("versions", table);
    entries.sort_by_key(|(name, _)| name.span.range().map(|range| range.start));
    if let [(only, _)] = entries.as_slice() {
        let help = "add another one; for one version, write `schemas` instead of `[versions]`";
        report.bad(&only.span, format!("`{}` is the only version", only.value), help);
    }
    let mut known: Vec<String> = Vec::new();
    for (name, schemas) in &entries {
        check(report, name, schemas.is_empty(), &known);
        known.push(variant(&name.value));
    }
    let inputs = |(name, schemas): (Located<String>, Vec<Located<String>>)| VersionInputs {
        name: name.value,
        schemas: schemas.into_iter().map(|schema| (schema.value, schema.span)).collect(),
    };
    entries.into_iter().map(inputs).collect()
}

/// Reports what is wrong with a version.
fn check(report: &Report<'_>, name: &Located<String>, is_empty: bool, known: &[String]) {
    if let Some(why) = reserved::unfit_module(&name.value) {
        report.bad(&name.span, format!("`{}`, the module of a version, {why}", name.value.escape_debug()), "write a name such as `v09`");
    } else if known.contains(&variant(&name.value)) {
        let message = format!("the variant `{}` stands for another version too", variant(&name.value));
        report.bad(&name.span, message, "give the version a name that differs in a letter or a digit");
    }
    if is_empty {
        let help = "add a file, a folder or a pattern, as in `v09 = [\"xsd/v09/*.xsd\"]`";
        report.bad(&name.span, format!("the version `{}` has no schemas", name.value), help);
    }
}

/// Returns the name of the variant for a version.
fn variant(name: &str) -> String {
    heck::ToUpperCamelCase::to_upper_camel_case(name)
}

/// Reports the keys that cannot be combined with `[versions]`, and those that are missing without it.
pub(super) fn combined(file: &Table<'_, File>) {
    let (schemas, versions) = (file.value.schemas.is_present(), file.value.versions.is_present());
    match (schemas, versions) {
        (false, false) => file.missing("schemas", "add `schemas = [\"xsd/**/*.xsd\"]`"),
        (true, true) => file.conflict("schemas", "both `schemas` and `[versions]` name schemas", "remove `schemas`, or make it a version"),
        _ => {}
    }
    if versions && file.value.krate.is_present() {
        let help = "remove `[crate]`, and make the output folder a module of a crate of yours";
        file.conflict("crate", "`[crate]` cannot be combined with `[versions]`", help);
    }
}
