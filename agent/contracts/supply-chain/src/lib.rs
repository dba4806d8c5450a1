//! A supply chain: who makes what, where every unit of a batch is, and how it came there.
//!
//! Units move in one way only: the shipper sends them, the receiver says what came of them, and what
//! came in good state is the receiver's from then on. Every movement is an entry of the batch's
//! history, each with the hash of the one before.
//!
//! Times are Unix milliseconds. `cfg!(planted)` marks the mistakes that the tests of the properties
//! plant to see them found.
#![no_std]

mod events;
mod interface;
mod participants;
mod permissions;
mod production;
mod receipts;
mod records;
mod shipping;
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

#[xwasm::contract(
    name = "supply-chain",
    upgradeable,
    events(
        ParticipantRegistered,
        ParticipantChanged,
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
impl SupplyChain {}
