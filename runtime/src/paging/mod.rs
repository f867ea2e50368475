//! Typed access to the records of a list. This module defines what a list is and which pages to request, without any I/O. `records` fetches
//! the pages on the caller's thread and `stream` fetches them in tasks; `streamed` and `chunked` read a single response while it arrives.
//! The list operations are in `lists`.

#[cfg(feature = "stream")]
mod chunked;
mod lists;
mod records;
#[cfg(feature = "stream")]
mod stream;
mod streamed;

use std::collections::VecDeque;

use webex_xml_types::serv::MatchingRecords;

use crate::core::Request;
use crate::error::Error;
use crate::reply::Reply;

#[cfg(feature = "stream")]
pub use chunked::AsyncStreamedList;
pub use records::{Pages, Records};
#[cfg(feature = "stream")]
pub use stream::{PageStream, RecordStream};
pub use streamed::StreamedList;

/// An operation that answers with a list.
pub trait Listing: Request<Response: Send> + Send + Sync + 'static {
    /// The type of a record of the list.
    type Record: Send + 'static;

    /// Whether the operation can return the list in pages.
    const PAGED: bool;

    /// Returns the number of the first record, counted from 1, and the maximum number of records.
    fn window(&self) -> (Option<i64>, Option<i64>);

    /// Returns the same request for another part of the list.
    #[must_use]
    fn at(&self, start_from: i64, maximum_num: i64) -> Self;

    /// Returns the records of a response, and the size of the whole list if the response contains it.
    fn records(response: Self::Response) -> (Vec<Self::Record>, Option<MatchingRecords>);
}

/// A part of a list, as returned by one response.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The records of the page.
    pub records: Vec<T>,
    /// The position of the first of these records in the whole list, counted from 1.
    pub start_from: i64,
    /// The number of records in the whole list when this page was made, if the service reported it.
    pub total: Option<i64>,
}

/// The number of records in a page if the request does not specify it.
const USUAL: i64 = 100;

/// A part of the list to request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    start: i64,
    length: i64,
}

/// The parts of the list that are still to be requested.
///
/// The first page shows how many records there are and how many a page has. If a later page has fewer records than its part, the missing
/// ones are requested again.
#[derive(Debug)]
pub(crate) struct Plan {
    paged: bool,
    /// The parts to request before anything else, in order.
    due: VecDeque<Part>,
    /// The number of records to request in each later page: as many as the first page had, because services cap the requested number.
    length: i64,
    /// The first record after all parts that were requested based on the total, and the total; `None` before the first page.
    counted: Option<(i64, i64)>,
}

impl Plan {
    pub(crate) fn new<O: Listing>(request: &O) -> Self {
        let (start, length) = request.window();
        let first = Part { start: start.unwrap_or(1).max(1), length: length.unwrap_or(USUAL).max(1) };
        Self { paged: O::PAGED, due: VecDeque::from([first]), length: first.length, counted: None }
    }

    /// Returns whether further parts can be requested before this one has arrived.
    pub(crate) fn is_counted(&self) -> bool {
        self.counted.is_some()
    }

    /// Returns whether a part that precedes the pending one still has to be requested.
    pub(crate) fn is_due_before(&self, pending: &Pending) -> bool {
        self.due.front().is_some_and(|part| part.start < pending.0.start)
    }

    /// Returns the next part to request.
    pub(crate) fn take<O: Listing>(&mut self, request: &O) -> Option<(Pending, O)> {
        let part = self.due.pop_front().or_else(|| self.next_counted())?;
        let asked = if self.paged { request.at(part.start, part.length) } else { request.clone() };
        Some((Pending(part), asked))
    }

    fn next_counted(&mut self) -> Option<Part> {
        let (start, total) = self.counted.filter(|(start, total)| start <= total)?;
        self.counted = Some((start.saturating_add(self.length), total));
        Some(Part { start, length: self.length })
    }

    /// Converts the outcome for a part into a page, and plans the parts that follow.
    pub(crate) fn answered<O: Listing>(
        &mut self,
        Pending(part): Pending,
        outcome: Result<Reply<O::Response>, Error>,
    ) -> Result<Page<O::Record>, Error> {
        let (records, matching) = match outcome {
            Ok(reply) => O::records(reply.into_body()),
            Err(error) if error.as_fault().is_some_and(|fault| fault.is_empty_list()) => (Vec::new(), None),
            Err(error) => return Err(error),
        };
        let total = matching.map(|matching| matching.total);
        if self.paged {
            self.plan_on(part, i64::try_from(records.len()).unwrap_or(i64::MAX), total);
        }
        Ok(Page { records, start_from: part.start, total })
    }

