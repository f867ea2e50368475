//! Documents: an enum over the root elements of a schema set.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use venial::Error;

use crate::Result;
use crate::fields::{definitions, table};
use crate::input::{Field, Input};
use crate::ty::{self, Occurs};

pub(crate) fn expand(input: &Input, variants: &[Field]) -> Result<TokenStream> {
    let ty = &input.name;
    if let Some(variant) = variants.iter().find(|variant| variant.ty.occurs != Occurs::One) {
        return Err(Error::new_at_span(variant.name.span(), "a root element stands once: its type is neither an `Option` nor a `Vec`"));
    }
    let table = table(input, &quote!(Choice), &definitions(input, variants.iter())?);
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
        #methods
        #(#conversions)*

        const _: () = {
            use ::xsdgen_codec as __codec;

            #table

            #[automatically_derived]
            impl __codec::Roots for #ty {
                fn type_info() -> &'static __codec::TypeInfo {
                    &TABLE
                }

                fn begin(index: usize) -> Option<Self> {
                    match index {
                        #(#index => __codec::blank_arm(|slot| Some(Self::#names(slot))),)*
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

/// The methods that read and write documents.
fn methods(ty: &Ident) -> TokenStream {
    quote! {
        impl #ty {
            /// Reads a document tolerantly: leaves out what the schema does not have there and optional values that are not of their types,
            /// without saying so.
            ///
            /// `from_xml_noted` says what was left out, `from_xml_strict` refuses it.
            ///
            /// # Errors
            /// A document that is not well-formed; a root element that the schema set does not have; a required value that is not of its type.
            pub fn from_xml(xml: &[u8]) -> ::xsdgen_codec::Result<Self> {
                Ok(Self::from_xml_noted(xml)?.value)
            }

            /// Reads a document tolerantly, and gives a note of each departure from the schema: with its place, and the text of a value that was
            /// left out.
            ///
            /// # Errors
            /// As `from_xml`.
            pub fn from_xml_noted(xml: &[u8]) -> ::xsdgen_codec::Result<::xsdgen_codec::Reading<Self>> {
                Self::read(xml, &::xsdgen_codec::ReadOptions::tolerant())
            }

            /// Reads a document strictly.
            ///
            /// # Errors
            /// What is not well-formed; what the schema does not have so.
            pub fn from_xml_strict(xml: &[u8]) -> ::xsdgen_codec::Result<Self> {
                Ok(Self::read(xml, &::xsdgen_codec::ReadOptions::strict())?.value)
            }

            /// Reads a document by these options, and gives the notes too.
            ///
            /// # Errors
            /// As `from_xml` or `from_xml_strict`, by the options.
            pub fn read(xml: &[u8], options: &::xsdgen_codec::ReadOptions) -> ::xsdgen_codec::Result<::xsdgen_codec::Reading<Self>> {
                ::xsdgen_codec::read_document(xml, options, &xmlns::SCHEMA)
            }

            /// Writes it as a document.
            ///
            /// # Errors
            /// What strict reading would refuse, as [`Self::validate`] says; what cannot be written at all.
            pub fn to_xml(&self) -> ::xsdgen_codec::Result<String> {
                self.to_xml_with(&::xsdgen_codec::WriteOptions::default())
            }

            /// Writes it as told.
            ///
            /// # Errors
            /// As [`Self::to_xml`], unless the options say otherwise.
            pub fn to_xml_with(&self, options: &::xsdgen_codec::WriteOptions) -> ::xsdgen_codec::Result<String> {
                ::xsdgen_codec::write_document(self, &xmlns::SCHEMA, options)
            }

            /// Whether strict reading takes the document that would be written; nothing is.
            ///
            /// # Errors
            /// The first place where the document is not as the schema says: what is missing or wrong there, and what was expected.
            pub fn validate(&self) -> ::xsdgen_codec::Result<()> {
                ::xsdgen_codec::validate_document(self, &xmlns::SCHEMA)
            }

            /// Writes it as a document to a writer.
            ///
            /// # Errors
            /// What cannot be written; those of the writer.
            pub fn write_xml(&self, writer: impl ::std::io::Write) -> ::xsdgen_codec::Result<()> {
                self.write_xml_with(writer, &::xsdgen_codec::WriteOptions::default())
            }

            /// Writes it as told to a writer.
            ///
            /// # Errors
            /// What cannot be written; those of the writer.
            pub fn write_xml_with(&self, mut writer: impl ::std::io::Write, options: &::xsdgen_codec::WriteOptions) -> ::xsdgen_codec::Result<()> {
                ::xsdgen_codec::send_document(self, &xmlns::SCHEMA, options, &mut writer)
            }
        }
    }
}
