//! Derives the names of modules from namespace URIs: from the last telling segment of the URI, and from further segments if that name is not unique.
//!
//! The name of a namespace depends on its URI and on URIs that could have the same name, but on no order: a further namespace changes only the names
//! that it shares.

use std::collections::{BTreeMap, BTreeSet};

use super::words;

/// The name of the module for components without namespace.
const NO_NAMESPACE: &str = "no_namespace";

/// Words that tell nothing about a namespace.
const GENERIC: [&str; 21] = [
    "www",
    "xsd",
    "xml",
    "xmlns",
    "ns",
    "namespace",
    "namespaces",
    "schema",
    "schemas",
    "spec",
    "specs",
    "uri",
    "urn",
    "docs",
    "main",
    "latest",
    "stable",
    "master",
    "tree",
    "blob",
    "version",
];

/// Second-level domains that tell nothing, as in `example.co.uk`.
const DOMAINS: [&str; 7] = ["co", "com", "org", "net", "gov", "ac", "edu"];

/// File extensions that are left out.
const EXTENSIONS: [&str; 6] = [".xsd", ".xml", ".dtd", ".wsdl", ".html", ".rng"];

/// The kinds of segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It contains a word that tells something.
    Telling,
    /// A version or another short text that belongs to the telling segment before it: `3.2`, `ver10`, `level2`, `b-2`.
    Version,
    /// A date or a part of one: `2001`, `09`, `20110401`.
    Date,
    /// It consists of generic words.
    Generic,
}

/// A segment of a URI, from the general to the specific.
#[derive(Debug, Clone)]
struct Segment {
    text: String,
    kind: Kind,
}

