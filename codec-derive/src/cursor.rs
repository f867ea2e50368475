//! A cursor over the tokens of an attribute's arguments.

use std::iter::Peekable;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};
use venial::Error;

use crate::Result;

/// The keywords for the kind of a type, for error messages.
const KINDS: &str = "`#[xml(prefix, \"name\")]`, or `group`, `attributes`, `choice`, `polymorphic`, `document` or `union = FACETS`";

/// A cursor over the tokens of the arguments.
pub(crate) struct Cursor {
    tokens: Peekable<IntoIter>,
    /// The span of the attribute.
    span: Span,
}

impl Cursor {
    pub(crate) fn new(tokens: TokenStream, span: Span) -> Self {
        Self { tokens: tokens.into_iter().peekable(), span }
    }

    pub(crate) fn error(&self, message: &str) -> Error {
        Error::new_at_span(self.span, message)
    }

    /// Tells whether the next token is this identifier.
    pub(crate) fn is_word(&mut self, word: &str) -> bool {
        matches!(self.tokens.peek(), Some(TokenTree::Ident(ident)) if ident == word)
    }

    /// Consumes the comma between two arguments.
    pub(crate) fn comma(&mut self) -> Result<()> {
        match self.tokens.peek() {
            Some(next) if !is_punct(next, ',') => Err(missing_comma(next)),
            _ => {
                self.tokens.next();
                Ok(())
            }
        }
    }

    fn punct(&mut self, c: char) -> bool {
        self.tokens.next_if(|token| is_punct(token, c)).is_some()
    }

    /// Parses `"local"` or `prefix, "local"`, and the comma after it.
    pub(crate) fn name(&mut self) -> Result<Option<(Option<Ident>, Literal)>> {
        if let Some(TokenTree::Literal(_)) = self.tokens.peek() {
            return Ok(self.text()?.map(|local| (None, local)));
        }
        let mut ahead = self.tokens.clone();
        let (Some(TokenTree::Ident(prefix)), Some(comma), Some(TokenTree::Literal(_))) = (ahead.next(), ahead.next(), ahead.next()) else {
            return Ok(None);
        };
        if !is_punct(&comma, ',') {
            return Ok(None);
        }
        self.tokens.next();
        self.tokens.next();
        Ok(self.text()?.map(|local| (Some(prefix), local)))
    }

    /// Parses a string literal and the comma after it.
    fn text(&mut self) -> Result<Option<Literal>> {
        let Some(TokenTree::Literal(literal)) = self.tokens.next() else { return Ok(None) };
        if !literal.to_string().starts_with(['"', 'r']) {
            return Err(Error::new_at_span(literal.span(), "a string literal is expected here"));
        }
        self.comma()?;
        Ok(Some(literal))
    }

    /// Parses an identifier and the comma after it.
    pub(crate) fn ident(&mut self) -> Result<Option<Ident>> {
        let Some(TokenTree::Ident(ident)) = self.tokens.next_if(|token| matches!(token, TokenTree::Ident(_))) else { return Ok(None) };
        self.comma()?;
        Ok(Some(ident))
    }

    /// Parses the keyword for the kind of a type.
    pub(crate) fn kind(&mut self) -> Result<Ident> {
        match self.tokens.next() {
            Some(TokenTree::Ident(word)) => Ok(word),
            _ => Err(self.error(&format!("the name of the type is missing: {KINDS}"))),
        }
    }

    /// Parses a key, and the comma after it unless a value follows.
    pub(crate) fn key(&mut self) -> Result<Option<Ident>> {
        match self.tokens.next() {
            None => Ok(None),
            Some(TokenTree::Ident(key)) => {
                if !matches!(self.tokens.peek(), Some(token) if is_punct(token, '=') || is_list(token)) {
                    self.comma()?;
                }
                Ok(Some(key))
            }
            Some(other) => Err(Error::new_at_span(other.span(), "a key is expected here")),
        }
    }

