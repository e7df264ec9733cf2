package io.kraftlift.cdk.functions;

import static io.kraftlift.cdk.permissions.ClusterUse.COMMIT_OFFSETS;
import static io.kraftlift.cdk.permissions.ClusterUse.CONFIGURE_TOPICS;
import static io.kraftlift.cdk.permissions.ClusterUse.DELETE_TOPICS;
import static io.kraftlift.cdk.permissions.ClusterUse.DESCRIBE;
import static io.kraftlift.cdk.permissions.ClusterUse.MAKE_TOPOLOGY;
import static io.kraftlift.cdk.permissions.ClusterUse.READ_RECORDS;
import static io.kraftlift.cdk.permissions.ClusterUse.WRITE_MARKERS;
import static io.kraftlift.cdk.permissions.ClusterUse.WRITE_RECORDS;
import static io.kraftlift.cdk.permissions.StorePart.BUNDLES;
import static io.kraftlift.cdk.permissions.StorePart.CONTROL;
import static io.kraftlift.cdk.permissions.StorePart.DECISIONS;
import static io.kraftlift.cdk.permissions.StorePart.HISTORIES;
import static io.kraftlift.cdk.permissions.StorePart.LANE_LEASES;
import static io.kraftlift.cdk.permissions.StorePart.LEASE;
import static io.kraftlift.cdk.permissions.StorePart.PLAN;
import static io.kraftlift.cdk.permissions.StorePart.PROBE;
import static io.kraftlift.cdk.permissions.StorePart.ROLLBACK;
import static io.kraftlift.cdk.permissions.StorePart.SEGMENTS;
import static io.kraftlift.cdk.permissions.StorePart.TOKENS;

import io.kraftlift.cdk.permissions.ClusterUse;
import io.kraftlift.cdk.permissions.StorePart;
import io.kraftlift.statemachine.FunctionName;
import java.util.Set;

/**
 * What one function needs.
 *
 * @param seconds of its timeout, at least that of the states that call it
 * @param place where it runs
 * @param source what it does with the source
 * @param target what it does with the target
 * @param reads the parts of the backup store that it reads besides what every function does
 * @param writes the parts of the backup store that it writes besides results and journal
 * @param evidence the parts of the evidence store that it writes
 */
