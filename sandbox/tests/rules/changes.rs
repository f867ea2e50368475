//! Tests that requests change only the values that they set, and that invalid values change nothing. Every element of the requests is
//! tested.

use roxmltree::{Document as Tree, Node};
use webex_xml_sandbox::{ADMIN, HOST, MEETING_KEY, Sandbox, SiteKind};
use webex_xml_types::Document;

use crate::support::text;
use crate::{assert_success, call, password, site};

/// The requests with all elements of the release, which are valid against the schemas.
const SET_USER: &str = include_str!("../../../tests/messages/use.setUser.xml");
const SET_MEETING: &str = include_str!("../../../tests/messages/meet.setMeeting.xml");

/// A request that changes values, and the request that reads them.
struct Operation {
    set: &'static str,
    get: &'static str,
    key: String,
    whole: &'static str,
    /// Elements that name the account or meeting, that the site manages itself, or that depend on another element.
    keys: &'static [&'static str],
}

fn user() -> Operation {
    Operation {
        set: "user.SetUser",
        get: "user.GetUser",
        key: format!("<webExId>{}</webExId>", HOST.webex_id),
        whole: SET_USER,
        keys: &["webExId", "userId", "newWebExId", "syncWebOffice", "validateFormat", "timeZone"],
    }
}

fn meeting() -> Operation {
    Operation {
        set: "meeting.SetMeeting",
        get: "meeting.GetMeeting",
        key: format!("<meetingkey>{MEETING_KEY}</meetingkey>"),
        whole: SET_MEETING,
        keys: &["meetingkey", "hostWebExID", "validateFormat", "timeZone"],
    }
}

impl Operation {
    /// Makes a change, and returns what is read afterwards.
    fn changed(&self, sandbox: &Sandbox, change: &str) -> String {
        let answer = call(sandbox, &password(&ADMIN), self.set, &format!("{}{change}", self.key));
        // An invalid value that cannot be left out, such as the number of an account, is refused with its position.
        assert!(text(&answer, "serv:result") == Some("SUCCESS") || answer.contains("not a value of its type"), "{answer}");
        let read = call(sandbox, &password(&ADMIN), self.get, &self.key);
        assert_success(&read);
        Document::from_xml_strict(read.as_bytes()).unwrap_or_else(|error| panic!("{change}: {error}\n{read}"));
        read
    }

    #[track_caller]
    fn assert_idle(&self, sandbox: &Sandbox, change: &str, before: &str, path: &str) {
        let after = self.changed(sandbox, change);
        let differ: Vec<(&str, &str)> = lines(before).into_iter().zip(lines(&after)).filter(|(a, b)| a != b).take(3).collect();
        assert!(before == after, "{}: {path}: {differ:?}", self.set);
    }

    /// Returns a site on which all values are set, and what is read from it.
    fn filled(&self) -> (Sandbox, String) {
        let sandbox = site(SiteKind::NonSso);
        let before = self.changed(&sandbox, &self.everything());
        (sandbox, before)
    }

    /// Returns a change that sets all values.
    fn everything(&self) -> String {
        let tree = Tree::parse(self.whole).unwrap();
        let body = tree.descendants().find(|node| node.tag_name().name() == "bodyContent").unwrap();
        let all: String = self.children(body).map(|node| self.rebuilt(node, &|_| None)).collect();
        all.replace("agenda</", "agenda &amp; more</")
    }

    /// Returns the element without prefixes and keys. `text` replaces some of its texts.
    fn rebuilt(&self, node: Node<'_, '_>, text: &dyn Fn(Node<'_, '_>) -> Option<String>) -> String {
        let name = node.tag_name().name();
        let inner = match is_leaf(node) {
            true => text(node).unwrap_or_else(|| node.text().unwrap_or_default().trim().to_owned()),
            false => self.children(node).map(|child| self.rebuilt(child, text)).collect(),
        };
        format!("<{name}>{inner}</{name}>")
    }

