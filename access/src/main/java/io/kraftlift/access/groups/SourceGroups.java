package io.kraftlift.access.groups;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.groups.CommittedPosition;
import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupType;

/** The source's groups. Only reads. */
public final class SourceGroups {
    private final Admin admin;
    private final CommittedOffsets offsets;

    public SourceGroups(Admin admin) {
        this.admin = admin;
        this.offsets = new CommittedOffsets(admin, "source");
    }

    /**
     * Reads every group of every kind.
     *
     * @param timeout of each of the requests
     * @throws TryAgain BROKER_UNREACHABLE also when a transaction keeps a committed offset open for longer than that
     */
    public SourceSnapshot snapshot(Duration timeout) throws InterruptedException {
        Map<GroupId, String> skipped = new TreeMap<>();
        Set<GroupId> moving = new TreeSet<>();
        for (GroupListing listing : BrokerReply.await(
                admin.listGroups(new ListGroupsOptions().timeoutMs(Math.toIntExact(timeout.toMillis())))
                        .all(),
                "source: listing groups")) {
            GroupId group = new GroupId(listing.groupId());
            if (group.isCanary()) {
                skipped.put(group, "a canary of the cluster's own");
            } else if (listing.type().filter(GroupType.SHARE::equals).isPresent()) {
                skipped.put(group, "a share group has no committed offsets that could move");
            } else {
                moving.add(group);
            }
        }
        // Both are asked: an offset in an open transaction is missing from the stable answer and present in the other.
        CommittedOffsets.Pending stable = offsets.read(moving, true, timeout);
        CommittedOffsets.Pending unstable = offsets.read(moving, false, timeout);
        Map<GroupId, Map<PartitionId, OffsetAndMetadata>> settled = stable.await();
        requireNothingLeftOut(settled, unstable.await());
        Map<GroupId, Map<PartitionId, CommittedPosition>> positions = new TreeMap<>();
        settled.forEach((group, committed) -> {
            if (committed.isEmpty()) {
                skipped.put(group, "has committed nothing");
            } else {
                positions.put(group, positionsOf(committed));
            }
        });
        return new SourceSnapshot(positions, skipped);
    }

    private static void requireNothingLeftOut(
            Map<GroupId, Map<PartitionId, OffsetAndMetadata>> stable,
            Map<GroupId, Map<PartitionId, OffsetAndMetadata>> all) {
        all.forEach((group, committed) -> committed.keySet().forEach(partition -> {
            if (!stable.getOrDefault(group, Map.of()).containsKey(partition)) {
                throw new TryAgain(
                        FailureName.BROKER_UNREACHABLE,
                        "source: group " + group + " has an offset for " + partition
                                + " in a transaction that has not ended");
            }
        }));
    }

    private static Map<PartitionId, CommittedPosition> positionsOf(Map<PartitionId, OffsetAndMetadata> committed) {
        Map<PartitionId, CommittedPosition> positions = new TreeMap<>();
        committed.forEach((partition, offset) ->
                positions.put(partition, new CommittedPosition(SourceOffset.of(offset.offset()), offset.metadata())));
        return positions;
    }
}
