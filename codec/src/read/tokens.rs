//! Reads a document as a series of tokens, without a schema, for what changes the spelling of documents: the canonical form, the empty-element
//! form, and content that is put back.

use std::borrow::Cow;

use super::reader::Reader;
use super::tag::Tag;
use crate::any::NamespaceName;
use crate::error::{Error, Result};
use crate::options::ReadOptions;
use crate::schema::NO_SCHEMA;

/// A token of a document.
#[derive(Debug)]
pub(crate) enum Token<'a> {
    /// A start tag, or an empty-element tag, which an `End` follows.
    Start(&'a str),
    /// The end of the element that was opened last.
    End,
    /// A text, with its references resolved.
    Text(Cow<'a, str>),
    Comment(&'a str),
    /// The content of a processing instruction.
    Instruction(&'a str),
}

/// An attribute of the start tag that was read last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TokenAttribute<'a> {
    /// The namespace; empty if there is none.
    pub(crate) uri: NamespaceName,
    pub(crate) local: &'a str,
    pub(crate) prefix: &'a str,
    pub(crate) value: String,
}

/// The tokens of a well-formed document whose line ends are line feeds.
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    reader: Reader<'a>,
    open: Vec<Tag>,
    /// Whether the tag that was read last was an empty-element tag.
    ends: bool,
    /// The range of the token that was read last.
    from: usize,
}

/// The options for tokens of a document that was read or written: prefixes may be undeclared, and an `&` may start no reference.
pub(crate) fn lenient() -> ReadOptions {
    ReadOptions::tolerant().undeclared_prefixes(true).max_attributes(usize::MAX).max_prefixes(usize::MAX)
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(text: &'a str, options: &'a ReadOptions) -> Self {
        let mut reader = Reader::new(text, false, &NO_SCHEMA, options);
        let is_declaration = text.starts_with("<?xml") && text.get(5..).is_some_and(|rest| rest.starts_with([' ', '\t', '\n', '\r']));
        if is_declaration {
            reader.at = text.find("?>").map_or(0, |end| end + 2);
        }
        Self { reader, open: Vec::new(), ends: false, from: 0 }
    }

    /// Returns the next token; `None` at the end of the document.
    pub(crate) fn next(&mut self) -> Result<Option<Token<'a>>> {
        self.from = self.reader.at;
        if std::mem::take(&mut self.ends) {
            return self.close().map(Some);
        }
        let rest = self.reader.rest();
        if !rest.starts_with('<') {
            return self.text();
        }
        if let Some(section) = rest.strip_prefix("<![CDATA[").filter(|_| !self.open.is_empty()) {
            let len = section.find("]]>").ok_or_else(|| self.reader.cut())?;
            self.reader.at += len + "<![CDATA[]]>".len();
            return Ok(Some(Token::Text(Cow::Borrowed(section.get(..len).unwrap_or_default()))));
        }
        if rest.starts_with("<!--") {
            self.reader.comment()?;
            return Ok(Some(Token::Comment(self.inner(4, 3))));
        }
        if rest.starts_with("<?") {
            self.reader.instruction()?;
            return Ok(Some(Token::Instruction(self.inner(2, 2))));
        }
        if rest.starts_with("<!") {
            self.reader.doctype()?;
            return self.next();
        }
        if rest.starts_with("</") {
            let Some(tag) = self.open.last().copied() else { return Err(Error::syntax(self.from, "this end tag closes nothing")) };
            self.reader.end_tag(&tag)?;
            return self.close().map(Some);
        }
        let tag = self.reader.start_tag()?;
        self.open.push(tag);
        self.ends = tag.empty;
        Ok(Some(Token::Start(self.reader.raw_name(&tag))))
    }

    fn close(&mut self) -> Result<Token<'a>> {
        if let Some(tag) = self.open.pop() {
            self.reader.closed(tag.mark)?;
        }
        Ok(Token::End)
    }

    /// Returns the text up to the next markup.
    fn text(&mut self) -> Result<Option<Token<'a>>> {
        let rest = self.reader.rest();
        let len = rest.find('<').unwrap_or(rest.len());
        let raw = rest.get(..len).unwrap_or_default();
        self.reader.at += len;
        if self.open.is_empty() {
            // Only white space stands outside of the root element.
            return if self.reader.rest().is_empty() { Ok(None) } else { self.next() };
        }
        if raw.contains('&') && self.reader.strict {
            return Ok(Some(Token::Text(Cow::Owned(self.reader.expand(raw, self.from, false)?))));
        }
        if self.reader.rest().is_empty() { Err(self.reader.cut()) } else { Ok(Some(Token::Text(Cow::Borrowed(raw)))) }
    }

    fn inner(&self, start: usize, end: usize) -> &'a str {
        self.reader.text.get(self.from + start..self.reader.at - end).unwrap_or_default()
    }

    /// Returns the token that was read last, as it is written; nothing for the end of an empty-element tag.
    pub(crate) fn raw(&self) -> &'a str {
        self.reader.text.get(self.from..self.reader.at).unwrap_or_default()
    }

    /// Returns the offset of the token that was read last.
    pub(crate) fn offset(&self) -> usize {
        self.from
    }

    /// Skips the rest of the element whose start tag was read last.
    pub(crate) fn skip_element(&mut self) -> Result<()> {
        let depth = self.open.len();
        while self.open.len() >= depth && self.next()?.is_some() {}
        Ok(())
    }

    /// Returns whether the tag that was read last is an empty-element tag.
    pub(crate) fn is_empty(&self) -> bool {
        self.ends
    }

    /// Returns the attributes of the start tag that was read last, without namespace declarations.
    pub(crate) fn attributes(&self) -> Result<Vec<TokenAttribute<'a>>> {
        let one = |attribute: &super::tag::Attribute<'a>| {
            let uri = self.reader.shared_attribute_uri(attribute)?;
            Ok(TokenAttribute { uri, local: attribute.local, prefix: attribute.prefix, value: attribute.value.clone().into_owned() })
        };
        let is_plain = self.open.last().is_none_or(|tag| tag.plain);
        self.reader.attributes.iter().filter(|_| !is_plain).map(one).collect()
    }

    /// Returns the prefixes that the start tag that was read last declares.
    pub(crate) fn declared(&self) -> Vec<&'a str> {
        let mark = self.open.last().map_or(0, |tag| tag.mark);
        self.reader.scopes.since(mark).iter().map(|scope| scope.prefix).collect()
    }

    /// Returns the namespace that a prefix stands for; the empty string for none.
    pub(crate) fn namespace(&self, prefix: &str) -> &str {
        self.reader.lookup(prefix).unwrap_or_default()
    }
}
