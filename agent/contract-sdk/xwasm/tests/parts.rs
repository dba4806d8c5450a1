//! A contract whose methods are written in several places.

use xwasm::abi::NativeContract;
use xwasm::json;
use xwasm::prelude::*;
use xwasm::testing::TestRunner;

#[xwasm::contract(name = "till", upgradeable)]
pub struct Till {
    #[state]
    owner: Value<Address>,
    #[state]
    taken: Value<u64>,
}

mod taking {
    use super::Till;
    use xwasm::prelude::*;

    #[xwasm::interface(part)]
    impl Till {
        pub fn take(&mut self, amount: u64) -> Result<u64> {
            self.taken.update(|taken| *taken += amount);
            Ok(self.taken())
        }

        pub fn taken(&self) -> u64 {
            self.taken.get_or(0)
        }
    }
}

mod owning {
    pub mod deeper {
        use crate::Till;
        use xwasm::prelude::*;

        #[xwasm::interface(part)]
        impl Till {
            pub fn init(&mut self, owner: Address) -> Result<()> {
                self.owner.set(&owner);
                Ok(())
            }

            #[only_owner]
            pub fn empty(&mut self) -> Result<()> {
                self.taken.set(&0);
                Ok(())
            }

            #[fallback]
            pub fn rest(&mut self, ctx: Context) -> Result<Vec<u8>> {
                Ok(ctx.method().into_bytes())
            }
        }
    }
}

#[xwasm::interface(with(taking, owning::deeper))]
impl Till {
    pub fn twice(&mut self, amount: u64) -> Result<u64> {
        self.take(amount)?;
        self.take(amount)
    }
}

#[test]
fn methods_of_all_parts_are_the_contracts() {
    let names: Vec<_> = Till::INTERFACE.methods.iter().map(|m| m.name).collect();
    assert_eq!(names, ["take", "taken", "init", "empty", "twice"]);
    assert!(Till::INTERFACE.methods[1].query);

    let mut runner = TestRunner::new();
    runner.create_user("alice", 10);
    let till = runner.deploy(Till::new(), json!({"owner": "owner"}));

    runner.execute(till, "take", json!([1]), "alice", 0).unwrap();
    runner.execute(till, "twice", json!({"amount": 2}), "alice", 0).unwrap();
    assert_eq!(runner.query(till, "taken", json!([])), 5);
    let refused = runner.execute(till, "empty", json!([]), "alice", 0);
    assert_eq!(refused.unwrap_err(), "PERMISSION: only the owner");
    runner.execute(till, "empty", json!([]), "owner", 0).unwrap();
    assert_eq!(runner.query(till, "taken", json!([])), 0);
    let sent = runner.execute(till, "take", json!([1]), "alice", 3);
    assert_eq!(sent.unwrap_err(), "NOT_PAYABLE: take of till takes no value");
    assert!(Till::entry("fallback").is_some() && Till::entry("nothing").is_none());
}
