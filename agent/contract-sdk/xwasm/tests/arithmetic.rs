//! The arithmetic against its own definitions; `agent/vm` tests it against another implementation.

mod random;

use random::Random;
use xwasm::prelude::*;
use xwasm::{borsh, math};

fn wide(random: &mut Random) -> U256 {
    U256 { high: random.amount(), low: random.amount() }
}

#[test]
fn a_quotient_times_the_divisor_and_the_rest_is_the_number() {
    let mut random = Random::new(7);
    for _ in 0..20_000 {
        let (number, divisor) = (wide(&mut random), wide(&mut random));
        match number.checked_div_rem(divisor) {
            None => assert_eq!(divisor, U256::ZERO),
            Some((quotient, rest)) => {
                assert!(rest < divisor);
                let back = quotient.checked_mul(divisor).and_then(|p| p.checked_add(rest));
                assert_eq!(back, Some(number), "{:?} / {:?}", number, divisor);
            }
        }
    }
}

/// The rule of long division itself, bit by bit.
fn divided(number: U256, divisor: U256) -> (U256, U256) {
    let bit = |of: U256, bit: u32| match bit {
        0..=127 => (of.low >> bit) & 1,
        _ => (of.high >> (bit - 128)) & 1,
    };
    let doubled = |of: U256, more: u128| U256 {
        high: of.high << 1 | of.low >> 127,
        low: of.low << 1 | more,
    };
    let (mut quotient, mut rest) = (U256::ZERO, U256::ZERO);
    for place in (0..256).rev() {
        let is_too_wide = rest.high >> 127 == 1;
        rest = doubled(rest, bit(number, place));
        let fits = is_too_wide || rest >= divisor;
        if fits {
            let (low, borrow) = rest.low.overflowing_sub(divisor.low);
            let high = rest.high.wrapping_sub(divisor.high).wrapping_sub(borrow as u128);
            rest = U256 { high, low };
        }
        quotient = doubled(quotient, fits as u128);
    }
    (quotient, rest)
}

/// Limbs in which guesses go wrong, of any number.
fn awkward(random: &mut Random) -> U256 {
    let limbs = random.below(9);
    let half = |random: &mut Random, limbs: u64| {
        (0..limbs.min(4)).fold(0u128, |half, _| {
            let limb = match random.below(6) {
                0 => 0,
                1 => 1,
                2 => 0xffff_ffff,
                3 => 0x8000_0000,
                4 => 0x7fff_ffff,
                _ => random.next() as u32,
            };
            half << 32 | limb as u128
        })
    };
    U256 { high: half(random, limbs.saturating_sub(4)), low: half(random, limbs) }
}

#[test]
fn division_is_long_division() {
    let mut random = Random::from_the_clock();
    for _ in 0..50_000 {
        let (of, divisor) = (awkward(&mut random), awkward(&mut random));
        if divisor == U256::ZERO {
            assert_eq!(of.checked_div_rem(divisor), None);
            continue;
        }
        let expected = Some(divided(of, divisor));
        assert_eq!(of.checked_div_rem(divisor), expected, "{:?} / {:?}", of, divisor);
        if divisor.low != 0 {
            let (quotient, rest) = divided(U256::product(of.low, of.high), divisor.low.into());
            let expected = quotient.to_u128().map(|quotient| (quotient, rest.low));
            assert_eq!(math::mul_div_rem(of.low, of.high, divisor.low), expected, "{:?}", of);
        }
    }
}

/// The first digit is guessed one too large, so that the divisor has to be added again.
#[test]
fn a_guess_that_was_too_large_is_taken_back() {
    let number = U256 { high: 0x7fff_ffff_8000_0000, low: 0 };
    let divisor = U256 { high: 0x8000_0000, low: 1 };
    assert_eq!(number.checked_div_rem(divisor), Some(divided(number, divisor)));
}

#[test]
fn sums_and_differences_undo_each_other_or_refuse() {
    let mut random = Random::new(8);
    for _ in 0..20_000 {
        let (a, b) = (wide(&mut random), wide(&mut random));
        match a.checked_add(b) {
            Some(sum) => assert_eq!(sum.checked_sub(b), Some(a)),
            None => assert!(U256::MAX.checked_sub(a).unwrap() < b),
        }
        assert_eq!(a.checked_sub(b).is_some(), a >= b);
    }
}