    fn children<'a, 'i>(&'a self, body: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
        body.children().filter(|node| node.is_element() && !self.keys.contains(&node.tag_name().name()))
    }

    /// Returns, for each element of the request, its path and a change that contains only this element within its ancestors.
    fn alone(&self, with: impl Fn(Node<'_, '_>) -> Option<String>) -> Vec<(String, String)> {
        let tree = Tree::parse(self.whole).unwrap();
        let body = tree.descendants().find(|node| node.tag_name().name() == "bodyContent").unwrap();
        let mut all = Vec::new();
        for node in self.children(body).flat_map(|child| child.descendants()).filter(Node::is_element) {
            let names: Vec<&str> = node.ancestors().take_while(|up| *up != body).map(|up| up.tag_name().name()).collect();
            if names.iter().any(|name| self.keys.contains(name)) {
                continue;
            }
            let Some(own) = with(node) else { continue };
            let change = names.iter().skip(1).fold(own, |inner, name| format!("<{name}>{inner}</{name}>"));
            all.push((names.into_iter().rev().collect::<Vec<_>>().join("/"), change));
        }
        assert!(all.len() > 10, "{}: {} elements", self.set, all.len());
        all
    }
}

fn is_leaf(node: Node<'_, '_>) -> bool {
    !node.children().any(|child| child.is_element())
}

/// Returns whether the value is any text, not a number, a boolean, a date or a value of an enumeration.
fn is_text(node: Node<'_, '_>) -> bool {
    node.text().is_some_and(|text| text.trim() == node.tag_name().name())
}

#[test]
fn an_empty_wrapper_changes_nothing_below_it() {
    for operation in [user(), meeting()] {
        let (sandbox, before) = operation.filled();
        for (path, change) in operation.alone(|node| (!is_leaf(node)).then(|| format!("<{0}></{0}>", node.tag_name().name()))) {
            operation.assert_idle(&sandbox, &change, &before, &path);
        }
    }
}

#[test]
fn an_empty_value_changes_only_that_value() {
    for operation in [user(), meeting()] {
        let (sandbox, before) = operation.filled();
        for (path, change) in operation.alone(|node| is_leaf(node).then(|| format!("<{}/>", node.tag_name().name()))) {
            let after = operation.changed(&sandbox, &change);
            let name = path.rsplit('/').next().unwrap();
            let still = lines(&after);
            let gone: Vec<&str> = lines(&before).into_iter().filter(|line| !still.contains(line)).collect();
            assert!(gone.iter().all(|line| line.contains(&format!(":{name}>"))), "{}: {path} took {gone:?}", operation.set);
            if after != before {
                assert_eq!(operation.changed(&sandbox, &operation.everything()), before);
            }
        }
    }
}

/// Returns the tags and texts of XML, one per line.
fn lines(xml: &str) -> Vec<&str> {
    xml.split_inclusive('>').collect()
}

#[test]
fn a_bad_value_changes_nothing() {
    for operation in [user(), meeting()] {
        let (sandbox, before) = operation.filled();
        let bad = |node: Node<'_, '_>| (is_leaf(node) && !is_text(node)).then(|| operation.rebuilt(node, &|_| Some("~~~".to_owned())));
        for (path, change) in operation.alone(bad) {
            if ["phone", "mobilePhone", "fax", "phone2", "mobilePhone2", "pager"].contains(&path.rsplit('/').next().unwrap()) {
                continue; // any text is a phone number
            }
            operation.assert_idle(&sandbox, &change, &before, &path);
        }
    }
}

