package io.kraftlift.access.kafka;

import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.precheck.BrokerDisk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeLogDirsOptions;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.KafkaFuture;

/** Reads how large the brokers' disks are and how much of them is free, which brokers tell from Kafka 3.3 on (KIP-827). */
public final class DiskReader {
    private final Admin admin;
    private final AdminCalls calls;

    public DiskReader(Admin admin, ClusterSide side) {
        this.admin = admin;
        this.calls = new AdminCalls(side);
    }

    /** The disks of the brokers that tell; log directories on one volume count once. */
    public List<BrokerDisk> read(Collection<Integer> brokers) throws InterruptedException {
        Map<Integer, KafkaFuture<Map<String, LogDirDescription>>> answers = admin.describeLogDirs(
                        brokers, new DescribeLogDirsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                .descriptions();
        List<BrokerDisk> disks = new ArrayList<>();
        for (Integer broker : brokers) {
            Collection<LogDirDescription> directories = calls.await(
                            answers.get(broker), "describe the log directories of broker " + broker)
                    .values();
            Set<Volume> volumes =
                    directories.stream().flatMap(DiskReader::volume).collect(Collectors.toSet());
            if (!volumes.isEmpty()) {
                disks.add(new BrokerDisk(
                        broker,
                        volumes.stream().mapToLong(Volume::total).sum(),
                        volumes.stream().mapToLong(Volume::usable).sum()));
            }
        }
        return disks;
    }

    /** Two directories with the same two sizes are taken to be on one volume. */
    private record Volume(long total, long usable) {}

    private static Stream<Volume> volume(LogDirDescription directory) {
        OptionalLong total = directory.totalBytes();
        OptionalLong usable = directory.usableBytes();
        return total.isPresent() && usable.isPresent()
                ? Stream.of(new Volume(total.getAsLong(), usable.getAsLong()))
                : Stream.empty();
    }
}
