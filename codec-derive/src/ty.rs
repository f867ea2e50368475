//! Analyses the tokens of a field's type: how many values the field holds, and the type of one value.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::quote;

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
    pub(crate) value: Vec<TokenTree>,
    /// The type of one value without its box.
    unboxed: Vec<TokenTree>,
    /// Whether a value is boxed.
    pub(crate) boxed: bool,
    /// Whether a value is a Rust integer.
    pub(crate) is_integer: bool,
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
        let inner: Option<Vec<TokenTree>> = wrapped(&value).and_then(|(name, inner)| (name == "Box").then_some(inner));
        let (boxed, unboxed) = (inner.is_some(), inner.unwrap_or_else(|| value.clone()));
        let is_integer = matches!(unboxed.as_slice(), [TokenTree::Ident(name)] if is_integer(name));
        Self { occurs, value, unboxed, boxed, is_integer }
    }

    /// Returns the type of a field that holds the list of a wrapper, `Vec<T>` or `Option<Vec<T>>`, with the number of wrappers and the type of an item;
    /// `None` if it holds no list.
    pub(crate) fn of_wrapper(tokens: &[TokenTree]) -> Option<Self> {
        let outer = Self::of(tokens);
        let (occurs, list) = match outer.occurs {
            Occurs::One => return None,
            Occurs::Optional => (Occurs::Optional, Self::of(&outer.value)),
            Occurs::Many => (Occurs::One, outer),
        };
        // A boxed item is set from its box.
        (list.occurs == Occurs::Many).then(|| Self { occurs, unboxed: list.value.clone(), boxed: false, ..list })
    }

    /// Returns the type of a parameter for a value, which accepts anything that converts into the value.
    /// Integers are accepted directly, because a number literal would be an `i32` for an `impl Into` parameter.
    pub(crate) fn parameter(&self) -> TokenStream {
        let ty = &self.unboxed;
        if self.is_integer { quote!(#(#ty)*) } else { quote!(impl Into<#(#ty)*>) }
    }
}

fn is_integer(name: &Ident) -> bool {
    ["i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128"].iter().any(|integer| name == integer)
}

/// Returns the type argument of a `Box`, an `XsiBox` or a similar wrapper.
pub(crate) fn argument(tokens: &[TokenTree]) -> TokenStream {
    let tokens = flat(tokens);
    wrapped(&tokens).map_or_else(|| tokens.iter().cloned().collect(), |(_, inner)| inner.into_iter().collect())
}

/// Returns the type of the values that convert into a variant of this type: the type in a box or in a wrapper that records `xsi:type`.
pub(crate) fn converted(tokens: &[TokenTree]) -> TokenStream {
    match wrapped(&flat(tokens)) {
        Some((name, inner)) if ["Box", "XsiBox", "XsiTyped"].contains(&name.as_str()) => inner.into_iter().collect(),
        _ => tokens.iter().cloned().collect(),
    }
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
