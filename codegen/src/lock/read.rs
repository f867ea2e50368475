//! Parses a lock. The names in it are not trusted: each must be an identifier that does not hide another name, and unique in its scope.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::write::{DEPRECATED, FORMAT, NAMESPACE, VERSION};
use super::{Entry, Form, Key, Lock, LockedNamespace, OldName, Role, codes};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceText, Span, Staged};
use crate::keywords;
use crate::model::ComponentPath;
use crate::model::path::{self, unquoted, unquoted_parts};
use crate::reserved;

/// The maximum number of errors that are reported.
const MOST_ERRORS: usize = 20;

/// The maximum length in bytes of the name of a type or module.
const LONGEST_NAME: usize = 200;

/// The remedy for a lock that is not valid.
const RESTORE: &str = "restore the line, or delete it and run `xsdgen generate`";

pub(super) fn parse(text: &str, path: &str) -> Staged<Lock> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader {
        source: Arc::new(SourceText::new(path, text)),
        lock: Lock::default(),
        problems: Diagnostics::new(),
        scopes: BTreeMap::new(),
    };
    reader.read(text);
    let product = (!reader.problems.has_errors()).then_some(reader.lock);
    Staged { product, diagnostics: reader.problems }
}

struct Reader {
    source: Arc<SourceText>,
    lock: Lock,
    problems: Diagnostics,
    /// The names of each scope, with the places where they are given.
    scopes: BTreeMap<(String, String), Span>,
}

