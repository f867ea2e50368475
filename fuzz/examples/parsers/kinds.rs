//! What three parsers say about a document, and the kinds of differences with their reasons.

use xsdgen_codec::{Canonical, Error, ReadOptions, canonicalize, decode_text};

use crate::libxml2::{self, Said};

/// A kind of difference, with its reason if it is known.
pub struct Kind {
    pub name: String,
    pub reason: Option<&'static str>,
}

/// What the parsers say about one document.
pub struct Verdicts {
    ours: Result<String, Error>,
    libxml2: Result<Said, (i32, String)>,
    roxmltree: Result<String, String>,
}

fn ours(xml: &[u8]) -> Result<String, Error> {
    let text = decode_text(xml, &ReadOptions::strict())?;
    // The byte order mark is gone, so that another one would be a character before the root element.
    canonicalize(&format!("\u{FEFF}{text}"), &Canonical::inclusive().comments(true))
}

/// Returns what roxmltree reads: names with their namespaces, attributes, texts, comments and instructions. If the document has a document type
/// declaration, comments and instructions outside of the root element are left out, because roxmltree also returns those in the declaration.
fn shown(xml: &str, inside: bool) -> Result<String, String> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(xml, options).map_err(|error| error.to_string())?;
    let mut out = String::new();
    let mut in_text = false;
    for node in document.descendants() {
        let is_text = node.is_text();
        let outside = node.parent().is_none_or(|parent| parent.is_root()) && !node.is_element();
        if is_text && node.text() == Some("") || inside && outside {
            continue;
        }
        if !is_text || !in_text {
            out.push('\n');
        }
        in_text = is_text;
        if node.is_element() {
            // A start tag and the number of children fix the tree.
            let mut attributes: Vec<String> =
                node.attributes().map(|it| format!("{:?}{:?}={:?}", it.namespace().unwrap_or_default(), it.name(), it.value())).collect();
            attributes.sort();
            let elements = node.children().filter(|child| child.is_element()).count();
            let (uri, name) = (node.tag_name().namespace().unwrap_or_default(), node.tag_name().name());
            out.push_str(&format!("<{uri:?} {name} {attributes:?} {elements}>"));
        } else if let Some(pi) = node.pi() {
            out.push_str(&format!("?{} {:?}", pi.target, pi.value));
        } else if is_text {
            out.push_str(node.text().unwrap_or_default());
        } else {
            out.push_str(&format!("!{:?}", node.text()));
        }
    }
    Ok(out)
}

impl Verdicts {
    pub fn of(xml: &[u8]) -> Self {
        let text = std::str::from_utf8(xml).map_err(|error| error.to_string());
        Self { ours: ours(xml), libxml2: libxml2::read(xml), roxmltree: text.and_then(|text| shown(text, text.contains("<!DOCTYPE"))) }
    }

    pub fn accepted(&self) -> [bool; 3] {
        [self.ours.is_ok(), self.libxml2.is_ok(), self.roxmltree.is_ok()]
    }

    /// Returns the differences between the codec and each of the others.
    pub fn differences(&self, xml: &[u8]) -> Vec<Kind> {
        let text = String::from_utf8_lossy(xml);
        let mut kinds = Vec::new();
        match (&self.ours, &self.libxml2) {
            (Ok(ours), Ok(Said::Form(theirs))) if ours.as_bytes() != theirs => {
                kinds.push(Kind::of("libxml2", "reads something else", "", &text))
            }
            (Ok(_), Err((code, message))) => kinds.push(Kind::of("libxml2", "refuses", &format!("{code} {message}"), &text)),
            (Err(error), Ok(_)) => kinds.push(Kind::of("libxml2", "accepts", &kind_of(error), &text)),
            _ => {}
        }
        match (&self.ours, &self.roxmltree) {
            (Ok(ours), Ok(theirs)) if shown(ours, text.contains("<!DOCTYPE")).as_ref() != Ok(theirs) => {
                kinds.push(Kind::of("roxmltree", "reads something else", "", &text));
            }
            (Ok(_), Err(message)) => kinds.push(Kind::of("roxmltree", "refuses", message, &text)),
            (Err(error), Ok(_)) => kinds.push(Kind::of("roxmltree", "accepts", &kind_of(error), &text)),
            _ => {}
        }
        kinds
    }
}

fn kind_of(error: &Error) -> String {
    format!("{:?}: {}", error.kind(), error.message())
}

/// Returns a message without names, numbers and places.
fn general(message: &str) -> String {
    let mut out = String::new();
    let (mut quote, mut number) = (false, false);
    for c in message.chars() {
        match c {
            '`' | '\'' | '"' => quote = !quote,
            _ if quote => continue,
            '0'..='9' if number => continue,
            _ => {}
        }
        number = c.is_ascii_digit();
        out.push(if number { '0' } else { c });
    }
    out.chars().take(70).collect()
}

