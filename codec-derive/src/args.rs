//! Parses the arguments of `#[xml(...)]`.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use venial::Error;

use crate::Result;
use crate::cursor::{Cursor, unknown_kind};

/// The kind of a type.
#[derive(Debug)]
pub(crate) enum Kind {
    /// A complex type.
    Complex,
    /// An enumeration.
    Enumeration,
    /// A sequence without an element of its own.
    Group,
    /// A group of attributes, which is flattened into complex types.
    Attributes,
    /// A choice of several elements.
    Choice,
    /// A type together with its derived types.
    Polymorphic,
    /// A union of simple types, with the path of its facets.
    Union(TokenStream),
    /// The root elements of a schema set.
    Document,
}

/// The constructor of a struct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Constructor {
    /// `new`
    New,
    /// `builder`
    Builder,
    /// None of them.
    None,
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
    /// Whether the type can be flattened into other types.
    pub(crate) flat: bool,
    /// The path of the content model.
    pub(crate) model: Option<TokenStream>,
    /// Whether the enumeration has so many values that matches over them take the compiler too long.
    pub(crate) large: bool,
    /// Whether the type implements the traits of serde itself.
    pub(crate) own_serde: bool,
    pub(crate) constructor: Constructor,
    pub(crate) keys: Keys,
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
    /// All fields of another struct.
    Flatten,
    /// The arguments do not say it.
    None,
}

/// The arguments of a field or a variant.
#[derive(Debug)]
pub(crate) struct FieldArgs {
    pub(crate) attribute: bool,
    pub(crate) place: Place,
    /// The value constraint, as an expression of type `DeclarationInfo`.
    pub(crate) value: Option<TokenStream>,
    pub(crate) declarations: Vec<TokenStream>,
    pub(crate) facets: Option<TokenStream>,
    pub(crate) min: Option<Literal>,
    pub(crate) max: Option<Literal>,
    pub(crate) from: bool,
    /// Whether the type is an alias of a Rust integer.
    pub(crate) integer: bool,
    /// For a list in an element of its own: the name of the items.
    pub(crate) items: Option<Literal>,
    pub(crate) base: bool,
    /// Whether a struct that is flattened into this one is a parameter of the constructor.
    pub(crate) required: bool,
    /// Whether this struct dereferences to a struct that is flattened into it.
    pub(crate) deref: bool,
    pub(crate) alias: Option<Literal>,
    pub(crate) keys: Keys,
    pub(crate) span: Span,
}

impl TypeArgs {
    pub(crate) fn parse(tokens: TokenStream, span: Span, is_enum: bool) -> Result<Self> {
        let mut args = Cursor::new(tokens, span);
        let (kind, prefix, name) = match args.name()? {
            Some((Some(prefix), local)) => (if is_enum { Kind::Enumeration } else { Kind::Complex }, Some(prefix), Some(local)),
            Some((None, _)) => return Err(args.error("the prefix of the type is missing: `#[xml(prefix, \"name\")]`")),
            None => match kind(&mut args)? {
                // The types of a union's members have names of their own.
                union @ Kind::Union(_) => (union, None, None),
                Kind::Choice => match args.name()? {
                    Some((Some(prefix), local)) => (Kind::Choice, Some(prefix), Some(local)),
                    Some((None, _)) => return Err(args.error("the prefix of the type is missing: `#[xml(choice, prefix, \"name\")]`")),
                    None => (Kind::Choice, args.ident()?, None),
                },
                kind if args.is_word("own_serde") => (kind, None, None),
                kind => (kind, args.ident()?, None),
            },
        };
        let mut found = Self {
            kind,
            prefix,
            name,
            is_abstract: false,
            sequence: false,
            all: false,
            mixed: false,
            flat: false,
            large: false,
            model: None,
            constructor: Constructor::New,
            own_serde: false,
            keys: Keys::default(),
        };
        while let Some(key) = args.key()? {
            found.take(&mut args, &key)?;
            found.keys.add(key)?;
        }
        found.keys.one_of(&["sequence", "all", "mixed"])?;
        found.keys.one_of(&["builder", "no_constructor"])?;
        Ok(found)
    }

    fn take(&mut self, args: &mut Cursor, key: &Ident) -> Result<()> {
        match key.to_string().as_str() {
            "abstract" => self.is_abstract = true,
            "sequence" => self.sequence = true,
            "all" => self.all = true,
            "mixed" => self.mixed = true,
            "flat" => self.flat = true,
            "large" => self.large = true,
            "model" => self.model = Some(args.path(key)?),
            "own_serde" => self.own_serde = true,
            "builder" => self.constructor = Constructor::Builder,
            "no_constructor" => self.constructor = Constructor::None,
            _ => {
                let known =
                    "`abstract`, `sequence`, `all`, `mixed`, `flat`, `model = PATH`, `builder`, `no_constructor`, `large`, `own_serde`";
                return Err(unknown(key, known));
            }
        }
        Ok(())
    }
}

/// Parses the keyword for the kind of a type, and the comma after it.
fn kind(args: &mut Cursor) -> Result<Kind> {
    let word = args.kind()?;
    let kind = match word.to_string().as_str() {
        "group" => Kind::Group,
        "attributes" => Kind::Attributes,
        "choice" => Kind::Choice,
        "polymorphic" => Kind::Polymorphic,
        "document" => Kind::Document,
        "union" => return args.path(&word).map(Kind::Union),
        _ => return Err(unknown_kind(&word)),
    };
    args.comma()?;
    Ok(kind)
}

