//! Derives structs: complex types, and sequences without an element of their own.

use proc_macro2::TokenStream;
use quote::quote;

use crate::Result;
use crate::access::{Parameters, read_and_write};
use crate::args::{Kind, Place};
use crate::constructor;
use crate::fields::{definitions, docs, plain, setter, type_name};
use crate::flatten;
use crate::input::{Field, Input};
use crate::operation;
use crate::ty::Occurs;
use crate::wrapper;

pub(crate) fn expand(input: &Input, fields: &[Field]) -> Result<TokenStream> {
    let ty = &input.name;
    let name = plain(ty);
    let is_group = matches!(input.args.kind, Kind::Group);
    // The tables list the fields of flattened structs first and then the attributes, whatever the order of the fields.
    let (flattened, own): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| matches!(field.args.place, Place::Flatten));
    let (attributes, others): (Vec<&Field>, Vec<&Field>) = own.into_iter().partition(|field| field.args.attribute);
    let is_flat = input.args.flat || !flattened.is_empty() || matches!(input.args.kind, Kind::Attributes);
    let flat = is_flat.then(|| flatten::collect(ty, &flattened, &attributes, &others));
    let ordered = [flattened, attributes, others].concat();
    let docs = docs(input, ordered.iter().copied()).map(|docs| quote!(docs (#docs)));
    let definitions = definitions(input, ordered.iter().copied())?;
    let (namespace, local) = type_name(input);
    let content = content(input, fields, is_group);
    let model = input.args.model.as_ref().map(|path| quote!(.model(&#path)));
    let is_abstract = input.args.is_abstract.then(|| quote!(.abstract_type()));
    let (setters, (new, builder)) = (fields.iter().map(setter), constructor::expand(input, fields));
    let empty_fields = fields.iter().map(|field| {
        let name = &field.name;
        match field.ty.occurs {
            Occurs::Optional => quote!(#name: None),
            _ => quote!(#name: __codec::Slot::empty()),
        }
    });
    let json = (!input.args.own_serde).then(|| quote!(__json));
    let (kind, access) = match is_group {
        true => (quote!(GROUP), group(&ordered)),
        false if matches!(input.args.kind, Kind::Attributes) => (quote!(GROUP), never(&flat_slots())),
        false if is_flat => (quote!(STRUCT Xml #json), flat_access()),
        false if ordered.len() > ON_STACK || fields.iter().any(|field| field.args.items.is_some()) => {
            (quote!(STRUCT Xml #json), boxed(&ordered))
        }
        false => (quote!(STRUCT Xml #json), names(&ordered)),
    };
    let (operation, wrappers) = (operation::expand(input)?, wrapper::tables(input, fields)?);
    Ok(quote! {
        ::xsdgen_codec::structure! {
            #ty #name #kind (#namespace #local #content #model #is_abstract)
            #new;
            #(#setters)*;
            [#(#definitions),*]
            { #(#empty_fields),* }
            #access;
            #docs;
            #operation
            #wrappers
            #flat
        }
        #builder
    })
}

/// The maximum number of slots that a list on the stack may have. Nested elements are read by recursive functions,
/// and each stack frame would contain a long list.
const ON_STACK: usize = 32;

/// Returns the names of the slots of a struct, from which the macro generates the access to them.
fn names(fields: &[&Field]) -> TokenStream {
    let names = fields.iter().map(|field| &field.name);
    quote!([#(#names)*])
}

/// Generates the methods that read and write a struct with many fields, or with fields whose slots are made for the call.
fn boxed(fields: &[&Field]) -> TokenStream {
    let (slots, slots_mut) = (slots(fields, false), slots(fields, true));
    let calls = [&quote!(structure(&TABLE, tag, #slots_mut)), &quote!(structure(&TABLE, item, #slots))];
    methods(&slots, [&quote!(_), &quote!(item)], calls)
}

/// Returns the slots of a struct with those of the structs that are flattened into it.
fn flat_slots() -> TokenStream {
    quote!(&__codec::flat(self))
}

/// Generates the methods that read and write a struct with flattened structs.
fn flat_access() -> TokenStream {
    let slots = flat_slots();
    let calls = [&quote!(structure(&TABLE, tag, &mut __codec::flat_mut(self))), &quote!(structure(&TABLE, item, #slots))];
    methods(&slots, [&quote!(_), &quote!(item)], calls)
}

/// Generates the methods of a group of attributes, which is read and written as a part of the struct around it only.
fn never(slots: &TokenStream) -> TokenStream {
    quote!({
        fn slots(&self, visitor: &mut dyn __codec::VisitSlots) {
            visitor.visit(&TABLE, #slots);
        }

        fn write(&self, _: &mut __codec::Writer<'_>, _: &'static __codec::FieldInfo) -> __codec::Result<()> {
            Ok(())
        }
    })
}

/// Generates the methods that read and write a group.
fn group(fields: &[&Field]) -> TokenStream {
    let (slots, slots_mut) = (slots(fields, false), slots(fields, true));
    let calls = [&quote!(members(&TABLE, tag, seen, #slots_mut)), &quote!(members(&TABLE, #slots))];
    methods(&slots, [&quote!(seen), &quote!(_)], calls)
}

/// Generates the methods that visit, read and write the fields, from the parameters that differ and the calls of the reader and the writer.
fn methods(slots: &TokenStream, [seen, item]: [&TokenStream; 2], [read, write]: [&TokenStream; 2]) -> TokenStream {
    let parameters = Parameters { read_item: quote!(_), seen: seen.clone(), write_item: item.clone() };
    let access = read_and_write(&parameters, &quote!(reader.#read), &quote!(writer.#write));
    quote!({
        fn slots(&self, visitor: &mut dyn __codec::VisitSlots) {
            visitor.visit(&TABLE, #slots);
        }

        #access
    })
}

/// Generates the list of the slots of a struct, to write or to read.
fn slots(fields: &[&Field], is_mut: bool) -> TokenStream {
    let reference = if is_mut { quote!(&mut) } else { quote!(&) };
    let slots = fields.iter().map(|field| wrapper::slot(field, &reference, is_mut));
    if fields.len() <= ON_STACK {
        quote!(#reference [#(#slots),*])
    } else {
        quote!(#reference Box::<[#reference dyn __codec::Slot]>::from([#(#slots as #reference dyn __codec::Slot),*]))
    }
}

/// Returns the variant of `Content`.
fn content(input: &Input, fields: &[Field], is_group: bool) -> TokenStream {
    let args = &input.args;
    if args.mixed {
        return quote!(Mixed);
    }
    if args.all {
        return quote!(All);
    }
    let mut content = fields.iter().filter(|field| !field.args.attribute && !matches!(field.args.place, Place::Flatten));
    match content.next() {
        Some(field) if matches!(field.args.place, Place::Text) => quote!(Text),
        None if !is_group && !args.sequence => quote!(Empty),
        _ => quote!(Sequence),
    }
}
