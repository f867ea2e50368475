//! Runs the stages that recurse over content models on a thread whose stack is large enough for the deepest allowed nesting.

use std::thread;

/// The size of that stack in bytes. Only the pages that are used take memory.
const STACK: usize = 256 << 20;

/// Runs a function on a separate thread with a large stack, or on the current thread if none can be started.
///
/// The limits on the nesting of content models bound the recursion. In an unoptimized build, the 2 MiB stack of a test thread would still be
/// too small for it.
pub(crate) fn run<T: Send>(work: impl Fn() -> T + Sync) -> T {
    thread::scope(|scope| match thread::Builder::new().name("xsdgen".to_owned()).stack_size(STACK).spawn_scoped(scope, &work) {
        Ok(running) => running.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        Err(_) => work(),
    })
}
