//! Stores the attendees who were invited to a session or registered for it, with their numbers and states. The operations decide who can
//! invite and register.

use webex_xml_types::attendee::{AttendeeInstance, AttendeeStatus, JoinStatus, Role};
use webex_xml_types::com::{Person, PersonType};

use super::{Caller, overlay};
use crate::wire::Absent;

/// The lower bound of attendee numbers; every number is larger.
const FIRST_ID: i64 = 900_000_000;

/// The attendees of a session, in the order in which they were added.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attendees(Vec<AttendeeInstance>);

impl Attendees {
    pub(crate) fn all(&self) -> &[AttendeeInstance] {
        &self.0
    }

    /// Restores the attendees that were saved.
    #[cfg(feature = "sqlite")]
    pub(crate) fn kept(all: Vec<AttendeeInstance>) -> Self {
        Self(all)
    }

    pub(crate) fn by_id(&self, id: i64) -> Option<&AttendeeInstance> {
        self.0.iter().find(|attendee| attendee.attendee_id == id)
    }

    pub(crate) fn by_email(&self, email: &str) -> Option<&AttendeeInstance> {
        self.0.iter().find(|attendee| !email.trim().is_empty() && same(&attendee.person.email, email))
    }

    /// Adds an attendee, or updates the one with the same address by the values that are set. Returns its number.
    pub(crate) fn put(&mut self, mut attendee: AttendeeInstance, last_id: &mut i64) -> i64 {
        let known = self.by_email(&attendee.person.email).cloned();
        if let Some(changed) = known.as_ref().and_then(|known| overlay(known, &attendee, &Absent::new()).ok()) {
            attendee = changed.value;
        }
        attendee.attendee_id = known.as_ref().map_or_else(
            || {
                *last_id = (*last_id).max(FIRST_ID) + 1;
                *last_id
            },
            |known| known.attendee_id,
        );
        attendee.contact_id.get_or_insert(attendee.attendee_id);
        attendee.role.get_or_insert(Role::Attendee);
        attendee.person.type_.get_or_insert(PersonType::Visitor);
        let state = attendee.join_status.get_or_insert(JoinStatus::Invite).clone();
        attendee.status = Some(with_state(known.as_ref().and_then(|known| known.status.clone()), &state));
        let id = attendee.attendee_id;
        match self.0.iter_mut().find(|known| known.attendee_id == id) {
            Some(known) => *known = attendee,
            None => self.0.push(attendee),
        }
        id
    }

    /// Replaces all attendees. Those who are already known by their address keep their number and state.
    pub(crate) fn replace(&mut self, all: Vec<AttendeeInstance>, last_id: &mut i64) {
        let mut old = std::mem::take(self);
        for attendee in all {
            let known = old.by_email(&attendee.person.email).map(|known| known.attendee_id);
            if let Some(known) = known.and_then(|id| old.remove(id)) {
                self.0.push(known);
            }
            self.put(attendee, last_id);
        }
    }

    pub(crate) fn remove(&mut self, id: i64) -> Option<AttendeeInstance> {
        let index = self.0.iter().position(|attendee| attendee.attendee_id == id)?;
        Some(self.0.remove(index))
    }

    /// Returns the attendees who can host instead of the host, which are those invited with that role.
    pub(crate) fn alternate_hosts(&self) -> impl Iterator<Item = &Person> {
        let hosts = self.0.iter().filter(|attendee| is_invited(attendee) && attendee.role == Some(Role::Host));
        hosts.map(|attendee| &attendee.person)
    }

    /// Returns whether an attendee has that account name or address.
    pub(crate) fn mention(&self, name: &str) -> bool {
        let named = |attendee: &AttendeeInstance| {
            same(&attendee.person.email, name) || attendee.person.webex_id.as_deref().is_some_and(|own| same(own, name))
        };
        !name.trim().is_empty() && self.0.iter().any(named)
    }

    /// Returns whether the caller is invited, in any role. Someone who registered but was not accepted is not invited.
    pub(crate) fn invite(&self, caller: &Caller) -> bool {
        self.0.iter().any(|attendee| is_invited(attendee) && caller.is_person(&attendee.person))
    }
}

