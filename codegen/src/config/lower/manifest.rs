//! Formats parts of `Cargo.toml` that the configuration gives, with one dotted key per line. `render` adds `[dependencies]` and `[features]`.

use toml::Value;

/// Formats `[name]` with all values of the table, in the order of the file.
pub(super) fn section<'v>(name: &str, values: impl Iterator<Item = (&'v str, &'v Value)>) -> String {
    let mut out = format!("[{name}]\n");
    for (key, value) in values {
        lines(&word(key), value, &mut out);
    }
    out
}

/// Writes the value of a key. For a table, writes one line for each value in it.
fn lines(key: &str, value: &Value, out: &mut String) {
    match value.as_table() {
        Some(table) if !table.is_empty() => {
            for (inner, value) in table {
                lines(&format!("{key}.{}", word(inner)), value, out);
            }
        }
        _ => {
            out.push_str(&format!("{key} = {}\n", inline(value)));
        }
    }
}

/// Formats a value on one line.
pub(super) fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(array) => {
            let items: Vec<String> = array.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(table) => {
            let items: Vec<String> = table.iter().map(|(key, value)| format!("{} = {}", word(key), inline(value))).collect();
            if items.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", items.join(", ")) }
        }
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => value.to_string(),
    }
}

/// Formats a key, quoted if necessary.
fn word(key: &str) -> String {
    let bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if bare { key.to_owned() } else { quoted(key) }
}

/// Formats a text as a basic string.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
