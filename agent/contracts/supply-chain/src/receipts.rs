//! What calls answer.

use xwasm::prelude::*;

use crate::records::*;

#[xwasm::record]
pub struct ProductRegistrationReceipt {
    pub product_id: ProductId,
    pub name: String,
    pub manufacturer: ParticipantId,
    pub created_at: u64,
}

#[xwasm::record]
#[derive(Copy)]
pub struct BatchCreationReceipt {
    pub batch_id: BatchId,
    pub product_id: ProductId,
    pub quantity: u32,
    pub production_date: u64,
    pub manufacturer: ParticipantId,
}

#[xwasm::record]
#[derive(Copy)]
pub struct ShipmentReceipt {
    pub shipment_id: ShipmentId,
    pub batch_id: BatchId,
    pub quantity: u32,
    pub shipper: ParticipantId,
    pub destination: ParticipantId,
    pub shipping_method: ShippingMethod,
    pub estimated_arrival: u64,
}

#[xwasm::record]
#[derive(Copy)]
pub struct ReceiptConfirmation {
    pub shipment_id: ShipmentId,
    pub batch_id: BatchId,
    pub actual_quantity: u32,
    pub condition: ProductCondition,
    pub received_at: u64,
    pub receiver: ParticipantId,
    /// What is still on its way.
    pub outstanding: u32,
}

#[xwasm::record]
#[derive(Copy)]
pub struct ReturnReceipt {
    pub shipment_id: ShipmentId,
    pub batch_id: BatchId,
    pub returned: u32,
}

/// A participant's units of a batch.
#[xwasm::record]
#[derive(Copy)]
pub struct Holding {
    pub batch_id: BatchId,
    pub quantity: u32,
}
