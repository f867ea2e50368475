//! Reads the messages that clients send, and writes messages as XML in the form that live servers use, or masked for people.

use std::collections::BTreeMap;
use std::time::Instant;

use webex_xml_types::Document;
use webex_xml_types::meeting::SetMeeting;
use webex_xml_types::serv::{AnyBodyContent, BodyContent, Message};
use webex_xml_types::user::SetUser;
use xsdgen_codec::{Note, NoteKind, Notes, ReadOptions, Reading, Records, WriteOptions, Xml};

use crate::encoding::Encoding;
use crate::faults::Fault;
use crate::limits::Limits;
use crate::notes::Departures;
use crate::operations;
use crate::site::exposed;

/// The result of reading a message.
#[derive(Debug)]
pub(crate) struct Heard {
    /// The message, or the fault that says why it cannot be read.
    pub(crate) read: Result<Message, Fault>,
    /// The content of the message that was skipped.
    pub(crate) departures: Departures,
    /// The required members that are absent, for each operation that changes something. The message holds an empty value for each of
    /// them.
    pub(crate) absent: Vec<Absent>,
    /// The encoding of the message, which is also used for its answer.
    pub(crate) encoding: Encoding,
}

/// The path at which the password of authenticateUser can occur outside the header.
const BODY_PASSWORD: &str = "message/body/bodyContent/password";

/// Reads a message as tolerantly as live servers do.
///
/// Prefixes need no declaration, children can come in any order, blank lines can come first, and the password of authenticateUser can be
/// in the body. The charset of the request is used only if the message cannot be read without it.
pub(crate) fn read(bytes: &[u8], charset: Option<&str>, limits: &Limits) -> Heard {
    let plain = ReadOptions::tolerant().undeclared_prefixes(true).max_depth(limits.depth);
    let plain = Instant::now().checked_add(limits.read_time).map_or(plain.clone(), |deadline| plain.deadline(deadline));
    let options = || plain.clone();
    let mut encoding = Encoding::of(bytes);
    let first = Document::read(bytes, &options()).map(|reading| (reading, options()));
    let reading = first.or_else(|error| {
        let charset = charset.filter(|charset| Encoding::named(charset).is_some()).ok_or_else(|| error.to_string())?;
        let reading = Document::read(bytes, &options().charset(charset)).map_err(|_| error.to_string())?;
        encoding = Encoding::named(charset).unwrap_or_default();
        Ok((reading, options().charset(charset)))
    });
    let unread = |why: String| Err(Fault::processing(format!("The message cannot be read: {why}")));
    match reading {
        Ok((Reading { value: Document::Message(mut message), notes, .. }, options)) => {
            let lifted = notes.iter().any(|note| note.path == BODY_PASSWORD) && lift_password(&mut message, bytes, &options);
            let departures = Departures::of(&notes, lifted.then_some(BODY_PASSWORD));
            let absent = absent(&message, &notes, bytes, &options);
            Heard { read: Ok(*message), departures, absent, encoding }
        }
        Ok(_) => Heard {
            read: unread("its root element is not serv:message".to_owned()),
            departures: Departures::default(),
            absent: Vec::new(),
            encoding,
        },
        Err(why) => Heard { read: unread(why), departures: Departures::default(), absent: Vec::new(), encoding },
    }
}

/// The path of the operations in a message.
const BODIES: &str = "message/body/bodyContent";

/// The required members that a request lacks, as paths from its operation such as `remoteSupport/recording/enforce`, with the number of
/// times each is missing. In a list, every entry counts.
pub(crate) type Absent = BTreeMap<String, usize>;

/// Finds the absent required members in requests that change something, because such a request must change only the members it contains.
fn absent(message: &Message, notes: &Notes, bytes: &[u8], options: &ReadOptions) -> Vec<Absent> {
    let is_inner =
        |note: &Note| note.kind == NoteKind::Missing && note.path.strip_prefix(BODIES).is_some_and(|path| path.matches('/').count() > 1);
    let bodies = &message.body.body_content;
    if notes.rest() == 0 && !notes.iter().any(is_inner) {
        return Vec::new();
    }
    let (users, meetings) = (missing::<SetUser>(bytes, options), missing::<SetMeeting>(bytes, options));
    let of = |(index, body): (usize, &AnyBodyContent)| match body {
        AnyBodyContent::SetUser(_) => users.get(index).cloned().unwrap_or_default(),
        AnyBodyContent::SetMeeting(_) => meetings.get(index).cloned().unwrap_or_default(),
        _ => Absent::new(),
    };
    bodies.iter().enumerate().map(of).collect()
}

/// Returns the absent members of each operation, reading each as a request of type `T`.
fn missing<T: Xml>(bytes: &[u8], options: &ReadOptions) -> Vec<Absent> {
    let Ok(bodies) = Records::<_, T>::new(bytes, BODIES, options) else { return Vec::new() };
    let of = |notes: &Notes| {
        let mut absent = Absent::new();
        let missing = notes.iter().filter(|note| note.kind == NoteKind::Missing);
        for path in missing.filter_map(|note| note.path.strip_prefix(BODIES)?.strip_prefix('/')) {
            *absent.entry(path.to_owned()).or_default() += 1;
        }
        absent
    };
    bodies.map(|read| read.map(|reading| of(&reading.notes)).unwrap_or_default()).collect()
}

