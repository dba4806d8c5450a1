//! Memory for one call: handed out upwards from the end of the data, never taken back.

use crate::{error, host};

extern "C" {
    static __heap_base: u8;
}

const PAGE: usize = 65536;
const ALIGNMENT: usize = 16;

static mut NEXT: usize = 0;

/// Where the next bytes will lie. With [`release`] a long loop gives back what one round used.
pub fn mark() -> usize {
    unsafe {
        if NEXT == 0 {
            NEXT = (&__heap_base as *const u8 as usize + ALIGNMENT - 1) & !(ALIGNMENT - 1);
        }
        NEXT
    }
}

/// Takes back everything that was handed out since the mark.
///
/// # Safety
/// Nothing that was read, written or decoded since may be used again.
pub unsafe fn release(mark: usize) {
    NEXT = mark;
}

/// At least this many bytes that nobody else has. Their content is whatever was there.
pub fn take(len: usize) -> &'static mut [u8] {
    let from = mark();
    let to = match from.checked_add(len) {
        Some(to) => to,
        None => host::fail(error::RESOURCES, "out of memory"),
    };
    reserve(to);
    unsafe {
        NEXT = (to + ALIGNMENT - 1) & !(ALIGNMENT - 1);
        core::slice::from_raw_parts_mut(from as *mut u8, len)
    }
}

/// Makes the memory reach to here.
fn reserve(to: usize) {
    let have = core::arch::wasm32::memory_size(0) * PAGE;
    if to > have {
        let pages = (to - have + PAGE - 1) / PAGE;
        if core::arch::wasm32::memory_grow(0, pages) == usize::MAX {
            host::fail(error::RESOURCES, "out of memory");
        }
    }
}
