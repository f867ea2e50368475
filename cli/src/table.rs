//! Formats an answer in JSON as a text table with the selected columns and the available width. The width is determined in `call`.

use std::collections::HashSet;

use serde_json::Value;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};
use xsdgen_codec::TypeInfo;

use crate::console::is_hidden;
use crate::description::{children, find, is_same};
use crate::failure::{Failure, Problem};
use crate::nearest::nearest;

/// The separator between two columns.
const GAP: &str = "  ";
/// The width below which a column is left out rather than cut, unless `--columns` names it.
const NARROWEST: usize = 8;

/// The layout of a table.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// The columns in order; all columns if empty. The name of an element selects all columns below it.
    pub(crate) columns: Vec<String>,
    /// The maximum width of a line.
    pub(crate) width: Option<usize>,
}

/// A table and the columns that did not fit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) text: String,
    pub(crate) left_out: Vec<String>,
}

/// Makes a table with a line for each record of the longest list at the top level, or for each value if there is no list.
pub(crate) fn table(value: &Value, layout: &Layout) -> Table {
    let lists = value.as_object().into_iter().flatten().filter_map(|(name, value)| Some((name.as_str(), value.as_array()?)));
    let list = lists.filter(|(_, items)| items.iter().all(Value::is_object)).max_by_key(|(_, items)| items.len());
    let Some((name, records)) = list else { return of_fields(value, layout) };
    let records: Vec<Vec<(String, String)>> = records.iter().map(leaves).collect();
    let mut known = HashSet::new();
    let all = records.iter().flatten().map(|(path, _)| path.as_str());
    let all: Vec<&str> = all.filter(|path| known.insert(*path)).collect();
    let columns = chosen(&all, name, &layout.columns);
    let cell = |record: &Vec<(String, String)>, column: &str| {
        record.iter().find(|(path, _)| path == column).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let mut rows = vec![columns.clone()];
    rows.extend(records.iter().map(|record| columns.iter().map(|column| cell(record, column)).collect()));
    aligned(&rows, layout)
}

/// Makes a table with a line for each value.
fn of_fields(value: &Value, layout: &Layout) -> Table {
    let fields = leaves(value);
    let all: Vec<&str> = fields.iter().map(|(path, _)| path.as_str()).collect();
    let shown = chosen(&all, "", &layout.columns);
    let mut rows = vec![vec!["field".to_owned(), "value".to_owned()]];
    rows.extend(
        shown
            .iter()
            .filter_map(|path| fields.iter().find(|(known, _)| known == path))
            .map(|(path, value)| vec![path.clone(), value.clone()]),
    );
    aligned(&rows, layout)
}

/// Returns the selected columns. A selected column that no record has is kept and is empty.
fn chosen(all: &[&str], list: &str, wanted: &[String]) -> Vec<String> {
    if wanted.is_empty() {
        return all.iter().map(|column| (*column).to_owned()).collect();
    }
    let mut columns = Vec::new();
    for wanted in wanted {
        let name = wanted.strip_prefix(list).and_then(|rest| rest.strip_prefix('.')).unwrap_or(wanted);
        let found: Vec<&&str> = all.iter().filter(|column| is_below(column, name)).collect();
        if found.is_empty() && !list.is_empty() {
            columns.push(name.to_owned());
        }
        columns.extend(found.into_iter().map(|column| (*column).to_owned()));
    }
    columns
}

/// Returns whether a column has this name or is below it; indices and `$` make no difference.
fn is_below(column: &str, name: &str) -> bool {
    let plain = without_indices(column);
    let under = |column: &str| column.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    under(column) || under(&plain)
}

fn without_indices(path: &str) -> String {
    let names = path.split('.').map(|step| step.split('[').next().unwrap_or(step));
    names.filter(|name| *name != "$").collect::<Vec<_>>().join(".")
}

/// Refuses columns that the type of the answer does not declare.
pub(crate) fn check_columns(columns: &[String], response: &'static TypeInfo) -> Result<(), Failure> {
    let lists = children(response).into_iter().filter(|child| child.many);
    let lists: Vec<&'static TypeInfo> = lists.filter_map(|child| child.type_info()).collect();
    for column in columns {
        let plain = without_indices(column);
        let names: Vec<&str> = plain.split('.').collect();
        let mut roots = lists.iter().copied().chain([response]);
        if !roots.any(|root| find(root, &names).is_some()) {
            let known = lists.first().map_or_else(|| paths(response), |list| paths(list));
            let alike: Vec<&str> = nearest(&plain, known.iter().map(String::as_str)).into_iter().take(5).collect();
            let problem = Problem::new("usage", format!("--columns {column}: the answer has no such column"));
            let help = if alike.is_empty() {
                "`webex-xml describe OPERATION --response` shows all".to_owned()
            } else {
                format!("nearest: {}", alike.join(", "))
            };
            return Err(problem.with_help(help).into());
        }
    }
    Ok(())
}

/// Returns the paths of all elements in a type; recursive types are not followed.
fn paths(info: &'static TypeInfo) -> Vec<String> {
    fn walk(info: &'static TypeInfo, path: &str, above: &mut Vec<&'static TypeInfo>, into: &mut Vec<String>) {
        for child in children(info) {
            let path = if path.is_empty() { child.name().to_owned() } else { format!("{path}.{}", child.name()) };
            into.push(path.clone());
            if let Some(below) = child.type_info().filter(|below| !above.iter().any(|it| is_same(it, below)) && above.len() < 4) {
                above.push(below);
                walk(below, &path, above, into);
                above.pop();
            }
        }
    }
    let mut found = Vec::new();
    walk(info, "", &mut Vec::new(), &mut found);
    found
}

/// Returns the scalar values with their paths.
fn leaves(value: &Value) -> Vec<(String, String)> {
    fn walk(value: &Value, path: &str, into: &mut Vec<(String, String)>) {
        let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| walk(value, &below(name), into)),
            Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
                items.iter().enumerate().for_each(|(index, item)| walk(item, &format!("{path}[{index}]"), into));
            }
            Value::Array(items) => into.push((path.to_owned(), items.iter().map(text).collect::<Vec<_>>().join(", "))),
            value => into.push((path.to_owned(), text(value))),
        }
    }
    let mut found = Vec::new();
    walk(value, "", &mut found);
    found
}

