//! Finds the type that `xsi:type` names among the known types of a polymorphic element. The element is read in `record`.

use super::tag::split;
use super::{Reader, Step, Tag};
use crate::error::Result;
use crate::error::excerpt;
use crate::note::NoteKind;
use crate::schema::Schema;
use crate::tables::TypeName;

impl Reader<'_> {
    /// Returns the type of the element whose start tag was read last, as its index in the list; `None` if it is unknown.
    ///
    /// # Errors
    /// Fails in strict mode if the type is unknown.
    pub fn kind(&mut self, tag: &Tag, schema: &'static Schema, names: &[TypeName]) -> Result<Option<usize>> {
        let Some((mut text, at)) = self.xsi(tag, "type") else {
            let base = names.iter().position(|name| name.base);
            if base.is_none() {
                let message = |_: &Self| "the type is abstract: xsi:type is missing".to_owned();
                self.complain(NoteKind::UnknownType, tag.at, Step::Attribute("type"), message)?;
            }
            return Ok(base);
        };
        if !self.strict && text.contains(char::is_whitespace) {
            text.to_mut().retain(|c| !c.is_whitespace()); // published samples contain `java: com...`
        }
        let (known, exact) = self.find_type(schema, names, &text);
        let (prefix, local) = split(&text);
        let Some((index, by_name)) = known else {
            if self.options.unlisted {
                self.note(NoteKind::UnknownType, tag.at, Step::Attribute("type"));
                return Ok(None);
            }
            let message = |_: &Self| format!("the type {} is unknown here", excerpt(&text));
            self.complain(NoteKind::UnknownType, tag.at, Step::Attribute("type"), message)?;
            return Ok(None);
        };
        if by_name {
            self.note_undeclared(prefix, tag.at, Step::Attribute("type"));
        }
        if !exact {
            self.complain(NoteKind::OtherCase, tag.at, Step::Attribute("type"), |_| format!("the type {}", excerpt(local)))?;
        }
        self.attributes.retain(|attribute| attribute.at != at);
        Ok(Some(index))
    }

    /// Finds the type of this name or alias; tolerant mode ignores case. Returns its index in the list, whether it was found by its name, and whether
    /// the case is that of the schema.
    fn find_type(&self, schema: &'static Schema, names: &[TypeName], text: &str) -> (Option<(usize, bool)>, bool) {
        let (prefix, local) = split(text);
        let uri = self.meaning(schema, prefix);
        let find = |same: &dyn Fn(&str, &str) -> bool| {
            let named = |name: &TypeName| same(name.local, local) && uri == Some(schema.uri(name.namespace));
            let aliased = |name: &TypeName| name.alias.is_some_and(|alias| same(alias, text));
            let by_name = names.iter().position(named).map(|index| (index, true));
            by_name.or_else(|| names.iter().position(aliased).map(|index| (index, false)))
        };
        match find(&|one, other| one == other).or_else(|| self.find_abbreviated(names, text)) {
            Some(found) => (Some(found), true),
            None if self.strict => (None, false),
            None => (find(&str::eq_ignore_ascii_case), false),
        }
    }

    /// Finds the type whose alias ends in this text, such as `user.GetUser` for `java:com.example.user.GetUser`, if undeclared prefixes are accepted.
    fn find_abbreviated(&self, names: &[TypeName], text: &str) -> Option<(usize, bool)> {
        let ends = |alias: &str| alias.strip_suffix(text).is_some_and(|front| front.ends_with('.'));
        let is_it = |name: &TypeName| name.alias.is_some_and(ends);
        let asked = self.takes_undeclared() && text.contains('.');
        names.iter().position(is_it).filter(|_| asked).map(|index| (index, false))
    }
}
