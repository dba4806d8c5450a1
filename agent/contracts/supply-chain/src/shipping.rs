//! Shipments: units leave the shipper's stock, and what became of them is for the receiver to say.

use xwasm::prelude::*;

use crate::events::{BatchShipped, ReceiptConfirmed, ShipmentReturned};
use crate::production::validate_date;
use crate::receipts::{ReceiptConfirmation, ReturnReceipt, ShipmentReceipt};
use crate::records::*;
use crate::stock::Movement;
use crate::SupplyChain;

/// A year, in milliseconds.
const LONGEST: u64 = 365 * 24 * 3_600 * 1_000;
/// So long after its estimated arrival a shipment may be taken back: 30 days.
pub const PATIENCE: u64 = 30 * 24 * 3_600 * 1_000;

/// How a shipment travels.
pub(crate) struct Route {
    pub destination: ParticipantId,
    pub shipping_method: ShippingMethod,
    pub estimated_duration: u64,
}

impl Shipment {
    /// What is on its way.
    pub fn outstanding(&self) -> u32 {
        self.quantity - self.received - self.damaged - self.missing - self.returned
    }
}

impl SupplyChain {
    pub(crate) fn ship(
        &mut self,
        ctx: Context,
        batch_id: BatchId,
        quantity: u32,
        route: Route,
    ) -> Result<ShipmentReceipt> {
        let shipper = ctx.sender();
        self.active_participant(shipper)?;
        let mut batch = self.validate_batch_ownership(shipper, batch_id, quantity)?;
        validate_date(ctx, &batch)?;
        let Route { destination, shipping_method, estimated_duration } = route;
        self.validate_destination(ctx, shipper, destination)?;
        ensure_validation!(estimated_duration <= LONGEST, "a shipment takes at most 365 days");
        let shipment = self.create_shipment_record(ctx, &batch, quantity, route)?;
        let id = shipment.id;
        batch.last_shipment = Some(id);
        let sent = Movement {
            kind: TraceKind::Shipped,
            quantity,
            party: shipper,
            shipment: Some(id),
            used_for: None,
        };
        self.record(ctx, &mut batch, sent)?;
        BatchShipped { shipment_id: id, batch_id, quantity, shipper, destination }.emit();
        Ok(ShipmentReceipt {
            shipment_id: id,
            batch_id,
            quantity,
            shipper,
            destination,
            shipping_method,
            estimated_arrival: shipment.estimated_arrival,
        })
    }

    fn create_shipment_record(
        &mut self,
        ctx: Context,
        batch: &Batch,
        quantity: u32,
        route: Route,
    ) -> Result<Shipment> {
        let id = ShipmentId(self.counters.update(|counters| {
            counters.shipments += 1;
            counters.shipments
        }));
        let shipped_at = ctx.block_timestamp();
        let shipment = Shipment {
            id,
            batch_id: batch.id,
            product_id: batch.product_id,
            shipper: ctx.sender(),
            destination: route.destination,
            quantity,
            received: 0,
            damaged: 0,
            missing: 0,
            returned: 0,
            shipping_method: route.shipping_method,
            shipped_at,
            estimated_arrival: shipped_at.plus(route.estimated_duration)?,
            status: ShipmentStatus::InTransit,
        };
        self.shipments.set(&id, &shipment);
        Ok(shipment)
    }

    /// The shipment, whose receiver the sender must be.
    pub(crate) fn validate_receipt_permission(
        &self,
        sender: ParticipantId,
        id: ShipmentId,
    ) -> Result<Shipment> {
        let shipment = self.shipments.require(&id, "no such shipment")?;
        let receiver = shipment.destination == sender || cfg!(planted = "any-receiver");
        ensure_permission!(receiver, "only the shipment's receiver");
        Ok(shipment)
    }

    pub(crate) fn validate_shipment_status(&self, shipment: &Shipment) -> Result<()> {
        ensure_state!(
            shipment.status != ShipmentStatus::Completed,
            "nothing of the shipment is on its way"
        );
        Ok(())
    }

    pub(crate) fn receive(
        &mut self,
        ctx: Context,
        mut shipment: Shipment,
        quantity: u32,
        condition: ProductCondition,
    ) -> Result<ReceiptConfirmation> {
        ensure_validation!(quantity > 0, "the quantity is zero");
        ensure_validation!(
            quantity <= shipment.outstanding(),
            "more than is on its way"
        );
        let kind = match condition {
            ProductCondition::Good => {
                shipment.received += quantity;
                TraceKind::Received
            }
            ProductCondition::Damaged => {
                shipment.damaged += quantity;
                TraceKind::Damaged
            }
            ProductCondition::Missing => {
                shipment.missing += quantity;
                TraceKind::Missing
            }
        };
        let receiver = shipment.destination;
        self.arrive(ctx, &mut shipment, kind, quantity, receiver)?;
        let Shipment { id, batch_id, .. } = shipment;
        ReceiptConfirmed {
            shipment_id: id,
            batch_id,
            actual_quantity: quantity,
            condition,
            receiver,
        }
        .emit();
        Ok(ReceiptConfirmation {
            shipment_id: id,
            batch_id,
            actual_quantity: quantity,
            condition,
            received_at: ctx.block_timestamp(),
            receiver,
            outstanding: shipment.outstanding(),
        })
    }

    /// What is still on its way goes back into the shipper's stock.
    pub(crate) fn give_back(&mut self, ctx: Context, mut shipment: Shipment) -> Result<ReturnReceipt> {
        let returned = shipment.outstanding();
        shipment.returned += returned;
        let shipper = shipment.shipper;
        self.arrive(ctx, &mut shipment, TraceKind::Returned, returned, shipper)?;
        let Shipment { id, batch_id, .. } = shipment;
        let by = ctx.sender();
        ShipmentReturned { shipment_id: id, batch_id, quantity: returned, by }.emit();
        Ok(ReturnReceipt { shipment_id: id, batch_id, returned })
    }

    fn arrive(
        &mut self,
        ctx: Context,
        shipment: &mut Shipment,
        kind: TraceKind,
        quantity: u32,
        party: ParticipantId,
    ) -> Result<()> {
        shipment.status = match shipment.outstanding() {
            0 => ShipmentStatus::Completed,
            _ => ShipmentStatus::PartlyReceived,
        };
        self.shipments.set(&shipment.id, shipment);
        let mut batch = self.batches.require(&shipment.batch_id, "no such batch")?;
        let arrived =
            Movement { kind, quantity, party, shipment: Some(shipment.id), used_for: None };
        self.record(ctx, &mut batch, arrived)?;
        if shipment.status == ShipmentStatus::Completed {
            self.note_delivery(ctx, shipment)?;
        }
        Ok(())
    }
}
