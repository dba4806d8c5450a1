//! Products that need 256 bits on the way.

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
    if divisor == 0 {
        return None;
    }
    let (high, low) = mul_wide(a, b);
    if high == 0 {
        return Some(narrow_div(low, divisor));
    }
    if high >= divisor {
        return None;
    }
    // Long division, a bit at a time: rare, and short enough to be seen to be right.
    let mut rest = high;
    let mut quotient = 0u128;
    let mut bit = 128;
    while bit > 0 {
        bit -= 1;
        let carried = rest >> 127 == 1;
        rest = (rest << 1) | ((low >> bit) & 1);
        quotient <<= 1;
        if carried || rest >= divisor {
            rest = rest.wrapping_sub(divisor);
            quotient |= 1;
        }
    }
    Some(quotient)
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
