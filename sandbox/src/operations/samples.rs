//! Answers operations that have no state in the sandbox with sample answers made from the schemas. An answer repeats values of the
//! request; lists have [`RECORDS`] different records and support paging. A test in the workspace root generates the samples from the
//! schemas.

use std::ops::Range;

use roxmltree::{Document as Tree, Node};
use webex_xml_types::Document;
use webex_xml_types::serv::message::{Body, Header};
use webex_xml_types::serv::{AnyBodyContent, Message};
use xsdgen_codec::{OperationInfo, WriteOptions};

use super::Outcome;
use super::lists::bounds;
use crate::faults::Fault;
use crate::site::Caller;

/// The sample answers by operation name, as whole messages.
const SAMPLES: &[(&str, &str)] = include!("../../samples/table.rs");

/// The number of records in a sample list.
const RECORDS: usize = 12;

/// The operations without state that only site administrators can use.
const FOR_ADMINISTRATORS: [&str; 4] = ["setSite", "lstUser", "AssignWebACDQueues", "AssignWebACDAgents"];

/// Refuses a request on something that does not belong to the caller, which is the site itself or a session or history of another host.
/// Requests for session lists can name any host.
pub(super) fn may_ask(caller: &Caller, operation: &OperationInfo, request: &AnyBodyContent) -> Outcome<()> {
    if caller.is_site_admin() {
        return Ok(());
    }
    let others = !operation.name.starts_with("lstsummary") && hosts(request).iter().any(|host| !caller.is(host));
    if others || FOR_ADMINISTRATORS.contains(&operation.name) { Err(Fault::access_denied()) } else { Ok(()) }
}

/// Returns the hosts that a request names.
fn hosts(request: &AnyBodyContent) -> Vec<String> {
    let request = Message::new(Header::new(), Body::new([request.clone()]));
    let options = WriteOptions::tolerant();
    let Ok(xml) = Document::Message(Box::new(request)).to_xml_with(&options) else { return Vec::new() };
    let Ok(tree) = Tree::parse(&xml) else { return Vec::new() };
    let named = tree.descendants().filter(|node| node.tag_name().name() == "hostWebExID");
    named.filter_map(|node| node.text()).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// Returns the sample answer to a request.
pub(super) fn answer(operation: &OperationInfo, request: AnyBodyContent) -> Outcome<AnyBodyContent> {
    let no_sample = || Fault::new("999999", format!("The sandbox has no sample of {}", operation.name));
    let sample = sample(operation.name).ok_or_else(no_sample)?;
    let request = Message::new(Header::new(), Body::new([request]));
    let asked = Document::Message(Box::new(request))
        .to_xml_with(&WriteOptions::tolerant())
        .map_or_else(|_| Asked::default(), |request| Asked::read(&request));
    let fitted = fitted(sample, &asked)?;
    body(&fitted).or_else(|| body(sample)).ok_or_else(no_sample)
}

/// Returns whether a key is one that the sample answers give to sessions, which are the numbers of their records.
pub(super) fn tells_of_session(key: i64) -> bool {
    usize::try_from(key).is_ok_and(|key| (1..=RECORDS).contains(&key))
}

/// Returns the sample answer of an operation, as a whole message.
pub(super) fn sample(operation: &str) -> Option<&'static str> {
    SAMPLES.iter().find(|(name, _)| *name == operation).map(|(_, text)| *text)
}

/// Returns the body of a message that is valid by the schemas.
fn body(message: &str) -> Option<AnyBodyContent> {
    match Document::from_xml_strict(message.as_bytes()) {
        Ok(Document::Message(message)) => message.body.body_content.into_iter().next(),
        _ => None,
    }
}

/// The values of a request that its answer repeats.
#[derive(Debug, Default)]
struct Asked {
    /// The names, in lower case, and texts of the direct children that have no children themselves.
    values: Vec<(String, String)>,
    /// The number of direct children that have children. Each of them requests one item.
    things: usize,
    start_from: Option<i64>,
    maximum_num: Option<i64>,
}

