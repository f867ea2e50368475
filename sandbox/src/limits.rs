//! In: numbers. Out: how much a client may take of the sandbox: sizes, depth, time, connections.
//! Not here: holding clients to it (`http`).

use std::time::Duration;

/// How much a client may take: sizes, depth, time and connections.
///
/// ```
/// use webex_xml_sandbox::{Limits, Sandbox};
///
/// # fn main() -> std::io::Result<()> {
/// let limits = Limits { body_bytes: 64 << 10, ..Limits::default() };
/// let sandbox = Sandbox::builder().limits(limits).start()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest message, in bytes; a larger one is answered with status 413. At first 8 MiB.
    pub body_bytes: usize,
    /// How deep elements of a message may stand in each other; a deeper one cannot be read. At first 64.
    pub depth: u32,
    /// The largest head of a request, in bytes, at least 8 KiB; a larger one is answered with status 431. At first 16 KiB.
    pub head_bytes: usize,
    /// Most header fields of a request; more are answered with status 431. At first 64.
    pub headers: usize,
    /// How long a request's head may take to arrive, and a connection may be idle. At first 30 s.
    pub head_time: Duration,
    /// How long a request's body may take to arrive; a slower one is answered with status 408. At first 30 s.
    pub body_time: Duration,
    /// How long a client may take none of its answer. At first 30 s.
    pub write_time: Duration,
    /// Most connections at a time; more wait until others end. At first 512.
    pub connections: usize,
    /// How long requests under way may take to end when the sandbox stops. At first half a second.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 8 << 20,
            depth: 64,
            head_bytes: 16 << 10,
            headers: 64,
            head_time: Duration::from_secs(30),
            body_time: Duration::from_secs(30),
            write_time: Duration::from_secs(30),
            connections: 512,
            grace: Duration::from_millis(500),
        }
    }
}
