//! Tests the effects of the settings on the schemas of `cases/`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test panics")]

use std::path::Path;

use xsdgen::FileSet;
use xsdgen::config::Config;
use xsdgen::diagnostic::Span;
use xsdgen::settings::{
    CrateSettings, Layout, NamedInteger, NamespaceSettings, OperationProfile, Phrase, Rule, Settings, ValueForm, ValueType,
};

fn rule<T>(selector: &str, value: T) -> Rule<T> {
    Rule { selector: selector.to_owned(), value, span: Span::file("xsdgen.toml") }
}

fn generate(case: &str, settings: &Settings) -> (FileSet, Vec<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(case).join("schema.xsd");
    let made = xsdgen::generate(&[path], settings, &xsdgen::Lock::default());
    let problems =
        made.diagnostics.iter().map(|d| format!("{}: {}: {} ({})", d.span, d.code, d.message, d.help.as_deref().unwrap_or(""))).collect();
    (made.product.map(|p| p.files).unwrap_or_default(), problems)
}

fn text<'f>(files: &'f FileSet, path: &str) -> &'f str {
    assert!(files.contains_key(path), "no {path} in {:?}", files.keys());
    &files[path]
}

#[track_caller]
fn holds(text: &str, part: &str) {
    assert!(text.contains(part), "no `{part}` in\n{text}");
}

#[test]
fn secrets_types_names_and_derives() {
    let settings = Settings {
        secrets: vec![rule("polymorphic:login/user", ())],
        types: vec![rule("polymorphic:adminLogin/level", "::std::num::NonZeroI32".to_owned())],
        names: vec![rule("polymorphic:adminLogin/level", "rank".to_owned()), rule("polymorphic:message", "Envelope".to_owned())],
        derives: vec![rule("polymorphic:login", vec!["Eq".to_owned()])],
        ..Settings::default()
    };
    let (files, problems) = generate("polymorphic", &settings);
    assert_eq!(problems, Vec::<String>::new());
    let module = text(&files, "polymorphic.rs");
    holds(module, "    #[xml(\"user\")]\n    pub user: Secret,\n");
    holds(module, "    #[xml(\"level\", facets = INT)]\n    pub rank: ::std::num::NonZeroI32,\n");
    holds(module, "static INT: SimpleType = SimpleType::of(Builtin::Int);\n");
    holds(module, "pub struct Envelope {");
    holds(module, "#[derive(Clone, PartialEq, Eq, Xml)]\n#[xml(polymorphic, \"login\")]\n#[non_exhaustive]\npub struct Login {");
}

#[test]
fn constructors_are_chosen_by_the_number_of_required_fields_or_by_the_settings() {
    use xsdgen::settings::Constructors;

    let heads = |constructors| -> Vec<String> {
        let (files, problems) = generate("builders", &Settings { constructors, ..Settings::default() });
        assert_eq!(problems, Vec::<String>::new());
        let text = text(&files, "builders.rs");
        text.lines().filter(|line| line.contains("#[xml(builders, ")).map(|line| line.trim().to_owned()).collect()
    };
    let line = "#[xml(builders, \"line\")]";
    let expected = |order: &str, other: &str| {
        let head = |name: &str, word: &str| format!("#[xml(builders, \"{name}\"{word})]");
        [head("line", ""), head("order", order), head("package", other), head("size", other), head("orderBuilder", other)]
    };
    assert_eq!(heads(Constructors::Auto), expected(", builder", ""));
    assert_eq!(heads(Constructors::New), expected("", ""));
    assert_eq!(heads(Constructors::Builder), expected(", builder", ", builder"));
    let none = heads(Constructors::None);
    assert_eq!(none[0], line.replace(")]", ", no_constructor)]"));
    assert_eq!(none[1..], expected(", no_constructor", ", no_constructor")[1..]);
}

fn value(name: &str, form: ValueForm, of: &[&str]) -> ValueType {
    let of = of.iter().map(|selector| rule(selector, ())).collect();
    ValueType { name: name.to_owned(), docs: None, form, of, span: Span::file("xsdgen.toml") }
}

