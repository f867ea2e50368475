//! Derives operations: `#[operation(response = T, wire_type = "...", safe)]` on the type of a request.

use proc_macro2::TokenStream;
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
    let mut keys = Keys::default();
    while let Some(key) = args.key()? {
        match key.to_string().as_str() {
            "response" => response = Some(args.path(&key)?),
            "wire_type" => wire_type = Some(args.string(&key)?),
            "name" => name = Some(args.string(&key)?.into_token_stream()),
            "safe" => safe = true,
            _ => {
                let keys = "`response`, `wire_type`, `name`, `safe`";
                return Err(Error::new_at_span(key.span(), format!("`{key}` is not a key of `operation`; the keys are {keys}")));
            }
        }
        keys.add(key)?;
    }
    let (Some(response), Some(wire_type)) = (response, wire_type) else {
        return Err(Error::new_at_span(*span, "an operation needs `response = T` and `wire_type = \"...\"`"));
    };
    let ty = &input.name;
    Ok(Some(quote! {
        #[automatically_derived]
        impl __codec::Operation for #ty {
            type Response = #response;

            const INFO: __codec::OperationInfo = __codec::OperationInfo {
                name: #name,
                wire_type: #wire_type,
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
