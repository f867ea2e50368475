//! Applies `--set PATH=VALUE` to the JSON of a request. A path is `name.name[2].name`; `@name` is an attribute. Indices start at 0; without
//! an index, a repeated element gets an additional item. Names and values are checked in `json`.

use std::io::IsTerminal as _;

use serde_json::{Map, Value};

use crate::description::{Child, description};
use crate::failure::Problem;

/// Sets one field of a request of the given type.
pub(crate) fn set(request: &mut Value, key: &str, assignment: &str) -> Result<(), Problem> {
    let (path, text) = parts(assignment)?;
    let steps: Option<Vec<Step<'_>>> = path.split('.').map(split).collect();
    let steps =
        steps.ok_or_else(|| usage(format!("--set {path}: expected a path such as name.name[2].name, with indices from 0 to 9999")))?;
    let value = value(path, text, is_secret(key, &steps)).map_err(usage)?;
    assign(request, key, &steps, Value::String(value)).map_err(|why| usage(format!("--set {path}: {why}")))
}

/// Returns the path of an assignment in the form that problems use: with the index of each repeated element, 0 if it has none.
pub(crate) fn path(key: &str, assignment: &str) -> String {
    let (mut key, mut whole) = (key.to_owned(), String::new());
    for step in assignment.split('=').next().unwrap_or_default().split('.') {
        let (name, index) = split(step).unwrap_or((step, None));
        let child = child(&key, name);
        let dot = if whole.is_empty() { "" } else { "." };
        let index = child.filter(|child| child.many).map(|_| format!("[{}]", index.unwrap_or(0))).unwrap_or_default();
        whole.push_str(&format!("{dot}{name}{index}"));
        key = child.map(|child| child.of.clone()).unwrap_or_default();
    }
    whole
}

fn parts(assignment: &str) -> Result<(&str, &str), Problem> {
    assignment.split_once('=').ok_or_else(|| usage(format!("--set {assignment}: expected PATH=VALUE")))
}

fn usage(message: String) -> Problem {
    Problem::new("usage", message)
}

/// A name and the index of an item.
type Step<'a> = (&'a str, Option<usize>);

fn child(key: &str, name: &str) -> Option<&'static Child> {
    description().of(key)?.children.iter().find(|child| child.local() == name)
}

fn is_secret(key: &str, steps: &[Step<'_>]) -> bool {
    match steps {
        [] => false,
        [(name, _)] => child(key, name).is_some_and(|child| child.secret),
        [(name, _), rest @ ..] => child(key, name).is_some_and(|child| is_secret(&child.of, rest)),
    }
}

fn assign(place: &mut Value, key: &str, steps: &[Step<'_>], value: Value) -> Result<(), String> {
    let [(name, index), rest @ ..] = steps else {
        *place = value;
        return Ok(());
    };
    let fields = match place {
        Value::Object(fields) => fields,
        Value::Null => {
            *place = Value::Object(Map::new());
            return assign(place, key, steps, value);
        }
        _ => return Err(format!("{name} cannot be set within a field that is already set to a text")),
    };
    let slot = fields.entry(*name).or_insert(Value::Null);
    let child = child(key, name);
    let of = child.map_or("", |child| child.of.as_str());
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

    #[test]
    fn paths_find_their_places() {
        let mut request = json!({});
        for assignment in ["hostWebExID=jane", "listControl.startFrom=1", "listControl.maximumNum=5", "order.orderBy=A", "order.orderBy=B"]
        {
            set(&mut request, "meet:lstsummaryMeeting", assignment).unwrap();
        }
        assert_eq!(
            request,
            json!({ "hostWebExID": "jane", "listControl": { "startFrom": "1", "maximumNum": "5" }, "order": { "orderBy": ["A", "B"] } })
        );
        let mut request = json!({});
        set(&mut request, "use:delUser", "webExId[1]=b").unwrap();
        set(&mut request, "use:delUser", "webExId[0]=@@a").unwrap();
        assert_eq!(request, json!({ "webExId": ["@a", "b"] }));
    }

    #[test]
    fn secrets_are_no_arguments() {
        let mut request = json!({});
        let told = set(&mut request, "use:createUser", "password=c4n4ry").unwrap_err().to_string();
        assert!(told.contains("others can see arguments") && !told.contains("c4n4ry"), "{told}");
        assert!(set(&mut request, "use:createUser", "password=@env:WEBEX_XML_TEST_ABSENT").unwrap_err().message.contains("has no"));
    }

    #[test]
    fn bad_paths_are_told() {
        for bad in ["a", "=1", "a..b=1", "a[=1", "a[x]=1", "a[99999999]=1", "[0]=1"] {
            assert!(set(&mut json!({}), "use:delUser", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_text_is_not_replaced_in_silence() {
        let mut request = json!({ "metaData": "x" });
        let told = set(&mut request, "meet:createMeeting", "metaData.confName=y").unwrap_err().to_string();
        assert_eq!(told, "--set metaData.confName: confName cannot be set within a field that is already set to a text");
    }

    #[test]
    fn paths_are_written_out() {
        assert_eq!(path("use:delUser", "webExId=jane"), "webExId[0]");
        assert_eq!(
            path("meet:createMeeting", "participants.attendees.attendee[2].person.email=a=b"),
            "participants.attendees.attendee[2].person.email"
        );
    }
}
