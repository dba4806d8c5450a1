//! Where the units of a batch are. Every change is one entry of the history and one change of the
//! batch's numbers and of the party's stock, made here and nowhere else.

use xwasm::prelude::*;

use crate::records::*;
use crate::SupplyChain;

/// Something that happens to units of a batch.
pub(crate) struct Movement {
    pub kind: TraceKind,
    pub quantity: u32,
    pub party: ParticipantId,
    pub shipment: Option<ShipmentId>,
    pub used_for: Option<BatchId>,
}

impl SupplyChain {
    /// Moves units and writes it down; the batch is stored.
    pub(crate) fn record(
        &mut self,
        ctx: Context,
        batch: &mut Batch,
        movement: Movement,
    ) -> Result<EventId> {
        let Movement { kind, quantity, party, .. } = movement;
        match kind {
            TraceKind::Produced => batch.in_stock = batch.in_stock.plus(quantity)?,
            TraceKind::Shipped => {
                batch.in_stock = batch.in_stock.minus(quantity)?;
                batch.in_transit = batch.in_transit.plus(quantity)?;
            }
            TraceKind::Received | TraceKind::Returned => {
                batch.in_transit = batch.in_transit.minus(quantity)?;
                batch.in_stock = batch.in_stock.plus(quantity)?;
            }
            TraceKind::Damaged => {
                batch.in_transit = batch.in_transit.minus(quantity)?;
                if cfg!(not(planted = "uncounted-damage")) {
                    batch.damaged = batch.damaged.plus(quantity)?;
                }
            }
            TraceKind::Missing => {
                batch.in_transit = batch.in_transit.minus(quantity)?;
                batch.missing = batch.missing.plus(quantity)?;
            }
            TraceKind::Consumed => {
                batch.in_stock = batch.in_stock.minus(quantity)?;
                batch.consumed = batch.consumed.plus(quantity)?;
            }
            TraceKind::WrittenOff => {
                batch.in_stock = batch.in_stock.minus(quantity)?;
                batch.damaged = batch.damaged.plus(quantity)?;
            }
        }
        batch.status = match (batch.in_stock, batch.in_transit) {
            (0, 0) => BatchStatus::Spent,
            (_, 0) => BatchStatus::InStock,
            _ => BatchStatus::InTransit,
        };
        self.batches.set(&batch.id, batch);
        self.update_inventory(batch.product_id, batch.id, kind, quantity, party)?;
        Ok(self.write_down(ctx, batch.id, movement))
    }

    /// The party's stock, by batch and by product.
    fn update_inventory(
        &mut self,
        product: ProductId,
        batch: BatchId,
        kind: TraceKind,
        quantity: u32,
        party: ParticipantId,
    ) -> Result<()> {
        let held = self.held(party, batch);
        let mut level = self.stock.get_or_default(&(party, product));
        let after = match kind {
            TraceKind::Received if cfg!(planted = "unmoved-ownership") => held,
            TraceKind::Produced | TraceKind::Received | TraceKind::Returned => {
                level.available = level.available.plus(quantity)?;
                held.plus(quantity)?
            }
            TraceKind::Shipped | TraceKind::Consumed => {
                level.available = level.available.minus(quantity)?;
                held.minus(quantity)?
            }
            TraceKind::WrittenOff => {
                level.available = level.available.minus(quantity)?;
                level.damaged = level.damaged.plus(quantity)?;
                held.minus(quantity)?
            }
            TraceKind::Damaged => {
                level.damaged = level.damaged.plus(quantity)?;
                held
            }
            TraceKind::Missing => return Ok(()),
        };
        self.stock.set(&(party, product), &level);
        if after != held {
            self.hold(party, batch, after);
        }
        Ok(())
    }

    pub(crate) fn held(&self, party: ParticipantId, batch: BatchId) -> u32 {
        self.holdings.get(&(party, batch)).unwrap_or(0)
    }

    fn hold(&mut self, party: ParticipantId, batch: BatchId, quantity: u32) {
        if !self.holdings.contains(&(party, batch)) {
            let place = self.holding_counts.update(&party, |count| {
                *count += 1;
                *count - 1
            });
            self.held_batches.set(&(party, place), &batch);
        }
        self.holdings.set(&(party, batch), &quantity);
    }

    /// The sender's units of a batch, of which there must be so many.
    pub(crate) fn validate_batch_ownership(
        &self,
        sender: ParticipantId,
        id: BatchId,
        quantity: u32,
    ) -> Result<Batch> {
        let batch = self.batches.require(&id, "no such batch")?;
        let held = self.held(sender, id);
        ensure_permission!(held > 0, "the sender has nothing of this batch");
        ensure_validation!(quantity > 0, "the quantity is zero");
        ensure_resources!(held >= quantity, "the sender has less of this batch");
        Ok(batch)
    }

    fn write_down(&mut self, ctx: Context, batch_id: BatchId, movement: Movement) -> EventId {
        let id = EventId(self.counters.update(|counters| {
            counters.events += 1;
            counters.events
        }));
        let Movement { kind, quantity, party, shipment, used_for } = movement;
        if cfg!(planted = "silent-consumption") && kind == TraceKind::Consumed {
            return id;
        }
        let rewrites = cfg!(planted = "rewritten-history") && kind == TraceKind::Damaged;
        let place = self.history_lengths.get_or(&batch_id, 0) - rewrites as u32;
        let previous = match place.checked_sub(1) {
            Some(last) => self
                .history
                .get(&(batch_id, last))
                .map_or(Hash::ZERO, |entry| ctx.hash_of(&entry)),
            None => Hash::ZERO,
        };
        let entry = TraceEvent {
            id,
            batch_id,
            kind,
            quantity,
            party,
            by: ctx.sender(),
            shipment,
            used_for,
            timestamp: ctx.block_timestamp(),
            call: ctx.tx_hash(),
            previous,
        };
        self.history.set(&(batch_id, place), &entry);
        self.history_lengths.set(&batch_id, &(place + 1));
        id
    }
}
