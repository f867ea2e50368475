//! In: a request message and the site. Out: the response message.
//! One file for each service; each operation is one function from a typed request to a typed answer or a fault.
//! Not here: bytes, HTTP.

mod ep;
mod user;

use webex_xml_types::serv::message::{Body, Header};
use webex_xml_types::serv::{AnyBodyContent, BodyContent, GsbStatus, Message, Response, ResultType, SecurityContext};

use crate::faults::Fault;
use crate::site::Site;

type Outcome<T> = Result<T, Fault>;

/// The request's answer. A request with several operations is answered by the first: no client is known that sends more.
pub(crate) fn perform(site: &mut Site, request: Message) -> Message {
    let context = request.header.security_context.unwrap_or_default();
    let operation = request.body.body_content.into_iter().next();
    let outcome = match operation {
        Some(operation) => site.admits(&context).and_then(|()| dispatch(site, &context, operation)),
        None => Err(Fault::processing("The message holds no bodyContent")),
    };
    match outcome {
        Ok(body) => success(body),
        Err(fault) => failure(fault),
    }
}

fn dispatch(site: &mut Site, context: &SecurityContext, operation: AnyBodyContent) -> Outcome<AnyBodyContent> {
    use AnyBodyContent as Op;
    Ok(match operation {
        Op::GetApiVersion(request) => ep::get_api_version(&request).into(),
        Op::GetSiteType(_) => ep::get_site_type(site, context)?.into(),
        Op::GetSessionInfo(request) => ep::get_session_info(site, context, &request)?.into(),
        Op::AuthenticateUser(request) => user::authenticate_user(site, context, &request)?.into(),
        Op::CreateUser(request) => user::create_user(site, context, &request)?.into(),
        Op::SetUser(request) => user::set_user(site, context, *request)?.into(),
        Op::GetUser(request) => user::get_user(site, context, &request)?.into(),
        Op::DelUser(request) => user::del_user(site, context, &request)?.into(),
        Op::ActivateUser(request) => user::activate_user(site, context, &request)?.into(),
        Op::InactivateUser(request) => user::inactivate_user(site, context, &request)?.into(),
        Op::BodyContent(_) => return Err(Fault::processing("The bodyContent has no xsi:type")),
        Op::Other(_) => return Err(Fault::processing("The bodyContent's xsi:type names no operation of this release")),
        other => return Err(Fault::not_played(other.type_name())),
    })
}

fn success(body: AnyBodyContent) -> Message {
    let response = Response::new(ResultType::Success).with_gsb_status(GsbStatus::Primary);
    Message::new(Header::new().with_response([response]), Body::new().with_body_content([body]))
}

/// A `FAILURE`: its body is empty and has no type.
pub(crate) fn failure(fault: Fault) -> Message {
    Message::new(Header::new().with_response([fault.into_response()]), Body::new().with_body_content([BodyContent::new()]))
}
