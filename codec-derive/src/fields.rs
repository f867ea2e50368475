//! Generates what all types with fields have in common: the definitions of the fields, the setters, and `new`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use venial::Error;

use crate::Result;
use crate::args::{FieldArgs, Place};
use crate::input::{Field, Input};
use crate::ty::Occurs;

/// Returns the constant of a prefix, or that of the type's prefix if the field has none. If the schema set does
/// not have the prefix, the compiler reports it at its span.
pub(crate) fn namespace(prefix: Option<&Ident>, default: Option<&Ident>, field: &Field) -> Result<TokenStream> {
    let Some(prefix) = prefix.or(default) else {
        return Err(Error::new_at_span(field.args.span, "the prefix is missing: the type has none that its fields could have"));
    };
    Ok(constant(prefix))
}

/// Returns the constant of a prefix. It is a raw identifier, because a prefix may be a keyword.
pub(crate) fn constant(prefix: &Ident) -> TokenStream {
    let name = plain(prefix);
    let name = match name.as_str() {
        "self" | "Self" | "super" | "crate" | "_" => prefix.clone(),
        name => Ident::new_raw(name, prefix.span()),
    };
    quote_spanned!(prefix.span()=> xmlns::#name)
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
    let (least, most) = (args.min.as_ref().map_or_else(|| quote!(0), |min| quote!(#min)), args.max.as_ref().map(|max| quote!(#max)));
    let (min, max) = match field.ty.occurs {
        Occurs::One => (quote!(1), quote!(1)),
        Occurs::Optional => (quote!(0), quote!(1)),
        Occurs::Many => (least, most.unwrap_or_else(|| quote!(__codec::UNBOUNDED))),
    };
    let none = (quote!(0), quote!(""));
    let (spot, (namespace, local)) = match (&args.place, args.attribute) {
        (Place::Name { prefix, local }, true) => {
            let namespace = prefix.as_ref().map_or_else(|| quote!(0), constant);
            (quote!(Attribute), (namespace, quote!(#local)))
        }
        (Place::Name { prefix, local }, false) => {
            (quote!(Element), (namespace(prefix.as_ref(), input.args.prefix.as_ref(), field)?, quote!(#local)))
        }
        (Place::Any { constraint, process }, true) => (quote!(AnyAttribute(__codec::Process::#process)), (quote!(0), quote!(#constraint))),
        (Place::Any { constraint, process }, false) => (quote!(Any(__codec::Process::#process)), (quote!(0), quote!(#constraint))),
        (Place::Group, _) => (quote!(Group), none),
        (Place::Text, _) => (quote!(Text), none),
        (Place::None, _) => {
            let message = "the field has no place: add `#[xml(\"name\")]`, `#[xml(group)]` or `#[xml(text)]`";
            return Err(Error::new_at_span(field.name.span(), message));
        }
    };
    let more = more(args);
    Ok(quote!(__codec::FieldDef(#name, __codec::Spot::#spot, #namespace, #local, #min, #max, <#value as __codec::Value>::facts, #more)))
}

/// Returns the properties that only few fields have, as an option of `FieldMore`.
fn more(args: &FieldArgs) -> TokenStream {
    let value = args.value.as_ref().map(|own| quote!(value: #own,));
    let simple = args.facets.as_ref().map(|path| quote!(simple: Some(&#path),));
    let all = &args.declarations;
    let declarations = (!all.is_empty()).then(|| quote!(declarations: &[#(#all),*],));
    if value.is_none() && simple.is_none() && declarations.is_none() {
        return quote!(None);
    }
    quote!(Some(&__codec::FieldMore { #value #simple #declarations ..__codec::FieldMore::NONE }))
}

/// Generates the static table of the type.
pub(crate) fn table(input: &Input, content: &TokenStream, definitions: &[TokenStream]) -> TokenStream {
    let ty = &input.name;
    let rust = plain(ty);
    let name = match (&input.args.prefix, &input.args.name) {
        (Some(prefix), Some(name)) => {
            let namespace = constant(prefix);
            quote!((#namespace, #name))
        }
        _ => quote!((0, #rust)),
    };
    let model = input.args.model.as_ref().map(|path| quote!(.model(&#path)));
    let is_abstract = input.args.is_abstract.then(|| quote!(.abstract_type()));
    let count = definitions.len();
    // The fields are a static of their own, so that the compiler need not prove that a borrowed list is
    // constant.
    quote! {
        static FIELDS: [__codec::FieldDef; #count] = [#(#definitions),*];
        static TABLE: __codec::TypeInfo = __codec::TypeInfo::new(
            &xmlns::SCHEMA, #name, __codec::Content::#content, &FIELDS, ::core::mem::size_of::<#ty>(),
        ) #model #is_abstract;
    }
}

/// Returns the name of the setter of a field.
fn setter_name(field: &Field) -> Ident {
    let name = plain(&field.name);
    format_ident!("with_{}", name.trim_end_matches('_'), span = field.name.span())
}

/// Generates the setter of an optional field.
pub(crate) fn setter(field: &Field) -> TokenStream {
    let (name, with, docs) = (&field.name, setter_name(field), &field.docs);
    let parameter = field.ty.parameter();
    let value = quote!(value);
    let argument = field.ty.argument(&value);
    let own = format!(" Sets `{name}`.");
    let docs = if docs.is_empty() { quote!(#[doc = #own]) } else { quote!(#docs) };
    match field.ty.occurs {
        Occurs::One => TokenStream::new(),
        Occurs::Optional => quote! {
            #docs
            #[must_use]
            pub fn #with(mut self, value: #parameter) -> Self {
                self.#name = Some(#argument);
                self
            }
        },
        Occurs::Many => {
            let values = collected(field, &quote!(values));
            quote! {
                #docs
                #[must_use]
                pub fn #with(mut self, values: impl IntoIterator<Item = #parameter>) -> Self {
                    self.#name = #values;
                    self
                }
            }
        }
    }
}

/// Returns the expression that collects a parameter into a list.
fn collected(field: &Field, parameter: &TokenStream) -> TokenStream {
    let value = quote!(value);
    let argument = field.ty.argument(&value);
    if field.ty.is_taken_as_it_is() {
        return quote!(#parameter.into_iter().collect());
    }
    quote!(#parameter.into_iter().map(|value| #argument).collect())
}

/// Returns the minimum number of values of a field.
fn least(field: &Field) -> u32 {
    match field.ty.occurs {
        Occurs::One => 1,
        Occurs::Optional => 0,
        Occurs::Many => field.args.min.as_ref().and_then(|min| min.to_string().parse().ok()).unwrap_or(0),
    }
}

/// Generates `new`, which takes the required values.
pub(crate) fn new(fields: &[Field]) -> TokenStream {
    let required: Vec<&Field> = fields.iter().filter(|field| least(field) > 0).collect();
    let names: Vec<&Ident> = required.iter().map(|field| &field.name).collect();
    let parameters = required.iter().map(|field| match (field.ty.occurs, field.ty.parameter()) {
        (Occurs::Many, parameter) => quote!(impl IntoIterator<Item = #parameter>),
        (_, parameter) => parameter,
    });
    let values = required.iter().map(|field| {
        let name = &field.name;
        match field.ty.occurs {
            Occurs::Many => collected(field, &quote!(#name)),
            _ => field.ty.argument(name),
        }
    });
    let rest = (required.len() < fields.len()).then(|| quote!(..::xsdgen_codec::Value::blank()));
    let doc = match required.len() {
        0 => " Creates a value with nothing in it.",
        all if all == fields.len() => " Creates a value from what it must hold.",
        _ => " Creates a value from what it must hold; everything else is absent.",
    };
    let several = required.iter().filter(|field| least(field) > 1).map(|field| {
        let text = format!(" `{}` holds at least {}.", field.name, least(field));
        quote!(#[doc = ""] #[doc = #text])
    });
    quote! {
        #[doc = #doc] #(#several)*
        #[must_use]
        #[allow(clippy::new_without_default, clippy::too_many_arguments)]
        pub fn new(#(#names: #parameters),*) -> Self {
            Self { #(#names: #values,)* #rest }
        }
    }
}

/// Returns the list of the slots of a struct. Up to 32 slots are on the stack, more of them on the heap: nested
/// elements are read by recursive functions, and each stack frame would contain a long list.
pub(crate) fn slots(fields: &[&Field], reference: &TokenStream) -> TokenStream {
    let names = fields.iter().map(|field| &field.name);
    if fields.len() <= 32 {
        quote!(#reference [#(#reference self.#names),*])
    } else {
        quote!(#reference Box::<[#reference dyn __codec::Slot]>::from([#(#reference self.#names as #reference dyn __codec::Slot),*]))
    }
}
