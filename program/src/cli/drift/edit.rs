//! Suggests edits of the schemas, as a unified diff, and entries for `xsdgen.toml`. A suggestion is a start for a person who decides what the
//! schema should say; it makes the documents that were seen valid as far as it goes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use similar::TextDiff;
use xsdgen::diagnostic::Span;
use xsdgen_dynamic::Validator;

use super::collect::{Departure, Key, Kind};

/// The edits of the schema files: for each file the new texts, by the offset of the old text that each replaces and its length.
#[derive(Debug, Default)]
pub(super) struct Edits(BTreeMap<String, BTreeMap<(usize, usize), Vec<String>>>);

impl Edits {
    /// Collects the edits for departures.
    pub(super) fn of<'k>(validator: &Validator, departures: impl Iterator<Item = (&'k Key, &'k Departure)>) -> Self {
        let mut edits = Self::default();
        for (key, departure) in departures {
            let _ = edits.add(validator, key, departure);
        }
        edits
    }

    /// Adds the edit for a departure, if there is one.
    fn add(&mut self, validator: &Validator, key: &Key, departure: &Departure) -> Option<()> {
        let (span, exact) = departure.schema.as_ref()?;
        match key.kind {
            Kind::UnknownElement => self.element(validator, departure),
            Kind::UnknownAttribute => self.attribute(validator, departure),
            Kind::Missing if *exact => self.optional(span),
            Kind::UnlistedValue if *exact => self.value(validator, departure, key.value.as_deref()?),
            _ => None,
        }
    }

    fn put(&mut self, span: &Span, at: usize, len: usize, text: String) -> Option<()> {
        let all = self.0.entry(span.path().to_string()).or_default().entry((at, len)).or_default();
        if !all.contains(&text) {
            all.push(text);
        }
        Some(())
    }

    /// Declares an unknown element behind the last element of its type.
    fn element(&mut self, validator: &Validator, departure: &Departure) -> Option<()> {
        let (parent, name) = departure.example.path.rsplit_once('/')?;
        let around = departure.around.as_ref().map(|(uri, local)| (uri.as_str(), local.as_str()));
        let last = validator.last_element(parent, around)?;
        let text = text_of(&last)?;
        let start = last.range()?.start;
        let (end, xs) = (start + element_len(text.get(start..)?)?, prefix_at(&text, start));
        let many = if departure.most > 1 { " maxOccurs=\"unbounded\"" } else { "" };
        let name = plain(name);
        let line = format!("<{xs}element name=\"{name}\" type=\"{xs}{}\" minOccurs=\"0\"{many}/>", departure.looks.ty());
        self.put(&last, end, 0, format!("\n{}{line}", indent(&text, start)))
    }

    /// Declares an unknown attribute before the end of the type of its element, if that type stands in the schema as the element does.
    fn attribute(&mut self, validator: &Validator, departure: &Departure) -> Option<()> {
        let (parent, name) = departure.example.path.rsplit_once("/@")?;
        let last = validator.last_attribute(parent)?;
        let text = text_of(&last)?;
        let start = last.range()?.start;
        let (end, xs) = (start + element_len(text.get(start..)?)?, prefix_at(&text, start));
        let line = format!("<{xs}attribute name=\"{}\" type=\"{xs}{}\"/>", plain(name), departure.looks.ty());
        self.put(&last, end, 0, format!("\n{}{line}", indent(&text, start)))
    }

    /// Makes an element or attribute optional.
    fn optional(&mut self, span: &Span) -> Option<()> {
        let text = text_of(span)?;
        let start = span.range()?.start;
        let rest = text.get(start..)?;
        let tag = rest.get(..rest.find('>')?)?;
        let name = tag.find(|c: char| c.is_whitespace() || c == '/')?;
        for (from, to) in [("use=\"required\"", "use=\"optional\""), ("minOccurs=\"1\"", "minOccurs=\"0\"")] {
            if let Some(at) = tag.find(from) {
                return self.put(span, start + at, from.len(), to.to_owned());
            }
        }
        // The occurrence of a global element is that of its references, which are elsewhere.
        let local = tag.contains("element") && !tag.contains("minOccurs") && !indent(&text, start).trim_start().contains('<');
        let global = parent_is_schema(&text, start);
        if !local || global {
            return None;
        }
        self.put(span, start + name, 0, " minOccurs=\"0\"".to_owned())
    }

    /// Adds a value to an enumeration.
    fn value(&mut self, validator: &Validator, departure: &Departure, value: &str) -> Option<()> {
        let last = validator.last_value(&departure.example.path)?;
        let text = text_of(&last)?;
        let start = last.range()?.start;
        let (end, xs) = (start + element_len(text.get(start..)?)?, prefix_at(&text, start));
        let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        self.put(&last, end, 0, format!("\n{}<{xs}enumeration value=\"{value}\"/>", indent(&text, start)))
    }

    /// Returns the edits as a unified diff.
    pub(super) fn patch(&self) -> String {
        let mut patch = String::new();
        for (file, edits) in &self.0 {
            let Ok(old) = std::fs::read_to_string(file) else { continue };
            let mut new = old.clone();
            for ((at, len), texts) in edits.iter().rev() {
                if old.is_char_boundary(*at) && old.is_char_boundary(at + len) && at + len <= old.len() {
                    new.replace_range(*at..at + len, &texts.concat());
                }
            }
            let diff = TextDiff::from_lines(&old, &new);
            let _ = write!(patch, "{}", diff.unified_diff().header(&format!("a/{file}"), &format!("b/{file}")));
        }
        patch
    }
}

