//! What the chain announces.

use xwasm::prelude::*;

use crate::records::*;

#[xwasm::event]
pub struct ParticipantRegistered {
    pub participant: ParticipantId,
    pub name: String,
    pub roles: Vec<ParticipantRole>,
}

#[xwasm::event]
pub struct ParticipantChanged {
    pub participant: ParticipantId,
    pub active: bool,
}

#[xwasm::event]
pub struct ProductRegistered {
    pub product_id: ProductId,
    pub name: String,
    pub manufacturer: ParticipantId,
}

#[xwasm::event]
pub struct ProductChanged {
    pub product_id: ProductId,
    pub status: ProductStatus,
}

#[xwasm::event]
pub struct BatchCreated {
    pub batch_id: BatchId,
    pub product_id: ProductId,
    pub quantity: u32,
    pub manufacturer: ParticipantId,
}

#[xwasm::event]
pub struct BatchShipped {
    pub shipment_id: ShipmentId,
    pub batch_id: BatchId,
    pub quantity: u32,
    pub shipper: ParticipantId,
    pub destination: ParticipantId,
}

#[xwasm::event]
pub struct ReceiptConfirmed {
    pub shipment_id: ShipmentId,
    pub batch_id: BatchId,
    pub actual_quantity: u32,
    pub condition: ProductCondition,
    pub receiver: ParticipantId,
}

#[xwasm::event]
pub struct ShipmentReturned {
    pub shipment_id: ShipmentId,
    pub batch_id: BatchId,
    pub quantity: u32,
    pub by: ParticipantId,
}

#[xwasm::event]
pub struct UnitsConsumed {
    pub batch_id: BatchId,
    pub quantity: u32,
    pub by: ParticipantId,
    pub used_for: Option<BatchId>,
}

#[xwasm::event]
pub struct UnitsWrittenOff {
    pub batch_id: BatchId,
    pub quantity: u32,
    pub by: ParticipantId,
}
