//! Describes a body that is not an XML message, for example an HTML page by its title.

use super::mask::{Scrubber, excerpt, mask, text_of};

/// The number of bytes of a body that are examined.
const LOOKED_AT: usize = 16 << 10;

/// Describes a body that is empty, an HTML page or other text. Returns `None` for XML and for binary data.
pub(super) fn describe(body: &[u8], scrubber: &Scrubber) -> Option<String> {
    if body.trim_ascii().is_empty() {
        return Some("it is empty".to_owned());
    }
    if let Some(title) = title(body, scrubber) {
        return Some(format!("it is {title}, not a message of the service"));
    }
    let text = text_of(body.get(..LOOKED_AT).unwrap_or(body))?;
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return None;
    }
    Some(format!("it is not XML, and starts with: {}", excerpt(body.get(..100).unwrap_or(body), scrubber)))
}

/// Describes an HTML page by its title. Returns `None` for other bodies.
pub(super) fn title(body: &[u8], scrubber: &Scrubber) -> Option<String> {
    let text = text_of(body.get(..LOOKED_AT).unwrap_or(body))?;
    // ASCII case folding keeps the offsets.
    let lower = text.to_ascii_lowercase();
    let root = after_prolog(&lower);
    if !(root.starts_with("<!doctype html") || is_tag(root, "<html") || is_tag(root, "<head")) {
        return None;
    }
    let title = content(&text, &lower).map(|title| scrubber.scrub(&mask(&line(title)))).filter(|title| !title.is_empty());
    Some(title.map_or_else(|| "an HTML page without a title".to_owned(), |title| format!("an HTML page titled {title:?}")))
}

/// Skips a byte order mark, white space, comments and processing instructions.
fn after_prolog(text: &str) -> &str {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if rest.starts_with("<?") {
            rest.find("?>").map(|at| at + 2)
        } else {
            None
        };
        match end.and_then(|end| rest.get(end..)) {
            Some(after) => rest = after.trim_start(),
            None => return rest,
        }
    }
}

fn is_tag(text: &str, tag: &str) -> bool {
    text.strip_prefix(tag).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/'))
}

/// Returns the content of the first `title`.
fn content<'t>(text: &'t str, lower: &str) -> Option<&'t str> {
    let open = lower.match_indices("<title").map(|(at, _)| at).find(|at| lower.get(*at..).is_some_and(|rest| is_tag(rest, "<title")))?;
    let start = open + lower.get(open..)?.find('>')? + 1;
    let end = lower.get(start..)?.find("</title").map_or(text.len(), |length| start + length);
    text.get(start..end)
}

/// Returns a title as one line, with its common references resolved.
fn line(html: &str) -> String {
    const MOST: usize = 120;
    let text = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&nbsp;", " ");
    let text = text.replace("&amp;", "&");
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(body: &str) -> Option<String> {
        describe(body.as_bytes(), &Scrubber::default())
    }

    #[test]
    fn pages_are_told_by_their_titles() {
        for page in [
            "<html><head><title>Site maintenance</title></head></html>",
            "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">\n<HTML><HEAD><TITLE\n>Site\n maintenance</TITLE>",
            "\u{feff}<?xml version=\"1.0\"?><!-- proxy --><html xmlns=\"http://www.w3.org/1999/xhtml\"><title lang='en'>Site maintenance</title>",
            "<head><meta charset=utf-8><title>Site maintenance",
        ] {
            assert_eq!(
                told(page).as_deref(),
                Some("it is an HTML page titled \"Site maintenance\", not a message of the service"),
                "{page}"
            );
        }
        assert!(told("<html><body>Welcome").is_some_and(|told| told.contains("without a title")));
        assert!(told("<html><title>R&amp;D &lt;1&gt;</title>").is_some_and(|told| told.contains("\"R&D <1>\"")));
    }

    #[test]
    fn other_bodies_are_told_for_what_they_are() {
        assert_eq!(told(" \r\n").as_deref(), Some("it is empty"));
        assert_eq!(told("Bad gateway").as_deref(), Some("it is not XML, and starts with: Bad gateway"));
        for xml in ["<serv:message", "<htmlish/>", "<?xml version=\"1.0\"?><message/>"] {
            assert_eq!(told(xml), None, "{xml}");
        }
    }
}
