//! Reads the captured messages from the folder named by the environment variable `WEBEX_TRAFFIC`, which contains
//! `NNN_service_Operation_req_*.xml` and `..._resp_*.xml`, also in subfolders. It returns the messages as they were sent, with valid values
//! instead of the placeholders of templates, and whether they are well-formed. It also finds the operation that an `xsi:type` names, and
//! converts a message to the other form of that name.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::ops::Range;
use std::path::{Path, PathBuf};

use webex_xml_types::OPERATIONS;
use xsdgen_codec::OperationInfo;

/// The namespace of `xsi:type`.
pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Operations of later releases, or of the internal web pages of the service.
pub(crate) const LATER: [&str; 2] = ["GetSiteAdminNavUrl", "FlushWebCache"];

/// A message.
#[derive(Debug, Clone)]
pub(crate) struct Captured {
    /// The name of the file, for reports.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Returns the messages with `_req_` or `_resp_` in their names.
pub(crate) fn messages(kind: &str) -> Vec<Captured> {
    let folder = PathBuf::from(std::env::var_os("WEBEX_TRAFFIC").expect("WEBEX_TRAFFIC names a folder of captured messages"));
    let mut files = Vec::new();
    collect(&folder, &mut files);
    files.retain(|path| {
        path.extension().is_some_and(|end| end == "xml") && path.file_name().is_some_and(|name| name.to_string_lossy().contains(kind))
    });
    files.sort();
    assert!(!files.is_empty(), "no file with {kind} in its name in {}", folder.display());
    let read = |path: &PathBuf| Captured {
        name: path.strip_prefix(&folder).unwrap_or(path).display().to_string(),
        text: filled(&sent(&std::fs::read(path).expect("a readable file"))),
    };
    files.iter().map(read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}

/// Returns the text of a message, without the head of an HTTP response before it.
fn sent(bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect());
    let text = text.replace("\r\n", "\n");
    let text = match text.split_once("\n\n") {
        Some((head, body)) if head.starts_with("HTTP/") => body,
        _ => &text,
    };
    if text.is_ascii() { text.to_owned() } else { in_utf8(text) }
}

/// Returns the message with an XML declaration that names UTF-8, its current encoding.
fn in_utf8(text: &str) -> String {
    let declared = |text: &str| {
        let head = text.get(..text.find("?>")?)?;
        let from = head.find("encoding=")? + "encoding='".len();
        Some((from, from + head[from..].find(['"', '\''])?))
    };
    match declared(text) {
        Some((from, to)) => format!("{}UTF-8{}", &text[..from], &text[to..]),
        None => text.to_owned(),
    }
}

/// Replaces each `{name}`, `{{name}}`, `${name}` and `%NAME%` by a valid value: a date if the name of the element suggests one, otherwise
/// `1`, which is a text, a number and a boolean.
pub(crate) fn filled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, end)) = placeholder(rest) {
        out.push_str(&rest[..at]);
        let element = out.rsplit('<').next().unwrap_or_default().split(['>', ' ']).next().unwrap_or_default().to_lowercase();
        let date = ["date", "datestart", "dateend", "timestart", "timeend"].iter().any(|end| element.ends_with(end));
        out.push_str(if date { "01/02/2015 03:04:05" } else { "1" });
        rest = &rest[end..];
    }
    out + rest
}

/// Returns the range of the first placeholder.
fn placeholder(text: &str) -> Option<(usize, usize)> {
    text.char_indices().find_map(|(at, c)| {
        let rest = &text[at..];
        let open = rest.trim_start_matches('$').trim_start_matches('{');
        let braces = rest.len() - open.len();
        match c {
            '{' | '$' if rest[..braces].ends_with('{') => {
                let name = open.split_once('}')?.0;
                let closed = open[name.len()..].trim_start_matches('}');
                (!name.contains(['<', '>', '\n'])).then_some((at, text.len() - closed.len()))
            }
            '%' => {
                let name = rest[1..].split_once('%')?.0;
                let plain = name.len() > 2 && name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
                plain.then_some((at, at + name.len() + 2))
            }
            _ => None,
        }
    })
}

