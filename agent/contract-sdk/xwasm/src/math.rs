//! Products that need 256 bits on the way.

use crate::division::divide;
use crate::U256;

/// `a * b` in two halves, the high one first.
pub fn mul_wide(a: u128, b: u128) -> (u128, u128) {
    const LOW: u128 = u64::MAX as u128;
    let (a1, a0) = (a >> 64, a & LOW);
    let (b1, b0) = (b >> 64, b & LOW);
    let low = a0 * b0;
    let middle_a = a1 * b0;
    let middle_b = a0 * b1;
    let carry = (low >> 64) + (middle_a & LOW) + (middle_b & LOW);
    (
        a1 * b1 + (middle_a >> 64) + (middle_b >> 64) + (carry >> 64),
        (carry << 64) | (low & LOW),
    )
}

/// `a * b / divisor`, rounded down; None when that does not fit or the divisor is zero.
pub fn mul_div(a: u128, b: u128, divisor: u128) -> Option<u128> {
    mul_div_rem(a, b, divisor).map(|(quotient, _)| quotient)
}

/// The same, and what is left.
pub fn mul_div_rem(a: u128, b: u128, divisor: u128) -> Option<(u128, u128)> {
    let (high, low) = mul_wide(a, b);
    if high >= divisor {
        return None;
    }
    if high == 0 {
        let quotient = narrow_div(low, divisor);
        return Some((quotient, low.wrapping_sub(quotient.wrapping_mul(divisor))));
    }
    let (quotient, rest) = divide(U256 { high, low }, U256::from(divisor));
    Some((quotient.low, rest.low))
}

/// Most amounts fit 64 bits, for which there is an instruction.
fn narrow_div(a: u128, b: u128) -> u128 {
    if a >> 64 == 0 && b >> 64 == 0 {
        return (a as u64 / b as u64) as u128;
    }
    a / b
}

/// The square root of `a * b`, rounded down.
pub fn sqrt_of_product(a: u128, b: u128) -> u128 {
    let target = mul_wide(a, b);
    let mut root = 0u128;
    let mut bit = 1u128 << 127;
    while bit != 0 {
        let tried = root | bit;
        if mul_wide(tried, tried) <= target {
            root = tried;
        }
        bit >>= 1;
    }
    root
}