impl Reader {
    fn read(&mut self, text: &str) {
        if let Some((at, line)) = lines(text).find(|(_, line)| is_marker(line)) {
            let help = "resolve the conflict: keep one line for each component; or delete the marked lines and run `xsdgen generate`";
            let message = format!("the lock has a conflict marker, `{}`", line.trim_end());
            return self.push(Diagnostic::error(codes::CONFLICT, self.place(&at), message).with_help(help));
        }
        if let Some(problem) = self.format(text) {
            return self.push(problem);
        }
        for (at, line) in lines(text).filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            if self.problems.len() >= MOST_ERRORS {
                break;
            }
            let span = self.place(&at);
            if let Err((code, message)) = self.line(line, &span) {
                self.push(Diagnostic::error(code, span, message).with_help(RESTORE));
            }
        }
    }

    fn push(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    fn place(&self, at: &Range<usize>) -> Span {
        Span::new(self.source.clone(), at.clone())
    }

    /// Returns a problem if the text does not begin with a format that this version reads.
    fn format(&self, text: &str) -> Option<Diagnostic> {
        let (at, first) = lines(text).next().unwrap_or((0..0, ""));
        let version = first.strip_prefix(FORMAT).and_then(|rest| rest.split(':').next()?.parse::<u32>().ok());
        let (message, help) = match version {
            Some(VERSION) => return None,
            Some(newer) if newer > VERSION => {
                (format!("the lock has format {newer}; this version reads format {VERSION}"), "use a newer xsdgen")
            }
            _ => ("the file does not begin like a lock".to_owned(), "restore the file, or remove it and run `xsdgen generate`"),
        };
        Some(Diagnostic::error(codes::BAD_LINE, self.place(&at), message).with_help(help))
    }

    fn line(&mut self, line: &str, span: &Span) -> Result<(), (Code, String)> {
        let bad = |what: &str| (codes::BAD_LINE, format!("the line is not an entry of a lock: {what}"));
        let parts = unquoted_parts(line, ' ');
        let (Some(path), Some(word)) = (parts.first(), parts.get(1)) else { return Err(bad("it has no form")) };
        let rest = line.get(path.len() + word.len() + 2..).filter(|rest| !rest.is_empty()).ok_or_else(|| bad("it has no name"))?;
        if *word == NAMESPACE {
            return self.namespace(path, rest, span);
        }
        let path: ComponentPath = path.parse().map_err(|_| bad(&format!("`{}` is not the path of a component", path.escape_debug())))?;
        if *word == DEPRECATED {
            return self.alias(path, rest, span);
        }
        let form = Form::of(word).ok_or_else(|| bad(&format!("there is no form `{}`", word.escape_debug())))?;
        self.entry(path, form, rest, span)
    }

    fn namespace(&mut self, prefix: &str, rest: &str, span: &Span) -> Result<(), (Code, String)> {
        let bad = || (codes::BAD_LINE, "a namespace has a prefix, a module or `-`, and a URI".to_owned());
        let (module, uri) = rest.split_once(' ').ok_or_else(bad)?;
        let uri = unquoted(uri).ok_or_else(bad)?;
        let own = (prefix == path::NONE) == uri.is_empty();
        if !own || !uri.is_empty() && !reserved::is_prefix(prefix, &uri) {
            return Err((codes::BAD_LOCKED_NAME, format!("`{prefix}` cannot be the prefix of the namespace `{uri}`")));
        }
        let module = (module != "-").then(|| module.to_owned());
        if let Some(name) = &module {
            if let Some(why) = reserved::unfit_module(name) {
                return Err((codes::BAD_LOCKED_NAME, format!("`{name}` cannot be the module of a namespace: it {why}")));
            }
            self.take("modules with a file", &name.to_lowercase(), name, span)?;
        }
        self.take("prefixes", prefix, prefix, span)?;
        if self.lock.namespaces.insert(uri.clone(), LockedNamespace { prefix: prefix.to_owned(), module }).is_some() {
            return Err((codes::TWICE, format!("the namespace `{uri}` is named twice")));
        }
        Ok(())
    }

    fn alias(&mut self, path: ComponentPath, rest: &str, span: &Span) -> Result<(), (Code, String)> {
        let (module, name) = self.named(rest, Role::Type)?;
        self.take(&format!("module `{module}`"), &name, &name, span)?;
        self.lock.aliases.insert(OldName { path, module, name });
        Ok(())
    }

    fn entry(&mut self, path: ComponentPath, form: Form, rest: &str, span: &Span) -> Result<(), (Code, String)> {
        let (rust, ty) = match form {
            Form::Field => rest.split_once(": ").ok_or_else(|| (codes::BAD_LINE, "a field has a name, `: ` and a type".to_owned()))?,
            Form::Variant | Form::Document => match rest.split_once('(') {
                Some((name, ty)) => (name, ty.strip_suffix(')').ok_or_else(|| (codes::BAD_LINE, "the type has no `)`".to_owned()))?),
                None => (rest, ""),
            },
            _ => (rest, ""),
        };
        let role = form.role();
        let (module, name) = self.named(rust, role)?;
        let scope = match role {
            Role::Member if form == Form::Document => "`Document`".to_owned(),
            Role::Member => format!("`{}`", path.parent().ok_or_else(|| (codes::BAD_LINE, "a global component is no member".to_owned()))?),
            Role::Static => format!("statics of `{module}`"),
            Role::Type | Role::Module => format!("module `{module}`"),
        };
        if form != Form::Shared {
            self.take(&scope, name.trim_end_matches('_'), &name, span)?;
        }
        let key = Key::new(path, role);
        if let Some(other) = self.lock.spans.insert(key.clone(), span.clone()) {
            return Err((codes::TWICE, format!("`{}` has the {} of two lines; the other one is {other}", key.path, form.word())));
        }
        self.lock.entries.insert(key, Entry { form, module, name, ty: ty.to_owned() });
        Ok(())
    }

    /// Splits a Rust path into module and name, and checks both.
    fn named(&self, rust: &str, role: Role) -> Result<(String, String), (Code, String)> {
        let (module, name) = rust.rsplit_once("::").unwrap_or(("", rust));
        let wrong = |why: &str| Err((codes::BAD_LOCKED_NAME, format!("`{}` {why}", rust.escape_debug())));
        if role == Role::Member && !module.is_empty() {
            return wrong("is a path, but a field or variant has a single name");
        }
        for part in rust.split("::") {
            let long = role != Role::Member && part.len() > LONGEST_NAME;
            if long || keywords::is_keyword(part) || part.starts_with("r#") || syn::parse_str::<syn::Ident>(part).is_err() {
                return wrong("is not made of Rust identifiers");
            }
        }
        let hides = match role {
            Role::Type => reserved::prelude(name),
            Role::Module => reserved::primitive(name),
            Role::Static | Role::Member => false,
        };
        if hides {
            return wrong("hides a name of the standard library");
        }
        Ok((module.to_owned(), name.to_owned()))
    }

    /// Takes a name in a scope, in which names are distinguished by `folded`.
    fn take(&mut self, scope: &str, folded: &str, name: &str, span: &Span) -> Result<(), (Code, String)> {
        match self.scopes.insert((scope.to_owned(), folded.to_owned()), span.clone()) {
            Some(other) => Err((codes::TWICE, format!("`{name}` is given twice in {scope}; the other place is {other}"))),
            None => Ok(()),
        }
    }
}

/// Returns whether a line is a conflict marker of a version control system.
fn is_marker(line: &str) -> bool {
    ["<<<<<<<", "=======", ">>>>>>>", "|||||||"]
        .iter()
        .any(|sign| line.strip_prefix(sign).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r'])))
}

/// Returns the lines of a text without their ends, each with its place.
fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |whole| {
        let line = whole.trim_end_matches(['\n', '\r']);
        let at = start..start + line.len();
        start += whole.len();
        (at, line)
    })
}