#[test]
fn value_types_replace_strings() {
    let dates = ValueForm::DateTime { patterns: vec!["MM/DD/YYYY".to_owned()], also: vec!["none".to_owned()] };
    let one = NamedInteger { number: 1, name: "One".to_owned(), docs: vec!["The first.".to_owned()] };
    let settings = Settings {
        values: vec![
            value("Day", dates, &["polymorphic:login/user"]),
            value("Level", ValueForm::NamedIntegers(vec![one]), &["polymorphic:adminLogin/level"]),
        ],
        ..Settings::default()
    };
    let (files, problems) = generate("polymorphic", &settings);
    assert_eq!(problems, Vec::<String>::new());
    let values = text(&files, "values.rs");
    holds(values, "pub struct Day(String);\n\n::xsdgen_codec::date_time! {\n    Day = [\"MM/DD/YYYY\"] also [\"none\"];\n}\n");
    holds(values, "    /// `1`\n    ///\n    /// The first.\n    One,\n");
    holds(values, "::xsdgen_codec::named_integers! {\n    Level;\n    One = 1;\n}\n");
    holds(text(&files, "polymorphic.rs"), "    #[xml(\"user\")]\n    pub user: values::Day,\n");
    holds(text(&files, "lib.rs"), "pub mod values;");
}

#[test]
fn secrets_take_precedence_over_types_and_types_over_values() {
    let settings = Settings {
        secrets: vec![rule("polymorphic:login/user", ())],
        types: vec![rule("polymorphic:adminLogin/level", "String".to_owned())],
        values: vec![value("Moment", ValueForm::EpochMilliseconds, &["user", "level"])],
        ..Settings::default()
    };
    let (files, _) = generate("polymorphic", &settings);
    holds(text(&files, "polymorphic.rs"), "    #[xml(\"user\")]\n    pub user: Secret,\n");
    holds(text(&files, "polymorphic.rs"), "    #[xml(\"level\", facets = INT)]\n    pub level: String,\n");
}

#[test]
fn an_unused_value_type_is_an_error() {
    let flag = ValueForm::Boolean { yes: vec!["1".to_owned()], no: vec!["0".to_owned()] };
    let parts = ValueForm::Delimited { separator: ",".to_owned(), parts: vec!["fn".to_owned()], most: 3, plain: false };
    let values = vec![value("Flag", flag, &["levle"]), value("Phone", parts, &["user"])];
    let (_, problems) = generate("polymorphic", &Settings { values, ..Settings::default() });
    assert_eq!(
        problems,
        [
            "xsdgen.toml: X0854: `fn` is not an identifier (write letters, digits and `_`)",
            "xsdgen.toml: X0851: no element or attribute of a simple type, and no simple type, matches `levle` (did you mean `level`?)",
        ]
    );
}

#[test]
fn a_rule_that_matches_nothing_is_an_error() {
    let settings = Settings {
        secrets: vec![rule("usr", ())],
        polymorphic: Some(vec![rule("polymorphic:bodi", ())]),
        typed: vec![rule("polymorphic:bodi/nam", ())],
        types: vec![rule("level", "not a type".to_owned())],
        names: vec![rule("polymorphic:body", "fn".to_owned())],
        ..Settings::default()
    };
    let (_, problems) = generate("polymorphic", &settings);
    assert_eq!(
        problems,
        [
            "xsdgen.toml: X0855: `not a type` is not a type (write a path, as `::time::Date`)",
            "xsdgen.toml: X0854: `fn` is not an identifier (give `polymorphic:body` another name)",
            "xsdgen.toml: X0851: no type matches `polymorphic:bodi` (did you mean `polymorphic:body`?)",
            "xsdgen.toml: X0851: no element, attribute or simple type matches `usr` (did you mean `user`?)",
            "xsdgen.toml: X0851: no element matches `polymorphic:bodi/nam` ()",
        ]
    );
}

#[test]
fn words_of_the_settings_split_names() {
    let phrase = |text: &str| Phrase { text: text.to_owned(), span: Span::file("xsdgen.toml") };
    let words = vec![phrase("ad min"), phrase("log in")];
    let (files, problems) = generate("polymorphic", &Settings { words, ..Settings::default() });
    assert_eq!(problems, Vec::<String>::new());
    holds(text(&files, "polymorphic.rs"), "pub struct AdMinLogIn {");
    let (_, problems) = generate("polymorphic", &Settings { words: vec![phrase("no such")], ..Settings::default() });
    assert!(problems.iter().any(|p| p.contains("X0851") && p.contains("`no such`")), "{problems:?}");
}

