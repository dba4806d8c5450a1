package io.xwasm.controlplane.takeover;

/** How many acknowledged calls a change of primary lost (protocol rule 29). */
final class Lost {
    private Lost() {}

    /**
     * A member of the in-sync set holds every committed block (rule 7), so a promoted one loses
     * none; the heights are the evidence.
     *
     * @param committedBefore newest block known to be committed under the old primary
     * @param heldAfter newest block that the new primary began with
     * @return 0, or −1 when blocks are missing and nobody can tell how many calls they held
     */
    static long calls(long committedBefore, long heldAfter) {
        return heldAfter >= committedBefore ? 0 : -1;
    }
}
