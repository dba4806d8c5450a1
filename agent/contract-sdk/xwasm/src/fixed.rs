//! Fixed point: a ray has 27 decimals, which is what rates and indexes that compound by the second
//! need. On the wire it is its `u128`.

use crate::abi::{Described, Type};
use crate::{Checked, ContractError, Decode, Encode, Reader, Result, Writer};

/// `Ray(x)` is x / 10^27; the largest is about 3.4 * 10^11.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ray(pub u128);

impl Ray {
    pub const SCALE: u128 = 1_000_000_000_000_000_000_000_000_000;
    pub const ZERO: Ray = Ray(0);
    pub const ONE: Ray = Ray(Ray::SCALE);

    /// A whole number.
    pub fn whole(number: u128) -> Result<Ray> {
        number.times(Ray::SCALE).map(Ray)
    }

    /// `numerator / denominator`, rounded down.
    pub fn ratio(numerator: u128, denominator: u128) -> Result<Ray> {
        numerator.mul_div(Ray::SCALE, denominator).map(Ray)
    }

    /// So many hundredths of a percent; 10,000 are one.
    pub const fn basis_points(points: u64) -> Ray {
        Ray(points as u128 * (Ray::SCALE / 10_000))
    }

    pub fn plus(self, other: Ray) -> Result<Ray> {
        self.0.plus(other.0).map(Ray)
    }

    pub fn minus(self, other: Ray) -> Result<Ray> {
        self.0.minus(other.0).map(Ray)
    }

    /// Rounded down.
    pub fn times(self, other: Ray) -> Result<Ray> {
        self.0.mul_div(other.0, Ray::SCALE).map(Ray)
    }

    pub fn times_up(self, other: Ray) -> Result<Ray> {
        self.0.mul_div_up(other.0, Ray::SCALE).map(Ray)
    }

    /// Rounded down.
    pub fn over(self, divisor: Ray) -> Result<Ray> {
        self.0.mul_div(Ray::SCALE, divisor.0).map(Ray)
    }

    /// So much of an amount, rounded down.
    pub fn of(self, amount: u128) -> Result<u128> {
        amount.mul_div(self.0, Ray::SCALE)
    }

    pub fn of_rounded_up(self, amount: u128) -> Result<u128> {
        amount.mul_div_up(self.0, Ray::SCALE)
    }

    /// An amount divided by this, rounded down.
    pub fn into(self, amount: u128) -> Result<u128> {
        amount.mul_div(Ray::SCALE, self.0)
    }

    pub fn into_rounded_up(self, amount: u128) -> Result<u128> {
        amount.mul_div_up(Ray::SCALE, self.0)
    }

    /// To a whole power, by squaring. Each of the at most 2 * 64 products is rounded down, by less
    /// than one unit of the last place.
    pub fn power(self, exponent: u64) -> Result<Ray> {
        let mut result = Ray::ONE;
        let mut base = self;
        let mut rest = exponent;
        while rest > 0 {
            if rest & 1 == 1 {
                result = result.times(base)?;
            }
            rest >>= 1;
            if rest > 0 {
                base = base.times(base)?;
            }
        }
        Ok(result)
    }

    /// The part before the point.
    pub fn floor(self) -> u128 {
        self.0 / Ray::SCALE
    }

    /// The value, or a `MathError` with this sentence when it is zero.
    pub fn nonzero(self, otherwise: crate::Text) -> Result<Ray> {
        if self == Ray::ZERO {
            Err(ContractError::MathError(otherwise))
        } else {
            Ok(self)
        }
    }
}

impl Encode for Ray {
    fn encode(&self, out: &mut Writer) {
        self.0.encode(out);
    }
}

impl Decode for Ray {
    fn decode(input: &mut Reader) -> Option<Self> {
        u128::decode(input).map(Ray)
    }
}

impl Described for Ray {
    const TYPE: Type = u128::TYPE;
}
