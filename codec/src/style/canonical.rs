//! The canonical form of a document, as signatures need it: Canonical XML 1.0 and Exclusive XML Canonicalization 1.0, both of the World Wide
//! Web Consortium, with and without comments.

use std::collections::HashMap;

use crate::error::Result;
use crate::options::ReadOptions;
use crate::read::{Reader, Token, TokenAttribute, Tokens};
use crate::schema::NO_SCHEMA;
use crate::text::decode::decode;
use crate::text::place::locate;

/// A canonical form.
///
/// # Example
/// ```
/// use xsdgen_codec::{Canonical, canonicalize};
/// let xml = "<a z='1' b='2' xmlns='urn:a'><!-- c --><b/></a>";
/// assert_eq!(canonicalize(xml, &Canonical::inclusive())?, r#"<a xmlns="urn:a" b="2" z="1"><b></b></a>"#);
/// # Ok::<(), xsdgen_codec::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canonical {
    exclusive: bool,
    comments: bool,
    prefixes: Vec<String>,
}

impl Canonical {
    /// Returns Canonical XML 1.0 without comments: `http://www.w3.org/TR/2001/REC-xml-c14n-20010315`.
    #[must_use]
    pub fn inclusive() -> Self {
        Self { exclusive: false, comments: false, prefixes: Vec::new() }
    }

    /// Returns Exclusive XML Canonicalization 1.0 without comments: `http://www.w3.org/2001/10/xml-exc-c14n#`.
    #[must_use]
    pub fn exclusive() -> Self {
        Self { exclusive: true, ..Self::inclusive() }
    }

    /// Sets whether comments are kept; the default is not.
    #[must_use]
    pub fn comments(mut self, kept: bool) -> Self {
        self.comments = kept;
        self
    }

    /// Sets the prefixes that the exclusive form treats like the inclusive form (`InclusiveNamespaces PrefixList`). The empty prefix stands
    /// for the default namespace.
    #[must_use]
    pub fn inclusive_prefixes<P: Into<String>>(mut self, prefixes: impl IntoIterator<Item = P>) -> Self {
        self.prefixes = prefixes.into_iter().map(Into::into).collect();
        self
    }
}

/// Returns the canonical form of a document. A document type declaration is left out, and the attribute defaults in it are not applied.
///
/// # Errors
/// Fails if the document is not well-formed.
pub fn canonicalize(xml: &str, form: &Canonical) -> Result<String> {
    let options = ReadOptions::strict().max_attributes(usize::MAX).max_prefixes(usize::MAX);
    let decoded = decode(xml.as_bytes(), &ReadOptions::strict().max_bytes(usize::MAX).charset("UTF-8"))?;
    Reader::new(&decoded.text, decoded.has_section_end, &NO_SCHEMA, &options)
        .well_formed()
        .map_err(|error| locate(error, &decoded.text))?;
    let mut out = Output {
        form,
        tokens: Tokens::new(&decoded.text, &options),
        out: String::new(),
        names: Vec::new(),
        rendered: Vec::new(),
        bound: HashMap::new(),
        seen: false,
    };
    match out.document() {
        Ok(()) => Ok(out.out),
        Err(error) => Err(locate(error, &decoded.text)),
    }
}

struct Output<'a> {
    form: &'a Canonical,
    tokens: Tokens<'a>,
    out: String,
    /// The open elements, each with the number of declarations before it.
    names: Vec<(&'a str, usize)>,
    /// The prefixes that the open elements declare in the output.
    rendered: Vec<String>,
    /// The namespaces of each of these prefixes, outermost first.
    bound: HashMap<String, Vec<String>>,
    /// Whether the root element has begun.
    seen: bool,
}

impl<'a> Output<'a> {
    fn document(&mut self) -> Result<()> {
        while let Some(token) = self.tokens.next()? {
            match token {
                Token::Start(name) => self.start(name)?,
                Token::End => self.end(),
                Token::Text(text) => escape(&text, false, &mut self.out),
                Token::Comment(comment) if self.form.comments => self.aside(&format!("<!--{comment}-->")),
                Token::Comment(_) => {}
                Token::Instruction(inner) => {
                    let (target, data) = inner.split_once([' ', '\t', '\n', '\r']).unwrap_or((inner, ""));
                    let data = data.trim_start_matches([' ', '\t', '\n', '\r']);
                    let space = if data.is_empty() { "" } else { " " };
                    self.aside(&format!("<?{target}{space}{data}?>"));
                }
            }
        }
        Ok(())
    }

    /// Writes a comment or a processing instruction; outside of the root element, on a line of its own.
    fn aside(&mut self, text: &str) {
        let outside = self.names.is_empty();
        if outside && self.seen {
            self.out.push('\n');
        }
        self.out.push_str(text);
        if outside && !self.seen {
            self.out.push('\n');
        }
    }

    fn start(&mut self, name: &'a str) -> Result<()> {
        self.seen = true;
        let mut attributes = self.tokens.attributes()?;
        attributes.sort();
        self.names.push((name, self.rendered.len()));
        self.out.push('<');
        self.out.push_str(name);
        for prefix in self.wanted(name, &attributes) {
            self.declare(&prefix);
        }
        for attribute in &attributes {
            self.out.push(' ');
            if !attribute.prefix.is_empty() {
                self.out.push_str(attribute.prefix);
                self.out.push(':');
            }
            self.out.push_str(attribute.local);
            self.out.push_str("=\"");
            escape(&attribute.value, true, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
        Ok(())
    }

    fn end(&mut self) {
        let Some((name, mark)) = self.names.pop() else { return };
        for prefix in self.rendered.drain(mark..) {
            if let Some(bound) = self.bound.get_mut(&prefix) {
                bound.pop();
            }
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Returns the prefixes that the start tag may have to declare, in order.
    fn wanted(&self, name: &str, attributes: &[TokenAttribute<'_>]) -> Vec<String> {
        let mut prefixes: Vec<String> = match self.form.exclusive {
            false => self.tokens.declared().into_iter().map(str::to_owned).collect(),
            true => {
                let own = name.split_once(':').map_or("", |(prefix, _)| prefix);
                let used = attributes.iter().map(|attribute| attribute.prefix).filter(|prefix| !prefix.is_empty());
                let listed = self.form.prefixes.iter().map(String::as_str);
                used.chain([own]).chain(listed).map(str::to_owned).collect()
            }
        };
        prefixes.sort_unstable();
        prefixes.dedup();
        prefixes
    }

    /// Declares a prefix, unless an enclosing element does so in the output.
    fn declare(&mut self, prefix: &str) {
        let uri = self.tokens.namespace(prefix);
        let known = self.bound.get(prefix).and_then(|bound| bound.last()).map_or("", String::as_str);
        if prefix == "xml" || known == uri {
            return;
        }
        let uri = uri.to_owned();
        self.out.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
        self.out.push_str(prefix);
        self.out.push_str("=\"");
        escape(&uri, true, &mut self.out);
        self.out.push('"');
        self.rendered.push(prefix.to_owned());
        self.bound.entry(prefix.to_owned()).or_default().push(uri);
    }
}

/// Appends a text or the value of an attribute with the references of the canonical form.
fn escape(text: &str, attribute: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' if !attribute => out.push_str("&gt;"),
            '"' if attribute => out.push_str("&quot;"),
            '\t' if attribute => out.push_str("&#x9;"),
            '\n' if attribute => out.push_str("&#xA;"),
            '\r' => out.push_str("&#xD;"),
            _ => out.push(c),
        }
    }
}
