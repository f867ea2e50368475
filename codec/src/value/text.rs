//! Implements [`Value`] for `String`, [`Secret`] and `bool`. White space is handled in `read::leaf`.

use super::{TextMatch, Value, builtin_facts};
use crate::error::Result;
use crate::read::{Reader, Seen, Tag};
use crate::secret::Secret;
use crate::simple::trim;
use crate::tables::{FieldInfo, ValueFlags, ValueInfo};
use crate::typed::TextForm;
use crate::write::Writer;

impl Value for String {
    builtin_facts!(String);

    #[inline]
    fn empty() -> Self {
        Self::new()
    }

    #[inline]
    fn set_text(&mut self, text: &str) -> TextMatch {
        if self.capacity() == 0 {
            *self = Self::from(text);
        } else {
            self.clear();
            self.push_str(text);
        }
        TextMatch::Yes
    }

    fn read(&mut self, reader: &mut Reader<'_>, _item: &'static FieldInfo, _tag: &Tag, _seen: Option<&mut Seen>) -> Result<()> {
        reader.exchange(self);
        Ok(())
    }

    #[inline]
    fn write(&self, writer: &mut Writer<'_>, _item: &'static FieldInfo) -> Result<()> {
        writer.text(self)
    }
}

/// Implements `Value` for types that hold any text.
#[cfg(feature = "compact_str")]
macro_rules! texts {
    ($($(#[$meta:meta])* $type:ty)*) => {$(
        $(#[$meta])*
        impl Value for $type {
            builtin_facts!(String);

            #[inline]
            fn empty() -> Self {
                Self::default()
            }

            #[inline]
            fn set_text(&mut self, text: &str) -> TextMatch {
                *self = Self::from(text);
                TextMatch::Yes
            }

            #[inline]
            fn write(&self, writer: &mut Writer<'_>, _item: &'static FieldInfo) -> Result<()> {
                writer.text(self)
            }
        }
    )*};
}

#[cfg(feature = "compact_str")]
texts! {
    // Texts of up to 24 bytes are stored inline, without a heap allocation.
    compact_str::CompactString
}

/// Stores a text in a field if it matches the form that the field requires.
#[doc(hidden)]
pub fn set_formed(form: &TextForm, place: &mut String, text: &str) -> TextMatch {
    let fit = form.fit(text);
    if fit != TextMatch::No {
        *place = text.to_owned();
    }
    fit
}

impl Value for Secret {
    fn empty() -> Self {
        Self::default()
    }

    fn info() -> ValueInfo {
        ValueInfo::of(ValueFlags::LEAF.with(ValueFlags::SECRET))
    }

    fn set_text(&mut self, text: &str) -> TextMatch {
        *self = Self::from(text);
        TextMatch::Yes
    }

    fn write(&self, writer: &mut Writer<'_>, _item: &'static FieldInfo) -> Result<()> {
        writer.secret(self.expose())
    }
}

impl Value for bool {
    builtin_facts!(Boolean);

    #[inline]
    fn empty() -> Self {
        false
    }

    #[inline]
    fn set_text(&mut self, text: &str) -> TextMatch {
        let text = trim(text);
        let (value, fit) = match text {
            "true" | "1" => (true, TextMatch::Yes),
            "false" | "0" => (false, TextMatch::Yes),
            _ if text.eq_ignore_ascii_case("true") => (true, TextMatch::Tolerated),
            _ if text.eq_ignore_ascii_case("false") => (false, TextMatch::Tolerated),
            _ => return TextMatch::No,
        };
        *self = value;
        fit
    }

    #[inline]
    fn write(&self, writer: &mut Writer<'_>, _item: &'static FieldInfo) -> Result<()> {
        writer.plain(if *self { "true" } else { "false" })
    }
}
