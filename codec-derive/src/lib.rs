//! The derive macro `Xml` of `xsdgen-codec`, which makes a struct or an enum with `#[xml(...)]` attributes
//! readable and writable.
//!
//! The attributes are the only description of a type. A mistake in one of them is a compile error at that
//! place.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod args;
mod choice;
mod document;
mod enumeration;
mod fields;
mod input;
mod operation;
mod polymorphic;
mod structure;
mod ty;
mod union;
mod variants;

use proc_macro2::TokenStream;

use crate::args::Kind;
use crate::input::{Body, Input};

/// The result type of this crate; the error has a span in the input.
type Result<T> = std::result::Result<T, venial::Error>;

/// Derives reading, writing, `Debug`, `new` and setters for a type that an XML Schema describes.
///
/// The attributes are documented in `xsdgen-codec`.
#[proc_macro_derive(Xml, attributes(xml, operation))]
pub fn derive_xml(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(input.into()).unwrap_or_else(|error| error.to_compile_error()).into()
}

fn expand(input: TokenStream) -> Result<TokenStream> {
    let input = Input::parse(input)?;
    match (&input.args.kind, &input.body) {
        (Kind::Complex | Kind::Group, Body::Struct(fields)) => structure::expand(&input, fields),
        (Kind::Complex, Body::Enum(variants)) => enumeration::expand(&input, variants),
        (Kind::Choice, Body::Enum(variants)) => choice::expand(&input, variants),
        (Kind::Polymorphic, Body::Enum(variants)) => polymorphic::expand(&input, variants),
        (Kind::Union(facets), Body::Enum(variants)) => union::expand(&input, facets, variants),
        (Kind::Document, Body::Enum(variants)) => document::expand(&input, variants),
        (Kind::Group, Body::Enum(_)) => Err(venial::Error::new_at_span(input.name.span(), "a group is a struct; did you mean `choice`?")),
        (_, Body::Struct(_)) => {
            Err(venial::Error::new_at_span(input.name.span(), "choices, unions, polymorphic types and documents are enums"))
        }
    }
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn mistakes_in_a_field_are_named() {
        for (attribute, ty, part) in [
            ("\"a\"", "Option<String>", "no mistake"),
            ("attribute, xml, \"a\", default = \"x\"", "Option<String>", "no mistake"),
            ("any = \"##any\", process = lax", "Vec<AnyElement>", "no mistake"),
            ("\"a\", min = 2, max = 3", "Vec<String>", "no mistake"),
            ("\"a\", min = 1", "Option<String>", "`min` and `max` are for a `Vec`"),
            ("\"a\", max = \"2\"", "Vec<String>", "a bound is an integer"),
            ("\"a\", defualt = \"x\"", "String", "`defualt` is not a key of `xml` here; the keys are"),
            ("\"a\", default", "String", "`default` needs a literal: `default = ...`"),
            ("\"a\", facets", "String", "`facets` needs a path: `facets = PATH`"),
            ("process = lax", "Vec<AnyElement>", "`process` stands behind `any"),
            ("any = \"##any\", process = loose", "Vec<AnyElement>", "`process` is `strict`, `lax` or `skip`"),
            ("attribute", "String", "an attribute has a name"),
            ("default = \"x\"", "String", "it is not said where the field stands"),
            ("\"a\", declarations(fixed = \"x\")", "String", "a declaration stands in parentheses"),
            ("\"a\" \"b\"", "String", "a key of `xml` is expected here"),
        ] {
            let found = field(attribute, ty);
            assert!(found.contains(part), "{attribute}: {found}");
        }
    }

    #[test]
    fn mistakes_in_a_type_are_named() {
        for (source, part) in [
            ("struct T { a: String }", "`#[xml(prefix, \"name\")]` is missing"),
            ("#[xml(\"t\")] struct T {}", "the prefix of the type is missing"),
            ("#[xml(thing)] struct T {}", "`thing` says nothing of a type"),
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
        ] {
            let found = message(source);
            assert!(found.contains(part), "{source}: {found}");
        }
    }
}
