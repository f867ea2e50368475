//! The operations of a service: pairs of request and response types.

use super::ItemId;

/// The messages of an operation that WSDL describes. The name of each element is `prefix:name`, or `name` without namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Messages {
    /// The SOAP action; empty if there is none.
    pub action: String,
    /// The element of the request.
    pub request: String,
    /// The element of the response; `None` if the operation is one-way.
    pub response: Option<String>,
    /// The elements in the details of faults.
    pub faults: Vec<String>,
    /// The documentation of the operation.
    pub docs: Vec<String>,
}

/// An operation: a pair of request and response types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its name: the local name of the request type, or the name that WSDL gives it.
    pub name: String,
    /// The request type.
    pub request: ItemId,
    /// The response type; `None` if the operation is one-way.
    pub response: Option<ItemId>,
    /// The `xsi:type` of a request; empty if an element requests the operation.
    pub wire_type: String,
    /// Its messages, if WSDL describes it.
    pub messages: Option<Messages>,
    /// The release that added it, if known.
    pub since: Option<String>,
    /// Whether it changes nothing and may be repeated.
    pub safe: bool,
    /// The Cargo feature that enables it.
    pub feature: Option<String>,
}
