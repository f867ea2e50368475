//! Applies `--set PATH=VALUE` to the JSON of a request. A path is `name.name[2].name`; `@name` is an attribute. Indices start at 0; without
//! an index, a repeated element gets an additional item. Names and values are checked in `json`.

use std::io::IsTerminal as _;

use serde_json::{Map, Value};
use xsdgen_codec::TypeInfo;

use crate::description::{Declared, child, find, text};
use crate::failure::Problem;

/// Sets one field of a request of the given type.
pub(crate) fn set(request: &mut Value, info: &'static TypeInfo, assignment: &str) -> Result<(), Problem> {
    let (path, text) = parts(assignment)?;
    let steps: Option<Vec<Step<'_>>> = path.split('.').map(split).collect();
    let steps =
        steps.ok_or_else(|| usage(format!("--set {path}: expected a path such as name.name[2].name, with indices from 0 to 9999")))?;
    let names: Vec<&str> = steps.iter().map(|(name, _)| *name).collect();
    let value = value(path, text, find(info, &names).as_ref().is_some_and(Declared::is_secret)).map_err(usage)?;
    assign(request, Some(info), &steps, Value::String(value)).map_err(|why| usage(format!("--set {path}: {why}")))
}

/// Returns the path of an assignment in the form that problems use: with the index of each repeated element, 0 if it has none. An assignment
/// that adds an item overrides nothing and has no path.
pub(crate) fn path(info: &'static TypeInfo, assignment: &str) -> Option<String> {
    let (mut info, mut whole, mut adds) = (Some(info), String::new(), false);
    for step in assignment.split('=').next().unwrap_or_default().split('.') {
        let (name, index) = split(step).unwrap_or((step, None));
        let child = info.and_then(|info| child(info, name));
        let dot = if whole.is_empty() { "" } else { "." };
        let many = child.filter(|child| child.many);
        adds = many.is_some() && index.is_none();
        let index = many.map(|_| format!("[{}]", index.unwrap_or(0))).unwrap_or_default();
        whole.push_str(&format!("{dot}{name}{index}"));
        info = child.and_then(|child| child.type_info());
    }
    (!adds).then_some(whole)
}

/// Refuses an item that was not set although a later one was. `path` is that of the value.
pub(crate) fn check_items(value: &Value, path: &str) -> Result<(), Problem> {
    match value {
        Value::Object(members) => members.iter().try_for_each(|(name, value)| check_items(value, &format!("{path}.{name}"))),
        Value::Array(items) => items.iter().enumerate().try_for_each(|(index, item)| {
            let path = format!("{path}[{index}]");
            match item {
                Value::Null => {
                    let message = "this item is missing: indices start at 0 and must not skip an item";
                    Err(Problem::new("value", message).at_path(path))
                }
                item => check_items(item, &path),
            }
        }),
        _ => Ok(()),
    }
}

fn parts(assignment: &str) -> Result<(&str, &str), Problem> {
    assignment.split_once('=').ok_or_else(|| usage(format!("--set {assignment}: expected PATH=VALUE")))
}

fn usage(message: String) -> Problem {
    Problem::new("usage", message)
}

/// A name and the index of an item.
type Step<'a> = (&'a str, Option<usize>);

fn assign(place: &mut Value, info: Option<&'static TypeInfo>, steps: &[Step<'_>], value: Value) -> Result<(), String> {
    let [(name, index), rest @ ..] = steps else {
        match place {
            // The text of an element that has attributes already.
            Value::Object(fields) if info.is_some_and(|info| text(info).is_some()) => drop(fields.insert("$".to_owned(), value)),
            place => *place = value,
        }
        return Ok(());
    };
    let fields = match place {
        Value::Object(fields) => fields,
        Value::Null => {
            *place = Value::Object(Map::new());
            return assign(place, info, steps, value);
        }
        Value::String(_) if info.is_some_and(|info| text(info).is_some()) => {
            *place = Value::Object(Map::from_iter([("$".to_owned(), place.take())]));
            return assign(place, info, steps, value);
        }
        _ => return Err(format!("{name} cannot be set within a field that is already set to a text")),
    };
    let child = info.and_then(|info| child(info, name));
    let of = child.and_then(|child| child.type_info());
    if child.is_some() && info.is_some_and(TypeInfo::keeps_order) {
        let items = fields.entry("$").or_insert_with(|| Value::Array(Vec::new()));
        return assign_in_order(items, name, *index, of, rest, value);
    }
    let slot = fields.entry(*name).or_insert(Value::Null);
    if index.is_none() && !child.is_some_and(|child| child.many) {
        return assign(slot, of, rest, value);
    }
    if slot.is_null() {
        *slot = Value::Array(Vec::new());
    } else if !slot.is_array() {
        *slot = Value::Array(vec![slot.take()]);
    }
    let Value::Array(items) = slot else { return Ok(()) };
    // Without an index, a simple value is appended, and a field goes to the first item.
    let index = index.unwrap_or(if rest.is_empty() { items.len() } else { 0 });
    if items.len() <= index {
        items.resize(index + 1, Value::Null);
    }
    items.get_mut(index).map_or(Ok(()), |item| assign(item, of, rest, value))
}

