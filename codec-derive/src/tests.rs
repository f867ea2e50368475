//! Tests of the error messages, each with a mistake in one attribute.

use proc_macro2::TokenStream;

/// Returns the error message for an input with a mistake.
fn message(source: &str) -> String {
    match source.parse::<TokenStream>().map(crate::expand) {
        Ok(Ok(_)) => String::from("no mistake"),
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    }
}

fn field(attribute: &str, ty: &str) -> String {
    message(&format!("#[xml(n, \"t\")] struct T {{ #[xml({attribute})] a: {ty} }}"))
}

/// Asserts that each source has the message beside it.
fn assert_messages(cases: &[(&str, &str)]) {
    for (source, part) in cases {
        let found = message(source);
        assert!(found.contains(part), "{source}: {found}");
    }
}

#[test]
fn mistakes_in_a_field_are_named() {
    for (attribute, ty, part) in [
        ("\"a\"", "Option<String>", "no mistake"),
        ("attribute, xml, \"a\", default = \"x\"", "Option<String>", "no mistake"),
        ("any = \"##any\", process = lax", "Vec<AnyElement>", "no mistake"),
        ("\"a\", min = 2, max = 3,", "Vec<String>", "no mistake"),
        ("\"a\", declarations((fixed = \"x\"), (default = \"y\", never_nil), ())", "String", "no mistake"),
        ("r#type, r\"a\", facets = super::of(A, B)", "String", "no mistake"),
        ("\"a\", integer, facets = COUNT", "Option<Count>", "no mistake"),
        ("\"a\", items = \"b\", min = 1, facets = F", "Option<Vec<String>>", "no mistake"),
        ("\"a\", items = \"b\"", "Vec<String>", "no mistake"),
        ("\"a\", items = \"b\"", "Option<String>", "`items` is for a `Vec` or an `Option` of a `Vec`"),
        ("\"a\", items = \"b\", default = \"x\"", "Vec<String>", "`default` has no meaning for a list in an element"),
        ("attribute, \"a\", items = \"b\"", "Vec<String>", "`items` has no meaning for an attribute"),
        ("flatten, required, deref", "Base", "no mistake"),
        ("flatten", "Option<Base>", "`flatten` is for a field whose type is the struct itself"),
        ("flatten", "Box<Base>", "`flatten` is for a field whose type is the struct itself"),
        ("flatten, group", "Base", "the field has two places"),
        ("flatten, min = 1", "Base", "`min` has no meaning for a flattened struct; the keys are `flatten`, `required`, `deref`"),
        ("\"a\", required", "String", "`required` has no meaning for an element"),
        ("group, integer", "Count", "`integer` has no meaning for a choice or a group"),
        ("\"a\", min = 1", "Option<String>", "`min` and `max` are for a `Vec`"),
        ("\"a\", max = \"2\"", "Vec<String>", "`max` is an integer up to 4294967295"),
        ("\"a\", min = 4294967296", "Vec<String>", "`min` is an integer up to 4294967295"),
        ("\"a\", min", "Vec<String>", "`min` needs an integer: `min = 1`"),
        ("\"a\", min = 3, max = 2", "Vec<String>", "`max` is less than `min`, which is 3"),
        ("\"a\", max = 0", "Vec<String>", "`max` is at least 1"),
        ("\"a\", defualt = \"x\"", "String", "`defualt` is not a key of `xml` here; the keys are"),
        ("\"a\", default", "String", "`default` needs a string: `default = \"...\"`"),
        ("\"a\", default = 5", "String", "a string literal is expected here"),
        ("5", "String", "a string literal is expected here"),
        ("\"a\", facets", "String", "`facets` needs a path: `facets = PATH`"),
        ("\"a\", facets = , min = 1", "String", "`facets` needs a path: `facets = PATH`"),
        ("process = lax", "Vec<AnyElement>", "`process` stands behind `any"),
        ("any = \"##any\", process = loose", "Vec<AnyElement>", "`process` is `strict`, `lax` or `skip`"),
        ("attribute", "String", "an attribute has a name"),
        ("attribute, text", "String", "an attribute has a name"),
        ("\"a\", attribute", "String", "`attribute` comes first"),
        ("default = \"x\"", "String", "the field has no place"),
        ("\"a\", declarations", "String", "a list of declarations is expected here"),
        ("\"a\", declarations()", "String", "a list of declarations is expected here"),
        ("\"a\", declarations(fixed = \"x\")", "String", "a declaration stands in parentheses"),
        ("\"a\", declarations([])", "String", "a declaration stands in parentheses"),
        ("\"a\", declarations((text))", "String", "the keys are `default`, `fixed`, `never_nil`"),
        ("\"a\",, min = 1", "Vec<String>", "a key is expected here"),
    ] {
        let found = field(attribute, ty);
        assert!(found.contains(part), "{attribute}: {found}");
    }
}