/// The known kinds: the parser, what it does, a part of the message of the one that refuses, and the reason.
const KNOWN: &[(&str, &str, &str, &str)] = &[
    ("libxml2", "accepts", "Doctype: ", REFUSED_ENTITIES),
    ("libxml2", "accepts", "is unknown; the feature", "libxml2 asks iconv, which knows more names of encodings"),
    ("libxml2", "accepts", "are not text in UTF-16", "libxml2 ignores half a character of UTF-16 at the end"),
    (
        "libxml2",
        "accepts",
        "the XML declaration is wrong",
        "libxml2 accepts the versions `1.` and others that begin with a digit and a point",
    ),
    (
        "libxml2",
        "accepts",
        "the character U+0000 is not allowed",
        "libxml2 takes a zero byte behind the root element for the end of the document",
    ),
    ("libxml2", "accepts", "is not UTF-8 there", "libxml2 takes a zero byte behind the root element for the end of the document"),
    ("libxml2", "accepts", "white space is expected", "libxml2 requires no white space before the name in a document type declaration"),
    ("libxml2", "accepts", "the document goes on after its root element", BEHIND),
    ("libxml2", "accepts", "are not text in US-ASCII", BEHIND),
    ("libxml2", "accepts", "is not XML", "libxml2 takes an internal subset also behind the end of the document type declaration"),
    ("libxml2", "accepts", "is not a qualified name", COLONS),
    ("libxml2", "accepts", "is not the name of a notation", COLONS),
    (
        "libxml2",
        "accepts",
        "control characters of ISO-8859-1",
        "the codec refuses the bytes 80 to 9F in ISO-8859-1, because most documents with them are in windows-1252",
    ),
    ("libxml2", "refuses", "99 xmlns", "libxml2 checks that namespace names are URI references, which the recommendation does not ask for"),
    ("libxml2", "refuses", "invalid default value", VALIDITY),
    ("libxml2", "refuses", "Redefinition of element", VALIDITY),
    ("libxml2", "refuses", "already defined", VALIDITY),
    ("libxml2", "refuses", "ID attributes defined", VALIDITY),
    ("roxmltree", "accepts", "Doctype: ", REFUSED_ENTITIES),
    ("roxmltree", "accepts", "is not a target of a processing instruction", "roxmltree takes any text for the target of an instruction"),
    ("roxmltree", "accepts", "the XML declaration is wrong", "roxmltree does not look at version, encoding and standalone"),
    ("roxmltree", "accepts", "a public identifier may contain only", "roxmltree does not check public identifiers"),
    ("roxmltree", "accepts", "is not a character of XML", "roxmltree replaces a reference to a surrogate by U+FFFD"),
    ("roxmltree", "accepts", "the attribute  occurs twice", "roxmltree accepts two declarations of the default namespace"),
    ("roxmltree", "accepts", "cannot be declared so", "roxmltree accepts declarations of `xmlns`, and of a prefix for no namespace"),
    ("roxmltree", "accepts", "is not a qualified name", "roxmltree accepts names that begin with a colon"),
    ("roxmltree", "accepts", "Prefix: ", XMLNS),
    ("roxmltree", "accepts", "</:", "roxmltree accepts names that begin with a colon"),
    ("roxmltree", "accepts", "Encoding: ", "roxmltree does not look at the declared encoding"),
    ("roxmltree", "refuses", "an unknown namespace prefix 'xml'", "roxmltree refuses an element with the prefix `xml`"),
    ("roxmltree", "refuses", "invalid utf-8 sequence", "roxmltree reads UTF-8 only"),
];

/// What is known about documents with a document type declaration, whatever the message is.
const IN_SUBSET: &[(&str, &str, &str)] = &[
    ("libxml2", "refuses", "libxml2 gives attributes the defaults of the declarations, whose prefixes may not be declared"),
    ("roxmltree", "accepts", "roxmltree skips the declarations of an internal subset without a look at them"),
    ("roxmltree", "refuses", "roxmltree skips a declaration up to the first `>`, also if that is in a literal or a comment"),
];

const REFUSED_ENTITIES: &str = "the codec refuses declarations of entities and references to parameter entities";
const BEHIND: &str = "libxml2 takes a character behind the root element that the encoding does not have for the end of the document";
const COLONS: &str = "libxml2 does not check where the names in a document type declaration have colons";
const XMLNS: &str = "roxmltree takes an attribute with the local name `xmlns` for a declaration, whatever its prefix is";
const VALIDITY: &str = "libxml2 reports some violations of validity constraints without being asked to validate";
const ATTRIBUTE_LISTS: &str =
    "the codec applies no attribute list: it gives no attribute its default, and does not normalise values by declared types";

impl Kind {
    /// Returns a kind. If its reason is known, the message is left out of its name.
    fn of(parser: &str, does: &str, about: &str, xml: &str) -> Self {
        let known = KNOWN.iter().find(|(by, what, part, _)| parser == *by && does == *what && about.contains(part));
        let subset = || IN_SUBSET.iter().find(|(by, what, _)| xml.contains("<!DOCTYPE") && parser == *by && does == *what);
        let reads = || if does == "reads something else" { different(parser, xml) } else { None };
        match known.map(|(.., reason)| *reason).or_else(|| subset().map(|(.., reason)| *reason)).or_else(reads) {
            Some(reason) => Self { name: format!("{parser} {does}: {reason}"), reason: Some(reason) },
            None => Self { name: format!("{parser} {does}: {}", general(about)), reason: None },
        }
    }
}

/// Returns the reason for which a parser reads something else, if the document has what causes it.
fn different(parser: &str, xml: &str) -> Option<&'static str> {
    let has = |text: &str| xml.contains(text);
    match parser {
        "libxml2" if has("<!ATTLIST") => Some(ATTRIBUTE_LISTS),
        "libxml2" if has("&amp;") && has("xmlns") => Some("libxml2 writes an `&` in a namespace name without a reference"),
        "roxmltree" if has("\r") && (has("<?") || has("<!--")) => Some("roxmltree keeps carriage returns in instructions and comments"),
        "roxmltree" if has("\r") && has("&") => Some("roxmltree makes no line feed of a carriage return beside a reference"),
        "roxmltree" if has(":xmlns=") => Some(XMLNS),
        "roxmltree" if has("<?xml\t") || has("<?xml\n") || has("<?xml\r") => {
            Some("roxmltree takes an XML declaration with a tab or a line end after `xml` for an instruction")
        }
        _ => None,
    }
}
