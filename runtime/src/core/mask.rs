//! Masks the content of every secret element and the values of secret parameters of addresses in the text of a message, and collects the contents. It
//! looks only at names, so that it also works on text that is not well-formed, and in whatever way they are escaped. When in doubt, it masks more.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use xsdgen_codec::{mask_found, may_be_secret, parameter_values};

use crate::types;

/// Parts of element names, in lower case. An element whose name contains one of them holds a secret, in this release or a later one.
const SECRET_WORDS: [&str; 10] =
    ["password", "passwd", "ticket", "token", "saml", "secret", "hostkey", "accesscode", "moderatorcode", "hostpin"];

/// Whole names of elements that hold a secret, in lower case.
const SECRET_NAMES: [&str; 6] = ["pin", "pwd", "partnerid", "mpin", "cookie", "userloginurl"];

/// Returns whether an element with this local name holds a secret.
pub(crate) fn is_secret_name(local: &str) -> bool {
    let local = local.to_ascii_lowercase();
    SECRET_NAMES.contains(&local.as_str()) || SECRET_WORDS.iter().any(|word| local.contains(word))
}

/// Returns a text with its secrets masked: the content of elements with the name of a secret, and tickets and passwords in the parameters of addresses, also
/// where they are escaped.
///
/// # Example
/// ```
/// let text = "see https://acme.example/p.php?AT=LI&TK=AAAB, and <password>hunter2</password>";
/// assert_eq!(webex_xml::mask_secrets(text), "see https://acme.example/p.php?AT=LI&TK=****** and <password>******</password>");
/// ```
#[must_use]
pub fn mask(xml: &str) -> Cow<'_, str> {
    mask_found(xml, |text| [secret_spans(text), parameter_spans(text)].concat())
}

/// Returns the ranges of the values of secret parameters in addresses, as in `https://acme.example/p.php?AT=LI&TK=...`.
fn parameter_spans(text: &str) -> Vec<Range<usize>> {
    let listed = |name: &str| types::xmlns::SCHEMA.secret_parameters().iter().any(|known| name.eq_ignore_ascii_case(known));
    parameter_values(text, |name| listed(name) || is_secret_name(name))
}

/// Returns the ranges of the secrets: the content of each secret element, up to its end tag or else to the end of the text.
fn secret_spans(xml: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(tag) = next_start_tag(xml, at) {
        at = tag.content;
        if !is_secret_name(tag.local) {
            continue;
        }
        let end = end_of(xml, tag.content, tag.local);
        if xml.get(tag.content..end).is_some_and(may_be_secret) {
            spans.push(tag.content..end);
        }
        at = end;
    }
    spans
}

struct StartTag<'a> {
    local: &'a str,
    content: usize,
}

/// Returns the next start tag with content, from `at` on. Tags in comments and CDATA count too, so that secrets in them are masked.
fn next_start_tag(xml: &str, mut at: usize) -> Option<StartTag<'_>> {
    loop {
        let open = at + xml.get(at..)?.find('<')?;
        let rest = xml.get(open + 1..)?;
        let name = rest.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | '<' | '\u{a0}')).next()?;
        at = open + 1 + name.len();
        if name.is_empty() || name.starts_with(['!', '?']) {
            continue;
        }
        let local = name.rsplit(':').next().unwrap_or(name);
        let close = at + xml.get(at..)?.find(if is_secret_name(local) { &['>'][..] } else { &['>', '<'][..] })?;
        if xml.get(close..)?.starts_with('<') || xml.get(..close)?.ends_with('/') {
            at = close;
            continue;
        }
        return Some(StartTag { local, content: close + 1 });
    }
}

/// Returns the offset at which the content of the element ends. An end tag inside a CDATA section is text.
fn end_of(xml: &str, content: usize, local: &str) -> usize {
    let mut at = content;
    while let Some(found) = xml.get(at..).and_then(|rest| rest.find('<')) {
        let open = at + found;
        let rest = xml.get(open..).unwrap_or_default();
        if let Some(section) = rest.strip_prefix("<![CDATA[") {
            let Some(length) = section.find("]]>") else { break };
            at = open + "<![CDATA[".len() + length + "]]>".len();
            continue;
        }
        if rest.strip_prefix("</").is_some_and(|end| closes(end, local)) {
            return open;
        }
        at = open + 1;
    }
    xml.len()
}

