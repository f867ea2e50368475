//! Tests the edits of a schema that would change names or order without the lock.

use super::{Set, assert_kept, changed, lines};
use xsdgen::Lock;

/// A document of payments in one version of its namespace.
fn payment(set: Set, version: &str) -> Set {
    let body = r#"  <xs:element name="Document" type="a:Document"/>
  <xs:complexType name="Document"><xs:sequence><xs:element name="Id" type="xs:string"/></xs:sequence></xs:complexType>"#;
    set.with_file(&format!("pain.{version}.xsd"), &format!("urn:iso:std:iso:20022:tech:xsd:pain.001.001.{version}"), body)
}

#[test]
fn a_further_version_renames_no_module() {
    let set = payment(payment(Set::new("versions"), "03"), "09");
    let old = set.fresh();
    let set = payment(set, "08");
    let (new, said) = set.generate(&old.lock);
    assert_kept(&set, &old, &new);
    assert!(said.is_empty(), "{said:?}");
    let removed: Vec<String> = changed(&old, &new).into_iter().filter(|line| line.starts_with('-')).collect();
    assert_eq!(removed, Vec::<String>::new());
}

const AMOUNT: &str =
    r#"  <xs:complexType name="amountType"><xs:sequence><xs:element name="value" type="xs:int"/></xs:sequence></xs:complexType>"#;

#[test]
fn a_type_with_the_short_name_renames_no_type() {
    let set = Set::new("amount").with(AMOUNT);
    let old = set.fresh();
    let set = set.with(&format!("{}\n{AMOUNT}", AMOUNT.replace("amountType", "amount")));
    let (new, said) = set.generate(&old.lock);
    assert_kept(&set, &old, &new);
    assert!(said.is_empty(), "{said:?}");
    let names: Vec<String> = lines(&new).into_iter().filter(|line| line.contains(" struct ")).collect();
    assert_eq!(names, ["a:amount struct a::AmountType", "a:amountType struct a::Amount"]);
    // The only line that changes is the list of all types.
    let removed: Vec<String> = changed(&old, &new).into_iter().filter(|line| line.starts_with('-')).collect();
    assert!(removed.iter().all(|line| line.starts_with("-.types(")), "{removed:?}");
    let fresh = lines(&set.fresh());
    assert!(fresh.contains(&"a:amountType struct a::AmountType".to_owned()), "without the lock, the name moves: {fresh:?}");
}

#[test]
fn another_spelling_elsewhere_renames_no_field() {
    let ty = |name: &str, element: &str| {
        format!(
            r#"  <xs:complexType name="{name}"><xs:sequence><xs:element name="{element}" type="xs:int"/></xs:sequence></xs:complexType>"#
        )
    };
    let set = Set::new("spelling").with(&ty("one", "sessionkey"));
    let old = set.fresh();
    let set = set.with(&format!("{}\n{}", ty("one", "sessionkey"), ty("two", "sessionKey")));
    let (new, said) = set.generate(&old.lock);
    assert_kept(&set, &old, &new);
    assert!(said.is_empty(), "{said:?}");
    let fields: Vec<String> = lines(&new).into_iter().filter(|line| line.contains(" field ")).collect();
    assert_eq!(fields, ["a:one/sessionkey field sessionkey: i32", "a:two/sessionKey field session_key: i32"]);
}

