//! Who takes part, in which roles; the part of the chain that its versions store differently.

use xwasm::prelude::*;

use crate::events::{ParticipantChanged, ParticipantRegistered};
use crate::records::{ParticipantId, ParticipantRole, Shipment};
use crate::SupplyChain;

#[xwasm::record]
pub struct Participant {
    pub id: ParticipantId,
    pub name: String,
    pub location: String,
    pub equipment: String,
    pub roles: Vec<ParticipantRole>,
    pub active: bool,
    pub registered_at: u64,
}

impl SupplyChain {
    pub(crate) fn add_participant(
        &mut self,
        ctx: Context,
        id: ParticipantId,
        name: String,
        location: String,
        equipment: String,
        roles: Vec<ParticipantRole>,
    ) -> Result<()> {
        self.validate_participant(id, &name, &location, &equipment, &roles)?;
        ParticipantRegistered { participant: id, name: name.clone(), roles: roles.clone() }.emit();
        let registered_at = ctx.block_timestamp();
        let participant =
            Participant { id, name, location, equipment, roles, active: true, registered_at };
        self.participants.set(&id, &participant);
        Ok(())
    }

    pub(crate) fn change_participant(&mut self, id: ParticipantId, active: bool) -> Result<()> {
        self.participants.change(&id, "no such participant", |participant| {
            participant.active = active;
            Ok(())
        })?;
        ParticipantChanged { participant: id, active }.emit();
        Ok(())
    }

    pub(crate) fn validate_destination(
        &self,
        _: Context,
        sender: ParticipantId,
        destination: ParticipantId,
    ) -> Result<()> {
        ensure_validation!(destination != sender, "a shipment goes to somebody else");
        self.active_participant(destination).map(|_| ())
    }

    /// A shipment of which it is known now what became of all of it.
    pub(crate) fn note_delivery(&mut self, _: Context, _: &Shipment) -> Result<()> {
        Ok(())
    }
}
