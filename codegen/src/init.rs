//! Writes the first configuration for a schema set, with the module and the prefix that each namespace has without a configuration.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use crate::config::quoted;
use crate::diagnostic::Staged;
use crate::generate::{Planned, planned};
use crate::ir::{Origin, RustIr};
use crate::load::{LoadOptions, load};
use crate::lock::Lock;
use crate::plan;
use crate::reserved;
use crate::schema::{XML, XS};
use crate::settings::{LENIENT, Settings};

/// What a new configuration says besides the namespaces.
#[derive(Debug, Clone, Default)]
pub struct InitOptions {
    /// Its schemas: files, folders or patterns.
    pub schemas: Vec<String>,
    /// Its output folder; `None` means `src/NAME` in the folder of a package, where the name is that of the namespace if there is one.
    pub out: Option<String>,
}

/// A new configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initial {
    /// Its text.
    pub text: String,
    /// Its output folder.
    pub out: String,
    /// The number of namespaces that declare something.
    pub namespaces: usize,
    /// The rules that the schemas violate, and without which the bindings can be generated.
    pub allow: Vec<&'static str>,
    /// Whether `xsdgen generate` would write bindings by this configuration.
    pub generates: bool,
}

/// A namespace of the schemas.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    uri: String,
    module: Option<String>,
    prefix: Option<String>,
}

/// Returns a configuration for schema files, and what is wrong with them. There is a configuration even if no bindings can be generated.
#[must_use]
pub fn init(files: &[PathBuf], options: &InitOptions) -> Staged<Initial> {
    let strict = planned(files, &Settings::default(), &Lock::default());
    let (namespaces, allow, generates) = match strict.product {
        Some(planned) => (of_plan(&planned.ir), Vec::new(), true),
        None => match allowed(files) {
            Some((planned, allow)) => (of_plan(&planned.ir), allow, false),
            None => (of_schemas(files), Vec::new(), false),
        },
    };
    let out = options.out.clone().unwrap_or_else(|| format!("src/{}", name(&namespaces)));
    let text = text(&namespaces, &options.schemas, &out, &allow);
    let namespaces = namespaces.iter().filter(|it| it.module.is_some()).count();
    Staged { product: Some(Initial { text, out, namespaces, allow, generates }), diagnostics: strict.diagnostics }
}

/// Plans the bindings with as few violations of rules as necessary; `None` if the schemas violate other rules.
fn allowed(files: &[PathBuf]) -> Option<(Planned, Vec<&'static str>)> {
    let attempt = |allow: &[&str]| {
        let settings = Settings { allow: allow.iter().map(|rule| (*rule).to_owned()).collect(), ..Settings::default() };
        planned(files, &settings, &Lock::default()).product
    };
    let mut allow = LENIENT.to_vec();
    let mut found = attempt(&allow)?;
    for rule in LENIENT {
        let fewer: Vec<&'static str> = allow.iter().copied().filter(|known| known != rule).collect();
        if let Some(planned) = attempt(&fewer) {
            (found, allow) = (planned, fewer);
        }
    }
    Some((found, allow))
}

/// Returns the namespaces of a plan that declare something, sorted.
fn of_plan(ir: &RustIr) -> Vec<Named> {
    let mut out: Vec<Named> = ir
        .modules
        .iter()
        .filter_map(|module| match &module.origin {
            Some(Origin::Namespace { prefix, uri }) => Some(named(uri, &module.name, Some(prefix))),
            _ => None,
        })
        .collect();
    out.sort();
    out
}

/// Returns the namespaces of schemas that cannot be planned, with the names that their URIs give.
fn of_schemas(files: &[PathBuf]) -> Vec<Named> {
    let set = load(files, &LoadOptions::default()).product.unwrap_or_default();
    let uris: BTreeSet<&str> = set.schemas.iter().map(|schema| &*schema.target).filter(|uri| *uri != XML).collect();
    let uris: Vec<&str> = uris.into_iter().collect();
    let modules = plan::module_names(&uris);
    uris.iter().zip(modules).map(|(uri, module)| named(uri, &module, plan::prefix_of(uri).as_ref())).collect()
}

/// Returns a namespace without the names that a configuration cannot give.
fn named(uri: &str, module: &str, prefix: Option<&String>) -> Named {
    let module = Some(module.to_owned()).filter(|name| reserved::unfit_module(name).is_none());
    let fixed = matches!(uri, "" | XML | XS);
    let prefix = prefix.cloned().filter(|prefix| !fixed && reserved::is_prefix(prefix, uri));
    Named { uri: uri.to_owned(), module, prefix }
}

/// Returns the name of the bindings: that of the namespace if there is one.
fn name(namespaces: &[Named]) -> String {
    let mut ours = namespaces.iter().filter(|it| it.uri != XML).filter_map(|it| it.module.as_deref());
    match (ours.next(), ours.next()) {
        (Some(one), None) if one != "no_namespace" => one.to_owned(),
        _ => "bindings".to_owned(),
    }
}

/// The part of the text before the rules that are allowed.
const OPENING: &str = "\
# The configuration of `xsdgen generate`. The README of xsdgen lists all keys.

# Files, folders or patterns, relative to this file. Documents that they include or import need not be listed.
";

/// The part of the text after the rules that are allowed.
const MORE: &str = "
# Often useful; a selector such as \"prefix:type/element\" or \"element\" names components:
# secrets = [\"password\"]             # values that `Debug` does not show
# trim-text = true                   # reading trims whitespace from strings
# words = [\"WebEx\"]                  # words that letter case does not show: webex_id instead of web_ex_id
#
# [types]
# \"xs:integer\" = \"i64\"               # the default has any size

# The module, and the prefix in documents and selectors. Without these lines, both come from the URI.
[namespaces]
";

fn text(namespaces: &[Named], schemas: &[String], out: &str, allow: &[&str]) -> String {
    let list = |texts: &[String]| texts.iter().map(|text| quoted(text)).collect::<Vec<_>>();
    let schemas = match list(schemas).as_slice() {
        [] | [_] => format!("[{}]", list(schemas).join(", ")),
        many => format!("[\n    {},\n]", many.join(",\n    ")),
    };
    let mut text = format!("{OPENING}schemas = {schemas}\n\n# The folder of the bindings, relative to this file.\nout = {}\n", quoted(out));
    if !allow.is_empty() {
        let rules: Vec<String> = allow.iter().map(|rule| quoted(rule)).collect();
        let _ = write!(
            text,
            "\n# The schemas violate these rules. Without `#`, the bindings are generated nevertheless.\n# allow = [{}]\n",
            rules.join(", ")
        );
    }
    text.push_str(MORE);
    for it in namespaces {
        let key = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name} = {}", quoted(value)));
        let keys: Vec<String> = key("module", &it.module).into_iter().chain(key("prefix", &it.prefix)).collect();
        if !keys.is_empty() {
            let _ = writeln!(text, "{} = {{ {} }}", quoted(&it.uri), keys.join(", "));
        }
    }
    text
}
