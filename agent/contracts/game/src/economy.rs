//! What the whole game has come to, as version 1 stores it.

/// `gold_issued - gold_spent` is what all players have together; `fees`, in native value, is what
/// this contract has.
#[xwasm::record]
#[derive(Copy, Default)]
pub struct Economy {
    pub gold_issued: u128,
    pub gold_spent: u128,
    pub fees: u128,
    /// Those that somebody won.
    pub battles: u64,
    pub trades: u64,
}
