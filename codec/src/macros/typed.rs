//! Implements conversions, accessors and `Value` for generated structs that wrap a text of a certain form. The
//! texts are interpreted in `typed`.

/// Implements what all text types have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! __text_type {
    ($Type:ident, $form:expr) => {
        impl $Type {
            const FORM: $crate::TextForm = $form;

            /// Returns the text as it was read or will be written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Returns whether the text is valid for this type. Reading keeps other texts, with a note; writing rejects
            /// them.
            #[must_use]
            pub fn is_valid(&self) -> bool {
                Self::FORM.admits(&self.0)
            }
        }

        impl From<&str> for $Type {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $Type {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl ::core::fmt::Display for $Type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(&self.0)
            }
        }

        $crate::__json!($Type);
        $crate::__other_crates!($Type, Self::FORM);

        impl $crate::Value for $Type {
            fn empty() -> Self {
                Self(String::new())
            }

            fn info() -> $crate::ValueInfo {
                $crate::ValueInfo::formed(&Self::FORM)
            }

            fn set_text(&mut self, text: &str) -> $crate::TextMatch {
                $crate::set_formed(&Self::FORM, &mut self.0, text)
            }

            fn write(&self, writer: &mut $crate::Writer<'_>, _: &'static $crate::FieldInfo) -> $crate::Result<()> {
                writer.formed(&self.0, &Self::FORM)
            }
        }
    };
}

/// Implements a `struct Name(String)` whose texts are dates: `Name = ["MM/DD/YYYY hh:mm"] also ["none"];`. With
/// `exact` before the patterns, the first pattern has all fields from the year to the second, so that any date
/// can be converted.
#[macro_export]
macro_rules! date_time {
    ($Type:ident = exact [$($pattern:literal),+] also [$($also:literal),*];) => {
        $crate::__date_time!($Type [$($pattern),+] [$($also),*]);

        impl From<$crate::CivilDateTime> for $Type {
            fn from(value: $crate::CivilDateTime) -> Self {
                Self(Self::FORM.first_of_date_time(&value))
            }
        }
    };
    ($Type:ident = [$($pattern:literal),+] also [$($also:literal),*];) => {
        $crate::__date_time!($Type [$($pattern),+] [$($also),*]);

        impl TryFrom<$crate::CivilDateTime> for $Type {
            type Error = $crate::Error;

            /// Formats the value with the first pattern that can hold all of it. Fails if no pattern can hold its time
            /// of day.
            fn try_from(value: $crate::CivilDateTime) -> Result<Self, Self::Error> {
                Self::FORM.of_date_time(&value).map(Self)
            }
        }
    };
}

/// Implements what all date types have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! __date_time {
    ($Type:ident [$($pattern:literal),+] [$($also:literal),*]) => {
        $crate::__text_type!($Type, $crate::TextForm::DateTime { patterns: &[$($pattern),+], also: &[$($also),*] });

        impl $Type {
            /// Returns the date and time, if the text is one.
            #[must_use]
            pub fn civil(&self) -> Option<$crate::CivilDateTime> {
                Self::FORM.date_time(&self.0)
            }
        }

        $crate::__jiff_date_time!($Type);
    };
}

/// Implements a `struct Name(String)` whose texts are milliseconds since the beginning of 1970, in UTC:
/// `Name;`.
#[macro_export]
macro_rules! epoch_milliseconds {
    ($Type:ident;) => {
        $crate::__text_type!($Type, $crate::TextForm::EpochMilliseconds);

        impl $Type {
            /// Returns the milliseconds since the beginning of 1970, in UTC, if the text is a number.
            #[must_use]
            pub fn milliseconds(&self) -> Option<i64> {
                Self::FORM.integer(&self.0)
            }

            /// Returns the instant, if the text is one.
            #[must_use]
            pub fn system_time(&self) -> Option<::std::time::SystemTime> {
                Self::FORM.moment(&self.0)
            }
        }

        impl From<i64> for $Type {
            fn from(milliseconds: i64) -> Self {
                Self(milliseconds.to_string())
            }
        }

        impl TryFrom<::std::time::SystemTime> for $Type {
            type Error = $crate::Error;

            /// Converts an instant. Fails if it lies between two milliseconds, as the system clock usually does;
            /// [`Self::floor`] rounds down.
            fn try_from(moment: ::std::time::SystemTime) -> Result<Self, Self::Error> {
                Self::FORM.of_moment(moment).map(Self)
            }
        }

        impl $Type {
            /// Converts an instant, rounded down to milliseconds.
            ///
            /// # Errors
            /// Fails if the instant is more than 292 million years away from 1970.
            pub fn floor(moment: ::std::time::SystemTime) -> Result<Self, $crate::Error> {
                Self::FORM.floor_of_moment(moment).map(Self)
            }
        }

        $crate::__jiff_epoch!($Type);
    };
}

