//! Blocking iterators over the pages and records of a list; threads can fetch pages in advance. The choice of the next part is made in
//! `paging`.

use std::collections::VecDeque;
use std::fmt;
use std::thread::{self, JoinHandle};

use xsdgen_codec::IntoRequest;

use super::{Listing, Page, Pending, Plan};
use crate::client::Client;
use crate::error::{Error, NotSent, NotSentKind};
use crate::reply::Reply;

impl Client {
    /// Returns an iterator over the records of a list, fetched page by page as needed.
    ///
    /// An empty list has no records: a fault for which [`Fault::is_empty_list`](crate::Fault::is_empty_list) returns `true` is not an error
    /// here.
    ///
    /// The request's own `listControl` sets the first record and the page size; without it, a page has a hundred records. The iterator ends
    /// after an error. If records are added or deleted in the meantime, the pages shift, and a record can be missed or returned twice.
    ///
    /// ```
    /// use webex_xml::testing::Canned;
    /// use webex_xml::{Client, Error, user};
    ///
    /// # fn main() -> Result<(), Error> {
    /// let client = Client::with_transport("acme", Canned::new().answer_fault("000015", "Sorry, no record found"));
    /// let users: Vec<user::UserSummaryInstance> = client.list(&user::LstSummaryUser::new()).collect::<Result<_, _>>()?;
    /// assert!(users.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    pub fn list<O: Listing>(&self, request: impl IntoRequest<Request = O>) -> Records<O> {
        Records { pages: self.pages(request), ready: Vec::new().into_iter() }
    }

    /// Returns an iterator over the pages of a list, like [`Client::list`], but with the size of the list in addition to the records.
    pub fn pages<O: Listing>(&self, request: impl IntoRequest<Request = O>) -> Pages<O> {
        let request = request.into_request();
        Pages { client: self.clone(), plan: Plan::new(&request), request, at_once: 1, ahead: VecDeque::new(), ended: false }
    }
}

/// An iterator over the records of a list; see [`Client::list`].
pub struct Records<O: Listing> {
    pages: Pages<O>,
    ready: std::vec::IntoIter<O::Record>,
}

impl<O: Listing> Records<O> {
    /// Fetches up to `pages` pages at once, each on its own thread. The records keep their order.
    #[must_use]
    pub fn at_once(mut self, pages: usize) -> Self {
        self.pages = self.pages.at_once(pages);
        self
    }
}

impl<O: Listing> Iterator for Records<O> {
    type Item = Result<O::Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(record) = self.ready.next() {
                return Some(Ok(record));
            }
            match self.pages.next()? {
                Ok(page) => self.ready = page.records.into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

type Fetched<O> = Result<Reply<<O as xsdgen_codec::Operation>::Response>, Error>;

/// An iterator over the pages of a list; see [`Client::pages`].
pub struct Pages<O: Listing> {
    client: Client,
    request: O,
    plan: Plan,
    at_once: usize,
    ahead: VecDeque<(Pending, JoinHandle<Fetched<O>>)>,
    ended: bool,
}

impl<O: Listing> Pages<O> {
    /// Fetches up to `pages` pages at once, each on its own thread. The pages keep their order.
    #[must_use]
    pub fn at_once(mut self, pages: usize) -> Self {
        self.at_once = pages.max(1);
        self
    }

    /// Returns the next response, and starts as many fetches as are allowed. Records that were missing from a page are fetched before later
    /// pages.
    fn fetch(&mut self) -> Option<(Pending, Fetched<O>)> {
        let due = self.ahead.front().is_some_and(|(pending, _)| self.plan.is_due_before(pending));
        if due || self.at_once == 1 || !self.plan.is_counted() {
            let (pending, request) = self.plan.take(&self.request)?;
            return Some((pending, self.client.call::<O>(request)));
        }
        while self.ahead.len() < self.at_once
            && let Some((pending, request)) = self.plan.take(&self.request)
        {
            let client = self.client.clone();
            self.ahead.push_back((pending, thread::spawn(move || client.call::<O>(request))));
        }
        let (pending, fetch) = self.ahead.pop_front()?;
        let lost = || Error::NotSent(NotSent::new(O::INFO.name, NotSentKind::InvalidRequest, "the thread that fetched it ended early"));
        Some((pending, fetch.join().unwrap_or_else(|_| Err(lost()))))
    }
}

impl<O: Listing> Iterator for Pages<O> {
    type Item = Result<Page<O::Record>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let Some((pending, outcome)) = self.fetch() else {
            self.ended = true;
            return None;
        };
        let page = self.plan.answered::<O>(pending, outcome);
        self.ended = page.is_err();
        Some(page)
    }
}

impl<O: Listing> fmt::Debug for Records<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("pages", &self.pages).field("ready", &self.ready.len()).finish()
    }
}

impl<O: Listing> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &O::INFO.name).field("plan", &self.plan).finish_non_exhaustive()
    }
}