impl Asked {
    fn read(request: &str) -> Self {
        let Ok(tree) = Tree::parse(request) else { return Self::default() };
        let Some(body) = tree.descendants().find(|node| node.tag_name().name() == "bodyContent") else { return Self::default() };
        let number = |name| body.descendants().find(|node| node.tag_name().name() == name)?.text()?.trim().parse().ok();
        let leaves = body.children().filter(|node| node.is_element() && is_leaf(*node));
        let values = leaves.filter_map(|node| Some((node.tag_name().name().to_lowercase(), node.text()?.trim().to_owned())));
        Self {
            things: body.children().filter(|node| node.is_element() && !is_leaf(*node)).count(),
            values: values.filter(|(_, text)| !text.is_empty()).collect(),
            start_from: number("startFrom"),
            maximum_num: number("maximumNum"),
        }
    }
}

fn is_leaf(node: Node<'_, '_>) -> bool {
    !node.children().any(|child| child.is_element())
}

/// Returns the sample adapted to the request: values are repeated, records are numbered, and the requested page is cut out.
fn fitted(sample: &str, asked: &Asked) -> Outcome<String> {
    let broken = || Fault::processing("The sample cannot be read");
    let tree = Tree::parse(sample).map_err(|_| broken())?;
    let body = tree.descendants().find(|node| node.tag_name().name() == "bodyContent").ok_or_else(broken)?;
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let records = records(body);
    if let (Some(first), Some(last)) = (records.first(), records.last()) {
        let matching = body.children().find(|node| node.tag_name().name() == "matchingRecords");
        let page = match matching {
            Some(_) => bounds(RECORDS, asked.start_from, asked.maximum_num).ok_or_else(Fault::no_record)?,
            None if asked.things == 0 => 0..records.len(),
            None => 0..asked.things,
        };
        let counts = [("total", RECORDS), ("returned", page.len()), ("startFrom", page.start + 1)];
        for node in matching.iter().flat_map(|node| node.children()) {
            let count = counts.iter().find(|(name, _)| *name == node.tag_name().name());
            changes.extend(count.and_then(|(_, count)| Some((text_range(node)?, count.to_string()))));
        }
        let pages: Vec<String> = page.map(|number| record(sample, *first, number, asked)).collect();
        changes.push((first.range().start..last.range().end, pages.join("\n      ")));
    }
    for node in body.descendants().filter(|node| node.is_element() && is_leaf(*node)) {
        let inside = |range: &Range<usize>| range.start <= node.range().start && node.range().end <= range.end;
        if !changes.iter().any(|(range, _)| inside(range) || range.start >= node.range().start && range.end <= node.range().end) {
            changes.extend(repeated(node, asked));
        }
    }
    Ok(spliced(sample, 0..sample.len(), changes))
}

/// Returns the elements of an answer that occur once per requested item. In a list, which is an answer with a count of records, these are
/// the first children of the body that occur more than once. In other answers, these are all children, provided that they have the same
/// name.
fn records<'a, 'i>(body: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let children: Vec<Node<'a, 'i>> = body.children().filter(Node::is_element).collect();
    let is_list = children.iter().any(|node| node.tag_name().name() == "matchingRecords");
    let named = |name: &str| children.iter().filter(|node| node.tag_name().name() == name).copied().collect::<Vec<_>>();
    let repeated = children.iter().map(|node| named(node.tag_name().name())).find(|same| same.len() > 1).unwrap_or_default();
    if is_list || repeated.len() == children.len() { repeated } else { Vec::new() }
}

