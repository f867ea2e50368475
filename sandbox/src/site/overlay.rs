//! Merges a request that changes parts of a stored value into that value, and reports which parts of the request were skipped. The
//! operations decide which parts a site allows to be changed.
//!
//! | the request has | the stored value |
//! |---|---|
//! | no such element | is unchanged |
//! | an empty wrapper, `<schedule/>` | is unchanged |
//! | an empty text, `<agenda/>` | loses the text |
//! | an empty number, boolean, date or enumerated value | is unchanged; if the schema has a default, it gets the default |
//! | a value that the schema does not allow, `<duration>abc</duration>` | is unchanged; the path is reported |
//! | an element that contains a choice, such as the products of an account | gets the new element as a whole |
//! | a list | gets the new list without the entries that the schema does not allow; if none is left, it is unchanged |
//!
//! Content for which the stored type has no element, such as `syncWebOffice` of an account, is dropped.

use std::collections::BTreeSet;

use roxmltree::{Document as Tree, Node};
use xsdgen_codec::{Error, FieldInfo, NoteKind, ReadOptions, TypeInfo, WriteOptions, Xml};

use crate::wire::Absent;

/// A value that a request created or changed.
#[derive(Debug)]
pub(crate) struct Overlaid<T> {
    pub(crate) value: T,
    /// The paths, such as `schedule/duration`, of content that the schema does not allow and that changed nothing.
    pub(crate) passed_over: Vec<String>,
}

/// Returns the stored value with every change of the request applied.
///
/// The request holds an empty value for each required member that it lacks; `absent` tells those members apart from those that it sets.
pub(crate) fn overlay<T: Xml>(stored: &T, change: &impl Xml, absent: &Absent) -> Result<Overlaid<T>, Error> {
    merged(&stored.to_xml_as_with(NAME, &options())?, &change.to_xml_as_with(NAME, &options())?, absent)
}

/// Returns the value that a request creates, made of the elements that both types have.
pub(crate) fn converted<T: Xml>(request: &impl Xml) -> Result<Overlaid<T>, Error> {
    merged(NOTHING, &request.to_xml_as_with(NAME, &options())?, &Absent::new())
}

/// An arbitrary name for the root element.
const NAME: &str = "serv:value";

/// A value without any element.
const NOTHING: &str = "<value/>";

/// The marker that is put into empty elements: a text that is no valid number, date or enumeration value.
const EMPTY: &str = "\u{e000}";

fn options() -> WriteOptions {
    WriteOptions::tolerant().declaration(false)
}

fn merged<T: Xml>(stored: &str, change: &str, absent: &Absent) -> Result<Overlaid<T>, Error> {
    let (mut text, mut passed_over) = (String::new(), Vec::new());
    let marked = marked(change);
    if let (Ok(stored), Ok(change), Some(type_info)) = (Tree::parse(stored), Tree::parse(&marked), T::type_info()) {
        let mut merge = Merge { unfit: unfit::<T>(&marked)?, absent, entries: 1, path: Vec::new(), passed_over };
        // A required member that is missing at the top level is set by the site itself, such as the key of a new meeting.
        let _ = merge.content(type_info, Some(stored.root_element()), change.root_element(), &mut text);
        passed_over = merge.passed_over;
    }
    let options = ReadOptions::tolerant().undeclared_prefixes(true);
    let value = T::read_xml(format!("<{NAME}>{text}</{NAME}>").as_bytes(), &options)?.value;
    Ok(Overlaid { value, passed_over })
}

/// Puts [`EMPTY`] into empty elements that hold a text. The codec writes them as `<a></a>`, and an empty wrapper as `<a/>`.
fn marked(xml: &str) -> String {
    let Ok(tree) = Tree::parse(xml) else { return xml.to_owned() };
    let mut marked = String::with_capacity(xml.len());
    let mut from = 0;
    for node in tree.root().descendants().filter(|node| node.is_element() && !node.has_children()) {
        let whole = xml.get(node.range()).unwrap_or_default();
        if let Some(tag) = whole.find("></") {
            let end = node.range().start + tag + 1;
            marked.push_str(xml.get(from..end).unwrap_or_default());
            marked.push_str(EMPTY);
            from = end;
        }
    }
    marked + xml.get(from..).unwrap_or_default()
}

/// Returns the start positions of the elements whose text is invalid for their type.
fn unfit<T: Xml>(xml: &str) -> Result<BTreeSet<usize>, Error> {
    let notes = T::read_xml(xml.as_bytes(), &ReadOptions::tolerant())?.notes;
    let unfit = |kind| matches!(kind, NoteKind::KeptValue | NoteKind::UnknownValue | NoteKind::BadValue);
    Ok(notes.iter().filter(|note| unfit(note.kind)).map(|note| note.position.offset).collect())
}

