//! Parses the arguments of `#[xml(...)]` from their tokens.

use std::iter::Peekable;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use venial::Error;

use crate::Result;

/// The kind of a type.
#[derive(Debug)]
pub(crate) enum Kind {
    /// A complex type, or an enumeration.
    Complex,
    /// A sequence without an element of its own.
    Group,
    /// A choice of several elements.
    Choice,
    /// A type together with its derived types.
    Polymorphic,
    /// A union of simple types, with the path of its facets.
    Union(TokenStream),
    /// The root elements of a schema set.
    Document,
}

/// The arguments of a type.
#[derive(Debug)]
pub(crate) struct TypeArgs {
    pub(crate) kind: Kind,
    /// The prefix of the type, which is also the default for its fields.
    pub(crate) prefix: Option<Ident>,
    /// The name of the type in the schema.
    pub(crate) name: Option<Literal>,
    pub(crate) is_abstract: bool,
    /// Whether the type has element-only content although it has no elements.
    pub(crate) sequence: bool,
    pub(crate) all: bool,
    pub(crate) mixed: bool,
    /// The path of the content model.
    pub(crate) model: Option<TokenStream>,
}

/// The part of an element that a field stands for.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// An element or attribute of this name.
    Name { prefix: Option<Ident>, local: Literal },
    /// A wildcard with this namespace constraint and this variant of `Process`.
    Any { constraint: Literal, process: Ident },
    /// A choice or a group.
    Group,
    /// Text.
    Text,
    /// The arguments do not say it.
    None,
}

/// The arguments of a field or a variant.
#[derive(Debug)]
pub(crate) struct FieldArgs {
    pub(crate) attribute: bool,
    pub(crate) place: Place,
    /// The value constraint, as an expression of type `Own`.
    pub(crate) value: Option<TokenStream>,
    pub(crate) declarations: Vec<TokenStream>,
    pub(crate) facets: Option<TokenStream>,
    pub(crate) min: Option<Literal>,
    pub(crate) max: Option<Literal>,
    pub(crate) from: bool,
    pub(crate) base: bool,
    pub(crate) alias: Option<Literal>,
    pub(crate) span: Span,
}

impl TypeArgs {
    pub(crate) fn parse(tokens: TokenStream, span: Span) -> Result<Self> {
        let mut args = Args::new(tokens, span);
        let mut found = Self {
            kind: Kind::Complex,
            prefix: None,
            name: None,
            is_abstract: false,
            sequence: false,
            all: false,
            mixed: false,
            model: None,
        };
        match args.name()? {
            Some((prefix, local)) => {
                let Some(prefix) = prefix else { return Err(args.error("the prefix of the type is missing: `#[xml(prefix, \"name\")]`")) };
                (found.prefix, found.name) = (Some(prefix), Some(local));
            }
            None => {
                found.kind = args.kind()?;
                found.prefix = args.ident();
            }
        }
        while let Some(key) = args.key()? {
            match key.to_string().as_str() {
                "abstract" => found.is_abstract = true,
                "sequence" => found.sequence = true,
                "all" => found.all = true,
                "mixed" => found.mixed = true,
                "model" => found.model = Some(args.path(&key)?),
                _ => return Err(unknown(&key, "`abstract`, `sequence`, `all`, `mixed`, `model = PATH`")),
            }
        }
        Ok(found)
    }
}

impl FieldArgs {
    pub(crate) fn parse(tokens: TokenStream, span: Span) -> Result<Self> {
        let mut args = Args::new(tokens, span);
        let mut found = Self::none(span);
        if args.is_word("attribute") {
            args.ident();
            found.attribute = true;
        }
        if let Some((prefix, local)) = args.name()? {
            found.place = Place::Name { prefix, local };
        }
        while let Some(key) = args.key()? {
            found.take(&mut args, &key)?;
        }
        if found.attribute && !matches!(found.place, Place::Name { .. } | Place::Any { .. }) {
            return Err(Error::new_at_span(span, "an attribute has a name, or `any = \"...\"`"));
        }
        Ok(found)
    }