#[test]
fn new_components_have_their_release() {
    let since = vec![rule("polymorphic:login/user", "2.0".to_owned()), rule("polymorphic:adminLogin", "2.1".to_owned())];
    let (files, problems) = generate("polymorphic", &Settings { since, ..Settings::default() });
    assert_eq!(problems, Vec::<String>::new());
    holds(text(&files, "polymorphic.rs"), "    /// Since 2.0.\n    #[xml(\"user\")]\n    pub user: String,");
    holds(
        text(&files, "polymorphic.rs"),
        "/// Since 2.1.\n#[derive(Clone, PartialEq, Xml)]\n#[xml(polymorphic, \"adminLogin\")]\n#[non_exhaustive]\npub struct AdminLogin {",
    );
}

#[test]
fn bindings_allow_undeclared_prefixes() {
    let (files, _) = generate("namespaces", &Settings { undeclared_prefixes: true, trim_text: true, ..Settings::default() });
    holds(text(&files, "lib.rs"), "        trim_text = true, undeclared_prefixes = true, rules = super::RULES;\n");
    let toml = "schemas = [\"a.xsd\"]\nout = \"out\"\n";
    let read = |more: &str| Config::parse(&format!("{toml}{more}\n"), Path::new("xsdgen.toml"));
    let taken = |more: &str| read(more).product.map(|config| config.settings.undeclared_prefixes);
    assert_eq!(taken("undeclared-prefixes = true"), Some(true));
    assert_eq!(taken(""), Some(false));
    for wrong in ["undeclared-prefix = true", "undeclared-prefixes = \"yes\"", "undeclared_prefixes = true"] {
        let staged = read(wrong);
        assert!(staged.product.is_none() && staged.diagnostics.iter().all(|problem| problem.span.line() == 3), "{wrong}");
    }
}

#[test]
fn bindings_read_what_is_missing_as_blank() {
    let (files, _) = generate("namespaces", &Settings { blank_if_missing: true, ..Settings::default() });
    holds(text(&files, "lib.rs"), "        trim_text = false, missing = Blank, rules = super::RULES;\n");
    let toml = "schemas = [\"a.xsd\"]\nout = \"out\"\n";
    let blank =
        |more: &str| Config::parse(&format!("{toml}{more}\n"), Path::new("xsdgen.toml")).product.map(|it| it.settings.blank_if_missing);
    let words = ["", "missing = \"error\"", "missing = \"blank\"", "missing = \"empty\"", "missing = true"];
    assert_eq!(words.map(blank), [Some(false), Some(false), Some(true), None, None]);
}

#[test]
fn one_namespace_has_no_prefix() {
    let read = |lines: &str| {
        let toml = format!("schemas = [\"a.xsd\"]\nout = \"out\"\n[namespaces]\n{lines}");
        generate("namespaces", &Config::parse(&toml, Path::new("xsdgen.toml")).product.map(|it| it.settings).unwrap_or_default())
    };
    let (files, problems) = read("\"urn:service\" = { prefix = \"\" }\n");
    assert_eq!(problems, Vec::<String>::new());
    let lib = text(&files, "lib.rs");
    holds(lib, "trim_text = false, default_namespace = \"urn:service\", rules = super::RULES;\n");
    holds(lib, "        service = \"urn:service\";\n");
    let (_, problems) = read("\"urn:service\" = { prefix = \"\" }\n\"urn:service/user\" = { prefix = \"\" }\n");
    let message = "`urn:service` and `urn:service/user` both have the empty prefix";
    assert!(problems.iter().any(|problem| problem.contains(message)), "{problems:?}");
}

#[test]
fn only_the_configured_bases_are_polymorphic() {
    let settings = Settings { polymorphic: Some(vec![rule("polymorphic:body", ())]), ..Settings::default() };
    let (files, problems) = generate("polymorphic", &settings);
    assert_eq!(problems, Vec::<String>::new());
    holds(text(&files, "polymorphic.rs"), "pub enum AnyBody {");
    assert!(!text(&files, "polymorphic.rs").contains("AnyLogin"));
}

