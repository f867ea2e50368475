//! Tests that requests can be passed by value and by reference, alone and in batches, to both clients, and that their futures can be
//! joined. The messages themselves are tested in `client.rs`, lists in `lists.rs`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

use std::time::Duration;

use webex_xml::testing::Canned;
use webex_xml::{AsyncClient, Client, Error, IntoRequest, Reply, ep, user};

fn versions(number: usize) -> Canned {
    (0..number).fold(Canned::new(), |canned, _| canned.answer(ep::GetApiVersionResponse::new("9.0")))
}

fn batch(number: usize) -> Canned {
    Canned::new().answer_all((0..number).map(|_| ep::GetApiVersionResponse::new("9.0").into()))
}

fn version(reply: Result<Reply<ep::GetApiVersionResponse>, Error>) -> String {
    reply.unwrap().into_body().api_version
}

/// Calls any request, like a function in a user's code.
fn ask<O: webex_xml::core::Request>(client: &Client, request: impl IntoRequest<Request = O>) -> Result<Reply<O::Response>, Error> {
    client.call(request)
}

#[test]
fn a_blocking_call_accepts_values_and_references() {
    let client = Client::with_transport("acme", versions(5));
    let request = ep::GetApiVersion::new();
    assert_eq!(version(client.call(&request)), "9.0");
    assert_eq!(version(client.call(request.clone())), "9.0");
    assert_eq!(version(client.call::<ep::GetApiVersion>(&request)), "9.0");
    assert_eq!(version(ask(&client, &request)) + &version(ask(&client, request)), "9.09.0");
}

#[test]
fn a_batch_accepts_values_and_references() {
    let request = ep::GetApiVersion::new();
    let client = || Client::with_transport("acme", batch(2));
    let (one, two) = client().call_all((&request, request.clone())).unwrap();
    assert_eq!(version(one) + &version(two), "9.09.0");
    let (one, two) = client().call_all(&(request.clone(), &request)).unwrap();
    assert_eq!(version(one) + &version(two), "9.09.0");
    let list = vec![request.clone(), request.clone()];
    for replies in [
        client().call_all(&list),
        client().call_all(&list[..]),
        client().call_all([&request, &request]),
        client().call_all(&[request.clone(), request.clone()]),
        client().call_all(list.iter().collect::<Vec<_>>()),
        client().call_all(list.clone()),
    ] {
        let replies = replies.unwrap();
        assert_eq!(replies.len(), 2);
        replies.into_iter().for_each(|reply| assert_eq!(version(reply), "9.0"));
    }
}

#[test]
fn lists_and_the_core_accept_values_and_references() {
    let none = || Client::with_transport("acme", Canned::new().answer_fault("000015", "Sorry, no record found"));
    let request = user::LstSummaryUser::new();
    assert_eq!(none().list(&request).count() + none().list(request.clone()).count(), 0);
    assert_eq!(none().pages(&request).count() + none().pages(request.clone()).count(), 2, "each is one page without a record");
    assert!(none().stream_list(&request).unwrap().next().is_none() && none().stream_list(request.clone()).unwrap().next().is_none());
    let core = none().core().clone();
    assert_eq!(core.prepare(&request).unwrap().http().body, core.prepare(request).unwrap().http().body);
}

#[tokio::test]
async fn calls_of_temporary_requests_are_joined() {
    let client = AsyncClient::with_transport("acme", versions(3));
    let (one, two, three) = tokio::join!(
        client.call(&ep::GetApiVersion::new()),
        client.call(ep::GetApiVersion::new()),
        tokio::time::timeout(Duration::from_secs(60), client.call(&ep::GetApiVersion::new())),
    );
    assert_eq!([version(one), version(two), version(three.unwrap())], ["9.0"; 3]);
    let client = AsyncClient::with_transport("acme", batch(2));
    let (batch, ()) = tokio::join!(client.call_all((&ep::GetApiVersion::new(), ep::GetApiVersion::new())), async {});
    let (one, two) = batch.unwrap();
    assert_eq!([version(one), version(two)], ["9.0"; 2]);
}

/// Tests that the future of a call can be sent to another task, and does not show the request.
#[tokio::test]
async fn the_future_of_a_call_is_send() {
    fn send<T: Send>(value: T) -> T {
        value
    }
    let client = AsyncClient::with_transport("acme", versions(1));
    let call = send(client.call(ep::GetApiVersion::new()));
    assert_eq!(format!("{call:?}"), "ResponseFuture { .. }");
    assert_eq!(version(call.await), "9.0");
}

#[cfg(feature = "stream")]
#[tokio::test]
async fn asynchronous_lists_accept_values_and_references() {
    use futures_util::StreamExt as _;
    let none = || AsyncClient::with_transport("acme", Canned::new().answer_fault("000015", "Sorry, no record found"));
    let request = user::LstSummaryUser::new();
    assert_eq!(none().list(&request).count().await + none().list(request.clone()).count().await, 0);
    assert_eq!(none().pages(&request).count().await + none().pages(request.clone()).count().await, 2);
    let client = none();
    let (stream, ()) = tokio::join!(client.stream_list(&user::LstSummaryUser::new()), async {});
    assert!(stream.unwrap().next().await.is_none());
    assert!(none().stream_list(request).await.unwrap().next().await.is_none());
}