/// Returns a value as one line without control characters, which an answer may contain.
fn text(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.chars().map(|c| if c.is_control() || is_hidden(c) { ' ' } else { c }).collect()
}

fn aligned(rows: &[Vec<String>], layout: &Layout) -> Table {
    let head = rows.first().map_or(&[][..], |head| &head[..]);
    let natural = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..head.len()).map(natural).collect();
    if let Some(width) = layout.width {
        fit(&mut widths, width, if layout.columns.is_empty() { NARROWEST } else { 1 });
    }
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| padded(cell, *width)).collect();
        text.push_str(cells.join(GAP).trim_end());
        text.push('\n');
    }
    Table { text, left_out: head.get(widths.len()..).unwrap_or_default().to_vec() }
}

/// Narrows the widest columns until a line fits; if that is not enough, drops the last columns.
fn fit(widths: &mut Vec<usize>, line: usize, narrowest: usize) {
    let gaps = |columns: usize| GAP.len() * columns.saturating_sub(1);
    let least = |widths: &[usize]| widths.iter().map(|width| *width.min(&narrowest)).sum::<usize>() + gaps(widths.len());
    while widths.len() > 1 && least(widths) > line {
        widths.pop();
    }
    let room = line.saturating_sub(gaps(widths.len())).max(1);
    let widest = widths.iter().copied().max().unwrap_or(0);
    let taken = |most: usize| widths.iter().map(|width| *width.min(&most)).sum::<usize>();
    // Bisection for the largest width limit that fits.
    let (mut fits, mut over) = (0, widest + 1);
    while over - fits > 1 {
        let middle = fits.midpoint(over);
        if taken(middle) <= room { fits = middle } else { over = middle }
    }
    let mut spare = room.saturating_sub(taken(fits));
    for width in widths.iter_mut().filter(|width| **width > fits) {
        let more = usize::from(spare > 0);
        *width = fits + more;
        spare -= more;
    }
}

