//! Arithmetic that refuses with a `MathError` what does not fit.

use crate::{math, ContractError, Result, U256};

const TOO_LARGE: ContractError = ContractError::MathError("the amounts are too large");
const BELOW_ZERO: ContractError = ContractError::MathError("the result is below zero");
const BY_ZERO: ContractError = ContractError::MathError("division by zero");

/// `a.plus(b)?` and so on, for unsigned integers.
pub trait Checked: Sized {
    fn plus(self, other: Self) -> Result<Self>;
    fn minus(self, other: Self) -> Result<Self>;
    fn times(self, other: Self) -> Result<Self>;
    /// Rounded down.
    fn over(self, divisor: Self) -> Result<Self>;
    /// `self * factor / divisor`, rounded down; the product may be twice as wide as the result.
    fn mul_div(self, factor: Self, divisor: Self) -> Result<Self>;
    /// The same, rounded up.
    fn mul_div_up(self, factor: Self, divisor: Self) -> Result<Self>;
}

macro_rules! checked {
    ($($type:ty, $wide:ty);*) => { $(
        impl Checked for $type {
            fn plus(self, other: Self) -> Result<Self> {
                self.checked_add(other).ok_or(TOO_LARGE)
            }

            fn minus(self, other: Self) -> Result<Self> {
                self.checked_sub(other).ok_or(BELOW_ZERO)
            }

            fn times(self, other: Self) -> Result<Self> {
                self.checked_mul(other).ok_or(TOO_LARGE)
            }

            fn over(self, divisor: Self) -> Result<Self> {
                self.checked_div(divisor).ok_or(BY_ZERO)
            }

            fn mul_div(self, factor: Self, divisor: Self) -> Result<Self> {
                if divisor == 0 {
                    return Err(BY_ZERO);
                }
                let quotient = self as $wide * factor as $wide / divisor as $wide;
                Self::try_from(quotient).map_err(|_| TOO_LARGE)
            }

            fn mul_div_up(self, factor: Self, divisor: Self) -> Result<Self> {
                if divisor == 0 {
                    return Err(BY_ZERO);
                }
                let product = self as $wide * factor as $wide;
                let divisor = divisor as $wide;
                let up = product / divisor + (product % divisor != 0) as $wide;
                Self::try_from(up).map_err(|_| TOO_LARGE)
            }
        }
    )* };
}
checked!(u8, u16; u16, u32; u32, u64; u64, u128);

impl Checked for u128 {
    fn plus(self, other: Self) -> Result<Self> {
        self.checked_add(other).ok_or(TOO_LARGE)
    }

    fn minus(self, other: Self) -> Result<Self> {
        self.checked_sub(other).ok_or(BELOW_ZERO)
    }

    fn times(self, other: Self) -> Result<Self> {
        self.checked_mul(other).ok_or(TOO_LARGE)
    }

    fn over(self, divisor: Self) -> Result<Self> {
        self.checked_div(divisor).ok_or(BY_ZERO)
    }

    fn mul_div(self, factor: Self, divisor: Self) -> Result<Self> {
        if divisor == 0 {
            return Err(BY_ZERO);
        }
        math::mul_div(self, factor, divisor).ok_or(TOO_LARGE)
    }

    fn mul_div_up(self, factor: Self, divisor: Self) -> Result<Self> {
        if divisor == 0 {
            return Err(BY_ZERO);
        }
        let (down, rest) = math::mul_div_rem(self, factor, divisor).ok_or(TOO_LARGE)?;
        down.plus((rest != 0) as u128)
    }
}

impl Checked for U256 {
    fn plus(self, other: Self) -> Result<Self> {
        self.checked_add(other).ok_or(TOO_LARGE)
    }

    fn minus(self, other: Self) -> Result<Self> {
        self.checked_sub(other).ok_or(BELOW_ZERO)
    }

    fn times(self, other: Self) -> Result<Self> {
        self.checked_mul(other).ok_or(TOO_LARGE)
    }

    fn over(self, divisor: Self) -> Result<Self> {
        self.checked_div_rem(divisor).map(|(quotient, _)| quotient).ok_or(BY_ZERO)
    }

    /// Here the product must fit 256 bits.
    fn mul_div(self, factor: Self, divisor: Self) -> Result<Self> {
        self.times(factor)?.over(divisor)
    }

    fn mul_div_up(self, factor: Self, divisor: Self) -> Result<Self> {
        let product = self.times(factor)?;
        let (quotient, rest) = product.checked_div_rem(divisor).ok_or(BY_ZERO)?;
        if rest == U256::ZERO {
            Ok(quotient)
        } else {
            quotient.plus(U256::ONE)
        }
    }
}
