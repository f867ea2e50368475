//! Defines the limits on the resources that a client can use. The module `http` enforces them.

use std::time::Duration;

/// The limits on the resources that a client can use: sizes, depth, time and connections.
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
    /// The largest message, in bytes. A larger one is answered with status 413. The default is 8 MiB.
    pub body_bytes: usize,
    /// The greatest nesting depth of the elements in a message. A deeper message cannot be read. The default is 64.
    pub depth: u32,
    /// The largest head of a request, in bytes, at least 8 KiB. A larger one is answered with status 431. The default is 16 KiB.
    pub head_bytes: usize,
    /// The largest number of header fields in a request. More are answered with status 431. The default is 64.
    pub headers: usize,
    /// The longest time in which the head of a request must arrive, and the longest time a connection can be idle. The default is 30 s.
    pub head_time: Duration,
    /// The longest time in which the body of a request must arrive. A slower one is answered with status 408. The default is 30 s.
    pub body_time: Duration,
    /// The longest time that reading a message may take. A message that takes longer is answered with a `FAILURE`, so that no message
    /// occupies a thread for longer. The default is 5 s.
    pub read_time: Duration,
    /// The bytes of large messages that the sandbox holds at the same time, from their arrival to their answer. The first 64 KiB of a
    /// message do not count. A message for which there is no room is answered with status 503. The default is 64 MiB.
    pub held_bytes: usize,
    /// The longest time a client can wait without reading any of its answer. The default is 30 s.
    pub write_time: Duration,
    /// The largest number of simultaneous connections. Further connections wait until others end. The default is 512.
    pub connections: usize,
    /// The time that requests in progress have to finish when the sandbox stops. The default is half a second.
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
            read_time: Duration::from_secs(5),
            held_bytes: 64 << 20,
            write_time: Duration::from_secs(30),
            connections: 512,
            grace: Duration::from_millis(500),
        }
    }
}
