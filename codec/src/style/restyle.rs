//! Writes a document with a default namespace and with another form of empty elements.

use std::borrow::Cow;

use crate::error::{Error, ErrorKind, Result};
use crate::options::EmptyElements;
use crate::read::{RawAttribute, Token, Tokens, lenient, raw_attributes};
use crate::text::escape;

/// Returns the document with elements of this namespace written without a prefix, and with empty elements in this form.
pub(super) fn restyle(xml: &str, default: Option<&str>, empty: EmptyElements) -> Result<String> {
    let first = pass(xml, default, empty, None)?;
    // A prefix that nothing uses any more is not declared either.
    let unused = default.and_then(|uri| prefix_of(xml, uri).ok().flatten()).filter(|prefix| !first.contains(&format!("{prefix}:")));
    match unused {
        Some(prefix) => pass(xml, default, empty, Some(&prefix)),
        None => Ok(first),
    }
}

/// Returns the prefix of a namespace in the root element.
fn prefix_of(xml: &str, uri: &str) -> Result<Option<String>> {
    let options = lenient();
    let mut tokens = Tokens::new(xml, &options);
    while let Some(token) = tokens.next()? {
        if matches!(token, Token::Start(_)) {
            let prefixes = tokens.declared();
            return Ok(prefixes.into_iter().find(|prefix| !prefix.is_empty() && tokens.namespace(prefix) == uri).map(str::to_owned));
        }
    }
    Ok(None)
}

fn pass(xml: &str, default: Option<&str>, empty: EmptyElements, unused: Option<&str>) -> Result<String> {
    let options = lenient();
    let mut pass = Pass { default, unused, tokens: Tokens::new(xml, &options), out: String::with_capacity(xml.len()), open: Vec::new() };
    pass.out.push_str(prolog(xml));
    let mut pending = false;
    while let Some(token) = pass.tokens.next()? {
        if std::mem::take(&mut pending) {
            if matches!(token, Token::End) {
                pass.end_empty(empty);
                continue;
            }
            pass.out.push('>');
        }
        match token {
            Token::Start(name) => {
                pass.start(name)?;
                pending = true;
                // The form that the writer has chosen is kept.
                if empty == EmptyElements::Usual && !pass.tokens.is_empty() {
                    pass.out.push('>');
                    pending = false;
                }
            }
            Token::End => pass.end(),
            _ => pass.out.push_str(pass.tokens.raw()),
        }
    }
    Ok(pass.out)
}

/// Returns the XML declaration with what follows it up to the first markup.
fn prolog(xml: &str) -> &str {
    let end = xml.strip_prefix("<?xml ").and_then(|rest| rest.find("?>")).map_or(0, |end| end + "<?xml ?>".len());
    let space = xml.get(end..).map_or(0, |rest| rest.len() - rest.trim_start().len());
    xml.get(..end + space).unwrap_or_default()
}

struct Pass<'a> {
    default: Option<&'a str>,
    unused: Option<&'a str>,
    tokens: Tokens<'a>,
    out: String,
    /// The names of the open elements as they are written, each with the default namespace in it.
    open: Vec<(&'a str, String)>,
}

impl<'a> Pass<'a> {
    /// Writes a start tag without its end.
    fn start(&mut self, name: &'a str) -> Result<()> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let uri = self.tokens.namespace(prefix).to_owned();
        let outer = self.open.last().map(|(_, default)| default.clone()).unwrap_or_default();
        let own = self.tokens.declared().contains(&"").then(|| self.tokens.namespace("").to_owned());
        let renamed = own.is_none() && self.default == Some(&*uri);
        let written = if renamed { local } else { name };
        let needed = match (&own, renamed || prefix.is_empty()) {
            (Some(own), _) => own.clone(),
            (None, true) => uri,
            (None, false) => outer.clone(),
        };
        self.out.push('<');
        self.out.push_str(written);
        if own.is_none() && needed != outer {
            self.out.push_str(" xmlns=\"");
            if !escape::attribute(&needed, &mut self.out) {
                return Err(Error::new(ErrorKind::Unwritable, "a namespace with a character that XML does not allow"));
            }
            self.out.push('"');
        }
        let rest = self.tokens.raw().get(1 + name.len()..).unwrap_or_default().trim_end_matches(['/', '>']).trim_end();
        self.out.push_str(&self.without_unused(rest));
        self.open.push((written, needed));
        Ok(())
    }

    /// Returns the attributes of a tag without the declaration of the prefix that is not used any more.
    fn without_unused<'t>(&self, attributes: &'t str) -> Cow<'t, str> {
        let Some(prefix) = self.unused else { return attributes.into() };
        let is_it = |attribute: &RawAttribute<'_>| attribute.name.strip_prefix("xmlns:") == Some(prefix);
        match raw_attributes(attributes).any(|attribute| is_it(&attribute)) {
            true => raw_attributes(attributes).filter(|it| !is_it(it)).flat_map(|it| [" ", it.text]).collect::<String>().into(),
            false => attributes.into(),
        }
    }

    fn end(&mut self) {
        if let Some((name, _)) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    fn end_empty(&mut self, form: EmptyElements) {
        match form {
            EmptyElements::Usual | EmptyElements::Short => self.out.push_str("/>"),
            EmptyElements::Spaced => self.out.push_str(" />"),
            EmptyElements::Long => {
                self.out.push('>');
                return self.end();
            }
        }
        self.open.pop();
    }
}
