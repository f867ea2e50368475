//! Parses the input of the derive: the name of the type, its arguments, and its fields or variants.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use venial::{Attribute, AttributeValue, Error, Fields, Item};

use crate::Result;
use crate::args::{FieldArgs, TypeArgs};
use crate::checks;
use crate::ty::Ty;

/// The input of the derive.
#[derive(Debug)]
pub(crate) struct Input {
    /// The lines of its documentation.
    pub(crate) docs: Vec<TokenTree>,
    pub(crate) name: Ident,
    pub(crate) args: TypeArgs,
    pub(crate) body: Body,
    /// The tokens of `#[operation(...)]`.
    pub(crate) operation: Option<(TokenStream, Span)>,
}

/// The fields or variants of a type.
#[derive(Debug)]
pub(crate) enum Body {
    /// The fields of a struct.
    Struct(Vec<Field>),
    /// The variants of an enum.
    Enum(Vec<Field>),
}

/// A field of a struct, or a variant of an enum.
#[derive(Debug)]
pub(crate) struct Field {
    /// The lines of its documentation.
    pub(crate) docs: Vec<TokenTree>,
    pub(crate) name: Ident,
    /// The tokens of the type; empty for a variant without a value.
    pub(crate) tokens: Vec<TokenTree>,
    pub(crate) ty: Ty,
    pub(crate) args: FieldArgs,
    /// Whether there is an attribute `xml`.
    pub(crate) described: bool,
}

impl Input {
    pub(crate) fn parse(tokens: TokenStream) -> Result<Self> {
        match venial::parse_item(tokens)? {
            Item::Struct(item) => {
                if let Some(generics) = &item.generic_params {
                    return Err(Error::new_at_span(generics.span(), "a type with parameters cannot derive `Xml`"));
                }
                let fields = match item.fields {
                    Fields::Named(fields) => fields.fields.items().map(|it| field(&it.attributes, &it.name, &it.ty.tokens)).collect(),
                    Fields::Unit => Ok(Vec::new()),
                    Fields::Tuple(_) => Err(Error::new_at_span(item.name.span(), "the fields need names")),
                };
                Self::of(item.name, &item.attributes, Body::Struct(fields?), false)
            }
            Item::Enum(item) => {
                let variants = item.variants.items().map(|it| {
                    let tokens = match &it.fields {
                        Fields::Unit => Vec::new(),
                        Fields::Tuple(tuple) => match tuple.fields.items().collect::<Vec<_>>().as_slice() {
                            // `crate` at the start of a path is taken for a visibility, which a variant cannot have.
                            [only] => only.vis_marker.to_token_stream().into_iter().chain(only.ty.tokens.iter().cloned()).collect(),
                            _ => return Err(Error::new_at_span(it.name.span(), "a variant holds one value")),
                        },
                        Fields::Named(_) => return Err(Error::new_at_span(it.name.span(), "a variant holds one value without a name")),
                    };
                    field(&it.attributes, &it.name, &tokens)
                });
                let variants: Result<Vec<Field>> = variants.collect();
                Self::of(item.name, &item.attributes, Body::Enum(variants?), true)
            }
            _ => Err(Error::new("structs and enums can derive `Xml`")),
        }
    }

    fn of(name: Ident, attributes: &[Attribute], body: Body, is_enum: bool) -> Result<Self> {
        let Some((tokens, span)) = arguments(attributes, "xml")? else {
            return Err(Error::new_at_span(name.span(), "`#[xml(prefix, \"name\")]` is missing"));
        };
        let docs = docs(attributes);
        let input =
            Self { docs, args: TypeArgs::parse(tokens, span, is_enum)?, operation: arguments(attributes, "operation")?, name, body };
        checks::check(&input)?;
        Ok(input)
    }
}

fn field(attributes: &[Attribute], name: &Ident, tokens: &[TokenTree]) -> Result<Field> {
    let arguments = arguments(attributes, "xml")?;
    let described = arguments.is_some();
    let args = match arguments {
        Some((tokens, span)) => FieldArgs::parse(tokens, span)?,
        None => FieldArgs::none(name.span()),
    };
    let mut ty = match args.items.as_ref().map(|items| (items, Ty::of_wrapper(tokens))) {
        None => Ty::of(tokens),
        Some((_, Some(wrapper))) => wrapper,
        Some((items, None)) => return Err(Error::new_at_span(items.span(), "`items` is for a `Vec` or an `Option` of a `Vec`")),
    };
    // The macro cannot see which type an alias stands for.
    ty.is_integer |= args.integer;
    Ok(Field { docs: docs(attributes), name: name.clone(), tokens: tokens.to_vec(), ty, args, described })
}

/// Returns the lines of the documentation.
fn docs(attributes: &[Attribute]) -> Vec<TokenTree> {
    let lines = attributes.iter().filter(|it| is(it, "doc")).filter_map(|it| match &it.value {
        AttributeValue::Equals(_, value) => value.first().filter(|token| matches!(token, TokenTree::Literal(_))).cloned(),
        _ => None,
    });
    lines.collect()
}

fn is(attribute: &Attribute, name: &str) -> bool {
    matches!(attribute.path.as_slice(), [TokenTree::Ident(ident)] if ident == name)
}

/// Returns the tokens in the parentheses of an attribute, and its span.
fn arguments(attributes: &[Attribute], name: &str) -> Result<Option<(TokenStream, Span)>> {
    let mut found = attributes.iter().filter(|it| is(it, name));
    let Some(attribute) = found.next() else { return Ok(None) };
    if let Some(TokenTree::Ident(second)) = found.next().and_then(|it| it.path.first()) {
        return Err(Error::new_at_span(second.span(), format!("`#[{name}(...)]` stands once")));
    }
    let span = attribute.path.first().map_or_else(Span::call_site, TokenTree::span);
    match &attribute.value {
        AttributeValue::Group(_, tokens) => Ok(Some((tokens.iter().cloned().collect(), span))),
        AttributeValue::Equals(..) | AttributeValue::Empty => {
            Err(Error::new_at_span(span, format!("`{name}` has its arguments in parentheses: `#[{name}(...)]`")))
        }
    }
}
