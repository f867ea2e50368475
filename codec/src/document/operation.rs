//! Describes the operations of a binding for clients and servers, which call them. The attribute `#[operation(...)]` of a
//! request type declares one.

use super::xml::Xml;
use crate::error::{Error, ErrorKind, Result};
use crate::read::{Reader, Seen, Tag};
use crate::schema::NO_SCHEMA;
use crate::tables::{Content, FieldDef, FieldInfo, Fields, TypeCell, ValueFlags, ValueInfo};
use crate::value::{Value, VisitSlots};
use crate::write::Writer;

/// The description of an operation.
#[derive(Debug, Clone, Copy)]
pub struct OperationInfo {
    /// The name, such as `getSiteType`.
    pub name: &'static str,
    /// The text of `xsi:type` that requests the operation; empty if an element requests it.
    pub wire_type: &'static str,
    /// The messages of the operation, if WSDL describes it.
    pub messages: Option<SoapMessages>,
    /// Whether the operation is idempotent, so that it can be retried.
    pub safe: bool,
    /// Returns the properties of the type of the request.
    #[doc(hidden)]
    pub request: fn() -> ValueInfo,
}

/// The messages of an operation that WSDL describes. Each element has the name that [`Xml::to_xml_as`] takes: `prefix:name`
/// with a prefix of the schema set, or a name without namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SoapMessages {
    /// The SOAP action; empty if there is none.
    pub action: &'static str,
    /// The element in the body of the request.
    pub request: &'static str,
    /// The element in the body of the response; empty if the operation is one-way.
    pub response: &'static str,
    /// The elements in the details of faults.
    pub faults: &'static [&'static str],
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
    /// The type of the response; [`NoResponse`] if the operation is one-way.
    type Response: Xml;

    /// The description of the operation.
    const INFO: OperationInfo;

    /// Writes the request as the element that WSDL gives it, to put it into the body of a SOAP envelope.
    ///
    /// # Errors
    /// Fails if the value cannot be written, or if WSDL does not describe the operation.
    fn to_request_xml(&self) -> Result<String> {
        match Self::INFO.messages {
            Some(messages) => self.to_xml_as(messages.request),
            None => Err(Error::new(ErrorKind::Type, "no WSDL document describes the operation")),
        }
    }
}

/// The response of a one-way operation, which has none. It is read from an element without content, and written as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NoResponse;

static NOTHING: TypeCell = TypeCell::of::<NoResponse>(|| &NO_SCHEMA, (0, ""), Content::Empty);

impl Fields for NoResponse {
    const FIELDS: &'static [FieldDef] = &[];
}

impl Value for NoResponse {
    fn empty() -> Self {
        Self
    }

    fn info() -> ValueInfo {
        ValueInfo::described(ValueFlags::STRUCT, &NOTHING)
    }

    fn slots(&self, visitor: &mut dyn VisitSlots) {
        visitor.visit(&NOTHING, &[]);
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: &'static FieldInfo, tag: &Tag, _: Option<&mut Seen>) -> Result<()> {
        reader.structure(&NOTHING, tag, &mut [])
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        writer.structure(&NOTHING, item, &[])
    }
}

impl Xml for NoResponse {}

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