/// Moves a password from the body of authenticateUser to the header, if the header has none.
///
/// The type of that request has no such element, but `setUser` has one of the same name in the same namespace, so the body is read as
/// `setUser`. Returns whether all operations of the message are authenticateUser.
fn lift_password(message: &mut Message, bytes: &[u8], options: &ReadOptions) -> bool {
    let is_asked = |body: &AnyBodyContent| matches!(body, AnyBodyContent::AuthenticateUser(_));
    let Ok(bodies) = Records::<_, SetUser>::new(bytes, BODIES, options) else { return false };
    let mut asked = message.body.body_content.iter().zip(bodies).filter(|(body, _)| is_asked(body));
    let Some(found) = asked.find_map(|(_, read)| read.ok()?.value.password) else { return false };
    let context = message.header.security_context.get_or_insert_default();
    if exposed(&context.password).is_none() {
        context.password = Some(found);
    }
    message.body.body_content.iter().all(is_asked)
}

/// Returns the answer as XML together with the message that was written. If the answer cannot be written, that message is a `FAILURE`.
pub(crate) fn write(answer: Message) -> (String, Message) {
    let document = Document::Message(Box::new(answer));
    // Stored values can come from clients of a later release. Live servers declare all namespaces except that of `xsi` on the root element,
    // and some clients look for prefixes only there.
    let options = WriteOptions::default().unlisted_values(true).namespaces_on_root(true);
    let written = match document.to_xml_with(&options) {
        Ok(written) => Ok((with_live_prefix(written), document)),
        Err(error) => {
            let failure = operations::failure(Fault::processing(format!("The answer cannot be written: {error}")));
            let document = Document::Message(Box::new(failure));
            document.to_xml().map(|written| (written, document))
        }
    };
    match written {
        Ok((written, Document::Message(message))) => (written, *message),
        _ => (String::new(), operations::failure(Fault::processing("The answer cannot be written"))),
    }
}

/// The prefix of the site service in the bindings and the one that live servers write. Some clients search for `ns1:gmtOffset`.
const SITE_PREFIX: (&str, &str) = ("site:", "ns1:");

/// Replaces the prefix of the site service, in tags only, by the one that live servers use.
fn with_live_prefix(xml: String) -> String {
    let (ours, theirs) = SITE_PREFIX;
    if !xml.contains(&format!("<{ours}")) && !xml.contains(&format!("\"{ours}")) {
        return xml;
    }
    let declaration = format!("xmlns:{}=", ours.trim_end_matches(':'));
    let mut out = String::with_capacity(xml.len());
    for part in xml.split_inclusive('>') {
        let (text, tag) = part.split_at(part.find('<').unwrap_or(part.len()));
        out.push_str(text);
        let tag = tag.replace(&format!("<{ours}"), &format!("<{theirs}")).replace(&format!("</{ours}"), &format!("</{theirs}"));
        let tag = tag.replace(&format!("\"{ours}"), &format!("\"{theirs}"));
        out.push_str(&tag.replace(&declaration, &format!("xmlns:{}=", theirs.trim_end_matches(':'))));
    }
    out
}

/// Formats a message for people and for files, indented and with its secrets masked.
///
/// Content of an unknown type is left out, because it may hold secrets under any name.
pub(crate) fn masked(message: &Message) -> String {
    let mut message = message.clone();
    for body in &mut message.body.body_content {
        if matches!(body, AnyBodyContent::Other(_)) {
            *body = BodyContent::new().into();
        }
    }
    let options = WriteOptions::tolerant().mask_secrets(true).indent(Some(2));
    Document::Message(Box::new(message)).to_xml_with(&options).unwrap_or_else(|error| format!("<!-- {error} -->"))
}

/// Returns the operation of a message, such as `user.CreateUser`. Several are joined by `+`; `?` stands for an unknown operation.
pub(crate) fn operation(message: &Message) -> String {
    let names = message.body.body_content.iter().map(|body| operations::known(body).map_or("?", |operation| short(operation.wire_type)));
    let names: Vec<&str> = names.collect();
    if names.is_empty() { "?".to_owned() } else { names.join("+") }
}

/// Returns the short name of a wire type: `user.CreateUser` for `java:com.webex.service.binding.user.CreateUser`.
pub(crate) fn short(wire_type: &str) -> &str {
    wire_type.strip_prefix("java:com.webex.service.binding.").unwrap_or(wire_type)
}

/// Returns `SUCCESS`, or the code of the first failure.
pub(crate) fn result(message: &Message) -> String {
    let failed = message.header.response.iter().find_map(|response| response.exception_id.clone());
    failed.unwrap_or_else(|| message.header.response.first().map_or_else(String::new, |_| "SUCCESS".to_owned()))
}
