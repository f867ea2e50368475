//! Describes the operations of a binding for clients and servers, which call them. The attribute `#[operation(...)]` of a
//! request type declares one.

use super::xml::Xml;
use crate::tables::ValueInfo;

/// The description of an operation.
#[derive(Debug, Clone, Copy)]
pub struct OperationInfo {
    /// The name, such as `getSiteType`.
    pub name: &'static str,
    /// The text of `xsi:type` that requests the operation.
    pub wire_type: &'static str,
    /// Whether the operation is idempotent, so that it can be retried.
    pub safe: bool,
    /// Returns the properties of the type of the request.
    #[doc(hidden)]
    pub request: fn() -> ValueInfo,
}

impl OperationInfo {
    /// Returns the namespace of the request and the response.
    #[must_use]
    pub fn namespace(&self) -> &'static str {
        (self.request)().type_info.map_or("", |type_info| type_info.name().0)
    }
}

/// A request with the type of its response.
pub trait Operation: Xml + Clone + IntoRequest<Request = Self> {
    /// The type of the response.
    type Response: Xml;

    /// The description of the operation.
    const INFO: OperationInfo;
}

/// A request or a reference to one. Functions that send requests accept both: `call(request)` and
/// `call(&request)`.
///
/// The derive `Xml` implements it for each request type.
pub trait IntoRequest {
    /// The type of the request.
    type Request: Operation;

    /// Returns the request; a reference is cloned.
    fn into_request(self) -> Self::Request;
}

impl<O: Operation> IntoRequest for &O {
    type Request = O;

    fn into_request(self) -> O {
        self.clone()
    }
}
