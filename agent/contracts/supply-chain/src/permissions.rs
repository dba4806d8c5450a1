//! Who may do what.

use xwasm::prelude::*;

use crate::participants::Participant;
use crate::records::{ParticipantId, ParticipantRole, Product, ProductId, ProductStatus};
use crate::SupplyChain;

const LONGEST_TEXT: usize = 128;
/// Migrations walk the participants.
const MOST_PARTICIPANTS: u32 = 1_000;

/// A name or another short text, which must not be empty.
pub(crate) fn validate_text(text: &str) -> Result<()> {
    ensure_validation!(
        !text.is_empty() && text.len() <= LONGEST_TEXT,
        "a name, place or unit has 1 to 128 bytes"
    );
    Ok(())
}

impl SupplyChain {
    pub(crate) fn validate_participant(
        &self,
        id: ParticipantId,
        name: &str,
        location: &str,
        equipment: &str,
        roles: &[ParticipantRole],
    ) -> Result<()> {
        ensure_validation!(id != ParticipantId::ZERO, "the zero address cannot take part");
        ensure_state!(!self.participants.contains(&id), "the participant is registered already");
        ensure_resources!(
            self.participants.len() < MOST_PARTICIPANTS,
            "1000 participants are registered already"
        );
        validate_text(name)?;
        validate_text(location)?;
        ensure_validation!(equipment.len() <= LONGEST_TEXT, "equipment has at most 128 bytes");
        ensure_validation!(!roles.is_empty(), "a participant has at least one role");
        let twice = (1..roles.len()).any(|i| roles[..i].contains(&roles[i]));
        ensure_validation!(!twice, "a role is given twice");
        Ok(())
    }

    pub(crate) fn active_participant(&self, id: ParticipantId) -> Result<Participant> {
        let participant = self.participants.require(&id, "no such participant")?;
        ensure_permission!(participant.active, "the participant is not active");
        Ok(participant)
    }

    /// The participant, which must be a manufacturer.
    pub(crate) fn validate_registration_permission(
        &self,
        sender: ParticipantId,
    ) -> Result<Participant> {
        let participant = self.active_participant(sender)?;
        ensure_permission!(
            participant.roles.contains(&ParticipantRole::Manufacturer),
            "only a manufacturer"
        );
        Ok(participant)
    }

    pub(crate) fn validate_product_ownership(
        &self,
        sender: ParticipantId,
        id: ProductId,
    ) -> Result<Product> {
        let product = self.products.require(&id, "no such product")?;
        ensure_permission!(product.manufacturer == sender, "only the product's manufacturer");
        Ok(product)
    }

    /// The product, of which the sender may make more.
    pub(crate) fn validate_product_permission(
        &self,
        sender: ParticipantId,
        id: ProductId,
    ) -> Result<Product> {
        let product = self.validate_product_ownership(sender, id)?;
        ensure_state!(product.status == ProductStatus::Active, "the product is discontinued");
        Ok(product)
    }
}
