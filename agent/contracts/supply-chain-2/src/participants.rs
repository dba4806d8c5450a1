//! Who takes part, in which roles, how long certified, and how punctual. Version 1 knew neither
//! certificates nor punctuality; its shorter records become longer ones, and short again.

use xwasm::prelude::*;

use crate::events::{ParticipantChanged, ParticipantRegistered};
use crate::records::{ParticipantId, ParticipantRole, Shipment};
use crate::SupplyChain;

/// As version 1 stores it.
#[xwasm::record]
pub struct FormerParticipant {
    pub id: ParticipantId,
    pub name: String,
    pub location: String,
    pub equipment: String,
    pub roles: Vec<ParticipantRole>,
    pub active: bool,
    pub registered_at: u64,
}

#[xwasm::record]
pub struct Participant {
    pub id: ParticipantId,
    pub name: String,
    pub location: String,
    pub equipment: String,
    pub roles: Vec<ParticipantRole>,
    pub active: bool,
    pub registered_at: u64,
    /// After this moment nothing is sent there; null where no certificate is asked for.
    pub certified_until: Option<u64>,
    /// Shipments of this participant's of which everything is known, and those that were late.
    pub deliveries: u32,
    pub late_deliveries: u32,
}

impl From<FormerParticipant> for Participant {
    fn from(former: FormerParticipant) -> Participant {
        let FormerParticipant { id, name, location, equipment, roles, active, registered_at } =
            former;
        Participant {
            id,
            name,
            location,
            equipment,
            roles,
            active,
            registered_at,
            certified_until: None,
            deliveries: 0,
            late_deliveries: 0,
        }
    }
}

impl From<Participant> for FormerParticipant {
    fn from(participant: Participant) -> FormerParticipant {
        let Participant { id, name, location, equipment, roles, active, registered_at, .. } =
            participant;
        FormerParticipant { id, name, location, equipment, roles, active, registered_at }
    }
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
        let active = true;
        let participant =
            FormerParticipant { id, name, location, equipment, roles, active, registered_at };
        self.participants.set(&id, &participant.into());
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

    pub(crate) fn set_certificate(&mut self, id: ParticipantId, until: Option<u64>) -> Result<()> {
        self.participants.change(&id, "no such participant", |participant| {
            participant.certified_until = until;
            Ok(())
        })
    }

    pub(crate) fn validate_destination(
        &self,
        ctx: Context,
        sender: ParticipantId,
        destination: ParticipantId,
    ) -> Result<()> {
        ensure_validation!(destination != sender, "a shipment goes to somebody else");
        let participant = self.active_participant(destination)?;
        ensure_in_time!(
            participant.certified_until.map_or(true, |until| ctx.block_timestamp() < until),
            "the destination's certificate has run out"
        );
        Ok(())
    }

    /// A shipment of which it is known now what became of all of it.
    pub(crate) fn note_delivery(&mut self, ctx: Context, shipment: &Shipment) -> Result<()> {
        self.participants.change(&shipment.shipper, "no such participant", |shipper| {
            shipper.deliveries = shipper.deliveries.saturating_add(1);
            if ctx.block_timestamp() > shipment.estimated_arrival {
                shipper.late_deliveries = shipper.late_deliveries.saturating_add(1);
            }
            Ok(())
        })
    }

    /// One step for each participant, of which there are at most 1000.
    pub(crate) fn lengthen_participants(&mut self) {
        let former = IndexedMap::<ParticipantId, FormerParticipant>::new("participants");
        for (id, participant) in former.iter() {
            self.participants.set(&id, &participant.into());
        }
    }

    pub(crate) fn shorten_participants(&mut self) {
        let mut former = IndexedMap::<ParticipantId, FormerParticipant>::new("participants");
        for (id, participant) in self.participants.iter() {
            former.set(&id, &participant.into());
        }
    }
}
