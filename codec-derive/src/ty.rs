//! Analyses the tokens of a field's type: how many values the field holds, and the type of one value.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// The number of values that a field can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occurs {
    /// `T`
    One,
    /// `Option<T>`
    Optional,
    /// `Vec<T>`
    Many,
}

/// The type of a field.
#[derive(Debug)]
pub(crate) struct Ty {
    pub(crate) occurs: Occurs,
    /// The type of one value.
    pub(crate) value: TokenStream,
    /// The type inside the box, if a value is boxed.
    pub(crate) boxed: Option<TokenStream>,
    /// Whether a value is a Rust integer.
    is_integer: bool,
}

impl Ty {
    pub(crate) fn of(tokens: &[TokenTree]) -> Self {
        let tokens = flat(tokens);
        let (occurs, value) = match wrapped(&tokens) {
            Some((name, inner)) if name == "Option" => (Occurs::Optional, inner),
            Some((name, inner)) if name == "Vec" => (Occurs::Many, inner),
            _ => (Occurs::One, tokens),
        };
        let value = flat(&value);
        let boxed: Option<Vec<TokenTree>> = wrapped(&value).and_then(|(name, inner)| (name == "Box").then_some(inner));
        let is_integer = matches!(boxed.as_deref().unwrap_or(&value), [TokenTree::Ident(name)] if is_integer(name));
        Self { occurs, value: value.into_iter().collect(), boxed: boxed.map(|inner| inner.into_iter().collect()), is_integer }
    }

    /// Returns the type of a value, without its box.
    pub(crate) fn unboxed(&self) -> &TokenStream {
        self.boxed.as_ref().unwrap_or(&self.value)
    }

    /// Returns the type of a parameter for a value, which accepts anything that converts into the value.
    /// Integers are accepted directly, because a number literal would be an `i32` for an `impl Into` parameter.
    pub(crate) fn parameter(&self) -> TokenStream {
        let ty = self.unboxed();
        if self.is_integer { ty.clone() } else { quote!(impl Into<#ty>) }
    }

    /// Returns the expression that converts a parameter to a value.
    pub(crate) fn argument(&self, parameter: &dyn ToTokens) -> TokenStream {
        let converted = if self.is_integer { quote!(#parameter) } else { quote!(#parameter.into()) };
        if self.boxed.is_some() { quote!(Box::new(#converted)) } else { converted }
    }

    /// Returns whether a parameter has the type of the value and needs no conversion.
    pub(crate) fn is_taken_as_it_is(&self) -> bool {
        self.is_integer && self.boxed.is_none()
    }
}

fn is_integer(name: &Ident) -> bool {
    ["i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128"].iter().any(|integer| name == integer)
}

/// Returns the type argument of a `Box`, a `Declared` or a similar wrapper.
pub(crate) fn argument(tokens: &[TokenTree]) -> TokenStream {
    let tokens = flat(tokens);
    wrapped(&tokens).map_or_else(|| tokens.iter().cloned().collect(), |(_, inner)| inner.into_iter().collect())
}

/// Returns the tokens without the invisible group that a macro puts around a type.
fn flat(tokens: &[TokenTree]) -> Vec<TokenTree> {
    match tokens {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::None => flat(&group.stream().into_iter().collect::<Vec<TokenTree>>()),
        _ => tokens.to_vec(),
    }
}

/// Splits `path::Name<T>` into the name and `T`, without the trailing comma that a formatter adds to a long
/// type.
fn wrapped(tokens: &[TokenTree]) -> Option<(String, Vec<TokenTree>)> {
    let open = tokens.iter().position(|token| is_punct(token, '<'))?;
    let (name, rest) = (tokens.get(open.checked_sub(1)?)?, tokens.get(open + 1..)?);
    let (last, inner) = rest.split_last()?;
    let TokenTree::Ident(name) = name else { return None };
    let inner = inner.split_last().filter(|(last, _)| is_punct(last, ',')).map_or(inner, |(_, before)| before);
    is_punct(last, '>').then(|| (name.to_string(), inner.to_vec()))
}

fn is_punct(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c)
}
