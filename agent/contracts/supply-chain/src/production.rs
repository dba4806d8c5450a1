//! Products and batches.

use xwasm::math;
use xwasm::prelude::*;

use crate::events::{BatchCreated, ProductRegistered, UnitsConsumed, UnitsWrittenOff};
use crate::participants::Participant;
use crate::permissions::validate_text;
use crate::receipts::BatchCreationReceipt;
use crate::records::*;
use crate::stock::Movement;
use crate::SupplyChain;

const LONGEST_DESCRIPTION: usize = 1_024;
const MOST_INGREDIENTS: usize = 16;
const WHOLE: u16 = 10_000;

/// What a new batch is made of.
pub(crate) struct Recipe {
    pub quantity: u32,
    pub production_date: u64,
    pub expiration_date: u64,
    pub ingredients: Vec<Ingredient>,
}

impl SupplyChain {
    pub(crate) fn create_product_record(
        &mut self,
        ctx: Context,
        name: String,
        description: String,
        specifications: ProductSpecifications,
    ) -> Result<Product> {
        validate_text(&name)?;
        ensure_validation!(
            description.len() <= LONGEST_DESCRIPTION,
            "a description has at most 1024 bytes"
        );
        validate_text(&specifications.unit)?;
        ensure_validation!(
            specifications.storage.len() <= LONGEST_DESCRIPTION
                && specifications.quality_standard.len() <= LONGEST_DESCRIPTION,
            "a description has at most 1024 bytes"
        );
        ensure_validation!(
            specifications.defect_tolerance <= WHOLE,
            "a tolerance is at most 10000 basis points"
        );
        let id = ProductId(self.counters.update(|counters| {
            counters.products += 1;
            counters.products
        }));
        let manufacturer = ctx.sender();
        let now = ctx.block_timestamp();
        let product = Product {
            id,
            name,
            description,
            specifications,
            manufacturer,
            created_at: now,
            updated_at: now,
            status: ProductStatus::Active,
        };
        self.products.set(&id, &product);
        ProductRegistered { product_id: id, name: product.name.clone(), manufacturer }.emit();
        Ok(product)
    }

    pub(crate) fn create_batch_record(
        &mut self,
        ctx: Context,
        product: &Product,
        maker: &Participant,
        recipe: Recipe,
    ) -> Result<BatchCreationReceipt> {
        self.validate_recipe(ctx, &recipe)?;
        let Recipe { quantity, production_date, expiration_date, ingredients } = recipe;
        let id = BatchId(self.counters.update(|counters| {
            counters.batches += 1;
            counters.batches
        }));
        for ingredient in ingredients.iter() {
            if let Some(source) = ingredient.source {
                self.consume_units(ctx, source, ingredient.quantity, Some(id))?;
            }
        }
        let manufacturer = ctx.sender();
        let mut batch = Batch {
            id,
            product_id: product.id,
            manufacturer,
            quantity,
            in_stock: 0,
            in_transit: 0,
            damaged: 0,
            missing: 0,
            consumed: 0,
            production_date,
            expiration_date,
            ingredients,
            created_at: ctx.block_timestamp(),
            status: BatchStatus::InStock,
            last_shipment: None,
        };
        let made = Movement {
            kind: TraceKind::Produced,
            quantity,
            party: manufacturer,
            shipment: None,
            used_for: None,
        };
        let event = self.record(ctx, &mut batch, made)?;
        self.record_production_event(ctx, event, product, maker, &batch)?;
        let product_id = product.id;
        BatchCreated { batch_id: id, product_id, quantity, manufacturer }.emit();
        Ok(BatchCreationReceipt { batch_id: id, product_id, quantity, production_date, manufacturer })
    }

    fn validate_recipe(&self, ctx: Context, recipe: &Recipe) -> Result<()> {
        ensure_validation!(recipe.quantity > 0, "the quantity is zero");
        ensure_validation!(
            recipe.production_date <= ctx.block_timestamp(),
            "the production date is in the future"
        );
        ensure_validation!(
            recipe.expiration_date > ctx.block_timestamp(),
            "the batch would be over its date already"
        );
        ensure_validation!(
            recipe.ingredients.len() <= MOST_INGREDIENTS,
            "a batch has at most 16 ingredients"
        );
        recipe.ingredients.iter().try_for_each(|i| validate_text(&i.name))
    }

    fn record_production_event(
        &mut self,
        ctx: Context,
        id: EventId,
        product: &Product,
        maker: &Participant,
        batch: &Batch,
    ) -> Result<()> {
        let event = ProductionEvent {
            id,
            batch_id: batch.id,
            product_id: product.id,
            quantity: batch.quantity,
            manufacturer: maker.id,
            timestamp: ctx.block_timestamp(),
            location: maker.location.clone(),
            equipment: maker.equipment.clone(),
            quality_metrics: quality_metrics(product, batch.quantity)?,
        };
        self.production_events.set(&batch.id, &event);
        Ok(())
    }

    pub(crate) fn consume_units(
        &mut self,
        ctx: Context,
        id: BatchId,
        quantity: u32,
        used_for: Option<BatchId>,
    ) -> Result<()> {
        let mut batch = self.validate_batch_ownership(ctx.sender(), id, quantity)?;
        validate_date(ctx, &batch)?;
        let party = ctx.sender();
        let used =
            Movement { kind: TraceKind::Consumed, quantity, party, shipment: None, used_for };
        self.record(ctx, &mut batch, used)?;
        UnitsConsumed { batch_id: id, quantity, by: party, used_for }.emit();
        Ok(())
    }

    pub(crate) fn write_units_off(
        &mut self,
        ctx: Context,
        id: BatchId,
        quantity: u32,
    ) -> Result<()> {
        let mut batch = self.validate_batch_ownership(ctx.sender(), id, quantity)?;
        let party = ctx.sender();
        let spoiled = Movement {
            kind: TraceKind::WrittenOff,
            quantity,
            party,
            shipment: None,
            used_for: None,
        };
        self.record(ctx, &mut batch, spoiled)?;
        UnitsWrittenOff { batch_id: id, quantity, by: party }.emit();
        Ok(())
    }
}

pub(crate) fn validate_date(ctx: Context, batch: &Batch) -> Result<()> {
    ensure_in_time!(ctx.block_timestamp() < batch.expiration_date, "the batch is over its date");
    Ok(())
}

fn quality_metrics(product: &Product, quantity: u32) -> Result<QualityMetrics> {
    // The root of a u32 fits easily.
    let root = math::sqrt_of_product(quantity.into(), 1) as u32;
    let sample_size = if root * root < quantity { root + 1 } else { root };
    let tolerance = u32::from(product.specifications.defect_tolerance);
    let tolerated_defects = quantity.mul_div(tolerance, WHOLE.into())?;
    Ok(QualityMetrics { sample_size, tolerated_defects })
}
