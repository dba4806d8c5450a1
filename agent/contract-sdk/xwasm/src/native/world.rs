use std::collections::{BTreeMap, HashMap};
use std::panic::{catch_unwind, AssertUnwindSafe};

use super::{sha256, with, Reverted};
use crate::abi::{Interface, NativeContract};
use crate::error;
use crate::{Address, Hash};

const UNKNOWN_CONTRACT: u32 = 0;
const UNKNOWN_METHOD: u32 = 1;
const DEPTH_EXCEEDED: u32 = 5;
const REENTRANCY: u32 = 7;
const INSUFFICIENT_BALANCE: u32 = 8;
const NOT_PAYABLE: u32 = 9;

/// Contracts that may wait for one another.
const DEPTH: usize = 8;
const SPECIAL: [&str; 3] = ["init", "migrate", "migrate_back"];

/// A contract's code: a module in WebAssembly, a table of functions here.
#[derive(Clone, Copy)]
pub struct Code {
    pub interface: &'static Interface,
    pub entry: fn(&str) -> Option<fn()>,
}

impl Code {
    pub fn of<C: NativeContract>() -> Code {
        Code { interface: &C::INTERFACE, entry: C::entry }
    }

    /// Stands for the hash of a module's bytes.
    pub fn hash(&self) -> Hash {
        let name = format!("{} {}", self.interface.name, self.interface.version);
        let functions = self.entry as usize;
        Hash(sha256(format!("{} {:x}", name, functions).as_bytes()))
    }
}

/// An event that was announced.
#[derive(Clone, Debug)]
pub struct Announced {
    pub contract: Address,
    pub topic: String,
    pub data: Vec<u8>,
}

/// One contract at work.
#[derive(Clone, Default)]
pub struct Frame {
    pub caller: Address,
    pub address: Address,
    pub method: String,
    pub input: Vec<u8>,
    pub value: u128,
    pub output: Vec<u8>,
    pub callee_result: Vec<u8>,
    /// Whether other code runs at its caller's address.
    pub delegated: bool,
    pub code: Hash,
}

enum Undo {
    Storage(Address, Vec<u8>, Option<Vec<u8>>),
    Balance(Address, u128),
}

/// What a failing call must not have changed.
#[derive(Clone, Copy)]
pub struct Mark {
    undo: usize,
    events: usize,
    frames: usize,
}

/// State, balances and code, and the call that is at work.
#[derive(Default)]
pub struct World {
    storage: BTreeMap<(Address, Vec<u8>), Vec<u8>>,
    balances: BTreeMap<Address, u128>,
    contracts: BTreeMap<Address, Hash>,
    codes: HashMap<Hash, Code>,
    undo: Vec<Undo>,
    pub events: Vec<Announced>,
    pub frames: Vec<Frame>,
    pub origin: Address,
    pub height: u64,
    pub time: u64,
    pub call: Hash,
}

impl World {
    pub fn new() -> World {
        World { height: 1, time: 1_000, ..World::default() }
    }

    pub fn upload(&mut self, code: Code) -> Hash {
        let hash = code.hash();
        self.codes.insert(hash, code);
        hash
    }

    pub fn place(&mut self, address: Address, code: Hash) {
        self.contracts.insert(address, code);
    }

    pub fn code(&self, hash: &Hash) -> Option<Code> {
        self.codes.get(hash).copied()
    }

    pub fn code_at(&self, address: &Address) -> Option<Hash> {
        self.contracts.get(address).copied()
    }

    pub fn frame(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("no call is at work: use MockContext or TestRunner")
    }

    pub fn here(&self) -> Address {
        self.frames.last().map_or(Address::ZERO, |frame| frame.address)
    }

    pub fn get(&self, address: Address, key: &[u8]) -> Option<Vec<u8>> {
        self.storage.get(&(address, key.to_vec())).cloned()
    }

    pub fn set(&mut self, address: Address, key: &[u8], value: Option<Vec<u8>>) {
        let place = (address, key.to_vec());
        let before = match value {
            Some(value) => self.storage.insert(place, value),
            None => self.storage.remove(&place),
        };
        self.undo.push(Undo::Storage(address, key.to_vec(), before));
    }

    /// All that is stored at an address.
    pub fn stored(&self, address: Address) -> BTreeMap<Vec<u8>, Vec<u8>> {
        self.storage
            .iter()
            .filter(|((at, _), _)| *at == address)
            .map(|((_, key), value)| (key.clone(), value.clone()))
            .collect()
    }

    pub fn balance(&self, party: &Address) -> u128 {
        self.balances.get(party).copied().unwrap_or(0)
    }

    pub fn set_balance(&mut self, party: Address, amount: u128) {
        let before = self.balance(&party);
        self.undo.push(Undo::Balance(party, before));
        self.balances.insert(party, amount);
    }

    /// The sum of all native balances, which no call changes.
    pub fn total_balance(&self) -> u128 {
        self.balances.values().sum()
    }

    fn move_value(&mut self, from: Address, to: Address, amount: u128) -> bool {
        let has = self.balance(&from);
        if has < amount {
            return false;
        }
        self.set_balance(from, has - amount);
        self.set_balance(to, self.balance(&to) + amount);
        true
    }

    pub fn mark(&self) -> Mark {
        Mark { undo: self.undo.len(), events: self.events.len(), frames: self.frames.len() }
    }