#[test]
fn missing_commas_are_reported() {
    for attribute in [
        "\"a\" \"b\"",
        "n, \"a\" min = 1",
        "attribute \"a\"",
        "\"a\", min = 1 max = 2",
        "\"a\", default = \"x\" min = 1",
        "\"a\", facets = FACETS min = 1",
        "\"a\", facets = of(A) min = 1",
        "\"a\", facets = A = B",
        "\"a\", declarations((fixed = \"x\") ())",
        "\"a\", declarations((default = \"x\" never_nil))",
        "\"a\", declarations(()) min = 1",
        "any = \"##any\" process = lax",
        "any = \"##any\", process = lax min = 1",
        "group min = 1",
    ] {
        let found = field(attribute, "Vec<String>");
        assert!(found.contains("a comma is missing before this"), "{attribute}: {found}");
    }
    assert_messages(&[
        ("#[xml(n, \"t\" mixed)] struct T {}", "a comma is missing"),
        ("#[xml(choice n)] enum T { A(String) }", "a comma is missing"),
        ("#[xml(n, \"t\")] #[operation(response = R wire_type = \"w\")] struct T {}", "a comma is missing"),
    ]);
}

#[test]
fn keys_occur_once_and_do_not_contradict_each_other() {
    for (attribute, part) in [
        ("\"a\", min = 1, min = 2", "`min` occurs twice"),
        ("\"a\", facets = A, facets = A", "`facets` occurs twice"),
        ("\"a\", fixed = \"x\", fixed = \"x\"", "`fixed` occurs twice"),
        ("any = \"##any\", process = lax, process = lax", "`process` occurs twice"),
        ("\"a\", default = \"x\", fixed = \"x\"", "`fixed` cannot be combined with `default`"),
        ("\"a\", declarations(()), default = \"x\"", "`default` cannot be combined with `declarations`"),
        ("\"a\", declarations((fixed = \"x\", default = \"x\"))", "`default` cannot be combined with `fixed`"),
        ("\"a\", declarations((never_nil, never_nil))", "`never_nil` occurs twice"),
        ("\"a\", group", "the field has two places"),
        ("group, text", "the field has two places"),
        ("text, any = \"##any\"", "the field has two places"),
        ("attribute, \"a\", any = \"##any\"", "the field has two places"),
    ] {
        let found = field(attribute, "Vec<String>");
        assert!(found.contains(part), "{attribute}: {found}");
    }
    assert_messages(&[
        ("#[xml(n, \"t\", all, all)] struct T {}", "`all` occurs twice"),
        ("#[xml(n, \"t\", all, mixed)] struct T {}", "`mixed` cannot be combined with `all`"),
        ("#[xml(n, \"t\", sequence, all)] struct T {}", "`all` cannot be combined with `sequence`"),
        ("#[xml(n, \"t\")] #[operation(response = R, wire_type = \"w\", safe, safe)] struct T {}", "`safe` occurs twice"),
    ]);
}