#[test]
fn a_crate_has_features_by_what_refers_to_what() {
    let namespace = |feature: &str, module: &str| NamespaceSettings {
        module: Some(module.to_owned()),
        feature: Some(feature.to_owned()),
        ..NamespaceSettings::default()
    };
    let settings = Settings {
        krate: Some(CrateSettings {
            name: "sample".to_owned(),
            manifest: "[package]\nname = \"sample\"\n".to_owned(),
            codec: "\"1\"".to_owned(),
            ..CrateSettings::default()
        }),
        namespaces: [
            ("urn:service".to_owned(), namespace("service", "service")),
            ("urn:service/user".to_owned(), namespace("users", "people")),
        ]
        .into(),
        ..Settings::default()
    };
    let (files, problems) = generate("namespaces", &settings);
    assert_eq!(problems, Vec::<String>::new());
    holds(text(&files, "Cargo.toml"), "[features]\ndefault = [\"service\", \"users\"]\nservice = [\"users\"]\nusers = []\n");
    holds(text(&files, "src/lib.rs"), "#[cfg(feature = \"users\")]\n#[cfg_attr(docsrs, doc(cfg(feature = \"users\")))]\npub mod people;");
    holds(
        text(&files, "src/lib.rs"),
        "    #[cfg(feature = \"service\")]\n    #[xml(service, \"message\", from)]\n    Message(Box<service::Message>),",
    );
    holds(text(&files, "src/service.rs"), "pub user: people::User,");
}

#[test]
fn a_module_without_a_feature_must_not_depend_on_one_with_a_feature() {
    let users = NamespaceSettings { feature: Some("users".to_owned()), ..NamespaceSettings::default() };
    let settings = Settings {
        krate: Some(CrateSettings::default()),
        namespaces: [("urn:service/user".to_owned(), users), ("urn:nobody".to_owned(), NamespaceSettings::default())].into(),
        ..Settings::default()
    };
    let (_, problems) = generate("namespaces", &settings);
    assert!(problems.iter().any(|p| p.contains("X0856") && p.contains("service:message")), "{problems:?}");
    assert!(problems.iter().any(|p| p.contains("X0853") && p.contains("urn:nobody")), "{problems:?}");
}

#[test]
fn operations_are_found_by_the_names_of_types() {
    let profile = OperationProfile {
        base: "polymorphic:body".to_owned(),
        response: "admin{request}".to_owned(),
        alias: Some("java:{word}.{Request}".to_owned()),
        since: Some("1.0".to_owned()),
        safe: vec!["log".to_owned()],
        span: Span::file("xsdgen.toml"),
    };
    let (_, problems) = generate("polymorphic", &Settings { operations: Some(profile.clone()), ..Settings::default() });
    assert!(problems.iter().any(|p| p.contains("X0857")), "{problems:?}");
    let settings = Settings {
        operations: Some(OperationProfile { response: "{request}Response".to_owned(), ..profile }),
        front: Some("An example:\n\n```rust\nif true {\n\n    // A line of code that is longer than those of prose may be: about a hundred characters, or some more than that.\n}\n```\n".to_owned()),
        ..Settings::default()
    };
    let (files, problems) = generate("polymorphic", &settings);
    assert_eq!(problems, Vec::<String>::new());
    // The text of `front` keeps its code unchanged and comes before the tables. Operations have a table for each module.
    let front = "//! An example:\n//!\n//! ```rust\n//! if true {\n//!\n//!     // A line of code that is longer than those of prose may be: about a hundred characters, or some more than that.\n//! }\n//! ```\n//!\n//! | module |";
    holds(text(&files, "lib.rs"), front);
    holds(text(&files, "lib.rs"), "//! # Operations\n//!\n//! ## `polymorphic`\n//!\n//! | operation |");
    holds(text(&files, "lib.rs"), "<polymorphic::Login as ::xsdgen_codec::Operation>::INFO");
    holds(text(&files, "polymorphic.rs"), "#[operation(response = LoginResponse, wire_type = \"java:polymorphic.Login\", safe)]\n");
    let row = "//! | `login` | [`Login`](polymorphic::Login) | [`LoginResponse`](polymorphic::LoginResponse) | `java:polymorphic.Login` | 1.0 | yes |";
    holds(text(&files, "lib.rs"), row);
    holds(text(&files, "polymorphic.rs"), "    #[xml(\"login\", alias = \"java:polymorphic.Login\")]\n    Login(Box<Login>),\n");
}

