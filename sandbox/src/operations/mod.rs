//! Performs the operations of a request message on the site. There is one file per service, and one function per operation, which turns a
//! typed request into a typed answer or a fault.

mod attendee;
mod ep;
mod lists;
mod meeting;
mod samples;
mod session;
mod site;
mod user;

use std::cell::RefCell;

use webex_xml_types::OPERATIONS;
use webex_xml_types::serv::message::{Body, Header};
use webex_xml_types::serv::{AnyBodyContent, BodyContent, GsbStatus, Message, Response, ResultType, SecurityContext};
use xsdgen_codec::{OperationInfo, Xml};

use crate::faults::Fault;
use crate::site::{Caller, Overlaid, Site, overlay};
use crate::wire::Absent;

type Outcome<T> = Result<T, Fault>;

/// The context of a message, with its caller, which is determined once for all its operations.
struct Call<'a> {
    context: &'a SecurityContext,
    caller: Outcome<Caller>,
    /// The paths of content in the request that the schemas do not allow and that was skipped.
    passed_over: RefCell<Vec<String>>,
    /// The required members that the current operation lacks.
    absent: RefCell<Absent>,
}

impl Call<'_> {
    /// Reports that the content at this path of the request was skipped.
    fn pass_over(&self, path: &str) {
        self.passed_over.borrow_mut().push(path.to_owned());
    }

    /// Returns the stored value with the changes of the request, and reports which parts of the request were skipped.
    fn changed<T: Xml>(&self, stored: &T, change: &impl Xml) -> Outcome<T> {
        self.stored(overlay(stored, change, &self.absent.borrow()))
    }

    /// Returns the value that a request made, and reports which parts of the request were skipped.
    fn stored<T>(&self, made: Result<Overlaid<T>, xsdgen_codec::Error>) -> Outcome<T> {
        let made = made.map_err(|error| Fault::processing(error.to_string()))?;
        self.passed_over.borrow_mut().extend(made.passed_over);
        Ok(made.value)
    }

    /// Returns the caller, who can be anonymous.
    fn caller(&self) -> Outcome<&Caller> {
        self.caller.as_ref().map_err(Clone::clone)
    }

    /// Returns the caller, who must be signed in.
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

/// The result of performing a request.
#[derive(Debug)]
pub(crate) struct Performed {
    pub(crate) answer: Message,
    /// The paths, such as `schedule/duration`, of content that the schemas do not allow and that changed nothing.
    pub(crate) passed_over: Vec<String>,
}

impl From<Fault> for Performed {
    fn from(fault: Fault) -> Self {
        Self { answer: failure(fault), passed_over: Vec::new() }
    }
}

/// Returns the answer to a request, with one response per operation in the order of the request. The body of a failed operation is empty.
pub(crate) fn perform(site: &mut Site, request: Message, absent: &[Absent]) -> Performed {
    let context = request.header.security_context.unwrap_or_default();
    if request.body.body_content.is_empty() {
        return Fault::processing("The message holds no bodyContent").into();
    }
    if let Err(fault) = site.admits(&context) {
        return fault.into();
    }
    let caller = site.caller(&context);
    let call = Call { context: &context, caller, passed_over: RefCell::default(), absent: RefCell::default() };
    let (mut responses, mut bodies) = (Vec::new(), Vec::new());
    for (index, operation) in request.body.body_content.into_iter().enumerate() {
        call.absent.replace(absent.get(index).cloned().unwrap_or_default());
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
    let answer = Message::new(Header::new().with_response(responses), Body::new(bodies));
    Performed { answer, passed_over: call.passed_over.into_inner() }
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
        Op::CreateMeetingAttendee(request) => attendee::create(site, call, &request)?,
        Op::RegisterMeetingAttendee(request) => attendee::register(site, call, &request)?,
        Op::LstMeetingAttendee(request) => attendee::list(site, call, &request)?,
        Op::DelMeetingAttendee(request) => attendee::delete(site, call, &request)?,
        Op::LstTimeZone(request) => site::lst_time_zone(site, call, &request)?.into(),
        Op::BodyContent(_) => return Err(Fault::processing("The bodyContent has no xsi:type")),
        other => {
            let unknown = || Fault::processing("The bodyContent's xsi:type names no operation of this release");
            let operation = known(&other).ok_or_else(unknown)?;
            samples::may_ask(call.user()?, operation, &other)?;
            samples::answer(operation, other)?
        }
    })
}

/// Returns the name and the sample answer of an operation, whose name can be in any letter case.
pub(crate) fn sample(name: &str) -> Option<(&'static str, &'static str)> {
    let operation = OPERATIONS.iter().find(|operation| operation.name.eq_ignore_ascii_case(name))?;
    Some((operation.name, samples::sample(operation.name)?))
}

/// Returns the description of the operation that a body requests, or `None` if the operation is unknown.
pub(crate) fn known(body: &AnyBodyContent) -> Option<&'static OperationInfo> {
    OPERATIONS.iter().find(|operation| operation.name == body.type_name())
}

/// Returns a `FAILURE`, whose body is empty and has no type.
pub(crate) fn failure(fault: Fault) -> Message {
    Message::new(Header::new().with_response([fault.into_response()]), Body::new([BodyContent::new()]))
}
