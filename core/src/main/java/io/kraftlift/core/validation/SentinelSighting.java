package io.kraftlift.core.validation;

import io.kraftlift.core.topics.PartitionId;
import java.util.Optional;

/** A partition's sentinel, looked for where it should be. */
public sealed interface SentinelSighting permits RecordSighting, MarkerSighting {
    PartitionId partition();

    /** What speaks against it; empty when everything is where it should be. */
    Optional<Objection> objection();

    /**
     * Why a sentinel does not count as found.
     *
     * @param outcome {@link Outcome#WARNING} when it could not be looked at again and nothing else is wrong, else
     *     {@link Outcome#FAILED}
     */
    record Objection(Outcome outcome, String reason) {}
}