impl FieldArgs {
    pub(crate) fn parse(tokens: TokenStream, span: Span) -> Result<Self> {
        let mut args = Cursor::new(tokens, span);
        let mut found = Self::none(span);
        if args.is_word("attribute") {
            args.ident()?;
            found.attribute = true;
        }
        if let Some((prefix, local)) = args.name()? {
            found.place = Place::Name { prefix, local };
        }
        while let Some(key) = args.key()? {
            found.take(&mut args, &key)?;
            found.keys.add(key)?;
        }
        found.keys.one_of(&["default", "fixed", "declarations"])?;
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
            integer: false,
            items: None,
            base: false,
            required: false,
            deref: false,
            alias: None,
            keys: Keys::default(),
            span,
        }
    }

    fn take(&mut self, args: &mut Cursor, key: &Ident) -> Result<()> {
        match key.to_string().as_str() {
            "group" => self.put(key, Place::Group)?,
            "text" => self.put(key, Place::Text)?,
            "flatten" => self.put(key, Place::Flatten)?,
            "required" => self.required = true,
            "deref" => self.deref = true,
            "any" => {
                let constraint = args.string(key)?;
                self.put(key, Place::Any { constraint, process: Ident::new("Strict", key.span()) })?;
            }
            "process" => {
                let Place::Any { process, .. } = &mut self.place else {
                    return Err(Error::new_at_span(key.span(), "`process` stands behind `any = \"...\"`"));
                };
                *process = args.process(key)?;
            }
            "default" | "fixed" => self.value = Some(own(key, &args.string(key)?)),
            "declarations" => self.declarations = args.lists(key)?.iter_mut().map(declaration).collect::<Result<_>>()?,
            "facets" => self.facets = Some(args.path(key)?),
            "min" => self.min = Some(args.number(key)?),
            "max" => self.max = Some(args.number(key)?),
            "from" => self.from = true,
            "integer" => self.integer = true,
            "items" => self.items = Some(args.string(key)?),
            "base" => self.base = true,
            "alias" => self.alias = Some(args.string(key)?),
            "attribute" => return Err(Error::new_at_span(key.span(), "`attribute` comes first: `#[xml(attribute, \"name\")]`")),
            _ => {
                let known = "`attribute`, a name, `any`, `process`, `group`, `text`, `flatten`, `required`, `deref`, `default`, `fixed`, `declarations`, \
                             `facets`, `min`, `max`, `integer`, `from`, `base`, `alias`";
                return Err(unknown(key, known));
            }
        }
        Ok(())
    }

    /// Sets the place, unless the field has one.
    fn put(&mut self, key: &Ident, place: Place) -> Result<()> {
        if !matches!(self.place, Place::None) {
            return Err(Error::new_at_span(
                key.span(),
                "the field has two places: it has a name, or one of `any`, `group`, `text` and `flatten`",
            ));
        }
        self.place = place;
        Ok(())
    }
}

/// The keys of an attribute.
#[derive(Debug, Default)]
pub(crate) struct Keys(Vec<Ident>);

impl Keys {
    /// Adds a key. Fails if it is there already.
    pub(crate) fn add(&mut self, key: Ident) -> Result<()> {
        if self.0.contains(&key) {
            return Err(Error::new_at_span(key.span(), format!("`{key}` occurs twice")));
        }
        self.0.push(key);
        Ok(())
    }

    /// Fails if there is more than one of these keys.
    pub(crate) fn one_of(&self, names: &[&str]) -> Result<()> {
        let mut found = self.0.iter().filter(|key| names.iter().any(|name| key == name));
        match (found.next(), found.next()) {
            (Some(first), Some(second)) => {
                Err(Error::new_at_span(second.span(), format!("`{second}` cannot be combined with `{first}`; remove one of them")))
            }
            _ => Ok(()),
        }
    }

    /// Fails if there is a key that has no meaning at its place.
    pub(crate) fn allow(&self, place: &str, names: &[&str]) -> Result<()> {
        let Some(key) = self.0.iter().find(|key| !names.iter().any(|name| key == name)) else { return Ok(()) };
        let list = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let remedy = if list.is_empty() { String::from("it has no keys") } else { format!("the keys are {list}") };
        Err(Error::new_at_span(key.span(), format!("`{key}` has no meaning for {place}; {remedy}")))
    }
}

fn unknown(key: &Ident, known: &str) -> Error {
    Error::new_at_span(key.span(), format!("`{key}` is not a key of `xml` here; the keys are {known}"))
}

/// Returns the expression of type `DeclarationInfo` for a value constraint.
fn own(key: &Ident, text: &Literal) -> TokenStream {
    let call = if key == "fixed" { Ident::new("fixed", key.span()) } else { Ident::new("default_value", key.span()) };
    quote_spanned!(key.span()=> __codec::DeclarationInfo::#call(#text))
}

/// Parses one of several declarations of the same name.
fn declaration(args: &mut Cursor) -> Result<TokenStream> {
    let span = args.span();
    let mut keys = Keys::default();
    let mut found = quote_spanned!(span=> __codec::DeclarationInfo::NONE);
    let mut calls = TokenStream::new();
    while let Some(key) = args.key()? {
        match key.to_string().as_str() {
            "default" | "fixed" => found = own(&key, &args.string(&key)?),
            "never_nil" => quote_spanned!(key.span()=> .never_nil()).to_tokens(&mut calls),
            _ => return Err(unknown(&key, "`default`, `fixed`, `never_nil`")),
        }
        keys.add(key)?;
    }
    keys.one_of(&["default", "fixed"])?;
    Ok(quote_spanned!(span=> #found #calls))
}
