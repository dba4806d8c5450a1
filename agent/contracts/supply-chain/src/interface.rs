//! The methods that all versions have.

use xwasm::prelude::*;

use crate::events::*;
use crate::production::Recipe;
use crate::receipts::*;
use crate::records::*;
use crate::shipping::{Route, PATIENCE};
use crate::{Counters, Participant, SupplyChain};

/// How many entries one query answers at most.
const PAGE: u32 = 100;

#[xwasm::interface(part)]
impl SupplyChain {
    pub fn init(&mut self, owner: Address) -> Result<()> {
        ensure_state!(!self.owner.exists(), "the chain is set up already");
        self.owner.set(&owner);
        Ok(())
    }

    #[only_owner]
    pub fn register_participant(
        &mut self,
        ctx: Context,
        participant: ParticipantId,
        name: String,
        location: String,
        equipment: String,
        roles: Vec<ParticipantRole>,
    ) -> Result<()> {
        self.add_participant(ctx, participant, name, location, equipment, roles)
    }

    /// Whoever is not active neither makes nor sends anything, and nothing is sent there; what is on
    /// its way can still be confirmed.
    #[only_owner]
    pub fn set_participant_active(
        &mut self,
        participant: ParticipantId,
        active: bool,
    ) -> Result<()> {
        self.change_participant(participant, active)
    }

    pub fn register_product(
        &mut self,
        ctx: Context,
        name: String,
        description: String,
        specifications: ProductSpecifications,
    ) -> Result<ProductRegistrationReceipt> {
        self.validate_registration_permission(ctx.sender())?;
        let product = self.create_product_record(ctx, name, description, specifications)?;
        let Product { id, name, manufacturer, created_at, .. } = product;
        Ok(ProductRegistrationReceipt { product_id: id, name, manufacturer, created_at })
    }

    /// No more batches are made of what is discontinued.
    pub fn set_product_status(
        &mut self,
        ctx: Context,
        product_id: ProductId,
        status: ProductStatus,
    ) -> Result<()> {
        let mut product = self.validate_product_ownership(ctx.sender(), product_id)?;
        product.status = status;
        product.updated_at = ctx.block_timestamp();
        self.products.set(&product_id, &product);
        ProductChanged { product_id, status }.emit();
        Ok(())
    }

    /// Ingredients with a source are taken out of the manufacturer's stock.
    pub fn create_batch(
        &mut self,
        ctx: Context,
        product_id: ProductId,
        quantity: u32,
        production_date: u64,
        expiration_date: u64,
        ingredients: Vec<Ingredient>,
    ) -> Result<BatchCreationReceipt> {
        let maker = self.validate_registration_permission(ctx.sender())?;
        let product = self.validate_product_permission(ctx.sender(), product_id)?;
        let recipe = Recipe { quantity, production_date, expiration_date, ingredients };
        self.create_batch_record(ctx, &product, &maker, recipe)
    }

    /// Sends all units of the batch that the sender has.
    pub fn ship_batch(
        &mut self,
        ctx: Context,
        batch_id: BatchId,
        destination: ParticipantId,
        shipping_method: ShippingMethod,
        estimated_duration: u64,
    ) -> Result<ShipmentReceipt> {
        let all = self.held(ctx.sender(), batch_id);
        self.ship(ctx, batch_id, all, Route { destination, shipping_method, estimated_duration })
    }

    /// Sends a part of them.
    pub fn ship_quantity(
        &mut self,
        ctx: Context,
        batch_id: BatchId,
        quantity: u32,
        destination: ParticipantId,
        shipping_method: ShippingMethod,
        estimated_duration: u64,
    ) -> Result<ShipmentReceipt> {
        let route = Route { destination, shipping_method, estimated_duration };
        self.ship(ctx, batch_id, quantity, route)
    }

    /// The receiver says that so many units came in this condition, or did not come. What came in
    /// good state is the receiver's now. May be said of a part, and again of the rest.
    pub fn confirm_receipt(
        &mut self,
        ctx: Context,
        shipment_id: ShipmentId,
        actual_quantity: u32,
        condition: ProductCondition,
    ) -> Result<ReceiptConfirmation> {
        let shipment = self.validate_receipt_permission(ctx.sender(), shipment_id)?;
        self.validate_shipment_status(&shipment)?;
        self.receive(ctx, shipment, actual_quantity, condition)
    }