    /// Returns the arguments of a variant without an attribute.
    pub(crate) fn none(span: Span) -> Self {
        Self {
            attribute: false,
            place: Place::None,
            value: None,
            declarations: Vec::new(),
            facets: None,
            min: None,
            max: None,
            from: false,
            base: false,
            alias: None,
            span,
        }
    }

    fn take(&mut self, args: &mut Args, key: &Ident) -> Result<()> {
        match key.to_string().as_str() {
            "group" => self.place = Place::Group,
            "text" => self.place = Place::Text,
            "any" => self.place = Place::Any { constraint: args.literal(key)?, process: Ident::new("Strict", key.span()) },
            "process" => {
                let Place::Any { process, .. } = &mut self.place else {
                    return Err(Error::new_at_span(key.span(), "`process` stands behind `any = \"...\"`"));
                };
                *process = args.process(key)?;
            }
            "default" | "fixed" => self.value = Some(own(key, &args.literal(key)?)),
            "declarations" => self.declarations = args.declarations(key)?,
            "facets" => self.facets = Some(args.path(key)?),
            "min" => self.min = Some(args.literal(key)?),
            "max" => self.max = Some(args.literal(key)?),
            "from" => self.from = true,
            "base" => self.base = true,
            "alias" => self.alias = Some(args.literal(key)?),
            _ => {
                let known = "`attribute`, a name, `any`, `process`, `group`, `text`, `default`, `fixed`, `declarations`, `facets`, `min`, `max`, \
                             `from`, `base`, `alias`";
                return Err(unknown(key, known));
            }
        }
        Ok(())
    }
}

fn unknown(key: &Ident, known: &str) -> Error {
    Error::new_at_span(key.span(), format!("`{key}` is not a key of `xml` here; the keys are {known}"))
}

