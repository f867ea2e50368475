//! Writes qualified names that are values, with a prefix that is declared for their namespace. Prefixes of
//! elements and attributes come from the schema set (`scope`).

use memchr::memrchr;
use xsdgen_datatypes::names::is_ncname;

use super::scope::{can_be_declared, undeclarable};
use super::writer::Writer;
use crate::error::Result;
use crate::read::raw_attributes;
use crate::schema::XML;
use crate::text::escape;

/// The declaration that takes back the default namespace.
pub(super) const NO_DEFAULT: &str = " xmlns=\"\"";

/// The last start tag that was begun: the end of its name, and the namespaces that it declares.
struct StartTag {
    after_name: usize,
    declared: Vec<(String, String)>,
}

/// Returns a name with its namespace, in the form that a value reads: `{namespace}prefix:local`.
fn expanded_name(namespace: &str, local: &str, prefix: &str) -> String {
    match (namespace, prefix) {
        ("", _) => local.to_owned(),
        (namespace, "") => format!("{{{}}}{local}", namespace.replace(' ', "%20")),
        (namespace, prefix) => format!("{{{}}}{prefix}:{local}", namespace.replace(' ', "%20")),
    }
}

impl Writer<'_> {
    /// Writes a qualified name. If no prefix is declared for its namespace, one is declared in the last start
    /// tag that was begun.
    pub(crate) fn qualified_name(&mut self, namespace: &str, local: &str, prefix: &str) -> Result<()> {
        if self.visit.is_some() {
            return self.text(&expanded_name(namespace, local, prefix));
        }
        if namespace.is_empty() && self.options.unprefixed().is_some() {
            self.undeclare_default();
        }
        let prefix = if namespace.is_empty() { String::new() } else { self.prefix_of_name(namespace, prefix)? };
        let colon = if prefix.is_empty() { "" } else { ":" };
        self.text(&format!("{prefix}{colon}{local}"))
    }

    /// Takes back the default namespace in the last start tag that was begun, so that a name without a prefix has no namespace there.
    fn undeclare_default(&mut self) {
        let StartTag { after_name, .. } = self.current_tag();
        let tag = self.out.since(after_name);
        if !tag.get(..tag.find('>').unwrap_or(tag.len())).unwrap_or_default().contains(NO_DEFAULT) {
            self.out.insert_str(after_name, NO_DEFAULT);
            self.inserted += NO_DEFAULT.len();
        }
    }

    /// Returns the prefix for a name in the current value: the wanted one, if it is available.
    fn prefix_of_name(&mut self, namespace: &str, wanted: &str) -> Result<String> {
        let start_tag = self.current_tag();
        let mut escaped = String::new();
        if !can_be_declared(namespace) && namespace != XML || !escape::attribute(namespace, &mut escaped) {
            return Err(undeclarable(namespace));
        }
        let stands = |prefix: &str| match start_tag.declared.iter().find(|(known, _)| known == prefix) {
            Some((_, uri)) => *uri == escaped,
            None => self.declared.iter().rev().find(|(known, _)| known == prefix).is_some_and(|(_, uri)| uri == namespace),
        };
        if stands(wanted) || wanted == "xml" && namespace == XML {
            return Ok(wanted.to_owned());
        }
        let known = || start_tag.declared.iter().chain(&self.declared).map(|(prefix, _)| prefix);
        if let Some(prefix) = known().find(|prefix| wanted.is_empty() && stands(prefix)) {
            return Ok(prefix.clone());
        }
        let usual = self.schema.namespaces().iter().find(|it| it.uri() == namespace).map(|it| it.prefix().to_owned());
        let mut candidates = [wanted.to_owned()].into_iter().chain(usual).chain((0..).map(|number| format!("ns{number}")));
        let is_usable = |prefix: &str| is_ncname(prefix) && !matches!(prefix, "xml" | "xmlns");
        let fresh = candidates.find(|it| is_usable(it) && known().all(|known| known != it)).unwrap_or_default();
        let declaration = format!(" xmlns:{fresh}=\"{escaped}\"");
        self.out.insert_str(start_tag.after_name, &declaration);
        self.inserted += declaration.len();
        if self.in_attribute {
            // Attributes that follow in the same start tag must not declare the prefix again.
            self.declared.push((fresh.clone(), namespace.to_owned()));
        }
        Ok(fresh)
    }

    /// Returns the namespace that a prefix stands for in the current value.
    pub(super) fn namespace_of(&self, prefix: &str) -> Option<String> {
        if let Some((_, uri)) = self.current_tag().declared.iter().find(|(known, _)| known == prefix) {
            return Some(escape::unescaped(uri));
        }
        let declared = self.declared.iter().rev().find(|(known, _)| known == prefix).map(|(_, uri)| uri.clone());
        declared.or_else(|| match prefix {
            "" => Some(String::new()),
            "xml" => Some(XML.to_owned()),
            _ => None,
        })
    }

    /// Finds the last start tag that was begun. It is at the last `<` of the output, because texts have
    /// references instead.
    fn current_tag(&self) -> StartTag {
        let tag = memrchr(b'<', self.out.as_bytes()).unwrap_or(0);
        let rest = self.out.since(tag);
        let rest = rest.find('>').map_or(rest, |end| rest.get(..end).unwrap_or_default());
        let name = rest.find([' ', '/']).unwrap_or(rest.len());
        let attributes = raw_attributes(rest.get(name..).unwrap_or_default());
        let declared = attributes.filter_map(|it| Some((it.name.strip_prefix("xmlns:")?.to_owned(), it.value.to_owned())));
        StartTag { after_name: tag + name, declared: declared.collect() }
    }
}