#[test]
fn a_root_is_the_largest_whose_square_fits() {
    let mut random = Random::new(9);
    for _ in 0..2_000 {
        let number = wide(&mut random);
        let root = number.sqrt();
        assert!(U256::product(root, root) <= number);
        if root < u128::MAX {
            assert!(U256::product(root + 1, root + 1) > number);
        }
        let (a, b) = (random.amount(), random.amount());
        assert_eq!(math::sqrt_of_product(a, b), U256::product(a, b).sqrt());
    }
}

#[test]
fn mul_div_is_exact_rounded_down_or_up_or_refused() {
    let mut random = Random::new(10);
    for _ in 0..20_000 {
        let (a, b, divisor) = (random.amount(), random.amount(), random.amount());
        let exact = U256::product(a, b).checked_div_rem(divisor.into());
        let (down, up) = (a.mul_div(b, divisor), a.mul_div_up(b, divisor));
        match exact {
            None => {
                assert_eq!(down, Err(ContractError::MathError("division by zero")));
                assert_eq!(up, down);
            }
            Some((quotient, rest)) => {
                assert_eq!(down.ok(), quotient.to_u128());
                let more = if rest == U256::ZERO { U256::ZERO } else { U256::ONE };
                assert_eq!(up.ok(), quotient.checked_add(more).and_then(U256::to_u128));
            }
        }
    }
}

#[test]
fn narrow_integers_refuse_what_does_not_fit() {
    assert_eq!(200u8.mul_div(3, 4), Ok(150));
    assert_eq!(200u8.mul_div(3, 2), Err(ContractError::MathError("the amounts are too large")));
    assert_eq!(u64::MAX.plus(1), Err(ContractError::MathError("the amounts are too large")));
    assert_eq!(1u32.minus(2), Err(ContractError::MathError("the result is below zero")));
    assert_eq!(1u16.over(0), Err(ContractError::MathError("division by zero")));
    assert_eq!(7u64.mul_div_up(1, 2), Ok(4));
}

#[test]
fn rays_are_fixed_point() {
    assert_eq!(Ray::ratio(1, 4).unwrap(), Ray(Ray::SCALE / 4));
    assert_eq!(Ray::basis_points(250).of(10_000).unwrap(), 250);
    assert_eq!(Ray::basis_points(250).of(39).unwrap(), 0);
    assert_eq!(Ray::basis_points(250).of_rounded_up(39).unwrap(), 1);
    assert_eq!(Ray::ratio(3, 2).unwrap().into(9).unwrap(), 6);
    assert_eq!(Ray::whole(7).unwrap().floor(), 7);
    assert!(Ray::whole(1_000_000_000_000).is_err());
    assert_eq!(Ray::whole(6).unwrap().over(Ray::whole(4).unwrap()), Ray::ratio(3, 2));
}

/// At 5 % a year, by the second: e^0.05 to nine digits, and the same however the year is cut.
#[test]
fn a_power_compounds_by_the_second() {
    const YEAR: u64 = 31_536_000;
    let rate = Ray::ONE.plus(Ray(Ray::SCALE / 20 / YEAR as u128)).unwrap();

    let year = rate.power(YEAR).unwrap();

    assert_eq!(year.0 / (Ray::SCALE / 1_000_000_000), 1_051_271_096);
    let mut random = Random::new(11);
    for _ in 0..100 {
        let cut = random.below(YEAR);
        let parts = rate.power(cut).unwrap().times(rate.power(YEAR - cut).unwrap()).unwrap();
        let apart = if parts > year { parts.0 - year.0 } else { year.0 - parts.0 };
        assert!(apart < 10_000_000_000, "cut at {}: {} apart", cut, apart);
    }
    assert_eq!(rate.power(0), Ok(Ray::ONE));
    assert_eq!(rate.power(1), Ok(rate));
}

#[test]
fn wide_integers_travel_as_one_little_endian_number() {
    let number = U256 { high: 1, low: 2 };
    let bytes = borsh::encoded(&number);
    assert_eq!((bytes.len(), bytes[0], bytes[16]), (32, 2, 1));
    assert_eq!(borsh::decoded(&bytes), Some(number));
}