#[test]
fn a_value_with_a_sign_renames_no_value() {
    let values = |values: &[&str]| {
        let values: String = values.iter().map(|value| format!(r#"<xs:enumeration value="{value}"/>"#)).collect();
        format!(r#"  <xs:simpleType name="zone"><xs:restriction base="xs:string">{values}</xs:restriction></xs:simpleType>"#)
    };
    let set = Set::new("zones").with(&values(&["GMT-01", "GMT"]));
    let old = set.fresh();
    let set = set.with(&values(&["GMT+01", "GMT-01", "GMT"]));
    let (new, said) = set.generate(&old.lock);
    assert_kept(&set, &old, &new);
    assert!(said.is_empty(), "{said:?}");
    let names = ["a:zone/=GMT variant Gmt", "a:zone/=GMT+01 variant GmtPlus01", "a:zone/=GMT-01 variant Gmt01"];
    assert_eq!(lines(&new).into_iter().filter(|line| line.contains("/=")).collect::<Vec<_>>(), names);
}

const PRICED: &str = r#"  <xs:complexType name="amount"><xs:sequence><xs:element name="value" type="xs:int"/></xs:sequence></xs:complexType>
  <xs:complexType name="item"><xs:sequence><xs:element name="price" type="a:amount"/></xs:sequence></xs:complexType>"#;

#[test]
fn a_derived_type_is_reported_with_its_place() {
    let set = Set::new("derived").with(PRICED);
    let old = set.fresh();
    let derived = r#"  <xs:complexType name="net"><xs:complexContent><xs:extension base="a:amount"/></xs:complexContent></xs:complexType>"#;
    let set = set.with(&format!("{PRICED}\n{derived}"));
    let (new, said) = set.generate(&old.lock);
    assert_kept(&set, &old, &new);
    assert_eq!(said, ["a.xsd:4:3: X0865: `a:amount` has derived types now: `a:item/price` can hold them, as `a::AnyAmount`"]);
    assert!(lines(&new).contains(&"a:item/price field price: AnyAmount".to_owned()), "{:?}", lines(&new));
}

#[test]
fn a_changed_occurrence_is_reported_with_its_place() {
    let ty = |occurs: &str| {
        format!(
            "  <xs:complexType name=\"t\"><xs:sequence>\n    <xs:element name=\"b\" type=\"xs:int\" {occurs}/>\n  </xs:sequence></xs:complexType>"
        )
    };
    let set = Set::new("occurs").with(&ty("minOccurs=\"0\""));
    let old = set.fresh();
    let set = set.with(&ty("minOccurs=\"0\" maxOccurs=\"unbounded\""));
    let (new, said) = set.generate(&old.lock);
    assert_kept(&set, &old, &new);
    assert_eq!(said, ["a.xsd:3:5: X0865: `a:t/b` is now `b: Vec<i32>`, and was `b: Option<i32>`"]);
}

#[test]
fn an_element_that_moves_into_a_choice_is_reported() {
    let ty = |content: &str| format!("  <xs:complexType name=\"t\">{content}</xs:complexType>");
    let (b, c) = (r#"<xs:element name="b" type="xs:int"/>"#, r#"<xs:element name="c" type="xs:int"/>"#);
    let set = Set::new("choice").with(&ty(&format!("<xs:sequence>{b}</xs:sequence>")));
    let old = set.fresh();
    let set = set.with(&ty(&format!("<xs:sequence><xs:choice>{b}{c}</xs:choice></xs:sequence>")));
    let (_, said) = set.generate(&old.lock);
    assert_eq!(said, ["a.xsd:2:52: X0865: `a:t/group(b)/b` is now the variant `B(i32)`, and was the field `b: i32` as `a:t/b`"]);
}

#[test]
fn a_component_that_is_gone_is_reported_and_frees_its_name() {
    let set = Set::new("gone").with(PRICED);
    let old = set.fresh();
    let read = Lock::parse(&old.lock.to_string(), "xsdgen.lock").product.expect("a lock");
    let gone = "xsdgen.lock:6:1: X0866: `a:amount` is no longer in the schemas: the struct `a::Amount`";
    let set = set.with(&PRICED.replace("\"amount\"", "\"sum\"").replace("a:amount", "a:sum"));
    let (_, said) = set.generate(&read);
    assert!(said.contains(&format!("{gone} is gone, with one name in it")), "{said:?}");
    let set = set.with(&PRICED.replace("\"amount\"", "\"Amount\"").replace("a:amount", "a:Amount"));
    let (new, said) = set.generate(&read);
    assert_eq!(said, [format!("{gone} belongs to `a:Amount` now")]);
    assert!(lines(&new).contains(&"a:Amount struct a::Amount".to_owned()), "{:?}", lines(&new));
    assert!(!lines(&new).iter().any(|line| line.starts_with("a:amount ")));
}

/// A type with a choice, a repeated sequence and two wildcards.
const GROUPS: &str = r###"  <xs:complexType name="t"><xs:sequence>
    <xs:choice><xs:element name="b" type="xs:int"/><xs:element name="c" type="xs:int"/></xs:choice>
    <xs:sequence maxOccurs="unbounded"><xs:element name="d" type="xs:int"/><xs:element name="e" type="xs:int"/></xs:sequence>
  </xs:sequence></xs:complexType>"###;

#[test]
fn groups_keep_their_names_when_alternatives_and_groups_are_added_before_them() {
    let set = Set::new("groups").with(GROUPS);
    let old = set.fresh();
    let names = ["a:t/group(b) choice a::TChoice", "a:t/group(b) field choice: TChoice", "a:t/group(d) field d_group: Vec<TDGroup>"];
    assert!(names.iter().all(|name| lines(&old).contains(&(*name).to_owned())), "{:?}", lines(&old));
    let choice = r#"<xs:choice><xs:element name="x" type="xs:int"/><xs:element name="y" type="xs:int"/></xs:choice>"#;
    let grown = GROUPS.replace("    <xs:choice>", &format!("    {choice}\n    <xs:choice><xs:element name=\"z\" type=\"xs:int\"/>"));
    let set = set.with(&grown);
    let (new, said) = set.generate(&old.lock);
    assert_kept(&set, &old, &new);
    assert!(said.is_empty(), "{said:?}");
    assert!(lines(&new).contains(&"a:t/group(x) field choice_2: TChoice2".to_owned()), "{:?}", lines(&new));
}

/// Two types, an element and an enumeration, in several places of the file.
const NEUTRAL: [&str; 4] = [
    r#"  <xs:complexType name="amount"><xs:sequence><xs:element name="value" type="xs:int"/></xs:sequence></xs:complexType>"#,
    r#"  <xs:complexType name="amountType"><xs:sequence><xs:element name="sessionkey" type="xs:int"/></xs:sequence></xs:complexType>"#,
    r#"  <xs:element name="amount" type="a:amount"/>"#,
    r#"  <xs:simpleType name="kind"><xs:restriction base="xs:string"><xs:enumeration value="B"/><xs:enumeration value="A"/></xs:restriction></xs:simpleType>"#,
];

#[test]
fn order_comments_and_prefixes_change_no_line() {
    let set = Set::new("neutral").with(&NEUTRAL.join("\n"));
    let old = set.fresh();
    let mut parts = NEUTRAL;
    parts.reverse();
    let set = set.with(&parts.join("\n<!-- a comment -->\n"));
    let (new, said) = set.generate(&old.lock);
    assert_eq!((changed(&old, &new), said), (Vec::new(), Vec::new()));
    assert_eq!(new.lock, old.lock);
    let text = std::fs::read_to_string(set.dir.join("a.xsd")).expect("a text");
    std::fs::write(set.dir.join("a.xsd"), text.replace("xmlns:a=", "xmlns:pay=").replace("a:amount", "pay:amount")).expect("written");
    let (new, said) = set.generate(&old.lock);
    assert_eq!((changed(&old, &new), said), (Vec::new(), Vec::new()));
}

#[test]
fn the_configuration_takes_precedence_over_the_lock() {
    let set = Set::new("configured").with(&NEUTRAL.join("\n"));
    let old = set.fresh();
    let set = set.configured("[names]\n\"a:amountType\" = \"Amount\"\n\"a:kind/=A\" = \"B\"\n");
    let (new, said) = set.generate(&old.lock);
    let messages = [
        "xsdgen.lock: X0867: `a:amount` is named `AmountType`, not `Amount` as in the lock",
        "xsdgen.lock: X0867: `a:amountType` is named `Amount`, not `AmountType` as in the lock",
        "xsdgen.lock: X0867: `a:kind/=A` is named `B`, not `A` as in the lock",
        "xsdgen.lock: X0867: `a:kind/=B` is named `B2`, not `B` as in the lock",
    ];
    assert_eq!(said, messages);
    assert_kept(&set, &new, &new);
}

#[test]
fn a_module_of_the_configuration_takes_precedence_over_the_lock() {
    let set = Set::new("module").with(&NEUTRAL.join("\n"));
    let old = set.fresh();
    let set = set.configured("[namespaces.\"urn:a\"]\nmodule = \"money\"\nprefix = \"m\"\n");
    let (new, said) = set.generate(&old.lock);
    assert_eq!(said, ["xsdgen.lock: X0867: the module of the namespace `urn:a` is `money`, not `a` as in the lock"]);
    assert!(lines(&new).contains(&"m:amountType struct money::AmountType".to_owned()), "{:?}", lines(&new));
    assert_kept(&set, &new, &new);
}

#[test]
fn a_type_that_the_configuration_gives_is_not_blamed_on_the_schemas() {
    let set = Set::new("given").with(NEUTRAL[1]);
    let old = set.fresh();
    let locked = Lock::parse(&old.lock.to_string(), "xsdgen.lock").product.expect("a lock");
    let set = set.configured("[types]\n\"a:amountType/sessionkey\" = \"::std::num::Wrapping<i32>\"\n");
    let (new, said) = set.generate(&locked);
    let message = "`a:amountType/sessionkey` is now `sessionkey: ::std::num::Wrapping<i32>`, and was `sessionkey: i32`";
    assert_eq!(said, [format!("xsdgen.lock:7:1: X0865: {message}")]);
    let set = set.configured("secrets = [\"a:amountType/sessionkey\"]\n");
    let (_, said) = set.generate(&new.lock);
    let message = "`a:amountType/sessionkey` is now `sessionkey: Secret`, and was `sessionkey: ::std::num::Wrapping<i32>`";
    assert_eq!(said, [format!("xsdgen.lock: X0865: {message}")]);
}

#[test]
fn a_component_with_another_name_keeps_its_rust_name() {
    let set = Set::new("renamed").with(NEUTRAL[1]);
    let old = set.fresh();
    let set = set.with(&NEUTRAL[1].replace("amountType", "moneyType")).configured("[names]\n\"a:moneyType\" = \"Amount\"\n");
    let (new, said) = set.generate(&old.lock);
    assert_eq!(
        said,
        ["xsdgen.lock: X0866: `a:amountType` is no longer in the schemas: the struct `a::Amount` belongs to `a:moneyType` now"]
    );
    assert!(lines(&new).contains(&"a:moneyType/sessionkey field sessionkey: i32".to_owned()), "{:?}", lines(&new));
    let set = set.with(&NEUTRAL[1].replace("amountType", "moneyType").replace("sessionkey", "session"));
    let (_, said) = set.generate(&old.lock);
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(said[0], "xsdgen.lock: X0866: `a:amountType/sessionkey` is no longer in the schemas: the field `sessionkey` is gone");
    let set = set.with(&NEUTRAL[1].replace("amountType", "moneyType").replace("xs:int", "xs:string"));
    let (_, said) = set.generate(&old.lock);
    assert_eq!(
        said[1],
        "xsdgen.lock: X0866: `a:amountType/sessionkey` is no longer in the schemas: the field `sessionkey: String` belongs to `a:moneyType/sessionkey` now, and was `sessionkey: i32`"
    );
}
