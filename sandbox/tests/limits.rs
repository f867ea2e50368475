//! Tests the limits for bytes, depth, headers, time and connections, and that a client that violates one does not affect the others. The
//! limits are small here, so that the tests are short. No test depends on the speed of the machine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod support;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use support::{exchange, post, text};
use webex_xml_sandbox::{Limits, Sandbox, SiteKind};

const SITE_TYPE: &str = "<message><header><securityContext><siteName>acme</siteName></securityContext></header><body>\
    <bodyContent xsi:type='java:com.webex.service.binding.ep.GetSiteType'/></body></message>";

const SHORT: Duration = Duration::from_millis(300);

fn sandbox(limits: Limits) -> Sandbox {
    Sandbox::builder().kind(SiteKind::Train).limits(limits).start().unwrap()
}

fn connect(sandbox: &Sandbox) -> TcpStream {
    let stream = TcpStream::connect(sandbox.base_url().strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn works(sandbox: &Sandbox) {
    assert_eq!(text(&post(sandbox, "", SITE_TYPE.as_bytes()).1, "ep:siteType"), Some("3"));
}

#[test]
fn bodies() {
    let sandbox = sandbox(Limits { body_bytes: 1000, ..Limits::default() });
    let padded = |size: usize| format!("{SITE_TYPE}{}", " ".repeat(size - SITE_TYPE.len()));
    assert_eq!(post(&sandbox, "", padded(1000).as_bytes()).0, 200);
    assert_eq!(post(&sandbox, "", padded(1001).as_bytes()).0, 413);
    let chunked = format!("{:x}\r\n{}\r\n0\r\n\r\n", 1001, padded(1001));
    let head = "POST /WBXService/XMLService HTTP/1.1\r\nTransfer-Encoding: chunked\r\n";
    assert_eq!(exchange(&sandbox, head, chunked.as_bytes()).0, 413);
    works(&sandbox);
}

#[test]
fn depth() {
    let sandbox = sandbox(Limits { depth: 10, ..Limits::default() });
    let nested = |levels: usize| {
        SITE_TYPE.replace("GetSiteType'/>", &format!("GetSiteType'>{}{}</bodyContent>", "<a>".repeat(levels), "</a>".repeat(levels)))
    };
    assert_eq!(text(&post(&sandbox, "", nested(5).as_bytes()).1, "serv:result"), Some("SUCCESS"));
    let (_, answer) = post(&sandbox, "", nested(50).as_bytes());
    assert!(text(&answer, "serv:reason").unwrap().contains("cannot be read"), "{answer}");
    works(&sandbox);
}

#[test]
fn heads() {
    let sandbox = sandbox(Limits { head_bytes: 8 << 10, headers: 10, ..Limits::default() });
    let long = format!("GET / HTTP/1.1\r\nX-Long: {}\r\n", "x".repeat(16 << 10));
    assert_eq!(exchange(&sandbox, &long, b"").0, 431);
    let many: String = (0..20).map(|number| format!("X-{number}: 1\r\n")).collect();
    assert_eq!(exchange(&sandbox, &format!("GET / HTTP/1.1\r\n{many}"), b"").0, 431);
    works(&sandbox);
}

#[test]
fn slow_heads_and_idle_connections_are_closed() {
    let sandbox = sandbox(Limits { head_time: SHORT, ..Limits::default() });
    let mut slow = connect(&sandbox);
    slow.write_all(b"POST /WBXService/XMLService HTT").unwrap();
    let answer = rest(slow);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert_eq!(rest(connect(&sandbox)), "", "nothing was sent at all");
    let mut kept = connect(&sandbox);
    write!(kept, "POST /WBXService/XMLService HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{SITE_TYPE}", SITE_TYPE.len()).unwrap();
    assert!(rest(kept).contains("<ep:siteType>3"), "answered, and ended when it was idle");
    works(&sandbox);
}

#[test]
fn slow_bodies_time_out() {
    let sandbox = sandbox(Limits { body_time: SHORT, ..Limits::default() });
    let mut slow = connect(&sandbox);
    slow.write_all(b"POST /WBXService/XMLService HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n<message>")
        .unwrap();
    assert!(rest(slow).starts_with("HTTP/1.1 408 "));
    works(&sandbox);
}

#[test]
fn a_client_that_does_not_read_is_disconnected() {
    let sandbox = Sandbox::builder()
        .limits(Limits { write_time: SHORT, connections: 1, ..Limits::default() })
        .inject("times=1; oversized=500MB".parse().unwrap())
        .start()
        .unwrap();
    let mut stuck = connect(&sandbox);
    write!(stuck, "POST /WBXService/XMLService HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{SITE_TYPE}", SITE_TYPE.len()).unwrap();
    // The only connection is in use until the sandbox closes it.
    assert_eq!(text(&post(&sandbox, "", SITE_TYPE.as_bytes()).1, "ep:siteType"), Some("1"));
    drop(stuck);
}

#[test]
fn connections_beyond_the_limit_wait() {
    let sandbox = sandbox(Limits { connections: 2, ..Limits::default() });
    let held = [connect(&sandbox), connect(&sandbox)];
    let mut third = connect(&sandbox);
    write!(
        third,
        "POST /WBXService/XMLService HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{SITE_TYPE}",
        SITE_TYPE.len()
    )
    .unwrap();
    third.set_read_timeout(Some(SHORT)).unwrap();
    let mut byte = [0];
    assert!(third.read(&mut byte).is_err(), "it waits");
    drop(held);
    third.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    assert!(rest(third).contains("<ep:siteType>3"));
}

#[test]
fn current_requests_are_completed_when_it_stops() {
    let sandbox = Sandbox::builder()
        .limits(Limits { grace: Duration::from_secs(20), ..Limits::default() })
        .inject("delay=500ms".parse().unwrap())
        .start()
        .unwrap();
    let idle = connect(&sandbox);
    let mut under_way = connect(&sandbox);
    write!(under_way, "POST /WBXService/XMLService HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{SITE_TYPE}", SITE_TYPE.len()).unwrap();
    while sandbox.exchanges().is_empty() {
        std::thread::yield_now();
    }
    let address = sandbox.base_url();
    drop(sandbox);
    assert!(rest(under_way).contains("<ep:siteType>1"), "it was answered");
    assert_eq!(rest(idle), "");
    assert!(TcpStream::connect(address.strip_prefix("http://").unwrap()).is_err(), "nothing new is taken");
}

#[test]
fn the_grace_period_ends() {
    let sandbox = Sandbox::builder().inject("delay=1m".parse().unwrap()).start().unwrap();
    let mut under_way = connect(&sandbox);
    write!(under_way, "POST /WBXService/XMLService HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{SITE_TYPE}", SITE_TYPE.len()).unwrap();
    while sandbox.exchanges().is_empty() {
        std::thread::yield_now();
    }
    drop(sandbox);
    assert_eq!(rest(under_way), "", "cut off long before the minute is over");
}

#[test]
fn a_message_occupies_no_thread_for_longer_than_the_limit() {
    let sandbox = sandbox(Limits { read_time: Duration::ZERO, ..Limits::default() });
    let (status, answer) = post(&sandbox, "", SITE_TYPE.as_bytes());
    assert_eq!((status, text(&answer, "serv:result")), (200, Some("FAILURE")));
    assert!(text(&answer, "serv:reason").unwrap().contains("deadline"), "{answer}");
}

#[test]
fn stalled_bodies_hold_limited_memory() {
    let sandbox = sandbox(Limits { body_bytes: 1 << 20, held_bytes: 0, body_time: Duration::from_secs(600), ..Limits::default() });
    let large = format!("{SITE_TYPE}{}", " ".repeat(900 << 10));
    let post_large = || post(&sandbox, "", large.as_bytes()).0;
    assert_eq!(post_large(), 200);
    let stall = || {
        let mut stalled = connect(&sandbox);
        write!(stalled, "POST /WBXService/XMLService HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n", 1 << 20).unwrap();
        let _ = stalled.write_all(large.as_bytes());
        stalled
    };
    // There is room for two bodies, so that one of three that never arrive whole is refused. Which one is refused is unknown.
    let stalled = [stall(), stall(), stall()];
    let answer = |mut stream: &TcpStream| {
        stream.set_read_timeout(Some(Duration::from_millis(10))).unwrap();
        let mut start = [0; 12];
        stream.read_exact(&mut start).is_ok().then_some(start)
    };
    let refused = (0..3000).find_map(|turn| answer(&stalled[turn % 3]));
    assert_eq!(refused, Some(*b"HTTP/1.1 503"), "there is a limit");
    works(&sandbox);
    drop(stalled);
    assert!((0..10_000).any(|_| post_large() == 200), "there is room again");
}
