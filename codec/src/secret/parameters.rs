//! Masks the values of secret parameters of addresses in a text, as in `https://example.org/join?id=5&PW=...`, in whatever way they are escaped.

use std::borrow::Cow;
use std::ops::Range;

use super::MASK;
use super::layers::layers;

/// Returns a text with the values of the parameters with these names masked, whatever their letter case.
///
/// A parameter is a name behind `?`, `&` or `;`, and its value follows `=`. Text that is escaped for XML, for JSON or for an address is searched too.
///
/// # Example
/// ```
/// use xsdgen_codec::mask_parameters;
/// let text = "see https://example.org/join?id=5&PW=hunter2#top and https://example.org/?to=%2Fjoin%3Fpw%3Dhunter2%26id%3D5";
/// let masked = "see https://example.org/join?id=5&PW=******#top and https://example.org/?to=%2Fjoin%3Fpw%3D******%26id%3D5";
/// assert_eq!(mask_parameters(text, &["pw"]), masked);
/// ```
#[must_use]
pub fn mask_parameters<'t>(text: &'t str, names: &[&str]) -> Cow<'t, str> {
    if names.is_empty() || !text.contains(['=', '%', '&', '\\']) {
        return Cow::Borrowed(text);
    }
    mask_found(text, |text| parameter_values(text, |name| names.iter().any(|known| name.eq_ignore_ascii_case(known))))
}

/// Returns the text with what is found masked, in each layer of escaping.
#[doc(hidden)]
pub fn mask_found(text: &str, find: impl Fn(&str) -> Vec<Range<usize>>) -> Cow<'_, str> {
    let mut spans = Vec::new();
    for layer in layers(text) {
        for found in find(&layer.text) {
            let mut span = layer.original(&found);
            // What is escaped within an element ends with the element.
            if !layer.is_original() {
                let end = text.get(span.clone()).and_then(|inner| inner.find('<'));
                span.end = end.map_or(span.end, |end| span.start + end);
            }
            spans.push(span);
        }
    }
    spans.retain(|span| text.get(span.clone()).is_some_and(|inner| !inner.is_empty() && inner != MASK));
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    spans.sort_by_key(|span| (span.start, span.end));
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for span in spans {
        if span.start >= done {
            out.push_str(text.get(done..span.start).unwrap_or_default());
            out.push_str(MASK);
        }
        done = done.max(span.end);
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// Returns the ranges of the values of the parameters in addresses whose names are secret.
#[doc(hidden)]
pub fn parameter_values(text: &str, is_secret: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let (mut spans, mut done) = (Vec::new(), 0);
    for (at, _) in text.match_indices('=') {
        // What is in a secret value is masked with it.
        let Some(before) = text.get(..at).filter(|_| at >= done) else { continue };
        let name_at = before.rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).map_or(0, |sign| sign + 1);
        // A sign of several bytes is not before a parameter.
        let Some((rest, name)) = before.split_at_checked(name_at) else { continue };
        if !rest.ends_with(['?', '&', ';']) || !is_secret(name) {
            continue;
        }
        let value = text.get(at + 1..).unwrap_or_default();
        let end = value.find(|c: char| c.is_whitespace() || matches!(c, '&' | '#' | '"' | '\'' | '<' | '>')).unwrap_or(value.len());
        if value.get(..end).is_some_and(may_be_secret) {
            done = at + 1 + end;
            spans.push(at + 1..done);
        }
    }
    spans
}

/// Returns whether a value can be a secret. The empty text and flags are none.
#[doc(hidden)]
#[must_use]
pub fn may_be_secret(value: &str) -> bool {
    let value = value.trim();
    !(value.is_empty() || value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_secret_parameters_are_masked_in_each_layer() {
        for (text, masked) in [
            ("https://a.example/?PW=canary", "https://a.example/?PW=******"),
            ("https://a.example/?a=b;pw=canary&c", "https://a.example/?a=b;pw=******&c"),
            ("<u>?a=1&amp;PW=canary&amp;b=2</u>", "<u>?a=1&amp;PW=******&amp;b=2</u>"),
            ("?to=https%253A%252F%252Fb%253FPW%253Dcanary", "?to=https%253A%252F%252Fb%253FPW%253D******"),
            ("\"?a=1\\u0026PW=canary\"", "\"?a=1\\u0026PW=******\""),
        ] {
            assert_eq!(mask_parameters(text, &["Pw"]), masked);
            assert_eq!(mask_parameters(masked, &["PW"]), masked);
            assert!(matches!(mask_parameters(text, &[]), Cow::Borrowed(_)));
        }
        for text in ["?MPW=canary", "PW=canary", "?PW=", "?PW=true", "PW", "", "a % b & c"] {
            assert!(matches!(mask_parameters(text, &["PW"]), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn masking_takes_linear_time() {
        let text = "=".repeat(200_000) + &"a".repeat(200_000) + &"?PW=x".repeat(50_000) + &"&PW=x".repeat(50_000);
        assert_eq!(mask_parameters(&text, &["PW"]).matches(MASK).count(), 50_001);
        let text = "&".repeat(400_000) + "PW=canary";
        assert!(mask_parameters(&text, &["PW"]).ends_with("&PW=******"));
    }
}
