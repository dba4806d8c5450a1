//! Upgrades without a proxy: the migrations alone.

use super::runner::{bytes_of, TestRunner};
use super::Failure;
use crate::abi::NativeContract;
use crate::json::Json;
use crate::native::world::delegate;
use crate::native::{self, Code, Frame};
use crate::{Address, Hash};

impl TestRunner {
    /// Runs the `migrate` of new code on a contract's state and lets the new code answer from then on:
    /// what an upgrade through a proxy does.
    pub fn migrate<C: NativeContract>(
        &mut self,
        contract: Address,
        to: C,
        arguments: Json,
    ) -> Result<(), Failure> {
        let migrate = C::INTERFACE.methods.iter().find(|m| m.name == "migrate");
        let input = migrate.map_or_else(Vec::new, |migrate| bytes_of(migrate, &arguments));
        let hash = self.world.upload(Code::of::<C>());
        if migrate.is_some() {
            self.run_code(contract, hash, "migrate", &input)?;
        }
        self.replace(contract, to);
        Ok(())
    }

    /// Runs the `migrate_back` of the code at this address, and lets other code answer from then on.
    pub fn migrate_back<C: NativeContract>(
        &mut self,
        contract: Address,
        to: C,
    ) -> Result<(), Failure> {
        let running = self.world.code_at(&contract).expect("a contract was deployed there");
        self.run_code(contract, running, "migrate_back", &[])?;
        self.replace(contract, to);
        Ok(())
    }

    fn run_code(
        &mut self,
        address: Address,
        code: Hash,
        method: &str,
        input: &[u8],
    ) -> Result<(), Failure> {
        let outcome = self.inside(|| {
            native::with(|world| world.frames.push(Frame { address, ..Frame::default() }));
            let outcome = delegate(code, method, input).map_err(Failure::of);
            native::with(|world| world.frames.clear());
            outcome
        });
        self.world.events.clear();
        self.world.commit();
        outcome.map(|_| ())
    }

    fn replace<C: NativeContract>(&mut self, contract: Address, _: C) {
        let hash = self.world.upload(Code::of::<C>());
        self.world.place(contract, hash);
        self.speaks.insert(contract, vec![Code::of::<C>().interface]);
    }
}
