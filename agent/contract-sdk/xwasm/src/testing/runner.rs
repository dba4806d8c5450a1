//! One ledger in memory.

use std::collections::BTreeMap;

use crate::abi::{Interface, Method, NativeContract};
use crate::json::Json;
use crate::native::world::call;
use crate::native::{self, Code, Frame, World};
use crate::mock::account;
use crate::{json, Address, Context, Event, Hash};

use super::{Failure, Receipt};

/// One ledger. Several can be used in turn; each keeps its own state.
pub struct TestRunner {
    pub(super) world: World,
    /// How a contract is spoken to: as itself, or behind a proxy as its implementation.
    pub(super) speaks: BTreeMap<Address, Vec<&'static Interface>>,
    deployed: u64,
    calls: u64,
}

impl Default for TestRunner {
    fn default() -> Self {
        TestRunner::new()
    }
}

impl TestRunner {
    pub fn new() -> TestRunner {
        TestRunner { world: World::new(), speaks: BTreeMap::new(), deployed: 0, calls: 0 }
    }

    /// Deploys a contract that needs no arguments to begin.
    pub fn deploy_contract<C: NativeContract>(&mut self, contract: C) -> Address {
        self.deploy(contract, json!({}))
    }

    /// Deploys a contract and runs its `init` with these arguments.
    ///
    /// # Panics
    /// When it refuses.
    #[track_caller]
    pub fn deploy<C: NativeContract>(&mut self, contract: C, arguments: Json) -> Address {
        match self.try_deploy(contract, arguments) {
            Ok(address) => address,
            Err(failure) => panic!("{} cannot be deployed: {}", C::NAME, failure),
        }
    }

    pub fn try_deploy<C: NativeContract>(
        &mut self,
        _: C,
        arguments: Json,
    ) -> Result<Address, Failure> {
        let code = Code::of::<C>();
        self.deployed += 1;
        let address = account(&format!("contract {} {}", self.deployed, C::NAME));
        let hash = self.world.upload(code);
        self.world.place(address, hash);
        self.speaks.insert(address, vec![code.interface]);
        let input = match code.interface.methods.iter().find(|m| m.name == "init") {
            Some(init) => bytes_of(init, &arguments),
            None => Vec::new(),
        };
        let frame = Frame { address, method: "init".into(), input, ..Frame::default() };
        self.run(frame, true).map(|_| address)
    }

    /// Makes code known to the ledger, for a proxy to run.
    pub fn upload<C: NativeContract>(&mut self, _: C) -> Hash {
        self.world.upload(Code::of::<C>())
    }

    /// The bytes of `init`'s arguments, as a proxy wants them.
    pub fn init_arguments<C: NativeContract>(&self, _: C, arguments: Json) -> Vec<u8> {
        let init = C::INTERFACE.methods.iter().find(|m| m.name == "init");
        init.map_or_else(Vec::new, |init| bytes_of(init, &arguments))
    }

    /// From now on the contract at this address is also spoken to by the methods of this one: what
    /// a proxy delegates.
    pub fn speak<C: NativeContract>(&mut self, address: Address, _: C) {
        let spoken = self.speaks.entry(address).or_default();
        spoken.truncate(1);
        spoken.push(Code::of::<C>().interface);
    }

    /// A user with a native balance.
    pub fn create_user(&mut self, name: &str, balance: u128) -> Address {
        let user = Address::from(name);
        self.world.set_balance(user, balance);
        user
    }

    pub fn balance(&self, party: impl Into<Address>) -> u128 {
        self.world.balance(&party.into())
    }

    /// The sum of all native balances: no call may change it.
    pub fn total_balance(&self) -> u128 {
        self.world.total_balance()
    }

    /// Calls a method; the next block begins afterwards.
    pub fn execute(
        &mut self,
        contract: Address,
        method: &str,
        arguments: Json,
        user: impl Into<Address>,
        value: u128,
    ) -> Receipt {
        let declared = self.method(&contract, method);
        let input = bytes_of(&declared, &arguments);
        self.execute_raw(contract, method, input, user, value)
    }

    /// Calls with bytes as they are, also methods that nobody declares.
    pub fn execute_raw(
        &mut self,
        contract: Address,
        method: &str,
        input: Vec<u8>,
        user: impl Into<Address>,
        value: u128,
    ) -> Receipt {
        let user = user.into();
        let name = method.into();
        let frame = Frame {
            caller: user,
            address: contract,
            method: name,
            input,
            value,
            ..Frame::default()
        };
        let returns = self.find(&contract, method).map(|m| m.returns);
        let outcome = self.run(frame, false);
        self.world.height += 1;
        self.world.time += 1_000;
        match outcome {
            Ok((output, events)) => Receipt {
                success: true,
                result: returns.map_or(Json::Null, |of| {
                    json::value(&of, &output)
                        .unwrap_or_else(|e| panic!("the result of {}: {}", method, e))
                }),
                error: None,
                events,
            },
            Err(failure) => Receipt {
                success: false,
                result: Json::Null,
                error: Some(failure),
                events: Vec::new(),
            },
        }
    }

    /// Asks a query; whatever it would write is undone.
    ///
    /// # Panics
    /// When it fails, with the reason.
    #[track_caller]
    pub fn query(&mut self, contract: Address, method: &str, arguments: Json) -> Json {
        match self.try_query(contract, method, arguments) {
            Ok(result) => result,
            Err(failure) => panic!("the query {} failed: {}", method, failure),
        }
    }

