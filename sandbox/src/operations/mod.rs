//! In: a request message and the site. Out: the response message.
//! One file for each service; each operation is one function from a typed request to a typed answer or a fault.
//! Not here: bytes, HTTP.

mod ep;
mod lists;
mod meeting;
mod samples;
mod user;

use webex_xml_types::OPERATIONS;
use webex_xml_types::serv::message::{Body, Header};
use webex_xml_types::serv::{AnyBodyContent, BodyContent, GsbStatus, Message, Response, ResultType, SecurityContext};
use xsdgen_codec::OperationInfo;

use crate::faults::Fault;
use crate::site::{Caller, Site};

type Outcome<T> = Result<T, Fault>;

/// What a message says of its sender, looked up once for all its operations.
struct Call<'a> {
    context: &'a SecurityContext,
    caller: Outcome<Caller>,
}

impl Call<'_> {
    /// Whoever calls, also nobody.
    fn caller(&self) -> Outcome<&Caller> {
        self.caller.as_ref().map_err(Clone::clone)
    }

    /// The one who is signed in.
    fn user(&self) -> Outcome<&Caller> {
        match self.caller()? {
            Caller::Anonymous => Err(Fault::access_denied()),
            user @ Caller::User { .. } => Ok(user),
        }
    }

    fn site_admin(&self) -> Outcome<()> {
        if self.caller()?.is_site_admin() { Ok(()) } else { Err(Fault::access_denied()) }
    }
}

/// The request's answer: a response for each of its operations, in their order. One that fails has an empty body.
pub(crate) fn perform(site: &mut Site, request: Message) -> Message {
    let context = request.header.security_context.unwrap_or_default();
    if request.body.body_content.is_empty() {
        return failure(Fault::processing("The message holds no bodyContent"));
    }
    if let Err(fault) = site.admits(&context) {
        return failure(fault);
    }
    let call = Call { context: &context, caller: site.caller(&context) };
    let (mut responses, mut bodies) = (Vec::new(), Vec::new());
    for operation in request.body.body_content {
        let (response, body) = match dispatch(site, &call, operation) {
            Ok(body) => (Response::new(ResultType::Success).with_gsb_status(GsbStatus::Primary), body),
            Err(fault) => (fault.into_response(), BodyContent::new().into()),
        };
        responses.push(response);
        bodies.push(body);
    }
    let refused = responses.iter().any(|response| response.exception_id.as_deref() == Some(Fault::WRONG_CREDENTIALS));
    let proven = call.caller.is_ok();
    site.count_password(&context, proven, refused);
    Message::new(Header::new().with_response(responses), Body::new(bodies))
}

fn dispatch(site: &mut Site, call: &Call<'_>, operation: AnyBodyContent) -> Outcome<AnyBodyContent> {
    use AnyBodyContent as Op;
    Ok(match operation {
        Op::GetApiVersion(request) => ep::get_api_version(&request).into(),
        Op::GetSiteType(_) => ep::get_site_type(site, call)?.into(),
        Op::GetSessionInfo(request) => ep::get_session_info(site, call, &request)?.into(),
        Op::LstSummarySession(request) => ep::lst_summary_session(site, call, &request)?.into(),
        Op::DelSession(request) => ep::del_session(site, call, &request)?.into(),
        Op::AuthenticateUser(request) => user::authenticate_user(site, call, &request)?.into(),
        Op::GetLoginTicket(_) => user::get_login_ticket(site, call)?.into(),
        Op::GetLoginUrlUser(request) => user::get_login_url(site, call, &request)?.into(),
        Op::GetLogoutUrlUser(request) => user::get_logout_url(site, call, &request)?.into(),
        Op::CreateUser(request) => user::create_user(site, call, &request)?.into(),
        Op::SetUser(request) => user::set_user(site, call, *request)?.into(),
        Op::GetUser(request) => user::get_user(site, call, &request)?.into(),
        Op::DelUser(request) => user::del_user(site, call, &request)?.into(),
        Op::ActivateUser(request) => user::activate_user(site, call, &request)?.into(),
        Op::InactivateUser(request) => user::inactivate_user(site, call, &request)?.into(),
        Op::LstSummaryUser(request) => user::lst_summary_user(site, call, &request)?.into(),
        Op::CreateMeeting(request) => meeting::create_meeting(site, call, &request)?.into(),
        Op::SetMeeting(request) => meeting::set_meeting(site, call, &request)?.into(),
        Op::GetMeeting(request) => meeting::get_meeting(site, call, &request)?.into(),
        Op::DelMeeting(request) => meeting::del_meeting(site, call, &request)?.into(),
        Op::LstSummaryMeeting(request) => meeting::lst_summary_meeting(site, call, &request)?.into(),
        Op::GetHostUrlMeeting(request) => meeting::get_host_url(site, call, &request)?.into(),
        Op::GetJoinUrlMeeting(request) => meeting::get_join_url(site, call, &request)?.into(),
        Op::BodyContent(_) => return Err(Fault::processing("The bodyContent has no xsi:type")),
        other => {
            let unknown = || Fault::processing("The bodyContent's xsi:type names no operation of this release");
            let operation = known(&other).ok_or_else(unknown)?;
            call.user()?;
            samples::answer(operation, other)?
        }
    })
}

/// Name and sample answer of an operation, whatever the case of the letters of its name.
pub(crate) fn sample(name: &str) -> Option<(&'static str, &'static str)> {
    let operation = OPERATIONS.iter().find(|operation| operation.name.eq_ignore_ascii_case(name))?;
    Some((operation.name, samples::sample(operation.name)?))
}

/// What is known of the operation that a body asks for; nothing if it asks for none.
pub(crate) fn known(body: &AnyBodyContent) -> Option<&'static OperationInfo> {
    OPERATIONS.iter().find(|operation| operation.name == body.type_name())
}

/// A `FAILURE`: its body is empty and has no type.
pub(crate) fn failure(fault: Fault) -> Message {
    Message::new(Header::new().with_response([fault.into_response()]), Body::new([BodyContent::new()]))
}