#[test]
fn keys_without_meaning_at_their_place_are_refused() {
    for (attribute, part) in [
        ("attribute, \"a\", min = 1", "`min` has no meaning for an attribute; the keys are `integer`, `default`, `fixed`, `facets`"),
        ("attribute, \"a\", declarations(())", "`declarations` has no meaning for an attribute;"),
        ("attribute, any = \"##any\", facets = A", "`facets` has no meaning for an attribute wildcard;"),
        ("any = \"##any\", default = \"x\"", "`default` has no meaning for a wildcard;"),
        ("group, facets = A", "`facets` has no meaning for a choice or a group;"),
        ("text, default = \"x\"", "`default` has no meaning for text;"),
        ("\"a\", from", "`from` has no meaning for an element;"),
        ("\"a\", base", "`base` has no meaning for an element;"),
        ("\"a\", alias = \"x\"", "`alias` has no meaning for an element;"),
    ] {
        let found = field(attribute, "Vec<String>");
        assert!(found.contains(part), "{attribute}: {found}");
    }
    assert_messages(&[
        ("#[xml(choice, n)] enum T { #[xml(\"a\", from)] A(String) }", "no mistake"),
        ("#[xml(choice, n)] enum T { #[xml(\"a\", from)] A(Vec<String>) }", "`from` is for a variant that holds one value"),
        ("#[xml(choice, n)] enum T { #[xml(\"a\", base)] A(String) }", "`base` has no meaning for a variant of a choice;"),
        ("#[xml(n, \"t\")] struct T { #[xml(\"a\", from)] a: String }", "`from` has no meaning for an element;"),
        ("#[xml(choice, n, \"t\", model = M, abstract)] enum T { #[xml(\"a\")] A(String) }", "no mistake"),
        (
            "#[xml(choice, n, \"t\", mixed)] enum T { #[xml(\"a\")] A(String) }",
            "`mixed` has no meaning for a complex type that is a choice;",
        ),
        ("#[xml(choice, n, \"t\")] enum T { #[xml(text)] A(String), #[xml(\"b\")] B(i32) }", "text is for mixed content"),
        (
            "#[xml(n, \"t\")] enum T { #[xml(\"a\", facets = F)] A, Other(String) }",
            "`facets` has no meaning for a value of an enumeration; it has",
        ),
        ("#[xml(union = F)] enum T { #[xml(base)] A(i32), Other(String) }", "`base` has no meaning for a member of a union;"),
        ("#[xml(union = F)] enum T { #[xml(\"a\")] A(i32), Other(String) }", "a member of a union has no name"),
        (
            "#[xml(polymorphic, n)] enum T { #[xml(\"a\", from)] A(A), Other(AnyElement) }",
            "`from` has no meaning for a type; the keys are `base`",
        ),
        ("#[xml(document, n)] enum T { #[xml(\"a\", min = 1)] A(A) }", "`min` has no meaning for a root element;"),
        ("#[xml(document)] enum T { #[xml(any = \"##any\")] Other(AnyElement) }", "no mistake"),
        ("#[xml(document, n)] enum T { #[xml(group)] A(A) }", "`group` has no meaning for a root element;"),
    ]);
}

#[test]
fn places_without_meaning_are_refused() {
    assert_messages(&[
        ("#[xml(group, n)] struct T { #[xml(attribute, \"a\")] a: String }", "an attribute belongs to a complex type"),
        ("#[xml(choice, n)] enum T { #[xml(attribute, \"a\")] A(String) }", "an attribute belongs to a complex type"),
        ("#[xml(document, n)] enum T { #[xml(attribute, \"a\")] A(A) }", "an attribute belongs to a complex type"),
        ("#[xml(group, n)] struct T { #[xml(text)] a: String }", "a group has no text"),
        ("#[xml(n, \"t\")] struct T { #[xml(text)] a: String, #[xml(\"b\")] b: String }", "text stands alone in a type"),
        ("#[xml(n, \"t\")] struct T { #[xml(text)] a: String, #[xml(text)] b: String }", "text stands alone in a type"),
        ("#[xml(n, \"t\")] struct T { #[xml(text)] a: String, #[xml(attribute, \"b\")] b: String }", "no mistake"),
        ("#[xml(choice, n)] enum T { #[xml(text)] A(String), #[xml(\"b\")] B(String) }", "no mistake"),
    ]);
}