    /// Parses `= "text"`.
    pub(crate) fn string(&mut self, key: &Ident) -> Result<Literal> {
        let text = if self.punct('=') && matches!(self.tokens.peek(), Some(TokenTree::Literal(_))) { self.text()? } else { None };
        text.ok_or_else(|| Error::new_at_span(key.span(), format!("`{key}` needs a string: `{key} = \"...\"`")))
    }

    /// Parses `= 1`.
    pub(crate) fn number(&mut self, key: &Ident) -> Result<Literal> {
        match if self.punct('=') { self.tokens.next() } else { None } {
            Some(TokenTree::Literal(number)) if number.to_string().parse::<u32>().is_ok() => {
                self.comma()?;
                Ok(number)
            }
            Some(other) => Err(Error::new_at_span(other.span(), format!("`{key}` is an integer up to 4294967295"))),
            None => Err(Error::new_at_span(key.span(), format!("`{key}` needs an integer: `{key} = 1`"))),
        }
    }

    /// Parses `= PATH`, up to the next comma.
    pub(crate) fn path(&mut self, key: &Ident) -> Result<TokenStream> {
        let mut path: Vec<TokenTree> = Vec::new();
        let given = self.punct('=');
        while let Some(token) = self.tokens.next_if(|token| given && !is_punct(token, ',')) {
            if path.last().is_some_and(ends_path) && !continues_path(&token) {
                return Err(missing_comma(&token));
            }
            path.push(token);
        }
        if path.is_empty() {
            return Err(Error::new_at_span(key.span(), format!("`{key}` needs a path: `{key} = PATH`")));
        }
        self.comma()?;
        Ok(path.into_iter().collect())
    }

    /// Parses `= strict`, `= lax` or `= skip`, as a variant of `Process`.
    pub(crate) fn process(&mut self, key: &Ident) -> Result<Ident> {
        let word = if self.punct('=') { self.ident()? } else { None };
        let variant = match word.as_ref().map(ToString::to_string).as_deref() {
            Some("strict") => "Strict",
            Some("lax") => "Lax",
            Some("skip") => "Skip",
            _ => return Err(Error::new_at_span(key.span(), "`process` is `strict`, `lax` or `skip`")),
        };
        Ok(Ident::new(variant, key.span()))
    }

    /// Parses the lists in the parentheses after `declarations`: `((fixed = "a"), (default = "b", never_nil), ())`.
    pub(crate) fn lists(&mut self, key: &Ident) -> Result<Vec<Self>> {
        let expected = "a list of declarations is expected here: `declarations((fixed = \"a\"), ())`";
        let Some(TokenTree::Group(list)) = self.tokens.next().filter(is_list) else {
            return Err(Error::new_at_span(key.span(), expected));
        };
        self.comma()?;
        let mut inner = Self::new(list.stream(), list.span());
        let mut found = Vec::new();
        while let Some(token) = inner.tokens.next() {
            let TokenTree::Group(one) = &token else { return Err(Error::new_at_span(token.span(), DECLARATION)) };
            if !is_list(&token) {
                return Err(Error::new_at_span(token.span(), DECLARATION));
            }
            inner.comma()?;
            found.push(Self::new(one.stream(), one.span()));
        }
        if found.is_empty() { Err(Error::new_at_span(key.span(), expected)) } else { Ok(found) }
    }

    pub(crate) fn span(&self) -> Span {
        self.span
    }
}

/// The message for something else than a declaration.
const DECLARATION: &str = "a declaration stands in parentheses: `(fixed = \"a\")`";

/// Returns the error for a word that is no kind of a type.
pub(crate) fn unknown_kind(word: &Ident) -> Error {
    Error::new_at_span(word.span(), format!("`{word}` is not a kind of type: {KINDS}"))
}

fn missing_comma(next: &TokenTree) -> Error {
    Error::new_at_span(next.span(), "a comma is missing before this")
}

fn is_list(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis)
}

fn is_punct(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c)
}

/// Tells whether a path may end with the token.
fn ends_path(token: &TokenTree) -> bool {
    !matches!(token, TokenTree::Punct(_))
}

/// Tells whether the token may continue a path that could end before it.
fn continues_path(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(_)) || matches!(token, TokenTree::Punct(punct) if punct.as_char() != '=')
}
