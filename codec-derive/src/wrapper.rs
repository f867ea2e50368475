//! Generates the tables and slots of fields that hold the list of an element of its own: `<lines><line/><line/></lines>`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::Result;
use crate::args::Place;
use crate::fields::{bounds, more, namespace, plain};
use crate::input::{Field, Input};
use crate::ty::Occurs;

/// Returns the definition of the field, which is an element whose type is that of the wrapper.
pub(crate) fn definition(field: &Field, namespace: &Ident, local: &Literal) -> TokenStream {
    let (name, table) = (plain(&field.name), table(field));
    let occurrence = if field.ty.occurs == Occurs::One { quote!(REQUIRED) } else { quote!(OPTIONAL) };
    let info = quote!(|| __codec::ValueInfo::described(__codec::ValueFlags::STRUCT, &#table));
    quote!((#name, __codec::#occurrence, xmlns::#namespace, #local, #info, None))
}

/// Returns the slot of a field, given `&` or `&mut`.
pub(crate) fn slot(field: &Field, reference: &TokenStream, is_mut: bool) -> TokenStream {
    let name = &field.name;
    if field.args.items.is_none() {
        return quote!(#reference self.#name);
    }
    let (call, table) = (format_ident!("{}", if is_mut { "wrapper_mut" } else { "wrapper" }), table(field));
    quote!(#reference __codec::#call(&#table, #reference self.#name))
}

/// Returns the statics of the wrappers: each has the name of the element, and one item.
pub(crate) fn tables(input: &Input, fields: &[Field]) -> Result<TokenStream> {
    let tables = fields.iter().filter_map(|field| field.args.items.as_ref().map(|items| (field, items))).map(|(field, items)| {
        let Place::Name { prefix, local } = &field.args.place else { return Ok(TokenStream::new()) };
        let namespace = namespace(prefix.as_ref(), input.args.prefix.as_ref(), field)?;
        let (table, value, (min, max), more) = (table(field), &field.ty.value, bounds(&field.args), more(&field.args));
        let item = quote! {
            ("items", (__codec::FieldKind::Element, #min, #max), xmlns::#namespace, #items, <#(#value)* as __codec::Value>::info, #more)
        };
        Ok(quote! {
            #[allow(non_upper_case_globals)]
            static #table: __codec::TypeCell = __codec::TypeCell::wrapper(xmlns::Set::schema, (xmlns::#namespace, #local), || {
                const ITEMS: &[__codec::FieldDef] = &[#item];
                ITEMS
            });
        })
    });
    tables.collect()
}

/// Returns the name of the static of a wrapper, which no constant of generated code has.
fn table(field: &Field) -> Ident {
    format_ident!("__ITEMS_OF_{}", plain(&field.name), span = field.name.span())
}