#[test]
fn flags_belong_to_complex_types() {
    for kind in ["group, n", "choice, n", "polymorphic, n", "union = F", "document, n"] {
        let (item, body) = if kind == "group, n" { ("struct", "#[xml(\"a\")] a: String") } else { ("enum", "#[xml(\"a\")] A(String)") };
        for flag in ["abstract", "sequence", "all", "mixed", "model = M"] {
            let found = message(&format!("#[xml({kind}, {flag})] {item} T {{ {body} }}"));
            assert!(found.contains("has no meaning for a"), "{kind}, {flag}: {found}");
        }
        let found = message(&format!("#[xml({kind})] #[operation(response = R, wire_type = \"w\")] {item} T {{ {body} }}"));
        assert!(found.contains("an operation is a complex type"), "{kind}: {found}");
    }
    assert_messages(&[
        ("#[xml(n, \"t\", all)] enum T { Other(String) }", "`all` has no meaning for an enumeration; the keys are `large`, `own_serde`"),
        ("#[xml(n, \"t\", large, own_serde)] enum T { #[xml(\"a\")] A, Other(String) }", "no mistake"),
        ("#[xml(n, \"t\", large)] struct T { #[xml(\"a\")] a: String }", "`large` has no meaning for a complex type"),
        ("#[xml(n, \"t\", own_serde)] enum T { Other(String) }", "no mistake"),
        ("#[xml(n, \"t\", own_serde)] struct T { #[xml(text)] a: String }", "no mistake"),
        ("#[xml(polymorphic, own_serde)] enum T { #[xml(n, \"a\")] A(Box<A>), Other(AnyElement) }", "no mistake"),
        ("#[xml(group, n, own_serde)] struct T { #[xml(\"a\")] a: String }", "`own_serde` has no meaning for a group"),
        ("#[xml(n, \"t\", all)] struct T { #[xml(text)] a: String }", "`all` has no meaning for a type with text content"),
        ("#[xml(n, \"t\", sequence)] struct T { #[xml(\"a\")] a: String }", "`sequence` has no meaning for a type with elements"),
        ("#[xml(n, \"t\", abstract, sequence)] struct T { #[xml(attribute, \"a\")] a: String }", "no mistake"),
        ("#[xml(n, \"t\")] #[operation(response = R, wire_type = \"w\")] enum T { Other(String) }", "an operation is a complex type"),
        ("#[xml(n, \"t\")] #[operation(response = R, wire_type = \"w\", safe)] struct T {}", "no mistake"),
        ("#[xml(n, \"t\")] #[operation(name = \"o\", request_element = \"n:t\")] struct T {}", "no mistake"),
        (
            "#[xml(n, \"t\")] #[operation(name = \"o\", request_element = \"n:t\", response_element = \"n:r\")] struct T {}",
            "an operation needs",
        ),
        ("#[xml(n, \"t\")] #[operation(wire_type = \"w\")] struct T {}", "an operation needs"),
    ]);
}

