//! Reports each document that an include or import names and that was not read, together with the components that are missing as a result.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::nearest::nearest;
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::missing::{self, Missing};
use crate::schema::{self, LinkKind};
use crate::source;

/// A document that was not read.
#[derive(Debug, Clone)]
pub(super) struct Unread {
    /// The namespace in which the document would declare components.
    pub(super) namespace: Arc<str>,
    /// The location as written.
    pub(super) location: String,
    /// The span of the include or import.
    pub(super) span: Span,
    /// The kind of the link: include or import.
    pub(super) link: Link,
    /// The reason why the document was not read.
    pub(super) why: Why,
}

impl Unread {
    pub(super) fn new(namespace: &Arc<str>, location: &str, link: &schema::Link, why: Why) -> Self {
        let kind = if matches!(link.kind, LinkKind::Import(_)) { Link::Import } else { Link::Include };
        Unread { namespace: namespace.clone(), location: location.to_owned(), span: link.span.clone(), link: kind, why }
    }
}

/// The kind of the link that names a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    Import,
    Include,
}

/// The reason why a document was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Why {
    /// The location is on a network.
    Remote,
    /// Schemas must not refer to the file, whether it exists or not.
    Outside,
    /// There is no such file.
    Absent,
    /// The file cannot be read; the string is the error.
    Unreadable(String),
}

impl Why {
    pub(super) fn of(reason: String) -> Self {
        if reason == source::NOT_FOUND { Why::Absent } else { Why::Unreadable(reason) }
    }

    pub(super) fn words(&self) -> &str {
        match self {
            Why::Remote => REMOTE,
            Why::Outside => "it is outside of the folder of the schemas",
            Why::Absent => source::NOT_FOUND,
            Why::Unreadable(reason) => reason,
        }
    }
}

/// The reason for not reading a document whose location is on a network.
const REMOTE: &str = "nothing is fetched from a network";

/// Returns one diagnostic for each document that was not read, with the missing components that are used from it.
///
/// A local file that does not exist is an error, unless `allowed` is set. A network location is a warning, because nothing is fetched.
pub(super) fn report(unread: &[Unread], missing: &BTreeMap<Arc<str>, Missing>, allowed: bool) -> Vec<Diagnostic> {
    let mut documents: BTreeMap<(&Arc<str>, &str, Link), Vec<&Unread>> = BTreeMap::new();
    for one in unread {
        documents.entry((&one.namespace, file_name(&one.location), one.link)).or_default().push(one);
    }
    let mut found = Vec::new();
    let mut told: Vec<&Arc<str>> = Vec::new();
    for ((namespace, ..), mut places) in documents {
        places.sort_by(|a, b| a.span.cmp(&b.span));
        let Some((first, others)) = places.split_first() else { continue };
        let absent = missing.get(namespace).filter(|_| !told.contains(&namespace));
        if absent.is_some() {
            told.push(namespace);
        }
        found.push(document(first, others.len(), absent, allowed));
    }
    found.sort_by(|a, b| a.span.cmp(&b.span));
    found
}

/// Returns the last segment of a path or a URI.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn document(unread: &Unread, others: usize, missing: Option<&Missing>, allowed: bool) -> Diagnostic {
    let (location, namespace) = (&unread.location, shown(&unread.namespace));
    let severe = !allowed && unread.why != Why::Remote;
    let (code, what) = match unread.link {
        Link::Import => (codes::X0005, format!("cannot import `{location}` for {namespace}")),
        Link::Include => (codes::X0006, format!("cannot include `{location}`")),
    };
    let code = if unread.why == Why::Outside { codes::X0009 } else { code };
    let code = if missing.is_some() && !severe { codes::X0008 } else { code };
    let mut message = format!("{what}: {}", unread.why.words());
    if let Some(missing) = missing {
        message.push_str(&format!("; used and declared nowhere: {}", missing::listed(missing)));
    }
    match others {
        0 => {}
        1 => message.push_str("; another document names it too"),
        n => message.push_str(&format!("; {n} more documents name it")),
    }
    if code == codes::X0008 {
        message.push_str(": any XML or text is kept for that");
    }
    let severity = if severe { Severity::Error } else { Severity::Warning };
    let problem = Diagnostic::new(severity, code, unread.span.clone(), message);
    let problem = if code.rule.is_empty() { problem } else { problem.violating(code.rule) }.on("schemaLocation");
    let used = missing.and_then(missing::first_use).into_iter();
    let problem = used.fold(problem, |problem, span| problem.with_related(span.clone(), "the first use"));
    problem.with_help(help(unread, severe))
}

fn help(unread: &Unread, severe: bool) -> String {
    let help = place_help(unread.span.path(), &unread.location, "schemaLocation", &unread.why);
    match severe {
        true if unread.why != Why::Outside => help + "; `--allow missing` keeps any XML or text for what it would declare",
        _ => help,
    }
}

/// Returns the help text for the location of a document that was not read, which is the value of this attribute.
pub(super) fn place_help(document: &str, location: &str, attribute: &str, why: &Why) -> String {
    match why {
        Why::Remote => "name a local copy of it together with the other schemas, give `--location WHAT=FILE`, or run `xsdgen fetch`".to_owned(),
        Why::Outside => {
            "give it together with the other schemas, or with `--location WHAT=FILE`; `--allow outside`, or `outside` in `allow` of `xsdgen.toml`, \
             reads such documents"
                .to_owned()
        }
        Why::Absent if let Some(near) = nearest(document, location) => format!("there is `{near}`: write `{attribute}=\"{near}\"`"),
        Why::Absent | Why::Unreadable(_) => {
            "the location is relative to the document it stands in: correct it, put a copy there, or give `--location WHAT=FILE`".to_owned()
        }
    }
}

fn shown(namespace: &str) -> String {
    if namespace.is_empty() { "no namespace".to_owned() } else { format!("the namespace `{namespace}`") }
}