    pub fn rewind(&mut self, mark: Mark) {
        while self.undo.len() > mark.undo {
            match self.undo.pop() {
                Some(Undo::Storage(address, key, Some(value))) => {
                    self.storage.insert((address, key), value);
                }
                Some(Undo::Storage(address, key, None)) => {
                    self.storage.remove(&(address, key));
                }
                Some(Undo::Balance(party, amount)) => {
                    self.balances.insert(party, amount);
                }
                None => {}
            }
        }
        self.events.truncate(mark.events);
        self.frames.truncate(mark.frames);
    }

    /// Nothing of what was done so far can be undone any more.
    pub fn commit(&mut self) {
        self.undo.clear();
    }

    fn refused(&self, frame: &Frame, deploying: bool) -> Option<Reverted> {
        let no = |kind, message: String| Some(Reverted { kind, message });
        let method = frame.method.as_str();
        let transfer = !self.frames.is_empty() && method.is_empty() && frame.input.is_empty();
        if self.code_at(&frame.address).is_none() && !transfer {
            return no(UNKNOWN_CONTRACT, format!("there is no contract at {}", frame.address));
        }
        if SPECIAL[1..].contains(&method) {
            let sentence = format!("{} is run by an upgrade or a rollback, never called", method);
            return no(error::PERMISSION, sentence);
        }
        if method == SPECIAL[0] && !deploying {
            let sentence = "init is run when a contract is deployed, never called";
            return no(error::PERMISSION, sentence.into());
        }
        None
    }
}

/// Runs a contract at its own address: what it answers, or why it refuses. A refusal has changed
/// nothing.
pub fn call(frame: Frame, deploying: bool) -> Result<Vec<u8>, Reverted> {
    if let Some(reverted) = with(|world| world.refused(&frame, deploying)) {
        return Err(reverted);
    }
    let mark = with(|world| world.mark());
    let (from, to, value) = (frame.caller, frame.address, frame.value);
    if value > 0 && !with(|world| world.move_value(from, to, value)) {
        return Err(Reverted {
            kind: INSUFFICIENT_BALANCE,
            message: format!("{} does not have {}", from, value),
        });
    }
    match with(|world| world.code_at(&to)) {
        Some(code) => enter(code, frame, mark),
        None => Ok(Vec::new()),
    }
}

/// Runs other code at the address of the frame that is at work.
pub fn delegate(code: Hash, method: &str, input: &[u8]) -> Result<Vec<u8>, Reverted> {
    let (frame, mark) = with(|world| {
        let mark = world.mark();
        let here = world.frame();
        let frame = Frame {
            caller: here.caller,
            address: here.address,
            method: method.into(),
            input: input.into(),
            value: here.value,
            delegated: true,
            ..Frame::default()
        };
        (frame, mark)
    });
    enter(code, frame, mark)
}

fn enter(hash: Hash, mut frame: Frame, mark: Mark) -> Result<Vec<u8>, Reverted> {
    let outcome = match with(|world| prepared(world, &hash, &frame)) {
        Ok(Some(entry)) => {
            frame.code = hash;
            with(|world| world.frames.push(frame));
            run(entry)
        }
        // A contract that needs no setting up may leave init away.
        Ok(None) => Ok(Vec::new()),
        Err(reverted) => Err(reverted),
    };
    with(|world| match outcome {
        Ok(_) => world.frames.truncate(mark.frames),
        Err(_) => world.rewind(mark),
    });
    outcome
}

/// The function that answers, None when there is nothing to do.
fn prepared(world: &World, hash: &Hash, frame: &Frame) -> Result<Option<fn()>, Reverted> {
    let no = |kind, message: String| Err(Reverted { kind, message });
    if world.frames.len() >= DEPTH {
        let sentence = format!("more than {} contracts wait for one another", DEPTH);
        return no(DEPTH_EXCEEDED, sentence);
    }
    let code = match world.code(hash) {
        Some(code) => code,
        None => return no(UNKNOWN_CONTRACT, format!("the code {} is not known", hash)),
    };
    let method = frame.method.as_str();
    let named = if method == "fallback" { None } else { (code.entry)(method) };
    let payable = match code.interface.methods.iter().find(|m| m.name == method) {
        Some(declared) => declared.payable,
        None => named.is_none(),
    };
    let reentrant = code.interface.methods.iter().any(|m| {
        m.reentrant && (m.name == method || (named.is_none() && m.name == "fallback"))
    });
    let entered = world.frames.iter().filter(|f| !f.delegated && f.address == frame.address);
    if entered.count() + !frame.delegated as usize > 1 && !reentrant {
        let sentence = format!("already at work in this call, and '{}' is not reentrant", method);
        return no(REENTRANCY, sentence);
    }
    let entry = match named {
        Some(entry) => Some(entry),
        None if SPECIAL.contains(&method) || method == "fallback" => None,
        None => (code.entry)("fallback"),
    };
    match entry {
        None if method == SPECIAL[0] && frame.input.is_empty() => Ok(None),
        None => {
            let sentence = format!("{} has no method '{}'", code.interface.name, method);
            no(UNKNOWN_METHOD, sentence)
        }
        Some(_) if frame.value > 0 && !payable => {
            no(NOT_PAYABLE, format!("{} of {} takes no value", method, code.interface.name))
        }
        Some(entry) => Ok(Some(entry)),
    }
}

fn run(entry: fn()) -> Result<Vec<u8>, Reverted> {
    match catch_unwind(AssertUnwindSafe(entry)) {
        Ok(()) => Ok(with(|world| std::mem::take(&mut world.frame().output))),
        Err(payload) => Err(match payload.downcast::<Reverted>() {
            Ok(reverted) => *reverted,
            Err(_) => Reverted { kind: error::UNKNOWN, message: "the contract panicked".into() },
        }),
    }
}
