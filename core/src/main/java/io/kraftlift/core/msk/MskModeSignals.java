package io.kraftlift.core.msk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signs by which the metadata mode of an MSK cluster is told; the API has no field for it.
 *
 * @param kafkaVersion KRaft: ends in {@code .kraft}, or is 4 or above
 * @param zookeeperConnectString whether there is one; only ZooKeeper-mode clusters have it
 * @param controllerNodes whether the list of nodes has controllers; only KRaft-mode clusters have them
 */
public record MskModeSignals(String kafkaVersion, boolean zookeeperConnectString, boolean controllerNodes) {
    /** The mode, as far as all signs agree. */
    public enum Mode {
        ZOOKEEPER,
        KRAFT,
        UNDECIDED
    }

    private static final Pattern MAJOR = Pattern.compile("([0-9]+)\\..*");
    private static final int FIRST_WITHOUT_ZOOKEEPER = 4;

    /** KRaft: version and controllers say so. ZooKeeper: the version does not, and there is a connect string. */
    public Mode mode() {
        if (versionSaysKraft() && controllerNodes && !zookeeperConnectString) {
            return Mode.KRAFT;
        }
        if (!versionSaysKraft() && !controllerNodes && zookeeperConnectString) {
            return Mode.ZOOKEEPER;
        }
        return Mode.UNDECIDED;
    }

    /** All signs, for a person. */
    public String describe() {
        return "Kafka version " + kafkaVersion + ", ZooKeeper connect string "
                + (zookeeperConnectString ? "present" : "none") + ", controller nodes "
                + (controllerNodes ? "present" : "none");
    }

    private boolean versionSaysKraft() {
        Matcher version = MAJOR.matcher(kafkaVersion);
        return kafkaVersion.endsWith(".kraft")
                || (version.matches() && Integer.parseInt(version.group(1)) >= FIRST_WITHOUT_ZOOKEEPER);
    }
}
