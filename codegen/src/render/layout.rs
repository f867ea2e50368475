//! Formats the parts of a file, separated by blank lines.
//!
//! `prettyplease` does not know the grammar of the codec's macros, so this module formats their invocations itself, one statement per line.

mod conversions;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use syn::{Fields, Item};

use crate::emit::{File, Part};

/// The maximum width of an attribute line.
const WIDTH: usize = 132;

/// Returns the text of a file.
pub(super) fn file(file: &File) -> String {
    let mut out = String::new();
    for line in &file.header {
        out.push_str(format!("// {line}").trim_end());
        out.push('\n');
    }
    if !file.header.is_empty() {
        out.push('\n');
    }
    out.push_str(&parts(&file.parts));
    out
}

fn parts(list: &[Part]) -> String {
    list.iter().map(part).collect::<Vec<_>>().join("\n")
}

fn part(part: &Part) -> String {
    match part {
        Part::Items(file) => match file.items.as_slice() {
            [Item::Macro(_)] => invocation(file.clone()),
            // The braces of an empty struct are on separate lines, so that adding the first field does not change them.
            [Item::Struct(item)] if matches!(item.fields, Fields::Named(_)) && item.fields.is_empty() => {
                filled(&prettyplease::unparse(file), "")
            }
            _ => with_long_attributes(prettyplease::unparse(file)),
        },
        Part::Module(outer, inner) => filled(&prettyplease::unparse(outer), &parts(inner)),
    }
}

/// Returns the text with each attribute on one line if it fits.
fn with_long_attributes(text: String) -> String {
    if !text.contains("(\n") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((line, more)) = rest.split_once('\n') {
        let whole = if line.trim_start().starts_with("#[") && line.ends_with('(') { attribute(line, more) } else { None };
        let (line, more) = whole.as_ref().map_or((line, more), |(line, more)| (line.as_str(), *more));
        out.push_str(line);
        out.push('\n');
        rest = more;
    }
    out.push_str(rest);
    out
}

/// Joins the attribute that begins on a line into one line. Returns it with the text that follows, or `None` if it does not fit.
fn attribute<'t>(first: &str, mut rest: &'t str) -> Option<(String, &'t str)> {
    let mut out = first.to_owned();
    while !out.ends_with(")]") {
        let (line, more) = rest.split_once('\n')?;
        let part = line.trim_start();
        if !out.ends_with('(') && !part.starts_with(')') {
            out.push(' ');
        }
        out.push_str(part);
        rest = more;
        if out.chars().count() > WIDTH {
            return None;
        }
    }
    Some((out, rest))
}

/// Inserts lines between the empty braces at the end of an item.
fn filled(outer: &str, inner: &str) -> String {
    let open = outer.trim_end().strip_suffix('}').unwrap_or(outer);
    let mut out = open.to_owned();
    out.push('\n');
    for line in inner.lines() {
        if !line.is_empty() {
            out.push_str("    ");
            out.push_str(line);
        }
        out.push('\n');
    }
    out.push_str("}\n");
    out
}

/// Formats a macro invocation: its name as usual, then its statements, one per line.
fn invocation(mut file: syn::File) -> String {
    let mut inner = String::new();
    for item in &mut file.items {
        if let Item::Macro(invocation) = item {
            let tokens = std::mem::take(&mut invocation.mac.tokens);
            let converts = invocation.mac.path.segments.last().is_some_and(|last| last.ident == "convert");
            inner = if converts { conversions::conversions(tokens) } else { statements(tokens) };
        }
    }
    filled(&prettyplease::unparse(&file), &inner)
}

/// Formats statements that end in a semicolon, one per line.
fn statements(tokens: TokenStream) -> String {
    let mut out = String::new();
    let mut line = Vec::new();
    for token in tokens {
        let ends = is_punct(&token, ";");
        line.push(token);
        if ends {
            out.push_str(&spaced(std::mem::take(&mut line)));
            out.push('\n');
        }
    }
    out.push_str(&spaced(line));
    out
}

/// Joins tokens with spaces, except within paths and before punctuation that ends something.
fn spaced(tokens: impl IntoIterator<Item = TokenTree>) -> String {
    let mut out = String::new();
    let mut joined = true;
    for token in tokens {
        if !joined && !is_punct(&token, ",;:") {
            out.push(' ');
        }
        joined = is_punct(&token, ":") || matches!(&token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                out.push('[');
                out.push_str(&spaced(group.stream()));
                out.push(']');
            }
            token => out.push_str(&token.to_string()),
        }
    }
    out
}

fn is_punct(token: &TokenTree, which: &str) -> bool {
    matches!(token, TokenTree::Punct(punct) if which.contains(punct.as_char()))
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a failed test panics")]
mod tests {
    use quote::quote;

    use super::*;

    fn laid_out(tokens: TokenStream) -> String {
        part(&Part::Items(syn::parse2(tokens).expect("items")))
    }

    #[test]
    fn macros_have_a_line_for_each_statement() {
        let made = laid_out(quote!(::codec::schema! { trim_text = true, rules = super::RULES; a = "urn:a"; r#use = "urn:b"; }));
        assert_eq!(
            made,
            "::codec::schema! {\n    trim_text = true, rules = super::RULES;\n    a = \"urn:a\";\n    r#use = \"urn:b\";\n}\n"
        );
        let made = laid_out(quote!(::codec::date_time! { At = exact ["MM/DD", "YYYY"] also []; }));
        assert_eq!(made, "::codec::date_time! {\n    At = exact [\"MM/DD\", \"YYYY\"] also [];\n}\n");
    }

    #[test]
    fn an_attribute_is_one_line_where_that_fits() {
        let long = "a".repeat(60);
        let made = laid_out(quote!(
            #[xml(one, #long, declarations((fixed = "x"), ()))]
            #[xml(#long, #long, facets = NAME)]
            pub struct X;
        ));
        let lines: Vec<&str> = made.lines().collect();
        assert_eq!(lines.first(), Some(&format!("#[xml(one, \"{long}\", declarations((fixed = \"x\"), ()))]").as_str()));
        assert_eq!(lines.get(1), Some(&"#[xml("));
        assert_eq!(lines.len(), 7);
    }

    #[test]
    fn modules_hold_what_is_in_them() {
        let outer = syn::parse2(quote!(
            #[doc = " One."]
            pub mod one {}
        ))
        .expect("a module");
        let inner = vec![
            Part::Items(
                syn::parse2(quote!(
                    use super::{a, b};
                ))
                .expect("an import"),
            ),
            Part::Items(
                syn::parse2(quote!(
                    pub struct X {
                        pub y: u8,
                    }
                ))
                .expect("a struct"),
            ),
        ];
        let made = parts(&[Part::Module(outer, inner)]);
        assert_eq!(made, "/// One.\npub mod one {\n    use super::{a, b};\n\n    pub struct X {\n        pub y: u8,\n    }\n}\n");
    }
}