/// Sets a field in children whose order is kept: each item is an object with one member, or a text.
fn assign_in_order(
    items: &mut Value,
    name: &str,
    index: Option<usize>,
    of: Option<&'static TypeInfo>,
    rest: &[Step<'_>],
    value: Value,
) -> Result<(), String> {
    let Value::Array(items) = items else { return Err(format!("{name} cannot be set beside a text")) };
    let mut alike = items.iter_mut().filter_map(|item| item.get_mut(name));
    let before = alike.by_ref().count();
    let index = index.unwrap_or(if rest.is_empty() { before } else { 0 });
    if index > before {
        return Err(format!("there are only {before} {name}: indices start at 0 and must not skip an item"));
    }
    if index == before {
        items.push(Value::Object(Map::from_iter([(name.to_owned(), Value::Null)])));
    }
    let item = items.iter_mut().filter_map(|item| item.get_mut(name)).nth(index);
    item.map_or(Ok(()), |item| assign(item, of, rest, value))
}

/// Parses `name` or `name[2]`.
fn split(step: &str) -> Option<Step<'_>> {
    match step.strip_suffix(']') {
        None => (!step.is_empty() && !step.contains('[')).then_some((step, None)),
        Some(inner) => {
            let (name, index) = inner.split_once('[')?;
            let index = index.parse().ok().filter(|index| *index < 10_000)?;
            (!name.is_empty()).then_some((name, Some(index)))
        }
    }
}

/// Returns the value, or reads it from its source.
fn value(path: &str, text: &str, secret: bool) -> Result<String, String> {
    let Some(source) = text.strip_prefix('@') else {
        if secret {
            return Err(format!("--set {path}: it is a secret, and others can see arguments: write @prompt, @env:NAME or @FILE instead"));
        }
        return Ok(text.to_owned());
    };
    if let Some(name) = source.strip_prefix("env:") {
        return std::env::var(name).map_err(|_| format!("--set {path}: the environment has no {name}"));
    }
    if source == "prompt" {
        if !std::io::stdin().is_terminal() {
            return Err(format!("--set {path}: there is no terminal for a prompt"));
        }
        return rpassword::prompt_password(format!("{path}: ")).map_err(|error| format!("--set {path}: {error}"));
    }
    if let Some(literal) = source.strip_prefix('@') {
        return Ok(format!("@{literal}"));
    }
    let text = std::fs::read_to_string(source).map_err(|error| format!("--set {path}: {source}: {error}"))?;
    Ok(text.strip_suffix('\n').map(str::to_owned).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::description::operation;

    fn request_of(name: &str) -> &'static TypeInfo {
        operation(name).unwrap().request
    }

    #[test]
    fn paths_find_their_places() {
        let mut request = json!({});
        for assignment in ["hostWebExID=jane", "listControl.startFrom=1", "listControl.maximumNum=5", "order.orderBy=A", "order.orderBy=B"]
        {
            set(&mut request, request_of("lstsummaryMeeting"), assignment).unwrap();
        }
        assert_eq!(
            request,
            json!({ "hostWebExID": "jane", "listControl": { "startFrom": "1", "maximumNum": "5" }, "order": { "orderBy": ["A", "B"] } })
        );
        let mut request = json!({});
        set(&mut request, request_of("delUser"), "webExId[1]=b").unwrap();
        set(&mut request, request_of("delUser"), "webExId[0]=@@a").unwrap();
        assert_eq!(request, json!({ "webExId": ["@a", "b"] }));
    }

    #[test]
    fn secrets_are_no_arguments() {
        let mut request = json!({});
        let told = set(&mut request, request_of("createUser"), "password=c4n4ry").unwrap_err().to_string();
        assert!(told.contains("others can see arguments") && !told.contains("c4n4ry"), "{told}");
        assert!(set(&mut request, request_of("createUser"), "password=@env:WEBEX_XML_TEST_ABSENT").unwrap_err().message.contains("has no"));
    }

    #[test]
    fn bad_paths_are_told() {
        for bad in ["a", "=1", "a..b=1", "a[=1", "a[x]=1", "a[99999999]=1", "[0]=1"] {
            assert!(set(&mut json!({}), request_of("delUser"), bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_text_is_not_replaced_in_silence() {
        let mut request = json!({ "metaData": "x" });
        let told = set(&mut request, request_of("createMeeting"), "metaData.confName=y").unwrap_err().to_string();
        assert_eq!(told, "--set metaData.confName: confName cannot be set within a field that is already set to a text");
    }

    #[test]
    fn paths_are_written_out() {
        assert_eq!(path(request_of("delUser"), "webExId=jane"), None);
        assert_eq!(path(request_of("delUser"), "webExId[1]=jane").unwrap(), "webExId[1]");
        assert_eq!(
            path(request_of("createMeeting"), "participants.attendees.attendee[2].person.email=a=b").unwrap(),
            "participants.attendees.attendee[2].person.email"
        );
    }

    #[test]
    fn texts_with_attributes_and_children_in_order_have_the_form_of_the_codec() {
        let mut request = json!({});
        let processing = "questestinterop.assessment.section.item.resprocessing";
        for assignment in [
            "outcomes.decvar=7",
            "outcomes.decvar.@varname=SCORE",
            "respcondition.conditionvar.varequal=a",
            "respcondition.conditionvar.not.varequal=b",
            "respcondition.conditionvar.varequal=c",
            "respcondition.conditionvar.varequal[0].@respident=R",
        ] {
            set(&mut request, request_of("setIMStest"), &format!("{processing}.{assignment}")).unwrap();
        }
        let text = request.to_string();
        assert!(text.contains(r#"{"$":"7","@varname":"SCORE"}"#), "{text}");
        assert!(
            text.contains(r#""conditionvar":{"$":[{"varequal":{"$":"a","@respident":"R"}},{"not":{"varequal":"b"}},{"varequal":"c"}]}"#),
            "{text}"
        );
        let far =
            set(&mut request, request_of("setIMStest"), &format!("{processing}.respcondition.conditionvar.varequal[5]=x")).unwrap_err();
        assert!(far.message.contains("there are only 2 varequal"), "{far}");
    }
}