/// The effect of an element with a text on the stored value.
enum Leaf<'a> {
    Set(&'a str),
    Cleared,
    /// The element changes nothing.
    Idle,
}

struct Merge<'a> {
    unfit: BTreeSet<usize>,
    absent: &'a Absent,
    /// The total number of entries in the lists around the current element.
    entries: usize,
    path: Vec<&'static str>,
    passed_over: Vec<String>,
}

impl Merge<'_> {
    /// Writes the content of an element: the stored content with the change applied. Returns an error if the result lacks a required
    /// element.
    fn content(
        &mut self,
        type_info: &'static TypeInfo,
        stored: Option<Node<'_, '_>>,
        change: Node<'_, '_>,
        into: &mut String,
    ) -> Result<(), ()> {
        let mut whole = Ok(());
        for item in type_info.elements() {
            let before = into.len();
            self.path.push(item.name());
            self.item(item, stored, change, into);
            self.path.pop();
            if item.is_required() && into.len() == before {
                whole = Err(());
            }
        }
        whole
    }

    /// Writes all elements of one name.
    fn item(&mut self, item: &'static FieldInfo, stored: Option<Node<'_, '_>>, change: Node<'_, '_>, into: &mut String) {
        let before = into.len();
        let old = || stored.into_iter().flat_map(|stored| named(stored, item.name()));
        let absent = item.is_required() && self.absent.get(&self.path.join("/")).is_some_and(|count| *count >= self.entries);
        let outside = self.entries;
        if item.is_list() {
            self.entries *= named(change, item.name()).count().max(1);
        }
        for change in named(change, item.name()).filter(|_| !absent) {
            match item.complex_type() {
                // If only some entries of a list lack a member, the notes do not say which ones, so the empty entries are taken.
                Some(type_info) if item.is_list() && is_blank(type_info, change) => {}
                Some(type_info) => self.wrapper(type_info, old().next().filter(|_| !item.is_list()), change, into),
                None => match self.leaf(item, change) {
                    Leaf::Set(text) => element(change, text, into),
                    Leaf::Cleared if item.is_list() => {}
                    Leaf::Cleared if item.is_required() => element(change, "", into),
                    Leaf::Cleared => {
                        self.entries = outside;
                        return;
                    }
                    Leaf::Idle => {}
                },
            }
        }
        self.entries = outside;
        if into.len() == before {
            old().for_each(|old| into.push_str(old.document().input_text().get(old.range()).unwrap_or_default()));
        }
    }

    /// Writes an element that has children, or nothing if it changes nothing.
    fn wrapper(&mut self, type_info: &'static TypeInfo, stored: Option<Node<'_, '_>>, change: Node<'_, '_>, into: &mut String) {
        if !type_info.is_plain() {
            return self.whole(change, into);
        }
        let mut content = String::new();
        match self.content(type_info, stored, change, &mut content) {
            // An element without any text counts as empty, whatever children it requires.
            _ if !has_text(&content) => {}
            Ok(()) => {
                let name = raw_name(change);
                into.extend(["<", name, ">", &content, "</", name, ">"]);
            }
            // An element that shares no child with the stored type, such as the products of an account, is not an error: the stored value
            // has no place for it.
            Err(()) if type_info.elements().all(|item| named(change, item.name()).next().is_none()) => {}
            Err(()) => self.pass_over(),
        }
    }

    /// Writes an element unchanged, unless something in it is not allowed.
    fn whole(&mut self, change: Node<'_, '_>, into: &mut String) {
        if !change.has_children() {
            return;
        }
        let is_unfit = |node: Node<'_, '_>| self.unfit.contains(&node.range().start) && node.text() != Some(EMPTY);
        match change.descendants().any(is_unfit) {
            true => self.pass_over(),
            false => into.push_str(&change.document().input_text().get(change.range()).unwrap_or_default().replace(EMPTY, "")),
        }
    }

    fn leaf<'a>(&mut self, item: &'static FieldInfo, change: Node<'a, '_>) -> Leaf<'a> {
        let text = change.text().unwrap_or_default();
        let allowed = |text: &str| item.simple_type().is_none_or(|simple| simple.validate(text).is_ok());
        let fits = !self.unfit.contains(&change.range().start);
        match text {
            EMPTY if fits && allowed("") => Leaf::Cleared,
            EMPTY => Leaf::Idle,
            _ if fits && allowed(text) => Leaf::Set(text),
            // Live servers accept booleans in any letter case.
            _ if fits && text.eq_ignore_ascii_case("true") && allowed("true") => Leaf::Set("true"),
            _ if fits && text.eq_ignore_ascii_case("false") && allowed("false") => Leaf::Set("false"),
            _ => {
                self.pass_over();
                Leaf::Idle
            }
        }
    }

    fn pass_over(&mut self) {
        self.passed_over.push(self.path.join("/"));
    }
}

