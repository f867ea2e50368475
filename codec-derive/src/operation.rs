//! Derives operations: `#[operation(response = T, wire_type = "...", safe)]` on the type of a request, or, for one that WSDL describes,
//! `#[operation(name = "...", response = T, request_element = "p:a", response_element = "p:b", faults = "p:c p:d", action = "...")]`. A
//! one-way operation has neither `response` nor `response_element`.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use venial::Error;

use crate::Result;
use crate::args::Keys;
use crate::cursor::Cursor;
use crate::input::Input;

pub(crate) fn expand(input: &Input) -> Result<Option<TokenStream>> {
    let Some((tokens, span)) = &input.operation else { return Ok(None) };
    let mut args = Cursor::new(tokens.clone(), *span);
    let (mut response, mut wire_type, mut name, mut safe) = (None, None, input.args.name.as_ref().map(ToTokens::to_token_stream), false);
    let mut elements = Elements::default();
    let mut keys = Keys::default();
    while let Some(key) = args.key()? {
        match key.to_string().as_str() {
            "response" => response = Some(args.path(&key)?),
            "wire_type" => wire_type = Some(args.string(&key)?),
            "name" => name = Some(args.string(&key)?.into_token_stream()),
            "safe" => safe = true,
            "request_element" => elements.request = Some(args.string(&key)?),
            "response_element" => elements.response = Some(args.string(&key)?),
            "faults" => elements.faults = Some(args.string(&key)?),
            "action" => elements.action = Some(args.string(&key)?),
            _ => {
                let keys = "`response`, `wire_type`, `name`, `safe`, `request_element`, `response_element`, `faults`, `action`";
                return Err(Error::new_at_span(key.span(), format!("`{key}` is not a key of `operation`; the keys are {keys}")));
            }
        }
        keys.add(key)?;
    }
    let one_way = response.is_none();
    let messages = elements.expand(one_way);
    if wire_type.is_none() && messages.is_none() || one_way && messages.is_none() {
        let message = "an operation needs `response = T`, and `wire_type = \"...\"` or `request_element` and `response_element`; \
            a one-way operation needs `request_element`";
        return Err(Error::new_at_span(*span, message));
    }
    let response = response.unwrap_or_else(|| quote!(__codec::NoResponse));
    let wire_type = wire_type.unwrap_or_else(|| Literal::string(""));
    let messages = messages.map_or_else(|| quote!(::core::option::Option::None), |it| quote!(::core::option::Option::Some(#it)));
    let ty = &input.name;
    Ok(Some(quote! {
        #[automatically_derived]
        impl __codec::Operation for #ty {
            type Response = #response;

            const INFO: __codec::OperationInfo = __codec::OperationInfo {
                name: #name,
                wire_type: #wire_type,
                messages: #messages,
                safe: #safe,
                request: <#ty as __codec::Value>::info,
            };
        }

        #[automatically_derived]
        impl __codec::IntoRequest for #ty {
            type Request = Self;

            fn into_request(self) -> Self {
                self
            }
        }
    }))
}

/// The keys for an operation that WSDL describes.
#[derive(Default)]
struct Elements {
    request: Option<Literal>,
    response: Option<Literal>,
    faults: Option<Literal>,
    action: Option<Literal>,
}

impl Elements {
    /// Returns the messages of the operation, if both elements are given; of a one-way operation, if only that of the request is.
    fn expand(self, one_way: bool) -> Option<TokenStream> {
        let request = self.request?;
        let response = match (self.response, one_way) {
            (None, true) => Literal::string(""),
            (Some(response), false) => response,
            _ => return None,
        };
        let action = self.action.unwrap_or_else(|| Literal::string(""));
        // Names of elements have no characters that a literal would escape.
        let faults = self.faults.map(|faults| faults.to_string()).unwrap_or_default();
        let faults = faults.trim_matches('"').split_ascii_whitespace().map(Literal::string);
        Some(quote!(__codec::SoapMessages { action: #action, request: #request, response: #response, faults: &[#(#faults),*] }))
    }
}
