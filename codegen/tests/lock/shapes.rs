//! Tests the forms that types have in the lock: a struct stays a struct, and what identical anonymous types share.

use super::{Set, lines};
use xsdgen::Lock;

/// Returns the lines of a lock with one of these words.
fn forms(lock: &Lock, words: &[&str]) -> Vec<String> {
    lock.lines().into_iter().filter(|line| line.split(' ').nth(1).is_some_and(|form| words.contains(&form))).collect()
}

const CHOICE: &str = r#"<xs:choice><xs:element name="x" type="xs:int"/><xs:element name="y" type="xs:string"/></xs:choice>"#;

#[test]
fn a_type_that_becomes_one_choice_stays_a_struct() {
    let with_id = format!(r#"<xs:complexType name="one">{CHOICE}<xs:attribute name="id" type="xs:int"/></xs:complexType>"#);
    let set = Set::new("choice_struct").with(&with_id);
    let old = set.fresh();
    let set = set.with(&format!(r#"<xs:complexType name="one">{CHOICE}</xs:complexType>"#));
    let (new, _) = set.generate(&old.lock);
    assert_eq!(forms(&new.lock, &["struct", "choice"]), forms(&old.lock, &["struct", "choice"]));
    assert_eq!(forms(&set.fresh().lock, &["struct", "choice"]), ["a:one choice a::One"]);
    let relocked = set.relock(&old.lock, &[], false);
    assert_eq!(forms(&relocked.lock, &["struct", "choice"]), ["a:one choice a::One"]);
}

#[test]
fn a_choice_that_gets_an_attribute_is_reported() {
    let set = Set::new("choice_grows").with(&format!(r#"<xs:complexType name="one">{CHOICE}</xs:complexType>"#));
    let old = set.fresh();
    let set = set.with(&format!(r#"<xs:complexType name="one">{CHOICE}<xs:attribute name="id" type="xs:int"/></xs:complexType>"#));
    let (_, said) = set.generate(&old.lock);
    let first = said.first().map(String::as_str).unwrap_or_default();
    assert!(first.contains("`a:one`, `a::One`, is now a struct, and was a choice"), "{said:?}");
}

/// Returns a type with an anonymous type in it.
fn holder(name: &str, inner: &str) -> String {
    format!(
        r#"<xs:complexType name="{name}"><xs:sequence><xs:element name="list"><xs:complexType><xs:sequence>
  <xs:element name="item" type="xs:{inner}" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType>
"#
    )
}

#[test]
fn a_further_identical_type_shares_the_first_and_moves_no_name() {
    let shared = "shared-anonymous = true";
    let set = Set::new("shared").configured(shared).with(&holder("b", "int"));
    let old = set.fresh();
    assert_eq!(forms(&old.lock, &["struct", "shared"]), ["a:b struct a::B", "a:b/list struct a::b::List"]);
    // The new type comes first in the order of the paths, but the lock has the name.
    let set = set.with(&(holder("a", "int") + &holder("b", "int") + &holder("c", "int")));
    let (new, said) = set.generate(&old.lock);
    assert!(said.is_empty(), "{said:?}");
    let expected = [
        "a:a struct a::A",
        "a:a/list shared a::b::List",
        "a:b struct a::B",
        "a:b/list struct a::b::List",
        "a:c struct a::C",
        "a:c/list shared a::b::List",
    ];
    assert_eq!(forms(&new.lock, &["struct", "shared"]), expected);
    assert_eq!(Lock::parse(&new.lock.to_string(), "xsdgen.lock").product.as_ref(), Some(&new.lock));
    let (again, said) = set.generate(&new.lock);
    assert!(said.is_empty() && again.lock == new.lock, "{said:?}");

    // A type that changes leaves the others where they are, and the lock says so.
    let set = set.with(&(holder("a", "string") + &holder("b", "int") + &holder("c", "int")));
    let (changed, said) = set.generate(&new.lock);
    assert!(lines(&changed).contains(&"a:a/list struct a::a_type::List".to_owned()), "{:?}", lines(&changed));
    assert!(lines(&changed).contains(&"a:b/list struct a::b::List".to_owned()));
    assert!(
        said.iter().any(|line| line.contains("`a:a/list`, `a::a_type::List`, is now a struct, and was the type of another component")),
        "{said:?}"
    );
}

#[test]
fn types_with_names_of_their_own_are_not_shared() {
    let both = holder("a", "int") + &holder("b", "int");
    let set = Set::new("not_shared").with(&both);
    let old = set.fresh();
    let set = set.configured("shared-anonymous = true");
    let (new, said) = set.generate(&old.lock);
    assert!(said.is_empty() && new.lock == old.lock, "{said:?}");
    let relocked = set.relock(&old.lock, &[], false);
    assert_eq!(forms(&relocked.lock, &["shared"]), ["a:b/list shared a::a_type::List"]);
}
