//! What `std` would bring along: memory, and an end when something panics.

use core::alloc::{GlobalAlloc, Layout};
use core::panic::PanicInfo;

unsafe extern "C" {
    fn aligned_alloc(align: usize, size: usize) -> *mut u8;
    fn free(memory: *mut u8);
    fn abort() -> !;
}

struct Memory;

// SAFETY: the memory is that of C; its size is rounded up to a multiple of its alignment, as C wants it.
unsafe impl GlobalAlloc for Memory {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let layout = layout.pad_to_align();
        // SAFETY: as above.
        unsafe { aligned_alloc(layout.align(), layout.size()) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, _: Layout) {
        // SAFETY: it comes from `alloc`.
        unsafe { free(memory) }
    }
}

#[global_allocator]
static MEMORY: Memory = Memory;

#[panic_handler]
fn panicked(_: &PanicInfo<'_>) -> ! {
    // SAFETY: it takes nothing and never returns.
    unsafe { abort() }
}

/// Nothing unwinds here, but `core` comes compiled as if something might.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}
