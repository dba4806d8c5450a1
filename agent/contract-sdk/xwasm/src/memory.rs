//! Memory for one call: handed out upwards from the end of the data. A call is short and its memory
//! is clean at the beginning, so only what was handed out last is ever taken back.

use core::alloc::{GlobalAlloc, Layout};

use crate::{error, host};

extern "C" {
    static __heap_base: u8;
}

const PAGE: usize = 65536;

/// A contract runs on one thread.
static mut NEXT: usize = 0;

struct Bump;

#[global_allocator]
static MEMORY: Bump = Bump;

fn next() -> usize {
    unsafe {
        if NEXT == 0 {
            NEXT = &__heap_base as *const u8 as usize;
        }
        NEXT
    }
}

unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let from = (next() + layout.align() - 1) & !(layout.align() - 1);
        extend_to(from, layout.size());
        from as *mut u8
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        if place as usize + layout.size() == NEXT {
            NEXT = place as usize;
        }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if place as usize + layout.size() == NEXT {
            extend_to(place as usize, size);
            return place;
        }
        let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
        let kept = if layout.size() < size { layout.size() } else { size };
        core::ptr::copy_nonoverlapping(place, moved, kept);
        moved
    }
}

/// Everything below `from + size` is handed out from now on.
fn extend_to(from: usize, size: usize) {
    let to = match from.checked_add(size) {
        Some(to) => to,
        None => exhausted(),
    };
    let have = core::arch::wasm32::memory_size(0) * PAGE;
    if to > have {
        let pages = (to - have + PAGE - 1) / PAGE;
        if core::arch::wasm32::memory_grow(0, pages) == usize::MAX {
            exhausted();
        }
    }
    unsafe { NEXT = to };
}

#[cold]
fn exhausted() -> ! {
    host::fail(error::RESOURCES, "out of memory")
}

#[cfg(needs_alloc_error_handler)]
#[alloc_error_handler]
fn failed(_: Layout) -> ! {
    exhausted()
}

/// Where the next bytes will lie. With [`release`] a long loop gives back what one round used.
pub fn mark() -> usize {
    next()
}

/// Takes back everything that was handed out since the mark.
///
/// # Safety
/// Nothing that was allocated since, grown since, or decoded since may be used again.
pub unsafe fn release(mark: usize) {
    NEXT = mark;
}
