//! Accepts connections and serves requests within the limits on head, body, time and number of connections. Every message is answered
//! with status 200, as live servers do, even if the answer is a failure. Other statuses report a wrong use of HTTP: path (404), method
//! (405), size (413, 431) or speed (408).

mod cors;
mod deliver;
mod service;

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;
use tower_service::Service;

use crate::exchange::App;
use crate::limits::Limits;
use crate::page;

/// The path to which messages are POSTed. The path can also contain a release, see [`service::is_service`].
pub(crate) const SERVICE_PATH: &str = "/WBXService/XMLService";

/// The time to wait after a connection could not be accepted, for example because the machine has no free file descriptors.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves the site until `stop` is sent or dropped. Requests in progress then have the grace period of the limits to finish.
pub(crate) async fn serve(listener: TcpListener, app: Arc<App>, stop: oneshot::Receiver<()>) {
    let limits = app.limits;
    let slots = Arc::new(Semaphore::new(limits.connections.max(1)));
    let graceful = GracefulShutdown::new();
    let router = page::router(Arc::clone(&app));
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let slot = Arc::clone(&slots).acquire_owned().await;
            (slot, listener.accept().await)
        };
        let (slot, accepted) = tokio::select! {
            _ = &mut stop => break,
            next = next => next,
        };
        let Ok((stream, _)) = accepted else {
            sleep(PAUSE).await;
            continue;
        };
        let handler = Handler { app: Arc::clone(&app), router: router.clone() };
        let connection = http(&limits).serve_connection(io_of(stream, &limits), handler);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            let _ = connection.await;
            drop(slot);
        });
    }
    drop(listener);
    let _ = timeout(limits.grace, graceful.shutdown()).await;
}

fn http(limits: &Limits) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_buf_size(limits.head_bytes.max(8 << 10))
        .max_headers(limits.headers);
    http
}

/// Wraps the connection so that it ends if the client reads nothing for too long.
fn io_of(stream: TcpStream, limits: &Limits) -> TokioIo<Pin<Box<TimeoutStream<TcpStream>>>> {
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.write_time));
    TokioIo::new(Box::pin(stream))
}

/// The handler for the requests of a connection.
struct Handler {
    app: Arc<App>,
    router: Router,
}

impl hyper::service::Service<Request<Incoming>> for Handler {
    type Response = Response<Body>;
    /// The error that ends the connection without an answer.
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Response<Body>>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let request = request.map(Body::new);
        if service::is_service(request.uri().path()) {
            return Box::pin(service::answer(Arc::clone(&self.app), request));
        }
        let mut router = self.router.clone();
        Box::pin(async move {
            let answered: Result<_, Infallible> = router.call(request).await;
            answered.map_err(|never| match never {})
        })
    }
}
