package io.kraftlift.brokers;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The forked processes of this process. When this process exits they are all asked to stop at once and waited for, so
 * that none is left when the prompt is back after Ctrl-C. (After {@code kill -9} of this process each of them ends by
 * itself.)
 */
final class LiveProcesses {
    /** Longer than a broker needs to close its logs; a person at the prompt waits for it at most once. */
    private static final Duration EXIT_GRACE = Duration.ofSeconds(8);

    private static final Set<ForkedJvm> LIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(LiveProcesses::stopAll, "forked-processes-stop"));
    }

    private LiveProcesses() {}

    static ForkedJvm remember(ForkedJvm jvm) {
        LIVE.add(jvm);
        var unused = jvm.onExit().thenRun(() -> forget(jvm));
        return jvm;
    }

    static void forget(ForkedJvm jvm) {
        LIVE.remove(jvm);
    }

    private static void stopAll() {
        List<ForkedJvm> all = List.copyOf(LIVE);
        all.forEach(ForkedJvm::askToStop);
        all.forEach(jvm -> jvm.stop(EXIT_GRACE));
    }
}
