//! Reads bytes as values with notes, and writes values as XML. These are the entry points of the crate; `read` and `write` do the work.

mod any;
mod element;
mod operation;
mod roots;
mod xml;

#[cfg(feature = "serde")]
pub(crate) use self::element::{read_into, try_read_into};
pub use self::operation::{IntoRequest, NoResponse, Operation, OperationInfo, SoapMessages};
#[cfg(feature = "serde")]
pub(crate) use self::roots::try_read_document;
pub use self::roots::{Roots, read_document, read_runtime, send_document, validate_document, write_document};
pub(crate) use self::xml::schema;
pub use self::xml::{Xml, child_name};