/// Returns the names of the modules for these namespaces, in the same order: the first of the names that could stand for the namespace which neither
/// is taken nor could stand for another one. If there is none, its last name.
pub(super) fn names(uris: &[&str], taken: &BTreeSet<String>) -> Vec<String> {
    let all: Vec<Vec<String>> = uris.iter().map(|uri| candidates(uri)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in all.iter().flat_map(|names| names.iter().map(String::as_str).collect::<BTreeSet<_>>()) {
        *counts.entry(name).or_default() += 1;
    }
    let unique = |name: &&String| counts.get(name.as_str()) == Some(&1) && !taken.contains(*name);
    all.iter().map(|names| names.iter().find(unique).or(names.last()).cloned().unwrap_or_default()).collect()
}

/// Returns the names that could stand for a namespace, the shortest first: of its last telling segment, of more and more telling segments, with the
/// date, and of all segments.
fn candidates(uri: &str) -> Vec<String> {
    match uri {
        "" => return vec![NO_NAMESPACE.to_owned()],
        crate::schema::XML => return vec!["xml".to_owned()],
        _ => {}
    }
    let segments = with_a_telling_one(segments(uri));
    let texts = |wanted: &dyn Fn(Kind) -> bool| segments.iter().filter(|it| wanted(it.kind)).map(|it| it.text.as_str()).collect::<Vec<_>>();
    let all = snake(&texts(&|_| true));
    let Some(last) = segments.iter().rposition(|it| it.kind == Kind::Telling) else { return vec![all] };
    let (before, after) = segments.split_at(last + 1);
    let telling: Vec<&str> = before.iter().filter(|it| it.kind == Kind::Telling).map(|it| it.text.as_str()).collect();
    let versions: Vec<&str> = after.iter().filter(|it| it.kind == Kind::Version).map(|it| it.text.as_str()).collect();
    let from = |start: usize| [telling.get(start..).unwrap_or_default(), &versions].concat();
    let dates = texts(&|kind| kind == Kind::Date);
    let mut names: Vec<String> = (0..telling.len()).rev().map(|start| snake(&from(start))).collect();
    names.push(snake(&[from(telling.len() - 1), dates].concat()));
    names.push(snake(&texts(&|kind| kind != Kind::Generic)));
    names.push(all);
    names
}

/// Takes short texts for telling segments if there is no other one, as in `urn:a`.
fn with_a_telling_one(mut segments: Vec<Segment>) -> Vec<Segment> {
    if !segments.iter().any(|it| it.kind == Kind::Telling) {
        let short = segments.iter_mut().filter(|it| it.kind == Kind::Version && it.text.contains(char::is_alphabetic));
        short.for_each(|it| it.kind = Kind::Telling);
    }
    segments
}

fn snake(texts: &[&str]) -> String {
    super::names::file(&texts.iter().flat_map(|text| words::split(text)).collect::<Vec<_>>())
}

/// Splits a URI into its segments: the labels of its host from the right to the left, then its path.
fn segments(uri: &str) -> Vec<Segment> {
    let (host, path) = parts(uri);
    let mut labels: Vec<&str> = host.split('.').rev().filter(|label| !label.is_empty()).collect();
    if labels.len() > 1 && labels.first().is_some_and(|label| !is_number(label)) {
        labels.remove(0); // the top-level domain
    }
    let label = |text: &str| {
        let generic = GENERIC.contains(&text.to_ascii_lowercase().as_str()) || DOMAINS.contains(&text) || is_number(text);
        Segment { text: text.to_owned(), kind: if generic { Kind::Generic } else { Kind::Telling } }
    };
    let mut out: Vec<Segment> = labels.into_iter().map(label).collect();
    let mut date = false;
    for text in path.split(['/', ':', '#', '?', '&', '=', ';', ',']).map(str::trim).filter(|text| !text.is_empty()) {
        let text = EXTENSIONS.iter().find_map(|extension| text.strip_suffix(extension)).unwrap_or(text);
        let kind = kind(text, date);
        date = kind == Kind::Date;
        out.push(Segment { text: text.to_owned(), kind });
    }
    out
}

/// Splits a URI into host and path. The scheme is left out, unless it stands directly before a name, as in `jabber:client`.
fn parts(uri: &str) -> (&str, &str) {
    let rest = match uri.split_once("://") {
        Some((_, rest)) => rest,
        None if uri.starts_with("www.") => uri,
        None => return ("", uri.strip_prefix("urn:").unwrap_or(uri)),
    };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    (host.split(':').next().unwrap_or(host), path)
}

/// Returns the kind of a segment; `date` says whether the segment before it is a date or a part of one.
fn kind(text: &str, date: bool) -> Kind {
    if is_date(text) || date && is_number(text) && text.len() <= 2 {
        return Kind::Date;
    }
    let parts: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_lowercase).collect();
    let generic = |part: &String| GENERIC.contains(&part.as_str());
    let version = |part: &String| part.chars().filter(|c| c.is_alphabetic()).count() < 2 || is_version(part);
    match () {
        () if parts.iter().all(generic) => Kind::Generic,
        () if parts.iter().all(version) => Kind::Version,
        () if parts.iter().all(|part| generic(part) || version(part)) => Kind::Generic,
        () => Kind::Telling,
    }
}

/// Returns whether it is a word for a version with its number: `v2`, `ver10`, `level2`.
fn is_version(part: &str) -> bool {
    let word = part.trim_end_matches(|c: char| c.is_ascii_digit());
    word.len() < part.len() && matches!(word, "ver" | "version" | "rev" | "release" | "level")
}