/// Returns entries for `xsdgen.toml` that let bindings read what departs from the schema without a loss.
pub(super) fn entries<'k>(departures: impl Iterator<Item = &'k Key>) -> String {
    let (mut types, mut missing, mut prefixes) = (Vec::new(), false, false);
    for key in departures {
        match key.kind {
            Kind::OtherType | Kind::Unreadable if key.place.contains(':') && !key.place.starts_with("none:") => types.push(&key.place),
            Kind::Missing => missing = true,
            Kind::Namespace => prefixes = true,
            _ => {}
        }
    }
    let mut out = String::new();
    if prefixes {
        out.push_str("undeclared-prefixes = true\n");
    }
    if missing {
        out.push_str("missing = \"blank\"\n");
    }
    if !types.is_empty() {
        out.push_str("[types]\n");
        for place in types {
            let _ = writeln!(out, "\"{place}\" = \"String\"");
        }
    }
    out
}

/// Returns the text of the file of a place, as it is on the disk.
fn text_of(span: &Span) -> Option<String> {
    std::fs::read_to_string(&**span.path()).ok()
}

/// Returns the prefix, with its colon, of the element that starts at an offset.
fn prefix_at(text: &str, start: usize) -> &str {
    let name = text.get(start + 1..).unwrap_or_default().split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next();
    name.and_then(|name| name.find(':').and_then(|colon| name.get(..=colon))).unwrap_or_default()
}

/// Returns the white space before an offset in its line.
fn indent(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.get(..line.len() - line.trim_start().len()).unwrap_or_default()
}

/// Returns whether the element that starts at an offset is a child of the schema itself: no type or group is open before it.
fn parent_is_schema(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let count = |word: &str, end: &str| before.matches(word).count() > before.matches(end).count();
    let xs = prefix_at(text, start);
    !["sequence", "choice", "all"].iter().any(|group| count(&format!("<{xs}{group}"), &format!("</{xs}{group}>")))
}

/// Returns the length of the element at the start of a text.
fn element_len(text: &str) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    loop {
        let open = at + text.get(at..)?.find('<')?;
        let rest = text.get(open..)?;
        if rest.starts_with("<!--") {
            at = open + rest.find("-->")? + 3;
            continue;
        }
        at = open + rest.find('>')? + 1;
        match rest.get(..rest.find('>')? + 1)? {
            tag if tag.starts_with("</") => depth = depth.saturating_sub(1),
            tag if tag.starts_with("<?") || tag.ends_with("/>") => {}
            _ => depth += 1,
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

fn plain(name: &str) -> &str {
    name.split('[').next().unwrap_or(name)
}
