//! Generates what all types with fields have in common: the definitions of the fields and the setters.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};
use venial::Error;

use crate::Result;
use crate::args::{FieldArgs, Place};
use crate::input::{Field, Input};
use crate::ty::Occurs;
use crate::wrapper;

/// Returns the constant of a prefix, or that of the type's prefix if the field has none. If the schema set does
/// not have the prefix, the compiler reports it at its span.
pub(crate) fn namespace(prefix: Option<&Ident>, default: Option<&Ident>, field: &Field) -> Result<Ident> {
    let Some(prefix) = prefix.or(default) else {
        return Err(Error::new_at_span(field.args.span, "the prefix is missing: the type has none that its fields could have"));
    };
    Ok(constant(prefix))
}

/// Returns the name of the constant of a prefix in `xmlns`. It is a raw identifier, because a prefix may be a
/// keyword.
pub(crate) fn constant(prefix: &Ident) -> Ident {
    match plain(prefix).as_str() {
        "self" | "Self" | "super" | "crate" | "_" => prefix.clone(),
        name => Ident::new_raw(name, prefix.span()),
    }
}

/// Returns the name of the constant for no namespace.
pub(crate) fn no_namespace() -> Ident {
    Ident::new("none", Span::call_site())
}

/// Returns the text of an identifier, without the `r#` of a raw identifier.
pub(crate) fn plain(ident: &Ident) -> String {
    let name = ident.to_string();
    match name.strip_prefix("r#") {
        Some(plain) => plain.to_owned(),
        None => name,
    }
}

/// Returns the definitions of the fields, as expressions.
pub(crate) fn definitions<'f>(input: &Input, fields: impl Iterator<Item = &'f Field>) -> Result<Vec<TokenStream>> {
    fields.map(|field| definition(input, field)).collect()
}