/// Pads a cell with spaces to a width in terminal columns, or cuts it with an ellipsis.
fn padded(cell: &str, width: usize) -> String {
    let own = cell.width();
    if own <= width {
        return format!("{cell}{}", " ".repeat(width - own));
    }
    let (mut cut, mut taken) = (String::new(), 1);
    for c in cell.chars() {
        taken += c.width().unwrap_or(0);
        if taken > width {
            break;
        }
        cut.push(c);
    }
    cut.push('\u{2026}');
    let own = cut.width();
    format!("{cut}{}", " ".repeat(width.saturating_sub(own)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn drawn(columns: &[&str], width: Option<usize>) -> Table {
        let value = json!({
            "matchingRecords": { "total": 2 },
            "meeting": [
                { "meetingKey": 7, "confName": "Weekly review of everything", "schedule": { "startDate": "09/01/2015 10:00:00" } },
                { "meetingKey": 8, "confName": "\u{6703}\u{8b70}", "schedule": { "duration": 60 } },
            ],
        });
        table(&value, &Layout { columns: columns.iter().map(|name| (*name).to_owned()).collect(), width })
    }

    #[test]
    fn columns_are_chosen_and_ordered() {
        assert_eq!(drawn(&["confName", "meetingKey"], None).text.lines().next().unwrap(), "confName                     meetingKey");
        let below = drawn(&["schedule", "meeting.confName", "absent"], None).text;
        let head: Vec<&str> = below.lines().next().unwrap().split_whitespace().collect();
        assert_eq!(head, ["schedule.startDate", "schedule.duration", "confName", "absent"]);
        let ordered = json!({ "additionalInfo": { "$": [{ "sessionkey": 1 }, { "guestToken": "x" }, { "sessionkey": 2 }] } });
        let layout = Layout { columns: vec!["additionalInfo.sessionkey".to_owned()], width: None };
        let shown = table(&ordered, &layout).text;
        assert!(shown.contains("additionalInfo.$[0].sessionkey  1\nadditionalInfo.$[2].sessionkey  2\n"), "{shown}");
    }

    #[test]
    fn lines_fit_the_width_and_no_more_is_cut_than_needed() {
        for width in 1..100 {
            let table = drawn(&[], Some(width));
            assert!(table.text.lines().all(|line| line.width() <= width), "{width}:\n{}", table.text);
            let all = drawn(&[], None).text;
            assert_eq!(table.text == all, all.lines().map(|line| line.width()).max().unwrap() <= width, "{width}");
        }
        let table = drawn(&[], Some(50));
        assert!(table.text.contains("Weekly revi\u{2026}") && table.left_out.is_empty(), "{}", table.text);
        assert_eq!(drawn(&[], Some(20)).left_out, ["schedule.startDate", "schedule.duration"]);
    }

    #[test]
    fn columns_that_no_answer_has_are_refused() {
        let check =
            |column: &str| check_columns(&[column.to_owned()], crate::description::operation("lstsummaryMeeting").unwrap().response);
        assert!(check("confName").is_ok() && check("meeting.confName").is_ok() && check("matchingRecords.total").is_ok());
        let told = check("confNam").unwrap_err().lines().next().unwrap();
        assert_eq!(told.lines().next().unwrap(), "--columns confNam: the answer has no such column");
        assert!(told.contains("nearest: confName"), "{told}");
    }
}