    pub fn try_query(
        &mut self,
        contract: Address,
        method: &str,
        arguments: Json,
    ) -> Result<Json, Failure> {
        let declared = self.method(&contract, method);
        assert!(declared.query, "{} is no query", method);
        let input = bytes_of(&declared, &arguments);
        let frame =
            Frame { address: contract, method: method.into(), input, ..Frame::default() };
        let outcome = self.inside(|| {
            let mark = native::with(|world| world.mark());
            let outcome = call(frame, false).map_err(Failure::of);
            native::with(|world| world.rewind(mark));
            outcome
        });
        outcome.map(|output| {
            json::value(&declared.returns, &output)
                .unwrap_or_else(|e| panic!("the result of {}: {}", method, e))
        })
    }

    /// Runs Rust as if a user's call had reached the contract: typed arguments and results, and
    /// undone when it returns an error.
    pub fn run_as<C: NativeContract + Default, R>(
        &mut self,
        contract: Address,
        user: impl Into<Address>,
        value: u128,
        body: impl FnOnce(&mut C, Context) -> crate::Result<R>,
    ) -> crate::Result<R> {
        let user = user.into();
        let outcome = self.inside(|| {
            let mark = native::with(|world| {
                let mark = world.mark();
                world.origin = user;
                let has = world.balance(&user);
                assert!(has >= value, "{} does not have {}", user, value);
                world.set_balance(user, has - value);
                world.set_balance(contract, world.balance(&contract) + value);
                let frame =
                    Frame { caller: user, address: contract, value, ..Frame::default() };
                world.frames.push(frame);
                mark
            });
            let outcome = body(&mut C::default(), Context::current());
            native::with(|world| match outcome {
                Ok(_) => world.frames.clear(),
                Err(_) => world.rewind(mark),
            });
            outcome
        });
        self.world.events.clear();
        self.world.commit();
        self.world.height += 1;
        self.world.time += 1_000;
        outcome
    }

    /// Unix milliseconds.
    pub fn time(&self) -> u64 {
        self.world.time
    }

    /// The next call comes so much later, in milliseconds.
    pub fn advance_time(&mut self, milliseconds: u64) {
        self.world.time += milliseconds;
    }

    pub fn set_time(&mut self, milliseconds: u64) {
        assert!(milliseconds >= self.world.time, "time does not run backwards");
        self.world.time = milliseconds;
    }

    /// Everything a contract has stored, in bytes: equal means equal state.
    pub fn storage(&self, contract: Address) -> BTreeMap<Vec<u8>, Vec<u8>> {
        self.world.stored(contract)
    }

    fn run(
        &mut self,
        frame: Frame,
        deploying: bool,
    ) -> Result<(Vec<u8>, Vec<(String, Json)>), Failure> {
        self.calls += 1;
        self.world.call = Hash(account(&format!("call {}", self.calls)).0);
        self.world.origin = frame.caller;
        let outcome = self.inside(|| call(frame, deploying).map_err(Failure::of));
        let announced = std::mem::take(&mut self.world.events);
        self.world.commit();
        let output = outcome?;
        let events = announced.into_iter().map(|event| {
            let shape = self.shape(&event.contract, &event.topic);
            let fields = json::fields(shape, &event.data)
                .unwrap_or_else(|e| panic!("the event {}: {}", event.topic, e));
            (event.topic, fields)
        });
        Ok((output, events.collect()))
    }

    /// This runner's world is this thread's while the body runs.
    pub(super) fn inside<R>(&mut self, body: impl FnOnce() -> R) -> R {
        native::with(|world| std::mem::swap(world, &mut self.world));
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(body));
        native::with(|world| std::mem::swap(world, &mut self.world));
        match result {
            Ok(result) => result,
            Err(panic) => {
                self.world.frames.clear();
                std::panic::resume_unwind(panic)
            }
        }
    }

    fn shape(&self, contract: &Address, topic: &str) -> &'static [crate::abi::Field] {
        let spoken = self.speaks.get(contract).map(Vec::as_slice).unwrap_or(&[]);
        spoken
            .iter()
            .flat_map(|interface| interface.events)
            .find(|event| event.name == topic)
            .unwrap_or_else(|| panic!("the event {} is not in contract(events(...))", topic))
            .fields
    }

    fn find(&self, contract: &Address, method: &str) -> Option<Method> {
        let spoken = self.speaks.get(contract)?;
        spoken.iter().flat_map(|i| i.methods).find(|m| m.name == method).copied()
    }

    #[track_caller]
    fn method(&self, contract: &Address, method: &str) -> Method {
        self.find(contract, method)
            .unwrap_or_else(|| panic!("nothing that was deployed at {} has {}", contract, method))
    }
}

#[track_caller]
pub(super) fn bytes_of(method: &Method, arguments: &Json) -> Vec<u8> {
    json::arguments(method.args, arguments)
        .unwrap_or_else(|e| panic!("the arguments of {}: {}", method.name, e))
}

/// The JSON of an event, for comparing with a receipt's.
pub fn fields_of<E: Event>(event: &E) -> Json {
    json::fields(E::SHAPE.fields, &crate::borsh::encoded(event)).unwrap_or(Json::Null)
}