fn definition(input: &Input, field: &Field) -> Result<TokenStream> {
    let name = plain(&field.name);
    let value = &field.ty.value;
    let args = &field.args;
    let namespace = match (&args.place, args.attribute) {
        (Place::Name { prefix, .. }, true) => prefix.as_ref().map_or_else(no_namespace, constant),
        (Place::Name { prefix, .. }, false) => namespace(prefix.as_ref(), input.args.prefix.as_ref(), field)?,
        _ => no_namespace(),
    };
    let local = match &args.place {
        Place::Name { local, .. } => local.clone(),
        Place::Any { constraint, .. } => constraint.clone(),
        Place::Group | Place::Text | Place::Flatten => Literal::string(""),
        Place::None => {
            let message = "the field has no place: add `#[xml(\"name\")]`, `#[xml(group)]` or `#[xml(text)]`";
            return Err(Error::new_at_span(field.name.span(), message));
        }
    };
    if args.items.is_some() {
        return Ok(wrapper::definition(field, &namespace, &local));
    }
    let (occurrence, more) = (occurrence(field), more(args));
    Ok(quote!((#name, #occurrence, xmlns::#namespace, #local, <#(#value)* as __codec::Value>::info, #more)))
}

/// Returns the position of a field and how often it occurs, as an `Occurrence`.
fn occurrence(field: &Field) -> TokenStream {
    let args = &field.args;
    if matches!(args.place, Place::Name { .. }) && !args.attribute && args.min.is_none() && args.max.is_none() {
        return match field.ty.occurs {
            Occurs::One => quote!(__codec::REQUIRED),
            Occurs::Optional => quote!(__codec::OPTIONAL),
            Occurs::Many => quote!(__codec::REPEATED),
        };
    }
    let spot = match (&args.place, args.attribute) {
        (Place::Name { .. }, true) => quote!(Attribute),
        (Place::Any { process, .. }, true) => quote!(AnyAttribute(__codec::Process::#process)),
        (Place::Any { process, .. }, false) => quote!(Any(__codec::Process::#process)),
        (Place::Group, _) => quote!(Group),
        (Place::Text, _) => quote!(Text),
        (Place::Flatten, _) => quote!(Flatten),
        (Place::Name { .. } | Place::None, _) => quote!(Element),
    };
    let (min, max) = match field.ty.occurs {
        Occurs::One => (quote!(1), quote!(1)),
        Occurs::Optional => (quote!(0), quote!(1)),
        Occurs::Many => bounds(args),
    };
    quote!((__codec::FieldKind::#spot, #min, #max))
}

/// Returns the minimum and the maximum number of values of a list.
pub(crate) fn bounds(args: &FieldArgs) -> (TokenStream, TokenStream) {
    let min = args.min.as_ref().map_or_else(|| quote!(0), |min| quote!(#min));
    let max = args.max.as_ref().map_or_else(|| quote!(__codec::UNBOUNDED), |max| quote!(#max));
    (min, max)
}

/// Returns the properties that only few fields have, as an option of `FieldExtras`.
pub(crate) fn more(args: &FieldArgs) -> TokenStream {
    let value = args.value.as_ref().map(|own| quote!(value: #own,));
    let simple = args.facets.as_ref().map(|path| quote!(simple: Some(&#path),));
    let all = &args.declarations;
    let declarations = (!all.is_empty()).then(|| quote!(declarations: &[#(#all),*],));
    if value.is_none() && simple.is_none() && declarations.is_none() {
        return quote!(None);
    }
    quote!(Some(&__codec::FieldExtras { #value #simple #declarations ..__codec::FieldExtras::NONE }))
}

/// Returns the documentation of a type and its fields, as an expression of type `Docs`; nothing without the feature `docs`.
pub(crate) fn docs<'f>(input: &Input, fields: impl Iterator<Item = &'f Field>) -> Option<TokenStream> {
    cfg!(feature = "docs").then(|| {
        let own = &input.docs;
        let fields = fields.map(|field| {
            let lines = &field.docs;
            quote!(&[#(#lines),*])
        });
        quote!(__codec::Docs { own: &[#(#own),*], fields: &[#(#fields),*] })
    })
}

/// Returns the namespace and the name of the type; for a group or a choice, no namespace and the name in Rust.
pub(crate) fn type_name(input: &Input) -> (Ident, Literal) {
    match (&input.args.prefix, &input.args.name) {
        (Some(prefix), Some(name)) => (constant(prefix), name.clone()),
        _ => (no_namespace(), Literal::string(&plain(&input.name))),
    }
}

/// Generates the static table of a choice or of a document.
pub(crate) fn table(input: &Input, definitions: &[TokenStream], docs: Option<TokenStream>) -> TokenStream {
    let ty = &input.name;
    let docs = docs.map(|docs| quote!(const DOCS: __codec::Docs = #docs;));
    let (namespace, name) = type_name(input);
    quote! {
        static TABLE: __codec::TypeCell =
            __codec::TypeCell::of::<#ty>(xmlns::Set::schema, (xmlns::#namespace, #name), __codec::Content::Choice);

        impl __codec::Fields for #ty {
            const FIELDS: &'static [__codec::FieldDef] = &[#(#definitions),*];
            #docs
        }
    }
}

/// Returns the setter of an optional field: its documentation, its name, the function that sets the field, the
/// field, and the type of the parameter.
pub(crate) fn setter(field: &Field) -> TokenStream {
    let set = match (field.ty.occurs, field.ty.boxed) {
        (Occurs::One, _) if matches!(field.args.place, Place::Flatten) && !field.args.required => "fill",
        (Occurs::One, _) => return TokenStream::new(),
        (Occurs::Optional, _) if field.args.items.is_some() => "set_list",
        (Occurs::Optional, false) => "set",
        (Occurs::Optional, true) => "set_box",
        (Occurs::Many, false) => "set_all",
        (Occurs::Many, true) => "set_all_boxed",
    };
    let (name, plain, set) = (&field.name, plain(&field.name), Ident::new(set, Span::call_site()));
    let with = format_ident!("with_{}", plain.trim_end_matches('_'), span = name.span());
    let own = field.docs.is_empty().then(|| format!(" Sets `{plain}`."));
    let (docs, parameter) = (&field.docs, parameter(field));
    quote!(#own #(#docs)* #with #set #name [#parameter])
}

/// Returns the type of the parameter for a field. It accepts what converts into the value, or a list of it.
pub(crate) fn parameter(field: &Field) -> TokenStream {
    let value = field.ty.parameter();
    if field.ty.occurs == Occurs::Many || field.args.items.is_some() { quote!(impl IntoIterator<Item = #value>) } else { value }
}