/// Returns a record of the list, numbered from 0. It is a copy of the first record with its own names and keys.
fn record(sample: &str, first: Node<'_, '_>, number: usize, asked: &Asked) -> String {
    let mut changes = Vec::new();
    for node in first.descendants().filter(|node| node.is_element() && is_leaf(*node)) {
        let change = repeated(node, asked).or_else(|| {
            let (name, text) = (node.tag_name().name(), node.text()?.trim());
            let range = text_range(node).filter(|_| number > 0)?;
            if text == name && name.to_lowercase().ends_with("name") {
                return Some((range, format!("{text} {}", number + 1)));
            }
            let name = name.to_lowercase();
            // Time zones and languages have numbers too, but these refer to fixed tables.
            let is_key =
                ["key", "id"].iter().any(|end| name.ends_with(end)) && !["zoneid", "languageid"].iter().any(|end| name.ends_with(end));
            let value = text.parse::<i64>().ok().filter(|_| is_key)?;
            Some((range, value.saturating_add(i64::try_from(number).ok()?).to_string()))
        });
        changes.extend(change);
    }
    spliced(sample, first.range(), changes)
}

/// Returns the replacement of an element's text, if the request has a value of the same name.
fn repeated(node: Node<'_, '_>, asked: &Asked) -> Option<(Range<usize>, String)> {
    let name = node.tag_name().name().to_lowercase();
    let (_, text) = asked.values.iter().find(|(own, _)| *own == name)?;
    Some((text_range(node)?, text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")))
}

/// Returns the position of the text in an element.
fn text_range(node: Node<'_, '_>) -> Option<Range<usize>> {
    node.children().find(Node::is_text).map(|text| text.range())
}

/// Returns a part of the text with the changes applied. The changes must not overlap.
fn spliced(text: &str, part: Range<usize>, mut changes: Vec<(Range<usize>, String)>) -> String {
    changes.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(part.len());
    let mut at = part.start;
    for (range, new) in changes {
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(text.get(at..part.end).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use webex_xml_types::{OPERATIONS, attendee, com, ep, training};

    fn answered<T: TryFrom<AnyBodyContent>>(request: impl Into<AnyBodyContent>) -> Outcome<T> {
        let request = request.into();
        let operation = crate::operations::known(&request).unwrap();
        Ok(answer(operation, request)?.try_into().ok().unwrap())
    }

    #[test]
    fn every_operation_has_a_sample() {
        for operation in OPERATIONS.iter() {
            let sample = sample(operation.name).unwrap_or_else(|| panic!("{}", operation.name));
            assert_eq!(body(sample).unwrap().type_name(), format!("{}Response", operation.name));
            fitted(sample, &Asked::default())
                .map(|text| Document::from_xml_strict(text.as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", operation.name)))
                .unwrap();
        }
    }

    #[test]
    fn answers_repeat_what_was_asked() {
        let answer: training::GetTrainingSessionResponse = answered(training::GetTrainingSession::new(17_260_117_096)).unwrap();
        assert_eq!(answer.session_key, 17_260_117_096);
    }

    #[test]
    fn there_is_an_answer_for_each_thing_asked() {
        let person = || com::Person::new("jane@acme.example".to_owned());
        for count in 1..4 {
            let attendees = (0..count).map(|_| attendee::RegisterAttendee::new(person()));
            let answer: attendee::RegisterMeetingAttendeeResponse = answered(attendee::RegisterMeetingAttendee::new(attendees)).unwrap();
            assert_eq!(answer.register.len(), count);
        }
    }

    #[test]
    fn lists_have_pages_and_records_that_differ() {
        let control = |start, most| ep::ListControl::new(start).with_maximum_num(most);
        let page = |start, most| answered::<ep::LstRecordingResponse>(ep::LstRecording::new().with_list_control(control(start, most)));
        let first = page(1, 5).unwrap();
        let records = first.matching_records.unwrap();
        assert_eq!((first.recording.len(), records.total, records.returned, records.start_from), (5, 12, 5, 1));
        let last = page(11, 5).unwrap();
        assert_eq!(last.recording.len(), 2);
        assert_ne!(first.recording[0].recording_id, last.recording[0].recording_id);
        assert_eq!(page(13, 5).unwrap_err().code, "000015");
    }
}
