//! In: every request for memory. Out: the highest number of bytes held at once, and the number of requests, of one piece of work.
//! Not done here: anything while nothing is counted but one look at a flag, so that times are not touched.
#![allow(unsafe_code)] // an allocator cannot be written without; it hands on to another

use std::alloc::{GlobalAlloc, Layout};
use std::sync::atomic::{AtomicBool, AtomicIsize, AtomicUsize, Ordering::Relaxed};

/// What all is handed on to: mimalloc with that feature, else the system's.
#[cfg(feature = "mimalloc")]
static UNDER: mimalloc::MiMalloc = mimalloc::MiMalloc;
#[cfg(not(feature = "mimalloc"))]
static UNDER: std::alloc::System = std::alloc::System;

/// The name of the allocator that is measured with.
pub const NAME: &str = if cfg!(feature = "mimalloc") { "mimalloc" } else { "the system's" };

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

static ON: AtomicBool = AtomicBool::new(false);
static HELD: AtomicIsize = AtomicIsize::new(0);
static PEAK: AtomicIsize = AtomicIsize::new(0);
static REQUESTS: AtomicUsize = AtomicUsize::new(0);

fn add(bytes: isize) {
    let held = HELD.fetch_add(bytes, Relaxed) + bytes;
    PEAK.fetch_max(held, Relaxed);
}

// SAFETY: all is handed on to another allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if ON.load(Relaxed) {
            REQUESTS.fetch_add(1, Relaxed);
            add(layout.size().cast_signed());
        }
        unsafe { UNDER.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if ON.load(Relaxed) {
            add(-layout.size().cast_signed());
        }
        unsafe { UNDER.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if ON.load(Relaxed) {
            REQUESTS.fetch_add(1, Relaxed);
            // Whether it moves is the allocator's affair; at worst old and new are held at once.
            add(size.cast_signed() - layout.size().cast_signed());
        }
        unsafe { UNDER.realloc(pointer, layout, size) }
    }
}

/// What a piece of work asked for.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct Use {
    /// Bytes held at once at most, beyond those held before.
    pub peak: usize,
    /// Bytes held by what it gave.
    pub kept: usize,
    /// Requests for memory, growing included.
    pub requests: usize,
}

/// Does it once, and counts.
pub fn of<T>(work: impl FnOnce() -> T) -> Use {
    HELD.store(0, Relaxed);
    PEAK.store(0, Relaxed);
    REQUESTS.store(0, Relaxed);
    ON.store(true, Relaxed);
    let value = work();
    let kept = HELD.load(Relaxed);
    ON.store(false, Relaxed);
    drop(value);
    let bytes = |count: isize| usize::try_from(count).unwrap_or(0);
    Use { peak: bytes(PEAK.load(Relaxed)), kept: bytes(kept), requests: REQUESTS.load(Relaxed) }
}
