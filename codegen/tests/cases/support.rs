//! Compares documents as trees, and makes changes to documents.

use xmltree::{Element, XMLNode};

/// Returns whether two documents are equal, with names compared by namespace and attributes in any order.
pub(crate) fn same(one: &str, other: &str) -> bool {
    match (Element::parse(one.as_bytes()), Element::parse(other.as_bytes())) {
        (Ok(one), Ok(other)) => told(&one) == told(&other),
        _ => false,
    }
}

/// Returns a document without its `xsi:type` attributes.
pub(crate) fn untyped(text: &str) -> String {
    let mut parts = text.split(" xsi:type=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once('"').unwrap().1)
}

/// Returns an element in a form that can be compared.
fn told(element: &Element) -> String {
    let mut attributes: Vec<String> =
        element.attributes.iter().map(|(name, value)| format!("{name}={:?}", expanded(element, value))).collect();
    attributes.sort();
    let children = element.children.iter().map(|node| match node {
        XMLNode::Element(child) => told(child),
        XMLNode::Text(text) | XMLNode::CData(text) => format!("{text:?}"),
        XMLNode::Comment(_) | XMLNode::ProcessingInstruction(..) => String::new(),
    });
    format!(
        "<{{{}}}{} {}>{}</>",
        element.namespace.as_deref().unwrap_or_default(),
        element.name,
        attributes.join(" "),
        children.collect::<String>()
    )
}

/// Returns the value of an attribute, with its namespace instead of its prefix if it is a qualified name, as that of `xsi:type`.
fn expanded(element: &Element, value: &str) -> String {
    let (prefix, local) = value.split_once(':').unwrap_or(("", value));
    match element.namespaces.as_ref().and_then(|bound| bound.get(prefix)).filter(|_| !prefix.is_empty()) {
        Some(uri) => format!("{{{uri}}}{local}"),
        None => value.to_owned(),
    }
}

/// The ranges of an element, of its text if it has no children, and of its attributes.
struct Span {
    whole: std::ops::Range<usize>,
    depth: usize,
    text: Option<std::ops::Range<usize>>,
    attributes: Vec<std::ops::Range<usize>>,
}

/// Returns variants of a document with one change each: an element or attribute is missing or has another value, or an element is repeated
/// or moved after the next one.
pub(crate) fn changed(text: &str) -> Vec<String> {
    let spans = spans(text);
    let put = |range: &std::ops::Range<usize>, with: &str| format!("{}{with}{}", &text[..range.start], &text[range.end..]);
    let mut all = Vec::new();
    for (index, span) in spans.iter().enumerate() {
        all.extend(span.text.iter().flat_map(|value| [put(value, "nosuch"), put(value, ""), put(value, "7")]));
        for attribute in &span.attributes {
            let name = text[attribute.clone()].split('=').next().unwrap_or_default();
            all.push(put(attribute, ""));
            if !name.trim().starts_with("xmlns") {
                all.push(put(attribute, &format!("{name}=\"nosuch\"")));
            }
        }
        if span.depth == 0 {
            continue;
        }
        let own = &text[span.whole.clone()];
        all.push(put(&span.whole, ""));
        all.push(put(&span.whole, &own.repeat(2)));
        let later = spans.iter().skip(index + 1).filter(|other| other.depth == span.depth && other.whole.start >= span.whole.end);
        for other in later.take(2) {
            if !text[span.whole.end..other.whole.start].contains("</") {
                let between = &text[span.whole.end..other.whole.start];
                all.push(put(&(span.whole.start..other.whole.end), &format!("{}{between}{own}", &text[other.whole.clone()])));
            }
        }
    }
    all
}

/// Returns the ranges of the elements of a document, in document order.
fn spans(text: &str) -> Vec<Span> {
    let (mut all, mut open, mut at): (Vec<Span>, Vec<usize>, usize) = (Vec::new(), Vec::new(), 0);
    while let Some(found) = text[at..].find('<').map(|found| found + at) {
        let ends = |end: &str| text[found..].find(end).map_or(text.len(), |len| found + len + end.len());
        at = match &text[found..] {
            rest if rest.starts_with("<!--") => ends("-->"),
            rest if rest.starts_with("<![CDATA[") => ends("]]>"),
            rest if rest.starts_with("<?") => ends("?>"),
            rest if rest.starts_with("<!") => return Vec::new(),
            _ => ends(">"),
        };
        let tag = &text[found..at];
        if tag.starts_with("</") {
            let span = &mut all[open.pop().unwrap()];
            span.whole.end = at;
            span.text = span.text.take().filter(|value| !text[value.start..found].contains('<')).map(|value| value.start..found);
        } else if !tag.starts_with("<!") && !tag.starts_with("<?") {
            all.push(Span { whole: found..at, depth: open.len(), text: Some(at..at), attributes: attributes(tag, found) });
            match tag.ends_with("/>") {
                true => all.last_mut().unwrap().text = None,
                false => open.push(all.len() - 1),
            }
        }
    }
    all
}

/// Returns the ranges of the attributes of a tag, each including the white space before it.
fn attributes(tag: &str, from: usize) -> Vec<std::ops::Range<usize>> {
    let (mut all, mut at) = (Vec::new(), tag.find(char::is_whitespace).unwrap_or(tag.len()));
    while let Some(quote) = tag[at..].find(['"', '\'']).map(|quote| quote + at) {
        let end = tag[quote + 1..].find(&tag[quote..=quote]).map_or(tag.len(), |len| quote + len + 2);
        all.push(from + at..from + end);
        at = end;
    }
    all
}
