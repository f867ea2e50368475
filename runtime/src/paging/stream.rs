//! Asynchronous streams of the pages and records of a list; pages can be fetched in advance. The choice of the next part is made in
//! `paging`.

use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use xsdgen_codec::IntoRequest;

use super::{Listing, Page, Pending, Plan};
use crate::async_client::AsyncClient;
use crate::error::Error;
use crate::reply::Reply;

impl AsyncClient {
    /// Returns a stream of the records of a list, fetched page by page as needed.
    ///
    /// An empty list has no records: a fault for which [`Fault::is_empty_list`](crate::Fault::is_empty_list) returns `true` is not an error
    /// here.
    ///
    /// The request's own `listControl` sets the first record and the page size; without it, a page has a hundred records. The stream ends
    /// after an error. If records are added or deleted in the meantime, the pages shift, and a record can be missed or returned twice.
    ///
    /// ```
    /// use futures_util::TryStreamExt as _;
    /// use webex_xml::testing::Canned;
    /// use webex_xml::{AsyncClient, Error, user};
    ///
    /// # async fn run() -> Result<(), Error> {
    /// let client = AsyncClient::with_transport("acme", Canned::new().answer_fault("000015", "Sorry, no record found"));
    /// let users: Vec<user::UserSummaryInstance> = client.list(&user::LstSummaryUser::new()).at_once(4).try_collect().await?;
    /// assert!(users.is_empty());
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(run()).unwrap();
    /// ```
    pub fn list<O: Listing>(&self, request: impl IntoRequest<Request = O>) -> RecordStream<O> {
        RecordStream { pages: self.pages(request), ready: Vec::new().into_iter() }
    }

    /// Returns a stream of the pages of a list, like [`AsyncClient::list`], but with the size of the list in addition to the records.
    pub fn pages<O: Listing>(&self, request: impl IntoRequest<Request = O>) -> PageStream<O> {
        let request = request.into_request();
        let plan = Plan::new(&request);
        PageStream { client: self.clone(), request, plan, at_once: 1, ahead: VecDeque::new(), ended: false }
    }
}

type Fetched<O> = Result<Reply<<O as xsdgen_codec::Operation>::Response>, Error>;

/// A page that is being fetched, or one that has arrived and waits for its turn.
enum Fetch<O: Listing> {
    Running(Pin<Box<dyn Future<Output = Fetched<O>> + Send>>),
    Done(Option<Fetched<O>>),
}

/// A stream of the pages of a list; see [`AsyncClient::pages`].
pub struct PageStream<O: Listing> {
    client: AsyncClient,
    request: O,
    plan: Plan,
    at_once: usize,
    ahead: VecDeque<(Pending, Fetch<O>)>,
    ended: bool,
}

/// The stream can be moved because everything that is pinned is in a box.
impl<O: Listing> Unpin for PageStream<O> {}

impl<O: Listing> PageStream<O> {
    /// Fetches up to `pages` pages at once. The pages keep their order.
    #[must_use]
    pub fn at_once(mut self, pages: usize) -> Self {
        self.at_once = pages.max(1);
        self
    }

    /// Starts as many fetches as are allowed. Records that were missing from a page are fetched before later pages.
    fn start(&mut self) {
        let due = self.ahead.front().is_some_and(|(pending, _)| self.plan.is_due_before(pending));
        while due || self.ahead.is_empty() || self.plan.is_counted() && self.ahead.len() < self.at_once {
            let Some((pending, request)) = self.plan.take(&self.request) else { return };
            let client = self.client.clone();
            let fetch = (pending, Fetch::Running(Box::pin(async move { client.call::<O>(request).await })));
            if due {
                return self.ahead.push_front(fetch);
            }
            self.ahead.push_back(fetch);
        }
    }

    /// Polls all running fetches, so that later pages make progress while the first is awaited.
    fn poll_ahead(&mut self, context: &mut Context<'_>) -> Poll<Option<(Pending, Fetched<O>)>> {
        for (_, fetch) in &mut self.ahead {
            if let Fetch::Running(call) = fetch
                && let Poll::Ready(outcome) = call.as_mut().poll(context)
            {
                *fetch = Fetch::Done(Some(outcome));
            }
        }
        match self.ahead.front_mut() {
            None => Poll::Ready(None),
            Some((_, Fetch::Running(_))) => Poll::Pending,
            Some((_, Fetch::Done(outcome))) => {
                let outcome = outcome.take();
                let pending = self.ahead.pop_front().map(|(pending, _)| pending);
                Poll::Ready(pending.zip(outcome))
            }
        }
    }
}

impl<O: Listing> Stream for PageStream<O> {
    type Item = Result<Page<O::Record>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        self.start();
        let Some((pending, outcome)) = ready!(self.poll_ahead(context)) else {
            self.ended = true;
            return Poll::Ready(None);
        };
        let page = self.plan.answered::<O>(pending, outcome);
        self.ended = page.is_err();
        Poll::Ready(Some(page))
    }
}

/// A stream of the records of a list; see [`AsyncClient::list`].
pub struct RecordStream<O: Listing> {
    pages: PageStream<O>,
    ready: std::vec::IntoIter<O::Record>,
}

/// The stream can be moved because nothing in it is pinned.
impl<O: Listing> Unpin for RecordStream<O> {}

impl<O: Listing> RecordStream<O> {
    /// Fetches up to `pages` pages at once. The records keep their order.
    #[must_use]
    pub fn at_once(mut self, pages: usize) -> Self {
        self.pages = self.pages.at_once(pages);
        self
    }
}

impl<O: Listing> Stream for RecordStream<O> {
    type Item = Result<O::Record, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(record) = self.ready.next() {
                return Poll::Ready(Some(Ok(record)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Ok(page)) => self.ready = page.records.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

impl<O: Listing> fmt::Debug for PageStream<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageStream").field("operation", &O::INFO.name).field("plan", &self.plan).finish_non_exhaustive()
    }
}

impl<O: Listing> fmt::Debug for RecordStream<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordStream").field("pages", &self.pages).field("ready", &self.ready.len()).finish()
    }
}
