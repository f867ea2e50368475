//! In: one line of a table. Out: its setter.
//! Not done here: the text of the line, which stands where the lines do (`complex`, `choice`); reading it (`table`).

/// The setter of a line.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    // A number literal has no type of its own: behind `impl Into` it would be taken for an `i32`.
    (? (i8) $field:ident $with:ident) => {
        $crate::__setter!(exactly i8 $field $with);
    };
    (? (i16) $field:ident $with:ident) => {
        $crate::__setter!(exactly i16 $field $with);
    };
    (? (i32) $field:ident $with:ident) => {
        $crate::__setter!(exactly i32 $field $with);
    };
    (? (i64) $field:ident $with:ident) => {
        $crate::__setter!(exactly i64 $field $with);
    };
    (? (u8) $field:ident $with:ident) => {
        $crate::__setter!(exactly u8 $field $with);
    };
    (? (u16) $field:ident $with:ident) => {
        $crate::__setter!(exactly u16 $field $with);
    };
    (? (u32) $field:ident $with:ident) => {
        $crate::__setter!(exactly u32 $field $with);
    };
    (? (u64) $field:ident $with:ident) => {
        $crate::__setter!(exactly u64 $field $with);
    };
    (exactly $type:ident $field:ident $with:ident) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        #[must_use]
        pub fn $with(mut self, value: $type) -> Self {
            self.$field = Some(value);
            self
        }
    };
    (? (Box<$type:ty>) $field:ident $with:ident) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        #[must_use]
        pub fn $with(mut self, value: impl Into<$type>) -> Self {
            self.$field = Some(Box::new(value.into()));
            self
        }
    };
    (? ($type:ty) $field:ident $with:ident) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        #[must_use]
        pub fn $with(mut self, value: impl Into<$type>) -> Self {
            self.$field = Some(value.into());
            self
        }
    };
    ($occ:tt (Box<$type:ty>) $field:ident $with:ident) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        #[must_use]
        pub fn $with(mut self, values: impl IntoIterator<Item = impl Into<$type>>) -> Self {
            self.$field = values.into_iter().map(|value| Box::new(value.into())).collect();
            self
        }
    };
    ($occ:tt ($type:ty) $field:ident $with:ident) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        #[must_use]
        pub fn $with(mut self, values: impl IntoIterator<Item = impl Into<$type>>) -> Self {
            self.$field = values.into_iter().map(Into::into).collect();
            self
        }
    };
}