#[test]
fn mistakes_in_a_type_are_named() {
    assert_messages(&[
        ("struct T { a: String }", "`#[xml(prefix, \"name\")]` is missing"),
        ("#[xml(\"t\")] struct T {}", "the prefix of the type is missing"),
        ("#[xml(thing)] struct T {}", "`thing` is not a kind of type"),
        ("#[xml(n, \"t\", abstrat)] struct T {}", "`abstrat` is not a key of `xml` here"),
        ("#[xml(n, \"t\")] struct T<X> { a: X }", "a type with parameters"),
        ("#[xml(n, \"t\")] struct T(String);", "the fields need names"),
        ("#[xml(choice, n)] struct T {}", "are enums"),
        ("#[xml(group)] enum T { A }", "did you mean `choice`?"),
        ("#[xml(choice)] enum T { #[xml(\"a\")] A(String) }", "the prefix is missing"),
        ("#[xml(choice, n)] enum T {}", "at least one variant"),
        ("#[xml(choice, n)] enum T { #[xml(\"a\")] A(String, i32) }", "a variant holds one value"),
        ("#[xml(n, \"t\")] enum T { #[xml(\"a\")] A }", "a variant `Other(String)`"),
        ("#[xml(n, \"t\")] enum T { A, Other(String) }", "a variant of an enumeration is"),
        ("#[xml(union = F)] enum T { A(i32) }", "the last variant of a union is `Other(String)`"),
        ("#[xml(polymorphic)] enum T { #[xml(n, \"a\")] A(Box<A>) }", "the last variant of a polymorphic type"),
        ("#[xml(document)] enum T { #[xml(n, \"a\")] A(Option<A>) }", "a root element stands once"),
        ("#[xml(n, \"t\")] #[operation(response = R)] struct T {}", "an operation needs"),
        ("#[xml(n, \"t\")] #[operation(answer = R)] struct T {}", "`answer` is not a key of `operation`"),
    ]);
}

#[test]
fn a_builder_belongs_to_a_struct_with_required_fields() {
    assert_messages(&[
        ("#[xml(n, \"t\", builder)] struct T { #[xml(\"a\")] a: String }", "no mistake"),
        ("#[xml(group, n, builder)] struct T { #[xml(\"a\", min = 1)] a: Vec<String> }", "no mistake"),
        ("#[xml(attributes, n)] struct T { #[xml(flatten)] a: A, #[xml(attribute, \"b\")] b: String }", "no mistake"),
        ("#[xml(attributes, n)] struct T { #[xml(\"a\")] a: String }", "a group of attributes has attributes only"),
        ("#[xml(attributes, n)] enum T { #[xml(\"a\")] A(String) }", "a group of attributes is a struct"),
        (
            "#[xml(group, n)] struct T { #[xml(flatten)] a: A }",
            "only a complex type or a group of attributes has the fields of another struct",
        ),
        (
            "#[xml(n, \"t\", flat)] struct T { #[xml(\"a\", items = \"b\")] a: Vec<String> }",
            "`items` is not for a struct that is flattened",
        ),
        ("#[xml(n, \"t\", no_constructor)] struct T { #[xml(\"a\")] a: String }", "no mistake"),
        ("#[xml(n, \"t\", builder, no_constructor)] struct T { #[xml(\"a\")] a: String }", "cannot be combined with `builder`"),
        ("#[xml(n, \"t\", builder)] struct T { #[xml(\"a\")] a: Vec<String> }", "this type has none; remove `builder`"),
        ("#[xml(choice, n, builder)] enum T { #[xml(\"a\")] A(String) }", "`builder` has no meaning for a choice"),
    ]);
}

#[test]
fn keywords_are_prefixes() {
    let with = |prefix: &str| message(&format!("#[xml({prefix}, \"t\")] struct T {{ #[xml({prefix}, \"a\")] r#type: String }}"));
    for prefix in ["use", "r#use", "gen", "self", "crate", "n"] {
        assert_eq!(with(prefix), "no mistake", "{prefix}");
    }
    let expanded = "#[xml(use, \"t\")] struct T { #[xml(\"a\")] a: String }"
        .parse()
        .map(crate::expand)
        .map(|found| found.map(|tokens| tokens.to_string()));
    assert!(matches!(expanded, Ok(Ok(text)) if text.contains("xmlns :: r#use")));
}
