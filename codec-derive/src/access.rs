//! Generates what several kinds of types have in common: the methods that read and write a value, and the form in serde.

use proc_macro2::TokenStream;
use quote::quote;

use crate::input::Input;

/// The names of the parameters that a method uses; `_` stands for one that it does not use.
pub(crate) struct Parameters {
    /// The field that `read` fills.
    pub(crate) read_item: TokenStream,
    /// What `read` has seen of the type around the value.
    pub(crate) seen: TokenStream,
    /// The field that `write` writes.
    pub(crate) write_item: TokenStream,
}

/// Generates `read` and `write` from their bodies.
pub(crate) fn read_and_write(parameters: &Parameters, read: &TokenStream, write: &TokenStream) -> TokenStream {
    let Parameters { read_item, seen, write_item } = parameters;
    quote! {
        #[inline(never)]
        fn read(
            &mut self,
            reader: &mut __codec::Reader<'_>,
            #read_item: &'static __codec::FieldInfo,
            tag: &__codec::Tag,
            #seen: Option<&mut __codec::Seen>,
        ) -> __codec::Result<()> {
            #read
        }

        #[inline(never)]
        fn write(&self, writer: &mut __codec::Writer<'_>, #write_item: &'static __codec::FieldInfo) -> __codec::Result<()> {
            #write
        }
    }
}

/// Generates the form in serde, unless the type implements the traits of serde itself.
pub(crate) fn json(input: &Input) -> Option<TokenStream> {
    let ty = &input.name;
    (!input.args.own_serde).then(|| quote!(::xsdgen_codec::__json!(#ty);))
}
