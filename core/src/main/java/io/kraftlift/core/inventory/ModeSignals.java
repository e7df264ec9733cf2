package io.kraftlift.core.inventory;

/**
 * The two signs by which a cluster's metadata mode is told. KIP-584 and KIP-836: a ZooKeeper-mode cluster has no
 * finalized {@code metadata.version} and no metadata quorum to describe.
 *
 * @param finalizedMetadataVersion the finalized level of the feature {@code metadata.version}; 0 when there is none
 * @param metadataQuorum whether the cluster describes a metadata quorum
 */
public record ModeSignals(Reading<Integer> finalizedMetadataVersion, Reading<Boolean> metadataQuorum) {
    /** The mode on which both signals agree. */
    public MetadataMode mode() {
        MetadataMode byFeature = finalizedMetadataVersion.fold(
                level -> level > 0 ? MetadataMode.KRAFT : MetadataMode.ZOOKEEPER, why -> MetadataMode.UNDECIDED);
        MetadataMode byQuorum = metadataQuorum.fold(
                quorum -> quorum ? MetadataMode.KRAFT : MetadataMode.ZOOKEEPER, why -> MetadataMode.UNDECIDED);
        return byFeature == byQuorum ? byFeature : MetadataMode.UNDECIDED;
    }

    /** Both signals, for a person. */
    public String describe() {
        return "finalized metadata.version "
                + finalizedMetadataVersion.fold(
                        level -> level > 0 ? Integer.toString(level) : "none", why -> "unreadable (" + why + ")")
                + ", metadata quorum "
                + metadataQuorum.fold(quorum -> quorum ? "present" : "none", why -> "unreadable (" + why + ")");
    }
}
