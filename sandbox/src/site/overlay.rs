//! In: a stored value and a request that changes parts of it, both written by the codec. Out: the value with those parts changed.
//! A child that both have and that has children of its own is changed within; any other replaces all of its name.
//! Not here: which parts a site lets be changed.

use xsdgen_codec::{Error, Xml};

/// The stored value with everything that the request sets. What the value has no place for (`syncWebOffice` of an account) falls away.
pub(crate) fn overlay<T: Xml>(stored: &T, change: &impl Xml) -> Result<T, Error> {
    let (stored, change) = (stored.to_xml_as(NAME)?, change.to_xml_as(NAME)?);
    let mut merged = String::with_capacity(stored.len() + change.len());
    match (Element::root(&stored), Element::root(&change)) {
        (Some(stored), Some(change)) => stored.merge(&change, &mut merged),
        _ => merged = stored,
    }
    T::from_xml(merged.as_bytes())
}

/// The value that a request creates: what both types have.
pub(crate) fn converted<T: Xml>(request: &impl Xml) -> Result<T, Error> {
    T::from_xml(request.to_xml_as(NAME)?.as_bytes())
}

/// A name for the root element, which does not matter.
const NAME: &str = "serv:value";

/// An element of XML as the codec writes it: no comment, no CDATA, no `>` in a tag.
struct Element<'a> {
    name: &'a str,
    start_tag: &'a str,
    whole: &'a str,
    children: Vec<Element<'a>>,
}

impl<'a> Element<'a> {
    fn root(xml: &'a str) -> Option<Self> {
        let start = xml.find("?>").map_or(0, |end| end + 2);
        Self::parse(xml.get(start..)?.trim_start()).map(|(element, _)| element)
    }

    /// The element at the start of the text, and its length.
    fn parse(xml: &'a str) -> Option<(Self, usize)> {
        let end = xml.find('>')? + 1;
        let start_tag = xml.get(..end)?;
        let name = start_tag.strip_prefix('<')?.split(|c: char| c.is_whitespace() || c == '/' || c == '>').next()?;
        let mut children = Vec::new();
        if start_tag.ends_with("/>") {
            return Some((Self { name, start_tag, whole: start_tag, children }, end));
        }
        let mut at = end;
        loop {
            at += xml.get(at..)?.find('<')?;
            let rest = xml.get(at..)?;
            if rest.starts_with("</") {
                let length = at + rest.find('>')? + 1;
                return Some((Self { name, start_tag, whole: xml.get(..length)?, children }, length));
            }
            let (child, length) = Self::parse(rest)?;
            children.push(child);
            at += length;
        }
    }

    fn named<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b Element<'a>> {
        self.children.iter().filter(move |child| child.name == name)
    }

    fn merge(&self, change: &Element<'_>, into: &mut String) {
        into.push_str(self.start_tag.strip_suffix("/>").unwrap_or(self.start_tag.trim_end_matches('>')));
        into.push('>');
        for (index, child) in self.children.iter().enumerate() {
            let first = !self.children.iter().take(index).any(|earlier| earlier.name == child.name);
            let mut changes = change.named(child.name).peekable();
            match changes.peek() {
                None => into.push_str(child.whole),
                Some(one) if !one.children.is_empty() && !child.children.is_empty() => child.merge(one, into),
                Some(_) if first => changes.for_each(|one| into.push_str(one.whole)),
                Some(_) => {}
            }
        }
        for added in change.children.iter().filter(|added| self.named(added.name).next().is_none()) {
            into.push_str(added.whole);
        }
        into.push_str("</");
        into.push_str(self.name);
        into.push('>');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(stored: &str, change: &str) -> String {
        let mut into = String::new();
        Element::root(stored).unwrap().merge(&Element::root(change).unwrap(), &mut into);
        into
    }

    #[test]
    fn parts_change_and_the_rest_stays() {
        assert_eq!(
            merged("<u x='1'><a>1</a><p><q>1</q><r>2</r></p><z/></u>", "<u><p><r>3</r><s>4</s></p><b>5</b></u>"),
            "<u x='1'><a>1</a><p><q>1</q><r>3</r><s>4</s></p><z/><b>5</b></u>"
        );
    }

    #[test]
    fn lists_are_replaced_whole() {
        assert_eq!(merged("<u><l><m>1</m><m>2</m></l></u>", "<u><l><m>3</m></l></u>"), "<u><l><m>3</m></l></u>");
        assert_eq!(merged("<u/>", "<u><l><m>3</m></l></u>"), "<u><l><m>3</m></l></u>");
        assert_eq!(merged("<u><a>1</a></u>", "<u><a/></u>"), "<u><a/></u>");
    }
}
