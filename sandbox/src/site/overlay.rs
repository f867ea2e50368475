//! In: a stored value and a request that changes parts of it. Out: the value with those parts changed, and what of the request was passed over.
//! Not here: which parts a site lets be changed.
//!
//! | the request has | the stored value |
//! |---|---|
//! | no such element | keeps it |
//! | an empty wrapper, `<schedule/>` | keeps all of it |
//! | an empty text, `<agenda/>` | loses the text |
//! | an empty number, boolean, date or enumerated value | keeps it; one for which the schema has a default gets the default |
//! | a value that the schema does not allow, `<duration>abc</duration>` | keeps the old one; the place is reported |
//! | an element with a choice in it, as the products of an account | gets the new one as a whole |
//! | a list | gets the new list, without entries that the schema does not allow; where none is left it keeps the old one |
//!
//! What a stored value has no place for, as `syncWebOffice` of an account, falls away.

use std::collections::BTreeSet;

use roxmltree::{Document as Tree, Node};
use xsdgen_codec::{Error, FieldInfo, NoteKind, ReadOptions, TypeInfo, WriteOptions, Xml};

use crate::wire::Absent;

/// A value that a request made or changed.
#[derive(Debug)]
pub(crate) struct Overlaid<T> {
    pub(crate) value: T,
    /// Where the request has something that the schema does not allow, which changed nothing: `schedule/duration`.
    pub(crate) passed_over: Vec<String>,
}

/// Returns the stored value with everything that the request sets. Required members that it does not have, which it holds with a blank
/// value, are told apart from those that it sets.
pub(crate) fn overlay<T: Xml>(stored: &T, change: &impl Xml, absent: &Absent) -> Result<Overlaid<T>, Error> {
    merged(&stored.to_xml_as_with(NAME, &options())?, &change.to_xml_as_with(NAME, &options())?, absent)
}

/// Returns the value that a request creates: what both types have.
pub(crate) fn converted<T: Xml>(request: &impl Xml) -> Result<Overlaid<T>, Error> {
    merged(NOTHING, &request.to_xml_as_with(NAME, &options())?, &Absent::new())
}

/// A name for the root element, which does not matter.
const NAME: &str = "serv:value";

/// A value without any element.
const NOTHING: &str = "<value/>";

/// Stands in elements that are empty: a text that no number, date or enumeration has.
const EMPTY: &str = "\u{e000}";

fn options() -> WriteOptions {
    WriteOptions::tolerant().declaration(false)
}

fn merged<T: Xml>(stored: &str, change: &str, absent: &Absent) -> Result<Overlaid<T>, Error> {
    let (mut text, mut passed_over) = (String::new(), Vec::new());
    let marked = marked(change);
    if let (Ok(stored), Ok(change), Some(type_info)) = (Tree::parse(stored), Tree::parse(&marked), T::type_info()) {
        let mut merge = Merge { unfit: unfit::<T>(&marked)?, absent, entries: 1, path: Vec::new(), passed_over };
        // What is missing in the value itself stays blank: it is the site's own, as the key of a new meeting.
        let _ = merge.content(type_info, Some(stored.root_element()), change.root_element(), &mut text);
        passed_over = merge.passed_over;
    }
    let options = ReadOptions::tolerant().undeclared_prefixes(true);
    let value = T::read_xml(format!("<{NAME}>{text}</{NAME}>").as_bytes(), &options)?.value;
    Ok(Overlaid { value, passed_over })
}

/// Puts [`EMPTY`] into elements that are empty and hold a text: `<a></a>`, as the codec writes them; an empty wrapper is `<a/>`.
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

/// Returns where elements begin whose texts are none of their types.
fn unfit<T: Xml>(xml: &str) -> Result<BTreeSet<usize>, Error> {
    let notes = T::read_xml(xml.as_bytes(), &ReadOptions::tolerant())?.notes;
    let unfit = |kind| matches!(kind, NoteKind::KeptValue | NoteKind::UnknownValue | NoteKind::BadValue);
    Ok(notes.iter().filter(|note| unfit(note.kind)).map(|note| note.position.offset).collect())
}

/// What an element that holds a text does to the stored value.
enum Leaf<'a> {
    Set(&'a str),
    Cleared,
    /// It changes nothing.
    Idle,
}

struct Merge<'a> {
    unfit: BTreeSet<usize>,
    absent: &'a Absent,
    /// How many entries the lists have that the element at hand stands in.
    entries: usize,
    path: Vec<&'static str>,
    passed_over: Vec<String>,
}

impl Merge<'_> {
    /// Writes the content of an element: that of the stored one with the change in it. Fails where something is missing then.
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

    /// Writes all elements of a name.
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
                // Where only some entries lack something, it is not known which: the blank ones.
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

    /// Writes an element that has children; nothing if it changes nothing.
    fn wrapper(&mut self, type_info: &'static TypeInfo, stored: Option<Node<'_, '_>>, change: Node<'_, '_>, into: &mut String) {
        if !type_info.is_plain() {
            return self.whole(change, into);
        }
        let mut content = String::new();
        match self.content(type_info, stored, change, &mut content) {
            // Without any text in it the element is empty, whatever it must hold.
            _ if !has_text(&content) => {}
            Ok(()) => {
                let name = raw_name(change);
                into.extend(["<", name, ">", &content, "</", name, ">"]);
            }
            // What is of another form, as the products of an account, is not wrong: the stored value has no place for it.
            Err(()) if type_info.elements().all(|item| named(change, item.name()).next().is_none()) => {}
            Err(()) => self.pass_over(),
        }
    }

    /// Writes an element as it stands, unless something in it is not allowed.
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
            // As live servers take it.
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

/// Whether an element has nothing in it but what it must hold, with the values of what was never set.
fn is_blank(type_info: &'static TypeInfo, element: Node<'_, '_>) -> bool {
    element.children().filter(Node::is_element).all(|child| {
        let item = type_info.elements().find(|item| item.is_required() && item.name() == child.tag_name().name());
        item.is_some_and(|item| match item.complex_type() {
            Some(type_info) => is_blank(type_info, child),
            None => matches!(child.text(), Some(EMPTY | "0" | "false")),
        })
    })
}

/// Whether a text stands between tags.
fn has_text(xml: &str) -> bool {
    xml.split('>').any(|part| !part.is_empty() && !part.starts_with('<'))
}

/// The name with its prefix.
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

    /// The stored meeting with that change.
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
        // Reading has noted it already, and left it out.
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

    /// All elements that a type has, in a document with every one of them.
    fn holds_everything<T: Xml, C: Xml>(message: &str) {
        let start = message.find("<serv:bodyContent").unwrap();
        let end = message.find("</serv:body>").unwrap();
        let root = &message[message.find("<serv:message").unwrap() + "<serv:message".len()..message.find("<serv:header>").unwrap()];
        let body =
            message[start..end].replacen("<serv:bodyContent", &format!("<serv:bodyContent{}", root.trim_end().trim_end_matches('>')), 1);
        let request = T::from_xml(body.as_bytes()).unwrap();
        let Overlaid { value, passed_over } = converted::<C>(&request).unwrap();
        assert_eq!(passed_over, Vec::<String>::new());
        // Empty wrappers, and the products of an account, which have another form in requests.
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
