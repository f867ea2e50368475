//! In: the `operations!` lines of a binding. Out: what a client or a server must know of each operation.
//! Not done here: calling them.

use crate::document::Xml;
use crate::tables::ValueInfo;

/// What is known of an operation.
#[derive(Debug, Clone, Copy)]
pub struct OperationInfo {
    /// Its name: `getSiteType`.
    pub name: &'static str,
    /// The text of `xsi:type` that asks for it.
    pub wire_type: &'static str,
    /// Whether asking twice changes no more than asking once: it may be tried again.
    pub safe: bool,
    /// What is known of its request.
    #[doc(hidden)]
    pub request: fn() -> ValueInfo,
}

impl OperationInfo {
    /// The namespace of its request and response.
    #[must_use]
    pub fn namespace(&self) -> &'static str {
        (self.request)().type_info.map_or("", |type_info| type_info.name().0)
    }
}

/// A request, with the type of its response.
pub trait Operation: Xml + Clone + IntoRequest<Request = Self> {
    /// What answers it.
    type Response: Xml;

    /// What is known of it.
    const INFO: OperationInfo;
}

/// A request or a reference to one. Functions that send requests take either: `call(request)` and `call(&request)`.
///
/// `operations!` implements it for each request type.
pub trait IntoRequest {
    /// The type of the request.
    type Request: Operation;

    /// Returns the request; a clone of it where this is a reference.
    fn into_request(self) -> Self::Request;
}

impl<O: Operation> IntoRequest for &O {
    type Request = O;

    fn into_request(self) -> O {
        self.clone()
    }
}
