//! The special rules of Common Identity sites: which operations they refuse and which request fields they ignore. The rules are those of
//! release note 9.0. The type of a site is determined in `site_type`.

use webex_xml_types::user::SetUser;
use xsdgen_codec::OperationInfo;

/// The operations that a Common Identity site refuses with 030098.
const REFUSED: [&str; 3] = ["createUser", "delUser", "activateUser"];

/// The client's handling of `createUser`, `delUser` and `activateUser`, which a Common Identity site refuses with 030098.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum UserManagement {
    /// The operations fail with that fault before they are sent if the site is known to be a Common Identity site. The client knows this
    /// because [`Client::site_type`](crate::Client::site_type) asked, because the type was set, or because the site refused one of the
    /// operations before.
    #[default]
    RefuseIfKnown,
    /// Like [`UserManagement::RefuseIfKnown`], but if the type of the site is not known, the client asks for it first, which costs one
    /// extra call, once.
    AskFirst,
    /// The operations are always sent.
    Insist,
}

impl UserManagement {
    /// Returns the operation that may have to be refused, if there is one.
    pub(crate) fn concerns(self, operations: &[&'static OperationInfo]) -> Option<&'static str> {
        if self == Self::Insist {
            return None;
        }
        operations.iter().map(|operation| operation.name).find(|name| REFUSED.contains(name))
    }
}

/// A request with fields that a Common Identity site ignores without saying so in its response.
///
/// ```
/// use webex_xml::{CommonIdentity, user};
///
/// let request = user::SetUser::new("jane@acme.example").with_first_name("Jane").with_company("Acme");
/// assert_eq!(request.ignored_fields(), ["firstName"]);
/// assert_eq!(request.without_ignored_fields(), user::SetUser::new("jane@acme.example").with_company("Acme"));
/// ```
pub trait CommonIdentity: Sized {
    /// Returns the fields that are set and would be ignored, by their names in the schema.
    fn ignored_fields(&self) -> Vec<&'static str>;

    /// Returns the request with those fields removed.
    #[must_use]
    fn without_ignored_fields(self) -> Self;
}

macro_rules! ignored {
    ($($field:ident = $name:literal;)*) => {
        impl CommonIdentity for SetUser {
            fn ignored_fields(&self) -> Vec<&'static str> {
                let set = [$((self.$field.is_some(), $name),)*];
                set.into_iter().filter(|(is_set, _)| *is_set).map(|(_, name)| name).collect()
            }

            fn without_ignored_fields(mut self) -> Self {
                $(self.$field = None;)*
                self
            }
        }

        #[cfg(test)]
        const IGNORED: &[&str] = &[$($name,)*];
    };
}

ignored! {
    new_webex_id = "newWebExId";
    first_name = "firstName";
    last_name = "lastName";
    title = "title";
    address = "address";
    phones = "phones";
    email = "email";
    email2 = "email2";
    password = "password";
    password_hint = "passwordHint";
    password_hint_answer = "passwordHintAnswer";
    time_zone = "timeZone";
    time_zone_id = "timeZoneID";
    time_zone_with_dst = "timeZoneWithDST";
    locale = "locale";
    language = "language";
    language_id = "languageID";
    active = "active";
    security = "security";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_nineteen_are_told_and_stripped() {
        let filled = SetUser::new("jane")
            .with_new_webex_id("x")
            .with_first_name("x")
            .with_last_name("x")
            .with_title("x")
            .with_address(webex_xml_types::com::Address::new())
            .with_phones(webex_xml_types::user::UserPhones::new())
            .with_email("x")
            .with_email2("x")
            .with_password("x")
            .with_password_hint("x")
            .with_password_hint_answer("x")
            .with_time_zone_with_dst("x")
            .with_time_zone_id(4)
            .with_locale("x")
            .with_language("x")
            .with_language_id(1)
            .with_active(webex_xml_types::user::Active::Activated)
            .with_security(webex_xml_types::user::Security::new())
            .with_company("kept");
        let told = filled.ignored_fields();
        assert_eq!((told.len(), IGNORED.len()), (18, 19), "the time zone's name is not set here");
        let stripped = filled.without_ignored_fields();
        assert_eq!((stripped.ignored_fields().len(), stripped.company.as_deref()), (0, Some("kept")));
    }

    #[test]
    fn three_operations_are_refused() {
        let concerned: Vec<&str> = webex_xml_types::OPERATIONS
            .iter()
            .filter(|info| UserManagement::RefuseIfKnown.concerns(&[*info]).is_some())
            .map(|info| info.name)
            .collect();
        assert_eq!(concerned.len(), 3);
        assert!(REFUSED.iter().all(|name| concerned.contains(name)), "{concerned:?}");
        assert!(webex_xml_types::OPERATIONS.iter().all(|info| UserManagement::Insist.concerns(&[info]).is_none()));
    }
}