/// Returns the expression of type `Own` for a value constraint.
fn own(key: &Ident, text: &Literal) -> TokenStream {
    let call = if key == "fixed" { Ident::new("fixed", key.span()) } else { Ident::new("default_value", key.span()) };
    quote_spanned!(key.span()=> __codec::Own::#call(#text))
}

/// A cursor over the tokens of the arguments.
pub(crate) struct Args {
    tokens: Peekable<IntoIter>,
    /// The span of the attribute.
    span: Span,
}

impl Args {
    pub(crate) fn new(tokens: TokenStream, span: Span) -> Self {
        Self { tokens: tokens.into_iter().peekable(), span }
    }

    fn error(&self, message: &str) -> Error {
        Error::new_at_span(self.span, message)
    }

    fn is_word(&mut self, word: &str) -> bool {
        matches!(self.tokens.peek(), Some(TokenTree::Ident(ident)) if ident == word)
    }

    /// Consumes a comma, if there is one.
    fn comma(&mut self) -> bool {
        self.punct(',')
    }

    fn punct(&mut self, c: char) -> bool {
        let found = matches!(self.tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == c);
        if found {
            self.tokens.next();
        }
        found
    }

    /// Parses `"local"` or `prefix, "local"`, and the comma after it.
    fn name(&mut self) -> Result<Option<(Option<Ident>, Literal)>> {
        let mut ahead = self.tokens.clone();
        let (prefix, literal) = match (ahead.next(), ahead.next(), ahead.next()) {
            (Some(TokenTree::Literal(literal)), ..) => (None, literal),
            (Some(TokenTree::Ident(prefix)), Some(TokenTree::Punct(comma)), Some(TokenTree::Literal(literal)))
                if comma.as_char() == ',' =>
            {
                self.tokens.next();
                self.tokens.next();
                (Some(prefix), literal)
            }
            _ => return Ok(None),
        };
        self.tokens.next();
        self.comma();
        text(&literal)?;
        Ok(Some((prefix, literal)))
    }

    /// Parses an identifier and the comma after it.
    fn ident(&mut self) -> Option<Ident> {
        let Some(TokenTree::Ident(ident)) = self.tokens.peek().cloned() else { return None };
        self.tokens.next();
        self.comma();
        Some(ident)
    }

    /// Parses the keyword for the kind of a type.
    fn kind(&mut self) -> Result<Kind> {
        let words = "`#[xml(prefix, \"name\")]`, or `group`, `choice`, `polymorphic`, `document` or `union = FACETS`";
        let Some(TokenTree::Ident(word)) = self.tokens.next() else {
            return Err(self.error(&format!("the name of the type is missing: {words}")));
        };
        let kind = match word.to_string().as_str() {
            "group" => Kind::Group,
            "choice" => Kind::Choice,
            "polymorphic" => Kind::Polymorphic,
            "document" => Kind::Document,
            "union" => return self.path(&word).map(Kind::Union),
            _ => return Err(Error::new_at_span(word.span(), format!("`{word}` says nothing of a type: {words}"))),
        };
        self.comma();
        Ok(kind)
    }

    /// Parses a key, and the comma after it if it has no value.
    pub(crate) fn key(&mut self) -> Result<Option<Ident>> {
        match self.tokens.next() {
            None => Ok(None),
            Some(TokenTree::Ident(key)) => {
                self.comma();
                Ok(Some(key))
            }
            Some(other) => Err(Error::new_at_span(other.span(), "a key of `xml` is expected here")),
        }
    }

    /// Parses `= "literal"`.
    pub(crate) fn literal(&mut self, key: &Ident) -> Result<Literal> {
        if self.punct('=')
            && let Some(TokenTree::Literal(literal)) = self.tokens.next()
        {
            self.comma();
            return Ok(literal);
        }
        Err(Error::new_at_span(key.span(), format!("`{key}` needs a literal: `{key} = ...`")))
    }

    /// Parses `= PATH`, up to the next comma.
    pub(crate) fn path(&mut self, key: &Ident) -> Result<TokenStream> {
        if !self.punct('=') {
            return Err(Error::new_at_span(key.span(), format!("`{key}` needs a path: `{key} = PATH`")));
        }
        let mut path = TokenStream::new();
        while let Some(token) = self.tokens.next_if(|token| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')) {
            path.extend([token]);
        }
        self.comma();
        if path.is_empty() { Err(Error::new_at_span(key.span(), format!("`{key}` needs a path: `{key} = PATH`"))) } else { Ok(path) }
    }

    fn process(&mut self, key: &Ident) -> Result<Ident> {
        let word = if self.punct('=') { self.ident() } else { None };
        let variant = match word.as_ref().map(ToString::to_string).as_deref() {
            Some("strict") => "Strict",
            Some("lax") => "Lax",
            Some("skip") => "Skip",
            _ => return Err(Error::new_at_span(key.span(), "`process` is `strict`, `lax` or `skip`")),
        };
        Ok(Ident::new(variant, key.span()))
    }

    /// Parses `((fixed = "a"), (default = "b", never_nil), ())`.
    fn declarations(&mut self, key: &Ident) -> Result<Vec<TokenStream>> {
        let Some(TokenTree::Group(list)) = self.tokens.next().filter(is_bracket) else {
            return Err(Error::new_at_span(key.span(), "`declarations` has a list: `declarations((fixed = \"a\"), ())`"));
        };
        self.comma();
        let mut found = Vec::new();
        for token in list.stream() {
            match token {
                TokenTree::Group(one) => found.push(declaration(one.stream(), one.span())?),
                TokenTree::Punct(punct) if punct.as_char() == ',' => {}
                other => return Err(Error::new_at_span(other.span(), "a declaration stands in parentheses: `(fixed = \"a\")`")),
            }
        }
        Ok(found)
    }
}

fn is_bracket(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis)
}

/// Parses one of several declarations of the same name.
fn declaration(tokens: TokenStream, span: Span) -> Result<TokenStream> {
    let mut args = Args::new(tokens, span);
    let mut found = quote_spanned!(span=> __codec::Own::NONE);
    let mut calls = TokenStream::new();
    while let Some(key) = args.key()? {
        match key.to_string().as_str() {
            "default" | "fixed" => found = own(&key, &args.literal(&key)?),
            "never_nil" => quote_spanned!(key.span()=> .never_nil()).to_tokens(&mut calls),
            _ => return Err(unknown(&key, "`default`, `fixed`, `never_nil`")),
        }
    }
    Ok(quote_spanned!(span=> #found #calls))
}

/// Fails unless the literal is a string.
fn text(literal: &Literal) -> Result<()> {
    if literal.to_string().ends_with('"') { Ok(()) } else { Err(Error::new_at_span(literal.span(), "a name is a string literal")) }
}
