//! Tests how components get new names, and how the bindings keep the old ones.

use super::{Set, assert_kept, changed, lines};

const BEFORE: &str = r#"  <xs:complexType name="amountType"><xs:sequence><xs:element name="sessionkey" type="xs:int"/>
    <xs:element name="part"><xs:complexType><xs:attribute name="x"/></xs:complexType></xs:element></xs:sequence></xs:complexType>"#;

const AFTER: &str =
    r#"  <xs:complexType name="amount"><xs:sequence><xs:element name="sessionKey" type="xs:int"/></xs:sequence></xs:complexType>"#;

#[test]
fn all_components_get_the_names_of_a_fresh_generation() {
    let set = Set::new("relock-all").with(BEFORE);
    let old = set.fresh();
    let set = set.with(&format!("{BEFORE}\n{AFTER}"));
    let (kept, _) = set.generate(&old.lock);
    let fresh = set.fresh();
    let new = set.relock(&kept.lock, &[], false);
    assert_eq!(lines(&new), lines(&fresh));
    assert_eq!(changed(&fresh, &new), Vec::<String>::new());
    assert!(lines(&kept).contains(&"a:amountType struct a::Amount".to_owned()));
    assert!(lines(&new).contains(&"a:amount struct a::Amount".to_owned()));
}

#[test]
fn old_names_stay_as_deprecated_aliases_where_they_are_free() {
    let set = Set::new("relock-alias").with(BEFORE);
    let old = set.fresh();
    // The old name `Amount` is free if the type gets another one.
    let set = set.configured("[names]\n\"a:amountType\" = \"Money\"\n");
    let (renamed, _) = set.generate(&old.lock);
    let new = set.relock(&renamed.lock, &["a:amountType/**"], true);
    let module = ["-pub part: amount::Part,", "+pub part: money::Part,", "-pub mod amount {", "+pub mod money {"];
    assert_eq!(changed(&renamed, &new), module, "the type has its name, and its module follows");
    let set = Set { settings: xsdgen::settings::Settings::default(), ..set };
    let (kept, _) = set.generate(&renamed.lock);
    assert_eq!(changed(&renamed, &kept), Vec::<String>::new(), "the lock keeps the name without the configuration");
    let new = set.relock(&kept.lock, &["a:amountType"], true);
    assert!(lines(&new).contains(&"a:amountType deprecated a::Money".to_owned()), "{:?}", lines(&new));
    let text = new.files.get("a.rs").expect("a module");
    let alias = "/// The old name of [`Amount`].\n#[deprecated(note = \"renamed to `Amount`\")]\npub type Money = Amount;\n";
    assert!(text.contains(alias), "{text}");
    assert_kept(&set, &new, &new);
    // The alias stays until its line is deleted.
    let mut without = new.lock.clone();
    without.aliases.clear();
    let (last, said) = set.generate(&without);
    assert!(said.is_empty() && !last.files.get("a.rs").expect("a module").contains("deprecated"), "{said:?}");
    let bare = set.relock(&kept.lock, &["a:amountType"], false);
    assert_eq!(changed(&last, &bare), Vec::<String>::new());
}

#[test]
fn an_old_name_that_another_type_has_leaves_no_alias() {
    let set = Set::new("relock-taken").with(BEFORE);
    let old = set.fresh();
    let set = set.with(&format!("{BEFORE}\n{AFTER}"));
    let (kept, _) = set.generate(&old.lock);
    let new = set.relock(&kept.lock, &[], true);
    assert_eq!(lines(&new).into_iter().filter(|line| line.contains(" deprecated ")).collect::<Vec<_>>(), Vec::<String>::new());
    assert_kept(&set, &new, &new);
}

#[test]
fn a_selector_relocks_only_what_it_matches() {
    let one = r#"  <xs:complexType name="one"><xs:sequence><xs:element name="sessionkey" type="xs:int"/></xs:sequence></xs:complexType>"#;
    let set = Set::new("relock-one").with(one);
    let old = set.fresh();
    let set = set.with(&format!("{one}\n{AFTER}"));
    let (kept, _) = set.generate(&old.lock);
    let new = set.relock(&kept.lock, &["a:one/sessionkey"], true);
    assert_eq!(changed(&kept, &new), ["-pub sessionkey: i32,", "+pub session_key: i32,"]);
    let same = set.relock(&kept.lock, &["a:amount/**"], true);
    assert_eq!(changed(&kept, &same), Vec::<String>::new());
}

#[test]
fn a_selector_that_matches_nothing_is_an_error() {
    let set = Set::new("relock-nothing").with(BEFORE);
    let old = set.fresh();
    let rule = xsdgen::settings::Rule { selector: "a:amountTyp".to_owned(), value: (), span: xsdgen::diagnostic::Span::file("--relock") };
    let what = xsdgen::plan::Relock::Selected(vec![rule]);
    let made = xsdgen::relock(&set.paths(), &set.settings, &old.lock, &what, true);
    assert!(made.product.is_none());
    let found: Vec<(String, Option<String>)> = made.diagnostics.into_iter().map(|d| (d.message, d.help)).collect();
    assert_eq!(found, [("no component in the lock matches `a:amountTyp`".to_owned(), Some("did you mean `a:amountType`?".to_owned()))]);
}
