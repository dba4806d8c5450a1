//! Random numbers from a seed (xorshift64*), printed so that a failing test can be run again.

pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        println!("seed {}", seed);
        Random(seed)
    }

    /// Another one in each run; `SEED=... cargo test` repeats one.
    #[allow(dead_code)]
    pub fn from_the_clock() -> Random {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let given = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok());
        Random::new(given.unwrap_or_else(|| now.unwrap().as_nanos() as u64 | 1))
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// Of any size up to 128 bits, the extremes often.
    #[allow(dead_code)]
    pub fn amount(&mut self) -> u128 {
        match self.below(10) {
            0 => 0,
            1 => u128::MAX,
            _ => {
                let whole = (self.next() as u128) << 64 | self.next() as u128;
                whole >> self.below(128)
            }
        }
    }
}
