//! Generates schema sets of any size, similar to those of business documents: a third simple types (enumerations, patterns, ranges), a
//! third complex types (sequences of elements, choices, attributes, extensions), a third global elements. Components refer to others of the
//! same namespace or of the preceding one.

use std::fmt::Write as _;
use std::path::Path;

use crate::{Failure, files};

/// The number of components of a namespace.
const PER_NAMESPACE: usize = 500;

const WORDS: [&str; 52] = [
    "amount", "account", "address", "article", "batch", "bill", "branch", "budget", "buyer", "carrier", "charge", "city", "claim", "code",
    "contact", "contract", "country", "credit", "currency", "customer", "date", "debit", "delivery", "discount", "document", "due", "fee",
    "invoice", "item", "label", "line", "location", "measure", "note", "offer", "order", "party", "payment", "percent", "person", "phone",
    "place", "price", "product", "quantity", "rate", "reason", "receipt", "region", "remark", "seller", "service",
];

/// A state of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    First,
    /// A sixth of the types changed: further values and longer texts, added elements, other occurrences.
    Changed,
}

impl State {
    fn changes(self, number: usize) -> bool {
        self == State::Changed && number % 6 == 5
    }
}

/// Writes a set with this number of components to a folder, one file for each namespace. Returns the number of bytes.
pub(super) fn write(folder: &Path, size: usize, state: State) -> Result<u64, Failure> {
    let mut bytes = 0;
    for index in 0..size.div_ceil(PER_NAMESPACE) {
        let text = document(index, PER_NAMESPACE.min(size - index * PER_NAMESPACE), state);
        files::put(&folder.join(format!("part{index}.xsd")), &text)?;
        bytes += u64::try_from(text.len()).unwrap_or(u64::MAX);
    }
    Ok(bytes)
}

fn word(number: usize) -> &'static str {
    WORDS.get(number % WORDS.len()).copied().unwrap_or_default()
}

/// Returns a name of two words and a number, which is different for each number.
fn name(number: usize) -> String {
    let capital = |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>();
    format!("{}{}{number}", capital(word(number)), capital(word(number / WORDS.len())))
}

/// Returns the schema of one namespace. Its components are numbered, and may refer to those of the preceding namespace.
fn document(index: usize, components: usize, state: State) -> String {
    let (third, start) = (components / 3, index * PER_NAMESPACE);
    let own = |number: usize| format!("t:{}Type", name(number));
    // The preceding namespace has the full number of components.
    let before =
        |first: usize| (first..first + 20).filter(move |_| index > 0).map(move |at| format!("p:{}Type", name(start - PER_NAMESPACE + at)));
    let simples: Vec<String> = (start..start + third).map(own).chain(before(0)).collect();
    let complexes: Vec<String> = (start + third..start + 2 * third).map(own).collect();
    let mut parts = vec![head(index)];
    parts.extend((start..start + third).map(|number| simple(number, state.changes(number))));
    for (at, number) in (start + third..start + 2 * third).enumerate() {
        // A type refers only to earlier types, so that no type contains itself.
        let known: Vec<String> = if at == 0 { before(third).collect() } else { complexes.iter().take(at).cloned().collect() };
        let few: Vec<&str> = known.iter().take(1).chain(known.iter().skip(known.len().saturating_sub(20))).map(String::as_str).collect();
        parts.push(complex(number, &simples, &few, state.changes(number)));
    }
    let types = complexes.iter().cycle();
    let elements = (start + 2 * third..start + components).zip(types);
    parts.extend(elements.map(|(number, ty)| format!("  <xs:element name=\"{}\" type=\"{ty}\"/>", name(number))));
    parts.push("</xs:schema>\n".to_owned());
    parts.join("\n")
}

fn head(index: usize) -> String {
    let mut head = format!(
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"urn:growth:{index}\" elementFormDefault=\"qualified\" \
         xmlns:t=\"urn:growth:{index}\""
    );
    if let Some(before) = index.checked_sub(1) {
        let import = format!("<xs:import namespace=\"urn:growth:{before}\" schemaLocation=\"part{before}.xsd\"/>");
        // Writing to a string does not fail.
        let _ = write!(head, " xmlns:p=\"urn:growth:{before}\">\n  {import}");
    } else {
        head.push('>');
    }
    head
}