fn closes(end_tag: &str, local: &str) -> bool {
    let name = end_tag.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default();
    name.rsplit(':').next().is_some_and(|found| found.eq_ignore_ascii_case(local))
}

/// The secrets of one exchange, which are removed from any text that may quote them.
#[derive(Clone, Default)]
pub(crate) struct Scrubber {
    secrets: Vec<String>,
}

impl Scrubber {
    /// The minimum length of a secret to remove. Replacing every `1` in a text would reveal more than it hides.
    const SHORTEST: usize = 3;

    /// Adds the secrets of a message.
    pub(crate) fn learn(&mut self, xml: &str) {
        for span in secret_spans(xml) {
            let value = xml.get(span).unwrap_or_default().trim();
            let value = value.strip_prefix("<![CDATA[").and_then(|v| v.strip_suffix("]]>")).unwrap_or(value);
            self.secrets.push(value.to_owned());
            let plain = unescape(value);
            // In forms, a space is written as `+`.
            self.secrets.push(plain.replace(' ', "+"));
            self.secrets.push(plain);
        }
        self.secrets.retain(|secret| secret.len() >= Self::SHORTEST);
        self.secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        self.secrets.dedup();
    }

    /// Returns the text with the secrets masked.
    pub(crate) fn scrub(&self, text: &str) -> String {
        let found = |text: &str| {
            let of = |secret: &String| text.match_indices(secret.as_str()).map(|(at, found)| at..at + found.len()).collect::<Vec<_>>();
            self.secrets.iter().flat_map(of).collect()
        };
        mask_found(text, found).into_owned()
    }
}

/// Removes the secrets of messages from text that others will read, both in the secret elements and wherever the values are repeated.
#[cfg(feature = "recording")]
#[derive(Clone, Default)]
pub(crate) struct Veil(Scrubber);

#[cfg(feature = "recording")]
impl Veil {
    /// Adds the secrets of a message.
    pub(crate) fn learn(&mut self, message: &str) {
        self.0.learn(message);
    }

    /// Returns the text with the secrets masked.
    pub(crate) fn draw(&self, text: &str) -> String {
        self.0.scrub(&mask(text))
    }
}

impl fmt::Debug for Scrubber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scrubber({} secrets)", self.secrets.len())
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

/// Returns a short excerpt of a body for an error: one line, with secrets masked and removed; empty if the bytes are not text.
pub(crate) fn excerpt(body: &[u8], scrubber: &Scrubber) -> String {
    const LOOKED_AT: usize = 16 << 10;
    const SHOWN: usize = 200;
    let Some(text) = text_of(body.get(..LOOKED_AT).unwrap_or(body)) else { return String::new() };
    let text = scrubber.scrub(&mask(&text));
    let line = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    line.collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect()
}