/// Returns whether it is a date: `2001`, `200109`, `20010901`, `2001-09` or `2001-09-01`.
fn is_date(text: &str) -> bool {
    let digits: String = text.split(['-', '.', '_']).collect();
    let year = digits.starts_with("19") || digits.starts_with("20");
    let separate = text.split(['-', '.', '_']).next().is_some_and(|first| first.len() == 4 || first.len() == digits.len());
    year && separate && is_number(&digits) && matches!(digits.len(), 4 | 6 | 8)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(uris: &[&str]) -> Vec<String> {
        names(uris, &BTreeSet::new())
    }

    #[test]
    fn the_last_telling_segment_names_the_module() {
        for (uri, name) in [
            ("", "no_namespace"),
            ("http://example.com/", "example"),
            ("http://www.example.co.uk", "example"),
            ("http://192.0.2.1:8080/orders", "orders"),
            ("urn:t", "t"),
            ("jabber:client", "client"),
            ("DAV:", "dav"),
            ("urn:iso:std:iso:20022:tech:xsd:pain.001.001.09", "pain_001_001_09"),
            ("urn:oasis:names:specification:ubl:schema:xsd:Invoice-2", "invoice_2"),
            ("urn:oasis:names:tc:ciq:xal:3", "xal_3"),
            ("urn:gs1:ecom:ecom_common:xsd:3", "ecom_common_3"),
            ("http://www.w3.org/2000/09/xmldsig#", "xmldsig"),
            ("http://www.w3.org/1999/xhtml", "xhtml"),
            ("http://www.w3.org/1998/Math/MathML", "math_ml"),
            ("http://www.w3.org/2003/05/soap-envelope", "soap_envelope"),
            ("http://schemas.xmlsoap.org/soap/envelope/", "envelope"),
            ("http://schemas.xmlsoap.org/ws/2004/08/addressing", "addressing"),
            ("http://www.opengis.net/gml/3.2", "gml_3_2"),
            ("http://www.opengis.net/citygml/building/3.0", "building_3_0"),
            ("http://earth.google.com/kml/2.1", "kml_2_1"),
            ("http://www.topografix.com/GPX/1/1", "gpx_1_1"),
            ("http://www.sitemaps.org/schemas/sitemap/0.9", "sitemap_0_9"),
            ("http://www.sbml.org/sbml/level2/version5", "sbml_level2_version5"),
            ("http://www.onvif.org/ver10/schema", "onvif_ver10"),
            ("http://uri.etsi.org/01903/v1.3.2#", "etsi_01903_v1_3_2"),
            ("http://docs.oasis-open.org/wsn/b-2", "wsn_b_2"),
            ("http://www.omg.org/spec/ReqIF/20110401/reqif.xsd", "reqif"),
            ("http://www.omg.org/spec/BPMN/20100524/MODEL", "model"),
            ("http://www.opentravel.org/OTA/2003/05", "ota"),
            ("http://xbrl.org/2003/instance", "instance"),
            ("http://datex2.eu/schema/2/2_0", "datex2_2_2_0"),
            ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "spreadsheetml"),
            ("https://hropenstandards.org/schema/xml/", "hropenstandards"),
            ("https://github.com/erasmus-without-paper/ewp-specs-api-registry/tree/stable-v1", "ewp_specs_api_registry"),
            ("www.microsoft.com/SqlServer/Dts", "dts"),
        ] {
            assert_eq!(named(&[uri]), [name], "{uri}");
        }
    }

    #[test]
    fn more_segments_tell_namespaces_apart() {
        let dated = ["http://www.w3.org/2005/08/addressing", "http://schemas.xmlsoap.org/ws/2004/08/addressing"];
        assert_eq!(named(&dated), ["w3_addressing", "ws_addressing"]);
        let office = [
            "http://schemas.openxmlformats.org/package/2006/relationships",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        ];
        assert_eq!(named(&office), ["package_relationships", "office_document_relationships"]);
        let soap = ["http://www.w3.org/2001/12/soap-envelope", "http://www.w3.org/2003/05/soap-envelope"];
        assert_eq!(named(&soap), ["soap_envelope_2001_12", "soap_envelope_2003_05"]);
    }

    #[test]
    fn the_order_is_of_no_importance() {
        let mut uris = ["urn:a:x", "urn:b:x", "urn:x", "urn:a:b:x", "urn:y"];
        let mut before: Vec<_> = uris.into_iter().zip(named(&uris)).collect();
        uris.reverse();
        let mut after: Vec<_> = uris.into_iter().zip(named(&uris)).collect();
        before.sort();
        after.sort();
        assert_eq!(before, after);
    }

    #[test]
    fn a_further_namespace_changes_only_the_names_that_it_shares() {
        let pain = |version: &str| format!("urn:iso:std:iso:20022:tech:xsd:pain.001.001.{version}");
        let (three, eight, nine) = (pain("03"), pain("08"), pain("09"));
        assert_eq!(named(&[&three, &nine]), ["pain_001_001_03", "pain_001_001_09"]);
        assert_eq!(named(&[&three, &eight, &nine]), ["pain_001_001_03", "pain_001_001_08", "pain_001_001_09"]);
        assert_eq!(named(&["urn:a:x", "urn:b:x", "urn:y"]), named(&["urn:a:x", "urn:b:x", "urn:y", "urn:c:x"])[..3]);
    }

    #[test]
    fn a_name_that_is_taken_is_not_used() {
        let taken = BTreeSet::from(["x".to_owned()]);
        assert_eq!(names(&["urn:a:x"], &taken), ["a_x"]);
    }
}
