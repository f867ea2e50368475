//! In: texts. Out: `String`, [`Secret`](crate::Secret), `bool`, and back.
//! Not done here: enumerations (the macro `enumeration!`), white space (`read::leaf`).

use super::{Fit, Value, builtin_facts};
use crate::error::Result;
use crate::secret::Secret;
use crate::shape::{Facts, Item, Kind};
use crate::simple::trim;
use crate::typed::TextForm;
use crate::write::Writer;

/// Types that hold any text.
macro_rules! texts {
    ($($(#[$meta:meta])* $type:ty)*) => {$(
        $(#[$meta])*
        impl Value for $type {
            builtin_facts!(String);

            #[inline]
            fn blank() -> Self {
                Self::default()
            }

            #[inline]
            fn set_text(&mut self, text: &str) -> Fit {
                *self = Self::from(text);
                Fit::Yes
            }

            #[inline]
            fn write(&self, writer: &mut Writer<'_>, _item: &'static Item) -> Result<()> {
                writer.text(self)
            }
        }
    )*};
}

texts! {
    String
    // Texts of up to 24 bytes need no memory of their own.
    #[cfg(feature = "compact_str")]
    compact_str::CompactString
}

/// Puts a text into the place of one of that form.
#[doc(hidden)]
pub fn set_formed(form: &TextForm, place: &mut String, text: &str) -> Fit {
    let fit = form.fit(text);
    if fit != Fit::No {
        *place = text.to_owned();
    }
    fit
}

impl Value for Secret {
    fn blank() -> Self {
        Self::default()
    }

    fn facts() -> Facts {
        Facts::of(Kind::LEAF.with(Kind::SECRET))
    }

    fn set_text(&mut self, text: &str) -> Fit {
        *self = Self::from(text);
        Fit::Yes
    }

    fn write(&self, writer: &mut Writer<'_>, _item: &'static Item) -> Result<()> {
        writer.secret(self.expose())
    }
}

impl Value for bool {
    builtin_facts!(Boolean);

    #[inline]
    fn blank() -> Self {
        false
    }

    #[inline]
    fn set_text(&mut self, text: &str) -> Fit {
        let text = trim(text);
        let (value, fit) = match text {
            "true" | "1" => (true, Fit::Yes),
            "false" | "0" => (false, Fit::Yes),
            _ if text.eq_ignore_ascii_case("true") => (true, Fit::Loosely),
            _ if text.eq_ignore_ascii_case("false") => (false, Fit::Loosely),
            _ => return Fit::No,
        };
        *self = value;
        fit
    }

    #[inline]
    fn write(&self, writer: &mut Writer<'_>, _item: &'static Item) -> Result<()> {
        writer.plain(if *self { "true" } else { "false" })
    }
}
