//! Defines the macro for documents of several versions of a schema.

/// Defines the enum of the versions of a schema and the enum of their documents, given the versions from the oldest to the newest, each with
/// its module, and how the documents of each convert to the next one and back: by `from`, by `try`, or not at all (`none`).
///
/// The module of each version has an enum `Document`, for which [`convert!`](crate::convert!) implements the conversions.
#[macro_export]
macro_rules! versions {
    ($($first:ident = $module:ident $name:literal),+; $($low:ident $up:ident $down:ident $high:ident),*; $($last:ident),+;) => {
        /// The versions of the schema, from the oldest to the newest.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Version {
            $(
                #[doc = ::core::concat!("The version `", $name, "`.")]
                $first,
            )+
        }

        impl Version {
            /// The versions, from the oldest to the newest.
            pub const ALL: &'static [Self] = &[$(Self::$first),+];

            /// Returns the name of the version, which is the name of its module.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$first => $name,)+
                }
            }

            /// Returns whether the version has this root element.
            #[must_use]
            pub fn has_root(self, name: &$crate::RootName) -> bool {
                match self {
                    $(Self::$first => $crate::convert::accepts::<$module::Document>(name),)+
                }
            }
        }

        impl ::core::fmt::Display for Version {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.name())
            }
        }

        /// A document of any version.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum AnyDocument {
            $(
                #[doc = ::core::concat!("A document of the version `", $name, "`.")]
                $first($module::Document),
            )+
        }

        $(
            #[automatically_derived]
            impl From<$module::Document> for AnyDocument {
                fn from(document: $module::Document) -> Self {
                    Self::$first(document)
                }
            }
        )+

        impl AnyDocument {
            /// Reads a document of the version that [`Self::version_of`] finds, in tolerant mode.
            ///
            /// # Errors
            /// Fails if no version has the root element, or if the document is not one of the version.
            pub fn from_xml(xml: &[u8]) -> $crate::Result<Self> {
                Self::read(Self::version_of(xml)?, xml, &$crate::ReadOptions::tolerant())
            }

            /// Reads a document of the version that [`Self::version_of`] finds, in strict mode.
            ///
            /// # Errors
            /// Fails if no version has the root element, or if the document violates the schema of the version.
            pub fn from_xml_strict(xml: &[u8]) -> $crate::Result<Self> {
                Self::read(Self::version_of(xml)?, xml, &$crate::ReadOptions::strict())
            }

            /// Reads a document of this version, with these options.
            ///
            /// # Errors
            /// Fails in the same cases as `read` of the version's document.
            pub fn read(version: Version, xml: &[u8], options: &$crate::ReadOptions) -> $crate::Result<Self> {
                match version {
                    $(Version::$first => Ok(Self::$first($module::Document::read(xml, options)?.value)),)+
                }
            }

            /// Returns the version of a document: the one that has the root element, by its namespace and its name. If several have it, the newest
            /// one under which the document is valid; if it is valid under none, the newest one.
            ///
            /// # Errors
            /// Fails if no version has the root element, or if the document does not begin with a root element.
            pub fn version_of(xml: &[u8]) -> $crate::Result<Version> {
                let root = $crate::root_name(xml)?;
                let all = [$(Version::$last),+];
                let mut found = all.into_iter().filter(|version| version.has_root(&root));
                let Some(newest) = found.next() else {
                    return Err($crate::convert::unknown_root(&root, &[$($name),+]));
                };
                let others: Vec<Version> = found.collect();
                if others.is_empty() {
                    return Ok(newest);
                }
                let is_valid = |version: &Version| Self::read(*version, xml, &$crate::ReadOptions::strict()).is_ok();
                Ok([newest].into_iter().chain(others).find(is_valid).unwrap_or(newest))
            }

            /// Returns the version of the document.
            #[must_use]
            pub fn version(&self) -> Version {
                match self {
                    $(Self::$first(_) => Version::$first,)+
                }
            }

            /// Writes the document.
            ///
            /// # Errors
            /// Fails if strict mode would reject the document, or if it cannot be written as XML at all.
            pub fn to_xml(&self) -> $crate::Result<String> {
                self.to_xml_with(&$crate::WriteOptions::default())
            }

            /// Writes the document, with these options.
            ///
            /// # Errors
            /// Fails in the same cases as [`Self::to_xml`], unless the options change them.
            pub fn to_xml_with(&self, options: &$crate::WriteOptions) -> $crate::Result<String> {
                match self {
                    $(Self::$first(document) => document.to_xml_with(options),)+
                }
            }

            /// Converts the document to another version, from one version to the next.
            ///
            /// # Errors
            /// Fails if a version on the way cannot hold the document. The error has the path of what would be lost or is missing.
            pub fn into_version(mut self, version: Version) -> $crate::Result<Self> {
                while self.version() != version {
                    self = if self.version() < version { self.into_next()? } else { self.into_previous()? };
                }
                Ok(self)
            }

            fn into_next(self) -> $crate::Result<Self> {
                match self {
                    $(Self::$low(document) => $crate::__step!($up document $low $high),)*
                    newest => Ok(newest),
                }
            }

            fn into_previous(self) -> $crate::Result<Self> {
                match self {
                    $(Self::$high(document) => $crate::__step!($down document $high $low),)*
                    oldest => Ok(oldest),
                }
            }
        }
    };
}

/// Expands to the conversion of a document to a neighbouring version.
#[doc(hidden)]
#[macro_export]
macro_rules! __step {
    (from $document:ident $from:ident $to:ident) => {
        Ok(Self::$to($document.into()))
    };
    (try $document:ident $from:ident $to:ident) => {
        Ok(Self::$to($document.try_into()?))
    };
    (none $document:ident $from:ident $to:ident) => {
        Err($crate::convert::no_root(&$document, Version::$to.name()))
    };
}
