//! What the chain stores and answers.

use xwasm::prelude::*;

/// The account that acts for it.
pub type ParticipantId = Address;

/// Counted from 1, as all ids of this contract.
#[xwasm::record]
#[derive(Copy, Eq)]
pub struct ProductId(pub u64);

#[xwasm::record]
#[derive(Copy, Eq)]
pub struct BatchId(pub u64);

#[xwasm::record]
#[derive(Copy, Eq)]
pub struct ShipmentId(pub u64);

/// An entry of the history; of all batches together, in the order of their coming.
#[xwasm::record]
#[derive(Copy, Eq)]
pub struct EventId(pub u64);

#[xwasm::record]
#[derive(Copy, Eq)]
pub enum ParticipantRole {
    Manufacturer,
    Distributor,
    Warehouse,
    Retailer,
}

/// `defect_tolerance` is in basis points of a batch.
#[xwasm::record]
pub struct ProductSpecifications {
    pub unit: String,
    pub storage: String,
    pub quality_standard: String,
    pub defect_tolerance: u16,
}

#[xwasm::record]
#[derive(Copy)]
pub enum ProductStatus {
    Active,
    Discontinued,
}

#[xwasm::record]
pub struct Product {
    pub id: ProductId,
    pub name: String,
    pub description: String,
    pub specifications: ProductSpecifications,
    pub manufacturer: ParticipantId,
    pub created_at: u64,
    pub updated_at: u64,
    pub status: ProductStatus,
}

/// What went into a batch; taken out of the manufacturer's own stock if it comes from a batch here.
#[xwasm::record]
pub struct Ingredient {
    pub name: String,
    pub quantity: u32,
    pub source: Option<BatchId>,
}

#[xwasm::record]
#[derive(Copy)]
pub enum BatchStatus {
    /// Somebody has some of it, and nothing is on its way.
    InStock,
    InTransit,
    /// All of it is consumed, damaged or missing.
    Spent,
}

/// Where its units are: the numbers after `quantity`, which is what was produced, and what the
/// participants hold always come to `quantity`.
#[xwasm::record]
pub struct Batch {
    pub id: BatchId,
    pub product_id: ProductId,
    pub manufacturer: ParticipantId,
    pub quantity: u32,
    pub in_stock: u32,
    pub in_transit: u32,
    pub damaged: u32,
    pub missing: u32,
    pub consumed: u32,
    pub production_date: u64,
    pub expiration_date: u64,
    pub ingredients: Vec<Ingredient>,
    pub created_at: u64,
    pub status: BatchStatus,
    pub last_shipment: Option<ShipmentId>,
}

#[xwasm::record]
#[derive(Copy)]
pub enum ShippingMethod {
    Road,
    Rail,
    Sea,
    Air,
}

#[xwasm::record]
#[derive(Copy)]
pub enum ShipmentStatus {
    InTransit,
    PartlyReceived,
    /// Of everything that was sent it is known what became of it.
    Completed,
}

/// The numbers after `quantity` say what became of it; the rest is on its way.
#[xwasm::record]
#[derive(Copy)]
pub struct Shipment {
    pub id: ShipmentId,
    pub batch_id: BatchId,
    pub product_id: ProductId,
    pub shipper: ParticipantId,
    pub destination: ParticipantId,
    pub quantity: u32,
    pub received: u32,
    pub damaged: u32,
    pub missing: u32,
    pub returned: u32,
    pub shipping_method: ShippingMethod,
    pub shipped_at: u64,
    pub estimated_arrival: u64,
    pub status: ShipmentStatus,
}

/// In what state units came to the receiver, or that they did not come at all.
#[xwasm::record]
#[derive(Copy)]
pub enum ProductCondition {
    Good,
    Damaged,
    Missing,
}

/// A participant's units of one product.
#[xwasm::record]
#[derive(Copy, Default)]
pub struct StockLevel {
    pub available: u32,
    /// Came damaged, or was written off.
    pub damaged: u32,
}

/// What a sample must show; follows from the product's specifications and the quantity.
#[xwasm::record]
#[derive(Copy)]
pub struct QualityMetrics {
    /// The square root of the quantity, rounded up.
    pub sample_size: u32,
    pub tolerated_defects: u32,
}

#[xwasm::record]
pub struct ProductionEvent {
    pub id: EventId,
    pub batch_id: BatchId,
    pub product_id: ProductId,
    pub quantity: u32,
    pub manufacturer: ParticipantId,
    pub timestamp: u64,
    pub location: String,
    pub equipment: String,
    pub quality_metrics: QualityMetrics,
}

/// What happened to units of a batch; `party` is whose stock it concerns.
#[xwasm::record]
#[derive(Copy)]
pub enum TraceKind {
    /// Into the party's stock.
    Produced,
    /// Out of the party's stock, onto the way.
    Shipped,
    /// From the way into the party's stock.
    Received,
    /// Damaged on the way.
    Damaged,
    /// Lost on the way.
    Missing,
    /// From the way back into the party's stock, which is the shipper's.
    Returned,
    /// Out of the party's stock, used up.
    Consumed,
    /// Out of the party's stock, spoiled.
    WrittenOff,
}

/// One entry of a batch's history. Who replays all of them from the first knows where every unit is.
#[xwasm::record]
#[derive(Copy)]
pub struct TraceEvent {
    pub id: EventId,
    pub batch_id: BatchId,
    pub kind: TraceKind,
    pub quantity: u32,
    pub party: ParticipantId,
    pub by: ParticipantId,
    pub shipment: Option<ShipmentId>,
    /// The batch that it was used for.
    pub used_for: Option<BatchId>,
    pub timestamp: u64,
    pub call: Hash,
    /// SHA-256 of the batch's entry before this one; zeros in the first.
    pub previous: Hash,
}