#[test]
fn invalid_rust_is_an_internal_error() {
    // The configuration file does not allow this text, but a program can pass it.
    let settings = Settings { derives: vec![rule("polymorphic:login", vec!["Eq)] struct X;".to_owned()])], ..Settings::default() };
    let (files, problems) = generate("polymorphic", &settings);
    let problem = "the bindings: X0999: internal error: what was generated for `Login` of `polymorphic:login` is not Rust: `Eq)] struct X;` is not a path";
    assert!(problems.iter().any(|found| found.starts_with(problem)), "{problems:?}");
    assert!(files.is_empty());
}

#[test]
fn the_layout_changes_neither_paths_nor_the_lock() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/layout_types/schema.xsd");
    let made = |layout: Layout| {
        let settings = Settings { layout, ..Settings::default() };
        xsdgen::generate(std::slice::from_ref(&path), &settings, &xsdgen::Lock::default())
    };
    let [namespaces, types, file] = [Layout::Namespaces, Layout::Types, Layout::File].map(made);
    let (Some(namespaces), Some(types), Some(file)) = (namespaces.product, types.product, file.product) else {
        unreachable!("the schema is valid");
    };
    assert_eq!((namespaces.lock.to_string(), namespaces.lock.to_string()), (types.lock.to_string(), file.lock.to_string()));
    assert_eq!(namespaces.files.keys().collect::<Vec<_>>(), ["common.rs", "layout.rs", "lib.rs"]);
    assert_eq!(file.files.keys().collect::<Vec<_>>(), ["lib.rs"]);
    // The names `bill` and `common` are those of modules, and `bool` is a type of the language.
    let folder: Vec<&str> = types.files.keys().filter_map(|path| path.strip_prefix("layout/")).collect();
    let files = ["bill.rs", "bill_type.rs", "bool_type.rs", "common_type.rs", "person.rs", "size.rs", "sizes.rs", "type_.rs", "where_.rs"];
    assert_eq!(folder, files);
    holds(text(&types.files, "layout.rs"), "pub use size::{SIZE_TYPE, Size};\n");
    holds(text(&types.files, "common/any_party.rs"), "    Person(Box<super::super::layout::Person>),\n");
}

#[test]
fn words_for_the_output_are_checked() {
    let text = "schemas = [\"a.xsd\"]\nout = \"out\"\nvisibility = \"pub(super)\"\nlayout = \"type\"\n";
    let found: Vec<String> =
        Config::parse(text, Path::new("xsdgen.toml")).diagnostics.iter().map(|d| format!("{}: {}", d.span, d.message)).collect();
    let wanted =
        ["xsdgen.toml:3:14: `pub(super)` is not a visibility of the bindings", "xsdgen.toml:4:10: `type` is not a layout of the bindings"];
    assert_eq!(found, wanted);
    let text = "schemas = [\"a.xsd\"]\nout = \"out\"\nvisibility = \"pub(crate)\"\n[crate]\npackage = { name = \"a\" }\n";
    let found: Vec<String> =
        Config::parse(text, Path::new("xsdgen.toml")).diagnostics.iter().map(|d| format!("{}: {}", d.span, d.message)).collect();
    assert_eq!(found, ["xsdgen.toml:3:14: a crate whose items are all `pub(crate)` is of no use"]);
}

