package io.kraftlift.access.kafka;

import io.kraftlift.core.topology.TopologyStep.AlterTopic;
import io.kraftlift.core.topology.TopologyStep.CreateTopic;
import io.kraftlift.core.topology.TopologyStep.GrowTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How much a target is asked for at once.
 *
 * <p>A KRaft controller writes one metadata record for each topic, partition, topic setting, ACL and limit, and refuses a
 * request that comes to more than 10,000 (QuorumController.MAX_RECORDS_PER_USER_OP). A fifth of that is far from the
 * limit, and leaves the controller's single thread free for elections in between. 5,000 topics with 20,000 partitions and
 * 5 settings each are 5,000 + 20,000 + 25,000 = 50,000 records, that is 25 requests or a few more; 10,000 ACLs are 20
 * requests of 500.
 */
final class RequestSizes {
    static final int RECORDS = 2_000;

    /** A rule is about 150 bytes: 75 KB, below a tenth of a controller's batch of 8 MiB. */
    static final int ACLS = 500;

    /** An entity has at most 4 limits: 800 records. */
    static final int QUOTAS = 200;

    /** A topic's settings are some 3 KB of an answer: 1.5 MB for 500 topics. */
    static final int TOPICS_TO_LOOK_AT = 500;

    /**
     * Lets the brokers make the logs of one request before the next one comes, and the clients' requests in between. 45
     * requests, as above, wait 2.25 s in all.
     */
    static final Duration PAUSE = Duration.ofMillis(50);

    private RequestSizes() {}

    /** New topics in order, each request within {@link #RECORDS}; one topic that alone is more has its own. */
    static List<List<CreateTopic>> creations(List<CreateTopic> steps) {
        return chunks(steps, step -> 1 + step.partitions() + step.configs().size());
    }

    /** Topics to grow in order, in the same way, counted as if all their partitions were new. */
    static List<List<GrowTopic>> growths(List<GrowTopic> steps) {
        return chunks(steps, GrowTopic::partitions);
    }

    /** Changes in order, in the same way. */
    static List<List<AlterTopic>> changes(Collection<AlterTopic> steps) {
        return chunks(steps, step -> step.set().size() + step.removed().size());
    }

    private static <T> List<List<T>> chunks(Collection<T> steps, ToIntFunction<T> records) {
        List<List<T>> chunks = new ArrayList<>();
        int open = RECORDS;
        for (T step : steps) {
            int more = records.applyAsInt(step);
            if (open + more > RECORDS) {
                chunks.add(new ArrayList<>());
                open = 0;
            }
            chunks.get(chunks.size() - 1).add(step);
            open += more;
        }
        return chunks;
    }
}
