//! Bindings in the form that the generator writes, written by hand. They use every construct that the codec provides for bindings.

use xsdgen_codec::{Operation, OperationInfo, Xml};

pub mod com;
pub mod ep;
pub mod qti;
pub mod serv;
pub mod r#use;

/// The namespaces of the schema set, with the prefixes that are written.
pub mod xmlns {
    ::xsdgen_codec::schema! {
        trim_text = true, missing = Blank;
        com = "urn:sample:common";
        ep = "urn:sample:service/ep";
        qti = "urn:sample:qti";
        serv = "urn:sample:service";
        r#use = "urn:sample:service/user";
    }
}

/// Any document of the schema set: one variant for each global element.
#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(document)]
#[non_exhaustive]
pub enum Document {
    /// `serv:message`
    #[xml(serv, "message", from)]
    Message(Box<serv::Message>),
    /// `qti:assessment`
    #[xml(qti, "assessment", from)]
    Assessment(Box<qti::Assessment>),
    /// `com:remark`
    #[xml(com, "remark")]
    Remark(String),
}

/// Every operation of the schema set.
pub static OPERATIONS: &[OperationInfo] = &[<ep::LstRecording as Operation>::INFO, <r#use::SetUser as Operation>::INFO];