fn is_invited(attendee: &AttendeeInstance) -> bool {
    attendee.status.as_ref().is_none_or(|status| !status.rejected && (status.invited || status.accepted))
}

/// Returns the states that an attendee has been in, with one state added.
fn with_state(known: Option<AttendeeStatus>, state: &JoinStatus) -> AttendeeStatus {
    let none = || AttendeeStatus::builder().invited(false).registered(false).rejected(false).accepted(false).build();
    let mut status = known.unwrap_or_else(none);
    match state {
        JoinStatus::Register => status.registered = true,
        JoinStatus::Reject => (status.rejected, status.accepted) = (true, false),
        JoinStatus::Accept => (status.accepted, status.rejected) = (true, false),
        _ => status.invited = true,
    }
    status
}

fn same(a: &str, b: &str) -> bool {
    a.trim().eq_ignore_ascii_case(b.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attendee(email: &str, state: JoinStatus) -> AttendeeInstance {
        AttendeeInstance::new(Person::new(email.to_owned()), 0).with_join_status(state)
    }

    #[test]
    fn an_address_is_one_attendee() {
        let (mut attendees, mut last_id) = (Attendees::default(), 0);
        let ann = attendees.put(attendee("ann@acme.example", JoinStatus::Invite), &mut last_id);
        let bob = attendees.put(attendee("bob@acme.example", JoinStatus::Register), &mut last_id);
        assert!(ann > FIRST_ID && bob > ann);
        assert_eq!(attendees.put(attendee(" ANN@acme.example", JoinStatus::Accept), &mut last_id), ann);
        let status = attendees.by_id(ann).unwrap().status.clone().unwrap();
        assert!(status.invited && status.accepted && !status.registered);

        attendees.replace(
            vec![attendee("cay@acme.example", JoinStatus::Invite), attendee("bob@acme.example", JoinStatus::Invite)],
            &mut last_id,
        );
        assert!(attendees.by_id(ann).is_none() && attendees.all().len() == 2);
        assert_eq!(attendees.by_email("BOB@acme.example").map(|bob| bob.attendee_id), Some(bob));
        assert!(attendees.remove(bob).is_some() && attendees.by_id(bob).is_none());
        // Attendees without an address are never merged.
        let (one, two) =
            (attendees.put(attendee("", JoinStatus::Invite), &mut last_id), attendees.put(attendee("", JoinStatus::Invite), &mut last_id));
        assert_ne!(one, two);
    }

    #[test]
    fn what_is_not_set_of_an_attendee_stays() {
        let (mut attendees, mut last_id) = (Attendees::default(), 0);
        let mut ann = attendee("ann@acme.example", JoinStatus::Invite).with_role(Role::Presenter).with_language("GERMAN");
        ann.person.name = Some("Ann".to_owned());
        let id = attendees.put(ann, &mut last_id);
        attendees.put(attendee("ann@acme.example", JoinStatus::Accept).with_register_id(7), &mut last_id);
        attendees.put(AttendeeInstance::new(Person::new("ann@acme.example".to_owned()), 0), &mut last_id);
        let ann = attendees.by_id(id).unwrap();
        assert_eq!((ann.role.clone(), ann.language.as_deref(), ann.register_id), (Some(Role::Presenter), Some("GERMAN"), Some(7)));
        assert_eq!((ann.person.name.as_deref(), ann.join_status.clone()), (Some("Ann"), Some(JoinStatus::Accept)));
    }

    #[test]
    fn who_registers_is_not_invited_by_that() {
        let (mut attendees, mut last_id) = (Attendees::default(), 0);
        let cay =
            Caller::User { id: 1, webex_id: "cay".to_owned(), email: "cay@acme.example".to_owned(), site_admin: false, reads_users: false };
        attendees.put(attendee("cay@acme.example", JoinStatus::Register).with_role(Role::Host), &mut last_id);
        assert!(!attendees.invite(&cay) && attendees.alternate_hosts().next().is_none());
        attendees.put(attendee("cay@acme.example", JoinStatus::Accept), &mut last_id);
        assert!(attendees.invite(&cay));
        attendees.put(attendee("cay@acme.example", JoinStatus::Reject), &mut last_id);
        assert!(!attendees.invite(&cay));
    }
}