#[test]
fn an_enumeration_is_an_enum_whatever_its_size() {
    let made = |values: usize| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("enumeration-{values}"));
        let values: String = (0..values).map(|n| format!("<xs:enumeration value='code {n}'/>")).collect();
        let xsd = format!(
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:codes'><xs:simpleType name='code'>\
             <xs:restriction base='xs:string'>{values}</xs:restriction></xs:simpleType></xs:schema>"
        );
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("codes.xsd"), xsd).unwrap();
        let made = xsdgen::generate(&[folder.join("codes.xsd")], &Settings::default(), &xsdgen::Lock::default());
        assert_eq!(made.diagnostics.iter().map(|d| d.message.clone()).collect::<Vec<_>>(), Vec::<String>::new());
        made.product.unwrap()
    };
    let (few, more, many) = (made(499), made(501), made(1001));
    let text = |product: &xsdgen::Generated| product.files["codes.rs"].clone();
    for product in [&few, &more] {
        holds(
            &text(product),
            "#[derive(Debug, Clone, PartialEq, Eq, Hash, Xml)]\n#[xml(codes, \"code\")]\n#[non_exhaustive]\npub enum Code {\n",
        );
    }
    holds(&text(&more), "    #[xml(\"code 500\")]\n    Code500,\n    /// A value that the schema does not list.\n    Other(String),\n}\n");
    // Above 1000 values, the derive avoids matches over all variants.
    holds(&text(&many), "#[derive(PartialEq, Eq, Hash, Xml)]\n#[xml(codes, \"code\", large)]\n#[non_exhaustive]\npub enum Code {\n");
    // The names of a lock do not depend on the number.
    let names = |product: &xsdgen::Generated, from: &xsdgen::Generated| {
        from.lock.entries.iter().all(|(key, entry)| product.lock.entries.get(key).is_some_and(|it| it.name == entry.name))
    };
    assert!(names(&more, &few) && names(&many, &more));
}

#[test]
fn problems_of_namespaces_have_their_place() {
    let problems = |case: &str, namespaces: &str| {
        let text = format!("schemas = [\"schema.xsd\"]\nout = \"src\"\n[crate]\npackage = {{ name = \"a\" }}\n[namespaces]\n{namespaces}");
        let config = Config::parse(&text, Path::new("xsdgen.toml"));
        generate(case, &config.product.unwrap_or_else(|| panic!("{:?}", config.diagnostics)).settings).1
    };
    let found = problems("namespaces", "\"urn:service/user\" = { module = \"fn\", prefix = \"a b\" }\n\"urn:servic\" = {}\n");
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].starts_with("xsdgen.toml:6:33: X0854: `fn`, the module of `urn:service/user`, "), "{found:?}");
    assert!(found[1].starts_with("xsdgen.toml:6:48: X0854: `a b` cannot be the prefix of `urn:service/user`"), "{found:?}");
    assert_eq!(found[2], "xsdgen.toml:7:1: X0853: no schema declares anything in the namespace `urn:servic` (did you mean `urn:service`?)");
    let found = problems("namespaces", "\"urn:service\" = { prefix = \"\" }\n\"urn:service/user\" = { prefix = \"\" }\n");
    assert!(found[0].starts_with("xsdgen.toml:7:33: X0854: `urn:service` and `urn:service/user` both have the empty prefix"), "{found:?}");
    let found = problems("namespaces", "\"urn:service/user\" = { feature = \"users\" }\n");
    assert!(found[0].starts_with("xsdgen.toml:6:34: X0856: "), "{found:?}");
}

#[test]
fn names_that_look_alike_get_a_warning() {
    let warnings = |names: &[&str]| {
        let elements: String = names.iter().map(|name| format!("<xs:element name='{name}' type='xs:string'/>\n")).collect();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lookalikes");
        std::fs::create_dir_all(&folder).unwrap();
        let xsd = format!("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:a'>\n{elements}</xs:schema>");
        std::fs::write(folder.join("a.xsd"), xsd).unwrap();
        let made = xsdgen::generate(&[folder.join("a.xsd")], &Settings::default(), &xsdgen::Lock::default());
        assert!(made.product.is_some());
        made.diagnostics
            .into_iter()
            .map(|d| format!("{}:{}: {}: {}", d.span.line(), d.span.column(), d.code, d.message))
            .collect::<Vec<_>>()
    };
    // Cyrillic `а` and `е`, whose place does not matter.
    assert_eq!(
        warnings(&["p\u{430}ge", "page"]),
        ["2:19: X0310: the name `p\u{430}ge` looks like `page`, but is another one: `\u{430}` is U+0430"]
    );
    assert_eq!(warnings(&["pag\u{435}", "p\u{430}ge"]).len(), 1);
    // Names that look different, and names of ASCII characters, which schemas use on purpose.
    assert_eq!(warnings(&["page", "p\u{e4}ge", "\u{441}\u{43e}\u{440}", "line1", "linel"]), Vec::<String>::new());
}
