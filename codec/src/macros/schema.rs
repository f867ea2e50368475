//! Defines the macro that lists the namespaces of a schema set.

/// Lists the namespaces of a schema set with the prefixes for writing, in a module named `xmlns`.
///
/// Each prefix becomes a constant with the number of its namespace, which `#[xml(...)]` attributes refer to;
/// `none` stands for no namespace. A prefix that is a Rust keyword is written as a raw identifier: `r#use =
/// "urn:use"`.
#[macro_export]
macro_rules! schema {
    (trim_text = $trim:literal $(, undeclared_prefixes = $undeclared:literal)? $(, missing = $missing:ident)? $(, default_namespace = $default:literal)? $(, secret_parameters = [$($parameter:literal),*])? $(, rules = $rules:path)? $(, earlier = $earlier:path)?; $($prefix:ident = $uri:literal;)*) => {
        static NAMESPACES: [$crate::Namespace; <[&str]>::len(&[$($uri),*])] =
            $crate::numbered([$($crate::Namespace::new(stringify!($prefix), $uri)),*]);

        /// The schema set with its namespaces, in order.
        pub static SCHEMA: $crate::Schema =
            $crate::Schema::new(&NAMESPACES, $trim)$(.with_undeclared_prefixes($undeclared))?$(.with_missing($crate::Missing::$missing))?
                $(.with_default_namespace($default))?$(.with_secret_parameters(&[$($parameter),*]))?$(.with_rules(&$rules))?$(.with_earlier(&$earlier))?;

        /// Gives access to the schema set. It is a type, because a constant or function could have the name of a prefix.
        #[doc(hidden)]
        #[derive(Debug)]
        pub enum Set {}

        impl Set {
            #[doc(hidden)]
            #[must_use]
            pub fn schema() -> &'static $crate::Schema {
                &SCHEMA
            }
        }

        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Prefix { none, $($prefix,)* }

        #[doc(hidden)]
        #[allow(non_upper_case_globals)]
        pub const none: u16 = Prefix::none as u16;

        $(
            #[doc(hidden)]
            #[allow(non_upper_case_globals)]
            pub const $prefix: u16 = Prefix::$prefix as u16;
        )*
    };
    ($($prefix:ident = $uri:literal;)*) => {
        $crate::schema! { trim_text = false; $($prefix = $uri;)* }
    };
}
