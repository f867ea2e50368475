//! Encodes the request message in the form that the service documents: the root element is qualified, everything below it is unqualified,
//! and `xsi:type="java:..."` names the operation.

use webex_xml_types::Document;
use webex_xml_types::serv::message::{Body, Header};
use webex_xml_types::serv::{AnyBodyContent, Message, SecurityContext};
use xsdgen_codec::{Form, WriteOptions};

use crate::credentials::{Credentials, User};
use crate::endpoint::Site;

/// Returns the request as text; the error says why it cannot be encoded.
pub(super) fn write(site: &Site, credentials: &Credentials, operations: Vec<AnyBodyContent>) -> Result<String, String> {
    let header = Header::new().with_security_context(security_context(site, credentials));
    let message = Message::new(header, Body::new(operations));
    // Live servers were seen to answer a request whose root element does not declare `xsi` with `Fail to forward request:null`.
    // Programs may return a value that the server sent, which can be a value of a later release.
    let options = WriteOptions::default().form(Form::RootQualified).type_aliases(true).unlisted_values(true).xsi_on_root(true);
    Document::Message(Box::new(message)).to_xml_with(&options).map_err(|error| error.to_string())
}

fn security_context(site: &Site, credentials: &Credentials) -> SecurityContext {
    let mut context = SecurityContext::new();
    if !site.name().is_empty() {
        context.site_name = Some(site.name().to_owned());
    }
    if let Some((number, partner_id)) = site.number() {
        context.site_id = Some(*number);
        context.partner_id = Some(partner_id.clone());
    }
    match &credentials.user {
        Some(User::WebexId(user)) => context.webex_id = Some(user.clone()),
        Some(User::Email(email)) => context.email = Some(email.clone()),
        None => {}
    }
    context.password.clone_from(&credentials.password);
    context.session_ticket.clone_from(&credentials.ticket);
    if credentials.partner_id.is_some() {
        context.partner_id.clone_from(&credentials.partner_id);
    }
    context
}
