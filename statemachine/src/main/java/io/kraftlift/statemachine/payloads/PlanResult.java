package io.kraftlift.statemachine.payloads;

import io.kraftlift.core.stores.ObjectReference;
import java.util.List;

/**
 * What the plan came to.
 *
 * @param lanes the lanes' numbers, for the Map states
 * @param estimatedBytes bytes on the source's disks
 */
public record PlanResult(ObjectReference plan, List<Integer> lanes, int topics, int partitions, long estimatedBytes) {}
