//! Requests and answers as JSON, in the form of the codec (`docs/json.md`). The member `@type`, the `xsi:type` of the bodyContent, is implied by
//! the operation.

use serde_json::{Value, json};
use webex_xml::types::serv::AnyBodyContent;
use xsdgen_codec::{Error, ErrorKind, JsonOptions, Secrets};

use crate::description::{Child, Operation, children, find};
use crate::explain;
use crate::failure::{Failure, Problem};

/// The text that replaces a secret.
pub(crate) const MASK: &str = "******";

/// The maximum number of problems that are reported.
pub(crate) const SHOWN: usize = 20;

/// Returns a request or an answer as JSON. Secrets are masked unless `show_secrets` is set.
pub(crate) fn write(body: &AnyBodyContent, show_secrets: bool) -> Result<Value, String> {
    let secrets = if show_secrets { Secrets::Write } else { Secrets::Mask };
    let mut value = serde_json::to_value(JsonOptions::new().secrets(secrets).of(body)).map_err(|error| error.to_string())?;
    let is_implied = value.get("@type").and_then(Value::as_str).is_some_and(|name| local(name) == body.type_name());
    if let Some(members) = value.as_object_mut().filter(|_| is_implied) {
        members.shift_remove("@type");
    }
    Ok(value)
}

/// Reads a request and checks it against the schema.
pub(crate) fn read(mut fields: Value, operation: &Operation) -> Result<AnyBodyContent, Failure> {
    let wrong = |message: &str| Problem::new("value", message).at_path(operation.name);
    let Value::Object(members) = &mut fields else {
        let members: Vec<&str> = children(operation.request).iter().take(3).map(Child::name).collect();
        let problem = wrong(&format!("expected an object, not {}", word(&fields)));
        return Err(problem.with_help(format!("set its members: {} ...", members.join(", "))).into());
    };
    let (namespace, name) = operation.request.name();
    let implied = json!(format!("{{{namespace}}}{name}"));
    if let Some(named) = members.insert("@type".to_owned(), implied) {
        let named = named.as_str().ok_or_else(|| wrong("@type is not a string"))?;
        if let Some(problem) = explain::wrong_type(named, operation, "@type", "leave it out: the operation implies it") {
            return Err(problem.at_path(operation.name).into());
        }
    }
    let options = JsonOptions::new().strict(true).all_errors(true);
    let reading = options.try_read::<AnyBodyContent, _>(&fields).map_err(|error| Problem::new("json", error.to_string()))?;
    reading.map_err(|error| {
        let mut problems: Vec<Problem> = error.all().take(SHOWN).map(|error| of_error(error, &fields, operation)).collect();
        let rest = error.all().skip(SHOWN).count();
        if rest > 0 {
            problems.push(Problem::new("request", format!("and {rest} further problems")));
        }
        Failure::of_request(problems).err().unwrap_or_else(|| wrong("it cannot be read").into())
    })
}

/// Describes an error at its path, with the name of the operation for `$`.
fn of_error(error: &Error, fields: &Value, operation: &Operation) -> Problem {
    let steps = steps(error.path());
    let names: Vec<&str> = steps.iter().filter_map(Step::name).filter(|name| *name != "$").collect();
    let path = |steps: &[Step]| steps.iter().fold(operation.name.to_owned(), |path, step| format!("{path}{step}"));
    let declared = find(operation.request, &names);
    let (name, above) = names.split_last().map_or(("", &[][..]), |(name, above)| (*name, above));
    let parent = find(operation.request, above).and_then(|parent| parent.info).filter(|_| declared.is_none());
    let outer = || path(steps.split_last().map_or(&[][..], |(_, outer)| outer));
    match (error.kind(), parent) {
        // An undeclared member is a problem of its parent.
        (ErrorKind::UnexpectedElement, Some(parent)) => explain::unknown_element(name, parent, operation.request).at_path(outer()),
        (ErrorKind::UnexpectedAttribute, Some(parent)) => {
            explain::unknown_attribute(name.trim_start_matches('@'), Some(parent)).at_path(outer())
        }
        (ErrorKind::Missing, _) if error.message().contains(name) => explain::missing(name).at_path(path(&steps)),
        (ErrorKind::Value | ErrorKind::Facet, _) => of_value(error, at(fields, &steps), &names, operation).at_path(path(&steps)),
        (kind, _) => Problem::new(explain::code(kind), error.message()).at_path(path(&steps)),
    }
}

/// Describes a value that is wrong: a text by what is allowed, anything else by the message of the codec.
fn of_value(error: &Error, value: Option<&Value>, names: &[&str], operation: &Operation) -> Problem {
    let declared = find(operation.request, names).filter(|declared| declared.is_simple());
    match (value.and_then(scalar), declared) {
        (Some(text), Some(declared)) if declared.is_secret() && text == MASK => explain::masked(names),
        (Some(text), Some(declared)) => explain::misfit(&text, &declared),
        _ => Problem::new("value", error.message()),
    }
}

/// Returns the text of a string, a number, a boolean or a list of them, or that of an element with attributes.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => items.iter().map(scalar).collect::<Option<Vec<_>>>().map(|items| items.join(" ")),
        Value::Object(members) => members.get("$").filter(|text| !text.is_array()).and_then(scalar),
        Value::Null => None,
    }
}

/// Returns what a value is, in words.
fn word(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Returns the local part of `{namespace}name`.
fn local(name: &str) -> &str {
    name.rsplit('}').next().unwrap_or(name)
}

/// A step of a path in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Member(String),
    Item(usize),
}

impl Step {
    fn name(&self) -> Option<&str> {
        match self {
            Self::Member(name) => Some(name),
            Self::Item(_) => None,
        }
    }
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Member(name) => write!(f, ".{name}"),
            Self::Item(index) => write!(f, "[{index}]"),
        }
    }
}

