//! The table of all operations that return a list: the record type, the response field that holds the records, and the way the request
//! selects a part. Fetching the pages is done in the other modules of `paging`.

use webex_xml_types::ep::ListControl;
use webex_xml_types::serv::{LstControl, MatchingRecords};

use super::Listing;

/// Implements [`Listing`] for each line, which consists of the way to select a part, the request, the record type and the field that holds
/// the records. `parts` uses the request's own `listControl` and `short` uses the `listControl` of recordings. `counted` and `whole` cannot
/// select a part; a `counted` response reports the total, a `whole` one does not.
macro_rules! lists {
    ($($(#[$meta:meta])* $how:ident $module:ident::$Request:ident => $Record:ident, $field:ident;)*) => {$(
        $(#[$meta])*
        impl Listing for webex_xml_types::$module::$Request {
            type Record = webex_xml_types::$module::$Record;

            lists!(@$how $field);
        }
    )*};
    (@parts $field:ident) => {
        const PAGED: bool = true;

        fn window(&self) -> (Option<i64>, Option<i64>) {
            self.list_control.as_ref().map_or((None, None), |control| (control.start_from, control.maximum_num))
        }

        fn at(&self, start_from: i64, maximum_num: i64) -> Self {
            let mut request = self.clone();
            let control = request.list_control.get_or_insert_with(LstControl::new);
            (control.start_from, control.maximum_num) = (Some(start_from), Some(maximum_num));
            request
        }

        fn records(response: Self::Response) -> (Vec<Self::Record>, Option<MatchingRecords>) {
            (response.$field, response.matching_records)
        }
    };
    (@short $field:ident) => {
        const PAGED: bool = true;

        fn window(&self) -> (Option<i64>, Option<i64>) {
            self.list_control.as_ref().map_or((None, None), |control| (Some(control.start_from), control.maximum_num))
        }

        fn at(&self, start_from: i64, maximum_num: i64) -> Self {
            let mut request = self.clone();
            let control = request.list_control.get_or_insert_with(|| ListControl::new(start_from));
            (control.start_from, control.maximum_num) = (start_from, Some(maximum_num));
            request
        }

        fn records(response: Self::Response) -> (Vec<Self::Record>, Option<MatchingRecords>) {
            (response.$field, response.matching_records)
        }
    };
    (@counted $field:ident) => {
        lists!(@single);

        fn records(response: Self::Response) -> (Vec<Self::Record>, Option<MatchingRecords>) {
            (response.$field, response.matching_records)
        }
    };
    (@whole $field:ident) => {
        lists!(@single);

        fn records(response: Self::Response) -> (Vec<Self::Record>, Option<MatchingRecords>) {
            (response.$field, None)
        }
    };
    (@single) => {
        const PAGED: bool = false;

        fn window(&self) -> (Option<i64>, Option<i64>) {
            (None, None)
        }

        fn at(&self, _start_from: i64, _maximum_num: i64) -> Self {
            self.clone()
        }
    };
}

lists! {
    parts attendee::LstMeetingAttendee => AttendeeInstance, attendee;
    whole ep::LstContact => Contact, contact;
    whole ep::LstDistList => DistListInstance, dist_list;
    short ep::LstRecording => Recording, recording;
    parts ep::LstSummarySession => SessionSummaryInstance, session;
    #[cfg(feature = "event")]
    parts event::LstRecordedEvent => RecordedEvents, event;
    #[cfg(feature = "event")]
    parts event::LstSummaryEvent => EventSummaryInstance, event;
    #[cfg(feature = "event")]
    parts event::LstSummaryProgram => ProgramSummary, program;
    #[cfg(feature = "history")]
    parts history::LstEventAttendeeHistory => EventAttendeeHistoryInstance, event_attendee_history;
    #[cfg(feature = "history")]
    parts history::LstEventSessionHistory => EventSessionHistoryInstance, event_session_history;
    #[cfg(feature = "history")]
    parts history::LstMeetingAttendeeHistory => MeetingAttendeeHistoryInstance, meeting_attendee_history;
    #[cfg(feature = "history")]
    parts history::LstMeetingUsageHistory => MeetingUsageHistoryInstance, meeting_usage_history;
    #[cfg(feature = "history")]
    parts history::LstRecordAccessDetailHistory => RecordAccessDetailHistory, record_detail;
    #[cfg(feature = "history")]
    parts history::LstRecordAccessHistory => RecordAccessHistoryInstance, record_access_history;
    #[cfg(feature = "history")]
    parts history::LstSalesAttendeeHistory => SalesAttendeeHistoryInstance, sales_attendee_history;
    #[cfg(feature = "history")]
    parts history::LstSalesSessionHistory => SalesSessionHistoryInstance, sales_session_history;
    #[cfg(feature = "history")]
    parts history::LstSupportAttendeeHistory => SupportAttendeeHistoryInstance, support_attendee_history;
    #[cfg(feature = "history")]
    parts history::LstSupportSessionHistory => SupportSessionHistoryInstance, support_session_history;
    #[cfg(feature = "history")]
    parts history::LstTrainingAttendeeHistory => TrainingAttendeeHistoryInstance, training_attendee_history;
    #[cfg(feature = "history")]
    parts history::LstTrainingSessionHistory => TrainSessionHistoryInstance, training_session_history;
    parts meeting::LstMeeting => MeetingInstance, meeting;
    parts meeting::LstSummaryMeeting => MeetingSummaryInstance, meeting;
    #[cfg(feature = "meetingtype")]
    parts meetingtype::LstMeetingType => MeetingTypeInstance, meeting_type;
    #[cfg(feature = "sales")]
    whole sales::LstAccounts => AccountInstance, account;
    #[cfg(feature = "sales")]
    parts sales::LstProducts => ProductInstance, product;
    #[cfg(feature = "sales")]
    parts sales::LstSummarySalesSession => SalesSessionSummaryInstance, sales_session;
    #[cfg(feature = "site")]
    short site::GetWebAcdQueues => Queue, queue;
    #[cfg(feature = "site")]
    whole site::LstTimeZone => TimeZone, time_zone;
    #[cfg(feature = "training")]
    whole training::LstLibTests => LibTestInstance, lib_test;
    #[cfg(feature = "training")]
    whole training::LstScheduledTests => ScheduledTestInstance, test;
    #[cfg(feature = "training")]
    parts training::LstSummaryTrainingSession => TrainingSessionSummaryInstance, training_session;
    #[cfg(feature = "training")]
    parts training::LstTrainingSession => TrainingSessionInstance, training_session;
    parts user::LstSummaryUser => UserSummaryInstance, user;
    parts user::LstUser => UserInstance, user;
}

/// Lists whose records are in another module than their requests.
mod nested {
    use super::{Listing, MatchingRecords};

    impl Listing for webex_xml_types::ep::LstOpenSession {
        type Record = webex_xml_types::ep::lst_open_session_response::Services;

        lists!(@counted services);
    }

    #[cfg(feature = "sales")]
    impl Listing for webex_xml_types::sales::LstOpportunities {
        type Record = webex_xml_types::sales::lst_opportunities_response::Opportunity;

        lists!(@whole opportunity);
    }
}