/// Implements a `struct Name(String)` whose texts are words for true and false: `Name = ["true", "TRUE", "1"]
/// or ["false", "0"];`.
#[macro_export]
macro_rules! boolean {
    ($Type:ident = [$($yes:literal),+] or [$($no:literal),+];) => {
        $crate::__text_type!($Type, $crate::TextForm::Boolean { yes: &[$($yes),+], no: &[$($no),+] });

        impl $Type {
            /// Returns the boolean value, if the text is one of the words.
            #[must_use]
            pub fn get(&self) -> Option<bool> {
                Self::FORM.boolean(&self.0)
            }
        }

        impl From<bool> for $Type {
            fn from(value: bool) -> Self {
                Self::from(Self::FORM.of_boolean(value))
            }
        }
    };
}

/// Implements a `struct Name(String)` whose texts are parts joined by a separator. The first parts may have
/// names: `Name = "," most 7 plain [country, area];`. With `plain`, a text without the separator is valid too.
#[macro_export]
macro_rules! delimited {
    ($Type:ident = $separator:literal most $most:literal plain [$($part:ident),*];) => {
        $crate::delimited!(@ $Type $separator $most true [$($part),*]);
    };
    ($Type:ident = $separator:literal most $most:literal [$($part:ident),*];) => {
        $crate::delimited!(@ $Type $separator $most false [$($part),*]);
    };
    (@ $Type:ident $separator:literal $most:literal $plain:literal [$($part:ident),*]) => {
        $crate::__text_type!($Type, $crate::TextForm::Delimited { separator: $separator, most: $most, plain: $plain, parts: &[$(stringify!($part)),*] });

        impl $Type {
            /// Joins these parts.
            #[must_use]
            pub fn of(parts: &[&str]) -> Self {
                Self(Self::FORM.of_parts(parts))
            }

            /// Returns the parts in order; there are none if the text has no separator.
            pub fn parts(&self) -> impl Iterator<Item = &str> {
                Self::FORM.parts(&self.0)
            }

            $crate::__parts!(0; $($part)*);
        }
    };
}

/// Implements accessors for the parts that have names.
#[doc(hidden)]
#[macro_export]
macro_rules! __parts {
    ($at:expr;) => {};
    ($at:expr; $part:ident $($rest:ident)*) => {
        #[doc = concat!("The part `", stringify!($part), "`, if there is one.")]
        #[must_use]
        pub fn $part(&self) -> Option<&str> {
            self.parts().nth($at)
        }

        $crate::__parts!($at + 1; $($rest)*);
    };
}

