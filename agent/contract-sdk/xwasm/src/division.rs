//! Long division of what does not fit 128 bits: Knuth's algorithm D on limbs of 32 bits, for which the
//! machine has instructions. Limbs lie with the lowest first. What cannot overflow is written so that
//! it is not checked: checks would cost as much as the work.

use crate::U256;

const LIMBS: usize = 8;
/// One more, for what is shifted out at the top.
type Limbs = [u32; LIMBS + 1];

/// Quotient and remainder; the divisor is not zero.
pub fn divide(number: U256, divisor: U256) -> (U256, U256) {
    let (number, divisor) = (limbs(number), limbs(divisor));
    let length = significant(&divisor);
    if length < 2 {
        return divide_by_limb(&number, divisor[0]);
    }
    // With the divisor's highest bit set, a guess from its two highest limbs is at most one too large.
    let shift = divisor[length - 1].leading_zeros();
    let divisor = &shifted_up(&divisor, shift)[..length];
    let mut rest = shifted_up(&number, shift);
    let mut quotient = [0; LIMBS + 1];
    for place in (0..(significant(&rest) + 1).saturating_sub(length).min(LIMBS + 1 - length)).rev() {
        let window = &mut rest[place..=place + length];
        let digit = guess(window, divisor);
        let is_too_large = subtract(window, divisor, digit);
        if is_too_large {
            add(window, divisor);
        }
        quotient[place] = digit.wrapping_sub(is_too_large as u32);
    }
    (number_of(&quotient), number_of(&shifted_down(&rest, shift)))
}

fn divide_by_limb(number: &Limbs, divisor: u32) -> (U256, U256) {
    let mut quotient = [0; LIMBS + 1];
    let mut rest = 0;
    for (place, limb) in quotient.iter_mut().zip(number).rev() {
        let front = rest << 32 | *limb as u64;
        *place = (front / divisor as u64) as u32;
        rest = front % divisor as u64;
    }
    (number_of(&quotient), U256::from(rest as u128))
}

/// The next digit of the quotient, or one more.
fn guess(window: &[u32], divisor: &[u32]) -> u32 {
    let length = divisor.len();
    let (first, second) = (divisor[length - 1] as u64, divisor[length - 2] as u64);
    let front = (window[length] as u64) << 32 | window[length - 1] as u64;
    let mut digit = (front / first).min(u32::MAX as u64);
    let mut rest = front.wrapping_sub(digit.wrapping_mul(first));
    while rest >> 32 == 0 && digit.wrapping_mul(second) > (rest << 32 | window[length - 2] as u64) {
        digit = digit.wrapping_sub(1);
        rest = rest.wrapping_add(first);
    }
    digit as u32
}

/// Takes so many times the divisor away; whether that was more than there was.
fn subtract(window: &mut [u32], divisor: &[u32], times: u32) -> bool {
    let mut borrow = 0i64;
    for (limb, other) in window.iter_mut().zip(divisor) {
        let product = (times as u64).wrapping_mul(*other as u64);
        let left = (*limb as i64).wrapping_sub(borrow).wrapping_sub(product as u32 as i64);
        *limb = left as u32;
        borrow = ((product >> 32) as i64).wrapping_sub(left >> 32);
    }
    let top = &mut window[divisor.len()];
    let left = (*top as i64).wrapping_sub(borrow);
    *top = left as u32;
    left < 0
}

fn add(window: &mut [u32], divisor: &[u32]) {
    let mut carry = 0u64;
    for (limb, other) in window.iter_mut().zip(divisor) {
        let sum = (*limb as u64).wrapping_add(*other as u64).wrapping_add(carry);
        *limb = sum as u32;
        carry = sum >> 32;
    }
    let top = &mut window[divisor.len()];
    *top = top.wrapping_add(carry as u32);
}

fn limbs(number: U256) -> Limbs {
    let mut limbs = [0; LIMBS + 1];
    let mut halves = [number.low, number.high];
    for (place, limb) in limbs.iter_mut().take(LIMBS).enumerate() {
        let half = &mut halves[place / 4];
        *limb = *half as u32;
        *half >>= 32;
    }
    limbs
}

fn number_of(limbs: &Limbs) -> U256 {
    let half = |part: &[u32]| part.iter().rev().fold(0, |half, limb| half << 32 | *limb as u128);
    U256 { low: half(&limbs[..4]), high: half(&limbs[4..LIMBS]) }
}

fn significant(limbs: &Limbs) -> usize {
    limbs.iter().rposition(|limb| *limb != 0).map_or(0, |last| last + 1)
}

fn shifted_up(limbs: &Limbs, shift: u32) -> Limbs {
    let mut shifted = [0; LIMBS + 1];
    let mut out = 0;
    for (place, limb) in shifted.iter_mut().zip(limbs) {
        let wide = (*limb as u64) << shift | out;
        *place = wide as u32;
        out = wide >> 32;
    }
    shifted
}

fn shifted_down(limbs: &Limbs, shift: u32) -> Limbs {
    let mut shifted = [0; LIMBS + 1];
    let mut above = 0;
    for (place, limb) in shifted.iter_mut().zip(limbs).rev() {
        let wide = above << 32 | *limb as u64;
        *place = (wide >> shift) as u32;
        above = *limb as u64;
    }
    shifted
}