/// Returns the bytes as text for people to read. UTF-16 is detected by its byte order mark or its zero bytes; otherwise the encoding must
/// be a superset of ASCII. Returns `None` if element names would not be recognizable.
pub(crate) fn text_of(bytes: &[u8]) -> Option<String> {
    let unit = |pair: &[u8], big: bool| match *pair {
        [a, b] if big => u16::from_be_bytes([a, b]),
        [a, b] => u16::from_le_bytes([a, b]),
        _ => 0xfffd,
    };
    let wide = |bytes: &[u8], big| -> String {
        char::decode_utf16(bytes.chunks(2).map(|pair| unit(pair, big))).map(|c| c.unwrap_or('\u{fffd}')).collect()
    };
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => wide(rest, true),
        [0xff, 0xfe, rest @ ..] => wide(rest, false),
        [0, b'<', ..] => wide(bytes, true),
        [b'<', 0, ..] => wide(bytes, false),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    (!text.contains('\0')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text that replaces a secret.
    const MASK: &str = "******";

    #[test]
    fn masks_by_name_whatever_the_form() {
        let masked = mask(
            "<a><password>canary</password><com:sessionTicket x='1'>can\nary </com:sessionTicket><PASSWORD >canary</PASSWORD >\
             <b>kept</b><password/><forceChangePassword>true</forceChangePassword><email>kept</email>",
        );
        assert!(!masked.contains("canary"), "{masked}");
        assert_eq!(masked.matches("kept").count(), 2);
        assert!(masked.contains("<forceChangePassword>true<"));
    }

    #[test]
    fn masks_in_broken_text() {
        for text in [
            "<password>canary",
            "<password>canary</passwor",
            "<!-- <password>canary</password> -->",
            "<password><![CDATA[</password>canary]]></password>",
            "<password a='>'>canary</password>",
            "<x><![CDATA[<password>canary</password>]]>",
            "<password\u{a0}>canary</password>",
            "<a<password>canary</password>",
        ] {
            assert!(!mask(text).contains("canary"), "{text}");
        }
    }

    #[test]
    fn masks_parameters_of_addresses() {
        for address in [
            "https://a.example/p.php?AT=LI&TK=canary&BU=x",
            "https://a.example/p.php?tk=canary",
            "<u>https://a.example/p.php?AT=LI&amp;WID=kept&amp;TK=canary</u>",
            "\"https:\\/\\/a.example?AT=LI\\u0026TK=canary\"",
            "https://b.example/?to=https%3A%2F%2Fa.example%2F%3FAT%3DLI%26TK%3Dcanary%26x",
            "https://b.example/?to=https%253A%252F%252Fa.example%252F%253FAT%253DLI%2526TK%253Dcanary",
            "https://a.example/?sessionTicket=canary#x",
            "&amp;amp;TK=can%26ary",
        ] {
            let masked = mask(address);
            assert!(!masked.contains("can") && masked.contains(MASK), "{masked}");
            assert_eq!(mask(&masked), masked);
        }
        assert_eq!(mask("?AT=LI&MK=123&task=x TK=y 1&amp;TK="), "?AT=LI&MK=123&task=x TK=y 1&amp;TK=");
    }

    #[test]
    fn masks_requests_that_are_quoted() {
        for quoted in [
            "<reason>&lt;password&gt;canary&lt;/password&gt;</reason><x>kept</x>",
            "<reason>&amp;lt;password&amp;gt;canary&amp;lt;/password&amp;gt;</reason><x>kept</x>",
            "<reason>XML=%3Cpassword%3Ecanary%3C%2Fpassword%3E</reason><x>kept</x>",
            "<reason>&#60;password&#x3E;canary</reason><x>kept</x>",
            "{\"request\":\"\\u003cpassword\\u003ecanary\\u003c/password\\u003e\",\"x\":\"kept\"}",
        ] {
            let masked = mask(quoted);
            assert!(!masked.contains("canary") && masked.contains("kept"), "{masked}");
        }
    }

    #[test]
    fn other_text_is_not_touched() {
        let text = "<header><webExID>jane</webExID></header> 1 < 2";
        assert!(matches!(mask(text), Cow::Borrowed(_)));
    }

    #[test]
    fn scrubs_what_it_learned_in_both_spellings() {
        let mut scrubber = Scrubber::default();
        scrubber.learn("<password>can&amp;ary</password><password>x</password>");
        assert_eq!(scrubber.scrub("a can&ary, can&amp;ary, x"), "a ******, ******, x");
        assert_eq!(scrubber.scrub("can%26ary can&#38;ary can&amp;amp;ary can\\u0026ary"), "****** ****** ****** ******");
        assert!(!format!("{scrubber:?}").contains("can"));
    }

    #[test]
    fn excerpts_are_short_and_masked_also_in_utf16() {
        let text = format!("<password>canary</password>{}", "long ".repeat(100));
        let wide: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        for bytes in [text.as_bytes(), &wide] {
            let excerpt = excerpt(bytes, &Scrubber::default());
            assert!(excerpt.starts_with("<password>******</password>long long") && excerpt.chars().count() == 200, "{excerpt}");
        }
        assert_eq!(excerpt(b"a\0b\0canary", &Scrubber::default()), "");
    }
}
