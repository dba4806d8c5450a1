//! How the price of borrowing follows from how much of a market is lent out.

use xwasm::prelude::*;

/// The dearest a model may be: 1000 % a year, at full utilization.
pub const HIGHEST_RATE: Ray = Ray(10 * Ray::SCALE);

/// Rates are by the year, utilizations between 0 and 1.
#[xwasm::record]
#[derive(Copy)]
pub enum InterestRateModel {
    /// `base_rate + utilization * slope`.
    Linear { base_rate: Ray, slope: Ray },
    /// Up to the kink with the first slope, beyond it with the second.
    Kink { base_rate: Ray, slope1: Ray, slope2: Ray, kink: Ray },
    /// As Kink, by the names that its users know.
    Jump { base_rate: Ray, slope: Ray, jump_slope: Ray, jump_utilization: Ray },
}

impl InterestRateModel {
    /// The rate of a year, rounded down.
    pub fn calculate_borrow_interest_rate(&self, utilization: Ray) -> Result<Ray> {
        match *self {
            InterestRateModel::Linear { base_rate, slope } => {
                base_rate.plus(utilization.times(slope)?)
            }
            InterestRateModel::Kink { base_rate, slope1, slope2, kink } => {
                bent(utilization, base_rate, slope1, slope2, kink)
            }
            InterestRateModel::Jump { base_rate, slope, jump_slope, jump_utilization } => {
                bent(utilization, base_rate, slope, jump_slope, jump_utilization)
            }
        }
    }

    /// Refuses what could make an index outgrow its type, or bends where nothing is.
    pub fn validate(&self) -> Result<()> {
        if let InterestRateModel::Kink { kink: bend, .. }
        | InterestRateModel::Jump { jump_utilization: bend, .. } = *self
        {
            ensure_validation!(
                bend > Ray::ZERO && bend <= Ray::ONE,
                "a model bends between a utilization of 0 and 1"
            );
        }
        let highest = self.calculate_borrow_interest_rate(Ray::ONE)?;
        ensure_validation!(highest <= HIGHEST_RATE, "a rate above 1000% a year is too high");
        Ok(())
    }
}

fn bent(utilization: Ray, base: Ray, below: Ray, above: Ray, bend: Ray) -> Result<Ray> {
    if utilization <= bend {
        return base.plus(utilization.times(below)?);
    }
    base.plus(bend.times(below)?)?.plus(utilization.minus(bend)?.times(above)?)
}