/// A message that is well-formed, except that it may use undeclared prefixes.
#[derive(Debug)]
pub(crate) struct WellFormed {
    /// The message with all prefixes declared.
    pub(crate) declared: String,
    /// The position and the length of the added declarations.
    added: (usize, usize),
}

impl WellFormed {
    /// Returns `None` if an independent parser reports that the message is not well-formed.
    pub(crate) fn of(text: &str) -> Option<Self> {
        // The XML declaration, and blank lines before it that some clients send, are replaced by spaces, so that all positions stay the
        // same.
        let head = if text.trim_start().starts_with("<?xml") { text.find("?>")? + 2 } else { 0 };
        let text = " ".repeat(head) + &text[head..];
        let root = text.match_indices('<').find(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()))?.0;
        let name = text[root..].find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
        let declarations = undeclared(&text);
        let (before, after) = text.split_at(root + name);
        let declared = format!("{before}{declarations}{after}");
        roxmltree::Document::parse(&declared).ok()?;
        Some(Self { added: (before.len(), declarations.len()), declared })
    }

    pub(crate) fn document(&self) -> roxmltree::Document<'_> {
        roxmltree::Document::parse(&self.declared).expect("it is well-formed")
    }

    /// Returns the position in the message as it was sent.
    pub(crate) fn place(&self, at: usize) -> usize {
        if at >= self.added.0 + self.added.1 { at - self.added.1 } else { at.min(self.added.0) }
    }
}

/// Returns declarations of the prefixes that are used but not declared.
fn undeclared(text: &str) -> String {
    let names = text.split(|c: char| c.is_whitespace() || "<>/=\"'".contains(c));
    let plain = |prefix: &str| {
        prefix.starts_with(|c: char| c.is_ascii_alphabetic()) && prefix.chars().all(char::is_alphanumeric) && !prefix.starts_with("xml")
    };
    let mut prefixes: Vec<&str> = names.filter_map(|name| Some(name.split_once(':')?.0)).filter(|prefix| plain(prefix)).collect();
    prefixes.sort_unstable();
    prefixes.dedup();
    let missing = prefixes.into_iter().filter(|prefix| !text.contains(&format!("xmlns:{prefix}=")));
    let uri = |prefix: &str| if prefix == "xsi" { XSI.to_owned() } else { format!("urn:undeclared:{prefix}") };
    missing.map(|prefix| format!(" xmlns:{prefix}=\"{}\"", uri(prefix))).collect()
}

/// Returns the `xsi:type` of each bodyContent without surrounding white space, and its position in the message.
pub(crate) fn told(message: &WellFormed) -> Vec<(String, Range<usize>)> {
    let document = message.document();
    let contents = document.descendants().filter(|node| node.tag_name().name() == "bodyContent");
    let types = contents.filter_map(|node| node.attributes().find(|attribute| attribute.name() == "type"));
    let placed = types.map(|attribute| {
        let Range { start, end } = attribute.range_value();
        (attribute.value().trim().to_owned(), message.place(start)..message.place(end))
    });
    placed.collect()
}

/// Returns the last part of an `xsi:type`: `GetUser` for `java:com.webex.service.binding.user.GetUser`, `getUser` for `use:getUser`.
pub(crate) fn last_part(told: &str) -> &str {
    told.rsplit([':', '.']).next().unwrap_or_default()
}

/// Returns the operation with this `java:` name or schema name, in the same letter case.
pub(crate) fn operation(told: &str) -> Option<&'static OperationInfo> {
    let is_it = |operation: &&OperationInfo| match told.starts_with("java:") {
        true => operation.wire_type == told,
        false => operation.name == last_part(told),
    };
    OPERATIONS.iter().find(is_it)
}

/// Replaces the name of the operation in this `xsi:type` by its other form. The prefix of a schema name is declared after it.
pub(crate) fn by_other_name(text: &str, (told, at): &(String, Range<usize>), operation: &OperationInfo) -> String {
    let quote = text[at.end..].chars().next().unwrap_or('"');
    let name = match told.starts_with("java:") {
        true => format!("other:{}{quote} xmlns:other={quote}{}", operation.name, operation.namespace()),
        false => operation.wire_type.to_owned(),
    };
    format!("{}{name}{}", &text[..at.start], &text[at.end..])
}