fn simple(n: usize, changed: bool) -> String {
    let more = usize::from(changed);
    let body = match n % 4 {
        0 => {
            let values = (0..4 + n % 7 + more).map(|k| format!("<xs:enumeration value=\"{}\"/>", word(n + k)));
            format!("<xs:restriction base=\"xs:token\">{}</xs:restriction>", values.collect::<String>())
        }
        1 => format!("<xs:restriction base=\"xs:string\"><xs:maxLength value=\"{}\"/></xs:restriction>", 10 + n % 90 + more),
        2 => format!("<xs:restriction base=\"xs:string\"><xs:pattern value=\"[A-Z]{{2}}[0-9]{{1,{}}}\"/></xs:restriction>", 8 + more),
        _ => format!(
            "<xs:restriction base=\"xs:decimal\"><xs:minInclusive value=\"0\"/><xs:totalDigits value=\"{}\"/></xs:restriction>",
            5 + n % 10 + more
        ),
    };
    format!("  <xs:simpleType name=\"{}Type\">{body}</xs:simpleType>", name(n))
}

fn member(n: usize, k: usize, ty: &str) -> String {
    let occurs = match (n + k) % 3 {
        0 => "",
        1 => " minOccurs=\"0\"",
        _ => " minOccurs=\"0\" maxOccurs=\"unbounded\"",
    };
    format!("<xs:element name=\"{}{k}\" type=\"{ty}\"{occurs}/>", word(n + 5 * k))
}

/// Returns a complex type that refers to a few of `simples` and `complexes`.
fn complex(n: usize, simples: &[String], complexes: &[&str], changed: bool) -> String {
    let simple_of = |number: usize| simples.get(number % simples.len().max(1)).map_or("xs:string", String::as_str);
    let mut members: String = (0..3 + n % 6).map(|k| member(n, k, simple_of(7 * n + k))).collect();
    for k in 0..complexes.len().min(2) {
        members.push_str(&member(n, 10 + k, complexes.get((3 * n + k) % complexes.len()).copied().unwrap_or_default()));
    }
    if n.is_multiple_of(5) {
        let _ = write!(members, "<xs:choice>{}{}</xs:choice>", member(n, 20, "xs:string"), member(n, 21, "xs:date"));
    }
    if changed && n.is_multiple_of(2) {
        members.push_str("<xs:element name=\"added\" type=\"xs:string\" minOccurs=\"0\"/>");
    } else if changed {
        members = members.replacen(" minOccurs=\"0\"", "", 1);
    }
    let docs = format!("<xs:annotation><xs:documentation>What is known of the {}.</xs:documentation></xs:annotation>", word(n));
    let body = format!("<xs:sequence>{members}</xs:sequence>");
    let body = match complexes.first().filter(|_| n.is_multiple_of(4)) {
        // Only types without a base become bases, so that chains of derivations stay short.
        Some(base) => format!("<xs:complexContent><xs:extension base=\"{base}\">{body}</xs:extension></xs:complexContent>"),
        None => format!("{body}<xs:attribute name=\"id\" type=\"xs:NMTOKEN\"/><xs:attribute name=\"kind\" type=\"{}\"/>", simple_of(n)),
    };
    format!("  <xs:complexType name=\"{}Type\">{docs}{body}</xs:complexType>", name(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_another() {
        let names: std::collections::BTreeSet<String> = (0..10_000).map(name).collect();
        assert_eq!(names.len(), 10_000);
    }

    #[test]
    fn sets_are_valid() {
        for state in [State::First, State::Changed] {
            let folder = std::env::temp_dir().join(format!("xtask-synthetic-{state:?}-{}", std::process::id()));
            write(&folder, 700, state).unwrap();
            let checked = xsdgen::check(&[folder.join("part0.xsd"), folder.join("part1.xsd")], &xsdgen::settings::Settings::default());
            assert_eq!(checked.product.map(|read| (read.documents, read.components)), Some((2, 700)), "{:?}", checked.diagnostics);
            std::fs::remove_dir_all(&folder).unwrap();
        }
    }
}
