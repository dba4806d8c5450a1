//! Three versions of a counter, each of which stores it in another form, and one without a way back.

pub mod one {
    use xwasm::prelude::*;

    #[xwasm::contract(name = "counter", version = "1.0.0", schema = 1, upgradeable)]
    pub struct Counter {
        #[state]
        count: Value<u64>,
    }

    #[xwasm::interface]
    impl Counter {
        pub fn init(&mut self, count: u64) {
            self.count.set(&count);
        }

        pub fn add(&mut self, more: u64) -> Result<u64> {
            ensure_validation!(more > 0, "nothing to add");
            let count = self.count.get_or(0).plus(more)?;
            self.count.set(&count);
            Ok(count)
        }

        #[payable]
        pub fn donate(&mut self) {}

        pub fn count(&self) -> u64 {
            self.count.get_or(0)
        }
    }
}

/// Counts in words.
pub mod two {
    use xwasm::prelude::*;

    #[xwasm::contract(name = "counter", version = "2.0.0", schema = 2, upgradeable)]
    pub struct Counter {
        #[state]
        count: Value<String>,
    }

    #[xwasm::interface]
    impl Counter {
        #[migrate]
        pub fn migrate(&mut self) -> Result<()> {
            let count = Value::<u64>::new("count").require("no count")?;
            self.count.set(&count.to_string());
            Ok(())
        }

        #[migrate_back]
        pub fn migrate_back(&mut self) -> Result<()> {
            Value::<u64>::new("count").set(&self.count());
            Ok(())
        }

        pub fn add(&mut self, more: u64) -> Result<u64> {
            let count = self.count().plus(more)?;
            self.count.set(&count.to_string());
            Ok(count)
        }

        pub fn count(&self) -> u64 {
            self.count.get_or_default().parse().unwrap_or(0)
        }
    }
}

/// Counts from an offset, and has an owner of its own.
pub mod three {
    use xwasm::prelude::*;

    #[xwasm::contract(name = "counter", version = "3.0.0", schema = 3, upgradeable)]
    pub struct Counter {
        #[state]
        count: Value<(u64, u64)>,
        #[state]
        owner: Value<Address>,
    }

    #[xwasm::interface]
    impl Counter {
        #[migrate(from = 2)]
        pub fn migrate(&mut self, offset: u64) -> Result<()> {
            let words = Value::<String>::new("count").require("no count")?;
            self.owner.set(&Address::from("somebody"));
            self.count.set(&(words.parse().unwrap_or(0), offset));
            ensure_validation!(offset > 0, "an offset of zero");
            Ok(())
        }

        #[migrate_back]
        pub fn migrate_back(&mut self) -> Result<()> {
            let (count, _) = self.count.get_or((0, 0));
            self.owner.remove();
            Value::<String>::new("count").set(&count.to_string());
            Ok(())
        }

        pub fn add(&mut self, more: u64) -> Result<u64> {
            let (count, offset) = self.count.get_or((0, 0));
            self.count.set(&(count.plus(more)?, offset));
            Ok(count + more + offset)
        }

        pub fn count(&self) -> u64 {
            let (count, offset) = self.count.get_or((0, 0));
            count + offset
        }

        pub fn implementations_owner(&self) -> Option<Address> {
            self.owner.get()
        }
    }
}

pub mod one_way {
    use xwasm::prelude::*;

    #[xwasm::contract(name = "counter", version = "3.0.1", schema = 3, upgradeable)]
    pub struct Counter {
        #[state]
        gone: Value<bool>,
    }

    #[xwasm::interface]
    impl Counter {
        #[migrate(from = 2)]
        pub fn migrate(&mut self) -> Result<()> {
            self.gone.set(&true);
            Ok(())
        }
    }
}

/// Has a method that the proxy has as well.
pub mod hidden {
    use xwasm::prelude::*;

    #[xwasm::contract(name = "counter", version = "2.0.0")]
    pub struct Counter {
        #[state]
        count: Value<u64>,
    }

    #[xwasm::interface]
    impl Counter {
        pub fn version(&self) -> u64 {
            self.count.get_or(0)
        }
    }
}