#[test]
fn a_personal_room_keeps_values_that_are_not_set() {
    let sandbox = site(SiteKind::Ci);
    let own = format!("<webExId>{}</webExId>", HOST.webex_id);
    let room = |change: &str| {
        let change = format!("{own}<personalMeetingRoom>{change}</personalMeetingRoom>");
        assert_success(&call(&sandbox, &password(&HOST), "user.SetUser", &change));
        call(&sandbox, &password(&HOST), "user.GetUser", &own)
    };
    for change in
        ["", "<PMRAutoLock/>", "<PMRAutoLockWaitTime>soon</PMRAutoLockWaitTime>", "<PRNotifications/>", "<PMRAutoLock>maybe</PMRAutoLock>"]
    {
        let user = room(change);
        assert_eq!(text(&user, "use:title"), Some("Hal Host's Personal Room"), "{change}");
        for name in ["personalMeetingRoomURL", "sipURL", "accessCode", "hostPIN"] {
            assert!(text(&user, &format!("use:{name}")).is_some(), "{change}: {name} is gone\n{user}");
        }
    }
    let user = room("<title/><PMRAutoLock>TRUE</PMRAutoLock><PRNotifications><mode>SMS</mode><mode>PIGEON</mode></PRNotifications>");
    assert_eq!((text(&user, "use:title"), text(&user, "use:PMRAutoLock"), text(&user, "use:hostPIN")), (None, Some("true"), Some("2468")));
    assert_eq!(text(&user, "use:PRNotifications"), Some("<use:mode>SMS</use:mode>"));
}

#[test]
fn a_meeting_keeps_its_start_time() {
    let sandbox = site(SiteKind::Ci);
    let operation = meeting();
    let before = operation.changed(&sandbox, "");
    for date in ["none", "", "13/45/2015 10:00:00", " "] {
        let change = format!("<schedule><startDate>{date}</startDate></schedule>");
        operation.assert_idle(&sandbox, &change, &before, date);
    }
}

#[test]
fn an_empty_password_changes_nothing() {
    let sandbox = site(SiteKind::NonSso);
    let own = format!("<webExId>{}</webExId>", HOST.webex_id);
    assert_success(&call(&sandbox, &password(&ADMIN), "user.SetUser", &format!("{own}<password/><newWebExId/><firstName>Hel</firstName>")));
    assert_success(&call(&sandbox, &password(&HOST), "user.GetUser", &own));
    assert_success(&call(&sandbox, &password(&ADMIN), "user.SetUser", &format!("{own}<password>{}</password>", "long".repeat(16))));
    assert_success(&call(&sandbox, &password(&HOST), "user.GetUser", &own));
}

#[test]
fn new_values_are_checked_too() {
    let sandbox = site(SiteKind::NonSso);
    let user = "<webExId>jane</webExId><privilege><host>perhaps</host></privilege><service>GOLD</service><address><city/></address>";
    assert_success(&call(&sandbox, &password(&ADMIN), "user.CreateUser", user));
    let jane = call(&sandbox, &password(&ADMIN), "user.GetUser", "<webExId>jane</webExId>");
    Document::from_xml_strict(jane.as_bytes()).unwrap();
    assert!(!jane.contains("GOLD") && !jane.contains("<use:privilege"), "{jane}");
    let meeting = "<metaData><confName>x</confName></metaData><telephony><telephonySupport>PAGER</telephonySupport></telephony>\
        <accessControl><meetingPassword>much longer than sixteen</meetingPassword></accessControl>\
        <schedule><startDate>tomorrow</startDate><duration>abc</duration><timeZoneID>999</timeZoneID></schedule>";
    let made = call(&sandbox, &password(&HOST), "meeting.CreateMeeting", meeting);
    let key = format!("<meetingKey>{}</meetingKey>", text(&made, "meet:meetingkey").unwrap());
    let meeting = call(&sandbox, &password(&HOST), "meeting.GetMeeting", &key);
    Document::from_xml_strict(meeting.as_bytes()).unwrap();
    assert_eq!((text(&meeting, "meet:telephonySupport"), text(&meeting, "meet:timeZoneID")), (Some("NONE"), Some("4")), "{meeting}");
    assert_eq!((text(&meeting, "meet:meetingPassword"), text(&meeting, "meet:duration")), (None, Some("20")), "{meeting}");
}
