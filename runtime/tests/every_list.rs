//! Tests that every operation whose response is a list can be called as a list, with the default features. Pages are tested in `lists.rs`;
//! the feature of each list is tested in `tests/features.rs` of the workspace.
#![cfg(feature = "services")]

use webex_xml::testing::Canned;
use webex_xml::types::OPERATIONS;
use webex_xml::{Client, Listing, attendee, ep, event, history, meeting, meetingtype, sales, site, training, user};

/// Reads the list, which is empty, and returns the name of its operation.
fn listed<O: Listing>(request: O) -> &'static str {
    let client = Client::with_transport("acme", Canned::new().answer_fault("000015", "Sorry, no record found"));
    assert_eq!(client.list(request).count(), 0, "{}", O::INFO.name);
    O::INFO.name
}

macro_rules! listed {
    ($($module:ident::$Request:ident)*) => {
        [$(listed($module::$Request::new())),*]
    };
}

#[test]
fn every_list_can_be_called() {
    let mut listed = listed! {
        attendee::LstMeetingAttendee
        ep::LstContact
        ep::LstDistList
        ep::LstOpenSession
        ep::LstRecording
        ep::LstSummarySession
        event::LstRecordedEvent
        event::LstSummaryEvent
        event::LstSummaryProgram
        history::LstEventAttendeeHistory
        history::LstEventSessionHistory
        history::LstMeetingAttendeeHistory
        history::LstMeetingUsageHistory
        history::LstRecordAccessDetailHistory
        history::LstRecordAccessHistory
        history::LstSalesAttendeeHistory
        history::LstSalesSessionHistory
        history::LstSupportAttendeeHistory
        history::LstSupportSessionHistory
        history::LstTrainingAttendeeHistory
        history::LstTrainingSessionHistory
        meeting::LstMeeting
        meeting::LstSummaryMeeting
        meetingtype::LstMeetingType
        sales::LstAccounts
        sales::LstOpportunities
        sales::LstProducts
        sales::LstSummarySalesSession
        site::GetWebAcdQueues
        site::LstTimeZone
        training::LstLibTests
        training::LstScheduledTests
        training::LstSummaryTrainingSession
        training::LstTrainingSession
        user::LstSummaryUser
        user::LstUser
    };
    listed.sort_unstable();
    let is_list = |name: &str| name.starts_with("lst") || name.starts_with("Lst") || name == "getWebACDQueues" || name == "GetWebACDQueues";
    let mut all: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).filter(|name| is_list(name)).collect();
    all.sort_unstable();
    assert_eq!(listed.to_vec(), all, "an operation whose name begins with `lst` is a list: add it to paging/lists.rs and here");
}
