//! The same swaps with the compiler's own 128-bit arithmetic.
#![no_std]

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

#[link(wasm_import_module = "xwasm")]
extern "C" {
    fn ret(from: *const u8, length: u32);
}

fn multiply_divide(a: u64, b: u64, d: u64) -> u64 {
    (u128::from(a) * u128::from(b) / u128::from(d)) as u64
}

#[no_mangle]
pub extern "C" fn x() {
    let (mut a, mut b) = (900_000_000_000_000_000u64, 400_000_000_000_000_000u64);
    let (mut seed, mut checked) = (7u64, 0u64);
    for i in 0..20_000u32 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let input = (seed >> 20) + 1;
        let net = input - input / 333;
        if i & 1 == 1 {
            let out = multiply_divide(b, net, a + net);
            a += input;
            b -= out;
            checked ^= out;
        } else {
            let out = multiply_divide(a, net, b + net);
            b += input;
            a -= out;
            checked ^= out;
        }
    }
    let result = checked.wrapping_add(a).to_le_bytes();
    unsafe { ret(result.as_ptr(), 8) }
}
