/**
 * Membership of the control plane and its event bus, over Hazelcast.
 *
 * <p>What lies in it may be lost; nothing that must be right is decided with it. Today there is one
 * member, on loopback. Multicast, Jet, REST, memcache and phone-home are off, and a frozen member
 * is noticed after six seconds. Read {@link io.xwasm.controlplane.cluster.HazelcastVertx} first.
 */
@NullMarked
package io.xwasm.controlplane.cluster;

import org.jspecify.annotations.NullMarked;
