//! Texts of JSON as they stand in the XML: lists, qualified names with their prefixes, and namespace declarations.

use super::tree::Tree;
use crate::schema::Schema;
use crate::tables::{FieldInfo, ValueFlags};
use crate::text::escape;

/// Returns the declarations of the namespaces of a schema set.
pub(super) fn declarations(schema: &'static Schema) -> String {
    let mut text = String::new();
    for namespace in schema.namespaces() {
        text.push_str(&format!(" xmlns:{}=\"", namespace.prefix()));
        escape::attribute(namespace.uri(), &mut text);
        text.push('"');
    }
    text
}

/// Returns the text of a value; the items of an array are separated by spaces if the field is a list.
pub(super) fn text_of(json: &Tree, field: &FieldInfo) -> Result<String, String> {
    let text = match json {
        Tree::List(items) if field.kind.is(ValueFlags::LIST) => {
            let items: Option<Vec<String>> = items.iter().map(Tree::text).collect();
            items.map(|items| items.join(" "))
        }
        json => json.text(),
    };
    text.ok_or_else(|| match json {
        Tree::List(_) => "expected an array of strings, numbers or booleans".to_owned(),
        other => format!("expected a string, a number or a boolean, not {}", other.words()),
    })
}

/// Returns a text of qualified names with prefixes, and the declarations of these prefixes. In JSON, a name is `{namespace}prefix:local`.
/// `bound` are the prefixes that the element declares already. A name without a prefix gets the default namespace if the element has a prefix
/// and no children, and a new prefix otherwise.
pub(super) fn names(text: &str, field: &FieldInfo, bound: &mut Vec<(String, String)>, default: bool) -> (String, String) {
    if !field.kind.is(ValueFlags::QUALIFIED) || !text.contains('{') {
        return (text.to_owned(), String::new());
    }
    let mut declared = String::new();
    let words = text.split_ascii_whitespace().map(|word| {
        let Some((uri, name)) = word.strip_prefix('{').and_then(|rest| rest.split_once('}')) else { return word.to_owned() };
        let (wanted, local) = name.split_once(':').unwrap_or(("", name));
        if !xsdgen_datatypes::names::is_ncname(local) {
            return word.to_owned(); // a text of a union that looks like a name
        }
        let uri = uri.replace("%20", " ");
        let taken = |prefix: &str| bound.iter().any(|(known, other)| known == prefix && *other != uri);
        let prefix = if wanted.is_empty() && !default || taken(wanted) { format!("q{}", bound.len()) } else { wanted.to_owned() };
        if prefix != "xml" && !bound.contains(&(prefix.clone(), uri.clone())) {
            declared.push_str(&if prefix.is_empty() { " xmlns=\"".to_owned() } else { format!(" xmlns:{prefix}=\"") });
            escape::attribute(&uri, &mut declared);
            declared.push('"');
            bound.push((prefix.clone(), uri));
        }
        if prefix.is_empty() { local.to_owned() } else { format!("{prefix}:{local}") }
    });
    let text = words.collect::<Vec<_>>().join(" ");
    (text, declared)
}
