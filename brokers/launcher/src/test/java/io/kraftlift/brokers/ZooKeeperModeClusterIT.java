package io.kraftlift.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooKeeperModeClusterIT extends KafkaClusterContract {
    @Override
    KafkaCluster start(ClusterSettings settings) {
        return ZooKeeperModeCluster.start(settings);
    }

    @Test
    void leavesNoProcessWhenItsParentIsKilled(@TempDir Path own) {
        String home = "-D" + BrokerClasspath.HOME_PROPERTY + "=" + System.getProperty(BrokerClasspath.HOME_PROPERTY);
        try (ForkedJvm parent = ForkedJvm.named("parent")
                .mainClass(ForkedProgram.class.getName())
                .classPath(System.getProperty("java.class.path"))
                .jvmOptions(List.of(home))
                .arguments("cluster", own.resolve("cluster").toString())
                .logFile(own.resolve("parent.log"))
                .start()) {
            await().atMost(Readiness.START).until(() -> parent.logTail(3).contains("cluster "));
            var said = new Scanner(parent.logTail(1)).skip("cluster ");
            long zooKeeper = said.nextLong();
            long broker = said.nextLong();
            assertThat(ForkedJvmIT.isAlive(zooKeeper) && ForkedJvmIT.isAlive(broker))
                    .isTrue();

            parent.kill();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !ForkedJvmIT.isAlive(zooKeeper) && !ForkedJvmIT.isAlive(broker));
        }
    }
}