fn named<'a, 'i>(parent: Node<'a, 'i>, name: &str) -> impl Iterator<Item = Node<'a, 'i>> {
    parent.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// Returns whether an element has only its required members, each with the value of a member that was never set.
fn is_blank(type_info: &'static TypeInfo, element: Node<'_, '_>) -> bool {
    element.children().filter(Node::is_element).all(|child| {
        let item = type_info.elements().find(|item| item.is_required() && item.name() == child.tag_name().name());
        item.is_some_and(|item| match item.complex_type() {
            Some(type_info) => is_blank(type_info, child),
            None => matches!(child.text(), Some(EMPTY | "0" | "false")),
        })
    })
}

/// Returns whether there is a text between tags.
fn has_text(xml: &str) -> bool {
    xml.split('>').any(|part| !part.is_empty() && !part.starts_with('<'))
}

/// Returns the name with its prefix.
fn raw_name<'a>(element: Node<'a, '_>) -> &'a str {
    let whole = element.document().input_text().get(element.range()).unwrap_or_default();
    whole.trim_start_matches('<').split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next().unwrap_or_default()
}

fn element(named: Node<'_, '_>, text: &str, into: &mut String) {
    let (name, text) = (raw_name(named), text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\r', "&#13;"));
    into.extend(["<", name, ">", &text, "</", name, ">"]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use webex_xml_types::meeting::{AccessControl, GetMeetingResponse, Metadata, Schedule, SetMeeting};
    use webex_xml_types::user::{GetUserResponse, SetUser};

    /// Returns the stored meeting with that change applied.
    fn changed(change: &str) -> Overlaid<GetMeetingResponse> {
        let stored = GetMeetingResponse::new(7)
            .with_access_control(AccessControl::new().with_meeting_password("Old-1").with_is_public(true))
            .with_metadata(Metadata::new().with_conf_name("Name").with_agenda("Agenda").with_meeting_type(3))
            .with_schedule(Schedule::new().with_start_date("10/20/2015 09:00:00").with_duration(30));
        let request = SetMeeting::from_xml(format!("<setMeeting><meetingkey>7</meetingkey>{change}</setMeeting>").as_bytes()).unwrap();
        overlay(&stored, &request, &Absent::new()).unwrap()
    }

    fn xml(value: &GetMeetingResponse) -> String {
        value.to_xml_as_with(NAME, &options()).unwrap()
    }

    #[test]
    fn what_a_request_does_not_set_stays() {
        let before = xml(&changed("").value);
        for idle in [
            "<schedule/>",
            "<accessControl></accessControl><metaData/><participants/>",
            "<schedule><duration/><startDate/><timeZone/></schedule>",
            "<participants><attendees/></participants>",
            "<repeat><repeatType/><dayInWeek/></repeat>",
            "<attendeeOptions><participantLimit/></attendeeOptions>",
        ] {
            let Overlaid { value, passed_over } = changed(idle);
            assert_eq!((xml(&value), passed_over), (before.clone(), vec![]), "{idle}");
        }
    }

    #[test]
    fn bad_values_change_nothing_and_are_told() {
        let before = xml(&changed("").value);
        for (bad, path) in [
            ("<schedule><startDate>yesterday</startDate></schedule>", "schedule/startDate"),
            ("<accessControl><meetingPassword>longer than the sixteen</meetingPassword></accessControl>", "accessControl/meetingPassword"),
            ("<attendeeOptions><participantLimit>-1</participantLimit></attendeeOptions>", "attendeeOptions/participantLimit"),
            ("<telephony><telephonySupport>PAGER</telephonySupport></telephony>", "telephony/telephonySupport"),
            ("<repeat><dayInWeek><day>SOMEDAY</day></dayInWeek></repeat>", "repeat/dayInWeek/day"),
        ] {
            let Overlaid { value, passed_over } = changed(bad);
            assert_eq!((xml(&value), passed_over), (before.clone(), vec![path.to_owned()]), "{bad}");
        }
        // The reader has already noted this value and left it out.
        assert_eq!(xml(&changed("<schedule><duration>abc</duration></schedule>").value), before);
        let half = changed("<schedule><startDate>soon</startDate><duration>45</duration></schedule>").value.schedule.unwrap();
        assert_eq!((half.start_date.unwrap().as_str(), half.duration), ("10/20/2015 09:00:00", Some(45)));
    }

    #[test]
    fn an_empty_text_is_cleared() {
        let value = changed("<metaData><agenda/></metaData><accessControl><meetingPassword></meetingPassword></accessControl>").value;
        let data = value.metadata.unwrap();
        assert_eq!((data.agenda, data.conf_name.as_deref(), data.meeting_type), (None, Some("Name"), Some(3)));
        assert_eq!((value.access_control.unwrap().meeting_password, value.schedule.unwrap().duration), (None, Some(30)));
    }

    #[test]
    fn lists_are_replaced_by_what_is_allowed_of_them() {
        let attendee = |name: &str, role: &str| {
            format!("<attendee><person><name>{name}</name><email>{name}@acme.example</email></person><role>{role}</role></attendee>")
        };
        let list = |all: &[String]| format!("<participants><attendees>{}</attendees></participants>", all.concat());
        let both = changed(&list(&[attendee("ann", "ATTENDEE"), attendee("bob", "HOST")])).value;
        let names = |value: &GetMeetingResponse| -> Vec<String> {
            let all = &value.participants.as_ref().unwrap().attendees.as_ref().unwrap().attendee;
            all.iter().map(|attendee| format!("{:?} {:?}", attendee.person.name.clone().unwrap_or_default(), attendee.role)).collect()
        };
        assert_eq!(names(&both), ["\"ann\" Some(Attendee)", "\"bob\" Some(Host)"]);
        let request = SetMeeting::from_xml(format!("<m>{}</m>", list(&[attendee("cay", "GUEST"), attendee("dan", "HOST")])).as_bytes());
        let Overlaid { value, passed_over } = overlay(&both, &request.unwrap(), &Absent::new()).unwrap();
        assert_eq!(names(&value), ["\"cay\" None", "\"dan\" Some(Host)"], "each its own");
        assert_eq!(passed_over, ["participants/attendees/attendee/role"]);
    }

    #[test]
    fn flags_are_taken_as_live_servers_take_them() {
        let stored = GetUserResponse::new("jane".to_owned());
        for (text, expected) in [("TRUE", "true"), ("True", "true"), ("0", "0"), ("FALSE", "false")] {
            let request = format!("<s><webExId>jane</webExId><security><forceChangePassword>{text}</forceChangePassword></security></s>");
            let user = overlay(&stored, &SetUser::from_xml(request.as_bytes()).unwrap(), &Absent::new()).unwrap().value;
            assert_eq!(user.security.unwrap().force_change_password.unwrap().as_str(), expected, "{text}");
        }
    }

    /// Checks that converting a document with every element of the type loses none of them.
    fn holds_everything<T: Xml, C: Xml>(message: &str) {
        let start = message.find("<serv:bodyContent").unwrap();
        let end = message.find("</serv:body>").unwrap();
        let root = &message[message.find("<serv:message").unwrap() + "<serv:message".len()..message.find("<serv:header>").unwrap()];
        let body =
            message[start..end].replacen("<serv:bodyContent", &format!("<serv:bodyContent{}", root.trim_end().trim_end_matches('>')), 1);
        let request = T::from_xml(body.as_bytes()).unwrap();
        let Overlaid { value, passed_over } = converted::<C>(&request).unwrap();
        assert_eq!(passed_over, Vec::<String>::new());
        // Ignores empty wrappers and the products of an account, which have another form in requests.
        let whole = C::from_xml(body.as_bytes()).unwrap().to_xml_as_with(NAME, &options()).unwrap();
        let whole = whole.replace("<use:products/>", "").replace("<use:defaultCallIn/>", "");
        let value_xml = value.to_xml_as_with(NAME, &options()).unwrap();
        let differ = value_xml.split_inclusive('>').zip(whole.split_inclusive('>')).find(|(ours, theirs)| ours != theirs);
        assert!(value_xml == whole, "something is lost at {differ:?}");
        value.to_xml_as(NAME).unwrap();
    }

    #[test]
    fn every_element_of_the_requests_arrives() {
        holds_everything::<SetUser, GetUserResponse>(include_str!("../../../tests/messages/use.setUser.xml"));
        holds_everything::<SetMeeting, GetMeetingResponse>(include_str!("../../../tests/messages/meet.setMeeting.xml"));
    }
}