    fn plan_on(&mut self, part: Part, got: i64, total: Option<i64>) {
        let end = part.start.saturating_add(got);
        match (total, self.counted) {
            (None, None) if got == part.length => self.due.push_back(Part { start: end, length: self.length }),
            (None, None) => {}
            // The list became shorter than expected, so nothing follows.
            (None, Some((next, _))) => self.counted = Some((next, part.start.saturating_sub(1))),
            (Some(total), None) => {
                self.length = got.clamp(1, part.length);
                self.counted = Some((end, if got == 0 { 0 } else { total }));
            }
            (Some(total), Some((next, _))) => {
                self.counted = Some((next, total));
                if got > 0 && got < part.length && end <= total {
                    self.due.push_front(Part { start: end, length: part.length - got });
                }
            }
        }
    }
}

/// A part that was requested and has not arrived.
#[derive(Debug)]
pub(crate) struct Pending(Part);

#[cfg(test)]
mod tests {
    use webex_xml_types::user::{LstSummaryUser, LstSummaryUserResponse, UserSummaryInstance};

    use super::*;
    use crate::testing::Canned;
    use crate::{Client, Fault};

    /// A list of users of which the service returns at most `cap` at a time, and reports the total only if `counts` is set.
    struct List {
        users: i64,
        cap: i64,
        counts: bool,
    }

    impl List {
        fn answer(&self, request: &LstSummaryUser) -> Result<Reply<LstSummaryUserResponse>, Error> {
            let (start, most) = request.window();
            let (start, most) = (start.unwrap(), most.unwrap().min(self.cap));
            let numbers = start..(start + most).min(self.users + 1);
            if numbers.is_empty() {
                return Err(Fault::new("lstsummaryUser", "000015", "Sorry, no record found").into());
            }
            let returned = numbers.end - numbers.start;
            let mut answer = LstSummaryUserResponse::new();
            answer.user = numbers.map(user).collect();
            answer.matching_records = self.counts.then(|| MatchingRecords::new(self.users, returned, start));
            Client::with_transport("acme", Canned::new().answer(answer)).call(&LstSummaryUser::new())
        }
    }

    fn user(number: i64) -> UserSummaryInstance {
        let mut user: UserSummaryInstance = xsdgen_codec::Value::empty();
        user.webex_id = number.to_string();
        user.active = webex_xml_types::user::Active::Activated;
        user
    }

    /// Returns the users seen and the number of requests, with `ahead` parts requested in advance.
    fn walk(list: &List, page: i64, ahead: usize) -> (Vec<i64>, usize) {
        let request = LstSummaryUser::new().at(1, page);
        let mut plan = Plan::new(&request);
        let (mut seen, mut asked, mut under_way) = (Vec::new(), 0, VecDeque::new());
        loop {
            while under_way.len() < ahead && (under_way.is_empty() || plan.is_counted()) {
                let Some((pending, request)) = plan.take(&request) else { break };
                under_way.push_back((pending, list.answer(&request)));
                asked += 1;
            }
            let Some((pending, outcome)) = under_way.pop_front() else { return (seen, asked) };
            let page = plan.answered::<LstSummaryUser>(pending, outcome).unwrap();
            seen.extend(page.records.iter().map(|user| user.webex_id.parse::<i64>().unwrap()));
            while under_way.front().is_some_and(|(pending, _)| plan.is_due_before(pending)) {
                let (pending, request) = plan.take(&request).unwrap();
                under_way.push_front((pending, list.answer(&request)));
                asked += 1;
            }
        }
    }

    #[test]
    fn every_record_comes_once_and_in_order() {
        for users in [0, 1, 9, 10, 11, 25, 100] {
            for (cap, counts, ahead) in [(1000, true, 1), (1000, false, 1), (7, true, 1), (1000, true, 4), (7, true, 4)] {
                let (seen, _) = walk(&List { users, cap, counts }, 10, ahead);
                assert_eq!(seen, (1..=users).collect::<Vec<_>>(), "{users} users, at most {cap}, {counts}, {ahead} ahead");
            }
        }
    }

    #[test]
    fn no_page_is_asked_for_in_vain_where_the_total_is_known() {
        assert_eq!(walk(&List { users: 30, cap: 1000, counts: true }, 10, 1).1, 3);
        assert_eq!(walk(&List { users: 30, cap: 1000, counts: false }, 10, 1).1, 4, "the end shows by an empty page");
        assert_eq!(walk(&List { users: 0, cap: 1000, counts: true }, 10, 4).1, 1);
    }

    #[test]
    fn a_mad_total_costs_nothing() {
        let request = LstSummaryUser::new();
        let mut plan = Plan::new(&request);
        let (pending, _) = plan.take(&request).unwrap();
        plan.plan_on(pending.0, 100, Some(i64::MAX));
        assert!(plan.due.is_empty() && plan.take(&request).is_some());
    }

    #[test]
    fn a_list_that_gets_shorter_ends() {
        let request = LstSummaryUser::new();
        let mut plan = Plan::new(&request);
        let (first, _) = plan.take(&request).unwrap();
        plan.plan_on(first.0, 100, Some(300));
        let (second, _) = plan.take(&request).unwrap();
        plan.plan_on(second.0, 0, None);
        assert!(plan.take(&request).is_none());
    }
}
