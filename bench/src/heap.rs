//! Counts the heap use of a task: the highest number of bytes held at once, and the number of allocations. While nothing is counted, the
//! only cost is the check of a flag, so that time measurements are not affected.
#![allow(unsafe_code)] // an allocator requires unsafe code; this one forwards to another

use std::alloc::{GlobalAlloc, Layout};
use std::sync::atomic::{AtomicBool, AtomicIsize, AtomicUsize, Ordering::Relaxed};

/// The underlying allocator: mimalloc with that feature, otherwise the system's allocator.
#[cfg(feature = "mimalloc")]
static UNDER: mimalloc::MiMalloc = mimalloc::MiMalloc;
#[cfg(not(feature = "mimalloc"))]
static UNDER: std::alloc::System = std::alloc::System;

/// The name of the underlying allocator.
pub const NAME: &str = if cfg!(feature = "mimalloc") { "mimalloc" } else { "the system's allocator" };

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

static ON: AtomicBool = AtomicBool::new(false);
/// Whether a block that grows counts twice while it does.
static MOVES: AtomicBool = AtomicBool::new(false);
static HELD: AtomicIsize = AtomicIsize::new(0);
static PEAK: AtomicIsize = AtomicIsize::new(0);
static REQUESTS: AtomicUsize = AtomicUsize::new(0);

fn add(bytes: isize) {
    let held = HELD.fetch_add(bytes, Relaxed) + bytes;
    PEAK.fetch_max(held, Relaxed);
}

// SAFETY: every call is forwarded unchanged to another allocator.
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
            // Whether the block moves depends on the allocator; at worst, old and new block exist at the same time.
            if MOVES.load(Relaxed) {
                add(size.cast_signed());
                add(-layout.size().cast_signed());
            } else {
                add(size.cast_signed() - layout.size().cast_signed());
            }
        }
        unsafe { UNDER.realloc(pointer, layout, size) }
    }
}

/// The heap use of a task.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct Use {
    /// The highest number of bytes held at once, in addition to those held before.
    pub peak: usize,
    /// The number of bytes held by the result.
    pub kept: usize,
    /// The number of allocations, including reallocations.
    pub requests: usize,
}

/// Does the same as `of`, but counts both the old and the new memory of a block that grows.
pub fn of_moves<T>(task: impl FnOnce() -> T) -> Use {
    MOVES.store(true, Relaxed);
    let used = of(task);
    MOVES.store(false, Relaxed);
    used
}

/// Runs the task once and returns its heap use.
pub fn of<T>(task: impl FnOnce() -> T) -> Use {
    HELD.store(0, Relaxed);
    PEAK.store(0, Relaxed);
    REQUESTS.store(0, Relaxed);
    ON.store(true, Relaxed);
    let value = task();
    let kept = HELD.load(Relaxed);
    ON.store(false, Relaxed);
    drop(value);
    let bytes = |count: isize| usize::try_from(count).unwrap_or(0);
    Use { peak: bytes(PEAK.load(Relaxed)), kept: bytes(kept), requests: REQUESTS.load(Relaxed) }
}
