//! Formats parts of `Cargo.toml` that the configuration gives, with one dotted key per line. `render` adds `[dependencies]` and `[features]`.

use toml::de::DeValue;

use super::table::Table;

/// Formats `[name]` with all values of the table, in the order of the file.
pub(super) fn section(name: &str, table: &Table<'_>) -> String {
    let mut out = format!("[{name}]\n");
    for (key, found) in table.entries() {
        lines(&word(&key.value), found.value, &mut out);
    }
    out
}

/// Writes the value of a key. For a table, writes one line for each value in it.
fn lines(key: &str, value: &DeValue<'_>, out: &mut String) {
    match value.as_table() {
        Some(table) if !table.is_empty() => {
            let mut entries: Vec<_> = table.iter().collect();
            entries.sort_by_key(|(key, _)| key.span().start);
            for (inner, value) in entries {
                lines(&format!("{key}.{}", word(inner.get_ref())), value.get_ref(), out);
            }
        }
        _ => {
            out.push_str(&format!("{key} = {}\n", inline(value)));
        }
    }
}

/// Formats a value on one line.
pub(super) fn inline(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => quoted(text),
        DeValue::Integer(number) => match number.radix() {
            16 => format!("0x{}", number.as_str()),
            8 => format!("0o{}", number.as_str()),
            2 => format!("0b{}", number.as_str()),
            _ => number.as_str().to_owned(),
        },
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(truth) => truth.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Array(array) => {
            let items: Vec<String> = array.iter().map(|item| inline(item.get_ref())).collect();
            format!("[{}]", items.join(", "))
        }
        DeValue::Table(table) => {
            let mut entries: Vec<_> = table.iter().collect();
            entries.sort_by_key(|(key, _)| key.span().start);
            let items: Vec<String> = entries.iter().map(|(k, v)| format!("{} = {}", word(k.get_ref()), inline(v.get_ref()))).collect();
            if items.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", items.join(", ")) }
        }
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
