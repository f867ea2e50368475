//! Derives documents: an enum over the root elements of a schema set.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use venial::Error;

use crate::Result;
use crate::fields::{definitions, docs, table};
use crate::input::{Field, Input};
use crate::ty::{self, Occurs};

pub(crate) fn expand(input: &Input, variants: &[Field]) -> Result<TokenStream> {
    let ty = &input.name;
    if let Some(variant) = variants.iter().find(|variant| variant.ty.occurs != Occurs::One) {
        return Err(Error::new_at_span(variant.name.span(), "a root element stands once: its type is neither an `Option` nor a `Vec`"));
    }
    let table = table(input, &definitions(input, variants.iter())?, docs(input, variants.iter()));
    let names: Vec<&Ident> = variants.iter().map(|variant| &variant.name).collect();
    let index: Vec<usize> = (0..names.len()).collect();
    let conversions = variants.iter().filter(|variant| variant.args.from).map(|variant| {
        let (name, value) = (&variant.name, ty::argument(&variant.tokens));
        quote! {
            #[automatically_derived]
            impl From<#value> for #ty {
                #[inline]
                fn from(value: #value) -> Self {
                    Self::#name(value.into())
                }
            }
        }
    });
    let methods = methods(ty);
    Ok(quote! {
        ::xsdgen_codec::__json_document!(#ty);

        #methods
        #(#conversions)*

        const _: () = {
            use ::xsdgen_codec as __codec;

            #table

            #[automatically_derived]
            impl __codec::Roots for #ty {
                fn type_info() -> &'static __codec::TypeInfo {
                    TABLE.info()
                }

                fn begin(index: usize) -> Option<Self> {
                    match index {
                        #(#index => __codec::empty_variant(|slot| Some(Self::#names(slot))),)*
                        _ => None,
                    }
                }

                fn active_mut(&mut self) -> (usize, &mut dyn __codec::Slot) {
                    match *self {
                        #(Self::#names(ref mut slot) => (#index, slot),)*
                    }
                }

                fn active(&self) -> (usize, &dyn __codec::Slot) {
                    match *self {
                        #(Self::#names(ref slot) => (#index, slot),)*
                    }
                }
            }
        };
    })
}

/// Generates the methods that read and write documents.
fn methods(ty: &Ident) -> TokenStream {
    quote! {
        impl #ty {
            /// Reads a document in tolerant mode: silently leaves out what the schema does not allow at its place, and
            /// optional values that are not valid for their types.
            ///
            /// `from_xml_noted` reports what was left out, `from_xml_strict` rejects it.
            ///
            /// # Errors
            /// Fails if the document is not well-formed, if the schema set does not have the root element, or if a
            /// required value is not valid for its type.
            pub fn from_xml(xml: &[u8]) -> ::xsdgen_codec::Result<Self> {
                Ok(Self::from_xml_noted(xml)?.value)
            }

            /// Reads a document in tolerant mode and returns a note for each deviation from the schema, with its
            /// position and the text of a value that was left out.
            ///
            /// # Errors
            /// Fails in the same cases as `from_xml`.
            pub fn from_xml_noted(xml: &[u8]) -> ::xsdgen_codec::Result<::xsdgen_codec::Reading<Self>> {
                Self::read(xml, &::xsdgen_codec::ReadOptions::tolerant())
            }

            /// Reads a document in strict mode.
            ///
            /// # Errors
            /// Fails if the document is not well-formed, or if it violates the schema.
            pub fn from_xml_strict(xml: &[u8]) -> ::xsdgen_codec::Result<Self> {
                Ok(Self::read(xml, &::xsdgen_codec::ReadOptions::strict())?.value)
            }

            /// Reads a document with these options and returns the notes too.
            ///
            /// # Errors
            /// Fails in the same cases as `from_xml` or `from_xml_strict`, depending on the options.
            pub fn read(xml: &[u8], options: &::xsdgen_codec::ReadOptions) -> ::xsdgen_codec::Result<::xsdgen_codec::Reading<Self>> {
                ::xsdgen_codec::read_document(xml, options, &xmlns::SCHEMA)
            }

            /// Writes the value as a document.
            ///
            /// # Errors
            /// Fails if strict mode would reject the document, as [`Self::validate`] describes, or if it cannot be
            /// written as XML at all.
            pub fn to_xml(&self) -> ::xsdgen_codec::Result<String> {
                self.to_xml_with(&::xsdgen_codec::WriteOptions::default())
            }

            /// Writes the value as a document, with these options.
            ///
            /// # Errors
            /// Fails in the same cases as [`Self::to_xml`], unless the options change them.
            pub fn to_xml_with(&self, options: &::xsdgen_codec::WriteOptions) -> ::xsdgen_codec::Result<String> {
                ::xsdgen_codec::write_document(self, &xmlns::SCHEMA, options)
            }

            /// Checks that the document could be written and read back in strict mode. Nothing is written.
            ///
            /// # Errors
            /// Fails at the first place where the document violates the schema, and says what is missing or wrong there
            /// and what was expected.
            pub fn validate(&self) -> ::xsdgen_codec::Result<()> {
                ::xsdgen_codec::validate_document(self, &xmlns::SCHEMA)
            }

            /// Writes the value as a document to a writer.
            ///
            /// # Errors
            /// Fails if the document cannot be written, or if the writer fails.
            pub fn write_xml(&self, writer: impl ::std::io::Write) -> ::xsdgen_codec::Result<()> {
                self.write_xml_with(writer, &::xsdgen_codec::WriteOptions::default())
            }

            /// Writes the value as a document to a writer, with these options.
            ///
            /// # Errors
            /// Fails if the document cannot be written, or if the writer fails.
            pub fn write_xml_with(&self, mut writer: impl ::std::io::Write, options: &::xsdgen_codec::WriteOptions) -> ::xsdgen_codec::Result<()> {
                ::xsdgen_codec::send_document(self, &xmlns::SCHEMA, options, &mut writer)
            }
        }
    }
}
