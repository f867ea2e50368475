//! Runs the stages that recurse over content models on a stack that holds the deepest ones within the limits.

use std::thread;

/// Size of that stack. Only what is used of it takes memory.
const STACK: usize = 256 << 20;

/// Runs a function on a thread of its own with a large stack, or here where no thread can be had.
///
/// Recursion is bounded by the limits on the nesting of content models. A test thread, of 2 MiB, would not hold it in a build without
/// optimization.
pub(crate) fn run<T: Send>(work: impl Fn() -> T + Sync) -> T {
    thread::scope(|scope| match thread::Builder::new().name("xsdgen".to_owned()).stack_size(STACK).spawn_scoped(scope, &work) {
        Ok(running) => running.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        Err(_) => work(),
    })
}
