use xwasm::prelude::*;

#[xwasm::record]
pub enum Medal {
    Wood,
    Gold { points: u64 },
}

#[xwasm::event]
pub struct Scored {
    pub player: Address,
    pub points: u64,
}

#[xwasm::contract(
    name = "score",
    version = "1.0.0",
    events(Scored),
    errors("VALIDATION: nothing scored")
)]
pub struct Score {
    #[state]
    points: Map<Address, u64>,
}

#[xwasm::interface]
impl Score {
    pub fn score(&mut self, ctx: Context, points: u64) -> Result<u64> {
        ensure_validation!(points > 0, "nothing scored");
        let player = ctx.sender();
        let total = self.points.get_or(&player, 0).plus(points)?;
        self.points.set(&player, &total);
        Scored { player, points }.emit();
        Ok(total)
    }

    pub fn medal(&self, player: Address) -> Medal {
        match self.points.get_or(&player, 0) {
            points @ 100.. => Medal::Gold { points },
            _ => Medal::Wood,
        }
    }
}
