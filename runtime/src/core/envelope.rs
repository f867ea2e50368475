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
    // Programs may return a value that the server sent, which can be a value of a later release.
    let options = WriteOptions::default().form(Form::RootQualified).type_aliases(true).unlisted_values(true);
    let written = Document::Message(Box::new(message)).to_xml_with(&options).map_err(|error| error.to_string())?;
    Ok(declare_xsi_on_root(&written).unwrap_or(written))
}

/// Moves the declaration of `xsi` from bodyContent to the root, where every known client has it. The two forms are equivalent XML, but live
/// servers were seen to answer a request without the declaration with `Fail to forward request:null`, and how they look for it is not
/// known.
fn declare_xsi_on_root(xml: &str) -> Option<String> {
    const XSI: &str = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
    let root_name = xml.find("<serv:message")? + "<serv:message".len();
    let content = xml.find("<bodyContent")?;
    let tag_end = content + xml.get(content..)?.find('>')?;
    let xsi = content + xml.get(content..tag_end)?.find(XSI)?;
    let parts = [xml.get(..root_name)?, XSI, xml.get(root_name..xsi)?, xml.get(xsi + XSI.len()..)?];
    Some(parts.concat())
}

fn security_context(site: &Site, credentials: &Credentials) -> SecurityContext {
    let mut context = SecurityContext::new();
    if !site.name().is_empty() {
        context.site_name = Some(site.name().to_owned());
    }
    if let Some((number, partner_id)) = site.number() {
        context.site_id = Some(*number);
        context.partner_id = Some(partner_id.expose().to_owned());
    }
    match &credentials.user {
        Some(User::WebexId(user)) => context.webex_id = Some(user.clone()),
        Some(User::Email(email)) => context.email = Some(email.clone()),
        None => {}
    }
    context.password.clone_from(&credentials.password);
    context.session_ticket.clone_from(&credentials.ticket);
    if let Some(partner_id) = &credentials.partner_id {
        context.partner_id = Some(partner_id.expose().to_owned());
    }
    context
}
