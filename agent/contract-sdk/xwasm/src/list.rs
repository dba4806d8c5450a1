//! A list that grows: the one container that contracts need for results.

use crate::memory;

/// Values in order. They must be plain: nothing is ever dropped.
pub struct List<T: Copy + 'static> {
    start: *mut T,
    len: usize,
    capacity: usize,
}

impl<T: Copy + 'static> List<T> {
    pub fn new() -> Self {
        List { start: core::ptr::null_mut(), len: 0, capacity: 0 }
    }

    pub fn push(&mut self, value: T) {
        if self.len == self.capacity {
            let capacity = if self.capacity == 0 { 8 } else { self.capacity * 2 };
            // Alignment: `take` aligns to 16, the most that any type asks for here.
            let grown = memory::take(capacity * core::mem::size_of::<T>()).as_mut_ptr() as *mut T;
            unsafe {
                if self.len > 0 {
                    core::ptr::copy_nonoverlapping(self.start, grown, self.len);
                }
            }
            self.start = grown;
            self.capacity = capacity;
        }
        unsafe { self.start.add(self.len).write(value) };
        self.len += 1;
    }

    pub fn as_slice(&self) -> &[T] {
        if self.len == 0 {
            return &[];
        }
        unsafe { core::slice::from_raw_parts(self.start, self.len) }
    }
}

impl<T: Copy + 'static> Default for List<T> {
    fn default() -> Self {
        List::new()
    }
}
