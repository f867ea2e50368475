//! In: requests for anything but the service. Out: the page for people.
use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use crate::exchange::App;

pub(crate) fn router(_: Arc<App>) -> Router {
    Router::new().route("/", get(async || "A WebEx site in a box.\n"))
}