/// Implements an enum of integers that have names: `Name; One = 1; Two = 2;`. The variant `Other(i64)` holds
/// numbers without a name, and `Text(String)` holds texts that are not an integer or not its canonical
/// spelling.
#[macro_export]
macro_rules! named_integers {
    ($Type:ident; $($V:ident = $number:literal;)*) => {
        impl $Type {
            /// Returns the number, if the text is one.
            #[must_use]
            pub fn number(&self) -> Option<i64> {
                match self {
                    $(Self::$V => Some($number),)*
                    Self::Other(number) => Some(*number),
                    Self::Text(text) => $crate::named_integer(text).map(|(number, _)| number),
                }
            }
        }

        impl PartialEq<i64> for $Type {
            fn eq(&self, number: &i64) -> bool {
                self.number() == Some(*number)
            }
        }

        impl From<i64> for $Type {
            fn from(number: i64) -> Self {
                match number {
                    $($number => Self::$V,)*
                    number => Self::Other(number),
                }
            }
        }

        impl From<&str> for $Type {
            fn from(text: &str) -> Self {
                match $crate::named_integer(text) {
                    Some((number, true)) => Self::from(number),
                    _ => Self::Text(text.to_owned()),
                }
            }
        }

        impl ::core::fmt::Display for $Type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    Self::Text(text) => f.write_str(text),
                    other => ::core::fmt::Display::fmt(&other.number().unwrap_or_default(), f),
                }
            }
        }

        $crate::__json!($Type);
        $crate::__other_crates!($Type, $crate::TextForm::Integers(&[$((stringify!($V), $number)),*]));

        impl $crate::Value for $Type {
            fn empty() -> Self {
                Self::Text(String::new())
            }

            fn info() -> $crate::ValueInfo {
                $crate::ValueInfo::formed(&$crate::TextForm::Integers(&[$((stringify!($V), $number)),*]))
            }

            fn set_text(&mut self, text: &str) -> $crate::TextMatch {
                let value = Self::from(text);
                let fit = match &value {
                    Self::Text(text) if text.is_empty() => $crate::TextMatch::No,
                    value if value.number().is_none() => $crate::TextMatch::Kept,
                    _ => $crate::TextMatch::Yes,
                };
                if fit != $crate::TextMatch::No {
                    *self = value;
                }
                fit
            }

            fn write(&self, writer: &mut $crate::Writer<'_>, _: &'static $crate::FieldInfo) -> $crate::Result<()> {
                match self {
                    Self::Text(text) => writer.named_integer(text),
                    other => {
                        let number = other.number().unwrap_or_default();
                        writer.integer(number < 0, number.unsigned_abs())
                    }
                }
            }
        }
    };
}

/// Implements the conversions of dates with the feature `jiff`.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "jiff")]
macro_rules! __jiff_date_time {
    ($Type:ident) => {
        impl $Type {
            /// Returns the date and time, if the text is one. Requires the feature `jiff`.
            #[must_use]
            pub fn to_jiff(&self) -> Option<$crate::jiff::civil::DateTime> {
                self.civil().map(Into::into)
            }
        }

        impl TryFrom<$crate::jiff::civil::DateTime> for $Type {
            type Error = $crate::jiff::Error;

            /// Formats the value. Fails for a fraction of a second, a year before 0, or a value that no pattern can
            /// hold. Requires the feature `jiff`.
            fn try_from(value: $crate::jiff::civil::DateTime) -> Result<Self, Self::Error> {
                Self::FORM.of_civil(value).map(Self)
            }
        }
    };
}

/// Does nothing without the feature `jiff`.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "jiff"))]
macro_rules! __jiff_date_time {
    ($Type:ident) => {};
}

/// Implements the conversions of instants with the feature `jiff`.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "jiff")]
macro_rules! __jiff_epoch {
    ($Type:ident) => {
        impl $Type {
            /// Returns the instant, if the text is one within the years -9999 to 9999. Requires the feature `jiff`.
            #[must_use]
            pub fn to_jiff(&self) -> Option<$crate::jiff::Timestamp> {
                Self::FORM.timestamp(&self.0)
            }
        }

        impl TryFrom<$crate::jiff::Timestamp> for $Type {
            type Error = $crate::jiff::Error;

            /// Converts an instant. Fails if it lies between two milliseconds, so round it first. Requires the feature
            /// `jiff`.
            fn try_from(moment: $crate::jiff::Timestamp) -> Result<Self, Self::Error> {
                Self::FORM.of_timestamp(moment).map(Self)
            }
        }
    };
}

/// Does nothing without the feature `jiff`.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "jiff"))]
macro_rules! __jiff_epoch {
    ($Type:ident) => {};
}
