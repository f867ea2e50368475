//! A transport that simulates a site with a rule for its responses, counts the requests, and can delay them.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};

use webex_xml::testing::Canned;
use webex_xml::transport::{Answer, AsyncTransport, Transport};
use webex_xml::{HttpRequest, HttpResponse, TransportError};

/// Returns the response to a request from its number, its operation and its text.
type Rule = dyn Fn(usize, &str, &str) -> Canned + Send + Sync;

/// A site whose responses follow a rule. Clones share their state.
#[derive(Clone)]
pub(crate) struct Played {
    rule: Arc<Rule>,
    asked: Arc<Mutex<Vec<String>>>,
    inside: Arc<AtomicUsize>,
    pub(crate) most_inside: Arc<AtomicUsize>,
    gate: Arc<(Mutex<bool>, Condvar)>,
}

impl Played {
    pub(crate) fn new(rule: impl Fn(usize, &str, &str) -> Canned + Send + Sync + 'static) -> Self {
        Self {
            rule: Arc::new(rule),
            asked: Arc::default(),
            inside: Arc::default(),
            most_inside: Arc::default(),
            gate: Arc::new((Mutex::new(true), Condvar::new())),
        }
    }

    /// Returns the operations of all requests so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn count(&self, operation: &str) -> usize {
        self.asked().iter().filter(|asked| *asked == operation).count()
    }

    /// Holds requests back, or releases them.
    pub(crate) fn open(&self, open: bool) {
        *self.gate.0.lock().unwrap() = open;
        self.gate.1.notify_all();
    }

    fn answer(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let text = String::from_utf8(request.body.clone()).unwrap();
        let operation = text.split("java:com.webex.service.binding.").nth(1).unwrap().split('"').next().unwrap();
        let operation = operation.rsplit('.').next().unwrap().to_owned();
        let number = {
            let mut asked = self.asked.lock().unwrap();
            asked.push(operation.clone());
            asked.len()
        };
        Transport::send(&(self.rule)(number, &operation, &text), request)
    }
}

impl Transport for Played {
    fn send(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let inside = self.inside.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_inside.fetch_max(inside, Ordering::SeqCst);
        let mut open = self.gate.0.lock().unwrap();
        while !*open {
            open = self.gate.1.wait(open).unwrap();
        }
        drop(open);
        let answer = self.answer(request);
        self.inside.fetch_sub(1, Ordering::SeqCst);
        answer
    }
}

impl AsyncTransport for Played {
    fn send<'a>(&'a self, request: &'a HttpRequest) -> Answer<'a> {
        Box::pin(async move {
            let inside = self.inside.fetch_add(1, Ordering::SeqCst) + 1;
            self.most_inside.fetch_max(inside, Ordering::SeqCst);
            tokio::task::yield_now().await;
            let answer = self.answer(request);
            self.inside.fetch_sub(1, Ordering::SeqCst);
            answer
        })
    }
}