/// Splits a path such as `$.a.b[0].@c` or `createMeeting.a.b[0]`, whose first step is the request.
pub(crate) fn steps(path: &str) -> Vec<Step> {
    let mut rest = path.trim_start_matches(|c| !matches!(c, '.' | '['));
    let mut steps = Vec::new();
    while let Some(first) = rest.chars().next() {
        let inner = rest.get(1..).unwrap_or_default();
        let (step, end) = match (first, inner.strip_prefix('"')) {
            ('[', Some(quoted)) => quoted.split_once("\"]").unwrap_or((quoted, "")),
            ('[', None) => inner.split_once(']').unwrap_or((inner, "")),
            _ => inner.split_at(inner.find(['.', '[']).unwrap_or(inner.len())),
        };
        steps.push(match step.parse() {
            Ok(index) if first == '[' && !inner.starts_with('"') => Step::Item(index),
            _ => Step::Member(step.to_owned()),
        });
        rest = end;
    }
    steps
}

/// Returns the value at a path.
fn at<'v>(value: &'v Value, steps: &[Step]) -> Option<&'v Value> {
    steps.iter().try_fold(value, |value, step| match step {
        Step::Member(name) => value.get(name),
        Step::Item(index) => value.get(index),
    })
}

/// Removes the member at a path, if it is there.
pub(crate) fn remove(value: &mut Value, path: &str) {
    let steps = steps(path);
    let Some((Step::Member(name), above)) = steps.split_last() else { return };
    let outer = above.iter().try_fold(value, |value, step| match step {
        Step::Member(name) => value.get_mut(name),
        Step::Item(index) => value.get_mut(index),
    });
    if let Some(members) = outer.and_then(Value::as_object_mut) {
        members.shift_remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::description::operation;

    fn told(name: &str, fields: Value) -> Vec<String> {
        read(fields, operation(name).unwrap()).unwrap_err().lines().collect()
    }

    #[test]
    fn what_is_read_is_written_again() {
        let value = json!({ "webExId": ["jane", "john"], "syncWebOffice": true });
        let mut typed = value.clone();
        for named in ["delUser", "use:delUser", "java:com.webex.service.binding.user.DelUser"] {
            typed["@type"] = json!(named);
            assert_eq!(write(&read(typed.clone(), operation("delUser").unwrap()).unwrap(), true).unwrap(), value);
        }
        assert_eq!(
            told("delUser", json!({ "@type": "setUser" })),
            ["delUser: the @type setUser does not name delUser\n  run `webex-xml call setUser`, or leave it out: the operation implies it"]
        );
    }

    #[test]
    fn large_numbers_and_text_that_looks_like_one_survive() {
        let value = json!({ "sessionKey": 40_203_844_900_000_001_i64, "sessionPassword": "007" });
        assert_eq!(write(&read(value.clone(), operation("getSessionInfo").unwrap()).unwrap(), true).unwrap(), value);
        assert_eq!(write(&read(value, operation("getSessionInfo").unwrap()).unwrap(), false).unwrap()["sessionPassword"], "******");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let info = |value: Value| told("getSessionInfo", value).join("|");
        let required = "getSessionInfo.sessionKey: the element sessionKey is required";
        assert_eq!(
            info(json!({ "sessionkey": 1 })),
            format!("getSessionInfo: it has no sessionkey; is sessionKey meant? Names are case-sensitive|{required}")
        );
        assert_eq!(
            info(json!({ "sessionKey": [1] })),
            "getSessionInfo.sessionKey: the element occurs at most once: write its value without an array"
        );
        assert_eq!(
            info(json!({ "sessionKey": { "a": 1 } })),
            "getSessionInfo.sessionKey: expected a string, a number or a boolean, not an object"
        );
        assert_eq!(info(json!({ "@a": 1, "sessionKey": 1 })), "getSessionInfo: it has no attribute a, and no other");
        assert_eq!(
            info(json!({ "a.b": 1, "sessionKey": 1 })).split('|').next().unwrap().split('\n').next().unwrap(),
            "getSessionInfo: it has no a.b"
        );
        assert_eq!(
            info(json!([1])),
            "getSessionInfo: expected an object, not an array\n  set its members: sessionKey, sessionPassword, subSessionNo ..."
        );
        assert_eq!(
            told(
                "createMeeting",
                json!({ "metaData": "x", "schedule": { "startDate": "today", "duration": "x" }, "accessControl": { "meetingPassword": "******" } })
            ),
            [
                "createMeeting.accessControl.meetingPassword: the secret is masked with ******\n  write the secret itself, or add --set accessControl.meetingPassword=@prompt",
                "createMeeting.metaData: expected an object with members such as confName, meetingType, agenda, not a string",
                "createMeeting.schedule.startDate: today is not of the form MM/DD/YYYY hh:mm:ss (or MM/DD/YYYY hh:mm, or MM/DD/YYYY)",
                "createMeeting.schedule.duration: x is not a whole number of at most 64 bits",
            ]
        );
        assert_eq!(told("delUser", json!({ "webExId": vec![json!({}); 30] })).last().unwrap(), "and 10 further problems");
    }

    #[test]
    fn paths_are_split() {
        let member = |name: &str| Step::Member(name.to_owned());
        assert_eq!(steps("$.a[0].@b[\"c.d\"]"), [member("a"), Step::Item(0), member("@b"), member("c.d")]);
        assert!(steps("$").is_empty() && steps("getUser").is_empty());
        let mut value = json!({ "a": [{ "b": 1, "c": 2 }] });
        remove(&mut value, "op.a[0].b");
        remove(&mut value, "op.x.y");
        assert_eq!(value, json!({ "a": [{ "c": 2 }] }));
    }
}
