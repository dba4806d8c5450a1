//! The supply chain, version 2. Participants may be certified for a time, and it is counted how
//! punctual they are: their records are stored in another form, and go back to the old one.
//!
//! What the versions have in common is version 1's source.
#![no_std]

#[path = "../../supply-chain/src/events.rs"]
mod events;
#[path = "../../supply-chain/src/interface.rs"]
mod interface;
mod participants;
#[path = "../../supply-chain/src/permissions.rs"]
mod permissions;
#[path = "../../supply-chain/src/production.rs"]
mod production;
#[path = "../../supply-chain/src/receipts.rs"]
mod receipts;
#[path = "../../supply-chain/src/records.rs"]
mod records;
#[path = "../../supply-chain/src/shipping.rs"]
mod shipping;
#[path = "../../supply-chain/src/stock.rs"]
mod stock;

use xwasm::prelude::*;

use events::*;
pub use participants::Participant;
pub use receipts::*;
pub use records::*;

/// The last ids that were given out.
#[xwasm::record]
#[derive(Copy, Default)]
pub struct Counters {
    pub products: u64,
    pub batches: u64,
    pub shipments: u64,
    pub events: u64,
}

#[xwasm::event]
pub struct ParticipantCertified {
    pub participant: ParticipantId,
    pub until: Option<u64>,
}

#[xwasm::contract(
    name = "supply-chain",
    schema = 2,
    upgradeable,
    events(
        ParticipantRegistered,
        ParticipantChanged,
        ParticipantCertified,
        ProductRegistered,
        ProductChanged,
        BatchCreated,
        BatchShipped,
        ReceiptConfirmed,
        ShipmentReturned,
        UnitsConsumed,
        UnitsWrittenOff
    ),
    errors(
        "PERMISSION: only the owner",
        "PERMISSION: the participant is not active",
        "PERMISSION: only a manufacturer",
        "PERMISSION: only the product's manufacturer",
        "PERMISSION: the sender has nothing of this batch",
        "PERMISSION: only the shipment's receiver",
        "PERMISSION: only the shipment's shipper",
        "VALIDATION: the zero address cannot take part",
        "VALIDATION: a name, place or unit has 1 to 128 bytes",
        "VALIDATION: equipment has at most 128 bytes",
        "VALIDATION: a participant has at least one role",
        "VALIDATION: a role is given twice",
        "VALIDATION: a description has at most 1024 bytes",
        "VALIDATION: a tolerance is at most 10000 basis points",
        "VALIDATION: the quantity is zero",
        "VALIDATION: the production date is in the future",
        "VALIDATION: the batch would be over its date already",
        "VALIDATION: a batch has at most 16 ingredients",
        "VALIDATION: a shipment goes to somebody else",
        "VALIDATION: a shipment takes at most 365 days",
        "VALIDATION: more than is on its way",
        "RESOURCES: 1000 participants are registered already",
        "RESOURCES: the sender has less of this batch",
        "STATE: the chain is set up already",
        "STATE: no such participant",
        "STATE: no such product",
        "STATE: no such batch",
        "STATE: no such shipment",
        "STATE: the participant is registered already",
        "STATE: the product is discontinued",
        "STATE: nothing of the shipment is on its way",
        "TIMEOUT: the batch is over its date",
        "TIMEOUT: the destination's certificate has run out",
        "TIMEOUT: the shipment is not overdue by 30 days"
    )
)]
pub struct SupplyChain {
    #[state]
    owner: Value<Address>,
    #[state]
    counters: Value<Counters>,
    #[state]
    participants: IndexedMap<ParticipantId, Participant>,
    #[state]
    products: Map<ProductId, Product>,
    #[state]
    batches: Map<BatchId, Batch>,
    #[state]
    shipments: Map<ShipmentId, Shipment>,
    #[state]
    production_events: Map<BatchId, ProductionEvent>,
    /// The history of each batch in order, and how long it is.
    #[state]
    history: Map<(BatchId, u32), TraceEvent>,
    #[state]
    history_lengths: Map<BatchId, u32>,
    /// A participant's units of a batch.
    #[state]
    holdings: Map<(ParticipantId, BatchId), u32>,
    /// The batches of which a participant ever had something, and how many they are.
    #[state]
    held_batches: Map<(ParticipantId, u32), BatchId>,
    #[state]
    holding_counts: Map<ParticipantId, u32>,
    #[state]
    stock: Map<(ParticipantId, ProductId), StockLevel>,
}

#[xwasm::interface(with(interface))]
impl SupplyChain {
    /// Nothing is sent there from that moment on; null where no certificate is asked for.
    #[only_owner]
    pub fn certify(&mut self, participant: ParticipantId, until: Option<u64>) -> Result<()> {
        self.set_certificate(participant, until)?;
        ParticipantCertified { participant, until }.emit();
        Ok(())
    }

    #[migrate(from = 1)]
    pub fn migrate(&mut self) -> Result<()> {
        self.lengthen_participants();
        Ok(())
    }

    #[migrate_back]
    pub fn migrate_back(&mut self) -> Result<()> {
        self.shorten_participants();
        Ok(())
    }
}
