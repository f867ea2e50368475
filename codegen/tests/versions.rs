//! Tests the bindings of several versions of a schema: the configuration, the locks, and that `From` is implemented exactly where the inclusion of
//! documents is proven.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::fs;
use std::path::{Path, PathBuf};

use xsdgen::compare::inclusion::{Inclusion, Verdict};
use xsdgen::ir::{Conversion, Documents, How, Shape, StepIr, VersionIr};
use xsdgen::model::{Model, Type, TypeId};
use xsdgen::{Config, GeneratedVersions};

/// Returns the messages of the problems of a configuration.
fn problems(text: &str) -> Vec<String> {
    let read = Config::parse(text, Path::new("xsdgen.toml"));
    read.diagnostics.iter().map(|problem| format!("{}: {}", problem.span.line(), problem.message)).collect()
}

fn payments() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/payments")
}

fn generated(config: &Path) -> GeneratedVersions {
    let config = Config::read(config).product.expect("a configuration");
    let made = config.generate_versions(&mut |_| {});
    made.product.unwrap_or_else(|| panic!("{:?}", made.diagnostics))
}

/// Writes files to a new folder of this test.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("versions").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    files.iter().for_each(|(file, text)| fs::write(folder.join(file), text).expect("a file"));
    folder
}

/// Returns a schema with a type `noteType` that has these elements.
fn schema(version: u32, elements: &str) -> String {
    format!(
        r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:note:{version}" xmlns="urn:note:{version}" elementFormDefault="qualified">
  <xs:element name="note" type="noteType"/>
  <xs:complexType name="noteType">
    <xs:sequence>
{elements}
    </xs:sequence>
  </xs:complexType>
  <xs:simpleType name="code"><xs:restriction base="xs:string"><xs:maxLength value="8"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="short"><xs:restriction base="xs:string"><xs:maxLength value="4"/></xs:restriction></xs:simpleType>
</xs:schema>
"#
    )
}

const TWO: &str = "out = \"made\"\n[versions]\nv1 = [\"1.xsd\"]\nv2 = [\"2.xsd\"]\n";

/// Returns the conversions of `noteType` between two versions, up and down.
fn note(name: &str, old: &str, new: &str) -> (Conversion, Conversion) {
    let (one, two) = (schema(1, old), schema(2, new));
    let folder = folder(name, &[("1.xsd", &one), ("2.xsd", &two), ("xsdgen.toml", TWO)]);
    let made = generated(&folder.join("xsdgen.toml"));
    let step = made.ir.steps.first().expect("a step");
    let of = |list: &[Conversion]| list.iter().find(|it| it.shape == Shape::Struct).expect("a conversion").clone();
    (of(&step.up), of(&step.down))
}

fn element(name: &str, rest: &str) -> String {
    format!("<xs:element name=\"{name}\" {rest}/>")
}

#[test]
fn a_configuration_has_two_versions_with_names_of_modules() {
    let versions = |text: &str| problems(&format!("out = \"made\"\n[versions]\n{text}"));
    assert_eq!(versions("v1 = [\"1.xsd\"]\nv2 = [\"2.xsd\"]"), [""; 0]);
    assert_eq!(versions("v1 = [\"1.xsd\"]"), ["3: `v1` is the only version"]);
    assert_eq!(versions("v1 = [\"1.xsd\"]\nfn = [\"2.xsd\"]"), ["4: `fn`, the module of a version, is not an identifier"]);
    assert_eq!(versions("v1 = [\"1.xsd\"]\nv_1 = [\"2.xsd\"]"), ["4: the variant `V1` stands for another version too"]);
    assert_eq!(versions("v1 = [\"1.xsd\"]\nv2 = []"), ["4: the version `v2` has no schemas"]);
    assert_eq!(problems("out = \"made\""), ["0: `schemas` is missing"]);
    let both = "schemas = [\"0.xsd\"]\nout = \"made\"\n[versions]\nv1 = [\"1.xsd\"]\nv2 = [\"2.xsd\"]";
    assert_eq!(problems(both), ["1: both `schemas` and `[versions]` name schemas"]);
    let crates = "out = \"made\"\n[versions]\nv1 = [\"1.xsd\"]\nv2 = [\"2.xsd\"]\n[crate]\npackage = { name = \"a\" }";
    assert_eq!(problems(crates), ["5: `[crate]` cannot be combined with `[versions]`"]);
}

#[test]
fn the_order_of_the_file_is_the_order_of_the_versions() {
    let text = "out = \"made\"\n[versions]\nv9 = [\"1.xsd\"]\nv10 = [\"2.xsd\"]\na = [\"3.xsd\"]";
    let config = Config::parse(text, Path::new("xsdgen.toml")).product.expect("a configuration");
    assert_eq!(config.versions.iter().map(|version| version.name.as_str()).collect::<Vec<_>>(), ["v9", "v10", "a"]);
}

