//! What only the machine's own instructions can do; natively none of it exists.

#[cfg(target_arch = "wasm32")]
mod wasm {
    use core::alloc::Layout;

    #[link(wasm_import_module = "xwasm")]
    extern "C" {
        fn emit(topic: *const u8, topic_len: usize, data: *const u8, data_len: usize);
    }

    pub fn trap() {
        core::arch::wasm32::unreachable()
    }

    pub fn emit_outside() {
        unsafe { emit(0x7fff_0000usize as *const u8, 4, core::ptr::null(), 0) }
    }

    pub fn grow(pages: u32) -> u32 {
        core::arch::wasm32::memory_grow(0, pages as usize) as u32
    }

    /// Whether so much new memory is zero; fills it with something else.
    pub fn scribble(bytes: usize) -> bool {
        extern crate alloc;
        let layout = Layout::array::<u8>(bytes).unwrap();
        let mut clean = true;
        unsafe {
            let place = alloc::alloc::alloc(layout);
            for at in 0..bytes {
                clean &= core::ptr::read_volatile(place.add(at)) == 0;
                core::ptr::write_volatile(place.add(at), 0xaa);
            }
        }
        clean
    }
}

#[cfg(target_arch = "wasm32")]
pub use wasm::*;

#[cfg(not(target_arch = "wasm32"))]
mod native {
    pub fn trap() {
        panic!("a trap has no native form")
    }

    pub fn emit_outside() {
        panic!("a pointer outside the memory has no native form")
    }

    pub fn grow(_: u32) -> u32 {
        panic!("growing memory has no native form")
    }

    pub fn scribble(_: usize) -> bool {
        panic!("memory that was used before has no native form")
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub use native::*;
