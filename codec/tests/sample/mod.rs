//! What the generator writes, by hand: every construct of its contract with the codec once.

pub mod com;
pub mod ep;
pub mod qti;
pub mod serv;
pub mod r#use;

/// The namespaces of the schema set, with the prefixes that are written.
pub mod xmlns {
    ::xsdgen_codec::schema! {
        trim_text = true;
        com = "urn:sample:common";
        ep = "urn:sample:service/ep";
        qti = "urn:sample:qti";
        serv = "urn:sample:service";
        use = "urn:sample:service/user";
    }
}

/// Any document of the schema set: one variant for each global element.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Document {
    /// `serv:message`
    Message(Box<serv::Message>),
    /// `qti:assessment`
    Assessment(Box<qti::Assessment>),
    /// `com:remark`
    Remark(String),
}

::xsdgen_codec::document! {
    Document;
    Message: Box<serv::Message> = serv "message", from serv::Message;
    Assessment: Box<qti::Assessment> = qti "assessment", from qti::Assessment;
    Remark: String = com "remark";
}

::xsdgen_codec::operations! {
    /// Every operation of the schema set.
    pub static OPERATIONS;
    ep::LstRecording => ep::LstRecordingResponse, "lstRecording", "java:sample.ep.LstRecording", safe;
    r#use::SetUser => r#use::SetUserResponse, "setUser", "java:sample.user.SetUser";
}
