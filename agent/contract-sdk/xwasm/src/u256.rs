//! Unsigned integers of 256 bits, for products of amounts.

use core::cmp::Ordering;

use crate::division::divide;
use crate::math;

/// `high * 2^128 + low`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct U256 {
    pub high: u128,
    pub low: u128,
}

impl U256 {
    pub const ZERO: U256 = U256 { high: 0, low: 0 };
    pub const ONE: U256 = U256 { high: 0, low: 1 };
    pub const MAX: U256 = U256 { high: u128::MAX, low: u128::MAX };

    /// `a * b`, which always fits.
    pub fn product(a: u128, b: u128) -> U256 {
        let (high, low) = math::mul_wide(a, b);
        U256 { high, low }
    }

    /// None when it does not fit 128 bits.
    pub fn to_u128(self) -> Option<u128> {
        if self.high == 0 {
            Some(self.low)
        } else {
            None
        }
    }

    pub fn checked_add(self, other: U256) -> Option<U256> {
        let (low, carry) = self.low.overflowing_add(other.low);
        let high = self.high.checked_add(other.high)?.checked_add(carry as u128)?;
        Some(U256 { high, low })
    }

    pub fn checked_sub(self, other: U256) -> Option<U256> {
        let (low, borrow) = self.low.overflowing_sub(other.low);
        let high = self.high.checked_sub(other.high)?.checked_sub(borrow as u128)?;
        Some(U256 { high, low })
    }

    pub fn checked_mul(self, other: U256) -> Option<U256> {
        if self.high != 0 && other.high != 0 {
            return None;
        }
        let crossed = self.high.checked_mul(other.low)?.checked_add(self.low.checked_mul(other.high)?)?;
        let whole = U256::product(self.low, other.low);
        Some(U256 { high: whole.high.checked_add(crossed)?, low: whole.low })
    }

    /// Quotient and remainder; None for a divisor of zero.
    pub fn checked_div_rem(self, divisor: U256) -> Option<(U256, U256)> {
        if divisor == U256::ZERO {
            return None;
        }
        if self.high == 0 && divisor.high == 0 {
            let quotient = U256::from(self.low / divisor.low);
            return Some((quotient, U256::from(self.low % divisor.low)));
        }
        Some(divide(self, divisor))
    }

    /// The square root, rounded down.
    pub fn sqrt(self) -> u128 {
        let mut root = 0u128;
        let mut bit = 1u128 << 127;
        while bit != 0 {
            let tried = root | bit;
            if U256::product(tried, tried) <= self {
                root = tried;
            }
            bit >>= 1;
        }
        root
    }
}

impl From<u128> for U256 {
    fn from(low: u128) -> U256 {
        U256 { high: 0, low }
    }
}

impl PartialOrd for U256 {
    fn partial_cmp(&self, other: &U256) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for U256 {
    fn cmp(&self, other: &U256) -> Ordering {
        self.high.cmp(&other.high).then(self.low.cmp(&other.low))
    }
}
