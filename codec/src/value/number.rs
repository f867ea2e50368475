//! Reads numbers and writes them in the shortest form that reads back as the same number. Decimals of any
//! length are in `lexical`.

use super::{TextMatch, Value, builtin_facts};
use crate::error::Result;
use crate::simple::{parse_double, parse_float, trim};
use crate::tables::FieldInfo;
use crate::write::Writer;

macro_rules! integers {
    ($($type:ty: $builtin:ident)*) => {$(
        impl Value for $type {
            builtin_facts!($builtin);

            #[inline]
            fn empty() -> Self {
                0
            }

            #[inline]
            fn set_text(&mut self, text: &str) -> TextMatch {
                let text = trim(text);
                let value = match text.parse() {
                    Ok(value) => value,
                    Err(_) if is_negative_zero(text) => 0,
                    Err(_) => return TextMatch::No,
                };
                *self = value;
                TextMatch::Yes
            }

            #[inline]
            fn write(&self, writer: &mut Writer<'_>, _item: &'static FieldInfo) -> Result<()> {
                writer.integer(*self < 0, self.unsigned_abs().into())
            }
        }
    )*};
}

macro_rules! naturals {
    ($($type:ty: $builtin:ident)*) => {$(
        impl Value for $type {
            builtin_facts!($builtin);

            #[inline]
            fn empty() -> Self {
                0
            }

            #[inline]
            fn set_text(&mut self, text: &str) -> TextMatch {
                let text = trim(text);
                let value = match text.parse() {
                    Ok(value) => value,
                    Err(_) if is_negative_zero(text) => 0,
                    Err(_) => return TextMatch::No,
                };
                *self = value;
                TextMatch::Yes
            }

            #[inline]
            fn write(&self, writer: &mut Writer<'_>, _item: &'static FieldInfo) -> Result<()> {
                writer.integer(false, (*self).into())
            }
        }
    )*};
}

integers! { i8: Byte i16: Short i32: Int i64: Long }
naturals! { u8: UnsignedByte u16: UnsignedShort u32: UnsignedInt u64: UnsignedLong }

/// Returns whether the text is `-0`, which is valid for unsigned types too (XML Schema Part 2, section 3.3.20).
#[cold]
fn is_negative_zero(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|zeros| !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0'))
}

macro_rules! floats {
    ($($type:ty: $builtin:ident, $parse:expr;)*) => {$(
        impl Value for $type {
            builtin_facts!($builtin);

            fn empty() -> Self {
                0.0
            }

            fn set_text(&mut self, text: &str) -> TextMatch {
                let Some(value) = $parse(trim(text)) else { return TextMatch::No };
                *self = value;
                TextMatch::Yes
            }

            fn write(&self, writer: &mut Writer<'_>, _item: &'static FieldInfo) -> Result<()> {
                let size = self.abs();
                match *self {
                    value if value.is_nan() => writer.plain("NaN"),
                    value if value.is_infinite() => writer.plain(if value > 0.0 { "INF" } else { "-INF" }),
                    value if size != 0.0 && !(1e-5..1e16).contains(&size) => writer.float(value),
                    value => writer.decimal(value, value < 0.0),
                }
            }
        }
    )*};
}

floats! {
    f32: Float, parse_float;
    f64: Double, parse_double;
}