    /// The receiver sends the rest back.
    pub fn return_shipment(&mut self, ctx: Context, shipment_id: ShipmentId) -> Result<ReturnReceipt> {
        let shipment = self.validate_receipt_permission(ctx.sender(), shipment_id)?;
        self.validate_shipment_status(&shipment)?;
        self.give_back(ctx, shipment)
    }

    /// The shipper takes the rest back when the receiver has been silent for 30 days.
    pub fn recall_shipment(&mut self, ctx: Context, shipment_id: ShipmentId) -> Result<ReturnReceipt> {
        let shipment = self.shipments.require(&shipment_id, "no such shipment")?;
        ensure_permission!(shipment.shipper == ctx.sender(), "only the shipment's shipper");
        self.validate_shipment_status(&shipment)?;
        ensure_in_time!(
            ctx.block_timestamp() >= shipment.estimated_arrival.plus(PATIENCE)?,
            "the shipment is not overdue by 30 days"
        );
        self.give_back(ctx, shipment)
    }

    /// Uses units up: sold to a consumer, or worked into something that is no batch.
    pub fn consume(&mut self, ctx: Context, batch_id: BatchId, quantity: u32) -> Result<()> {
        self.consume_units(ctx, batch_id, quantity, None)
    }

    /// Units of the sender's stock are spoiled.
    pub fn write_off(&mut self, ctx: Context, batch_id: BatchId, quantity: u32) -> Result<()> {
        self.write_units_off(ctx, batch_id, quantity)
    }

    pub fn counters(&self) -> Counters {
        self.counters.get_or_default()
    }

    pub fn participant(&self, participant: ParticipantId) -> Option<Participant> {
        self.participants.get(&participant)
    }

    pub fn participants(&self, from: u32, count: u32) -> Vec<Participant> {
        let page = self.participants.page(from, count.min(PAGE));
        page.into_iter().map(|(_, participant)| participant).collect()
    }

    pub fn product(&self, product_id: ProductId) -> Option<Product> {
        self.products.get(&product_id)
    }

    pub fn batch(&self, batch_id: BatchId) -> Option<Batch> {
        self.batches.get(&batch_id)
    }

    pub fn shipment(&self, shipment_id: ShipmentId) -> Option<Shipment> {
        self.shipments.get(&shipment_id)
    }

    /// How and where a batch was made.
    pub fn production_event(&self, batch_id: BatchId) -> Option<ProductionEvent> {
        self.production_events.get(&batch_id)
    }

    pub fn trace_length(&self, batch_id: BatchId) -> u32 {
        self.history_lengths.get_or(&batch_id, 0)
    }

    /// What happened to a batch, in order; what it was made of is in the batch, so units are followed
    /// in both directions. Not called `history`, because a proxy answers that with its own.
    pub fn trace(&self, batch_id: BatchId, from: u32, count: u32) -> Vec<TraceEvent> {
        let end = self.trace_length(batch_id).min(from.saturating_add(count.min(PAGE)));
        (from..end).filter_map(|place| self.history.get(&(batch_id, place))).collect()
    }

    pub fn holding(&self, participant: ParticipantId, batch_id: BatchId) -> u32 {
        self.held(participant, batch_id)
    }

    /// The batches of which a participant ever had something, with what there is now.
    pub fn inventory(&self, participant: ParticipantId, from: u32, count: u32) -> Vec<Holding> {
        let known = self.holding_counts.get_or(&participant, 0);
        (from..known.min(from.saturating_add(count.min(PAGE))))
            .filter_map(|place| self.held_batches.get(&(participant, place)))
            .map(|batch_id| Holding { batch_id, quantity: self.held(participant, batch_id) })
            .collect()
    }

    pub fn stock(&self, participant: ParticipantId, product_id: ProductId) -> StockLevel {
        self.stock.get_or_default(&(participant, product_id))
    }
}