#[test]
fn other_commands_ask_for_one_version() {
    let config = Config::parse(TWO, Path::new("xsdgen.toml")).product.expect("a configuration");
    let problems = config.inputs().diagnostics;
    assert_eq!(problems.iter().map(|problem| problem.code.id).collect::<Vec<_>>(), ["X0807"]);
    let one = config.of_version(config.versions.last().expect("a version"));
    assert_eq!(one.lock_path(), Path::new("xsdgen.v2.lock"));
}

#[test]
fn a_setting_has_to_match_something_in_one_version() {
    let (one, two) = (schema(1, &element("to", "type=\"xs:string\"")), schema(2, &element("cc", "type=\"xs:string\"")));
    let with = |selector: &str| {
        let config = format!("secrets = [\"{selector}\"]\n{TWO}");
        let folder = folder("settings", &[("1.xsd", &one), ("2.xsd", &two), ("xsdgen.toml", &config)]);
        let config = Config::read(&folder.join("xsdgen.toml")).product.expect("a configuration");
        let made = config.generate_versions(&mut |_| {});
        made.diagnostics.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(with("cc"), [""; 0]);
    assert_eq!(with("bcc").len(), 1, "{:?}", with("bcc"));
}

#[test]
fn a_new_version_takes_the_names_of_the_one_before_and_changes_no_lock() {
    let (one, two) = (schema(1, &element("to", "type=\"xs:string\"")), schema(2, &element("to", "type=\"xs:string\"")));
    let folder = folder(
        "locks",
        &[("1.xsd", &one), ("2.xsd", &two), ("3.xsd", &schema(3, &element("to", "type=\"xs:int\""))), ("xsdgen.toml", TWO)],
    );
    let config = folder.join("xsdgen.toml");
    let first = generated(&config);
    let lock = |made: &GeneratedVersions, at: usize| made.versions.get(at).expect("a version").lock.to_string();
    fs::write(folder.join("xsdgen.v1.lock"), lock(&first, 0).replace("field to:", "field receiver:")).expect("a lock");
    let named = generated(&config);
    for (at, made) in [&named].into_iter().cycle().take(2).enumerate() {
        assert!(lock(made, at).contains("field receiver: String"), "{}", lock(made, at));
    }
    let three = format!("{TWO}v3 = [\"3.xsd\"]\n");
    fs::write(&config, three).expect("a configuration");
    let more = generated(&config);
    assert_eq!([lock(&more, 0), lock(&more, 1)], [lock(&named, 0), lock(&named, 1)]);
    assert!(lock(&more, 2).contains("field receiver: i32"), "{}", lock(&more, 2));
}

#[test]
fn generation_is_deterministic_and_an_example_is_up_to_date() {
    let config = payments().join("xsdgen.toml");
    assert_eq!(generated(&config), generated(&config));
}

/// Returns a model of an old version with the namespaces of the new one, in which its documents can be judged under the new one.
fn renamed(model: &Model, old: u32, new: u32) -> Model {
    let mut model = model.clone();
    for namespace in &mut model.namespaces {
        namespace.uri = namespace.uri.replace(&format!("payment/{old}"), &format!("payment/{new}"));
    }
    model
}

fn complex(model: &Model, name: &str) -> TypeId {
    let is = |ty: &Type| matches!(ty, Type::Complex(ty) if ty.name.as_ref().is_some_and(|own| own.local == name));
    TypeId(u32::try_from(model.types.iter().position(is).expect("a type")).expect("few types"))
}

#[test]
fn from_is_implemented_exactly_where_the_inclusion_is_proven() {
    let made = generated(&payments().join("xsdgen.toml"));
    let models: Vec<(u32, Model)> = [3, 5, 9]
        .into_iter()
        .map(|version| {
            let schema = payments().join(format!("xsd/payment.{version:02}.xsd"));
            (version, xsdgen::components(&[schema], &Default::default()).product.expect("a model"))
        })
        .collect();
    let mut judged = 0;
    for ((step, pair), versions) in made.ir.steps.iter().zip(models.windows(2)).zip(made.ir.versions.windows(2)) {
        let [(a, old), (b, new)] = pair else { panic!("two models") };
        let [older, newer] = versions else { panic!("two versions") };
        judged += judge(&step.up, older, &renamed(old, *a, *b), new);
        judged += judge(&step.down, newer, &renamed(new, *b, *a), old);
    }
    assert_eq!(judged, 36, "nine complex types in four directions");
    let words: Vec<_> = made.ir.steps.iter().map(|step| [StepIr::documents(&step.up), StepIr::documents(&step.down)]).collect();
    assert_eq!(words, [[Documents::From, Documents::Try], [Documents::Try, Documents::Try]]);
    assert_eq!(made.ir.steps.iter().map(|step| step.shared).collect::<Vec<_>>(), [1, 2], "ChargeBearer, and then Purpose too");
}

/// Compares the conversions of complex types with the inclusion of these types, and returns their number.
fn judge(conversions: &[Conversion], old: &VersionIr, a: &Model, b: &Model) -> usize {
    let mut inclusion = Inclusion::new(a, b);
    let mut count = 0;
    for conversion in conversions.iter().filter(|it| matches!(it.shape, Shape::Struct | Shape::Choice)) {
        let (id, _) = conversion.types.expect("two types");
        let item = old.ir.items.get(id.index()).expect("an item");
        let name = &item.path.as_ref().expect("a path").local;
        let verdict = inclusion.ty(complex(a, name), complex(b, name));
        assert_eq!(conversion.total, verdict == Verdict::Proven, "{name} of {}: {verdict:?}", old.name);
        count += 1;
    }
    count
}

#[test]
fn what_is_new_and_optional_is_absent_and_what_is_required_is_missing() {
    let to = element("to", "type=\"xs:string\"");
    let (up, down) = note("optional", &to, &(to.clone() + &element("cc", "type=\"xs:string\" minOccurs=\"0\"")));
    assert!(up.total && !down.total);
    assert_eq!((up.absent, down.lost), (vec!["cc".to_owned()], vec!["cc".to_owned()]));
    let (up, _) = note("required", &to, &(to.clone() + &element("cc", "type=\"xs:string\"")));
    assert!(!up.total);
    assert_eq!(up.missing, ["cc"]);
}

#[test]
fn an_occurrence_may_become_wider() {
    let of = |rest: &str| element("to", &format!("type=\"xs:string\" {rest}"));
    for (at, (old, new, total)) in [
        ("", "minOccurs=\"0\"", [true, false]),
        ("minOccurs=\"0\"", "minOccurs=\"0\" maxOccurs=\"unbounded\"", [true, false]),
        ("maxOccurs=\"3\"", "maxOccurs=\"4\"", [true, false]),
        ("minOccurs=\"2\" maxOccurs=\"3\"", "maxOccurs=\"3\"", [true, false]),
        ("maxOccurs=\"2\"", "minOccurs=\"2\" maxOccurs=\"2\"", [false, true]),
    ]
    .into_iter()
    .enumerate()
    {
        let (up, down) = note(&format!("occurs{at}"), &of(old), &of(new));
        assert_eq!([up.total, down.total], total, "{old} and {new}");
    }
}

#[test]
fn a_narrower_simple_type_is_checked() {
    let of = |ty: &str| element("to", &format!("type=\"{ty}\""));
    let (up, down) = note("narrow", &of("code"), &of("short"));
    let how = |conversion: &Conversion| conversion.fields.first().expect("a field").how;
    assert_eq!((how(&up), up.total), (How::Checked, false));
    assert!(down.total);
    let (up, _) = note("number", &of("xs:int"), &of("xs:string"));
    assert_eq!((how(&up), up.total), (How::Checked, false));
}

/// Tests that the fields of a base, and of an attribute group, convert where they are structs.
#[test]
fn flattened_structs_convert() {
    let schema = |version: u32, more: &str| {
        let plain = schema(version, &element("title", "type=\"xs:string\""));
        let types = format!(
            r#"<xs:attributeGroup name="core"><xs:attribute name="id" type="xs:int"/><xs:attribute name="lang" type="xs:language"/></xs:attributeGroup>
  <xs:complexType name="memoType"><xs:complexContent><xs:extension base="noteType">
    <xs:sequence>{}{more}</xs:sequence><xs:attributeGroup ref="core"/>
  </xs:extension></xs:complexContent></xs:complexType>
</xs:schema>"#,
            element("to", "type=\"xs:string\"")
        );
        plain.replace("</xs:schema>", &types)
    };
    let (one, two) = (schema(1, ""), schema(2, &element("copy", "type=\"xs:string\" minOccurs=\"0\"")));
    let config = format!("bases = \"structs\"\nattribute-groups = \"structs\"\n{TWO}");
    let folder = folder("flattened", &[("1.xsd", &one), ("2.xsd", &two), ("xsdgen.toml", &config)]);
    let made = generated(&folder.join("xsdgen.toml"));
    let step = made.ir.steps.first().expect("a step");
    let of = |list: &[Conversion]| -> Vec<String> {
        let said = |it: &Conversion| {
            let fields: Vec<&str> = it.fields.iter().map(|field| field.new.as_str()).collect();
            format!("{} {} -{}", if it.total { "from" } else { "try" }, fields.join(" "), it.lost.join(" "))
        };
        list.iter().filter(|it| it.shape == Shape::Struct).map(said).collect()
    };
    assert_eq!(of(&step.up), ["from base core to -", "from title -", "from id lang -"]);
    assert_eq!(of(&step.down), ["try base core to -copy", "from title -", "from id lang -"]);
}