record FunctionProfile(
        Memory memory,
        int seconds,
        Place place,
        Set<ClusterUse> source,
        Set<ClusterUse> target,
        Set<StorePart> reads,
        Set<StorePart> writes,
        Set<StorePart> evidence) {
    /** Where a function runs. */
    enum Place {
        /** It talks to AWS only, so it needs no address in the VPC and does not wait for one. */
        OUTSIDE,
        /** It talks to brokers, or to the freeze webhook, which may be an address that only the VPC knows. */
        IN_VPC
    }

    /** The longest that Lambda gives; a freeze that is longer is cut off here, and its producers are let go on. */
    private static final int LONGEST = 900;

    static FunctionProfile of(FunctionName function) {
        return switch (function) {
            case CLAIM_RUN -> storeOnly(60, Set.of(LEASE));
            // Proves by the lanes' logs that what it deletes is the migration's own.
            case CLEAR_TARGET ->
                brokers(Memory.LARGE, LONGEST, Set.of(), Set.of(DESCRIBE, READ_RECORDS, DELETE_TOPICS))
                        .reading(SEGMENTS, LANE_LEASES)
                        .writing(CONTROL, LEASE);
            case PLAN ->
                brokers(Memory.MEDIUM, 600, Set.of(DESCRIBE), Set.of(DESCRIBE)).writing(PLAN);
            case PRECHECK ->
                brokers(Memory.MEDIUM, 600, Set.of(DESCRIBE), Set.of(DESCRIBE)).storing(PROBE);
            case COPY_TOPOLOGY ->
                brokers(Memory.MEDIUM, LONGEST, Set.of(DESCRIBE), Set.of(DESCRIBE, MAKE_TOPOLOGY, CONFIGURE_TOPICS));
            // Takes in what came to the source: extends the plan, and makes topics as CopyTopology made the others.
            case DRAIN_STATUS ->
                brokers(Memory.MEDIUM, LONGEST, Set.of(DESCRIBE), Set.of(DESCRIBE, MAKE_TOPOLOGY, CONFIGURE_TOPICS))
                        .writing(PLAN);
            case OPEN_GATE -> storeOnly(60, Set.of(TOKENS));
            case REHEARSE ->
                brokers(Memory.WHOLE_PROCESSOR, 300, Set.of(DESCRIBE, WRITE_RECORDS, WRITE_MARKERS), Set.of(DESCRIBE));
            case FREEZE_PRODUCERS -> brokers(Memory.WHOLE_PROCESSOR, LONGEST, Set.of(DESCRIBE), Set.of());
            case PUBLISH_SENTINELS ->
                brokers(Memory.WHOLE_PROCESSOR, LONGEST, Set.of(DESCRIBE, WRITE_RECORDS, WRITE_MARKERS), Set.of())
                        .writing(CONTROL);
            case AWAIT_DRAINED ->
                new FunctionProfile(
                        Memory.WHOLE_PROCESSOR,
                        LONGEST,
                        Place.OUTSIDE,
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of());
            case TRANSLATE_OFFSETS ->
                brokers(Memory.WHOLE_PROCESSOR, LONGEST, Set.of(DESCRIBE), Set.of(DESCRIBE, COMMIT_OFFSETS));
            case VERIFY_OFFSET_FLOOR ->
                brokers(Memory.WHOLE_PROCESSOR, LONGEST, Set.of(DESCRIBE), Set.of(DESCRIBE, CONFIGURE_TOPICS))
                        .writing(CONTROL);
            case RESYNC_GROUPS -> brokers(Memory.MEDIUM, 600, Set.of(DESCRIBE), Set.of(DESCRIBE, COMMIT_OFFSETS));
            case RECORD_DECISION -> storeOnly(60, Set.of(DECISIONS));
            case UNFREEZE, RELEASE_OVERDUE ->
                brokers(Memory.WHOLE_PROCESSOR, 120, Set.of(), Set.of()).writing(CONTROL);
            case ROLLBACK ->
                brokers(Memory.MEDIUM, 300, Set.of(), Set.of())
                        .writing(CONTROL, LEASE)
                        .storing(ROLLBACK);
            case VALIDATE ->
                brokers(Memory.LARGE, LONGEST, Set.of(DESCRIBE, READ_RECORDS), Set.of(DESCRIBE, READ_RECORDS));
            case SEAL_EVIDENCE ->
                brokers(Memory.MEDIUM, 300, Set.of(), Set.of(CONFIGURE_TOPICS)).storing(BUNDLES);
            case SAFETY_NET -> brokers(Memory.MEDIUM, 120, Set.of(), Set.of()).writing(CONTROL);
            // A history has up to 25,000 events, of which Step Functions gives a thousand at a time.
            case SEAL_HISTORY -> storeOnly(300, Set.of()).storing(HISTORIES);
        };
    }

    /**
     * How many of it may run at once, set aside from what the account's other functions can use up; 0 for none set aside.
     * What works while producers are frozen, or lets them go on, must not be throttled: one runs, and one more when a state
     * was timed out and is tried again.
     */
    static int reserved(FunctionName function) {
        return switch (function) {
            case REHEARSE,
                    FREEZE_PRODUCERS,
                    PUBLISH_SENTINELS,
                    AWAIT_DRAINED,
                    TRANSLATE_OFFSETS,
                    VERIFY_OFFSET_FLOOR,
                    UNFREEZE,
                    RELEASE_OVERDUE,
                    SAFETY_NET -> 2;
            case CLAIM_RUN,
                    CLEAR_TARGET,
                    PLAN,
                    PRECHECK,
                    COPY_TOPOLOGY,
                    DRAIN_STATUS,
                    OPEN_GATE,
                    RESYNC_GROUPS,
                    RECORD_DECISION,
                    ROLLBACK,
                    VALIDATE,
                    SEAL_EVIDENCE,
                    SEAL_HISTORY -> 0;
        };
    }

    private static FunctionProfile storeOnly(int seconds, Set<StorePart> writes) {
        return new FunctionProfile(
                Memory.SMALL, seconds, Place.OUTSIDE, Set.of(), Set.of(), Set.of(), writes, Set.of());
    }

    private static FunctionProfile brokers(Memory memory, int seconds, Set<ClusterUse> source, Set<ClusterUse> target) {
        return new FunctionProfile(memory, seconds, Place.IN_VPC, source, target, Set.of(), Set.of(), Set.of());
    }

    private FunctionProfile reading(StorePart... parts) {
        return new FunctionProfile(memory, seconds, place, source, target, Set.of(parts), writes, evidence);
    }

    private FunctionProfile writing(StorePart... parts) {
        return new FunctionProfile(memory, seconds, place, source, target, reads, Set.of(parts), evidence);
    }

    private FunctionProfile storing(StorePart part) {
        return new FunctionProfile(memory, seconds, place, source, target, reads, writes, Set.of(part));
    }
}
